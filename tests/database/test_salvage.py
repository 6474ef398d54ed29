"""A damaged file read around what cannot be read, at the level of tables and rows."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from oscb_desktop.database.engine import connect
from oscb_desktop.database.salvage import (
    PAGE,
    DamagedSource,
    copy_apart,
    graft,
    mend_references,
)
from oscb_desktop.services.store import Store
from tests.factories import make


def spoil(path: Path, *pages: int) -> None:
    """Change a page from outside."""
    with path.open("rb+") as file:
        for page in pages:
            file.seek((page - 1) * PAGE + 200)
            file.write(b"spoilt")


def root_of(store: Store, table: str) -> int:
    found = text("SELECT rootpage FROM sqlite_master WHERE name = :name")
    return int(store.read(lambda session: session.execute(found, {"name": table}).scalar_one()))


def themes(store: Store, count: int) -> None:
    for number in range(count):
        make(store, "theme", name=f"Theme {number}", description="words " * 200)


def leaf_pages(store: Store, table: str) -> list[int]:
    """Return the pages without which some rows of a table cannot be read, its root left out."""
    store.close()
    sound, pages = store.path.read_bytes(), []
    root = root_of(store, table)
    store.close()
    for page in range(root + 1, len(sound) // PAGE + 1):
        copy = store.path.with_name("probe.oscb")
        copy.write_bytes(sound)
        spoil(copy, page)
        source = DamagedSource(copy, store.key)
        found, done = source._fetch(f'SELECT * FROM "{table}" NOT INDEXED')
        source.close()
        if found and not done:
            pages.append(page)
    return pages


def test_a_spoilt_leaf_loses_its_rows_alone_and_the_index_tells_which(store: Store) -> None:
    themes(store, 60)
    page = leaf_pages(store, "theme")[3]
    spoil(store.path, page)
    source = DamagedSource(store.path, store.key)
    found = source.read("theme")
    source.close()
    assert not found.is_whole
    assert 0 < len(found.lost) < 10
    assert found.lost | found.rows.keys() == set(range(1, 61))


def test_a_table_whose_root_is_spoilt_is_known_by_its_indexes(store: Store) -> None:
    themes(store, 60)
    root = root_of(store, "theme")
    store.close()
    spoil(store.path, root)
    source = DamagedSource(store.path, store.key)
    found = source.read("theme")
    source.close()
    assert found.rows == {}
    assert found.lost == set(range(1, 61))


def test_links_are_read_from_the_index_when_their_table_is_spoilt(store: Store) -> None:
    first, second = make(store, "theme", name="One"), make(store, "theme", name="Two")
    make(store, "review", themes=(first, second))
    root = root_of(store, "review_themes")
    store.close()
    spoil(store.path, root)
    source = DamagedSource(store.path, store.key)
    found = source.read("review_themes")
    source.close()
    assert sorted(found.rows.values()) == [(1, first), (1, second)]


@pytest.mark.parametrize("cut", [1, PAGE, 40 * PAGE])
def test_a_copy_is_whole_pages_and_what_is_left_of_a_cut_file_is_read(
    store: Store, tmp_path: Path, cut: int
) -> None:
    themes(store, 3)
    store.close()
    size = store.path.stat().st_size
    os.truncate(store.path, size - cut)
    (tmp_path / "apart").mkdir()
    copy = copy_apart(store.path, tmp_path / "apart")
    assert copy.stat().st_size % PAGE == 0
    assert store.path.stat().st_size == size - cut
    source = DamagedSource(copy, store.key)
    assert len(source.read("theme").rows) == 3
    source.close()


def test_a_log_that_lies_beside_the_file_is_read_too(store: Store, tmp_path: Path) -> None:
    make(store, "theme", name="Only in the log beside")
    assert store.path.with_name(store.path.name + "-wal").stat().st_size
    (tmp_path / "apart").mkdir()
    source = DamagedSource(copy_apart(store.path, tmp_path / "apart"), store.key)
    rows = source.read("theme").rows
    source.close()
    assert "Only in the log beside" in next(iter(rows.values()))


def test_a_lost_first_page_is_lent_by_a_backup_that_is_older(store: Store, tmp_path: Path) -> None:
    store.close()
    backup = shutil.copy(store.path, tmp_path / "backup.oscb")
    themes(store, 40)
    store.close()
    spoil(store.path, 1)
    assert graft(store.path, store.key, Path(backup), tmp_path)
    source = DamagedSource(store.path, store.key)
    assert len(source.read("theme").rows) == 40
    source.close()


def test_optional_links_are_emptied_and_rows_that_need_theirs_left_out(store: Store) -> None:
    make(store, "finding")
    connection = connect(store.path, store.key)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM review")
    mended = mend_references(connection)
    left = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    assert left == []
    assert [(row.table, row.parent, row.is_left_out) for row in mended] == [
        ("finding", "review", True)
    ]
