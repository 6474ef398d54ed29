from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from oscb_desktop.database.check import faults
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.database.models.trust import Change
from oscb_desktop.errors import ConflictError, DamagedFileError, UserError
from oscb_desktop.queries.records import first_id, record, records
from oscb_desktop.services.files import open_store
from oscb_desktop.services.records import AddRecord, AmendRecord, add, any_row
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work
from tests.conftest import PASSPHRASE, now
from tests.factories import make
from tests.replay import hangs_together
from tests.services.acts import Doing


def steps(session: Session) -> int:
    return len(session.scalars(select(Change.id)).all())


def names(session: Session) -> list[str]:
    return [str(row.values["name"]) for row in records(session, "theme")]


def test_a_write_says_what_it_touched(store: Store) -> None:
    changes = store.write(AddRecord("theme", {"name": "Neglect"}))
    assert changes.label == "Add theme Neglect"
    assert changes.record_id == 1
    assert changes.records == {("theme", 1)}
    assert changes.kinds == {"theme"}


def test_a_rehearsal_says_the_same_and_keeps_nothing(store: Store) -> None:
    before = store.read(steps)
    rehearsed = store.rehearse(AddRecord("theme", {"name": "Neglect"}))
    assert store.read(names) == []
    assert store.read(steps) == before
    assert store.write(AddRecord("theme", {"name": "Neglect"})) == rehearsed


def test_a_step_that_fails_half_way_leaves_nothing(store: Store) -> None:
    def half(work: Work) -> None:
        add(work, "theme", {"name": "Neglect"})
        raise LookupError("half way")

    with pytest.raises(LookupError):
        store.write(Doing(half))
    assert store.read(names) == []
    assert store.read(hangs_together)


