from __future__ import annotations

import shutil
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.backup_plan import BackupName, read_name
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.file_counts import last_step
from oscb_desktop.queries.records import records
from oscb_desktop.services.backup_place import BackupPlace, choose_folder, place_of, same_disk
from oscb_desktop.services.backups import (
    back_up,
    backups_of,
    is_due,
    is_proof_due,
    newest_path,
)
from oscb_desktop.services.copies import opened_copy
from oscb_desktop.services.files import create_store, safety_copy
from oscb_desktop.services.proof import prove
from oscb_desktop.services.store import Store
from tests.conftest import NOW, PASSPHRASE, now
from tests.factories import make

HOUR = timedelta(hours=1)


@pytest.fixture
def place(paths: AppPaths) -> BackupPlace:
    return place_of(paths)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_named_by_its_moment_and_tells_what_it_holds(
    store: Store, place: BackupPlace
) -> None:
    make(store, "action")
    row = back_up(store, place, NOW)
    assert names(place.folder) == ["test 2022-03-25 1000.oscb"]
    last = store.read(last_step)
    assert (row.made_at, row.occasion, row.unreadable) == (NOW, "", "")
    assert (row.reviews, row.actions, row.last) == (1, 1, last)
    assert row.size == row.path.stat().st_size
    assert row.proven_at is None
    assert backups_of(place, store.path, store.key) == (row,)
    assert names(place.folder) == ["test 2022-03-25 1000.oscb"], "looking leaves nothing"


def test_backups_are_listed_newest_first_with_safety_copies_and_none_of_another_file(
    store: Store, place: BackupPlace, tmp_path: Path
) -> None:
    safety_copy(store, place.folder, "before import")
    for hours in (2, 1, 3):
        back_up(store, place, NOW + hours * HOUR)
    second = back_up(store, place, NOW + 3 * HOUR)
    assert second.path.name == "test 2022-03-25 1300 2.oscb"
    other = create_store(tmp_path / "other" / "test.oscb", PASSPHRASE, "A. Tester", now)
    back_up(other, place, NOW + 9 * HOUR)
    other.close()
    (place.folder / "test 2022-03-26 1000.oscb").write_text("not one of ours")
    (place.folder / "folder 2022-03-26 1000.oscb").mkdir()
    rows = backups_of(place, store.path, store.key)
    assert [(row.made_at.hour, row.occasion) for row in rows] == [
        (13, ""),
        (13, ""),
        (12, ""),
        (11, ""),
        (10, "before import"),
    ]
    assert rows[0] == second
    assert newest_path(place, store.key) == second.path


def test_a_backup_of_a_file_under_another_name_is_still_its_backup(
    store: Store, place: BackupPlace
) -> None:
    back_up(store, place, NOW)
    store.path = Path(shutil.copy(store.path, store.path.with_name("renamed.oscb")))
    assert len(backups_of(place, store.path, store.key)) == 1


def test_what_is_saved_while_a_backup_is_made_harms_neither(
    store: Store, place: BackupPlace
) -> None:
    saved: list[int] = []
    stop, another = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            saved.append(make(store, "theme", name=f"Theme {len(saved)}"))
            another.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for minute in range(12):
            another.clear()
            assert another.wait(60)
            before = len(saved)
            row = back_up(store, place, NOW + timedelta(minutes=minute))
            with opened_copy(row.path, store.key, place.scratch, NOW) as copy:
                held = len(copy.read(records, "theme"))
            assert before <= held <= len(saved) + 1
    finally:
        stop.set()
        writer.join()
    assert prove(store, place, NOW).is_proven
    assert len(store.read(records, "theme")) == len(saved) >= 12


def test_a_backup_holds_what_is_only_in_the_write_ahead_log(
    store: Store, place: BackupPlace
) -> None:
    make(store, "theme", name="Neglect")
    assert store.path.with_name("test.oscb-wal").stat().st_size > 0
    row = back_up(store, place, NOW)
    with opened_copy(row.path, store.key, place.scratch, NOW) as copy:
        assert [each.title for each in copy.read(records, "theme")] == ["Neglect"]


def test_a_damaged_file_is_never_backed_up_over_good_ones(store: Store, place: BackupPlace) -> None:
    back_up(store, place, NOW)
    raw = connect(store.path, store.key)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    before = (place.folder / "test 2022-03-25 1000.oscb").read_bytes()
    with store.path.open("rb+") as file:
        file.seek(4096 * 20 + 50)
        file.write(b"spoilt")
    with pytest.raises(UserError, match=r"The backup could not be made, for test\.oscb is damaged"):
        back_up(store, place, NOW + HOUR)
    assert names(place.folder) == ["test 2022-03-25 1000.oscb"]
    assert (place.folder / "test 2022-03-25 1000.oscb").read_bytes() == before


def fill(store: Store, place: BackupPlace, moments: list[datetime], occasion: str = "") -> None:
    """Lay copies of these moments into the folder, all from one true copy."""
    first = copy_file(store.path, store.key, place.folder / "first.oscb")
    for moment in moments:
        shutil.copy(first, place.folder / BackupName("test", moment, occasion).written())
    first.unlink()


def test_old_backups_are_thinned_and_what_is_not_of_this_file_is_left(
    store: Store, place: BackupPlace
) -> None:
    days = [NOW - timedelta(days=day) for day in range(1, 500)]
    fill(store, place, days)
    foreign = place.folder / "another 2020-01-01 1000.oscb"
    shutil.copy(store.path, foreign)
    same_name = place.folder / "test 2020-01-01 1000.oscb"
    same_name.write_bytes(b"of a file of the same name with another salt")
    back_up(store, place, NOW)
    left = {path.name for path in place.folder.iterdir()} - {foreign.name, same_name.name}
    assert foreign.exists()
    assert same_name.exists()
    assert 28 <= len(left) <= 2 + 12 + 10 + 9
    oldest = min(filter(None, map(read_name, left)), key=lambda name: name.made_at)
    assert NOW - oldest.made_at > timedelta(days=260)


