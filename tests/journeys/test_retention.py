"""Once a year: a schedule is taken, a hold placed, what is due approved, removed and certified."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.disposals import disposals
from oscb_desktop.queries.records import record, records
from oscb_desktop.services.backups import back_up, backups_of
from oscb_desktop.services.files import check_store
from oscb_desktop.services.proof import prove
from oscb_desktop.services.store import Store
from oscb_desktop.ui.backup_work import BackupWork
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.disposed_dialog import DisposedDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.retention_page import RetentionPage
from tests.cases import old_case, rule
from tests.conftest import NOW
from tests.factories import make
from tests.journeys.hands import Hands, seen
from tests.replay import hangs_together


def _settled(qtbot: QtBot, window: MainWindow) -> RetentionPage:
    page = window.stack.page()
    assert isinstance(page, RetentionPage)
    qtbot.waitUntil(lambda: page.due.table is not None)
    return page


def test_what_is_due_is_removed_on_an_approval_and_what_is_held_stays(
    qtbot: QtBot, window: MainWindow, context: Context, store: Store, hands: Hands
) -> None:
    rule(store, source="County schedule, line 4.2")
    gone, held = old_case(store, "Quillfeather"), old_case(store, "Harrowgate")
    make(store, "learning_point", reviews=(gone.review, held.review))
    make(store, "legal_hold", name="Inquiry A", everything=False, incidents=(held.incident,))
    place = BackupWork(context.operations, context.tasks, context.paths).place()
    older = back_up(store, place, NOW.replace(day=3)).path

    window.open_record("review", gone.review)
    assert "Quillfeather" in seen(window.stack.page())
    window.open_record("review", held.review)
    assert "Under a legal hold (Inquiry A)" in seen(window.stack.page())

    hands.press("Ctrl+9")
    hands.push("Retention…")
    page = _settled(qtbot, window)
    hands.tab_to("What is due")
    hands.press("Home", "Space")
    assert [case.ref for case in page.due.ticked()] == [("review", gone.review)]
    hands.back_tab_to("Dispose of what is ticked")
    hands.press("Space")
    hands.type("Chair of the subgroup")
    hands.tab_to("On what authority")
    hands.type("County schedule, line 4.2")
    hands.tab_to("To go on, type how many records go (5)")
    hands.type("5")
    hands.push("Remove for good")
    qtbot.waitUntil(lambda: bool(window.findChildren(DisposedDialog)))
    past = window.findChildren(DisposedDialog)[-1]
    qtbot.waitUntil(lambda: bool(past.copies) and past.isEnabled())
    assert older.name in past.table.as_text() if past.table else False
    assert "RR-1989-01: work ended on 30 Jun 1990" in seen(past)
    past.reject()

    (told,) = store.read(disposals)
    assert told.approved_by == "Chair of the subgroup"
    assert store.read(record, "review", gone.review) is None
    assert store.read(record, "review", held.review) is not None
    assert len(store.read(records, "learning_point")) == 1
    assert "Undo: not past a disposal" in window.actions_by_name["undo"].text().replace("&", "")
    assert not window.actions_by_name["undo"].isEnabled()

    window.open_record("review", gone.review)
    assert "This record is not in this file." in seen(window.stack.page())
    hands.press("Ctrl+F")
    hands.type("quillfeather")
    qtbot.waitUntil(lambda: "Nothing found" in seen(window.search.drop))
    for number in range(1, 10):
        hands.press(f"Ctrl+{number}")
        QApplication.processEvents()
        assert "Quillfeather" not in seen(window.stack.page())

    assert check_store(store) == ()
    assert store.read(hangs_together)
    assert len(backups_of(place, store.path, store.key)) == 2
    assert prove(store, place, NOW).is_proven


def test_a_first_schedule_is_taken_from_the_suggestion_and_a_line_is_agreed(
    qtbot: QtBot, window: MainWindow, store: Store, hands: Hands, tmp_path: Path
) -> None:
    hands.press("Ctrl+9")
    hands.push("Retention…")
    page = window.stack.page()
    assert isinstance(page, RetentionPage)
    qtbot.waitUntil(lambda: "Nothing is due." in seen(page))
    hands.push("Begin with this suggestion")
    assert len(store.read(records, "retention_rule")) == 4
    hands.tab_to("Retention schedule")
    hands.press("Home", "Return")
    hands.tab_to("By what authority")
    hands.type("County schedule, line 9")
    hands.press("Ctrl+S")
    sources = [row.values["source"] for row in store.read(records, "retention_rule")]
    assert sources.count("County schedule, line 9") == 1
