"""The stages that a review went through, told by the days recorded on it, for a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oscb_desktop.domain.stages import Stage, StageFacts, StageName, stage_of
from oscb_desktop.domain.working_days import add_months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

_MONTHS_BACK, _MONTHS_ON = 12, 8
"""So far a timeline reaches; what lies beyond stands at its edge, and in words."""


@dataclass(frozen=True, slots=True)
class StageSpan:
    """A stage from the day it began to the day the next one did, or to today where it lasts."""

    name: StageName
    from_on: date
    to_on: date
    lasts: bool = False

    @property
    def words(self) -> str:
        """The stage in a few words."""
        return Stage(self.name).words


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
    """
    now = stage_of(facts, today)
    held = now.name is StageName.PAUSED
    # A delay leaves the stage that it holds up where it was, and tells no day of it.
    last_on = now.since if now.since is not None and (held or now.within is None) else None
    end = min(last_on or today, today)
    begun = _onwards([one for one in _begun(facts) if one[1] <= end])
    if last_on is not None and last_on <= today:
        begun = [one for one in begun if one[0] is not now.name]
        begun.append((now.name, last_on))
    return tuple(_spans(begun, today))


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


def _begun(facts: StageFacts) -> Iterator[tuple[StageName, date]]:
    """Tell each stage of which the first day is recorded, in the order of the stages."""
    requests, signed, drafts = facts.requests, facts.signed, facts.drafts
    rapid = (
        (StageName.SETTING_UP, facts.notified_on or facts.started_on),
        (StageName.INFORMATION, requests.first_on),
        (StageName.ANALYSIS, None if requests.open else requests.last_back_on),
        (StageName.DECISION, facts.meeting_on),
        (StageName.SIGN_OFF, facts.decided_on),
        (StageName.WITH_PANEL, facts.sent_to_panel_on),
        (StageName.PANEL_REPLIED, facts.letters.first_on),
    )
    full = (
        (StageName.SETTING_UP, facts.initiated_on or facts.started_on),
        (StageName.REPORTS, requests.first_on or facts.commissioned_on),
        (StageName.ENGAGEMENT, facts.engaged_on),
        (StageName.DRAFT, drafts.first_on),
        (StageName.SIGN_OFF, drafts.returned_on),
        (StageName.PUBLICATION, signed.last_on if signed.complete else None),
        (StageName.PRE_PUBLICATION, facts.report_sent_on),
    )
    for name, day in rapid if facts.is_rapid else full:
        if day is not None:
            yield name, day
