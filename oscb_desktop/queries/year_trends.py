"""Figures over several years, and the way from a discussion to a publication in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.figures import definition_of
from oscb_desktop.queries.figures_counting import Definition, Number
from oscb_desktop.queries.figures_facts import RAPID_REVIEW, IncidentFacts, YearFacts, read_facts
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.queries.year_known import (
    Known,
    Sort,
    Standing,
    begins,
    nought_is_known,
    sort_of,
    standing,
)

TREND_YEARS = 5
_CONTRIBUTIONS = ("contribution", "national")


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
    """One step from a discussion to a publication: its name, words, and what was counted.

    ``baseline`` is the number held for a year that the file cannot count.
    """

    name: str
    label: str
    meaning: str
    records: tuple[str, ...]
    known: Known = Known.COUNTED
    baseline: int | None = None

    @property
    def count(self) -> int:
        """How many were counted."""
        return len(self.records)

    @property
    def value(self) -> int | None:
        """How many there were, as far as it is known."""
        if self.known is Known.UNKNOWN:
            return None
        return self.count if self.baseline is None else self.baseline


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

    What is known of a year is for ``year_known`` to say. Raises ``UserError`` for a name that is no
    figure, or a figure that has no single number.
    """
    if not years:
        return ()
    with uncollected():
        return compared(read_facts(session, years[-1], today), names, years)


def compared(
    facts: YearFacts, names: Sequence[str], years: Sequence[ReportingYear]
) -> tuple[Trend, ...]:
    """Return the same as ``comparison`` from facts that were read."""
    found = [definition_of(name) for name in names]
    return tuple(
        Trend(
            entry.name,
            entry.label,
            entry.unit,
            tuple(_in_year(entry, replace(facts, year=year)) for year in years),
        )
        for entry in found
    )


def _in_year(entry: Definition, facts: YearFacts) -> YearValue:
    label, found = facts.year.label, standing(entry, facts)
    value = found.counted.value
    if isinstance(value, Mapping):
        raise UserError(f"{entry.label} is a breakdown: it has no single number to compare.")
    return YearValue(label, value, found.known, found.counted.records, _note(entry, facts, found))


def _note(entry: Definition, facts: YearFacts, found: Standing) -> str:
    if found.known is Known.UNKNOWN:
        return f"Nothing is held of {facts.year.label}."
    began = begins(facts, sort_of(entry))
    if found.known is Known.BASELINE or began is None or facts.year.first >= began:
        return ""
    return f"The records begin on {format_date(began)}, within {facts.year.label}."


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
        _counted(
            "discussions_needed",
            "Discussions needed",
            "Incidents of the year that are for our local authority to notify or not, and those "
            "that were discussed in it all the same.",
            _needed(facts),
            nought_is_known(facts, Sort.INCIDENTS),
        ),
        _counted(
            "discussions_held",
            "Discussions held",
            "Incidents of which it was discussed in the year whether to notify.",
            _discussed(facts),
            nought_is_known(facts, Sort.DISCUSSIONS),
        ),
        _step("notifications_sent", "Notified", facts),
        _step("rapid_reviews", "Rapid reviews", facts),
        _counted(
            "reviews_commissioned",
            "Reviews commissioned",
            "Reviews, other than rapid reviews and contributions to those of others, that it was "
            "decided in the year to begin or, without that day, that began in it.",
            _commissioned(facts),
            nought_is_known(facts, Sort.REVIEWS),
        ),
        _step("reviews_published", "Reviews published", facts),
    )


def _counted(
    name: str, label: str, meaning: str, records: tuple[str, ...], known: bool
) -> FunnelStep:
    is_known = known or bool(records)
    return FunnelStep(name, label, meaning, records, Known.COUNTED if is_known else Known.UNKNOWN)


def _step(name: str, label: str, facts: YearFacts) -> FunnelStep:
    entry = definition_of(name)
    found = standing(entry, facts)
    value = found.counted.value if found.known is Known.BASELINE else None
    baseline = value if isinstance(value, int) else None
    records = found.counted.records
    return FunnelStep(name, label, entry.meaning, records, found.known, baseline)


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
