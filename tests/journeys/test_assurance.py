"""An action is signed off, looked at again, its impact told; only then is it embedded."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.actions import action_row
from oscb_desktop.queries.records import records
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from tests.factories import make
from tests.journeys.hands import Hands, seen, told_beneath
from tests.journeys.test_actions_to_sign_off import act
from tests.ui.conftest import Recorder


def on_page(window: MainWindow) -> str:
    return seen(window.stack.page())


def colour(store: Store, action: int) -> str:
    row = store.read(action_row, action, store.today())
    assert row is not None
    return row.colour


def test_an_action_from_its_sign_off_to_embedded(
    window: MainWindow, store: Store, hands: Hands, messages: Recorder
) -> None:
    action = make(store, "action", reference="A-2021-01", due_on=date(2022, 3, 1))
    window.open_record("action", action)
    act(hands, "Complete", Completed_on="1/3/22", What_shows_it="Audit", Kind_of_evidence="audit")
    act(hands, "Sign off", Signed_off_by="B. Chair")
    assert "First follow-up: due 25 Sep 2022" in on_page(window)
    assert "Second follow-up: due 25 Mar 2023" in on_page(window)

    act(hands, "Sign off", Assurance="embedded", Signed_off_by="B. Chair")
    assert told_beneath(window) == [
        "A-2021-01 cannot be signed off yet. Missing: a record of its impact that names this "
        "action; a follow-up check which found that it holds."
    ]
    messages.answers.append(True)
    hands.push("Cancel")
    messages.take()

    answers = {"Does it hold?": "holds", "By": "J. Auditor"}
    hands.push("Follow-up check")
    hands.fill({**answers, "What was seen": "Nine files of ten."})
    hands.press("Ctrl+S")
    assert "First follow-up: 25 Mar 2022, it holds (J. Auditor). Nine files" in on_page(window)

    act(
        hands,
        "Record impact",
        What_changed="Fathers are named in plans.",
        How_it_is_known="Forty files.",
        Seen_on="20/3/22",
    )
    assert "Fathers are named in plans. Known by: Forty files." in on_page(window)
    assert colour(store, action) == "green"
    act(hands, "Sign off", Assurance="embedded", Signed_off_by="B. Chair")
    assert told_beneath(window) == []
    assert colour(store, action) == "blue"
    assert len(store.read(records, "assurance_check")) == 2


def test_what_does_not_hold_is_reopened_at_once(
    window: MainWindow, store: Store, hands: Hands
) -> None:
    action = make(store, "action", reference="A-2021-01", due_on=date(2022, 3, 1))
    window.open_record("action", action)
    act(hands, "Complete", Completed_on="1/3/22", What_shows_it="Audit", Kind_of_evidence="audit")
    act(hands, "Sign off", Signed_off_by="B. Chair")
    hands.push("Follow-up check")
    hands.fill({"Does it hold?": "does not", "By": "J. Auditor", "What was seen": "Staff left."})
    hands.press("Ctrl+S")
    assert hands.at() == "Reason (required)"
    hands.type("It does not hold.")
    hands.press("Ctrl+S")
    (row,) = store.read(records, "action")
    assert row.values["delivery"] == "in_progress"
    (check,) = store.read(records, "assurance_check")
    assert check.values["result"] == "not"
