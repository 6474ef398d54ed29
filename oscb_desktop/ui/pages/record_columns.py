"""Which fields tell one record of a kind from another, for small tables and plain lists."""

from __future__ import annotations

from collections.abc import Sequence

from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind

_MOST = 5
NUMBERS = (FieldKind.WHOLE_NUMBER, FieldKind.MONEY)
"""The kinds of field that stand to the right in a table."""

_CHOSEN: dict[str, tuple[str, ...]] = {
    "agency": ("name", "kind", "short_name", "email", "phone"),
    "person": ("name", "job_title", "agency", "email"),
    "membership": ("person", "body", "role", "from_on", "to_on"),
    "incident": ("reference", "known_as", "happened_on", "nature", "notified_on"),
    "notification_discussion": (
        "held_on",
        "authority_view",
        "health_view",
        "police_view",
        "decision",
    ),
    "child": ("reference", "known_as", "age_at_incident", "sex", "csc_status", "outcome"),
    "review": ("reference", "known_as", "kind", "started_on", "finished_on"),
    "panel_response": ("received_on", "kind", "points", "replied_on"),
    "cost_line": ("description", "amount", "incurred_on", "invoice", "paid_on"),
    "finding": ("number", "title", "text"),
    "recommendation": ("number", "text", "response"),
    "limb": ("label", "scope", "text", "raised_with", "raised_on"),
    "action": ("reference", "text", "lead_agency", "due_on", "delivery"),
    "progress_note": ("noted_on", "note", "by"),
    "evidence": (
        "received_on",
        "kind",
        "description",
        "attachments",
        "kept_at",
        "accepted_on",
    ),
    "due_revision": ("revised_on", "from_on", "to_on", "reason"),
    "learning_point": ("reference", "audience", "heading"),
    "release": ("reference", "printed_on", "paper", "recipient", "copy_number", "by"),
    "age_band": ("label", "from_years", "to_years", "unborn"),
}


def columns_of(kind: RecordKind) -> tuple[Field, ...]:
    """Return the telling fields: those chosen for the kind, or its title and first fields."""
    if kind.name in _CHOSEN:
        return tuple(kind.field(name) for name in _CHOSEN[kind.name])
    first = dict.fromkeys((*kind.title, *kind.names))
    return tuple(kind.field(name) for name in first)[:_MOST]


def wide_column(fields: Sequence[Field]) -> int:
    """Return the place of the column that takes the room the others leave."""
    wanted = (FieldKind.LONG_TEXT, FieldKind.TEXT, FieldKind.LINK, FieldKind.CODE)
    for kind in wanted:
        for place, field in enumerate(fields):
            if field.kind is kind and field.name != "reference":
                return place
    return 0
