"""What was typed into forms and not saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Draft
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import JsonValue
from oscb_desktop.queries.moments import local_time
from oscb_desktop.queries.records import title_of


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Typing that was kept: of an existing record, or of one still to be added.

    ``preset`` is what the typed fields held when the typing began, or what the new record was
    started with; ``typed`` the text of each field; ``title`` names the record for a person.
    """

    id: int
    kind: str
    record_id: int | None
    preset: Mapping[str, JsonValue]
    typed: Mapping[str, str]
    saved_at: datetime
    title: str


def draft_for(
    session: Session, kind: str, record_id: int | None, preset: Mapping[str, JsonValue]
) -> DraftRow | None:
    """Return what was typed into the form of this record, or of a new one so started."""
    row = find(session, kind, record_id, preset)
    return None if row is None else _draft_row(session, row)


def unfinished(session: Session) -> tuple[DraftRow, ...]:
    """Return all typing that was never saved, the newest first."""
    newest_first = select(Draft).order_by(Draft.saved_at.desc(), Draft.id.desc())
    return tuple(_draft_row(session, row) for row in session.scalars(newest_first))


def find(
    session: Session, kind: str, record_id: int | None, preset: Mapping[str, JsonValue]
) -> Draft | None:
    """Return the mapped draft: that of the record, or the one that was started with this."""
    same = select(Draft).where(Draft.kind == kind, Draft.record_id == record_id)
    for row in session.scalars(same):
        if record_id is not None or json.loads(row.preset) == dict(preset):
            return row
    return None


def _draft_row(session: Session, row: Draft) -> DraftRow:
    kind = record_kind(row.kind)
    name = kind.label[:1].lower() + kind.label[1:]
    title = f"New {name}"
    if row.record_id is not None:
        record = "" if kind.identifying else title_of(session, row.kind, row.record_id)
        title = f"{kind.label} {record}".strip()
    return DraftRow(
        row.id,
        row.kind,
        row.record_id,
        json.loads(row.preset),
        json.loads(row.typed),
        local_time(row.saved_at),
        title,
    )
