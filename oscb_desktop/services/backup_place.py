"""Where backups go, and what is remembered on this laptop of those that were made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oscb_desktop import settings
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.file_place import PlaceKind, place_of_file
from oscb_desktop.settings import BackupNote


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where backups go, where they are remembered, and where a copy is looked into."""

    folder: Path
    memory: Path
    scratch: Path


def place_of(paths: AppPaths, folder: Path | None = None) -> BackupPlace:
    """Return the given folder, else the one that was chosen, else the program's own."""
    chosen = settings.load(paths.settings).backup_folder
    own = Path(chosen) if chosen else paths.backups
    return BackupPlace((folder or own).absolute(), paths.settings, paths.scratch)


def choose_folder(paths: AppPaths, folder: Path) -> None:
    """Remember where backups go from now on; those made before stay where they are."""
    settings.change(paths.settings, settings.backed_up_to(folder))


def same_disk(file: Path, folder: Path) -> bool:
    """Whether a file and its backups would be lost with the same disk, as far as can be told.

    A synchronised folder is on a disk of somebody else as well.
    """
    if place_of_file(folder).kind is PlaceKind.SYNCED:
        return False
    try:
        return file.stat().st_dev == _nearest(folder).stat().st_dev
    except OSError:
        return False


def refuse_missing(place: BackupPlace) -> None:
    """Raise ``UserError`` when the chosen folder is not there."""
    # Made anew, the folder of a drive that is not connected would lie on the disk of the laptop.
    chosen = settings.load(place.memory).backup_folder
    if chosen and Path(chosen) == place.folder and not place.folder.is_dir():
        raise UserError(
            f"The backup folder {place.folder} is not there. Connect its drive, or choose another "
            "folder for backups."
        )


def notes_of(place: BackupPlace, key: FileKey) -> Mapping[Path, BackupNote]:
    """Return what is remembered of the backups of a file in this folder."""
    notes = settings.load(place.memory).backups.get(_mark(key), ())
    by_path = {Path(known.path): known for known in notes}
    return {path: known for path, known in by_path.items() if path.parent == place.folder}


def remember(place: BackupPlace, key: FileKey, new: BackupNote) -> None:
    """Remember a backup or its proof, and forget those that are gone but for the newest."""

    def step(kept_settings: settings.Settings) -> settings.Settings:
        notes = kept_settings.backups.get(_mark(key), ())
        every = [*(other for other in notes if other.path != new.path), new]
        newest = max(every, key=lambda each: each.made_at)
        left = [each for each in every if each is newest or Path(each.path).exists()]
        left.sort(key=lambda each: each.made_at)
        return settings.noted(_mark(key), tuple(left))(kept_settings)

    settings.change(place.memory, step)


def note(path: Path, made_at: datetime, proven_at: str = "", fault: str = "") -> BackupNote:
    """Return what is remembered of a backup as it lies now."""
    found = path.stat()
    moment = made_at.isoformat()
    return BackupNote(str(path), moment, found.st_size, found.st_mtime_ns, proven_at, fault)


def _mark(key: FileKey) -> str:
    return hashlib.sha256(key.salt).hexdigest()[:16]


def _nearest(folder: Path) -> Path:
    """Return the folder, or what is there of the way to it."""
    return next(path for path in (folder, *folder.parents) if path.exists())
