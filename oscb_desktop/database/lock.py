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

from oscb_desktop.errors import UserError


class OpenFileLock:
    """Holds a file for this process; the note beside the lock tells others who has it."""

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path.with_name(path.name + ".lock"))
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
        note = {"by": _user(), "on": socket.gethostname(), "since": f"{now:%d %b %Y %H:%M}"}
        with suppress(OSError):
            self._note.write_text(json.dumps(note), "utf-8")

    def release(self) -> None:
        """Let the file go and tidy the two small files away."""
        if not self._lock.is_locked:
            return
        self._note.unlink(missing_ok=True)
        self._lock.release()
        with suppress(OSError):  # somebody else may just have taken it
            Path(self._lock.lock_file).unlink(missing_ok=True)

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
    except (OSError, KeyError):
        return str(os.getpid())
