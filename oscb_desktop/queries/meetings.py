"""Meetings as lists and pages show them: who came, whether that is a quorum, what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.directory import Agency, Membership, Person
from oscb_desktop.database.models.meetings import (
    AgendaItem,
    AgendaItemTemplate,
    Attendance,
    Meeting,
    MeetingAction,
    meeting_reviews,
)
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.agendas import agenda_templates
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.quorum import CAME, AttendanceStatus, Attendee, Quorum, quorum
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.stages import RAPID_REVIEW
from oscb_desktop.queries.organisation import organisation


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One meeting in a list; ``about`` names its reviews, ``decisions`` counts its items' own."""

    id: int
    reference: str
    held_on: date
    starts_at: str
    kind_words: str
    place: str
    chair: str
    about: tuple[str, ...]
    quorum: Quorum
    decisions: int
    open_actions: int
    is_past: bool
    year: str


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """One person at a meeting; ``agency`` is the one that they speak for there."""

    id: int
    version: int
    person_id: int
    name: str
    agency: str
    partner: str
    status: AttendanceStatus
    status_words: str
    interest: str
    was_member: bool


@dataclass(frozen=True, slots=True)
class ArisingRow:
    """One action arising from a meeting."""

    id: int
    version: int
    meeting_id: int
    meeting: str
    held_on: date
    text: str
    owner: str
    due_on: date | None
    done_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class AttendanceRows:
    """Who was asked to a meeting, whether that is a quorum, and what is odd about it.

    ``uninvited`` counts the members of the group on that day who are not in the list.
    """

    people: tuple[AttendeeRow, ...]
    quorum: Quorum
    notes: tuple[str, ...]
    body: str
    uninvited: int


def meetings(session: Session, today: date, only: int | None = None) -> tuple[MeetingRow, ...]:
    """Return every live meeting, the newest first, or one of them ``only``."""
    ours = organisation(session)
    people = _attendees(session, only)
    about = _about(session)
    decided = _counted(session, AgendaItem, AgendaItem.decision.is_not(None))
    undone = _counted(session, MeetingAction, MeetingAction.done_on.is_(None))
    query = (
        select(Meeting, Person.name)
        .outerjoin(Person, Person.id == Meeting.chair_id)
        .where(Meeting.withdrawn_at.is_(None))
    )
    if only is not None:
        query = query.where(Meeting.id == only)
    rows = [
        MeetingRow(
            id=row.id,
            reference=row.reference,
            held_on=row.held_on,
            starts_at=row.starts_at or "",
            kind_words=code_list("meeting_kind").label_of(row.kind),
            place=row.place or "",
            chair=chair or "",
            about=tuple(sorted(about[row.id], key=sort_key)),
            quorum=quorum(people[row.id], ours.quorum_minimum),
            decisions=decided.get(row.id, 0),
            open_actions=undone.get(row.id, 0),
            is_past=row.held_on < today,
            year=ReportingYear.containing(row.held_on, ours.year_start_month).label,
        )
        for row, chair in session.execute(query)
    ]
    return tuple(sorted(rows, key=lambda row: (row.held_on, sort_key(row.reference)), reverse=True))


def next_meeting(session: Session, today: date) -> MeetingRow | None:
    """Return the first meeting from today on, if one is arranged."""
    query = (
        select(Meeting.id)
        .where(Meeting.withdrawn_at.is_(None), Meeting.held_on >= today)
        .order_by(Meeting.held_on, Meeting.id)
        .limit(1)
    )
    found = session.scalar(query)
    return None if found is None else meetings(session, today, found)[0]


