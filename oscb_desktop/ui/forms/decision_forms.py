"""The forms of a decision: the answers, the way to the Panel, and its letter that changes them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import FieldFault, InvalidRecord
from oscb_desktop.queries.meetings import panel_met_on
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.decisions import RecordDecision, RecordPanelLetter, SendToPanel
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.draft_keeper import DraftKeeper
from oscb_desktop.ui.forms.form_fields import FormFields
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.labels import heading, quiet

_SENDING = ("sent_to_panel_on", "late_reason")
_CHANGING = (
    "criteria_met",
    "lcspr_commissioned",
    "decision_reason",
    "national_potential",
    "decision",
    "decided_on",
)
"""The answers that a letter of the Panel may change."""


class DecisionForm(RecordForm):
    """All answers in the order in which they are given, the children's safety first."""

    def __init__(self, context: Context, review: RecordRow) -> None:
        kind = record_kind("review")
        asked = {field.name for field in kind.fields if field.section == "Decision"}
        asked.add("immediate_action")
        without = [name for name in kind.names if name not in asked]
        sections = (kind.field("immediate_action").section, "Decision")
        given: dict[str, Value] = {}
        if not review.values["meeting_on"]:
            given["meeting_on"] = context.operations.read(panel_met_on, review.id)
        super().__init__(context, "review", review, given, sections=sections, without=without)

    def _command(self, values: dict[str, Value]) -> Command:
        assert self.row is not None
        return RecordDecision(self.row.id, self.row.version, _different(self.row, values))


class SendForm(RecordForm):
    """On which day a rapid review was sent to the Panel, and why if that was late."""

    def __init__(self, context: Context, review: RecordRow) -> None:
        kind = record_kind("review")
        without = [name for name in kind.names if name not in _SENDING]
        given: dict[str, Value] = {}
        if not review.values["sent_to_panel_on"]:
            given["sent_to_panel_on"] = context.operations.today()
        super().__init__(context, "review", review, given, sections=("Decision",), without=without)

    def _command(self, values: dict[str, Value]) -> Command:
        assert self.row is not None
        return SendToPanel(self.row.id, self.row.version, values)


class PanelLetterForm(RecordForm):
    """A letter of the Panel; where it changed the decision, the new one is asked for below it."""

    def __init__(
        self, context: Context, review: RecordRow, letter: RecordRow | None = None
    ) -> None:
        self._review = review
        preset: dict[str, Value] = {} if letter else {"review": review.id}
        super().__init__(context, "panel_response", letter, preset, without=("review",))
        kind = record_kind("review")
        without = [name for name in kind.names if name not in _CHANGING]
        self.decision = FormFields(context, kind, review, {}, ("Decision",), without)
        self.decision_drafts = DraftKeeper(context.operations, kind, review, {}, self.decision)
        self.saved.connect(self.decision_drafts.drop)
        self.cancelled.connect(self.decision_drafts.drop)
        self._part = QWidget()
        rows = QVBoxLayout(self._part)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(heading("The decision as it stands now"))
        rows.addWidget(quiet("What it was before stays in the history."))
        rows.addWidget(self.decision)
        self.add_below(self._part)
        self.fields.edited.connect(self._offer_decision)
        self._offer_decision()

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        return super().unsaved() or (not self._over and bool(self.decision.dirty()))

    def keep_typing(self) -> tuple[KeepDraft, ...]:
        """Keep the letter, and the new decision with its review; return what could not be kept."""
        held = self.decision_drafts.keep() if self.decision.dirty() and not self._over else None
        return (*super().keep_typing(), *(() if held is None else (held,)))

    def take(self, held: KeepDraft) -> None:
        """Put back typing that is in no file, of the letter or of the decision."""
        if self.decision_drafts.is_of(held):
            self.decision_drafts.take(held)
        super().take(held)

    def bring_back(self) -> None:
        """Put earlier typing back into the fields of both."""
        super().bring_back()
        self._offer_decision()
        if not self._part.isHidden():
            self.decision_drafts.bring_back()

    def _offer_decision(self) -> None:
        rapid = self._review.values["kind"] == "rapid_review"
        changed = self.fields.value_of("decision_changed") is True
        self._part.setVisible(rapid and changed)

    def _command(self, values: dict[str, Value]) -> Command:
        decision: dict[str, Value] = {}
        if values.get("decision_changed") is True and not self._part.isHidden():
            typed, faults = self.decision.read()
            if faults:
                raise InvalidRecord(faults)
            decision = _different(self._review, typed)
        letter = values if self.row is None else _different(self.row, values)
        return RecordPanelLetter(
            self._review.id,
            self._review.version,
            letter,
            self.row.id if self.row else None,
            self.row.version if self.row else 0,
            decision,
        )

    def _show_faults(self, faults: Iterable[FieldFault]) -> None:
        told = tuple(faults)
        self.decision.show_faults([one for one in told if one.field in self.decision.boxes])
        super()._show_faults([one for one in told if one.field not in self.decision.boxes])


def _different(row: RecordRow, values: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value != row.values[name]}
