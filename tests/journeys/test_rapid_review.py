"""A rapid review from the first call to its end, with the keyboard alone.

The notification of Fri 27 May 2022 is counted over the two days off of the jubilee.
"""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.statutory_clock import words_left
from oscb_desktop.queries import records
from oscb_desktop.queries.plans import steps_due
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.reviews import reviews
from oscb_desktop.queries.standing import Standing, standing
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from tests.journeys.hands import Hands, seen, told_beneath


def the_only(store: Store, kind: str) -> RecordRow:
    (row,) = store.read(records.records, kind)
    return row


def on(window: MainWindow, day: date) -> None:
    """Let it be another day, as in a practice file."""
    row = window.context.operations.read(records.singleton, "organisation")
    assert row is not None
    command = AmendRecord("organisation", row.id, row.version, {"practice_today": day})
    window.context.operations.write(command)


def stands(store: Store, review: int) -> Standing:
    found = store.read(standing, review, store.today())
    assert found is not None
    return found


def stage(store: Store, review: int) -> tuple[str, date | None]:
    found = stands(store, review).stage
    return found.told, found.since


def lacks(store: Store, review: int) -> list[str]:
    return [one.sentence for one in stands(store, review).missing]


def record_the_first_call(hands: Hands) -> None:
    hands.press("Ctrl+N")
    hands.fill(
        {
            "Known as": "Family Birch",
            "Happened on": "18/5/22",
            "Nature": "serious",
            "Referred by": "health",
            "Local authority became aware on": "20/5/22",
        }
    )
    hands.press("Ctrl+S")


def add_two_siblings(hands: Hands) -> None:
    hands.push("Add child")
    hands.fill({"Known as": "Child Birch 1"})
    hands.tab_to("Family: add a new family")
    hands.then(lambda: add_the_family(hands), "Space")
    hands.fill({"Age at the incident": "7 months"})
    hands.press("Ctrl+S")
    hands.push("Add child")
    hands.fill({"Known as": "Child Birch 2", "Family": "birch", "Age at the incident": "6"})
    hands.press("Ctrl+S")


def add_the_family(hands: Hands) -> None:
    hands.fill({"Known as": "Family Birch"})
    hands.press("Ctrl+S")


def record_the_discussion(hands: Hands) -> None:
    hands.push("Add notification discussion")
    hands.fill(
        {
            "Held on": "26/5/22",
            "Who took part": "Social care, police, health",
            "Local authority's view": "notify",
            "Health's view": "notify",
            "Police's view": "undec",
            "Local authority's decision": "notify",
            "Decided on": "26/5/22",
            "Reason for the decision": "Abuse is suspected.",
        }
    )
    hands.press("Ctrl+S")


