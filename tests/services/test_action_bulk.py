"""Many actions at once: said beforehand, one step, one undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.records import record, records
from oscb_desktop.queries.undo import to_undo
from oscb_desktop.services.action_bulk import (
    Bulk,
    GiveToMeeting,
    MoveDueDates,
    NoteActions,
    ReassignActions,
)
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Redo, Undo
from tests.factories import make
from tests.replay import as_held, hangs_together

FIRST, LATER = date(2022, 6, 30), date(2022, 9, 30)


@pytest.fixture
def five(store: Store) -> tuple[int, ...]:
    """Three that are open, one complete, one no longer required."""
    made = [make(store, "action", reference=f"A-2021-0{n}", due_on=FIRST) for n in (1, 2, 3)]
    done = make(
        store,
        "action",
        reference="A-2021-04",
        delivery="complete",
        completed_on=date(2022, 3, 1),
    )
    dropped = make(store, "action", reference="A-2021-05", delivery="no_longer_required")
    return (*made, done, dropped)


def values(store: Store, name: str) -> list[object]:
    return [row.values[name] for row in store.read(records, "action")]


def test_moving_says_beforehand_what_it_moves_and_what_stays(
    store: Store, five: tuple[int, ...]
) -> None:
    foreseen = store.read(MoveDueDates(five, LATER, "x").foresee)
    assert foreseen.touched == five[:3]
    assert foreseen.words == (
        "Moves 3. 2 stay: complete (A-2021-04); no longer required (A-2021-05)."
    )
    assert store.read(MoveDueDates(five[:3], None, "").foresee).words == "Moves 3."


def test_moving_is_one_step_and_each_keeps_its_own_move(
    store: Store, five: tuple[int, ...]
) -> None:
    changes = store.write(MoveDueDates(five, LATER, "The new lead starts in May."))
    assert changes.label == "Move the due date of 3 actions to 30 Sep 2022"
    assert values(store, "due_on")[:3] == [LATER] * 3
    assert values(store, "original_due_on")[:3] == [FIRST] * 3
    moves = store.read(records, "due_revision")
    assert [move.values["action"] for move in moves] == list(five[:3])
    assert {move.values["from_on"] for move in moves} == {FIRST}
    assert {move.values["reason"] for move in moves} == {"The new lead starts in May."}
    assert store.read(hangs_together)


@pytest.mark.parametrize(
    "make_step",
    [
        lambda ids, store: MoveDueDates(ids, LATER, "A reason"),
        lambda ids, store: NoteActions(ids, "Asked at the meeting."),
        lambda ids, store: ReassignActions(ids, make(store, "agency"), make(store, "person")),
        lambda ids, store: GiveToMeeting(ids, make(store, "meeting")),
    ],
)
def test_one_undo_takes_it_back_and_one_redo_does_it_again(
    store: Store, five: tuple[int, ...], make_step: Callable[[tuple[int, ...], Store], Bulk]
) -> None:
    step = make_step(five, store)
    before, last = store.read(as_held), store.read(to_undo)
    store.write(step)
    after = store.read(as_held)
    assert after != before
    store.write(Undo())
    taken_back = {
        key: state
        for key, state in store.read(as_held).items()
        if key in before or not state["withdrawn"]
    }
    assert taken_back == before
    assert store.read(to_undo) == last
    store.write(Redo())
    assert store.read(as_held) == after
    assert store.read(hangs_together)


def test_what_is_due_that_day_already_stays(store: Store, five: tuple[int, ...]) -> None:
    store.write(MoveDueDates(five[:1], LATER, "First."))
    foreseen = store.read(MoveDueDates(five[:3], LATER, "x").foresee)
    assert foreseen.words == "Moves 2. 1 stays: due on that day already (A-2021-01)."


def test_what_was_withdrawn_meanwhile_stays(store: Store, five: tuple[int, ...]) -> None:
    store.write(WithdrawRecord("action", five[0], 1))
    assert store.read(NoteActions(five[:2], "x").foresee).words == (
        "Adds the note to 1. 1 stays: in the bin (A-2021-01)."
    )


def test_nothing_to_do_is_refused_with_the_reason(store: Store, five: tuple[int, ...]) -> None:
    with pytest.raises(UserError, match=r"Nothing would change. Moves 0. 1 stays: complete"):
        store.write(MoveDueDates(five[3:4], LATER, "x"))


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (MoveDueDates((1,), None, "x"), "to_on"),
        (MoveDueDates((1,), LATER, "  "), "reason"),
        (NoteActions((1,), " "), "note"),
        (ReassignActions((1,)), "lead_agency"),
        (GiveToMeeting((1,), None), "meeting"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    store: Store, five: tuple[int, ...], step: Bulk, field: str
) -> None:
    assert five[0] == 1
    with pytest.raises(InvalidRecord) as refused:
        store.write(step)
    assert [fault.field for fault in refused.value.faults] == [field]


def test_reassigning_changes_only_what_is_given(store: Store, five: tuple[int, ...]) -> None:
    agency, person = make(store, "agency"), make(store, "person")
    store.write(AmendRecord("action", five[0], 1, {"owner": person}))
    changes = store.write(ReassignActions(five[:2], lead_agency=agency))
    assert changes.label.startswith("Reassign 2 actions to ")
    assert values(store, "owner")[:2] == [person, None]
    assert values(store, "lead_agency")[:3] == [agency, agency, None]
    stays = store.read(ReassignActions(five[:3], lead_agency=agency).foresee)
    assert stays.words == "Reassigns 1. 2 stay: theirs already (A-2021-01, A-2021-02)."


def test_a_meeting_is_given_one_item_that_names_them(store: Store, five: tuple[int, ...]) -> None:
    meeting = make(store, "meeting")
    changes = store.write(GiveToMeeting(five[:2], meeting))
    assert changes.record_id == meeting
    (item,) = store.read(records, "agenda_item", owner=meeting)
    assert item.values["heading"] == "2 actions to look at: A-2021-01, A-2021-02"
    assert str(item.values["said"]).splitlines()[1] == "A-2021-02 Write the guidance."


def test_many_are_named_only_in_part(store: Store) -> None:
    ids = tuple(make(store, "action", reference=f"A-2020-{n:02}") for n in range(1, 13))
    store.write(MoveDueDates(ids, LATER, "x"))
    words = store.read(MoveDueDates(ids, LATER, "x").foresee).words
    assert words.endswith("A-2020-08 and 4 more).")
    found = store.read(record, "action", ids[0])
    assert found is not None
    assert found.values["due_on"] == LATER
