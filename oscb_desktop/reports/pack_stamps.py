"""What is stamped on each page of a pack: its number, its copy, its marking, where it belongs.

The stamps stand further out than headers and footers do, so that a page keeps its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics

from oscb_desktop.domain.packs import PackCopy
from oscb_desktop.reports import fonts, styles, text
from oscb_desktop.reports.tagging import Tag, TaggedCanvas
from oscb_desktop.reports.text import TextBlock

TOP, FOOT = 7.5 * mm, 7.3 * mm
_SIDE = 10 * mm
_COPY_TOP = 40 * mm
_SIZE = 7.5
_WIDEST = 842.0  # points: larger pages are brought to A3 or A4 when they are printed
_BAND = 12 * mm

_LEFT = ParagraphStyle(
    "stamp", fontName=fonts.REGULAR, fontSize=_SIZE, leading=10, textColor=styles.INK
)
_RIGHT = ParagraphStyle("stamp right", parent=_LEFT, alignment=TA_RIGHT)
_MARKING = ParagraphStyle("stamp marking", parent=styles.MARKING, fontSize=8.5, leading=11)
_BIG = ParagraphStyle("big", fontName=fonts.BOLD, fontSize=20, leading=25, textColor=styles.INK)
_WHO = ParagraphStyle("who", fontName=fonts.REGULAR, fontSize=13, leading=18, textColor=styles.INK)


@dataclass(frozen=True, slots=True)
class Place:
    """A page as it is seen, in points, and what it is told of its part.

    ``marked`` pages bear the marking already; a page of ours has a ``side`` of its own to keep to.
    """

    width: float
    height: float
    heading: str = ""
    marked: bool = False
    side: float = 0.0
    cover: bool = False


class _StampCanvas(TaggedCanvas):
    """A canvas that also tells how words are shown on pages other than its own."""

    def shown(self, words: str, face: str, size: float) -> str:
        """Return the operators that show words in a face, which the file will embed."""
        font = pdfmetrics.getFont(face)
        return " ".join(
            f"{font.getSubsetInternalName(subset, self._doc)} {size:.2f} Tf <{letters.hex()}> Tj"
            for subset, letters in font.splitString(words, self._doc)
        )


@dataclass(frozen=True, slots=True)
class Stamps:
    """All that is stamped on a pack.

    ``data`` is a PDF with a page for each of ``places``, bearing what lasts through a part. The
    ``numbers`` are operators, a line for each page of the pack, in the fonts of ``data``.
    """

    data: bytes
    places: tuple[Place, ...]
    numbers: tuple[str, ...]


def stamps(
    places: Sequence[Place], reference: str, marking: str, copy: PackCopy, *, invariant: bool
) -> Stamps:
    """Return what is stamped on pages that lie at these places, one for each page of the pack."""
    fonts.register()
    buffer = BytesIO()
    canvas = _StampCanvas(
        buffer,
        root=Tag("Document"),
        furniture=lambda _canvas, _number, _total: None,
        title=reference,
        pageCompression=0,
        invariant=int(invariant),
    )
    drawn = tuple(dict.fromkeys(places))
    for place in drawn:
        canvas.setPageSize((place.width, place.height))
        _draw_lasting(canvas, place, reference, marking, copy)
        canvas.showPage()
    numbers = tuple(
        _number_drawn(canvas, place, _number(page, len(places)))
        for page, place in enumerate(places, start=1)
    )
    canvas.save()
    return Stamps(buffer.getvalue(), drawn, numbers)


def _number(page: int, pages: int) -> str:
    return f"Pack page {page} of {pages}"


def _number_place(place: Place, words: str) -> tuple[float, float, float]:
    """Return where the number of a page stands at its top right, and its size."""
    scale = _scale(place)
    right = place.width - (place.side or _SIDE * scale)
    left = right - fonts.width(words, fonts.BOLD, _SIZE * scale)
    return left, place.height - TOP * scale, _SIZE * scale


def _number_drawn(canvas: _StampCanvas, place: Place, words: str) -> str:
    """Return the operators that draw the number of a page: a page of its own would cost more."""
    x, y, size = _number_place(place, words)
    ink = " ".join(f"{part:.3f}" for part in styles.INK.rgb())
    shown = canvas.shown(words, fonts.BOLD, size)
    return f"BT {ink} rg 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET"


def _scale(place: Place) -> float:
    return max(1.0, min(place.width, place.height) / _WIDEST)


def band(width: float, height: float) -> float:
    """Return how much of a page of some size the stamps take at its top, and at its foot."""
    return float(_BAND * _scale(Place(width, height)))


def _draw_lasting(
    canvas: TaggedCanvas, place: Place, reference: str, marking: str, copy: PackCopy
) -> None:
    """Draw what all pages of a part bear."""
    scale = _scale(place)
    width, side = place.width / scale, place.side or _SIDE
    room = width - 2 * side
    put = partial(_put, canvas, side=side, room=room)
    canvas.saveState()
    canvas.scale(scale, scale)
    top, foot = place.height / scale - TOP, FOOT
    beside = max(room * 0.3, (room - text.length(text.words(marking)[:40], styles.MARKING)) / 2 - 6)
    put(place.heading, _LEFT, y=top, most=beside)
    put(copy.words(), _LEFT, y=foot, most=beside)
    put(" · ".join(filter(None, (reference, copy.trace))), _RIGHT, y=foot, most=beside)
    if not place.marked:
        put(marking, _MARKING, y=top, most=room * 0.4)
        put(marking, _MARKING, y=foot, most=room * 0.4)
    if place.cover:
        _draw_copy(canvas, copy, room, side)
    canvas.restoreState()


def _put(
    canvas: TaggedCanvas,
    words: str,
    style: ParagraphStyle,
    *,
    y: float,
    most: float,
    side: float,
    room: float,
) -> None:
    """Draw one line whose letters stand on ``y``, cut to ``most`` points."""
    line = text.one_line(words, style, most)
    if line.plain:
        _draw(canvas, line, side, y - (style.leading - style.fontSize), room)


def _draw(canvas: TaggedCanvas, line: TextBlock, x: float, y: float, room: float) -> float:
    line.wrapOn(canvas, room, 0)
    line.drawOn(canvas, x, y)
    return float(line.height)


def _draw_copy(canvas: TaggedCanvas, copy: PackCopy, room: float, side: float) -> None:
    """Draw on the cover which copy it is and for whom, above what the pack is."""
    y = A4[1] - _COPY_TOP
    if copy.number:
        line = text.one_line(copy.label(), _BIG, room)
        y -= _draw(canvas, line, side, y, room)
    if copy.recipient.strip():
        _draw(canvas, text.one_line(f"For {copy.recipient}", _WHO, room), side, y, room)
