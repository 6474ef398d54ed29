"""What is done to many actions at once: each is one step, and says beforehand what it will do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.statuses import DeliveryStatus, is_open
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries.records import title_of
from oscb_desktop.services import records
from oscb_desktop.services.work import Work

_NAMED = 8  # so many references are written out; more would not be read
_FEW = 500


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a step over many actions would do.

    ``touched`` are the ids it changes; ``staying`` holds, under each reason, the references of
    those that it leaves as they are.
    """

    verb: str
    touched: tuple[int, ...]
    staying: Mapping[str, tuple[str, ...]]

    @property
    def words(self) -> str:
        """What it would do, such as ``Moves 37. 3 stay: complete (A-2021-04, A-2021-05, …).``."""
        told = f"{self.verb} {len(self.touched):,}."
        stay = sum(map(len, self.staying.values()))
        if not stay:
            return told
        reasons = "; ".join(f"{why} ({_listed(named)})" for why, named in self.staying.items())
        return f"{told} {stay:,} {'stays' if stay == 1 else 'stay'}: {reasons}."


@dataclass(frozen=True, slots=True)
class ReassignActions:
    """Give actions to another lead agency, another owner, or both; what is left empty stays."""

    ids: tuple[int, ...]
    lead_agency: int | None = None
    owner: int | None = None

    def foresee(self, session: Session) -> Foreseen:
        """Return what it would do."""
        return _foresee(session, "Reassigns", self.ids, self._stays)

    def carry_out(self, work: Work) -> None:
        """Reassign them; raises ``UserError`` where nobody is named or nothing is left to do."""
        if not self._given():
            raise _fault("lead_agency", "Say to which agency or to whom they go.")
        touched = _touched(self.foresee(work.session))
        given = self._given()
        records.amend_many(work, "action", dict.fromkeys(touched, given))
        kinds = (("agency", self.lead_agency), ("person", self.owner))
        to = [title_of(work.session, kind, each) for kind, each in kinds if each]
        work.label = f"Reassign {counted(len(touched), 'action')} to {', '.join(to)}"

    def _given(self) -> dict[str, Value]:
        given: dict[str, Value] = {"lead_agency": self.lead_agency, "owner": self.owner}
        return {name: value for name, value in given.items() if value is not None}

    def _stays(self, action: Action) -> str:
        led = self.lead_agency in (None, action.lead_agency_id)
        owned = self.owner in (None, action.owner_id)
        return "theirs already" if self._given() and led and owned else ""


@dataclass(frozen=True, slots=True)
class MoveDueDates:
    """Give open actions another due date for one reason; each keeps its original one."""

    ids: tuple[int, ...]
    to_on: date | None
    reason: str

    def foresee(self, session: Session) -> Foreseen:
        """Return what it would do; those that ended or are due on that day already stay."""
        return _foresee(session, "Moves", self.ids, self._stays)

    def carry_out(self, work: Work) -> None:
        """Move them, each with its own record of the move; raises ``UserError`` for none."""
        to_on = self.to_on
        if to_on is None:
            raise _fault("to_on", "Say to which day they move.")
        if not self.reason.strip():
            raise _fault("reason", "Say why the due dates are moved.")
        touched = _touched(self.foresee(work.session))
        before = {action.id: action.due_on for action in _read(work.session, touched)}
        records.amend_many(work, "action", {each: {"due_on": to_on} for each in touched})
        shared: dict[str, Value] = {"revised_on": work.today, "to_on": to_on, "reason": self.reason}
        moves = [{**shared, "action": each, "from_on": before[each]} for each in touched]
        records.add_many(work, "due_revision", moves)
        many = counted(len(touched), "action")
        work.label = f"Move the due date of {many} to {format_date(to_on)}"

    def _stays(self, action: Action) -> str:
        delivery = DeliveryStatus(action.delivery)
        if not is_open(delivery):
            return delivery.replace("_", " ")
        same = self.to_on is not None and action.due_on == self.to_on
        return "due on that day already" if same else ""


@dataclass(frozen=True, slots=True)
class NoteActions:
    """Add the same note to actions."""

    ids: tuple[int, ...]
    note: str

    def foresee(self, session: Session) -> Foreseen:
        """Return what it would do."""
        return _foresee(session, "Adds the note to", self.ids, _nothing_stays)

    def carry_out(self, work: Work) -> None:
        """Add it to each, as of today."""
        if not self.note.strip():
            raise _fault("note", "Type the note that they are given.")
        touched = _touched(self.foresee(work.session))
        said: dict[str, Value] = {"noted_on": work.today, "note": self.note, "by": work.by}
        records.add_many(work, "progress_note", [{**said, "action": each} for each in touched])
        work.label = f"Add a note to {counted(len(touched), 'action')}"


@dataclass(frozen=True, slots=True)
class GiveToMeeting:
    """Put actions on the agenda of a meeting, as one item that names them."""

    ids: tuple[int, ...]
    meeting: int | None

    def foresee(self, session: Session) -> Foreseen:
        """Return what it would do."""
        return _foresee(session, "Puts on the agenda", self.ids, _nothing_stays)

    def carry_out(self, work: Work) -> None:
        """Add the item after the others of the agenda."""
        if self.meeting is None:
            raise _fault("meeting", "Say which meeting looks at them.")
        found = _read(work.session, _touched(self.foresee(work.session)))
        many = counted(len(found), "action")
        lines = [f"{action.reference} {' '.join(action.text.split())}" for action in found]
        item: dict[str, Value] = {
            "meeting": self.meeting,
            "heading": f"{many} to look at: {_listed([action.reference for action in found])}",
            "said": "\n".join(lines),
        }
        records.add(work, "agenda_item", item)
        work.record_id = self.meeting
        work.label = (
            f"Put {many} on the agenda of {title_of(work.session, 'meeting', self.meeting)}"
        )


Bulk = ReassignActions | MoveDueDates | NoteActions | GiveToMeeting
"""Every step over many actions."""


def _foresee(
    session: Session, verb: str, ids: tuple[int, ...], stays: Callable[[Action], str]
) -> Foreseen:
    touched: list[int] = []
    staying: dict[str, list[str]] = {}
    for action in _read(session, ids):
        why = "in the bin" if action.withdrawn_at is not None else stays(action)
        if why:
            staying.setdefault(why, []).append(action.reference)
        else:
            touched.append(action.id)
    return Foreseen(verb, tuple(touched), {why: tuple(named) for why, named in staying.items()})


def _read(session: Session, ids: Iterable[int]) -> list[Action]:
    """Return the actions of these ids in the order of their references."""
    wanted = tuple(ids)
    found: list[Action] = []
    for start in range(0, len(wanted), _FEW):
        some = wanted[start : start + _FEW]
        found += session.scalars(select(Action).where(Action.id.in_(some)))
    return sorted(found, key=lambda action: action.reference)


def _touched(foreseen: Foreseen) -> tuple[int, ...]:
    if not foreseen.touched:
        raise UserError(f"Nothing would change. {foreseen.words}")
    return foreseen.touched


def _nothing_stays(_action: Action) -> str:
    return ""


def _listed(references: Iterable[str]) -> str:
    named = tuple(references)
    rest = len(named) - _NAMED
    return ", ".join(named[:_NAMED]) + (f" and {rest:,} more" if rest > 0 else "")


def _fault(field: str, sentence: str) -> InvalidRecord:
    return InvalidRecord((FieldFault(field, sentence),))
