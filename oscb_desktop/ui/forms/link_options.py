"""Which records a link field offers: those of the same owner first, then the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.widgets.finder import Option

ValueOf = Callable[[str], Value]
"""Returns what another field of the same form holds at present."""


def options_for(
    operations: Operations, kind: RecordKind, field: Field, value_of: ValueOf
) -> tuple[Option, ...]:
    """Return the records that a link of this kind can lead to.

    Where both kinds belong to a record of a third, such as findings and recommendations to a
    review, those that belong to the same one come first, under their own heading.
    """
    return operations.read(_options, kind, field, value_of)


def _options(session: Any, kind: RecordKind, field: Field, value_of: ValueOf) -> tuple[Option, ...]:
    found = records.choices(session, field.to)
    shared = _shared_owner(kind, field)
    owner = value_of(shared.name) if shared else None
    if shared is None or not isinstance(owner, int):
        return tuple(Option(str(choice.id), choice.title) for choice in found)
    target = record_kind(field.to)
    near = set(records.ids_linking(session, target, target.field(target.parent), owner))
    what = shared.label.lower()
    options = [
        Option(
            str(choice.id), choice.title, f"Of the same {what}" if choice.id in near else "Others"
        )
        for choice in found
    ]
    return tuple(sorted(options, key=lambda option: option.group == "Others"))


def _shared_owner(kind: RecordKind, field: Field) -> Field | None:
    """Return the field of this kind that leads to what owns the records of the other."""
    target = record_kind(field.to)
    if not target.parent:
        return None
    wanted = target.field(target.parent).to
    links = (own for own in kind.fields if own.is_link and not own.holds_many)
    return next((own for own in links if own.to == wanted and own.name != field.name), None)
