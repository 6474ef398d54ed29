from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import text

from oscb_desktop.database.engine import connect
from oscb_desktop.database.file import close_file, create_file
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import first_id, records
from oscb_desktop.services.files import (
    adopt_practice_day,
    check_store,
    create_store,
    open_store,
    safety_copy,
)
from oscb_desktop.services.store import Store
from tests.conftest import NOW, PASSPHRASE, now
from tests.factories import make
from tests.replay import hangs_together
from tests.services.acts import change, row_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "folder"
    path.mkdir()
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_closed_and_opened_with_what_was_saved(
    folder: Path, paths: AppPaths
) -> None:
    path = folder / "new.oscb"
    store = create_store(path, PASSPHRASE, "A. Tester", now)
    assert store.read(organisation).name == "Our safeguarding partnership"
    make(store, "theme", name="Neglect")
    assert check_store(store) == ()
    store.close()
    assert names(folder) == ["new.oscb"]
    store = open_store(path, PASSPHRASE, paths.backups, "B. Tester", now)
    assert [row.title for row in store.read(records, "theme")] == ["Neglect"]
    make(store, "theme")
    store.close()
    assert names(folder) == ["new.oscb"]
    assert not paths.backups.exists()


def test_a_file_that_is_open_is_opened_by_nobody_else(folder: Path, paths: AppPaths) -> None:
    path = folder / "new.oscb"
    store = create_store(path, PASSPHRASE, "A. Tester", now)
    before = names(folder)
    for _ in range(2):
        with pytest.raises(UserError, match="is already open by"):
            open_store(path, PASSPHRASE, paths.backups, "B. Tester", now)
    assert names(folder) == before
    make(store, "theme")
    store.close()
    open_store(path, PASSPHRASE, paths.backups, "B. Tester", now).close()


@pytest.mark.parametrize("passphrase", ["wrong words here", ""])
def test_a_refusal_lets_the_file_go_and_leaves_no_trace(
    folder: Path, paths: AppPaths, store: Store, passphrase: str
) -> None:
    store.close()
    path = Path(shutil.copy(store.path, folder / "ours.oscb"))
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(UserError, match="does not open"):
            open_store(path, passphrase, paths.backups, "A. Tester", now)
    assert names(folder) == ["ours.oscb"]
    assert path.read_bytes() == before
    open_store(path, PASSPHRASE, paths.backups, "A. Tester", now).close()


def test_a_file_that_failed_to_be_made_is_gone_and_free(folder: Path) -> None:
    def broken_clock() -> NoReturn:
        raise LookupError("no clock")

    path = folder / "new.oscb"
    with pytest.raises(LookupError):
        create_store(path, PASSPHRASE, "A. Tester", broken_clock)
    assert names(folder) == []
    create_store(path, PASSPHRASE, "A. Tester", now).close()


def test_a_start_that_fails_leaves_no_file(folder: Path) -> None:
    class Start:
        def carry_out(self, _: object) -> None:
            raise LookupError("half way")

    with pytest.raises(LookupError):
        create_store(folder / "new.oscb", PASSPHRASE, "A. Tester", now, Start())
    assert names(folder) == []


def test_a_file_whose_making_was_cut_short_is_begun_when_it_is_opened(
    folder: Path, paths: AppPaths
) -> None:
    path = folder / "new.oscb"
    close_file(create_file(path, PASSPHRASE)[0])
    store = open_store(path, PASSPHRASE, paths.backups, "A. Tester", now)
    assert store.read(first_id, "organisation") == 1
    assert store.read(hangs_together)
    store.close()


def test_a_practice_file_sets_the_day_from_the_moment_it_is_opened(
    store: Store, paths: AppPaths
) -> None:
    own = store.read(first_id, "organisation")
    assert own is not None
    change(store, "organisation", own, practice_today=date(2021, 12, 1))
    adopt_practice_day(store)
    assert store.today() == date(2021, 12, 1)
    store.close()
    store = open_store(store.path, PASSPHRASE, paths.backups, "A. Tester", now)
    assert store.today() == date(2021, 12, 1)
    change(store, "organisation", own, practice_today=None)
    adopt_practice_day(store)
    assert store.today() == NOW.date()
    store.close()


