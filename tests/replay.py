"""The change log read from its beginning: what every record must hold if the log tells it all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import ItemAct, broken_link
from oscb_desktop.database.models import MODELS
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import is_empty, to_json
from oscb_desktop.queries.file_counts import last_step, rows_held, rows_logged
from oscb_desktop.queries.records import values_of

States = dict[tuple[str, int], dict[str, Any]]


def as_logged(session: Session) -> States:
    """Return what the log says each record holds; ``withdrawn`` says whether it is in the bin."""
    states: States = {}
    for item in session.scalars(select(ChangeItem).order_by(ChangeItem.change_id, ChangeItem.id)):
        state = states.setdefault((item.kind, item.record_id), {"withdrawn": False})
        if item.act == ItemAct.REMOVE:
            del states[item.kind, item.record_id]
        elif item.act in (ItemAct.WITHDRAW, ItemAct.RESTORE):
            state["withdrawn"] = item.act == ItemAct.WITHDRAW
        elif item.field:
            after = None if item.after is None else json.loads(item.after)
            state[item.field] = after
            if after in (None, []):
                del state[item.field]
    return states


def as_held(session: Session, kinds: Iterable[str] = tuple(MODELS)) -> States:
    """Return what each record of these kinds holds, empty fields left out."""
    states: States = {}
    for kind in kinds:
        names = record_kind(kind).names
        for row in session.scalars(select(MODELS[kind])):
            values = values_of(session, kind, row)
            state = {name: to_json(values[name]) for name in names if not is_empty(values[name])}
            states[kind, row.id] = {**state, "withdrawn": row.withdrawn_at is not None}
    return states


def hangs_together(session: Session) -> bool:
    """Whether the chain holds and the log tells exactly what the records and the tables hold."""
    assert as_logged(session) == as_held(session)
    assert rows_logged(session, last_step(session).number) == rows_held(session)
    return broken_link(session) is None
