"""What python-docx has no words for, said in Word's own elements."""

from __future__ import annotations

import unicodedata
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor


def put_words(paragraph: Any, words: str) -> Any:
    """Put words in a paragraph, from right to left where they begin so; return the paragraph."""
    run = paragraph.add_run(words)
    if _from_the_right(words):
        add_element(element_of(paragraph).get_or_add_pPr(), "w:bidi")
        add_element(element_of(run).get_or_add_rPr(), "w:rtl")
    return paragraph


def add_element(parent: Any, name: str, **values: str) -> Any:
    """Add an element such as ``w:bidi`` at the end of another; return it."""
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def element_of(part: Any) -> Any:
    """Return the element behind a part."""
    return part._element  # noqa: SLF001


def make_bold(cell: Any) -> None:
    """Set all that stands in a cell in bold."""
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.bold = True


def number_in(paragraph: Any, number: int) -> None:
    """Make a paragraph a point of the numbered list of this id."""
    held = element_of(paragraph).get_or_add_pPr().get_or_add_numPr()
    held.get_or_add_ilvl().val = 0
    held.get_or_add_numId().val = number


def number_page(paragraph: Any) -> None:
    """End a paragraph with the number of its page, which Word fills in."""
    paragraph.add_run(" · Page ")
    field = add_element(element_of(paragraph), "w:fldSimple", instr="PAGE")
    run = add_element(field, "w:r")
    add_element(run, "w:t").text = "1"


def say_heads(grid: Any, *, first_row: bool) -> None:
    """Say which cells head a row or a column, for those who hear the table."""
    look = element_of(grid).tblPr.find(qn("w:tblLook"))
    if look is None:
        look = add_element(element_of(grid).tblPr, "w:tblLook")
    look.set(qn("w:val"), "00A0" if first_row else "0080")
    heads = {"firstRow": first_row, "firstColumn": True, "lastRow": False, "lastColumn": False}
    for name, on in heads.items():
        look.set(qn(f"w:{name}"), str(int(on)))


def rgb(colour: Any) -> RGBColor:
    """Return a colour of paper as Word takes it."""
    return RGBColor(*(round(part * 255) for part in colour.rgb()))


def _from_the_right(words: str) -> bool:
    """Whether the first letter that has a direction is read from the right."""
    kinds = map(unicodedata.bidirectional, words)
    return next((kind in ("R", "AL") for kind in kinds if kind in ("L", "R", "AL")), False)
