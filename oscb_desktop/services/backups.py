"""Backups of the open file: made when work goes on, listed with what they hold, and thinned."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError

from oscb_desktop import settings
from oscb_desktop.database.backup import PART, copy_file, remove_part, salt_of
from oscb_desktop.database.engine import looking_engine
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.backup_plan import (
    PROOF_INTERVAL,
    REPLACED,
    SUFFIX,
    BackupName,
    is_aged,
    is_time,
    kept,
    read_name,
)
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.file_counts import LastStep, contents, last_step
from oscb_desktop.services.store import Store
from oscb_desktop.settings import BackupNote

_UNREADABLE = "It does not open with this file's passphrase, or it is damaged."


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where backups go, where they are remembered, and where a copy is looked into."""

    folder: Path
    memory: Path
    scratch: Path


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One copy of a file, with how much it holds.

    ``occasion`` is empty for a plain backup. ``unreadable`` is a sentence, empty when it opens;
    ``proven_at`` and ``fault`` tell of its last proof, as long as it lies as it did then.
    """

    path: Path
    made_at: datetime
    occasion: str
    size: int
    reviews: int = 0
    actions: int = 0
    last: LastStep = LastStep()  # noqa: RUF009 - it is frozen
    unreadable: str = ""
    proven_at: datetime | None = None
    fault: str = ""


def place_of(paths: AppPaths, folder: Path | None = None) -> BackupPlace:
    """Return the given folder, else the one that was chosen, else the program's own."""
    chosen = settings.load(paths.settings).backup_folder
    own = Path(chosen) if chosen else paths.backups
    return BackupPlace(folder or own, paths.settings, paths.scratch)


def choose_folder(paths: AppPaths, folder: Path) -> None:
    """Remember where backups go from now on; those made before stay where they are."""
    settings.change(paths.settings, settings.backed_up_to(folder))


def same_disk(file: Path, folder: Path) -> bool:
    """Whether a file and its backups would be lost with the same disk, as far as can be told."""
    try:
        return file.stat().st_dev == _nearest(folder).stat().st_dev
    except OSError:
        return False


def back_up(store: Store, place: BackupPlace, when: datetime) -> BackupRow:
    """Make a backup of the open file, thin the older ones, and return the new one.

    Raises ``UserError`` when the file is damaged or the folder cannot be written to; the backups
    that are there stay as they are.
    """
    _refuse_missing(place)
    name = BackupName(store.path.stem, when).written()
    path = copy_file(store.path, store.key, place.folder / name, what="The backup")
    remember(place, store.key, note(path, when))
    _thin(place, store, when)
    row = _row(path, store.key, notes_of(place, store.key))
    assert row is not None
    return row


def backups_of(place: BackupPlace, file: Path, key: FileKey) -> tuple[BackupRow, ...]:
    """Return the copies of a file, the newest first, with the files that a restoring replaced."""
    notes = notes_of(place, key)
    paths = {*_copies(place.folder, key.salt)}
    paths |= {path for path, name in _named(file.parent, key.salt) if name.occasion == REPLACED}
    rows = (_row(path, key, notes) for path in paths - {file})
    return tuple(sorted((row for row in rows if row), key=_order, reverse=True))


def newest_path(place: BackupPlace, key: FileKey) -> Path | None:
    """Return the newest plain backup of a file, opened or not."""
    plain = [found for found in _named(place.folder, key.salt) if not found[1].occasion]
    return max(plain, key=lambda found: found[1].order())[0] if plain else None


def is_due(store: Store, place: BackupPlace, now: datetime, *, closing: bool = False) -> bool:
    """Whether the newest backup lacks something or was not proven, and is half an hour old.

    A file that closes does not wait for the half hour.
    """
    newest = newest_path(place, store.key)
    row = _row(newest, store.key, notes_of(place, store.key)) if newest else None
    if row is None:
        return True
    wanted = bool(row.fault) or row.last.hash != store.read(last_step).hash
    return wanted and (closing or is_time(row.made_at, now))


def is_proof_due(place: BackupPlace, key: FileKey, now: datetime) -> bool:
    """Whether there is a backup that was not looked into, and none was proven within the day."""
    newest, notes = newest_path(place, key), notes_of(place, key)
    if newest is None or (newest in notes and not _is_day_old(notes[newest].proven_at, now)):
        return False
    proven = [known.proven_at for known in notes.values() if not known.fault]
    return _is_day_old(max(proven, default=""), now)


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


