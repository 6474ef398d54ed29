"""One window a file: a lock that the operating system lets go when its holder dies."""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import UserError


class OpenFileLock:
    """Holds a file for this process; the note beside the lock tells others who has it."""

    def __init__(self, path: Path) -> None:
        # A file is opened on a worker thread and closed on the window's: one lock for both.
        self._lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
        self._note = path.with_name(path.name + ".open")
        self._name = path.name

    def acquire(self, now: datetime) -> None:
        """Take the lock, or raise ``UserError`` naming who has the file open and since when."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UserError(self._who_has_it()) from None
        except OSError as problem:
            raise UserError(
                f"The folder of {self._name} cannot be written to, so the file cannot be opened "
                f"safely ({problem.strerror}). Copy it to a folder of your own and open it there."
            ) from problem
        since = f"{format_date(now.date())}, {now:%H:%M}"
        note = {"by": _user(), "on": socket.gethostname(), "since": since}
        with suppress(OSError):
            self._note.write_text(json.dumps(note), "utf-8")

    def release(self) -> None:
        """Let the file go and tidy the two small files away."""
        if not self._lock.is_locked:
            return
        lock_file = Path(self._lock.lock_file)
        with suppress(OSError):
            self._note.unlink(missing_ok=True)
        if os.name != "nt":  # while it is held: afterwards it may be somebody else's
            lock_file.unlink(missing_ok=True)
        self._lock.release()
        if os.name == "nt":  # where a file that is open cannot be removed, whoever has it open
            with suppress(OSError):
                lock_file.unlink(missing_ok=True)

    def _who_has_it(self) -> str:
        try:
            note = json.loads(self._note.read_text("utf-8"))
            who = f"by {note['by']} on {note['on']} since {note['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            who = "in another window"
        return f"{self._name} is already open {who}. Close it there first."


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # what it raises differs by system and version
        return str(os.getpid())
