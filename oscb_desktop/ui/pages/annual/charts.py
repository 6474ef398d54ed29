"""The chart beside a table of the annual report, from the same numbers."""

from __future__ import annotations

from oscb_desktop.domain.charts import Amount, Chart, Missing, Series, bars, funnel, grouped_bars
from oscb_desktop.domain.charts import line as line_chart
from oscb_desktop.domain.suppression import MARK
from oscb_desktop.queries.annual_rows import Cell, Grid

TOTAL = "All"
"""What heads the total of a table."""


def block_chart(block: Grid) -> Chart | None:
    """Return the chart of a table of the report, where it has one; its total is not drawn."""
    rows = [row for row in block.rows if row[0].words != TOTAL]
    if not block.chart or not rows:
        return None
    labels = [row[0].words for row in rows]
    if block.chart == "lines":
        lines = [Series(tuple(map(_of_cell, row[1:])), row[0].words) for row in rows]
        return line_chart(block.title, block.headings[1:], lines)
    if block.chart == "grouped":
        columns = [at for at, name in enumerate(block.headings) if at and name != TOTAL]
        series = [
            Series(tuple(_of_cell(row[at]) for row in rows), block.headings[at]) for at in columns
        ]
        return grouped_bars(block.title, labels, series)
    drawn = funnel if block.chart == "funnel" else bars
    return drawn(block.title, [(row[0].words, _of_cell(row[1])) for row in rows])


def _of_cell(cell: Cell) -> Amount:
    if cell.number is not None:
        return cell.number
    return Missing.KEPT_BACK if cell.words == MARK else Missing.UNKNOWN
