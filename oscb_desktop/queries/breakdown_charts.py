"""Breakdowns, trends and the funnel as charts and tables, whole or with small numbers kept back."""

from __future__ import annotations

from collections.abc import Container, Sequence

from oscb_desktop.domain.charts import Amount, Chart, Missing, Series, bars, grouped_bars, line
from oscb_desktop.domain.charts import funnel as funnel_chart_of
from oscb_desktop.domain.documents import Table
from oscb_desktop.domain.linked_counts import Counts, Name
from oscb_desktop.domain.suppression import MARK
from oscb_desktop.queries.breakdowns import Breakdown, dimension
from oscb_desktop.queries.year_known import Known
from oscb_desktop.queries.year_trends import FunnelStep, Trend, YearValue

_TOTAL = "Total"


def breakdown_chart(found: Breakdown, kept_back: Container[Name] = ()) -> Chart:
    """Return a breakdown as bars, grouped where it is crossed."""
    if not found.is_crossed:
        return bars(
            found.label, [(row, _amount(found, kept_back, row, None)) for row in found.rows]
        )
    series = (
        Series(tuple(_amount(found, kept_back, row, column) for row in found.rows), column)
        for column in found.columns
    )
    return grouped_bars(found.label, found.rows, tuple(series))


def breakdown_table(found: Breakdown, kept_back: Container[Name] = ()) -> Table:
    """Return a breakdown as a table with its totals, which are of records."""
    heading = dimension(found.dimensions[0]).label
    columns: tuple[str | None, ...] = (*found.columns, None) if found.is_crossed else (None,)
    names = (*found.columns, _TOTAL) if found.is_crossed else (found.subject.label,)
    rows = tuple(
        (
            _TOTAL if row is None else row,
            *(_cell(found, kept_back, row, column) for column in columns),
        )
        for row in (*found.rows, None)
    )
    return Table(found.label, (heading, *names), rows)


def _amount(
    found: Breakdown, kept_back: Container[Name], row: str | None, column: str | None
) -> Amount:
    hidden = found.name_of(row, column) in kept_back
    return Missing.KEPT_BACK if hidden else found.count(row, column)


def _cell(found: Breakdown, kept_back: Container[Name], row: str | None, column: str | None) -> str:
    amount = _amount(found, kept_back, row, column)
    return MARK if isinstance(amount, Missing) else f"{amount:,}"


def trend_chart(title: str, trends: Sequence[Trend], kept_back: Container[Name] = ()) -> Chart:
    """Return figures over years as lines; an unknown year breaks its line."""
    years = tuple(value.year for value in trends[0].values) if trends else ()
    series = (
        Series(
            tuple(_of_year(trend, value, kept_back) for value in trend.values),
            trend.label if len(trends) > 1 else "",
        )
        for trend in trends
    )
    return line(title, years, tuple(series))


def trend_counts(trends: Sequence[Trend], year: str) -> Counts:
    """Return the counts of trends to be suppressed, each named (figure, year).

    Those of the year that a report is of bear the plain name of the figure, as in its breakdowns.
    What is no whole number (a cost, an average) is no count and is left out.
    """
    values: dict[Name, int] = {
        _name(trend, value, year): value.value
        for trend in trends
        for value in trend.values
        if isinstance(value.value, int)
    }
    return Counts(values)


def kept_back_of_trends(
    trends: Sequence[Trend], year: str, kept_back: Container[Name]
) -> frozenset[Name]:
    """Return, as (figure, year), what of trends is kept back."""
    return frozenset(
        (trend.name, value.year)
        for trend in trends
        for value in trend.values
        if _name(trend, value, year) in kept_back
    )


def _name(trend: Trend, value: YearValue, year: str) -> Name:
    return trend.name if value.year == year else (trend.name, value.year)


def _of_year(trend: Trend, value: YearValue, kept_back: Container[Name]) -> Amount:
    if (trend.name, value.year) in kept_back:
        return Missing.KEPT_BACK
    if value.known is Known.UNKNOWN or value.value is None:
        return Missing.UNKNOWN
    return value.value


def funnel_chart(title: str, steps: Sequence[FunnelStep], kept_back: Container[Name] = ()) -> Chart:
    """Return the funnel as a chart."""
    return funnel_chart_of(
        title,
        [(step.label, _of_step(step, kept_back)) for step in steps],
    )


def _of_step(step: FunnelStep, kept_back: Container[Name]) -> Amount:
    if step.name in kept_back:
        return Missing.KEPT_BACK
    return Missing.UNKNOWN if step.value is None else step.value


def funnel_counts(steps: Sequence[FunnelStep]) -> Counts:
    """Return the counts of the funnel to be suppressed, each by the name of its figure."""
    return Counts({step.name: step.count for step in steps})
