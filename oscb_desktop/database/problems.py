"""What the disk can do to us, in sentences: none of it is the person's fault or ours."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError

_SENTENCES = {
    "disk is full": ("The disk is full.", "Free some space and try again."),
    "readonly": (
        "The file or its folder is read-only.",
        "Copy the file to a folder of your own and open it there.",
    ),
    "disk I/O error": (
        "The disk reported an error.",
        "Check the disk and make a backup elsewhere.",
    ),
    "locked": ("Another program is using the file.", "Try again in a moment."),
    "unable to open": (
        "The file or its folder cannot be reached.",
        "Check that the drive is connected and that the path is not too long.",
    ),
    "malformed": ("The file is damaged.", "Close it and open the newest backup."),
    "not a database": ("The file is damaged.", "Close it and open the newest backup."),
    "not decode": ("The file is damaged.", "Close it and open the newest backup."),
}
_QUOTED = " with text"
_DAMAGE = ("malformed", "not a database", "not decode")


def reason(problem: DatabaseError) -> str:
    """Return what the database says of a failure, without the text of a record that it quotes."""
    return str(problem.orig).partition(_QUOTED)[0]


def is_damage(problem: DatabaseError) -> bool:
    """Whether a failure says that the file itself is damaged."""
    return any(sign in str(problem.orig) for sign in _DAMAGE)


def disk_sentence(problem: DatabaseError, what_became: str = "") -> str | None:
    """Return the sentence for a failure of the disk or the file, None when the fault is ours.

    ``what_became`` says, between what is wrong and what to do, what was saved and what was not.
    """
    told = str(problem.orig)
    for sign, (what, remedy) in _SENTENCES.items():
        if sign in told:
            return " ".join(part for part in (what, what_became, remedy) if part)
    return None
