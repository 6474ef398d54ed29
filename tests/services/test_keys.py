"""The passphrase and the recovery key: told, checked, changed, and never half changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError, WrongPassphraseError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.history import history
from oscb_desktop.queries.records import records
from oscb_desktop.queries.undo import to_undo
from oscb_desktop.services.files import check_store, open_store, safety_copy
from oscb_desktop.services.keys import (
    NoteKeyStep,
    change_passphrase,
    check_passphrase,
    recovery_groups,
)
from oscb_desktop.services.store import Store
from tests.conftest import PASSPHRASE, now
from tests.factories import make

NEW = "quite other words"


def reopened(store: Store, typed: str, backups: Path) -> Store:
    store.close()
    return open_store(store.path, typed, backups, "B. Tester", now)


def themes(store: Store) -> list[str]:
    return [row.title for row in store.read(records, "theme")]


def test_a_changed_passphrase_opens_the_file_and_the_old_one_does_not(
    store: Store, paths: AppPaths
) -> None:
    make(store, "theme", name="Neglect")
    told = change_passphrase(store, PASSPHRASE, NEW)
    assert "Older backups open with the old passphrase" in told
    make(store, "theme", name="Written after")
    assert check_store(store) == ()
    store.close()
    assert [path.name for path in store.path.parent.iterdir()] == ["test.oscb"]
    with pytest.raises(WrongPassphraseError):
        open_store(store.path, PASSPHRASE, paths.backups, "B. Tester", now)
    again = open_store(store.path, NEW, paths.backups, "B. Tester", now)
    assert themes(again) == ["Neglect", "Written after"]
    assert check_store(again) == ()
    again.close()


def test_the_change_is_in_the_history_and_cannot_be_undone(store: Store) -> None:
    before = store.read(to_undo)
    change_passphrase(store, PASSPHRASE, NEW)
    assert store.read(history, "organisation", 1)[0].step == "Change the passphrase"
    assert store.read(to_undo) == before
    store.close()


def test_a_new_passphrase_has_a_salt_and_so_a_key_of_its_own(store: Store) -> None:
    old = store.key
    change_passphrase(store, PASSPHRASE, NEW)
    assert store.key.salt != old.salt
    assert store.path.read_bytes()[:16] == store.key.salt
    if os.name == "posix":
        assert store.path.stat().st_mode & 0o077 == 0
    store.close()


def test_a_backup_made_before_opens_with_the_old_passphrase(store: Store, paths: AppPaths) -> None:
    make(store, "theme", name="Neglect")
    copy = safety_copy(store, paths.backups, "before")
    change_passphrase(store, PASSPHRASE, NEW)
    store.close()
    old = open_store(copy, PASSPHRASE, paths.backups, "B. Tester", now)
    assert themes(old) == ["Neglect"]
    old.close()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("not the words", NEW, "not the passphrase of test"),
        (PASSPHRASE, "short", "at least 8 characters"),
        (PASSPHRASE, PASSPHRASE, "the passphrase already"),
    ],
)
def test_a_refused_change_leaves_the_file_as_it_was(
    store: Store, old: str, new: str, said: str
) -> None:
    before = store.key
    with pytest.raises(UserError, match=said):
        change_passphrase(store, old, new)
    assert store.key == before
    make(store, "theme")
    assert check_store(store) == ()


def test_a_recovery_key_is_no_passphrase_to_choose(store: Store) -> None:
    with pytest.raises(UserError, match="This is a recovery key"):
        change_passphrase(store, PASSPHRASE, "".join(recovery_groups(store)))


def test_a_recovery_key_opens_the_file_and_changes_a_forgotten_passphrase(
    store: Store, paths: AppPaths
) -> None:
    make(store, "theme", name="Neglect")
    sheet = "  ".join(recovery_groups(store)).lower()
    opened = reopened(store, sheet, paths.backups)
    assert themes(opened) == ["Neglect"]
    check_passphrase(opened, PASSPHRASE)
    change_passphrase(opened, sheet, NEW)
    with pytest.raises(WrongPassphraseError, match="changed after the sheet was made"):
        reopened(opened, sheet, paths.backups)
    opened = reopened(opened, NEW, paths.backups)
    with pytest.raises(WrongPassphraseError):
        check_passphrase(opened, sheet)
    opened.close()


def test_a_mistyped_recovery_key_is_told_as_one(store: Store, paths: AppPaths) -> None:
    typed = " ".join(recovery_groups(store))
    mistyped = typed[:-1] + ("7" if typed[-1] != "7" else "8")
    with pytest.raises(WrongPassphraseError, match="compare each group with the sheet"):
        reopened(store, mistyped, paths.backups)


def test_a_file_in_use_is_left_alone(store: Store) -> None:
    make(store, "theme", name="Neglect")
    key = store.key
    with store._engine.connect() as other:  # such as a copy being made
        other.exec_driver_sql("SELECT count(*) FROM theme")
        with pytest.raises(UserError, match=r"in use just now\. Nothing was changed"):
            change_passphrase(store, PASSPHRASE, NEW)
    assert store.key == key
    assert themes(store) == ["Neglect"]
    assert not list(store.path.parent.glob("*.rekeying*"))


def test_a_damaged_file_is_not_put_under_another_key(store: Store) -> None:
    store.close()
    raw = bytearray(store.path.read_bytes())
    raw[4096 * 60 + 50] ^= 0xFF
    store.path.write_bytes(raw)
    with pytest.raises(UserError, match="damaged"):
        change_passphrase(store, PASSPHRASE, NEW)
    store.close()
    assert FileKey.of_file(store.path, PASSPHRASE) == store.key
    assert not list(store.path.parent.glob("*.rekeying*"))


def test_what_others_write_meanwhile_waits_and_is_kept(store: Store, paths: AppPaths) -> None:
    names = [f"Theme {number:02}" for number in range(40)]
    begun = threading.Event()

    def write() -> None:
        for name in names:
            make(store, "theme", name=name)
            begun.set()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait()
    for old, new in ((PASSPHRASE, NEW), (NEW, PASSPHRASE), (PASSPHRASE, NEW)):
        change_passphrase(store, old, new)
    writer.join()
    again = reopened(store, NEW, paths.backups)
    assert themes(again) == names
    assert check_store(again) == ()
    again.close()


def test_what_a_killed_change_left_is_swept_away_at_the_next_opening(
    store: Store, paths: AppPaths
) -> None:
    store.close()
    for end in (".rekeying-new", ".rekeying-old", ".rekeying-new-wal"):
        shutil.copy(store.path, store.path.with_name(store.path.name + end))
    reopened(store, PASSPHRASE, paths.backups).close()
    assert [path.name for path in store.path.parent.iterdir()] == ["test.oscb"]


def test_a_step_about_the_key_names_no_record_but_the_organisation(store: Store) -> None:
    changes = store.write(NoteKeyStep("Recovery sheet made"))
    assert changes.records == {("organisation", 1)}
    assert store.read(history, "organisation", 1)[0].act == "Looked at"


KILLED = """
import os, random, signal, sys, time
from datetime import datetime
from pathlib import Path
from oscb_desktop.errors import WrongPassphraseError
from oscb_desktop.queries.records import records
from oscb_desktop.services.files import check_store, open_store
from oscb_desktop.services.keys import change_passphrase
from oscb_desktop.services.records import AddRecord

