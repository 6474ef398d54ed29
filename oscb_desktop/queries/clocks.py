"""The statutory clocks of reviews and incidents, and all that run today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased, load_only

from oscb_desktop.database.models.incidents import Incident, NotificationDiscussion
from oscb_desktop.database.models.reviews import PanelResponse, Review
from oscb_desktop.domain.notifications import (
    CARE_LEAVER_DEATH,
    LOOKED_AFTER_DEATH,
    leads_to_rapid_review,
)
from oscb_desktop.domain.rule_sets import RuleSet, load_rule_sets, rule_set_on
from oscb_desktop.domain.stages import OpenPause
from oscb_desktop.domain.statutory_clock import Clock, ClockFacts, ClockName, clocks_for
from oscb_desktop.domain.working_days import Calendar, add_months
from oscb_desktop.queries.organisation import calendar, rules_for
from oscb_desktop.queries.stages import open_pauses

_NOT_PUBLISHED = "not_published"
RAPID_REVIEW = "rapid_review"
_OF_RAPID_REVIEW = (ClockName.NOTIFICATION, ClockName.RAPID_REVIEW, ClockName.PANEL_REPLY)
_OF_A_DEATH = (ClockName.LOOKED_AFTER_DEATH, ClockName.CARE_LEAVER_DEATH)
_OF_OTHER_REVIEWS = (ClockName.PUBLICATION, ClockName.PRE_PUBLICATION, ClockName.AVAILABILITY)


@dataclass(frozen=True, slots=True)
class ReviewClocks:
    """Every clock of one review or incident whose starting day is known."""

    id: int
    reference: str
    known_as: str
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One running clock: ``kind`` and ``id`` name the record that it belongs to."""

    kind: str
    id: int
    reference: str
    known_as: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class _Case:
    """A review or an incident as its clocks see it; ``shows`` are the clocks that concern it."""

    kind: str
    id: int
    reference: str
    known_as: str
    facts: ClockFacts
    shows: tuple[ClockName, ...]
    rule_set: str | None
    rules_on: date
    ended: bool = False


def clocks_of_review(session: Session, review_id: int, today: date) -> ReviewClocks | None:
    """Return the clocks of one review, under the guidance it keeps; None where there is none.

    A rapid review has the clocks from awareness to the Panel's reply, any other review those of
    its publication.
    """
    return _clocked(session, next(_reviews(session, Review.id == review_id, today), None), today)


def clocks_of_reviews(
    session: Session, review_ids: Iterable[int], today: date
) -> dict[int, tuple[Clock, ...]]:
    """Return, by id, the clocks of several reviews as ``clocks_of_review`` does for one."""
    days, rules = calendar(session), _rules(session)
    found = _reviews(session, Review.id.in_(review_ids), today)
    return {case.id: _clocks(case, rules, days, today) for case in found}


def clocks_of_incident(session: Session, incident_id: int, today: date) -> ReviewClocks | None:
    """Return the notification clock of one incident, and that of a rapid review not yet begun.

    A death that leads to no rapid review has the clock of its own duty alone.

    There is none where it was decided not to notify, or where another authority notifies. None
    where there is no such incident.
    """
    return _clocked(session, next(_incidents(session, Incident.id == incident_id), None), today)


def running_clocks(session: Session, today: date) -> tuple[ClockRow, ...]:
    """Return every clock that runs, the first due first; a review that has ended runs no more.

    The notification clock is its incident's; all others are their review's.
    """
    days, rules = calendar(session), _rules(session)
    unanswered = Incident.notified_on.is_(None) | ~_has_rapid_review()
    rows = [
        ClockRow(case.kind, case.id, case.reference, case.known_as, clock)
        for case in (*_incidents(session, unanswered), *_reviews(session, _may_run(today), today))
        for clock in _clocks(_of_its_own(case), rules, days, today)
        if clock.is_running and (not case.ended or clock.name is ClockName.AVAILABILITY)
    ]
    return tuple(sorted(rows, key=lambda row: (row.clock.due_on or date.max, row.reference)))


def _of_its_own(case: _Case) -> _Case:
    """Leave a review's notification to its incident."""
    if case.kind == "incident":
        return case
    return replace(case, facts=replace(case.facts, aware_on=None))


def _clocked(session: Session, case: _Case | None, today: date) -> ReviewClocks | None:
    if case is None:
        return None
    clocks = _clocks(case, _rules(session), calendar(session), today)
    return ReviewClocks(case.id, case.reference, case.known_as, clocks)


def _clocks(
    case: _Case, rules: Callable[[_Case], RuleSet], days: Calendar, today: date
) -> tuple[Clock, ...]:
    clocks = clocks_for(case.facts, rules(case), days, today) if case.shows else ()
    return tuple(clock for clock in clocks if clock.name in case.shows)


def _rules(session: Session) -> Callable[[_Case], RuleSet]:
    """Return a look-up of rule sets that reads each from the file once."""
    known: dict[str, RuleSet] = {}

    def of(case: _Case) -> RuleSet:
        key = case.rule_set or rule_set_on(case.rules_on, load_rule_sets()).key
        if key not in known:
            known[key] = rules_for(session, key, case.rules_on)
        return known[key]

    return of


