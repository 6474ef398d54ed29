"""Salvaging a damaged file: everything that can be read, made whole, in a new file of the same key.

Rows are read table by table around the pages that cannot be read. A record that was lost is built
again from the change log, which holds every field of every record. What is lost in the records and
in the log is listed.

The log is carried over as far as it can be read. Where its chain still holds it is kept as it was;
otherwise it is sealed and chained anew as it lies, for a chain with a gap would look for ever like
one that somebody altered. Such a chain proves nothing of the time before: the salvage is its next
step, says so, and tells of each record in which what could be read differs from what the log tells,
so that from there on the log holds what the records hold.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, delete, exists, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from oscb_desktop.database import check, schema
from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.base import Base
from oscb_desktop.database.change_log import (
    Act,
    Item,
    ItemAct,
    Step,
    broken_link,
    rechain,
    write_step,
)
from oscb_desktop.database.engine import connect, for_writing, make_engine
from oscb_desktop.database.file import close_file, make_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.database.models import LINK_TABLES, MODELS, attribute
from oscb_desktop.database.models.keeping import Attachment
from oscb_desktop.database.models.trust import AttachmentContent, Change, ChangeItem
from oscb_desktop.database.salvage import (
    DamagedSource,
    Mended,
    TableRows,
    copy_apart,
    graft,
    mend_references,
    put_contents,
    put_rows,
    reseal,
)
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.values import from_json, is_empty, to_json
from oscb_desktop.errors import UserError
from oscb_desktop.queries.file_counts import LastStep, last_step
from oscb_desktop.services.files import adopt_practice_day
from oscb_desktop.services.rows import index_words, write_values
from oscb_desktop.services.store import Store

_MADE_ANEW = frozenset({"alembic_version", "search_entry"})
_NAMES = {
    "change": "Steps of the history",
    "change_item": "Details of the history",
    "change_head": "End of the history",
    "draft": "Unfinished typing",
    "attachment_content": "Attached files",
}
States = dict[tuple[str, int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TableCount:
    """One table: how many rows are known to have been in it, were read, and are in the new file."""

    label: str
    known: int
    read: int
    kept: int


@dataclass(frozen=True, slots=True)
class Salvage:
    """A file salvaged from a damaged one. ``path`` is where it lies.

    ``rebuilt`` counts the records built again from the change log; ``lost`` and ``mended`` list
    what is not in the file, and which links were emptied. ``is_chain_anew`` says that the chain
    proves nothing of the time before the salvage.
    """

    path: Path
    key: FileKey
    tables: tuple[TableCount, ...]
    last: LastStep
    rebuilt: int
    lost: tuple[str, ...]
    is_chain_anew: bool
    faults: tuple[str, ...]

    @property
    def known(self) -> int:
        """How many rows are known to have been in the damaged file."""
        return sum(table.known for table in self.tables)

    @property
    def read(self) -> int:
        """How many rows of the damaged file could be read."""
        return sum(table.read for table in self.tables)

    def words(self) -> tuple[str, ...]:
        """Return what was salvaged, a sentence a line."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.read:,} of {self.known:,} rows could be read."
        if self.last.at is not None:
            at = f"{format_date(self.last.at.date())} {self.last.at:%H:%M}"
            yield f"The newest change is of {at}: {self.last.label}."
        if self.rebuilt:
            were = "was" if self.rebuilt == 1 else "were"
            yield f"{counted(self.rebuilt, 'record')} {were} put together again from the history."
        if self.is_chain_anew:
            yield (
                "The chain of the history begins anew with the salvage: it proves nothing of the "
                "time before."
            )
        yield from self.lost
        yield from self.faults

    def discard(self) -> None:
        """Remove it, when it lies in a scratch place."""
        if self.path.parent.name.startswith("look-"):
            shutil.rmtree(self.path.parent, ignore_errors=True)


def salvage(
    path: Path,
    key: FileKey,
    to: Path,
    scratch: Path,
    by: str,
    at: datetime,
    backup: Path | None = None,
) -> Salvage:
    """Salvage a damaged file into a new one, which opens as the damaged one did.

    ``backup`` is one of the same file, for the pages that tell where the tables lie. Raises
    ``UserError`` when the new file cannot be written or nothing at all can be read; the damaged
    file is only read.
    """
    if to.exists():
        raise UserError(f"{to} exists already. A file is only ever salvaged to a new one.")
    if not to.parent.is_dir():
        raise UserError(f"There is no folder {to.parent}. Choose one that is there.")
    found = salvage_apart(path, key, scratch, by, at, backup)
    try:
        return written(found, to)
    finally:
        found.discard()


