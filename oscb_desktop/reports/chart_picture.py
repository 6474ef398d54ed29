"""A chart as a picture, for a Word file: the same shapes that are drawn on paper."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import cycle, pairwise
from math import dist

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import Color

from oscb_desktop.domain.chart_layout import in_parts, lay_out
from oscb_desktop.domain.chart_shapes import Anchor, Box, Drawing, Ink, Shape, Stroke, Words
from oscb_desktop.domain.charts import Chart
from oscb_desktop.paths import resource
from oscb_desktop.reports import fonts, right_to_left, styles, text

WIDTH, HIGHEST = 440.0, 560.0  # points, as on paper
_SHARP = 3  # pixels a point: 216 dpi
_ANCHORS = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}
_Point = tuple[float, float]
_Paint = tuple[int, int, int]


def pictures(chart: Chart, accent: Color) -> list[tuple[bytes, str]]:
    """Return each part of a chart as a PNG file and the words that tell the same."""
    parts = in_parts(chart, WIDTH, HIGHEST)
    return [(_drawn(lay_out(part, WIDTH), accent), text.words(part.words())) for part in parts]


def _drawn(drawing: Drawing, accent: Color) -> bytes:
    size = (round(drawing.width * _SHARP), round(drawing.height * _SHARP))
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        if isinstance(shape, Words):
            _write(pen, shape, accent)
        elif isinstance(shape, Stroke):
            _stroke(pen, shape, _ink(shape.ink, accent))
        else:
            _fill(pen, shape, accent)
    buffer = BytesIO()
    picture.save(buffer, "PNG", dpi=(72 * _SHARP, 72 * _SHARP))
    return buffer.getvalue()


def _fill(pen: ImageDraw.ImageDraw, shape: Box | Shape, accent: Color) -> None:
    """Draw a bar or a mark, its edge in the accent."""
    corners = shape.points if isinstance(shape, Shape) else _corners(shape)
    points = _sharp(corners)
    pen.polygon(points, fill=_paint(styles.mixed(accent, shape.tone)))
    dash = (2.0, 1.5) if isinstance(shape, Box) and shape.dashed else ()
    _stroke(pen, Stroke((*corners, corners[0]), width=0.8, dash=dash), _paint(accent))


def _corners(box: Box) -> tuple[_Point, ...]:
    right, low = box.x + box.width, box.y + box.height
    return ((box.x, box.y), (right, box.y), (right, low), (box.x, low))


def _stroke(pen: ImageDraw.ImageDraw, stroke: Stroke, paint: _Paint) -> None:
    width = max(1, round(stroke.width * _SHARP))
    if not stroke.dash:
        pen.line(_sharp(stroke.points), fill=paint, width=width, joint="curve")
        return
    for begin, end in pairwise(stroke.points):
        for piece in _dashes(begin, end, stroke.dash):
            pen.line(_sharp(piece), fill=paint, width=width)


def _dashes(begin: _Point, end: _Point, dash: tuple[float, ...]) -> list[tuple[_Point, _Point]]:
    """Return the pieces of a line that are drawn; ``dash`` is on and off in turn."""
    whole, gone = dist(begin, end), 0.0
    drawn: list[tuple[_Point, _Point]] = []
    for step, on in zip(cycle(dash), cycle((True, False)), strict=False):
        if gone >= whole or step <= 0:
            return drawn
        if on:
            ends = (gone / whole, min(1.0, (gone + step) / whole))
            drawn.append((_between(begin, end, ends[0]), _between(begin, end, ends[1])))
        gone += step
    return drawn


def _between(begin: _Point, end: _Point, share: float) -> _Point:
    return (begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share)


def _write(pen: ImageDraw.ImageDraw, words: Words, accent: Color) -> None:
    """Write a line of words, smaller where it exceeds its room."""
    said = _seen(text.words(words.text))
    name = fonts.BOLD if words.bold else fonts.REGULAR
    if not fonts.letters(name).issuperset(map(ord, said)):
        name = fonts.FALLBACK
    font = _font(name, words.size)
    wide = font.getlength(said) / _SHARP
    if wide > words.room:
        font = _font(name, max(4.0, words.size * words.room / wide))
    place = (words.x * _SHARP, words.y * _SHARP)
    pen.text(place, said, fill=_ink(words.ink, accent), font=font, anchor=_ANCHORS[words.anchor])


def _seen(said: str) -> str:
    """Return words in the order and the letters in which they are drawn, from the right too."""
    end, drawn = 0, ""
    for start, stop in right_to_left.segments(said):
        drawn += said[end:start] + right_to_left.seen(right_to_left.joined(said[start:stop]))
        end = stop
    return drawn + said[end:]


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    # The basic layout is the one that every build of Pillow has.
    path = resource(f"fonts/{fonts.FILES[name]}")
    return ImageFont.truetype(path, size * _SHARP, layout_engine=ImageFont.Layout.BASIC)


def _sharp(points: tuple[_Point, ...]) -> list[_Point]:
    return [(x * _SHARP, y * _SHARP) for x, y in points]


def _ink(ink: Ink, accent: Color) -> _Paint:
    return _paint({Ink.TEXT: styles.INK, Ink.ACCENT: accent, Ink.FAINT: styles.RULE}[ink])


def _paint(colour: Color) -> _Paint:
    red, green, blue = (round(part * 255) for part in colour.rgb())
    return red, green, blue
