"""What a pack of papers is: its cover, its parts in their order, and whom each copy is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from oscb_desktop.domain.documents import DEFAULT_ACCENT, Fact


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A paper made here, as PDF; its pages bear their marking themselves."""

    heading: str
    data: bytes


@dataclass(frozen=True, slots=True)
class AttachedPart:
    """A file that somebody sent; ``name`` is the file's own, whose end says what it is."""

    heading: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part that is wanted and cannot be given; a sheet in its place says why."""

    heading: str
    why: str


PackPart = OwnPart | AttachedPart | MissingPart


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack ready to be bound: all its words are worded, all its files are read.

    ``about`` are lines of the cover, ``marking`` stands top and bottom of every page.
    """

    reference: str
    title: str
    organisation: str
    parts: tuple[PackPart, ...]
    subtitle: str = ""
    marking: str = ""
    made_by: str = ""
    made_at: str = ""
    about: tuple[Fact, ...] = ()
    accent: str = DEFAULT_ACCENT


@dataclass(frozen=True, slots=True)
class PackCopy:
    """One copy of a pack: its number of how many, whom it is for, and what traces it."""

    number: int = 0
    of: int = 0
    recipient: str = ""
    trace: str = ""

    def label(self) -> str:
        """Return what is printed on each page, such as ``Copy 2 of 9``; empty where unnumbered."""
        if not self.number:
            return ""
        return f"Copy {self.number} of {self.of}" if self.of else f"Copy {self.number}"

    def words(self) -> str:
        """Return the label and whom the copy is for."""
        who = " ".join(self.recipient.split())
        if not who:
            return self.label()
        return f"{self.label()} for {who}" if self.number else f"For {who}"


class Part(StrEnum):
    """What can stand in a pack; the codes of the list ``pack_part``."""

    AGENDA = "agenda"
    MEETING_NOTE = "meeting_note"
    NOTIFICATION_SHEET = "notification_sheet"
    CHILDREN = "children"
    AGENCY_RETURNS = "agency_returns"
    DECISION = "decision"
    TERMS = "terms"
    REVIEW_RECORD = "review_record"
    ACTIONS = "actions"
    CHAIR_SHEET = "chair_sheet"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Offer:
    """A part that a pack may hold: of which review, which file, and whether one would expect it."""

    part: Part
    review: int | None = None
    attachment: int | None = None
    expected: bool = False

    @property
    def key(self) -> tuple[str, int, int]:
        """What tells one part of a pack from another."""
        return self.part.value, self.review or 0, self.attachment or 0


OF_RAPID_REVIEW = (
    (Part.NOTIFICATION_SHEET, True),
    (Part.CHILDREN, True),
    (Part.AGENCY_RETURNS, True),
    (Part.DECISION, True),
    (Part.ACTIONS, False),
    (Part.REVIEW_RECORD, False),
)
"""What a pack may hold of a rapid review, in the order of its meeting, and what one expects."""

OF_FULL_REVIEW = (
    (Part.TERMS, True),
    (Part.CHILDREN, True),
    (Part.AGENCY_RETURNS, True),
    (Part.ACTIONS, True),
    (Part.NOTIFICATION_SHEET, False),
    (Part.REVIEW_RECORD, False),
)

OF_SUBGROUP = ((Part.CHAIR_SHEET, True), (Part.ACTIONS, True))
"""What the subgroup looks at of all reviews."""


def of_review(review: int, kind: str, *, expected: bool = True) -> tuple[Offer, ...]:
    """Return what a pack may hold of a review; nothing of it is ``expected`` beside many others."""
    parts = OF_RAPID_REVIEW if kind == "rapid_review" else OF_FULL_REVIEW
    return tuple(Offer(part, review, expected=usual and expected) for part, usual in parts)


def recipients(text: str) -> tuple[str, ...]:
    """Return whom the copies are for, one a line; the first has copy 1."""
    return tuple(name for line in text.splitlines() if (name := " ".join(line.split())))
