"""Photographs and scans as pages of a pack: upright, small enough to send, without their metadata.

They are drawn anew from what they show, so that no place, time or camera travels with them.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageOps, ImageSequence
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

DPI = 150
_LEAST_DPI = 96  # a small picture is drawn no larger than a screen shows it
_MARGIN = 15 * mm
_MOST_BYTES = 250_000_000  # of a picture as it is decoded; a JPEG is decoded smaller
_MOST_FRAMES = 200
_QUALITY = 85
_TOO_LARGE = "The picture is too large to be drawn."


class UnreadableImageError(Exception):
    """A picture that cannot be drawn; its words say why, for the sheet in its place."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture as JPEG, with its size in pixels and whether it is grey."""

    data: bytes
    width: int
    height: int
    grey: bool


def image_pages(content: bytes) -> Pdf:
    """Return a picture as a PDF of A4 pages, a page for each of its frames.

    Raises ``UnreadableImageError`` for what is no picture, is cut short, or is too large.
    """
    pdf = Pdf.new()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd metadata, which is dropped
            for drawn in _frames(content):
                _add_page(pdf, drawn)
    except UnreadableImageError:
        raise
    except Image.DecompressionBombError as problem:
        raise UnreadableImageError(_TOO_LARGE) from problem
    except Exception as problem:  # libraries of pictures raise anything on a hostile one
        raise UnreadableImageError("It cannot be read as a picture.") from problem
    return pdf


def _frames(content: bytes) -> Iterator[_Drawn]:
    with Image.open(BytesIO(content)) as image:
        _bound(image)
        if image.format != "TIFF":
            yield _drawn(image)
            return
        if getattr(image, "n_frames", 1) > _MOST_FRAMES:
            raise UnreadableImageError(f"It holds more than {_MOST_FRAMES} pictures.")
        for frame in ImageSequence.Iterator(image):
            _bound(frame)
            yield _drawn(frame)


def _bound(image: Image.Image) -> None:
    planes = 1 if image.format == "JPEG" else len(image.getbands())
    if image.width * image.height * planes > _MOST_BYTES:
        raise UnreadableImageError(_TOO_LARGE)


def _drawn(image: Image.Image) -> _Drawn:
    """Turn a picture upright and bring it to what A4 shows at 150 dots an inch."""
    long, short = (int((side - 2 * _MARGIN) / 72 * DPI) for side in (A4[1], A4[0]))
    across = image.width >= image.height
    image.draft("RGB", (long, long))  # a JPEG is read no larger than it is needed
    most = (long, short) if across else (short, long)
    image.thumbnail(most, Image.Resampling.LANCZOS, reducing_gap=2.0)
    upright = _on_white(ImageOps.exif_transpose(image))
    out = BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return _Drawn(out.getvalue(), upright.width, upright.height, upright.mode == "L")


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture in grey or in colours, what is clear in it on white."""
    if image.mode in ("1", "L"):
        return image.convert("L")
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.point(lambda value: value / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        picture = image.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture)
        return ground.convert("RGB")
    return image.convert("RGB")


def _add_page(pdf: Pdf, drawn: _Drawn) -> None:
    width, height = A4 if drawn.height >= drawn.width else (A4[1], A4[0])
    room = (width - 2 * _MARGIN, height - 2 * _MARGIN)
    scale = min(room[0] / drawn.width, room[1] / drawn.height, 72 / _LEAST_DPI)
    across, up = drawn.width * scale, drawn.height * scale
    image = pdf.make_stream(
        drawn.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=drawn.width,
        Height=drawn.height,
        ColorSpace=Name.DeviceGray if drawn.grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = Dictionary(XObject=Dictionary(Image=image))
    left, bottom = (width - across) / 2, (height - up) / 2
    draw = f"q {across:.2f} 0 0 {up:.2f} {left:.2f} {bottom:.2f} cm /Image Do Q"
    page.Contents = pdf.make_stream(draw.encode("ascii"))
    page.MediaBox = Array([0, 0, round(width, 2), round(height, 2)])
