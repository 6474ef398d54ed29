"""What may be told outside of a review, by where it stands: under way, finished or published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.publication import NOT_PUBLISHED
from oscb_desktop.domain.stages import StageFacts, StageName, steps_of


class Standing(Enum):
    """How far a review has come, as those outside may be told."""

    UNDER_WAY = 1
    FINISHED = 2
    PUBLISHED = 3


@dataclass(frozen=True, slots=True)
class Publicity:
    """Where a review stands; ``is_to_come`` says that a report is still to be published."""

    standing: Standing
    is_rapid: bool = False
    is_to_come: bool = False
    planned_on: date | None = None

    @property
    def warning(self) -> str:
        """Say of a statement to the public what is not so yet, or nothing once it is published."""
        if self.standing is Standing.PUBLISHED:
            return ""
        if self.standing is Standing.UNDER_WAY:
            return (
                "This review is recorded as under way: the statement says so, and tells neither "
                "findings nor recommendations. It tells them once the review is recorded as signed "
                "off, sent to the Panel, finished or published."
            )
        if self.is_to_come:
            planned = f", planned for {format_date(self.planned_on)}" if self.planned_on else ""
            return (
                "This review is not published, and the statement tells what it found: let nobody "
                f"have it before the day of publication{planned}."
            )
        never = "A rapid review is not" if self.is_rapid else "This review is not to be"
        return (
            f"{never} published, and the statement tells what it found: let nobody have it unless "
            "that was decided."
        )


_FINISHED = frozenset(
    {
        StageName.WITH_PANEL,
        StageName.PANEL_REPLIED,
        StageName.PUBLICATION,
        StageName.PRE_PUBLICATION,
    }
)
"""The stages in which nothing is found any more: what was found is signed or sent."""


def publicity_of(facts: StageFacts, today: date, planned_on: date | None = None) -> Publicity:
    """Return what may be told of a review by a day; what lies ahead of it has not happened."""
    if _by(facts.published_on, today):
        return Publicity(Standing.PUBLISHED, facts.is_rapid)
    never = facts.is_rapid or facts.publication == NOT_PUBLISHED
    over = _by(facts.finished_on, today) or facts.publication == NOT_PUBLISHED
    finished = over or steps_of(facts, today)[-1].name in _FINISHED
    standing = Standing.FINISHED if finished else Standing.UNDER_WAY
    return Publicity(standing, facts.is_rapid, not never, planned_on)


def _by(day: date | None, today: date) -> bool:
    return day is not None and day <= today
