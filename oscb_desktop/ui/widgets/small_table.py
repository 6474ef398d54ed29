"""A small table within a page: as high as its rows, its text wrapped, opened with Enter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from oscb_desktop.ui import clipboard, theme
from oscb_desktop.ui.widgets.labels import shortened
from oscb_desktop.ui.widgets.widths import shares

_ID = Qt.ItemDataRole.UserRole
_CELL = 300
_WORD, _WIDEST = 14, 26
"""The least a column can do with, and the most it asks for, in average characters."""
_ROOM = 26  # pixels around the text of a cell
_PADDING = 14  # what of these the style sheet takes, unknown to the delegate
_HIGHEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """One row: the id it opens, and its cells; a single cell goes across all columns."""

    id: int
    cells: tuple[str, ...]


class SmallTable(QTableWidget):
    """``opened`` carries the id of the row that Enter or a double click was on.

    The column at ``wide`` takes what the others leave; those at ``numeric`` stand to the right.
    The height follows from the width, so that a layout gives it at once.
    """

    opened = Signal(int)

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        lines: Sequence[Line],
        wide: int,
        numeric: Collection[int] = (),
    ) -> None:
        super().__init__(len(lines), len(headings))
        self.setAccessibleName(name)
        self._wide = wide
        self._heights: dict[int, list[int]] = {}
        self.setHorizontalHeaderLabels([heading.replace("\n", " ") for heading in headings])
        for column in numeric:
            side = _side(right=True, middle=True)
            self.model().setHeaderData(
                column, Qt.Orientation.Horizontal, side, Qt.ItemDataRole.TextAlignmentRole
            )
        for place, line in enumerate(lines):
            for column, text in enumerate(line.cells):
                item = QTableWidgetItem(shortened(text, _CELL))
                item.setData(_ID, line.id)
                item.setTextAlignment(_side(right=column in numeric))
                self.setItem(place, column, item)
            if len(line.cells) < len(headings):
                self._go_across(place)
        self._dress()
        self._advances: list[list[int]] = []
        self._needs = [self._need(column, heading) for column, heading in enumerate(headings)]
        self.cellDoubleClicked.connect(self._open)

    def ids(self) -> tuple[int, ...]:
        """Return the ids of the rows, in their order."""
        return tuple(int(self._id_at(row)) for row in range(self.rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, copy the row on Ctrl+C."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._open(self.currentRow())
        elif event.matches(QKeySequence.StandardKey.Copy):
            clipboard.put(self.as_text())
        else:
            super().keyPressEvent(event)

    def as_text(self) -> str:
        """Return the chosen rows, or all, as lines of cells."""
        chosen = sorted({index.row() for index in self.selectedIndexes()})
        rows = chosen or range(self.rowCount())
        return "\n".join("\t".join(self._cells(row)).rstrip("\t") for row in rows)

    def _cells(self, row: int) -> list[str]:
        items = (self.item(row, column) for column in range(self.columnCount()))
        return [item.text() if item else "" for item in items]

    def _open(self, row: int, _column: int = 0) -> None:
        self.opened.emit(self._id_at(row))

    def _id_at(self, row: int) -> int:
        item = self.item(row, 0)
        return int(item.data(_ID)) if item else 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a row that can be seen."""
        super().focusInEvent(event)
        if not self.selectedIndexes() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectRow(max(0, self.currentRow()))

    def hasHeightForWidth(self) -> bool:
        """Say that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows, their text wrapped at a width."""
        header = self.horizontalHeader().sizeHint().height()
        frame = 2 * self.frameWidth()
        return sum(self._heights_at(width - frame)) + header + frame

    def sizeHint(self) -> QSize:
        """Ask for what all columns would like."""
        width = sum(wanted for _, wanted in self._needs) + 2 * self.frameWidth()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Do with little: the columns shrink with the window."""
        return QSize(160, self.horizontalHeader().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width and wrap the text anew."""
        super().resizeEvent(event)
        width = self.viewport().width()
        for column, share in enumerate(shares(self._needs, width, self._wide)):
            self.setColumnWidth(column, share)
        for row, height in enumerate(self._heights_at(width)):
            self.setRowHeight(row, height)

    def _go_across(self, row: int) -> None:
        self.setSpan(row, 0, 1, self.columnCount())
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.model().setData(self.model().index(row, 0), font, Qt.ItemDataRole.FontRole)

    def _heights_at(self, width: int) -> list[int]:
        if width not in self._heights:
            widths = shares(self._needs, width, self._wide)
            self._heights[width] = [self._height(row, widths) for row in range(self.rowCount())]
        return self._heights[width]

    def _height(self, row: int, widths: Sequence[int]) -> int:
        option: QStyleOptionViewItem | None = None
        heights = [theme.row_height(self)]
        for column, width in enumerate(widths):
            if self.columnSpan(row, column) > 1:
                width = sum(widths)
            elif self._fits(row, column, width):
                continue
            option = option or self._wrapping()
            option.rect = QRect(0, 0, width - _PADDING, _HIGHEST)
            index = self.model().index(row, column)
            heights.append(self.itemDelegate().sizeHint(option, index).height())
        return max(heights)

    def _wrapping(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.features |= QStyleOptionViewItem.ViewItemFeature.WrapText
        return option

    def _fits(self, row: int, column: int, width: int) -> bool:
        """Whether a cell surely takes one line: most do, and asking Qt costs ten times as much."""
        item = self.item(row, column)
        text = item.text() if item else ""
        if not (text.isascii() and text.isprintable()):  # another typeface may stand higher
            return False
        return self._advances[column][row] + _ROOM <= width

    def _need(self, column: int, heading: str) -> tuple[int, int]:
        """Return the least width of a column and the one it would like: its longest cell."""
        unit, metrics = self.fontMetrics().averageCharWidth(), self.fontMetrics()
        items = [self.item(row, column) for row in range(self.rowCount())]
        texts = [item.text() if item else "" for item in items]
        self._advances.append([metrics.horizontalAdvance(text) for text in texts])
        rows = [row for row in range(self.rowCount()) if self.columnSpan(row, 0) == 1]
        cells = [texts[row] for row in rows]
        head = int(metrics.horizontalAdvance(heading) * 1.1)  # headings are bold
        words = [metrics.horizontalAdvance(word) for word in {w for c in cells for w in c.split()}]
        longest = max([head, *(self._advances[column][row] for row in rows)])
        most = _WIDEST * (2 if column == self._wide else 1) * unit
        wanted = max(min(longest, most), head) + _ROOM
        return min(max([head, *words]), _WORD * unit) + _ROOM, wanted

    def _dress(self) -> None:
        self.setFont(theme.tabular(self.font()))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


@cache
def _side(*, right: bool, middle: bool = False) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return across | (Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop)
