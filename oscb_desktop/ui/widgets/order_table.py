"""A small table whose ticked rows are put in order: by dragging, or with Alt and the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from oscb_desktop.ui.widgets.small_table import Line
from oscb_desktop.ui.widgets.tick_table import TickTable


class OrderTable(TickTable):
    """The first ``ordered`` rows are ticked and have an order; the others can be ticked.

    ``moved`` carries the id of a row and how many places it is to go, up where they are negative.
    """

    moved = Signal(int, int)

    def __init__(
        self, name: str, headings: Sequence[str], lines: Sequence[Line], wide: int, ordered: int
    ) -> None:
        ids = [line.id for line in lines]
        super().__init__(name, headings, lines, wide, tickable=ids, ticks=ids[:ordered])
        self._ordered = ordered
        self.setAccessibleDescription("Space ticks; Alt and an arrow move a ticked row.")
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with Alt and the arrows."""
        places = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if places is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        else:
            self.move_current(places)

    def move_current(self, places: int) -> None:
        """Ask for the row that has the keyboard to be moved, where that leads anywhere."""
        here = self.currentRow()
        if places and 0 <= here < self._ordered and 0 <= here + places < self._ordered:
            self.moved.emit(self._id_at(here), places)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the dragged row to stand where it was dropped; what is shown follows from it."""
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if event.source() is self:
            self.move_current(self._place_at(event.position().toPoint().y()) - self.currentRow())

    def _place_at(self, y: int) -> int:
        """Return which row a row that is let go at this height becomes."""
        under = self.rowAt(y)
        if under < 0:
            return self._ordered - 1
        beyond = y > self.rowViewportPosition(under) + self.rowHeight(under) / 2
        place = under + 1 if beyond else under
        if place > self.currentRow():
            place -= 1
        return min(place, self._ordered - 1)

    def current_id(self) -> int:
        """Return the id of the row that has the keyboard, 0 where there is none."""
        return self._id_at(self.currentRow()) if self.currentRow() >= 0 else 0

    def stand_on(self, row: int) -> None:
        """Give the keyboard to a row, as far as there are any."""
        if self.rowCount():
            self.selectRow(max(0, min(self.rowCount() - 1, row)))
            self.setFocus()
