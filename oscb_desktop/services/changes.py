"""What a write returns: the records it touched, so that each view knows whether to read again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """The records that one step touched, the label of the step, and the record it was about.

    ``kinds`` are kinds of record; ``records`` pairs of kind and id; ``record_id`` is the id of the
    record that a command added or amended, where it is about one.
    """

    label: str
    records: frozenset[tuple[str, int]]
    record_id: int | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """Return the kinds of record that were touched."""
        return frozenset(kind for kind, _ in self.records)
