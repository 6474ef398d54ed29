"""Retention in the window: the schedule, the list to tick, the approval, the certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.values import Value
from oscb_desktop.queries.disposals import disposals
from oscb_desktop.queries.records import record, records
from oscb_desktop.services.backups import back_up, backups_of
from oscb_desktop.services.records import AddRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.backup_work import BackupWork
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.disposal_dialog import DisposalDialog
from oscb_desktop.ui.dialogs.disposed_dialog import DisposedDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.retention_page import RetentionPage
from tests.cases import old_case, rule
from tests.conftest import NOW
from tests.factories import make
from tests.services.acts import withdraw
from tests.ui.conftest import Recorder, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def told(page: QWidget) -> str:
    labels = (label for label in page.findChildren(QLabel) if label.isVisibleTo(page))
    return "\n".join(label.text() for label in labels)


@pytest.fixture
def opened(qtbot: QtBot, context: Context) -> list[RetentionPage]:
    """Where a test puts its page, so that it lives as long as the test."""
    return []


def _page(qtbot: QtBot, context: Context, opened: list[RetentionPage]) -> RetentionPage:
    page = RetentionPage(context)
    opened.append(page)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    qtbot.waitUntil(lambda: "Reading…" not in told(page.due))
    return page


def _dialog(page: RetentionPage) -> DisposalDialog:
    page.due.dispose()
    return page.findChildren(DisposalDialog)[-1]


def test_an_empty_schedule_offers_the_suggestion(
    qtbot: QtBot, context: Context, opened: list[RetentionPage]
) -> None:
    page = _page(qtbot, context, opened)
    assert "This is a suggestion, to be agreed" in told(page.schedule)
    assert "Nothing is due." in told(page.due)
    page.schedule.take_button.click()
    assert len(context.operations.read(records, "retention_rule")) == 4
    assert "suggestion" not in told(page.schedule)


def test_what_is_due_is_ticked_by_the_space_bar_and_totalled(
    qtbot: QtBot, context: Context, store: Store, opened: list[RetentionPage]
) -> None:
    rule(store, source="Line 4")
    old_case(store)
    held = old_case(store)
    make(store, "legal_hold", name="Inquiry A", everything=False, reviews=(held.review,))
    page = _page(qtbot, context, opened)
    table = page.due.table
    assert table is not None
    assert "Held: Inquiry A" in table.as_text()
    assert not page.due.dispose_button.isEnabled()
    table.selectRow(0)
    assert "By the schedule: Line 4." in page.due.detail.text()
    press(table, Qt.Key.Key_Space)
    assert page.due.total.text().startswith("1 case ticked: 5 records (1 incident, ")
    table.selectRow(1)
    press(table, Qt.Key.Key_Space)
    assert len(page.due.ticked()) == 1
    page.due.tick_all()
    assert page.due.ticked() == ()
    page.due.tick_all()
    assert [case.holds for case in page.due.ticked()] == [()]
    with qtbot.waitSignal(context.navigation.record_wanted) as caught:
        press(table, Qt.Key.Key_Return)
    assert caught.args == ["review", held.review]


def test_ticks_stay_over_a_reading_unless_the_case_changed(
    qtbot: QtBot, context: Context, store: Store, opened: list[RetentionPage]
) -> None:
    rule(store)
    case, other = old_case(store), old_case(store)
    page = _page(qtbot, context, opened)
    page.due.tick_all()
    advice: dict[str, Value] = {
        "review": case.review,
        "given_on": date(1990, 1, 1),
        "given_by": "County solicitor",
        "privileged": True,
    }
    context.operations.write(AddRecord("legal_advice", advice))
    qtbot.waitUntil(lambda: len(page.due.ticked()) == 1)
    assert page.due.ticked()[0].ref == ("review", other.review)


def test_nothing_goes_until_all_is_typed(
    qtbot: QtBot, context: Context, store: Store, opened: list[RetentionPage]
) -> None:
    rule(store, action="archive")
    case = old_case(store)
    page = _page(qtbot, context, opened)
    page.due.tick_all()
    dialog = _dialog(page)
    acts: list[tuple[Callable[[], object], str]] = [
        (lambda: None, "Say who approves it."),
        (partial(dialog.approved_by.setText, "Chair"), "Say on what authority."),
        (partial(dialog.authority.setPlainText, "Line 4"), "Tick “The archive has taken"),
        (partial(dialog.transferred.setChecked, True), "Type 5, the number of records"),
        (partial(dialog.typed.setText, "4"), "Type 5, the number of records"),
    ]
    for act, said in acts:
        act()
        dialog.dispose_button.click()
        assert dialog.fault.text().startswith(said)
    assert store.read(record, "review", case.review) is not None
    dialog.reject()


def test_a_disposal_ends_with_its_certificate(
    qtbot: QtBot,
    context: Context,
    store: Store,
    opened: list[RetentionPage],
    messages: Recorder,
    tmp_path: Path,
) -> None:
    rule(store)
    case = old_case(store)
    place = BackupWork(context.operations, context.tasks, context.paths).place()
    older = back_up(store, place, NOW.replace(day=3)).path
    page = _page(qtbot, context, opened)
    page.due.tick_all()
    dialog = _dialog(page)
    dialog.approved_by.setText("Chair of the subgroup")
    dialog.authority.setPlainText("Line 4")
    dialog.typed.setText("5")
    dialog.dispose_button.click()
    qtbot.waitUntil(lambda: bool(page.findChildren(DisposedDialog)))
    past = page.findChildren(DisposedDialog)[-1]
    qtbot.waitUntil(lambda: bool(past.copies))
    assert store.read(record, "review", case.review) is None
    assert len(backups_of(place, store.path, store.key)) == 2
    assert "Removed: 5 records" in told(past)
    past.save_to(tmp_path / "certificate.pdf")
    qtbot.waitUntil((tmp_path / "certificate.pdf").exists)
    assert past.table is not None
    past.table.selectRow(0)
    messages.answers += [False, True]
    past.delete()
    assert older.exists()
    past.delete()
    assert [older.name in messages.take() for _ in range(2)] == [True, True]
    qtbot.waitUntil(lambda: not older.exists())
    qtbot.waitUntil(lambda: past.copies == () and past.isEnabled())
    assert "No copy that this laptop knows of" in told(past)
    past.reject()
    qtbot.waitUntil(
        lambda: page.past.table is not None and "D-2022-01" in page.past.table.as_text()
    )


def test_a_refusal_keeps_what_was_typed(
    qtbot: QtBot, context: Context, store: Store, opened: list[RetentionPage]
) -> None:
    rule(store)
    case = old_case(store)
    page = _page(qtbot, context, opened)
    page.due.tick_all()
    dialog = _dialog(page)
    dialog.approved_by.setText("Chair")
    dialog.authority.setPlainText("Line 4")
    dialog.typed.setText("5")
    make(store, "legal_hold", name="Inquiry A")
    dialog.dispose()
    qtbot.waitUntil(lambda: "under a legal hold" in dialog.fault.text())
    assert dialog.approved_by.text() == "Chair"
    assert store.read(record, "review", case.review) is not None
    dialog.reject()


def test_what_has_no_day_to_count_from_stands_apart(
    qtbot: QtBot, context: Context, store: Store, opened: list[RetentionPage]
) -> None:
    rule(store)
    old_case(store, finished_on=None)
    page = _page(qtbot, context, opened)
    assert "The schedule says nothing of" in told(page.due)
    folds = [made.text() for made in page.due.findChildren(QPushButton)]
    assert any("No day to count from (1)" in text for text in folds)


def test_a_held_review_says_so_and_can_still_be_withdrawn(
    qtbot: QtBot, context: Context, store: Store, window: MainWindow
) -> None:
    case = old_case(store)
    make(store, "legal_hold", name="Inquiry A", everything=False, incidents=(case.incident,))
    for kind, number in (("review", case.review), ("incident", case.incident)):
        context.navigation.open_record(kind, number)
        page = window.stack.page()
        assert isinstance(page, RecordPage)
        assert "Under a legal hold (Inquiry A): it cannot be disposed of." in told(page)
    withdraw(store, "review", case.review)


def test_dialogs_of_a_practice_file_make_no_backup(
    qtbot: QtBot, context: Context, store: Store, opened: list[RetentionPage]
) -> None:
    rule(store)
    old_case(store)
    store.practice_today = NOW.date()
    page = _page(qtbot, context, opened)
    page.due.tick_all()
    dialog = _dialog(page)
    dialog.approved_by.setText("Chair")
    dialog.authority.setPlainText("Line 4")
    dialog.typed.setText("5")
    dialog.dispose()
    qtbot.waitUntil(lambda: bool(store.read(disposals)))
    qtbot.waitUntil(lambda: bool(page.findChildren(DisposedDialog)))
    past = page.findChildren(QDialog)[-1]
    qtbot.waitUntil(past.isEnabled)
    past.reject()
    place = BackupWork(context.operations, context.tasks, context.paths).place()
    assert backups_of(place, store.path, store.key) == ()
