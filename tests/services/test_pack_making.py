"""Packs as they leave: what stands in them, who has which copy, and what is noted of it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.packs import Offer, Part
from oscb_desktop.errors import UserError
from oscb_desktop.queries.packs import items
from oscb_desktop.queries.records import records
from oscb_desktop.queries.releases import releases, shown_by
from oscb_desktop.services.attachments import content_of
from oscb_desktop.services.pack_making import (
    ReadyPack,
    make_pack,
    make_ready,
    save_copies,
    save_parts,
)
from oscb_desktop.services.packs import AddPackItem, RemovePackItem, StartPack
from oscb_desktop.services.paper_check import check
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.releases import Copy
from oscb_desktop.services.store import Store
from tests.factories import keep_content, make
from tests.reports.reading import faults, pages, words
from tests.reports.sent import locked_pdf, sent_pdf

RECIPIENTS = "Wilf Amberly, Oakshire Police\nDora Finch, Oakshire Trust"


def attached(store: Store, name: str, content: bytes) -> int:
    digest = keep_content(store, content)
    return make(store, "attachment", name=name, digest=digest, size=len(content))


@pytest.fixture
def review(store: Store) -> int:
    incident = make(store, "incident")
    child = make(
        store, "child", incident=incident, known_as="Child M", age_at_incident=Age.parse("7 months")
    )
    make(store, "child_identity", child=child, last_name="Exampleton", forenames="Marigold")
    review = make(
        store,
        "review",
        kind="rapid_review",
        reference="RR-2022-01",
        known_as="Child M",
        incident=incident,
        children=(child,),
    )
    for agency, name, content in (
        ("Oakshire Police", "police.pdf", sent_pdf(2)),
        ("Oakshire Trust", "trust.docx", b"PK\x03\x04 words"),
        ("Willow School", "locked.pdf", locked_pdf()),
    ):
        make(
            store,
            "agency_request",
            review=review,
            agency=make(store, "agency", name=agency),
            purpose="summary",
            attachments=(attached(store, name, content),),
        )
    return review


@pytest.fixture
def pack(store: Store, review: int) -> int:
    meeting = make(
        store,
        "meeting",
        kind="rapid_review",
        held_on=date(2022, 4, 1),
        place="County Hall",
        reviews=(review,),
    )
    pack_id = store.write(StartPack(meeting=meeting)).record_id
    assert pack_id is not None
    store.write(
        AmendRecord("pack", pack_id, 1, {"recipients": RECIPIENTS, "note": "Bring it back."})
    )
    return pack_id


def test_a_pack_holds_papers_and_returns_and_says_what_it_cannot_show(
    store: Store, pack: int
) -> None:
    ready = make_ready(store, pack)
    data = ready.paper(1).data
    found = pages(data)
    whole = " ".join(found)

    assert "Rapid review panel, 01 Apr 2022" in found[0]
    assert "County Hall" in found[0]
    assert "Bring it back." in found[0]
    assert "Review panel version" in found[0]
    assert "Copy 1 of 2" in found[0]
    assert "Wilf Amberly, Oakshire Police" in found[0]
    for said in (
        "Agenda: rapid review panel",
        "Notification sheet",
        "Children and family",
        "7 months",
        "What was known, 2.3",
        "Rapid review: RR-2022-01 Child M",
    ):
        assert said in whole, said
    for name in ("Exampleton", "Marigold"):
        assert name not in whole
    assert [(one.heading, one.words.split(".")[0]) for one in ready.remarks] == [
        (
            "Oakshire Trust, agency summary: trust.docx",
            "This file travels separately: a pack can show only PDF files and pictures",
        ),
        ("Willow School, agency summary: locked.pdf", "It is protected by a password"),
    ]


def test_every_part_gives_something_or_says_why_not(store: Store, review: int) -> None:
    full = make(store, "review", kind="lcspr")
    pack_id = store.write(StartPack(review=full)).record_id
    assert pack_id is not None
    for row in store.read(items, pack_id):
        store.write(RemovePackItem(row.item))
    for part in Part:
        for about in (None, review, full):
            if part is not Part.ATTACHMENT:
                store.write(AddPackItem(pack_id, Offer(part, about)))
    gone = make(store, "review")
    store.write(AddPackItem(pack_id, Offer(Part.CHILDREN, gone)))
    held = {row.offer.key: row.heading for row in store.read(items, pack_id)}

    ready = make_ready(store, pack_id)

    said = {one.heading: one.words for one in ready.remarks}
    assert len(held) == 31
    assert said["Agenda"] == "This pack is for no meeting."
    assert "is about a rapid review" in said[held["decision", full, 0]]
    assert "no terms of reference" in said[held["terms", review, 0]]
    assert "No incident is recorded" in said[held["notification_sheet", full, 0]]


def test_a_pack_for_the_panel_names_nobody_who_told_something_in_confidence(
    store: Store, pack: int
) -> None:
    store.write(AmendRecord("incident", 1, 1, {"notifier": "Hesper Quillfeather"}))
    whole = words(make_ready(store, pack).paper().data)
    assert "Quillfeather" not in whole
    assert "Secretariat version" not in whole
    store.write(AmendRecord("pack", pack, 2, {"face": "secretariat"}))
    whole = words(make_ready(store, pack).paper().data)
    assert "Quillfeather" in whole
    assert "Review panel version" not in whole


def test_no_pack_is_made_for_the_public(store: Store, pack: int) -> None:
    store.write(AmendRecord("pack", pack, 2, {"face": "public"}))
    with pytest.raises(UserError, match="for those who meet"):
        make_ready(store, pack)


def test_a_review_that_a_pack_is_about_stays(store: Store, pack: int, review: int) -> None:
    with pytest.raises(UserError):
        store.write(WithdrawRecord("review", review, 1))
    assert make_ready(store, pack).bound.pages > 5


def test_a_file_that_was_altered_is_named_in_its_place(store: Store, pack: int) -> None:
    content = sent_pdf()
    missing = make(
        store, "attachment", name="gone.pdf", digest=hashlib.sha256(content).hexdigest(), size=9
    )
    store.write(AddPackItem(pack, Offer(Part.ATTACHMENT, attachment=missing)))
    said = {one.heading: one.words for one in make_ready(store, pack).remarks}
    assert "is missing from test.oscb" in said["gone.pdf"]


def test_progress_runs_from_the_papers_to_the_binding(store: Store, pack: int) -> None:
    told: list[tuple[int, int]] = []
    make_ready(store, pack, lambda done, of: told.append((done, of)))
    count = len(store.read(items, pack))
    assert told[0] == (1, 2 * count)
    assert told[-1] == (2 * count, 2 * count)
    assert told == sorted(told)


def looked_through(store: Store, pack: int) -> ReadyPack:
    """Return a pack that was checked before it leaves, as the window does it."""
    ready = make_ready(store, pack)
    found = check(store, ready.paper(ready.numbers[0])).findings
    return replace(ready, findings=len(found))


def test_copies_are_saved_one_for_each_recipient_and_noted(
    store: Store, pack: int, tmp_path: Path, review: int
) -> None:
    told: list[tuple[int, int]] = []
    ready = looked_through(store, pack)
    folder = tmp_path / "out"
    folder.mkdir()
    saved = save_copies(store.write, ready, folder, lambda done, of: told.append((done, of)))

    assert [path.name for path in saved] == [
        "PK-2022-01 copy 1, Wilf Amberly, Oakshire Police.pdf",
        "PK-2022-01 copy 2, Dora Finch, Oakshire Trust.pdf",
    ]
    assert told == [(1, 2), (2, 2)]
    second, first = store.read(releases)[:2]
    assert (first.copy_number, first.recipient) == ("1 of 2", "Wilf Amberly, Oakshire Police")
    assert (second.copy_number, second.paper) == ("2 of 2", "Pack PK-2022-01")
    rows = store.read(records, "release")
    traces = [str(row.values["trace"]) for row in rows]
    assert len(set(traces)) == 2
    for path, row in zip(saved, rows, strict=True):
        data = path.read_bytes()
        assert hashlib.sha256(data).hexdigest() == row.values["digest"]
        assert all(str(row.values["trace"]) in page for page in pages(data))
        assert row.values["face"] == "panel"
        assert row.values["pages"] == ready.bound.pages


def test_no_copy_is_given_where_one_of_them_is_there_already(
    store: Store, pack: int, tmp_path: Path
) -> None:
    ready = make_ready(store, pack)
    (tmp_path / ready.file_name(2)).write_bytes(b"theirs")
    with pytest.raises(UserError, match="is in this folder already"):
        save_copies(store.write, ready, tmp_path)
    assert store.read(releases) == ()


def test_names_that_hold_a_stroke_or_differ_by_it_alone_give_a_file_each(
    store: Store, pack: int, tmp_path: Path
) -> None:
    named = "Anne Bell, CSC/Health\nCarl Dunn, ASC/Health\nCarl Dunn, asc\\health\nCON\n..\nX: *?"
    store.write(AmendRecord("pack", pack, 2, {"recipients": named}))
    saved = save_copies(store.write, looked_through(store, pack), tmp_path)
    assert [path.name for path in saved] == [
        "PK-2022-01 copy 1, Anne Bell, CSC-Health.pdf",
        "PK-2022-01 copy 2, Carl Dunn, ASC-Health.pdf",
        "PK-2022-01 copy 3, Carl Dunn, asc-health.pdf",
        "PK-2022-01 copy 4, CON.pdf",
        "PK-2022-01 copy 5,.pdf",
        "PK-2022-01 copy 6, X- --.pdf",
    ]
    noted = {row.digest for row in store.read(releases)}
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in saved} == noted
    assert len(noted) == 6


def test_the_file_keeps_one_copy_of_a_pack_about_one_review(
    store: Store, pack: int, tmp_path: Path, review: int
) -> None:
    first, _second = save_copies(store.write, looked_through(store, pack), tmp_path)
    rows = store.read(records, "release")
    assert [row.values["review"] for row in rows] == [review, review]
    (kept,) = (row.values["attachments"] for row in rows if row.values["attachments"])
    assert isinstance(kept, tuple)
    assert content_of(store, int(kept[0])) == first.read_bytes()


def test_any_copy_leads_to_the_first_of_its_own_saving(
    store: Store, pack: int, tmp_path: Path
) -> None:
    ready = looked_through(store, pack)
    assert ready.keeping.startswith("The file will keep copy 1;")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        save_copies(store.write, ready, tmp_path / name)
    ids = sorted(row.id for row in store.read(releases))
    assert [store.read(shown_by, one) for one in ids] == [ids[0], ids[0], ids[2], ids[2]]


def test_the_file_keeps_no_copy_of_a_pack_about_all_reviews(store: Store, tmp_path: Path) -> None:
    meeting = make(store, "meeting", kind="subgroup")
    pack_id = store.write(StartPack(meeting=meeting)).record_id
    assert pack_id is not None
    ready = looked_through(store, pack_id)
    assert ready.keeping.startswith("The file will keep no copy")
    save_copies(store.write, ready, tmp_path)
    (row,) = store.read(records, "release")
    assert store.read(shown_by, row.id) is None
    assert row.values["attachments"] == ()
    assert row.values["review"] is None


def test_a_pack_that_may_tell_who_a_child_is_leaves_with_a_reason(
    store: Store, pack: int, tmp_path: Path
) -> None:
    named = attached(store, "named.pdf", sent_pdf(words="About Marigold Exampleton"))
    store.write(AddPackItem(pack, Offer(Part.ATTACHMENT, attachment=named)))
    ready = make_ready(store, pack)
    found = check(store, ready.paper()).findings
    assert {"Marigold Exampleton"} & {one.words for one in found}
    checked = replace(ready, findings=len(found))
    with pytest.raises(UserError, match="Say why it is to leave"):
        save_copies(store.write, checked, tmp_path)
    assert list(tmp_path.glob("*.pdf")) == []

    save_copies(store.write, replace(checked, reason="The panel may know."), tmp_path)
    row = store.read(records, "release")[0]
    assert row.values["findings"] == len(found)
    assert row.values["reason"] == "The panel may know."


def test_a_pack_for_nobody_by_name_has_one_copy(store: Store, review: int, tmp_path: Path) -> None:
    pack_id = store.write(StartPack(review=review)).record_id
    assert pack_id is not None
    ready = looked_through(store, pack_id)
    saved = save_copies(store.write, ready, tmp_path)
    assert [path.name for path in saved] == ["PK-2022-01 RR-2022-01 Child M.pdf"]
    assert "Copy" not in words(saved[0].read_bytes())


def test_own_parts_are_saved_as_accessible_files(store: Store, pack: int, tmp_path: Path) -> None:
    saved = save_parts(store, store.write, pack, tmp_path)
    assert [path.name for path in saved] == [
        "PK-2022-01 part 1, Agenda.pdf",
        "PK-2022-01 part 2, Notification.pdf",
        "PK-2022-01 part 3, Children and family.pdf",
        "PK-2022-01 part 5, Decision.pdf",
    ]
    for path in saved:
        assert faults(path.read_bytes()) == []
    assert len(store.read(releases)) == 4
    with pytest.raises(UserError, match="is in this folder already"):
        save_parts(store, store.write, pack, tmp_path)


def test_one_copy_is_made_by_its_number(store: Store, pack: int) -> None:
    made = make_pack(store, pack, Copy(number="2"))
    assert made.copy == Copy("Dora Finch, Oakshire Trust", "2 of 2")
    assert made.marking
    assert "Copy 2 of 2 for Dora Finch, Oakshire Trust" in words(made.data)
    extra = make_pack(store, pack, Copy("The coroner", "3"))
    assert "Copy 3 of 3 for The coroner" in words(extra.data)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("3", "The last copy of this pack is copy 2"),
        ("0", "is no number"),
        ("two", "is no number"),
        ("-1", "is no number"),
        ("٣", "is no number"),
    ],
)
def test_a_copy_that_is_none_is_refused(
    store: Store, pack: int, number: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        make_pack(store, pack, Copy(number=number))


def test_a_pack_in_the_bin_is_not_made(store: Store, pack: int, tmp_path: Path) -> None:
    store.write(WithdrawRecord("pack", pack, 2))
    with pytest.raises(UserError, match="in the bin"):
        make_ready(store, pack)
    with pytest.raises(UserError, match="in the bin"):
        save_parts(store, store.write, pack, tmp_path)
