"""A year as its report tells it: every count once, in words, or kept back in a public version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.domain.figure_words import change, in_digits
from oscb_desktop.domain.linked_counts import Name
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import MARK, Suppressed
from oscb_desktop.queries.annual_counts import KeptBack, broken_down, keep_back
from oscb_desktop.queries.annual_figures import YearFigures, name_of
from oscb_desktop.queries.annual_rows import Cell, FactLine, Grid, Lines
from oscb_desktop.queries.breakdowns import Breakdown, Subject, dimension
from oscb_desktop.queries.figures import definition_of
from oscb_desktop.queries.figures_facts import ReviewFacts, YearFacts
from oscb_desktop.queries.records import titles
from oscb_desktop.queries.year_known import Known

LEFT_OUT = "Left out of the public version: its numbers are too small to be told."
IN_WORDS = "How many is not told in the public version: the numbers are too small."
CROSSED = (
    "How many is not told in the public version: numbers of two things at once would tell of "
    "single children."
)

_MEASURES = ("people", "working days", "£", "%")
"""Units of figures that are no counts."""


@dataclass(slots=True)
class Year:
    """What the blocks of a report are built from; ``used`` gathers the figures that it tells."""

    session: Session
    facts: YearFacts
    figures: YearFigures
    face: str
    threshold: int
    kept: KeptBack | None = None
    used: dict[str, None] = field(default_factory=dict)
    earlier: dict[ReportingYear, Suppressed] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session, facts: YearFacts, face: str, threshold: int) -> Year:
        """Return the year for a face: of a public one, with what is kept back worked out."""
        year = cls(session, facts, YearFigures(facts), face, threshold)
        if face == PUBLIC:
            year.kept = keep_back(year.figures, threshold)
            year.figures.suppressed = year.kept.suppressed
            year.figures.suppressed_before = year.suppressed_in(facts.year.previous())
        return year

    def suppressed_in(self, earlier: ReportingYear) -> Suppressed:
        """Return what the public report of an earlier year keeps back."""
        if earlier not in self.earlier:
            figures = YearFigures(replace(self.facts, year=earlier))
            self.earlier[earlier] = keep_back(figures, self.threshold).suppressed
        return self.earlier[earlier]

    @property
    def is_public(self) -> bool:
        """Whether it is made for anybody."""
        return self.kept is not None

    @property
    def suppressed(self) -> Suppressed | None:
        """What is kept back; None where everything is told."""
        return self.kept.suppressed if self.kept else None

    def references(self, references: Iterable[str]) -> tuple[str, ...]:
        """Return references where they may be told."""
        return () if self.is_public else tuple(references)

    def count(self, name: Name, references: Sequence[str], unit: str = "") -> Cell:
        """Return a cell of a table that tells how many records there are.

        In a public version a count that nobody looked at is kept back like one that is small.
        """
        number = len(references)
        if self.suppressed is not None:
            unseen = bool(number) and name not in self.suppressed.counts.values
            if unseen or self.suppressed.is_kept_back(name):
                return Cell(MARK, unit=unit, name=name)
        return Cell(str(number), self.references(references), number, unit=unit, name=name)

    def figure(self, name: str, category: str = "", *, in_table: bool = False) -> Cell:
        """Return a cell that tells a figure, in a table with "c" where it is kept back."""
        self.used[name] = None
        said = self.figures.now(name, category)
        kept, value = bool(said.kept_back), said.value
        return Cell(
            MARK if kept and in_table else in_digits(said),
            self.references(self.figures.records(name, category)),
            value if isinstance(value, int) and not kept else None,
            name,
            category,
            said.unit,
            name_of(name, category),
            None if kept or said.unit == "%" else value,
        )

    def line(self, name: str, *, compared: bool = False) -> FactLine:
        """Return a figure on a line of its own."""
        now, before = self.figures.now(name), self.figures.before(name) if compared else None
        is_told = before is not None and None not in (now.value, before.value)
        told = change(now, before) if before and is_told else ""
        warnings = () if self.is_public else self.figures.counted(name).warnings
        return FactLine(definition_of(name).label, self.figure(name), told, warnings)

    def lines(self, name: str, title: str, *figures: str, compared: Sequence[str] = ()) -> Lines:
        """Return figures as a block, those left out that follow from what is kept back.

        So are measures of nothing; whether there was something could tell of a nought. A count of
        a year that the file does not hold is told as not known.
        """
        told = (each for each in figures if self._is_told(each) and not self.figures.follows(each))
        return Lines(
            name, title, tuple(self.line(each, compared=each in compared) for each in told)
        )

    def _is_told(self, name: str) -> bool:
        if self.figures.bare(name).value is not None:
            return True
        unknown = self.figures.standing(name).known is Known.UNKNOWN
        return unknown and definition_of(name).unit not in _MEASURES

    def table(
        self, name: str, title: str, subject: Subject, *dimensions: str, chart: str = "bars"
    ) -> Grid | None:
        """Return a breakdown as a block; None where there is nothing to break down."""
        found = broken_down(self.figures, subject, *dimensions)
        if not found.records:
            return None
        if self.kept is not None and (subject, dimensions[-1]) not in self.kept.told:
            return Grid(name, title, (), (), (LEFT_OUT,))
        if found.is_crossed:
            return (
                self._in_words(name, title, found)
                if self.is_public
                else self._crossed(name, title, found, chart)
            )
        rows = tuple((Cell(row), self._cell(found, row)) for row in found.rows)
        total = (Cell("All"), self._cell(found))
        heads = (_label(found, 0), subject.label)
        if self.is_public and all(cell.words in (MARK, "0") for _, cell in rows):
            named = tuple(row[:1] for row in rows if row[1].words == MARK)
            return Grid(name, title, heads[:1], named, (IN_WORDS,))
        return Grid(name, title, heads, (*rows, total), found.notes, chart)

    def _crossed(self, name: str, title: str, found: Breakdown, chart: str) -> Grid:
        heads = (_label(found, 0), *found.columns, "All")
        rows = (
            (
                Cell(row),
                *(self._cell(found, row, column) for column in found.columns),
                self._cell(found, row),
            )
            for row in found.rows
        )
        across = tuple(self._cell(found, None, column) for column in found.columns)
        total = (Cell("All"), *across, self._cell(found))
        return Grid(name, title, heads, (*rows, total), found.notes, chart)

    def _in_words(self, name: str, title: str, found: Breakdown) -> Grid:
        """Return a table of two dimensions that tells which there were, and not how many.

        Its numbers are kept back however large they are: they hang together with all others.
        """
        rows = tuple(
            (
                Cell(column),
                Cell("\n".join(row for row in found.rows if found.records_of(row, column))),
            )
            for column in found.columns
        )
        return Grid(name, title, (_label(found, 1), _label(found, 0)), rows, (CROSSED,))

    def _cell(self, found: Breakdown, row: str | None = None, column: str | None = None) -> Cell:
        unit = "children" if found.subject.unit == "child" else "reviews"
        return self.count(found.name_of(row, column), found.records_of(row, column), unit)


def _label(found: Breakdown, at: int) -> str:
    return dimension(found.dimensions[at]).label


def known_as(year: Year, reviews: Sequence[ReviewFacts]) -> dict[int, str]:
    """Return what each review is known as, by id, without its reference."""
    named = titles(year.session, "review", [review.id for review in reviews])
    return {
        review.id: named[review.id].removeprefix(review.reference).strip() for review in reviews
    }
