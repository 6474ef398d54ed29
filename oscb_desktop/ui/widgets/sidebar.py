"""The few places of the window, one below the other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from oscb_desktop.ui import theme
from oscb_desktop.ui.menus import PLACES

_NAME = Qt.ItemDataRole.UserRole


class Sidebar(QListWidget):
    """Shows where one is; ``wanted`` names the place, ``entered`` asks for the keyboard there."""

    wanted = Signal(str)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("places")
        self.setAccessibleName("Places")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for number, (name, label) in enumerate(PLACES, 1):
            item = QListWidgetItem(label)
            item.setData(_NAME, name)
            item.setToolTip(f"{label} (Ctrl+{number})")
            self.addItem(item)
        self.currentItemChanged.connect(self._on_current)
        self.itemClicked.connect(self._on_entered)
        self.itemActivated.connect(self._on_entered)

    def show_place(self, name: str) -> None:
        """Mark the place that the window stands at, without asking for it."""
        self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(_NAME) == name:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        """Be as wide as the longest word needs."""
        return QSize(self.sizeHintForColumn(0) + 8 * theme.GRID, super().sizeHint().height())

    def _on_entered(self, item: QListWidgetItem) -> None:
        self._on_current(item)
        self.entered.emit()

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.wanted.emit(item.data(_NAME))
