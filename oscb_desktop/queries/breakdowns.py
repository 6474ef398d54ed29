"""A year's reviews and children broken down by one dimension or crossed by two, with references."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from statistics import mean, median

from oscb_desktop.domain.age_bands import band_warnings
from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.linked_counts import Counts, Name, crossed, linked, listing, together
from oscb_desktop.errors import UserError
from oscb_desktop.queries.breakdown_dimensions import Dimension, Of, Sorting, dimensions
from oscb_desktop.queries.figures_clocks import days_late, own_clock
from oscb_desktop.queries.figures_counting import NOT_KNOWN
from oscb_desktop.queries.figures_facts import ReviewFacts, YearFacts

_ALL = ""


class Subject(StrEnum):
    """What is counted; each has the name of the figure that its total is."""

    RAPID_REVIEWS = "rapid_reviews"
    RAPID_REVIEW_CHILDREN = "rapid_review_children"
    REVIEWS = "reviews_worked_on"
    REVIEW_CHILDREN = "review_children"

    @property
    def label(self) -> str:
        """What is counted, in words."""
        return _LABELS[self]

    @property
    def unit(self) -> Of:
        """Whether children are counted, or reviews."""
        of_children = (Subject.RAPID_REVIEW_CHILDREN, Subject.REVIEW_CHILDREN)
        return Of.CHILD if self in of_children else Of.REVIEW


_LABELS = {
    Subject.RAPID_REVIEWS: "Rapid reviews",
    Subject.RAPID_REVIEW_CHILDREN: "Children in rapid reviews",
    Subject.REVIEWS: "Reviews worked on",
    Subject.REVIEW_CHILDREN: "Children in reviews",
}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of references: rows, and columns where it is crossed (else one column, "").

    A record that is in several categories of a dimension stands in each, and once in every total;
    ``overlapping`` says so of each dimension, and a note says it in words.
    """

    subject: Subject
    label: str
    dimensions: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], tuple[str, ...]]
    records: tuple[str, ...]
    overlapping: tuple[bool, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_crossed(self) -> bool:
        """Whether there are two dimensions."""
        return len(self.dimensions) == 2

    def records_of(self, row: str | None = None, column: str | None = None) -> tuple[str, ...]:
        """Return the references of a cell; without a row or a column, of a total."""
        if row is not None and (column is not None or not self.is_crossed):
            return self.cells.get((row, column or _ALL), ())
        rows, columns = ((row,) if row else self.rows), ((column,) if column else self.columns)
        held = {
            ref for one in rows for other in columns for ref in self.cells.get((one, other), ())
        }
        return tuple(reference for reference in self.records if reference in held)

    def count(self, row: str | None = None, column: str | None = None) -> int:
        """Return how many records are in a cell; without a row or a column, in a total."""
        return len(self.records_of(row, column))

    def held(self, kept_back: Container[Name] = ()) -> Breakdown:
        """Return the same without the rows and columns that hold nothing.

        A row or column that is kept back stays, though it may hold nothing: that is what hides it.
        """
        rows = tuple(row for row in self.rows if self._stays(row, None, kept_back))
        columns = tuple(name for name in self.columns if self._stays(None, name or None, kept_back))
        cells = {at: held for at, held in self.cells.items() if at[0] in rows and at[1] in columns}
        shown = columns if self.is_crossed else (_ALL,)
        return replace(self, rows=rows, columns=shown, cells=cells)

    def _stays(self, row: str | None, column: str | None, kept_back: Container[Name]) -> bool:
        if self.records_of(row, column) or self.name_of(row, column) in kept_back:
            return True
        if not self.is_crossed:
            return False
        cells = (self.name_of(row, each) for each in self.columns)
        if row is None:
            cells = (self.name_of(each, column) for each in self.rows)
        return any(name in kept_back for name in cells)

    def name_of(self, row: str | None = None, column: str | None = None) -> Name:
        """Return the name that a cell or a total bears in ``counts``."""
        names = [
            (f"{self.subject}.{dimension}", category)
            for dimension, category in zip(self.dimensions, (row, column), strict=False)
            if category
        ]
        return tuple(names) if len(names) == 2 else names[0] if names else str(self.subject)

    def counts(self) -> Counts:
        """Return the counts to be suppressed; those of one subject are linked by their names."""
        if not self.is_crossed:
            rows = {row: self.count(row) for row in self.rows}
            of = len(self.records) if self.overlapping[0] else None
            return listing(rows, str(self.subject), self._prefixes[0], of=of)
        return crossed(
            {
                (row, column): self.count(row, column)
                for row in self.rows
                for column in self.columns
            },
            {row: self.count(row) for row in self.rows},
            {column: self.count(None, column) for column in self.columns},
            (str(self.subject), len(self.records)),
            (self._prefixes[0], self._prefixes[1]),
            adds_up=(not self.overlapping[0], not self.overlapping[1]),
        )

    @property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(f"{self.subject}.{dimension}" for dimension in self.dimensions)


@dataclass(frozen=True, slots=True)
class Spread:
    """What was measured of some records: the least, the average, the median, the most."""

    label: str
    unit: str
    lowest: Decimal | int
    average: Decimal
    median: Decimal
    highest: Decimal | int
    records: tuple[str, ...]
    by_record: Mapping[str, Decimal | int]


def dimension(name: str) -> Dimension:
    """Return a dimension; raises ``UserError`` for a name that is none."""
    known = {entry.name: entry for entry in dimensions()}
    if name not in known:
        near = get_close_matches(name, known, n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise UserError(f"There is no breakdown by {quoted(name)}.{hint}")
    return known[name]


def break_down(facts: YearFacts, subject: Subject, *names: str) -> Breakdown:
    """Return a subject broken down by one dimension, or crossed by two.

    Raises ``UserError`` for a dimension that is none, and for the same one twice.
    """
    chosen = [dimension(name) for name in names]
    if len(set(names)) < len(names):
        raise UserError(f"A breakdown by {_lowered(chosen[0])} is not crossed with itself.")
    sorting = Sorting.of(facts)
    sorted_ = [_sorted(subject, entry, sorting) for entry in chosen]
    records = tuple(sorted_[0])
    axes = [_categories(entry, facts, found) for entry, found in zip(chosen, sorted_, strict=True)]
    overlapping = tuple(any(len(at) > 1 for at in found.values()) for found in sorted_)
    return Breakdown(
        subject,
        f"{subject.label} by {' and '.join(map(_lowered, chosen))}",
        tuple(names),
        axes[0],
        axes[1] if len(axes) == 2 else (_ALL,),
        _cells(records, sorted_),
        records,
        overlapping,
        tuple(_notes(subject, chosen, overlapping, facts)),
    )


def _lowered(by: Dimension) -> str:
    return by.label[0].lower() + by.label[1:]


def suppressible(breakdowns: Iterable[Breakdown]) -> Counts:
    """Return the counts of several breakdowns as one, the finer dimensions tied to the broader."""
    breakdowns = list(breakdowns)
    counts = linked(each.counts() for each in breakdowns)
    ties = [_tied(entry, subject, counts) for entry in dimensions() for subject in Subject]
    return linked((counts, *(tie for found in ties for tie in found)))


def days_late_spread(facts: YearFacts, subject: Subject) -> Spread | None:
    """Return by how many days the late reviews were done late; None where none was.

    Rapid reviews in working days to the Panel, others in days to publication.
    """
    late = {review: days_late(review, facts) for review in _reviews(facts, subject)}
    held = {review.reference: days for review, days in late.items() if days is not None}
    units = [clock.unit for review in late if (clock := own_clock(review, facts))]
    return _spread("Days late", units[0] if units else "", held)


def cost_spread(facts: YearFacts, subject: Subject) -> Spread | None:
    """Return what the reviews with any cost recorded cost, in pounds; None where none has any."""
    costs = {
        review.reference: sum(review.costs, Decimal())
        for review in _reviews(facts, subject)
        if review.costs
    }
    return _spread("Cost", "£", costs)


def _spread(label: str, unit: str, held: Mapping[str, Decimal | int]) -> Spread | None:
    if not held:
        return None
    values = [Decimal(value) for value in held.values()]
    return Spread(
        label,
        unit,
        min(held.values()),
        round(mean(values), 1),
        round(median(values), 1),
        max(held.values()),
        tuple(held),
        held,
    )


def _reviews(facts: YearFacts, subject: Subject) -> tuple[ReviewFacts, ...]:
    rapid = (Subject.RAPID_REVIEWS, Subject.RAPID_REVIEW_CHILDREN)
    return facts.rapid_reviews if subject in rapid else facts.worked_on


def _sorted(subject: Subject, by: Dimension, sorting: Sorting) -> dict[str, tuple[str, ...]]:
    """Return the categories of each record; one of the other sort stands with all that it has."""
    found: dict[str, dict[str, None]] = {}
    for review in _reviews(sorting.facts, subject):
        of_review = by.review(review, sorting) if by.review else ()
        if subject.unit is Of.REVIEW:
            own = found.setdefault(review.reference, {})
            own |= dict.fromkeys(of_review)
        for child in review.children:
            at = child.reference if subject.unit is Of.CHILD else review.reference
            own = found.setdefault(at, {})
            own |= dict.fromkeys(by.child(child, sorting) if by.child else of_review)
    # A review without children has no category of theirs: it is not known.
    return {reference: tuple(own) or (NOT_KNOWN,) for reference, own in found.items()}


def _categories(
    by: Dimension, facts: YearFacts, found: Mapping[str, tuple[str, ...]]
) -> tuple[str, ...]:
    seen = dict.fromkeys(category for own in found.values() for category in own)
    usual = (name for name in by.order(facts) if name in seen or name not in by.only_if_held)
    fixed = tuple(usual)
    return tuple(dict.fromkeys((*fixed, *sorted(seen.keys() - set(fixed)))))


def _cells(
    records: Sequence[str], sorted_: Sequence[Mapping[str, tuple[str, ...]]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    cells: dict[tuple[str, str], list[str]] = {}
    for reference in records:
        columns = sorted_[1][reference] if len(sorted_) == 2 else (_ALL,)
        for row in sorted_[0][reference]:
            for column in columns:
                cells.setdefault((row, column), []).append(reference)
    return {at: tuple(references) for at, references in cells.items()}


def _notes(
    subject: Subject, chosen: Sequence[Dimension], overlapping: Sequence[bool], facts: YearFacts
) -> Iterable[str]:
    one = "child" if subject.unit is Of.CHILD else "review"
    for entry, overlaps in zip(chosen, overlapping, strict=True):
        if overlaps:
            yield (
                f"A {one} can be in several lines of {_lowered(entry)} but is counted once in "
                "a total, so the lines can add up to more than it."
            )
        if entry.name == "age_band":
            yield from band_warnings(facts.bands)


def _tied(by: Dimension, subject: Subject, counts: Counts) -> Iterable[Counts]:
    """Tie each printed count of a broader category to those of the finer ones that it holds."""
    finer, broader = f"{subject}.{by.name}", f"{subject}.{by.within}"
    groups: dict[Name, dict[Name, int]] = {}
    for name, count in counts.values.items():
        if by.groups and name not in counts.unprinted:
            raised = _raised(name, finer, broader, by.groups)
            if raised != name and raised in counts.values:
                groups.setdefault(raised, {})[name] = count
    for name, parts in groups.items():
        whole = counts.values[name]
        yield together(name, whole, parts, sum(parts.values()) == whole)


def _raised(name: Name, finer: str, broader: str, groups: Mapping[str, str]) -> Name:
    """Return the name of the broader category that a count belongs to; of others, the same."""
    if not isinstance(name, tuple):
        return name
    if name[0] == finer:
        return (broader, groups.get(name[1], name[1]))
    return tuple(_raised(part, finer, broader, groups) for part in name)
