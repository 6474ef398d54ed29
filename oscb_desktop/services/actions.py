"""What is done to an action beyond its fields: begun, completed, signed off, moved, reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.statuses import AssuranceLevel, DeliveryStatus, is_open, may_follow
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.services import assurance as checking
from oscb_desktop.services import records
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class StartAction:
    """Begin an action that was read at this version."""

    action_id: int
    version: int
    note: str = ""

    def carry_out(self, work: Work) -> None:
        """Begin it."""
        action = _Action.read(work, self.action_id, self.version)
        action.move(DeliveryStatus.IN_PROGRESS, "started", only_from=(DeliveryStatus.NOT_STARTED,))
        action.add_note(self.note)
        action.name_step("Start action")


@dataclass(frozen=True, slots=True)
class CompleteAction:
    """Say that an action is done, on which day, what changed through it and what shows it.

    ``evidence`` describes what was received today, of the code ``evidence_kind``; it may stay empty
    where evidence is recorded already.
    """

    action_id: int
    version: int
    completed_on: date
    outcome: str = ""
    note: str = ""
    evidence: str = ""
    evidence_kind: str = ""

    def carry_out(self, work: Work) -> None:
        """Complete it; the day may be today or earlier. Without evidence it is refused."""
        action = _Action.read(work, self.action_id, self.version)
        action.require_move(DeliveryStatus.COMPLETE, "completed")
        self._keep_evidence(work, action)
        if not action.evidence():
            raise UserError(
                f"{action.reference} cannot be completed yet. Missing: evidence that it was done. "
                "Say what shows it, or add the evidence first."
            )
        told = {"outcome": self.outcome} if self.outcome.strip() else {}
        action.move(
            DeliveryStatus.COMPLETE, "completed", {"completed_on": self.completed_on, **told}
        )
        action.add_note(self.note)
        action.name_step("Complete action")

    def _keep_evidence(self, work: Work, action: _Action) -> None:
        if not self.evidence.strip():
            return
        if not self.evidence_kind:
            raise _fault("evidence_kind", "Say what kind of evidence it is.")
        shown: dict[str, Value] = {"kind": self.evidence_kind, "description": self.evidence}
        action.own("evidence", {**shown, "received_on": work.today})


@dataclass(frozen=True, slots=True)
class SignOffAction:
    """Accept that a complete action is assured by its evidence; its follow-up checks appear.

    Impact shown needs a record of impact that names it, embedded also a check that holds.
    """

    action_id: int
    version: int
    by: str
    on: date
    assurance: AssuranceLevel

    def carry_out(self, work: Work) -> None:
        """Sign it off; raises ``UserError`` that says everything that is missing."""
        action = _Action.read(work, self.action_id, self.version)
        missing = [
            *action.missing_for_sign_off(),
            *self._missing(),
            *checking.missing_for(work, self.action_id, self.assurance),
        ]
        if missing:
            raise UserError(
                f"{action.reference} cannot be signed off yet. Missing: {'; '.join(missing)}."
            )
        action.amend(
            {"assurance": self.assurance, "signed_off_by": self.by, "signed_off_on": self.on}
        )
        before = action.values["signed_off_on"]
        first = before if isinstance(before, date) else self.on
        checking.plan_checks(work, self.action_id, first, again=before is not None)
        action.name_step("Sign off action")

    def _missing(self) -> list[str]:
        missing = []
        if not self.assurance.reaches(AssuranceLevel.EVIDENCE_ACCEPTED):
            missing.append("an assurance of “Evidence accepted” or better")
        if not self.by.strip():
            missing.append("who signs it off")
        return missing


@dataclass(frozen=True, slots=True)
class ReopenAction:
    """Take up an action again that was complete or no longer required."""

    action_id: int
    version: int
    reason: str

    def carry_out(self, work: Work) -> None:
        """Reopen it; what stood before is kept in a progress note."""
        action = _Action.read(work, self.action_id, self.version)
        _require("reason", self.reason, "Say why the action is taken up again.")
        stood, colour = action.stood(), action.blue_by_hand()
        assurance = AssuranceLevel.EVIDENCE_RECEIVED if action.evidence() else AssuranceLevel.NONE
        action.move(
            DeliveryStatus.IN_PROGRESS,
            "reopened",
            {
                "completed_on": None,
                "signed_off_by": None,
                "signed_off_on": None,
                "assurance": assurance,
                **colour,
            },
            only_from=(DeliveryStatus.COMPLETE, DeliveryStatus.NO_LONGER_REQUIRED),
        )
        checking.drop_open_checks(work, self.action_id)
        action.add_note(f"Reopened: {self.reason.strip()}\n{stood}")
        action.name_step("Reopen action")


@dataclass(frozen=True, slots=True)
class MoveDueDate:
    """Give an open action another due date; the original one stays as it was."""

    action_id: int
    version: int
    to_on: date
    reason: str

    def carry_out(self, work: Work) -> None:
        """Move it and record the move with its reason."""
        action = _Action.read(work, self.action_id, self.version)
        before = action.values["due_on"]
        _require("reason", self.reason, "Say why the due date is moved.")
        if not is_open(action.delivery):
            raise UserError(f"{action.reference} is {action.status()}. Reopen it to move its date.")
        if before == self.to_on:
            raise _fault("to_on", f"It is due on {format_date(self.to_on)} already.")
        first = {} if action.values["original_due_on"] else {"original_due_on": self.to_on}
        action.amend({"due_on": self.to_on, **first})
        action.own(
            "due_revision",
            {
                "revised_on": work.today,
                "from_on": before,
                "to_on": self.to_on,
                "reason": self.reason,
            },
        )
        action.name_step("Move the due date of action")


@dataclass(frozen=True, slots=True)
class DropAction:
    """Say that an action is no longer required."""

    action_id: int
    version: int
    reason: str

    def carry_out(self, work: Work) -> None:
        """Drop it; the reason is kept in a progress note."""
        action = _Action.read(work, self.action_id, self.version)
        _require("reason", self.reason, "Say why the action is no longer required.")
        action.move(DeliveryStatus.NO_LONGER_REQUIRED, "dropped")
        checking.drop_open_checks(work, self.action_id)
        action.add_note(f"No longer required: {self.reason.strip()}")
        action.name_step("Drop action")


@dataclass(frozen=True, slots=True)
class GiveColour:
    """Show an action in another colour than the key gives it, for a reason that is printed.

    Without a colour, the one given before is taken back and the key decides again.
    """

    action_id: int
    version: int
    colour: str
    reason: str = ""

    def carry_out(self, work: Work) -> None:
        """Give it; blue only with accepted evidence and a sign-off, as the key itself."""
        action = _Action.read(work, self.action_id, self.version)
        given = self.colour or None
        if given:
            _require("reason", self.reason, "Say why; the reason is printed beside the colour.")
        elif not action.values["given_colour"]:
            raise UserError(f"{action.reference} has the colour of the key already.")
        if given == "blue":
            action.require_assured()
        action.amend(
            {"given_colour": given, "colour_reason": " ".join(self.reason.split()) or None}
            if given
            else {"given_colour": None, "colour_reason": None}
        )
        action.name_step("Give a colour to action" if given else "Take back the colour of action")


@dataclass(slots=True)
class _Action:
    """One action within a step: its values as read, and what may be done to it."""

    work: Work
    id: int
    values: dict[str, Value]

    @classmethod
    def read(cls, work: Work, action_id: int, version: int) -> _Action:
        row = records.live_row(work, "action", action_id)
        if row.version != version:
            raise ConflictError(
                "This action was changed meanwhile. Open it again to see what it now holds."
            )
        return cls(work, action_id, reading.values_of(work.session, "action", row))

    @property
    def reference(self) -> str:
        return str(self.values["reference"])

    @property
    def delivery(self) -> DeliveryStatus:
        return DeliveryStatus(str(self.values["delivery"]))

    def move(
        self,
        to: DeliveryStatus,
        verb: str,
        values: dict[str, Value] | None = None,
        only_from: tuple[DeliveryStatus, ...] = tuple(DeliveryStatus),
    ) -> None:
        """Move it to another status; raises ``UserError`` where that cannot follow."""
        self.require_move(to, verb, only_from)
        self.amend({"delivery": to, **(values or {})})

    def require_move(
        self,
        to: DeliveryStatus,
        verb: str,
        only_from: tuple[DeliveryStatus, ...] = tuple(DeliveryStatus),
    ) -> None:
        if not may_follow(self.delivery, to) or self.delivery not in only_from:
            raise UserError(f"{self.reference} is {self.status()}, so it cannot be {verb}.")

    def amend(self, values: dict[str, Value]) -> None:
        records.amend(self.work, "action", self.id, values)

    def own(self, kind: str, values: dict[str, Value]) -> None:
        records.add(self.work, kind, {"action": self.id, **values})

    def add_note(self, note: str) -> None:
        if note.strip():
            today, by = self.work.today, self.work.by
            self.own("progress_note", {"noted_on": today, "note": note, "by": by})

    def name_step(self, verb: str) -> None:
        self.work.record_id = self.id
        self.work.label = f"{verb} {self.reference}"

    def status(self) -> str:
        """Return how it stands, to end a sentence: ``complete since 03 Jun 2022``."""
        match self.delivery, self.values["completed_on"]:
            case DeliveryStatus.COMPLETE, date() as day:
                return f"complete since {format_date(day)}"
            case delivery, _:
                return delivery.replace("_", " ")

    def stood(self) -> str:
        """Return how it stood, for the note that keeps it."""
        said = f"Before, it was {self.status()}"
        signed = self.values["signed_off_on"]
        if isinstance(signed, date):
            said += f", signed off by {self.values['signed_off_by']} on {format_date(signed)}"
        return f"{said}."

    def evidence(self) -> int:
        kind = record_kind("evidence")
        session, link = self.work.session, kind.field("action")
        return len(reading.ids_linking(session, kind, link, self.id))

    def blue_by_hand(self) -> dict[str, Value]:
        """Return what takes back a blue that was given by hand, which needs a sign-off."""
        blue = self.values["given_colour"] == "blue"
        return {"given_colour": None, "colour_reason": None} if blue else {}

    def require_assured(self) -> None:
        """Raise ``UserError`` that says what blue still needs."""
        missing = self.missing_for_sign_off()
        level = AssuranceLevel(str(self.values["assurance"]))
        if not level.reaches(AssuranceLevel.EVIDENCE_ACCEPTED):
            missing.append("an assurance of “Evidence accepted” or better")
        if not self.values["signed_off_on"]:
            missing.append("its sign-off")
        if missing:
            raise UserError(
                f"{self.reference} cannot be blue, also by hand. Missing: {'; '.join(missing)}."
            )

    def missing_for_sign_off(self) -> list[str]:
        missing = []
        if self.delivery is not DeliveryStatus.COMPLETE:
            missing.append(f"its completion (it is {self.status()})")
        if not self.evidence():
            missing.append("evidence that it was done")
        return missing


def _require(field: str, text: str, sentence: str) -> None:
    if not text.strip():
        raise _fault(field, sentence)


def _fault(field: str, sentence: str) -> InvalidRecord:
    return InvalidRecord((FieldFault(field, sentence),))
