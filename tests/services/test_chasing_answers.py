from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, UserError
from oscb_desktop.queries.chasing import mailings
from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.services.actions import MoveDueDate, StartAction
from oscb_desktop.services.chasing import make_sheets
from oscb_desktop.services.chasing_answers import AnswersRehearsed, rehearse_answers
from oscb_desktop.services.files import create_store
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import PASSPHRASE, now
from tests.exchange.answer_books import Edits, fill_in
from tests.factories import make
from tests.services.acts import change, row_of, withdraw

FIRST, SECOND = "A-2021-01", "A-2021-02"


@dataclass(frozen=True)
class Sent:
    """A sheet of two actions that went to an agency."""

    agency: int
    first: int
    second: int
    path: Path


@pytest.fixture
def sent(store: Store, tmp_path: Path) -> Sent:
    agency = make(store, "agency", name="Valley Police")
    review = make(store, "review")
    due = date(2022, 4, 1)
    first, second = (
        make(store, "action", review=review, reference=ref, lead_agency=agency, due_on=due)
        for ref in (FIRST, SECOND)
    )
    return Sent(agency, first, second, make_sheets(store, tmp_path, (agency,))[0].path)


def said(found: AnswersRehearsed) -> list[tuple[str, str, str, str]]:
    return [(each.action, each.what, each.now, each.says) for each in found.changes]


def told(found: AnswersRehearsed) -> list[str]:
    return [fault.words() for fault in found.faults]


def rehearse(store: Store, *paths: Path) -> AnswersRehearsed:
    return rehearse_answers(store, paths)


def take_all(store: Store, found: AnswersRehearsed) -> None:
    store.write(found.applying(found.changes))


def owned(store: Store, kind: str, action: int) -> tuple[RecordRow, ...]:
    return store.read(records, kind, owner=action)


def held(store: Store, action: int) -> dict[str, Value]:
    return dict(row_of(store, "action", action).values)


def edited(path: Path, **cells: Any) -> Path:
    """Put values into cells of the sheet by their place."""
    book = load_workbook(path)
    for place, value in cells.items():
        book["Actions"][place] = value
    book.save(path)
    return path


WHOLE: Edits = {
    FIRST: {
        "Status now": "In progress",
        "Progress since": "=Drafted.\nŁódź 学校",
        "New date": "30/6/22",
        "Reason for the new date": "The lead left.",
    },
    SECOND: {
        "Status now": "complete",
        "Completed on": date(2022, 3, 20),
        "What changed": "Fathers are asked.",
        "Evidence described": "Audit of 40 files\nNew form",
        "Evidence kind": "Audit",
    },
}


def test_every_proposal_stands_beside_what_the_file_holds(store: Store, sent: Sent) -> None:
    found = rehearse(store, fill_in(sent.path, WHOLE))
    assert said(found) == [
        (FIRST, "Progress note", "", "=Drafted.\nŁódź 学校"),
        (FIRST, "New due date", "01 Apr 2022", "30 Jun 2022: The lead left."),
        (FIRST, "In progress", "Not started", "In progress"),
        (SECOND, "Evidence", "", "Audit: Audit of 40 files"),
        (SECOND, "Evidence", "", "Audit: New form"),
        (SECOND, "What changed", "", "Fathers are asked."),
        (SECOND, "Complete", "Not started", "Complete on 20 Mar 2022"),
    ]
    assert (found.faults, found.remarks) == ((), ())
    assert found.without_conflicts() == found.changes
    assert {(each.row, each.column) for each in found.changes if each.action == FIRST} == {
        (2, "I"),
        (2, "J"),
        (2, "H"),
    }
    assert owned(store, "progress_note", sent.first) == ()


