"""The list of actions worked by keyboard: many moved in one step, views kept, groups folded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from oscb_desktop.queries.records import records
from oscb_desktop.queries.saved_views import saved_views
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.actions_page import ActionsPage
from oscb_desktop.ui.widgets.undo_keys import UndoKeys
from tests.factories import make
from tests.journeys.hands import Hands, seen
from tests.replay import hangs_together

FIRST, LATER = date(2022, 6, 30), date(2022, 9, 1)


@pytest.fixture(autouse=True)
def undo_keys(qapp: QApplication) -> Iterator[None]:
    """The filter of the application that lets Ctrl+Z through to the file."""
    keys = UndoKeys()
    qapp.installEventFilter(keys)
    yield
    qapp.removeEventFilter(keys)


@pytest.fixture
def actions_page(window: MainWindow, store: Store, hands: Hands) -> ActionsPage:
    """The list of six open actions of two agencies, the keyboard in it."""
    police = make(store, "agency", name="Valley Police")
    health = make(store, "agency", name="Valley Health Trust")
    review = make(store, "review", known_as="Child Birch")
    for number in range(1, 7):
        make(
            store,
            "action",
            reference=f"A-2021-0{number}",
            review=review,
            due_on=FIRST,
            lead_agency=police if number % 2 else health,
        )
    window.activateWindow()
    hands.wait_for(window.isActiveWindow)
    hands.press("Ctrl+3")
    page = window.stack.page()
    assert isinstance(page, ActionsPage)
    hands.press("Home")
    return page


def dues(store: Store) -> list[object]:
    return [row.values["due_on"] for row in store.read(records, "action")]


def begin(page: ActionsPage, hands: Hands, key: str) -> None:
    """Press the key of an act; Qt lets the button be seen to go down before it acts."""
    hands.press(key)
    hands.wait_for(lambda: page.many.is_busy)


def test_five_are_moved_for_one_reason_and_one_undo_brings_all_back(
    actions_page: ActionsPage, store: Store, hands: Hands
) -> None:
    hands.press(*["Shift+Down"] * 4)
    assert "5 actions selected" in seen(actions_page)
    begin(actions_page, hands, "Alt+M")
    assert "Moves 5." in seen(actions_page)
    hands.fill({"Due (required)": "1/9/22", "Reason (required)": "The new lead starts in May."})
    hands.press("Ctrl+S")
    assert dues(store) == [LATER] * 5 + [FIRST]
    reasons = {row.values["reason"] for row in store.read(records, "due_revision")}
    assert reasons == {"The new lead starts in May."}
    assert "Ctrl+Z takes all of it back" in seen(actions_page)
    assert len(actions_page.list.table.chosen_rows()) == 5
    hands.press("Ctrl+Z")
    assert dues(store) == [FIRST] * 6
    assert store.read(records, "due_revision") == ()
    assert store.read(hangs_together)


def test_a_form_for_many_is_left_with_escape_and_nothing_is_done(
    actions_page: ActionsPage, store: Store, hands: Hands
) -> None:
    hands.press("Ctrl+A")
    begin(actions_page, hands, "Alt+N")
    assert "Adds the note to 6." in seen(actions_page)
    hands.press("Esc")
    assert actions_page.list.table.hasFocus()
    assert store.read(records, "progress_note") == ()


def test_a_note_is_given_to_all(actions_page: ActionsPage, store: Store, hands: Hands) -> None:
    hands.press("Ctrl+A")
    begin(actions_page, hands, "Alt+N")
    hands.type("Asked at the meeting.")
    hands.press("Ctrl+S")
    notes = store.read(records, "progress_note")
    assert [note.values["note"] for note in notes] == ["Asked at the meeting."] * 6


def test_groups_fold_by_keys_and_leave_as_they_are_shown(
    actions_page: ActionsPage, hands: Hands
) -> None:
    actions_page.list.groups.choose("agency")
    table = actions_page.list.table
    hands.press("Home")
    heads = [table.rows.group_at(line) for line in range(table.rows.rowCount())]
    assert [(head.words, head.count) for head in heads if head] == [
        ("Valley Health Trust", 3),
        ("Valley Police", 3),
    ]
    hands.press("Left")
    assert table.rows.rowCount() == 5
    told = table.as_csv().splitlines()
    assert told[0].startswith("Lead agency,Reference")
    assert told[1].startswith("Valley Health Trust,3 folded")
    assert told[2].startswith("Valley Police,A-2021-01")
    hands.press("Right")
    assert table.rows.rowCount() == 8
    hands.press("Ctrl+Left")
    assert table.rows.rowCount() == 2
    assert actions_page.list.table.rows.count() == 6
    hands.press("Ctrl+Right", "Down")
    assert table.current_row() is not None


def test_a_view_is_kept_renamed_and_deleted_by_keys(
    actions_page: ActionsPage, store: Store, hands: Hands
) -> None:
    listed = actions_page.list
    listed.filters.set_wanted({"agency": ["Valley Police"]})
    listed.groups.choose("review")

    def name_it() -> None:
        hands.type_over("Police only")
        hands.press("Ctrl+S")

    hands.back_tab_to("Actions: saved filters")
    hands.then(name_it, "Ins")
    assert [row.name for row in store.read(saved_views, "actions")] == ["Police only"]
    listed.show_wanted({"view": "all"})
    assert len(listed.shown_rows()) == 6
    assert listed.groups.chosen == ""
    listed.views.choose_own("Police only")
    assert len(listed.shown_rows()) == 3
    assert listed.groups.chosen == "review"
    hands.back_tab_to("Actions: saved filters")
    hands.press("Delete")
    assert store.read(saved_views, "actions") == ()
    hands.press("Ctrl+Z")
    assert [row.name for row in store.read(saved_views, "actions")] == ["Police only"]
