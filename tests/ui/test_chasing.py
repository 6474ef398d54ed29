"""The Chasing page and the dialog of answers, with what each says and leaves in the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.values import Value
from oscb_desktop.queries.chasing import mailings
from oscb_desktop.queries.records import records
from oscb_desktop.services.actions import MoveDueDate
from oscb_desktop.services.chasing import make_sheets
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.answers_dialog import AnswersDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.chasing_page import ChasingPage
from tests.exchange.answer_books import Edits, fill_in
from tests.factories import make
from tests.journeys.hands import seen
from tests.services.acts import change, row_of
from tests.ui.conftest import Recorder, press


@pytest.fixture
def action(store: Store) -> int:
    police = make(store, "agency", name="Valley Police", email="police@example.org")
    health = make(store, "agency", name="Valley Health", email="health@example.org")
    owner = make(store, "person", name="P. Elm", agency=police)
    review = make(store, "review")
    given: dict[str, Value] = {"review": review, "due_on": date(2022, 3, 1)}
    make(store, "action", reference="A-2021-02", lead_agency=health, **given)
    return make(store, "action", reference="A-2021-01", lead_agency=police, owner=owner, **given)


@pytest.fixture
def page(window: MainWindow, store: Store, action: int) -> ChasingPage:
    window.go_to("chasing")
    shown = window.stack.page()
    assert isinstance(shown, ChasingPage)
    shown.refresh()
    return shown


@pytest.fixture
def answers(
    qtbot: QtBot, context: Context, store: Store, action: int, tmp_path: Path
) -> Callable[..., AnswersDialog]:
    """Rehearse an answer of the police in the dialog, with something done in between."""

    def show(edits: Edits, between: Callable[[], object] = lambda: None) -> AnswersDialog:
        agency = row_of(store, "action", action).values["lead_agency"]
        assert isinstance(agency, int)
        (made,) = make_sheets(store, tmp_path, (agency,))
        between()
        dialog = AnswersDialog(None, context, [fill_in(made.path, edits)])
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.rehearse()
        qtbot.waitUntil(lambda: not dialog.summary.text().endswith("…"))
        return dialog

    return show


def make_all(qtbot: QtBot, page: ChasingPage, folder: Path) -> None:
    page.make(folder)
    qtbot.waitUntil(lambda: bool(page.made))


def take(qtbot: QtBot, dialog: AnswersDialog) -> None:
    """Take what is ticked, and wait until the dialog has closed or says why not."""
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    dialog.take()
    qtbot.waitUntil(lambda: bool(closed) or dialog.refusal.isVisible())


def button(page: ChasingPage, name: str) -> QPushButton:
    return next(one for one in page.findChildren(QPushButton) if one.accessibleName() == name)


def test_the_actions_page_leads_to_chasing(window: MainWindow) -> None:
    window.go_to("actions")
    shown = window.stack.page()
    assert shown is not None
    names = {one.accessibleName(): one for one in shown.findChildren(QPushButton)}
    names["Chase: who owes an answer"].click()
    assert isinstance(window.stack.page(), ChasingPage)


def test_each_agency_stands_with_what_it_owes(page: ChasingPage) -> None:
    assert " | Valley Health |  | 1 |  | 24 days |  | " in seen(page)
    assert " | Valley Police | P. Elm | 1 |  | 24 days |  | " in seen(page)
    assert page.told.text() == "2 agencies are ticked."
    assert page.back.value() == date(2022, 4, 8)
    assert page.table is not None
    page.table.selectRow(1)
    assert page.detail.text() == (
        "Valley Police. To: police@example.org\nP. Elm: A-2021-01, 24 days late"
    )


def test_an_unticked_agency_stays_unticked_and_gets_no_sheet(
    qtbot: QtBot, page: ChasingPage, store: Store, tmp_path: Path
) -> None:
    assert page.table is not None
    page.table.selectRow(0)
    press(page.table, Qt.Key.Key_Space)
    page.refresh()
    assert len(page.ticked()) == 1
    make_all(qtbot, page, tmp_path)
    assert [sent.agency for sent in store.read(mailings)] == ["Valley Police"]
    press(page.table, Qt.Key.Key_Down)
    assert "S-2022-01 | Valley Police | 25 Mar 2022 | police@example.org | 1 | 08 Apr" in seen(page)


def test_with_nothing_ticked_nothing_can_be_made(page: ChasingPage) -> None:
    assert page.table is not None
    page.table.tick_all(on=False)
    assert page.told.text() == "No agencies are ticked."
    assert not page.make_button.isEnabled()


def test_the_letters_are_copied_and_opened(
    qtbot: QtBot, page: ChasingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    make_all(qtbot, page, tmp_path)
    button(page, "Copy the e-mail to Valley Police").click()
    copied = QApplication.clipboard().text()
    assert copied.startswith("To: police@example.org\nSubject: ")
    button(page, "Open the e-mail to Valley Police").click()
    assert opened[0].startswith("mailto:police@example.org?subject=")
    assert (tmp_path / "S-2022-02 Valley Police.txt").read_text("utf-8") == copied


def test_a_folder_that_cannot_take_the_sheets_is_told(
    qtbot: QtBot, page: ChasingPage, messages: Recorder, tmp_path: Path
) -> None:
    page.make(tmp_path / "gone")
    qtbot.waitUntil(lambda: bool(messages.told))
    assert messages.take().startswith("There is no folder")


def test_the_day_of_the_answer_is_typed_as_any_other(
    qtbot: QtBot, page: ChasingPage, messages: Recorder, store: Store, tmp_path: Path
) -> None:
    page.back.put_typed("31/4/22")
    page.make(tmp_path)
    assert messages.take().startswith("There is no day 31")
    page.back.put_typed("14 apr 2022")
    make_all(qtbot, page, tmp_path)
    assert {sent.due_back_on for sent in store.read(mailings)} == {date(2022, 4, 14)}


def test_nothing_to_chase_says_so(window: MainWindow) -> None:
    window.go_to("chasing")
    page = window.stack.page()
    assert "No agency has an action that is late or due by then." in seen(page)
    assert "Nothing was sent yet." in seen(page)


def test_what_has_no_lead_agency_is_named(page: ChasingPage, store: Store) -> None:
    make(store, "action", reference="A-2021-09", due_on=date(2022, 1, 1))
    page.refresh()
    assert "Nobody can be asked about A-2021-09: they have no lead agency." in seen(page)


def test_dropped_workbooks_are_read(qtbot: QtBot, page: ChasingPage, tmp_path: Path) -> None:
    make_all(qtbot, page, tmp_path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet.path)) for sheet in page.made])
    drop = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AnswersDialog)
    qtbot.waitUntil(lambda: dialog.summary.text() == "Nothing new")
    assert dialog.take_button.text() == "&Note as answered"
    take(qtbot, dialog)
    assert all(sent.returned_on for sent in page.context.operations.read(mailings))


NEWS = {"A-2021-01": {"Progress since": "Drafted.\nAgreed.", "Status now": "In progress"}}


def test_changes_are_ticked_one_by_one(
    qtbot: QtBot, answers: Callable[..., AnswersDialog], store: Store
) -> None:
    dialog = answers(NEWS)
    assert dialog.summary.text() == "2 changes proposed by 1 sheet"
    assert not dialog.take_button.isEnabled()
    assert "No | A-2021-01 | Valley Police | In progress | Not started | In progress" in seen(
        dialog
    )
    dialog.changes.selectRow(1)
    press(dialog.changes, Qt.Key.Key_Space)
    assert "Yes | A-2021-01 | Valley Police | In progress" in seen(dialog)
    assert dialog.take_button.text() == "&Take 1 change"
    take(qtbot, dialog)
    (action,) = [row for row in store.read(records, "action") if "A-2021-01" in row.title]
    assert action.values["delivery"] == "in_progress"
    assert store.read(records, "progress_note") == ()


def test_ticks_are_set_by_a_click_and_taken_away_together(
    answers: Callable[..., AnswersDialog],
) -> None:
    dialog = answers(NEWS)
    dialog.all_button.click()
    assert len(dialog.changes.ticks) == 2
    dialog.changes.clicked.emit(dialog.changes.rows.index(0, 1))
    assert len(dialog.changes.ticks) == 2
    dialog.changes.selectRow(0)
    dialog.changes.clicked.emit(dialog.changes.rows.index(0, 0))
    assert len(dialog.changes.ticks) == 1
    dialog.none_button.click()
    assert dialog.changes.ticks == set()


def test_a_conflict_is_left_by_all_shown_alone_and_taken_on_purpose(
    qtbot: QtBot, answers: Callable[..., AnswersDialog], store: Store, action: int
) -> None:
    dialog = answers(
        {
            "A-2021-01": {
                "New date": "30/6/22",
                "Reason for the new date": "Leave.",
                **NEWS["A-2021-01"],
            }
        },
        lambda: store.write(
            MoveDueDate(action, row_of(store, "action", action).version, date(2022, 5, 1), "Asked.")
        ),
    )
    assert dialog.summary.text() == "3 changes proposed by 1 sheet, 1 conflict"
    dialog.tick_all()
    assert len(dialog.changes.ticks) == 2
    dialog.only_conflicts.setChecked(True)
    assert dialog.changes.rows.rowCount() == 1
    dialog.changes.selectRow(0)
    assert "When the sheet was made: 01 Mar 2022\nThe file holds: 01 May 2022" in seen(dialog)
    press(dialog.changes, Qt.Key.Key_Space)
    take(qtbot, dialog)
    assert row_of(store, "action", action).values["due_on"] == date(2022, 6, 30)


def test_what_cannot_be_taken_stands_below(answers: Callable[..., AnswersDialog]) -> None:
    dialog = answers({"A-2021-01": {"Status now": "Complete", "Completed on": "20/3/22"}})
    assert dialog.faults_head.text() == "1 thing cannot be taken"
    assert "A-2021-01 cannot be completed yet" in seen(dialog)
    dialog.faults.selectRow(0)
    assert dialog.detail.text().startswith("S-2022-01 Valley Police.xlsx, Sheet “Actions”, row 2")


def test_a_file_that_moved_meanwhile_keeps_the_dialog_open(
    qtbot: QtBot, answers: Callable[..., AnswersDialog], store: Store, action: int
) -> None:
    dialog = answers(NEWS)
    dialog.tick_all()
    change(store, "action", action, success_measure="Fewer late referrals.")
    take(qtbot, dialog)
    assert dialog.isVisible()
    assert "A-2021-01 was changed meanwhile" in dialog.refusal.text()


def test_a_file_that_is_none_of_ours_leaves_nothing_to_take(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear all,")
    dialog = AnswersDialog(None, context, [letter])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.rehearse()
    qtbot.waitUntil(lambda: dialog.summary.text() == "Nothing could be read")
    assert "letter.xlsx is not an Excel workbook." in seen(dialog)
    assert not dialog.take_button.isVisible()
