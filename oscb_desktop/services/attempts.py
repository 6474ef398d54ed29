"""Wrong passphrases on a file slow the next ones down, also after the program was started anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from oscb_desktop import settings
from oscb_desktop.domain.attempts import seconds_to_wait
from oscb_desktop.errors import UserError, WrongPassphraseError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempts:
    """Guards every place where a passphrase is typed; counts in the settings, by the file."""

    kept: Path
    now: Callable[[], datetime]

    def at(self, file: Path, work: Callable[[], T]) -> T:
        """Do what tries a passphrase, and count it when it was wrong.

        Raises ``UserError`` at once, without trying, while there is still to wait; the worker is
        never kept asleep by it.
        """
        name = str(file.resolve())
        wrong, last = self._before(name)
        seconds = seconds_to_wait(wrong, last, self.now())
        if seconds:
            unit = "second" if seconds == 1 else "seconds"
            raise UserError(
                f"{wrong} wrong passphrases were typed for {file.name}. "
                f"Wait {seconds} {unit}, then try again."
            )
        try:
            result = work()
        except WrongPassphraseError:
            row = settings.WrongPassphrases(self.now().isoformat(), wrong + 1)
            settings.change(self.kept, settings.mistyped(name, row))
            raise
        if wrong:
            settings.change(self.kept, settings.mistyped(name, None))
        return result

    def _before(self, name: str) -> tuple[int, datetime]:
        """Return how many were wrong and when the last was; what is spoilt counts for nothing."""
        row = settings.load(self.kept).wrong.get(name)
        try:
            if row is None:
                return 0, self.now()
            return int(row.count), datetime.fromisoformat(row.at).replace(tzinfo=None)
        except (TypeError, ValueError):
            return 0, self.now()
