"""Where a person's words become a paragraph on paper: the one place that does so.

Words are never given to ReportLab's mark-up parser. They are cleaned, cut into runs that one
typeface can show, and laid out as they are; there is nothing to escape and nothing to forget.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.paragraph import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from oscb_desktop.reports import fonts, right_to_left, styles
from oscb_desktop.reports.tagging import HEADINGS, Tag

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[\x21-\x7e]+")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_OUTLINE_LENGTH = 120
_LONGEST_LINE = 400
_CORNER = 3
_WIDEST_WORD = 80.0
_WORD_PADDING = 9.0


def clean(text: str) -> str:
    """Return one line of text without control characters, direction overrides and half letters."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_cleaned, unicodedata.normalize("NFC", text))).strip()


@lru_cache(maxsize=4096)
def _cleaned(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter == "\u202f" or letter == "\xa0":
        return "\xa0"
    if category[0] == "Z" or letter in "\t\n\r\v\f\x85":
        return " "
    if category in {"Cc", "Cf"} or "\ufe00" <= letter <= "\ufe0f":
        return ""
    return fonts.SUBSTITUTE if category in {"Cs", "Cn", "Co"} else letter


def lines(text: str) -> list[str]:
    """Return the lines of a text that say something, each clean."""
    return [line for line in map(clean, _BREAKS.split(text)) if line]


def words(text: str) -> str:
    """Return the whole text as one clean line."""
    return " ".join(lines(text))


def _runs(text: str, main: str) -> Iterator[tuple[str, str]]:
    """Cut clean text into runs, each with the typeface that has its letters."""
    if fonts.letters(main).issuperset(map(ord, text)):
        yield main, text
        return
    end = 0
    for start, stop in right_to_left.segments(text):
        yield from _left_to_right(text[end:start], main)
        joined = right_to_left.joined(text[start:stop])
        yield fonts.FALLBACK, "".join(_shown(letter, fonts.FALLBACK)[1] for letter in joined)
        end = stop
    yield from _left_to_right(text[end:], main)


def _left_to_right(text: str, main: str) -> Iterator[tuple[str, str]]:
    for face, pairs in groupby((_shown(letter, main) for letter in text), key=lambda pair: pair[0]):
        yield face, "".join(letter for _face, letter in pairs)


@lru_cache(maxsize=8192)
def _shown(letter: str, main: str) -> tuple[str, str]:
    """Return the typeface for a letter and the letter, or the substitute where none has it."""
    for face in (main, fonts.FALLBACK):
        if ord(letter) in fonts.letters(face):
            return face, letter
    return fonts.FALLBACK, fonts.SUBSTITUTE


def _fragments(text: str, style: ParagraphStyle, colour: Color) -> list[ParaFrag]:
    return [
        ParaFrag(
            text=run,
            fontName=face,
            fontSize=style.fontSize,
            textColor=colour,
            rise=0,
            us_lines=[],
            link=[],
        )
        for face, run in _runs(text, style.fontName)
    ]


class TextBlock(Paragraph):  # type: ignore[misc]
    """A paragraph that reports what it draws to its tag, also when it runs over pages.

    ``fill`` puts the words on a coloured plate as wide as they are; ``address`` makes them a link.
    """

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle,
        tag: Tag | None = None,
        *,
        fill: Color | None = None,
        address: str = "",
        frags: list[ParaFrag] | None = None,
        **_ignored: object,
    ) -> None:
        if frags is None:
            colour = styles.ink_on(fill) if fill is not None else style.textColor
            frags = _fragments(text or "", style, colour)
        super().__init__(None, style, frags=frags)
        self.tag = tag
        self.plain = text or ""
        self.fill = fill
        self.address = address

    def split(self, availWidth: float, availHeight: float) -> list[TextBlock]:  # noqa: N803
        """Return the part that fits and the rest, both of the same tag."""
        parts: list[TextBlock] = super().split(availWidth, availHeight)
        for part in parts:
            part.tag, part.fill, part.address = self.tag, self.fill, self.address
        for part in parts[:1]:
            part.plain = self.plain
        return parts

    def least(self, room: float) -> float:
        """Return the height in points that the block wants on a page before it may be continued."""
        return float(min(self.wrap(room, 0)[1], 2 * self.style.leading))

    def draw(self) -> None:
        """Draw the words within a mark of their tag."""
        if not self.blPara.lines:
            return
        self._draw_plate()
        if self.tag is None:
            with self.canv.artifact():
                super().draw()
            return
        self._bookmark(self.tag)
        with self.canv.marked(self.tag):
            super().draw()
        if self.address:
            self.canv.link(self.tag, self.address, self.plain, (0, 0, self._used(), self.height))

    def _bookmark(self, tag: Tag) -> None:
        if tag.kind in HEADINGS and self.plain and not tag.held:
            level = HEADINGS.index(tag.kind)
            self.canv.bookmark(
                self.plain[:_OUTLINE_LENGTH], level, self.height + self.style.leading
            )

    def _used(self) -> float:
        """Return the width that the longest line takes, indents included."""
        left = min(
            line[0] if isinstance(line, tuple) else line.extraSpace for line in self.blPara.lines
        )
        return float(self.width - max(0, left))

    def _draw_plate(self) -> None:
        if self.fill is None:
            return
        with self.canv.artifact():
            self.canv.saveState()
            self.canv.setFillColor(self.fill)
            self.canv.setStrokeColor(styles.edge_of(self.fill))
            self.canv.setLineWidth(0.6)
            self.canv.roundRect(0, 0.5, self._used(), self.height, _CORNER, stroke=1, fill=1)
            self.canv.restoreState()


