from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from oscb_desktop.database.engine import connect
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.file_counts import live_records
from oscb_desktop.services.backup_place import BackupPlace, place_of
from oscb_desktop.services.backups import back_up, backups_of
from oscb_desktop.services.copies import opened_copy
from oscb_desktop.services.proof import prove
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make
from tests.services.acts import change, withdraw

PAGE = 4096
MUTATIONS = 200


@pytest.fixture
def place(paths: AppPaths) -> BackupPlace:
    return place_of(paths)


@pytest.fixture
def backup(store: Store, place: BackupPlace) -> Path:
    """A backup of some work of every sort."""
    review = make(store, "review", themes=(make(store, "theme"),))
    make(store, "finding", review=review)
    withdraw(store, "review", review)
    store.write(Undo())
    return back_up(store, place, NOW).path


def test_a_sound_backup_is_proven_and_leaves_nothing_behind(
    store: Store, place: BackupPlace, backup: Path
) -> None:
    proof = prove(store, place, NOW + timedelta(hours=1))
    assert proof.is_proven
    assert proof.records == sum(store.read(live_records).values())
    assert f"{backup.name} is proven" in proof.words()
    (row,) = backups_of(place, store.path, store.key)
    assert (row.proven_at, row.fault) == (NOW + timedelta(hours=1), "")
    assert list(place.scratch.iterdir()) == []
    assert [path.name for path in place.folder.iterdir()] == [backup.name]


def test_work_that_went_on_since_does_not_unprove_a_backup(
    store: Store, place: BackupPlace, backup: Path
) -> None:
    theme = make(store, "theme", name="Later")
    change(store, "theme", theme, name="Later still")
    assert backup.exists()
    assert prove(store, place, NOW).is_proven


def test_without_a_backup_there_is_nothing_to_prove(store: Store, place: BackupPlace) -> None:
    proof = prove(store, place, NOW)
    assert not proof.is_proven
    assert proof.words() == f"There is no backup of test.oscb in {place.folder} yet. Make one now."


def test_only_the_person_can_enter_the_scratch_place(
    store: Store, place: BackupPlace, backup: Path
) -> None:
    with opened_copy(backup, store.key, place.scratch, NOW) as copy:
        assert copy.path.parent.stat().st_mode & 0o077 == 0
        assert copy.path.parent.parent == place.scratch
    assert list(place.scratch.iterdir()) == []


def test_what_a_killed_look_left_is_removed_a_day_later(
    store: Store, place: BackupPlace, backup: Path
) -> None:
    old, young = (place.scratch / f"look-{name}" for name in ("old", "young"))
    for folder, hours in ((old, 25), (young, 23)):
        folder.mkdir(parents=True)
        (folder / backup.name).write_bytes(b"half")
        moment = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(folder, (moment, moment))
    prove(store, place, NOW)
    assert [path.name for path in place.scratch.iterdir()] == ["look-young"]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("DELETE FROM finding", "Table finding holds 0 rows, not the 1 logged."),
        ("DELETE FROM review_themes", "Table review_themes holds 0 rows, not the 1 logged."),
        ("UPDATE review SET withdrawn_at = '2022-01-01 00:00:00'", "Table review in the bin holds"),
        ("DELETE FROM theme", "refers to a row of theme that is missing"),
        ("DROP TABLE progress_note", "no such table"),
        ("UPDATE change SET label = 'Nothing' WHERE id = 2", "The change log was altered: step 2"),
        ("DELETE FROM change_head", "The change log was altered"),
        ("PRAGMA application_id = 7", "is not a file of OSCB Desktop"),
        ("UPDATE alembic_version SET version_num = '9999'", "saved by a newer OSCB Desktop"),
    ],
)
def test_a_backup_that_lost_or_changed_something_is_not_proven(
    store: Store, place: BackupPlace, backup: Path, statement: str, sentence: str
) -> None:
    tamper(store, backup, statement)
    proof = prove(store, place, NOW)
    assert not proof.is_proven
    assert sentence in proof.words()
    assert "Make a new backup now and prove it." in proof.words()
    (row,) = backups_of(place, store.path, store.key)
    assert sentence in row.fault


def tamper(store: Store, path: Path, statement: str) -> None:
    raw = connect(path, store.key)
    raw.execute("PRAGMA foreign_keys = OFF")
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(statement)
    raw.close()


def test_a_backup_of_another_turn_of_history_is_told(
    store: Store, place: BackupPlace, backup: Path
) -> None:
    aside = shutil.copy(backup, place.folder.parent / "aside")
    theme = make(store, "theme", name="One turn")
    later = back_up(store, place, NOW + timedelta(hours=1)).path
    change(store, "theme", theme, name="On")
    store.close()
    shutil.copy(aside, store.path)
    make(store, "theme", name="Another turn")
    proof = prove(store, place, NOW)
    assert proof.backup == later
    assert "It holds steps of work that the open file does not" in proof.words()


@pytest.mark.parametrize("loss", [Path.unlink, lambda path: path.write_bytes(b"x" * PAGE * 9)])
def test_the_newest_backup_is_missed_when_it_is_gone(
    store: Store, place: BackupPlace, backup: Path, loss: Callable[[Path], object]
) -> None:
    later = back_up(store, place, NOW + timedelta(hours=1)).path
    loss(later)
    proof = prove(store, place, NOW)
    assert not proof.is_proven
    assert f"{later.name}, the newest backup made on this laptop, is missing" in proof.words()


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """Return a file as a bad disk, a cut-off copy or a meddling program leaves it."""
    sort = chance.randrange(6)
    if sort <= 2:
        spoilt = bytearray(raw)
        for _ in range(chance.choice((1, 1, 8))):
            spoilt[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        return bytes(spoilt)
    if sort == 3:
        return raw[: chance.choice((chance.randrange(len(raw)), PAGE * chance.randrange(99)))]
    start = PAGE * chance.randrange(len(raw) // PAGE)
    if sort == 4:  # a page of zeros, as a file system repairs
        return raw[:start] + bytes(PAGE) + raw[start + PAGE :]
    return raw[:start] + chance.randbytes(PAGE) + raw[start:]


def test_no_spoilt_backup_is_ever_proven_nor_stops_the_program(
    store: Store, place: BackupPlace, backup: Path
) -> None:
    raw, chance = backup.read_bytes(), random.Random(20220325)
    for number in range(MUTATIONS):
        spoilt = mutated(raw, chance)
        if spoilt == raw:
            continue
        backup.write_bytes(spoilt)
        proof = prove(store, place, NOW)
        assert not proof.is_proven, f"mutation {number} was not seen"
        assert "Make " in proof.words()
        assert len(backups_of(place, store.path, store.key)) <= 1
    backup.write_bytes(raw)
    assert prove(store, place, NOW).is_proven
    assert list(place.scratch.iterdir()) == []
