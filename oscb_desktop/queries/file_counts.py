"""How much a file holds, table by table, and how much its change log says that it should."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from oscb_desktop.database.base import Base, Record
from oscb_desktop.database.change_log import ItemAct
from oscb_desktop.database.models import LINK_TABLES, MODELS
from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.trust import Change, ChangeHead, ChangeItem, SearchEntry
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.queries.moments import local_time

BIN = "{} in the bin"


@dataclass(frozen=True, slots=True)
class LastStep:
    """The newest step of a file's change log; ``number`` counts the steps, ``hash`` tells them."""

    number: int = 0
    hash: str = ""
    label: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What is told of a file in a list of files: live records, and steps of work."""

    reviews: int
    actions: int
    last: LastStep


def contents(session: Session) -> Contents:
    """Return how much a file holds, in brief."""
    return Contents(_live(session, Review), _live(session, Action), last_step(session))


def last_step(session: Session) -> LastStep:
    """Return the newest step of the log, number 0 when there is none."""
    row = session.execute(
        select(Change.id, Change.hash, Change.label, Change.by, Change.at)
        .order_by(Change.id.desc())
        .limit(1)
    ).one_or_none()
    return LastStep(row.id, row.hash, row.label, row.by, local_time(row.at)) if row else LastStep()


def hash_of(session: Session, step: int) -> str:
    """Return the hash of a step of the log, empty where there is none of that number."""
    return session.scalar(select(Change.hash).where(Change.id == step)) or ""


def live_records(session: Session) -> Mapping[str, int]:
    """Return how many records of each kind are not in the bin."""
    return {kind: _live(session, model) for kind, model in MODELS.items()}


def rows_held(session: Session) -> dict[str, int]:
    """Return how many rows each table holds; unfinished typing is no record and left out."""
    held = {name: _rows(session, table) for name, table in _tables().items()}
    for kind, model in MODELS.items():
        gone = select(func.count()).where(model.withdrawn_at.is_not(None))
        held[BIN.format(kind)] = session.scalar(gone) or 0
    return held


def rows_logged(session: Session, step: int) -> dict[str, int]:
    """Return how many rows each table held after a step of the log, as the log itself tells it."""
    ever = dict.fromkeys(MODELS, 0) | _ever(session, step)
    binned = dict.fromkeys(MODELS, 0) | _binned(session, step)
    indexed = [kind for kind in RECORD_KINDS.values() if not (kind.identifying or kind.singleton)]
    items = select(func.count()).where(ChangeItem.change_id <= step)
    steps = select(func.count()).where(Change.id <= step)
    return {
        **ever,
        **{BIN.format(kind): count for kind, count in binned.items()},
        **{table.name: _links(session, *field, step=step) for field, table in LINK_TABLES.items()},
        Change.__tablename__: session.scalar(steps) or 0,
        ChangeHead.__tablename__: min(step, 1),
        ChangeItem.__tablename__: session.scalar(items) or 0,
        SearchEntry.__tablename__: sum(ever[kind.name] - binned[kind.name] for kind in indexed),
    }


def _tables() -> dict[str, FromClause]:
    mapped: tuple[type[Base], ...] = (*MODELS.values(), Change, ChangeHead, ChangeItem, SearchEntry)
    links = {table.name: table for table in LINK_TABLES.values()}
    return {**{model.__tablename__: model.__table__ for model in mapped}, **links}


def _live(session: Session, model: type[Record]) -> int:
    return session.scalar(select(func.count()).where(model.withdrawn_at.is_(None))) or 0


def _rows(session: Session, table: FromClause) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _ever(session: Session, step: int) -> dict[str, int]:
    """Count the records of each kind that were ever added and not disposed of since."""
    query = select(ChangeItem.kind, func.count(ChangeItem.record_id.distinct()))
    there = (ChangeItem.change_id <= step, _stays(step))
    return _pairs(session, query.where(*there).group_by(ChangeItem.kind))


def _stays(step: int) -> ColumnElement[bool]:
    """Whether the record of an item was not disposed of by a step of the log."""
    gone = aliased(ChangeItem)
    return ~exists().where(
        gone.kind == ChangeItem.kind,
        gone.record_id == ChangeItem.record_id,
        gone.act == ItemAct.REMOVE,
        gone.change_id <= step,
    )


def _binned(session: Session, step: int) -> dict[str, int]:
    last = (
        select(func.max(ChangeItem.id))
        .where(
            ChangeItem.change_id <= step,
            ChangeItem.act.in_((ItemAct.WITHDRAW, ItemAct.RESTORE)),
            _stays(step),
        )
        .group_by(ChangeItem.kind, ChangeItem.record_id)
    )
    query = select(ChangeItem.kind, func.count()).where(
        ChangeItem.id.in_(last), ChangeItem.act == ItemAct.WITHDRAW
    )
    return _pairs(session, query.group_by(ChangeItem.kind))


def _links(session: Session, kind: str, field: str, *, step: int) -> int:
    """Count the links of a field that leads to many, as each record was last said to hold them."""
    last = (
        select(func.max(ChangeItem.id))
        .where(
            ChangeItem.change_id <= step,
            ChangeItem.kind == kind,
            ChangeItem.field == field,
            _stays(step),
        )
        .group_by(ChangeItem.record_id)
    )
    many = func.sum(func.json_array_length(ChangeItem.after))
    return session.scalar(select(many).where(ChangeItem.id.in_(last))) or 0


def _pairs(session: Session, query: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(query)}
