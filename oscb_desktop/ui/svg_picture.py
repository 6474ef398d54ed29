"""A drawing in SVG made a picture, for a logo: what leads out of the file is refused."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from oscb_desktop.errors import UserError

_MOST_BYTES = 2_000_000
_DRAWN = QSize(1100, 400)  # pixels: sharp in the room that a logo has
_LEADS_OUT = re.compile(
    rb"<!ENTITY|<!DOCTYPE[^>]*\[|<\s*script|@import|"
    rb"href\s*=\s*[\"'](?!\s*(?:#|data:image/(?:png|jpeg);))|url\(\s*[\"']?(?!\s*#)",
    re.IGNORECASE,
)


def is_drawing(path: Path) -> bool:
    """Whether a file is said to be a drawing in SVG."""
    return path.suffix.lower() in (".svg", ".svgz")


def picture_of(path: Path) -> bytes:
    """Return a drawing as a PNG file, on no ground.

    Raises ``UserError`` for one that cannot be read, is compressed, leads to other files, or is no
    drawing.
    """
    data = _read(path)
    if _LEADS_OUT.search(data):
        raise UserError(
            f"“{path.name}” leads to other files or holds a program. Save it as PNG and choose "
            "that."
        )
    renderer = QSvgRenderer(QByteArray(data))
    size = renderer.defaultSize()
    if not renderer.isValid() or size.isEmpty():
        raise UserError(
            f"“{path.name}” is a broken drawing, or none in SVG. Save it as PNG and choose that."
        )
    image = QImage(
        size.scaled(_DRAWN, Qt.AspectRatioMode.KeepAspectRatio), QImage.Format.Format_ARGB32
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as problem:
        raise UserError(f"“{path.name}” cannot be read: {problem.strerror}.") from problem
    if len(data) > _MOST_BYTES or b"\0" in data:  # compressed, or in letters that we do not search
        raise UserError(
            f"“{path.name}” is too large, compressed or no plain SVG. Save it as PNG and choose "
            "that."
        )
    return data
