"""What an agency's answer would change, one act at a time, and taking what was ticked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.statuses import DeliveryStatus, is_open
from oscb_desktop.domain.values import Values
from oscb_desktop.errors import ConflictError, UserError
from oscb_desktop.queries.records import values_of
from oscb_desktop.services import records
from oscb_desktop.services.actions import (
    CompleteAction,
    DropAction,
    MoveDueDate,
    ReopenAction,
    StartAction,
)
from oscb_desktop.services.records import AddRecord, AmendRecord
from oscb_desktop.services.store import Command
from oscb_desktop.services.work import Work


class AnswerAct(StrEnum):
    """What a cell of an answer does, in the order in which an action takes it."""

    EVIDENCE = "Evidence"
    OUTCOME = "What changed"
    NOTE = "Progress note"
    DUE_DATE = "New due date"
    STATUS = "Status"


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """One thing that an answer would change, beside what the file holds.

    ``made``, ``now`` and ``says`` are what the file held when the sheet was made, what it holds
    now, and what the sheet says. A ``conflict`` is taken only where somebody ticks it on purpose;
    ``told`` says why. ``version`` is the action's at the rehearsal.
    """

    id: int
    file: str
    agency: str
    row: int
    column: str
    action_id: int
    action: str
    version: int
    act: AnswerAct
    made: str
    now: str
    says: str
    conflict: bool = False
    told: str = ""
    text: str = ""
    code: str = ""
    on: date | None = None
    by: str = ""

    @property
    def what(self) -> str:
        """What is done, in words."""
        return label_of("delivery_status", self.code) if self.act is AnswerAct.STATUS else self.act

    @property
    def subject(self) -> tuple[int, str, str]:
        """What two answers cannot both say; a note or a piece of evidence is its own subject."""
        adds = self.act in (AnswerAct.EVIDENCE, AnswerAct.NOTE)
        return (self.action_id, self.act, self.text.casefold() if adds else "")


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A sheet that came back: which one, from whom, and the checksum of the answer."""

    mailing_id: int
    reference: str
    agency: str
    digest: str


@dataclass(frozen=True, slots=True)
class ApplyAnswers:
    """Take what was ticked of some answers, and record that their sheets came back."""

    changes: tuple[ProposedChange, ...]
    returned: tuple[ReturnedSheet, ...]

    def carry_out(self, work: Work) -> None:
        """Take all of it in one step; raises ``UserError`` with nothing changed."""
        self._refuse_moved(work)
        for change in self.changes:
            try:
                act(work, change)
            except UserError as refused:
                raise UserError(named(change, refused.sentence)) from refused
        for sheet in self.returned:
            values: Values = {"returned_on": work.today, "answer_digest": sheet.digest}
            records.amend(work, "mailing", sheet.mailing_id, values)
        work.record_id = self.returned[0].mailing_id if self.returned else None
        work.label = self._label()

    def _refuse_moved(self, work: Work) -> None:
        for change in self.changes:
            if records.live_row(work, "action", change.action_id).version != change.version:
                raise ConflictError(
                    f"{change.action} was changed meanwhile, so nothing was taken. Read the answer "
                    "again to see what it now holds."
                )

    def _label(self) -> str:
        if len(self.returned) == 1:
            return f"Read back {self.returned[0].reference} from {self.returned[0].agency}"
        return f"Read back {counted(len(self.returned), 'sheet')}"


@dataclass(frozen=True, slots=True)
class TryAnswers:
    """Find out which changes would be refused, each on its own; ``refused`` tells by their id."""

    changes: tuple[ProposedChange, ...]
    refused: dict[int, str] = field(default_factory=dict, compare=False)

    def carry_out(self, work: Work) -> None:
        """Try each, in the order in which they would be taken."""
        for change in self.changes:
            done, seen = len(work.items), set(work.seen_live)
            try:
                with work.session.begin_nested():
                    act(work, change)
            except UserError as refused:
                self.refused[change.id] = refused.sentence
                del work.items[done:]
                work.seen_live = seen


def act(work: Work, change: ProposedChange) -> None:
    """Do what one change says, by the act that means it; raises ``UserError`` where that refuses.

    The action's version is read afresh: within a step each act raises it.
    """
    version = records.live_row(work, "action", change.action_id).version
    _command(work, change, version).carry_out(work)


def named(change: ProposedChange, sentence: str) -> str:
    """Return a sentence that names the action it is about."""
    return sentence if change.action in sentence else f"{change.action}: {sentence}"


def in_order(changes: Iterable[ProposedChange]) -> tuple[ProposedChange, ...]:
    """Return changes as they are taken: evidence before the completion that it shows."""
    order = {each: place for place, each in enumerate(AnswerAct)}
    return tuple(sorted(changes, key=lambda each: (each.action_id, order[each.act], each.id)))


def _command(work: Work, change: ProposedChange, version: int) -> Command:
    action, text = change.action_id, change.text
    match change.act:
        case AnswerAct.EVIDENCE:
            shown: Values = {"kind": change.code, "description": text, "received_on": work.today}
            return AddRecord("evidence", {"action": action, **shown})
        case AnswerAct.OUTCOME:
            return AmendRecord("action", action, version, {"outcome": text})
        case AnswerAct.NOTE:
            note: Values = {"noted_on": work.today, "note": text, "by": change.by}
            return AddRecord("progress_note", {"action": action, **note})
        case AnswerAct.DUE_DATE:
            assert change.on is not None
            return MoveDueDate(action, version, change.on, text)
        case AnswerAct.STATUS:
            return _status_command(work, change, version)


def _status_command(work: Work, change: ProposedChange, version: int) -> Command:
    match DeliveryStatus(change.code):
        case DeliveryStatus.NOT_STARTED:
            raise UserError(f"{change.action} was begun, and no sheet makes that undone.")
        case DeliveryStatus.IN_PROGRESS if _has_ended(work, change):
            return ReopenAction(change.action_id, version, change.text)
        case DeliveryStatus.IN_PROGRESS:
            return StartAction(change.action_id, version)
        case DeliveryStatus.NO_LONGER_REQUIRED:
            return DropAction(change.action_id, version, change.text)
        case DeliveryStatus.COMPLETE:
            if change.on is None:
                raise UserError("Say under “Completed on” on which day it was completed.")
            return CompleteAction(change.action_id, version, change.on)


def _has_ended(work: Work, change: ProposedChange) -> bool:
    row = records.live_row(work, "action", change.action_id)
    values = values_of(work.session, "action", row)
    return not is_open(DeliveryStatus(str(values["delivery"])))
