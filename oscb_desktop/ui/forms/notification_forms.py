"""The forms of what follows from an incident: notified by us, or found to be another area's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from oscb_desktop.domain.areas import is_of
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.notifications import leads_to_rapid_review
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import FieldFault, InvalidRecord
from oscb_desktop.queries.incidents import rapid_reviews_of
from oscb_desktop.queries.organisation import own_names
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.notification import OUR_PART, FoundOutsideArea, SendNotification
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.form_fields import FormFields
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.labels import heading

_SENDING = (
    "aware_on",
    "notified_on",
    "notified_at",
    "notifier",
    "notifier_role",
    "notifier_authority",
    "notifier_phone",
    "notification_reasons",
    "partners_told_on",
    "police_told_on",
    "health_told_on",
    "notification_reference",
    "also_told",
    "also_told_note",
)
_REASON_OF = {
    "child_death": "death_abuse",
    "serious_harm": "harm_abuse",
    "looked_after_death_no_abuse": "looked_after_death",
    "care_leaver_death": "care_leaver_death",
}
"""The reason that the nature of an incident gives by itself."""


class NotificationForm(RecordForm):
    """When and by whom a notification was sent, why, and who else was told."""

    def __init__(self, context: Context, incident: RecordRow) -> None:
        given: dict[str, Value] = {}
        if not incident.values["notified_on"]:
            given["notified_on"] = context.operations.today()
        reason = _REASON_OF.get(str(incident.values["nature"]))
        if reason and not incident.values["notification_reasons"]:
            given["notification_reasons"] = (reason,)
        super().__init__(
            context,
            "incident",
            incident,
            given,
            sections=_sections(_SENDING),
            without=_others(_SENDING),
        )
        self.part = self._asked_part(incident)
        self.save_button.setText("Save as sent")
        self.save_button.setAccessibleName("Save as sent")
        for name in _SENDING:
            self.fields.open_fold_of(name)

    def _asked_part(self, incident: RecordRow) -> FormFields | None:
        """Ask for our part in the rapid review, where the notification begins one."""
        begins = leads_to_rapid_review(str(incident.values["nature"]))
        if not begins or self._context.operations.read(rapid_reviews_of, incident.id):
            return None
        kind = record_kind("review")
        without = [name for name in kind.names if name not in OUR_PART]
        part = FormFields(self._context, kind, None, {}, (kind.field("role").section,), without)
        self.add_below(heading("The rapid review that begins"))
        self.add_below(part)
        return part

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        part = self.part is not None and not self._over and bool(self.part.dirty())
        return part or super().unsaved()

    def _command(self, values: dict[str, Value]) -> Command:
        assert self.row is not None
        part: dict[str, Value] = {}
        if self.part is not None:
            part, faults = self.part.read()
            if faults:
                raise InvalidRecord(faults)
        return SendNotification(self.row.id, self.row.version, values, part)

    def _show_faults(self, faults: Iterable[FieldFault]) -> None:
        told = tuple(faults)
        boxes = self.part.boxes if self.part is not None else {}
        if self.part is not None:
            self.part.show_faults([one for one in told if one.field in boxes])
        super()._show_faults([one for one in told if one.field not in boxes])


class OutsideForm(RecordForm):
    """In whose area it happened after all; our own is not offered, so that a name is typed."""

    def __init__(self, context: Context, incident: RecordRow) -> None:
        names = ("incident_authority",)
        super().__init__(
            context,
            "incident",
            _without_ours(context, incident),
            sections=_sections(names),
            without=_others(names),
        )

    def newer_row(self, row: RecordRow) -> RecordRow | None:
        """Return the incident as it stands now, without our own area."""
        newer = super().newer_row(row)
        return None if newer is None else _without_ours(self._context, newer)

    def _command(self, values: dict[str, Value]) -> Command:
        assert self.row is not None
        authority = str(values.get("incident_authority") or "")
        return FoundOutsideArea(self.row.id, self.row.version, authority)


def _without_ours(context: Context, incident: RecordRow) -> RecordRow:
    recorded = str(incident.values["incident_authority"] or "")
    if not is_of(recorded, context.operations.read(own_names)):
        return incident
    return replace(incident, values={**incident.values, "incident_authority": None})


def _sections(names: Sequence[str]) -> Sequence[str]:
    kind = record_kind("incident")
    return tuple(dict.fromkeys(kind.field(name).section for name in names))


def _others(names: Sequence[str]) -> Sequence[str]:
    return [name for name in record_kind("incident").names if name not in names]
