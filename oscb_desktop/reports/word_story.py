"""A document as a Word file with real headings, lists and tables, for those who must edit it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from oscb_desktop.domain.charts import Chart
from oscb_desktop.domain.documents import Fact, Paper, Point, Reading, Table
from oscb_desktop.domain.faces import VERSIONS
from oscb_desktop.reports import chart_picture, logo, styles, text
from oscb_desktop.reports.tagging import LANGUAGE
from oscb_desktop.reports.telling import (
    UNTITLED,
    Headings,
    Panel,
    Role,
    any_words,
    chart_table,
    numerals,
    said_facts,
    said_rows,
    says_something,
)

_FACE = "Arial"
_SIDE = 20  # millimetres
_LOGO = 15  # millimetres
_HAND = 40  # underscores for what is filled in by hand
_SIZES = (22, 15, 12.5, 11, 11, 11)
_CREATED = ("dcterms:created", "dcterms:modified")


class WordStory:
    """A document being told in Word's own headings, lists and tables."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._headings = Headings()
        self._document = docx.Document()
        self._accent = _rgb(styles.accent_colour(paper.accent))
        self._look()
        self._name()
        self._furniture()

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
        for properties in _xml(run).iter(qn("wp:docPr"), qn("pic:cNvPr")):
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
        self._put(self._document.add_heading("", 1), text.words(words) or UNTITLED)
        self.paragraphs((subtitle,), "subtitle")

    def heading(self, words: str, level: int = 2) -> None:
        """Add a heading that Word lists in its navigation."""
        if text.words(words):
            level = self._headings.next(words, level)
            self._put(self._document.add_heading("", level), text.words(words))

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
                    self._role(self._put(paragraph, line), role)

    def _role(self, paragraph: Any, role: Role) -> None:
        run = paragraph.runs[0]
        run.bold = role in ("strong", "kicker", "key") or None
        run.italic = role == "quiet" or None
        if role in ("lead", "subtitle"):
            run.font.size = Pt(12)
        if role == "kicker":
            run.font.color.rgb = self._accent
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
            paragraph = self._put(self._document.add_paragraph(style="Caption"), caption)
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
        room = 210 - 2 * _SIDE
        if headings:
            row = self._row(grid, (*headings, *[""] * (count - len(headings))))
            _set(_xml(row).get_or_add_trPr(), "w:tblHeader")
            for cell in row.cells:
                _bold(cell)
        for said in rows:
            _bold(self._row(grid, said).cells[0])
        for column, share in zip(grid.columns, shares, strict=True):
            column.width = Mm(room * share / sum(shares))
            for cell in column.cells:
                cell.width = column.width
        _say_heads(grid, first_row=bool(headings))
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _row(self, grid: Any, said: Sequence[str]) -> Any:
        row = grid.add_row()
        _set(_xml(row).get_or_add_trPr(), "w:cantSplit") if sum(map(len, said)) < 600 else None
        for cell, words in zip(row.cells, said, strict=True):
            first, *others = text.lines(words) or [""]
            self._put(cell.paragraphs[0], first)
            for line in others:
                self._put(cell.add_paragraph(), line)
        return row

    def bullets(self, texts: Iterable[str]) -> None:
        """Add a list of Word's own bullets."""
        self._list([Point("", words) for words in texts], numbered=False)

    def numbered(self, points: Iterable[Point]) -> None:
        """Add a list that Word numbers, from 1."""
        self._list(points, numbered=True)

    def panels(self, panels: Sequence[Panel], *, steps: bool = False) -> None:
        """Add lists under their headings, one below the other."""
        del steps  # which have no number here
        for panel in panels:
            if any(map(says_something, panel.points)):
                self.heading(panel.heading)
                self._list(panel.points, numbered=panel.numbered)

    def _list(self, points: Iterable[Point], *, numbered: bool) -> None:
        style = "List Number" if numbered else "List Bullet"
        number = self._new_numbering() if numbered else None
        for _label, point in numerals(points, numbered=numbered):
            said = [*text.lines(point.heading), *text.lines(point.text)]
            strong = len(text.lines(point.heading))
            for place, line in enumerate(said):
                continued = "List Continue" if place else style
                paragraph = self._put(self._document.add_paragraph(style=continued), line)
                paragraph.runs[0].bold = place < strong or None
                if number is not None and not place:
                    _number(paragraph, number)

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
        run = self._put(paragraph, words).runs[0]
        run.underline = True
        run.font.color.rgb = self._accent
        link.append(_xml(run))
        _xml(paragraph).append(link)

    def blank(self, label: str) -> None:
        """Add a line that is filled in by hand."""
        self.paragraphs((f"{label} {'_' * _HAND}",))

    def contact(self, lines: Sequence[str]) -> None:
        """Close with where the organisation is reached."""
        self.paragraphs(lines, "quiet")

    def _put(self, paragraph: Any, words: str) -> Any:
        """Put words in a paragraph, from right to left where they begin so."""
        run = paragraph.add_run(words)
        if _from_the_right(words):
            _set(_xml(paragraph).get_or_add_pPr(), "w:bidi")
            _set(_xml(run).get_or_add_rPr(), "w:rtl")
        return paragraph

    def _look(self) -> None:
        """Set paper size, typeface, sizes, the accent and the language."""
        page = self._document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(_SIDE)
        page.top_margin = page.bottom_margin = Mm(22)
        sheet = self._document.styles
        _face(sheet["Normal"], 11)
        sheet["Normal"].paragraph_format.space_after = Pt(6)
        _language(sheet)
        for level, size in enumerate(_SIZES, start=1):
            style = sheet[f"Heading {level}"]
            _face(style, size)
            style.font.bold, style.font.italic = True, False
            style.font.color.rgb = self._accent if level > 1 else _rgb(styles.INK)
        for name in ("Caption", "Header", "Footer"):
            _face(sheet[name], 9)
            sheet[name].font.color.rgb = _rgb(styles.INK)

    def _name(self) -> None:
        """Say in the file what it is and whose; nothing of who made it, or with what."""
        paper, core = self._paper, self._document.core_properties
        core.title = (text.words(paper.title) or UNTITLED)[:255]
        core.author = text.words(paper.organisation)[:255]
        core.subject = text.words(paper.subtitle)[:255]
        core.language = LANGUAGE
        core.comments = core.last_modified_by = core.keywords = ""
        for name in _CREATED:
            for element in _xml(core).findall(qn(name)):
                _xml(core).remove(element)

    def _furniture(self) -> None:
        """Say on every page how it is marked, and at its foot whose it is and which copy."""
        paper, page = self._paper, self._document.sections[0]
        marking = "" if paper.for_publication else text.words(paper.marking)
        who = "" if paper.for_publication else text.words(paper.printed_by)
        printed = f"Printed by {who}" if who else ""
        version = "" if paper.is_letter else VERSIONS.get(paper.face, "")
        told = (paper.title, version, paper.version, printed)
        line = " · ".join(
            filter(
                None, map(text.words, (paper.organisation, *told, paper.printed_at, paper.trace))
            )
        )
        for place, words in ((page.header, marking), (page.footer, line), (page.footer, marking)):
            if words:
                held = place.paragraphs[0]
                paragraph = place.add_paragraph() if held.runs else held
                self._put(paragraph, words).runs[0].bold = words == marking or None
                if words == marking:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                else:
                    _number_page(paragraph)


