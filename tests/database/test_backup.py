from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.orm import Session

from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.check import faults
from oscb_desktop.database.engine import connect, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError
from oscb_desktop.services.store import Store
from tests.factories import make


def themes(path: Path, key: FileKey) -> list[str]:
    engine = make_engine(path, key)
    with Session(engine) as session:
        assert faults(session) == ()
        found = session.scalars(text("SELECT name FROM theme ORDER BY id")).all()
    close_file(engine)
    return [str(name) for name in found]


def test_a_copy_of_an_open_file_holds_all_that_was_saved(store: Store, tmp_path: Path) -> None:
    for name in ("Neglect", "Exploitation"):
        make(store, "theme", name=name)
    assert store.path.with_name("test.oscb-wal").stat().st_size > 0, "the rows are not in the file"
    copy = copy_file(store.path, store.key, tmp_path / "deep" / "backups" / "copy.oscb")
    assert themes(copy, store.key) == ["Neglect", "Exploitation"]
    make(store, "theme", name="Later")
    assert themes(copy, store.key) == ["Neglect", "Exploitation"]


def test_a_copy_is_encrypted_like_its_original(store: Store, tmp_path: Path) -> None:
    make(store, "theme", name="Planted word")
    copy = copy_file(store.path, store.key, tmp_path / "copy.oscb")
    raw = copy.read_bytes()
    assert b"Planted" not in raw
    assert raw[:16] == store.key.salt
    if os.name == "posix":
        assert copy.stat().st_mode & 0o077 == 0, "others of the machine may read it"


def test_a_copy_that_is_there_already_is_kept(store: Store, tmp_path: Path) -> None:
    made = [copy_file(store.path, store.key, tmp_path / "b" / "copy.oscb") for _ in range(3)]
    assert [path.name for path in made] == ["copy.oscb", "copy 2.oscb", "copy 3.oscb"]
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == sorted(
        path.name for path in made
    )


def test_a_copy_that_cannot_be_written_is_told_and_leaves_nothing(
    store: Store, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("not a folder")
    with pytest.raises(UserError, match="A backup could not be written"):
        copy_file(store.path, store.key, blocked / "copy.oscb")
    assert blocked.read_text() == "not a folder"


@pytest.mark.parametrize("page", [3, 20, 60])
def test_a_damaged_file_is_not_copied_as_if_it_were_sound(
    store: Store, tmp_path: Path, page: int
) -> None:
    store.close()
    raw = bytearray(store.path.read_bytes())
    raw[4096 * page + 50] ^= 0xFF
    store.path.write_bytes(raw)
    with pytest.raises(UserError, match=r"test\.oscb is damaged\. Nothing was changed"):
        copy_file(store.path, store.key, tmp_path / "b" / "copy.oscb")
    assert list((tmp_path / "b").iterdir()) == []
    assert store.path.read_bytes() == raw


def test_a_copy_is_one_file_that_can_be_read_where_it_lies(store: Store, tmp_path: Path) -> None:
    make(store, "theme", name="Neglect")
    copy = copy_file(store.path, store.key, tmp_path / "b" / "copy.oscb")
    with closing(connect(copy, store.key, read_only=True)) as opened:
        assert opened.execute("SELECT name FROM theme").fetchall() == [("Neglect",)]
        with pytest.raises(sqlcipher.OperationalError, match="readonly"):
            opened.execute("DELETE FROM theme")
        assert [path.name for path in copy.parent.iterdir()] == ["copy.oscb"]
    again = copy_file(copy, store.key, tmp_path / "again.oscb", at_rest=True)
    assert themes(again, store.key) == ["Neglect"]


def cut_short(store: Store, target: Path, limit: int, how: str, *before: str) -> tuple[int, str]:
    """Make a backup in a process that is stopped at so many bytes; return how it ended."""
    words = [str(store.path), store.key.key.hex(), store.key.salt.hex(), str(target), str(limit)]
    command = [sys.executable, "-m", "tests.database.cut_short", *words, how]
    ended = subprocess.run(
        [*before, *command], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert "Traceback" not in ended.stderr
    return ended.returncode, ended.stdout


ROOT = Path(__file__).parents[2]
no_limits = pytest.mark.skipif(os.name == "nt", reason="Windows sets no limit to a file's size")


@no_limits
@pytest.mark.parametrize("share", [0.3, 0.6, 0.999])
def test_a_backup_that_is_killed_half_way_leaves_no_backup_and_no_harm(
    store: Store, tmp_path: Path, share: float
) -> None:
    make(store, "theme", name="Neglect")
    first = copy_file(store.path, store.key, tmp_path / "b" / "first.oscb")
    limit = int(first.stat().st_size * share)
    code, _ = cut_short(store, tmp_path / "b" / "second.oscb", limit, "kill")
    assert code == -signal.SIGXFSZ, "the process was to be killed within the backup"
    left = {path.name for path in (tmp_path / "b").iterdir()}
    assert "second.oscb" not in left
    assert "second.oscb.part" in left
    assert themes(first, store.key) == ["Neglect"]
    make(store, "theme", name="Exploitation")
    second = copy_file(store.path, store.key, tmp_path / "b" / "second.oscb")
    assert themes(second, store.key) == ["Neglect", "Exploitation"]
    assert sorted(path.name for path in (tmp_path / "b").iterdir()) == ["first.oscb", "second.oscb"]


@no_limits
def test_a_backup_that_the_disk_refuses_half_way_is_told_and_leaves_nothing(
    store: Store, tmp_path: Path
) -> None:
    make(store, "theme", name="Neglect")
    code, told = cut_short(store, tmp_path / "b" / "copy.oscb", 100_000, "refuse")
    assert code == 0
    assert told.startswith("The backup could not be written to")
    assert list((tmp_path / "b").iterdir()) == []
    assert themes(store.path, store.key) == ["Neglect"]


SMALL_DISK = 'mount -t tmpfs -o size=160k tmpfs "$0" && "$@"; code=$?; ls "$0"; exit $code'


def may_mount() -> bool:
    """Whether this machine lets anybody have a small disk of their own."""
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(not may_mount(), reason="this machine mounts no disk for anybody")
def test_a_full_disk_is_told_in_a_sentence_and_left_as_it_was(store: Store, tmp_path: Path) -> None:
    make(store, "theme", name="Neglect")
    disk = tmp_path / "disk"
    disk.mkdir()
    within = ("unshare", "-rm", "sh", "-c", SMALL_DISK, str(disk))
    code, told = cut_short(store, disk / "copy.oscb", 1 << 40, "refuse", *within)
    assert code == 0
    assert told.startswith(f"The backup could not be written to {disk}: database or disk is full.")
    assert told.endswith("choose another folder.\n"), "nothing lies on the disk"
    assert themes(store.path, store.key) == ["Neglect"]
