"""The blocks that every paper is told in: headings, paragraphs, facts, tables, lists, panels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from oscb_desktop.domain.charts import Chart
from oscb_desktop.domain.documents import Fact, Paper, Point, Reading, Table
from oscb_desktop.reports import charts, logo, styles, tagging, text
from oscb_desktop.reports.company import Company
from oscb_desktop.reports.grid import Column, Grid, Look, Row
from oscb_desktop.reports.letterhead import FillIn, Letterhead, Logo, Rule, StepHeading
from oscb_desktop.reports.side_by_side import SideBySide
from oscb_desktop.reports.tagging import HEADINGS, Tag
from oscb_desktop.reports.telling import (
    UNTITLED,
    Headings,
    Panel,
    Role,
    any_words,
    filled,
    numerals,
    said_facts,
    said_rows,
    says_something,
)
from oscb_desktop.reports.text import TextBlock

_FACTS = (Column(0, 0.3), Column(0, 0.7))
_LINE = (Column(0, 1),)
_MEASURED_ROWS = 200
_BAR = (48.0, 3.0)  # points
_LIST = (Column(20), Column(0, 1))  # the bullet or number, and what it says
_PANEL_INSET = 12.0
_TIGHT = (4.0, 1.2)  # points beside and above what stands in a cell
_BANNER = Look((0.0, 2.0), 14.0)


class Story:
    """A document being told: the blocks in order, and the tree of tags that they belong to."""

    def __init__(self, accent: str, density: float = 1.0) -> None:
        self.root = Tag("Document")
        self.styles = styles.stylesheet(accent, density)
        self.flowables: list[Flowable] = []
        self._headings = Headings()
        self._company: Company | None = None
        self._beside: Company | None = None
        """The company of the table that was told last: its chart joins it."""
        self._steps = 0
        self.is_headed = False

    def masthead(self, paper: Paper, heading: str, kicker: str = "") -> None:
        """Open what is made for publication: whose it is, their logo, what it is, its title."""
        self.is_headed = True
        self._letterhead(paper)
        on_accent = self.styles.on_accent
        self._headings.open()
        said = [(kicker, on_accent["kicker"], "P"), (heading, on_accent["title"], "H1")]
        said += [(line, on_accent["subtitle"], "P") for line in text.lines(paper.subtitle)]
        rows = [
            Row([[text.block(words, style, Tag(kind, self.root))]], fill=self.styles.accent)
            for words, style, kind in said
            if text.words(words)
        ]
        edge = Row([[text.block("", self.styles.edge)]], fill=self.styles.accent)
        self.add(Grid([edge, *rows, edge], _LINE, _BANNER, gaps=(0.0, 10.0)))

    def letterhead(self, paper: Paper) -> None:
        """Open a letter: whose it is, their logo; its subject is the title."""
        self.is_headed = True
        self._letterhead(paper)
        self._headings.open()
        named = paper.title if text.words(paper.title) else UNTITLED
        self.add(text.block(named, self.styles.headings[0], Tag("H1", self.root)))
        self.paragraphs((paper.subtitle,), "subtitle")

    def _letterhead(self, paper: Paper) -> None:
        picture = logo.drawn(paper.logo) if paper.logo else None
        organisation = text.block(paper.organisation, self.styles.organisation, Tag("P", self.root))
        head = Letterhead(organisation)
        if picture is not None:
            named = text.words(paper.organisation)
            head.logo = Logo(picture, Tag("Figure", self.root, alt=f"Logo of {named}"))
        self.add(head)

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

    def step(self, words: str) -> None:
        """Add a heading of level 2 with its number on a disc."""
        if text.words(words):
            self._headings.next(words, 2)
            block = text.block(words, self.styles.step, Tag("H2", self.root))
            self._lead(self._stepped(block))

    def _stepped(self, block: TextBlock) -> TextBlock:
        self._steps += 1
        return StepHeading(block, self._steps, self.styles.accent)

    def _lead(self, flowable: Flowable) -> None:
        """Add what must not stand at a page's foot without the block that it leads to."""
        (self._company or self._begin(Company())).kept.append(flowable)
        self.flowables.append(flowable)

    def _note(self, role: Role, blocks: Sequence[Flowable]) -> None:
        """Keep what is said in small below a table, or its chart, on the page of both."""
        company = self._beside
        told = company and [*company.kept, *company.beside]
        if company and told and role == "quiet" and self.flowables[-1] is told[-1]:
            company.beside += blocks

    def _gather(self) -> Company:
        """Return the company of what comes next, with the headings that lead to it."""
        return self._company or self._begin(Company(is_headed=False))

    def _begin(self, company: Company) -> Company:
        self._company = company
        self.flowables.append(company)
        return company

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
            blocks = text.blocks(words, style, self.root)
            if role != "strong":
                self._note(role, blocks)
                self.add(*blocks)
                continue
            for block in blocks:  # what is strong introduces what follows
                self._lead(block)

    def facts(self, facts: Sequence[Fact]) -> None:
        """Add labels and values, one pair a line; a fact without a value is left out."""
        said = said_facts(facts)
        if not said:
            return
        table = Tag("Table", self.root)
        rows = [self._fact(Tag("TR", table), fact) for fact in said]
        self._gather()
        self.add(Grid(rows, _FACTS, Look((0.0, 3.0), rule=styles.RULE), is_table=True))

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
            table.is_tight,
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
        is_tight: bool = False,
    ) -> None:
        """Add a grid of ready rows under headings. ``rows`` is read after the head has its tags."""
        padding = _TIGHT if is_tight else Look().padding
        look = Look(padding, rule=styles.RULE, head_rule=self.styles.accent)
        head = None
        if any_words(headings):
            top = Tag("TR", table)
            cells = [
                [text.block(h, self.styles.head, tagging.column_header(top))] for h in headings
            ]
            head = Row(cells, fill=self.styles.tint)
        grid = Grid(list(rows), columns, look, head=head, is_table=True)
        self._beside = self._gather() if grid.is_small else None
        self._gather()
        self.add(grid)

    def bullets(self, texts: Iterable[str]) -> None:
        """Add a list of points of equal weight."""
        self.add(*self._list([Point("", words) for words in texts], numbered=False))

    def numbered(self, points: Iterable[Point]) -> None:
        """Add a list whose points can be called by their number."""
        self.add(*self._list(points, numbered=True))

    def panels(self, panels: Sequence[Panel], *, steps: bool = False) -> None:
        """Add panels beside one another, each a step of the document where ``steps`` says so."""
        made = [grids for panel in panels if (grids := self._panel(panel, step=steps))]
        if made:
            self.add(SideBySide(made))

    def _panel(self, panel: Panel, *, step: bool = False) -> list[Grid]:
        """Return the heading and the list, or nothing where no point says anything."""
        if not any(map(says_something, panel.points)):
            return []
        self._headings.next(panel.heading, 2)
        style = self.styles.step if step else self.styles.headings[0]
        title = text.block(panel.heading, style, Tag("H2", self.root))
        look = Look((0.0, 7.0), _PANEL_INSET, bar=self.styles.accent)
        row = Row([[self._stepped(title) if step else title]], fill=self.styles.tint)
        head = Grid([row], _LINE, look, gaps=(8.0, 0.0))
        return [head, *self._list(panel.points, numbered=panel.numbered, panel=True)]

    def _list(self, points: Iterable[Point], *, numbered: bool, panel: bool = False) -> list[Grid]:
        numbering = "Decimal" if numbered else "Disc"
        listed = Tag("L", self.root, attributes=f"/O /List /ListNumbering /{numbering}")
        fill = self.styles.tint if panel else None
        rows = [
            self._item(label, point, Tag("LI", listed), fill)
            for label, point in numerals(points, numbered=numbered)
        ]
        if panel:
            rows.append(Row([[], []], fill=fill))
        inset, bar = (_PANEL_INSET, self.styles.accent) if panel else (0.0, None)
        gaps = (0.0, 9.0) if panel else (0.0, 5.0)
        return [Grid(rows, _LIST, Look((0.0, 2.5), inset, bar=bar), gaps=gaps)] if rows else []

    def _item(self, label: str, point: Point, item: Tag, fill: Color | None) -> Row:
        style = self.styles.bullet if label == "•" else self.styles.numeral
        mark = text.block(label, style, Tag("Lbl", item))
        body = Tag("LBody", item)
        heading = text.blocks(point.heading, self.styles.strong, body)
        words = text.blocks(point.text, self.styles.body, body)
        return Row([[mark], [*heading, *words]], fill=fill)

    def figure(self, chart: Chart, *, told: bool = False) -> None:
        """Add a chart with its numbers in words, in parts where it is higher than a page."""
        drawn = charts.figures(chart, self.root, self.styles.accent)
        if told and self._beside is not None:
            self._beside.beside += drawn[:1]
        self.add(*drawn)

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
        """Close with where the organisation is reached, on as few lines as that takes."""
        said = list(filter(None, map(text.words, lines)))
        addresses = [line for line in said if text.target(line)]
        others = " · ".join(line for line in said if line not in addresses)
        if said:
            self.add(Rule())
            for line in (others, *addresses):
                self.add(*text.blocks(line, self.styles.contact, self.root))


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
