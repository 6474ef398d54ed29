"""Asking agencies, what came back on a review's page, and who owes what across all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import records
from oscb_desktop.queries.requests import owed, requests_of
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.ask_dialog import AskDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.owed_page import OwedPage
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.review.requests import RequestsSection
from tests.conftest import NOW
from tests.factories import make
from tests.journeys.hands import seen
from tests.services.acts import change, row_of
from tests.ui.conftest import Recorder, press

TODAY = NOW.date()


@pytest.fixture
def review(store: Store) -> int:
    return make(store, "review", reference="RR-2022-01", known_as="Child M")


@pytest.fixture
def police(store: Store) -> int:
    agency = make(store, "agency", name="Valley Police", email="police@example.org")
    make(store, "membership", person=make(store, "person", name="P. Elm", agency=agency))
    return agency


def asked(store: Store, review: int, agency: int, **values: Value) -> int:
    given: dict[str, Value] = {
        "requested_on": date(2022, 3, 1),
        "due_on": date(2022, 3, 20),
        **values,
    }
    return make(store, "agency_request", review=review, agency=agency, **given)


@pytest.fixture
def dialog(qtbot: QtBot, context: Context, store: Store, review: int, police: int) -> AskDialog:
    make(store, "agency", name="Housing & Co", kind="housing")
    shown = AskDialog(None, context, review, "rapid_review")
    qtbot.addWidget(shown)
    shown.show()
    return shown


@pytest.fixture
def section(window: MainWindow, review: int) -> Callable[[], RequestsSection]:
    def open_it() -> RequestsSection:
        window.open_record("review", review)
        page = window.stack.page()
        assert isinstance(page, RecordPage)
        page.jump_to("Agency requests")
        (found,) = [one for one in page.sections if isinstance(one, RequestsSection)]
        found.take_focus()
        return found

    return open_it


@pytest.fixture
def page(window: MainWindow) -> OwedPage:
    window.go_to("owed")
    shown = window.stack.page()
    assert isinstance(shown, OwedPage)
    return shown


# Asking


def test_the_members_are_ticked_and_others_can_be(dialog: AskDialog, police: int) -> None:
    assert dialog.table is not None
    assert dialog.table.ticks() == {police}
    assert dialog.ask_button.text() == "Ask 1 agency…"
    assert "Valley Police | P. Elm | police@example.org" in seen(dialog)
    dialog.none_button.click()
    assert not dialog.ask_button.isEnabled()
    dialog.table.tick_all()
    assert "2 agencies ticked." in seen(dialog)
    dialog.none_button.click()
    dialog.members_button.click()
    assert dialog.table.ticks() == {police}


def test_another_purpose_brings_its_words_and_day(dialog: AskDialog) -> None:
    assert dialog.due.typed() == "01 Apr 2022"
    dialog.purpose.setCurrentIndex(dialog.purpose.findData("report"))
    assert dialog.asked.typed().startswith("Please write your agency's report")
    assert dialog.due.typed() == "26 Apr 2022"


def test_a_day_that_means_nothing_is_told_and_nobody_is_asked(
    qtbot: QtBot, dialog: AskDialog, store: Store, review: int, tmp_path: Path
) -> None:
    dialog.due.put_typed("soonish")
    dialog.ask(tmp_path)
    assert "soonish" in seen(dialog)
    dialog.due.put_typed("1/3/22")
    dialog.ask(tmp_path)
    qtbot.waitUntil(lambda: "01 Mar 2022 has passed." in seen(dialog))
    assert dialog.ask_button.isEnabled()
    assert store.read(requests_of, review, TODAY) == ()


def test_it_is_left_without_a_word_unless_something_was_typed(
    dialog: AskDialog, messages: Recorder
) -> None:
    dialog.asked.put_typed("Tell us about the garden.")
    messages.answers = [False, True]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
    assert messages.take() == messages.take() == "What you typed here is not saved. Drop it?"


def test_it_stays_while_it_writes(
    qtbot: QtBot, dialog: AskDialog, store: Store, review: int, tmp_path: Path
) -> None:
    dialog.ask(tmp_path)
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert [one.agency for one in dialog.made] == ["Valley Police"]


def test_one_that_was_asked_cannot_be_ticked_again(
    qtbot: QtBot, context: Context, store: Store, review: int, police: int
) -> None:
    asked(store, review, police)
    shown = AskDialog(None, context, review, "rapid_review")
    qtbot.addWidget(shown)
    shown.show()
    assert "asked 01 Mar 2022" in seen(shown)
    assert shown.table is not None
    shown.table.tick(police)
    assert shown.table.ticks() == frozenset()


def test_papers_that_cannot_be_written_leave_the_requests_made(
    qtbot: QtBot, dialog: AskDialog, store: Store, review: int, tmp_path: Path
) -> None:
    (tmp_path / "RR-2022-01 Valley Police Agency summary letter.pdf").write_text("mine")
    dialog.ask(tmp_path)
    qtbot.waitUntil(lambda: "The requests are made, but" in seen(dialog))
    assert len(store.read(requests_of, review, TODAY)) == 1


# What came back


def test_nobody_asked_says_what_to_do(section: Callable[[], RequestsSection]) -> None:
    assert "Nobody was asked yet." in seen(section())


def test_keys_note_what_came_back(
    section: Callable[[], RequestsSection], store: Store, review: int, police: int
) -> None:
    request = asked(store, review, police)
    shown = section()
    assert "Agency summary to come, late" in seen(shown)
    press(shown.table, Qt.Key.Key_N)
    row = row_of(store, "agency_request", request)
    assert (row.values["outcome"], row.values["received_on"]) == ("nil_return", TODAY)
    assert "nil return, 5 days late" in seen(shown)
    press(shown.table, Qt.Key.Key_F)
    assert row_of(store, "agency_request", request).values["outcome"] == "refused"


def test_an_answer_comes_back_goes_back_and_comes_again(
    section: Callable[[], RequestsSection], store: Store, review: int, police: int
) -> None:
    request = asked(store, review, police)
    shown = section()
    press(shown.table, Qt.Key.Key_R)
    assert shown.form is not None
    shown.form.fields.boxes["quality_note"].control.put_typed("No voice of the child.")
    shown.form.fields.boxes["due_on"].control.put_typed("8/4/22")
    assert shown.form.save()
    assert "returned to be completed, due in 14 days" in seen(shown)
    press(shown.table, Qt.Key.Key_C)
    assert shown.form is not None
    assert shown.form.fields.boxes["quality"].control.value() is None
    shown.form.fields.boxes["quality"].control.put_value("sufficient")
    assert shown.form.save()
    assert store.read(owed, TODAY) == ()
    assert row_of(store, "agency_request", request).values["quality"] == "sufficient"


def test_the_due_day_is_changed_and_the_request_withdrawn(
    section: Callable[[], RequestsSection],
    store: Store,
    review: int,
    police: int,
    messages: Recorder,
) -> None:
    asked(store, review, police)
    shown = section()
    press(shown.table, Qt.Key.Key_D)
    assert shown.form is not None
    shown.form.fields.boxes["due_on"].control.put_typed("30/3/22")
    assert shown.form.save()
    assert "due in 5 days" in seen(shown)
    press(shown.table, Qt.Key.Key_W)
    assert "withdrawn" in seen(shown)
    press(shown.table, Qt.Key.Key_N)
    assert messages.take().startswith("This request was withdrawn on 25 Mar 2022.")


def test_the_letter_is_written_again(
    qtbot: QtBot,
    section: Callable[[], RequestsSection],
    store: Store,
    review: int,
    police: int,
    tmp_path: Path,
    messages: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(tmp_path))
    asked(store, review, police)
    shown = section()
    press(shown.table, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: bool(shown.made))
    assert "Valley Police: a letter and a form. To: police@example.org" in seen(shown)
    assert len(store.read(records, "release")) == 1
    press(shown.table, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: bool(messages.told))
    assert "is there already and was left as it is" in messages.take()


# Who owes what


def test_nothing_owed_says_so(page: OwedPage) -> None:
    assert "Nothing is owed to us" in seen(page)
    assert not page.all_button.isEnabled()


def test_what_is_owed_stands_by_agency(page: OwedPage, store: Store, review: int) -> None:
    one = make(store, "agency", name="One")
    two = make(store, "agency", name="Two & Co")
    asked(store, review, one)
    asked(store, review, two, due_on=date(2022, 4, 20))
    asked(store, review, two, purpose="report", reminders=2, reminded_on=date(2022, 3, 10))
    page.refresh()
    assert (
        "One | RR-2022-01 Child M | Agency summary | 20 Mar 2022 | 5 days late | 01 Mar 2022"
        in seen(page)
    )
    assert "2x, last 10 Mar 2022" in seen(page)
    assert page.all_button.text() == "Remind all &late (2)"
    page.show_wanted({"late": "on"})
    assert len(page.list.shown_rows()) == 2
    page.show_wanted({"agency": "Two & Co", "purpose": "Agency summary"})
    assert [row.words for row in page.list.shown_rows()] == ["due in 26 days"]


def test_one_press_reminds_an_agency_of_all(
    page: OwedPage, store: Store, review: int, police: int
) -> None:
    asked(store, review, police)
    asked(store, review, police, purpose="report", due_on=date(2022, 4, 20))
    page.refresh()
    assert "Valley Police owes 2 answers, 1 late" in seen(page)
    page.panel.remind_button.click()
    assert "Valley Police: 2 answers. To: police@example.org" in seen(page)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Copy the e-mail to Valley Police"
    assert [row.reminders for row in store.read(owed, TODAY)] == [1, 1]


def test_all_that_are_late_are_reminded_but_those_that_are_no_more(
    page: OwedPage, store: Store, review: int, messages: Recorder
) -> None:
    one, gone, later = (make(store, "agency", name=name) for name in ("One", "Gone", "Later"))
    asked(store, review, one)
    asked(store, review, gone)
    asked(store, review, later, due_on=date(2022, 4, 20))
    change(store, "agency", gone, active_until=date(2022, 3, 10))
    page.refresh()
    assert "Gone (existed until 10 Mar 2022)" in seen(page)
    assert page.all_button.text() == "Remind all &late (1)"
    assert page.left_out.text() == (
        "Not reminded: Gone existed until 10 Mar 2022. Ask whoever took over, and withdraw the "
        "request on the review's page."
    )
    page.all_button.click()
    reminded = {row.agency: row.reminders for row in store.read(owed, TODAY)}
    assert reminded == {"One": 1, "Gone": 0, "Later": 0}
    page.list.table.choose(next(r.id for r in page.list.shown_rows() if r.agency == "Gone"))
    page.panel.remind_button.click()
    assert messages.take().startswith("Gone existed until 10 Mar 2022.")


def test_nobody_is_left_out_where_every_agency_lasts(
    page: OwedPage, store: Store, review: int
) -> None:
    asked(store, review, make(store, "agency", name="One"))
    page.refresh()
    assert page.left_out.isHidden()


def test_a_low_window_shows_when_it_is_due_and_how_it_stands(
    page: OwedPage, store: Store, review: int, window: MainWindow, qtbot: QtBot
) -> None:
    for name in ("Oakshire Community Health", "Valley Police"):
        asked(store, review, make(store, "agency", name=name), purpose="information")
    window.resize(910, 512)
    page.refresh()
    table = page.list.table
    stands = [column.name for column in table.rows.columns].index("stands")
    right = table.viewport().width
    qtbot.waitUntil(
        lambda: table.columnViewportPosition(stands) + table.columnWidth(stands) <= right()
    )
    line = table.rows.position_of(lambda row: row.agency == "Valley Police")
    assert line is not None
    shown = table.visualRect(table.rows.index(line, stands))
    assert table.fontMetrics().horizontalAdvance("5 days late") + 40 <= shown.width()
    assert page.panel.geometry().top() >= table.geometry().bottom()
    button = page.panel.remind_button
    qtbot.waitUntil(lambda: button.visibleRegion().boundingRect().height() > 20)


def test_a_low_dialog_shows_the_agencies_below_what_is_asked(
    context: Context, store: Store, qtbot: QtBot
) -> None:
    review = make(store, "review", kind="lcspr", terms="Who knew what?\n" * 9)
    for name in ("One", "Two", "Three"):
        make(store, "agency", name=name)
    dialog = AskDialog(None, context, review, "lcspr")
    qtbot.addWidget(dialog)
    dialog.resize(854, 477)
    dialog.show()
    assert dialog.table is not None
    seen_of_it = dialog.table.visibleRegion().boundingRect().height()
    assert seen_of_it >= 100
    dialog.resize(980, 680)
    qtbot.waitUntil(lambda: dialog.asked.box.height() > 120)
    dialog.close()


def test_today_leads_to_the_list(
    window: MainWindow, store: Store, review: int, police: int
) -> None:
    window.go_to("today")
    page = window.stack.page()
    assert "Owed to us" not in seen(page)
    asked(store, review, police, due_on=date(2022, 5, 20))
    window.go_to("owed")
    window.go_to("today")
    assert page is not None
    page.refresh()  # type: ignore[attr-defined]
    assert "1 owed, none late: see who owes what" in seen(page)
    assert "due in 56 days" not in seen(page)
    page.owed.all_button.click()  # type: ignore[attr-defined]
    assert isinstance(window.stack.page(), OwedPage)
