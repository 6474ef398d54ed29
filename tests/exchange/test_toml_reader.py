from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from oscb_desktop.errors import UserError
from oscb_desktop.exchange.sheets import Source
from oscb_desktop.exchange.toml_reader import read_toml


def read(tmp_path: Path, text: str) -> Source:
    path = tmp_path / "year.toml"
    path.write_text(text, "utf-8")
    return read_toml(path)


def test_tables_become_sheets_of_rows(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        """
        [organisation]
        name = "Ours"
        practice_today = 2022-03-25
        [[theme]]
        name = "A"
        description = ""
        [[learning_point]]
        themes = ["A", "B"]
        number = 3
        """,
    )
    assert source.faults == ()
    ours, theme, point = source.in_order()
    assert ours.rows[0].cells["practice_today"].content == date(2022, 3, 25)
    assert list(theme.rows[0].cells) == ["name"]
    assert point.rows[0].cells["themes"].content == ("A", "B")
    assert (point.title, point.rows[0].number, point.columns["number"]) == (
        "Learning points",
        1,
        "number",
    )


def test_unknown_tables_and_keys_are_named(tmp_path: Path) -> None:
    source = read(tmp_path, '[[them]]\nname = "A"\n[[theme]]\nname = "B"\ncolour = "red"\n')
    table, key = (fault.words() for fault in source.faults)
    assert table.startswith("Sheet “them”: There is no such table.")
    assert key == (
        "Sheet “Themes”, row 1, column colour: No such field. There are: “name”, “description”."
    )


def test_values_that_are_no_fields_value_are_told(tmp_path: Path) -> None:
    source = read(tmp_path, "theme = [3]\n[[agency]]\nname = {first = 1}\nkind = [1]\n")
    assert [fault.words() for fault in source.faults] == [
        "Sheet “Themes”, row 1: This is a value, not a record."
    ]
    cells = source.in_order()[0].rows[0].cells
    assert all("holds a table or a list" in cell.problem for cell in cells.values())


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b"a = " + b"[" * 5000])
def test_what_is_no_data_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "year.toml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"year\.toml cannot be read as a data file"):
        read_toml(path)