def _may_run(today: date) -> ColumnElement[bool]:
    """Leave out, in SQL, the reviews of which nothing can run: ended long ago, or answered."""
    months = max(rules.availability_months for rules in load_rule_sets())
    unpublished = func.coalesce(Review.publication, "") == _NOT_PUBLISHED
    ended = Review.finished_on.is_not(None) | Review.published_on.is_not(None) | unpublished
    replied = exists().where(
        PanelResponse.review_id == Review.id, PanelResponse.withdrawn_at.is_(None)
    )
    answered = (Review.kind == RAPID_REVIEW) & Review.sent_to_panel_on.is_not(None) & replied
    return (~ended & ~answered) | (Review.published_on >= add_months(today, -months))


def _has_ended(review: Review) -> bool:
    ended_on = review.finished_on or review.published_on
    return ended_on is not None or review.publication == _NOT_PUBLISHED


def _reviews(session: Session, which: ColumnElement[bool], today: date) -> Iterator[_Case]:
    replied = (
        select(PanelResponse.review_id, func.min(PanelResponse.received_on).label("first_on"))
        .where(PanelResponse.withdrawn_at.is_(None))
        .group_by(PanelResponse.review_id)
        .subquery()
    )
    query = (
        select(Review, Incident.aware_on, Incident.notified_on, replied.c.first_on)
        .options(load_only(*_REVIEW_COLUMNS))
        .outerjoin(Incident, Incident.id == Review.incident_id)
        .outerjoin(replied, replied.c.review_id == Review.id)
        .where(Review.withdrawn_at.is_(None), which)
    )
    pauses = open_pauses(session, today)
    for review, aware_on, notified_on, replied_on in session.execute(query):
        yield _Case(
            "review",
            review.id,
            review.reference,
            review.known_as,
            _review_facts(review, aware_on, notified_on, replied_on, pauses.get(review.id)),
            _OF_RAPID_REVIEW if review.kind == RAPID_REVIEW else _OF_OTHER_REVIEWS,
            review.rule_set,
            review.started_on,
            ended=_has_ended(review),
        )


_REVIEW_COLUMNS = (
    Review.reference,
    Review.known_as,
    Review.kind,
    Review.rule_set,
    Review.started_on,
    Review.finished_on,
    Review.publication,
    Review.sent_to_panel_on,
    Review.initiated_on,
    Review.publication_planned_on,
    Review.report_sent_on,
    Review.published_on,
    Review.taken_down_on,
    Review.delay_told_on,
)


def _review_facts(
    review: Review,
    aware_on: date | None,
    notified_on: date | None,
    replied_on: date | None,
    pause: OpenPause | None,
) -> ClockFacts:
    told = review.delay_told_on is not None or (pause is not None and pause.is_told)
    return ClockFacts(
        aware_on=aware_on,
        notified_on=notified_on,
        rapid_review_sent_on=review.sent_to_panel_on,
        panel_replied_on=replied_on,
        lcspr_decided_on=review.initiated_on,
        publication_planned_on=review.publication_planned_on,
        report_sent_on=review.report_sent_on,
        published_on=review.published_on,
        withdrawn_from_web_on=review.taken_down_on,
        delay_told=told,
        paused=pause.words if pause else "",
    )


def _incidents(session: Session, which: ColumnElement[bool]) -> Iterator[_Case]:
    query = select(
        Incident.id,
        Incident.reference,
        Incident.known_as,
        Incident.nature,
        Incident.notified_by,
        Incident.aware_on,
        Incident.notified_on,
        _has_rapid_review().label("has_review"),
    ).where(Incident.withdrawn_at.is_(None), which)
    refused = _not_to_be_notified(session)
    for row in session.execute(query):
        shows: tuple[ClockName, ...] = ()
        if row.notified_by == "us" and (row.notified_on or row.id not in refused):
            shows = _of_the_nature(row.nature, has_review=row.has_review)
        own = {_KNOWN_ON[row.nature]: row.aware_on} if row.nature in _KNOWN_ON else {}
        facts = ClockFacts(aware_on=row.aware_on, notified_on=row.notified_on, **own)
        rules_on = row.aware_on or row.notified_on or date.max
        yield _Case("incident", row.id, row.reference, row.known_as, facts, shows, None, rules_on)


_BOTH = (ClockName.NOTIFICATION, ClockName.RAPID_REVIEW)
_KNOWN_ON = {
    LOOKED_AFTER_DEATH: "looked_after_death_known_on",
    CARE_LEAVER_DEATH: "care_leaver_death_known_on",
}


def _of_the_nature(nature: str, *, has_review: bool) -> tuple[ClockName, ...]:
    """Return the clocks of an incident that our authority notifies; its review has its own."""
    if not leads_to_rapid_review(nature):
        return _OF_A_DEATH
    return (ClockName.NOTIFICATION,) if has_review else _BOTH


def _has_rapid_review() -> ColumnElement[bool]:
    review = aliased(Review)
    return exists().where(
        review.incident_id == Incident.id,
        review.kind == RAPID_REVIEW,
        review.withdrawn_at.is_(None),
    )


def _not_to_be_notified(session: Session) -> set[int]:
    """Return the incidents of which the latest discussion decided that they are not notified."""
    query = (
        select(NotificationDiscussion.incident_id, NotificationDiscussion.decision)
        .where(NotificationDiscussion.withdrawn_at.is_(None))
        .order_by(NotificationDiscussion.held_on, NotificationDiscussion.id)
    )
    latest = {row.incident_id: row.decision for row in session.execute(query)}
    return {incident for incident, decision in latest.items() if decision == "do_not_notify"}
