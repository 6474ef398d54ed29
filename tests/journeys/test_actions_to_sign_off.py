"""A finding leads to an action, evidence and sign-off; and all of it can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.services.files import check_store
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.actions_page import ActionsPage
from oscb_desktop.ui.widgets.undo_keys import UndoKeys
from tests.factories import make
from tests.journeys.hands import Hands, seen, told_beneath
from tests.ui.conftest import Recorder


@pytest.fixture(autouse=True)
def undo_keys(qapp: QApplication) -> Iterator[None]:
    """The filter of the application that lets Ctrl+Z through to the file."""
    keys = UndoKeys()
    qapp.installEventFilter(keys)
    yield
    qapp.removeEventFilter(keys)


def the_only(store: Store, kind: str) -> RecordRow:
    (row,) = store.read(records, kind)
    return row


def on_page(window: MainWindow) -> str:
    return seen(window.stack.page())


def write_finding_and_recommendation(hands: Hands) -> None:
    hands.push("Add finding")
    hands.fill({"Number": "1", "In a few words": "Fathers were not asked"})
    hands.press("Ctrl+S")
    hands.push("Add recommendation")
    hands.fill({"Number": "4", "Recommendation": "Fathers are part of every assessment."})
    hands.fill({"From the findings": "fathers"})
    hands.press("Ctrl+S")
    for mark, scope, text in (
        ("(i)", "nation", "The guidance says so."),
        ("(ii)", "local", "Each agency does so."),
    ):
        hands.push("Add limb: recommendation 4")
        hands.fill({"Mark": mark, "Addressed": scope, "Text": text})
        hands.press("Ctrl+S")


def add_action(hands: Hands) -> None:
    hands.push("Add action: recommendation 4")
    hands.fill({"Action": "Ask about fathers at every visit.", "Lead agency": "valley"})
    hands.fill({"Agreed on": "1/10/21", "Due": "1/3/22"})
    hands.press("Ctrl+S")


def act(hands: Hands, name: str, **answers: str) -> None:
    """Carry out one act on the action that is open."""
    hands.push(name)
    hands.fill({label.replace("_", " "): text for label, text in answers.items()})
    hands.press("Ctrl+S")


def tab_of_actions(window: MainWindow, name: str) -> list[str]:
    """Choose a saved filter of the list of actions and return what it shows."""
    page = window.stack.page()
    assert isinstance(page, ActionsPage)
    page.list.show_wanted({"view": name})
    return [row.reference for row in page.list.shown_rows()]


def tabs_with_the_action(window: MainWindow, hands: Hands) -> set[str]:
    hands.press("Ctrl+3")
    names = ("open", "overdue", "due_soon", "assurance", "national", "completed", "all")
    return {name for name in names if tab_of_actions(window, name)}


def open_the_action(hands: Hands) -> None:
    """Go to the first line of the list of actions and press Enter."""
    hands.press("Ctrl+3", "Home", "Return")


def test_an_action_from_its_finding_to_its_sign_off(
    window: MainWindow, store: Store, hands: Hands, messages: Recorder
) -> None:
    make(store, "agency", name="Valley Health Trust")
    review = make(store, "review", known_as="Child Birch")
    window.open_record("review", review)
    write_finding_and_recommendation(hands)
    assert [row.title for row in store.read(records, "limb")] == [
        "RR-2021-01/R4(i) The guidance says so.",
        "RR-2021-01/R4(ii) Each agency does so.",
    ]
    add_action(hands)
    action = the_only(store, "action")
    assert action.values["due_on"] == action.values["original_due_on"] == date(2022, 3, 1)
    assert tabs_with_the_action(window, hands) == {"open", "overdue", "all"}

    tab_of_actions(window, "all")
    open_the_action(hands)
    act(hands, "Move due date", Due="+10wd", Reason="The new lead starts in April.")
    action = the_only(store, "action")
    assert action.values["due_on"] == date(2022, 4, 8)
    assert action.values["original_due_on"] == date(2022, 3, 1)
    assert "08 Apr 2022, originally 01 Mar 2022" in on_page(window)
    assert "The new lead starts in April." in on_page(window)
    assert tabs_with_the_action(window, hands) == {"open", "due_soon", "all"}

    tab_of_actions(window, "all")
    open_the_action(hands)
    hands.tab_to("Add a note")
    hands.type("Discussed with both teams.")
    hands.press("Ctrl+Return")
    assert "Discussed with both teams." in on_page(window)

    act(hands, "Complete", Completed_on="24/3/22", What_changed="Fathers are named in plans.")
    assert told_beneath(window) == [
        "A-2021-01 cannot be completed yet. Missing: evidence that it was done. "
        "Say what shows it, or add the evidence first."
    ]
    messages.answers.append(True)
    hands.push("Cancel")
    assert messages.take() == "What you typed here is not saved. Drop it?"

    act(hands, "Add evidence", Kind="audit", What_it_is="Audit of 20 assessments")
    act(hands, "Complete", Completed_on="24/3/22", What_changed="Fathers are named in plans.")
    assert tabs_with_the_action(window, hands) == {"assurance", "completed", "all"}
    tab_of_actions(window, "all")
    open_the_action(hands)
    act(hands, "Sign off", Signed_off_by="B. Chair")
    assert told_beneath(window) == []
    action = the_only(store, "action")
    assert action.values["signed_off_by"] == "B. Chair"
    assert action.values["signed_off_on"] == store.today()
    assert action.values["assurance"] == "evidence_accepted"
    assert "signed off by B. Chair on 25 Mar 2022" in on_page(window)
    assert tabs_with_the_action(window, hands) == {"completed", "all"}


def life_of_an_action(window: MainWindow, store: Store, hands: Hands) -> None:
    """Move, note, complete, evidence and sign off an action that is in the file."""
    window.open_record("action", make(store, "action", reference="A-2021-01"))
    act(hands, "Move due date", Due="1/9/22", Reason="The new lead starts in April.")
    hands.tab_to("Add a note")
    hands.type("Discussed with both teams.")
    hands.press("Ctrl+Return")
    act(hands, "Add evidence", Kind="audit", What_it_is="Audit of 20 assessments")
    act(hands, "Complete", What_changed="Fathers are named in plans.")
    act(hands, "Sign off", Signed_off_by="B. Chair")


def stands(store: Store) -> tuple[object, ...]:
    """Return how the action stands: due, notes, delivery, evidence, sign-off."""
    values = the_only(store, "action").values
    notes, evidence = store.read(records, "progress_note"), store.read(records, "evidence")
    names = ("due_on", "delivery", "signed_off_by")
    return (*(values[name] for name in names), len(notes), len(evidence))


def test_undo_leads_back_step_by_step_also_after_opening_again(
    window: MainWindow, store: Store, hands: Hands, open_again: Callable[[], Context]
) -> None:
    life_of_an_action(window, store, hands)
    first, moved = date(2022, 6, 30), date(2022, 9, 1)
    way = [
        (moved, "complete", "B. Chair", 1, 1),
        (moved, "complete", None, 1, 1),
        (moved, "not_started", None, 1, 1),
        (moved, "not_started", None, 1, 0),
        (moved, "not_started", None, 0, 0),
        (first, "not_started", None, 0, 0),
    ]
    assert stands(store) == way[0]
    for expected in way[1:3]:
        hands.press("Ctrl+Z")
        assert stands(store) == expected

    again = open_again().operations.store
    for expected in way[3:]:
        hands.press("Ctrl+Z")
        assert stands(again) == expected
    assert again.read(records, "due_revision") == ()
    for expected in reversed(way[:-1]):
        hands.press("Ctrl+Y")
        assert stands(again) == expected
    assert check_store(again) == ()
