"""By what a list is grouped: a button beside its filters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton

from oscb_desktop.ui.tables.row_model import Grouping


class GroupButton(QPushButton):
    """``grouped`` carries the ``Grouping`` that was chosen, or None."""

    grouped = Signal(object)

    def __init__(self, groupings: Sequence[Grouping]) -> None:
        super().__init__()
        self._groupings = {each.name: each for each in groupings}
        self.chosen = ""
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setProperty("look", "filter")
        self.setToolTip(
            "In a grouped list: Left and Right fold and unfold a group, with Ctrl all of them."
        )
        self._tell()

    def choose(self, name: str) -> None:
        """Group by the question of that name, or by none."""
        name = name if name in self._groupings else ""
        if name != self.chosen:
            self.chosen = name
            self._tell()
            self.grouped.emit(self._groupings.get(name))

    def _tell(self) -> None:
        words = self._groupings[self.chosen].label if self.chosen else "none"
        self.setText(f"Group by: {words}")
        self.setAccessibleName(f"Group by: {words}")
        self.setProperty("set", bool(self.chosen))
        self.style().unpolish(self)
        self.style().polish(self)

    def _fill(self) -> None:
        self._menu.clear()
        for name, label in [("", "None"), *((n, g.label) for n, g in self._groupings.items())]:
            action = self._menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(name == self.chosen)
            action.triggered.connect(lambda _=False, name=name: self.choose(name))
