"""Meetings in the window: who came by one key, items moved by keys, and what is due on Today."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.meetings import attendance
from oscb_desktop.queries.records import record, records
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.meeting_page import MeetingPage
from oscb_desktop.ui.pages.meeting_sections import (
    AgendaSection,
    ArisingSection,
    AttendanceSection,
    SubstituteForm,
)
from oscb_desktop.ui.pages.meetings_page import MeetingsPage
from oscb_desktop.ui.pages.review.meetings import MeetingsSection
from oscb_desktop.ui.pages.review.page import ReviewPage
from oscb_desktop.ui.pages.today.page import TodayPage
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.small_table import SmallTable
from tests.factories import make
from tests.ui.conftest import Recorder, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def meeting(store: Store) -> int:
    return make(store, "meeting", held_on=date(2022, 3, 1))


def opened(qtbot: QtBot, page: QWidget) -> QWidget:
    qtbot.addWidget(page)
    page.resize(1180, 700)
    with qtbot.waitActive(page):
        page.show()
    if isinstance(page, MeetingPage):
        page.build_all()
    return page


def meeting_page(qtbot: QtBot, context: Context, meeting: int) -> MeetingPage:
    page = opened(qtbot, MeetingPage(context, meeting))
    assert isinstance(page, MeetingPage)
    return page


def table_of(page: MeetingPage, name: str) -> KeyedTable:
    table = page.section(name).table  # type: ignore[attr-defined]
    assert isinstance(table, KeyedTable)
    return table


def text_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    cells = [table.as_text() for table in widget.findChildren(KeyedTable)]
    return "\n".join([*labels, *cells])


def statuses(store: Store, meeting: int) -> list[str]:
    here = store.read(attendance, meeting)
    assert here is not None
    return [one.status.value for one in here.people]


def people(store: Store, meeting: int, *names: str) -> None:
    for name in names:
        agency = make(store, "agency", name=f"Agency of {name}")
        person = make(store, "person", name=name, agency=agency)
        make(store, "attendance", meeting=meeting, person=person, status="invited")


def test_one_key_a_person_and_on_to_the_next(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    people(store, meeting, "Anna", "Ben", "Cora")
    page = meeting_page(qtbot, context, meeting)
    assert "Nobody is ticked as present yet, of 3 invited." in text_of(page)
    table_of(page, "Who was there").stand_on(0)
    for key in (Qt.Key.Key_P, Qt.Key.Key_A, Qt.Key.Key_N):
        press(table_of(page, "Who was there"), key)
    assert statuses(store, meeting) == ["present", "apologies", "absent"]
    assert table_of(page, "Who was there").hasFocus()
    press(table_of(page, "Who was there"), Qt.Key.Key_I)  # the last row keeps the keyboard
    assert statuses(store, meeting) == ["present", "apologies", "invited"]
    assert "Not quorate: nobody from" in text_of(page)


def test_other_keys_do_what_they_do_in_every_table(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    people(store, meeting, "Anna", "Ben")
    page = meeting_page(qtbot, context, meeting)
    table = table_of(page, "Who was there")
    table.stand_on(0)
    press(table, Qt.Key.Key_Down)
    assert table.currentRow() == 1
    press(table, Qt.Key.Key_Return)
    assert page.section("Who was there").form is not None


def test_somebody_came_instead(qtbot: QtBot, context: Context, store: Store, meeting: int) -> None:
    people(store, meeting, "Anna")
    other = make(store, "person", name="Dora")
    page = meeting_page(qtbot, context, meeting)
    table_of(page, "Who was there").stand_on(0)
    press(table_of(page, "Who was there"), Qt.Key.Key_S)
    form = page.section("Who was there").form
    assert isinstance(form, SubstituteForm)
    assert not form.save()  # nobody chosen yet
    form.fields.boxes["person"].put(other, {other: "Dora"})
    assert form.save()
    assert statuses(store, meeting) == ["apologies", "substitute"]
    assert "for Agency of Anna" in text_of(page)


def test_the_members_are_offered_while_some_are_not_in_the_list(
    qtbot: QtBot, context: Context, store: Store, meeting: int, messages: Recorder
) -> None:
    page = meeting_page(qtbot, context, meeting)
    section = page.section("Who was there")
    assert isinstance(section, AttendanceSection)
    section.invite()
    assert "Nobody was a member" in messages.take()
    make(store, "membership", person=make(store, "person", name="Anna"))
    section.invite()
    assert statuses(store, meeting) == ["invited"]
    buttons = {made.accessibleName(): made for made in section.findChildren(type(section._invite))}
    assert not buttons["Invite the members of that day"].isVisible()


def test_the_agenda_is_laid_out_and_moved_by_keys(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    page = meeting_page(qtbot, context, meeting)
    section = page.section("Agenda")
    assert isinstance(section, AgendaSection)
    section.lay_out()
    before = [row.id for row in store.read(records, "agenda_item", owner=meeting)]
    table = table_of(page, "Agenda")
    assert table.hasFocus()
    press(table, Qt.Key.Key_Down, CONTROL)
    after = [row.id for row in store.read(records, "agenda_item", owner=meeting)]
    assert after == [before[1], before[0], *before[2:]]
    table = table_of(page, "Agenda")
    assert table.current_id() == before[0]
    press(table, Qt.Key.Key_Up, CONTROL)
    assert [row.id for row in store.read(records, "agenda_item", owner=meeting)] == before


def test_items_are_typed_one_after_another(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    page = meeting_page(qtbot, context, meeting)
    section = page.section("Agenda")
    assert isinstance(section, AgendaSection)
    section.add()
    form = section.form
    assert form is not None
    assert "number" not in form.fields.boxes
    form.fields.boxes["heading"].put("First", {})
    assert form.save_and_next()
    form.fields.boxes["heading"].put("Second", {})
    assert form.save()
    rows = store.read(records, "agenda_item", owner=meeting)
    assert [row.words("number") for row in rows] == ["1", "2"]
    section.open_row(rows[0].id)
    assert section.form is not None
    section.form.fields.boxes["decision"].put("It is so.", {})
    assert section.form.save()
    assert "It is so." in text_of(page)


def test_an_action_is_done_with_one_key_and_again_not(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    made = make(store, "meeting_action", meeting=meeting, text="Write", due_on=date(2022, 3, 2))
    page = meeting_page(qtbot, context, meeting)
    assert isinstance(page.section("Actions arising"), ArisingSection)
    assert "02 Mar 2022, overdue" in text_of(page)
    table_of(page, "Actions arising").stand_on(made)
    press(table_of(page, "Actions arising"), Qt.Key.Key_D)
    row = store.read(record, "meeting_action", made)
    assert row is not None
    assert row.values["done_on"] == store.today()
    press(table_of(page, "Actions arising"), Qt.Key.Key_D)
    row = store.read(record, "meeting_action", made)
    assert row is not None
    assert row.values["done_on"] is None


def test_printing_goes_to_the_papers_with_the_meeting_chosen(
    qtbot: QtBot, context: Context, meeting: int
) -> None:
    page = meeting_page(qtbot, context, meeting)
    with qtbot.waitSignal(context.navigation.page_wanted) as asked:
        page.print("meeting_note")
    assert asked.args == ["print", {"paper": "meeting_note", "meeting": str(meeting)}]


def test_the_list_tells_those_to_come_from_those_held(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    coming = make(store, "meeting", held_on=date(2022, 4, 1))
    page = opened(qtbot, MeetingsPage(context))
    assert isinstance(page, MeetingsPage)
    assert [row.id for row in page.list.shown_rows()] == [coming, meeting]
    page.show_wanted({"view": "coming"})
    assert [row.id for row in page.list.shown_rows()] == [coming]
    with qtbot.waitSignal(context.navigation.record_wanted) as asked:
        page.list.table.choose(coming)
        press(page.list.table, Qt.Key.Key_Return)
    assert asked.args == ["meeting", coming]


def test_today_names_the_next_meeting_and_what_came_of_the_last(
    qtbot: QtBot, context: Context, store: Store, meeting: int
) -> None:
    page = opened(qtbot, TodayPage(context))
    assert isinstance(page, TodayPage)
    assert not page.meetings.next_line.isVisible()
    assert not page.meetings.isVisible()
    made = make(store, "meeting_action", meeting=meeting, text="Write", due_on=date(2022, 3, 2))
    coming = make(store, "meeting", held_on=date(2022, 3, 30), starts_at="10:00")
    page.refresh()
    assert page.meetings.next_line.text() == "Next meeting Wed 30 Mar 2022 10:00, subgroup"
    assert not page.nothing.isVisible()
    with qtbot.waitSignal(context.navigation.record_wanted) as asked:
        page.meetings.next_line.click()
    assert asked.args == ["meeting", coming]
    table = page.meetings.table
    assert isinstance(table, KeyedTable)
    table.stand_on(made)
    with qtbot.waitSignal(context.navigation.record_wanted) as asked:
        press(table, Qt.Key.Key_Return)
    assert asked.args == ["meeting", meeting]
    press(table, Qt.Key.Key_D)
    row = store.read(record, "meeting_action", made)
    assert row is not None
    assert row.values["done_on"] == store.today()
    assert page.meetings.table is None


def test_a_review_shows_its_meetings_and_begins_the_next(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    page = ReviewPage(context, review)
    qtbot.addWidget(page)
    page.build_all()
    section = page.section("Meetings")
    assert isinstance(section, MeetingsSection)
    assert "None yet." in text_of(section)
    make(store, "meeting", reviews=(review,))
    section.reload()
    assert section.findChildren(SmallTable)
    with qtbot.waitSignal(context.navigation.form_wanted) as asked:
        section.add()
    assert asked.args == ["meeting", {"reviews": (review,)}]
