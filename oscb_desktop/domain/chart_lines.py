"""A chart of lines over years, with a scale at the left and each number at its point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from math import ceil, floor, log10

from oscb_desktop.domain.chart_page import DASHES, KEPT, LEADING, SIZE, SMALL, Page, mark_of, said
from oscb_desktop.domain.chart_shapes import (
    Anchor,
    Box,
    Ink,
    Spot,
    Stroke,
    Words,
    width_of,
    wrapped,
)
from oscb_desktop.domain.charts import Missing, Number, shown

_PLOT = 150.0  # height without the labels
_TICKS = 4


class Lines:
    """Lines over years, with a scale at the left and each number at its point."""

    def __init__(self, page: Page) -> None:
        self.page, self.chart = page, page.chart
        self.ticks = _ticks(self.chart.largest)
        self.left = max(width_of(shown(tick), SMALL) for tick in self.ticks) + 10
        self.step = (page.width - self.left) / len(self.chart.categories)
        self.top = page.y + LEADING
        # No number stands below the axis, where the years do.
        self.taken = [Box(0.0, self.top + _PLOT + 2, page.width, 3 * LEADING)]
        self.every = self._labelled()

    def draw(self) -> None:
        """Draw the scale, every series, the numbers, and the years with what they lack."""
        for tick in self.ticks:
            self._tick(tick)
        for number in range(len(self.chart.series)):
            self._series(number)
        for number in range(len(self.chart.series)):
            self._numbers(number)
        self.page.y = self.top + _PLOT + 4
        years = enumerate(self.chart.categories)
        self.page.y += max(self._year(place, label) for place, label in years) + 4
        if self.every > 1:
            for words in self._lacking():
                self.page.say(words)

    def _x(self, place: int) -> float:
        return self.left + (place + 0.5) * self.step

    def _y(self, amount: Number) -> float:
        return self.top + _PLOT * (1 - float(amount) / float(self.ticks[-1]))

    def _tick(self, tick: Number) -> None:
        y = self._y(tick)
        ends = ((self.left, y), (self.page.width, y))
        self.page.shapes.append(Stroke(ends, Ink.FAINT if tick else Ink.TEXT, 0.5 if tick else 0.8))
        self.page.shapes.append(
            Words(shown(tick), self.left - 5, y + 3, SMALL, self.left, Anchor.END)
        )

    def _year(self, place: int, label: str) -> float:
        """Write a year and, under it, which numbers it lacks; return the height of both."""
        y = self.page.y
        lines = [(SIZE, label)] if self.every > 1 and self._is_labelled(place) else []
        if self.every == 1:
            lines = [(SIZE, words) for words in wrapped(label, SIZE, self.step - 4)]
            for lack in self._lacks(place):
                lines += [(SMALL, words) for words in wrapped(lack, SMALL, self.step - 6)]
        for size, words in lines:
            y += LEADING
            room = max(self.step * self.every - 4, 8.0)
            half = min(width_of(words, size), room) / 2
            x = min(self._x(place), self.page.width - half)
            self.page.shapes.append(Words(words, x, y, size, room, Anchor.MIDDLE))
        return y - self.page.y

    def _labelled(self) -> int:
        """Return how many years share one label, so that none is cut; the last always has one."""
        words = [word for label in self.chart.categories for word in label.split()]
        lacks = (self._lacks(place) for place in range(len(self.chart.categories)))
        small = [word for said_so in lacks for lack in said_so for word in lack.split()]
        if all(width_of(word, SIZE) <= self.step - 4 for word in words) and all(
            width_of(word, SMALL) <= self.step - 6 for word in small
        ):
            return 1
        widest = max(width_of(label, SIZE) for label in self.chart.categories) + 4
        return next((n for n in (2, 5, 10) if self.step * n >= widest), 20)

    def _is_labelled(self, place: int) -> bool:
        return (len(self.chart.categories) - 1 - place) % self.every == 0

    def _lacking(self) -> Iterator[str]:
        """Say in a line what is missing, of each series, where no room is under the years."""
        for series in self.chart.series:
            for why in Missing:
                places = [at for at, amount in enumerate(series.amounts) if amount is why]
                name = f"{series.name}, " if series.name else ""
                words = f"{name}{why.value}: {', '.join(self._spans(places))}."
                if places:
                    yield words[:1].upper() + words[1:]

    def _spans(self, places: list[int]) -> Iterator[str]:
        """Return years in words, those that follow one another as from and to."""
        years = self.chart.categories
        for _gap, group in groupby(enumerate(places), lambda each: each[1] - each[0]):
            run = [place for _number, place in group]
            first, last = years[run[0]], years[run[-1]]
            yield first if len(run) == 1 else f"{first} to {last}"

    def _lacks(self, place: int) -> Iterator[str]:
        """Say what is missing; of one series that is kept back, the letter at the axis does."""
        several = len(self.chart.series) > 1
        for series in self.chart.series:
            amount = series.amounts[place]
            if isinstance(amount, Missing) and several:
                yield f"{series.name}: {said(amount)}"
            elif amount is Missing.UNKNOWN:
                yield said(amount)

    def _series(self, number: int) -> None:
        for run in self._runs(number):
            if len(run) > 1:
                dash = DASHES[number % len(DASHES)]
                self.page.shapes.append(Stroke(tuple(run), Ink.ACCENT, 1.6, dash))
            self.page.shapes += [mark_of(number, x, y) for x, y in run]
            self.taken += [Box(x - 4, y - 4, 8, 8) for x, y in run]

    def _runs(self, number: int) -> Iterator[list[tuple[float, float]]]:
        """Return the points that are joined: a number that is missing breaks the line."""
        run: list[tuple[float, float]] = []
        for place, amount in enumerate(self.chart.series[number].amounts):
            if isinstance(amount, Missing):
                yield run
                run = []
            else:
                run.append((self._x(place), self._y(amount)))
        yield run

    def _numbers(self, number: int) -> None:
        for place, amount in enumerate(self.chart.series[number].amounts):
            x, y = self._x(place), self.top + _PLOT
            if amount is Missing.KEPT_BACK:
                x = self._stub(number, x)
            elif not isinstance(amount, Missing):
                y = self._y(amount)
                self._number(shown(amount), x, y)
            wide = min(self.step, 24.0)
            self.page.spots.append(Spot(x - wide / 2, y - 12, wide, 24, place, number))

    def _stub(self, number: int, x: float) -> float:
        """Draw what stands for a number kept back at the axis, beside those of other series."""
        x += 15.0 * number + (10.0 if len(self.chart.series) > 1 else 0.0)
        stub = Box(x - 5, self.top + _PLOT - 12, 10, 12)
        self.page.kept_back(stub)
        self.taken.append(replace(stub, y=stub.y - LEADING, height=stub.height + LEADING))
        mark = Words(KEPT, x, stub.y - 3, SIZE, 10, Anchor.MIDDLE)
        self.page.shapes.append(mark)
        return x

    def _number(self, words: str, x: float, y: float) -> None:
        """Write a number above its point, else below or beside it where nothing else stands."""
        wide = width_of(words, SIZE, bold=True)
        beside = wide / 2 + 7
        places = ((x, y - 6), (x, y + 6 + SIZE), (x + beside, y + 3), (x - beside, y + 3))
        for middle, baseline in places:
            box = Box(middle - wide / 2, baseline - SIZE + 1, wide, SIZE)
            if not any(_touch(box, other) for other in self.taken):
                self.taken.append(box)
                self.page.shapes.append(
                    Words(words, middle, baseline, SIZE, max(wide, 8.0), Anchor.MIDDLE, bold=True)
                )
                return


def _touch(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def _ticks(largest: Number) -> tuple[Number, ...]:
    """Return round numbers from 0 to at least the largest."""
    if largest <= 0:
        return 0, 1
    rough = float(largest) / _TICKS
    size = 10.0 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * 0.999)
    step = max(step, 1.0) if float(largest) >= 1 else step
    if step >= 1 and step != int(step):
        step = float(ceil(step))
    count = ceil(float(largest) / step - 1e-9)
    return tuple(_plain(step * number) for number in range(count + 1))


def _plain(number: float) -> Number:
    return int(number) if number == int(number) else round(number, 6)
