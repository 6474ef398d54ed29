"""Members invited in one press, the agenda laid out, people and items and actions by one act."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.agendas import agenda_templates
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.queries.meetings import attendance
from oscb_desktop.queries.records import RecordRow, record, records
from oscb_desktop.services.meetings import (
    FinishMeetingAction,
    InviteMembers,
    MakeAgenda,
    MoveAgendaItem,
    SendSubstitute,
    UseUsualAgendas,
)
from oscb_desktop.services.records import AddRecord, AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make

HELD = date(2022, 3, 1)


@pytest.fixture
def meeting(store: Store) -> int:
    return make(store, "meeting", held_on=HELD)


def member(store: Store, name: str, **values: object) -> int:
    agency = make(store, "agency", statutory_partner="police")
    person = make(store, "person", name=name, agency=agency)
    make(store, "membership", person=person, **values)  # type: ignore[arg-type]
    return person


def headings(store: Store, meeting: int) -> list[tuple[object, object]]:
    rows = store.read(records, "agenda_item", owner=meeting)
    return [(row.values["number"], row.values["heading"]) for row in rows]


def status(store: Store, meeting: int) -> dict[str, str]:
    here = store.read(attendance, meeting)
    assert here is not None
    return {one.name: one.status.value for one in here.people}


def test_a_meeting_takes_its_reference_from_its_day(store: Store) -> None:
    held = make(store, "meeting", held_on=date(2019, 5, 2))
    row = store.read(record, "meeting", held)
    assert row is not None
    assert row.values["reference"] == "M-2019-01"


def test_the_members_of_the_day_are_invited_at_once(store: Store, meeting: int) -> None:
    member(store, "Anna")
    member(store, "Ben")
    member(store, "Left before", to_on=date(2022, 2, 1))
    changes = store.write(InviteMembers(meeting))
    assert changes.label == "Invite 2 people to meeting M-2022-01"
    assert status(store, meeting) == {"Anna": "invited", "Ben": "invited"}
    rows = store.read(records, "attendance", owner=meeting)
    assert all(row.values["agency"] for row in rows)
    store.write(Undo())
    assert status(store, meeting) == {}


def test_who_is_in_the_list_is_not_invited_again(store: Store, meeting: int) -> None:
    anna = member(store, "Anna")
    make(store, "attendance", meeting=meeting, person=anna, status="apologies")
    with pytest.raises(UserError, match="in the list already"):
        store.write(InviteMembers(meeting))
    member(store, "Ben")
    store.write(InviteMembers(meeting))
    assert status(store, meeting) == {"Anna": "apologies", "Ben": "invited"}


def test_where_there_is_nobody_to_invite_it_says_why(store: Store, meeting: int) -> None:
    with pytest.raises(UserError, match=r"Nobody was a member of .* on 01 Mar 2022"):
        store.write(InviteMembers(meeting))
    event = make(store, "meeting", kind="practitioner_event")
    with pytest.raises(UserError, match="No group belongs"):
        store.write(InviteMembers(event))
    store.write(WithdrawRecord("meeting", event, 1))
    with pytest.raises(UserError, match="in the bin"):
        store.write(InviteMembers(event))


def test_nobody_is_in_the_list_twice(store: Store, meeting: int) -> None:
    anna = make(store, "person")
    values: dict[str, Value] = {"meeting": meeting, "person": anna, "status": "present"}
    store.write(AddRecord("attendance", values))
    with pytest.raises(InvalidRecord, match="in the list already"):
        store.write(AddRecord("attendance", values))


def test_somebody_else_comes_for_a_member(store: Store, meeting: int) -> None:
    member(store, "Anna")
    store.write(InviteMembers(meeting))
    (row,) = store.read(records, "attendance", owner=meeting)
    other = make(store, "person", name="Cora")
    changes = store.write(SendSubstitute(row.id, row.version, other, "Knows the family."))
    assert changes.label == "Cora came for Anna"
    assert status(store, meeting) == {"Anna": "apologies", "Cora": "substitute"}
    here = store.read(attendance, meeting)
    assert here is not None
    came = next(one for one in here.people if one.name == "Cora")
    assert (came.partner, came.interest) == ("police", "Knows the family.")
    assert "police" not in here.quorum.missing_partners


def test_a_substitute_may_be_in_the_list_already(store: Store, meeting: int) -> None:
    member(store, "Anna")
    store.write(InviteMembers(meeting))
    (row,) = store.read(records, "attendance", owner=meeting)
    cora = make(store, "person", name="Cora")
    make(store, "attendance", meeting=meeting, person=cora, status="invited", interest="None")
    store.write(SendSubstitute(row.id, row.version, cora))
    assert status(store, meeting) == {"Anna": "apologies", "Cora": "substitute"}
    (kept,) = [
        one for one in store.read(records, "attendance", owner=meeting) if one.words("interest")
    ]
    assert kept.words("interest") == "None"


def test_a_substitute_is_somebody_else(store: Store, meeting: int) -> None:
    anna = member(store, "Anna")
    store.write(InviteMembers(meeting))
    (row,) = store.read(records, "attendance", owner=meeting)
    for person in (None, anna):
        with pytest.raises(InvalidRecord):
            store.write(SendSubstitute(row.id, row.version, person))
    with pytest.raises(ConflictError):
        store.write(SendSubstitute(row.id, row.version + 1, make(store, "person")))
    assert status(store, meeting) == {"Anna": "invited"}


def test_the_agenda_comes_from_the_template_with_reviews_and_late_actions(
    store: Store, meeting: int
) -> None:
    ended = date(2022, 1, 5)
    make(store, "review", reference="RR-2021-01", known_as="Child M", finished_on=ended)
    live = make(store, "review", reference="RR-2021-02", known_as="Child N")
    make(store, "action", review=live, due_on=date(2022, 2, 1))
    store.write(MakeAgenda(meeting))
    told = headings(store, meeting)
    assert [number for number, _ in told] == list(range(1, len(told) + 1))
    words = [heading for _, heading in told]
    assert "RR-2021-02 Child N" in words
    assert "Overdue actions" in words
    assert "RR-2021-01 Child M" not in words
    with pytest.raises(UserError, match="on the agenda already"):
        store.write(MakeAgenda(meeting))


def test_an_agenda_of_the_file_takes_the_place_of_the_usual_one(store: Store, meeting: int) -> None:
    for number, heading in ((20, "{reviews}"), (10, "Who is here")):
        make(
            store,
            "agenda_item_template",
            meeting_kind="subgroup",
            number=number,
            heading=heading,
        )
    make(store, "review", reference="RR-2021-02", known_as="Child N")
    store.write(MakeAgenda(meeting))
    assert headings(store, meeting) == [(1, "Who is here"), (2, "RR-2021-02 Child N")]
    other = make(store, "meeting", held_on=HELD, kind="other")
    store.write(MakeAgenda(other))
    assert [heading for _, heading in headings(store, other)] == list(
        agenda_templates()["other"].items
    )


def test_the_usual_agendas_are_written_into_the_file_once(store: Store, meeting: int) -> None:
    make(store, "agenda_item_template", meeting_kind="subgroup", number=1, heading="Our own")
    store.write(UseUsualAgendas())
    rows = store.read(records, "agenda_item_template")
    own = [row.values["heading"] for row in rows if row.values["meeting_kind"] == "subgroup"]
    assert own == ["Our own"]
    usual = sum(len(one.items) for kind, one in agenda_templates().items() if kind != "subgroup")
    assert len(rows) == usual + 1
    with pytest.raises(UserError, match="agendas of its own"):
        store.write(UseUsualAgendas())


def test_nothing_late_makes_no_item(store: Store, meeting: int) -> None:
    store.write(MakeAgenda(meeting))
    assert "Overdue actions" not in [heading for _, heading in headings(store, meeting)]


def test_the_template_adds_only_what_is_missing(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-02", known_as="Child N")
    meeting = make(store, "meeting", kind="scoping", reviews=(review,))
    make(store, "agenda_item", meeting=meeting, number=7, heading="The family")
    make(store, "agenda_item", meeting=meeting, number=8, heading="About N", review=review)
    store.write(MakeAgenda(meeting))
    words = [heading for _, heading in headings(store, meeting)]
    assert words[:2] == ["The family", "About N"]
    assert words.count("The family") == 1
    assert "RR-2021-02 Child N" not in words
    assert headings(store, meeting)[2][0] == 9


def test_a_meeting_about_no_review_has_no_item_for_one(store: Store) -> None:
    make(store, "review", reference="RR-2021-02", known_as="Child N")
    meeting = make(store, "meeting", kind="scoping")
    store.write(MakeAgenda(meeting))
    assert "RR-2021-02 Child N" not in [heading for _, heading in headings(store, meeting)]


def test_an_item_without_a_number_stands_last_and_none_stands_twice(
    store: Store, meeting: int
) -> None:
    make(store, "agenda_item", meeting=meeting, number=4, heading="Four")
    store.write(AddRecord("agenda_item", {"meeting": meeting, "heading": "Five"}))
    assert headings(store, meeting) == [(4, "Four"), (5, "Five")]
    with pytest.raises(InvalidRecord, match="“5 Five” is there already"):
        store.write(AddRecord("agenda_item", {"meeting": meeting, "heading": "X", "number": 5}))


def test_items_move_and_are_numbered_anew(store: Store, meeting: int) -> None:
    items = [
        make(store, "agenda_item", meeting=meeting, number=number, heading=heading)
        for number, heading in ((2, "A"), (3, "B"), (7, "C"))
    ]
    store.write(MoveAgendaItem(items[2], -1))
    assert headings(store, meeting) == [(1, "A"), (2, "C"), (3, "B")]
    store.write(MoveAgendaItem(items[0], 5))
    assert headings(store, meeting) == [(1, "C"), (2, "B"), (3, "A")]
    store.write(Undo())
    assert headings(store, meeting) == [(1, "A"), (2, "C"), (3, "B")]
    store.write(MoveAgendaItem(items[0], -1))  # at the top already
    assert headings(store, meeting) == [(1, "A"), (2, "C"), (3, "B")]


def action(store: Store, action_id: int) -> RecordRow:
    row = store.read(record, "meeting_action", action_id)
    assert row is not None
    return row


def test_an_action_arising_is_done_and_not_done_after_all(store: Store, meeting: int) -> None:
    made = make(store, "meeting_action", meeting=meeting, text="Write to all")
    changes = store.write(FinishMeetingAction(made, 1, date(2022, 3, 24)))
    assert changes.label == "Done: Write to all"
    assert action(store, made).values["done_on"] == date(2022, 3, 24)
    with pytest.raises(ConflictError):
        store.write(FinishMeetingAction(made, 1, None))
    store.write(FinishMeetingAction(made, 2, None))
    assert action(store, made).values["done_on"] is None
    with pytest.raises(UserError, match="day to come"):
        store.write(FinishMeetingAction(made, 3, date(2022, 3, 26)))
    store.write(Undo())
    assert action(store, made).values["done_on"] == date(2022, 3, 24)


def test_a_meeting_goes_to_the_bin_with_all_that_belongs_to_it(store: Store, meeting: int) -> None:
    make(store, "attendance", meeting=meeting)
    make(store, "agenda_item", meeting=meeting)
    make(store, "meeting_action", meeting=meeting)
    store.write(WithdrawRecord("meeting", meeting, 1))
    for kind in ("meeting", "attendance", "agenda_item", "meeting_action"):
        assert store.read(records, kind) == ()


def test_an_action_of_a_review_may_name_the_meeting(store: Store, meeting: int) -> None:
    made = make(store, "action")
    row = store.read(record, "action", made)
    assert row is not None
    store.write(AmendRecord("action", made, row.version, {"meeting": meeting}))
    with pytest.raises(UserError, match="refers to it"):
        store.write(WithdrawRecord("meeting", meeting, 1))
