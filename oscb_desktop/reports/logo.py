"""The partnership's logo: what is taken, and the picture that is drawn of it."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 6000  # a side; more is no logo, and takes long to read
_DRAWN = (1100, 400)  # pixels: sharp at 600 dpi in the room that a logo has
_TOO_MANY = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_UNREADABLE = (OSError, ValueError, SyntaxError, TypeError, EOFError, struct.error, zlib.error)


def refusal(name: str, data: bytes) -> str:
    """Return why a file cannot be the logo, as a sentence, or nothing where it can."""
    smaller = f"Choose a picture of at most {MOST_PIXELS:,} pixels a side."
    try:
        with _opened(data) as picture:
            width, height = picture.size
    except UnidentifiedImageError:
        return f"“{name}” is no picture in PNG or JPEG. Save the logo as one of these."
    except _TOO_MANY:
        return f"“{name}” has far more pixels than a logo needs. {smaller}"
    except _UNREADABLE:
        return f"“{name}” cannot be read as a picture. Save the logo as PNG once more."
    if max(width, height) > MOST_PIXELS:
        return f"“{name}” is {width:,} by {height:,} pixels. {smaller}"
    if drawn(data) is None:
        return f"“{name}” is damaged or cut short. Save the logo as PNG once more."
    return ""


@lru_cache(maxsize=4)
def drawn(data: bytes) -> Image.Image | None:
    """Return the logo on white, upright and no larger than it is drawn; None for no such picture.

    A paper is printed without a logo rather than not at all.
    """
    try:
        with _opened(data) as picture:
            if max(picture.size) > MOST_PIXELS:
                return None
            picture.draft("RGB", _DRAWN)
            whole = ImageOps.exif_transpose(picture).convert("RGBA")
    except (*_UNREADABLE, *_TOO_MANY):
        return None
    whole.thumbnail(_DRAWN, Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", whole.size, "white")
    return Image.alpha_composite(ground, whole).convert("RGB")


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Open a picture of a kind that is taken; far too many pixels are an error, not a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as picture:
            yield picture


def as_png(data: bytes) -> bytes:
    """Return the logo as drawn, as a PNG file; empty for no such picture."""
    picture = drawn(data)
    if picture is None:
        return b""
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()