def test_all_of_it_is_taken_in_one_step_and_one_undo_takes_it_back(
    store: Store, sent: Sent
) -> None:
    before = held(store, sent.first), held(store, sent.second)
    found = rehearse(store, fill_in(sent.path, WHOLE))
    changes = store.write(found.applying(found.changes))
    assert changes.label == "Read back S-2022-01 from Valley Police"
    first, second = held(store, sent.first), held(store, sent.second)
    assert (first["delivery"], first["due_on"]) == ("in_progress", date(2022, 6, 30))
    assert first["original_due_on"] == date(2022, 4, 1)
    assert (second["delivery"], second["completed_on"]) == ("complete", date(2022, 3, 20))
    assert second["outcome"] == "Fathers are asked."
    (note,) = owned(store, "progress_note", sent.first)
    assert note.values["note"] == "=Drafted.\nŁódź 学校"
    assert note.values["by"] == "Valley Police, sheet S-2022-01"
    (move,) = owned(store, "due_revision", sent.first)
    assert move.values["reason"] == "The lead left."
    shown = {(row.words("kind"), row.title) for row in owned(store, "evidence", sent.second)}
    assert shown == {("Audit", "Audit of 40 files"), ("Audit", "New form")}
    (mailing,) = store.read(mailings)
    assert mailing.returned_on == date(2022, 3, 25)
    assert mailing.answer_digest == found.returned[0].digest

    store.write(Undo())
    assert (held(store, sent.first), held(store, sent.second)) == before
    assert store.read(mailings)[0].returned_on is None
    assert owned(store, "evidence", sent.second) == ()


def test_only_what_was_ticked_is_taken_and_the_rest_is_offered_again(
    store: Store, sent: Sent
) -> None:
    found = rehearse(store, fill_in(sent.path, WHOLE))
    store.write(found.applying(found.changes[1:2]))
    assert held(store, sent.first)["delivery"] == "not_started"
    again = rehearse(store, sent.path)
    assert len(again.changes) == 6
    assert again.remarks == (
        "S-2022-01 Valley Police.xlsx was read on 25 Mar 2022 already. Only what was not taken "
        "then is offered.",
    )


def test_the_same_answer_brings_nothing_twice(store: Store, sent: Sent) -> None:
    take_all(store, rehearse(store, fill_in(sent.path, WHOLE)))
    assert rehearse(store, sent.path).changes == ()


def test_another_answer_to_the_same_sheet_brings_only_what_is_new(store: Store, sent: Sent) -> None:
    take_all(store, rehearse(store, fill_in(sent.path, WHOLE)))
    later = fill_in(sent.path, {FIRST: {"Progress since": "Agreed by the board."}})
    found = rehearse(store, later)
    assert said(found) == [
        (FIRST, "Progress note", "25 Mar 2022: =Drafted.\nŁódź 学校", "Agreed by the board.")
    ]
    assert found.remarks[0].startswith("S-2022-01 came back before, on 25 Mar 2022; ")


def test_the_same_file_given_twice_is_read_once(store: Store, sent: Sent, tmp_path: Path) -> None:
    fill_in(sent.path, WHOLE)
    copy = shutil.copy(sent.path, tmp_path / "copy.xlsx")
    found = rehearse(store, sent.path, Path(copy))
    assert len(found.changes) == 7
    assert found.remarks == ("copy.xlsx is there twice; it is read once.",)


def test_two_answers_that_say_otherwise_are_not_both_taken(
    store: Store, sent: Sent, tmp_path: Path
) -> None:
    other = tmp_path / "other.xlsx"
    shutil.copy(sent.path, other)
    fill_in(sent.path, {FIRST: {"New date": "30/6/22", "Reason for the new date": "Leave."}})
    fill_in(other, {FIRST: {"New date": "30/7/22", "Reason for the new date": "Leave."}})
    found = rehearse(store, sent.path, other)
    assert len(found.changes) == 1
    assert told(found) == [
        "other.xlsx, Sheet “Actions”, row 2, column J: A-2021-01: S-2022-01 Valley Police.xlsx "
        "says otherwise (30 Jun 2022: Leave.). Read one of the two."
    ]


def test_an_empty_answer_is_recorded_as_returned(store: Store, sent: Sent) -> None:
    found = rehearse(store, sent.path)
    assert (found.changes, found.faults) == ((), ())
    store.write(found.applying(()))
    assert store.read(mailings)[0].returned_on == date(2022, 3, 25)


# What moved since


def test_a_conflict_shows_three_values_and_is_left_out_of_all(store: Store, sent: Sent) -> None:
    version = row_of(store, "action", sent.first).version
    store.write(MoveDueDate(sent.first, version, date(2022, 5, 1), "Agreed by telephone."))
    found = rehearse(store, fill_in(sent.path, WHOLE))
    (conflict,) = [each for each in found.changes if each.conflict]
    assert (conflict.made, conflict.now, conflict.says) == (
        "01 Apr 2022",
        "01 May 2022",
        "30 Jun 2022: The lead left.",
    )
    assert conflict.told == "The file was changed since the sheet was made."
    assert conflict not in found.without_conflicts()
    store.write(found.applying(found.without_conflicts()))
    assert held(store, sent.first)["due_on"] == date(2022, 5, 1)
    again = rehearse(store, sent.path)
    store.write(again.applying(again.changes))
    assert held(store, sent.first)["due_on"] == date(2022, 6, 30)


