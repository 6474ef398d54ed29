"""What a pack holds when it is begun, and how its parts are put in order."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.packs import Offer, Part
from oscb_desktop.errors import UserError
from oscb_desktop.queries.packs import items, pack, pack_for, packs, parts
from oscb_desktop.services.packs import AddPackItem, MovePackItem, RemovePackItem, StartPack
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make


@pytest.fixture
def review(store: Store) -> int:
    return make(store, "review", kind="rapid_review", reference="RR-2022-01", known_as="Child M")


@pytest.fixture
def meeting(store: Store, review: int) -> int:
    agency = make(store, "agency", name="Oakshire Police")
    meeting = make(
        store,
        "meeting",
        kind="rapid_review",
        held_on=date(2022, 4, 1),
        reviews=(review,),
        attachments=(make(store, "attachment", name="Timeline.pdf", media_type="application/pdf"),),
    )
    for name in ("Wilf Amberly", "Dora Finch"):
        person = make(store, "person", name=name, agency=agency)
        make(store, "attendance", meeting=meeting, person=person, agency=agency, status="invited")
    return meeting


def started(store: Store, **about: int) -> int:
    found = store.write(StartPack(**about)).record_id
    assert found is not None
    return found


def held(store: Store, pack_id: int) -> list[str]:
    return [row.offer.part.value for row in store.read(items, pack_id)]


def test_a_pack_for_a_meeting_is_begun_with_what_one_expects(store: Store, meeting: int) -> None:
    pack_id = started(store, meeting=meeting)
    row = store.read(pack, pack_id)

    assert row is not None
    assert (row.reference, row.title) == ("PK-2022-01", "Rapid review panel, 01 Apr 2022")
    assert row.recipients == ("Dora Finch, Oakshire Police", "Wilf Amberly, Oakshire Police")
    assert row.face == "panel"
    assert held(store, pack_id) == [
        "agenda",
        "attachment",
        "notification_sheet",
        "children",
        "agency_returns",
        "decision",
    ]


def test_a_pack_for_the_subgroup_looks_at_all_reviews(store: Store) -> None:
    before = make(store, "meeting", kind="subgroup", held_on=date(2022, 1, 10))
    person = make(store, "person")
    make(store, "attendance", meeting=before, person=person, status="present")
    pack_id = started(
        store, meeting=make(store, "meeting", kind="subgroup", held_on=date(2022, 4, 1))
    )
    assert held(store, pack_id) == ["agenda", "meeting_note", "chair_sheet", "actions"]


def test_a_pack_about_a_full_review_holds_its_terms(store: Store) -> None:
    review = make(store, "review", kind="lcspr", reference="LR-2022-01", known_as="Rowan")
    pack_id = started(store, review=review)
    assert held(store, pack_id) == ["terms", "children", "agency_returns", "actions"]
    row = store.read(pack, pack_id)
    assert row is not None
    assert row.title == "LR-2022-01 Rowan"
    assert row.recipients == ()


def test_a_pack_of_a_meeting_about_many_reviews_expects_little_of_each(store: Store) -> None:
    about = tuple(make(store, "review") for _ in range(4))
    meeting = make(store, "meeting", kind="subgroup", reviews=about, held_on=date(2022, 4, 1))
    pack_id = started(store, meeting=meeting)
    assert held(store, pack_id) == ["agenda", "chair_sheet", "actions"]
    offered = [row for row in store.read(parts, pack_id) if not row.item]
    assert {row.offer.review for row in offered if row.offer.review} == set(about)


def test_a_pack_needs_something_to_be_about(store: Store) -> None:
    with pytest.raises(UserError, match="Choose a meeting or a review"):
        store.write(StartPack())


def test_what_is_not_in_the_pack_is_offered_after_what_is(store: Store, meeting: int) -> None:
    rows = store.read(parts, started(store, meeting=meeting))
    there = [row.item > 0 for row in rows]
    assert there == sorted(there, reverse=True)
    assert [row.offer.part for row in rows if not row.item] == [
        Part.MEETING_NOTE,
        Part.ACTIONS,
        Part.REVIEW_RECORD,
    ]
    words = {row.heading: row.about for row in rows}
    assert words["Agency returns"] == "No agency has sent a file yet."
    assert words["Note of the meeting"] == "No meeting was held yet."
    assert words["Timeline.pdf"] == "PDF"


def test_parts_are_added_taken_out_and_moved(store: Store, meeting: int, review: int) -> None:
    pack_id = started(store, meeting=meeting)
    store.write(AddPackItem(pack_id, Offer(Part.ACTIONS, review)))
    rows = store.read(items, pack_id)
    assert rows[-1].heading == "Actions"

    store.write(MovePackItem(rows[-1].item, -100))
    assert held(store, pack_id)[:2] == ["actions", "agenda"]
    store.write(MovePackItem(rows[-1].item, 1))
    assert held(store, pack_id)[:2] == ["agenda", "actions"]

    label = store.write(RemovePackItem(rows[0].item)).label
    assert label.startswith("Take part of a pack 1 Agenda out of pack PK-2022-01")
    assert held(store, pack_id)[0] == "actions"
    store.write(Undo())
    assert held(store, pack_id)[:2] == ["agenda", "actions"]
    with pytest.raises(UserError, match="is in this pack already"):
        store.write(AddPackItem(pack_id, Offer(Part.ACTIONS, review)))


def test_a_part_that_was_taken_out_comes_back_at_the_end(store: Store, meeting: int) -> None:
    pack_id = started(store, meeting=meeting)
    first = store.read(items, pack_id)[0]
    store.write(RemovePackItem(first.item))
    store.write(AddPackItem(pack_id, first.offer))
    assert held(store, pack_id)[-1] == "agenda"
    assert len(held(store, pack_id)) == 6


def test_the_newest_pack_of_a_meeting_is_found(store: Store, meeting: int, review: int) -> None:
    assert store.read(pack_for, meeting=meeting) == 0
    started(store, meeting=meeting)
    second = started(store, meeting=meeting)
    assert store.read(pack_for, meeting=meeting) == second
    assert store.read(pack_for, review=review) == 0
    assert [row.reference for row in store.read(packs)] == ["PK-2022-02", "PK-2022-01"]


def test_a_pack_is_amended_and_withdrawn_like_any_record(store: Store, meeting: int) -> None:
    pack_id = started(store, meeting=meeting)
    row = store.read(pack, pack_id)
    assert row is not None
    text = "  A. Brown \n\n C.  Green\t\n"
    store.write(AmendRecord("pack", pack_id, row.version, {"recipients": text}))
    row = store.read(pack, pack_id)
    assert row is not None
    assert row.recipients == ("A. Brown", "C. Green")
    store.write(WithdrawRecord("pack", pack_id, row.version))
    assert store.read(pack, pack_id) is None
    assert store.read(packs) == ()
