"""What happened since a day: by the log where the record was there, by its dates otherwise."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from oscb_desktop.domain.statuses import AssuranceLevel
from oscb_desktop.queries.records import record
from oscb_desktop.queries.since import SinceRows, last_meeting, since, since_last_meeting
from oscb_desktop.services.actions import (
    CompleteAction,
    DropAction,
    MoveDueDate,
    ReopenAction,
    SignOffAction,
)
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Command, Store
from oscb_desktop.services.undo import Redo, Undo
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()
DAY = date(2022, 3, 20)
BEFORE = datetime(2022, 3, 10, 9, 0)  # noqa: DTZ001 - the wall clock of a laptop


@pytest.fixture
def early(store: Store) -> Store:
    """The same file as it is worked on ten days before that day."""
    assert store._engine is not None
    return Store(store._engine, store.key, store.path, "A. Tester", lambda: BEFORE)


def version(store: Store, kind: str, record_id: int) -> int:
    found = store.read(record, kind, record_id)
    assert found is not None
    return found.version


def rows(store: Store) -> SinceRows:
    return store.read(since, DAY, TODAY)


def told(store: Store) -> dict[str, list[tuple[str, str]]]:
    return {
        heading: [(line.reference, line.detail) for line in lines]
        for heading, lines in rows(store).groups()
        if lines
    }


def action(store: Store, reference: str = "A-2021-01", **values: object) -> int:
    whole = {"reference": reference, "due_on": date(2022, 6, 30), **values}
    return make(store, "action", **whole)  # type: ignore[arg-type]


def completed(action_id: int, version: int, on: date = date(2022, 3, 5)) -> Command:
    return CompleteAction(action_id, version, on, "", "", "The audit.", "audit")


def test_nothing_happened(early: Store, store: Store) -> None:
    action(early)
    assert told(store) == {}
    assert rows(store).words() == "nothing happened"


def test_what_was_completed_counts_by_when_it_was_said(early: Store, store: Store) -> None:
    at = action(early)
    store.write(completed(at, 1))
    assert told(store) == {"Actions completed": [("A-2021-01", "Completed on 05 Mar 2022")]}


def test_what_was_said_to_be_complete_before_does_not_count(early: Store, store: Store) -> None:
    early.write(completed(action(early), 1))
    assert told(store) == {}


def test_an_undone_step_does_not_count_and_one_done_again_does(early: Store, store: Store) -> None:
    store.write(completed(action(early), 1))
    store.write(Undo())
    assert told(store) == {}
    store.write(Redo())
    assert list(told(store)) == ["Actions completed"]


def test_undoing_and_doing_again_what_was_done_before_counts_for_nothing(
    early: Store, store: Store
) -> None:
    early.write(completed(action(early), 1))
    store.write(Undo())
    store.write(Redo())
    assert told(store) == {}


def test_a_moved_date_slips_from_where_it_stood_on_that_day(early: Store, store: Store) -> None:
    at = action(early)
    for to_on in (date(2022, 8, 1), date(2022, 9, 30)):
        store.write(MoveDueDate(at, version(store, "action", at), to_on, "Waiting."))
    assert told(store) == {
        "Actions that slipped": [("A-2021-01", "Moved from 30 Jun 2022 to 30 Sep 2022: Waiting.")]
    }


def test_a_date_that_came_back_or_forward_did_not_slip(early: Store, store: Store) -> None:
    at = action(early)
    store.write(MoveDueDate(at, 1, date(2022, 8, 1), "Waiting."))
    store.write(MoveDueDate(at, 2, date(2022, 6, 1), "It goes well."))
    assert told(store) == {}


@pytest.mark.parametrize(
    ("due_on", "slipped"),
    [
        (date(2022, 3, 19), False),
        (DAY, True),
        (date(2022, 3, 24), True),
        (TODAY, False),
    ],
)
def test_what_became_overdue_since_slipped(
    early: Store, store: Store, due_on: date, slipped: bool
) -> None:
    action(early, due_on=due_on)
    assert bool(rows(store).slipped) == slipped


def test_national_and_completed_actions_do_not_slip(early: Store, store: Store) -> None:
    action(early, due_on=date(2022, 3, 22), scope="national")
    early.write(completed(action(early, "A-2021-02", due_on=date(2022, 3, 22)), 1))
    assert told(store) == {}


def test_an_action_was_added_unless_it_was_long_done(store: Store) -> None:
    action(store, "A-2021-01")
    action(store, "A-2021-02", delivery="complete", completed_on=date(2020, 3, 5))
    assert told(store)["Actions added"] == [("A-2021-01", "No lead agency, due 30 Jun 2022")]
    assert "Actions completed" not in told(store)


def test_what_lies_in_the_bin_does_not_appear(early: Store, store: Store) -> None:
    at = action(early)
    store.write(completed(at, 1))
    store.write(WithdrawRecord("action", at, version(store, "action", at)))
    assert told(store) == {}


def test_sign_off_and_reopening(early: Store, store: Store) -> None:
    first, second, third = (action(early, f"A-2021-0{number}") for number in (1, 2, 3))
    for at in (first, second):
        early.write(completed(at, 1))
    early.write(DropAction(third, 1, "Not needed."))
    accepted = AssuranceLevel.EVIDENCE_ACCEPTED
    version_now = version(store, "action", first)
    store.write(SignOffAction(first, version_now, "The chair", date(2022, 3, 15), accepted))
    for at in (second, third):
        store.write(ReopenAction(at, version(store, "action", at), "It came back."))
    assert told(store) == {
        "Actions signed off": [("A-2021-01", "Evidence accepted, signed off on 15 Mar 2022")],
        "Actions reopened": [
            ("A-2021-02", "It was complete"),
            ("A-2021-03", "It was no longer required"),
        ],
    }


def test_reviews_started_decided_and_published(early: Store, store: Store) -> None:
    make(early, "review", reference="RR-2022-01", started_on=date(2022, 3, 21))
    old = make(early, "review", reference="RR-2021-01")
    make(early, "review", reference="LR-2021-01", kind="lcspr", published_on=date(2022, 3, 1))
    decided = {"decided_on": date(2022, 3, 18), "published_on": date(2022, 3, 23)}
    store.write(AmendRecord("review", old, 1, decided))
    assert told(store) == {
        "Reviews started": [("RR-2022-01", "Started on 21 Mar 2022")],
        "Rapid reviews decided": [("RR-2021-01", "Decided on 18 Mar 2022")],
        "Reviews published": [("RR-2021-01", "Published on 23 Mar 2022")],
    }
    words = "1 review started, 1 decided, 1 published"
    assert rows(store).words().endswith(words)


def test_the_last_meeting_is_that_of_the_subgroup_before_today(store: Store) -> None:
    assert store.read(since_last_meeting, TODAY) is None
    make(store, "meeting", reference="M-1", held_on=date(2022, 2, 1))
    make(store, "meeting", reference="M-2", held_on=DAY)
    make(store, "meeting", reference="M-3", held_on=date(2022, 3, 22), kind="review_panel")
    make(store, "meeting", reference="M-4", held_on=TODAY)
    assert store.read(last_meeting, TODAY) == ("M-2", DAY)
    found = store.read(since_last_meeting, TODAY)
    assert found is not None
    assert (found.since, found.meeting) == (DAY, "M-2")
