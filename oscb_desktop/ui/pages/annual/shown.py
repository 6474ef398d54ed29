"""What the page of breakdowns shows: read on the worker from facts that are read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from oscb_desktop.domain.charts import Chart
from oscb_desktop.domain.linked_counts import Name
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import MARK, Suppressed, suppress, threshold_of
from oscb_desktop.queries.annual_counts import funnel_name, keep_back
from oscb_desktop.queries.annual_figures import YearFigures
from oscb_desktop.queries.breakdown_charts import (
    breakdown_chart,
    funnel_chart,
    trend_chart,
)
from oscb_desktop.queries.breakdowns import (
    Breakdown,
    Spread,
    Subject,
    break_down,
    cost_spread,
    days_late_spread,
)
from oscb_desktop.queries.figures import definition_of, figure_definitions
from oscb_desktop.queries.figures_facts import YearFacts
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.year_known import Known
from oscb_desktop.queries.year_trends import (
    TREND_YEARS,
    Trend,
    YearValue,
    compared,
    funnel_of,
    years_up_to,
)
from oscb_desktop.services.store import Store
from oscb_desktop.ui.pages.annual.counts import number_words
from oscb_desktop.ui.pages.annual.facts import facts_of
from oscb_desktop.ui.pages.annual.grids import breakdown_grid, funnel_grid, trend_grid
from oscb_desktop.ui.tables.grid_table import Grid

_FOLLOWING = frozenset({"%", "working days"})
"""Units of what follows from counts, and could tell of one that is kept back."""
_NO_COUNTS = _FOLLOWING | {"", "£", "people"}
"""Units of what is no count, and is not suppressed as one."""


_AS_IN_THE_REPORT = (
    f"{MARK}: not shown to protect confidentiality. What the public report keeps back is kept back."
)
_ALONE = (
    "This is the table by itself: the public report also keeps back what its tables together "
    "would give away."
)


class Look(StrEnum):
    """What can be looked at."""

    BREAKDOWN = "breakdown"
    YEARS = "years"
    FUNNEL = "funnel"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose to see; ``across`` is empty where nothing is crossed."""

    look: Look
    year: ReportingYear
    subject: Subject = Subject.RAPID_REVIEW_CHILDREN
    by: str = "age_band"
    across: str = ""
    years: int = TREND_YEARS
    public: bool = False
    empty_too: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, its chart, and what must be said beside it.

    There is one chart for all or one for each row; ``told`` is what is said of each row.
    """

    grid: Grid
    charts: tuple[Chart, ...]
    notes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class YearReader:
    """Reads a year as it is chosen, on the worker."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, choice: Choice) -> Shown:
        """Return what is chosen, counted now; raises ``UserError`` for what cannot be crossed."""
        facts = facts_of(self._store, choice.year)
        match choice.look:
            case Look.BREAKDOWN:
                return self._breakdown(choice, facts)
            case Look.YEARS:
                return self._years(choice, facts)
            case Look.FUNNEL:
                return self._funnel(choice, facts)

    def _breakdown(self, choice: Choice, facts: YearFacts) -> Shown:
        names = (choice.by, choice.across) if choice.across else (choice.by,)
        found = break_down(facts, choice.subject, *names)
        kept = suppress(found.counts(), self._threshold()) if choice.public else None
        hidden = kept.kept_back if kept else frozenset()
        held = found.held(hidden)
        shown = found if choice.empty_too else held
        grid = breakdown_grid(shown, choice.year.label, kept)
        chart = breakdown_chart(held, hidden)
        return Shown(grid, (chart,), tuple(_notes(choice, shown, facts, kept)))

    def _years(self, choice: Choice, facts: YearFacts) -> Shown:
        """Return every figure that is one number over some years, with a chart of each."""
        names = [
            entry.name
            for entry in figure_definitions()
            if _is_one_number(entry.name, facts)
            and not (choice.public and entry.unit in _FOLLOWING)
        ]
        trends = compared(facts, names, years_up_to(choice.year, choice.years))
        hidden = frozenset(self._hidden(trends, facts)) if choice.public else frozenset()
        charts = tuple(trend_chart(trend.label, (trend,), hidden) for trend in trends)
        told = tuple(" ".join(dict.fromkeys(_told(trend))) for trend in trends)
        notes = (_AS_IN_THE_REPORT,) if choice.public else ()
        return Shown(trend_grid(trends, hidden), charts, notes, told)

    def _hidden(self, trends: Sequence[Trend], facts: YearFacts) -> Iterator[Name]:
        """Yield as (figure, year) what the public reports of these years keep back."""
        threshold, month = self._threshold(), facts.year.first.month
        for at, value in enumerate(trends[0].values):
            figures = YearFigures(replace(facts, year=ReportingYear.parse(value.year, month)))
            figures.suppressed = keep_back(figures, threshold).suppressed
            for trend in trends:
                if _is_hidden(trend, trend.values[at], figures, threshold):
                    yield (trend.name, value.year)

    def _funnel(self, choice: Choice, facts: YearFacts) -> Shown:
        steps = funnel_of(facts)
        hidden: frozenset[Name] = frozenset()
        if choice.public:
            kept = keep_back(YearFigures(facts), self._threshold()).suppressed
            hidden = frozenset(
                step.name for step in steps if kept.is_kept_back(funnel_name(step.name))
            )
        grid = funnel_grid(steps, choice.year.label, hidden)
        chart = funnel_chart(grid.name, steps, hidden)
        told = tuple(step.meaning for step in steps)
        return Shown(grid, (chart,), (_AS_IN_THE_REPORT,) if choice.public else (), told)

    def _threshold(self) -> int:
        return threshold_of(self._store.read(organisation).small_number)


def _is_one_number(name: str, facts: YearFacts) -> bool:
    return not isinstance(definition_of(name).count(facts).value, Mapping)


def _is_hidden(trend: Trend, value: YearValue, figures: YearFigures, threshold: int) -> bool:
    """Whether a report keeps a number back; a baseline stands by itself, tied to nothing."""
    if value.known is Known.COUNTED:
        return bool(figures.now(trend.name).kept_back)
    small = isinstance(value.value, int) and 0 < value.value < threshold
    return small and trend.unit not in _NO_COUNTS


def _told(trend: Trend) -> Iterator[str]:
    """Yield what a figure counts, and from when on."""
    yield definition_of(trend.name).meaning
    yield from (value.note for value in trend.values if value.note and value.value is not None)


def _notes(
    choice: Choice, found: Breakdown, facts: YearFacts, kept: Suppressed | None
) -> Iterator[str]:
    yield from found.notes
    yield from _note(kept)
    if choice.public:  # an average or a range would give away what is kept back
        return
    if "timeliness" in found.dimensions:
        yield from _spread(days_late_spread(facts, choice.subject))
    if "cost" in found.dimensions:
        yield from _spread(cost_spread(facts, choice.subject))


def _note(kept: Suppressed | None) -> Iterator[str]:
    if kept is not None:
        yield kept.note or "Nothing in this table needs to be kept back."
        yield _ALONE


def _spread(found: Spread | None) -> Iterator[str]:
    if found is None:
        return
    unit = "£" if found.unit == "£" else ""
    lowest, average, middle, highest = (
        number_words(number, unit)
        for number in (found.lowest, found.average, found.median, found.highest)
    )
    words = "" if unit else f" {found.unit}"
    yield (
        f"{found.label}: {lowest} to {highest}{words}, on average {average}, "
        f"half of them up to {middle}."
    )
