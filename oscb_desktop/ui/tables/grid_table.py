"""A table of numbers of which every cell can be opened to what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from oscb_desktop.ui import clipboard, theme
from oscb_desktop.ui.tables.table_text import as_csv, as_html, as_lines

Asked = Mapping[str, str]
"""What is asked for to see the records of a number; empty where there is nothing to open."""
_ROOM = 22  # pixels around the text of a cell
_NARROWEST, _WIDEST = 6, 14
"""The least and the most that a column of numbers takes, in average characters; headings wrap."""
_LABELS = 0.3  # of the width, at least, for the words that begin the rows
_HEIGHT = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """One number as it is shown, and what to ask for to see its records."""

    text: str
    asks: Asked


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row: its words and its cells; ``is_total`` where it sums up those above."""

    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers: what it is called, what its rows are, its headings and its rows."""

    name: str
    corner: str
    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]

    def lines(self) -> list[list[str]]:
        """Return the rows as words."""
        return [[row.label, *(cell.text for cell in row.cells)] for row in self.rows]


class GridTable(QTableWidget):
    """``opened`` carries what to ask for, from the cell that Enter or a double click was on."""

    opened = Signal(object)
    row_changed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.grid = Grid(name, "", (), ())
        self._is_whole = False
        self._stood = (0, 0)
        self._dress()
        self.setAccessibleName(f"{name}, table")
        self.cellDoubleClicked.connect(self._open)
        self.currentCellChanged.connect(lambda row, *_: self.row_changed.emit(row))

    def show_grid(self, grid: Grid) -> None:
        """Show another table; the keyboard stays where it was, as far as there is such a cell.

        It also comes back to there where a table of nothing was shown in between.
        """
        if self.currentRow() >= 0:
            self._stood = (self.currentRow(), max(0, self.currentColumn()))
        row, column = self._stood
        self.blockSignals(True)
        self.grid = grid
        self.setAccessibleName(f"{grid.name}, table")
        self.setRowCount(len(grid.rows))
        self.setColumnCount(len(grid.headings) + 1)
        self.setHorizontalHeaderLabels([grid.corner, *grid.headings])
        for place, line in enumerate(grid.rows):
            self._fill(place, line)
        self._fit()
        self.blockSignals(False)
        if grid.rows and not self._is_whole:
            self.setCurrentCell(min(row, len(grid.rows) - 1), min(column, len(grid.headings)))

    def show_whole(self) -> None:
        """Be as high as the rows: the page around scrolls up and down."""
        self._is_whole = True
        self.setMinimumHeight(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()

    def least_width(self) -> int:
        """Return the width in pixels in which no number is out of sight; words may wrap."""
        numbers = sum(self._width(column) for column in range(1, self.columnCount()))
        return int(numbers / (1 - _LABELS)) + 2 * self.frameWidth()

    def copy(self) -> None:
        """Copy the whole table, with its headings; of a table of nothing there is nothing."""
        if not self.grid.rows:
            return
        headings = [self.grid.corner, *self.grid.headings]
        clipboard.put(as_lines(headings, self.grid.lines()), as_html(headings, self.grid.lines()))

    def as_csv(self) -> str:
        """Return the whole table for a file that a spreadsheet opens."""
        return as_csv([self.grid.corner, *self.grid.headings], self.grid.lines())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, copy the table on Ctrl+C."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._open(self.currentRow(), self.currentColumn())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a cell that can be seen."""
        super().focusInEvent(event)
        if self.rowCount() and self.currentRow() < 0:
            self.setCurrentCell(0, min(1, self.columnCount() - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        self._fit()

    def _open(self, row: int, column: int) -> None:
        line = self.grid.rows[row]
        # The words of a row stand for all of it: its last cell, which is its total.
        cell = line.cells[column - 1] if column else line.cells[-1]
        if cell.asks:
            self.opened.emit(dict(cell.asks))

    def _fill(self, place: int, line: GridRow) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if line.is_total else QFont.Weight.Normal)
        for column, text in enumerate((line.label, *(cell.text for cell in line.cells))):
            item = QTableWidgetItem(text)
            item.setFont(font)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            heading = self.grid.headings[column - 1] if column else self.grid.corner
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{line.label}, {heading}: {text}" if column else text,
            )
            self.setItem(place, column, item)

    def _fit(self) -> None:
        """Give each column what its numbers or words need; headings and words wrap as they must."""
        if not self.grid.headings:
            return
        widths = [self._width(column) for column in range(1, self.columnCount())]
        room = self.viewport().width() - sum(widths)
        most = max(room, int(self.viewport().width() * _LABELS))
        self.setColumnWidth(0, min(self._label_width(), most))
        for column, width in enumerate(widths, 1):
            self.setColumnWidth(column, width)
        self.horizontalHeader().setFixedHeight(self._head_height())
        for row, line in enumerate(self.grid.rows):
            self.setRowHeight(row, self._row_height(line.label))
        if self._is_whole:
            rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
            wide = sum(self.columnWidth(at) for at in range(self.columnCount()))
            bar = self.horizontalScrollBar().sizeHint().height()
            below = bar if wide > self.viewport().width() else 0
            head = self.horizontalHeader().height()
            self.setFixedHeight(rows + head + below + 2 * self.frameWidth())

    def _width(self, column: int) -> int:
        metrics, unit = self.fontMetrics(), self.fontMetrics().averageCharWidth()
        heading = self.grid.headings[column - 1]
        words = [int(metrics.horizontalAdvance(word) * 1.1) for word in heading.split()]
        whole = min(int(metrics.horizontalAdvance(heading) * 1.1), _WIDEST * unit)
        cells = [metrics.horizontalAdvance(row.cells[column - 1].text) for row in self.grid.rows]
        return max([_NARROWEST * unit, whole, *words, *cells]) + _ROOM

    def _label_width(self) -> int:
        metrics = self.fontMetrics()
        texts = (self.grid.corner, *(row.label for row in self.grid.rows))
        return max(int(metrics.horizontalAdvance(text) * 1.1) for text in texts) + _ROOM

    def _row_height(self, label: str) -> int:
        """Return the height of a row whose words are wrapped in their column."""
        room = QRect(0, 0, int((self.columnWidth(0) - _ROOM) / 1.05), 1000)
        wrapped = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), label)
        return max(theme.row_height(self), wrapped.height() + 2 * theme.GRID)

    def _head_height(self) -> int:
        metrics = self.horizontalHeader().fontMetrics()
        heights = [
            metrics.boundingRect(
                QRect(0, 0, int((self.columnWidth(at) - _ROOM) / 1.05), 1000),
                int(Qt.TextFlag.TextWordWrap),
                text,
            ).height()
            for at, text in enumerate((self.grid.corner, *self.grid.headings))
        ]
        return max(heights) + 3 * theme.GRID

    def _dress(self) -> None:
        self.setFont(theme.tabular(self.font()))
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(_HEIGHT)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.row_height(self))
        header = self.horizontalHeader()
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft
            | Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag(int(Qt.TextFlag.TextWordWrap))
        )
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
