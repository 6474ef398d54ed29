"""Copies of a live file, made by SQLite's own backup so that no committed row is missing."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError


def copy_file(source: Path, key: FileKey, target: Path) -> Path:
    """Copy an open or closed file, encrypted with the same key, and return where the copy lies.

    A copy that is there already is kept: the new one is numbered. Raises ``UserError`` when the
    copy cannot be written; a half-written copy is removed.
    """
    target = _free(target)
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        with closing(connect(source, key)) as live, closing(connect(partial, key)) as copy:
            live.backup(copy)
        partial.replace(target)
        return target
    except (OSError, sqlcipher.Error) as problem:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise UserError(
            f"A safety copy could not be written to {target.parent}: {problem}. "
            "Nothing was changed. Free some space there or choose another folder."
        ) from problem


def _free(wanted: Path) -> Path:
    path, number = wanted, 1
    while path.exists():
        number += 1
        path = wanted.with_stem(f"{wanted.stem} {number}")
    return path
