"""Who is asked to a meeting on its day, whether that is a quorum, and what came of it."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.database.models.meetings import Meeting
from oscb_desktop.queries.meetings import (
    actions_arising,
    arising_of,
    attendance,
    meetings,
    members_on,
    next_meeting,
    panel_met_on,
)
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()


@pytest.fixture
def meeting(store: Store) -> int:
    return make(store, "meeting", held_on=date(2022, 3, 1))


def member(store: Store, name: str, **values: object) -> int:
    person = make(store, "person", name=name)
    make(store, "membership", person=person, **values)  # type: ignore[arg-type]
    return person


def names(store: Store, meeting: int) -> list[str]:
    def of(session: object) -> list[int]:
        found = session.get(Meeting, meeting)  # type: ignore[attr-defined]
        return [person for person, _agency in members_on(session, found)]  # type: ignore[arg-type]

    people = {row.id: row.title for row in store.read(_people)}
    return [people[person] for person in store.read(of)]


def _people(session: object) -> tuple:  # type: ignore[type-arg]
    from oscb_desktop.queries.records import choices

    return choices(session, "person")  # type: ignore[arg-type]


def test_members_are_those_of_the_day(store: Store, meeting: int) -> None:
    member(store, "Anna")
    member(store, "Began that day", from_on=date(2022, 3, 1))
    member(store, "Left that day", to_on=date(2022, 3, 1))
    member(store, "Left before", to_on=date(2022, 2, 28))
    member(store, "Came later", from_on=date(2022, 3, 2))
    member(store, "Elsewhere", body="executive")
    gone = member(store, "Withdrawn")
    store.write(WithdrawRecord("person", gone, 1))
    assert names(store, meeting) == ["Anna", "Began that day", "Left that day"]


def test_a_review_panel_asks_the_members_of_its_review_too(store: Store) -> None:
    member(store, "Of the group", body="review_panel")
    own = make(store, "person", name="Of the review")
    review = make(store, "review", kind="lcspr", members=(own,))
    panel = make(store, "meeting", kind="review_panel", reviews=(review,))
    assert names(store, panel) == ["Of the group", "Of the review"]


def test_an_event_has_no_members(store: Store) -> None:
    member(store, "Anna")
    event = make(store, "meeting", kind="practitioner_event")
    assert names(store, event) == []
    make(store, "attendance", meeting=event)
    here = store.read(attendance, event)
    assert here is not None
    assert here.notes == ()


def test_the_partner_is_that_of_the_agency_for_which_somebody_came(
    store: Store, meeting: int
) -> None:
    police = make(store, "agency", statutory_partner="police")
    other = make(store, "agency")
    person = make(store, "person", agency=other)
    came = make(store, "attendance", meeting=meeting, person=person, status="substitute")
    here = store.read(attendance, meeting)
    assert here is not None
    assert here.people[0].partner == ""
    store.write(AmendRecord("attendance", came, 1, {"agency": police}))
    here = store.read(attendance, meeting)
    assert here is not None
    assert here.people[0].partner == "police"
    assert "police" not in here.quorum.missing_partners


def test_what_is_odd_is_noted_and_not_refused(store: Store, meeting: int) -> None:
    chair = member(store, "Chair")
    stranger = make(store, "person", name="Stranger")
    make(store, "attendance", meeting=meeting, person=stranger)
    make(store, "attendance", meeting=meeting, person=chair, status="apologies")
    stands_in = make(store, "person", name="Stand-in")
    make(store, "attendance", meeting=meeting, person=stands_in, status="substitute")
    store.write(AmendRecord("meeting", meeting, 1, {"chair": chair}))
    here = store.read(attendance, meeting)
    assert here is not None
    assert here.notes == (
        "Chair is the chair and was not there.",
        "Not in the group on that day: Stranger.",
        "Nobody says for which agency they came: Stand-in.",
    )
    assert here.uninvited == 0


def test_meetings_come_newest_first_with_what_they_led_to(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-01", known_as="Child M")
    old = make(store, "meeting", held_on=date(2021, 5, 1), reviews=(review,))
    today = make(store, "meeting", held_on=TODAY)
    later = make(store, "meeting", held_on=date(2022, 6, 1))
    gone = make(store, "meeting", held_on=date(2022, 4, 1))
    store.write(WithdrawRecord("meeting", gone, 1))
    make(store, "agenda_item", meeting=old, number=1, decision="Go on.")
    make(store, "agenda_item", meeting=old, number=2)
    make(store, "meeting_action", meeting=old, text="One")
    make(store, "meeting_action", meeting=old, text="Two", done_on=date(2021, 6, 1))
    rows = store.read(meetings, TODAY)
    assert [row.id for row in rows] == [later, today, old]
    assert [row.is_past for row in rows] == [False, False, True]
    assert [row.year for row in rows] == ["2022-23", "2021-22", "2021-22"]
    assert rows[-1].about == ("RR-2021-01 Child M",)
    assert (rows[-1].decisions, rows[-1].open_actions) == (1, 1)
    coming = store.read(next_meeting, TODAY)
    assert coming is not None
    assert coming.id == today
    assert store.read(next_meeting, date(2022, 6, 2)) is None


def test_actions_arising_by_their_day(store: Store, meeting: int) -> None:
    person = make(store, "person", name="Anna")
    late = make(store, "meeting_action", meeting=meeting, text="L", due_on=date(2022, 3, 24))
    soon = make(
        store, "meeting_action", meeting=meeting, text="S", due_on=date(2022, 3, 30), owner=person
    )
    far = make(store, "meeting_action", meeting=meeting, text="F", due_on=date(2022, 9, 1))
    open_ended = make(store, "meeting_action", meeting=meeting, text="O")
    done = make(store, "meeting_action", meeting=meeting, text="D", done_on=date(2022, 3, 2))
    assert [row.id for row in store.read(actions_arising, TODAY)] == [late, soon, far, open_ended]
    near = store.read(actions_arising, TODAY, due_within=30)
    assert [(row.id, row.is_overdue) for row in near] == [(late, True), (soon, False)]
    assert near[1].owner == "Anna"
    whole = store.read(arising_of, meeting, TODAY)
    assert [row.id for row in whole] == [late, soon, far, open_ended, done]


def test_there_is_nothing_to_say_of_no_meeting(store: Store) -> None:
    assert store.read(attendance, 99) is None
    assert store.read(meetings, TODAY) == ()


def test_the_day_of_the_panel_is_that_of_its_last_meeting_about_the_review(store: Store) -> None:
    review = make(store, "review")
    assert store.read(panel_met_on, review) is None
    first, last = date(2022, 3, 3), date(2022, 3, 9)
    for day, kind, about in (
        (first, "rapid_review", (review,)),
        (last, "rapid_review", (review,)),
        (date(2022, 3, 14), "rapid_review", (make(store, "review"),)),
        (date(2022, 3, 15), "subgroup", (review,)),
    ):
        made = make(store, "meeting", held_on=day, kind=kind, reviews=about)
    assert store.read(panel_met_on, review) == last
    store.write(WithdrawRecord("meeting", made - 2, 1))
    assert store.read(panel_met_on, review) == first
