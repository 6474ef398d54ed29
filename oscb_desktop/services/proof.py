"""The proof of a backup: opened as a restored file would be, checked, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from oscb_desktop.database import check
from oscb_desktop.database.backup import salt_of
from oscb_desktop.database.problems import reason
from oscb_desktop.domain.backup_plan import read_name
from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.queries.file_counts import hash_of, last_step, rows_held, rows_logged
from oscb_desktop.queries.log_agreement import untold
from oscb_desktop.services.backup_place import BackupPlace, note, notes_of, remember
from oscb_desktop.services.backups import newest_path
from oscb_desktop.services.copies import opened_copy
from oscb_desktop.services.store import Store

_NEXT = (
    "Make a new backup now and prove it. If that is not proven either, check the file, and keep "
    "every backup there is."
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of the newest backup: it is proven when there is no fault.

    ``backup`` is None when there is none; ``records`` counts what was found as logged.
    """

    backup: Path | None
    at: datetime
    faults: tuple[str, ...]
    records: int = 0

    @property
    def is_proven(self) -> bool:
        """Whether the backup can be relied on."""
        return not self.faults

    def words(self) -> str:
        """Return the result in sentences, with what to do next when it is not proven."""
        if self.backup is None:
            return " ".join(self.faults)
        if self.is_proven:
            records = counted(self.records, "record")
            return (
                f"{self.backup.name} is proven: it opens, its pages, links, files and history are "
                f"whole, and it holds the {records} that the change log tells of."
            )
        return f"{self.backup.name} is not proven. {' '.join(self.faults)} {_NEXT}"


def prove(store: Store, place: BackupPlace, at: datetime) -> Proof:
    """Prove the newest backup of the open file, and remember what was found.

    It is copied to a scratch place and opened there; its pages, structure, references and chain of
    changes are checked; each table must hold as many rows as the open file's change log tells of
    the step at which the backup was made, and each record what its own log last said of it.
    """
    newest = newest_path(place, store.key)
    missing = _missing(place, store)
    if newest is None or missing:
        none = f"There is no backup of {store.path.name} in {place.folder} yet. Make one now."
        return Proof(None, at, (missing or none,))
    name = read_name(newest.name)
    assert name is not None
    proof = _examined(store, place, newest, at)
    with suppress(OSError):  # it may have been taken away meanwhile
        fault = " ".join(proof.faults)
        remember(place, store.key, note(newest, name.made_at, at.isoformat(), fault))
    return proof


def _missing(place: BackupPlace, store: Store) -> str:
    """Return a sentence when a backup that was made here is there no more, or has another salt."""
    known = notes_of(place, store.key)
    last = max(known, key=lambda path: known[path].made_at, default=None)
    if last is None or salt_of(last) == store.key.salt:
        return ""
    return (
        f"{last.name}, the newest backup made on this laptop, is missing from {place.folder} or "
        f"its beginning is damaged. {_NEXT}"
    )


def _examined(store: Store, place: BackupPlace, backup: Path, at: datetime) -> Proof:
    try:
        with opened_copy(backup, store.key, place.scratch, at) as copy:
            faults = copy.read(check.faults)
            rows = {} if faults else copy.read(rows_held)
            faults = faults or tuple(_differences(store, copy, rows)) or copy.read(untold)
    except UserError as refused:
        faults, rows = (refused.sentence,), {}
    except DatabaseError as problem:
        faults, rows = (f"It cannot be read to its end: {reason(problem)}.",), {}
    return Proof(backup, at, faults, sum(rows.get(kind, 0) for kind in RECORD_KINDS))


def _differences(store: Store, copy: Store, held: dict[str, int]) -> Iterator[str]:
    """Yield a sentence for each table that does not hold what the log of the open file tells."""
    last = copy.read(last_step)
    if store.read(hash_of, last.number) != last.hash:
        yield (
            "It holds steps of work that the open file does not, as after an older backup was put "
            "in its place."
        )
        return
    for table, told in store.read(rows_logged, last.number).items():
        if held[table] != told:
            yield f"Table {table} holds {counted(held[table], 'row')}, not the {told:,} logged."