def written(found: Salvage, to: Path) -> Salvage:
    """Write what was salvaged in a scratch place to a file of its own."""
    if to.exists():
        raise UserError(f"{to} exists already. A file is only ever salvaged to a new one.")
    copy_file(found.path, found.key, to, what="The salvaged file", at_rest=True)
    return Salvage(
        to,
        found.key,
        found.tables,
        found.last,
        found.rebuilt,
        found.lost,
        found.is_chain_anew,
        found.faults,
    )


def open_salvaged(found: Salvage, to: Path, by: str, now: Callable[[], datetime]) -> Store:
    """Write what was salvaged in a scratch place to a file of its own, and open that."""
    try:
        made = written(found, to)
    finally:
        found.discard()
    lock = OpenFileLock(to)
    lock.acquire(now())
    store = Store(make_engine(made.path, made.key), made.key, to, by, now, lock)
    adopt_practice_day(store)
    return store


def open_to_read(found: Salvage, path: Path, by: str, now: Callable[[], datetime]) -> Store:
    """Open what was salvaged in a scratch place under the name of the damaged file, to be read.

    Nothing is written to either; the scratch place is gone when the store is closed. A look at the
    damaged file itself would fail wherever it meets a page that cannot be read.
    """
    store = Store(make_engine(found.path, found.key), found.key, path, by, now)
    adopt_practice_day(store)
    store.damage = f"{found.read:,} of {found.known:,} rows could be read."
    store.closed = found.discard
    return store


def salvage_apart(
    path: Path, key: FileKey, scratch: Path, by: str, at: datetime, backup: Path | None = None
) -> Salvage:
    """Salvage a damaged file in a scratch place, until ``discard``; raises ``UserError``."""
    scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="look-", dir=scratch))
    try:
        copy = copy_apart(path, folder)
        source = _source(copy, key, backup, folder, path.name)
        with closing(source):
            return _Salvaging(source, folder / "salvaged.oscb", key).done(path.name, by, at)
    except BaseException as problem:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(problem, DatabaseError):
            raise UserError(
                f"{path.name} could not be salvaged. It was left as it is. Restore a backup."
            ) from problem
        raise


def _source(
    copy: Path, key: FileKey, backup: Path | None, folder: Path, name: str
) -> DamagedSource:
    source = DamagedSource(copy, key)
    if not source.is_readable():
        source.close()
        if backup is None or not graft(copy, key, backup, folder):
            raise UserError(
                f"Nothing can be read of {name}: it is lost where its tables lie, and there is no "
                "backup that tells. It was left as it is."
            )
    return source