def _set(parent: Any, name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def _xml(part: Any) -> Any:
    """Return the element behind a part, for what python-docx has no words for."""
    return part._element  # noqa: SLF001


def _bold(cell: Any) -> None:
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.bold = True


def _number(paragraph: Any, number: int) -> None:
    held = _xml(paragraph).get_or_add_pPr().get_or_add_numPr()
    held.get_or_add_ilvl().val = 0
    held.get_or_add_numId().val = number


def _number_page(paragraph: Any) -> None:
    """End a paragraph with the number of its page, which Word fills in."""
    paragraph.add_run(" · Page ")
    field = _set(_xml(paragraph), "w:fldSimple", instr="PAGE")
    run = _set(field, "w:r")
    _set(run, "w:t").text = "1"


def _say_heads(grid: Any, *, first_row: bool) -> None:
    """Say which cells head a row or a column, for those who hear the table."""
    look = _xml(grid).tblPr.find(qn("w:tblLook"))
    if look is None:
        look = _set(_xml(grid).tblPr, "w:tblLook")
    look.set(qn("w:val"), "00A0" if first_row else "0080")
    heads = {"firstRow": first_row, "firstColumn": True, "lastRow": False, "lastColumn": False}
    for name, on in heads.items():
        look.set(qn(f"w:{name}"), str(int(on)))


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = _FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _FACE)


def _language(sheet: Any) -> None:
    for language in sheet.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _rgb(colour: Any) -> RGBColor:
    return RGBColor(*(round(part * 255) for part in colour.rgb()))


def _from_the_right(words: str) -> bool:
    """Whether the first letter that has a direction is read from the right."""
    kinds = map(unicodedata.bidirectional, words)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)
