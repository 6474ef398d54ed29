"""The small parts of the window: columns that share a width, tables as high as their rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.ui.widgets.empty_state import EmptyState
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.small_table import Line, SmallTable
from oscb_desktop.ui.widgets.widths import shares

needs = st.lists(st.tuples(st.integers(10, 200), st.integers(10, 400)), min_size=1, max_size=9)


@given(needs, st.integers(0, 3000), st.data())
def test_the_columns_take_the_whole_width(
    wanted: list[tuple[int, int]], total: int, data: st.DataObject
) -> None:
    wide = data.draw(st.integers(0, len(wanted) - 1))
    widths = shares(wanted, total, wide)
    assert sum(widths) == total
    assert all(width >= 0 for width in widths)
    if total >= sum(low for low, _ in wanted):
        assert all(width >= low for width, (low, _) in zip(widths, wanted, strict=True))
    if total >= sum(max(need) for need in wanted):
        others = [at for at in range(len(wanted)) if at != wide]
        assert all(widths[at] == max(wanted[at]) for at in others)


def test_a_table_is_as_high_as_its_wrapped_rows(qtbot: QtBot) -> None:
    lines = [Line(1, ("A", "word " * 50)), Line(2, ("B", "short"))]
    table = SmallTable("Things", ["Name", "Text"], lines, wide=1)
    qtbot.addWidget(table)
    heights = {}
    for width in (300, 900):
        table.resize(width, table.heightForWidth(width))
        with qtbot.waitExposed(table):
            table.show()
        heights[width] = table.rowHeight(0)
        qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() == 0)
        assert sum(table.columnWidth(at) for at in range(2)) == table.viewport().width()
        used = table.rowHeight(0) + table.rowHeight(1)
        assert abs(table.viewport().height() - used) <= 1
        assert table.rowHeight(1) < table.rowHeight(0)
    assert heights[300] > heights[900]


def test_numbers_stand_to_the_right(qtbot: QtBot) -> None:
    table = SmallTable("Costs", ["What", "Amount"], [Line(1, ("Reviewer", "8,000"))], 0, {1})
    qtbot.addWidget(table)
    number, word = table.item(0, 1), table.item(0, 0)
    assert number is not None
    assert word is not None
    assert number.textAlignment() & Qt.AlignmentFlag.AlignRight
    assert word.textAlignment() & Qt.AlignmentFlag.AlignLeft


def test_a_flow_goes_on_in_a_further_line_and_leaves_out_what_is_hidden(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    flow = FlowLayout(whole, 4)
    buttons = [QPushButton(f"Filter {number}") for number in range(6)]
    for button in buttons:
        flow.addWidget(button)
    wide, narrow = flow.sizeHint().width(), flow.minimumSize().width()
    assert flow.heightForWidth(narrow) > flow.heightForWidth(wide)
    buttons[0].hide()
    assert flow.sizeHint().width() < wide
    whole.resize(narrow, flow.heightForWidth(narrow))
    with qtbot.waitExposed(whole):
        whole.show()
    tops = [button.y() for button in buttons[1:]]
    assert tops == sorted(set(tops))


def test_an_empty_place_says_its_whole_sentence(qtbot: QtBot) -> None:
    empty = EmptyState("No agencies yet", "An agency that sends papers or acts. " * 5, "Add")
    qtbot.addWidget(empty)
    empty.resize(500, 300)
    with qtbot.waitExposed(empty):
        empty.show()
    sentence = empty.sentence
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
