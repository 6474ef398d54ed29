"""The workbook of the annual report: a sheet a table, numbers as numbers, records beside counts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from oscb_desktop.domain.documents import CountedTable, Money
from oscb_desktop.exchange.annual_workbook import annual_workbook

AGES = CountedTable(
    "4.3 By age",
    ("Age", "Children"),
    (("Under 5", 2), ("13 and over", "c")),
    (("Under 5", "Children", ("CH-01", "CH-02")),),
    ("A note.",),
)


def book(*tables: CountedTable) -> Any:
    return load_workbook(BytesIO(annual_workbook("Annual report 2021-22", "Note.", tables)))


def rows(sheet: Any) -> list[list[object]]:
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def test_each_table_has_a_sheet_and_the_first_lists_them() -> None:
    made = book(AGES)
    assert made.sheetnames == ["Contents", "4.3 By age", "Records counted"]
    assert rows(made["Contents"])[-1] == ["4.3 By age", "4.3 By age"]
    assert rows(made["4.3 By age"]) == [
        ["Age", "Children"],
        ["Under 5", 2],
        ["13 and over", "c"],
        ["A note."],
    ]
    assert made.properties.title == "Annual report 2021-22"


def test_each_count_stands_beside_its_records() -> None:
    assert rows(book(AGES)["Records counted"])[1:] == [
        ["4.3 By age", "Under 5", "Children", 2, "CH-01, CH-02"]
    ]


def test_a_public_version_has_no_sheet_of_records() -> None:
    public = CountedTable("T", ("A",), (("c",),))
    assert book(public).sheetnames == ["Contents", "T"]


def test_numbers_sums_and_days_are_what_they_are() -> None:
    row = ("A", 1234, 3.5, Decimal("2.0"), Money(8000), Money(Decimal("99.50")), date(2021, 12, 9))
    made = book(CountedTable("T", tuple("ABCDEFG"), (row,)))
    cells = made["T"][2]
    assert [cell.value for cell in cells[1:6]] == [1234, 3.5, 2, 8000, 99.5]
    assert cells[6].value.date() == date(2021, 12, 9)
    assert [cell.number_format for cell in cells[1:]] == [
        "#,##0",
        "#,##0.0#",
        "#,##0",
        "£#,##0",
        "£#,##0.00",
        "d mmm yyyy",
    ]
    assert all(cell.data_type in ("n", "d") for cell in cells[1:])


def test_nothing_is_a_formula_and_no_name_of_a_sheet_is_refused() -> None:
    bad = CountedTable("=1+1: [a] * b? / " + "long " * 9, ("=A1", "\x00b"), (("=2+2", "@x"),))
    made = book(bad, bad, CountedTable("contents", (), ()), CountedTable("'", (), ()))
    names = made.sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 5
    assert all(len(name) <= 31 for name in names)
    for sheet in made.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in ("s", "n") for cell in row)
    assert made[names[1]]["A2"].value == "=2+2"
    assert made[names[1]]["B1"].value == "b"


def test_no_tables_at_all_is_a_workbook_too() -> None:
    assert book().sheetnames == ["Contents"]
