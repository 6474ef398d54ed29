from __future__ import annotations

import os
import random
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.orm import Session

from oscb_desktop.database.check import faults
from oscb_desktop.database.engine import connect, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.services.store import Store
from tests.factories import make

PAGE = 4096


def check(path: Path, key: FileKey) -> tuple[str, ...]:
    engine = make_engine(path, key)
    try:
        with Session(engine) as session:
            return faults(session)
    finally:
        close_file(engine)


def alter(store: Store, *statements: str) -> None:
    connection = connect(store.path, store.key)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_sound_file_has_no_fault_open_or_closed(store: Store) -> None:
    make(store, "action")
    assert store.read(faults) == ()
    store.close()
    assert check(store.path, store.key) == ()


def test_a_row_without_the_one_it_belongs_to_is_named(store: Store) -> None:
    make(store, "finding")
    alter(store, "DELETE FROM review")
    assert store.read(faults) == ("Row 1 of finding refers to a row of review that is missing.",)


def test_an_altered_log_is_named_by_its_step(store: Store) -> None:
    make(store, "theme")
    alter(store, "UPDATE change SET label = 'Nothing' WHERE id = 2")
    assert store.read(faults) == (
        "The change log was altered: step 2 is missing or not as it was written.",
    )


def test_faults_of_several_kinds_are_all_told(store: Store) -> None:
    make(store, "finding")
    alter(store, "DELETE FROM review", "DELETE FROM change WHERE id = 1")
    told = " ".join(store.read(faults))
    assert "of finding refers to" in told
    assert "step 1 is missing" in told


def tables_are_lost(store: Store) -> bool:
    """Whether the damage lies where the file describes its tables, so that nothing can be asked."""
    with closing(connect(store.path, store.key)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.DatabaseError:
            return True
    return False


def test_every_damaged_page_is_found_and_named(store: Store) -> None:
    make(store, "action")
    store.close()
    sound = store.path.read_bytes()
    chosen = random.Random(7).sample(range(2, len(sound) // PAGE), 12)
    for page in chosen:
        spoilt = bytearray(sound)
        spoilt[page * PAGE + 1000] ^= 0x01
        store.path.write_bytes(spoilt)
        named = f"A page was changed from outside: HMAC verification failed for page {page + 1}."
        (told,) = check(store.path, store.key)
        assert told == named or (tables_are_lost(store) and "cannot be read to its end" in told)
        assert store.path.read_bytes() == spoilt, "a check changes nothing"


def test_a_file_cut_off_in_the_middle_is_found(store: Store) -> None:
    store.close()
    os.truncate(store.path, 40 * PAGE)
    told = check(store.path, store.key)
    assert told
    assert all(sentence.endswith(".") for sentence in told)


@pytest.mark.parametrize("table", ["change", "change_item", "change_head"])
def test_a_log_that_is_gone_is_told_not_passed(store: Store, table: str) -> None:
    alter(store, f"DROP TABLE {table}")
    assert any("cannot be read to its end" in fault for fault in store.read(faults))
