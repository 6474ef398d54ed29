"""Files inside the file: taken in, kept once, given out, and found out when they were altered."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.engine import connect, make_engine
from oscb_desktop.database.models.trust import AttachmentContent
from oscb_desktop.errors import ConflictError, DamagedFileError, UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.attachments import files_of
from oscb_desktop.queries.history import history
from oscb_desktop.queries.records import RecordRow, record, records, singleton
from oscb_desktop.queries.search import search
from oscb_desktop.services.actions import CompleteAction
from oscb_desktop.services.attachments import (
    AddEvidenceFiles,
    AttachFiles,
    DetachFile,
    NewFile,
    content_of,
    save_copy,
    take_in,
)
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.disposal import DisposeRecords
from oscb_desktop.services.files import check_store, open_store
from oscb_desktop.services.opened_copies import OpenedCopies, mark_as_foreign, sweep
from oscb_desktop.services.proof import prove
from oscb_desktop.services.records import AmendRecord, RestoreRecord, WithdrawRecord
from oscb_desktop.services.salvage import salvage
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Redo, Undo
from tests.cases import due, old_case, rule
from tests.conftest import NOW, PASSPHRASE, now
from tests.factories import make
from tests.replay import hangs_together

PDF = b"%PDF-1.7 the trust's safer sleep policy"


def file_at(folder: Path, name: str = "Policy.pdf", content: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def row_of(store: Store, kind: str, record_id: int) -> RecordRow:
    row = store.read(record, kind, record_id)
    assert row is not None
    return row


def attach(store: Store, kind: str, record_id: int, *paths: Path) -> None:
    version = row_of(store, kind, record_id).version
    store.write(AttachFiles(kind, record_id, version, take_in(store, paths).files))


def detach(store: Store, kind: str, record_id: int, attachment: int) -> None:
    store.write(DetachFile(kind, record_id, row_of(store, kind, record_id).version, attachment))


def contents(store: Store) -> int:
    return store.read(
        lambda session: session.scalar(select(func.count()).select_from(AttachmentContent)) or 0
    )


def alter(store: Store, statement: str, *values: object) -> None:
    with closing(connect(store.path, store.key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement, values)


def flip(store: Store) -> None:
    """Change one byte of what a file holds, as somebody with the key could."""
    flipped = bytes([PDF[0] ^ 1]) + PDF[1:]
    alter(store, "UPDATE attachment_content SET content = ? WHERE content = ?", flipped, PDF)


@pytest.fixture
def evidence(store: Store) -> int:
    return make(store, "evidence")


# Attaching


@pytest.mark.parametrize("kind", ["evidence", "agency_request", "report_draft", "meeting"])
def test_a_file_is_kept_with_any_record_that_takes_files(
    store: Store, tmp_path: Path, kind: str
) -> None:
    record_id = make(store, kind)
    attach(store, kind, record_id, file_at(tmp_path))
    (file,) = store.read(files_of, kind, (record_id,))
    assert (file.name, file.kind, file.size, file.by) == ("Policy.pdf", "PDF", 39, "A. Tester")
    assert file.added_on == date(2022, 3, 25)
    assert content_of(store, file.id) == PDF
    assert check_store(store) == ()
    assert store.read(hangs_together)
    assert store.read(search, "Policy")


def test_the_same_content_is_kept_once_and_the_same_file_has_one_record(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    other = make(store, "evidence")
    attach(store, "evidence", evidence, file_at(tmp_path))
    attach(store, "evidence", other, file_at(tmp_path), file_at(tmp_path, "Copy of it.pdf"))
    assert contents(store) == 1
    assert [row.words("name") for row in store.read(records, "attachment")] == [
        "Copy of it.pdf",
        "Policy.pdf",
    ]
    with pytest.raises(UserError, match="is attached here already"):
        attach(store, "evidence", other, file_at(tmp_path))


def test_one_undo_takes_all_files_of_a_step_off_and_a_redo_brings_them_back(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    paths = (file_at(tmp_path), file_at(tmp_path, "Minutes.txt", b"Agreed."))
    attach(store, "evidence", evidence, *paths)
    store.write(Undo())
    assert store.read(files_of, "evidence", (evidence,)) == ()
    assert store.read(records, "attachment") == ()
    assert check_store(store) == ()
    store.write(Redo())
    assert len(store.read(files_of, "evidence", (evidence,))) == 2
    store.write(Undo())
    attach(store, "evidence", evidence, *paths)
    assert len(store.read(records, "attachment", withdrawn=True)) == 0, "the records came back"
    assert contents(store) == 2
    assert store.read(hangs_together)


def test_a_file_taken_off_goes_to_the_bin_with_the_last_that_has_it(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    other = make(store, "evidence")
    for each in (evidence, other):
        attach(store, "evidence", each, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    detach(store, "evidence", evidence, file.id)
    assert store.read(records, "attachment", withdrawn=True) == ()
    detach(store, "evidence", other, file.id)
    assert len(store.read(records, "attachment", withdrawn=True)) == 1
    with pytest.raises(UserError, match="not attached here any more"):
        detach(store, "evidence", other, file.id)
    store.write(Undo())
    assert content_of(store, store.read(files_of, "evidence", (other,))[0].id) == PDF
    assert store.read(hangs_together)


def test_evidence_in_the_bin_comes_back_with_its_file(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    other = make(store, "evidence")
    for each in (evidence, other):
        attach(store, "evidence", each, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    store.write(WithdrawRecord("evidence", evidence, row_of(store, "evidence", evidence).version))
    detach(store, "evidence", other, file.id)
    store.write(RestoreRecord("evidence", evidence))
    assert store.read(files_of, "evidence", (evidence,)) == (file,)


def test_a_record_that_changed_meanwhile_takes_no_file(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    files = take_in(store, (file_at(tmp_path),)).files
    row = row_of(store, "evidence", evidence)
    store.write(AmendRecord("evidence", evidence, row.version, {"kept_at": "Shared drive"}))
    with pytest.raises(ConflictError):
        store.write(AttachFiles("evidence", evidence, row.version, files))
    assert contents(store) == 0


def test_a_file_is_never_typed_over(store: Store, tmp_path: Path, evidence: int) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (row,) = store.read(records, "attachment")
    for name, value in (("name", "a.exe"), ("digest", "00" * 32), ("size", 1)):
        with pytest.raises(UserError, match="is not changed here once it is set"):
            store.write(AmendRecord("attachment", row.id, row.version, {name: value}))


# Evidence


def test_a_file_dropped_on_an_action_is_evidence_in_one_step(store: Store, tmp_path: Path) -> None:
    action = make(store, "action", delivery="in_progress")
    files = take_in(store, (file_at(tmp_path), file_at(tmp_path, "Audit.csv", b"a,b\n1,2\n"))).files
    store.write(AddEvidenceFiles(action, files, date(2022, 3, 25)))
    rows = store.read(records, "evidence", owner=action)
    assert [row.words("description") for row in rows] == ["Audit.csv", "Policy.pdf"]
    assert [row.values["kind"] for row in rows] == ["audit", "policy"]
    assert [row.words("attachments") for row in rows] == ["Audit.csv", "Policy.pdf"]
    row = row_of(store, "action", action)
    store.write(CompleteAction(action, row.version, date(2022, 3, 25)))
    assert row_of(store, "action", action).values["delivery"] == "complete"
    store.write(Undo())
    store.write(Undo())
    assert store.read(records, "evidence", owner=action) == ()
    assert store.read(hangs_together)


def test_the_same_file_dropped_twice_is_evidence_once(store: Store, tmp_path: Path) -> None:
    action = make(store, "action")
    first = take_in(store, (file_at(tmp_path),)).files
    store.write(AddEvidenceFiles(action, first, date(2022, 3, 25)))
    with pytest.raises(UserError, match="is attached here already"):
        store.write(AddEvidenceFiles(action, first, date(2022, 3, 25)))
    newer = take_in(store, (file_at(tmp_path, content=PDF + b", second edition"),)).files
    store.write(AddEvidenceFiles(action, newer, date(2022, 3, 25)))
    (row,) = store.read(records, "evidence", owner=action)
    assert len(store.read(files_of, "evidence", (row.id,))) == 2


# What is refused


def _sparse(folder: Path) -> Path:
    path = folder / "Film.pdf"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    return path


def _linked(folder: Path) -> Path:
    path = folder / "Short.pdf"
    path.symlink_to(file_at(folder))
    return path


def _folder(folder: Path) -> Path:
    path = folder / "Evidence.pdf"
    path.mkdir()
    return path


def _unreadable(folder: Path) -> Path:
    path = file_at(folder, "Locked.pdf")
    path.chmod(0)
    return path


def _pipe(folder: Path) -> Path:
    path = folder / "Pipe.pdf"
    os.mkfifo(path)
    return path


_REFUSED: list[tuple[Callable[[Path], Path], str]] = [
    (_sparse, "“Film.pdf” is 2,048.0 MB. Files of up to 25.0 MB are attached"),
    (lambda folder: file_at(folder, content=b""), "“Policy.pdf” is empty"),
    (lambda folder: file_at(folder, "setup.exe"), "“setup.exe” is a program"),
    (lambda folder: file_at(folder, content=b"MZ\x90\x00"), "“Policy.pdf” is a program"),
    (lambda folder: file_at(folder, "page.html"), "What can be: PDF"),
    (lambda folder: file_at(folder, content=b"not one"), "does not hold what its name says"),
    (lambda folder: folder / "Gone.pdf", "“Gone.pdf” is not there any more"),
    (lambda folder: folder / f"{'x' * 300}.pdf", "is too long to be read"),
    (_folder, "“Evidence.pdf” is a folder. Attach the files in it"),
    (_linked, "“Short.pdf” is a shortcut to another file"),
    (_pipe, "“Pipe.pdf” is no file that can be read to its end"),
]


@pytest.mark.parametrize(("bad", "sentence"), _REFUSED)
def test_what_cannot_be_attached_is_refused_in_a_sentence_and_the_others_are_taken(
    store: Store, tmp_path: Path, bad: Callable[[Path], Path], sentence: str
) -> None:
    (tmp_path / "sound").mkdir()
    sound, refused = file_at(tmp_path / "sound"), bad(tmp_path)
    taken = take_in(store, (refused, sound))
    assert [file.name for file in taken.files] == [sound.name]
    assert [sentence in told for told in taken.refused] == [True]
    with pytest.raises(UserError) as alone:
        take_in(store, (refused,))
    assert sentence in alone.value.sentence
    assert contents(store) == 0


def test_every_file_that_is_refused_is_named_with_its_reason(store: Store, tmp_path: Path) -> None:
    bad = [file_at(tmp_path, "run.exe"), file_at(tmp_path, "a.zip"), tmp_path / "Gone.pdf"]
    assert take_in(store, (file_at(tmp_path),)).told == ""
    told = take_in(store, (bad[0], file_at(tmp_path), *bad[1:])).told.splitlines()
    assert told[0] == "1 file taken, 3 not:"
    assert [line.split("”")[0] for line in told[1:]] == ["“run.exe", "“a.zip", "“Gone.pdf"]
    with pytest.raises(UserError) as none:
        take_in(store, bad)
    assert none.value.sentence.splitlines() == told[1:]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“Locked.pdf” cannot be read: it may be open in another"):
        take_in(store, (_unreadable(tmp_path),))


def test_a_file_that_is_being_written_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, look = file_at(tmp_path), Path.stat

    def written_and_looked_at(one: Path, **how: bool) -> os.stat_result:
        if one == path:
            with path.open("ab") as growing:
                growing.write(b"more")
        return look(one, **how)

    monkeypatch.setattr(Path, "stat", written_and_looked_at)
    with pytest.raises(UserError, match="is being written just now"):
        take_in(store, (path,))


def test_the_bound_is_a_setting(store: Store, tmp_path: Path) -> None:
    row = store.read(singleton, "organisation")
    assert row is not None
    store.write(AmendRecord("organisation", row.id, row.version, {"attachment_megabytes": 1}))
    with pytest.raises(UserError, match=r"Files of up to 1\.0 MB are attached \(Settings"):
        take_in(store, (file_at(tmp_path, content=PDF + bytes(1024 * 1024)),))


def test_a_document_with_macros_is_kept_with_a_note(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path, "Audit.xlsm", b"PK\x03\x04 a workbook"))
    (file,) = store.read(files_of, "evidence", (evidence,))
    assert file.note == "May hold macros."


def test_too_many_at_once_are_refused(store: Store, tmp_path: Path) -> None:
    path = file_at(tmp_path)
    with pytest.raises(UserError, match="At most 50 files"):
        take_in(store, [path] * 51)


# Copies that leave


def test_a_copy_that_is_saved_is_the_same_to_the_byte_and_noted(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    save_copy(store, file.id, tmp_path / "out.pdf")
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    newest = store.read(history, "attachment", file.id)[0]
    assert newest.step == "Save a copy of attached file Policy.pdf"
    with pytest.raises(UserError, match="does not exist"):
        save_copy(store, file.id, tmp_path / "nowhere" / "out.pdf")


def test_a_copy_that_cannot_be_noted_does_not_leave(
    store: Store, tmp_path: Path, evidence: int, paths: AppPaths
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    store.damage = "A page was changed from outside."
    with pytest.raises(DamagedFileError):
        save_copy(store, file.id, tmp_path / "out.pdf")
    with pytest.raises(DamagedFileError):
        OpenedCopies(store, paths.scratch).open_copy(file.id)
    assert not (tmp_path / "out.pdf").exists()
    assert not list(tmp_path.glob(".*.part"))
    assert not list(paths.scratch.rglob("*.pdf"))


def test_an_opened_copy_is_protected_and_gone_when_the_file_closes(
    store: Store, tmp_path: Path, evidence: int, paths: AppPaths
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    copies = OpenedCopies(store, paths.scratch)
    path = copies.open_copy(file.id)
    assert path.read_bytes() == PDF
    assert path.name == "Policy.pdf"
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:2]} == {0o700}
    assert copies.open_copy(file.id) != path, "each opening has a folder of its own"
    (path.parent / ".~lock.Policy.pdf#").write_text("an office program was here")
    assert store.read(history, "attachment", file.id)[0].step.startswith("Open a copy of")
    sweep(paths.scratch)
    assert path.exists(), "a start of the program beside leaves them alone"
    store.close()
    assert list(paths.scratch.iterdir()) == []


def test_copies_go_when_the_file_locks_and_may_be_opened_again(
    store: Store, tmp_path: Path, evidence: int, paths: AppPaths
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    copies = OpenedCopies(store, paths.scratch)
    copies.open_copy(file.id)
    copies.remove()
    assert list(paths.scratch.iterdir()) == []
    assert copies.open_copy(file.id).exists()
    store.key = store.key.copy()  # the one of the fixture goes on
    store.forget()
    assert list(paths.scratch.iterdir()) == []


def test_what_a_program_that_was_killed_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / "open-0123" / "4567"
    left.mkdir(parents=True)
    (left / "Policy.pdf").write_bytes(PDF)
    (left / "Policy.pdf").chmod(0o400)
    left.chmod(0o500)
    (tmp_path / "practice-1").mkdir()
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["practice-1"]


def test_a_name_altered_into_a_program_is_not_opened(
    store: Store, tmp_path: Path, evidence: int, paths: AppPaths
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    alter(store, "UPDATE attachment SET name = 'Policy.exe'")
    with pytest.raises(UserError, match="is a program"):
        OpenedCopies(store, paths.scratch).open_copy(file.id)
    alter(store, "UPDATE attachment SET name = '../../../Policy.pdf'")
    path = OpenedCopies(store, paths.scratch).open_copy(file.id)
    assert path.parents[2] == paths.scratch


def test_windows_is_told_that_the_file_came_from_outside(tmp_path: Path) -> None:
    mark_as_foreign(file_at(tmp_path))
    assert "ZoneId=3" in (tmp_path / "Policy.pdf:Zone.Identifier").read_text("ascii")


# Altered from outside


def test_content_that_was_altered_is_refused_and_the_check_names_the_file(
    store: Store, tmp_path: Path, evidence: int, paths: AppPaths
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    flip(store)
    with pytest.raises(UserError, match=r"copy of “Policy.pdf” in test.oscb was altered"):
        content_of(store, file.id)
    with pytest.raises(UserError, match="was altered"):
        save_copy(store, file.id, tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()
    assert check_store(store) == (
        "What the attached file “Policy.pdf” holds was altered since it was attached.",
    )


def test_content_that_is_missing_is_told(store: Store, tmp_path: Path, evidence: int) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    (file,) = store.read(files_of, "evidence", (evidence,))
    alter(store, "DELETE FROM attachment_content")
    with pytest.raises(UserError, match="is missing from"):
        content_of(store, file.id)
    assert check_store(store) == ("What the attached file “Policy.pdf” holds is missing.",)


def test_attaching_the_file_again_mends_an_altered_copy(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    flip(store)
    attach(store, "evidence", make(store, "evidence"), file_at(tmp_path))
    assert check_store(store) == ()


def test_a_backup_with_an_altered_file_is_not_proven(
    store: Store, tmp_path: Path, evidence: int, paths: AppPaths
) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    place = place_of(paths)
    back_up(store, place, NOW)
    assert prove(store, place, NOW).is_proven
    flip(store)
    back_up(store, place, NOW)
    proof = prove(store, place, NOW)
    assert "“Policy.pdf” holds was altered" in proof.words()


def test_salvage_carries_whole_files_over_and_names_those_lost(
    store: Store, tmp_path: Path, evidence: int
) -> None:
    attach(
        store, "evidence", evidence, file_at(tmp_path), file_at(tmp_path, "Film.txt", bytes(99_999))
    )
    flip(store)
    store.close()
    to = tmp_path / "new.oscb"
    found = salvage(store.path, store.key, to, tmp_path / "scratch", "A. Tester", NOW)
    assert found.faults == ()
    assert found.lost == ("Attached file “Policy.pdf” is lost: it is not whole any more.",)
    assert found.known - found.read == 1
    new = open_store(to, PASSPHRASE, tmp_path / "backups", "A. Tester", now)
    (file,) = new.read(files_of, "evidence", (evidence,))
    assert content_of(new, file.id) == bytes(99_999)
    assert check_store(new) == ()
    assert new.read(hangs_together)
    new.close()


# Disposal


def test_a_file_taken_off_goes_for_good_with_the_last_case_that_had_it(
    store: Store, tmp_path: Path
) -> None:
    rule(store)
    case = old_case(store, "Quillfeather")
    action = make(
        store, "action", review=case.review, delivery="complete", completed_on=date(1990, 1, 1)
    )
    old, young = make(store, "evidence", action=action), make(store, "evidence")
    kept = file_at(tmp_path, "Kept.txt", b"A later review had this too.")
    for each, path in ((old, file_at(tmp_path)), (old, kept), (young, kept)):
        attach(store, "evidence", each, path)
    for each in (old, young):
        for file in store.read(files_of, "evidence", (each,)):
            detach(store, "evidence", each, file.id)
    assert contents(store) == 2
    assert len(store.read(records, "attachment", withdrawn=True)) == 2
    store.write(DisposeRecords(due(store).due, "Chair", "Schedule, line 4"))
    assert contents(store) == 1
    (left,) = store.read(records, "attachment", withdrawn=True)
    assert left.words("name") == "Kept.txt"
    assert check_store(store) == ()


# Weight


def test_no_list_reads_what_a_file_holds(store: Store, tmp_path: Path, evidence: int) -> None:
    attach(store, "evidence", evidence, file_at(tmp_path))
    engine, asked = make_engine(store.path, store.key), []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with Session(engine) as session:
        assert files_of(session, "evidence", (evidence,))
        assert search(session, "Policy")
        (row,) = records(session, "attachment")
        assert history(session, "attachment", row.id)
        assert record(session, "evidence", evidence)
    engine.dispose()
    assert asked
    assert not [statement for statement in asked if "attachment_content" in statement]


def test_25_megabytes_are_attached(store: Store, tmp_path: Path, evidence: int) -> None:
    path = file_at(tmp_path, content=PDF + os.urandom(25 * 1024 * 1024 - len(PDF)))
    attach(store, "evidence", evidence, path)
    assert isinstance(take_in(store, (path,)).files[0], NewFile)
