"""What can be done to an action, and what each act asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.fields.field import Field, code, links, long_text
from oscb_desktop.domain.fields.field import date as day
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.statuses import AssuranceLevel, DeliveryStatus
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.actions import (
    CompleteAction,
    DropAction,
    GiveColour,
    MoveDueDate,
    ReopenAction,
    SignOffAction,
    StartAction,
)
from oscb_desktop.services.assurance import CheckAction
from oscb_desktop.services.escalation import Escalate
from oscb_desktop.services.impact import RecordImpact
from oscb_desktop.services.likeness import ServeAlso
from oscb_desktop.services.records import AddRecord
from oscb_desktop.services.store import Command

Values = Mapping[str, Value]

_OPEN = (DeliveryStatus.NOT_STARTED, DeliveryStatus.IN_PROGRESS)
_ENDED = (DeliveryStatus.COMPLETE, DeliveryStatus.NO_LONGER_REQUIRED)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the word on its button, what it asks, the states in which it is offered."""

    name: str
    fields: tuple[Field, ...]
    command: Callable[[RecordRow, Values], Command]
    offered: tuple[DeliveryStatus, ...]
    start: Callable[[date], Values] = lambda _today: {}

    @property
    def label(self) -> str:
        """The word on the button, with an ellipsis where the act asks something first."""
        return f"{self.name}…"

    def fits(self, row: RecordRow) -> bool:
        """Whether the act makes sense for an action as it stands."""
        return DeliveryStatus(str(row.values["delivery"])) in self.offered


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _day(values: Values, name: str) -> date:
    value = values[name]
    assert isinstance(value, date)
    return value


_NOTE = long_text("note", "Note", "Kept with the action's progress notes.")


def _start(row: RecordRow, values: Values) -> Command:
    return StartAction(row.id, row.version, _text(values, "note"))


def _complete(row: RecordRow, values: Values) -> Command:
    return CompleteAction(
        row.id,
        row.version,
        _day(values, "completed_on"),
        _text(values, "outcome"),
        _text(values, "note"),
        _text(values, "evidence"),
        _text(values, "evidence_kind"),
    )


def _sign_off(row: RecordRow, values: Values) -> Command:
    level = AssuranceLevel(_text(values, "assurance"))
    return SignOffAction(row.id, row.version, _text(values, "by"), _day(values, "on"), level)


def _move(row: RecordRow, values: Values) -> Command:
    return MoveDueDate(row.id, row.version, _day(values, "to_on"), _text(values, "reason"))


def _reopen(row: RecordRow, values: Values) -> Command:
    return ReopenAction(row.id, row.version, _text(values, "reason"))


def _drop(row: RecordRow, values: Values) -> Command:
    return DropAction(row.id, row.version, _text(values, "reason"))


def _colour(row: RecordRow, values: Values) -> Command:
    return GiveColour(row.id, row.version, _text(values, "colour"), _text(values, "reason"))


def _evidence(row: RecordRow, values: Values) -> Command:
    return AddRecord("evidence", {"action": row.id, **values})


def _check(row: RecordRow, values: Values) -> Command:
    result, by = _text(values, "result"), _text(values, "by")
    return CheckAction(row.id, _day(values, "checked_on"), result, by, _text(values, "note"))


def _impact(row: RecordRow, values: Values) -> Command:
    review = row.values["review"]
    assert isinstance(review, int)
    return RecordImpact(
        _text(values, "what_changed"),
        _text(values, "how_known"),
        _day(values, "seen_on"),
        (row.id,),
        (review,),
    )


def _serve(row: RecordRow, values: Values) -> Command:
    chosen = values.get("also_serves")
    ids = tuple(int(one) for one in chosen) if isinstance(chosen, tuple) else ()
    return ServeAlso(row.id, row.version, ids)


def _escalate(row: RecordRow, values: Values) -> Command:
    step, to = _text(values, "step"), _text(values, "to")
    return Escalate(row.id, step, _day(values, "raised_on"), to, _text(values, "message"))


CHECK, REOPEN, ESCALATE = "Follow-up check", "Reopen", "Escalate"
_IMPACT = {field.name: field for field in record_kind("impact").fields}

ACTS: tuple[Act, ...] = (
    Act("Start", (_NOTE,), _start, (DeliveryStatus.NOT_STARTED,)),
    Act(
        "Complete",
        (
            day("completed_on", "Completed on", required=True),
            Field(
                "evidence",
                "What shows it",
                max_length=500,
                help="Needed where no evidence is recorded yet.",
            ),
            code("evidence_kind", "Kind of evidence", "evidence_kind"),
            long_text("outcome", "What changed"),
            _NOTE,
        ),
        _complete,
        _OPEN,
        lambda today: {"completed_on": today},
    ),
    Act(
        "Add evidence",
        (
            code("kind", "Kind", "evidence_kind", required=True),
            Field("description", "What it is", required=True, max_length=500),
            day("received_on", "Received on", required=True),
            Field("kept_at", "Where it is kept", max_length=500),
        ),
        _evidence,
        tuple(DeliveryStatus),
        lambda today: {"received_on": today},
    ),
    Act(
        "Sign off",
        (
            code("assurance", "Assurance", "assurance_level", required=True),
            Field("by", "Signed off by", required=True),
            day("on", "Signed off on", required=True),
        ),
        _sign_off,
        (DeliveryStatus.COMPLETE,),
        lambda today: {"on": today, "assurance": AssuranceLevel.EVIDENCE_ACCEPTED.value},
    ),
    Act(
        CHECK,
        (
            day("checked_on", "Looked at on", required=True),
            code("result", "Does it hold?", "check_result", required=True),
            Field("by", "By", required=True),
            long_text("note", "What was seen", "Needed where it does not hold in full."),
        ),
        _check,
        (DeliveryStatus.COMPLETE,),
        lambda today: {"checked_on": today},
    ),
    Act(
        "Record impact",
        tuple(_IMPACT[name] for name in ("what_changed", "how_known", "seen_on")),
        _impact,
        (DeliveryStatus.IN_PROGRESS, DeliveryStatus.COMPLETE),
    ),
    Act(
        "Move due date",
        (
            day("to_on", "Due", "A day, or +10wd, +1m from today.", required=True),
            long_text("reason", "Reason", required=True),
        ),
        _move,
        _OPEN,
    ),
    Act(
        ESCALATE,
        (
            code("step", "Step", "escalation_step", required=True),
            Field("to", "To", required=True),
            day("raised_on", "On", required=True),
            long_text("message", "Words", "Change them, copy them, and send them your own way."),
        ),
        _escalate,
        _OPEN,
        lambda today: {"raised_on": today},
    ),
    Act(REOPEN, (long_text("reason", "Reason", required=True),), _reopen, _ENDED),
    Act("No longer required", (long_text("reason", "Reason", required=True),), _drop, _OPEN),
    Act(
        "Also serves",
        (links("also_serves", "Recommendations it serves too", "recommendation", required=True),),
        _serve,
        tuple(DeliveryStatus),
    ),
    Act(
        "Give a colour by hand",
        (
            code("colour", "Colour", "rag_colour", "Left empty, the key decides again."),
            Field(
                "reason", "Reason", max_length=500, help="Required; it is printed with the colour."
            ),
        ),
        _colour,
        tuple(DeliveryStatus),
    ),
)
