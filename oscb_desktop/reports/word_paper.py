"""What stands around a document in Word: paper size, typeface, accent, names, header and footer."""

from __future__ import annotations

from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONSHIP
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from oscb_desktop.domain.documents import Paper
from oscb_desktop.domain.faces import VERSIONS
from oscb_desktop.reports import styles, text
from oscb_desktop.reports.tagging import LANGUAGE
from oscb_desktop.reports.telling import UNTITLED
from oscb_desktop.reports.word_parts import element_of, number_page, put_words, rgb

SIDE = 20  # millimetres
_FACE = "Arial"
_SIZES = (22, 15, 12.5, 11, 11, 11)
_CREATED = ("dcterms:created", "dcterms:modified")


def new_document(paper: Paper) -> Any:
    """Return an empty document that looks and is named as a paper of ours."""
    document = docx.Document()
    _drop_thumbnail(document)
    _look(document, rgb(styles.accent_colour(paper.accent)))
    _name(document, paper)
    _furniture(document, paper)
    return document


def _drop_thumbnail(document: Any) -> None:
    """Leave out the picture of another document's first page, which the library's own file has."""
    held = document.part.package.rels
    for name in [name for name, one in held.items() if one.reltype == RELATIONSHIP.THUMBNAIL]:
        del held[name]


def _look(document: Any, accent: RGBColor) -> None:
    """Set paper size, typeface, sizes, the accent and the language."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(SIDE)
    page.top_margin = page.bottom_margin = Mm(22)
    sheet = document.styles
    _set_face(sheet["Normal"], 11)
    sheet["Normal"].paragraph_format.space_after = Pt(6)
    _set_language(sheet)
    for level, size in enumerate(_SIZES, start=1):
        style = sheet[f"Heading {level}"]
        _set_face(style, size)
        style.font.bold, style.font.italic = True, False
        style.font.color.rgb = accent if level > 1 else rgb(styles.INK)
    for name in ("Caption", "Header", "Footer"):
        _set_face(sheet[name], 9)
        sheet[name].font.color.rgb = rgb(styles.INK)


def _name(document: Any, paper: Paper) -> None:
    """Say in the file what it is and whose; nothing of who made it, or with what."""
    core = document.core_properties
    core.title = (text.words(paper.title) or UNTITLED)[:255]
    core.author = text.words(paper.organisation)[:255]
    core.subject = text.words(paper.subtitle)[:255]
    core.language = LANGUAGE
    core.comments = core.last_modified_by = core.keywords = ""
    for name in _CREATED:
        for element in element_of(core).findall(qn(name)):
            element_of(core).remove(element)


def _furniture(document: Any, paper: Paper) -> None:
    """Say on every page how it is marked, and at its foot whose it is and which copy."""
    page = document.sections[0]
    marking = "" if paper.for_publication else text.words(paper.marking)
    who = "" if paper.for_publication else text.words(paper.printed_by)
    printed = f"Printed by {who}" if who else ""
    version = "" if paper.is_letter else VERSIONS.get(paper.face, "")
    told = (paper.title, version, paper.version, printed)
    line = " · ".join(
        filter(None, map(text.words, (paper.organisation, *told, paper.printed_at, paper.trace)))
    )
    for place, words in ((page.header, marking), (page.footer, line), (page.footer, marking)):
        if words:
            held = place.paragraphs[0]
            paragraph = place.add_paragraph() if held.runs else held
            put_words(paragraph, words).runs[0].bold = words == marking or None
            if words == marking:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            else:
                number_page(paragraph)


def _set_face(style: Any, size: float) -> None:
    style.font.name, style.font.size = _FACE, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _FACE)


def _set_language(sheet: Any) -> None:
    for language in sheet.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
