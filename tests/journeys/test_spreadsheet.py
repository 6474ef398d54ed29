"""A year comes in from a spreadsheet: its faults first, then all of it, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from oscb_desktop.queries.records import records
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.import_dialog import ImportDialog
from oscb_desktop.ui.main_window import MainWindow
from tests.journeys.hands import Hands, seen
from tests.ui.conftest import Recorder


def write_row(path: Path, sheet: str, row: int, cells: Mapping[str, str]) -> None:
    """Fill in cells of a row below their headings, as somebody does in a spreadsheet program."""
    book = load_workbook(path)
    headings = [str(cell.value).removesuffix(" *") for cell in book[sheet][1]]
    for heading, value in cells.items():
        book[sheet].cell(row, headings.index(heading) + 1, value)
    book.save(path)


def fetch_template(hands: Hands, messages: Recorder, path: Path) -> None:
    hands.press("Alt+F", "T")
    hands.wait_for(lambda: messages.told)
    assert messages.take() == f"The blank workbook is {path}."


def rehearse(hands: Hands) -> ImportDialog:
    """Choose the workbook from the menu and wait for what it would do."""
    hands.press("Ctrl+I")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    hands.wait_for(lambda: not dialog.summary.text().endswith("…"))
    return dialog


def test_a_workbook_is_filled_mended_and_brought_in_once(
    window: MainWindow,
    store: Store,
    hands: Hands,
    messages: Recorder,
    choose_file: Callable[[Path], None],
    tmp_path: Path,
) -> None:
    path = tmp_path / "Year.xlsx"
    choose_file(path)
    fetch_template(hands, messages, path)
    write_row(path, "Agencies", 2, {"Name": "Valley Health Trust", "Kind": "Hospital trust"})
    review = {
        "Reference": "RR-2021-07",
        "Kind of review": "Rapid review",
        "Known as": "Child Elm",
        "Started on": "31/6/21",
    }
    write_row(path, "Reviews", 2, review)
    action = {
        "Reference": "A-2021-07",
        "Review": "RR-2021-07",
        "Action": "Write the guidance.",
        "Lead agency": "Vallley Health",
        "Due": "1/3/22",
    }
    write_row(path, "Actions", 2, action)

    dialog = rehearse(hands)
    assert dialog.summary.text() == "2 faults found, so nothing was written"
    found = seen(dialog.lines).splitlines()
    assert [line.split(" | ")[:4] for line in found] == [
        ["Fault", "Reviews", "2", "I"],
        ["Fault", "Actions", "2", "I"],
    ]
    assert found[0].endswith("There is no day 31 in “31/6/21”: June 2021 has 30 days.")
    assert "Vallley Health" in found[1]
    assert not dialog.import_button.isEnabled()
    assert store.read(records, "agency") == ()
    hands.press("Escape")

    write_row(path, "Reviews", 2, {"Started on": "30/6/21"})
    write_row(path, "Actions", 2, {"Lead agency": "Valley Health Trust"})
    dialog = rehearse(hands)
    assert dialog.summary.text() == "To import: 3 records to add, 0 to change, 0 to leave"
    assert store.read(records, "review") == ()
    hands.press("Return")
    hands.wait_for(lambda: dialog.summary.text().startswith("Imported: 3 records added"))
    hands.press("Escape")
    hands.press("Ctrl+2")
    assert "RR-2021-07 | Child Elm | " in seen(window.stack.page())
    hands.press("Ctrl+3")
    assert "A-2021-07 | Write the guidance. | RR-2021-07" in seen(window.stack.page())

    dialog = rehearse(hands)
    assert dialog.summary.text() == "Nothing to do"
    assert dialog.help.text() == "The file holds all 3 rows of this workbook already."
    hands.press("Escape")
    hands.press("Ctrl+Z")
    assert store.read(records, "review") == ()
