"""The one stylesheet: colours that read on white and in black and white, sizes, spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from oscb_desktop.domain.documents import DEFAULT_ACCENT
from oscb_desktop.reports import fonts

READABLE = 4.5  # WCAG 2.2, 1.4.3: text of ordinary size at level AA
INK = HexColor("#1C2226")
MUTED = HexColor("#4D575E")
RULE = HexColor("#C5CDD3")
_TINT = 0.09  # how much of the accent is left in its tint
_HEX = re.compile(r"#[0-9a-fA-F]{6}")

# What a colour word of the key looks like where the key does not say.
FILLS = {
    "red": "#B3261E",
    "amber": "#F5B335",
    "yellow": "#F7DC4A",
    "green": "#2E7D32",
    "blue": "#1D5FA8",
    "purple": "#6A3D9A",
    "grey": "#D5DADF",
    "gray": "#D5DADF",
    "black": "#1C2226",
    "white": "#FFFFFF",
}


def _channel(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2)."""
    red, green, blue = (_channel(part) for part in colour.rgb())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: Color, share: float, other: Color = white) -> Color:
    """Return a colour thinned with another: ``share`` of 1 keeps it as it is."""
    parts = zip(colour.rgb(), other.rgb(), strict=True)
    return Color(*(mine * share + theirs * (1 - share) for mine, theirs in parts))


def accent_colour(text: str) -> Color:
    """Return the accent, darkened until it reads on its tint; the default if it is no colour."""
    colour = HexColor(text if _HEX.fullmatch(text) else DEFAULT_ACCENT)
    while contrast(colour, mixed(colour, _TINT)) < READABLE:
        colour = mixed(colour, 0.94, black)
    return colour


def fill_colour(word: str, chosen: str = "") -> Color:
    """Return the fill of a colour word: the key's own, else the word's usual one, else white."""
    named = FILLS.get(word.strip().casefold(), "#FFFFFF")
    return HexColor(chosen if _HEX.fullmatch(chosen) else named)


def ink_on(fill: Color) -> Color:
    """Return black or white, whichever reads better on the fill: one of them always passes AA."""
    return max((black, white), key=lambda ink: contrast(ink, fill))


def edge_of(fill: Color) -> Color:
    """Return the line around a fill: seen also where the fill is as white as the paper."""
    return mixed(fill, 0.6, INK)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """The styles of one document: they differ from paper to paper only by the accent."""

    accent: Color
    tint: Color
    kicker: ParagraphStyle
    title: ParagraphStyle
    subtitle: ParagraphStyle
    lead: ParagraphStyle
    body: ParagraphStyle
    strong: ParagraphStyle
    quiet: ParagraphStyle
    numeral: ParagraphStyle
    bullet: ParagraphStyle
    reading: ParagraphStyle
    link: ParagraphStyle
    caption: ParagraphStyle
    head: ParagraphStyle
    fact_label: ParagraphStyle
    fact: ParagraphStyle
    cell: ParagraphStyle
    cell_strong: ParagraphStyle
    cell_quiet: ParagraphStyle
    chip: ParagraphStyle
    key: ParagraphStyle
    organisation: ParagraphStyle
    contact: ParagraphStyle
    step: ParagraphStyle
    edge: ParagraphStyle
    headings: tuple[ParagraphStyle, ...]

    @property
    def on_accent(self) -> dict[str, ParagraphStyle]:
        """The opening of a published document, in white on the accent."""
        held = {"kicker": self.kicker, "title": self.title, "subtitle": self.subtitle}
        return {
            name: ParagraphStyle(f"{name} on accent", parent=style, textColor=white)
            for name, style in held.items()
        }


def _style(name: str, size: float, leading: float, **more: object) -> ParagraphStyle:
    more = {"textColor": INK, "fontName": fonts.REGULAR, "allowOrphans": 0, **more}
    return ParagraphStyle(name, fontSize=size, leading=leading, splitLongWords=1, **more)


_Look = dict[str, object]


