"""What is done to an action: each move, its note, its label, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oscb_desktop.domain.statuses import AssuranceLevel
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.queries.records import RecordRow, record, records
from oscb_desktop.services.actions import (
    CompleteAction,
    DropAction,
    GiveColour,
    MoveDueDate,
    ReopenAction,
    SignOffAction,
    StartAction,
)
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Command, Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)
ACCEPTED = AssuranceLevel.EVIDENCE_ACCEPTED


@pytest.fixture
def action(store: Store) -> int:
    return make(
        store,
        "action",
        reference="A-2021-04",
        agreed_on=date(2021, 12, 1),
        due_on=date(2022, 3, 13),
    )


def row(store: Store, action: int) -> RecordRow:
    found = store.read(record, "action", action)
    assert found is not None
    return found


def version(store: Store, action: int) -> int:
    return row(store, action).version


def notes(store: Store, action: int) -> list[str]:
    return [str(note.values["note"]) for note in store.read(records, "progress_note", owner=action)]


def complete(store: Store, action: int) -> None:
    shown = ("The audit was read.", "audit")
    store.write(
        CompleteAction(action, version(store, action), date(2022, 3, 1), "", "", *shown),
    )


def sign_off(store: Store, action: int, level: AssuranceLevel = ACCEPTED) -> None:
    store.write(SignOffAction(action, version(store, action), "The chair", TODAY, level))


def test_starting_moves_it_on_and_notes_why(store: Store, action: int) -> None:
    changes = store.write(StartAction(action, 1, "The lead is named."))
    assert changes.label == "Start action A-2021-04"
    assert changes.record_id == action
    assert row(store, action).values["delivery"] == "in_progress"
    note = store.read(records, "progress_note", owner=action)[0]
    assert note.values["noted_on"] == TODAY
    assert (note.values["note"], note.values["by"]) == ("The lead is named.", "A. Tester")


def test_starting_without_a_note_adds_none(store: Store, action: int) -> None:
    store.write(StartAction(action, 1))
    assert notes(store, action) == []


def test_completing_keeps_day_outcome_and_note(store: Store, action: int) -> None:
    done = date(2022, 3, 16)
    make(store, "evidence", action=action)
    changes = store.write(CompleteAction(action, 1, done, "Fathers are asked.", "Audit done."))
    assert changes.label == "Complete action A-2021-04"
    values = row(store, action).values
    assert (values["delivery"], values["completed_on"]) == ("complete", done)
    assert values["outcome"] == "Fathers are asked."
    assert notes(store, action) == ["Audit done."]


def test_completing_without_an_outcome_leaves_what_was_typed(store: Store) -> None:
    action = make(store, "action", outcome="Typed before.")
    make(store, "evidence", action=action)
    store.write(CompleteAction(action, 1, TODAY))
    assert row(store, action).values["outcome"] == "Typed before."


def test_completing_without_evidence_is_refused_and_says_what_is_missing(
    store: Store, action: int
) -> None:
    with pytest.raises(UserError) as refused:
        store.write(CompleteAction(action, 1, TODAY))
    assert refused.value.sentence == (
        "A-2021-04 cannot be completed yet. Missing: evidence that it was done. "
        "Say what shows it, or add the evidence first."
    )
    assert row(store, action).values["delivery"] == "not_started"


def test_what_shows_it_is_kept_in_the_same_step(store: Store, action: int) -> None:
    store.write(CompleteAction(action, 1, TODAY, "", "", "An audit of 20 cases", "audit"))
    (evidence,) = store.read(records, "evidence", owner=action)
    assert evidence.values["description"] == "An audit of 20 cases"
    assert evidence.values["received_on"] == TODAY
    store.write(Undo())
    assert store.read(records, "evidence", owner=action) == ()
    assert row(store, action).values["delivery"] == "not_started"


def test_what_shows_it_needs_its_kind(store: Store, action: int) -> None:
    with pytest.raises(InvalidRecord, match="what kind of evidence"):
        store.write(CompleteAction(action, 1, TODAY, "", "", "An audit"))


def test_a_colour_is_given_for_a_reason_and_taken_back(store: Store, action: int) -> None:
    changes = store.write(GiveColour(action, 1, "amber", "The lead\nis ill."))
    assert changes.label == "Give a colour to action A-2021-04"
    values = row(store, action).values
    assert (values["given_colour"], values["colour_reason"]) == ("amber", "The lead is ill.")
    store.write(GiveColour(action, 2, ""))
    values = row(store, action).values
    assert (values["given_colour"], values["colour_reason"]) == (None, None)
    with pytest.raises(UserError, match="has the colour of the key already"):
        store.write(GiveColour(action, 3, ""))


def test_a_colour_without_a_reason_is_refused(store: Store, action: int) -> None:
    with pytest.raises(InvalidRecord, match="Say why") as refused:
        store.write(GiveColour(action, 1, "green", " "))
    assert refused.value.faults[0].field == "reason"


def test_blue_by_hand_needs_what_blue_needs(store: Store, action: int) -> None:
    with pytest.raises(UserError) as refused:
        store.write(GiveColour(action, 1, "blue", "It feels done."))
    assert refused.value.sentence == (
        "A-2021-04 cannot be blue, also by hand. Missing: its completion (it is not started); "
        "evidence that it was done; an assurance of “Evidence accepted” or better; its sign-off."
    )
    complete(store, action)
    sign_off(store, action)
    store.write(GiveColour(action, version(store, action), "blue", "Seen at every visit."))
    assert row(store, action).values["given_colour"] == "blue"


def test_reopening_takes_back_a_blue_that_was_given_and_no_other_colour(
    store: Store, action: int
) -> None:
    complete(store, action)
    sign_off(store, action)
    store.write(GiveColour(action, version(store, action), "blue", "Seen at every visit."))
    store.write(ReopenAction(action, version(store, action), "It slipped back."))
    assert row(store, action).values["given_colour"] is None
    store.write(GiveColour(action, version(store, action), "red", "It matters."))
    store.write(DropAction(action, version(store, action), "No."))
    store.write(ReopenAction(action, version(store, action), "Yes."))
    assert row(store, action).values["given_colour"] == "red"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TOMORROW, "“Completed on” cannot lie on a day to come"),
        (date(2021, 11, 30), "“Completed on” cannot come before “Agreed on”"),
    ],
)
def test_completing_on_an_impossible_day_is_refused(
    store: Store, action: int, day: date, sentence: str
) -> None:
    make(store, "evidence", action=action)
    with pytest.raises(InvalidRecord, match=sentence) as refused:
        store.write(CompleteAction(action, 1, day))
    assert refused.value.faults[0].field == "completed_on"
    assert row(store, action).version == 1


def test_what_is_complete_cannot_be_completed_or_started_again(store: Store, action: int) -> None:
    complete(store, action)
    said = "A-2021-04 is complete since 01 Mar 2022, so it cannot be"
    with pytest.raises(UserError, match=f"{said} completed"):
        complete(store, action)
    with pytest.raises(UserError, match=f"{said} dropped"):
        store.write(DropAction(action, version(store, action), "A reason"))


def test_starting_does_not_reopen_by_the_back_door(store: Store, action: int) -> None:
    complete(store, action)
    with pytest.raises(UserError, match="cannot be started"):
        store.write(StartAction(action, version(store, action)))


def test_sign_off_says_everything_that_is_missing(store: Store, action: int) -> None:
    with pytest.raises(UserError) as refused:
        store.write(SignOffAction(action, 1, " ", TODAY, AssuranceLevel.EVIDENCE_RECEIVED))
    assert refused.value.sentence == (
        "A-2021-04 cannot be signed off yet. Missing: its completion (it is not started); "
        "evidence that it was done; an assurance of “Evidence accepted” or better; "
        "who signs it off."
    )


def test_sign_off_without_evidence_is_refused_also_when_it_was_withdrawn(
    store: Store, action: int
) -> None:
    complete(store, action)
    (evidence,) = store.read(records, "evidence", owner=action)
    store.write(WithdrawRecord("evidence", evidence.id, 1))
    with pytest.raises(UserError, match=r"Missing: evidence that it was done\.$"):
        sign_off(store, action)


def test_sign_off_with_evidence_keeps_who_when_and_how_sure(store: Store, action: int) -> None:
    complete(store, action)
    make(store, "evidence", action=action)
    changes = store.write(SignOffAction(action, 2, "The chair", TODAY, ACCEPTED))
    assert changes.label == "Sign off action A-2021-04"
    values = row(store, action).values
    assert (values["signed_off_by"], values["signed_off_on"]) == ("The chair", TODAY)
    assert values["assurance"] == "evidence_accepted"
    make(store, "impact", actions=(action,))
    sign_off(store, action, AssuranceLevel.IMPACT_SHOWN)
    assert row(store, action).values["assurance"] == "impact_shown"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (TOMORROW, "“Signed off on” cannot lie on a day to come"),
        (date(2022, 2, 1), "“Signed off on” cannot come before “Completed on”"),
    ],
)
def test_sign_off_on_an_impossible_day_is_refused(
    store: Store, action: int, day: date, sentence: str
) -> None:
    complete(store, action)
    make(store, "evidence", action=action)
    with pytest.raises(InvalidRecord, match=sentence):
        store.write(SignOffAction(action, 2, "The chair", day, ACCEPTED))


def test_reopening_clears_what_ended_it_and_keeps_it_in_a_note(store: Store, action: int) -> None:
    complete(store, action)
    make(store, "evidence", action=action)
    sign_off(store, action)
    changes = store.write(ReopenAction(action, version(store, action), "The audit slipped back."))
    assert changes.label == "Reopen action A-2021-04"
    values = row(store, action).values
    assert (values["delivery"], values["assurance"]) == ("in_progress", "evidence_received")
    ended = ("completed_on", "signed_off_by", "signed_off_on")
    assert [values[name] for name in ended] == [None, None, None]
    assert notes(store, action) == [
        "Reopened: The audit slipped back.\n"
        "Before, it was complete since 01 Mar 2022, signed off by The chair on 25 Mar 2022."
    ]


def test_reopening_without_evidence_leaves_no_assurance(store: Store, action: int) -> None:
    store.write(DropAction(action, 1, "Done elsewhere."))
    store.write(ReopenAction(action, version(store, action), "It was not."))
    assert row(store, action).values["assurance"] == "none"
    assert notes(store, action)[-1] == ("Reopened: It was not.\nBefore, it was no longer required.")


def test_only_what_ended_is_reopened(store: Store, action: int) -> None:
    with pytest.raises(UserError, match="is not started, so it cannot be reopened"):
        store.write(ReopenAction(action, 1, "A reason"))


def test_moving_the_due_date_keeps_the_original_and_every_move(store: Store, action: int) -> None:
    changes = store.write(MoveDueDate(action, 1, date(2022, 6, 30), "New lead."))
    assert changes.label == "Move the due date of action A-2021-04"
    store.write(MoveDueDate(action, version(store, action), date(2022, 9, 30), "Still waiting."))
    values = row(store, action).values
    assert values["original_due_on"] == date(2022, 3, 13)
    assert values["due_on"] == date(2022, 9, 30)
    moves = store.read(records, "due_revision", owner=action)
    assert [(move.values["from_on"], move.values["to_on"]) for move in moves] == [
        (date(2022, 3, 13), date(2022, 6, 30)),
        (date(2022, 6, 30), date(2022, 9, 30)),
    ]
    assert moves[0].values["revised_on"] == TODAY
    assert moves[0].values["reason"] == "New lead."


def test_the_first_due_date_is_the_original_one(store: Store) -> None:
    action = make(store, "action", due_on=None)
    store.write(MoveDueDate(action, 1, date(2022, 6, 30), "Agreed at the meeting."))
    assert row(store, action).values["original_due_on"] == date(2022, 6, 30)


def test_moving_to_the_same_day_is_refused(store: Store, action: int) -> None:
    with pytest.raises(InvalidRecord, match="due on 13 Mar 2022 already"):
        store.write(MoveDueDate(action, 1, date(2022, 3, 13), "A reason"))


def test_moving_the_date_of_what_ended_is_refused(store: Store, action: int) -> None:
    complete(store, action)
    with pytest.raises(UserError, match="Reopen it to move its date"):
        store.write(MoveDueDate(action, 2, date(2022, 6, 30), "A reason"))


def test_dropping_keeps_the_reason(store: Store, action: int) -> None:
    changes = store.write(DropAction(action, 1, "The service has closed."))
    assert changes.label == "Drop action A-2021-04"
    assert row(store, action).values["delivery"] == "no_longer_required"
    assert notes(store, action) == ["No longer required: The service has closed."]


@pytest.mark.parametrize("command", [ReopenAction, DropAction])
def test_a_reason_is_needed(store: Store, action: int, command: type) -> None:
    with pytest.raises(InvalidRecord, match="Say why"):
        store.write(command(action, 1, "  "))


def test_a_reason_is_needed_to_move_a_date(store: Store, action: int) -> None:
    with pytest.raises(InvalidRecord, match="Say why the due date is moved"):
        store.write(MoveDueDate(action, 1, TOMORROW, ""))


@pytest.mark.parametrize(
    "command",
    [
        StartAction(1, 9),
        CompleteAction(1, 9, TODAY),
        SignOffAction(1, 9, "The chair", TODAY, ACCEPTED),
        ReopenAction(1, 9, "A reason"),
        MoveDueDate(1, 9, TOMORROW, "A reason"),
        DropAction(1, 9, "A reason"),
        GiveColour(1, 9, "red", "A reason"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_another_version_than_was_read_is_refused(
    store: Store, action: int, command: Command
) -> None:
    assert action == 1
    with pytest.raises(ConflictError, match="changed meanwhile"):
        store.write(command)


def test_one_undo_takes_back_the_whole_step(store: Store, action: int) -> None:
    store.write(MoveDueDate(action, 1, date(2022, 6, 30), "New lead."))
    store.write(Undo())
    assert row(store, action).values["due_on"] == date(2022, 3, 13)
    assert store.read(records, "due_revision", owner=action) == ()