def _is_day_old(moment: str, now: datetime) -> bool:
    return is_time(datetime.fromisoformat(moment) if moment else None, now, PROOF_INTERVAL)


def _row(path: Path, key: FileKey, notes: Mapping[Path, BackupNote]) -> BackupRow | None:
    """Return what is told of a copy, or None when it is gone."""
    name = read_name(path.name)
    try:
        found = path.stat()
    except OSError:
        return None
    assert name is not None
    held = _held(path, key, name.made_at)
    row = BackupRow(path, name.made_at, name.occasion, found.st_size, **held)
    kept_note = notes.get(path)
    lies_as_then = (found.st_size, found.st_mtime_ns)
    if kept_note is None or (kept_note.size, kept_note.changed_ns) != lies_as_then:
        return row
    proven_at = datetime.fromisoformat(kept_note.proven_at) if kept_note.proven_at else None
    return replace(row, proven_at=proven_at, fault=kept_note.fault)


def _held(path: Path, key: FileKey, made_at: datetime) -> Mapping[str, Any]:
    store = Store(looking_engine(path, key, at_rest=True), key, path, "", lambda: made_at)
    try:
        found = store.read(contents)
    except (UserError, DatabaseError):
        return {"unreadable": _UNREADABLE}
    return {"reviews": found.reviews, "actions": found.actions, "last": found.last}


def _refuse_missing(place: BackupPlace) -> None:
    # Made anew, the folder of a drive that is not connected would lie on the disk of the laptop.
    chosen = settings.load(place.memory).backup_folder
    if chosen and Path(chosen) == place.folder and not place.folder.is_dir():
        raise UserError(
            f"The backup folder {place.folder} is not there. Connect its drive, or choose another "
            "folder for backups."
        )


def _thin(place: BackupPlace, store: Store, now: datetime) -> None:
    """Remove the backups that the plan lets go, but never the newest one that was proven."""
    own = [
        found
        for found in _named(place.folder, store.key.salt)
        if found[1].stem == store.path.stem and found[0] != store.path
    ]
    plain = {name.order(): path for path, name in own if not name.occasion}
    keep = {plain[moment] for moment in kept(plain)} | _newest_proven(place, store.key)
    gone = {*plain.values()} - keep
    gone |= {path for path, name in own if name.is_safety and is_aged(name.made_at, now)}
    for path in gone:
        with suppress(OSError):
            path.unlink()
    _remove_unfinished(place.folder, store.path.stem, now)


def _newest_proven(place: BackupPlace, key: FileKey) -> set[Path]:
    proven = [
        (known.made_at, path)
        for path, known in notes_of(place, key).items()
        if known.proven_at and not known.fault
    ]
    return {max(proven)[1]} if proven else set()


def _remove_unfinished(folder: Path, stem: str, now: datetime) -> None:
    """Remove what a backup that was killed left behind, a day later."""
    for path in _listed(folder, f"*{SUFFIX}{PART}"):
        name = read_name(path.name.removesuffix(PART))
        if name and name.stem == stem and is_time(name.made_at, now, PROOF_INTERVAL):
            remove_part(path)


def _copies(folder: Path, salt: bytes) -> Iterator[Path]:
    return (path for path, _ in _named(folder, salt))


def _named(folder: Path, salt: bytes) -> Iterator[tuple[Path, BackupName]]:
    """Yield the copies of the file of that salt that lie in a folder, with what their name says."""
    for path in _listed(folder, f"*{SUFFIX}"):
        name = read_name(path.name)
        if name is not None and salt_of(path) == salt:
            yield path, name


def _listed(folder: Path, pattern: str) -> list[Path]:
    try:
        return [path for path in folder.glob(pattern) if path.is_file()]
    except OSError:
        return []


def _order(row: BackupRow) -> tuple[datetime, str]:
    name = read_name(row.path.name)
    assert name is not None
    return name.order(), row.path.name


def _mark(key: FileKey) -> str:
    return hashlib.sha256(key.salt).hexdigest()[:16]


def _nearest(folder: Path) -> Path:
    """Return the folder, or what is there of the way to it."""
    return next(path for path in (folder, *folder.parents) if path.exists())
