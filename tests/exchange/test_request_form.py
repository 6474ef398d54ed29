from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from oscb_desktop.errors import UserError
from oscb_desktop.exchange.request_form import QUESTIONS, RequestForm, write_request_form

FORM = RequestForm(
    purpose="summary",
    purpose_words="Agency summary",
    agency="=Valley Health & Care Trust",
    organisation="The partnership",
    marking="OFFICIAL-SENSITIVE & more",
    review="RR-2022-01",
    known_as="Child M\x07",
    made_on=date(2022, 3, 25),
    due_on=date(2022, 4, 8),
    file="0123456789abcdef",
    mark="5eed",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_request_form(tmp_path / "form.xlsx", FORM)
    return tmp_path / "form.xlsx"


def test_every_question_has_a_locked_label_and_an_open_wrapped_answer(path: Path) -> None:
    page = load_workbook(path)["Form"]
    assert page.protection.sheet
    labels = {str(row[0].value).split("\n")[0]: row for row in page.iter_rows() if row[0].value}
    for label, hint, _height in QUESTIONS:
        asked, answer = labels[label]
        assert hint in str(asked.value)
        assert asked.protection.locked
        assert not answer.protection.locked
        assert answer.alignment.wrap_text
        assert answer.value is None


def test_episodes_and_learning_have_rows_to_fill_in(path: Path) -> None:
    book = load_workbook(path)
    assert book.sheetnames == ["Form", "Episodes", "Learning and actions", "Made from"]
    for name in ("Episodes", "Learning and actions"):
        page = book[name]
        assert page.protection.sheet
        assert page["A1"].protection.locked
        assert not page["A3"].protection.locked
        assert page["A3"].alignment.wrap_text


def test_it_says_whose_it_is_and_by_when(path: Path) -> None:
    page = load_workbook(path)["Form"]
    told = [str(row[0]) for row in page.iter_rows(max_row=5, values_only=True)]
    assert told[0] == "OFFICIAL-SENSITIVE & more"
    assert told[1] == "Agency summary: =Valley Health & Care Trust"
    assert "RR-2022-01 (Child M)" in told[2]
    assert "Fri 08 Apr 2022" in told[2]
    assert told[3].startswith("Child details: sent separately.")


def test_the_mark_is_hidden_and_no_cell_is_a_formula(path: Path) -> None:
    book = load_workbook(path)
    page = book["Made from"]
    assert page.sheet_state == "hidden"
    held = {row[0]: row[1] for row in page.iter_rows(values_only=True)}
    assert (held["Sheet"], held["Agency"]) == ("5eed", "=Valley Health & Care Trust")
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    assert all(cell.data_type != "f" for cell in cells)
    with ZipFile(path) as parts:
        assert not any("vba" in name.lower() for name in parts.namelist())


def test_a_chronology_asks_for_the_contacts_alone(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_request_form(path, replace(FORM, purpose="chronology", due_on=None))
    book = load_workbook(path)
    assert book.sheetnames == ["Form", "Episodes", "Made from"]
    told = [str(row[0]) for row in book["Form"].iter_rows(values_only=True)]
    assert not any(line.startswith("Good practice") for line in told)


def test_where_it_cannot_be_written_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_request_form(tmp_path / "gone" / "form.xlsx", FORM)
