"""What an agency's sheet of actions holds: its columns, its mark, and what it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.field import Field, code, long_text
from oscb_desktop.domain.fields.field import date as day_field

ACTIONS, README, LISTS, MADE_FROM = "Actions", "Read me", "Lists", "Made from"
FORMAT = "OSCB Desktop actions 1"

LOCKED = (
    Field("reference", "Reference"),
    long_text("text", "Action"),
    Field("review", "Review"),
    long_text("recommendation", "Recommendation"),
    Field("owner", "Owner"),
    day_field("due_on", "Due"),
    Field("held", "Status as we hold it"),
)
"""What we hold, in the order of the columns."""

OPEN = (
    code("status", "Status now", "delivery_status", "One from the list; empty if it is the same."),
    long_text("note", "Progress since", "What was done since the last report."),
    day_field("new_due_on", "New date", "Only if the due date cannot be kept."),
    long_text("reason", "Reason for the new date"),
    day_field("completed_on", "Completed on", "With the status “Complete”."),
    long_text("outcome", "What changed", "For children and families, through this action."),
    long_text("evidence", "Evidence described", "One piece of evidence a line."),
    code("evidence_kind", "Evidence kind", "evidence_kind"),
)
"""What the agency fills in."""

COLUMNS = (*LOCKED, *OPEN)

MADE_HEADINGS = ("Reference", "Version", "Due", "Delivery", "What changed", "Checksums")
_MARKS = 12
_LONGEST_TOLD, _LONGEST_KEPT = 4_000, 30_000
_CUT = " … (the whole text is in our file)"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One action as we hold it when the sheet is made; ``delivery`` is the code."""

    reference: str
    version: int
    text: str
    review: str
    recommendation: str
    owner: str
    due_on: date | None
    delivery: str
    outcome: str

    def locked_words(self) -> dict[str, str]:
        """Return what each locked column says, by its name."""
        return {
            "reference": self.reference,
            "text": _cut(self.text, _LONGEST_TOLD),
            "review": self.review,
            "recommendation": _cut(self.recommendation, _LONGEST_TOLD),
            "owner": self.owner,
            "due_on": format_date(self.due_on) if self.due_on else "",
            "held": label_of("delivery_status", self.delivery),
        }

    def made_cells(self) -> tuple[str, ...]:
        """Return what the hidden sheet keeps of the action, a text for each of its columns."""
        words = self.locked_words()
        return (
            self.reference,
            str(self.version),
            self.due_on.isoformat() if self.due_on else "",
            self.delivery,
            kept_outcome(self.outcome),
            " ".join(checksum(words[column.name]) for column in LOCKED),
        )


@dataclass(frozen=True, slots=True)
class AgencySheet:
    """One agency's sheet: whose it is, what stands around it, and its actions.

    ``nonce`` is random and ``file`` tells one file of ours from another.
    """

    reference: str
    agency: str
    organisation: str
    marking: str
    made_on: date
    due_back_on: date
    file: str
    nonce: str
    rows: tuple[SheetRow, ...]

    @property
    def mark(self) -> str:
        """The mark by which the sheet is known when it comes back."""
        return mark_of(self.nonce, self.file, self.agency, (row.made_cells() for row in self.rows))


@dataclass(frozen=True, slots=True)
class MadeRow:
    """An action as it stood when the sheet was made; ``checksums`` are of the locked columns."""

    version: int
    due_on: date | None
    delivery: str
    outcome: str
    checksums: Mapping[str, str]

    def is_as_made(self, column: str, words: str) -> bool:
        """Whether a locked cell still says what it said."""
        return self.checksums.get(column) == checksum(words)


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """From which file a sheet was made, for whom, when, and how its actions stood."""

    file: str
    agency: str
    reference: str
    made_on: date
    mark: str
    rows: Mapping[str, MadeRow]


def mark_of(nonce: str, file: str, agency: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Return a mark that nobody can guess and that fits only these rows."""
    lines = [nonce, file, plain(agency)]
    lines += ["\t".join(plain(cell) for cell in row) for row in rows]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def checksum(words: str) -> str:
    """Return a short checksum of a text in which only the spacing may differ."""
    return hashlib.sha256(plain(words).encode("utf-8", "surrogatepass")).hexdigest()[:_MARKS]


def plain(words: str) -> str:
    """Return a text with one spacing: office programs write line breaks in ways of their own."""
    return " ".join(words.split())


def kept_outcome(words: str) -> str:
    """Return as much of what changed as the hidden sheet keeps, to hold the file against it."""
    return _cut(words, _LONGEST_KEPT)


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - len(_CUT)] + _CUT


def column_headed(heading: str) -> Field | None:
    """Return the column of this heading, whatever its capitals and spacing."""
    wanted = plain(heading).casefold()
    return next((column for column in COLUMNS if column.label.casefold() == wanted), None)
