"""The recovery sheet in words: what it opens, what to do with it, where to keep it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import RecoverySheet
from oscb_desktop.queries.papers import Made, paper

_SUBTITLE = "Opens this file when its passphrase is forgotten, until the passphrase is changed."
_WHAT_TO_DO = (
    "Open the file in OSCB Desktop and type the key in place of the passphrase. Capitals, spaces "
    "and hyphens do not matter; a mistake in typing is told.",
    "Choose File, Change passphrase, with the key as the old passphrase. The file then has a new "
    "passphrase, and this sheet no longer opens it.",
    "Make a new sheet, and destroy this one unless older backups are to be opened with it.",
)
_WHERE_TO_KEEP = (
    "In a sealed, dated envelope in a locked place to which two named people have access, such as "
    "the safe of the council's legal team.",
    "Not beside the computer, and not as a photograph, in an e-mail or as a file: whoever has this "
    "sheet and the file can read everything in it.",
    "If the sheet is lost, change the passphrase at once. A lost sheet still opens older backups.",
)


def recovery_sheet(
    session: Session, file_name: str, groups: tuple[str, ...], made: Made
) -> RecoverySheet:
    """Return the sheet for a file whose recovery key has these groups."""
    around = paper(session, made, f"Recovery sheet: {file_name}", _SUBTITLE)
    return RecoverySheet(
        around,
        file_name,
        f"{around.printed_at} by {made.by}",
        groups,
        _WHAT_TO_DO,
        _WHERE_TO_KEEP,
    )