def test_what_was_changed_in_other_ways_is_no_conflict(store: Store, sent: Sent) -> None:
    change(store, "action", sent.first, success_measure="Fewer late referrals.")
    found = rehearse(store, fill_in(sent.path, {FIRST: {"Status now": "In progress"}}))
    assert [(each.conflict, each.told) for each in found.changes] == [
        (False, "The action was changed in other ways since the sheet was made.")
    ]


def test_what_the_file_holds_already_is_not_proposed(store: Store, sent: Sent) -> None:
    store.write(StartAction(sent.first, row_of(store, "action", sent.first).version))
    found = rehearse(store, fill_in(sent.path, {FIRST: {"Status now": "In progress"}}))
    assert found.changes == ()


def test_a_word_that_was_on_the_sheet_already_takes_nothing_back(store: Store, sent: Sent) -> None:
    store.write(StartAction(sent.first, row_of(store, "action", sent.first).version))
    found = rehearse(store, fill_in(sent.path, {FIRST: {"Status now": "Not started"}}))
    assert (found.changes, found.faults) == ((), ())


def test_an_action_that_moved_between_rehearsal_and_taking_stops_it_all(
    store: Store, sent: Sent
) -> None:
    found = rehearse(store, fill_in(sent.path, WHOLE))
    change(store, "action", sent.second, success_measure="Fewer late referrals.")
    with pytest.raises(ConflictError, match="A-2021-02 was changed meanwhile"):
        take_all(store, found)
    assert owned(store, "progress_note", sent.first) == ()


def test_an_action_of_another_agency_by_now_is_a_conflict(store: Store, sent: Sent) -> None:
    change(store, "action", sent.first, lead_agency=make(store, "agency", name="Housing"))
    found = rehearse(store, fill_in(sent.path, {FIRST: {"Progress since": "Drafted."}}))
    assert [(each.conflict, each.told) for each in found.changes] == [
        (True, "Housing leads this action now.")
    ]


def test_an_action_in_the_bin_is_named(store: Store, sent: Sent) -> None:
    fill_in(sent.path, WHOLE)
    withdraw(store, "action", sent.first)
    assert told(rehearse(store, sent.path)) == [
        "S-2022-01 Valley Police.xlsx, Sheet “Actions”, row 2, column A: A-2021-01 is in the bin, "
        "so this row is not read."
    ]


# What cannot be taken


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (
            {"Status now": "Complete", "Completed on": "20/3/22"},
            "H",
            "A-2021-01 cannot be completed yet. Missing: evidence that it was done.",
        ),
        (
            {"Status now": "Complete", "Evidence described": "An audit"},
            "H",
            "A-2021-01: Say under “Completed on” on which day it was completed.",
        ),
        (
            {"Status now": "Complete", "Completed on": "1/4/22", "Evidence described": "An audit"},
            "H",
            "A-2021-01: “Completed on” cannot lie on a day to come; today is 25 Mar 2022.",
        ),
        ({"Status now": "No longer required"}, "H", "A-2021-01: Say why the action is no longer"),
        ({"Status now": "Nearly"}, "H", "A-2021-01: “Nearly” is not in the list"),
        ({"New date": "30/6/22"}, "J", "A-2021-01: Say why the due date is moved."),
        ({"New date": "31/6/22", "Reason for the new date": "x"}, "J", "There is no day 31"),
        ({"New date": "3 jun", "Reason for the new date": "x"}, "J", "with its year"),
        ({"Reason for the new date": "Leave."}, "K", "but no new date"),
        ({"Completed on": "20/3/22"}, "L", "Choose the status “Complete” too"),
        ({"Evidence kind": "Audit"}, "O", "Describe the evidence too"),
        ({"Evidence described": "x" * 600}, "N", "at most 500"),
    ],
)
def test_what_an_act_refuses_is_a_fault_of_the_rehearsal(
    store: Store, sent: Sent, cells: dict[str, str], column: str, sentence: str
) -> None:
    found = rehearse(store, fill_in(sent.path, {FIRST: cells}))
    (fault,) = found.faults
    assert (fault.row, fault.column) == (2, column)
    assert sentence in fault.sentence
    assert all(each.column != column for each in found.changes)


