"""What is done around a meeting: its members invited, its agenda laid out, its actions done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from oscb_desktop.database.models.meetings import AgendaItem, Attendance, Meeting
from oscb_desktop.domain.agendas import OVERDUE, REVIEWS, agenda_templates
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.actions import actions
from oscb_desktop.queries.meetings import members_on, usual_agenda
from oscb_desktop.queries.records import record, title_of
from oscb_desktop.queries.reviews import reviews
from oscb_desktop.services import records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work

_OVERDUE_HEADING = "Overdue actions"


@dataclass(frozen=True, slots=True)
class InviteMembers:
    """Put the members of the group on that day into the list of a meeting, as invited."""

    meeting_id: int

    def carry_out(self, work: Work) -> None:
        """Invite those who are not in the list; raises ``UserError`` where there is nobody."""
        meeting = _meeting(work, self.meeting_id)
        here = set(
            work.session.scalars(
                select(Attendance.person_id).where(
                    Attendance.meeting_id == meeting.id, Attendance.withdrawn_at.is_(None)
                )
            )
        )
        members = members_on(work.session, meeting)
        coming = [member for member in members if member[0] not in here]
        if not coming:
            raise UserError(_nobody_to_invite(meeting, some=bool(members)))
        for person, agency in coming:
            values: dict[str, Value] = {
                "meeting": meeting.id,
                "person": person,
                "agency": agency,
                "status": "invited",
            }
            records.add(work, "attendance", values)
        work.record_id = meeting.id
        work.label = f"Invite {_people(len(coming))} to meeting {meeting.reference}"


@dataclass(frozen=True, slots=True)
class SendSubstitute:
    """Say that somebody else came for a person, and stood for that person's agency."""

    attendance_id: int
    version: int
    person_id: int | None
    interest: str = ""

    def carry_out(self, work: Work) -> None:
        """Put the other person into the list; the one who did not come sent apologies."""
        row = records.live_row(work, "attendance", self.attendance_id)
        check_version(row, self.version)
        assert isinstance(row, Attendance)
        if self.person_id is None:
            raise InvalidRecord((FieldFault("person", "Say who came."),))
        if self.person_id == row.person_id:
            raise InvalidRecord((FieldFault("person", "Nobody comes for themselves."),))
        person = record(work.session, "person", row.person_id)
        agency = row.agency_id or (person.values["agency"] if person else None)
        records.amend(work, "attendance", row.id, {"status": "apologies"})
        values: dict[str, Value] = {"status": "substitute", "agency": agency}
        if self.interest.strip():
            values["interest"] = self.interest
        there = work.session.scalar(
            select(Attendance.id).where(
                Attendance.meeting_id == row.meeting_id,
                Attendance.person_id == self.person_id,
                Attendance.withdrawn_at.is_(None),
            )
        )
        if there is None:
            whole = {**values, "meeting": row.meeting_id, "person": self.person_id}
            work.record_id = records.add(work, "attendance", whole)
        else:
            work.record_id = there
            records.amend(work, "attendance", there, values)
        came = title_of(work.session, "person", self.person_id)
        work.label = f"{came} came for {person.title if person else 'somebody'}"


@dataclass(frozen=True, slots=True)
class MakeAgenda:
    """Put the items of the template for this kind of meeting on its agenda."""

    meeting_id: int

    def carry_out(self, work: Work) -> None:
        """Add what is not on it yet, after what is; raises ``UserError`` where all of it is."""
        meeting = _meeting(work, self.meeting_id)
        items = _items(work, meeting.id)
        there = {(item.heading, item.review_id) for item in items}
        told_of = {item.review_id for item in items if item.review_id}
        number = max((item.number for item in items), default=0)
        wanted = [
            (heading, review)
            for heading, review in _template_items(work, meeting)
            if (heading, review) not in there and (review is None or review not in told_of)
        ]
        if not wanted:
            raise UserError("All that the template holds is on the agenda already.")
        for heading, review in wanted:
            number += 1
            values: dict[str, Value] = {
                "meeting": meeting.id,
                "number": number,
                "heading": heading,
                "review": review,
            }
            records.add(work, "agenda_item", values)
        work.record_id = meeting.id
        work.label = f"Lay out the agenda of meeting {meeting.reference}"


