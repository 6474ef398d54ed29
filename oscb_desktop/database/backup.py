"""Copies of a live file, made by SQLite's own backup so that no committed row is missing."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from oscb_desktop.database.disk import sync_file, sync_folder
from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import SALT_BYTES, FileKey
from oscb_desktop.errors import UserError

PART = ".part"
"""What the name of a copy ends in until it is whole, checked and on the disk."""

_SIDES = ("", "-wal", "-shm", "-journal")


def copy_file(
    source: Path, key: FileKey, target: Path, *, what: str = "A backup", at_rest: bool = False
) -> Path:
    """Copy an open or closed file, encrypted with the same key, and return where the copy lies.

    A copy that is there already is kept: the new one is numbered. ``at_rest`` says that nobody
    writes to the source, which is then only read. Raises ``UserError`` when the source is damaged
    or the copy cannot be written; a half-written copy is removed.
    """
    target = _free(target)
    partial = target.with_name(target.name + PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_part(partial)
        partial.touch(mode=0o600)
        if _is_sound_copy(source, key, partial, at_rest=at_rest):
            sync_file(partial)
            partial.replace(target)
            sync_folder(target.parent)
            return target
    except (OSError, sqlcipher.Error) as problem:
        if str(problem) not in _DAMAGED:
            raise UserError(
                f"{what} could not be written to {target.parent}: {problem}. "
                "Nothing was changed. Free some space there or choose another folder."
            ) from problem
    finally:
        remove_part(partial)
    raise UserError(
        f"{what} could not be made, for {source.name} is damaged. Nothing was changed. "
        "Check the file, and open the newest backup if the check fails."
    )


def salt_of(path: Path) -> bytes:
    """Return the salt of a file, by which the copies of one file are known, empty if unreadable."""
    try:
        with path.open("rb") as file:
            return file.read(SALT_BYTES)
    except OSError:
        return b""


def remove_part(partial: Path) -> None:
    """Remove a copy that was not finished, with its side files."""
    for side in _SIDES:
        with suppress(OSError):
            partial.with_name(partial.name + side).unlink(missing_ok=True)


_DAMAGED = ("database disk image is malformed", "file is not a database")


def _is_sound_copy(source: Path, key: FileKey, partial: Path, *, at_rest: bool) -> bool:
    with closing(connect(source, key, read_only=at_rest)) as live:
        if not _pages_are_sound(live):
            return False
        with closing(connect(partial, key)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # all of it is synced at once, at the end
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, to be read where it lies
            return bool(copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))


def _pages_are_sound(live: sqlcipher.Connection) -> bool:
    """Whether each page is as it was written, which the copying does not tell of all of them."""
    if not _spoilt_pages(live):
        return True
    try:  # it may have been written to just then: look again while nobody can
        live.execute("BEGIN IMMEDIATE")
    except sqlcipher.OperationalError:
        return False
    try:
        return not _spoilt_pages(live)
    finally:
        live.execute("ROLLBACK")


def _spoilt_pages(live: sqlcipher.Connection) -> bool:
    return live.execute("PRAGMA cipher_integrity_check").fetchone() is not None


def _free(wanted: Path) -> Path:
    path, number = wanted, 1
    while path.exists():
        number += 1
        path = wanted.with_stem(f"{wanted.stem} {number}")
    return path
