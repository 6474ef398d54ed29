from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from oscb_desktop.database.engine import connect, for_writing, looking_engine, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey


@pytest.fixture
def file(new_file: tuple[Path, FileKey], tmp_path: Path) -> tuple[Path, FileKey]:
    source, key = new_file
    return Path(shutil.copy(source, tmp_path / "test.oscb")), key


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_every_connection_keeps_what_was_promised(
    file: tuple[Path, FileKey], pragma: str, value: object
) -> None:
    engine = make_engine(*file)
    with engine.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    close_file(engine)


@pytest.mark.parametrize(
    "name",
    [
        "a b.oscb",
        "50% #1?.oscb",
        "Überblick – Łódź 子供.oscb",
        "it's; drop.oscb",
        "a&mode=ro.oscb",
        "😀.oscb",
    ],
)
def test_any_file_name_is_only_a_name(
    new_file: tuple[Path, FileKey], tmp_path: Path, name: str
) -> None:
    path = Path(shutil.copy(new_file[0], tmp_path / name))
    with closing(connect(path, new_file[1])) as connection:
        connection.execute("CREATE TABLE here (x)")
        assert connection.execute("PRAGMA database_list").fetchone()[2] == str(path.resolve())
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_a_file_that_is_not_there_is_not_made(file: tuple[Path, FileKey]) -> None:
    missing = file[0].with_name("missing.oscb")
    with pytest.raises(sqlcipher.OperationalError, match="unable to open"):
        connect(missing, file[1])
    assert not missing.exists()


def test_a_wrong_key_is_a_database_error_of_the_library(file: tuple[Path, FileKey]) -> None:
    engine = make_engine(file[0], FileKey(b"x" * 32, file[1].salt))
    with pytest.raises(DatabaseError, match="not a database"), engine.connect():
        pass


def test_looking_leaves_the_journal_mode_of_a_foreign_file_alone(
    tmp_path: Path, new_file: tuple[Path, FileKey]
) -> None:
    path = tmp_path / "foreign.db"
    path.touch()
    with closing(connect(path, new_file[1])) as connection:
        connection.execute("CREATE TABLE x (y)")
    before = path.read_bytes()
    with looking_engine(path, new_file[1]).connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "delete"
    assert path.read_bytes() == before


def test_a_writer_takes_the_write_lock_before_it_reads(file: tuple[Path, FileKey]) -> None:
    engine = make_engine(*file)
    with (
        for_writing(engine).connect() as writer,
        closing(connect(*file)) as other,
    ):
        other.execute("PRAGMA busy_timeout = 0")
        with writer.begin(), pytest.raises(sqlcipher.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    close_file(engine)


def test_a_reader_sees_the_file_as_it_was_when_it_began(file: tuple[Path, FileKey]) -> None:
    engine = make_engine(*file)
    count = text("SELECT count(*) FROM theme")
    add = text("INSERT INTO theme (name, version) VALUES ('Neglect', 1)")
    with engine.connect() as reader:
        before = reader.execute(count).scalar()
        with for_writing(engine).begin() as writer:
            writer.execute(add)
        assert reader.execute(count).scalar() == before == 0
    with engine.connect() as later:
        assert later.execute(count).scalar() == 1
    close_file(engine)


def test_table_changes_are_taken_back_with_the_transaction(file: tuple[Path, FileKey]) -> None:
    engine = make_engine(*file)
    with for_writing(engine).connect() as connection:
        begun = connection.begin()
        connection.execute(text("CREATE TABLE half (x)"))
        begun.rollback()
    with engine.connect() as reader:
        found = reader.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'half'")).scalar()
    assert found is None
    close_file(engine)
