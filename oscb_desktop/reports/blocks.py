"""The blocks that every paper is told in: headings, paragraphs, facts, tables, lists, panels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import CondPageBreak, Flowable

from oscb_desktop.domain.documents import Fact, Paper, Point, Reading, Table
from oscb_desktop.reports import styles, tagging, text
from oscb_desktop.reports.grid import Column, Grid, Look, Row
from oscb_desktop.reports.tagging import HEADINGS, Tag
from oscb_desktop.reports.telling import (
    UNTITLED,
    Headings,
    Role,
    any_words,
    filled,
    numerals,
    said_facts,
    said_rows,
)
from oscb_desktop.reports.text import TextBlock

_FACTS = (Column(0, 0.3), Column(0, 0.7))
_LINE = (Column(0, 1),)
_MEASURED_ROWS = 200
_MOST_COMPANY = 300.0  # points: headings longer than this may stand where they fall
_BAR = (48.0, 3.0)  # points
_LIST = (Column(20), Column(0, 1))  # the bullet or number, and what it says
_PANEL_INSET = 14.0
_HAND = 220.0  # points for what is filled in by hand


class Story:
    """A document being told: the blocks in order, and the tree of tags that they belong to."""

    def __init__(self, accent: str, density: float = 1.0) -> None:
        self.root = Tag("Document")
        self.styles = styles.stylesheet(accent, density)
        self.flowables: list[Flowable] = []
        self._headings = Headings()
        self._company: Company | None = None

    def masthead(self, paper: Paper, heading: str, kicker: str = "") -> None:
        """Open what is made for publication: whose it is, their logo, what it is, its title."""
        self.title(heading, kicker=kicker, subtitle=paper.subtitle)
        self.rule()

    def title(self, words: str, *, kicker: str = "", subtitle: str = "") -> None:
        """Open the document: what it is (kicker), its title as the one level 1 heading, a line."""
        if text.words(kicker):
            self.add(text.block(kicker, self.styles.kicker, Tag("P", self.root)))
        self._headings.open()
        named = words if text.words(words) else UNTITLED
        self.add(text.block(named, self.styles.title, Tag("H1", self.root)))
        self.paragraphs((subtitle,), "subtitle")

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading, at most one level below the last and never alone at a page's foot."""
        if not text.words(words):
            return
        level = self._headings.next(words, level)
        style = self.styles.headings[level - 2]
        self._lead(text.block(words, style, Tag(HEADINGS[level - 1], self.root)))

    def _lead(self, flowable: Flowable) -> None:
        """Add what must not stand at a page's foot without the block that it leads to."""
        if self._company is None:
            self._company = Company()
            self.flowables.append(self._company)
        self._company.kept.append(flowable)
        self.flowables.append(flowable)

    def rule(self) -> None:
        """Add a short bar in the accent, between what the document is and what it says."""
        self.add(Bar(self.styles.accent))

    def add(self, *flowables: Flowable) -> None:
        """Add flowables that are tagged already."""
        if not flowables:
            return
        if self._company is not None:
            self._company.kept.append(flowables[0])
            self._company = None
        self.flowables.extend(flowables)

    def paragraphs(self, texts: Iterable[str], role: Role = "body") -> None:
        """Add a paragraph for each line of each text."""
        style: ParagraphStyle = getattr(self.styles, role)
        for words in texts:
            self.add(*text.blocks(words, style, self.root))

    def facts(self, facts: Sequence[Fact]) -> None:
        """Add labels and values, one pair a line; a fact without a value is left out."""
        said = said_facts(facts)
        if not said:
            return
        table = Tag("Table", self.root)
        rows = [self._fact(Tag("TR", table), fact) for fact in said]
        self.add(Grid(rows, _FACTS, Look((0.0, 3.0), rule=styles.RULE)))

    def _fact(self, row: Tag, fact: Fact) -> Row:
        label = text.block(fact.label, self.styles.fact_label, tagging.row_header(row))
        return Row([[label], cell(fact.value, self.styles.fact, Tag("TD", row))])

    def table(self, table: Table) -> None:
        """Add a table under its caption, its head repeated on each page."""
        rows = said_rows(table)
        if not rows:
            self.paragraphs((self._headings.nothing(table),), "quiet")
            return
        tag = Tag("Table", self.root)
        if caption := self._headings.caption(table):
            self._lead(text.block(caption, self.styles.caption, Tag("Caption", tag)))
        headings = filled(table.headings, len(rows[0]))
        self.rows(
            tag,
            headings,
            (self._plain_row(Tag("TR", tag), row) for row in rows),
            _columns(table.widths, [headings, *rows], self.styles.head),
        )

    def _plain_row(self, row: Tag, words: tuple[str, ...]) -> Row:
        first = cell(words[0], self.styles.cell, tagging.row_header(row))
        others = (cell(said, self.styles.cell, Tag("TD", row)) for said in words[1:])
        return Row([first, *others])

    def rows(
        self,
        table: Tag,
        headings: Sequence[str],
        rows: Iterable[Row],
        columns: Sequence[Column],
    ) -> None:
        """Add a grid of ready rows under headings. ``rows`` is read after the head has its tags."""
        look = Look(rule=styles.RULE, head_rule=self.styles.accent)
        head = None
        if any_words(headings):
            top = Tag("TR", table)
            cells = [
                [text.block(h, self.styles.head, tagging.column_header(top))] for h in headings
            ]
            head = Row(cells, fill=self.styles.tint)
        self.add(Grid(list(rows), columns, look, head=head))

    def bullets(self, texts: Iterable[str]) -> None:
        """Add a list of points of equal weight."""
        self._list([Point("", words) for words in texts], numbered=False)

    def numbered(self, points: Iterable[Point]) -> None:
        """Add a list whose points can be called by their number."""
        self._list(points, numbered=True)

    def panel(self, heading: str, texts: Sequence[str], *, numbered: bool = False) -> None:
        """Add a list under its heading on a tinted ground: what the reader should take away."""
        if not any_words(texts):
            return
        self._headings.next(heading, 2)
        title = text.block(heading, self.styles.headings[0], Tag("H2", self.root))
        look = Look((0.0, 7.0), _PANEL_INSET, bar=self.styles.accent)
        self._lead(Grid([Row([[title]], fill=self.styles.tint)], _LINE, look, gaps=(8.0, 0.0)))
        self._list([Point("", words) for words in texts], numbered=numbered, panel=True)

    def _list(self, points: Iterable[Point], *, numbered: bool, panel: bool = False) -> None:
        numbering = "Decimal" if numbered else "Disc"
        listed = Tag("L", self.root, attributes=f"/O /List /ListNumbering /{numbering}")
        fill = self.styles.tint if panel else None
        rows = [
            self._item(label, point, Tag("LI", listed), fill)
            for label, point in numerals(points, numbered=numbered)
        ]
        if panel:
            rows.append(Row([[], []], fill=fill))
        if rows:
            inset, bar = (_PANEL_INSET, self.styles.accent) if panel else (0.0, None)
            gaps = (0.0, 9.0) if panel else (0.0, 5.0)
            self.add(Grid(rows, _LIST, Look((0.0, 2.5), inset, bar=bar), gaps=gaps))

    def _item(self, label: str, point: Point, item: Tag, fill: Color | None) -> Row:
        style = self.styles.bullet if label == "•" else self.styles.numeral
        mark = text.block(label, style, Tag("Lbl", item))
        body = Tag("LBody", item)
        heading = text.blocks(point.heading, self.styles.strong, body)
        words = text.blocks(point.text, self.styles.body, body)
        return Row([[mark], [*heading, *words]], fill=fill)

    def links(self, readings: Iterable[Reading]) -> None:
        """Add places to read more, one a line."""
        for reading in readings:
            self.add(*text.blocks(reading.label, self.styles.reading, self.root))
            if text.words(reading.address):
                self.add(text.address(reading.address, self.styles.link, self.root))

    def blank(self, label: str) -> None:
        """Add a line that is filled in by hand after its label."""
        self.add(FillIn(text.block(label, self.styles.body, Tag("P", self.root))))

    def contact(self, lines: Sequence[str]) -> None:
        """Close with where the organisation is reached."""
        self.paragraphs(lines, "quiet")


