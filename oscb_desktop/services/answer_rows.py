"""One row of an agency's answer: what it would change of the action, as the file holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.statuses import DeliveryStatus
from oscb_desktop.domain.validation import clean
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.agency_columns import OPEN, MadeRow, kept_outcome, plain
from oscb_desktop.exchange.sheets import Cell, Fault
from oscb_desktop.queries.chasing import HeldAction, MailingRow
from oscb_desktop.services.answer_changes import AnswerAct, ProposedChange

if TYPE_CHECKING:
    from oscb_desktop.exchange.agency_answer import Answer, AnswerRow

_OPEN = {field.name: field for field in OPEN}
_OTHER = "other"
_CHANGED = "The file was changed since the sheet was made."
_CHANGED_ELSEWHERE = "The action was changed in other ways since the sheet was made."


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """What could not be read or cannot be taken: in which file, and where in it."""

    file: str
    sheet: str
    row: int
    column: str
    sentence: str

    def words(self) -> str:
        """Return the fault as one line."""
        if not self.sheet:
            return self.sentence
        return f"{self.file}, {Fault(self.sheet, self.row, self.column, self.sentence).words()}"


class AnsweredRow:
    """One row of an answer beside the action as the file holds it."""

    def __init__(
        self, answer: Answer, row: AnswerRow, mailing: MailingRow, held: HeldAction | None
    ) -> None:
        self._answer = answer
        self._row = row
        self._mailing = mailing
        self._held = held
        self._made: MadeRow = answer.made.rows[row.reference]
        self.faults: list[AnswerFault] = []

    def changes(self) -> Iterator[ProposedChange]:
        """Yield what the row would change; what cannot be read of it becomes a fault."""
        if not self._row.cells:
            return
        held = self._held
        if held is None or held.in_bin:
            where = "is in the bin" if held else "has another reference in the file now"
            sentence = f"{self._row.reference} {where}, so this row is not read."
            self.fault(self._answer.columns["reference"], sentence)
            return
        said = {name: self._value(name, cell) for name, cell in self._row.cells.items()}
        yield from self._evidence(held, said)
        yield from self._outcome(held, said)
        yield from self._note(held, said)
        yield from self._due_date(held, said)
        yield from self._status(held, said)

    def fault(self, column: str, sentence: str) -> None:
        """Tell what is wrong in this row."""
        self.faults.append(
            AnswerFault(self._answer.name, "Actions", self._row.number, column, sentence)
        )

    def _value(self, name: str, cell: Cell) -> Value:
        from oscb_desktop.exchange.cells import to_value

        try:
            return clean(_OPEN[name], to_value(_OPEN[name], cell))
        except UserError as refused:
            self.fault(self._answer.columns[name], f"{self._row.reference}: {refused.sentence}")
            return None

    def _evidence(self, held: HeldAction, said: dict[str, Value]) -> Iterator[ProposedChange]:
        text, kind = said.get("evidence"), said.get("evidence_kind")
        if kind and not text and "evidence" not in self._row.cells:
            self._wants("evidence_kind", "Describe the evidence too, or clear its kind.")
        known = {plain(one).casefold() for one in held.evidence}
        for line in dict.fromkeys(plain(line) for line in str(text or "").splitlines()):
            if line and line.casefold() not in known:
                code = str(kind or _OTHER)
                shown = f"{label_of('evidence_kind', code)}: {line}"
                now = "; ".join(held.evidence)
                change = self._change(AnswerAct.EVIDENCE, "evidence", "", now, shown)
                yield replace(change, text=line, code=code)

    def _outcome(self, held: HeldAction, said: dict[str, Value]) -> Iterator[ProposedChange]:
        text = str(said.get("outcome") or "")
        made, now = plain(self._made.outcome), plain(kept_outcome(held.outcome))
        if plain(text) in ("", plain(held.outcome), made):
            return
        change = self._change(
            AnswerAct.OUTCOME, "outcome", self._made.outcome, held.outcome, text, now != made
        )
        yield replace(change, text=text)

    def _note(self, held: HeldAction, said: dict[str, Value]) -> Iterator[ProposedChange]:
        text = str(said.get("note") or "")
        since = [plain(note) for on, note in held.notes if on >= self._mailing.sent_on]
        if not text or any(plain(text) in note for note in since) or self._is_reason(held, said):
            return
        last = max(held.notes, default=None)
        now = f"{format_date(last[0])}: {last[1]}" if last else ""
        change = self._change(AnswerAct.NOTE, "note", "", now, text)
        by = f"{self._mailing.agency}, sheet {self._mailing.reference}"
        yield replace(change, text=text, by=by)

    def _is_reason(self, held: HeldAction, said: dict[str, Value]) -> bool:
        """Whether the note becomes the reason for which an action is dropped or taken up again."""
        status = said.get("status")
        if status == held.delivery or status == self._made.delivery:
            return False
        ended = DeliveryStatus.NO_LONGER_REQUIRED
        return status == ended or (
            status == DeliveryStatus.IN_PROGRESS
            and held.delivery in (DeliveryStatus.COMPLETE, ended)
        )

    def _due_date(self, held: HeldAction, said: dict[str, Value]) -> Iterator[ProposedChange]:
        day, reason = said.get("new_due_on"), str(said.get("reason") or "")
        if not isinstance(day, date):
            if reason and "new_due_on" not in self._row.cells:
                self._wants("reason", "There is a reason for a new date, but no new date.")
            return
        if day in (held.due_on, self._made.due_on):
            return
        says = f"{format_date(day)}: {reason}" if reason else format_date(day)
        change = self._change(
            AnswerAct.DUE_DATE,
            "new_due_on",
            _day(self._made.due_on),
            _day(held.due_on),
            says,
            held.due_on != self._made.due_on,
        )
        yield replace(change, text=reason, on=day)

    def _status(self, held: HeldAction, said: dict[str, Value]) -> Iterator[ProposedChange]:
        status, day = said.get("status"), said.get("completed_on")
        completed = day if isinstance(day, date) else None
        complete = status == DeliveryStatus.COMPLETE
        if completed and not complete and "status" not in self._row.cells:
            self._wants("completed_on", "Choose the status “Complete” too, or clear the day.")
        if complete and completed and held.completed_on and completed != held.completed_on:
            self._wants(
                "completed_on",
                f"The file holds {format_date(held.completed_on)}. Reopen it there to change that.",
            )
        if not status or status in (held.delivery, self._made.delivery):
            return
        made = self._made.delivery
        change = self._change(
            AnswerAct.STATUS,
            "status",
            label_of("delivery_status", made),
            label_of("delivery_status", held.delivery),
            self._status_words(held, said),
            held.delivery != made,
        )
        yield replace(change, code=str(status), on=completed, text=str(said.get("note") or ""))

    def _status_words(self, held: HeldAction, said: dict[str, Value]) -> str:
        words, day = label_of("delivery_status", str(said["status"])), said.get("completed_on")
        if said["status"] == DeliveryStatus.COMPLETE and isinstance(day, date):
            return f"{words} on {format_date(day)}"
        reason = said.get("note")
        return f"{words}: {reason}" if reason and self._is_reason(held, said) else words

    def _change(
        self, act: AnswerAct, name: str, made: str, now: str, says: str, conflict: bool = False
    ) -> ProposedChange:
        assert self._held is not None
        held, told = self._held, _CHANGED if conflict else ""
        if held.agency_id != self._mailing.agency_id:
            conflict, told = True, f"{held.agency or 'Nobody'} leads this action now."
        elif not conflict and held.version != self._made.version:
            told = _CHANGED_ELSEWHERE
        return ProposedChange(
            0,
            self._answer.name,
            self._mailing.agency,
            self._row.number,
            self._answer.columns[name],
            held.id,
            held.reference,
            held.version,
            act,
            made,
            now,
            says,
            conflict,
            told,
        )

    def _wants(self, name: str, sentence: str) -> None:
        self.fault(self._answer.columns[name], f"{self._row.reference}: {sentence}")


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
