from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.file_counts import last_step
from oscb_desktop.queries.records import first_id
from oscb_desktop.services.backup_place import BackupPlace, place_of
from oscb_desktop.services.backups import back_up, backups_of, is_due
from oscb_desktop.services.files import open_store
from oscb_desktop.services.restore import (
    key_of,
    look_inside,
    looked_at,
    put_in_place,
    restore,
)
from oscb_desktop.services.store import Store
from tests.conftest import NOW, PASSPHRASE, now
from tests.factories import make
from tests.replay import as_held, hangs_together
from tests.services.acts import change, withdraw


@pytest.fixture
def place(paths: AppPaths) -> BackupPlace:
    return place_of(paths)


@pytest.fixture
def backup(store: Store, place: BackupPlace) -> Path:
    """A backup of a review with two actions."""
    review = make(store, "review", themes=(make(store, "theme"),))
    for _ in range(2):
        make(store, "action", review=review)
    return back_up(store, place, NOW).path


def spoil(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[4096 * 20 + 50] ^= 0xFF
    path.write_bytes(raw)


def test_a_restored_file_is_equal_record_by_record(
    store: Store, backup: Path, tmp_path: Path, paths: AppPaths
) -> None:
    held, step = store.read(as_held), store.read(last_step)
    make(store, "theme", name="Later")
    new = restore(backup, store.key, tmp_path / "restored.oscb")
    restored = open_store(new, PASSPHRASE, paths.backups, "A. Tester", now)
    assert restored.read(as_held) == held
    assert restored.read(last_step) == step
    assert restored.read(hangs_together)
    make(restored, "theme", name="And on")
    restored.close()


def test_the_differences_are_counted_before_anything_is_done(
    store: Store, backup: Path, place: BackupPlace
) -> None:
    withdraw(store, "action", 1)
    make(store, "theme", name="Later")
    make(store, "theme", name="Latest")
    before = backup.read_bytes(), store.read(as_held)
    inside = look_inside(backup, store.key, place.scratch, store, NOW)
    assert [each.words() for each in inside.differences] == [
        "Themes: 1, now 3 (2 fewer)",
        "Actions: 2, now 1 (1 more)",
    ]
    assert inside.later == 3
    assert inside.last.label.startswith("Add action A-2022-02")
    assert inside.now is not None
    assert (inside.now.label, inside.last.at) == ("Add theme Latest", NOW)
    assert inside.faults == ()
    assert (backup.read_bytes(), store.read(as_held)) == before
    assert list(place.scratch.iterdir()) == []


def test_a_backup_of_another_history_is_not_counted_in_steps(
    store: Store, backup: Path, place: BackupPlace
) -> None:
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE change SET hash = 'x'"))
    assert look_inside(backup, store.key, place.scratch, store, NOW).later is None


def test_faults_of_a_backup_are_told_when_it_is_looked_into(
    store: Store, backup: Path, place: BackupPlace
) -> None:
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE change SET label = 'x' WHERE id = 2"))
    later = back_up(store, place, NOW + timedelta(hours=1)).path
    assert look_inside(backup, store.key, place.scratch, None, NOW).faults == ()
    (fault,) = look_inside(later, store.key, place.scratch, None, NOW).faults
    assert "step 2 is missing or not as it was written" in fault


def test_a_file_that_is_open_elsewhere_can_be_compared(
    store: Store, backup: Path, place: BackupPlace
) -> None:
    make(store, "theme", name="Only in the log beside it")
    with looked_at(store.path, store.key, place.scratch, NOW) as seen:
        inside = look_inside(backup, store.key, place.scratch, seen, NOW)
    assert inside.later == 1


def test_only_a_new_file_is_restored_to(store: Store, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"test\.oscb exists already"):
        restore(backup, store.key, store.path)
    with pytest.raises(UserError, match="There is no folder"):
        restore(backup, store.key, tmp_path / "none" / "new.oscb")
    assert not (tmp_path / "none").exists()


def test_a_damaged_backup_is_not_restored(store: Store, backup: Path, tmp_path: Path) -> None:
    spoil(backup)
    with pytest.raises(UserError, match=r"for test 2022-03-25 1000\.oscb is damaged"):
        restore(backup, store.key, tmp_path / "new.oscb")
    assert not (tmp_path / "new.oscb").exists()


def test_a_passphrase_that_does_not_open_a_backup_is_told(store: Store, backup: Path) -> None:
    assert key_of(backup, PASSPHRASE) == store.key
    with pytest.raises(UserError, match="does not open with this passphrase"):
        key_of(backup, "another three words")


def test_a_backup_takes_the_place_of_the_file_which_is_kept(
    store: Store, backup: Path, place: BackupPlace
) -> None:
    held = store.read(as_held)
    make(store, "theme", name="Later")
    later = store.read(as_held)
    store.close()
    restored, replaced = put_in_place(store.path, store.key, backup, "B. Tester", now)
    assert replaced == store.path.with_name("test replaced 2022-03-25 1000.oscb")
    assert restored.path == store.path
    assert restored.read(as_held) == held
    with looked_at(replaced, store.key, place.scratch, NOW) as kept:
        assert kept.read(as_held) == later
    assert {row.occasion for row in backups_of(place, store.path, store.key)} == {"", "replaced"}
    change(restored, "theme", restored.read(first_id, "theme") or 0, name="On from here")
    assert is_due(restored, place, NOW + timedelta(hours=1))
    restored.close()
    with looked_at(replaced, store.key, place.scratch, NOW) as kept:
        assert kept.read(as_held) == later, "what is written after is not written to both"
    assert sorted(path.name for path in store.path.parent.glob("test*")) == [
        "test replaced 2022-03-25 1000.oscb",
        "test.oscb",
    ]


def test_the_replaced_file_is_kept_where_no_file_may_have_two_names(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Operation not supported")

    store.close()
    before = store.path.read_bytes()
    monkeypatch.setattr(os, "link", refuse)
    restored, replaced = put_in_place(store.path, store.key, backup, "B. Tester", now)
    restored.close()
    assert replaced.read_bytes() == before


def test_a_file_that_another_program_holds_is_left_as_it_was(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move = Path.replace

    def refuse(source: Path, target: Path) -> Path:
        if target == store.path:
            raise PermissionError(13, "Permission denied")
        return move(source, target)

    store.close()
    before = store.path.read_bytes()
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="could not be replaced: Permission denied"):
        put_in_place(store.path, store.key, backup, "B. Tester", now)
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.glob("test*")] == ["test.oscb"]


def test_a_damaged_backup_takes_nobodys_place(store: Store, backup: Path) -> None:
    store.close()
    before = store.path.read_bytes()
    spoil(backup)
    with pytest.raises(UserError, match="is damaged"):
        put_in_place(store.path, store.key, backup, "B. Tester", now)
    assert store.path.read_bytes() == before
    assert [path.name for path in store.path.parent.glob("test*")] == ["test.oscb"]


def test_a_file_that_is_open_is_not_replaced(store: Store, backup: Path) -> None:
    before = store.path.read_bytes()
    lock = OpenFileLock(store.path)
    lock.acquire(NOW)
    with pytest.raises(UserError, match="is already open by"):
        put_in_place(store.path, store.key, backup, "B. Tester", now)
    lock.release()
    with pytest.raises(UserError, match="another program is using it"):
        put_in_place(store.path, store.key, backup, "B. Tester", now)
    assert store.path.read_bytes() == before
