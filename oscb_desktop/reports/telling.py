"""What a document is told by: the same blocks become pages, a Word file or plain text.

A document made for publication is told through ``Telling`` alone, so that all three say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from oscb_desktop.domain.charts import Chart, shown
from oscb_desktop.domain.documents import Fact, Paper, Point, Reading, Table
from oscb_desktop.reports import text

Role = Literal["body", "lead", "strong", "quiet", "subtitle", "kicker", "title", "key"]
"""What a paragraph is in its document; how it looks is for each form to say."""

NOTHING = "None recorded."
UNTITLED = "Untitled document"
DEEPEST = 6  # levels of headings


@dataclass(frozen=True, slots=True)
class Panel:
    """A short list under its heading: what the reader should take away."""

    heading: str
    points: tuple[Point, ...]
    numbered: bool = False


class Telling(Protocol):
    """The blocks of a document, in reading order. Blocks with nothing to say leave no trace."""

    def masthead(self, paper: Paper, heading: str, kicker: str = "") -> None:
        """Open what is made for publication: whose it is, their logo, what it is, its title."""

    def letterhead(self, paper: Paper) -> None:
        """Open a letter: whose it is, their logo; its subject is the title."""

    def title(self, words: str, *, kicker: str = "", subtitle: str = "") -> None:
        """Open any other document: what it is (kicker), its title, a line about it."""

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading, at most one level below the last; the title is the one of level 1."""

    def step(self, words: str) -> None:
        """Add a heading of level 2 that is one of the few steps of a short document."""

    def rule(self) -> None:
        """Part what the document is from what it says."""

    def paragraphs(self, texts: Iterable[str], role: Role = "body") -> None:
        """Add a paragraph for each line of each text."""

    def facts(self, facts: Sequence[Fact]) -> None:
        """Add labels and values, one pair a line; a fact without a value is left out."""

    def table(self, table: Table) -> None:
        """Add a table under its caption; one without rows says that nothing is recorded."""

    def bullets(self, texts: Iterable[str]) -> None:
        """Add a list of points of equal weight."""

    def numbered(self, points: Iterable[Point]) -> None:
        """Add a list whose points can be called by their number."""

    def panels(self, panels: Sequence[Panel], *, steps: bool = False) -> None:
        """Add panels that belong together, each a step of the document where ``steps`` says so."""

    def figure(self, chart: Chart, *, told: bool = False) -> None:
        """Add a chart: drawn with its numbers in words, or as the table of its numbers.

        ``told`` says that such a table stands beside it already.
        """

    def links(self, readings: Iterable[Reading]) -> None:
        """Add places to read more, one a line."""

    def blank(self, label: str) -> None:
        """Add a line that is filled in by hand after its label."""

    def contact(self, lines: Sequence[str]) -> None:
        """Close with where the organisation is reached."""


class InOneColumn:
    """What the forms that set nothing beside anything else share: lists one below the other."""

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading."""
        raise NotImplementedError

    def add_list(self, points: Iterable[Point], *, numbered: bool) -> None:
        """Add a list, with bullets or with numbers."""
        raise NotImplementedError

    def bullets(self, texts: Iterable[str]) -> None:
        """Add a list of points of equal weight."""
        self.add_list([Point("", words) for words in texts], numbered=False)

    def numbered(self, points: Iterable[Point]) -> None:
        """Add a list whose points can be called by their number."""
        self.add_list(points, numbered=True)

    def panels(self, panels: Sequence[Panel], *, steps: bool = False) -> None:
        """Add lists under their headings; a step has no number here."""
        for panel in panels:
            if any(map(says_something, panel.points)):
                self.heading(panel.heading)
                self.add_list(panel.points, numbered=panel.numbered)


def says_something(point: Point) -> bool:
    """Whether a point holds a word."""
    return bool(text.words(point.heading + point.text))


def any_words(texts: Iterable[str]) -> bool:
    """Whether one of the texts holds a word."""
    return any(map(text.words, texts))


def said_facts(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that have a value."""
    return [fact for fact in facts if text.words(fact.value)]


def said_rows(table: Table) -> list[tuple[str, ...]]:
    """Return the rows that say something, each as long as the longest."""
    rows = [row for row in table.rows if any_words(row)]
    count = max(len(table.headings), *(len(row) for row in rows)) if rows else 0
    return [filled(row, count) for row in rows]


def filled(row: Sequence[str], count: int) -> tuple[str, ...]:
    """Return a row with empty cells up to a count of columns."""
    return (*row, *[""] * (count - len(row)))


@dataclass(slots=True)
class Headings:
    """The level at which a document stands and the heading that was said last."""

    level: int = 0
    said: str = ""

    def open(self) -> None:
        """Begin a document: its title is the heading of level 1."""
        self.level = 1

    def next(self, words: str, level: int) -> int:
        """Return the level at which a heading may stand, so that none is skipped."""
        self.level = max(2, min(level, self.level + 1, DEEPEST))
        self.said = text.words(words)
        return self.level

    def caption(self, table: Table) -> str:
        """Return the caption of a table, or nothing where the heading above says the same."""
        words = text.words(table.caption)
        return "" if words == self.said else words

    def nothing(self, table: Table) -> str:
        """Return what is said in place of a table without rows."""
        caption = self.caption(table)
        return f"{caption}: {NOTHING.lower()}" if caption else NOTHING


def chart_table(chart: Chart) -> Table:
    """Return the numbers of a chart as a table, for a form in which it is not drawn."""
    names = tuple(series.name or "Number" for series in chart.series)
    rows = tuple(
        (label, *(shown(series.amounts[place]) for series in chart.series))
        for place, label in enumerate(chart.categories)
    )
    return Table(chart.title, ("", *names), rows)


def numerals(points: Iterable[Point], *, numbered: bool) -> Iterator[tuple[str, Point]]:
    """Yield the points that say something, each with its bullet or its number."""
    said = filter(says_something, points)
    for number, point in enumerate(said, start=1):
        yield (str(number) if numbered else "•"), point
