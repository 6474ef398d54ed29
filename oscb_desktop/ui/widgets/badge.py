"""The shape that stands before a status word, so that colour is never the only sign."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

from oscb_desktop.ui import theme

SIZE = 12


class Tone(StrEnum):
    """What a status means for the person who reads it; each has a colour and a shape."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    PLAIN = "plain"


def sign(tone: Tone) -> QIcon:
    """Return the shape of a tone in the colours that are on screen."""
    return _drawn(tone, _colour(tone))


def _colour(tone: Tone) -> str:
    look = theme.current()
    return {
        Tone.GOOD: look.good,
        Tone.WARN: look.warn,
        Tone.BAD: look.bad,
        Tone.INFO: look.info,
        Tone.PLAIN: look.muted,
    }[tone]


@lru_cache(maxsize=32)
def _drawn(tone: Tone, colour: str) -> QIcon:
    scale = 4  # drawn large once; Qt shrinks it for the screen's density
    picture = QPixmap(SIZE * scale, SIZE * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    _draw(painter, tone, QColor(colour))
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # Qt would wash it out on the chosen row
    return icon


def _draw(painter: QPainter, tone: Tone, colour: QColor) -> None:
    match tone:
        case Tone.GOOD:
            painter.drawEllipse(QRectF(1, 1, 10, 10))
        case Tone.WARN:
            painter.drawPolygon(QPolygonF([QPointF(6, 1), QPointF(11.5, 11), QPointF(0.5, 11)]))
        case Tone.BAD:
            painter.drawPolygon(
                QPolygonF([QPointF(6, 0.2), QPointF(11.8, 6), QPointF(6, 11.8), QPointF(0.2, 6)])
            )
        case Tone.INFO:
            painter.drawRoundedRect(QRectF(1.5, 1.5, 9, 9), 1.5, 1.5)
        case Tone.PLAIN:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setColor(colour)
            pen.setWidthF(1.5)
            painter.setPen(pen)
            painter.drawEllipse(QRectF(2, 2, 8, 8))