def stylesheet(accent: str, density: float = 1.0) -> Stylesheet:
    """Return the styles with an accent given as ``#rrggbb``; a density below 1 sets all smaller."""
    sheet = _full_size(accent)
    if density != 1.0:
        for declared in fields(sheet):
            styles = getattr(sheet, declared.name)
            for style in styles if isinstance(styles, tuple) else (styles,):
                if isinstance(style, ParagraphStyle):
                    _shrink(style, density)
    return sheet


def _shrink(style: ParagraphStyle, density: float) -> None:
    # Spaces give way before letters do: they carry nothing that is read.
    style.fontSize *= density
    style.leading *= density
    style.spaceBefore *= density**2
    style.spaceAfter *= density**2


def _full_size(accent: str) -> Stylesheet:
    colour = accent_colour(accent)
    bold: _Look = {"fontName": fonts.BOLD}
    coloured: _Look = {**bold, "textColor": colour}
    return Stylesheet(
        accent=colour,
        tint=mixed(colour, _TINT),
        kicker=_style("kicker", 9.5, 13, spaceAfter=2, **coloured),
        title=_style("title", 24, 29, spaceAfter=4, **bold),
        subtitle=_style("subtitle", 12, 17, textColor=MUTED, spaceAfter=8),
        lead=_style("lead", 11, 16, spaceAfter=5),
        body=_style("body", 10, 14.5, spaceAfter=5),
        strong=_style("strong", 10, 14.5, spaceAfter=1, **bold),
        quiet=_style("quiet", 9, 13, textColor=MUTED, fontName=fonts.ITALIC, spaceAfter=4),
        numeral=_style("numeral", 11, 14.5, **coloured),
        bullet=_style("bullet", 10, 14.5, **coloured),
        reading=_style("reading", 10, 14.5, spaceBefore=3),
        link=_style("link", 9, 13, textColor=colour, spaceAfter=3),
        caption=_style("caption", 9, 13, spaceBefore=6, spaceAfter=3, **bold),
        fact_label=_style("fact label", 9.5, 13, textColor=MUTED, rightIndent=8),
        fact=_style("fact", 9.5, 13, spaceAfter=2),
        head=_style("head", 9, 12, **coloured),
        cell=_style("cell", 9, 12, spaceAfter=2),
        cell_strong=_style("cell strong", 9, 12, spaceAfter=2, **bold),
        cell_quiet=_style("cell quiet", 8.5, 11.5, textColor=MUTED, spaceAfter=2),
        chip=_style("chip", 8.5, 13, leftIndent=5, rightIndent=5, spaceAfter=2, **bold),
        key=_style("key", 16, 24, **bold),
        organisation=_style("organisation", 12, 16, **coloured),
        contact=_style("contact", 9, 13, textColor=MUTED),
        step=_style("step", 14, 18, spaceBefore=7, spaceAfter=4, leftIndent=26, **coloured),
        edge=_style("edge", 3, 4),
        headings=_headings(bold, coloured),
    )


def _headings(bold: _Look, coloured: _Look) -> tuple[ParagraphStyle, ...]:
    """Return the styles of headings 2 to 6."""
    return (
        _style("heading 2", 14, 18, spaceBefore=13, spaceAfter=5, **coloured),
        _style("heading 3", 11.5, 15.5, spaceBefore=9, spaceAfter=4, **bold),
        _style("heading 4", 10, 14, spaceBefore=7, spaceAfter=3, **coloured),
        _style("heading 5", 10, 14, spaceBefore=6, spaceAfter=3, **bold),
        _style("heading 6", 9, 13, spaceBefore=6, spaceAfter=3, **bold),
    )


MARKING = _style("marking", 9.5, 12, fontName=fonts.BOLD, alignment=TA_CENTER)
FURNITURE = _style("furniture", 8, 11, textColor=MUTED)
FURNITURE_RIGHT = _style("furniture right", 8, 11, textColor=MUTED, alignment=TA_RIGHT)
STEP = _style("step number", 11, 14, fontName=fonts.BOLD, alignment=TA_CENTER, textColor=white)
