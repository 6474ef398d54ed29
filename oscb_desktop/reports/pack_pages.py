"""Pages of a pack whatever their boxes and their turn: how they are seen, and drawn in a frame."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from oscb_desktop.reports.pack_attached import strip_stream
from oscb_desktop.reports.pack_stamps import Place, band

_A4 = (0.0, 0.0, 595.28, 841.89)
_LEAST, _MOST = 9.0, 100_000.0  # points of a side of a page that can be a page
_SIDE_ACROSS = 40.0
_ROOM_ACROSS, _ROOM_UP = 400.0, 250.0  # points of a page on which the stamps have their room


@dataclass(frozen=True, slots=True)
class _Laid:
    """Where what a page shows comes to lie: the page's new box, and how it is drawn there."""

    box: tuple[float, float, float, float]
    size: float
    right: float
    up: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page comes to lie."""
        return x * self.size + self.right, y * self.size + self.up


def framed(
    pdf: Pdf,
    page: Page,
    *,
    marked: bool = False,
    side: float = 0.0,
    heading: str = "",
    cover: bool = False,
    inset: bool = False,
) -> Place:
    """Frame what a page shows; return how large it is seen, whatever its boxes and its turn.

    What is ``inset`` comes to lie between the stamps, whatever stands at its edges; a page too
    small for them lies on one that is not.
    """
    box, turn, unit = _visible(page.obj), _turn(page.obj), _unit(page.obj)
    laid = _laid(box, turn, unit) if inset else None
    _frame(pdf, page, box, laid)
    if laid is not None:
        box, unit = laid.box, 1.0
        if "/UserUnit" in page.obj:
            del page.obj["/UserUnit"]
        for link in page.obj.get("/Annots", ()):
            left, bottom, right, top = (float(edge) for edge in link.Rect)
            edges = (*laid.at(left, bottom), *laid.at(right, top))
            link.Rect = Array([_rounded(edge) for edge in edges])
    page.obj.MediaBox = page.obj.CropBox = Array([_rounded(edge) for edge in box])
    page.obj.Rotate = turn
    wide, high = _seen(box, turn, unit)
    if side and wide > high:
        side = _SIDE_ACROSS
    return Place(round(wide, 1), round(high, 1), heading, marked, side, cover)


def _seen(box: tuple[float, float, float, float], turn: int, unit: float) -> tuple[float, float]:
    """Return how wide and how high a page is seen, in points."""
    wide, high = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit
    return (high, wide) if turn % 180 else (wide, high)


def _laid(box: tuple[float, float, float, float], turn: int, unit: float) -> _Laid:
    """Return how a page lies between its stamps, in the middle of a page that has room for them."""
    wide, high = _seen(box, turn, unit)
    across = wide if wide >= _ROOM_ACROSS else max(wide, _A4[2])
    up = high if high >= _ROOM_UP else max(high, _A4[3])
    size = unit * min(1.0, (up - 2 * band(across, up)) / high)
    if turn % 180:
        across, up = up, across
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    around = (x - across / 2, y - up / 2, x + across / 2, y + up / 2)
    return _Laid(around, size, x - x * size, y - y * size)


def _frame(
    pdf: Pdf, page: Page, box: tuple[float, float, float, float], laid: _Laid | None
) -> None:
    """Make what a page draws one form of its own, which nothing drawn later can be moved by."""
    resources = page.obj.get("/Resources")
    own = _drawn(pdf, page)
    drawn = Dictionary()
    if own is not None:
        strip_stream(own)
        own.Type, own.Subtype = Name.XObject, Name.Form
        own.BBox = Array([_rounded(edge) for edge in box])
        own.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
        drawn.Page = own
    page.obj.Resources = Dictionary(XObject=drawn)
    moved = (
        f"q {laid.size:.5f} 0 0 {laid.size:.5f} {laid.right:.3f} {laid.up:.3f} cm " if laid else ""
    )
    draw = f"{moved}/Page Do{' Q' if laid else ''}" if own is not None else ""
    page.obj.Contents = pdf.make_stream(draw.encode("ascii"))


def _drawn(pdf: Pdf, page: Page) -> Stream | None:
    """Return all that a page draws as one stream, of no other page."""
    if isinstance(page.obj.get("/Contents"), Array):
        page.contents_coalesce()
    content = page.obj.get("/Contents")
    if not isinstance(content, Stream):
        return None
    if "/Subtype" not in content:
        return content
    alone = pdf.make_stream(content.read_raw_bytes())
    for key in ("/Filter", "/DecodeParms"):
        if key in content:
            alone[key] = content[key]
    return alone


def _visible(page: Object) -> tuple[float, float, float, float]:
    """Return the box that a page shows: its crop box within its media box, or A4 for neither."""
    media = _box(page.get("/MediaBox")) or _A4
    crop = _box(page.get("/CropBox")) or media
    seen = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    return seen if seen[2] - seen[0] >= _LEAST and seen[3] - seen[1] >= _LEAST else media


def _box(found: object) -> tuple[float, float, float, float] | None:
    try:
        one, two, three, four = (float(edge) for edge in found)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    left, right = sorted((one, three))
    bottom, top = sorted((two, four))
    fits = all(_LEAST <= side <= _MOST for side in (right - left, top - bottom))
    return (left, bottom, right, top) if fits else None


def _turn(page: Object) -> int:
    found = page.get("/Rotate", 0)
    return found % 360 if isinstance(found, int) and found % 90 == 0 else 0


def _unit(page: Object) -> float:
    """Return the points of a unit of a page, and take out what is no such number."""
    try:
        unit = float(page.get("/UserUnit", 1))
    except (TypeError, ValueError):
        unit = 0.0
    if 0.1 <= unit <= 100:
        return unit
    del page["/UserUnit"]
    return 1.0


def _rounded(edge: float) -> Decimal:
    return Decimal(f"{edge:.3f}")


def matrix(page: Object) -> str:
    """Return how a stamp drawn upright comes to lie on a page that is turned or scaled."""
    left, bottom, right, top = (float(edge) for edge in page.MediaBox)
    unit = 1 / float(page.get("/UserUnit", 1))
    lie = {
        0: (unit, 0.0, 0.0, unit, left, bottom),
        90: (0.0, unit, -unit, 0.0, right, bottom),
        180: (-unit, 0.0, 0.0, -unit, right, top),
        270: (0.0, -unit, unit, 0.0, left, top),
    }
    return " ".join(f"{number:.4f}" for number in lie[int(page.Rotate)])
