"""A chart laid out as shapes, once for paper and screen, readable in black and white."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from oscb_desktop.domain.chart_lines import Lines
from oscb_desktop.domain.chart_page import LEADING, MOST_SERIES, SIZE, SMALL, Page, said
from oscb_desktop.domain.chart_shapes import (
    Anchor,
    Box,
    Drawing,
    Spot,
    Stroke,
    Words,
    width_of,
    wrapped,
)
from oscb_desktop.domain.charts import Amount, Chart, ChartKind, Missing

__all__ = ["SIZE", "in_parts", "lay_out"]

_LABELS = 0.36  # of the width, at most, for the names of categories
_BAR, _THIN_BAR, _BETWEEN = 13.0, 10.0, 6.0
_TOO_MANY = (
    "Not drawn: {number} are side by side, and no more than {most} can be told apart. The table "
    "holds every number."
)
_STUB = 16.0  # length of what stands for a number kept back


def lay_out(chart: Chart, width: float) -> Drawing:
    """Return a chart as shapes of so many points' width, as high as it needs to be."""
    page = Page(chart, max(width, 120.0))
    page.title()
    if not chart.categories or not chart.series:
        page.say("There is nothing to show.")
    elif chart.kind is not ChartKind.LINE and len(chart.series) > MOST_SERIES:
        page.say(_TOO_MANY.format(number=len(chart.series), most=MOST_SERIES))
    elif chart.kind is ChartKind.LINE:
        page.key()
        Lines(page).draw()
    else:
        page.key()
        _Bars(page).draw()
    return Drawing(page.width, page.y, tuple(page.shapes), tuple(page.spots))


def in_parts(chart: Chart, width: float, most: float) -> tuple[Chart, ...]:
    """Return the chart, or as many charts of some of its categories as keep to a height.

    The parts are drawn to one scale. A chart of a line is never parted.
    """
    count = 1
    while chart.kind is not ChartKind.LINE and count < len(chart.categories):
        parts = tuple(_part(chart, number, count) for number in range(count))
        if all(lay_out(part, width).height <= most for part in parts):
            return parts
        count += 1
    return tuple(_part(chart, number, count) for number in range(count))


def _part(chart: Chart, number: int, count: int) -> Chart:
    if count == 1:
        return chart
    size = ceil(len(chart.categories) / count)
    part = slice(number * size, (number + 1) * size)
    return replace(
        chart,
        title=f"{chart.title}, part {number + 1} of {count}",
        categories=chart.categories[part],
        series=tuple(replace(each, amounts=each.amounts[part]) for each in chart.series),
        scale=chart.largest,
    )


class _Bars:
    """Bars from left to right, one category under the other; of a funnel, about one middle."""

    def __init__(self, page: Page) -> None:
        self.page, self.chart = page, page.chart
        numbers = [said(amount) for series in self.chart.series for amount in series.amounts]
        longest = max(width_of(label, SIZE) for label in self.chart.categories)
        self.names = min(longest, page.width * _LABELS) + 8
        self.numbers = max(width_of(number, SIZE, bold=True) for number in numbers) + 8
        self.room = max(10.0, page.width - self.names - self.numbers)
        self.bar = _BAR if len(self.chart.series) == 1 else _THIN_BAR
        self.is_funnel = self.chart.kind is ChartKind.FUNNEL

    def draw(self) -> None:
        """Draw every category, and the line that the bars begin at."""
        top = self.page.y
        for place, label in enumerate(self.chart.categories):
            self._category(place, label)
        if not self.is_funnel:
            ends = ((self.names, top - 2), (self.names, self.page.y - _BETWEEN + 2))
            self.page.shapes.append(Stroke(ends))

    def _category(self, place: int, label: str) -> None:
        page = self.page
        lines = wrapped(label, SIZE, self.names - 8)
        bars = len(self.chart.series) * self.bar
        high = max(bars, len(lines) * LEADING)
        first = page.y + (high - len(lines) * LEADING) / 2 + SIZE
        for number, words in enumerate(lines):
            y = first + number * LEADING
            end = self.names - 6
            page.shapes.append(Words(words, end, y, SIZE, self.names - 6, Anchor.END))
        y = page.y + (high - bars) / 2
        for number, series in enumerate(self.chart.series):
            amount = series.amounts[place]
            self._one(amount, number, y + number * self.bar)
            page.spots.append(Spot(0, y + number * self.bar, page.width, self.bar, place, number))
        page.y += high + _BETWEEN

    def _one(self, amount: Amount, number: int, y: float) -> None:
        page, long = self.page, self._length(amount)
        x = self.names + ((self.room - long) / 2 if self.is_funnel else 0)
        box = Box(x, y + 1, long, self.bar - 2)
        if amount is Missing.KEPT_BACK:
            page.kept_back(box)
        elif long:
            page.fill(box, number)
        end = x + long + 5
        page.shapes.append(
            Words(
                said(amount),
                end,
                y + self.bar / 2 + SIZE * 0.36,
                SIZE if self.bar == _BAR else SMALL,
                page.width - end,
                bold=not isinstance(amount, Missing),
            )
        )

    def _length(self, amount: Amount) -> float:
        if isinstance(amount, Missing):
            return _STUB if amount is Missing.KEPT_BACK else 0.0
        if not amount:
            return 0.0
        return max(1.5, float(amount) / float(self.chart.largest) * self.room)
