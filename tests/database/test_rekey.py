from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.rekey import put_back, put_in_place, rekeyed_copy, sweep
from oscb_desktop.errors import UserError

NEW = FileKey(bytes(range(32)), bytes(range(16)))


@pytest.fixture
def old(new_file: tuple[Path, FileKey], tmp_path: Path) -> tuple[Path, FileKey]:
    source, key = new_file
    path = tmp_path / "folder" / "ours.oscb"
    path.parent.mkdir()
    shutil.copy(source, path)
    return path, key


def opens(path: Path, key: FileKey) -> bool:
    with closing(connect(path, key)) as file:
        return bool(file.execute("SELECT count(*) FROM organisation").fetchone() == (1,))


def names(path: Path) -> list[str]:
    return sorted(found.name for found in path.parent.iterdir())


def _refuse_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(_source: Path, _target: Path) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", link)


@pytest.mark.parametrize("prepare", [lambda _: None, _refuse_links], ids=["links", "no links"])
def test_the_old_file_stays_beside_until_it_is_swept_away(
    old: tuple[Path, FileKey],
    monkeypatch: pytest.MonkeyPatch,
    prepare: Callable[[pytest.MonkeyPatch], None],
) -> None:
    prepare(monkeypatch)
    path, key = old
    before = path.read_bytes()
    copy = rekeyed_copy(path, key, NEW)
    assert opens(copy, NEW)
    assert opens(path, key)
    put_in_place(copy, path)
    assert opens(path, NEW)
    assert names(path) == ["ours.oscb", "ours.oscb.rekeying-old"]
    put_back(path)
    assert opens(path, key)
    assert len(path.read_bytes()) == len(before)
    put_in_place(rekeyed_copy(path, key, NEW), path)
    sweep(path)
    assert names(path) == ["ours.oscb"]
    assert opens(path, NEW)


def test_the_copy_is_for_nobody_else_to_read(old: tuple[Path, FileKey]) -> None:
    path, key = old
    with closing(connect(path, key)) as file:
        file.execute("UPDATE organisation SET name = 'Planted word'")
    copy = rekeyed_copy(path, key, NEW)
    raw = copy.read_bytes()
    assert raw[:16] == NEW.salt
    assert b"Planted" not in raw
    if os.name == "posix":
        assert copy.stat().st_mode & 0o077 == 0


def test_what_is_not_in_the_file_yet_is_in_the_copy(old: tuple[Path, FileKey]) -> None:
    path, key = old
    with closing(connect(path, key)) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("UPDATE organisation SET name = 'Late words'")
        wal = path.with_name("ours.oscb-wal").read_bytes()
        shutil.copy(path, path.with_name("killed.oscb"))
    killed = path.with_name("killed.oscb")
    killed.with_name("killed.oscb-wal").write_bytes(wal)
    copy = rekeyed_copy(killed, key, NEW)
    assert not killed.with_name("killed.oscb-wal").exists()
    with closing(connect(copy, NEW)) as file:
        assert file.execute("SELECT name FROM organisation").fetchone() == ("Late words",)


def test_a_wrong_key_changes_nothing(old: tuple[Path, FileKey]) -> None:
    path, key = old
    before = path.read_bytes()
    with pytest.raises(UserError, match=r"Nothing was changed"):
        rekeyed_copy(path, NEW, key)
    assert path.read_bytes() == before
    assert names(path) == ["ours.oscb"]
