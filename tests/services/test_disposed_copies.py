"""Copies that still hold what was removed: named, dated, and deleted one at a time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.disposals import disposals
from oscb_desktop.queries.history import history
from oscb_desktop.queries.papers_disposal import disposal_certificate
from oscb_desktop.services.backup_place import BackupPlace, place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.disposal import DisposeRecords, dispose
from oscb_desktop.services.disposed_copies import copies_holding, delete_copy
from oscb_desktop.services.keys import change_passphrase
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.printing import made_now, make_disposal_certificate
from oscb_desktop.services.releases import release_to_file
from oscb_desktop.services.store import Store
from tests.cases import due, old_case, rule
from tests.conftest import NOW, PASSPHRASE
from tests.reports.reading import words

OLD = NOW - timedelta(days=3)


@pytest.fixture
def place(paths: AppPaths) -> BackupPlace:
    return place_of(paths)


@pytest.fixture
def older(store: Store, place: BackupPlace) -> Path:
    """A backup made before the disposal that follows it."""
    rule(store, source="Line 4")
    old_case(store, "Quillfeather")
    path = back_up(store, place, OLD).path
    dispose(store, place, DisposeRecords(due(store).due, "The chair", "Line 4, agreed by all."))
    return path


def _disposal(store: Store) -> int:
    return store.read(disposals)[0].id


def test_only_a_copy_made_before_still_holds_it(
    store: Store, place: BackupPlace, older: Path
) -> None:
    (found,) = copies_holding(store, place, _disposal(store))
    assert found.path == older
    assert found.until == "until about 23 Mar 2023, as newer ones take its place"
    assert found.doubt == ""


def test_a_copy_that_may_hold_it_is_named_with_the_doubt(
    store: Store, place: BackupPlace, older: Path
) -> None:
    spoilt = older.with_name("test 2022-03-01 0900.oscb")
    spoilt.write_bytes(older.read_bytes()[:4096] + b"x" * 8192)
    found = {copy.path: copy.doubt for copy in copies_holding(store, place, _disposal(store))}
    assert "does not open" in found[spoilt]


def test_copies_under_an_earlier_passphrase_are_named(
    store: Store, place: BackupPlace, older: Path
) -> None:
    change_passphrase(store, PASSPHRASE, "four quite plain words")
    found = {copy.path: copy.words() for copy in copies_holding(store, place, _disposal(store))}
    assert "another passphrase" in found[older]


def test_a_copy_is_deleted_by_name_and_noted(store: Store, place: BackupPlace, older: Path) -> None:
    number = _disposal(store)
    delete_copy(store, place, number, older)
    assert not older.exists()
    assert copies_holding(store, place, number) == ()
    assert store.read(history, "disposal", number)[0].step == f"Delete the copy {older.name}"
    with pytest.raises(UserError, match="is no copy made before D-2022-01"):
        delete_copy(store, place, number, older)


def test_a_copy_made_since_or_the_file_itself_is_never_deleted(
    store: Store, place: BackupPlace, older: Path
) -> None:
    newer = next(path for path in place.folder.glob("*.oscb") if path != older)
    for path in (newer, store.path):
        with pytest.raises(UserError, match="left alone"):
            delete_copy(store, place, _disposal(store), path)
        assert path.exists()


def test_no_copy_is_deleted_before_there_is_a_newer_backup(
    store: Store, place: BackupPlace, older: Path
) -> None:
    next(path for path in place.folder.glob("*.oscb") if path != older).unlink()
    with pytest.raises(UserError, match="no backup made since"):
        delete_copy(store, place, _disposal(store), older)
    assert older.exists()


def test_the_certificate_tells_it_all_by_reference(
    store: Store, place: BackupPlace, older: Path, tmp_path: Path
) -> None:
    number = _disposal(store)
    told = store.read(disposals)[0]
    copies = [(found.path.name, found.words()) for found in copies_holding(store, place, number)]
    document = store.read(disposal_certificate, number, "test.oscb", copies, made_now(store))
    assert document.paper.title == "Disposal certificate D-2022-01"
    assert "RR-1989-01: work ended on 30 Jun 1990, 30 years" in document.removed[0]
    assert "schedule: Line 4" in document.removed[0]
    made = make_disposal_certificate(store, number, copies)
    printed = " ".join(words(made.data).split())
    for part in (older.name, "The chair", "5 records removed", told.hash_before[:8]):
        assert part in printed
    assert told.hash_after in printed.replace(" ", "")
    assert "Quillfeather" not in printed
    release_to_file(store.write, checked(store, made), tmp_path / "certificate.pdf")
    assert (tmp_path / "certificate.pdf").read_bytes() == made.data
