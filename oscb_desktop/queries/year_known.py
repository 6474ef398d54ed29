"""What is known of a figure in a year: the one rule by which a nought differs from not known.

A baseline that is held for the year stands. Else a year that ended before the first record of the
sort counted is not known, and from that record on what is counted stands, a nought too. Of a sort
that the file holds nothing of, the first record is that of the cases, as far as all sorts of them
that it does hold go back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from oscb_desktop.queries.figures_counting import Counted, Definition
from oscb_desktop.queries.figures_facts import RAPID_REVIEW, YearFacts
from oscb_desktop.queries.figures_rapid import RAPID_FIGURES


class Known(StrEnum):
    """Where a figure of a year is known from."""

    COUNTED = "counted"
    BASELINE = "baseline"
    UNKNOWN = "unknown"


class Sort(StrEnum):
    """The sorts of records that a file can begin to keep, each at its own time."""

    RAPID = "rapid"
    REVIEWS = "reviews"
    INCIDENTS = "incidents"
    DISCUSSIONS = "discussions"
    ACTIONS = "actions"
    IMPACTS = "impacts"
    ENGAGEMENTS = "engagements"
    SHARED = "shared"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is told of a figure in a year; ``counted`` is without value where nothing is known."""

    known: Known
    counted: Counted


_CASES = (Sort.RAPID, Sort.REVIEWS, Sort.INCIDENTS)
_BY_UNIT = {
    "actions": Sort.ACTIONS,
    "changes": Sort.IMPACTS,
    "incidents": Sort.INCIDENTS,
    "discussions": Sort.DISCUSSIONS,
    "events": Sort.ENGAGEMENTS,
    "contacts": Sort.ENGAGEMENTS,
    "occasions": Sort.SHARED,
    "members": Sort.MEMBERS,
    "agencies": Sort.MEMBERS,
}
_BY_NAME = {"practitioners_attended": Sort.ENGAGEMENTS, "learning_reached": Sort.SHARED}
_RAPID_NAMES = ("rapid_", "panel_")
_HEADS = {Sort.RAPID: "rapid_reviews", Sort.REVIEWS: "reviews_worked_on"}
"""How many there are of a sort: with a baseline for it, the year's records are not in the file."""

BEFORE = "rapid_reviews_previous_year"
_BOTH_KINDS = "learning_points_by_audience"
_HELD_ALONE = ("child_population", "children_on_protection_plans", "children_cared_for")
_DAYS: Mapping[Sort, Callable[[YearFacts], Iterable[date | None]]] = {
    Sort.RAPID: lambda facts: (
        review.counted_on for review in facts.reviews if review.kind == RAPID_REVIEW
    ),
    Sort.REVIEWS: lambda facts: (
        review.started_on for review in facts.reviews if review.kind != RAPID_REVIEW
    ),
    Sort.INCIDENTS: lambda facts: (incident.certain_on for incident in facts.incidents),
    Sort.DISCUSSIONS: lambda facts: (held_on for _reference, held_on in facts.discussions),
    Sort.ACTIONS: lambda facts: (action.agreed_on for action in facts.actions),
    Sort.IMPACTS: lambda facts: (seen_on for _reference, seen_on in facts.impacts),
    Sort.ENGAGEMENTS: lambda facts: (row.counted_on for row in facts.learning.engagements),
    Sort.SHARED: lambda facts: (row.shared_on for row in facts.learning.shared),
    Sort.MEMBERS: lambda facts: (member.from_on for member in facts.learning.members),
}


def sort_of(entry: Definition) -> Sort:
    """Return of which sort the records are that a figure counts."""
    if entry.name.startswith(_RAPID_NAMES):
        return Sort.RAPID
    return _BY_NAME.get(entry.name) or _BY_UNIT.get(entry.unit) or Sort.REVIEWS


def begins(facts: YearFacts, sort: Sort) -> date | None:
    """Return the day from which on the file keeps a sort of records; None of an empty file."""
    held = facts.held.begins
    if sort not in held:
        held[sort] = _first(facts, sort) or _first_of_cases(facts, sort)
    return held[sort]


def _first(facts: YearFacts, sort: Sort) -> date | None:
    return min((day for day in _DAYS[sort](facts) if day is not None), default=None)


def _first_of_cases(facts: YearFacts, sort: Sort) -> date | None:
    if sort is Sort.MEMBERS:
        return None
    return max((day for each in _CASES if (day := _first(facts, each))), default=None)


def baseline(facts: YearFacts, name: str) -> int | None:
    """Return the baseline held for a figure in the year, if one is."""
    held = facts.baselines
    return next((n for year, figure, n in held if (year, figure) == (facts.year.label, name)), None)


def standing(entry: Definition, facts: YearFacts, counted: Counted | None = None) -> Standing:
    """Return what is known of a figure in the year of the facts, given what was counted for it."""
    if entry.name == BEFORE:
        return _of_the_year_before(facts)
    counted = entry.count(facts) if counted is None else counted
    held = None if isinstance(counted.value, Mapping) else baseline(facts, entry.name)
    if held is not None:
        return Standing(Known.BASELINE, Counted(held))
    if _is_known(entry, facts, counted):
        return Standing(Known.COUNTED, counted)
    return Standing(Known.UNKNOWN, Counted({} if isinstance(counted.value, Mapping) else None))


def _is_known(entry: Definition, facts: YearFacts, counted: Counted) -> bool:
    if counted.records:
        return True
    if entry.name in _HELD_ALONE:
        return False
    if entry.name == _BOTH_KINDS:
        return any(nought_is_known(facts, sort) for sort in (Sort.RAPID, Sort.REVIEWS))
    return nought_is_known(facts, sort_of(entry), entry.name)


def nought_is_known(facts: YearFacts, sort: Sort, name: str = "") -> bool:
    """Say whether none of a sort means that there was none in the year; ``name`` is the figure."""
    head = _HEADS.get(sort, name)
    if baseline(facts, head) == 0:
        return True
    # Who typed in what this or a later year held says that the file does not reach back so far.
    typed = any(
        (year == facts.year.label and figure == head)
        or (year > facts.year.label and figure in (head, name))
        for year, figure, _value in facts.baselines
    )
    began = begins(facts, sort)
    return not typed and began is not None and began <= facts.year.last


def _of_the_year_before(facts: YearFacts) -> Standing:
    (entry,) = (each for each in RAPID_FIGURES if each.name == "rapid_reviews")
    return standing(entry, replace(facts, year=facts.year.previous()))
