"""The tables of a year's breakdowns, of several years and of the funnel, cell by cell."""

from __future__ import annotations

from collections.abc import Container, Sequence

from oscb_desktop.domain.linked_counts import Name
from oscb_desktop.domain.suppression import MARK, Suppressed
from oscb_desktop.queries.breakdown_dimensions import Of
from oscb_desktop.queries.breakdowns import Breakdown, dimension
from oscb_desktop.queries.year_known import Known
from oscb_desktop.queries.year_trends import FunnelStep, Trend, YearValue
from oscb_desktop.ui.pages.annual.counts import number_words
from oscb_desktop.ui.tables.grid_table import Asked, Cell, Grid, GridRow

ALL = "All"
_NOT_KNOWN = "not known"
_NOTHING = "–"  # nothing to measure in a year that is known


def breakdown_grid(found: Breakdown, year: str, kept: Suppressed | None) -> Grid:
    """Return a breakdown as a table with its totals; ``kept`` is what the public would not see."""
    label = dimension(found.dimensions[0]).label
    rows = [_row(found, row, year, kept) for row in (*found.rows, None)]
    if not found.is_crossed:
        heading = "Children" if found.subject.unit is Of.CHILD else "Reviews"
        return Grid(found.label, label, (heading,), tuple(rows))
    across = dimension(found.dimensions[1]).label
    return Grid(found.label, f"{label} / {across.lower()}", (*found.columns, ALL), tuple(rows))


def _row(found: Breakdown, row: str | None, year: str, kept: Suppressed | None) -> GridRow:
    places: list[str | None] = [*found.columns, None] if found.is_crossed else [None]
    cells = tuple(_cell(found, row, column, year, kept) for column in places)
    return GridRow(ALL if row is None else row, cells, is_total=row is None)


def _cell(
    found: Breakdown, row: str | None, column: str | None, year: str, kept: Suppressed | None
) -> Cell:
    count = found.count(row, column)
    text = f"{count:,}" if kept is None else kept.cell(found.name_of(row, column))
    return Cell(text, _asks(found, year, row, column) if count else {})


def _asks(found: Breakdown, year: str, row: str | None, column: str | None) -> Asked:
    """Return what to ask for to see a cell's records; of a total, all of its row or column."""
    asked = {"of": str(found.subject), "year": year, "by": found.dimensions[0]}
    if found.is_crossed:
        asked["across"] = found.dimensions[1]
    if row is not None:
        asked["row"] = row
    if column is not None:
        asked["column"] = column
    return asked


def trend_grid(trends: Sequence[Trend], hidden: Container[Name]) -> Grid:
    """Return figures over years as a table, the latest year last; ``hidden`` as (figure, year)."""
    years = tuple(value.year for value in trends[0].values) if trends else ()
    rows = tuple(
        GridRow(trend.label, tuple(_year_cell(trend, value, hidden) for value in trend.values))
        for trend in trends
    )
    return Grid("Figures over the years", "Figure", years, rows)


def _year_cell(trend: Trend, value: YearValue, hidden: Container[Name]) -> Cell:
    asks = {"figure": trend.name, "year": value.year} if value.records else {}
    if (trend.name, value.year) in hidden:
        return Cell(MARK, asks)
    if value.value is None:
        return Cell(_NOT_KNOWN if value.known is Known.UNKNOWN else _NOTHING, asks)
    return Cell(number_words(value.value, trend.unit), asks)


def _step_cell(step: FunnelStep, year: str, hidden: Container[Name]) -> Cell:
    asks = {"step": step.name, "year": year} if step.count else {}
    if step.name in hidden:
        return Cell(MARK, asks)
    return Cell(_NOT_KNOWN if step.value is None else f"{step.value:,}", asks)


def funnel_grid(steps: Sequence[FunnelStep], year: str, hidden: Container[Name]) -> Grid:
    """Return the steps of a year as a table; ``hidden`` as the names of steps."""
    rows = tuple(GridRow(step.label, (_step_cell(step, year, hidden),)) for step in steps)
    return Grid(f"From discussion to publication, {year}", "Step", ("In the year",), rows)
