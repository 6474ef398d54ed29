"""Asking agencies, reminding them and noting what came back, each in one step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.queries.requests import owed, requests_of
from oscb_desktop.services.requests import (
    NIL_RETURN,
    RECEIVED,
    REFUSED,
    AskAgencies,
    MoveRequestDay,
    NoteAnswer,
    RemindAgencies,
    ReturnAnswer,
    TakeBackRequest,
)
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make
from tests.services.acts import change, row_of, withdraw

TODAY = NOW.date()
DUE = date(2022, 4, 8)


@dataclass(frozen=True)
class Asked:
    review: int
    police: int
    health: int


@pytest.fixture
def asked(store: Store) -> Asked:
    """A review of which nobody was asked anything yet."""
    police = make(store, "agency", name="Valley Police", email="police@example.org")
    health = make(store, "agency", name="Valley Health")
    review = make(store, "review", reference="RR-2022-01", known_as="Child M")
    return Asked(review, police, health)


def asking(
    asked: Asked, *agencies: int, due: date | None = DUE, words: str = "Tell us."
) -> AskAgencies:
    wanted = agencies or (asked.police, asked.health)
    return AskAgencies(asked.review, "summary", due, words, tuple((one, None) for one in wanted))


def ask(store: Store, asked: Asked, *agencies: int) -> list[RecordRow]:
    command = asking(asked, *agencies)
    store.write(command)
    return [row_of(store, "agency_request", one) for one in command.made]


def sent(store: Store) -> list[RecordRow]:
    return list(store.read(records, "mailing"))


def note(
    store: Store, row: RecordRow, outcome: str, on: date | None = TODAY, quality: str = ""
) -> None:
    store.write(NoteAnswer(row.id, row.version, outcome, on, quality))


def faults(store: Store, command: AskAgencies | NoteAnswer | MoveRequestDay) -> dict[str, str]:
    with pytest.raises(InvalidRecord) as refused:
        store.write(command)
    return {one.field: one.sentence for one in refused.value.faults}


def test_agencies_are_asked_in_one_step_that_can_be_undone(store: Store, asked: Asked) -> None:
    person = make(store, "person", name="P. Elm", agency=asked.police, email="elm@example.org")
    agencies = ((asked.police, person), (asked.health, None))
    changes = store.write(AskAgencies(asked.review, "summary", DUE, "Tell us.", agencies))
    assert changes.label == "Ask 2 agencies for agency summary: RR-2022-01 Child M"
    police, health = store.read(requests_of, asked.review, TODAY)[::-1]
    assert (police.agency, health.agency) == ("Valley Police", "Valley Health")
    assert (police.facts.requested_on, police.facts.due_on) == (TODAY, DUE)
    assert [row.values["kind"] for row in sent(store)] == ["request", "request"]
    told = {row.words("agency"): row for row in sent(store)}
    assert told["Valley Police"].values["to"] == "elm@example.org; police@example.org"
    assert told["Valley Police"].values["requests"] == (police.id,)
    assert told["Valley Police"].values["due_back_on"] == DUE
    assert len(str(told["Valley Police"].values["sheet"])) == 32
    store.write(Undo())
    assert store.read(requests_of, asked.review, TODAY) == ()
    assert sent(store) == []


def test_nobody_a_day_that_has_passed_and_no_words_are_refused(store: Store, asked: Asked) -> None:
    with pytest.raises(UserError, match="No agency is ticked"):
        store.write(AskAgencies(asked.review, "summary", DUE, "Tell us.", ()))
    assert faults(store, asking(asked, due=None)) == {
        "due_on": "Say by which day the answer is due."
    }
    assert faults(store, asking(asked, due=date(2022, 3, 24))) == {
        "due_on": "24 Mar 2022 has passed. Choose a day to come."
    }
    assert faults(store, asking(asked, words=" ")) == {"asked": "Say what is asked."}
    assert store.read(requests_of, asked.review, TODAY) == ()


def test_an_agency_is_not_asked_twice_for_the_same(store: Store, asked: Asked) -> None:
    ask(store, asked, asked.police)
    with pytest.raises(UserError, match="Valley Police was asked for this on 25 Mar 2022 already"):
        store.write(asking(asked, asked.health, asked.police))
    assert len(store.read(requests_of, asked.review, TODAY)) == 1


def test_an_agency_in_the_bin_is_not_asked(store: Store, asked: Asked) -> None:
    withdraw(store, "agency", asked.health)
    with pytest.raises(UserError, match="Valley Health is in the bin, so nothing can be asked"):
        store.write(asking(asked))


@pytest.mark.parametrize("replaced", [True, False])
def test_an_agency_that_is_no_more_is_neither_asked_nor_reminded(
    store: Store, asked: Asked, replaced: bool
) -> None:
    ask(store, asked, asked.police)
    after = make(store, "agency", name="Thames Police") if replaced else None
    change(store, "agency", asked.police, active_until=date(2022, 3, 20), successor=after)
    instead = "Ask Thames Police, which replaced it" if replaced else "Ask whoever took over"
    for command in (asking(asked, asked.police), RemindAgencies((asked.police,))):
        with pytest.raises(UserError, match=f"existed until 20 Mar 2022. {instead}"):
            store.write(command)


def test_what_was_withdrawn_is_asked_anew(store: Store, asked: Asked) -> None:
    (row,) = ask(store, asked, asked.police)
    store.write(RemindAgencies((asked.police,)))
    row = row_of(store, "agency_request", row.id)
    store.write(TakeBackRequest(row.id, row.version))
    assert store.read(owed, TODAY) == ()
    (again,) = ask(store, asked, asked.police)
    assert again.id == row.id
    assert (again.values["withdrawn_on"], again.values["reminders"]) == (None, None)


def test_an_answer_is_noted_with_what_was_sent(store: Store, asked: Asked) -> None:
    police, health = ask(store, asked)
    note(store, police, RECEIVED, quality="good")
    row = row_of(store, "agency_request", police.id)
    assert (row.values["outcome"], row.values["received_on"]) == ("received", TODAY)
    answered = {row.words("agency"): row.values["returned_on"] for row in sent(store)}
    assert answered == {"Valley Police": TODAY, "Valley Health": None}
    note(store, health, NIL_RETURN)
    assert store.read(owed, TODAY) == ()
    store.write(Undo())
    assert [one.id for one in store.read(owed, TODAY)] == [health.id]


def test_a_reminder_is_answered_when_all_of_it_is_in(store: Store, asked: Asked) -> None:
    (summary,) = ask(store, asked, asked.police)
    store.write(AskAgencies(asked.review, "report", DUE, "Tell us.", ((asked.police, None),)))
    store.write(RemindAgencies((asked.police,)))
    note(store, row_of(store, "agency_request", summary.id), REFUSED)
    (reminder,) = [row for row in sent(store) if row.values["kind"] == "reminder"]
    assert reminder.values["returned_on"] is None
    (report,) = store.read(owed, TODAY)
    note(store, row_of(store, "agency_request", report.id), RECEIVED)
    assert row_of(store, "mailing", reminder.id).values["returned_on"] == TODAY


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (None, "Say on which day it came back."),
        (date(2022, 3, 26), "“Came back on” cannot lie on a day to come; today is 25 Mar 2022."),
        (date(2022, 3, 24), "“Came back on” cannot come before “Sent on”."),
    ],
)
def test_a_day_that_cannot_be_is_told(
    store: Store, asked: Asked, day: date | None, told: str
) -> None:
    (row,) = ask(store, asked, asked.police)
    assert faults(store, NoteAnswer(row.id, row.version, RECEIVED, day)) == {"received_on": told}


def test_returned_to_be_completed_is_owed_by_the_new_day(store: Store, asked: Asked) -> None:
    (row,) = ask(store, asked, asked.police)
    store.write(ReturnAnswer(row.id, row.version, "No voice of the child.", date(2022, 4, 20)))
    (found,) = store.read(owed, TODAY)
    assert found.words == "returned to be completed, due in 26 days"
    held = row_of(store, "agency_request", row.id)
    assert held.values["quality_note"] == "No voice of the child."
    assert held.values["received_on"] == TODAY
    note(store, held, RECEIVED, quality="sufficient")
    assert store.read(owed, TODAY) == ()


def test_what_was_answered_is_not_withdrawn(store: Store, asked: Asked) -> None:
    (row,) = ask(store, asked, asked.police)
    note(store, row, RECEIVED)
    row = row_of(store, "agency_request", row.id)
    with pytest.raises(UserError, match="It was answered"):
        store.write(TakeBackRequest(row.id, row.version))


def test_what_was_withdrawn_or_never_sent_takes_no_answer(store: Store, asked: Asked) -> None:
    (row,) = ask(store, asked, asked.police)
    store.write(TakeBackRequest(row.id, row.version))
    with pytest.raises(UserError, match="was withdrawn on 25 Mar 2022"):
        note(store, row_of(store, "agency_request", row.id), RECEIVED)
    never = make(store, "agency_request", review=asked.review, agency=asked.health)
    with pytest.raises(UserError, match="It was not sent yet"):
        note(store, row_of(store, "agency_request", never), RECEIVED)


def test_the_due_day_is_moved(store: Store, asked: Asked) -> None:
    (row,) = ask(store, asked, asked.police)
    store.write(MoveRequestDay(row.id, row.version, date(2022, 4, 14)))
    assert store.read(owed, TODAY)[0].facts.due_on == date(2022, 4, 14)
    row = row_of(store, "agency_request", row.id)
    assert "due_on" in faults(store, MoveRequestDay(row.id, row.version, None))
    assert "due_on" in faults(store, MoveRequestDay(row.id, row.version, date(2022, 3, 1)))


def test_a_reminder_names_all_that_is_owed_and_nothing_of_the_case(
    store: Store, asked: Asked
) -> None:
    ask(store, asked)
    (late,) = [
        make(
            store,
            "agency_request",
            review=asked.review,
            agency=asked.police,
            purpose="chronology",
            requested_on=date(2022, 3, 1),
            due_on=date(2022, 3, 20),
            reminders=1,
        )
    ]
    command = RemindAgencies((asked.police,))
    store.write(command)
    (made,) = command.made
    assert made.requests == 2
    assert made.letter.subject == "OFFICIAL-SENSITIVE: Reminder: 2 answers to reviews outstanding"
    body = made.letter.body
    assert body.index("Late:\n- RR-2022-01: chronology") < body.index("Still to come:")
    assert "due 20 Mar 2022, 5 days late" in body
    assert "Child M" not in body
    assert row_of(store, "agency_request", late).values["reminders"] == 2
    assert row_of(store, "agency_request", late).values["reminded_on"] == TODAY
    mailed = urlsplit(made.letter.mailto())
    assert mailed.path == "police@example.org"
    assert parse_qs(mailed.query)["body"][0].replace("\r\n", "\n") == body
    store.write(Undo())
    assert row_of(store, "agency_request", late).values["reminders"] == 1
    assert [row.values["kind"] for row in sent(store)] == ["request", "request"]


def test_who_owes_nothing_is_not_reminded(store: Store, asked: Asked) -> None:
    with pytest.raises(UserError, match="Valley Police owes nothing"):
        store.write(RemindAgencies((asked.police,)))
    with pytest.raises(UserError, match="Nobody owes anything that is late"):
        store.write(RemindAgencies(()))
