"""Every figure of the annual report by its name, each with the records that it counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.figures_broken_down import BROKEN_DOWN_FIGURES
from oscb_desktop.queries.figures_counting import Counted, Definition, Value
from oscb_desktop.queries.figures_facts import YearFacts, facts_as_asked, read_facts
from oscb_desktop.queries.figures_learning import CONTEXT_FIGURES, LEARNING_FIGURES
from oscb_desktop.queries.figures_rapid import RAPID_FIGURES
from oscb_desktop.queries.figures_reviews import REVIEW_FIGURES
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.queries.year_known import Known, standing

_DEFINITIONS = (
    *CONTEXT_FIGURES,
    *RAPID_FIGURES,
    *REVIEW_FIGURES,
    *BROKEN_DOWN_FIGURES,
    *LEARNING_FIGURES,
)


class FigureDefinition(NamedTuple):
    """What a figure is called and what it counts."""

    name: str
    label: str
    meaning: str
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one year.

    ``value`` is a number, a number for each category, or None where there is nothing to measure.
    ``records`` are the references of what was counted; of a breakdown, ``records_of`` gives those
    of one category. ``warnings`` are sentences about what might mislead. ``told`` is what is known
    of the year: a baseline where one is held, None where the file does not reach back so far.
    """

    name: str
    label: str
    value: Value
    records: tuple[str, ...]
    unit: str
    warnings: tuple[str, ...]
    by_category: Mapping[str, tuple[str, ...]]
    told: Value = None

    def records_of(self, category: str) -> tuple[str, ...]:
        """Return what was counted for one category; nothing for a category that there is not."""
        return self.by_category.get(category, ())


def figures(session: Session, year: ReportingYear, today: date) -> tuple[Figure, ...]:
    """Return every figure of a year, in the order of the annual report."""
    with uncollected():
        facts = read_facts(session, year, today)
        return tuple(_figure(definition, facts) for definition in _DEFINITIONS)


def figure(session: Session, name: str, year: ReportingYear, today: date) -> Figure:
    """Return one figure of a year; raises ``UserError`` for a name that is none."""
    definition = definition_of(name)
    with uncollected():
        return _figure(definition, facts_as_asked(session, year, today))


def definition_of(name: str) -> Definition:
    """Return how a figure is counted; raises ``UserError`` for a name that is none."""
    for definition in _DEFINITIONS:
        if definition.name == name:
            return definition
    near = get_close_matches(name, [definition.name for definition in _DEFINITIONS], n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise UserError(f"There is no figure {quoted(name)}.{hint}")


def figure_definitions() -> tuple[FigureDefinition, ...]:
    """Return the name, label, meaning and unit of every figure."""
    return tuple(
        FigureDefinition(entry.name, entry.label, entry.meaning, entry.unit)
        for entry in _DEFINITIONS
    )


def _figure(definition: Definition, facts: YearFacts) -> Figure:
    counted = definition.count(facts)
    return Figure(
        definition.name,
        definition.label,
        counted.value,
        counted.records,
        definition.unit,
        counted.warnings,
        counted.by_category,
        _told(definition, facts, counted),
    )


def _told(definition: Definition, facts: YearFacts, counted: Counted) -> Value:
    found = standing(definition, facts, counted)
    return None if found.known is Known.UNKNOWN else found.counted.value