def test_a_step_that_changes_nothing_is_no_step(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    before = store.read(steps)
    store.write(AmendRecord("theme", theme, 1, {"name": " Neglect "}))
    store.write(Doing(lambda work: None))
    assert store.read(steps) == before


def rename(work: Work) -> None:
    work.session.get_one(Theme, 1).name = "Changed"


def rename_unsaid(work: Work) -> None:
    rename(work)
    work.items.clear()


def sneak_in(work: Work) -> None:
    work.session.add(Theme(name="Sneaked in", version=1))


def rename_beside(work: Work) -> None:
    add(work, "theme", {"name": "Added as it should be"})
    rename(work)


def delete(work: Work) -> None:
    work.session.delete(any_row(work, "theme", 1))


@pytest.mark.parametrize("deed", [rename, rename_unsaid, sneak_in, rename_beside, delete])
def test_what_the_log_is_not_told_is_not_written(
    store: Store, deed: Callable[[Work], object]
) -> None:
    make(store, "theme", name="Neglect")
    with pytest.raises(RuntimeError, match=r"outside the change log|never deleted"):
        store.write(Doing(deed))
    assert store.read(names) == ["Neglect"]
    assert store.read(hangs_together)


def test_a_reading_cannot_write(store: Store) -> None:
    make(store, "theme", name="Neglect")
    store.read(lambda session: session.execute(text("UPDATE theme SET name = 'Changed'")))
    assert store.read(names) == ["Neglect"]


def test_a_reading_during_a_write_sees_what_was_saved_before(store: Store) -> None:
    make(store, "theme", name="Neglect")
    seen = []

    def write_and_look(work: Work) -> None:
        add(work, "theme", {"name": "Unsaved"})
        work.session.flush()
        seen.append(store.read(names))

    store.write(Doing(write_and_look))
    assert seen == [["Neglect"]]
    assert store.read(names) == ["Neglect", "Unsaved"]


def test_a_long_reading_in_a_thread_does_not_hold_up_a_write(store: Store) -> None:
    begun, written = Event(), Event()
    read: list[list[str]] = []

    def slowly(session: Session) -> None:
        first_id(session, "theme")
        begun.set()
        assert written.wait(20)
        read.append(names(session))

    thread = Thread(target=store.read, args=(slowly,))
    thread.start()
    assert begun.wait(20)
    make(store, "theme", name="Neglect")
    written.set()
    thread.join()
    assert read == [[]]


def test_two_threads_write_one_after_the_other(store: Store) -> None:
    def write(first: int) -> None:
        for number in range(first, first + 10):
            store.write(AddRecord("theme", {"name": f"Theme {number}"}))

    threads = [Thread(target=write, args=(first,)) for first in (0, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.read(names)) == 20
    assert store.read(hangs_together)


def test_a_save_on_top_of_an_unseen_version_is_a_conflict(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    store.write(AmendRecord("theme", theme, 1, {"name": "Long neglect"}))
    with pytest.raises(ConflictError, match="changed meanwhile"):
        store.write(AmendRecord("theme", theme, 1, {"description": "Mine."}))
    row = store.read(record, "theme", theme)
    assert row is not None
    assert (row.version, row.values["description"]) == (2, None)


def test_today_is_the_practice_day_where_one_is_set(store: Store) -> None:
    assert store.today() == date(2022, 3, 25)
    store.practice_today = date(2021, 12, 1)
    assert store.today() == date(2021, 12, 1)
    assert store.now() == now()


def limit_pages(store: Store, more: int) -> Callable[[], None]:
    """Let the disk be full after so many more pages; return what frees it again."""

    def full(connection: Any, *_: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + more}")

    def free(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1000000")

    event.listen(store._engine, "checkout", full)

    def release() -> None:
        event.remove(store._engine, "checkout", full)
        event.listen(store._engine, "checkout", free)

    return release


@pytest.mark.parametrize("more", [0, 1, 2, 5])
def test_a_full_disk_is_told_and_nothing_is_half_saved(store: Store, more: int) -> None:
    make(store, "theme", name="Saved before")
    release = limit_pages(store, more)
    with pytest.raises(UserError, match=r"The disk is full\. Nothing of this change was saved"):
        make(store, "theme", name="Too much", description="words " * 30_000)
    assert store.read(names) == ["Saved before"]
    assert store.read(faults) == ()
    release()
    make(store, "theme", name="Too much", description="words " * 30_000)
    assert store.read(names) == ["Saved before", "Too much"]
    assert store.read(hangs_together)


@pytest.fixture
def small_disk(tmp_path: Path) -> Any:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("a small disk can only be mounted by root, and not in every container")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(store: Store, saved: list[str]) -> None:
    for number in range(1000):
        make(store, "theme", name=f"Theme {number}", description="words " * 2000)
        saved.append(f"Theme {number}")


def test_a_disk_that_fills_up_loses_nothing_that_was_saved(
    store: Store, small_disk: Path, tmp_path: Path
) -> None:
    store.close()
    path = Path(shutil.copy(store.path, small_disk / "test.oscb"))
    open_one = open_store(path, PASSPHRASE, tmp_path / "backups", "A. Tester", now)
    saved: list[str] = []
    with pytest.raises(UserError, match="The disk is full") as refusal:
        fill(open_one, saved)
    assert "what was saved before is safe" in refusal.value.sentence
    assert saved
    assert open_one.read(names) == saved
    open_one.close()
    again = open_store(path, PASSPHRASE, tmp_path / "backups", "A. Tester", now)
    assert again.read(names) == saved
    assert again.read(faults) == ()
    again.close()


def test_a_damaged_page_is_told_in_a_sentence_when_it_is_read(store: Store) -> None:
    for number in range(200):
        make(store, "theme", name=f"Theme {number}", description="words " * 200)
    (root,) = store.read(
        lambda session: session.scalars(
            text("SELECT rootpage FROM sqlite_master WHERE name = 'theme'")
        ).all()
    )
    store.close()
    raw = bytearray(store.path.read_bytes())
    raw[(root - 1) * 4096 + 500] ^= 0xFF
    store.path.write_bytes(raw)
    with pytest.raises(UserError, match="The file is damaged") as refusal:
        store.read(names)
    assert "saved" not in refusal.value.sentence
    with pytest.raises(DamagedFileError, match="open read-only because it is damaged"):
        make(store, "theme")


KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.key import FileKey
from oscb_desktop.services.files import check_store
from oscb_desktop.services.records import AddRecord, AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from oscb_desktop.queries.records import records
from tests.conftest import PASSPHRASE, now
from tests.replay import hangs_together
from tests.services.acts import Doing

path, rounds = Path(sys.argv[1]), int(sys.argv[2])
key = FileKey.of_file(path, PASSPHRASE)

def opened():
    return Store(make_engine(path, key), key, path, "A. Tester", now)

def save_for_ever(told):
    store = opened()
    for number in range(10**6):
        name = f"{os.getpid()} {number}"
        saved = store.write(AddRecord("theme", {"name": name, "description": "words " * 500}))
        os.write(told, f"{name}\\n".encode())
        store.write(AmendRecord("theme", saved.record_id, 1, {"description": "Amended."}))
        store.write(Undo())

reported = set()
chance = random.Random(5)
for _ in range(rounds):
    ear, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        save_for_ever(told)
    os.close(told)
    with open(ear, "rb") as lines:
        heard = lines.readline()
        time.sleep(chance.random() / 25)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        heard += lines.read()
    reported.update(heard.decode().split("\\n")[:-1])
    store = opened()
    there = {row.values["name"] for row in store.read(records, "theme")}
    assert not reported - there, reported - there
    store.close()
store = opened()
assert check_store(store) == (), check_store(store)
assert store.read(hangs_together)
store.close()
print(len(reported))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to kill it")
def test_killed_thirty_times_nothing_that_was_reported_saved_is_lost(store: Store) -> None:
    store.close()
    command = [sys.executable, "-c", KILLED, str(store.path), "30"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert int(done.stdout) >= 30
