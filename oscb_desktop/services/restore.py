"""Restoring a backup: looked into first, to a new file or in place of the one it was made of."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from oscb_desktop.database import check
from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.file import key_of, open_with_key, remove_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.database.problems import reason
from oscb_desktop.domain.backup_plan import REPLACED, BackupName
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.queries.disposals import disposals
from oscb_desktop.queries.file_counts import LastStep, hash_of, last_step, live_records
from oscb_desktop.services.copies import opened_copy, scratch_folder
from oscb_desktop.services.files import adopt_practice_day
from oscb_desktop.services.store import Store

__all__ = ["Difference", "Inside", "key_of", "look_inside", "looked_at", "put_in_place", "restore"]

_SIDES = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class Difference:
    """How many records of a kind, not in the bin, the backup holds and the file holds now."""

    label: str
    backup: int
    now: int

    def words(self) -> str:
        """Return it as ``Actions: 30, now 32 (2 fewer)``."""
        many = abs(self.backup - self.now)
        how = "more" if self.backup > self.now else "fewer"
        return f"{self.label}: {self.backup:,}, now {self.now:,} ({many:,} {how})"


@dataclass(frozen=True, slots=True)
class Inside:
    """What a backup holds beside what the file holds now, counted before anything is done.

    ``later`` counts the steps of work that the file holds and the backup does not, None when the
    file could not be compared or its history is another. ``now`` is None when there is no file.
    ``disposals`` names those that were made since, by their references.
    """

    backup: Path
    last: LastStep
    records: int
    faults: tuple[str, ...]
    now: LastStep | None = None
    later: int | None = None
    differences: tuple[Difference, ...] = ()
    disposals: tuple[str, ...] = ()

    def words(self) -> tuple[str, ...]:
        """Return what a person should know before restoring it, a sentence a line."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        yield from self.faults
        records = counted(self.records, "record")
        yield f"{self.backup.name} holds {records}. Its last step: {_told(self.last)}."
        if self.now is None:
            return
        yield f"The file's last step: {_told(self.now)}."
        if self.later is None:
            yield "The backup holds steps of work that the file does not."
        elif self.later:
            yield f"The file holds {counted(self.later, 'step')} of work that the backup does not."
        else:
            yield "The file holds no work that the backup does not."
        if self.disposals:
            named = ", ".join(self.disposals)
            yield f"The backup still holds what was disposed of since ({named})."
        yield from (difference.words() for difference in self.differences)


def look_inside(
    backup: Path, key: FileKey, scratch: Path, live: Store | None, at: datetime
) -> Inside:
    """Look into a backup, changing nothing, and compare it with the open file where there is one.

    Raises ``UserError`` when the backup cannot be opened.
    """
    try:
        with opened_copy(backup, key, scratch, at) as copy:
            faults = copy.read(check.faults)
            last, held = copy.read(last_step), copy.read(live_records)
    except DatabaseError as problem:
        raise UserError(f"{backup.name} cannot be read: {reason(problem)}.") from problem
    inside = Inside(backup, last, sum(held.values()), faults)
    return inside if live is None else _compared(inside, held, live)


@contextmanager
def looked_at(file: Path, key: FileKey, scratch: Path, at: datetime) -> Iterator[Store]:
    """Open a copy of a file that may be open elsewhere, only to look; raises ``UserError``."""
    with scratch_folder(scratch, at) as folder:
        copy = copy_file(file, key, folder / file.name, what="A copy to look into")
        with opened_copy(copy, key, scratch, at) as store:
            yield store


def restore(backup: Path, key: FileKey, to: Path) -> Path:
    """Write a backup to a new file; raises ``UserError`` when the path is taken or on damage."""
    if to.exists():
        raise UserError(f"{to} exists already. A backup is only ever restored to a new file.")
    if not to.parent.is_dir():
        raise UserError(f"There is no folder {to.parent}. Choose one that is there.")
    return copy_file(backup, key, to, what="The restored file", at_rest=True)


def put_in_place(
    file: Path,
    key: FileKey,
    backup: Path,
    by: str,
    now: Callable[[], datetime],
    *,
    damaged: bool = False,
) -> tuple[Store, Path]:
    """Put a backup in place of its closed file; return it opened, and where the replaced one lies.

    At each instant there is a whole file of that name. A ``damaged`` file takes the log of work
    that may lie beside it along. Raises ``UserError`` with the file as it
    was when the backup is damaged or the file is open elsewhere.
    """
    lock = OpenFileLock(file)
    lock.acquire(now())
    restored = None
    try:
        restored = copy_file(
            backup, key, file.with_name(f"{file.name}.restored"), what="The file", at_rest=True
        )
        replaced = _kept_aside(file, now(), damaged=damaged)
        _put(restored, file, replaced)
        engine = _opened_or_put_back(file, key, replaced, now())
    except BaseException:
        if restored is not None:
            remove_file(restored)
        lock.release()
        raise
    store = Store(engine, key, file, by, now, lock)
    adopt_practice_day(store)
    return store, replaced


def _put(restored: Path, file: Path, replaced: Path) -> None:
    try:
        restored.replace(file)
    except OSError as problem:
        replaced.unlink(missing_ok=True)
        raise UserError(
            f"{file.name} could not be replaced: {problem.strerror}. It was left as it was. Close "
            "what else is using it, and restore the backup then."
        ) from problem


def _opened_or_put_back(file: Path, key: FileKey, replaced: Path, now: datetime) -> Engine:
    """Open the restored file; where it does not open, the replaced one takes its name again."""
    try:
        return open_with_key(file, key, file.parent, now)
    except BaseException:
        for side in ("-wal", "-shm", "-journal"):  # or they would be played into the other file
            with suppress(OSError):
                file.with_name(file.name + side).unlink(missing_ok=True)
        replaced.replace(file)
        raise


def _told(step: LastStep) -> str:
    if step.at is None:
        return "none"
    return f"{step.label}, by {step.by}, {format_date(step.at.date())} {step.at:%H:%M}"


def _kept_aside(file: Path, now: datetime, *, damaged: bool = False) -> Path:
    """Give a closed file a second name, under which it stays when another takes the first."""
    beside = [side for side in _SIDES if file.with_name(file.name + side).exists()]
    if beside and not damaged:
        raise UserError(
            f"{file.name} was not closed cleanly or another program is using it. Open and close "
            "it once, and restore the backup then."
        )
    number = 1
    while (
        aside := file.with_name(BackupName(file.stem, now, REPLACED, number).written())
    ).exists():
        number += 1
    try:
        os.link(file, aside)
    except OSError:  # this kind of drive knows no second names
        try:
            shutil.copy2(file, aside)
        except OSError as problem:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise UserError(
                f"{file.name} could not be kept aside in {file.parent}: {problem.strerror}. "
                "Nothing was changed."
            ) from problem
    for side in beside:
        file.with_name(file.name + side).replace(aside.with_name(aside.name + side))
    return aside


def _compared(inside: Inside, held: Mapping[str, int], live: Store) -> Inside:
    now, holds = live.read(last_step), live.read(live_records)
    shared = live.read(hash_of, inside.last.number) == inside.last.hash
    later = now.number - inside.last.number if shared else None
    since = [row.reference for row in live.read(disposals) if row.step > inside.last.number]
    differences = tuple(
        Difference(RECORD_KINDS[kind].plural, held[kind], holds[kind])
        for kind in RECORD_KINDS
        if held[kind] != holds[kind]
    )
    return replace(inside, now=now, later=later, differences=differences, disposals=tuple(since))
