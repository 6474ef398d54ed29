"""What can be done about a damaged file, side by side: its newest proven backup, and a salvage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from oscb_desktop.database.file import recognised
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.errors import DamagedFileError, UserError
from oscb_desktop.services.backup_place import BackupPlace
from oscb_desktop.services.backups import BackupRow, backups_of
from oscb_desktop.services.salvage import Salvage, salvage_apart


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A file that its key opens, and what is wrong with it in a sentence."""

    path: Path
    key: FileKey
    what: str


@dataclass(frozen=True, slots=True)
class Damage:
    """The ways out of a damaged file; ``refusal`` says why nothing could be salvaged.

    ``later`` counts the steps of the salvage that are newer than the backup.
    """

    backup: BackupRow | None
    salvage: Salvage | None
    refusal: str = ""
    later: int = 0

    @property
    def advice(self) -> str:
        """Say which way is best."""
        if self.salvage is None:
            return "Best: restore the backup." if self.backup else "Keep the file and ask for help."
        if not self.salvage.lost:
            return "Best: salvage it, for every record could be read or put together again."
        if self.backup is None:
            return "Best: salvage it, for there is no proven backup."
        if not self.later:
            return "Best: restore the backup, for no newer change could be salvaged."
        return (
            "Best: salvage it, and look up in the backup what the salvage lost. Restoring the "
            "backup would lose what was done after it."
        )

    def backup_words(self) -> str:
        """Return what the newest proven backup holds, and what it does not."""
        if self.backup is None:
            return "There is no backup of this file that was proven."
        made, row = self.backup.made_at, self.backup
        held = ((row.reviews, "review"), (row.actions, "action"), (row.last.number, "change"))
        words = ", ".join(counted(*each) for each in held)
        lacking = (
            f"{counted(self.later, 'newer change')} could be salvaged and would be lost."
            if self.later
            else "What was done after it is not in it."
        )
        return f"Made {format_date(made.date())} {made:%H:%M}: {words}. {lacking}"

    def salvage_words(self) -> str:
        """Return what could be read of the damaged file."""
        return " ".join(self.salvage.words()[:5]) if self.salvage else self.refusal


def key_in(damaged: DamagedFileError) -> FileKey:
    """Return the key of the file that was found damaged."""
    if not isinstance(damaged.key, FileKey):
        raise damaged
    return damaged.key


def key_of_damaged(path: Path, passphrase: str, backups: Path) -> FileKey:
    """Return the key of a file, sound or damaged; raises ``UserError`` as opening it does."""
    try:
        return recognised(path, passphrase, backups)[0]
    except DamagedFileError as damaged:
        return key_in(damaged)


def examine(file: DamagedFile, place: BackupPlace, by: str, at: datetime) -> Damage:
    """Find the newest proven backup and salvage the file in a scratch place, changing nothing."""
    rows = [row for row in backups_of(place, file.path, file.key) if not row.unreadable]
    proven = next((row for row in rows if row.proven_at and not row.fault), None)
    lender = proven or (rows[0] if rows else None)
    try:
        found = salvage_apart(
            file.path, file.key, place.scratch, by, at, lender.path if lender else None
        )
    except UserError as refused:
        return Damage(proven, None, refused.sentence)
    later = max(found.last.number - proven.last.number, 0) if proven else 0
    return Damage(proven, found, later=later)
