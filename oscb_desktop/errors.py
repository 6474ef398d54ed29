"""The two kinds of failure: a person's mistake, told in a sentence, and everything else."""

from __future__ import annotations

from dataclasses import dataclass


class UserError(Exception):
    """A sentence for the person: what is wrong, where, and what to do about it.

    Anything else is our own mistake and goes to the log and the crash dialog.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One mistake in one field: the field's name and the sentence that stands beneath it."""

    field: str
    sentence: str


class InvalidRecord(UserError):  # noqa: N818 - it is the record that is invalid
    """A record that cannot be saved as typed, with one fault for each field that is wrong."""

    def __init__(self, faults: tuple[FieldFault, ...]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = faults


class ConflictError(UserError):
    """The record has been changed by somebody else since it was read."""


class DamagedFileError(UserError):
    """A file that its key opens but that is not sound; ``key`` is that key where it is known."""

    def __init__(self, sentence: str, key: object | None = None) -> None:
        super().__init__(sentence)
        self.key = key


class WrongPassphraseError(UserError):
    """A passphrase or a recovery key that does not open the file it was typed for."""
