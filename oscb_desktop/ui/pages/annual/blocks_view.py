"""The live content of a chapter on screen: facts, tables, points; each number opens its records."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.queries.annual_rows import Block, Cell, Grid, Lines, Points
from oscb_desktop.ui import theme
from oscb_desktop.ui.pages.annual.asks import asks_of, listed
from oscb_desktop.ui.pages.annual.charts import TOTAL, block_chart
from oscb_desktop.ui.tables import grid_table
from oscb_desktop.ui.tables.grid_table import Asked, GridRow, GridTable
from oscb_desktop.ui.widgets.chart import ChartWidget
from oscb_desktop.ui.widgets.labels import quiet, strong
from oscb_desktop.ui.widgets.side_by_side import SideBySide
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

Open = Callable[[Asked], None]
_SHORT = 12  # a cell of so few letters is a number or as short as one


def block_view(block: Block, year: str, opens: Open) -> QWidget:
    """Return a block under its title."""
    match block:
        case Lines():
            shown, notes = _lines(block, year, opens), _warnings(block)
        case Grid():
            shown, notes = _grid(block, year, opens), block.notes
        case Points():
            shown, notes = _points(block, year, opens), ()
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GRID)
    column.addWidget(strong(block.title))
    column.addWidget(shown)
    if notes:
        column.addWidget(quiet(" ".join(notes)))
    return whole


def _warnings(block: Lines) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said for line in block.lines for said in line.warnings))


def _lines(block: Lines, year: str, opens: Open) -> QWidget:
    asks = [asks_of(line.value, year, line.label) for line in block.lines]
    lines = [
        Line(at, (line.label, line.value.words, line.change)) for at, line in enumerate(block.lines)
    ]
    headings = ("Figure", "This year", "The year before")
    return _small(SmallTable(block.title, headings, lines, 0, numeric=(1,)), asks, opens)


def _grid(block: Grid, year: str, opens: Open) -> QWidget:
    if _is_of_numbers(block):
        table = GridTable(block.title)
        table.show_whole()
        rows = tuple(_row(block, row, year) for row in block.rows)
        table.show_grid(grid_table.Grid(block.title, block.headings[0], block.headings[1:], rows))
        table.opened.connect(opens)
        return _with_chart(block, table, opens)
    asks = [_of_row(row, year) for row in block.rows]
    lines = [Line(at, tuple(cell.words for cell in row)) for at, row in enumerate(block.rows)]
    wide = max(range(len(block.headings)), key=lambda at: _longest(block, at))
    return _small(SmallTable(block.title, block.headings, lines, wide), asks, opens)


def _with_chart(block: Grid, table: GridTable, opens: Open) -> QWidget:
    """Return a table beside its chart, each number of which opens what the table's does."""
    chart = block_chart(block)
    if chart is None:
        return table
    drawn = ChartWidget(chart)
    by_column = block.chart == "lines"

    def go(category: int, series: int) -> None:
        row, column = (series, category) if by_column else (category, series)
        asked = table.grid.rows[row].cells[column].asks
        if asked:
            opens(asked)

    drawn.opened.connect(go)
    return SideBySide(table, drawn, table.least_width)


def _of_row(row: tuple[Cell, ...], year: str) -> Asked:
    """Return what to ask for to see the records of a row: those of its first cell with any."""
    asked = (asks_of(cell, year, _head(row)) for cell in row)
    return next((found for found in asked if found), {})


def _row(block: Grid, row: tuple[Cell, ...], year: str) -> GridRow:
    cells = tuple(_cell(block, row, at, year) for at in range(1, len(row)))
    return GridRow(_head(row), cells, is_total=_head(row) == TOTAL)


def _cell(block: Grid, row: tuple[Cell, ...], at: int, year: str) -> grid_table.Cell:
    title = f"{block.title}: {_head(row)}, {block.headings[at]}"
    return grid_table.Cell(row[at].words, asks_of(row[at], year, title))


def _points(block: Points, year: str, opens: Open) -> QWidget:
    asks = [
        listed(point.references, year, point.heading or block.title) if point.references else {}
        for point in block.points
    ]
    lines = [
        Line(
            at,
            (
                f"{at + 1}. {point.heading}" if block.numbered else point.heading,
                point.text,
                ", ".join(point.references),
            ),
        )
        for at, point in enumerate(block.points)
    ]
    headings = ("In a few words", "Text", "From")
    return _small(SmallTable(block.title, headings, lines, 1), asks, opens)


def _small(table: SmallTable, asks: list[Asked], opens: Open) -> SmallTable:
    def go(at: int) -> None:
        if asks[at]:
            opens(asks[at])

    table.opened.connect(go)
    return table


def _is_of_numbers(block: Grid) -> bool:
    cells = [cell for row in block.rows for cell in row[1:]]
    return bool(cells) and all(
        cell.number is not None or len(cell.words) <= _SHORT for cell in cells
    )


def _head(row: tuple[Cell, ...]) -> str:
    return row[0].words


def _longest(block: Grid, at: int) -> int:
    return max((len(row[at].words) for row in block.rows), default=0)
