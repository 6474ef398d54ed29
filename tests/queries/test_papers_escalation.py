"""The escalation report: what is due, what was done, by whom it is led."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.documents import EscalationReport, Table
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_escalation import NO_AGENCY, escalation_report
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())


def report(store: Store) -> EscalationReport:
    return store.read(escalation_report, MADE)


def tables(document: EscalationReport) -> dict[str, list[Table]]:
    return {agency.title: list(agency.tables) for agency in document.agencies}


@pytest.fixture
def late(store: Store) -> int:
    agency = make(store, "agency", name="The police force", short_name="Police")
    return make(
        store,
        "action",
        reference="A-1",
        text="Write it.",
        lead_agency=agency,
        due_on=date(2022, 3, 15),
    )


def test_a_file_without_late_actions_has_the_ladder_alone(store: Store) -> None:
    document = report(store)
    assert document.agencies == ()
    assert document.totals.startswith("0 actions due to be escalated; 0 steps taken")
    assert document.ladder is not None
    assert document.ladder.rows[0][:2] == ("Reminder before the due date", "14 days before")


def test_what_is_due_stands_under_its_agency(store: Store, late: int) -> None:
    make(store, "action", reference="A-2", due_on=date(2022, 1, 1))
    found = tables(report(store))
    assert list(found) == ["Police", NO_AGENCY]
    (due,) = found["Police"]
    assert due.caption == "Due to be escalated"
    (line,) = due.rows
    assert line[0] == "A-1"
    assert line[1].startswith("Write it. (")
    assert line[3:] == (
        "15 Mar 2022, 10 days late",
        "Reminder after the due date: The owner of the action and their manager",
        "22 Mar 2022",
    )


def test_steps_taken_stand_with_their_words_and_answers(store: Store, late: int) -> None:
    step: dict[str, Value] = {"action": late, "message": "Please <b>answer</b>."}
    make(store, "escalation", step="subgroup_chair", raised_on=date(2022, 3, 24), **step)
    answer: dict[str, Value] = {"replied_on": date(2022, 3, 23), "reply": "Soon."}
    make(store, "escalation", step="reminder_late", raised_on=date(2022, 3, 22), **step, **answer)
    document = report(store)
    (taken,) = tables(document)["Police"]
    assert taken.caption == "Steps taken"
    assert [(line[1], line[4]) for line in taken.rows] == [
        ("22 Mar 2022", "23 Mar 2022: Soon."),
        ("24 Mar 2022", "None yet"),
    ]
    assert {line[3] for line in taken.rows} == {"Please <b>answer</b>."}
    assert document.totals.endswith("2 steps taken, of which 1 waits for an answer.")


def test_steps_of_an_action_that_was_done_are_left_out(store: Store) -> None:
    done = make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    make(store, "escalation", action=done, raised_on=date(2022, 2, 1))
    assert report(store).agencies == ()
