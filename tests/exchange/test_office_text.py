"""The words of workbooks and Word files, wherever in the file they stand."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from oscb_desktop.errors import UserError
from oscb_desktop.exchange.office_text import parts


def _lines(data: bytes) -> list[str]:
    return [line for part in parts(data) for line in part.lines]


def _workbook() -> bytes:
    book, buffer = Workbook(), BytesIO()
    page = book.worksheets[0]
    page.title = "Sheet of Fern"
    page["A1"], page["B7"] = "Told of Ivy", 9434765919
    page["A2"].comment = Comment("Said of Moss", "A. Tester")
    allowed = DataValidation(type="list", formula1='"Reed,Sedge"')
    allowed.prompt = "Choose for Bracken"
    allowed.add("C1")
    page.add_data_validation(allowed)
    hidden = book.create_sheet("Away")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "Hidden Heather"
    book.properties.title = "All of Clover"
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "words",
    ["Fern", "Told of Ivy", "9434765919", "Moss", "Sedge", "Bracken", "Hidden Heather", "Clover"],
)
def test_whatever_a_workbook_says_is_read(words: str) -> None:
    assert any(words in line for line in _lines(_workbook()))


def test_the_number_of_a_shared_text_is_no_words() -> None:
    assert "0" not in _lines(_workbook())


def test_a_name_that_is_cut_up_in_a_word_file_is_read_whole() -> None:
    document, buffer = Document(), BytesIO()
    paragraph = document.add_paragraph("Told of Quill")
    paragraph.add_run("feather").bold = True
    paragraph.add_run().add_break()
    paragraph.add_run("and of Ivy")
    document.sections[0].footer.paragraphs[0].text = "At the foot, Fern"
    document.core_properties.subject = "About Clover"
    document.save(buffer)
    lines = _lines(buffer.getvalue())
    assert "Told of Quillfeather and of Ivy" in lines
    assert {"At the foot, Fern", "About Clover"} <= set(lines)


def test_tables_are_read_row_by_row_with_days_as_they_are_shown() -> None:
    book, held = Workbook(), BytesIO()
    page = book.worksheets[0]
    page.title = "Ages"
    for row in (("Age", "Children", "Told on"), ("Under 1", 3, date(2022, 3, 1)), ("1", None)):
        page.append(row)
    book.save(held)
    (sheet,) = [part for part in parts(held.getvalue()) if part.tables]
    assert (sheet.name, sheet.lines) == ("Sheet Ages", ("01 Mar 2022",))
    assert sheet.tables == (
        (("Age", "Children", "Told on"), ("Under 1", "3", "01 Mar 2022"), ("1", "", "")),
    )

    document, out = Document(), BytesIO()
    table = document.add_table(2, 2)
    for at, said in enumerate(("Age", "Children", "Under 1", "3")):
        table.cell(at // 2, at % 2).text = said
    table.cell(1, 0).add_paragraph("or unborn")
    document.sections[0].footer.paragraphs[0].text = "At the foot"
    document.save(out)
    found = {part.name: part for part in parts(out.getvalue())}
    assert found["word/document.xml"].tables == ((("Age", "Children"), ("Under 1 or unborn", "3")),)
    around = {name for name, part in found.items() if part.around}
    assert {"word/footer1.xml", "docProps/core.xml"} <= around
    assert "word/document.xml" not in around


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04 cut short"])
def test_what_is_no_such_file_was_not_checked(data: bytes) -> None:
    with pytest.raises(UserError, match="so it was not checked"):
        parts(data)