class Company(CondPageBreak):  # type: ignore[misc]
    """Begins a new page where a heading would stand at the foot of one without what it heads."""

    def __init__(self) -> None:
        super().__init__(0)
        self.kept: list[Flowable] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Ask for as much room as the headings and the beginning of the next block take."""
        *leads, last = self.kept
        heights = (lead.wrap(availWidth, availHeight)[1] for lead in leads)
        spaces = (lead.getSpaceBefore() + lead.getSpaceAfter() for lead in leads)
        begun = last.least(availWidth) if hasattr(last, "least") else last.wrap(availWidth, 0)[1]
        self.height = min(sum(heights) + sum(spaces) + begun, _MOST_COMPANY)
        found: tuple[float, float] = super().wrap(availWidth, availHeight)
        return found


class Bar(Flowable):  # type: ignore[misc]
    """A short coloured bar: decoration only."""

    def __init__(self, colour: Color) -> None:
        super().__init__()
        self.colour = colour
        self.width, self.height = _BAR
        self.spaceBefore, self.spaceAfter = 2, 8

    def draw(self) -> None:
        """Draw the bar as an artifact."""
        with self.canv.artifact():
            self.canv.setFillColor(self.colour)
            self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)


class FillIn(Flowable):  # type: ignore[misc]
    """A label and a line to write on; the line is decoration, its length leaves room for a hand."""

    def __init__(self, label: TextBlock) -> None:
        super().__init__()
        self.label = label
        self.spaceBefore, self.spaceAfter = 10, 10

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the height of the label and the whole width."""
        self.width = availWidth
        self.height = self.label.wrap(availWidth, availHeight)[1]
        return self.width, self.height

    def draw(self) -> None:
        """Draw the label, and the line after it."""
        self.label.drawOn(self.canv, 0, 0)
        begins = text.length(self.label.plain, self.label.style) + 6
        with self.canv.artifact():
            self.canv.setStrokeColor(styles.MUTED)
            self.canv.setLineWidth(0.6)
            ends = min(self.width, begins + _HAND)
            if begins < ends:
                self.canv.line(begins, 2, ends, 2)


def cell(words: str, style: ParagraphStyle, tag: Tag) -> list[TextBlock]:
    """Return the blocks of a cell: one line is the cell itself, several are paragraphs in it."""
    said = text.lines(words)
    if len(said) == 1:
        return [text.block(said[0], style, tag)]
    return text.blocks(words, style, tag)


def _columns(
    widths: Sequence[float], rows: Sequence[Sequence[str]], style: ParagraphStyle
) -> list[Column]:
    """Return each column's width: its longest word at least, then by how much its cells say."""
    cells = list(zip(*rows[:_MEASURED_ROWS], strict=True))
    if len(widths) != len(cells) or min(widths) <= 0:
        widths = [min(60.0, max(3.0, sum(map(len, column)) / len(column))) for column in cells]
    return [
        Column(max(text.longest_word(said, style) for said in column), width)
        for column, width in zip(cells, widths, strict=True)
    ]