class _Salvaging:
    """One salvage under way: what was read, and the new file."""

    def __init__(self, source: DamagedSource, made: Path, key: FileKey) -> None:
        self._source, self._made, self._key = source, made, key
        self._found: dict[str, TableRows] = {}
        self._mended: list[Mended] = []
        self._lost: list[str] = []
        self._without_content: dict[int, str] = {}
        self._rebuilt = 0
        self._last = LastStep()

    def done(self, name: str, by: str, at: datetime) -> Salvage:
        """Do it."""
        version = self._source.version()
        version = version if version in schema.KNOWN else schema.HEAD
        close_file(make_file(self._made, self._key, version))
        self._carry_over()
        engine = make_engine(self._made, self._key)
        try:
            if version != schema.HEAD:
                schema.upgrade(for_writing(engine))
            is_anew = self._make_whole(engine, name, by, at)
            with Session(engine) as session:
                faults = check.faults(session)
                tables = self._counts(session)
        finally:
            close_file(engine)
        self._put_at_rest()
        return Salvage(
            self._made,
            self._key,
            tables,
            self._last,
            self._rebuilt,
            tuple(self._lost),
            is_anew,
            faults,
        )

    def _carry_over(self) -> None:
        with closing(connect(self._made, self._key)) as new:
            new.execute("PRAGMA foreign_keys = OFF")
            new.execute("BEGIN")
            new.execute("DELETE FROM change_head")
            log = ("change", "change_item")
            rest = (name for name in _tables(new) if not name.startswith("change"))
            for name in (*log, *rest):
                if name == AttachmentContent.__tablename__:
                    self._found[name] = put_contents(new, self._source)
                    continue
                self._found[name] = self._source.read(name, self._highest(name))
                put_rows(new, self._found[name])
            self._found["change_head"] = self._source.read("change_head")
            put_rows(new, self._found["change_head"])
            if self._source.version() != schema.HEAD:
                self._mended += mend_references(new)
            new.execute("COMMIT")

    def _highest(self, name: str) -> int:
        """Return the highest number of a record of a table that the log tells of."""
        log = self._found.get("change_item")
        if log is None or not {"kind", "record_id"} <= set(log.columns):
            return 0
        kind, record = log.columns.index("kind"), log.columns.index("record_id")
        return max((row[record] for row in log.rows.values() if row[kind] == name), default=0)

    def _make_whole(self, engine: Engine, name: str, by: str, at: datetime) -> bool:
        """Build lost records again, mend links, and bring log, chain and index into agreement."""
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            with connection.begin(), Session(connection) as session:
                self._rebuild(session)
                self._leave_out_files(session)
                self._mended += mend_references(raw)
                session.expire_all()
                is_anew = broken_link(session) is not None
                if is_anew:
                    reseal(raw)
                    rechain(session)
                self._tell_lost(session)
                self._last = last_step(session)
                items = tuple(_differences(_as_logged(session), _as_held(session)))
                write_step(session, Step(at, by, self._label(name, is_anew), Act.START), items)
                _index(session)
                session.flush()
            raw.execute("PRAGMA foreign_keys = ON")
        return is_anew

    def _label(self, name: str, is_anew: bool) -> str:
        read = sum(len(found.rows) for found in self._found.values())
        known = sum(len(found.rows) + len(found.lost) for found in self._found.values())
        chain = "; the chain of the history begins anew" if is_anew else ""
        return f"Salvaged from {name}: {read:,} of {max(known, read):,} rows{chain}"

    def _rebuild(self, session: Session) -> None:
        """Build the records that were lost again as the log tells of them, owners first."""
        logged = _as_logged(session)
        for kind in RECORD_KINDS:
            there = set(session.scalars(select(MODELS[kind].id)))
            for (of_kind, number), state in logged.items():
                if of_kind == kind and number not in there:
                    self._rebuild_one(session, kind, number, state)
        self._rebuild_links(session, logged)

    def _rebuild_one(
        self, session: Session, kind: str, number: int, state: Mapping[str, Any]
    ) -> None:
        fields = record_kind(kind)
        try:
            with session.begin_nested():
                values = {
                    name: from_json(fields.field(name), state[name])
                    for name in fields.names
                    if name in state
                }
                many = {name for name in values if (kind, name) in LINK_TABLES}
                row = MODELS[kind](id=number, version=1, withdrawn_at=state["withdrawn"])
                plain = {name: value for name, value in values.items() if name not in many}
                session.add(row)
                with session.no_autoflush:
                    write_values(session, kind, [(row, plain)])
            self._rebuilt += 1
        except (DatabaseError, ValueError, TypeError, KeyError, AssertionError):
            session.expunge_all()

    def _rebuild_links(self, session: Session, logged: States) -> None:
        """Put the links of tables that were not read whole as the log tells of them."""
        for (kind, name), table in LINK_TABLES.items():
            found = self._found.get(table.name)
            if (found is None or found.is_whole) and not self._rebuilt:
                continue
            own, other = (column.name for column in table.columns)
            for (of_kind, number), state in logged.items():
                if of_kind == kind:
                    for target in state.get(name) or ():
                        session.execute(
                            table.insert().prefix_with("OR IGNORE"), {own: number, other: target}
                        )

    def _leave_out_files(self, session: Session) -> None:
        """Leave out the record of each attached file of which the content was not saved."""
        there = exists().where(AttachmentContent.digest == Attachment.digest)
        for number, name in session.execute(select(Attachment.id, Attachment.name).where(~there)):
            self._without_content[number] = name
        session.execute(
            delete(Attachment).where(~there).execution_options(synchronize_session=False)
        )

    def _tell_lost(self, session: Session) -> None:
        held = {kind: set(session.scalars(select(MODELS[kind].id))) for kind in RECORD_KINDS}
        told = {(row.kind, row.record_id) for row in session.execute(_TOLD)}
        gone = {(row.kind, row.record_id) for row in session.execute(_GONE)}
        for name, found in self._found.items():
            if name in held:
                told |= {(name, number) for number in found.lost}
        orphans = {(mended.table, mended.row): mended for mended in self._mended}
        for kind, number in sorted(told - gone):
            if kind == Attachment.__tablename__ and number in self._without_content:
                name = self._without_content[number]
                self._lost.append(f"Attached file “{name}” is lost: it is not whole any more.")
            elif kind in held and number not in held[kind]:
                self._lost.append(_lost_words(kind, number, orphans.get((kind, number))))
        for mended in self._mended:
            if not mended.is_left_out:
                self._lost.append(
                    f"{_name(mended.table)} {mended.row}: the link “{mended.column}” led to "
                    f"{_name(mended.parent).lower()} {mended.target}, which is lost; it is empty."
                )

    def _counts(self, session: Session) -> tuple[TableCount, ...]:
        tables = {table.name: table for table in Base.metadata.sorted_tables}
        ever: dict[str, set[int]] = {}
        for row in session.execute(_TOLD):
            ever.setdefault(row.kind, set()).add(row.record_id)
        for row in session.execute(_GONE):
            ever[row.kind].discard(row.record_id)
        counts = []
        for name, found in self._found.items():
            known = {*found.rows, *found.lost}
            known = known if found.is_whole else known | ever.get(name, set())
            kept = len(session.execute(select(*tables[name].primary_key.columns)).all())
            if known or kept:
                counts.append(TableCount(_plural(name), len(known), len(found.rows), kept))
        return tuple(counts)

    def _put_at_rest(self) -> None:
        with closing(connect(self._made, self._key)) as new:
            new.execute("PRAGMA journal_mode = DELETE")


