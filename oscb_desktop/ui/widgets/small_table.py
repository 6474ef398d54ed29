"""A small table within a page: as high as its rows, its text wrapped, opened with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from oscb_desktop.ui.widgets.labels import shortened

_ID = Qt.ItemDataRole.UserRole
_CELL = 300
_NARROWEST, _WIDEST = 6, 26


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the id it opens, and its cells."""

    id: int
    cells: tuple[str, ...]


class SmallTable(QTableWidget):
    """``opened`` carries the id of the row that Enter or a double click was on.

    The column at ``wide`` takes what the others leave.
    """

    opened = Signal(int)

    def __init__(
        self, name: str, headings: Sequence[str], lines: Sequence[Line], wide: int
    ) -> None:
        super().__init__(len(lines), len(headings))
        self.setAccessibleName(name)
        self._wide = wide
        self._later = QTimer(self, interval=0, singleShot=True)
        self._later.timeout.connect(self.fit)
        self.setHorizontalHeaderLabels([heading.replace("\n", " ") for heading in headings])
        for place, line in enumerate(lines):
            for column, text in enumerate(line.cells):
                item = QTableWidgetItem(shortened(text, _CELL))
                item.setData(_ID, line.id)
                item.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self.setItem(place, column, item)
        self._dress()
        self._share_width(headings, lines)
        self.cellDoubleClicked.connect(self._open)

    def ids(self) -> tuple[int, ...]:
        """Return the ids of the rows, in their order."""
        return tuple(int(self._id_at(row)) for row in range(self.rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, copy the row on Ctrl+C."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._open(self.currentRow())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """Return the chosen rows, or all, as lines of cells."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = chosen or range(self.rowCount())
        return "\n".join("\t".join(self._cells(row)) for row in rows)

    def _cells(self, row: int) -> list[str]:
        items = (self.item(row, column) for column in range(self.columnCount()))
        return [item.text() if item else "" for item in items]

    def _open(self, row: int, _column: int = 0) -> None:
        self.opened.emit(self._id_at(row))

    def _id_at(self, row: int) -> int:
        item = self.item(row, 0)
        return int(item.data(_ID)) if item else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the text anew."""
        super().resizeEvent(event)
        self._later.start()

    def _refit(self, column: int, _before: int, _after: int) -> None:
        if column == self._wide:  # the header tells of a width before it has taken it
            self._later.start()

    def fit(self) -> None:
        """Be as high as the wrapped rows."""
        self._later.stop()
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(rows + header + 2 * self.frameWidth() + 2)

    def _dress(self) -> None:
        self.setStyleSheet("QTableWidget::item { padding: 3px 4px; }")
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)

    def _share_width(self, headings: Sequence[str], lines: Sequence[Line]) -> None:
        """Give each column what its longest cell needs within reason, the wide one the rest."""
        unit = self.fontMetrics().averageCharWidth()
        header = self.horizontalHeader()
        for column, heading in enumerate(headings):
            longest = max([len(heading), *(len(line.cells[column]) for line in lines)])
            self.setColumnWidth(column, (max(_NARROWEST, min(longest, _WIDEST)) + 4) * unit)
        header.setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._refit)
