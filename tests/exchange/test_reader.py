from __future__ import annotations

import struct
from datetime import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from oscb_desktop.domain.fields.registry import RECORD_KINDS, TYPED_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.exchange import package
from oscb_desktop.exchange.reader import MOST_ROWS, read_source, read_workbook
from oscb_desktop.exchange.sheets import columns_of, field_headed, kind_titled
from tests.exchange.workbooks import moment, sheet_part, text_row, themes, with_parts, workbook

ENTITIES = (
    '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


def faults(path: Path) -> list[str]:
    return [fault.words() for fault in read_workbook(path).faults]


def test_rows_know_where_they_stand(tmp_path: Path) -> None:
    rows: list[list[str | None]] = [["What belongs to it", "Name *"], [None, None]]
    rows += [["b", "A"], [None, "C"]]
    (sheet,) = read_workbook(workbook(tmp_path / "a.xlsx", {"Themes": rows})).sheets
    assert [row.number for row in sheet.rows] == [3, 4]
    assert sheet.columns == {"description": "A", "name": "B"}
    assert {name: cell.content for name, cell in sheet.rows[0].cells.items()} == {
        "description": "b",
        "name": "A",
    }
    assert list(sheet.rows[1].cells) == ["name"]


def test_real_dates_numbers_and_ticks_come_as_they_are(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Baseline figures"
    sheet.append(["Year", "Figure", "Value"])
    sheet.append([moment(2021, 6, 3), True, 4.0])
    sheet["A2"].number_format = "mm/dd/yy"  # an American format shows the same day otherwise
    sheet.append([time(10, 30), "x", 4.5])
    book.save(tmp_path / "a.xlsx")
    first, second = read_workbook(tmp_path / "a.xlsx").sheets[0].rows
    assert first.cells["year"].content == moment(2021, 6, 3)
    assert first.cells["figure"].content is True
    assert first.cells["value"].content == 4
    assert second.cells["year"].content == time(10, 30)
    assert second.cells["value"].content == 4.5


@pytest.mark.parametrize("kind", TYPED_KINDS, ids=str)
def test_every_sheet_and_heading_is_found_by_its_words_and_its_name(kind: object) -> None:
    declared = RECORD_KINDS[kind.name]  # type: ignore[attr-defined]
    assert kind_titled(f" {declared.plural.upper()} ") is declared
    assert kind_titled(declared.name) is declared
    for field in columns_of(declared):
        assert field_headed(declared, f"{field.label} *") is field
        assert field_headed(declared, field.name) is field


def test_formulas_and_errors_are_never_values(tmp_path: Path) -> None:
    rows = [["Name", "What belongs to it"], ["=1+1", "#REF!"]]
    (row,) = read_workbook(workbook(tmp_path / "a.xlsx", {"Themes": rows})).sheets[0].rows
    assert row.cells["name"].problem.startswith("This is a formula.")
    assert row.cells["description"].problem.startswith("This cell holds an error")


def test_merged_cells_are_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Themes": [["Name"], ["A"], ["B"]]})
    book = load_workbook(path)
    book["Themes"].merge_cells("A2:B3")
    book.save(path)
    assert faults(path) == [
        "Sheet “Themes”, row 2, column A: The cells A2:B3 are merged. "
        "Unmerge them and fill in each row by itself."
    ]


def test_unknown_sheets_are_named_unless_they_are_empty(tmp_path: Path) -> None:
    sheets = {"Themes": [["Name"]], "Budget": [["x"]], "Sheet1": [], "Read me": [["hello"]]}
    (fault,) = faults(workbook(tmp_path / "a.xlsx", sheets))
    assert fault.startswith("Sheet “Budget”: No sheet of this name is read.")
    assert "“Reviews”" in fault


def test_headings_that_cannot_be_matched_are_named(tmp_path: Path) -> None:
    rows = [["Colour", "Name", "name"], ["a", "b", "c", "d"], ["a", "b", "c", "d"]]
    found = faults(workbook(tmp_path / "a.xlsx", {"Themes": rows}))
    assert found == [
        "Sheet “Themes”, row 1, column A: “Colour” is not a heading of this sheet. "
        "Accepted are: “Name”, “What belongs to it”.",
        "Sheet “Themes”, row 1, column C: There are two columns “Name”. Keep one.",
        "Sheet “Themes”, row 2, column D: This column has no heading in row 1, "
        "so what it holds would be lost.",
    ]


def test_a_needed_column_that_is_missing_is_named(tmp_path: Path) -> None:
    rows = [["Reference", "Known as"], ["RR-2021-01", "Child M"]]
    (fault,) = faults(workbook(tmp_path / "a.xlsx", {"Reviews": rows}))
    assert fault == (
        "Sheet “Reviews”, row 1: Row 1 lacks the heading “Kind of review”, “Started on”. "
        "Add the column."
    )


def test_a_second_sheet_of_a_kind_is_named(tmp_path: Path) -> None:
    sheets = {"Themes": [["Name"]], "Theme": [["Name"]]}
    assert faults(workbook(tmp_path / "a.xlsx", sheets)) == [
        "Sheet “Theme”: There is a second “Themes”."
    ]


def test_a_workbook_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "budget.xlsx", {"Budget": [["Item", "Cost"], ["Tea", 3]]})
    with pytest.raises(UserError, match=r"budget\.xlsx is a workbook of another kind"):
        read_workbook(path)


def test_two_hundred_thousand_rows_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(200_000))
    with pytest.raises(UserError, match=f"holds more than {MOST_ROWS:,} rows"):
        read_workbook(themes(tmp_path / "long.xlsx", rows))


