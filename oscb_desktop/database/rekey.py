"""A file under another key: copied beside, then put in its place in one step.

At every instant one whole file stands under the name: the old one under the old key, or the new
one. The old one stays beside it until the new one has opened.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from oscb_desktop.database.disk import sync_file, sync_folder
from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError

_COPY, _BEFORE = ".rekeying-new", ".rekeying-old"
_SIDES = ("-wal", "-shm", "-journal")


def rekeyed_copy(path: Path, key: FileKey, new: FileKey) -> Path:
    """Copy a file that nobody else has open to one under another key, and return where it lies.

    The file itself is left with no side files. Raises ``UserError`` when it is in use or damaged
    or the copy cannot be written; no copy is left then.
    """
    copy = path.with_name(path.name + _COPY)
    try:
        sweep(path)
        copy.touch(mode=0o600)
        with closing(connect(path, key)) as whole:
            _take_alone(whole)
            _refuse_spoilt_pages(whole, path)
            with closing(connect(copy, new)) as target:
                whole.backup(target)
        _refuse_side_files(path)
    except (OSError, sqlcipher.Error, UserError) as problem:
        sweep(path)
        if isinstance(problem, UserError):
            raise
        raise UserError(_not_copied(path, problem)) from problem
    return copy


def put_in_place(copy: Path, path: Path) -> None:
    """Put a closed copy in the place of its closed original, which stays beside it.

    Raises ``OSError`` with the original in its place.
    """
    before = path.with_name(path.name + _BEFORE)
    before.unlink(missing_ok=True)
    try:
        os.link(path, before)
    except OSError:  # a stick's file system knows no second name for one file
        shutil.copyfile(path, before)
        sync_file(before)
    sync_file(copy)
    copy.replace(path)
    sync_folder(path.parent)


def put_back(path: Path) -> None:
    """Put the original in its place again, where the copy in its place does not open."""
    path.with_name(path.name + _BEFORE).replace(path)
    sync_folder(path.parent)


def sweep(path: Path) -> None:
    """Remove what a change of key left beside a file; only for one that has opened since."""
    for end in (_COPY, _BEFORE):
        for side in ("", *_SIDES):
            with suppress(OSError):
                path.with_name(path.name + end + side).unlink(missing_ok=True)


def _take_alone(whole: Any) -> None:
    """Fold the side files in, which no other connection survives, and let nobody in until closed.

    A log of the old file that was left beside the new one would be played into it.
    """
    whole.execute("PRAGMA busy_timeout = 1000")
    whole.execute("PRAGMA locking_mode = EXCLUSIVE")
    (mode,) = whole.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise sqlcipher.OperationalError("database is locked")
    whole.execute("BEGIN EXCLUSIVE")
    whole.execute("COMMIT")


def _refuse_spoilt_pages(whole: Any, path: Path) -> None:
    if whole.execute("PRAGMA cipher_integrity_check").fetchone():
        raise UserError(
            f"{path.name} is damaged. Nothing was changed. Check the file, and open the newest "
            "backup if the check fails."
        )


def _refuse_side_files(path: Path) -> None:
    if any(path.with_name(path.name + side).exists() for side in _SIDES):
        raise sqlcipher.OperationalError("database is locked")


def _not_copied(path: Path, problem: Exception) -> str:
    if "locked" in str(problem):
        return f"{path.name} is in use just now. Nothing was changed. Try again in a moment."
    return (
        f"A copy under the new passphrase could not be written to {path.parent}: {problem}. "
        "Nothing was changed. Free some space there and try again."
    )
