"""What the agenda and the note of a meeting say."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.documents import Agenda, MeetingNote, Table
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_meetings import agenda, meeting_note
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())


@pytest.fixture
def meeting(store: Store) -> int:
    police = make(store, "agency", name="Oxmere police", statutory_partner="police")
    anna = make(store, "person", name="Anna", agency=police)
    review = make(store, "review", reference="RR-2021-01", known_as="Child M")
    made = make(
        store,
        "meeting",
        held_on=date(2022, 3, 1),
        starts_at="10:00",
        chair=anna,
        reviews=(review,),
        purpose="To decide.\n\nAnd to learn.",
        note="All went well.",
        dissent="One would wait.",
        quorum_note="Confirmed by e-mail.",
    )
    make(store, "attendance", meeting=made, person=anna, status="present")
    make(
        store,
        "agenda_item",
        meeting=made,
        number=2,
        heading="Second",
        said="Much.",
        decision="Go on.\nSoon.",
    )
    make(store, "agenda_item", meeting=made, number=1, heading="First", led_by="Anna")
    return made


def the_agenda(store: Store, meeting: int) -> Agenda:
    return store.read(agenda, meeting, MADE)


def the_note(store: Store, meeting: int) -> MeetingNote:
    return store.read(meeting_note, meeting, MADE)


def test_an_agenda_says_when_what_and_who_and_nothing_that_was_said(
    store: Store, meeting: int
) -> None:
    told = the_agenda(store, meeting)
    assert told.paper.title == "Agenda: subgroup, 01 Mar 2022"
    assert told.paper.subtitle == "M-2022-01"
    assert not told.paper.for_publication
    facts = {fact.label: fact.value for fact in told.facts}
    assert facts["On"] == "Tue 01 Mar 2022"
    assert facts["About"] == "RR-2021-01 Child M"
    assert told.purpose == ("To decide.", "And to learn.")
    assert [(item.heading, item.led_by) for item in told.items] == [
        ("First", "Anna"),
        ("Second", ""),
    ]
    assert not any(item.said or item.decided for item in told.items)
    assert told.people is not None
    assert told.people.rows == (("Anna", "Oxmere police", "Present"),)


def test_the_subgroup_sees_what_is_overdue(store: Store, meeting: int) -> None:
    assert the_agenda(store, meeting).tables == ()
    review = make(store, "review")
    make(store, "action", review=review, text="Write it.", due_on=date(2022, 3, 20))
    (table,) = the_agenda(store, meeting).tables
    assert table.caption == "Actions overdue on 25 Mar 2022"
    assert table.rows[0][1] == "Write it."
    other = make(store, "meeting", kind="scoping")
    assert the_agenda(store, other).tables == ()


def test_a_note_says_what_was_said_decided_and_not_agreed(store: Store, meeting: int) -> None:
    told = the_note(store, meeting)
    assert told.paper.title == "Note: subgroup, 01 Mar 2022"
    assert told.quorum == "Not quorate: nobody from the local authority or health."
    assert told.remarks[0] == "Confirmed by e-mail."
    assert told.remarks[-1] == "No interest is recorded."
    assert told.items[1].said == ("Much.",)
    assert told.items[1].decided == ("Go on.", "Soon.")
    assert told.note == ("All went well.",)
    assert told.dissent == ("One would wait.",)
    assert told.arising is None


def test_an_interest_stands_beside_its_person(store: Store, meeting: int) -> None:
    ben = make(store, "person", name="Ben")
    make(store, "attendance", meeting=meeting, person=ben, interest="Knows the family.")
    told = the_note(store, meeting)
    assert told.people is not None
    assert told.people.headings[-1] == "Interest declared"
    assert told.people.rows[1] == ("Ben", "", "Present", "Knows the family.")
    assert "No interest is recorded." not in told.remarks


def test_actions_arising_and_those_of_reviews_stand_together(store: Store, meeting: int) -> None:
    ben = make(store, "person", name="Ben")
    make(
        store,
        "meeting_action",
        meeting=meeting,
        text="Write to all",
        owner=ben,
        due_on=date(2022, 3, 20),
        done_on=date(2022, 3, 19),
    )
    make(store, "action", meeting=meeting, reference="A-2022-01", text="Teach it.")
    make(store, "action", reference="A-2022-02", text="Elsewhere.")
    arising = the_note(store, meeting).arising
    assert isinstance(arising, Table)
    assert arising.rows == (
        ("Write to all", "Ben", "20 Mar 2022", "19 Mar 2022"),
        ("A-2022-01 Teach it.", "", "30 Jun 2022", ""),
    )


def test_a_meeting_with_nobody_says_so(store: Store) -> None:
    empty = make(store, "meeting")
    told = the_note(store, empty)
    assert told.quorum == "Nobody is invited yet."
    assert the_agenda(store, empty).people is None


def test_a_meeting_in_the_bin_is_not_printed(store: Store, meeting: int) -> None:
    store.write(WithdrawRecord("meeting", meeting, 1))
    for query in (agenda, meeting_note):
        with pytest.raises(LookupError):
            store.read(query, meeting, MADE)
