"""A document as plain text for an e-mail: 80 columns, headings underlined, lists and tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from oscb_desktop.domain.charts import Chart
from oscb_desktop.domain.documents import Fact, Paper, Point, Reading, Table
from oscb_desktop.reports import text
from oscb_desktop.reports.telling import (
    UNTITLED,
    Headings,
    InOneColumn,
    Role,
    chart_table,
    numerals,
    said_facts,
    said_rows,
)

WIDTH = 80  # columns
_HAND = 40  # columns for what is filled in by hand
_UNDERLINES = "=-~."


class PlainStory(InOneColumn):
    """A document being told in lines."""

    def __init__(self, paper: Paper) -> None:
        self._marking = "" if paper.for_publication else text.words(paper.marking)
        self._headings = Headings()
        self._blocks: list[str] = []

    def told(self) -> str:
        """Return all that was told, a blank line between the blocks, marked top and bottom."""
        marked = [self._marking, *self._blocks, self._marking]
        return "\n\n".join(filter(None, marked)) + "\n"

    def masthead(self, paper: Paper, heading: str, kicker: str = "") -> None:
        """Open what is made for publication: whose it is, what it is, its title."""
        self.paragraphs((paper.organisation,))
        self.title(heading, kicker=kicker, subtitle=paper.subtitle)

    def letterhead(self, paper: Paper) -> None:
        """Open a letter: whose it is, its subject as the title."""
        self.paragraphs((paper.organisation,))
        self.title(paper.title, subtitle=paper.subtitle)

    def title(self, words: str, *, kicker: str = "", subtitle: str = "") -> None:
        """Open a document."""
        self.paragraphs((kicker,))
        self._headings.open()
        self._underlined(text.words(words) or UNTITLED, 1)
        self.paragraphs((subtitle,))

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading, underlined the fainter the deeper it stands."""
        if text.words(words):
            self._underlined(text.words(words), self._headings.next(words, level))

    def step(self, words: str) -> None:
        """Add a heading: a step has no number here."""
        self.heading(words)

    def rule(self) -> None:
        """Add nothing: the underlined title parts enough."""

    def paragraphs(self, texts: Iterable[str], _role: Role = "body") -> None:
        """Add a paragraph for each line of each text."""
        self._blocks.extend(_wrapped(line) for words in texts for line in text.lines(words))

    def facts(self, facts: Sequence[Fact]) -> None:
        """Add labels and values, one pair a line."""
        self._add(_hung(f"{fact.label}:", fact.value, "  ") for fact in said_facts(facts))

    def table(self, table: Table) -> None:
        """Add each row as a point: what heads it, then each cell after its heading."""
        rows = said_rows(table)
        if not rows:
            self.paragraphs((self._headings.nothing(table),))
            return
        self.paragraphs((self._headings.caption(table),))
        self._add(self._row(table.headings, row) for row in rows)

    def _row(self, headings: Sequence[str], row: Sequence[str]) -> str:
        first, *others = row
        if len(others) == 1 and text.words(others[0]):
            return _hung(f"- {text.words(first)}:", others[0], "  ")
        names = [*headings[1:], *[""] * len(others)]
        lines = [_hung("-", first, "  ")]
        for name, said in zip(names, others, strict=False):
            if text.words(said):
                label = f"  {text.words(name)}:" if text.words(name) else " "
                lines.append(_hung(label, said, "    "))
        return "\n".join(lines)

    def add_list(self, points: Iterable[Point], *, numbered: bool) -> None:
        """Add a list, with bullets or with numbers."""
        self._add(
            _item(f"{label}." if numbered else "-", point)
            for label, point in numerals(points, numbered=numbered)
        )

    def figure(self, chart: Chart, *, told: bool = False) -> None:
        """Add the numbers of a chart as a table, if they do not stand in one already."""
        if not told:
            self.table(chart_table(chart))

    def links(self, readings: Iterable[Reading]) -> None:
        """Add places to read more; an address is never broken."""
        for reading in readings:
            lines = (_wrapped(text.words(reading.label)), text.words(reading.address))
            self._add([line for line in lines if line])

    def blank(self, label: str) -> None:
        """Add a line that is filled in by hand."""
        self._blocks.append(f"{text.words(label)} {'_' * _HAND}")

    def contact(self, lines: Sequence[str]) -> None:
        """Close with where the organisation is reached."""
        said = [line for words in lines for line in text.lines(words)]
        self._add(["--", *map(_wrapped, said)] if said else [])

    def _underlined(self, words: str, level: int) -> None:
        told = _wrapped(words.upper() if level == 1 else words)
        longest = max(map(len, told.split("\n")))
        line = _UNDERLINES[min(level, len(_UNDERLINES)) - 1] * longest
        self._blocks.append(f"{told}\n{line}")

    def _add(self, lines: Iterable[str]) -> None:
        said = "\n".join(lines)
        if said:
            self._blocks.append(said)


def _item(label: str, point: Point) -> str:
    """Return a point: its few words on their own line, and the text below them."""
    indent = " " * (len(label) + 1)
    said = [*text.lines(point.heading), *text.lines(point.text)]
    first, *others = said
    lines = [_hung(label, first, indent)]
    lines.extend(_hung(indent[:-1], line, indent) for line in others)
    return "\n".join(lines)


def _hung(label: str, words: str, indent: str) -> str:
    """Return words after a label, the lines that follow set in."""
    said = " ".join(filter(None, (label.rstrip(), text.words(words))))
    begins = label[: len(label) - len(label.lstrip())] if label.strip() else f"{label} "
    return textwrap.fill(
        said.strip(),
        WIDTH,
        initial_indent=begins,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped(words: str) -> str:
    return textwrap.fill(words, WIDTH, break_long_words=False, break_on_hyphens=False)