def test_a_formula_is_a_fault_of_its_cell(store: Store, sent: Sent) -> None:
    found = rehearse(store, edited(sent.path, I2="=1+1", I3="Drafted."))
    assert [each.action for each in found.changes] == [SECOND]
    assert "This is a formula" in found.faults[0].sentence


def test_evidence_left_unticked_stops_the_completion_that_needs_it(
    store: Store, sent: Sent
) -> None:
    found = rehearse(store, fill_in(sent.path, WHOLE))
    without = [each for each in found.changes if each.act != "Evidence"]
    with pytest.raises(UserError, match="A-2021-02 cannot be completed yet"):
        store.write(found.applying(without))
    assert held(store, sent.first)["delivery"] == "not_started"


def test_what_was_begun_is_not_made_undone(store: Store, sent: Sent, tmp_path: Path) -> None:
    store.write(StartAction(sent.first, row_of(store, "action", sent.first).version))
    folder = tmp_path / "next"
    folder.mkdir()
    (made,) = make_sheets(store, folder, (sent.agency,))
    fill_in(made.path, {FIRST: {"Status now": "Not started"}})
    (fault,) = rehearse(store, made.path).faults
    assert "A-2021-01 was begun, and no sheet makes that undone." in fault.sentence


# Ends and new beginnings


def test_an_action_is_dropped_for_the_reason_that_was_given(store: Store, sent: Sent) -> None:
    cells = {"Status now": "No longer required", "Progress since": "The service closed."}
    found = rehearse(store, fill_in(sent.path, {FIRST: cells}))
    assert said(found) == [
        (
            FIRST,
            "No longer required",
            "Not started",
            "No longer required: The service closed.",
        )
    ]
    take_all(store, found)
    (note,) = owned(store, "progress_note", sent.first)
    assert note.values["note"] == "No longer required: The service closed."
    assert rehearse(store, sent.path).changes == ()


def test_the_next_sheet_takes_the_same_words_as_new(
    store: Store, sent: Sent, tmp_path: Path
) -> None:
    make(store, "progress_note", action=sent.first, noted_on=date(2022, 1, 1), note="No change.")
    found = rehearse(store, fill_in(sent.path, {FIRST: {"Progress since": "No change."}}))
    assert [each.what for each in found.changes] == ["Progress note"]


# Other people's sheets


def test_a_sheet_of_another_file_is_named_and_the_others_are_read(
    store: Store, sent: Sent, tmp_path: Path
) -> None:
    other = create_store(tmp_path / "other.oscb", PASSPHRASE, "A. Tester", now)
    agency = make(other, "agency", name="Fire service")
    make(other, "action", lead_agency=agency, reference=FIRST)
    (strange,) = make_sheets(other, tmp_path, (agency,), days=365)
    other.close()
    found = rehearse(store, strange.path, fill_in(sent.path, WHOLE))
    assert told(found) == [
        "S-2022-01 Fire service.xlsx was made from another file, on 25 Mar 2022, so it is not "
        "read. Open the file that it was sent from."
    ]
    assert len(found.changes) == 7
    assert len(found.returned) == 1


def test_a_sheet_whose_sending_was_undone_is_named(store: Store, sent: Sent) -> None:
    store.write(Undo())
    assert "its sending was undone" in told(rehearse(store, sent.path))[0]


def test_a_row_from_another_agencys_sheet_is_named(store: Store, sent: Sent) -> None:
    edited(sent.path, A9="A-2021-77", I9="Theirs.")
    found = rehearse(store, sent.path)
    assert "“A-2021-77” is no action of this sheet" in told(found)[0]


def test_a_file_that_is_no_workbook_is_named(store: Store, tmp_path: Path) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear all,")
    assert told(rehearse(store, letter, tmp_path / "gone.xlsx")) == [
        "letter.xlsx is not an Excel workbook. Open it in Excel or LibreOffice and save it as an "
        "Excel workbook (.xlsx).",
        f"There is no file {tmp_path / 'gone.xlsx'}.",
    ]
