"""Pages of a pack whatever their boxes and their turn: how they are seen, and drawn in a frame."""

from __future__ import annotations

from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from oscb_desktop.reports.pack_attached import strip_stream
from oscb_desktop.reports.pack_stamps import Place

_A4 = (0.0, 0.0, 595.28, 841.89)
_LEAST, _MOST = 9.0, 100_000.0  # points of a side of a page that can be a page
_SIDE_ACROSS = 40.0


def framed(
    pdf: Pdf,
    page: Page,
    *,
    marked: bool = False,
    side: float = 0.0,
    heading: str = "",
    cover: bool = False,
) -> Place:
    """Frame what a page shows; return how large it is seen, whatever its boxes and its turn."""
    box, turn, unit = _visible(page.obj), _turn(page.obj), _unit(page.obj)
    page.obj.MediaBox = page.obj.CropBox = Array([_rounded(edge) for edge in box])
    page.obj.Rotate = turn
    _frame(pdf, page)
    wide, high = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit
    if turn % 180:
        wide, high = high, wide
    if side and wide > high:
        side = _SIDE_ACROSS
    return Place(round(wide, 1), round(high, 1), heading, marked, side, cover)


def _frame(pdf: Pdf, page: Page) -> None:
    """Make what a page draws one form of its own, which nothing drawn later can be moved by."""
    resources = page.obj.get("/Resources")
    own = _drawn(pdf, page)
    drawn = Dictionary()
    if own is not None:
        strip_stream(own)
        own.Type, own.Subtype = Name.XObject, Name.Form
        own.BBox = page.obj.MediaBox
        own.Resources = resources if isinstance(resources, Dictionary) else Dictionary()
        drawn.Page = own
    page.obj.Resources = Dictionary(XObject=drawn)
    page.obj.Contents = pdf.make_stream(b"/Page Do" if own is not None else b"")


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