def attendance(session: Session, meeting_id: int) -> AttendanceRows | None:
    """Return who was asked to a meeting, or None where there is no meeting of that id."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        return None
    members = members_on(session, meeting)
    people = _people(session, meeting_id, {person for person, _ in members})
    attendees = (Attendee(one.status, one.partner) for one in people)
    standing = quorum(attendees, organisation(session).quorum_minimum)
    template = agenda_templates()[meeting.kind]
    body = code_list("body").label_of(template.body) if template.body else ""
    here = {one.person_id for one in people}
    return AttendanceRows(
        people,
        standing,
        tuple(_notes(session, meeting, people, body)),
        body,
        sum(person not in here for person, _ in members),
    )


def panel_met_on(session: Session, review_id: int) -> date | None:
    """Return the day of the last rapid review meeting that is about a review, if there is one."""
    return session.scalar(
        select(func.max(Meeting.held_on))
        .join(meeting_reviews, meeting_reviews.c.meeting_id == Meeting.id)
        .where(meeting_reviews.c.review_id == review_id)
        .where(Meeting.kind == RAPID_REVIEW, Meeting.withdrawn_at.is_(None))
    )


def usual_agenda(session: Session, kind: str) -> tuple[str, ...]:
    """Return the items of a kind of meeting as the file defines them, or the usual ones."""
    own = session.scalars(
        select(AgendaItemTemplate.heading)
        .where(AgendaItemTemplate.withdrawn_at.is_(None), AgendaItemTemplate.meeting_kind == kind)
        .order_by(AgendaItemTemplate.number, AgendaItemTemplate.id)
    ).all()
    return tuple(own) or agenda_templates()[kind].items


def members_on(session: Session, meeting: Meeting) -> tuple[tuple[int, int | None], ...]:
    """Return the people whom a meeting of this kind is for on its day, each with their agency.

    They are the members of the group on that day; at a review's own panel, also its members.
    """
    template = agenda_templates()[meeting.kind]
    people: set[int] = set()
    if template.body:
        people.update(
            session.scalars(
                select(Membership.person_id).where(
                    Membership.body == template.body,
                    Membership.withdrawn_at.is_(None),
                    Membership.from_on <= meeting.held_on,
                    Membership.to_on.is_(None) | (Membership.to_on >= meeting.held_on),
                )
            )
        )
    if meeting.kind == "review_panel":
        people |= _panel_members(session, meeting.id)
    query = select(Person.id, Person.agency_id, Person.name).where(
        Person.id.in_(people), Person.withdrawn_at.is_(None)
    )
    found = sorted(session.execute(query), key=lambda row: row.name.casefold())
    return tuple((row.id, row.agency_id) for row in found)


def actions_arising(
    session: Session, today: date, *, due_within: int | None = None
) -> tuple[ArisingRow, ...]:
    """Return the actions of meetings that are not done, by their day; those without one last.

    ``due_within`` leaves out what is due later than in so many days, and what has no day.
    """
    query = _arising_query().where(MeetingAction.done_on.is_(None))
    if due_within is not None:
        query = query.where(MeetingAction.due_on <= today + timedelta(days=due_within))
    rows = [_arising(*row, today) for row in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (row.due_on or date.max, row.id)))


def arising_of(session: Session, meeting_id: int, today: date) -> tuple[ArisingRow, ...]:
    """Return the actions that arose from one meeting, in the order in which they were added."""
    query = _arising_query().where(MeetingAction.meeting_id == meeting_id)
    rows = session.execute(query.order_by(MeetingAction.id))
    return tuple(_arising(*row, today) for row in rows)


def _arising_query() -> Select[MeetingAction, str, date, str]:
    return (
        select(MeetingAction, Meeting.reference, Meeting.held_on, Person.name)
        .join(Meeting, Meeting.id == MeetingAction.meeting_id)
        .outerjoin(Person, Person.id == MeetingAction.owner_id)
        .where(MeetingAction.withdrawn_at.is_(None))
    )


def _arising(
    action: MeetingAction, reference: str, held_on: date, owner: str | None, today: date
) -> ArisingRow:
    late = action.done_on is None and action.due_on is not None and action.due_on < today
    return ArisingRow(
        action.id,
        action.version,
        action.meeting_id,
        reference,
        held_on,
        action.text,
        owner or "",
        action.due_on,
        action.done_on,
        late,
    )


def _people(session: Session, meeting_id: int, members: set[int]) -> tuple[AttendeeRow, ...]:
    rows = [
        AttendeeRow(
            one.id,
            one.version,
            one.person_id,
            name,
            agency or "",
            partner or "",
            AttendanceStatus(one.status),
            code_list("attendance_status").label_of(one.status),
            one.interest or "",
            one.person_id in members,
        )
        for one, name, agency, partner in session.execute(
            _attending().where(Attendance.meeting_id == meeting_id)
        )
    ]
    return tuple(sorted(rows, key=lambda row: (row.name.casefold(), row.id)))


def _attending() -> Select[Attendance, str, str, str | None]:
    """Select each attendance with the person and the agency that they speak for."""
    for_agency = func.coalesce(Attendance.agency_id, Person.agency_id)
    return (
        select(Attendance, Person.name, Agency.name, Agency.statutory_partner)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Agency, Agency.id == for_agency)
        .where(Attendance.withdrawn_at.is_(None))
    )


def _attendees(session: Session, only: int | None) -> Mapping[int, list[Attendee]]:
    found: dict[int, list[Attendee]] = defaultdict(list)
    for_agency = func.coalesce(Attendance.agency_id, Person.agency_id)
    query = (
        select(Attendance.meeting_id, Attendance.status, Agency.statutory_partner)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Agency, Agency.id == for_agency)
        .where(Attendance.withdrawn_at.is_(None))
    )
    if only is not None:
        query = query.where(Attendance.meeting_id == only)
    known: dict[tuple[str, str | None], Attendee] = {}
    # Not through the session: it would double the time of the ten thousand of twenty years.
    for meeting_id, status, partner in session.connection().execute(query).all():
        one = known.get((status, partner))
        if one is None:
            one = known[status, partner] = Attendee(AttendanceStatus(status), partner or "")
        found[meeting_id].append(one)
    return found


def _notes(
    session: Session, meeting: Meeting, people: Iterable[AttendeeRow], body: str
) -> list[str]:
    """Say quietly what is odd: a chair who was not there, somebody who is not of the group."""
    people = tuple(people)
    came = {one.person_id for one in people if one.status in CAME}
    notes = []
    if meeting.chair_id is not None and came and meeting.chair_id not in came:
        chair = session.get(Person, meeting.chair_id)
        notes.append(f"{chair.name if chair else 'The chair'} is the chair and was not there.")
    if body:
        strangers = [one.name for one in people if not one.was_member and not _stands_in(one)]
        if strangers:
            notes.append(f"Not in the group on that day: {', '.join(strangers)}.")
    without = [one.name for one in people if _stands_in(one) and not one.agency]
    if without:
        notes.append(f"Nobody says for which agency they came: {', '.join(without)}.")
    return notes


def _stands_in(one: AttendeeRow) -> bool:
    return one.status is AttendanceStatus.SUBSTITUTE


def _panel_members(session: Session, meeting_id: int) -> set[int]:
    own, other = LINK_TABLES["review", "members"].columns
    query = (
        select(other)
        .join(meeting_reviews, meeting_reviews.c.review_id == own)
        .where(meeting_reviews.c.meeting_id == meeting_id)
    )
    return set(session.scalars(query))


def _about(session: Session) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(meeting_reviews.c.meeting_id, Review.reference, Review.known_as).join(
        Review, Review.id == meeting_reviews.c.review_id
    )
    for meeting_id, reference, known_as in session.execute(query):
        found[meeting_id].append(f"{reference} {known_as}")
    return found


def _counted(
    session: Session, model: type[AgendaItem] | type[MeetingAction], which: ColumnElement[bool]
) -> dict[int, int]:
    query = (
        select(model.meeting_id, func.count(model.id))
        .where(model.withdrawn_at.is_(None), which)
        .group_by(model.meeting_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