def test_blank_rows_are_no_rows(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{number}"><c/><c/></row>' for number in range(3, 20_000))
    rows = text_row(1, "Name") + text_row(2, "A") + blank + text_row(1_048_576, "Z")
    (sheet,) = read_workbook(themes(tmp_path / "blank.xlsx", rows)).sheets
    assert [row.number for row in sheet.rows] == [2, 1_048_576]


def test_a_far_away_row_or_column_does_not_keep_us(tmp_path: Path) -> None:
    rows = text_row(1, "Name") + '<row r="99999999999"><c r="XFD9" t="n"><v>1</v></c></row>'
    (fault,) = faults(themes(tmp_path / "far.xlsx", rows))
    assert "column XFD" in fault


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "is empty"),
        ("a.xlsx", b"name,kind\n", "is not an Excel workbook"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "of an older Office version"),
        (
            "a.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "is damaged"),
    ],
)
def test_files_that_are_no_workbook_say_what_they_are(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=sentence):
        read_workbook(path)


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("word/document.xml", "is a Word document"),
        ("xl/workbook.bin", "is a binary Excel workbook"),
        ("content.xml", "is an OpenDocument file"),
        ("notes.txt", "is a zip file of another kind"),
    ],
)
def test_other_zip_files_say_what_they_are(tmp_path: Path, part: str, sentence: str) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w") as zipped:
        zipped.writestr(part, "x")
    with pytest.raises(UserError, match=sentence):
        read_workbook(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(UserError, match="There is no file"):
            read_workbook(path)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_damaged(tmp_path: Path, share: float) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Themes": [["Name"], ["A"]]})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UserError, match="is damaged"):
        read_workbook(path)


def test_a_flipped_byte_is_damage_or_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Themes": [["Name"], ["A"]]})
    whole = path.read_bytes()
    damaged = 0
    for place in range(0, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            read_workbook(path)
        except UserError:
            damaged += 1
    assert damaged > 10


@pytest.mark.parametrize(
    "content",
    [
        sheet_part(text_row(1, "Name"))[:-20],
        sheet_part('<row r="1"><c t="s"><v>99</v></c></row>'),
        sheet_part('<row r="x"><c t="n"><v>1</v></c></row>'),
        sheet_part('<row r="1"><c t="n"><v>nan</v></c></row>'),
        sheet_part('<row r="1"><c r="1A" t="n"><v>1</v></c></row>'),
        sheet_part(text_row(1, "Name")).decode().encode("utf-16"),
    ],
    ids=["cut", "no such string", "row x", "nan", "no such cell", "wide"],
)
def test_parts_that_make_no_sense_are_damage(tmp_path: Path, content: bytes) -> None:
    path = themes(tmp_path / "a.xlsx", "")
    with pytest.raises(UserError, match="is damaged"):
        read_workbook(with_parts(path, {"xl/worksheets/sheet1.xml": content}))


@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "xl/other.bin"]
)
def test_a_part_with_a_document_type_is_never_parsed(tmp_path: Path, part: str) -> None:
    path = themes(tmp_path / "a.xlsx", text_row(1, "Name"))
    content = b"<!--" + b" " * ((1 << 20) - 6) + b"-->" + ENTITIES.encode() + b"<x>&b;</x>"
    with pytest.raises(UserError, match="holds a document type declaration"):
        read_workbook(with_parts(path, {part: content}))


