"""Charts on paper: a tagged figure whose words tell every number that it shows."""

from __future__ import annotations

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from oscb_desktop.domain.chart_layout import in_parts, lay_out
from oscb_desktop.domain.chart_shapes import Anchor, Box, Drawing, Ink, Shape, Stroke, Words
from oscb_desktop.domain.charts import Chart
from oscb_desktop.reports import fonts, styles, text
from oscb_desktop.reports.figures import say_where
from oscb_desktop.reports.tagging import Tag

WIDTH = 440.0
"""Points of a chart on A4: a wider one reads no better."""
HIGHEST = 560.0
"""Points that a chart may be high; one with more categories is drawn in parts."""


def figures(chart: Chart, parent: Tag, accent: Color, width: float = WIDTH) -> list[Flowable]:
    """Return a chart as figures, each no higher than a page has room for."""
    return [ChartFigure(part, parent, accent, width) for part in in_parts(chart, width, HIGHEST)]


class ChartFigure(Flowable):  # type: ignore[misc]
    """One chart; its alternative text is made from the same numbers as the drawing."""

    def __init__(self, chart: Chart, parent: Tag, accent: Color, width: float = WIDTH) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = 6, 8
        self.chart, self.accent, self.widest = chart, accent, width
        self.drawing: Drawing | None = None
        self.tag = Tag("Figure", parent, alt=text.words(chart.words()))

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the width that a chart reads well at, and the height that it needs."""
        self.drawing = lay_out(self.chart, min(availWidth, self.widest))
        self.width, self.height = self.drawing.width, self.drawing.height
        return self.width, self.height

    def draw(self) -> None:
        """Draw the shapes within the mark of the figure; the words on them stand as decoration."""
        drawing = self.drawing or lay_out(self.chart, self.widest)
        say_where(self)
        with self.canv.marked(self.tag):
            self.canv.saveState()
            for shape in drawing.shapes:
                if not isinstance(shape, Words):
                    self._draw(shape)
            self.canv.restoreState()
        for shape in drawing.shapes:
            if isinstance(shape, Words):
                self._write(shape)

    def _draw(self, shape: Box | Stroke | Shape) -> None:
        if isinstance(shape, Box):
            self._box(shape)
        elif isinstance(shape, Stroke):
            self._stroke(shape)
        else:
            self._shape(shape)

    def _box(self, box: Box) -> None:
        canvas = self.canv
        canvas.setFillColor(styles.mixed(self.accent, box.tone))
        canvas.setStrokeColor(self.accent)
        canvas.setLineWidth(0.7)
        canvas.setDash(*(((2, 1.5),) if box.dashed else ()))
        bottom = self.height - box.y - box.height
        canvas.rect(box.x, bottom, box.width, box.height, stroke=1, fill=1)
        canvas.setDash()

    def _stroke(self, stroke: Stroke) -> None:
        canvas = self.canv
        canvas.setStrokeColor(self._ink(stroke.ink))
        canvas.setLineWidth(stroke.width)
        canvas.setDash(*((list(stroke.dash),) if stroke.dash else ()))
        path = canvas.beginPath()
        path.moveTo(stroke.points[0][0], self.height - stroke.points[0][1])
        for x, y in stroke.points[1:]:
            path.lineTo(x, self.height - y)
        canvas.drawPath(path, stroke=1, fill=0)
        canvas.setDash()

    def _shape(self, shape: Shape) -> None:
        canvas = self.canv
        canvas.setFillColor(styles.mixed(self.accent, shape.tone))
        canvas.setStrokeColor(self.accent)
        canvas.setLineWidth(1.2)
        path = canvas.beginPath()
        path.moveTo(shape.points[0][0], self.height - shape.points[0][1])
        for x, y in shape.points[1:]:
            path.lineTo(x, self.height - y)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)

    def _ink(self, ink: Ink) -> Color:
        return {Ink.TEXT: styles.INK, Ink.ACCENT: self.accent, Ink.FAINT: styles.RULE}[ink]

    def _write(self, words: Words) -> None:
        style = ParagraphStyle(
            "chart",
            fontName=fonts.BOLD if words.bold else fonts.REGULAR,
            fontSize=words.size,
            leading=words.size * 1.25,
            textColor=self._ink(words.ink),
        )
        wide = text.length(text.words(words.text), style)
        if wide > words.room:
            style.fontSize = max(4.0, words.size * words.room / wide)
            wide = text.length(text.words(words.text), style)
        before = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[words.anchor]
        block = text.block(words.text, style)
        block.wrapOn(self.canv, wide + 20, 0)
        # A paragraph of one line stands so much of its leading above its baseline.
        drop = block.height - style.fontSize
        block.drawOn(self.canv, words.x - before, self.height - words.y - drop)
