"""What a chart of any kind is drawn on: its title, the key of its series, their fillings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from oscb_desktop.domain.chart_shapes import (
    Box,
    Ink,
    Shape,
    Spot,
    Stroke,
    Words,
    hatched,
    ruled,
    width_of,
    wrapped,
)
from oscb_desktop.domain.charts import Amount, Chart, ChartKind, Missing, shown

KEPT = "c"
SIZE = 9.0
"""Points of the labels; everything else follows from it."""
LEADING, SMALL = 11.5, 8.0
_TITLE, _KEY = 10.0, 10.0
# Tone and pattern of each series: no two are alike, in grey as in colour.
_FILLS = (
    *((1.0, ""), (0.25, ""), (0.0, "/"), (0.6, ""), (0.0, "x"), (0.12, "\\")),
    *((0.0, "-"), (0.3, "|"), (0.0, ""), (0.3, "/"), (0.0, "|"), (0.3, "x"), (0.3, "-")),
    (0.0, "+"),
)
MOST_SERIES = len(_FILLS)
"""So many series of bars can be told apart."""
DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1.5, 2.5), (8, 3, 2, 3), (3, 2), (10, 4))


@dataclass(slots=True)
class Page:
    """What is drawn so far, and the height that it takes."""

    chart: Chart
    width: float
    y: float = 0.0
    shapes: list[Box | Stroke | Shape | Words] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def title(self) -> None:
        """Write the title of the chart."""
        for words in wrapped(self.chart.title, _TITLE * 1.08, self.width, 4):
            self.y += _TITLE + 3
            if words:
                self.shapes.append(Words(words, 0, self.y, _TITLE, self.width, bold=True))
        self.y += 6

    def say(self, words: str) -> None:
        """Write words, on as many lines as they take."""
        for line in wrapped(words, SIZE, self.width, 6):
            self.y += LEADING
            self.shapes.append(Words(line, 0, self.y, SIZE, self.width))
        self.y += 6

    def key(self) -> None:
        """Say which filling or line is which series, where there are several."""
        if len(self.chart.series) < 2:
            return
        x = 0.0
        for number, series in enumerate(self.chart.series):
            name = wrapped(series.name, SIZE, self.width - 2 * _KEY - 8, 1)[0]
            takes = 2 * _KEY + 4 + width_of(name, SIZE) + 14
            if x and x + takes > self.width:
                x, self.y = 0.0, self.y + LEADING + 2
            self._sample(number, x)
            place = x + 2 * _KEY + 4
            self.shapes.append(Words(name, place, self.y + _KEY - 1, SIZE, self.width - place))
            x += takes
        self.y += LEADING + 6

    def _sample(self, number: int, x: float) -> None:
        if self.chart.kind is ChartKind.LINE:
            middle = self.y + _KEY / 2
            ends = ((x, middle), (x + 2 * _KEY, middle))
            self.shapes.append(Stroke(ends, Ink.ACCENT, 1.6, DASHES[number % len(DASHES)]))
            self.shapes.append(mark_of(number, x + _KEY, middle))
        else:
            self.fill(Box(x, self.y, 2 * _KEY, _KEY), number)

    def fill(self, box: Box, number: int) -> None:
        """Draw a box in the filling of a series."""
        tone, pattern = _FILLS[number]
        filled = replace(box, tone=tone)
        self.shapes.append(filled)
        if pattern in ("/", "x"):
            self.shapes += hatched(filled)
        if pattern in ("\\", "x"):
            self.shapes += hatched(filled, rising=False)
        if pattern in ("-", "+"):
            self.shapes += ruled(filled)
        if pattern in ("|", "+"):
            self.shapes += ruled(filled, upright=True)

    def kept_back(self, box: Box) -> None:
        """Draw what stands for a number that is kept back, whatever it is."""
        stub = replace(box, tone=0.0, dashed=True)
        self.shapes += [stub, *hatched(stub, gap=3.0)]


def said(amount: Amount) -> str:
    """Return what stands at a bar or a point: the number, "c" or "not known"."""
    return KEPT if amount is Missing.KEPT_BACK else shown(amount)


def mark_of(number: int, x: float, y: float) -> Shape:
    """Return the mark of a point, of another shape for each series."""
    r = 3.6
    outlines: Sequence[tuple[tuple[float, float], ...]] = (
        ((-r, 0), (0, -r), (r, 0), (0, r)),
        ((-r + 0.8, -r + 0.8), (r - 0.8, -r + 0.8), (r - 0.8, r - 0.8), (-r + 0.8, r - 0.8)),
        ((-r, r - 0.8), (0, -r), (r, r - 0.8)),
        ((-r, -r + 0.8), (r, -r + 0.8), (0, r)),
    )
    outline = outlines[number % len(outlines)]
    tone = 1.0 if number % 2 == 0 else 0.0
    return Shape(tuple((x + dx, y + dy) for dx, dy in outline), tone)
