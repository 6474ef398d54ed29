"""Making, opening and checking a file: what stands before and after a store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from oscb_desktop.database import check, file, rekey
from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.queries.log_agreement import untold
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import first_id
from oscb_desktop.services.defaults import StartFile
from oscb_desktop.services.store import Command, Store

_FEW = 3
"""So many faults are told in a sentence."""

SUFFIX = file.SUFFIX
check_new_passphrase = file.check_new_passphrase


def create_store(
    path: Path,
    passphrase: str,
    by: str,
    now: Callable[[], datetime],
    start: Command | None = None,
) -> Store:
    """Make a new encrypted file with the organisation's first settings, or another start; open it.

    Raises ``UserError`` when the path is taken, cannot be written to, or the passphrase is short.
    """
    engine, key = file.create_file(path, passphrase)
    lock = OpenFileLock(path)
    try:
        lock.acquire(now())
        store = Store(engine, key, path, by, now, lock)
        store.write(start or StartFile())
    except BaseException:
        file.close_file(engine)
        file.remove_file(path)
        lock.release()
        raise
    return store


def open_store(
    path: Path, passphrase: str, backups: Path, by: str, now: Callable[[], datetime]
) -> Store:
    """Open an encrypted file for this process alone.

    Raises ``UserError`` for a missing, plain, foreign, newer or damaged file, for a wrong
    passphrase, and for a file that is open elsewhere; the file is left as it was.
    """
    file.refuse_at_sight(path, cut_off=True)
    lock = OpenFileLock(path)
    lock.acquire(now())
    try:
        engine, key = file.open_file(path, passphrase, backups, now())
    except BaseException:
        lock.release()
        raise
    store = Store(engine, key, path, by, now, lock)
    try:
        if store.read(first_id, "organisation") is None:  # killed while it was being made
            store.write(StartFile())
        adopt_practice_day(store)
        rekey.sweep(path)
    except BaseException:
        store.close()
        raise
    return store


def adopt_practice_day(store: Store) -> None:
    """Let a practice file set the day, read again whenever the organisation's settings change."""
    store.practice_today = None
    store.practice_today = store.read(_practice_day)


def check_store(store: Store, *, against_log: bool = True) -> tuple[str, ...]:
    """Return a sentence for each fault of the file, none when it is sound.

    ``against_log`` holds each record against what the change log last said of it, which takes
    seconds in a large file. A file with faults is written to no more.
    """
    faults = store.read(check.faults)
    if against_log:
        faults = faults or store.read(untold)
    if faults:
        store.tell_damage(" ".join(faults[:_FEW]))
    return faults


def safety_copy(store: Store, backups: Path, occasion: str) -> Path:
    """Back up the open file before something large, and return where it lies.

    Raises ``UserError`` when the copy cannot be written.
    """
    name = f"{store.path.stem} {occasion} {store.now():%Y-%m-%d %H%M%S}{SUFFIX}"
    return copy_file(store.path, store.key, backups / name)


def _practice_day(session: Session) -> date | None:
    return organisation(session).practice_today
