from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import FieldKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS, TYPED_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.cells import LONGEST_CELL
from oscb_desktop.exchange.reader import read_workbook
from oscb_desktop.exchange.sheets import columns_of
from oscb_desktop.exchange.template import write_template

KINDS = list(TYPED_KINDS)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "blank.xlsx"
    write_template(path)
    return path


def sheets(path: Path) -> dict[str, Worksheet]:
    return {sheet.title: sheet for sheet in load_workbook(path).worksheets}


def headings(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def test_the_sheets_are_the_kinds_of_record_in_order(blank: Path) -> None:
    assert list(sheets(blank)) == ["Read me", *(kind.plural for kind in KINDS), "Lists"]


def test_every_declared_field_has_a_column_in_order(blank: Path) -> None:
    found = sheets(blank)
    for kind in KINDS:
        plain = [heading.removesuffix(" *") for heading in headings(found[kind.plural])]
        assert plain == [field.label for field in columns_of(kind)]


def test_every_column_that_names_a_record_offers_a_sheet_that_is_there(blank: Path) -> None:
    found = sheets(blank)
    for sheet in found.values():
        for choice in sheet.data_validations.dataValidation:
            title = str(choice.formula1).rpartition("!")[0].strip("'")
            assert title in found, f"{sheet.title}: {choice.formula1}"
    assert "Files" not in headings(found["Evidence"])


def test_what_a_row_needs_is_starred(blank: Path) -> None:
    starred = [text for text in headings(sheets(blank)["Reviews"]) if text.endswith("*")]
    assert starred == ["Reference *", "Kind of review *", "Known as *", "Started on *"]


def test_every_code_list_is_offered_below_its_heading(blank: Path) -> None:
    found = sheets(blank)
    for kind in KINDS:
        sheet = found[kind.plural]
        offered = {
            str(choice.sqref).partition(":")[0]: str(choice.formula1)
            for choice in sheet.data_validations.dataValidation
        }
        for column, field in enumerate(columns_of(kind), start=1):
            source = offered.get(f"{get_column_letter(column)}2")
            if field.codes:
                assert source is not None, f"{kind.name}.{field.name}"
                assert labels_at(found, source) == [c.label for c in code_list(field.codes).codes]
            elif field.kind is FieldKind.YES_NO:
                assert source is not None
                assert labels_at(found, source) == ["Yes", "No"]
            else:
                assert (source is not None) == field.is_link


def labels_at(found: dict[str, Worksheet], source: str) -> list[str]:
    title, _, cells = source.partition("!")
    return [str(row[0].value) for row in found[title][cells.replace("$", "")]]


def test_only_the_choice_of_one_code_is_held_to_its_list(blank: Path) -> None:
    sheet = sheets(blank)["Children"]
    strict = {
        str(choice.sqref).partition("2:")[0]: bool(choice.showErrorMessage)
        for choice in sheet.data_validations.dataValidation
    }
    fields = enumerate(RECORD_KINDS["child"].fields, start=1)
    kinds = {get_column_letter(column): field for column, field in fields}
    assert len(strict) > 10
    for letter, held in strict.items():
        assert held == (kinds[letter].kind is FieldKind.CODE)


def test_columns_are_text_so_that_no_spreadsheet_changes_what_is_typed(blank: Path) -> None:
    sheet = sheets(blank)["Actions"]
    formats = {
        sheet.column_dimensions[get_column_letter(column)].number_format
        for column, _ in enumerate(RECORD_KINDS["action"].fields, start=1)
    }
    assert formats == {"@"}


def test_the_lists_are_hidden_and_the_headings_stay_in_sight(blank: Path) -> None:
    found = sheets(blank)
    assert found["Lists"].sheet_state == "hidden"
    assert all(found[kind.plural].freeze_panes == "B2" for kind in KINDS)


def test_each_heading_says_what_it_accepts(blank: Path) -> None:
    comment = sheets(blank)["Actions"]["B1"].comment
    assert comment is not None
    assert "The reference of one of the sheet “Reviews”" in comment.text


def test_the_first_page_says_what_the_identities_are(blank: Path) -> None:
    words = " ".join(str(cell.value) for row in sheets(blank)["Read me"] for cell in row)
    assert "Real names belong on the sheet “Identities” alone." in words
    assert all(kind.about in words for kind in KINDS)


def test_the_blank_workbook_reads_as_nothing_to_do(blank: Path) -> None:
    source = read_workbook(blank)
    assert source.faults == ()
    assert [sheet.kind for sheet in source.sheets] == KINDS
    assert not any(sheet.rows for sheet in source.sheets)


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 1865", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A"]
)
def test_a_text_that_looks_like_a_formula_leaves_as_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "filled.xlsx"
    write_template(path, {"theme": [{"name": text}]})
    cell = sheets(path)["Themes"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")
    (themes,) = [sheet for sheet in read_workbook(path).in_order() if sheet.rows]
    assert themes.rows[0].cells["name"].content == text


def test_a_text_too_long_for_a_cell_is_refused_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "filled.xlsx"
    with pytest.raises(UserError, match="“What belongs to it” of 32,768 characters does not fit"):
        write_template(path, {"theme": [{"name": "Long", "description": "x" * (LONGEST_CELL + 1)}]})
    assert not path.exists()


def test_a_workbook_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("a year of work")
    with pytest.raises(UserError, match="is there already and was left as it is"):
        write_template(path)
    assert path.read_text() == "a year of work"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="could not be written"):
        write_template(tmp_path / "no such folder" / "blank.xlsx")
