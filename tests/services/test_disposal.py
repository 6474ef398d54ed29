"""Disposal: what goes for good, what stays, and that no word of it is left in the file."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import FORGOTTEN
from oscb_desktop.database.engine import connect, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.models.trust import AttachmentContent, Draft
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.disposals import disposals
from oscb_desktop.queries.history import history
from oscb_desktop.queries.records import record, records
from oscb_desktop.queries.search import search
from oscb_desktop.queries.undo import stopped_by_disposal, to_redo, to_undo
from oscb_desktop.services.backup_place import BackupPlace, place_of
from oscb_desktop.services.backups import back_up, newest_path
from oscb_desktop.services.disposal import Disposed, DisposeRecords, dispose
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.services.proof import prove
from oscb_desktop.services.records import AddRecord, AmendRecord, WithdrawRecord
from oscb_desktop.services.restore import look_inside, restore
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Redo, Undo
from tests.cases import OldCase, case_of, due, old_case, rule
from tests.conftest import NOW
from tests.factories import make
from tests.replay import hangs_together

WORD = "Quillfeather"
AUTHORITY = "The council's schedule, line 4; agreed by the chair."


@pytest.fixture
def place(paths: AppPaths) -> BackupPlace:
    return place_of(paths)


def _all(store: Store, **rest: bool) -> DisposeRecords:
    return DisposeRecords(due(store).due, "Chair of the subgroup", AUTHORITY, **rest)


def _withdraw(store: Store, kind: str, record_id: int) -> None:
    row = store.read(record, kind, record_id)
    assert row is not None
    store.write(WithdrawRecord(kind, record_id, row.version))


def _hung_with(store: Store) -> OldCase:
    """An old case with every kind of thing on it that tells of it."""
    case = old_case(store, WORD)
    make(store, "notification_discussion", incident=case.incident, reason=f"{WORD}: serious.")
    finding = make(store, "finding", review=case.review, title=f"{WORD} waited")
    advice = make(
        store, "recommendation", review=case.review, text=f"See {WORD} sooner.", findings=(finding,)
    )
    action = make(
        store,
        "action",
        review=case.review,
        recommendation=advice,
        text=f"Write of {WORD}.",
        delivery="complete",
        completed_on=date(1990, 1, 1),
    )
    make(store, "progress_note", action=action, note=f"{WORD} noted.")
    own = make(store, "attachment", name=f"{WORD}.pdf")
    shared = make(store, "attachment", name="Policy.pdf")
    make(store, "evidence", action=action, description=WORD, attachments=(own, shared))
    make(store, "evidence", attachments=(shared,))
    make(store, "learning_point", heading=f"As for {WORD}", reviews=(case.review,))
    make(store, "dissemination", review=case.review, product=f"Briefing on {WORD}")
    make(store, "release", review=case.review, paper=f"Record of {WORD}")
    make(store, "meeting", reviews=(case.review,), note=f"{WORD} was spoken of.")
    store.write(KeepDraft("review", case.review, 1, {}, ("voice",), {"voice": f"draft {WORD}"}))
    preset = {"review": case.review}
    store.write(KeepDraft("action", None, None, preset, ("text",), {"text": f"new {WORD}"}))
    return case


def _plain(path: Path, key: FileKey, tmp_path: Path, name: str) -> bytes:
    """Return all pages of a file, decrypted."""
    out = tmp_path / f"{name}.plain"
    with closing(connect(path, key)) as opened:
        opened.execute("ATTACH DATABASE ? AS plain KEY ''", (str(out),))
        opened.execute("SELECT sqlcipher_export('plain')")
        opened.execute("DETACH DATABASE plain")
    return out.read_bytes()


def _dumped(path: Path, key: FileKey) -> str:
    """Return every row of every table, the shadow tables of the index among them."""
    with closing(connect(path, key)) as opened:
        names = [
            row[0]
            for row in opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            )
        ]
        return "\n".join(
            repr(row) for name in names for row in opened.execute(f'SELECT * FROM "{name}"')
        )


def _free_pages(path: Path, key: FileKey) -> int:
    with closing(connect(path, key)) as opened:
        return int(opened.execute("PRAGMA freelist_count").fetchone()[0])


def test_a_disposal_leaves_no_word_in_the_file_or_in_the_backup_made_after(
    store: Store, place: BackupPlace, tmp_path: Path
) -> None:
    rule(store)
    _hung_with(store)
    other = old_case(store, "Harrowgate", finished_on=None)
    assert WORD.encode() in _plain(store.path, store.key, tmp_path, "before")
    done = dispose(store, place, _all(store))
    assert done.warnings == ()
    backup = newest_path(place, store.key)
    assert backup is not None
    store.exchange(lambda: store.key)  # close the file, so that it is all of it
    for path in (store.path, backup):
        pages = _plain(path, store.key, tmp_path, path.stem).lower()
        assert WORD.lower().encode() not in pages
        assert b"harrowgate" in pages
        assert WORD.lower() not in _dumped(path, store.key).lower()
        assert _free_pages(path, store.key) == 0
    assert not store.path.with_name(store.path.name + "-wal").exists()
    assert store.read(hangs_together)
    assert store.read(record, "review", other.review) is not None


def test_what_goes_is_counted_and_named_by_reference_alone(store: Store) -> None:
    rule(store)
    case = _hung_with(store)
    listed = case_of(store, "review", case.review)
    changes = store.write(_all(store))
    (told,) = store.read(disposals)
    assert told.records == listed.records
    assert "SCR" not in told.removed
    assert listed.reference in told.removed
    assert "1 incident" in told.removed
    assert WORD not in told.removed
    assert told.approved_by == "Chair of the subgroup"
    assert (told.hash_before, told.step) != (told.hash_after, 0)
    assert changes.record_id == told.id
    kinds = {kind for kind, _ in changes.records}
    assert {"review", "incident", "child_identity", "attachment", "disposal"} <= kinds
    assert store.read(search, WORD) == ()


def test_content_that_another_record_still_uses_stays(store: Store) -> None:
    rule(store)
    _hung_with(store)
    store.write(_all(store))
    kept = store.read(lambda session: list(session.scalars(select(AttachmentContent.digest))))
    assert kept == [hashlib.sha256(b"What Policy.pdf holds.").hexdigest()]
    assert store.read(lambda session: session.scalar(select(Draft.id))) is None


def test_siblings_shared_by_two_reviews_stay_until_the_last_goes(store: Store) -> None:
    rule(store)
    first = old_case(store, WORD)
    brother = make(store, "child", incident=first.incident, family=first.family)
    second = make(
        store,
        "review",
        children=(brother,),
        started_on=date(1990, 1, 4),
        arose_from=first.review,
    )
    store.write(_all(store))
    assert store.read(record, "review", first.review) is None
    assert store.read(record, "child_identity", first.identity) is not None
    left = store.read(record, "review", second)
    assert left is not None
    assert left.values["arose_from"] is None
    assert store.read(hangs_together)
    store.write(AmendRecord("review", second, left.version, {"finished_on": date(1991, 1, 1)}))
    store.write(_all(store))
    assert store.read(record, "child_identity", first.identity) is None
    assert store.read(records, "incident") == ()
    assert store.read(hangs_together)


def test_what_names_other_reviews_too_stays_and_loses_the_link(store: Store) -> None:
    rule(store)
    case = old_case(store, WORD)
    live = make(store, "review")
    point = make(store, "learning_point", reviews=(case.review, live))
    meeting = make(store, "meeting", reviews=(case.review, live))
    item = make(store, "agenda_item", meeting=meeting, review=case.review)
    listed = case_of(store, "review", case.review)
    assert any("LP-2022-01 stays" in said for said in listed.stays)
    assert any("may tell of this case" in said for said in listed.stays)
    store.write(_all(store))
    for kind, number in (("learning_point", point), ("meeting", meeting)):
        row = store.read(record, kind, number)
        assert row is not None
        assert row.values["reviews"] == (live,)
    assert store.read(record, "agenda_item", item) is None
    assert store.read(hangs_together)


def test_nothing_under_a_hold_is_removed_even_if_it_was_listed_before(store: Store) -> None:
    rule(store)
    case = old_case(store, WORD)
    command = _all(store)
    make(store, "legal_hold", name="Inquiry A", everything=False, incidents=(case.incident,))
    with pytest.raises(UserError, match="under a legal hold"):
        store.write(command)
    assert store.read(record, "review", case.review) is not None
    _withdraw(store, "review", case.review)  # putting it in the bin is still possible


def test_what_changed_since_the_list_was_read_is_not_removed(store: Store) -> None:
    rule(store)
    case = old_case(store, WORD)
    command = _all(store)
    make(store, "progress_check", review=case.review)
    with pytest.raises(ConflictError, match="was changed since it was listed"):
        store.write(command)
    live = store.read(record, "review", case.review)
    assert live is not None
    store.write(AmendRecord("review", case.review, live.version, {"finished_on": None}))
    with pytest.raises(UserError, match="is not due for disposal any more"):
        store.write(command)


def test_who_approves_and_on_what_authority_is_needed(store: Store) -> None:
    rule(store)
    old_case(store, WORD)
    with pytest.raises(InvalidRecord) as refused:
        store.write(DisposeRecords(due(store).due, " ", ""))
    assert [fault.field for fault in refused.value.faults] == ["approved_by", "authority"]
    with pytest.raises(UserError, match="Tick what"):
        store.write(DisposeRecords((), "Chair", AUTHORITY))


def test_what_is_for_the_archive_goes_only_when_the_archive_has_it(store: Store) -> None:
    rule(store, action="archive")
    old_case(store, WORD)
    with pytest.raises(UserError, match="Transfer it first"):
        store.write(_all(store))
    store.write(_all(store, transferred=True))
    assert "transferred to the archive" in store.read(disposals)[0].removed


def test_undo_and_redo_stop_at_a_disposal(store: Store) -> None:
    rule(store)
    old_case(store, WORD)
    live = make(store, "theme", name="Before")
    store.write(Undo())
    assert store.read(to_redo) is not None
    store.write(_all(store))
    assert (store.read(to_undo), store.read(to_redo)) == (None, None)
    assert "cannot be undone" in store.read(stopped_by_disposal)
    for command in (Undo(), Redo()):
        with pytest.raises(UserError, match="A disposal cannot be undone"):
            store.write(command)
    make(store, "theme", name="After")
    store.write(Undo())
    store.write(Redo())
    assert store.read(record, "theme", live) is not None
    assert store.read(hangs_together)


def test_the_history_of_a_removed_record_tells_that_and_nothing_else(store: Store) -> None:
    rule(store)
    case = old_case(store, WORD)
    store.write(_all(store))
    told = store.read(history, "review", case.review)
    assert told[0].act == "Disposed of"
    assert {row.step for row in told[1:]} == {FORGOTTEN}
    assert {(row.before, row.after) for row in told} <= {("", ""), ("", "(disposed of)")}
    assert WORD not in repr(told)


def test_no_number_of_a_removed_record_is_given_again(store: Store) -> None:
    rule(store)
    case = old_case(store, WORD)
    store.write(_all(store))
    added = store.write(AddRecord("incident", {"known_as": "Child N", "nature": "serious_harm"}))
    assert added.record_id is not None
    assert added.record_id > case.incident
    assert store.read(hangs_together)


def test_a_review_in_the_bin_goes_without_the_live_incident(store: Store) -> None:
    rule(store)
    case = old_case(store, WORD)
    _withdraw(store, "review", case.review)
    store.write(_all(store))
    assert store.read(record, "review", case.review) is None
    assert store.read(record, "incident", case.incident) is not None
    assert store.read(hangs_together)


def test_an_identity_goes_alone_and_a_professional_with_the_memberships(store: Store) -> None:
    rule(store, "identity", years=10)
    rule(store, "professional", years=6)
    case = old_case(store, WORD)
    person = make(store, "person", name=f"{WORD} Senior")
    make(
        store,
        "membership",
        person=person,
        from_on=date(1990, 1, 1),
        to_on=date(1995, 1, 1),
    )
    busy = make(store, "person")
    make(store, "action", owner=busy)
    store.write(_all(store))
    assert store.read(record, "child_identity", case.identity) is None
    assert store.read(record, "child", case.child) is not None
    assert store.read(record, "person", person) is None
    assert store.read(record, "person", busy) is not None
    told = store.read(disposals)[0].removed
    assert "Identity of CH-" in told
    assert WORD not in told
    assert store.read(hangs_together)


def test_the_record_of_a_disposal_tells_no_date_of_birth(store: Store) -> None:
    rule(store, "identity", trigger="youngest_25", years=0, source="Line 7")
    old_case(store, WORD)
    store.write(_all(store))
    told = store.read(disposals)[0].removed
    assert "the 25th birthday, no time added, is over; schedule: Line 7." in told
    assert "2010" not in told


def test_older_backups_are_proven_and_restored_as_they_were(
    store: Store, place: BackupPlace, tmp_path: Path
) -> None:
    rule(store)
    case = _hung_with(store)
    before = back_up(store, place, NOW)
    assert prove(store, place, NOW).is_proven
    store.write(_all(store))
    assert prove(store, place, NOW).is_proven, "the older backup, by the log of the newer file"
    inside = look_inside(before.path, store.key, place.scratch, store, NOW)
    assert inside.later == 1
    assert "The backup still holds what was disposed of since (D-2022-01)." in inside.words()
    copy = restore(before.path, store.key, tmp_path / "as it was.oscb")
    engine = make_engine(copy, store.key)
    with Session(engine) as session:
        found = record(session, "review", case.review)
        assert found is not None
        assert found.values["known_as"] == f"Child {WORD}"
        assert hangs_together(session)
    close_file(engine)


def test_the_backup_made_after_is_proven(store: Store, place: BackupPlace) -> None:
    rule(store)
    _hung_with(store)
    assert isinstance(dispose(store, place, _all(store)), Disposed)
    assert prove(store, place, NOW).is_proven
    make(store, "incident")
    back_up(store, place, NOW.replace(hour=12))
    assert prove(store, place, NOW).is_proven


def test_a_backup_that_cannot_be_made_is_a_warning(store: Store, place: BackupPlace) -> None:
    rule(store)
    old_case(store, WORD)
    place.folder.parent.mkdir(parents=True, exist_ok=True)
    place.folder.write_text("not a folder")
    (warning,) = dispose(store, place, _all(store)).warnings
    assert warning.startswith("No backup was made afterwards")
    assert store.read(records, "review") == ()


def test_a_file_in_use_elsewhere_is_not_written_anew_and_says_so(store: Store) -> None:
    rule(store)
    old_case(store, WORD)
    with closing(connect(store.path, store.key)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM review").fetchone()
        (warning,) = dispose(store, None, _all(store)).warnings
    assert "could not be written anew" in warning
    assert store.read(records, "review") == ()


def test_the_log_of_a_link_keeps_its_numbers(store: Store) -> None:
    rule(store)
    case = old_case(store, WORD)
    store.write(_all(store))
    kept = store.read(
        lambda session: session.execute(
            text(
                "SELECT after FROM change_item WHERE kind = 'review' AND field = 'children' "
                "AND record_id = :id AND act = 'add'"
            ),
            {"id": case.review},
        ).scalar()
    )
    assert json.loads(str(kept)) == [case.child]
