"""The chair's sheet: all live reviews on A4 across, each as bars in time and in words."""

from __future__ import annotations

from reportlab.lib.colors import Color, white

from oscb_desktop.domain.documents import ChairDay, ChairLine, ChairSheet, ChairSpan, DayShape
from oscb_desktop.reports import fonts, styles, text
from oscb_desktop.reports.blocks import Story, cell
from oscb_desktop.reports.figures import say_where
from oscb_desktop.reports.grid import Column, Grid, Look, Row
from oscb_desktop.reports.page_fit import Sizes
from oscb_desktop.reports.tagging import Tag, column_header, row_header
from oscb_desktop.reports.text import TextBlock

_HEADINGS = ("Review", "Where it stands", "Statutory days to meet", "To do")
_LEAST, _SHARES = (128.0, 178.0, 176.0, 68.0), (0.1, 0.4, 0.1, 0.1)
_MONTHS = Column(165.0, 1.0)
_MANY = 6  # reviews: with more of them each is told in as few words as say what is next
_LOOK = Look((4.0, 2.0), rule=styles.RULE)
_BAR, _BELOW, _HALF = 10.0, 11.0, 3.6
_NAME = 7.0  # points: the size of a stage's name in its bar
_KEY = (
    "Diamonds: full, late; open, to come; with a dot, met; struck through, met late. Ring: planned "
    "publication. Dashed line: today. Hatched: paused. What lies beyond is drawn at the edge."
)
SIZES = Sizes((1.0, 0.96, 0.92, 0.89), alone=0.89)
"""Its cells are 9 points high, or at the least 8: some twelve reviews stand on one page."""


def tell(story: Story, document: ChairSheet) -> None:
    """Tell totals, then a line for each review: its stages drawn, and in words what is ahead."""
    paper = document.paper
    kicker = " · ".join(filter(None, map(text.words, (paper.organisation, paper.subtitle))))
    story.title(paper.title, kicker=kicker)
    story.paragraphs((document.totals,), "strong")
    if not document.lines:
        story.paragraphs(("No review is live.",))
        return
    table = Tag("Table", story.root)
    head = _head(story, document, Tag("TR", table))
    rows = [_row(story, document, line, Tag("TR", table)) for line in document.lines]
    first, *others = (Column(*pair) for pair in zip(_LEAST, _SHARES, strict=True))
    story.add(Grid(rows, (first, _MONTHS, *others), _LOOK, head=head))
    story.paragraphs((_KEY,), "quiet")


def _head(story: Story, document: ChairSheet, top: Tag) -> Row:
    first = text.block(_HEADINGS[0], story.styles.head, column_header(top))
    months = Months(document, story, column_header(top))
    others = ([text.block(words, story.styles.head, column_header(top))] for words in _HEADINGS[1:])
    return Row([[first], [months], *others], fill=story.styles.tint)


def _row(story: Story, document: ChairSheet, line: ChairLine, row: Tag) -> Row:
    named, bars = row_header(row), Tag("TD", row)
    review = [
        *text.blocks(line.review, story.styles.cell_strong, named),
        *text.blocks(line.part, story.styles.cell_quiet, named),
    ]
    stands, ahead = text.lines(line.stage), _ahead(line)
    if len(document.lines) > _MANY:
        stands, ahead = stands[:1], ahead[:1]
    said = ("\n".join(stands), "\n".join(ahead), line.to_do)
    cells = (cell(words, story.styles.cell, Tag("TD", row)) for words in said)
    return Row([review, [Bars(document, line, story, bars)], *cells])


def _ahead(line: ChairLine) -> list[str]:
    """Return the days that are still to be met, the first of them first."""
    left = (day for day in line.days if day.shape not in (DayShape.MET, DayShape.MISSED))
    return [day.words for day in sorted(left, key=lambda day: day.at)]


class _Drawn(TextBlock):
    """What is drawn in a cell among words: of a height of its own, and never parted."""

    def __init__(self, document: ChairSheet, story: Story, tag: Tag, height: float) -> None:
        super().__init__("", story.styles.edge, tag)
        self.document = document
        self.accent, self.tint = story.styles.accent, story.styles.tint
        self.high = height

    def wrap(self, availWidth: float, _availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole width."""
        self.width, self.height = availWidth, self.high
        return self.width, self.height

    def split(self, _availWidth: float, _availHeight: float) -> list[TextBlock]:  # noqa: N803
        """Go to the next page whole."""
        return []

    def _x(self, at: float) -> float:
        return at * self.width


class Months(_Drawn):
    """The names of the months at the head of the drawings."""

    def __init__(self, document: ChairSheet, story: Story, tag: Tag) -> None:
        super().__init__(document, story, tag, styles.FURNITURE.leading)

    def draw(self) -> None:
        """Draw each name where its month begins, as far as the next one leaves it room."""
        ticks = self.document.ticks
        step = self._x(ticks[1].at - ticks[0].at) if ticks[1:] else self.width
        whole = all(text.length(tick.words, styles.FURNITURE) + 4 < step for tick in ticks)
        for tick in ticks:
            month, _, year = tick.words.partition(" ")
            brief = year if month == "Jan" else month  # a January says where its year begins
            block = TextBlock(tick.words if whole else brief, styles.FURNITURE, self.tag)
            block.wrapOn(self.canv, self.width, 0)
            block.drawOn(self.canv, self._x(tick.at) + 1, 0)


class Bars(_Drawn):
    """The stages of one review as bars in time and its days below them; the words tell it all."""

    def __init__(self, document: ChairSheet, line: ChairLine, story: Story, tag: Tag) -> None:
        told = (*(span.words for span in line.spans), *(day.words for day in line.days))
        alt = f"{text.words(line.review)} in time. {'. '.join(map(text.words, told))}"
        super().__init__(document, story, Tag("Figure", tag, alt=alt), _BAR + _BELOW)
        self.line = line

    def draw(self) -> None:
        """Draw months, bars, days and today within the mark of the figure."""
        say_where(self)
        with self.canv.marked(self.tag):
            self.canv.saveState()
            self._draw_months()
            for number, span in enumerate(self.line.spans):
                self._draw_span(span, fill=white if number % 2 or span.rests else self.tint)
            for day in self.line.days:
                self._draw_day(day, _BELOW)
            self._draw_today()
            self.canv.restoreState()

    def _draw_months(self) -> None:
        self.canv.setStrokeColor(styles.RULE)
        self.canv.setLineWidth(0.4)
        for tick in self.document.ticks:
            self.canv.line(self._x(tick.at), 0, self._x(tick.at), self.height)

    def _draw_today(self) -> None:
        x = self._x(self.document.today_at)
        self.canv.setStrokeColor(styles.INK)
        self.canv.setLineWidth(0.9)
        self.canv.setDash(3, 2)
        self.canv.line(x, -_LOOK.padding[1], x, self.height + _LOOK.padding[1])
        self.canv.setDash()

    def _draw_span(self, span: ChairSpan, fill: Color) -> None:
        left = self._x(span.begins)
        wide = max(1.5, self._x(span.ends) - left)
        self._draw_bar(left, _BELOW, wide, fill)
        if span.rests:
            self._hatch(left, _BELOW, wide)
            return
        name = text.words(span.name)
        if name and fonts.width(name, fonts.REGULAR, _NAME) + 4 < wide:
            self.canv.setFillColor(styles.INK)
            self.canv.setFont(fonts.REGULAR, _NAME)
            self.canv.drawString(left + 2, _BELOW + 2.6, name)

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
        x, y, canvas = self._x(day.at), bar - _HALF - 2, self.canv
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
