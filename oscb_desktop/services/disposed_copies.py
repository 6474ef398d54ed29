"""The copies of a file that still hold what was disposed of, and deleting one of them by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oscb_desktop.database.backup import salt_of
from oscb_desktop.database.change_log import Act, Item, ItemAct
from oscb_desktop.domain.backup_plan import REPLACED, SAFETY_AGE, SUFFIX, BackupName, read_name
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import UserError
from oscb_desktop.queries.disposals import DisposalRow, disposal
from oscb_desktop.services.backup_place import BackupPlace
from oscb_desktop.services.backups import backups_of
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

_NEVER = "until somebody deletes it"
_ANOTHER = "It is under another passphrase, so what it holds cannot be told."


@dataclass(frozen=True, slots=True)
class HoldingCopy:
    """A copy that still holds what was removed; ``doubt`` says where that cannot be told."""

    path: Path
    made_at: datetime
    until: str
    doubt: str = ""

    def words(self) -> str:
        """Return until when it is kept, and what is in doubt."""
        return " ".join(part for part in (self.until, self.doubt) if part)


def copies_holding(store: Store, place: BackupPlace, disposal_id: int) -> tuple[HoldingCopy, ...]:
    """Return the copies made before a disposal that lie where backups go, the newest first.

    A copy that does not open, or that is under an earlier passphrase, may hold it and is named.
    """
    row = store.read(disposal, disposal_id)
    found = []
    for copy in backups_of(place, store.path, store.key):
        name = BackupName(store.path.stem, copy.made_at, copy.occasion)
        if copy.unreadable and copy.made_at <= row.at:
            found.append(HoldingCopy(copy.path, copy.made_at, _until(name), copy.unreadable))
        elif not copy.unreadable and copy.last.number < row.step:
            found.append(HoldingCopy(copy.path, copy.made_at, _until(name)))
    found += _of_another_key(store, place, row)
    return tuple(sorted(found, key=lambda each: each.made_at, reverse=True))


@dataclass(frozen=True, slots=True)
class NoteDeletedCopy:
    """Note in the history of a disposal that a copy which held it was deleted."""

    disposal_id: int
    name: str

    def carry_out(self, work: Work) -> None:
        """Log it with the disposal."""
        work.act = Act.VIEW
        work.label = f"Delete the copy {self.name}"
        work.items.append(Item("disposal", self.disposal_id, ItemAct.VIEW))


def delete_copy(store: Store, place: BackupPlace, disposal_id: int, path: Path) -> None:
    """Delete one copy that still holds what was removed, and note it.

    Raises ``UserError`` for any other file, and while no backup was made since the disposal.
    """
    row = store.read(disposal, disposal_id)
    copies = backups_of(place, store.path, store.key)
    if path not in {copy.path for copy in copies_holding(store, place, disposal_id)}:
        raise UserError(f"{path.name} is no copy made before {row.reference}. It was left alone.")
    if not any(not copy.unreadable and copy.last.number >= row.step for copy in copies):
        raise UserError(
            f"There is no backup made since {row.reference}. Make one before you delete an older "
            "one."
        )
    try:
        path.unlink()
    except OSError as problem:
        raise UserError(f"{path.name} could not be deleted: {problem.strerror}.") from problem
    store.write(NoteDeletedCopy(disposal_id, path.name))


def _until(name: BackupName) -> str:
    if name.occasion == REPLACED:
        return _NEVER
    aged = format_date((name.made_at + SAFETY_AGE).date())
    if name.is_safety:
        return f"until {aged}, at the next backup after that"
    return f"until about {aged}, as newer ones take its place"


def _of_another_key(store: Store, place: BackupPlace, row: DisposalRow) -> list[HoldingCopy]:
    """Return the copies of this file's name that an earlier passphrase opens."""
    found = []
    for path in _listed(place.folder):
        name = read_name(path.name)
        ours = name is not None and name.stem == store.path.stem and path != store.path
        if name and ours and name.made_at <= row.at and salt_of(path) != store.key.salt:
            found.append(HoldingCopy(path, name.made_at, _NEVER, _ANOTHER))
    return found


def _listed(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.glob(f"*{SUFFIX}") if path.is_file()]
    except OSError:
        return []
