"""Escalation: a late action is taken to somebody, and what they answer is kept beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.statuses import ActionScope, DeliveryStatus, is_open
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import escalation
from oscb_desktop.queries import records as reading
from oscb_desktop.services import records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class Escalate:
    """Take an open action to somebody: one step of the ladder, on a day, in these words."""

    action_id: int
    step: str
    raised_on: date
    to: str
    message: str = ""

    def carry_out(self, work: Work) -> None:
        """Log it; raises ``UserError`` for a step that was taken, and for what is not ours."""
        row = records.live_row(work, "action", self.action_id)
        action = reading.values_of(work.session, "action", row)
        reference = str(action["reference"])
        if action["scope"] == ActionScope.NATIONAL:
            raise UserError(f"{reference} was raised nationally, so it is not escalated here.")
        if not is_open(DeliveryStatus(str(action["delivery"]))):
            raise UserError(f"{reference} is not open any more, so nothing is to be escalated.")
        self._refuse_second(work, reference)
        values: dict[str, Value] = {
            "action": self.action_id,
            "step": self.step,
            "raised_on": self.raised_on,
        }
        told: dict[str, Value] = {"to": self.to, "message": self.message or None}
        records.add(work, "escalation", {**values, **told})
        work.record_id = self.action_id
        work.label = f"Escalate action {reference}: {label_of('escalation_step', self.step)}"

    def _refuse_second(self, work: Work, reference: str) -> None:
        for taken in escalation.steps_taken(work.session, self.action_id):
            if taken.step == self.step:
                raise UserError(
                    f"{reference} was taken to “{taken.step_words}” on "
                    f"{format_date(taken.raised_on)} already."
                )


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """Keep what was answered to a step, and when."""

    escalation_id: int
    version: int
    replied_on: date
    reply: str

    def carry_out(self, work: Work) -> None:
        """Keep it beside the step."""
        row = records.live_row(work, "escalation", self.escalation_id)
        check_version(row, self.version)
        if not self.reply.strip():
            raise _fault("reply", "Say what was answered.")
        answered: dict[str, Value] = {"replied_on": self.replied_on, "reply": self.reply}
        records.amend(work, "escalation", self.escalation_id, answered)
        work.record_id = self.escalation_id
        action = reading.values_of(work.session, "escalation", row)["action"]
        assert isinstance(action, int)
        work.label = (
            f"Answer to the escalation of {reading.title_of(work.session, 'action', action)}"
        )


@dataclass(frozen=True, slots=True)
class UseUsualLadder:
    """Write the usual ladder into the file, to be changed there."""

    def carry_out(self, work: Work) -> None:
        """Add its steps that the file does not have; raises ``UserError`` where it has them all."""
        held = {row.values["step"] for row in reading.records(work.session, "ladder_step")}
        wanted = [rung for rung in escalation.usual_ladder() if rung.step not in held]
        if not wanted:
            raise UserError("This file has every step of the ladder already. Change those.")
        for rung in wanted:
            values: dict[str, Value] = {"step": rung.step, "days": rung.days, "to": rung.to or None}
            records.add(work, "ladder_step", values)
        work.label = "Start from the usual ladder of escalation"


def _fault(field: str, sentence: str) -> InvalidRecord:
    return InvalidRecord((FieldFault(field, sentence),))
