"""Asking agencies for what a review needs: asked, reminded, and what came back."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.directory import Agency
from oscb_desktop.database.models.recommendations import Mailing
from oscb_desktop.database.models.running import AgencyRequest
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.requests import RETURNED
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries.organisation import OrganisationRow, organisation
from oscb_desktop.queries.records import title_of
from oscb_desktop.queries.requests import AgencyOwes, RequestRow, by_agency, owed, request
from oscb_desktop.services import records
from oscb_desktop.services.chasing import Letter
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.request_letters import reminder_letter
from oscb_desktop.services.work import Work

REQUEST, REMINDER = "request", "reminder"
"""The kinds of mailing that go with requests."""

RECEIVED, NIL_RETURN, REFUSED = "received", "nil_return", "refused"

_LONGEST_TO = 500


@dataclass(frozen=True, slots=True)
class AskAgencies:
    """Ask each of these agencies, given with the contact there, for the same; ``made`` tells ids.

    One that was asked before and whose request was withdrawn is asked anew.
    """

    review_id: int
    purpose: str
    due_on: date | None
    asked: str
    agencies: tuple[tuple[int, int | None], ...]
    made: list[int] = field(default_factory=list, compare=False)

    def carry_out(self, work: Work) -> None:
        """Make the requests, and keep what is sent to whom.

        Raises ``InvalidRecord`` for a day that cannot be, ``UserError`` for an agency that cannot
        be asked.
        """
        self.made.clear()
        records.live_row(work, "review", self.review_id)
        self._check(work)
        for agency, contact in self.agencies:
            check_exists(work, agency)
            made = self._ask(work, agency, contact)
            self.made.append(made)
            self._log(work, made)
        what = label_of("request_purpose", self.purpose).lower()
        count = len(self.agencies)
        whom = _name(work, self.agencies[0][0]) if count == 1 else f"{count} agencies"
        review = title_of(work.session, "review", self.review_id)
        work.label = f"Ask {whom} for {what}: {review}"
        work.record_id = self.review_id

    def _check(self, work: Work) -> None:
        if not self.agencies:
            raise UserError("No agency is ticked. Tick those that are to be asked.")
        if self.due_on is None:
            raise _fault("due_on", "Say by which day the answer is due.")
        if self.due_on < work.today:
            raise _fault("due_on", f"{format_date(self.due_on)} has passed. Choose a day to come.")
        if not self.asked.strip():
            raise _fault("asked", "Say what is asked.")

    def _ask(self, work: Work, agency: int, contact: int | None) -> int:
        values: dict[str, Value] = {
            "contact": contact,
            "asked": self.asked,
            "requested_on": work.today,
            "due_on": self.due_on,
        }
        earlier = self._earlier(work, agency)
        if earlier is None:
            values |= {"review": self.review_id, "agency": agency, "purpose": self.purpose}
            return records.add(work, "agency_request", values)
        if earlier.requested_on is not None and earlier.withdrawn_on is None:
            raise UserError(
                f"{_name(work, agency)} was asked for this on "
                f"{format_date(earlier.requested_on)} already. Remind it instead."
            )
        fresh = ("reminded_on", "reminders", "outcome", "received_on", "quality", "withdrawn_on")
        records.amend(work, "agency_request", earlier.id, {**dict.fromkeys(fresh), **values})
        return earlier.id

    def _earlier(self, work: Work, agency: int) -> AgencyRequest | None:
        return work.session.scalar(
            select(AgencyRequest).where(
                AgencyRequest.review_id == self.review_id,
                AgencyRequest.agency_id == agency,
                AgencyRequest.purpose == self.purpose,
                AgencyRequest.withdrawn_at.is_(None),
            )
        )

    def _log(self, work: Work, made: int) -> None:
        row = _row(work, made)
        values: dict[str, Value] = {
            "agency": row.agency_id,
            "kind": REQUEST,
            "sent_on": work.today,
            "to": "; ".join(row.emails)[:_LONGEST_TO],
            "due_back_on": row.facts.due_on,
            "requests": (made,),
            "sheet": secrets.token_hex(16),
        }
        records.add(work, "mailing", values)


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """Say what came back and on which day; an answer of the quality "returned" is owed again."""

    request_id: int
    version: int
    outcome: str
    received_on: date | None
    quality: str = ""
    quality_note: str = ""

    def carry_out(self, work: Work) -> None:
        """Note it; raises ``InvalidRecord`` for a day that is missing, to come or before asking."""
        row = _sent(work, self.request_id, self.version)
        if self.received_on is None:
            raise _fault("received_on", "Say on which day it came back.")
        values: dict[str, Value] = {
            "outcome": self.outcome,
            "received_on": self.received_on,
            "quality": self.quality or None,
            "quality_note": self.quality_note or row.quality_note,
        }
        if row.received_on is None and self.quality == RETURNED:
            verb = "Return to be completed"
        else:
            verb = {REFUSED: "Refused", NIL_RETURN: "Nil return"}.get(self.outcome, "Came back")
        records.amend(work, "agency_request", self.request_id, values)
        _note_on_mailings(work, self.request_id)
        _tell(work, verb, self.request_id)


@dataclass(frozen=True, slots=True)
class ReturnAnswer:
    """Send an answer back to be completed, by another day where one is given."""

    request_id: int
    version: int
    note: str = ""
    due_on: date | None = None

    def carry_out(self, work: Work) -> None:
        """Note it: the answer is owed again. One that nobody had noted came back today."""
        row = _sent(work, self.request_id, self.version)
        values: dict[str, Value] = {
            "outcome": RECEIVED,
            "received_on": row.received_on or work.today,
            "quality": RETURNED,
            "quality_note": self.note or row.quality_note,
            "due_on": self.due_on or row.due_on,
        }
        if self.due_on is not None and self.due_on < work.today:
            raise _fault("due_on", f"{format_date(self.due_on)} has passed. Choose a day to come.")
        records.amend(work, "agency_request", self.request_id, values)
        _tell(work, "Return to be completed", self.request_id)


@dataclass(frozen=True, slots=True)
class TakeBackRequest:
    """Withdraw a request that needs no answer any more, such as to an agency that is no more."""

    request_id: int
    version: int

    def carry_out(self, work: Work) -> None:
        """Note it; raises ``UserError`` where it was answered."""
        _sent(work, self.request_id, self.version)
        if not _row(work, self.request_id).is_owed:
            raise UserError("It was answered, so there is nothing to withdraw.")
        records.amend(work, "agency_request", self.request_id, {"withdrawn_on": work.today})
        _tell(work, "Withdraw the request", self.request_id)


@dataclass(frozen=True, slots=True)
class MoveRequestDay:
    """Give a request another due day."""

    request_id: int
    version: int
    due_on: date | None

    def carry_out(self, work: Work) -> None:
        """Move it; raises ``InvalidRecord`` without a day or with one before it was asked."""
        _sent(work, self.request_id, self.version)
        if self.due_on is None:
            raise _fault("due_on", "Say by which day the answer is due.")
        records.amend(work, "agency_request", self.request_id, {"due_on": self.due_on})
        _tell(work, f"Due {format_date(self.due_on)}", self.request_id)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What one agency is reminded of, and the e-mail that says so."""

    agency_id: int
    agency: str
    requests: int
    letter: Letter


