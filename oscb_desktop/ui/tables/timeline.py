"""The timeline of a review in a cell of a table, and the months in the heading above it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from oscb_desktop.domain.date_words import format_month
from oscb_desktop.domain.stage_spans import Scale, StageSpan
from oscb_desktop.domain.stages import StageName
from oscb_desktop.queries.chair import ChairRow, DateState, StatutoryDate
from oscb_desktop.ui import theme
from oscb_desktop.ui.tables.row_model import Index

ROW_HEIGHT = 44
_EDGE = 16  # pixels beside the first and the last month
_BAR = 16  # height of a stage
_DIAMOND = 6  # half of its width
_MONTH = 30  # pixels that the name of a month wants


class Months:
    """The scale of a timeline and the day that it is drawn on."""

    def __init__(self, scale: Scale, today: date) -> None:
        self.scale, self.today = scale, today

    def x(self, rect: QRectF, day: date) -> float:
        """Return where a day lies in the rectangle of a cell."""
        return rect.left() + _EDGE + self.scale.at(day) * (rect.width() - 2 * _EDGE)


class TimelineDelegate(QStyledItemDelegate):
    """Draws the stages of a review as bars and its statutory days as diamonds."""

    def __init__(self, table: QTableView, row_at: Callable[[int], ChairRow | None]) -> None:
        super().__init__(table)
        self._row_at = row_at
        self.months: Months | None = None

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the words to the ear and to the clipboard: the drawing stands in their place."""
        super().initStyleOption(option, index)
        styled: QStyleOptionViewItem = option
        styled.text = ""
        styled.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the cell, then the months, the stages, today and the days."""
        super().paint(painter, option, index)
        row = self._row_at(index.row())
        if row is None or self.months is None:
            return
        rect = QRectF(option.rect)
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_months(painter, rect, self.months)
        band = QRectF(rect)
        band.adjust(0, (rect.height() - ROW_HEIGHT) / 2, 0, (ROW_HEIGHT - rect.height()) / 2)
        for number, span in enumerate(row.spans):
            _draw_span(painter, band, self.months, span, even=number % 2 == 0)
        self._draw_today(painter, rect, self.months)
        for day in row.dates:
            _draw_day(painter, band, self.months, day)
        if row.planned_on is not None:
            _draw_planned(painter, band, self.months, row.planned_on)
        painter.restore()

    def _draw_months(self, painter: QPainter, rect: QRectF, months: Months) -> None:
        line = QColor(theme.current().line)
        line.setAlphaF(0.3)
        painter.setPen(QPen(line, 1))
        for month in (*months.scale.months(), months.scale.last):
            x = round(months.x(rect, month)) + 0.5
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _draw_today(self, painter: QPainter, rect: QRectF, months: Months) -> None:
        x = months.x(rect, months.today)
        painter.setPen(QPen(QColor(theme.current().text), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))


class TimelineHeader(QHeaderView):
    """The headings of a table, one of them with the months of the timeline under its word."""

    def __init__(self, table: QTableView, at: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._at = at
        self.months: Months | None = None
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        """Ask for a second line."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), 2 * self.fontMetrics().height() + 8))

    def paintSection(self, painter: QPainter, rect: object, logicalIndex: int) -> None:  # noqa: N803
        """Draw a heading, and the months where there is a timeline."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)  # type: ignore[arg-type]
        painter.restore()
        if logicalIndex == self._at and self.months is not None:
            self._draw_months(painter, QRectF(rect), self.months)  # type: ignore[call-overload]

    def _draw_months(self, painter: QPainter, rect: QRectF, months: Months) -> None:
        painter.save()
        painter.setFont(_smaller(self.font()))
        painter.setPen(QColor(theme.current().muted))
        high = painter.fontMetrics().height()
        free_from = rect.left()
        for month in months.scale.months():
            x = months.x(rect, month)
            words = format_month(month)[:3]
            if month.month == 1 or free_from == rect.left():
                words = f"{words} {month.year}"
            wide = painter.fontMetrics().horizontalAdvance(words)
            if x >= free_from and x + wide <= rect.right():
                painter.drawText(QPointF(x + 2, rect.bottom() - high * 0.35), words)
                free_from = x + max(wide + 8, _MONTH)
        painter.restore()


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() * 0.85))
    small.setBold(False)
    return small


def _draw_span(
    painter: QPainter, rect: QRectF, months: Months, span: StageSpan, *, even: bool
) -> None:
    """Draw a stage as a bar that ends in a line; one that rests is hatched."""
    left, right = months.x(rect, span.from_on), months.x(rect, span.to_on)
    if right <= left and not span.lasts:
        return
    look = theme.current()
    bar = QRectF(left, rect.top() + 7, max(3.0, right - left), _BAR)
    paused = span.name is StageName.PAUSED
    fill = QColor(look.stripe if paused else look.chosen if even else look.window)
    painter.setPen(QPen(QColor(look.accent), 1))
    painter.setBrush(QBrush(fill))
    painter.drawRect(bar)
    if paused:
        painter.setBrush(QBrush(QColor(look.muted), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(bar)
    _draw_words(painter, bar, span, plain=not paused)


def _draw_words(painter: QPainter, bar: QRectF, span: StageSpan, *, plain: bool) -> None:
    """Write the stage in its bar, as far as there is room for more than a letter or two."""
    look = theme.current()
    painter.setFont(_smaller(painter.font()))
    room = bar.adjusted(4, 0, -3, 0)
    words = painter.fontMetrics().elidedText(
        span.words, Qt.TextElideMode.ElideRight, int(room.width())
    )
    if len(words) < min(5, len(span.words)):
        return
    if not plain:
        wide = painter.fontMetrics().horizontalAdvance(words) + 4
        painter.fillRect(QRectF(bar.left() + 2, bar.top() + 2, wide, _BAR - 4), QColor(look.stripe))
    painter.setPen(QColor(look.text))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)


def _draw_day(painter: QPainter, rect: QRectF, months: Months, day: StatutoryDate) -> None:
    """Draw a statutory day under the bars: its shape says what its colour says."""
    centre = QPointF(months.x(rect, day.due_on), rect.top() + 7 + _BAR + 3 + _DIAMOND)
    draw_state(painter, centre, day.state)
    if not months.scale.holds(day.due_on):
        _draw_beyond(painter, centre, later=day.due_on > months.scale.last)


def draw_state(painter: QPainter, centre: QPointF, state: DateState) -> None:
    """Draw the diamond of a state: full, open, with a dot, or struck through."""
    look = theme.current()
    colour = QColor(
        {
            DateState.LATE: look.bad,
            DateState.RUNS: look.info,
            DateState.MET: look.good,
            DateState.MISSED: look.warn,
        }[state]
    )
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QBrush(colour if state is DateState.LATE else QColor(look.surface)))
    x, y, half = centre.x(), centre.y(), float(_DIAMOND)
    corners = [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half)]
    painter.drawPolygon(QPolygonF([*corners, QPointF(x - half, y)]))
    if state is DateState.MET:
        painter.setBrush(QBrush(colour))
        painter.drawEllipse(centre, 1.5, 1.5)
    elif state is DateState.MISSED:
        painter.drawLine(QPointF(x - half / 2, y + half / 2), QPointF(x + half / 2, y - half / 2))


def draw_planned(painter: QPainter, centre: QPointF) -> None:
    """Draw the ring of the day that publication is planned for."""
    look = theme.current()
    painter.setPen(QPen(QColor(look.text), 1.5))
    painter.setBrush(QBrush(QColor(look.surface)))
    painter.drawEllipse(centre, 4.5, 4.5)


def _draw_planned(painter: QPainter, rect: QRectF, months: Months, day: date) -> None:
    centre = QPointF(months.x(rect, day), rect.top() + 7 + _BAR / 2)
    draw_planned(painter, centre)
    if not months.scale.holds(day):
        _draw_beyond(painter, centre, later=day > months.scale.last)


def _draw_beyond(painter: QPainter, centre: QPointF, *, later: bool) -> None:
    """Draw an arrow head beside what lies beyond the months that are shown."""
    way = 1 if later else -1
    tip = QPointF(centre.x() + way * (_DIAMOND + 5), centre.y())
    back = tip.x() - way * 4
    painter.drawPolyline(QPolygonF([QPointF(back, tip.y() - 4), tip, QPointF(back, tip.y() + 4)]))
