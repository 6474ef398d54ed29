"""The table of rows: filter, sort, copy, keys, columns, and speed at a size that people reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from oscb_desktop import settings
from oscb_desktop.ui.tables.row_model import TONE, Column, Grouping, RowTableModel
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.tables.table_text import as_csv, as_html, as_lines, harmless
from oscb_desktop.ui.widgets.badge import Tone

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    name: str
    days: int | None


COLUMNS = (
    Column("name", "Name", lambda row: row.name, width=20, wide=True),
    Column(
        "days",
        "Days",
        lambda row: "" if row.days is None else str(row.days),
        lambda row: row.days,
        numeric=True,
        tone=lambda row: Tone.BAD if row.days and row.days > 5 else None,
    ),
)
ROWS = (
    _Row(1, "Łódź <b>protocol</b> & more", 3),
    _Row(2, "Audit of plans", None),
    _Row(3, "=cmd()", 12),
    _Row(4, "شماره کودک", -2),
)


def _model(rows: Sequence[_Row] = ROWS) -> RowTableModel:
    model = RowTableModel(COLUMNS)
    model.set_rows(rows)
    return model


def _shown(model: RowTableModel) -> list[int]:
    return [model.row_at(at).id for at in range(model.rowCount())]


@pytest.fixture
def table(qtbot: QtBot, tmp_path: Path) -> RowTable:
    made = RowTable("Things", COLUMNS, tmp_path / "settings.json")
    qtbot.addWidget(made)
    made.set_rows(ROWS)
    made.resize(500, 300)
    return made


@pytest.mark.parametrize("force_py", [False, True])
def test_the_model_keeps_the_rules_of_qt(qtmodeltester: object, force_py: bool) -> None:
    tester: object = qtmodeltester
    model = _model()
    tester.check(model, force_py=force_py)  # type: ignore[attr-defined]
    model.find("audit")
    model.sort(1, Qt.SortOrder.DescendingOrder)
    tester.check(model, force_py=force_py)  # type: ignore[attr-defined]
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", [1, 2, 3, 4]),
        ("PROTO", [1]),
        ("more łódź", [1]),
        ("a", [2]),
        ("12", [3]),
        ("کودک", [4]),
        ("nowhere", []),
    ],
)
def test_every_word_must_be_there(typed: str, left: list[int]) -> None:
    model = _model()
    model.find(typed)
    assert _shown(model) == left


def test_typing_on_narrows_and_taking_back_widens() -> None:
    model = _model()
    for typed, left in (("o", [1, 2]), ("of", [2]), ("o", [1, 2]), ("x", []), ("", [1, 2, 3, 4])):
        model.find(typed)
        assert _shown(model) == left


def test_marks_and_words_together() -> None:
    model = _model()
    model.find("o")
    model.keep([False, True, True, True])
    assert _shown(model) == [2]
    model.keep(None)
    assert _shown(model) == [1, 2]


def test_sorting_puts_empties_last_in_both_directions() -> None:
    model = _model()
    model.sort(1)
    assert _shown(model) == [4, 1, 3, 2]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert _shown(model) == [3, 1, 4, 2]
    model.sort(-1)
    assert _shown(model) == [1, 2, 3, 4]


def test_new_rows_stay_sorted_and_filtered() -> None:
    model = _model()
    model.sort(1)
    model.find("o")
    model.set_rows((*ROWS, _Row(9, "Oldest", -50)))
    assert _shown(model) == [9, 1, 2]


def test_a_cell_says_what_it_means() -> None:
    model = _model()
    assert model.data(model.index(2, 1), TONE) is Tone.BAD
    assert model.data(model.index(0, 1), TONE) is None
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b>" in tip
    assert "&amp;" in tip
    assert model.data(model.index(1, 1), Qt.ItemDataRole.ToolTipRole) is None
    right = model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight


def test_enter_opens_and_home_and_end_go_to_the_ends(table: RowTable) -> None:
    opened: list[_Row] = []
    table.opened.connect(opened.append)
    QTest.keyClick(table, Qt.Key.Key_End)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_Enter)
    assert [row.id for row in opened] == [4, 1]


def test_the_chosen_row_stays_chosen(table: RowTable) -> None:
    chosen: list[object] = []
    table.chosen.connect(chosen.append)
    assert table.choose(3)
    table.rows.sort(0)
    assert table.current_row().id == 3
    table.set_rows(ROWS[2:])
    assert table.current_row().id == 3
    table.rows.find("nowhere")
    assert table.current_row() is None
    assert chosen[-1] is None
    assert not table.choose(99)


def test_what_is_copied_is_a_table(table: RowTable) -> None:
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\n")
    assert lines[0] == "Name\tDays"
    assert lines[3] == "'=cmd()\t12"
    assert "<td>Łódź &lt;b&gt;protocol&lt;/b&gt; &amp; more</td>" in data.html()


def test_columns_come_back_as_they_were_left(qtbot: QtBot, tmp_path: Path) -> None:
    memory = tmp_path / "settings.json"
    table = RowTable("Things", COLUMNS, memory)
    qtbot.addWidget(table)
    menu = QMenu(table)
    table.fill_columns_menu(menu)
    assert not menu.actions()[0].isEnabled()
    menu.actions()[1].setChecked(False)
    table.setColumnWidth(0, 222)
    table.remember()
    again = RowTable("Things", COLUMNS, memory)
    qtbot.addWidget(again)
    assert again.columnWidth(0) == 222
    assert again.isColumnHidden(1)
    again.fill_columns_menu(menu)
    menu.actions()[1].setChecked(True)
    assert again.columnWidth(1) > 20
    again.horizontalHeader().moveSection(1, 0)
    qtbot.waitUntil(lambda: settings.load(memory).tables["Things"][0].name == "days")
    assert again.as_csv().startswith("Days,Name")


def test_a_list_leaves_as_it_is_shown(table: RowTable) -> None:
    table.rows.find("o")
    table.rows.sort(0)
    assert table.as_csv() == "Name,Days\r\nAudit of plans,\r\nŁódź <b>protocol</b> & more,3\r\n"


@pytest.mark.parametrize("cell", ["=1", "+44 20", "-x", "@x", "\tx", "\r=1", "  =1"])
def test_no_cell_is_calculated(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3", "12", "+1,000.50", "", "a=b", "03 Jun 2022"])
def test_plain_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_text_forms_hold_lines_and_quotes() -> None:
    rows = [['say "so"', "two\nlines"]]
    assert as_csv(["A", "B"], rows) == 'A,B\r\n"say ""so""","two\nlines"\r\n'
    assert as_lines(["A", "B"], rows) == 'A\tB\nsay "so"\ttwo lines'
    assert "two\nlines" in as_html(["A", "B"], rows)