def test_a_safety_copy_says_of_what_when_and_why(store: Store, paths: AppPaths) -> None:
    theme = make(store, "theme", name="Neglect")
    first = safety_copy(store, paths.backups, "before import")
    change(store, "theme", theme, name="Changed")
    second = safety_copy(store, paths.backups, "before import")
    assert first.name == "test before import 2022-03-25 100000.oscb"
    assert first != second
    copy = open_store(first, PASSPHRASE, paths.backups, "A. Tester", now)
    assert row_of(copy, "theme", theme).values["name"] == "Neglect"
    assert check_store(copy) == ()
    copy.close()


def test_a_check_tells_what_was_altered(store: Store) -> None:
    make(store, "theme")
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE change SET label = 'x' WHERE id = 2"))
    assert check_store(store) == (
        "The change log was altered: step 2 is missing or not as it was written.",
    )


def test_a_file_that_was_not_closed_opens_with_all_that_was_saved(
    store: Store, folder: Path, paths: AppPaths
) -> None:
    make(store, "theme", name="Neglect")
    for suffix in ("", "-wal", "-shm"):
        shutil.copy(f"{store.path}{suffix}", folder / f"left.oscb{suffix}")
    left = open_store(folder / "left.oscb", PASSPHRASE, paths.backups, "A. Tester", now)
    assert [row.title for row in left.read(records, "theme")] == ["Neglect"]
    left.close()
    assert names(folder) == ["left.oscb"]


PLANTED = ("Plantedword", "Gepflanzt für später", "plantednumber 4857773456")


def test_nothing_on_disk_can_be_read_without_the_passphrase(
    store: Store, paths: AppPaths, caplog: pytest.LogCaptureFixture
) -> None:
    child = make(store, "child", known_as=PLANTED[0], voice=PLANTED[1] * 2000)
    identity = make(store, "child_identity", child=child, last_name=PLANTED[0])
    change(store, "child_identity", identity, address=PLANTED[2])
    with pytest.raises(UserError):
        make(store, "theme", name="x" * 300 + PLANTED[0])
    copy = safety_copy(store, paths.backups, "before import")
    seen = [path for path in (*store.path.parent.rglob("*"), copy) if path.is_file()]
    assert {"test.oscb", "test.oscb-wal"} <= {path.name for path in seen}
    for path in seen:
        raw = path.read_bytes()
        for word in (*PLANTED, "known_as", "SQLite format", "CREATE TABLE", PASSPHRASE):
            for coding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert word.encode(coding) not in raw, f"{word} in {path.name}"
    assert caplog.text == ""


def test_names_of_files_are_not_taken_for_anything_else(folder: Path, paths: AppPaths) -> None:
    path = folder / "50% #1? – Überblick.oscb"
    create_store(path, PASSPHRASE, "A. Tester", now).close()
    store = open_store(path, PASSPHRASE, paths.backups, "A. Tester", now)
    copy = safety_copy(store, paths.backups, "at close")
    store.close()
    assert copy.name.startswith("50% #1? – Überblick at close")
    assert names(folder) == [path.name]


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to any folder"
)
def test_a_read_only_folder_is_told_and_nothing_is_touched(
    store: Store, folder: Path, paths: AppPaths
) -> None:
    store.close()
    path = Path(shutil.copy(store.path, folder / "ours.oscb"))
    folder.chmod(0o500)
    with pytest.raises(UserError, match="cannot be written to"):
        open_store(path, PASSPHRASE, paths.backups, "A. Tester", now)
    with pytest.raises(UserError, match="cannot be made in"):
        create_store(folder / "new.oscb", PASSPHRASE, "A. Tester", now)
    folder.chmod(0o700)
    assert names(folder) == ["ours.oscb"]


def test_a_program_that_holds_the_file_past_the_lock_is_told(store: Store) -> None:
    other = connect(store.path, store.key)
    other.execute("BEGIN IMMEDIATE")
    with store._engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA busy_timeout = 10")
    with pytest.raises(UserError, match="Another program is using the file"):
        make(store, "theme")
    other.execute("ROLLBACK")
    other.close()
    make(store, "theme")
