"""The tables of the annual report as charts, from the same cells."""

from __future__ import annotations

from oscb_desktop.domain.charts import Amount, Chart, Missing, Series, bars, funnel, grouped_bars
from oscb_desktop.domain.charts import line as line_chart
from oscb_desktop.domain.suppression import MARK
from oscb_desktop.queries.annual_rows import Cell, Grid

ALL = "All"
"""What the row and the column of totals are called; a chart leaves them out."""


def grid_chart(grid: Grid) -> Chart | None:
    """Return a table as the chart that it asks for; None where it asks for none."""
    rows = [row for row in grid.rows if row[0].words != ALL]
    if not grid.chart or not rows:
        return None
    if grid.chart == "lines":
        return _lines(grid)
    if grid.chart == "grouped":
        columns = [at for at, head in enumerate(grid.headings) if at and head != ALL]
        grouped = (
            Series(tuple(_amount(row[at]) for row in rows), grid.headings[at]) for at in columns
        )
        return grouped_bars(grid.title, [row[0].words for row in rows], tuple(grouped))
    pairs = [(row[0].words, _amount(row[1])) for row in rows]
    return funnel(grid.title, pairs) if grid.chart == "funnel" else bars(grid.title, pairs)


def _lines(grid: Grid) -> Chart | None:
    """Return figures over the years of which anything is known; None of fewer than two."""
    known = [
        at
        for at in range(1, len(grid.headings))
        if any(_amount(row[at]) is not Missing.UNKNOWN for row in grid.rows)
    ]
    series = (Series(tuple(_amount(row[at]) for at in known), row[0].words) for row in grid.rows)
    years = tuple(grid.headings[at] for at in known)
    return line_chart(grid.title, years, tuple(series)) if len(years) > 1 else None


def _amount(cell: Cell) -> Amount:
    if cell.number is not None:
        return cell.number
    return Missing.KEPT_BACK if cell.words == MARK else Missing.UNKNOWN
