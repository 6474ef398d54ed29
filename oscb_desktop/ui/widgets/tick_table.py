"""A small table whose rows can be ticked, by a click or with the space bar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStyle, QTableWidgetItem

from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_BESIDE_TICK = 8  # pixels between a tick and the words behind it


class TickTable(SmallTable):
    """The first column holds the ticks; rows that are not ``tickable`` (by id) have none.

    ``ticked`` tells that a tick was set or taken away.
    """

    ticked = Signal()

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        lines: Sequence[Line],
        wide: int,
        numeric: Collection[int] = (),
        *,
        tickable: Collection[int],
        ticks: Collection[int] = (),
    ) -> None:
        super().__init__(name, headings, lines, wide, numeric)
        for row, line in enumerate(lines):
            item = self.item(row, 0)
            if item is not None and line.id in tickable:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(_state(on=line.id in ticks))
                item.setToolTip(
                    f"<p style='white-space: pre-wrap'>Tick {escape(line.cells[1])}</p>"
                )
        if tickable:
            self._leave_room(self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth))
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    def _leave_room(self, tick: int) -> None:
        """Make the first column as wide as its words and the tick before them."""
        least, wanted = self._needs[0]
        self._needs[0] = (least + tick + _BESIDE_TICK, wanted + tick + _BESIDE_TICK)
        self._advances[0] = [wide + tick + _BESIDE_TICK for wide in self._advances[0]]

    def ticks(self) -> frozenset[int]:
        """Return the ids of the ticked rows."""
        return frozenset(
            self._id_at(row)
            for row, item in self._tickable()
            if item.checkState() is Qt.CheckState.Checked
        )

    def tick(self, record_id: int, *, on: bool = True) -> None:
        """Tick a row, or take its tick away."""
        for row, item in self._tickable():
            if self._id_at(row) == record_id:
                item.setCheckState(_state(on=on))

    def tick_all(self, *, on: bool = True) -> None:
        """Tick every row that can be ticked, or none, and tell of it once."""
        self.blockSignals(True)
        for _row, item in self._tickable():
            item.setCheckState(_state(on=on))
        self.blockSignals(False)
        self.viewport().update()
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar, wherever in the row the keyboard is."""
        item = dict(self._tickable()).get(self.currentRow())
        if event.key() == Qt.Key.Key_Space and item is not None:
            item.setCheckState(_state(on=item.checkState() is not Qt.CheckState.Checked))
        else:
            super().keyPressEvent(event)

    def _tickable(self) -> list[tuple[int, QTableWidgetItem]]:
        items = [(row, self.item(row, 0)) for row in range(self.rowCount())]
        return [(row, item) for row, item in items if item and item.data(_STATE) is not None]


_STATE = Qt.ItemDataRole.CheckStateRole


def _state(*, on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