@dataclass(frozen=True, slots=True)
class RemindAgencies:
    """Remind each of these agencies of all that it owes; ``made`` holds the e-mails."""

    agencies: tuple[int, ...]
    made: list[Reminder] = field(default_factory=list, compare=False)

    def carry_out(self, work: Work) -> None:
        """Count each reminder and keep what was sent.

        Raises ``UserError`` for an agency that owes nothing or that is no more.
        """
        self.made.clear()
        owing = {one.id: one for one in by_agency(owed(work.session, work.today))}
        ours = organisation(work.session)
        for agency in self.agencies:
            check_exists(work, agency)
            if agency not in owing:
                raise UserError(f"{_name(work, agency)} owes nothing, so there is nothing to say.")
            self._remind(work, owing[agency], ours)
        if not self.made:
            raise UserError("Nobody owes anything that is late.")
        whom = self.made[0].agency if len(self.made) == 1 else f"{len(self.made)} agencies"
        work.label = f"Remind {whom}"

    def _remind(self, work: Work, one: AgencyOwes, ours: OrganisationRow) -> None:
        for row in one.rows:
            values: dict[str, Value] = {
                "reminders": row.reminders + 1,
                "reminded_on": work.today,
            }
            records.amend(work, "agency_request", row.id, values)
        mailing: dict[str, Value] = {
            "agency": one.id,
            "kind": REMINDER,
            "sent_on": work.today,
            "to": "; ".join(one.emails)[:_LONGEST_TO],
            "requests": tuple(row.id for row in one.rows),
        }
        work.record_id = records.add(work, "mailing", mailing)
        self.made.append(Reminder(one.id, one.agency, len(one.rows), reminder_letter(one, ours)))