def block(
    text: str, style: ParagraphStyle, tag: Tag | None = None, *, fill: Color | None = None
) -> TextBlock:
    """Return one paragraph of all the words of a text; without a tag it is an artifact."""
    said = words(text)
    return TextBlock(said, style if fill is not None else _begun(said, style), tag, fill=fill)


def _begun(said: str, style: ParagraphStyle) -> ParagraphStyle:
    """Return the style of a paragraph, set at the right where its words begin there."""
    if said.isascii() or style.alignment != TA_LEFT or not right_to_left.leads(said):
        return style
    return ParagraphStyle(f"{style.name} from the right", parent=style, alignment=TA_RIGHT)


def blocks(text: str, style: ParagraphStyle, parent: Tag) -> list[TextBlock]:
    """Return a paragraph for each line of a text, as children of a tag; an address is a link."""
    return [address(line, style, parent) for line in lines(text)]


def address(said: str, style: ParagraphStyle, parent: Tag) -> TextBlock:
    """Return a paragraph that is one link; plain words where it is no address we would open."""
    shown, paragraph = words(said), Tag("P", parent)
    opened = target(shown)
    if not opened:
        return TextBlock(shown, _begun(shown, style), paragraph)
    return TextBlock(shown, style, Tag("Link", paragraph), address=opened)


def target(said: str) -> str:
    """Return what words that are an address lead to, of the web or for an e-mail, or nothing."""
    if _EMAIL.fullmatch(said):
        return f"mailto:{said}"
    return said if _ADDRESS.fullmatch(said) else ""


def one_line(text: str, style: ParagraphStyle, room: float) -> TextBlock:
    """Return the words on one line of at most ``room`` points, cut short where they must be."""
    whole = words(text)
    shown = whole[:_LONGEST_LINE]
    while shown and length(f"{shown}…", style) > room:
        shown = shown[: -max(1, len(shown) // 20)]
    return TextBlock(whole if shown == whole else f"{shown.rstrip()}…", style)


def longest_word(text: str, style: ParagraphStyle) -> float:
    """Return the points that a column needs for its longest word, padding included."""
    longest = max(words(text[:_LONGEST_LINE]).split(), key=len, default="")
    return min(_WIDEST_WORD, length(longest, style) + _WORD_PADDING)


def length(text: str, style: ParagraphStyle) -> float:
    """Return how many points a line of text takes."""
    runs = _runs(text, style.fontName)
    return sum(fonts.width(run, face, style.fontSize) for face, run in runs)
