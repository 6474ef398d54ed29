"""The records that a year's figures count, each sort read once and when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy.orm import Session

from oscb_desktop.domain.age_bands import AgeBand
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.rule_sets import RuleSet, load_rule_sets
from oscb_desktop.domain.working_days import Calendar
from oscb_desktop.queries.figures_learning_facts import LearningFacts, read_learning
from oscb_desktop.queries.figures_rows import (
    ActionFacts,
    ChildFacts,
    IncidentFacts,
    ReviewFacts,
    read_actions,
    read_baselines,
    read_discussions,
    read_impacts,
    read_incidents,
    read_reviews,
)
from oscb_desktop.queries.organisation import age_bands, calendar, rules_for

__all__ = [
    "RAPID_REVIEW",
    "ActionFacts",
    "ChildFacts",
    "Held",
    "IncidentFacts",
    "ReviewFacts",
    "YearFacts",
    "facts_as_asked",
    "read_facts",
]

RAPID_REVIEW = "rapid_review"


class Held:
    """The rows of a file that figures count, each sort read once and when it is first asked for."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self.begins: dict[str, date | None] = {}
        """From when on each sort of record is kept, once somebody has asked."""

    @cached_property
    def incidents(self) -> tuple[IncidentFacts, ...]:
        """The incidents."""
        return read_incidents(self._session)

    @cached_property
    def discussions(self) -> tuple[tuple[str, date], ...]:
        """The incident's reference and the day of each notification discussion."""
        return read_discussions(self._session)

    @cached_property
    def reviews(self) -> tuple[ReviewFacts, ...]:
        """The reviews, with all that belongs to them."""
        return read_reviews(self._session, {incident.id: incident for incident in self.incidents})

    @cached_property
    def actions(self) -> tuple[ActionFacts, ...]:
        """The actions."""
        return read_actions(self._session)

    @cached_property
    def impacts(self) -> tuple[tuple[str, date], ...]:
        """The reference of each record of impact, and the day on which it was seen."""
        return read_impacts(self._session)

    @cached_property
    def bands(self) -> tuple[AgeBand, ...]:
        """The age bands as defined."""
        return age_bands(self._session)

    @cached_property
    def baselines(self) -> tuple[tuple[str, str, int], ...]:
        """The label of the year, the figure's name and its value."""
        return read_baselines(self._session)

    @cached_property
    def rules(self) -> Mapping[str, RuleSet]:
        """The rule sets by key."""
        keys = [rules.key for rules in load_rule_sets()]
        return {key: rules_for(self._session, key, self._today) for key in keys}

    @cached_property
    def calendar(self) -> Calendar:
        """The working days."""
        return calendar(self._session)

    @cached_property
    def learning(self) -> LearningFacts:
        """What was learned, shared and published."""
        return read_learning(self._session)

    def read(self) -> None:
        """Read every sort now: the session may be closed before somebody asks."""
        for name, part in vars(Held).items():
            if isinstance(part, cached_property):
                getattr(self, name)


@dataclass(frozen=True, slots=True)
class YearFacts:
    """Everything that a year's figures are counted from; records in the bin are left out."""

    year: ReportingYear
    today: date
    held: Held

    @property
    def incidents(self) -> tuple[IncidentFacts, ...]:
        """Return the incidents of all years."""
        return self.held.incidents

    @property
    def discussions(self) -> tuple[tuple[str, date], ...]:
        """Return the incident's reference and the day of each notification discussion."""
        return self.held.discussions

    @property
    def reviews(self) -> tuple[ReviewFacts, ...]:
        """Return the reviews of all years."""
        return self.held.reviews

    @property
    def actions(self) -> tuple[ActionFacts, ...]:
        """Return the actions of all years."""
        return self.held.actions

    @property
    def impacts(self) -> tuple[tuple[str, date], ...]:
        """Return the reference of each record of impact, and the day on which it was seen."""
        return self.held.impacts

    @property
    def bands(self) -> tuple[AgeBand, ...]:
        """Return the age bands as defined."""
        return self.held.bands

    @property
    def baselines(self) -> tuple[tuple[str, str, int], ...]:
        """Return the label of the year, the figure's name and its value."""
        return self.held.baselines

    @property
    def rules(self) -> Mapping[str, RuleSet]:
        """Return the rule sets by key."""
        return self.held.rules

    @property
    def calendar(self) -> Calendar:
        """Return the working days."""
        return self.held.calendar

    @property
    def learning(self) -> LearningFacts:
        """Return what was learned, shared and published."""
        return self.held.learning

    @property
    def rapid_reviews(self) -> tuple[ReviewFacts, ...]:
        """Return the rapid reviews of the year."""
        return tuple(
            review
            for review in self.reviews
            if review.kind == RAPID_REVIEW and review.counted_on in self.year
        )

    @property
    def worked_on(self) -> tuple[ReviewFacts, ...]:
        """Return the reviews of other kinds that were under way on some day of the year."""
        return tuple(
            review
            for review in self.reviews
            if review.kind != RAPID_REVIEW
            and review.started_on <= self.year.last
            and (review.finished_on or review.published_on or self.year.first) >= self.year.first
        )


def read_facts(session: Session, year: ReportingYear, today: date) -> YearFacts:
    """Read what the figures of a year are counted from, in a fixed number of queries."""
    facts = facts_as_asked(session, year, today)
    facts.held.read()
    return facts


def facts_as_asked(session: Session, year: ReportingYear, today: date) -> YearFacts:
    """Return the same, each sort of record read when it is asked for: within the session alone."""
    return YearFacts(year, today, Held(session, today))