@dataclass(frozen=True, slots=True)
class UseUsualAgendas:
    """Write the usual agendas into the file, to be changed there."""

    def carry_out(self, work: Work) -> None:
        """Add the items of each kind of meeting for which the file defines none.

        Raises ``UserError`` where it defines some for all.
        """
        own = reading.records(work.session, "agenda_item_template")
        held = {row.values["meeting_kind"] for row in own}
        wanted: list[dict[str, Value]] = [
            {"meeting_kind": kind, "number": number, "heading": heading}
            for kind, template in agenda_templates().items()
            if kind not in held
            for number, heading in enumerate(template.items, 1)
        ]
        if not wanted:
            raise UserError("This file has agendas of its own for every meeting. Change those.")
        for values in wanted:
            records.add(work, "agenda_item_template", values)
        work.label = "Start from the usual agendas"


@dataclass(frozen=True, slots=True)
class MoveAgendaItem:
    """Move an item so many places down the agenda, up where ``places`` is negative."""

    item_id: int
    places: int

    def carry_out(self, work: Work) -> None:
        """Move it and number the agenda from 1 on; at either end it stays there."""
        moved = records.live_row(work, "agenda_item", self.item_id)
        assert isinstance(moved, AgendaItem)
        items = _items(work, moved.meeting_id)
        at = items.index(moved)
        items.insert(max(0, min(len(items) - 1, at + self.places)), items.pop(at))
        for number, item in enumerate(items, 1):
            if item.number != number:
                records.apply(work, "agenda_item", item, {"number": number})
        work.record_id = self.item_id
        work.label = f"Move agenda item {moved.heading}"


@dataclass(frozen=True, slots=True)
class FinishMeetingAction:
    """Say that an action arising from a meeting is done, or with no day that it is not."""

    action_id: int
    version: int
    done_on: date | None

    def carry_out(self, work: Work) -> None:
        """Note the day, which may be today or earlier."""
        row = records.live_row(work, "meeting_action", self.action_id)
        check_version(row, self.version)
        records.amend(work, "meeting_action", self.action_id, {"done_on": self.done_on})
        title = title_of(work.session, "meeting_action", self.action_id)
        work.record_id = self.action_id
        work.label = f"{'Done' if self.done_on else 'Not done'}: {title}"


def _meeting(work: Work, meeting_id: int) -> Meeting:
    meeting = records.live_row(work, "meeting", meeting_id)
    assert isinstance(meeting, Meeting)
    return meeting


def _items(work: Work, meeting_id: int) -> list[AgendaItem]:
    return list(
        work.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting_id, AgendaItem.withdrawn_at.is_(None))
            .order_by(AgendaItem.number, AgendaItem.id)
        )
    )


def _template_items(work: Work, meeting: Meeting) -> list[tuple[str, int | None]]:
    found: list[tuple[str, int | None]] = []
    for item in usual_agenda(work.session, meeting.kind):
        if item == REVIEWS:
            found += _reviews(work, meeting)
        elif item == OVERDUE:
            overdue = sum(row.is_overdue for row in actions(work.session, work.today))
            found += [(_OVERDUE_HEADING, None)] if overdue else []
        else:
            found.append((item, None))
    return found


def _reviews(work: Work, meeting: Meeting) -> list[tuple[str, int | None]]:
    """Return an item for each review that the meeting is about; for the subgroup, each live one."""
    row = record(work.session, "meeting", meeting.id)
    own = row.values["reviews"] if row else ()
    assert isinstance(own, tuple)
    every = reviews(work.session, work.today)
    wanted = [one for one in every if (one.id in own if own else one.is_live)]
    if not own and meeting.kind != "subgroup":
        return []
    return [(f"{one.reference} {one.known_as}", one.id) for one in reversed(wanted)]


def _nobody_to_invite(meeting: Meeting, *, some: bool) -> str:
    if some:
        return "All members of that day are in the list already."
    body = agenda_templates()[meeting.kind].body
    if not body:
        return "No group belongs to a meeting of this kind. Add the people one by one."
    group = code_list("body").label_of(body)
    return (
        f"Nobody was a member of “{group}” on {format_date(meeting.held_on)}. "
        "Memberships are kept on each person's page, in the Directory."
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