GROUPS = Grouping(
    "days", "Days", lambda row: () if row.days is None else (str(row.days), "any"), "No days"
)


def _lines(model: RowTableModel) -> list[str]:
    """Return each line: a group as its words and number, a row as its id."""
    told = []
    for line in range(model.rowCount()):
        group = model.group_at(line)
        told.append(f"{group.words} {group.count}" if group else str(model.row_at(line).id))
    return told


@pytest.mark.parametrize("force_py", [False, True])
def test_a_grouped_model_keeps_the_rules_of_qt(qtmodeltester: object, force_py: bool) -> None:
    model = _model()
    model.group_by(GROUPS)
    qtmodeltester.check(model, force_py=force_py)  # type: ignore[attr-defined]
    model.fold_all(folded=True)
    qtmodeltester.check(model, force_py=force_py)  # type: ignore[attr-defined]


def test_a_row_stands_in_each_of_its_groups_and_those_without_come_last() -> None:
    model = _model()
    model.group_by(GROUPS)
    assert _lines(model) == [
        *("-2 1", "4", "12 1", "3", "3 1", "1", "any 3", "1", "3", "4", "No days 1", "2")
    ]
    assert model.count() == 4
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert _lines(model)[6:10] == ["any 3", "3", "1", "4"]
    model.find("audit")
    assert _lines(model) == ["No days 1", "2"]
    model.group_by(None)
    assert _lines(model) == ["2"]


def test_a_group_folds_and_stays_folded_while_the_list_is_filtered() -> None:
    model = _model()
    model.group_by(GROUPS)
    model.fold(6, folded=True)
    assert _lines(model)[6:] == ["any 3", "No days 1", "2"]
    model.keep([True] * 4)
    assert _lines(model)[6:] == ["any 3", "No days 1", "2"]
    assert model.count() == 4
    index = model.index(6, 0)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "any, 3, folded"
    assert not model.flags(index) & Qt.ItemFlag.ItemIsSelectable
    model.fold_all(folded=False)
    assert len(_lines(model)) == 12


def test_several_rows_stay_selected_when_they_are_read_again(table: RowTable) -> None:
    told: list[int] = []
    table.selected.connect(told.append)
    table.selectAll()
    assert told[-1] == 4
    table.set_rows(ROWS[1:])
    assert [row.id for row in table.chosen_rows()] == [2, 3, 4]
    assert told[-1] == 3


def test_a_row_that_stands_twice_is_selected_once(table: RowTable) -> None:
    table.group_by(GROUPS)
    table.selectAll()
    assert sorted(row.id for row in table.chosen_rows()) == [1, 2, 3, 4]


def test_a_grouped_list_leaves_with_its_groups_as_a_column(table: RowTable) -> None:
    table.group_by(GROUPS)
    table.rows.fold(6, folded=True)
    told = table.as_csv().splitlines()
    assert told[0] == "Days,Name,Days"
    assert told[1] == "-2,شماره کودک,-2"
    assert told[4] == "any,3 folded,"
    assert told[5] == "No days,Audit of plans,"


def test_the_order_of_a_list_is_told_and_taken_back(table: RowTable) -> None:
    assert table.sorted_by() is None
    table.sort_by("days", backwards=True)
    assert table.sorted_by() == ("days", True)
    assert _shown(table.rows)[0] == 3
    table.sort_by("", backwards=False)
    assert table.sorted_by() is None
    assert _shown(table.rows) == [1, 2, 3, 4]
    table.sort_by("no such column", backwards=False)
    assert table.sorted_by() is None


def test_a_column_that_is_whole_keeps_its_words_where_others_give_way(qtbot: QtBot) -> None:
    long = "Two weeks and a day after the day that was agreed"
    columns = tuple(
        Column(name, name, lambda _row: long, width=60, whole=name == "kept", wide=name == "rest")
        for name in ("first", "kept", "rest")
    )
    shown = RowTable("Kept", columns)
    qtbot.addWidget(shown)
    shown.resize(700, 200)
    shown.show()
    shown.set_rows(ROWS)
    needs = shown.fontMetrics().horizontalAdvance(long)
    assert shown.columnWidth(1) > needs > shown.columnWidth(0)