_TOLD = select(ChangeItem.kind, ChangeItem.record_id).distinct()
_GONE = _TOLD.where(ChangeItem.act == ItemAct.REMOVE)


def _tables(new: Any) -> tuple[str, ...]:
    found = new.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return tuple(
        name for (name,) in found if name not in _MADE_ANEW and not name.startswith("search_text")
    )


def _as_logged(session: Session) -> States:
    """Return what the log tells that each record holds; ``withdrawn`` is when, or None."""
    states: States = {}
    query = (
        select(
            ChangeItem.kind,
            ChangeItem.record_id,
            ChangeItem.act,
            ChangeItem.field,
            ChangeItem.after,
            Change.at,
        )
        .join(Change, Change.id == ChangeItem.change_id)
        .order_by(ChangeItem.change_id, ChangeItem.id)
    )
    for kind, number, act, name, after, at in session.execute(query):
        if act == ItemAct.REMOVE:
            states.pop((kind, number), None)
            continue
        state = states.setdefault((kind, number), {"withdrawn": None})
        if act in (ItemAct.WITHDRAW, ItemAct.RESTORE):
            state["withdrawn"] = at if act == ItemAct.WITHDRAW else None
        elif name:
            value = _read(after)
            state.pop(name, None)
            if value not in (None, []):
                state[name] = value
    return states


def _read(kept: str | None) -> Any:
    try:
        return None if kept is None else json.loads(kept)
    except ValueError:  # altered from outside
        return None


def _as_held(session: Session) -> States:
    """Return what each record holds, as the log would tell it."""
    linked = {field: _linked(session, table) for field, table in LINK_TABLES.items()}
    states: States = {}
    for kind, model in MODELS.items():
        for row in session.scalars(select(model)):
            state: dict[str, Any] = {"withdrawn": row.withdrawn_at}
            for field in record_kind(kind).fields:
                links = linked.get((kind, field.name))
                value = getattr(row, attribute(field)) if links is None else links.get(row.id)
                if value is not None and not is_empty(value):
                    state[field.name] = to_json(value)
            states[kind, row.id] = state
    return states


def _linked(session: Session, table: Table) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for own, other in session.execute(select(*table.columns).order_by(*table.columns)):
        found[own] = (*found.get(own, ()), other)
    return found


def _differences(logged: States, held: States) -> Iterator[Item]:
    """Yield what must be added to the log so that it tells what the records hold."""
    for (kind, number), state in held.items():
        told = logged.get((kind, number))
        act = ItemAct.ADD if told is None else ItemAct.AMEND
        before = told or {"withdrawn": None}
        for name in dict.fromkeys((*before, *state)):
            if name != "withdrawn" and before.get(name) != state.get(name):
                yield Item(kind, number, act, name, before.get(name), state.get(name))
        if (before["withdrawn"] is None) != (state["withdrawn"] is None):
            withdrawn = state["withdrawn"] is not None
            yield Item(kind, number, ItemAct.WITHDRAW if withdrawn else ItemAct.RESTORE)
    yield from (Item(*record, ItemAct.REMOVE) for record in logged.keys() - held.keys())


def _index(session: Session) -> None:
    """Put the words of every record into the search index, which is empty."""
    for kind, model in MODELS.items():
        for row in session.scalars(select(model).where(model.withdrawn_at.is_(None))).all():
            index_words(session, kind, [row], new=True)


def _lost_words(kind: str, number: int, orphan: Mended | None) -> str:
    if orphan is None:
        return f"{_name(kind)} {number} is lost."
    return (
        f"{_name(kind)} {number} is left out, for what it belongs to, "
        f"{_name(orphan.parent).lower()} {orphan.target}, is lost. The history still tells of it."
    )


def _name(table: str) -> str:
    return RECORD_KINDS[table].label if table in RECORD_KINDS else _plural(table)


def _plural(table: str) -> str:
    if table in RECORD_KINDS:
        return RECORD_KINDS[table].plural
    for (kind, name), links in LINK_TABLES.items():
        if links.name == table:
            return f"{RECORD_KINDS[kind].plural}: {record_kind(kind).field(name).label.lower()}"
    return _NAMES[table]