def test_a_rapid_review_from_the_first_call_to_its_end(
    window: MainWindow, store: Store, hands: Hands
) -> None:
    on(window, date(2022, 5, 26))
    record_the_first_call(hands)
    incident = the_only(store, "incident")
    page = seen(window.stack.page())
    assert "To be decided" in page
    assert "Due Fri 27 May 2022, 1 working day left" in page
    assert "The local authority's decision on notifying is not recorded." in page

    add_two_siblings(hands)
    children = tuple(row.id for row in store.read(records.records, "child"))
    record_the_discussion(hands)
    assert the_only(store, "notification_discussion").values["decision"] == "notify"
    assert "The notification has not been sent." in seen(window.stack.page())

    # Sent a day too early in the form: told beside the field, and nothing typed is lost.
    on(window, date(2022, 5, 27))
    hands.push("Send notification")
    hands.fill({"Notification sent on": "19/5/22", "Notifier": "A. Wren, head of service"})
    hands.press("Ctrl+S")
    assert any("after this day" in told for told in told_beneath(window))
    assert store.read(records.records, "review") == ()
    hands.back_tab_to("Notification sent on")
    hands.type_over("27/5/22")
    hands.fill(
        {
            "National notification reference": "CSI-77",
            "Safeguarding partners told on": "27/5/22",
        }
    )
    hands.press("Ctrl+S")

    review = the_only(store, "review")
    assert review.title == "RR-2022-01 Family Birch"
    assert review.values["children"] == children
    assert review.values["incident"] == incident.id
    sent = the_only(store, "incident")
    assert sent.values["notified_on"] == sent.values["partners_told_on"] == date(2022, 5, 27)
    assert sent.values["notification_reasons"] == ("harm_abuse",)
    page = seen(window.stack.page())
    assert "Setting up, since 27 May 2022" in page
    assert "Due Tue 21 Jun 2022, 15 working days left" in page
    assert "Due Fri 27 May 2022, met on 27 May 2022, the day it was due" in page

    # The plan has appeared, each day counted over the jubilee.
    steps = store.read(records.records, "plan_step", owner=review.id)
    assert [step.values["due_on"] for step in steps] == [
        date(2022, 5, 30),
        date(2022, 5, 30),
        date(2022, 5, 31),
        date(2022, 6, 8),
        date(2022, 6, 14),
        date(2022, 6, 15),
        date(2022, 6, 16),
        date(2022, 6, 20),
        date(2022, 6, 21),
    ]
    on(window, date(2022, 5, 30))
    assert len(store.read(steps_due, store.today(), store.today())) == 2
    hands.tab_to("Plan")
    hands.press("D", "Down", "D")
    done = [step.values["done_on"] for step in store.read(records.records, "plan_step")]
    assert done[:2] == [date(2022, 5, 30)] * 2
    assert not any(done[2:])
    assert store.read(steps_due, store.today(), store.today()) == ()

    # The decision, the way to the Panel, its letter.
    on(window, date(2022, 6, 16))
    hands.push("Edit: Decision")
    hands.fill({"Panel meeting held on": "15/6/22"})
    hands.press("Ctrl+S")
    assert stage(store, review.id) == ("Decision to be recorded", date(2022, 6, 15))
    assert "No reason is given for the decision." in lacks(store, review.id)
    hands.push("Edit: Decision")
    hands.fill(
        {
            "Criteria met": "No",
            "LCSPR recommended": "No",
            "What happens next": "learning of",
            "Decided on": "15/6/22",
            "Reason": "The learning is clear.",
            "May be of national importance": "No",
        }
    )
    hands.press("Ctrl+S")
    assert stage(store, review.id) == ("Sign-off by the partners", date(2022, 6, 15))
    on(window, date(2022, 6, 21))
    hands.push("Send to the Panel")
    hands.fill({"Sent to the Panel on": "21/6/22"})
    hands.press("Ctrl+S")
    assert stage(store, review.id) == ("Waiting for the Panel", date(2022, 6, 21))
    assert "met on 21 Jun 2022, the day it was due" in seen(window.stack.page())

    on(window, date(2022, 7, 13))
    assert lacks(store, review.id)[0] == "The Panel has not replied."
    unsigned = "Not signed off by the local authority, health and the police."
    assert unsigned in lacks(store, review.id)
    hands.push("Missing: The Panel has not replied.")
    hands.fill({"Received on": "12/7/22", "What the Panel says": "agrees that no"})
    hands.press("Ctrl+S")
    assert stage(store, review.id) == ("Panel has replied", date(2022, 7, 12))
    clocks = stands(store, review.id).clocks
    assert [(clock.due_on, words_left(clock)) for clock in clocks] == [
        (date(2022, 5, 27), "met on 27 May 2022, the day it was due"),
        (date(2022, 6, 21), "met on 21 Jun 2022, the day it was due"),
        (date(2022, 7, 12), "met on 12 Jul 2022, the day it was due"),
    ]

    # What is still missing leads to its own field.
    hands.push("Missing: The day on which the work ended is not recorded.")
    assert hands.at() == "Work ended on"
    hands.type_over("13/7/22")
    hands.press("Ctrl+S")
    assert stage(store, review.id) == ("Ended", date(2022, 7, 13))
    assert lacks(store, review.id) == []
    (row,) = store.read(reviews, store.today())
    assert (row.stage, row.stage_since, row.is_live) == ("Ended", date(2022, 7, 13), False)
