"""What is withdrawn comes back with all it owns; history tells all; identities stay locked."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.queries.history import history
from oscb_desktop.queries.records import records
from oscb_desktop.services.files import check_store
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from tests.factories import make
from tests.journeys.hands import Hands, seen, told_beneath
from tests.ui.conftest import Recorder

SURNAME = "Quillfeather"


def whole_review(store: Store) -> int:
    """Make a review with one of everything that can belong to it."""
    review = make(store, "review", known_as="Child Cedar")
    finding = make(store, "finding", review=review)
    recommendation = make(store, "recommendation", review=review, findings=(finding,))
    make(store, "limb", recommendation=recommendation)
    action = make(store, "action", review=review, recommendation=recommendation)
    for kind in ("progress_note", "evidence", "due_revision"):
        make(store, kind, action=action)
    for kind in ("cost_line", "panel_response"):
        make(store, kind, review=review)
    return review


def everything(store: Store) -> dict[str, list[dict[str, str]]]:
    """Return every live record in words."""
    return {
        name: [
            {field: row.words(field) for field in kind.names} for row in store.read(records, name)
        ]
        for name, kind in RECORD_KINDS.items()
    }


def test_a_review_is_withdrawn_with_all_it_owns_and_brought_back(
    window: MainWindow, store: Store, hands: Hands, messages: Recorder
) -> None:
    review = whole_review(store)
    before = everything(store)
    hands.press("Ctrl+2", "Home", "Return")
    messages.answers.append(True)
    hands.push("Withdraw this review")
    question = messages.take()
    assert question.startswith("Withdraw review RR-2021-01 Child Cedar? 9 records that belong to ")
    left = {name for name, rows in everything(store).items() if rows}
    assert left == {"organisation"}
    assert "This review is in the bin." in seen(window.stack.page())
    hands.press("Ctrl+F")
    hands.type("cedar")
    assert "Nothing found" in seen(window.search.drop)

    hands.press("Alt+V", "B")
    assert "Review | RR-2021-01 Child Cedar | 9 records | " in seen(window.stack.page())
    hands.tab_to("Bin")
    hands.press("Home")
    hands.back_tab_to("Bring back")
    hands.press("Space")
    assert "The bin is empty" in seen(window.stack.page())
    assert everything(store) == before
    assert check_store(store) == ()
    window.open_record("review", review)
    assert window.stack.page() is not None


def test_history_says_who_changed_what_when_from_what_to_what(
    window: MainWindow, store: Store, hands: Hands
) -> None:
    review = make(store, "review", known_as="Child Cedar", started_on=date(2021, 5, 10))
    window.open_record("review", review)
    hands.push("Edit: The review")
    hands.fill({"Known as": "Child Cedar and brother", "Started on": "3/6/21"})
    hands.press("Ctrl+S")
    hands.tab_to("Sections of this page")
    hands.press("End")
    page = seen(window.stack.page())
    for words in (
        "25 Mar 2022 10:00, A. Tester, Changed",
        "Known as | Child Cedar | Child Cedar and brother",
        "Started on | 10 May 2021 | 03 Jun 2021",
        "25 Mar 2022 10:00, A. Tester, Added",
    ):
        assert words in page


def test_an_identity_opens_only_with_a_reason_and_is_never_found(
    window: MainWindow, store: Store, hands: Hands
) -> None:
    child = make(store, "child", known_as="Child Cedar")
    identity = make(store, "child_identity", child=child, last_name=SURNAME)
    window.open_record("child", child)
    assert SURNAME not in seen(window.stack.page())
    hands.push("Show identity…")
    assert hands.at() == "Why the identity is needed"
    hands.press("Return")
    (refused,) = told_beneath(window)
    assert "reason" in refused.lower()
    assert SURNAME not in seen(window.stack.page())
    hands.type("Police request 41")
    hands.press("Return")
    assert SURNAME in seen(window.stack.page())
    (look, *_) = store.read(history, "child_identity", identity)
    assert (look.act, look.by) == ("Looked at", "A. Tester")
    assert "Police request 41" in look.step

    hands.press("Ctrl+F")
    hands.type(SURNAME)
    assert "Nothing found" in seen(window.search.drop)
    hands.press("Escape", "Ctrl+1")
    window.open_record("child", child)
    assert SURNAME not in seen(window.stack.page())
