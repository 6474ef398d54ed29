"""What of a file's key stands in words that were said or bytes that were written."""

from __future__ import annotations

import re

from oscb_desktop.database.key import FileKey

_LEAST = 8  # letters: a group of four comes up by chance, in a time or in encrypted bytes


def of_the_key(key: FileKey, said: str | bytes) -> list[str]:
    """Return each piece of a key that is told, as hex or as the recovery sheet has it."""
    text = said if isinstance(said, str) else said.decode("latin-1")
    closed = re.sub(r"[\s\u00a0-]", "", text)
    letters = "".join(key.recovery_groups())
    pieces = {letters[at : at + _LEAST] for at in range(len(letters) - _LEAST + 1)}
    return sorted(piece for piece in {*pieces, key.key.hex()} if piece in closed)
