"""The chair's sheet: all live reviews as bars in time on A4 across, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import Color, white
from reportlab.platypus.flowables import Flowable

from oscb_desktop.domain.documents import ChairDay, ChairLine, ChairSheet, DayShape, Table
from oscb_desktop.reports import fonts, styles, text
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.figures import say_where
from oscb_desktop.reports.tagging import Tag

_HEADINGS = ("Review", "Stage", "Stages so far", "Statutory days", "To do")
_WIDTHS = (5.0, 5.0, 8.0, 9.0, 3.0)
_ROWS = 14  # reviews in one drawing, so that it always fits a page
_HEAD, _ROW, _LABEL, _BAR, _HALF = 16.0, 24.0, 130.0, 10.0, 3.6
_TICK = 60.0  # points for the name of a month
_NUMBER = 7.0
_KEY = (
    "Full diamond: late. Open diamond: to come. Diamond with a dot: met. Struck through: met late. "
    "Ring: planned publication. Dashed line: today. Hatched: paused. The numbers in the bars are "
    "those of the stages below. What lies before the first month or after the last is drawn there."
)


def tell(story: Story, document: ChairSheet) -> None:
    """Tell totals, the drawing of all reviews, then a table of what it shows."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.paragraphs((document.totals,), "strong")
    if not document.lines:
        story.paragraphs(("No review is live.",))
        return
    for first in range(0, len(document.lines), _ROWS):
        lines = document.lines[first : first + _ROWS]
        story.add(Timeline(document, lines, first + 1, story))
    story.paragraphs((_KEY,), "quiet")
    story.heading("The same in words")
    rows = tuple(_cells(number, line) for number, line in enumerate(document.lines, start=1))
    story.table(Table("", _HEADINGS, rows, _WIDTHS))


def _cells(number: int, line: ChairLine) -> tuple[str, ...]:
    spans = (f"{at}. {span.words}" for at, span in enumerate(line.spans, start=1))
    return (
        f"{number}. {line.review}\n{line.part}",
        line.stage,
        "\n".join(spans),
        "\n".join(day.words for day in line.days),
        line.to_do,
    )


class Timeline(Flowable):  # type: ignore[misc]
    """Some of the reviews, one under the other, on a scale of months; its words tell all of it."""

    def __init__(
        self, document: ChairSheet, lines: Sequence[ChairLine], first: int, story: Story
    ) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = 6, 6
        self.document, self.lines, self.first = document, lines, first
        self.accent, self.tint = story.styles.accent, story.styles.tint
        told = "; ".join(text.words(f"{line.review}: {line.stage}") for line in lines)
        alt = f"Timeline of live reviews, told in the table below. {told}"
        self.tag = Tag("Figure", story.root, alt=alt)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole width, and a line for each review."""
        self.width, self.height = availWidth, _HEAD + _ROW * len(self.lines)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the bars and days within the mark of the figure; the names stand as decoration."""
        say_where(self)
        with self.canv.marked(self.tag):
            self.canv.saveState()
            self._draw_months()
            for number, line in enumerate(self.lines):
                self._draw_line(line, self.height - _HEAD - (number + 1) * _ROW)
            self._draw_today()
            self.canv.restoreState()
        for tick in self.document.ticks:
            self._put(tick.words, self._x(tick.at) + 2, self.height - _HEAD + 3, _TICK)
        for number, line in enumerate(self.lines):
            bottom = self.height - _HEAD - (number + 1) * _ROW
            self._put(f"{self.first + number}. {line.review}", 0, bottom + 8, _LABEL - 8)

    def _x(self, at: float) -> float:
        return _LABEL + at * (self.width - _LABEL - 8)

    def _put(self, words: str, x: float, y: float, room: float) -> None:
        block = text.one_line(words, styles.FURNITURE, room)
        block.wrapOn(self.canv, room, 0)
        block.drawOn(self.canv, x, y)

    def _draw_months(self) -> None:
        self.canv.setStrokeColor(styles.RULE)
        self.canv.setLineWidth(0.4)
        top = self.height - _HEAD
        for tick in self.document.ticks:
            self.canv.line(self._x(tick.at), 0, self._x(tick.at), top + 8)
        for number in range(len(self.lines) + 1):
            y = top - number * _ROW
            self.canv.line(0, y, self.width, y)

    def _draw_today(self) -> None:
        x = self._x(self.document.today_at)
        self.canv.setStrokeColor(styles.INK)
        self.canv.setLineWidth(0.9)
        self.canv.setDash(3, 2)
        self.canv.line(x, 0, x, self.height - _HEAD)
        self.canv.setDash()

    def _draw_line(self, line: ChairLine, bottom: float) -> None:
        y = bottom + _ROW - _BAR - 2
        for number, span in enumerate(line.spans, start=1):
            left, right = self._x(span.begins), self._x(span.ends)
            wide = max(1.5, right - left)
            fill = white if number % 2 == 0 or span.rests else self.tint
            self._draw_bar(left, y, wide, fill)
            if span.rests:
                self._hatch(left, y, wide)
            label = str(number)
            if not span.rests and fonts.width(label, fonts.REGULAR, _NUMBER) + 3 < wide:
                self.canv.setFillColor(styles.INK)
                self.canv.setFont(fonts.REGULAR, _NUMBER)
                self.canv.drawString(left + 2, y + 2.5, label)
        for day in line.days:
            self._draw_day(day, y)

    def _draw_bar(self, left: float, y: float, wide: float, fill: Color) -> None:
        self.canv.setFillColor(fill)
        self.canv.setStrokeColor(self.accent)
        self.canv.setLineWidth(0.6)
        self.canv.rect(left, y, wide, _BAR, stroke=1, fill=1)

    def _hatch(self, left: float, y: float, wide: float) -> None:
        x = left
        while x < left + wide:
            reach = min(_BAR, left + wide - x)
            self.canv.line(x, y, x + reach, y + reach)
            x += 4

    def _draw_day(self, day: ChairDay, bar: float) -> None:
        """Draw a day below its bars, or the ring of a planned day on them."""
        x, y, canvas = self._x(day.at), bar - _HALF - 2.5, self.canv
        canvas.setStrokeColor(styles.INK)
        canvas.setLineWidth(0.9)
        if day.shape is DayShape.PLANNED:
            canvas.setFillColor(white)
            canvas.circle(x, bar + _BAR / 2, _HALF - 0.6, stroke=1, fill=1)
            return
        late = day.shape is DayShape.LATE
        canvas.setFillColor(styles.fill_colour("red") if late else white)
        path = canvas.beginPath()
        path.moveTo(x, y - _HALF)
        for across, up in ((_HALF, 0.0), (0.0, _HALF), (-_HALF, 0.0)):
            path.lineTo(x + across, y + up)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
        if day.shape is DayShape.MET:
            canvas.setFillColor(styles.INK)
            canvas.circle(x, y, 1, stroke=0, fill=1)
        elif day.shape is DayShape.MISSED:
            canvas.line(x - _HALF / 2, y - _HALF / 2, x + _HALF / 2, y + _HALF / 2)
