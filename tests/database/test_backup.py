from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.check import faults
from oscb_desktop.database.engine import make_engine
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
    with pytest.raises(UserError, match="A safety copy could not be written"):
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
