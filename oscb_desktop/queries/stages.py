"""What the stages of reviews follow from, read for one review or for all in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from oscb_desktop.database.base import Record
from oscb_desktop.database.models.incidents import Incident
from oscb_desktop.database.models.meetings import Meeting, meeting_reviews
from oscb_desktop.database.models.plans import Pause
from oscb_desktop.database.models.reviews import PanelResponse, Review
from oscb_desktop.database.models.running import (
    AgencyRequest,
    Commission,
    Engagement,
    ParallelProcess,
    PartnerSignOff,
    ProgressCheck,
    ReportDraft,
)
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.requests import RETURNED
from oscb_desktop.domain.stages import (
    ASKS_FOR_ANSWER,
    RAPID_REVIEW,
    Drafts,
    Letters,
    OpenPause,
    Requests,
    SignOffs,
    StageFacts,
)
from oscb_desktop.queries.missed_facts import with_what_is_missed

_PLAIN = (
    Review.kind,
    Review.started_on,
    Review.role,
    Review.finished_on,
    Review.decided_on,
    Review.sent_to_panel_on,
    Review.initiated_on,
    Review.report_sent_on,
    Review.published_on,
    Review.improvements_sent_on,
    Review.delay_told_on,
)
"""What the facts hold as the review does."""

_MORE = (
    Review.id,
    Review.incident_id,
    Review.meeting_on,
    Review.decision,
    Review.publication,
    Review.delay_reasons,
    Review.reviewer,
)
"""What is read of the review besides."""


def stage_facts(
    session: Session, today: date, review_id: int | None = None
) -> dict[int, StageFacts]:
    """Return, by id, what the stage of each live review follows from, or that of one alone.

    What is only missed, and no stage follows from, is read for the one alone.
    """
    only = Review.withdrawn_at.is_(None) if review_id is None else Review.id == review_id
    query = (
        select(*_MORE, *_PLAIN, Incident.notified_on, Incident.notified_by)
        .outerjoin(Incident, Incident.id == Review.incident_id)
        .where(only)
    )
    rows = session.connection().execute(query).all()
    around = _around(session, today, review_id, {row.id: row.kind for row in rows})
    days = _meeting_days(session, review_id)
    found = {row.id: _facts(row, around, days.get(row.id, ())) for row in rows}
    return found if review_id is None else with_what_is_missed(session, found)


def _facts(row: Any, around: dict[str, dict[int, Any]], days: Sequence[date]) -> StageFacts:
    plain = {column.key: getattr(row, column.key) for column in _PLAIN}
    words = {name: found[row.id] for name, found in around.items() if row.id in found}
    return StageFacts(
        **plain,
        has_incident=row.incident_id is not None,
        we_notify=row.notified_by in (None, "us"),
        notified_on=row.notified_on,
        meeting_on=_met_on(days, row.decided_on) or row.meeting_on,
        typed_meeting_on=row.meeting_on if days and row.meeting_on not in days else None,
        decision=row.decision or "",
        publication=row.publication or "",
        reviewer_named=bool(row.reviewer),
        delayed_by=", ".join(_short("delay_reason", code) for code in row.delay_reasons or ()),
        **words,
    )


def _around(
    session: Session, today: date, review_id: int | None, kinds: dict[int, str]
) -> dict[str, dict[int, Any]]:
    """Return what belongs to the reviews: for each fact its values by the id of the review."""
    read = _Reader(session, review_id)
    return {
        "requests": _requests(read),
        "letters": _letters(read),
        "signed": _signed(read, kinds),
        "drafts": _drafts(read),
        "pause": open_pauses(session, today, review_id),
        "waits_for": _waits(read),
        "engaged_on": read.first(Engagement, Engagement.contacted_on, Engagement.met_on),
        "commissioned_on": read.first(Commission, Commission.contract_on),
        "lcspr_begun": _led_on(session, review_id),
        "progress_checks": read.count(ProgressCheck),
        "unanswered_check_on": _unanswered(read),
    }


class _Reader:
    """Reads what belongs to reviews, live records alone."""

    def __init__(self, session: Session, review_id: int | None) -> None:
        self._session = session
        self._only = review_id

    def rows(
        self, model: type[Any], *columns: InstrumentedAttribute[Any], where: Any = None
    ) -> Iterable[Any]:
        """Return the columns of each record, its review first, in the order they were added."""
        return self._read(model, columns, where, lambda query: query.order_by(model.id))

    def totals(self, model: type[Any], *totals: ColumnElement[Any], where: Any) -> Iterable[Any]:
        """Return what is counted of the records of each review, the review first."""
        return self._read(model, totals, where, lambda query: query.group_by(model.review_id))

    def _read(
        self,
        model: type[Any],
        columns: Iterable[Any],
        where: Any,
        shaped: Callable[[Select[Any]], Select[Any]],
    ) -> Iterable[Any]:
        query = select(model.review_id, *columns).where(model.withdrawn_at.is_(None))
        if self._only is not None:
            query = query.where(model.review_id == self._only)
        if where is not None:
            query = query.where(where)
        # Not through the session: it would double the time of twenty thousand rows.
        return self._session.connection().execute(shaped(query)).all()

    def first(self, model: type[Record], *columns: InstrumentedAttribute[Any]) -> dict[int, date]:
        """Return the earliest day in any of the columns, by review."""
        found: dict[int, date] = {}
        for review, *days in self.rows(model, *columns):
            known = [day for day in (found.get(review), *days) if day is not None]
            if known:
                found[review] = min(known)
        return found

    def count(self, model: type[Record]) -> dict[int, int]:
        """Return the number of records, by review."""
        found: dict[int, int] = defaultdict(int)
        for (review,) in self.rows(model):
            found[review] += 1
        return found


def _requests(read: _Reader) -> dict[int, Requests]:
    """Count what was asked for as the first information; a request taken back counts no more."""
    wanted = and_(
        AgencyRequest.requested_on.is_not(None),
        AgencyRequest.withdrawn_on.is_(None),
        AgencyRequest.purpose != "accuracy",
    )
    came = or_(AgencyRequest.received_on.is_not(None), AgencyRequest.outcome.is_not(None))
    still_open = or_(func.coalesce(AgencyRequest.quality, "") == RETURNED, not_(came))
    totals = (
        func.count(),
        func.count(case((still_open, 1))),
        func.min(AgencyRequest.requested_on),
        func.max(AgencyRequest.received_on),
    )
    return {
        review: Requests(*counted)
        for review, *counted in read.totals(AgencyRequest, *totals, where=wanted)
    }


def _letters(read: _Reader) -> dict[int, Letters]:
    rows: dict[int, list[Any]] = defaultdict(list)
    columns = (PanelResponse.received_on, PanelResponse.kind, PanelResponse.replied_on)
    for row in read.rows(PanelResponse, *columns):
        rows[row.review_id].append(row)
    return {review: _of_letters(found) for review, found in rows.items()}


def _of_letters(rows: Sequence[Any]) -> Letters:
    """Tell of the letters; one that asks is answered by our reply or by a later letter."""
    ordered = sorted(rows, key=lambda row: row.received_on)
    last = ordered[-1]
    asks = last.kind in ASKS_FOR_ANSWER and last.replied_on is None
    first_on, last_on = ordered[0].received_on, last.received_on
    return Letters(first_on, last_on, last_on if asks else None)


def _signed(read: _Reader, kinds: dict[int, str]) -> dict[int, SignOffs]:
    found: dict[int, SignOffs] = defaultdict(SignOffs)
    columns = (PartnerSignOff.stage, PartnerSignOff.partner, PartnerSignOff.signed_on)
    for review, of, partner, on in read.rows(PartnerSignOff, *columns):
        counts = RAPID_REVIEW if kinds.get(review) == RAPID_REVIEW else "report"
        if of == counts:
            before = found[review]
            found[review] = SignOffs(before.by | {partner}, _later(before.last_on, on))
    return found


def _drafts(read: _Reader) -> dict[int, Drafts]:
    found: dict[int, Drafts] = {}
    draft = ReportDraft
    for row in read.rows(draft, draft.number, draft.made_on, draft.sent_on, draft.returned_on):
        before = found.get(row.review_id, Drafts())
        first_on = _earlier(before.first_on, row.made_on)
        if row.number >= before.number:
            before = Drafts(row.number, first_on, row.sent_on, row.returned_on)
        found[row.review_id] = replace(before, first_on=first_on)
    return found


def open_pauses(
    session: Session, today: date, review_id: int | None = None
) -> dict[int, OpenPause]:
    """Return, by the id of the review, the pause that lasts, or that of one review alone."""
    read = _Reader(session, review_id)
    lasts = and_(Pause.from_on <= today, or_(Pause.until_on.is_(None), Pause.until_on > today))
    columns = (Pause.from_on, Pause.reason, Pause.publication_only)
    told = (Pause.panel_told_on, Pause.secretary_told_on)
    found: dict[int, OpenPause] = {}
    for row in read.rows(Pause, *columns, *told, where=lasts):
        pause = OpenPause(
            row.from_on,
            _short("delay_reason", row.reason),
            bool(row.publication_only),
            row.panel_told_on is not None,
            row.secretary_told_on is not None,
        )
        before = found.get(row.review_id)
        if before is None or before.publication_only:  # a pause of the whole review says more
            found[row.review_id] = pause
    return found


def _waits(read: _Reader) -> dict[int, tuple[str, ...]]:
    holds = and_(ParallelProcess.holds_publication.is_(True), ParallelProcess.ended_on.is_(None))
    found: dict[int, tuple[str, ...]] = {}
    for review, kind in read.rows(ParallelProcess, ParallelProcess.kind, where=holds):
        found[review] = (*found.get(review, ()), _short("parallel_process", kind))
    return found


def _unanswered(read: _Reader) -> dict[int, date]:
    """Return the day of the oldest written question to the reviewer that has no answer."""
    found: dict[int, date] = {}
    still_open = ProgressCheck.answered_on.is_(None)
    for review, asked_on in read.rows(ProgressCheck, ProgressCheck.asked_on, where=still_open):
        found[review] = min(asked_on, found.get(review, asked_on))
    return found


def _led_on(session: Session, review_id: int | None) -> dict[int, bool]:
    """Return the reviews from which another arose."""
    query = select(Review.arose_from_id).where(
        Review.withdrawn_at.is_(None), Review.arose_from_id.is_not(None)
    )
    if review_id is not None:
        query = query.where(Review.arose_from_id == review_id)
    return {parent: True for parent in session.scalars(query) if parent is not None}


def _meeting_days(session: Session, review_id: int | None) -> dict[int, list[date]]:
    """Return the days of the panel meetings about each rapid review."""
    query = (
        select(meeting_reviews.c.review_id, Meeting.held_on)
        .join(Meeting, Meeting.id == meeting_reviews.c.meeting_id)
        .where(Meeting.kind == RAPID_REVIEW, Meeting.withdrawn_at.is_(None))
    )
    if review_id is not None:
        query = query.where(meeting_reviews.c.review_id == review_id)
    found: dict[int, list[date]] = defaultdict(list)
    for review, held_on in session.execute(query):
        found[review].append(held_on)
    return found


def _met_on(days: Sequence[date], decided_on: date | None) -> date | None:
    """Return the last of the days, or the last up to the decision that was reached there."""
    before = [day for day in days if decided_on is None or day <= decided_on]
    return max(before or days, default=None)


def _short(codes: str, code: str) -> str:
    words = label_of(codes, code)
    return words[:1].lower() + words[1:]


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day), default=None)
