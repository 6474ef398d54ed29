"""Backups of the open file: made when work goes on, listed with what they hold, and thinned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DatabaseError

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
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import UserError
from oscb_desktop.queries.file_counts import LastStep, contents, last_step
from oscb_desktop.services.backup_place import (
    BackupPlace,
    note,
    notes_of,
    refuse_missing,
    remember,
)
from oscb_desktop.services.store import Store
from oscb_desktop.settings import BackupNote

_UNREADABLE = "It does not open with this file's passphrase, or it is damaged."


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


@dataclass(frozen=True, slots=True)
class Standing:
    """How the backups of a file stand, in a few words, and in sentences with what to do."""

    words: str
    help: str
    is_failure: bool = False


def back_up(store: Store, place: BackupPlace, when: datetime) -> BackupRow:
    """Make a backup of the open file, thin the older ones, and return the new one.

    Raises ``UserError`` when the file is damaged or the folder cannot be written to; the backups
    that are there stay as they are.
    """
    refuse_missing(place)
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


def standing(place: BackupPlace, key: FileKey, now: datetime) -> Standing:
    """Return how the backups of a file stand, by what is remembered of them."""
    newest, notes = newest_path(place, key), notes_of(place, key)
    if newest is None:
        none = f"Nothing is in {place.folder} yet. A backup is made by itself after the first work."
        return Standing("No backup yet", none)
    known = notes.get(newest)
    if known and known.fault:
        told = f"{newest.name} is not proven. {known.fault}"
        return Standing("The newest backup is not proven", told, is_failure=True)
    proven = [each for each in notes.values() if each.proven_at and not each.fault]
    about = f"The newest backup is {newest}."
    if not proven:
        return Standing(f"Backed up {_moment(_made_at(newest), now)}", about)
    last = max(proven, key=lambda each: each.proven_at)
    words = f"Backup proven {_moment(datetime.fromisoformat(last.proven_at), now)}"
    return Standing(words, f"{Path(last.path).name} was opened, checked and counted. {about}")


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


def _made_at(path: Path) -> datetime:
    name = read_name(path.name)
    assert name is not None
    return name.made_at


def _moment(at: datetime, now: datetime) -> str:
    """Write a moment of this year without the year."""
    day = format_date(at.date())
    return f"{day if at.year != now.year else day.rpartition(' ')[0]} {at:%H:%M}"
