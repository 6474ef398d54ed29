"""Which step of the ladder is due next, since when, and which were taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oscb_desktop.queries.escalation import (
    DueEscalation,
    due_escalation,
    due_escalations,
    ladder,
    next_rung,
    steps_taken,
    usual_ladder,
)
from oscb_desktop.services.escalation import Escalate
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()


def due(store: Store, today: date = TODAY) -> list[DueEscalation]:
    return list(store.read(due_escalations, today))


def late(store: Store, days: int, reference: str = "A-2021-01", **values: object) -> int:
    whole = {"reference": reference, "due_on": TODAY - timedelta(days=days), **values}
    return make(store, "action", **whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-15, None),
        (-14, "reminder_before"),
        (-1, "reminder_before"),
        (0, "reminder_due"),
        (7, "reminder_late"),
        (13, "reminder_late"),
        (200, "reminder_late"),
    ],
)
def test_of_reminders_the_last_that_is_due_comes_first(days: int, step: str | None) -> None:
    found = next_rung(usual_ladder(), TODAY - timedelta(days=days), TODAY, ())
    assert (found[0].step if found else None) == step


@pytest.mark.usefixtures("later")
def test_the_steps_are_taken_upwards_each_once(store: Store) -> None:
    action = late(store, 60)
    taken = []
    day = TODAY
    while day < TODAY + timedelta(days=200):
        for row in due(store, day):
            taken.append((row.step, (day - TODAY).days))
            make(store, "escalation", action=action, step=row.step, raised_on=day)
        day += timedelta(days=1)
    assert taken == [
        ("reminder_late", 0),
        ("subgroup_chair", 7),
        ("agency_executive", 21),
        ("partners_executive", 35),
        ("scrutineer", 49),
    ]


def test_a_row_tells_what_is_to_be_said_and_since_when(store: Store) -> None:
    agency = make(store, "agency", name="Valley {Trust}")
    action = late(store, 20, lead_agency=agency, text="Write {reference} down.")
    store.write(Escalate(action, "reminder_late", TODAY - timedelta(days=12), "The owner"))
    (row,) = due(store)
    assert (row.step, row.to) == ("subgroup_chair", "The chair of the subgroup")
    assert row.since == TODAY - timedelta(days=5)
    assert row.message.startswith("Action A-2021-01 (Valley {Trust}) was due on 05 Mar 2022")
    assert "\nWrite {reference} down.\n" in row.message
    assert "reminder after the due date (13 Mar 2022)" in row.message


@pytest.mark.parametrize(
    "values",
    [
        {"scope": "national"},
        {"due_on": None},
        {"delivery": "complete", "completed_on": TODAY},
        {"delivery": "no_longer_required"},
    ],
)
def test_what_is_national_undated_or_ended_is_never_escalated(
    store: Store, values: dict[str, object]
) -> None:
    late(store, 60, "A-2021-01", **values)
    assert due(store) == []


def test_a_sheet_sent_since_is_the_reminder(store: Store) -> None:
    action = late(store, 8)
    assert [row.step for row in due(store)] == ["reminder_late"]
    make(store, "mailing", actions=(action,), sent_on=TODAY)
    assert due(store) == []
    assert [row.step for row in due(store, TODAY + timedelta(days=6))] == ["subgroup_chair"]


def test_the_ladder_of_the_file_goes_before_the_usual_one(store: Store) -> None:
    assert store.read(ladder) == usual_ladder()
    make(store, "ladder_step", step="scrutineer", days=30, to="Dr Scrutiny")
    make(store, "ladder_step", step="subgroup_chair", days=10)
    late(store, 12)
    (row,) = due(store)
    assert (row.step, row.to) == ("subgroup_chair", "Chair of the subgroup")
    assert [rung.days for rung in store.read(ladder)] == [10, 30]


def test_the_highest_step_and_the_latest_come_first(store: Store) -> None:
    late(store, 10, "A-1")
    late(store, 30, "A-2")
    high = late(store, 9, "A-3")
    make(store, "escalation", action=high, step="reminder_late", raised_on=date(2022, 3, 1))
    assert [row.reference for row in due(store, TODAY + timedelta(days=5))] == ["A-3", "A-2", "A-1"]


def test_a_step_in_the_bin_was_not_taken(store: Store) -> None:
    action = late(store, 10)
    make(store, "escalation", action=action, step="reminder_late")
    assert [row.step for row in store.read(steps_taken, action)] == ["reminder_late"]
    assert due(store) == []


def test_one_action_is_due_as_the_list_says(store: Store) -> None:
    late = make(store, "action", due_on=TODAY - timedelta(days=20))
    others = (
        make(store, "action", due_on=TODAY + timedelta(days=90)),
        make(store, "action", due_on=None, original_due_on=None),
        make(store, "action", due_on=TODAY - timedelta(days=20), scope="national"),
        make(store, "action", due_on=TODAY, delivery="complete", completed_on=TODAY),
    )
    make(store, "escalation", action=late, step="reminder_late", raised_on=TODAY)
    assert store.read(due_escalation, late, TODAY) is None
    later = TODAY + timedelta(days=7)
    assert (store.read(due_escalation, late, later),) == tuple(
        row for row in store.read(due_escalations, later) if row.action_id == late
    )
    assert [store.read(due_escalation, other, TODAY) for other in others] == [None] * 4
