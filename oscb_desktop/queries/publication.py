"""What is recorded about the publication of a review, and the days that follow from the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.decisions import unsigned
from oscb_desktop.domain.publication import Holding, OpenPause, Publication
from oscb_desktop.domain.stages import LCSPR
from oscb_desktop.domain.statuses import AssuranceLevel, DeliveryStatus
from oscb_desktop.domain.working_days import (
    Calendar,
    CalendarEnd,
    add_months,
    add_working_days,
    working_days_between,
)
from oscb_desktop.queries.organisation import calendar, rules_for
from oscb_desktop.queries.records import RecordRow, record, records

_FAMILY = ("family", "child")
_SIGNED_BY_PARTNERS = (LCSPR, "scr", "contribution", "national")


def publication_of(
    session: Session, review_id: int, publishing_on: date | None = None
) -> Publication | None:
    """Return what is known of the publication of a review, or None where there is no such one.

    ``publishing_on`` is the day on which it is about to be published, if it is.
    """
    review = record(session, "review", review_id)
    if review is None:
        return None
    rules = rules_for(session, _text(review, "rule_set"), _needed_day(review, "started_on"))
    initiated, published = _day(review, "initiated_on"), _day(review, "published_on")
    reasons = review.values["delay_reasons"]
    codes = reasons if isinstance(reasons, tuple) else ()
    found = Publication(
        is_statutory=review.values["kind"] == LCSPR,
        months=rules.publication_months,
        working_days=rules.pre_publication_working_days,
        initiated_on=initiated,
        planned_on=_day(review, "publication_planned_on"),
        report_sent_on=_day(review, "report_sent_on"),
        published_on=published,
        taken_down_on=_day(review, "taken_down_on"),
        outcome=_text(review, "publication"),
        limit_on=add_months(initiated, rules.publication_months) if initiated else None,
        delay_reasons=tuple(label_of("delay_reason", str(code)) for code in codes),
        delay_told_on=_day(review, "delay_told_on"),
        may_come_down_on=add_months(published, rules.availability_months) if published else None,
        paused=() if published else open_pauses(session, review_id, publishing_on),
        publishing_on=publishing_on,
    )
    return _with_people(session, review, _with_report(found, calendar(session)))


def report_due_on(found: Publication, on: date, days: Calendar) -> date | None:
    """Return the last day for the report when it is published on a day, if that can be counted."""
    try:
        return add_working_days(on, -found.working_days, days)
    except CalendarEnd:
        return None


def _with_report(found: Publication, days: Calendar) -> Publication:
    on = found.published_on or found.publishing_on or found.planned_on
    due = report_due_on(found, on, days) if on else None
    if due is None:
        return found
    sent, late = found.report_sent_on, 0
    if sent is not None and sent > due:
        late = working_days_between(due, sent, days)
    return replace(found, report_due_on=due, report_days_late=late)


def _with_people(session: Session, review: RecordRow, found: Publication) -> Publication:
    signed = [
        str(row.values["partner"])
        for row in records(session, "partner_sign_off", owner=review.id)
        if row.values["stage"] == "report"
    ]
    family = [
        row
        for row in records(session, "engagement", owner=review.id)
        if row.values["kind"] in _FAMILY
    ]
    return replace(
        found,
        unsigned=unsigned(signed) if review.values["kind"] in _SIGNED_BY_PARTNERS else (),
        family_asked=bool(family) or not found.is_statutory,
        family_not_told=tuple(
            row.words("who")
            for row in family
            if not row.values["before_publication_on"] and row.values["response"] != "declined"
        ),
        holding=holding(session, review.id),
    )


def action_plan(session: Session, review_id: int) -> tuple[int, int]:
    """Return how many actions a review has that were not dropped, and how many are not assured.

    Assured is what was done, signed off, and of which the evidence was accepted.
    """
    enough = [level for level in AssuranceLevel if level.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)]
    assured = (
        (Action.delivery == DeliveryStatus.COMPLETE)
        & Action.assurance.in_(enough)
        & Action.signed_off_on.is_not(None)
    )
    wanted = (
        Action.review_id == review_id,
        Action.withdrawn_at.is_(None),
        Action.delivery != DeliveryStatus.NO_LONGER_REQUIRED,
    )
    every = session.scalar(select(func.count(Action.id)).where(*wanted)) or 0
    live = session.scalar(select(func.count(Action.id)).where(*wanted, ~assured)) or 0
    return every, live


def open_pauses(session: Session, review_id: int, on: date | None) -> tuple[OpenPause, ...]:
    """Return the pauses that no day ends, and those that outlast a day where one is given."""
    found = []
    for row in records(session, "pause", owner=review_id):
        until = _day(row, "until_on")
        if until is None or (on is not None and until > on):
            found.append(OpenPause(row.id, _needed_day(row, "from_on"), row.words("reason")))
    return tuple(found)


def holding(session: Session, review_id: int) -> tuple[Holding, ...]:
    """Return the processes that run and hold the publication of a review up."""
    return tuple(
        Holding(
            row.words("kind"),
            row.words("contact"),
            _day(row, "next_on"),
            row.words("next_what"),
            row.words("constraint"),
        )
        for row in records(session, "parallel_process", owner=review_id)
        if row.values["holds_publication"] and not row.values["ended_on"]
    )


def _text(row: RecordRow, name: str) -> str:
    return str(row.values[name] or "")


def _day(row: RecordRow, name: str) -> date | None:
    value = row.values[name]
    return value if isinstance(value, date) else None


def _needed_day(row: RecordRow, name: str) -> date:
    value = row.values[name]
    assert isinstance(value, date)
    return value
