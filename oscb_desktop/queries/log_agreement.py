"""Whether every record holds what the change log last said of it, field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import ItemAct
from oscb_desktop.database.models import MODELS
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.values import is_empty, to_json
from oscb_desktop.queries.records import all_values

_MOVES = (ItemAct.WITHDRAW, ItemAct.RESTORE)


def untold(session: Session) -> tuple[str, ...]:
    """Return a sentence for each kind of record that differs from the log; none quotes a record.

    An older page of the same file, put in the place of a newer one by a disk that lost a write, is
    sound by itself: only this finds it. A migration that changes values must therefore log it.
    """
    return tuple(sentence for kind in MODELS for sentence in _differing(session, kind))


def _differing(session: Session, kind_name: str) -> Iterator[str]:
    told, binned = _last_told(session, kind_name), _binned(session, kind_name)
    kind = RECORD_KINDS[kind_name]
    rows = session.scalars(select(MODELS[kind_name])).all()
    for row, values in zip(rows, all_values(session, kind_name, rows), strict=True):
        wrong = [
            declared.label
            for declared in kind.fields
            if _kept(values[declared.name]) != told.get((row.id, declared.name))
        ]
        if (row.withdrawn_at is not None) != (row.id in binned):
            wrong.append("whether it is in the bin")
        if wrong:
            yield (
                f"Number {row.id} of the {kind.plural.lower()} holds what the change log does not "
                f"tell: {', '.join(wrong)}."
            )


def _kept(value: Any) -> Any:
    return None if is_empty(value) else to_json(value)


def _last_told(session: Session, kind_name: str) -> dict[tuple[int, str], Any]:
    last = (
        select(func.max(ChangeItem.id))
        .where(ChangeItem.kind == kind_name, ChangeItem.field != "")
        .group_by(ChangeItem.record_id, ChangeItem.field)
    )
    query = select(ChangeItem.record_id, ChangeItem.field, ChangeItem.after).where(
        ChangeItem.id.in_(last), ChangeItem.after.is_not(None)
    )
    found = {(row[0], row[1]): json.loads(str(row[2])) for row in session.execute(query)}
    return {key: value for key, value in found.items() if value != []}


def _binned(session: Session, kind_name: str) -> frozenset[int]:
    last = (
        select(func.max(ChangeItem.id))
        .where(ChangeItem.kind == kind_name, ChangeItem.act.in_(_MOVES))
        .group_by(ChangeItem.record_id)
    )
    query = select(ChangeItem.record_id).where(
        ChangeItem.id.in_(last), ChangeItem.act == ItemAct.WITHDRAW
    )
    return frozenset(session.scalars(query))
