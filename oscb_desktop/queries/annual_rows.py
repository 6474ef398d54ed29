"""What the annual report is made of: chapters, each with its text and its live content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.annual_chapters import Chapter
from oscb_desktop.domain.figure_words import Fault, Number, Part, Spoken
from oscb_desktop.domain.linked_counts import Name


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table or a line of facts tells; ``references`` are what was counted for it.

    ``number`` is the count where it is one (None in a public version that keeps it back),
    ``figure`` and ``category`` name the figure that it is, if it is one, and ``unit`` what is
    counted. ``name`` is what the count is called among those that may be kept back. ``exact`` is
    the day, the number or, of the unit £, the sum that the words tell and that is no count.
    """

    words: str
    references: tuple[str, ...] = ()
    number: int | None = None
    figure: str = ""
    category: str = ""
    unit: str = ""
    name: Name = ""
    exact: date | Number | None = None


@dataclass(frozen=True, slots=True)
class FactLine:
    """A figure on a line of its own: its label, its value, how it compares, what may mislead."""

    label: str
    value: Cell
    change: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Facts and figures, a line each."""

    name: str
    title: str
    lines: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first cell of each row heads it. ``notes`` stand below it.

    ``chart`` says how its counts are drawn: "bars", "grouped", "lines", "funnel" or not at all.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    chart: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point: a few words, the text that explains them, and what it comes from."""

    heading: str
    text: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """Points under a heading of their own, numbered or not."""

    name: str
    title: str
    points: tuple[PointRow, ...]
    numbered: bool = False


Block = Lines | Grid | Points


@dataclass(frozen=True, slots=True)
class UsedFigure:
    """A figure that a text tells: its value now, what it counted, and what it was when read.

    ``moved`` says that it is another than when the text was last read; ``was`` is then in words.
    ``unread`` says that nobody has read the text with this figure in it, so that nothing is known
    of what it was.
    """

    name: str
    category: str
    label: str
    words: str
    references: tuple[str, ...]
    unit: str
    moved: bool = False
    was: str = ""
    unread: bool = False


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    """A chapter's text as typed and as read; of no id and version 0 where none is written yet."""

    id: int | None
    version: int
    typed: str
    parts: tuple[Part, ...]
    spoken: tuple[Spoken, ...]
    figures: tuple[UsedFigure, ...]
    faults: tuple[Fault, ...]
    by_hand: tuple[str, ...] = ()
    """Small numbers that were typed: a public version does not keep them back."""
    may_copy: bool = False
    """Whether nothing is typed here, and the year before has a text to start from."""

    @property
    def words(self) -> str:
        """The text as it is read."""
        return "".join(piece.words for piece in self.spoken)

    @property
    def moved(self) -> tuple[UsedFigure, ...]:
        """The figures that moved since the text was last read."""
        return tuple(figure for figure in self.figures if figure.moved)

    @property
    def unread(self) -> tuple[UsedFigure, ...]:
        """The figures with which nobody has read the text yet."""
        return tuple(figure for figure in self.figures if figure.unread)


def moved_words(narrative: NarrativeRow) -> str:
    """Return what moved since a text was last read and what was never read; empty if nothing."""
    moved = "; ".join(f"{used.label} was {used.was}, is {used.words}" for used in narrative.moved)
    unread = "; ".join(f"{used.label} is {used.words}" for used in narrative.unread)
    said = (
        f"Since this was last read: {moved}." if moved else "",
        f"Nobody has read this text with its figures yet: {unread}." if unread else "",
    )
    return " ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class AnnualChapter:
    """A chapter with its text and its live content."""

    chapter: Chapter
    narrative: NarrativeRow
    blocks: tuple[Block, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it has neither a text nor anything counted."""
        return not self.narrative.typed.strip() and not self.blocks


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """The report of a year for a face; ``note`` says how small numbers are kept back."""

    year: str
    face: str
    chapters: tuple[AnnualChapter, ...]
    note: str = ""
    threshold: int = 0

    def chapter(self, code: str) -> AnnualChapter:
        """Return a chapter by its code."""
        return next(entry for entry in self.chapters if entry.chapter.code == code)
