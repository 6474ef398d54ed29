from __future__ import annotations

import getpass
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.errors import UserError
from tests.conftest import NOW

HOLDER = """
import sys, time
from datetime import datetime
from pathlib import Path
from oscb_desktop.database.lock import OpenFileLock
lock = OpenFileLock(Path(sys.argv[1]))
lock.acquire(datetime.fromisoformat("2022-03-24T17:30"))
print("held", flush=True)
sys.stdin.read()
"""


def held_elsewhere(path: Path) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_holder_is_told_who_has_it_where_and_since_when(tmp_path: Path) -> None:
    path = tmp_path / "test.oscb"
    child = held_elsewhere(path)
    try:
        with pytest.raises(UserError) as refused:
            OpenFileLock(path).acquire(NOW)
    finally:
        child.communicate()
    sentence = refused.value.sentence
    assert f"already open by {getpass.getuser()} on {socket.gethostname()}" in sentence
    assert "since 24 Mar 2022, 17:30" in sentence


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "test.oscb"
    child = held_elsewhere(path)
    child.kill()
    child.communicate()
    lock = OpenFileLock(path)
    lock.acquire(NOW)
    assert json.loads((tmp_path / "test.oscb.open").read_text("utf-8"))["since"] == (
        "25 Mar 2022, 10:00"
    )
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_letting_go_leaves_nothing_behind_and_lets_another_in(tmp_path: Path) -> None:
    path = tmp_path / "test.oscb"
    for _ in range(3):
        lock = OpenFileLock(path)
        lock.acquire(NOW)
        assert {found.name for found in tmp_path.iterdir()} == {"test.oscb.lock", "test.oscb.open"}
        lock.release()
        lock.release()
        assert list(tmp_path.iterdir()) == []


def test_one_that_was_refused_takes_nothing_from_the_holder(tmp_path: Path) -> None:
    path = tmp_path / "test.oscb"
    first, second = OpenFileLock(path), OpenFileLock(path)
    first.acquire(NOW)
    with pytest.raises(UserError, match="already open"):
        second.acquire(NOW)
    second.release()
    with pytest.raises(UserError, match="already open"):
        OpenFileLock(path).acquire(NOW)
    first.release()
    second.acquire(NOW)
    second.release()


@pytest.mark.parametrize("note", ["", "[]", "{}", "null", '{"by": 1}', "\x00\xff"])
def test_a_spoilt_note_still_gives_a_sentence(tmp_path: Path, note: str) -> None:
    path = tmp_path / "test.oscb"
    lock = OpenFileLock(path)
    lock.acquire(NOW)
    (tmp_path / "test.oscb.open").write_text(note, "latin-1")
    with pytest.raises(UserError, match="already open in another window"):
        OpenFileLock(path).acquire(NOW)
    lock.release()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to any folder"
)
def test_a_read_only_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(UserError, match="cannot be written to"):
        OpenFileLock(folder / "test.oscb").acquire(NOW)


def test_a_lock_taken_on_one_thread_is_let_go_on_another(tmp_path: Path) -> None:
    lock = OpenFileLock(tmp_path / "a.oscb")
    worker = threading.Thread(target=lock.acquire, args=(NOW,))
    worker.start()
    worker.join()
    lock.release()
    other = OpenFileLock(tmp_path / "a.oscb")
    other.acquire(NOW)
    other.release()
    assert list(tmp_path.iterdir()) == []
