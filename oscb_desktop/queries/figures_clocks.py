"""Whether the reviews of a year were in time, by their own statutory clocks."""

from __future__ import annotations

from oscb_desktop.domain.rule_sets import rule_set_on
from oscb_desktop.domain.statutory_clock import Clock, ClockFacts, ClockName, clocks_for
from oscb_desktop.queries.figures_facts import RAPID_REVIEW, ReviewFacts, YearFacts

ON_TIME, LATE = "On time", "Late"
OPEN, OPEN_LATE = "Not done yet, in time", "Not done yet, late"
NOT_MEASURED = "Cannot be measured"
TIMELINESS = (ON_TIME, LATE, OPEN, OPEN_LATE, NOT_MEASURED)


def rapid_review_clock(review: ReviewFacts, facts: YearFacts) -> Clock | None:
    """Return the rapid review's own clock; None where the day of notification is not known."""
    known = ClockFacts(
        notified_on=review.incident.notified_on if review.incident else None,
        rapid_review_sent_on=review.sent_to_panel_on,
    )
    return _clock(ClockName.RAPID_REVIEW, known, review, facts)


def publication_clock(review: ReviewFacts, facts: YearFacts) -> Clock | None:
    """Return the clock to publication; None where the decision to begin it has no day."""
    known = ClockFacts(lcspr_decided_on=review.initiated_on, published_on=review.published_on)
    return _clock(ClockName.PUBLICATION, known, review, facts)


def own_clock(review: ReviewFacts, facts: YearFacts) -> Clock | None:
    """Return the clock that a review is measured by: to the Panel, or to publication."""
    is_rapid = review.kind == RAPID_REVIEW
    return rapid_review_clock(review, facts) if is_rapid else publication_clock(review, facts)


def timeliness(review: ReviewFacts, facts: YearFacts) -> str:
    """Return one of ``TIMELINESS`` for a review, as it stands today."""
    clock = own_clock(review, facts)
    if clock is None or clock.days_left is None:
        return NOT_MEASURED
    if clock.stopped_on is None:
        return OPEN_LATE if clock.is_late else OPEN
    return LATE if clock.is_late else ON_TIME


def days_late(review: ReviewFacts, facts: YearFacts) -> int | None:
    """Return by how many days, in the clock's unit, a review was done late; None if it was not."""
    clock = own_clock(review, facts)
    done_late = clock is not None and clock.stopped_on is not None and clock.is_late
    return -clock.days_left if done_late and clock and clock.days_left is not None else None


def _clock(
    name: ClockName, known: ClockFacts, review: ReviewFacts, facts: YearFacts
) -> Clock | None:
    key = review.rule_set or rule_set_on(review.started_on, tuple(facts.rules.values())).key
    clocks = clocks_for(known, facts.rules[key], facts.calendar, facts.today)
    return next((clock for clock in clocks if clock.name is name), None)