def test_safety_copies_go_by_their_age_alone(store: Store, place: BackupPlace) -> None:
    moments = [NOW - timedelta(days=day) for day in (1, 2, 200, 300, 365, 367, 900)]
    fill(store, place, moments, "before import")
    fill(store, place, moments, "replaced")
    back_up(store, place, NOW)
    left = [read_name(path.name) for path in place.folder.iterdir()]
    assert sum(name is not None and name.occasion == "before import" for name in left) == 5
    assert sum(name is not None and name.occasion == "replaced" for name in left) == 7


def test_the_newest_proven_backup_is_never_thinned_away(store: Store, place: BackupPlace) -> None:
    proven = back_up(store, place, NOW - timedelta(days=90, hours=5))
    assert prove(store, place, NOW - timedelta(days=90)).is_proven
    fill(store, place, [NOW - timedelta(days=day) for day in range(1, 120)])
    back_up(store, place, NOW)
    assert proven.path.exists()


def test_a_backup_is_due_when_something_changed_and_half_an_hour_has_passed(
    store: Store, place: BackupPlace
) -> None:
    assert is_due(store, place, NOW)
    back_up(store, place, NOW)
    assert not is_due(store, place, NOW + 9 * HOUR)
    assert not is_due(store, place, NOW + 9 * HOUR, closing=True)
    make(store, "theme")
    assert not is_due(store, place, NOW + timedelta(minutes=29))
    assert is_due(store, place, NOW + timedelta(minutes=30))
    assert is_due(store, place, NOW + timedelta(minutes=1), closing=True)


def test_a_backup_under_a_former_key_does_not_count(store: Store, place: BackupPlace) -> None:
    row = back_up(store, place, NOW)
    former = FileKey(b"x" * 32, store.key.salt)
    other = connect(row.path, store.key)
    other.execute(f"PRAGMA rekey = \"x'{former.key.hex()}{former.salt.hex()}'\"")
    other.close()
    (found,) = backups_of(place, store.path, store.key)
    assert "does not open with this file's passphrase" in found.unreadable
    assert is_due(store, place, NOW + HOUR)
    proof = prove(store, place, NOW)
    assert not proof.is_proven
    assert "it was made under another one, or its beginning is damaged" in proof.words()


def test_a_proof_is_due_once_a_day_and_after_a_backup_that_was_not_proven(
    store: Store, place: BackupPlace
) -> None:
    assert not is_proof_due(place, store.key, NOW), "there is nothing to prove"
    row = back_up(store, place, NOW)
    assert is_proof_due(place, store.key, NOW)
    prove(store, place, NOW)
    assert not is_proof_due(place, store.key, NOW + 23 * HOUR)
    assert is_proof_due(place, store.key, NOW + 24 * HOUR)
    row.path.write_bytes(row.path.read_bytes()[:-4096])
    prove(store, place, NOW + 24 * HOUR)
    assert not is_proof_due(place, store.key, NOW + 25 * HOUR), "it was looked into"
    assert is_due(store, place, NOW + 25 * HOUR), "what is not proven is no backup"
    back_up(store, place, NOW + 25 * HOUR)
    assert is_proof_due(place, store.key, NOW + 25 * HOUR)


def test_a_chosen_folder_is_kept_and_never_made_anew(
    store: Store, paths: AppPaths, tmp_path: Path
) -> None:
    drive = tmp_path / "drive" / "backups"
    drive.mkdir(parents=True)
    choose_folder(paths, drive)
    place = place_of(paths)
    assert back_up(store, place, NOW).path.parent == drive
    drive.rename(tmp_path / "away")
    with pytest.raises(UserError, match=r"is not there\. Connect its drive"):
        back_up(store, place_of(paths), NOW)
    assert not drive.exists()
    assert place_of(paths, tmp_path / "else").folder == tmp_path / "else"


def test_a_folder_beside_the_file_is_on_the_same_disk(store: Store, tmp_path: Path) -> None:
    assert same_disk(store.path, tmp_path / "to be" / "made")
    assert not same_disk(tmp_path / "missing.oscb", tmp_path)


def test_what_a_killed_backup_left_is_removed_a_day_later(store: Store, place: BackupPlace) -> None:
    place.folder.mkdir(parents=True)
    old = place.folder / "test 2022-03-24 0900.oscb.part"
    young = place.folder / "test 2022-03-25 0900.oscb.part"
    foreign = place.folder / "other 2022-03-24 0900.oscb.part"
    for path in (old, Path(f"{old}-journal"), young, foreign):
        path.write_bytes(b"half")
    back_up(store, place, NOW)
    assert names(place.folder) == [
        foreign.name,
        "test 2022-03-25 0900.oscb.part",
        "test 2022-03-25 1000.oscb",
    ]
    assert len(backups_of(place, store.path, store.key)) == 1


def test_a_backup_that_was_changed_since_its_proof_is_not_called_proven(
    store: Store, place: BackupPlace
) -> None:
    row = back_up(store, place, NOW)
    prove(store, place, NOW)
    assert backups_of(place, store.path, store.key)[0].proven_at == NOW
    raw = connect(row.path, store.key)
    raw.execute("CREATE TABLE more (x)")
    raw.close()
    assert backups_of(place, store.path, store.key)[0].proven_at is None


def test_counts_are_of_the_copy_and_not_of_the_file(store: Store, place: BackupPlace) -> None:
    back_up(store, place, NOW)
    make(store, "review")
    assert [row.reviews for row in backups_of(place, store.path, store.key)] == [0]
