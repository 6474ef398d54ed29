"""The list of actions: one or many chosen, its own views, and a length that people reach."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.queries.actions import actions
from oscb_desktop.queries.saved_views import ViewShape
from oscb_desktop.services.action_bulk import MoveDueDates, NoteActions
from oscb_desktop.services.records import AddRecord, WithdrawRecord
from oscb_desktop.services.saved_views import SaveView
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.bulk_acts import BULK_ACTS
from oscb_desktop.ui.pages.actions_page import ActionsPage
from tests.factories import make
from tests.generator import fill
from tests.ui.conftest import Recorder

LATER = date(2022, 9, 1)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ActionsPage:
    made = ActionsPage(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    return made


def three(store: Store) -> list[int]:
    return [make(store, "action", reference=f"A-2021-0{n}") for n in (1, 2, 3)]


def texts(page: ActionsPage) -> list[str]:
    bar = page.list.views.bar
    return [bar.tabText(at) for at in range(bar.count()) if bar.isTabVisible(at)]


def test_one_shows_its_story_and_several_what_can_be_done(store: Store, page: ActionsPage) -> None:
    three(store)
    page.show()
    page.list.table.selectRow(0)
    assert page.panel.isVisible()
    assert not page.many.isVisible()
    page.list.table.selectAll()
    assert page.many.isVisible()
    assert not page.panel.isVisible()
    page.list.table.selectRow(1)
    assert page.panel.isVisible()
    assert page.panel.row is not None
    assert page.panel.row.words("reference") == "A-2021-02"


def test_an_open_form_is_about_those_it_was_opened_for(store: Store, page: ActionsPage) -> None:
    three(store)
    make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    page.show()
    page.show_wanted({"view": "all"})
    page.list.table.selectAll()
    page.many.begin(BULK_ACTS[0])
    assert page.many.foreseen.text().startswith("Moves 3. 1 stays: complete (A-2022-01)")
    page.list.table.selectRow(0)
    form = page.many.form
    assert form is not None
    assert form.do_button.text() == "Move due dates: 3"
    form.boxes["to_on"].control.put_typed("1/9/22")
    form.boxes["reason"].control.put_typed("The lead is new.")
    assert page.unsaved()
    assert form.carry_out()
    due = [row.due_on for row in store.read(actions, store.today())]
    assert due.count(LATER) == 3
    assert page.panel.isVisible()


def test_a_form_that_is_half_typed_is_not_dropped_unasked(
    store: Store, page: ActionsPage, messages: Recorder
) -> None:
    three(store)
    page.show()
    page.list.table.selectAll()
    page.many.begin(BULK_ACTS[2])
    form = page.many.form
    assert form is not None
    form.boxes["note"].control.put_typed("Asked")
    messages.answers.append(False)
    form.cancel()
    assert page.many.form is form
    assert "Drop it?" in messages.take()


def test_a_step_reads_again_only_what_it_touched(
    store: Store, context: Context, page: ActionsPage
) -> None:
    ids = three(store)
    page.show()
    before = {row.id: row for row in page.list.shown_rows()}
    context.operations.write(NoteActions((ids[1],), "Asked."))
    after = {row.id: row for row in page.list.shown_rows()}
    assert after[ids[1]].note == "Asked."
    assert after[ids[0]] is before[ids[0]]
    context.operations.write(MoveDueDates((ids[0],), LATER, "Later."))
    assert [row.id for row in page.list.shown_rows()] == [ids[1], ids[2], ids[0]]
    context.operations.write(Undo())
    context.operations.write(WithdrawRecord("action", ids[2], 1))
    assert [row.id for row in page.list.shown_rows()] == ids[:2]
    context.operations.write(AddRecord("action", {"text": "New", "review": 1}))
    assert len(page.list.shown_rows()) == 3


def test_a_saved_view_sets_the_list_up_and_leaving_it_opens_it_again(
    store: Store, context: Context, page: ActionsPage
) -> None:
    agency = make(store, "agency", name="Valley & Hill Police")
    three(store)
    make(store, "action", lead_agency=agency)
    shape = ViewShape(
        "open", "", {"agency": ("Valley & Hill Police",)}, "due", backwards=True, group="agency"
    )
    context.operations.write(SaveView("actions", "Police & co", shape))
    page.show()
    assert texts(page)[-1] == "Police && co"
    page.list.views.choose_own("Police & co")
    assert len(page.list.shown_rows()) == 1
    assert page.list.set_up() == shape
    page.list.views.choose("open")
    assert len(page.list.shown_rows()) == 4
    assert page.list.set_up() == ViewShape("open")


def test_mine_is_offered_to_who_owns_something(store: Store, page: ActionsPage) -> None:
    page.show()
    assert not any(text.startswith("Mine") for text in texts(page))
    owner = make(store, "person", name="a. tester")
    make(store, "action", owner=owner)
    page.refresh()
    assert "Mine (1)" in texts(page)
    page.show_wanted({"view": "mine"})
    assert len(page.list.shown_rows()) == 1


def test_a_long_list_shows_what_is_open_first_and_the_rest_soon(
    qtbot: QtBot, store: Store, page: ActionsPage
) -> None:
    engine = make_engine(store.path, store.key)
    fill(engine, reviews=20, actions=4_200)
    close_file(engine)
    page.show()
    shown = page.list.table.rows.count()
    assert 0 < shown == len(page.list.table.rows.all_rows())
    assert texts(page)[-1] == "All"
    qtbot.waitUntil(lambda: len(page.list.table.rows.all_rows()) == 4_200)
    assert page.list.table.rows.count() == shown
    assert texts(page)[-1] == "All (4,200)"


def test_a_view_of_what_ended_is_read_at_once(store: Store, page: ActionsPage) -> None:
    engine = make_engine(store.path, store.key)
    fill(engine, reviews=20, actions=4_200)
    close_file(engine)
    page.show()
    page.show_wanted({"view": "all"})
    assert page.list.table.rows.count() == 4_200
    page.hide()
