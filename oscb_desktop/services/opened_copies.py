"""Copies of attached files that are open in another program, for as long as our file is open.

Each lies alone in a folder that only this person can enter, together with whatever the other
program puts beside it. The folders of one running program are held by a lock that the system lets
go when it ends, however it ends, so that the next start knows which of them are left over.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from oscb_desktop.database.disk import unwritten
from oscb_desktop.domain.kept_files import kind_of, safe_name
from oscb_desktop.errors import UserError
from oscb_desktop.queries.attachments import file_row
from oscb_desktop.services.attachments import NoteCopy, content_of
from oscb_desktop.services.store import Store

_PREFIX = "open-"
_HELD = "held.lock"
_INTERNET_ZONE = "[ZoneTransfer]\r\nZoneId=3\r\n"


class OpenedCopies:
    """The copies that were opened from one open file."""

    def __init__(self, store: Store, scratch: Path) -> None:
        self._store = store
        self._folder = scratch / f"{_PREFIX}{secrets.token_hex(8)}"
        self._lock = FileLock(self._folder / _HELD, thread_local=False)
        before = store.closed

        def closed() -> None:
            self.remove()
            before()

        store.closed = closed

    def open_copy(self, attachment_id: int) -> Path:
        """Write a copy that can only be read, note that it left the protection, and say where.

        Raises ``UserError`` when it was altered, is no kind of file that is opened, or cannot be
        written or noted.
        """
        content = content_of(self._store, attachment_id)
        file = self._store.read(file_row, attachment_id)
        assert file is not None
        kind_of(file.name)
        name = safe_name(file.name)
        kind_of(name)
        self._store.write(NoteCopy(attachment_id, "Open a copy"))
        try:
            return self._written(name, content)
        except OSError as problem:
            raise UserError(unwritten(problem, self._folder / name)) from problem

    def remove(self) -> None:
        """Remove every copy, with what other programs put beside it; what is in use stays."""
        if self._lock.is_locked:
            self._lock.release()
            _remove(self._folder)

    def _written(self, name: str, content: bytes) -> Path:
        if not self._lock.is_locked:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        apart = self._folder / secrets.token_hex(8)
        apart.mkdir(mode=0o700)
        path = apart / name
        with os.fdopen(
            os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600), "wb"
        ) as out:
            out.write(content)
        if os.name == "nt":
            mark_as_foreign(path)
        path.chmod(stat.S_IRUSR)
        return path


def mark_as_foreign(path: Path) -> None:
    """Tell Windows that a file came from outside, so that Office opens it protected, macros off.

    The mark is that of [MS-FSCC] 5.6.1; a disk that cannot hold it goes without.
    """
    with suppress(OSError), Path(f"{path}:Zone.Identifier").open("w", newline="") as zone:
        zone.write(_INTERNET_ZONE)


def sweep(scratch: Path) -> None:
    """Remove the copies that a program which was cut short left behind."""
    for folder in scratch.glob(f"{_PREFIX}*"):
        lock = FileLock(folder / _HELD)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            continue  # of a program that still runs
        lock.release()
        _remove(folder)


def _remove(folder: Path) -> None:
    for path in folder.rglob("*"):
        with suppress(OSError):  # Windows removes nothing that can only be read
            path.chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)


_BINARY = getattr(os, "O_BINARY", 0)
