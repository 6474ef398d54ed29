"""How everything looks: two palettes, one accent, one style sheet, and the measures of the grid."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QStyleFactory, QWidget

from oscb_desktop.paths import resource

GRID = 4
ROW_HEIGHT = 28
DEFAULT_ACCENT = "#1D4F73"
TEXT_CONTRAST = 4.5
SIGN_CONTRAST = 3.0


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours in use, as ``#rrggbb``, named for what they do."""

    window: str
    surface: str
    stripe: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    chosen: str
    good: str
    warn: str
    bad: str
    info: str
    banner: str


_LIGHT = Colours(
    window="#F3F4F6",
    surface="#FFFFFF",
    stripe="#F8F9FB",
    text="#1B1F24",
    muted="#566069",
    line="#868E96",
    accent=DEFAULT_ACCENT,
    on_accent="#FFFFFF",
    chosen="#D6E4EF",
    good="#1A7040",
    warn="#8A5300",
    bad="#B3261E",
    info="#2B5FA6",
    banner="#FFF3D1",
)
_DARK = Colours(
    window="#1B1E22",
    surface="#23272C",
    stripe="#272C32",
    text="#ECEEF1",
    muted="#AEB6BF",
    line="#7B848E",
    accent="#8CBEE6",
    on_accent="#10151A",
    chosen="#2F4558",
    good="#6CCB95",
    warn="#F0B44C",
    bad="#FF8F86",
    info="#8FB8F5",
    banner="#453A1B",
)

_now = _LIGHT


def colours(accent: str = "", *, dark: bool = False) -> Colours:
    """Return the palette with the organisation's colour, shifted until it can be read."""
    base = _DARK if dark else _LIGHT
    wanted = QColor(accent) if QColor.isValidColorName(accent) else QColor(DEFAULT_ACCENT)
    readable = _readable(wanted, (base.surface, base.window, base.stripe), lighter=dark)
    kept = {declared.name: getattr(base, declared.name) for declared in fields(base)}
    chosen = _mixed(readable, base.surface, 0.24 if dark else 0.18)
    return Colours(**{**kept, "accent": readable, "chosen": chosen})


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def current() -> Colours:
    """Return the palette that is on screen."""
    return _now


def is_dark() -> bool:
    """Whether the system asks for light text on dark ground."""
    return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply(app: QApplication, accent: str = "", *, dark: bool | None = None) -> None:
    """Dress the whole application; ``dark`` left open follows the system."""
    global _now
    _now = colours(accent, dark=is_dark() if dark is None else dark)
    if not app.styleSheet():  # Fusion looks the same on every system
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette(_now))
    app.setStyleSheet(_style_sheet(_now, app.font().pointSizeF()))


def row_height(widget: QWidget) -> int:
    """Return the height of a table's row, which grows with the system's text size."""
    return max(ROW_HEIGHT, widget.fontMetrics().height() + 2 * GRID)


def tabular(font: QFont) -> QFont:
    """Return a font whose digits are all of one width, where the font has such digits."""
    digits = QFont(font)
    digits.setFeature(QFont.Tag("tnum"), 1)
    return digits


def heading(text: str, level: int = 2) -> QLabel:
    """Return a heading: level 1 names the page, level 2 a part of it."""
    return styled(QLabel(text), f"heading{level}")


def styled(label: QLabel, look: str) -> QLabel:
    """Give a label one of the looks of the style sheet."""
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _palette(look: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in {
        role.Window: look.window,
        role.WindowText: look.text,
        role.Base: look.surface,
        role.AlternateBase: look.stripe,
        role.Text: look.text,
        role.Button: look.window,
        role.ButtonText: look.text,
        role.ToolTipBase: look.surface,
        role.ToolTipText: look.text,
        role.Highlight: look.chosen,
        role.HighlightedText: look.text,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.PlaceholderText: look.muted,
        role.Accent: look.accent,
    }.items():
        palette.setColor(name, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, name, QColor(look.muted))
    return palette


def _style_sheet(look: Colours, points: float) -> str:
    sheet = Template(resource("styles/app.qss").read_text("utf-8"))
    measures = {
        "small": f"{points * 0.92:.1f}pt",
        "large": f"{points * 1.15:.1f}pt",
        "largest": f"{points * 1.5:.1f}pt",
    }
    named = {declared.name: getattr(look, declared.name) for declared in fields(look)}
    shade = "dark" if _is_light(look.text) else "light"
    return sheet.substitute(
        named,
        **measures,
        line_soft=_mixed(look.line, look.surface, 0.4),
        arrow=resource(f"icons/arrow-{shade}.svg").as_posix(),
        check=resource(f"icons/check-{shade}.svg").as_posix(),
    )


def _readable(colour: QColor, grounds: tuple[str, ...], *, lighter: bool) -> str:
    """Shift a colour's lightness until text in it reads on every ground."""
    hue, saturation = max(colour.hslHueF(), 0.0), colour.hslSaturationF()
    lightness, shifted = colour.lightnessF(), colour
    while min(contrast(shifted.name(), ground) for ground in grounds) < TEXT_CONTRAST:
        lightness += 0.02 if lighter else -0.02
        if not 0.0 <= lightness <= 1.0:
            break
        shifted = QColor.fromHslF(hue, saturation, lightness)
    return shifted.name()


def _mixed(colour: str, ground: str, share: float) -> str:
    over, under = QColor(colour), QColor(ground)
    pairs = (
        (over.red(), under.red()),
        (over.green(), under.green()),
        (over.blue(), under.blue()),
    )
    return QColor(*(round(top * share + low * (1 - share)) for top, low in pairs)).name()


def _is_light(colour: str) -> bool:
    return _luminance(colour) > 0.5


def _luminance(colour: str) -> float:
    parts = QColor(colour)
    red, green, blue = (_linear(part) for part in (parts.redF(), parts.greenF(), parts.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
