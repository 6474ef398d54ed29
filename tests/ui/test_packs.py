"""The page of a pack: its parts ticked, moved and dragged, the pack beside them, its copies out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.packs import Offer, Part
from oscb_desktop.queries.packs import items, packs
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.packs import StartPack
from oscb_desktop.services.records import AmendRecord, RestoreRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.reason_dialog import ReasonDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.pack_page import PackPage, prepare_pack
from oscb_desktop.ui.pages.packs_page import PacksPage
from oscb_desktop.ui.widgets.order_table import OrderTable
from oscb_desktop.ui.widgets.small_table import Line
from tests.factories import make
from tests.reports.reading import reader
from tests.reports.sent import sent_pdf
from tests.ui.conftest import Recorder, press
from tests.ui.test_accessibility import _nameless as nameless

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def meeting(store: Store) -> int:
    review = make(store, "review", kind="rapid_review", reference="RR-2022-01", known_as="Child M")
    return make(store, "meeting", kind="rapid_review", reviews=(review,), held_on=date(2022, 4, 1))


@pytest.fixture
def shown(qtbot: QtBot, context: Context, meeting: int) -> Callable[[], PackPage]:
    def show() -> PackPage:
        changes = context.operations.write(StartPack(meeting=meeting))
        assert changes.record_id is not None
        page = PackPage(context, changes.record_id)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        wait_until_made(qtbot, page)
        return page

    return show


def wait_until_made(qtbot: QtBot, page: PackPage) -> None:
    qtbot.waitUntil(page.preview.save_button.isEnabled)


def held(store: Store, page: PackPage) -> list[str]:
    return [row.offer.part.value for row in store.read(items, page.record_id)]


def table(page: PackPage) -> OrderTable:
    assert page.parts.table is not None
    return page.parts.table


def test_the_pack_is_shown_beside_what_goes_in(store: Store, shown: Callable[[], PackPage]) -> None:
    page = shown()
    assert held(store, page) == [
        "agenda",
        "notification_sheet",
        "children",
        "agency_returns",
        "decision",
    ]
    assert page.preview.state.text().endswith(" pages")
    assert "No agency has sent a file yet." in page.preview.remarks.text()
    assert page.preview.ready is not None
    assert page.preview.paper.view.document.pageCount() == page.preview.ready.bound.pages
    assert page.begins_at is table(page)
    assert store.read(releases) == ()


def test_a_tick_puts_a_part_in_and_takes_it_out(
    qtbot: QtBot, store: Store, shown: Callable[[], PackPage]
) -> None:
    page = shown()
    before = page.preview.paper.view.document.pageCount()
    table(page).stand_on(6)
    press(table(page), Qt.Key.Key_Space)
    assert held(store, page)[-1] == "actions"
    assert table(page).currentRow() == 5
    wait_until_made(qtbot, page)
    assert page.preview.paper.view.document.pageCount() > before

    press(table(page), Qt.Key.Key_Space)
    assert "actions" not in held(store, page)
    assert table(page).currentRow() > 4


def test_a_part_moves_with_alt_and_the_arrows_and_keeps_the_keyboard(
    store: Store, shown: Callable[[], PackPage]
) -> None:
    page = shown()
    table(page).stand_on(2)
    press(table(page), Qt.Key.Key_Up, ALT)
    assert held(store, page)[:3] == ["agenda", "children", "notification_sheet"]
    assert table(page).currentRow() == 1
    press(table(page), Qt.Key.Key_Down, ALT)
    press(table(page), Qt.Key.Key_Down, ALT)
    assert held(store, page)[3] == "children"
    table(page).stand_on(0)
    press(table(page), Qt.Key.Key_Up, ALT)
    assert held(store, page)[0] == "agenda"


def test_files_from_the_disk_join_the_pack(
    qtbot: QtBot, store: Store, shown: Callable[[], PackPage], tmp_path: Path, messages: Recorder
) -> None:
    page = shown()
    path = tmp_path / "Timeline.pdf"
    path.write_bytes(sent_pdf(3))
    page.parts.add_files([path])
    wait_until_made(qtbot, page)
    assert page.parts.rows[5].heading == "Timeline.pdf"
    page.parts.add_files([path])
    assert messages.take() == "The pack holds these files already."
    page.parts.add_files([tmp_path / "gone.pdf"])
    assert "is not there any more" in messages.take()


def test_copies_are_saved_and_noted(
    qtbot: QtBot,
    context: Context,
    store: Store,
    shown: Callable[[], PackPage],
    tmp_path: Path,
    messages: Recorder,
) -> None:
    page = shown()
    names = {"recipients": "W. Amberly\nD. Finch"}
    context.operations.write(AmendRecord("pack", page.record_id, 1, names))
    wait_until_made(qtbot, page)
    assert page.preview.state.text().endswith("2 copies")
    page.preview.save_to(tmp_path)
    qtbot.waitUntil(lambda: len(store.read(releases)) == 2)
    wait_until_made(qtbot, page)
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        "PK-2022-01 copy 1, W. Amberly.pdf",
        "PK-2022-01 copy 2, D. Finch.pdf",
    ]
    assert "2 files saved" in page.preview.state.text()
    page.preview.save_to(tmp_path)
    qtbot.waitUntil(lambda: bool(messages.told))
    assert "is in this folder already" in messages.take()
    wait_until_made(qtbot, page)


def test_a_pack_that_may_tell_who_a_child_is_asks_for_a_reason(
    qtbot: QtBot,
    store: Store,
    shown: Callable[[], PackPage],
    tmp_path: Path,
    messages: Recorder,
) -> None:
    page = shown()
    assert page.preview.paper.findings.list.count() == 0
    child = make(store, "child", known_as="Child M")
    make(store, "child_identity", child=child, forenames="Marigold", last_name="Exampleton")
    path = tmp_path / "Timeline.pdf"
    path.write_bytes(sent_pdf(words="Marigold Exampleton was seen"))
    page.parts.add_files([path])
    wait_until_made(qtbot, page)
    assert page.preview.paper.findings.list.count() > 0

    out = tmp_path / "out"
    out.mkdir()
    page.preview.save_to(out)
    qtbot.waitUntil(lambda: bool(messages.told))
    assert "Say why it is to leave" in messages.take()
    wait_until_made(qtbot, page)
    page.preview.save_to(out, "The panel may know.")
    qtbot.waitUntil(lambda: len(store.read(releases)) == 1)
    wait_until_made(qtbot, page)
    assert len(list(out.glob("*.pdf"))) == 1


def test_the_way_out_asks_for_the_reason_and_the_folder(
    qtbot: QtBot,
    context: Context,
    store: Store,
    shown: Callable[[], PackPage],
    tmp_path: Path,
    messages: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child = make(store, "child", known_as="Child M")
    make(store, "child_identity", child=child, forenames="Marigold", last_name="Exampleton")
    page = shown()
    context.operations.write(
        AmendRecord("pack", page.record_id, 1, {"note": "Marigold Exampleton"})
    )
    wait_until_made(qtbot, page)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(out))
    answers = [QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted]

    def answer(asked: ReasonDialog) -> QDialog.DialogCode:
        asked.field.setText("The panel may know.")
        return answers.pop(0)

    monkeypatch.setattr(ReasonDialog, "exec", answer)
    messages.answers.append(False)
    page.preview.save_button.click()
    assert "leaves the encrypted file" in messages.take()
    messages.answers.append(True)
    page.preview.save_button.click()
    assert "leaves the encrypted file" in messages.take()
    assert list(out.iterdir()) == []
    page.preview.save_button.click()
    qtbot.waitUntil(lambda: len(store.read(releases)) == 1)
    wait_until_made(qtbot, page)
    assert len(list(out.iterdir())) == 1


def test_our_own_papers_are_saved_as_files_of_their_own(
    qtbot: QtBot, store: Store, shown: Callable[[], PackPage], tmp_path: Path
) -> None:
    page = shown()
    page.preview.save_parts_to(tmp_path)
    qtbot.waitUntil(lambda: len(store.read(releases)) == 3)
    wait_until_made(qtbot, page)
    assert len(list(tmp_path.glob("*.pdf"))) == 3


def test_each_copy_is_printed_and_noted(
    qtbot: QtBot, context: Context, store: Store, shown: Callable[[], PackPage], tmp_path: Path
) -> None:
    page = shown()
    names = {"recipients": "W. Amberly\nD. Finch"}
    context.operations.write(AmendRecord("pack", page.record_id, 1, names))
    wait_until_made(qtbot, page)
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(72)
    page.preview.print_on(printer)
    assert [row.recipient for row in store.read(releases)] == ["D. Finch", "W. Amberly"]
    assert reader((tmp_path / "out.pdf").read_bytes()).pages


def test_a_pack_in_the_bin_shows_nothing_and_comes_back(
    qtbot: QtBot, context: Context, shown: Callable[[], PackPage], messages: Recorder
) -> None:
    page = shown()
    messages.answers.append(True)
    page.withdraw()
    assert "Withdraw pack PK-2022-01" in messages.take()
    assert page.parts.table is None
    assert not page.preview.save_button.isEnabled()
    assert page.preview.paper.view.document.pageCount() == 0
    context.operations.write(RestoreRecord("pack", page.record_id))
    wait_until_made(qtbot, page)
    assert page.preview.paper.view.document.pageCount() > 0


def test_a_page_that_is_left_makes_nothing(
    qtbot: QtBot, context: Context, shown: Callable[[], PackPage]
) -> None:
    page = shown()
    page.preview.remake()
    page.hide()
    assert not context.tasks.is_busy
    page.show()
    wait_until_made(qtbot, page)


def test_a_second_tick_of_the_same_part_does_nothing(
    store: Store, shown: Callable[[], PackPage]
) -> None:
    page = shown()
    page.parts.tick(Offer(Part.AGENDA))
    page.parts.tick(Offer(Part.ATTACHMENT, attachment=99), on=False)
    assert len(held(store, page)) == 5


def test_a_meeting_has_one_pack_to_prepare(
    context: Context, window: MainWindow, store: Store, meeting: int
) -> None:
    opened: list[tuple[str, int]] = []
    context.navigation.record_wanted.connect(lambda kind, found: opened.append((kind, found)))
    prepare_pack(context, window, meeting=meeting)
    prepare_pack(context, window, meeting=meeting)
    assert len(store.read(packs)) == 1
    assert opened == [("pack", 1), ("pack", 1)]


def test_the_packs_are_listed_and_begun(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    make(store, "meeting", kind="subgroup", held_on=date(2022, 1, 10))
    page = PacksPage(context)
    qtbot.addWidget(page)
    page.show()
    words = [page.about.itemText(place) for place in range(page.about.count())]
    assert words == [
        "Meeting Fri 01 Apr 2022, rapid review panel",
        "Meeting Mon 10 Jan 2022, subgroup",
        "Review RR-2022-01 Child M",
    ]
    opened: list[int] = []
    context.navigation.record_wanted.connect(lambda _kind, found: opened.append(found))
    page.about.setCurrentIndex(2)
    page.begin()
    assert page.about.currentIndex() == 2
    (row,) = store.read(packs)
    assert opened == [row.id]
    assert row.about == "RR-2022-01 Child M"


def test_a_file_without_meetings_and_reviews_has_nothing_to_begin(
    qtbot: QtBot, context: Context
) -> None:
    page = PacksPage(context)
    qtbot.addWidget(page)
    page.show()
    assert not page.begin_button.isEnabled()


# The table by itself


def test_the_number_of_every_part_stands_beside_its_tick(qtbot: QtBot) -> None:
    lines = [Line(id_, (str(id_), "A part of the pack " * 3, "3 files")) for id_ in range(1, 13)]
    made = OrderTable("Parts", ("In", "Part", "What there is"), lines, 1, 12)
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.show()
    option = QStyleOptionViewItem()
    made.initViewItemOption(option)
    delegate = made.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    for row in range(made.rowCount()):
        index = made.model().index(row, 0)
        option.rect = made.visualRect(index)
        delegate.initStyleOption(option, index)
        room = (
            made.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, made).width()
        )
        assert room >= made.fontMetrics().horizontalAdvance(str(row + 1)) + 4


@pytest.fixture
def order(qtbot: QtBot) -> OrderTable:
    lines = [Line(place, (str(place), f"Part {place}")) for place in range(1, 6)]
    made = OrderTable("Parts", ("In", "Part"), lines, 1, 3)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


@pytest.mark.parametrize(
    ("row", "onto", "half", "expected"),
    [
        (0, 2, 0.9, [(1, 2)]),
        (0, 1, 0.9, [(1, 1)]),
        (0, 1, 0.1, []),
        (2, 0, 0.1, [(3, -2)]),
        (1, 4, 0.9, [(2, 1)]),
        (3, 0, 0.1, []),
        (2, 2, 0.9, []),
    ],
)
def test_a_dragged_row_goes_where_it_is_let_go(
    order: OrderTable, row: int, onto: int, half: float, expected: list[tuple[int, int]]
) -> None:
    told: list[tuple[int, int]] = []
    order.moved.connect(lambda found, places: told.append((found, places)))
    order.clearSelection()
    words = order.as_text()
    order.selectRow(row)
    y = order.rowViewportPosition(onto) + int(order.rowHeight(onto) * half)
    drop_on(order, y)
    assert told == expected
    order.clearSelection()
    assert order.as_text() == words


def drop_on(order: OrderTable, y: int) -> None:
    class FromItself(QDropEvent):
        def source(self) -> OrderTable:
            return order

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    where = QPointF(QPoint(20, y))
    order.dropEvent(FromItself(where, Qt.DropAction.MoveAction, QMimeData(), left, none))


def test_keys_move_only_what_has_an_order(order: OrderTable) -> None:
    told: list[tuple[int, int]] = []
    order.moved.connect(lambda found, places: told.append((found, places)))
    for row, key in ((0, Qt.Key.Key_Up), (2, Qt.Key.Key_Down), (4, Qt.Key.Key_Up)):
        order.stand_on(row)
        press(order, key, ALT)
    assert told == []
    order.stand_on(0)
    press(order, Qt.Key.Key_Down, ALT)
    assert told == [(1, 1)]
    assert order.current_id() == 1


def test_every_control_of_a_pack_has_a_name_and_stands_in_a_small_window(
    qtbot: QtBot, window: MainWindow, store: Store, meeting: int
) -> None:
    window.resize(910, 512)
    pack = store.write(StartPack(meeting=meeting)).record_id
    assert pack is not None
    window.open_record("pack", pack)
    page = window.stack.page()
    assert isinstance(page, PackPage)
    wait_until_made(qtbot, page)
    assert nameless(page) == []
    assert window.width() == 910
    for choice in (page.preview.save_button, page.preview.print_button, page.preview.parts_button):
        assert page.rect().contains(choice.mapTo(page, choice.rect().bottomRight()))
        assert choice.width() >= choice.sizeHint().width()
    assert page.preview.paper.view.sheet.height() > 100
