"""A document as a Word file with real headings, lists and tables, for those who must edit it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from oscb_desktop.domain.charts import Chart
from oscb_desktop.domain.documents import Fact, Paper, Point, Reading, Table
from oscb_desktop.reports import chart_picture, logo, styles, text
from oscb_desktop.reports.telling import (
    UNTITLED,
    Headings,
    InOneColumn,
    Role,
    any_words,
    chart_table,
    numerals,
    said_facts,
    said_rows,
)
from oscb_desktop.reports.word_paper import SIDE, new_document
from oscb_desktop.reports.word_parts import (
    add_element,
    element_of,
    make_bold,
    number_in,
    put_words,
    rgb,
    say_heads,
)

_LOGO = 15  # millimetres
_HAND = 40  # underscores for what is filled in by hand
_WHOLE_ROWS = 12  # a table of no more rows stands on one page


class WordStory(InOneColumn):
    """A document being told in Word's own headings, lists and tables."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._headings = Headings()
        self._document = new_document(paper)
        self._accent = rgb(styles.accent_colour(paper.accent))
        self._last: tuple[Any, Any, int] | None = None
        """The table that was told last, the paragraph after it, and how many rows it has."""

    def saved(self) -> bytes:
        """Return the bytes of the file."""
        buffer = BytesIO()
        self._document.save(buffer)
        return buffer.getvalue()

    def masthead(self, paper: Paper, heading: str, kicker: str = "") -> None:
        """Open what is made for publication: whose it is, what it is, its title."""
        self._logo(paper)
        self.paragraphs((paper.organisation,), "strong")
        self.title(heading, kicker=kicker, subtitle=paper.subtitle)

    def _logo(self, paper: Paper) -> None:
        data = logo.as_png(paper.logo) if paper.logo else b""
        if data:
            self._picture(data, f"Logo of {text.words(paper.organisation)}", height=Mm(_LOGO))

    def _picture(self, data: bytes, words: str, **size: Any) -> None:
        """Add a picture with the words for those who cannot see it."""
        run = self._document.add_paragraph().add_run()
        run.add_picture(BytesIO(data), **size)
        for properties in element_of(run).iter(qn("wp:docPr"), qn("pic:cNvPr")):
            properties.set("descr", words)

    def letterhead(self, paper: Paper) -> None:
        """Open a letter: whose it is, its subject as the title."""
        self._logo(paper)
        self.paragraphs((paper.organisation,))
        self.title(paper.title, subtitle=paper.subtitle)

    def title(self, words: str, *, kicker: str = "", subtitle: str = "") -> None:
        """Open a document: its title is the one heading of level 1."""
        self.paragraphs((kicker,), "kicker")
        self._headings.open()
        put_words(self._document.add_heading("", 1), text.words(words) or UNTITLED)
        self.paragraphs((subtitle,), "subtitle")

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading that Word lists in its navigation."""
        if text.words(words):
            level = self._headings.next(words, level)
            put_words(self._document.add_heading("", level), text.words(words))

    def step(self, words: str) -> None:
        """Add a heading: a step has no number here."""
        self.heading(words)

    def rule(self) -> None:
        """Add nothing: the space after the title parts enough."""

    def paragraphs(self, texts: Iterable[str], role: Role = "body") -> None:
        """Add a paragraph for each line of each text."""
        for words in texts:
            for line in text.lines(words):
                paragraph = self._document.add_paragraph()
                if opened := text.target(line):
                    self._link(paragraph, line, opened)
                else:
                    self._role(put_words(paragraph, line), role)

    def _role(self, paragraph: Any, role: Role) -> None:
        run = paragraph.runs[0]
        run.bold = role in ("strong", "kicker", "key") or None
        run.italic = role == "quiet" or None
        if role in ("lead", "subtitle"):
            run.font.size = Pt(12)
        if role == "kicker":
            run.font.color.rgb = self._accent
        if role in ("kicker", "strong"):  # both introduce what follows
            paragraph.paragraph_format.keep_with_next = True

    def facts(self, facts: Sequence[Fact]) -> None:
        """Add labels and values as a table of two columns."""
        said = said_facts(facts)
        if said:
            self._grid((), [(fact.label, fact.value) for fact in said], (0.3, 0.7))

    def table(self, table: Table) -> None:
        """Add a table whose head is repeated on each page."""
        rows = said_rows(table)
        if not rows:
            self.paragraphs((self._headings.nothing(table),), "quiet")
            return
        if caption := self._headings.caption(table):
            paragraph = put_words(self._document.add_paragraph(style="Caption"), caption)
            paragraph.paragraph_format.keep_with_next = True
        headings = table.headings if any_words(table.headings) else ()
        self._grid(headings, rows, table.widths)

    def _grid(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        count = len(rows[0])
        grid = self._document.add_table(0, count, style="Table Grid")
        grid.alignment = WD_TABLE_ALIGNMENT.LEFT
        grid.autofit = False
        shares = widths if len(widths) == count and min(widths) > 0 else (1.0,) * count
        room = 210 - 2 * SIDE
        if headings:
            row = self._row(grid, (*headings, *[""] * (count - len(headings))))
            add_element(element_of(row).get_or_add_trPr(), "w:tblHeader")
            for cell in row.cells:
                make_bold(cell)
        for said in rows:
            make_bold(self._row(grid, said).cells[0])
        for column, share in zip(grid.columns, shares, strict=True):
            column.width = Mm(room * share / sum(shares))
            for cell in column.cells:
                cell.width = column.width
        say_heads(grid, first_row=bool(headings))
        after = self._document.add_paragraph()
        after.paragraph_format.space_after = Pt(0)
        if len(rows) <= _WHOLE_ROWS:
            for row in grid.rows[:-1]:
                _keep_with_next(row)
        self._last = (grid, after, len(rows))

    def _row(self, grid: Any, said: Sequence[str]) -> Any:
        row = grid.add_row()
        add_element(element_of(row).get_or_add_trPr(), "w:cantSplit") if sum(
            map(len, said)
        ) < 600 else None
        for cell, words in zip(row.cells, said, strict=True):
            first, *others = text.lines(words) or [""]
            put_words(cell.paragraphs[0], first)
            for line in others:
                put_words(cell.add_paragraph(), line)
        return row

    def add_list(self, points: Iterable[Point], *, numbered: bool) -> None:
        """Add a list, with bullets or with numbers."""
        style = "List Number" if numbered else "List Bullet"
        number = self._new_numbering() if numbered else None
        for _label, point in numerals(points, numbered=numbered):
            said = [*text.lines(point.heading), *text.lines(point.text)]
            strong = len(text.lines(point.heading))
            for place, line in enumerate(said):
                continued = "List Continue" if place else style
                paragraph = put_words(self._document.add_paragraph(style=continued), line)
                paragraph.runs[0].bold = place < strong or None
                if number is not None and not place:
                    number_in(paragraph, number)

    def _new_numbering(self) -> int:
        """Return the number of a list that begins at 1, of the look of the others."""
        style = self._document.styles["List Number"]
        used = style.element.pPr.numPr.numId.val
        numbering = self._document.part.numbering_part.element
        abstract = numbering.num_having_numId(used).abstractNumId.val
        added = numbering.add_num(abstract)
        added.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(added.numId)

    def figure(self, chart: Chart, *, told: bool = False) -> None:
        """Add a chart as a picture, and the table of its numbers unless that stands beside it."""
        if told and self._last is not None and self._last[2] <= _WHOLE_ROWS:
            grid, after, _count = self._last
            _keep_with_next(grid.rows[-1])
            after.paragraph_format.keep_with_next = True
        for data, words in chart_picture.pictures(chart, styles.accent_colour(self._paper.accent)):
            self._picture(data, words, width=Pt(chart_picture.WIDTH))
        if not told:
            self.table(chart_table(chart))

    def links(self, readings: Iterable[Reading]) -> None:
        """Add places to read more; a web address or an e-mail address opens."""
        for reading in readings:
            self.paragraphs((reading.label,))
            address = text.words(reading.address)
            self.paragraphs((address,))

    def _link(self, paragraph: Any, words: str, address: str) -> None:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        key = self._document.part.relate_to(address, kind, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), key)
        run = put_words(paragraph, words).runs[0]
        run.underline = True
        run.font.color.rgb = self._accent
        link.append(element_of(run))
        element_of(paragraph).append(link)

    def blank(self, label: str) -> None:
        """Add a line that is filled in by hand."""
        self.paragraphs((f"{label} {'_' * _HAND}",))

    def contact(self, lines: Sequence[str]) -> None:
        """Close with where the organisation is reached."""
        self.paragraphs(lines, "quiet")


def _keep_with_next(row: Any) -> None:
    """Keep a row of a table on the page of the next one, or of what follows the table."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
