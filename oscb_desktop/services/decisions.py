"""The decision on a rapid review, its way to the Panel, the Panel's letters, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from oscb_desktop.database.base import Record
from oscb_desktop.domain.decisions import needs_reason
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value, is_empty
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.services import naming, records
from oscb_desktop.services.plans import make_plan
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """Record what was decided on a rapid review that was read at this version."""

    review_id: int
    version: int
    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Record it; criteria that are met without an LCSPR ask for a reason."""
        _rapid_review(work, self.review_id, self.version)
        decide(work, self.review_id, self.values)
        work.record_id = self.review_id
        work.label = naming.label(work, "Record the decision on", "review", self.review_id)


@dataclass(frozen=True, slots=True)
class SendToPanel:
    """Say on which day a rapid review was sent to the Panel, and why if that was late."""

    review_id: int
    version: int
    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Note the day, which may be today or earlier."""
        _rapid_review(work, self.review_id, self.version)
        sent = self.values.get("sent_to_panel_on")
        if not isinstance(sent, date):
            raise _fault("sent_to_panel_on", "Say on which day it was sent.")
        records.amend(work, "review", self.review_id, self.values)
        work.record_id = self.review_id
        work.label = naming.label(work, "Send to the Panel:", "review", self.review_id)


@dataclass(frozen=True, slots=True)
class RecordPanelLetter:
    """Keep a letter of the Panel, or change one, and with it the decision that it changed.

    ``letter_id`` is ``None`` for a new letter; ``decision`` holds the answers that changed.
    """

    review_id: int
    review_version: int
    letter: Mapping[str, Value]
    letter_id: int | None = None
    letter_version: int = 0
    decision: Mapping[str, Value] = field(default_factory=dict)

    def carry_out(self, work: Work) -> None:
        """Keep the letter; the decision changes only where the letter says that it did."""
        if self.letter_id is None:
            letter = records.add(work, "panel_response", {**self.letter, "review": self.review_id})
        else:
            letter = self.letter_id
            check_version(records.live_row(work, "panel_response", letter), self.letter_version)
            records.amend(work, "panel_response", letter, self.letter)
        if self.decision:
            _rapid_review(work, self.review_id, self.review_version)
            decide(work, self.review_id, self.decision)
        work.record_id = letter
        verb = "Add" if self.letter_id is None else "Change"
        work.label = naming.label(work, verb, "panel_response", letter)


@dataclass(frozen=True, slots=True)
class StartLocalReview:
    """Begin the LCSPR that a rapid review decided on, with its incident, children and plan."""

    review_id: int

    def carry_out(self, work: Work) -> None:
        """Begin it on the day of the decision; a rapid review leads to one LCSPR alone."""
        rapid = _rapid_review(work, self.review_id)
        values = reading.values_of(work.session, "review", rapid)
        if is_empty(values["decided_on"]):
            raise UserError("Record the day of the decision first: the six months count from it.")
        kind = record_kind("review")
        for other in reading.ids_linking(
            work.session, kind, kind.field("arose_from"), self.review_id
        ):
            found = records.live_row(work, "review", other)
            if reading.values_of(work.session, "review", found)["kind"] == "lcspr":
                name = reading.title_of(work.session, "review", other)
                raise UserError(f"{name} arose from this rapid review already.")
        taken = ("known_as", "role", "partnerships", "incident", "children", "themes")
        work.record_id = records.add(
            work,
            "review",
            {
                **{name: values[name] for name in taken},
                "kind": "lcspr",
                "arose_from": self.review_id,
                "started_on": values["decided_on"],
                "initiated_on": values["decided_on"],
            },
        )
        make_plan(work, work.record_id)
        work.label = naming.label(work, "Begin", "review", work.record_id)


def decide(work: Work, review_id: int, values: Mapping[str, Value]) -> None:
    """Write a decision within a step; raises ``InvalidRecord`` where the reason is missing."""
    before = reading.values_of(work.session, "review", records.live_row(work, "review", review_id))
    after = {**before, **values}
    if needs_reason(after) and is_empty(after["decision_reason"]):
        raise _fault(
            "decision_reason", "The criteria are met and there is to be no LCSPR: say why."
        )
    records.amend(work, "review", review_id, values)


def _rapid_review(work: Work, review_id: int, version: int | None = None) -> Record:
    row = records.live_row(work, "review", review_id)
    if version is not None:
        check_version(row, version)
    if reading.values_of(work.session, "review", row)["kind"] != "rapid_review":
        raise UserError("This is decided of a rapid review only.")
    return row


def _fault(name: str, sentence: str) -> InvalidRecord:
    return InvalidRecord((FieldFault(name, sentence),))
