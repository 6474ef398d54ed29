"""What a chart shows, and what it says in words: both from the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

Number = int | float | Decimal


class Missing(StrEnum):
    """Why a chart has no number: it is kept back, or not known."""

    KEPT_BACK = "not shown"
    UNKNOWN = "not known"


Amount = Number | Missing


class ChartKind(StrEnum):
    """How a chart is drawn; the value is what it is called."""

    BARS = "Bar chart"
    LINE = "Line chart"
    FUNNEL = "Funnel chart"


@dataclass(frozen=True, slots=True)
class Series:
    """One number for each category; a name where there are several series."""

    amounts: tuple[Amount, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: its title, its categories (or years), and its numbers, none below 0.

    Bars of several series are grouped. ``scale`` is the number that a whole bar stands for, where
    charts are to be compared; else the largest of its own.
    """

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    scale: Number = 0

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.amounts) != len(self.categories):
                raise ValueError(
                    f"{len(series.amounts)} numbers, {len(self.categories)} categories"
                )
            if any(amount < 0 for amount in series.amounts if not isinstance(amount, Missing)):
                raise ValueError("a chart has no numbers below 0")

    @property
    def largest(self) -> Number:
        """The number that a whole bar stands for."""
        every = (amount for series in self.series for amount in series.amounts)
        known = [amount for amount in every if not isinstance(amount, Missing)]
        return max(self.scale, max(known, default=0))

    def words(self) -> str:
        """Return what the chart shows as one text, for those who cannot see it."""
        name = f"{self.kind}: {_lowered(self.title)}."
        if not self.categories or not self.series:
            return f"{name} There is nothing to show."
        told = (self._told(place, label) for place, label in enumerate(self.categories))
        return f"{name} {'; '.join(told)}."

    def _told(self, place: int, label: str) -> str:
        if len(self.series) == 1:
            return f"{label}: {shown(self.series[0].amounts[place])}"
        parts = (f"{series.name} {shown(series.amounts[place])}" for series in self.series)
        return f"{label}: {', '.join(parts)}"


def bars(title: str, amounts: Sequence[tuple[str, Amount]]) -> Chart:
    """Return a bar chart of one number for each category."""
    labels = tuple(label for label, _amount in amounts)
    return Chart(ChartKind.BARS, title, labels, (Series(tuple(each for _l, each in amounts)),))


def grouped_bars(title: str, categories: Sequence[str], series: Sequence[Series]) -> Chart:
    """Return a bar chart with a bar for each series in each category."""
    return Chart(ChartKind.BARS, title, tuple(categories), tuple(series))


def line(title: str, years: Sequence[str], series: Sequence[Series]) -> Chart:
    """Return a line chart over years."""
    return Chart(ChartKind.LINE, title, tuple(years), tuple(series))


def funnel(title: str, steps: Sequence[tuple[str, Amount]]) -> Chart:
    """Return a chart of steps, each as wide as its number."""
    return replace(bars(title, steps), kind=ChartKind.FUNNEL)


def shown(amount: Amount) -> str:
    """Return a number as it is printed: ``4``, ``12,500``, ``3.5``; of a missing one, why."""
    if isinstance(amount, Missing):
        return amount.value
    exact = Decimal(str(amount))
    if exact == exact.to_integral_value():
        return f"{int(exact):,}"
    return f"{exact:,.2f}".rstrip("0").rstrip(".")


def _lowered(title: str) -> str:
    """Return a title as it stands within a sentence; DfE, CSPR and the like keep their capitals."""
    title = title.strip().rstrip(".")
    first = title.partition(" ")[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]
