from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from oscb_desktop.domain.validation import clean
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.agency_answer import Answer, read_answer
from oscb_desktop.exchange.agency_columns import COLUMNS, LOCKED, OPEN, AgencySheet, SheetRow
from oscb_desktop.exchange.agency_sheet import write_agency_sheet
from oscb_desktop.exchange.cells import to_value
from tests.exchange.answer_books import OFFICE, fill_in, in_office
from tests.exchange.workbooks import moment, with_parts

ROW = SheetRow(
    reference="A-2021-04",
    version=3,
    text="=Write the guidance.\nThen share it with schools.",
    review="Child M",
    recommendation="Offer early help sooner, Łódź Straße school first.",
    owner="P. Example",
    due_on=date(2022, 6, 30),
    delivery="in_progress",
    outcome="",
)
SHEET = AgencySheet(
    reference="S-2022-01",
    agency="Valley Health & Care Trust",
    organisation="The partnership",
    marking="OFFICIAL-SENSITIVE & more",
    made_on=date(2022, 3, 25),
    due_back_on=date(2022, 4, 8),
    file="0123456789abcdef",
    nonce="5eed",
    rows=(ROW, replace(ROW, reference="A-2021-05", text="+ Train the team.")),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_agency_sheet(tmp_path / "sheet.xlsx", SHEET)
    return tmp_path / "sheet.xlsx"


def faults(answer: Answer) -> list[str]:
    return [fault.words() for fault in answer.faults]


def page_of(path: Path) -> Any:
    return load_workbook(path)["Actions"]


def save(page: Any, path: Path) -> Path:
    page.parent.save(path)
    return path


def test_an_untouched_sheet_says_nothing_new(path: Path) -> None:
    answer = read_answer(path)
    assert answer.made.mark == SHEET.mark
    assert (answer.made.agency, answer.made.made_on) == (SHEET.agency, SHEET.made_on)
    assert [row.cells for row in answer.rows] == [{}, {}]
    assert (answer.faults, answer.remarks) == ((), ())
    assert answer.made.rows["A-2021-04"].version == 3


def test_what_we_hold_is_locked_and_the_rest_is_open(path: Path) -> None:
    page = page_of(path)
    assert [cell.value for cell in page[1]] == [column.label for column in COLUMNS]
    assert page.protection.sheet
    assert page.protection.password is None
    locked = [cell.protection.locked for cell in page[2]]
    assert locked == [True] * len(LOCKED) + [False] * len(OPEN)
    assert {cell.number_format for cell in page[2]} == {"@"}


def test_the_sheet_prints_on_a4_with_its_headings_and_marking(path: Path) -> None:
    page = page_of(path)
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.print_title_rows == "$1:$1"
    assert page.freeze_panes == "C2"
    assert "OFFICIAL-SENSITIVE" in page.oddHeader.center.text
    assert "OFFICIAL-SENSITIVE" in page.oddFooter.center.text


def test_status_and_evidence_offer_their_lists(path: Path) -> None:
    book = load_workbook(path)
    offered = {
        str(choice.sqref): choice.formula1
        for choice in book["Actions"].data_validations.dataValidation
    }
    assert offered == {"H2:H3": "Lists!$A$2:$A$5", "O2:O3": "Lists!$B$2:$B$10"}
    assert [cell.value for cell in book["Lists"]["A"]][1:3] == ["Not started", "In progress"]
    assert {page.title: page.sheet_state for page in book.worksheets} == {
        "Read me": "visible",
        "Actions": "visible",
        "Lists": "hidden",
        "Made from": "hidden",
    }


@pytest.mark.parametrize(
    "text", ["=1+1", "+ 44", "-x", "@SUM(A1)", "two\nlines", "Łódź 学校 مدرسة 🙂"]
)
def test_no_text_becomes_a_formula_or_loses_a_letter(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sheet.xlsx"
    write_agency_sheet(path, replace(SHEET, rows=(replace(ROW, text=text),)))
    cell = page_of(path)["B2"]
    assert (cell.value, cell.data_type) == (text, "s")
    fill_in(path, {"A-2021-04": {"Progress since": text}})
    answer = read_answer(path)
    assert answer.rows[0].cells["note"].content == text
    assert answer.faults == ()


@settings(max_examples=25)
@given(text=st.text(min_size=1, max_size=300))
def test_any_text_survives_the_way_there_and_back(text: str) -> None:
    kept = clean(OPEN[1], text)
    if not isinstance(kept, str):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        write_agency_sheet(path, replace(SHEET, rows=(replace(ROW, text=kept, outcome=kept),)))
        answer = read_answer(path)
        assert answer.faults == ()
        assert answer.made.rows["A-2021-04"].outcome == kept


def test_a_very_long_text_is_cut_and_still_as_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    write_agency_sheet(path, replace(SHEET, rows=(replace(ROW, text="word " * 20_000),)))
    assert page_of(path)["B2"].value.endswith("(the whole text is in our file)")
    assert read_answer(path).faults == ()


def test_a_taken_name_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match="is there already"):
        write_agency_sheet(path, SHEET)
    assert path.read_bytes() == before


def test_rows_may_be_sorted_and_deleted_and_columns_moved_and_hidden(path: Path) -> None:
    fill_in(path, {"A-2021-05": {"Progress since": "Trained."}})
    page = page_of(path)
    page.delete_rows(2)
    page.move_range("I1:I9", cols=10)
    page.insert_cols(1)
    page.column_dimensions["C"].hidden = True
    answer = read_answer(save(page, path))
    assert [(row.number, row.reference) for row in answer.rows] == [(2, "A-2021-05")]
    assert answer.rows[0].cells["note"].content == "Trained."
    assert answer.columns["note"] == "T"
    assert answer.remarks == (
        "sheet.xlsx has no row that could be read for A-2021-04: nothing changes there.",
    )
    assert answer.faults == ()


def test_what_was_edited_is_named_with_its_place(path: Path) -> None:
    page = page_of(path)
    page["B2"] = "Write something else."
    page["A3"] = "A-2021-5"
    page["K1"] = "Why later"
    page["K2"] = "The lead left."
    page["Q1"], page["Q2"] = "Our own notes", "Ask Pat."
    page["R3"] = "stray"
    page["A9"], page["I9"] = "A-1999-01", "Not ours."
    page["I10"] = "No reference."
    answer = read_answer(save(page, path))
    assert faults(answer) == [
        "Sheet “Actions”, row 1, column K: “Why later” is none of the headings that were sent, so "
        "this column is not read.",
        "Sheet “Actions”, row 1, column Q: “Our own notes” is none of the headings that were sent, "
        "so this column is not read.",
        "Sheet “Actions”, row 1: The heading “Reason for the new date” is gone, so nothing is read "
        "of it.",
        "Sheet “Actions”, row 3, column R: This column has no heading, so it is not read.",
        "Sheet “Actions”, row 2, column B: “Action” of A-2021-04 was changed in the sheet. It is "
        "not read back: what the file holds stands.",
        "Sheet “Actions”, row 3, column A: “A-2021-5” is no action of this sheet, so the row is "
        "not read. By its text it was A-2021-05: put that back.",
        "Sheet “Actions”, row 9, column A: “A-1999-01” is no action of this sheet, so the row is "
        "not read.",
        "Sheet “Actions”, row 10, column A: This row has no reference, so the row is not read.",
    ]
    assert [row.reference for row in answer.rows] == ["A-2021-04"]


def test_an_action_in_two_rows_is_read_in_neither(path: Path) -> None:
    page = page_of(path)
    page["A3"] = "A-2021-04"
    answer = read_answer(save(page, path))
    assert [fault.sentence for fault in answer.faults] == [
        "A-2021-04 stands in several rows; none is read."
    ] * 2
    assert answer.rows == ()


def test_a_formula_and_merged_cells_are_named(path: Path) -> None:
    page = page_of(path)
    page["I2"] = "=1+1"
    page.merge_cells("I3:J3")
    answer = read_answer(save(page, path))
    assert "formula" in answer.rows[0].cells["note"].problem
    assert faults(answer) == [
        "Sheet “Actions”: The cells I3:J3 are merged; only the first of them is read."
    ]


def test_rows_above_the_headings_and_another_title_do_no_harm(path: Path) -> None:
    page = page_of(path)
    page["I2"] = "Done."
    page.insert_rows(1, 2)
    page["A1"] = "From the trust"
    page.title = "Our answer"
    answer = read_answer(save(page, path))
    assert (answer.rows[0].number, answer.rows[0].cells["note"].content) == (4, "Done.")


def test_fifty_thousand_blank_rows_are_passed_over(path: Path) -> None:
    page = page_of(path)
    for row in range(4, 50_004):
        page.cell(row, 3).number_format = "@"
    assert len(read_answer(save(page, path)).rows) == 2


def test_days_come_as_text_and_as_cells(path: Path) -> None:
    fill_in(
        path,
        {
            "A-2021-04": {"New date": "3/9/22", "Completed on": moment(2022, 3, 1)},
            "A-2021-05": {"New date": date(2022, 9, 3), "Completed on": "1 mar 2022"},
        },
    )
    read = [
        {name: to_value(field, row.cells[name]) for name in ("new_due_on", "completed_on")}
        for field in (OPEN[2],)
        for row in read_answer(path).rows
    ]
    assert read == [{"new_due_on": date(2022, 9, 3), "completed_on": date(2022, 3, 1)}] * 2


def test_macros_are_told_of_and_not_run(path: Path, tmp_path: Path) -> None:
    macro = with_parts(path, {"xl/vbaProject.bin": b"macro"}).rename(tmp_path / "sheet.xlsm")
    assert read_answer(macro).remarks == (
        "sheet.xlsm holds macros. They were not run; only values were read.",
    )


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected with a password"),
        (OLE, "older Office version"),
        (b"", "is empty"),
        (b"Dear all,", "is not an Excel workbook"),
        (b"PK\3\4 cut short", "is damaged"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_way_out(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "answer.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError, match=sentence):
        read_answer(path)


@pytest.mark.parametrize("state", ["gone", "not as it was made"])
def test_without_its_hidden_sheet_an_answer_is_refused(path: Path, state: str) -> None:
    book = load_workbook(path)
    if state == "gone":
        del book["Made from"]
    else:
        book["Made from"]["B9"] = "99"
    book.save(path)
    with pytest.raises(UserError, match=f"hidden sheet “Made from” is {state}"):
        read_answer(path)


def test_without_references_an_answer_is_refused(path: Path) -> None:
    page = page_of(path)
    page["A1"] = "Ref no"
    with pytest.raises(UserError, match="no sheet with the heading “Reference”"):
        read_answer(save(page, path))


@pytest.mark.skipif(OFFICE is None, reason="no office program (soffice) is on this machine")
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_office_program_saves_it_again(path: Path, tmp_path: Path, kind: str) -> None:
    text = "=first line\nsecond Łódź 学校"
    fill_in(path, {"A-2021-04": {"Progress since": text, "New date": date(2022, 9, 3)}})
    (saved,) = in_office([path], tmp_path / "office", kind)
    if kind != "xlsx":
        with pytest.raises(UserError, match=r"save it as an Excel workbook \(.xlsx\)"):
            read_answer(saved)
        return
    answer = read_answer(saved)
    assert answer.faults == ()
    assert answer.rows[0].cells["note"].content == text
    assert to_value(OPEN[2], answer.rows[0].cells["new_due_on"]) == date(2022, 9, 3)
