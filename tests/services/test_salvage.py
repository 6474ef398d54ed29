"""Salvage from first to last: damaged in many ways, and each time a sound file that says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from oscb_desktop.database.engine import connect
from oscb_desktop.errors import DamagedFileError, UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.records import records
from oscb_desktop.queries.search import search
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.damage import DamagedFile, examine, key_of_damaged
from oscb_desktop.services.files import check_store, open_store
from oscb_desktop.services.proof import prove
from oscb_desktop.services.restore import put_in_place
from oscb_desktop.services.salvage import Salvage, open_to_read, salvage, salvage_apart
from oscb_desktop.services.store import Store
from tests.conftest import NOW, PASSPHRASE, now
from tests.database.test_salvage import root_of, spoil, themes
from tests.factories import make
from tests.replay import hangs_together


def salvaged(store: Store, tmp_path: Path, backup: Path | None = None) -> tuple[Store, Salvage]:
    """Salvage the file of a store, which is closed, and open the new one by its passphrase."""
    store.close()
    before = store.path.read_bytes()
    to = tmp_path / "new.oscb"
    found = salvage(store.path, store.key, to, tmp_path / "scratch", "A. Tester", NOW, backup)
    assert store.path.read_bytes() == before, "the damaged file is only read"
    assert list((tmp_path / "scratch").iterdir()) == []
    assert found.faults == ()
    return open_store(to, PASSPHRASE, tmp_path / "backups", "A. Tester", now), found


def alter(store: Store, *statements: str) -> None:
    connection = connect(store.path, store.key)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def some_work(store: Store) -> None:
    make(store, "action", text="Ask again before the summer")
    themes(store, 20)


TABLES = (
    "review", "action", "organisation", "change", "change_item", "change_head", "search_text_data",
    "uq_theme_name", "alembic_version",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_whatever_root_is_spoilt_the_new_file_is_sound_and_hangs_together(
    store: Store, tmp_path: Path, table: str
) -> None:
    some_work(store)
    held = len(store.read(records, "theme"))
    name = "sqlite_autoindex_theme_1" if table == "uq_theme_name" else table
    root = root_of(store, name)
    store.close()
    spoil(store.path, root)
    new, found = salvaged(store, tmp_path)
    assert check_store(new) == ()
    assert new.read(hangs_together)
    assert len(new.read(records, "theme")) == held
    assert found.lost == ()
    make(new, "theme", name="Work goes on")
    assert new.read(hangs_together)
    new.close()


def test_lost_records_are_put_together_again_from_the_history(store: Store, tmp_path: Path) -> None:
    some_work(store)
    before = store.read(records, "theme")
    root = root_of(store, "theme")
    store.close()
    spoil(store.path, root)
    new, found = salvaged(store, tmp_path)
    assert found.rebuilt == len(before)
    assert [row.values for row in new.read(records, "theme")] == [row.values for row in before]
    assert not found.is_chain_anew
    new.close()


def test_a_salvaged_file_says_so_in_its_history_and_finds_by_words(
    store: Store, tmp_path: Path
) -> None:
    some_work(store)
    root = root_of(store, "search_text_data")
    store.close()
    spoil(store.path, root)
    new, found = salvaged(store, tmp_path)
    label = new.read(lambda session: _labels(session)[-1])
    assert label == f"Salvaged from test.oscb: {found.read:,} of {found.known:,} rows"
    assert new.read(search, "summer")
    new.close()


def _labels(session: object) -> list[str]:
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from oscb_desktop.database.models.trust import Change

    assert isinstance(session, Session)
    return list(session.scalars(select(Change.label).order_by(Change.id)))


def test_an_altered_log_is_chained_anew_and_said_to_be(store: Store, tmp_path: Path) -> None:
    some_work(store)
    alter(store, "UPDATE change SET label = 'Nothing' WHERE id = 2")
    new, found = salvaged(store, tmp_path)
    assert found.is_chain_anew
    assert "begins anew" in new.read(lambda session: _labels(session)[-1])
    assert new.read(hangs_together)
    new.close()


def test_a_record_without_what_it_belongs_to_is_listed(store: Store, tmp_path: Path) -> None:
    make(store, "finding")
    alter(
        store,
        "DELETE FROM review",
        "DELETE FROM change_item WHERE kind = 'review'",
    )
    new, found = salvaged(store, tmp_path)
    assert "Finding 1 is left out, for what it belongs to, review 1, is lost." in found.lost[0]
    assert new.read(hangs_together)
    new.close()


def test_a_salvaged_file_is_backed_up_and_proven(
    store: Store, tmp_path: Path, paths: AppPaths
) -> None:
    make(store, "finding")
    alter(store, "DELETE FROM review", "DELETE FROM change_item WHERE kind = 'review'")
    new, _ = salvaged(store, tmp_path)
    back_up(new, place_of(paths), NOW)
    assert prove(new, place_of(paths), NOW).is_proven
    new.close()


def test_what_exists_is_never_written_over(store: Store, tmp_path: Path) -> None:
    store.close()
    taken = tmp_path / "taken.oscb"
    taken.write_bytes(b"mine")
    with pytest.raises(UserError, match="exists already"):
        salvage(store.path, store.key, taken, tmp_path / "scratch", "A", NOW)
    assert taken.read_bytes() == b"mine"


def test_a_lost_beginning_without_a_backup_is_told(store: Store, tmp_path: Path) -> None:
    store.close()
    spoil(store.path, 1)
    with pytest.raises(UserError, match="no backup that tells"):
        salvage_apart(store.path, store.key, tmp_path / "scratch", "A", NOW)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_was_salvaged_is_read_and_never_written(store: Store, tmp_path: Path) -> None:
    some_work(store)
    root = root_of(store, "theme")
    store.close()
    spoil(store.path, root)
    beside = sorted(path.name for path in tmp_path.iterdir())
    before = store.path.read_bytes()
    found = salvage_apart(store.path, store.key, tmp_path / "scratch", "A", NOW)
    opened = open_to_read(found, store.path, "A. Tester", now)
    assert len(opened.read(records, "theme")) == 20
    with pytest.raises(DamagedFileError, match="open read-only because it is damaged"):
        make(opened, "theme", name="No")
    with pytest.raises(DamagedFileError):
        opened.exchange(lambda: opened.key)
    opened.close()
    assert store.path.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*beside, "scratch"])
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_check_that_fails_ends_all_writing_and_tells(store: Store) -> None:
    make(store, "finding")
    alter(store, "DELETE FROM review")
    told: list[str] = []
    store.found_damaged = told.append
    assert check_store(store)
    assert told == ["Row 1 of finding refers to a row of review that is missing."]
    with pytest.raises(DamagedFileError, match="Salvage it into a new file or restore"):
        make(store, "theme")
    check_store(store)
    assert len(told) == 1, "it is told once"


@pytest.mark.parametrize("cut", [1000, 5000, 4096 * 60])
def test_a_file_cut_short_is_recognised_as_ours_and_damaged(
    store: Store, tmp_path: Path, cut: int
) -> None:
    some_work(store)
    store.close()
    raw = store.path.read_bytes()
    store.path.write_bytes(raw[:-cut])
    with pytest.raises(DamagedFileError) as damaged:
        open_store(store.path, PASSPHRASE, tmp_path, "A. Tester", now)
    assert damaged.value.key == store.key
    assert key_of_damaged(store.path, PASSPHRASE, tmp_path) == store.key
    assert store.path.read_bytes() == raw[:-cut]


def test_the_two_ways_out_are_laid_side_by_side(store: Store, paths: AppPaths) -> None:
    make(store, "action")
    place = place_of(paths)
    back_up(store, place, NOW)
    prove(store, place, NOW)
    make(store, "theme", name="After the backup")
    root = root_of(store, "action")
    store.close()
    spoil(store.path, root)
    file = DamagedFile(store.path, store.key, "It is damaged.")
    damage = examine(file, place, "A. Tester", later())
    assert damage.backup is not None
    assert damage.salvage is not None
    assert damage.later == 1
    assert damage.advice.startswith("Best: salvage it, for every record")
    assert "1 newer change could be salvaged and would be lost." in damage.backup_words()
    damage.salvage.discard()


def later() -> datetime:
    return NOW + timedelta(hours=1)


def test_a_damaged_file_is_kept_with_the_log_beside_it_when_a_backup_takes_its_place(
    store: Store, paths: AppPaths
) -> None:
    make(store, "theme", name="Backed up")
    backup = back_up(store, place_of(paths), NOW).path
    store.close()
    beside = store.path.with_name(store.path.name + "-wal")
    beside.write_bytes(b"work that was not folded in")
    restored, kept = put_in_place(store.path, store.key, backup, "A. Tester", now, damaged=True)
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"work that was not folded in"
    assert len(restored.read(records, "theme")) == 1
    restored.close()
