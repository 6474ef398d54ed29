"""A small table whose rows are changed by single keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from oscb_desktop.ui.widgets.small_table import Line, SmallTable


class KeyedTable(SmallTable):
    """``keyed`` carries the id of the row that has the keyboard, and the key: ``P``, ``Ctrl+Up``.

    Keys that are not in ``keys`` do what they do in every table.
    """

    keyed = Signal(int, str)

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        lines: Sequence[Line],
        wide: int,
        keys: Collection[str],
    ) -> None:
        super().__init__(name, headings, lines, wide)
        self._keys = frozenset(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the key where it means something here."""
        name = QKeySequence(event.keyCombination()).toString(
            QKeySequence.SequenceFormat.PortableText
        )
        if name in self._keys and self.currentRow() >= 0:
            self.keyed.emit(self.current_id(), name)
        else:
            super().keyPressEvent(event)

    def current_id(self) -> int:
        """Return the id of the row that has the keyboard, 0 where there is none."""
        return self._id_at(self.currentRow()) if self.rowCount() else 0

    def stand_on(self, record_id: int, further: int = 0) -> None:
        """Give the keyboard to a row, or to one so many rows further on, as far as there are."""
        if not self.rowCount():
            return
        ids = self.ids()
        at = ids.index(record_id) + further if record_id in ids else 0
        self.selectRow(max(0, min(self.rowCount() - 1, at)))
        self.setFocus()
