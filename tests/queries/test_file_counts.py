from __future__ import annotations

import pytest
from sqlalchemy import text

from oscb_desktop.queries.file_counts import (
    contents,
    hash_of,
    last_step,
    live_records,
    rows_held,
    rows_logged,
)
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Redo, Undo
from tests.conftest import NOW
from tests.factories import make
from tests.services.acts import change, withdraw


def work(store: Store) -> list[dict[str, int]]:
    """Do a little of everything and return what the tables held after each step."""
    held = [store.read(rows_held)]

    def did() -> None:
        held.append(store.read(rows_held))

    neglect = make(store, "theme", name="Neglect")
    did()
    other = make(store, "theme", name="Exploitation")
    did()
    review = make(store, "review", themes=(neglect, other))
    did()
    make(store, "finding", review=review)
    did()
    change(store, "review", review, themes=(other,))
    did()
    change(store, "review", review, themes=())
    did()
    store.write(Undo())
    did()
    withdraw(store, "review", review)
    did()
    store.write(Undo())
    did()
    store.write(Redo())
    did()
    make(store, "child_identity")
    did()
    return held


def test_the_log_tells_what_each_table_held_after_each_step(store: Store) -> None:
    first = store.read(last_step).number
    held = work(store)
    last = store.read(last_step).number
    told = [store.read(rows_logged, step) for step in range(first, last + 1)]
    # Making a record may take more than one step, where another is made for it first.
    assert [each for each in told if each in held] == held
    assert told[-1] == held[-1]
    assert told[-1]["review in the bin"] == 1
    assert told[-1]["review_themes"] == 1


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("DELETE FROM review_themes", "review_themes"),
        ("DELETE FROM finding", "finding"),
        ("DELETE FROM search_entry WHERE id = (SELECT max(id) FROM search_entry)", "search_entry"),
        ("UPDATE theme SET withdrawn_at = '2022-01-01 00:00:00'", "theme in the bin"),
        ("INSERT INTO theme (name, version) VALUES ('Neglect 2', 1)", "theme"),
    ],
)
def test_a_row_too_few_or_too_many_is_seen(store: Store, statement: str, table: str) -> None:
    work(store)
    with store._engine.begin() as connection:
        connection.execute(text(statement))
    step = store.read(last_step).number
    held, told = store.read(rows_held), store.read(rows_logged, step)
    assert table in {name for name in held if held[name] != told[name]}


def test_what_a_list_tells_counts_live_records_and_steps(store: Store) -> None:
    kept, gone = make(store, "action"), make(store, "action")
    withdraw(store, "action", gone)
    told = store.read(contents)
    assert (told.reviews, told.actions) == (store.read(live_records)["review"], 1)
    assert told.last.label.startswith("Withdraw")
    assert (told.last.by, told.last.at) == ("A. Tester", NOW)
    assert store.read(hash_of, told.last.number) == told.last.hash != ""
    assert store.read(hash_of, told.last.number + 1) == ""
    assert kept
