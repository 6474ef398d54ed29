"""How one review stands today: its stage, what is missing before the next, and its clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.stages import OpenPause, Stage, StageFacts, stage_of
from oscb_desktop.domain.statutory_clock import Clock, ClockName, late_plan_of
from oscb_desktop.domain.still_missing import Missing, missing
from oscb_desktop.queries.clocks import clocks_of_review
from oscb_desktop.queries.stages import stage_facts

_ASKS_FOR_REASON = (ClockName.RAPID_REVIEW, ClockName.PUBLICATION)


@dataclass(frozen=True, slots=True)
class Standing:
    """The stage of a review, what is missing, its pause, and each clock that has begun."""

    stage: Stage
    missing: tuple[Missing, ...]
    clocks: tuple[Clock, ...]
    pause: OpenPause | None = None


def standing(session: Session, review_id: int, today: date) -> Standing | None:
    """Return how a review stands, or None where there is none of that id."""
    facts = stage_facts(session, today, review_id).get(review_id)
    if facts is None:
        return None
    clocked = clocks_of_review(session, review_id, today)
    clocks = clocked.clocks if clocked else ()
    lacks = what_is_missing(facts, today, clocks)
    return Standing(stage_of(facts, today), lacks, clocks, facts.pause)


def what_is_missing(facts: StageFacts, today: date, clocks: Iterable[Clock]) -> tuple[Missing, ...]:
    """Return what a review lacks, with the reasons that its clocks ask for."""
    found = tuple(clocks)
    is_late, late_plan = asks_for_reason(found), late_plan_of(found)
    return missing(facts, today, is_late=is_late, late_plan=late_plan)


def asks_for_reason(clocks: Iterable[Clock]) -> bool:
    """Whether a statutory day has passed of which the lateness is to be explained."""
    return any(clock.is_late for clock in clocks if clock.name in _ASKS_FOR_REASON)