@pytest.mark.parametrize("target", ["nowhere.xml", ""])
def test_a_sheet_that_is_named_and_not_there_is_damage(tmp_path: Path, target: str) -> None:
    path = workbook(tmp_path / "a.xlsx", {"Themes": [["Name"], ["A"]], "Reviews": []})
    relations = "xl/_rels/workbook.xml.rels"
    with ZipFile(path) as package:
        lost = package.read(relations).replace(b"/xl/worksheets/sheet1.xml", target.encode())
    with pytest.raises(UserError, match="is damaged"):
        read_workbook(with_parts(path, {relations: lost}))


def test_a_zip_bomb_is_not_unfolded(tmp_path: Path) -> None:
    path = themes(tmp_path / "a.xlsx", text_row(1, "Name") + " " * 20_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(UserError, match="unfolds to far more"):
        read_workbook(path)


def test_a_zip_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = themes(tmp_path / "a.xlsx", text_row(1, "Name") + text_row(2, "x" * 5_000))
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[entry + 24 : entry + 28] = struct.pack("<I", 100)
    path.write_bytes(bytes(content))
    with pytest.raises(UserError, match="is damaged"):
        read_workbook(path)


def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = themes(tmp_path / "a.xlsx", text_row(1, "Name"))
    monkeypatch.setattr(package, "LARGEST_UNZIPPED", 1_000)
    with pytest.raises(UserError, match="unfolds to far more"):
        read_workbook(path)
    monkeypatch.setattr(package, "LARGEST_FILE", 1_000)
    with pytest.raises(UserError, match="MB large"):
        read_workbook(path)


def test_a_workbook_of_too_many_parts_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", "<x/>")
        for number in range(2_001):
            zipped.writestr(f"xl/{number}.xml", "<x/>")
    with pytest.raises(UserError, match="unfolds to far more"):
        read_workbook(path)


def test_twenty_pages_in_one_cell_come_whole(tmp_path: Path) -> None:
    narrative = "A line of what happened, and what was done about it.\n" * 1_200
    path = themes(
        tmp_path / "a.xlsx",
        text_row(1, "Name", "What belongs to it") + text_row(2, "Long", narrative),
    )
    (row,) = read_workbook(path).sheets[0].rows
    assert row.cells["description"].content == narrative


def test_an_unsupported_extension_raises_no_warning(tmp_path: Path) -> None:
    after = '<extLst><ext uri="{00000000-0000-0000-0000-000000000000}"/></extLst>'
    path = themes(tmp_path / "a.xlsx", text_row(1, "Name") + text_row(2, "A"), after)
    assert len(read_workbook(path).sheets[0].rows) == 1


def test_a_control_character_as_excel_writes_it_is_read(tmp_path: Path) -> None:
    rows = text_row(1, "Name") + text_row(2, "a_x000D_b") + text_row(3, "_x005F_x000D_")
    first, second = read_workbook(themes(tmp_path / "a.xlsx", rows)).sheets[0].rows
    assert first.cells["name"].content == "a\rb"
    assert second.cells["name"].content == "_x000D_"


def test_the_suffix_decides_between_workbook_and_data_file(tmp_path: Path) -> None:
    data = tmp_path / "year.TOML"
    data.write_text('[[theme]]\nname = "A"\n', "utf-8")
    assert read_source(data).sheets[0].rows[0].cells["name"].content == "A"
    assert read_source(workbook(tmp_path / "a.xlsx", {"Themes": [["Name"]]})).sheets[0].rows == ()
