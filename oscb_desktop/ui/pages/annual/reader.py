"""What the page of the annual report reads on the worker: the report, and the figures to pick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oscb_desktop.domain.figure_words import (
    FigureMark,
    Form,
    Quantity,
    Spoken,
    Words,
    in_digits,
    parse,
    plain,
    speak,
)
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_figures import YearFigures
from oscb_desktop.queries.annual_report import annual_report
from oscb_desktop.queries.annual_rows import AnnualReport
from oscb_desktop.queries.figures import FigureDefinition, figure_definitions
from oscb_desktop.services.store import Store
from oscb_desktop.ui.pages.annual.facts import facts_of

_NOUNS = {
    "children": "child",
    "families": "family",
    "agencies": "agency",
    "people": "person",
    "working days": "working day",
}
_NO_NOUNS = frozenset({"", "£", "%"})


@dataclass(frozen=True, slots=True)
class FigureOption:
    """A figure, or one category of one, that can stand in a text: its words and its numbers."""

    id: int
    name: str
    category: str
    label: str
    meaning: str
    unit: str
    now: Quantity
    before: Quantity

    @property
    def value(self) -> str:
        """The number as it stands."""
        return in_digits(self.now)

    @property
    def nouns(self) -> tuple[str, str]:
        """The noun that fits one, and that which fits several; none for money and shares."""
        if self.unit in _NO_NOUNS:
            return ("", "")
        return (_NOUNS.get(self.unit, self.unit.removesuffix("s")), self.unit)

    def told(self, form: Form, nouns: tuple[str, str]) -> str:
        """Return how it reads in a text."""
        mark = FigureMark("", self.name, self.category, form, nouns)
        spoken = speak((Words("within a sentence "), mark), _Alone(self))
        return plain(spoken[1:])


@dataclass(frozen=True, slots=True)
class _Alone:
    """The quantities of one figure."""

    option: FigureOption

    def now(self, name: str, category: str) -> Quantity:
        """Return it as it is this year."""
        return self.option.now

    def before(self, name: str, category: str) -> Quantity:
        """Return it as it was in the year before."""
        return self.option.before


class AnnualReader:
    """Reads on the worker; a figure is counted once, for as long as nothing is changed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._figures: dict[str, YearFigures] = {}

    def forget(self) -> None:
        """Count everything anew when it is wanted next."""
        self._figures = {}

    def report(self, year: ReportingYear) -> AnnualReport:
        """Return the report of a year as those see it who write it."""
        return self._store.read(annual_report, year, self._store.today())

    def options(self, year: ReportingYear) -> tuple[FigureOption, ...]:
        """Return every figure of a year with each of its categories."""
        figures = self._figures_of(year)
        found = ((entry, at) for entry in figure_definitions() for at in _parts(figures, entry))
        return tuple(
            FigureOption(
                at,
                entry.name,
                category,
                f"{entry.label}: {category}" if category else entry.label,
                entry.meaning,
                entry.unit,
                figures.now(entry.name, category),
                figures.before(entry.name, category),
            )
            for at, (entry, category) in enumerate(found)
        )

    def say(self, year: ReportingYear, text: str) -> tuple[Spoken, ...]:
        """Return a text that is being typed as it would read."""
        figures = self._figures_of(year)
        return speak(parse(text, figures.known), figures)

    def _figures_of(self, year: ReportingYear) -> YearFigures:
        if year.label not in self._figures:
            self._figures[year.label] = YearFigures(facts_of(self._store, year))
        return self._figures[year.label]


def _parts(figures: YearFigures, entry: FigureDefinition) -> Iterator[str]:
    """Yield the figure as a whole, then its categories."""
    yield ""
    if isinstance(figures.counted(entry.name).value, Mapping):
        yield from figures.categories(entry.name)