def check_exists(work: Work, agency_id: int) -> None:
    """Raise ``UserError`` where nothing can be asked of an agency: in the bin, or no more."""
    row = work.session.get(Agency, agency_id)
    if row is None or row.withdrawn_at is not None:
        name = row.name if row else "That agency"
        raise UserError(
            f"{name} is in the bin, so nothing can be asked of it. Bring it back first, or choose "
            "another agency."
        )
    if row.active_until is not None and row.active_until < work.today:
        after = title_of(work.session, "agency", row.successor_id) if row.successor_id else ""
        instead = f"Ask {after}, which replaced it" if after else "Ask whoever took over its work"
        raise UserError(
            f"{row.name} existed until {format_date(row.active_until)}. {instead}, and withdraw "
            "what it was asked for."
        )


def _sent(work: Work, request_id: int, version: int) -> AgencyRequest:
    row = records.live_row(work, "agency_request", request_id)
    check_version(row, version)
    assert isinstance(row, AgencyRequest)
    if row.requested_on is None:
        raise UserError("It was not sent yet. Say on its form when it was sent.")
    if row.withdrawn_on is not None:
        raise UserError(
            f"This request was withdrawn on {format_date(row.withdrawn_on)}. Ask the agency again "
            "if an answer is needed after all."
        )
    return row


def _note_on_mailings(work: Work, request_id: int) -> None:
    """Note on what was sent that it was answered, once all that it asked for is in."""
    own, other = LINK_TABLES["mailing", "requests"].columns
    with_it = select(own).where(other == request_id)
    unanswered = select(Mailing.id, Mailing.sent_on).where(
        Mailing.id.in_(with_it), Mailing.withdrawn_at.is_(None), Mailing.returned_on.is_(None)
    )
    for mailing, sent_on in work.session.execute(unanswered).all():
        asked = work.session.scalars(select(other).where(own == mailing)).all()
        found = [request(work.session, one, work.today) for one in asked]
        if any(row is not None and row.is_owed for row in found):
            continue
        days = [row.facts.received_on for row in found if row and row.facts.received_on]
        on = max([sent_on, *days])
        records.amend(work, "mailing", mailing, {"returned_on": on})


def _row(work: Work, request_id: int) -> RequestRow:
    row = request(work.session, request_id, work.today)
    if row is None:
        raise UserError("The review of this request is in the bin. Bring it back first.")
    return row


def _tell(work: Work, verb: str, request_id: int) -> None:
    row = _row(work, request_id)
    work.label = f"{verb}: {row.agency}, {row.purpose_words.lower()}, {row.review}"
    work.record_id = request_id


def _name(work: Work, agency_id: int) -> str:
    return title_of(work.session, "agency", agency_id)


def _fault(name: str, sentence: str) -> InvalidRecord:
    return InvalidRecord((FieldFault(name, sentence),))
