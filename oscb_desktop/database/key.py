"""The key of a file: derived once from the passphrase, then handed to every connection.

The derivation is SQLCipher 4's own (PBKDF2-HMAC-SHA512, 256,000 rounds, the salt in the file's
first 16 bytes), so that any SQLCipher tool opens the file with the passphrase alone.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from oscb_desktop.domain import recovery_text

SALT_BYTES = 16
_ROUNDS = 256_000


@dataclass(frozen=True, slots=True)
class FileKey:
    """A derived key with its salt; never shown, never logged."""

    key: bytes | bytearray = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Hold the key where it can be overwritten."""
        object.__setattr__(self, "key", bytearray(self.key))

    @classmethod
    def derive(cls, passphrase: str, salt: bytes) -> FileKey:
        """Derive the key; takes about a tenth of a second, on purpose.

        The passphrase is taken in one Unicode form, so that it opens the file from any keyboard.
        """
        typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        return cls(
            hashlib.pbkdf2_hmac("sha512", typed, salt, _ROUNDS, recovery_text.KEY_BYTES), salt
        )

    @classmethod
    def new(cls, passphrase: str) -> FileKey:
        """Derive a key for a new file, with a salt of its own."""
        return cls.derive(passphrase, secrets.token_bytes(SALT_BYTES))

    @classmethod
    def from_recovery(cls, typed: str, salt: bytes) -> FileKey:
        """Return the key that stands on a recovery sheet; raises ``UserError`` if mistyped."""
        return cls(recovery_text.key_of(typed), salt)

    @classmethod
    def of_file(cls, path: Path, typed: str) -> FileKey:
        """Return the key of an existing file: derived from its passphrase, or its recovery key."""
        with path.open("rb") as file:
            salt = file.read(SALT_BYTES)
        if recovery_text.is_recovery_text(typed):
            return cls.from_recovery(typed, salt)
        return cls.derive(typed, salt)

    def copy(self) -> FileKey:
        """Return a key of its own, which stays when this one is overwritten."""
        return FileKey(bytes(self.key), self.salt)

    def wipe(self) -> None:
        """Overwrite the key, as when its file is locked; it opens nothing any more."""
        assert isinstance(self.key, bytearray)
        self.key[:] = bytes(len(self.key))

    def recovery_groups(self) -> tuple[str, ...]:
        """Return what a recovery sheet shows: the key itself, as ``from_recovery`` reads it."""
        return recovery_text.groups(bytes(self.key))

    def pragma(self) -> str:
        """Return the statement that gives the key to a connection."""
        return f"PRAGMA key = \"x'{self.key.hex()}{self.salt.hex()}'\""
