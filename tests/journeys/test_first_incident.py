"""From an empty file to a review that arose from another, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.statutory_clock import words_left
from oscb_desktop.domain.uncertain_dates import Precision, UncertainDate
from oscb_desktop.queries.figures import figures
from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.queries.standing import standing
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from tests.journeys.hands import Hands, seen


def the_only(store: Store, kind: str) -> RecordRow:
    (row,) = store.read(records, kind)
    return row


def record_the_incident(hands: Hands) -> None:
    hands.press("Ctrl+N")
    hands.fill(
        {
            "Known as": "Family Alder",
            "Happened on": "about jun 2021",
            "Nature": "serious",
            "Summary": "A baby was expected into a home where a brother was neglected.",
            "Referred by": "health",
            "Local authority became aware on": "4/6/21",
            "Notification sent on": "4/6/21",
        }
    )
    hands.press("Ctrl+S")


def record_the_discussion(hands: Hands) -> None:
    hands.push("Add notification discussion")
    hands.fill(
        {
            "Held on": "4/6/21",
            "Local authority's view": "notify",
            "Health's view": "notify",
            "Police's view": "undec",
            "Local authority's decision": "notify",
            "Decided on": "4/6/21",
        }
    )
    hands.press("Ctrl+S")


def record_the_children(hands: Hands) -> None:
    """Add both children on the incident's page, the family within the first one's form."""
    hands.push("Add child")
    hands.fill({"Known as": "Child Alder 1"})
    hands.tab_to("Family: add a new family")
    hands.then(lambda: record_the_family(hands), "Space")
    hands.fill({"Age at the incident": "unborn"})
    hands.press("Ctrl+S")
    hands.push("Add child")
    hands.fill(
        {
            "Known as": "Child Alder 2",
            "Family": "alder",
            "Age at the incident": "13y 7m",
            "Sex": "male",
            "Status at the incident": "protection plan",
        }
    )
    hands.press("Ctrl+S")


def record_the_family(hands: Hands) -> None:
    hands.fill({"Known as": "Family Alder"})
    hands.press("Ctrl+S")


def start_the_rapid_review(hands: Hands) -> None:
    hands.press("Alt+A", "R")
    hands.tab_to("Incident")
    hands.type("alder")
    hands.press("Return")
    hands.fill({"Kind of review": "rapid", "Started on": "4/6/21"})
    hands.press("Ctrl+S")


def send_it_to_the_panel(hands: Hands) -> None:
    hands.push("Edit: Decision")
    hands.fill(
        {
            "Panel meeting held on": "21/6/21",
            "Criteria met": "Yes",
            "LCSPR recommended": "Yes",
            "What happens next": "local child",
            "Decided on": "22/6/21",
            "Sent to the Panel on": "24/6/21",
        }
    )
    hands.press("Ctrl+S")


def file_the_letter(hands: Hands) -> None:
    hands.push("Add panel letter")
    hands.fill({"Received on": "12 jul 21", "What the Panel says": "agrees with"})
    hands.press("Ctrl+S")


def start_the_local_review(hands: Hands) -> None:
    hands.press("Alt+A", "R")
    hands.tab_to("Incident")
    hands.type("alder")
    hands.press("Return")
    hands.fill({"Kind of review": "local child", "Arose from": "RR-2021-01"})
    hands.fill({"Started on": "1/9/21"})
    hands.press("Ctrl+S")
    hands.push("Edit: Running the review")
    hands.fill({"Decision to start it made on": "1/9/21"})
    hands.press("Ctrl+S")


def test_a_case_from_the_first_call_to_the_local_review(
    window: MainWindow, store: Store, hands: Hands
) -> None:
    record_the_incident(hands)
    incident = the_only(store, "incident")
    assert incident.title == "IN-2021-01 Family Alder"
    happened = incident.values["happened_on"]
    assert isinstance(happened, UncertainDate)
    assert happened.words() == "about Jun 2021"
    assert happened.precision is Precision.ABOUT
    assert incident.values["aware_on"] == incident.values["notified_on"] == date(2021, 6, 4)
    assert "04 Jun 2021" in seen(window.stack.page())

    record_the_discussion(hands)
    discussion = the_only(store, "notification_discussion")
    assert discussion.values["held_on"] == discussion.values["decided_on"] == date(2021, 6, 4)
    assert discussion.values["decision"] == "notify"
    assert discussion.values["police_view"] == "undecided"

    record_the_children(hands)
    family = the_only(store, "family")
    children = store.read(records, "child")
    assert [child.values["age_at_incident"] for child in children] == [
        Age.parse("unborn"),
        Age.parse("13y 7m"),
    ]
    assert {child.values["family"] for child in children} == {family.id}
    assert {child.values["incident"] for child in children} == {incident.id}

    start_the_rapid_review(hands)
    rapid = the_only(store, "review")
    assert rapid.values["reference"] == "RR-2021-01"
    assert rapid.values["known_as"] == "Family Alder"
    assert rapid.values["children"] == tuple(child.id for child in children)
    assert rapid.values["rule_set"] == "wt2018"
    page = seen(window.stack.page())
    assert "Due Fri 25 Jun 2021, 191 working days late" in page
    assert "Due Fri 11 Jun 2021, met on 04 Jun 2021, 5 working days early" in page
    assert "Child Alder 2, boy, 13 years 7 months, child protection plan." in page
    hands.push("How worked out: Rapid review to the Panel")
    page = seen(window.stack.page())
    assert "Counted from 04 Jun 2021 (notification sent)." in page
    assert "Working Together 2018" in page
    assert "Fri 25 Jun 2021" in page

    send_it_to_the_panel(hands)
    page = seen(window.stack.page())
    assert "Due Fri 25 Jun 2021, met on 24 Jun 2021, 1 working day early" in page
    file_the_letter(hands)
    assert the_only(store, "panel_response").values["received_on"] == date(2021, 7, 12)
    clocks = store.read(standing, rapid.id, store.today())
    assert clocks is not None
    assert [(clock.label, clock.due_on, words_left(clock)) for clock in clocks.clocks] == [
        (
            "Notification to the Panel",
            date(2021, 6, 11),
            "met on 04 Jun 2021, 5 working days early",
        ),
        ("Rapid review to the Panel", date(2021, 6, 25), "met on 24 Jun 2021, 1 working day early"),
        ("Panel's reply expected", date(2021, 7, 15), "met on 12 Jul 2021, 3 working days early"),
    ]

    start_the_local_review(hands)
    local = next(row for row in store.read(records, "review") if row.id != rapid.id)
    assert local.values["reference"] == "LR-2021-01"
    assert local.values["arose_from"] == rapid.id
    assert "Due Tue 01 Mar 2022, 24 days late" in seen(window.stack.page())

    found = store.read(figures, ReportingYear.beginning(2021), store.today())
    year = {figure.name: figure.value for figure in found}
    assert year["rapid_reviews"] == 1
    assert year["rapid_reviews_recommending_cspr"] == 1
    assert year["rapid_review_children"] == 2
    assert year["rapid_review_families"] == 1
    bands = year["rapid_review_children_by_age_band"]
    assert isinstance(bands, Mapping)
    assert {band: count for band, count in bands.items() if count} == {"Unborn": 1, "11 to 15": 1}
    assert year["notification_discussions"] == 1
    assert year["notifications_sent"] == 1
    assert year["panel_agreed"] == 1
    assert year["reviews_by_kind"] == {"Local child safeguarding practice review": 1}
    assert year["review_children"] == 2
