"""Figures over several years, and the way from a discussion to a publication in one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.figures import definition_of
from oscb_desktop.queries.figures_counting import Definition, Number
from oscb_desktop.queries.figures_facts import RAPID_REVIEW, IncidentFacts, YearFacts, read_facts
from oscb_desktop.queries.figures_rapid import RAPID_FIGURES
from oscb_desktop.queries.large_reads import uncollected

TREND_YEARS = 5
_CONTRIBUTIONS = ("contribution", "national")


class Known(StrEnum):
    """Where a figure of a year is known from."""

    COUNTED = "counted"
    BASELINE = "baseline"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class YearValue:
    """A figure in one year; ``value`` is None where it is unknown or there is nothing to measure.

    ``records`` are what was counted; a baseline has none. ``note`` says what might mislead.
    """

    year: str
    value: Number | None
    known: Known
    records: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over years, the earliest first."""

    name: str
    label: str
    unit: str
    values: tuple[YearValue, ...]


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step from a discussion to a publication: its name, words, and what was counted."""

    name: str
    label: str
    meaning: str
    records: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.records)


def years_up_to(year: ReportingYear, count: int = TREND_YEARS) -> tuple[ReportingYear, ...]:
    """Return so many years, the earliest first, the last the one given."""
    years = [year]
    while len(years) < count:
        years.insert(0, years[0].previous())
    return tuple(years)


def comparison(
    session: Session, names: Sequence[str], years: Sequence[ReportingYear], today: date
) -> tuple[Trend, ...]:
    """Return figures over years, from baselines where they are held, else counted.

    A year before the first record of the sort counted that has no baseline is unknown. Raises
    ``UserError`` for a name that is no figure, or a figure that has no single number.
    """
    if not years:
        return ()
    with uncollected():
        return compared(read_facts(session, years[-1], today), names, years)


def compared(
    facts: YearFacts, names: Sequence[str], years: Sequence[ReportingYear]
) -> tuple[Trend, ...]:
    """Return the same as ``comparison`` from facts that were read."""
    held = {(year, name): value for year, name, value in facts.baselines}
    found = [definition_of(name) for name in names]
    return tuple(
        Trend(
            entry.name,
            entry.label,
            entry.unit,
            tuple(_in_year(entry, replace(facts, year=year), held) for year in years),
        )
        for entry in found
    )


def _began(entry: Definition, facts: YearFacts) -> date | None:
    """Return the day of the earliest record of the sort that a figure counts."""
    days: dict[str, Callable[[], Iterable[date | None]]] = {
        "actions": lambda: (action.agreed_on for action in facts.actions),
        "changes": lambda: (seen_on for _reference, seen_on in facts.impacts),
        "incidents": lambda: (incident.certain_on for incident in facts.incidents),
        "discussions": lambda: (held_on for _reference, held_on in facts.discussions),
    }
    rapid = any(each.name == entry.name for each in RAPID_FIGURES)
    usual = (
        review.counted_on if rapid else review.started_on
        for review in facts.reviews
        if (review.kind == RAPID_REVIEW) == rapid
    )
    found = days[entry.unit]() if entry.unit in days else usual
    return min((day for day in found if day is not None), default=None)


def _in_year(entry: Definition, facts: YearFacts, held: Mapping[tuple[str, str], int]) -> YearValue:
    label, began = facts.year.label, _began(entry, facts)
    if (label, entry.name) in held:
        return YearValue(label, held[label, entry.name], Known.BASELINE)
    if began is None or facts.year.last < began:
        return YearValue(label, None, Known.UNKNOWN, note=f"Nothing is held of {label}.")
    counted = entry.count(facts)
    if isinstance(counted.value, Mapping):
        raise UserError(f"{entry.label} is a breakdown: it has no single number to compare.")
    later = any(year > label and name == entry.name for year, name in held)
    if later and not counted.records:
        # Who types in what a later year held says that the file does not reach back so far.
        return YearValue(label, None, Known.UNKNOWN, note=f"Nothing is held of {label}.")
    partly = facts.year.first < began
    note = f"The records begin on {format_date(began)}, within {label}." if partly else ""
    return YearValue(label, counted.value, Known.COUNTED, counted.records, note)


def funnel(session: Session, year: ReportingYear, today: date) -> tuple[FunnelStep, ...]:
    """Return the steps of a year, from discussions needed to reviews published."""
    with uncollected():
        return funnel_of(read_facts(session, year, today))


def funnel_of(facts: YearFacts) -> tuple[FunnelStep, ...]:
    """Return the same as ``funnel`` from facts that were read.

    Each step counts what happened in the year, so that each is the figure of the same words; one
    step is no part of the one before, as a review may be published years after its notification.
    """
    return (
        FunnelStep(
            "discussions_needed",
            "Discussions needed",
            "Incidents of the year that are for our local authority to notify or not, and those "
            "that were discussed in it all the same.",
            _needed(facts),
        ),
        FunnelStep(
            "discussions_held",
            "Discussions held",
            "Incidents of which it was discussed in the year whether to notify.",
            _discussed(facts),
        ),
        _step("notifications_sent", "Notified", facts),
        _step("rapid_reviews", "Rapid reviews", facts),
        FunnelStep(
            "reviews_commissioned",
            "Reviews commissioned",
            "Reviews, other than rapid reviews and contributions to those of others, that it was "
            "decided in the year to begin or, without that day, that began in it.",
            _commissioned(facts),
        ),
        _step("reviews_published", "Reviews published", facts),
    )


def _step(name: str, label: str, facts: YearFacts) -> FunnelStep:
    entry = definition_of(name)
    return FunnelStep(name, label, entry.meaning, entry.count(facts).records)


def _discussed(facts: YearFacts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ref for ref, on in facts.discussions if on in facts.year))


def _needed(facts: YearFacts) -> tuple[str, ...]:
    held = set(_discussed(facts))
    return tuple(
        incident.reference
        for incident in facts.incidents
        if incident.reference in held or _is_ours(incident, facts.year)
    )


def _is_ours(incident: IncidentFacts, year: ReportingYear) -> bool:
    day = incident.counted_on
    return incident.notified_by == "us" and day is not None and day in year


def _commissioned(facts: YearFacts) -> tuple[str, ...]:
    return tuple(
        review.reference
        for review in facts.reviews
        if review.kind not in (RAPID_REVIEW, *_CONTRIBUTIONS)
        and review.role != "contributor"
        and (review.initiated_on or review.started_on) in facts.year
    )
