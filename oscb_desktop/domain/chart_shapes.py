"""The shapes that every drawing of a chart is made of, in points, from the top left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMWQO@%—")
_HATCH, _RULED = 4.0, 2.7


class Anchor(StrEnum):
    """Which end of the words stands at their place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Ink(StrEnum):
    """The colour of a line or of words: each reads on the paper, and in grey."""

    TEXT = "text"
    ACCENT = "accent"
    FAINT = "faint"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``tone`` is how much of the accent fills it, 0 for the bare paper to 1."""

    x: float
    y: float
    width: float
    height: float
    tone: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; ``dash`` is on and off in turn, nothing for a whole line."""

    points: tuple[tuple[float, float], ...]
    ink: Ink = Ink.TEXT
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline, such as the mark of a point on a line."""

    points: tuple[tuple[float, float], ...]
    tone: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words with its baseline at ``y``, drawn smaller where it exceeds its room."""

    text: str
    x: float
    y: float
    size: float
    room: float
    anchor: Anchor = Anchor.START
    bold: bool = False
    ink: Ink = Ink.TEXT


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the number of a category and a series stands, to be pressed."""

    x: float
    y: float
    width: float
    height: float
    category: int
    series: int

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies within."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as it is drawn, on paper and on screen alike."""

    width: float
    height: float
    shapes: tuple[Box | Stroke | Shape | Words, ...]
    spots: tuple[Spot, ...] = ()


def hatched(box: Box, *, rising: bool = True, gap: float = _HATCH) -> Iterator[Stroke]:
    """Return the slanting lines that fill a box, cut at its edges."""
    start = gap
    while start < box.width + box.height:
        # The line x + y = start, in the box's own measure.
        low = max(0.0, start - box.height), min(start, box.height)
        high = min(start, box.width), max(0.0, start - box.width)
        ends = (low, high)
        if not rising:
            ends = ((low[0], box.height - low[1]), (high[0], box.height - high[1]))
        yield Stroke(tuple((box.x + x, box.y + y) for x, y in ends), Ink.ACCENT, 0.6)
        start += gap


def ruled(box: Box, *, upright: bool = False, gap: float = _RULED) -> Iterator[Stroke]:
    """Return the straight lines that fill a box, from left to right or upright."""
    length = box.width if upright else box.height
    count = max(1, round(length / gap) - 1)
    for number in range(1, count + 1):
        at = length * number / (count + 1)
        if upright:
            ends = ((box.x + at, box.y), (box.x + at, box.y + box.height))
        else:
            ends = ((box.x, box.y + at), (box.x + box.width, box.y + at))
        yield Stroke(ends, Ink.ACCENT, 0.6)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide words are, rather too wide: the faces of paper and screen differ."""
    ems = sum(_ems(letter) for letter in text)
    return ems * size * (1.08 if bold else 1.0)


def _ems(letter: str) -> float:
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE or ord(letter) > 0x2E7F:
        return 1.0
    return 0.7 if letter.isupper() or ord(letter) > 0x24F else 0.6


def wrapped(text: str, size: float, room: float, most: int = 3) -> tuple[str, ...]:
    """Return words on at most so many lines, the last cut short where it must be."""
    lines: list[str] = [""]
    for word in _pieces(text, size, room):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    lines = [each for each in lines if each] or [""]
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(" ".join(lines[most - 1 :]), size, room)]
    return tuple(lines)


def _pieces(text: str, size: float, room: float) -> Iterator[str]:
    """Return the words of a text, one wider than the room in pieces."""
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and width_of(piece + letter, size) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _cut(text: str, size: float, room: float) -> str:
    while text and width_of(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"
