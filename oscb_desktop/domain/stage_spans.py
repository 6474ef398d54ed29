"""The stages that a review went through, told by the days recorded on it, for a timeline."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oscb_desktop.domain.stages import Stage, StageFacts, StageName, Step, stage_of, steps_of
from oscb_desktop.domain.working_days import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_MONTHS_BACK, _MONTHS_ON = 12, 8
"""So far a timeline reaches; what lies beyond stands at its edge, and in words."""


@dataclass(frozen=True, slots=True)
class StageSpan:
    """A stage from the day it began to the day the next one did, or to today where it lasts.

    ``reached`` is the stage that was reached meanwhile, on a day that is not recorded.
    """

    name: StageName
    from_on: date
    to_on: date
    lasts: bool = False
    reached: StageName | None = None

    @property
    def words(self) -> str:
        """The stage in a few words, with the one that was reached meanwhile."""
        words = Stage(self.name).words
        if self.reached is None:
            return words
        then = Stage(self.reached).words
        return f"{words}, then {then[:1].lower()}{then[1:]}"


@dataclass(frozen=True, slots=True)
class Scale:
    """The months of a timeline, from the first day of one to the first day of another."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where a day lies, 0 at the first day and 1 at the last, never beyond them."""
        return min(1.0, max(0.0, (day - self.first).days / (self.last - self.first).days))

    def holds(self, day: date) -> bool:
        """Whether a day lies on the timeline."""
        return self.first <= day <= self.last

    def months(self) -> tuple[date, ...]:
        """Return the first day of each month."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return tuple(add_months(self.first, number) for number in range(count))


def scale_of(begun: Iterable[date], due: Iterable[date], today: date) -> Scale:
    """Return the months that hold these days, as far as a timeline reaches around today."""
    month = today.replace(day=1)
    earliest = min(begun, default=today).replace(day=1)
    latest = add_months(max((*due, today)).replace(day=1), 1)
    first = max(add_months(month, -_MONTHS_BACK), min(earliest, month))
    return Scale(first, min(add_months(month, _MONTHS_ON), max(latest, add_months(month, 2))))


def spans_of(facts: StageFacts, today: date) -> tuple[StageSpan, ...]:
    """Return, in their order, the stages up to today of which the first day is recorded.

    A stage whose day is not known is left out: the one before it lasts until the next known day.
    Where it is the stage that the review is at, the one before it says so.
    """
    now = stage_of(facts, today)
    if now.name is StageName.DELAYED:
        # A delay leaves the stage that it holds up where it was, and tells no day of it.
        now = stage_of(replace(facts, publication="", delayed_by="", pause=None), today)
    steps = steps_of(facts, today)
    end = min(now.since or today, today)
    dated = [(step.name, step.on) for step in steps if step.on is not None and step.on <= end]
    begun = _onwards([one for one in dated if one[0] is not now.name])
    before = begun[-1][0] if begun else None
    if now.since is not None and now.since <= today:
        begun.append((now.name, now.since))
    reached = _undated(now, steps[-1])
    return tuple(
        replace(span, reached=reached) if span.name is before else span
        for span in _spans(begun, today)
    )


def _undated(now: Stage, last: Step) -> StageName | None:
    """Return the stage that was reached without a day; a pause may hold it."""
    if now.name is StageName.PAUSED:
        return last.name if last.on is None else None
    return now.name if now.since is None else None


def _onwards(begun: list[tuple[StageName, date]]) -> list[tuple[StageName, date]]:
    """Leave out what was recorded of a stage after a later one had begun: it did not go back."""
    kept: list[tuple[StageName, date]] = []
    for name, day in reversed(begun):
        if not kept or day <= kept[0][1]:
            kept.insert(0, (name, day))
    return kept


def _spans(begun: list[tuple[StageName, date]], today: date) -> Iterator[StageSpan]:
    for number, (name, from_on) in enumerate(begun, start=1):
        lasts = number == len(begun)
        to_on = today if lasts else begun[number][1]
        if lasts or to_on > from_on:
            yield StageSpan(name, from_on, to_on, lasts)
