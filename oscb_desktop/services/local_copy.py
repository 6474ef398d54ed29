"""A file that lies, or was to lie, where it should not be in use: kept here, backed up there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from oscb_desktop import settings
from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.file import recognised
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.domain.backup_plan import BackupName
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.attempts import Attempts
from oscb_desktop.services.backup_place import choose_folder
from oscb_desktop.services.files import create_store, open_store
from oscb_desktop.services.store import Store


def make_here(
    path: Path, passphrase: str, folder: Path, paths: AppPaths, by: str, now: Callable[[], datetime]
) -> Store:
    """Make a new file of that name in ``folder``, and let its backups go to where it was to lie.

    Raises ``UserError`` as ``create_store`` does, and when the place of the backups cannot be made.
    """
    _make_folder(path.parent)
    store = create_store(folder / path.name, passphrase, by, now)
    choose_folder(paths, path.parent)
    return store


def keep_here(
    path: Path, passphrase: str, folder: Path, paths: AppPaths, by: str, now: Callable[[], datetime]
) -> Store:
    """Copy a file to ``folder``, open the copy, and let its backups go to where the file lies.

    The file itself is named as a backup, so that nobody goes on working in it. Raises ``UserError``
    as ``open_store`` does, and when the copy cannot be written; the file is then as it was.
    """
    attempts = Attempts(paths.settings, now)
    key = attempts.at(path, lambda: recognised(path, passphrase, path.parent)[0])
    copy = _copied(path, key, folder / path.name, now())
    store = open_store(copy, passphrase, path.parent, by, now)
    _name_as_backup(path, now())
    choose_folder(paths, path.parent)
    settings.change(paths.settings, settings.without(path))
    return store


def _copied(path: Path, key: FileKey, target: Path, now: datetime) -> Path:
    """Copy a file while nobody else can have it open."""
    lock = OpenFileLock(path)
    lock.acquire(now)
    try:
        wal = path.with_name(f"{path.name}-wal")
        at_rest = not (wal.exists() and wal.stat().st_size)  # else its last work lies beside it
        return copy_file(path, key, target, what="The copy", at_rest=at_rest)
    finally:
        lock.release()


def _name_as_backup(path: Path, now: datetime) -> None:
    """Give the file a backup's name; a place that refuses keeps it as it is."""
    name = BackupName(path.stem, now)
    while (target := path.with_name(name.written())).exists():
        name = replace(name, number=name.number + 1)
    with suppress(OSError):
        path.rename(target)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UserError(
            f"The folder {folder} cannot be made, so no backups can go there: {problem.strerror}. "
            "Choose another folder."
        ) from problem
