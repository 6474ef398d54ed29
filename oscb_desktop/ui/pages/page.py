"""What the places of the window share: they read when they are seen, and again when it matters."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.services.changes import Changes
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context


class Page(QWidget):
    """A place of the sidebar. ``reads`` names the kinds of record it shows; none means all.

    ``begins_at`` has the keyboard when one comes to the page. It is no focus proxy: Tab would jump
    from one to the other and leave out all that stands between them.
    """

    reads: frozenset[str] = frozenset()
    begins_at: QWidget | None = None

    def __init__(self, context: Context, title: str) -> None:
        super().__init__()
        self.context = context
        self.setAccessibleName(title)
        self._stale = True
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(
            4 * theme.GRID, 3 * theme.GRID, 4 * theme.GRID, 3 * theme.GRID
        )
        self.column.setSpacing(2 * theme.GRID)
        self.head = QHBoxLayout()
        self.head.addWidget(theme.heading(title, 1))
        self.head.addStretch()
        self.column.addLayout(self.head)
        context.operations.changed.connect(self._on_changed)
        context.operations.new_day.connect(self._read_again)

    def refresh(self) -> None:
        """Read again what the page shows."""
        raise NotImplementedError

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters that somebody asked for; a page without filters has nothing to set."""

    def refresh_if_stale(self) -> None:
        """Read again if anything changed since the page was seen last."""
        if self._stale:
            self._stale = False
            self.refresh()

    def save_now(self) -> bool:
        """Save what is typed, on a page that saves by itself; return whether all of it is saved."""
        return True

    def add_button(self, label: str, kind: str) -> QPushButton:
        """Put a button at the head of the page that starts a new record."""
        button = QPushButton(label)
        button.clicked.connect(lambda: self.context.navigation.add_record(kind))
        self.head.addWidget(button)
        return button

    def _on_changed(self, changes: Changes) -> None:
        concerned = not self.reads or "organisation" in changes.kinds or self.reads & changes.kinds
        if concerned:
            self._read_again()

    def _read_again(self) -> None:
        """Read at once where the page is seen, and otherwise when it is."""
        self._stale = True
        if self.isVisible():
            self.refresh_if_stale()

    def showEvent(self, event: QShowEvent) -> None:
        """Read before the page is painted."""
        self.refresh_if_stale()
        super().showEvent(event)