path, backups = Path(sys.argv[1]), Path(sys.argv[2])
words = ["three plain words", "quite other words"]
now = lambda: datetime(2022, 3, 25, 10, 0)

def opened():
    for place in (before, 1 - before):
        try:
            return place, open_store(path, words[place], backups, "A. Tester", now)
        except WrongPassphraseError:
            pass
    raise SystemExit("neither passphrase opens the file")

def change(told, fatal):
    place, store = opened()
    seen = 0

    def at(event, given):
        nonlocal seen
        if event == "os.remove" and not os.path.exists(given[0]):
            return
        if event in ("open", "os.rename", "os.link", "os.remove", "sqlite3.connect"):
            seen += 1
            if seen == fatal:
                os.kill(os.getpid(), signal.SIGKILL)

    name = f"Theme {fatal:02} {random.random()}"
    store.write(AddRecord("theme", {"name": name}))
    os.write(told, f"{name}\\n".encode())
    if fatal:
        sys.addaudithook(at)
    change_passphrase(store, words[place], words[1 - place])
    os.write(told, b"changed\\n")
    os._exit(0)

def round_of(fatal, after=None):
    ear, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        try:
            change(told, fatal)
        finally:
            os._exit(9)
    os.close(told)
    with open(ear, "rb") as lines:
        first = lines.readline()
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        said = (first + lines.read()).decode().split("\\n")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, -9), status
    return said[:-1]

reported, kills, swapped, before = set(), 0, 0, 0
def look(said):
    global before, swapped
    reported.update(word for word in said if word != "changed")
    place, store = opened()
    assert not ("changed" in said and place == before), "the passphrase is not the one reported"
    swapped += place != before
    before = place
    there = {row.title for row in store.read(records, "theme")}
    assert not reported - there, reported - there
    assert check_store(store) == (), check_store(store)
    store.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name], list(path.parent.iterdir())

fatal = 1
while "changed" not in (said := round_of(fatal)):
    look(said)
    kills, fatal = kills + 1, fatal + 1
look(said)
chance = random.Random(7)
for _ in range(int(sys.argv[3])):
    look(round_of(0, 0.2 + chance.random() / 4))
print(kills, swapped)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to kill it")
def test_killed_at_every_step_one_of_the_two_opens_and_holds_everything(
    store: Store, paths: AppPaths
) -> None:
    store.close()
    folder = store.path.parent / "alone"
    folder.mkdir()
    path = folder / "killed.oscb"
    shutil.copy(store.path, path)
    command = [sys.executable, "-c", KILLED, str(path), str(paths.backups), "4"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    kills, swapped = map(int, done.stdout.split())
    assert kills >= 8
    assert swapped >= 3, "no change was killed after the new file had taken its place"
