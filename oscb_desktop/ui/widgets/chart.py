"""A chart on screen, drawn from the same shapes as on paper; each number can be opened."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from oscb_desktop.domain.chart_layout import SIZE, lay_out
from oscb_desktop.domain.chart_shapes import (
    Anchor,
    Box,
    Drawing,
    Ink,
    Shape,
    Spot,
    Stroke,
    Words,
)
from oscb_desktop.domain.charts import Chart
from oscb_desktop.ui import theme

_WIDEST = 560.0  # the chart's own points
_NARROWEST = 240
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}


class ChartWidget(QWidget):
    """One chart, as wide as it is given room and as high as it needs.

    ``opened`` tells that a number was pressed, by mouse or Enter: its category and its series.
    """

    opened = Signal(int, int)

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self._drawing = lay_out(chart, _WIDEST)
        self._at = -1
        self._laid_out_at = 0.0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart, or other numbers, in its place."""
        self._chart, self._at = chart, -1
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.words())
        self._lay_out()
        has_numbers = bool(self._drawing.spots)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if has_numbers else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()

    @property
    def drawing(self) -> Drawing:
        """The shapes that are drawn, in the chart's own points."""
        return self._drawing

    def _scale(self) -> float:
        """Return the pixels of a point: the labels are as large as the system's text."""
        pixels = self.fontInfo().pixelSize() or 12
        return max(1.0, pixels / SIZE)

    def _lay_out(self) -> None:
        self._laid_out_at = self._scale()
        wide = max(self.width(), _NARROWEST) / self._laid_out_at
        self._drawing = lay_out(self._chart, min(wide, _WIDEST))
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        wide = max(width, _NARROWEST) / self._scale()
        return round(lay_out(self._chart, min(wide, _WIDEST)).height * self._scale()) + 2

    def sizeHint(self) -> QSize:
        """Return the width that a chart reads well at, and its height there."""
        width = round(_WIDEST * self._scale())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the least width, and the height that the chart needs now."""
        return QSize(_NARROWEST, self.heightForWidth(max(self.width(), _NARROWEST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the chart out anew."""
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shapes; laid out anew where the system's text has another size now."""
        if self._laid_out_at != self._scale():
            self._lay_out()
            self.updateGeometry()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale(), self._scale())
        paint(painter, self._drawing, self.font())
        if self.hasFocus() and (spot := self._spot()):
            painter.setPen(QPen(QColor(theme.current().text), 1.2, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(spot.x + 1, spot.y, spot.width - 2, spot.height))
        painter.end()

    def _spot(self) -> Spot | None:
        return self._drawing.spots[self._at] if 0 <= self._at < len(self._drawing.spots) else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first number."""
        self._at = max(self._at, 0)
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from number to number with the arrows; Enter or Space opens one."""
        spot, step = self._spot(), _STEPS.get(Qt.Key(event.key()))
        if step is not None and self._drawing.spots:
            self._at = max(0, min(len(self._drawing.spots) - 1, self._at + step))
            self.update()
        elif spot and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(spot.category, spot.series)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer that a number can be pressed."""
        over = self._under(event.position())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the number that was pressed."""
        found = self._under(event.position())
        if event.button() is Qt.MouseButton.LeftButton and found >= 0:
            self._at = found
            self.update()
            spot = self._drawing.spots[found]
            self.opened.emit(spot.category, spot.series)

    def _under(self, place: QPointF) -> int:
        x, y = place.x() / self._scale(), place.y() / self._scale()
        found = (n for n, spot in enumerate(self._drawing.spots) if spot.holds(x, y))
        return next(found, -1)


def paint(painter: QPainter, drawing: Drawing, font: QFont) -> None:
    """Draw a chart in the colours that are on screen."""
    for shape in drawing.shapes:
        if isinstance(shape, Box):
            _box(painter, shape)
        elif isinstance(shape, Stroke):
            painter.setPen(_pen(shape))
            painter.drawPolyline([QPointF(*point) for point in shape.points])
        elif isinstance(shape, Shape):
            painter.setPen(QPen(_ink(Ink.ACCENT), 1.2))
            painter.setBrush(_tone(shape.tone))
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in shape.points]))
        else:
            _words(painter, shape, font)


def _box(painter: QPainter, box: Box) -> None:
    style = Qt.PenStyle.DashLine if box.dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(_ink(Ink.ACCENT), 0.7, style))
    painter.setBrush(_tone(box.tone))
    painter.drawRect(QRectF(box.x, box.y, box.width, box.height))


def _pen(stroke: Stroke) -> QPen:
    pen = QPen(_ink(stroke.ink), stroke.width)
    if stroke.dash:
        pen.setDashPattern([length / stroke.width for length in stroke.dash])
    return pen


def _words(painter: QPainter, words: Words, font: QFont) -> None:
    written = QFont(font)
    written.setBold(words.bold)
    written.setPixelSize(100)  # measured large: a font of a few pixels is rounded
    wide = QFontMetricsF(written).horizontalAdvance(words.text)
    size = min(words.size, 100 * words.room / wide) if wide else words.size
    before = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}[words.anchor]
    painter.save()
    painter.translate(words.x, words.y)
    painter.scale(size / 100, size / 100)
    painter.setFont(written)
    painter.setPen(_ink(words.ink))
    painter.drawText(QPointF(-wide * before, 0), words.text)
    painter.restore()


def _ink(ink: Ink) -> QColor:
    look = theme.current()
    faint = QColor(look.line)
    faint.setAlphaF(0.5)
    return {Ink.TEXT: QColor(look.text), Ink.ACCENT: QColor(look.accent), Ink.FAINT: faint}[ink]


def _tone(share: float) -> QColor:
    """Return the accent, thinned with the ground."""
    mine, ground = QColor(theme.current().accent), QColor(theme.current().surface)
    pairs = (
        (mine.redF(), ground.redF()),
        (mine.greenF(), ground.greenF()),
        (mine.blueF(), ground.blueF()),
    )
    return QColor.fromRgbF(*(one * share + other * (1 - share) for one, other in pairs))
