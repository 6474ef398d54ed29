"""The window: places, the way back, search, undo, and what the strip and the banner say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from oscb_desktop import settings
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import record, singleton
from oscb_desktop.services.records import AddRecord, AmendRecord
from oscb_desktop.ui import menus
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.page_stack import Stop
from oscb_desktop.ui.pages.incident_page import IncidentPage
from oscb_desktop.ui.pages.print_page import PrintPage
from oscb_desktop.ui.pages.record_sections import FieldsSection
from oscb_desktop.ui.pages.reviews_page import ReviewsPage
from oscb_desktop.ui.pages.today.page import TodayPage
from oscb_desktop.ui.widgets.undo_keys import UndoKeys
from tests.factories import make
from tests.journeys.hands import seen
from tests.ui.conftest import Recorder

CTRL = Qt.KeyboardModifier.ControlModifier


def _titles(context: Context) -> int:
    return len(context.operations.read(_themes))


def _themes(session: object) -> tuple[object, ...]:
    from oscb_desktop.queries.records import records

    return records(session, "theme")  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(1, len(menus.PLACES) + 1))
def test_every_place_has_its_key(window: MainWindow, number: int) -> None:
    name, _ = menus.PLACES[number - 1]
    window.actions_by_name[f"place {name}"].trigger()
    assert window.stack.stop == Stop("place", name)
    assert window.sidebar.currentRow() == number - 1


def test_the_sidebar_leads_to_its_places(window: MainWindow) -> None:
    window.sidebar.setFocus()
    QTest.keyClick(window.sidebar, Qt.Key.Key_Down)
    assert window.stack.stop == Stop("place", "reviews")
    assert window.sidebar.hasFocus() or not window.isActiveWindow()


def test_an_empty_file_begins_with_a_workbook_where_there_is_one(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, title: str, *_: object) -> tuple[str, str]:
        asked.append(title)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    page = window.stack.page()
    assert isinstance(page, TodayPage)
    page.empty.other.click()
    assert asked == ["Import a workbook"]


def test_a_page_is_made_once_and_keeps_its_filters(window: MainWindow, context: Context) -> None:
    make(context.operations.store, "review")
    window.go_to("reviews")
    page = window.stack.page()
    assert isinstance(page, ReviewsPage)
    page.list.filters.field.setText("nowhere")
    window.go_to("actions")
    window.go_to("reviews")
    assert window.stack.page() is page
    assert page.list.filters.field.text() == "nowhere"


def test_a_hidden_page_reads_again_when_it_is_seen(window: MainWindow, context: Context) -> None:
    window.go_to("reviews")
    page = window.stack.page()
    assert isinstance(page, ReviewsPage)
    window.go_to("today")
    values: dict[str, Value] = {
        "kind": "rapid_review",
        "known_as": "Child M",
        "started_on": date(2022, 3, 1),
    }
    context.operations.write(AddRecord("review", values))
    assert page.list.shown_rows() == []
    window.go_to("reviews")
    assert [row.known_as for row in page.list.shown_rows()] == ["Child M"]
    context.operations.write(AddRecord("review", {**values, "known_as": "Child N"}))
    assert len(page.list.shown_rows()) == 2


def test_a_window_that_stands_open_over_midnight_counts_the_days_anew(
    window: MainWindow, context: Context
) -> None:
    incident = make(context.operations.store, "incident", aware_on=date(2022, 3, 24))
    window.open_record("incident", incident)
    page = window.stack.page()
    assert "4 working days left" in seen(page)
    window.look_at_the_day()
    context.operations.store.practice_today = date(2022, 3, 28)  # the night has passed
    window.look_at_the_day()
    assert "3 working days left" in seen(page)
    window.go_to("today")
    assert "Mon 28 Mar 2022" in seen(window.stack.page())


def test_back_leads_through_records_to_the_place(window: MainWindow, context: Context) -> None:
    review = make(context.operations.store, "review")
    window.go_to("reviews")
    assert not window.back_button.isVisible()
    context.navigation.open_record("review", review)
    context.navigation.add_record("action", {"review": review})
    assert window.stack.stop == Stop("form", "action", 0, (("review", review),))
    window.actions_by_name["back"].trigger()
    assert window.stack.stop == Stop("record", "review", review)
    context.navigation.back()
    assert window.stack.stop == Stop("place", "reviews")
    assert not window.stack.can_go_back
    context.navigation.back()
    assert window.stack.stop == Stop("place", "reviews")
    assert len([page for page in window.stack.pages() if page.isVisible()]) == 1


def test_a_form_that_was_left_empty_is_no_stop_on_the_way(window: MainWindow) -> None:
    window.go_to("today")
    window.add_record("theme")
    window.open_record("theme", make(window.context.operations.store, "theme"))
    window.stack.back()
    assert window.stack.stop == Stop("place", "today")


def test_search_opens_what_is_found(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    theme = make(context.operations.store, "theme", name="Safe sleeping")
    window.actions_by_name["search"].trigger()
    QTest.keyClicks(window.search, "sleep")
    assert window.search.drop.isVisible()
    assert window.search.list.item(0).text().startswith("Safe sleeping")
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.stack.stop == Stop("record", "theme", theme)
    assert not window.search.drop.isVisible()


def test_search_says_when_nothing_is_found(window: MainWindow) -> None:
    QTest.keyClicks(window.search, "zzz")
    assert window.search.list.count() == 1
    assert window.search.list.item(0).text().startswith("Nothing found")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.stack.stop == Stop("place", "today")
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert not window.search.drop.isVisible()


def test_undo_and_redo_name_what_they_do(window: MainWindow, context: Context) -> None:
    undo, redo = window.actions_by_name["undo"], window.actions_by_name["redo"]
    assert not redo.isEnabled()
    context.operations.write(AddRecord("theme", {"name": "Voice & place"}))
    assert "Voice && place" in undo.text()
    undo.trigger()
    assert _titles(context) == 0
    assert "Voice && place" in redo.text()
    redo.trigger()
    assert _titles(context) == 1


def test_an_undo_that_is_refused_says_why(
    window: MainWindow, context: Context, messages: Recorder
) -> None:
    window.actions_by_name["undo"].setEnabled(True)
    window.actions_by_name["redo"].setEnabled(True)
    window.actions_by_name["redo"].trigger()
    assert messages.take() == "There is nothing to do again."


def test_a_field_with_typing_keeps_its_undo(
    window: MainWindow, context: Context, qapp: QApplication
) -> None:
    keys = UndoKeys()
    qapp.installEventFilter(keys)
    try:
        context.operations.write(AddRecord("theme", {"name": "Voice"}))
        field = QLineEdit(window)
        field.show()
        window.activateWindow()
        field.setFocus()
        QTest.keyClicks(field, "typed")
        QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
        assert field.text() == ""
        assert _titles(context) == 1
        QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
        assert _titles(context) == 0
    finally:
        qapp.removeEventFilter(keys)


def test_the_strip_says_when_it_was_saved(window: MainWindow, context: Context) -> None:
    assert window.strip.file.text() == "test.oscb"
    assert window.strip.saved.text() == "All saved"
    context.operations.write(AddRecord("theme", {"name": "Voice"}))
    assert window.strip.saved.text() == "Saved 10:00"


def test_a_practice_file_says_so(window: MainWindow, context: Context) -> None:
    assert not window.banner.isVisible()
    row = context.operations.read(singleton, "organisation")
    assert row is not None
    day = {"practice_today": date(2022, 3, 31)}
    context.operations.write(AmendRecord("organisation", row.id, row.version, day))
    assert window.banner.isVisible()
    assert "today is 31 Mar 2022" in window.banner.text()


def test_the_window_comes_back_where_it_was(
    window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    window.resize(920, 590)
    window.close()
    assert settings.load(context.paths.settings).window
    again = MainWindow(context)
    qtbot.addWidget(again)
    assert again.height() == 590


def test_adding_begins_from_the_menu(window: MainWindow) -> None:
    for kind, *_ in menus.ADDED_BY_MENU:
        window.actions_by_name[f"add {kind}"].trigger()
        stop = window.stack.stop
        assert stop is not None
        assert (stop.sort, stop.name) == ("form", kind)


def test_no_key_is_given_twice() -> None:
    keys = [key for entry in menus.ENTRIES for key in entry.keys]
    assert len(keys) == len(set(keys))


def test_mnemonics_of_a_menu_are_its_own(window: MainWindow) -> None:
    for menu in (window.menuBar(), *window.findChildren(QMenu)):
        marks = [_mnemonic(action) for action in menu.actions()]
        found = [mark for mark in marks if mark]
        assert len(found) == len(set(found)), found


def _mnemonic(action: QAction) -> str:
    text = action.text().replace("&&", "")
    at = text.find("&")
    return text[at + 1].casefold() if at >= 0 else ""


def test_the_file_is_checked_off_the_window(
    window: MainWindow, messages: Recorder, qtbot: QtBot
) -> None:
    window.actions_by_name["check"].trigger()
    qtbot.waitUntil(lambda: bool(messages.told))
    assert messages.take().startswith("test.oscb is sound")


def test_the_printer_is_offered_the_review_on_screen(window: MainWindow, context: Context) -> None:
    make(context.operations.store, "review", known_as="Child A")
    review = make(context.operations.store, "review", known_as="Child B")
    window.open_record("review", review)
    window.actions_by_name["print"].trigger()
    page = window.stack.page()
    assert page is not None
    assert isinstance(page, PrintPage)
    assert page.choices.boxes["review"].currentData() == str(review)
    assert context.operations.read(record, "review", review) is not None


def form_in(window: MainWindow, incident: int) -> RecordForm:
    """Open a record in a window, and its form there."""
    window.open_record("incident", incident)
    page = window.stack.page()
    assert isinstance(page, IncidentPage)
    page.build_all()
    section = page.section("Dates that start the clocks")
    assert isinstance(section, FieldsSection)
    section.edit()
    assert section.form is not None
    return section.form


@pytest.mark.parametrize("told", [True, False], ids=["told of the change", "not told of it"])
def test_two_windows_that_change_the_same_record_lose_nothing(
    qtbot: QtBot, window: MainWindow, context: Context, *, told: bool
) -> None:
    operations = context.operations
    incident = make(operations.store, "incident")
    if not told:
        operations = Operations(operations.store, context.messages)
    second = MainWindow(replace(context, operations=operations, navigation=Navigation()))
    qtbot.addWidget(second)
    second.show()
    ours, theirs = form_in(window, incident), form_in(second, incident)
    ours.fields.boxes["aware_on"].control.put_typed("1/3/22")
    theirs.fields.boxes["aware_on"].control.put_typed("2/3/22")
    assert ours.save()
    assert not theirs.save()
    assert "was changed meanwhile. What you typed is still here" in theirs.banner.text
    assert theirs.isVisible()
    theirs.banner.choose("Show what it holds now")
    assert "Local authority became aware on: 01 Mar 2022" in theirs.banner.text
    assert theirs.fields.boxes["aware_on"].control.typed() == "2/3/22"
    assert theirs.save()
    held = operations.read(record, "incident", incident)
    assert held is not None
    assert held.values["aware_on"] == date(2022, 3, 2)
    second.close()
