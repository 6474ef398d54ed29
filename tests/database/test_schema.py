from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from oscb_desktop.database import schema
from oscb_desktop.database.base import Base, Record
from oscb_desktop.database.models import LINK_TABLES, MODELS, TRUST, attribute
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.services.store import Store

KINDS = list(RECORD_KINDS.values())
FIELDS = [
    pytest.param(kind, field, id=f"{kind.name}.{field.name}")
    for kind in KINDS
    for field in kind.fields
]
COLUMN_TYPES = {
    FieldKind.TEXT: "TEXT",
    FieldKind.LONG_TEXT: "TEXT",
    FieldKind.CODE: "TEXT",
    FieldKind.CODES: "TEXT",
    FieldKind.DATE: "DATE",
    FieldKind.UNCERTAIN_DATE: "TEXT",
    FieldKind.AGE: "TEXT",
    FieldKind.WHOLE_NUMBER: "INTEGER",
    FieldKind.MONEY: "INTEGER",
    FieldKind.YES_NO: "BOOLEAN",
    FieldKind.LINK: "INTEGER",
}


def test_every_kind_has_a_model_in_the_same_order() -> None:
    assert list(MODELS) == list(RECORD_KINDS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_table_has_the_declared_fields_and_nothing_else(kind: RecordKind) -> None:
    columns = set(MODELS[kind.name].__table__.columns.keys())
    declared = {
        attribute(field) for field in kind.fields if (kind.name, field.name) not in LINK_TABLES
    }
    assert columns - set(Record.__annotations__) == declared


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_column_keeps_what_its_field_declares(kind: RecordKind, field: Field) -> None:
    if field.kind is FieldKind.LINKS:
        own, other = LINK_TABLES[kind.name, field.name].columns
        targets = [next(iter(column.foreign_keys)).column.table.name for column in (own, other)]
        assert targets == [kind.name, field.to]
        return
    column = MODELS[kind.name].__table__.columns[attribute(field)]
    given = field.name == "reference"  # never left empty: one is given
    assert column.nullable == (not (field.required or given))
    assert str(column.type.compile()) == COLUMN_TYPES[field.kind]
    linked = [key.column.table.name for key in column.foreign_keys]
    assert linked == ([field.to] if field.is_link else [])


def test_every_association_table_serves_a_field() -> None:
    links = {
        (kind.name, field.name)
        for kind in KINDS
        for field in kind.fields
        if field.kind is FieldKind.LINKS
    }
    assert set(LINK_TABLES) == links


@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if len(kind.key) == 1 and not kind.singleton],
    ids=lambda kind: kind.name,
)
def test_a_key_of_one_field_is_unique_in_the_file_too(kind: RecordKind) -> None:
    column = MODELS[kind.name].__table__.columns[attribute(kind.field(kind.key[0]))]
    assert column.unique


def test_every_link_can_be_followed_back_by_an_index() -> None:
    bare = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.foreign_keys
        and not column.index
        and not column.unique
        and column.name != next(iter(table.primary_key.columns)).name
    ]
    assert bare == []


def test_no_table_is_without_an_owner() -> None:
    known = {model.__tablename__ for model in (*MODELS.values(), *TRUST)}
    known |= {table.name for table in LINK_TABLES.values()}
    assert set(Base.metadata.tables) == known


def statements(session: Session) -> dict[str, str]:
    """Every table and index of ours by name, as SQLite keeps it but for spaces and quotes."""
    rows = session.execute(
        text(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND name NOT LIKE 'search_text%' AND name <> 'alembic_version'"
        )
    )
    return {name: re.sub(r'[\s"]+', "", sql) for name, sql in rows}


def described(session: Session) -> dict[str, object]:
    """Return what each table and index is, whatever the order in which columns were added."""
    found: dict[str, object] = {}
    for name, sql in statements(session).items():
        if not sql.startswith("CREATETABLE"):
            found[name] = sql
            continue
        columns = session.execute(text(f"PRAGMA table_info({name})")).all()
        leads = session.execute(text(f"PRAGMA foreign_key_list({name})")).all()
        unique = session.execute(text(f"PRAGMA index_list({name})")).all()
        constraints = set(re.findall(r"CONSTRAINT(\w+?)(?=PRIMARY|UNIQUE|FOREIGN|REFERENCES)", sql))
        found[name] = (
            {tuple(row[1:]) for row in columns},
            {tuple(row[2:5]) for row in leads},
            {tuple(row[1:4]) for row in unique},
            constraints,
        )
    return found


def test_the_migrations_make_the_tables_that_the_models_describe(store: Store) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        Base.metadata.create_all(connection)
        modelled = described(Session(connection))
    engine.dispose()
    migrated = store.read(described)
    assert set(migrated) == set(modelled)
    assert {name: what for name, what in migrated.items() if what != modelled[name]} == {}


def test_the_search_has_its_table(store: Store) -> None:
    store.read(lambda session: session.execute(text("SELECT title, body FROM search_text")).all())


def test_a_file_knows_its_version_and_mark(store: Store) -> None:
    with store._engine.connect() as connection:
        assert schema.version_of(connection) == schema.HEAD
        assert connection.execute(text("PRAGMA application_id")).scalar() == 0x4F534342


def test_a_database_of_others_has_no_version(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'other.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE other (x)"))
        assert schema.version_of(connection) is None
    engine.dispose()


def test_every_constraint_has_a_name_of_its_own() -> None:
    named: list[Any] = [
        constraint
        for table in Base.metadata.tables.values()
        for constraint in (*table.constraints, *table.indexes)
    ]
    names = [constraint.name for constraint in named]
    assert None not in names
    assert len(names) == len(set(names))
