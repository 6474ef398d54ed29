"""Keeping what was typed into a form and not saved: it is no record, so no step is logged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Draft
from oscb_desktop.domain.values import JsonValue
from oscb_desktop.queries.drafts import find
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Keep the typed text of some fields of a form.

    For a record that exists, ``preset`` holds what these fields held when the typing began; for a
    new one, the values that it was started with, by which the draft is found again. ``fields`` are
    all the fields of the form: typing that is kept of other parts of the record stays.
    """

    kind: str
    record_id: int | None
    version: int | None
    preset: Mapping[str, JsonValue]
    fields: tuple[str, ...]
    typed: Mapping[str, str]

    def carry_out(self, work: Work) -> None:
        """Keep it."""
        row = find(work.session, self.kind, self.record_id, self.preset)
        if row is None:
            if not self.typed:
                return
            row = Draft(kind=self.kind, record_id=self.record_id, typed="{}", preset="{}")
            work.session.add(row)
        row.version = self.version
        kept = {
            name: text for name, text in json.loads(row.typed).items() if name not in self.fields
        }
        row.typed = _json({**kept, **self.typed})
        before = self.preset if self.record_id is None else _merged(row, self)
        row.preset = _json(before)
        row.saved_at = work.at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget what was typed into these fields: it has been saved, or is not wanted."""

    kind: str
    record_id: int | None
    preset: Mapping[str, JsonValue]
    fields: tuple[str, ...]

    def carry_out(self, work: Work) -> None:
        """Forget it."""
        row = find(work.session, self.kind, self.record_id, self.preset)
        if row is None:
            return
        kept = {
            name: text for name, text in json.loads(row.typed).items() if name not in self.fields
        }
        if kept and self.record_id is not None:
            row.typed = _json(kept)
        else:
            _delete(work.session, row)


def _merged(row: Draft, kept: KeepDraft) -> dict[str, JsonValue]:
    before: dict[str, JsonValue] = json.loads(row.preset)
    others = {name: value for name, value in before.items() if name not in kept.fields}
    return {**others, **kept.preset}


def _delete(session: Session, row: Draft) -> None:
    # A statement of its own: the session refuses to delete records, and this is none.
    session.execute(Draft.__table__.delete().where(Draft.id == row.id))  # type: ignore[attr-defined]


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
