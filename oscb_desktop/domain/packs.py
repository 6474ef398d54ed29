"""What a pack of papers is: its cover, its parts in their order, and whom each copy is for."""

from __future__ import annotations

from dataclasses import dataclass

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
