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
    file is damaged or the copy cannot be written; a half-written copy is removed.
    """
    target = _free(target)
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        with closing(connect(source, key)) as live, closing(connect(partial, key)) as copy:
            sound = _copy(live, copy)
        if sound:
            partial.replace(target)
            return target
    except (OSError, sqlcipher.Error) as problem:
        raise UserError(
            f"A safety copy could not be written to {target.parent}: {problem}. "
            "Nothing was changed. Free some space there or choose another folder."
        ) from problem
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    raise UserError(
        f"A safety copy could not be made, for {source.name} is damaged. Nothing was changed. "
        "Check the file, and open the newest backup if the check fails."
    )


def _copy(live: sqlcipher.Connection, copy: sqlcipher.Connection) -> bool:
    """Copy page by page; return whether every page was sound, which the copying does not tell."""
    if live.execute("PRAGMA cipher_integrity_check").fetchone():
        return False
    live.backup(copy)
    try:
        return bool(copy.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlcipher.DatabaseError:
        return False


def _free(wanted: Path) -> Path:
    path, number = wanted, 1
    while path.exists():
        number += 1
        path = wanted.with_stem(f"{wanted.stem} {number}")
    return path
