"""What the disk can do to us, in sentences: none of it is the person's fault or ours."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError

_NOT_SAVED = "Nothing of this change was saved; what was saved before is safe."
_DAMAGED = f"The file is damaged. {_NOT_SAVED} Close it and open the newest backup."

_SENTENCES = {
    "disk is full": f"The disk is full. {_NOT_SAVED} Free some space and try again.",
    "readonly": (
        f"The file or its folder is read-only. {_NOT_SAVED} Copy the file to a folder of your own."
    ),
    "disk I/O error": (
        f"The disk reported an error. {_NOT_SAVED} Check the disk and make a backup elsewhere."
    ),
    "locked": f"Another program is using the file. {_NOT_SAVED} Try again in a moment.",
    "unable to open": (
        f"The file or its folder cannot be reached. {_NOT_SAVED} Check that the drive is connected."
    ),
    "malformed": _DAMAGED,
    "not a database": _DAMAGED,
}


def disk_sentence(problem: DatabaseError) -> str | None:
    """Return the sentence for a failure of the disk or the file, None when the fault is ours."""
    told = str(problem.orig)
    return next((sentence for sign, sentence in _SENTENCES.items() if sign in told), None)
