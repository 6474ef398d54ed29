from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import (
    FORGOTTEN,
    Act,
    Item,
    ItemAct,
    Step,
    broken_link,
    forget,
    in_utc,
    rechain,
    write_step,
)
from oscb_desktop.database.models.trust import Change, ChangeHead, ChangeItem
from oscb_desktop.services.records import AddRecord, AmendRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make


@pytest.fixture
def four_steps(store: Store) -> Store:
    """A file whose log holds its start and three steps, the third with several items."""
    store.write(AddRecord("theme", {"name": "Neglect"}))
    store.write(AddRecord("theme", {"name": "Exploitation", "description": "Of every kind."}))
    store.write(AmendRecord("theme", 1, 1, {"name": "Long neglect", "description": "Years."}))
    return store


def alter(store: Store, *statements: str) -> None:
    with store._engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            raw.execute(statement)
        raw.execute("PRAGMA foreign_keys = ON")


def items_of(step: int, place: str) -> str:
    return f"(SELECT {place}(id) FROM change_item WHERE change_id = {step})"


def test_a_new_file_and_its_steps_hold(four_steps: Store) -> None:
    assert four_steps.read(broken_link) is None


def test_a_log_of_no_step_holds(store: Store) -> None:
    alter(store, "DELETE FROM change_item", "DELETE FROM change", "DELETE FROM change_head")
    assert store.read(broken_link) is None


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2020-01-01 10:00:00.000000'"),
        ("at", "'yesterday'"),
        ("at", "at || '1'"),
        ('"by"', "'Somebody else'"),
        ("act", "'view'"),
        ("label", "label || ' '"),
        ("undoes_id", "1"),
        ("previous_hash", "hash"),
        ("hash", "previous_hash"),
        ("hash", "''"),
        ("id", "99"),
    ],
)
@pytest.mark.parametrize("step", [1, 3, 4])
def test_an_altered_step_is_named(four_steps: Store, step: int, column: str, value: str) -> None:
    alter(four_steps, f"UPDATE change SET {column} = {value} WHERE id = {step}")
    assert four_steps.read(broken_link) == step


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "'agency'"),
        ("record_id", "record_id + 1"),
        ("act", "'view'"),
        ("field", "'notes'"),
        ("before", "'\"never\"'"),
        ("after", "'\"never\"'"),
        ("after", "NULL"),
        ("change_id", "change_id - 1"),
    ],
)
@pytest.mark.parametrize("place", ["min", "max"])
def test_an_altered_item_is_found(four_steps: Store, place: str, column: str, value: str) -> None:
    alter(four_steps, f"UPDATE change_item SET {column} = {value} WHERE id = {items_of(3, place)}")
    assert four_steps.read(broken_link) in (2, 3)


@pytest.mark.parametrize("place", ["min", "max"])
@pytest.mark.parametrize("step", [1, 3, 4])
def test_a_missing_item_is_found(four_steps: Store, step: int, place: str) -> None:
    alter(four_steps, f"DELETE FROM change_item WHERE id = {items_of(step, place)}")
    assert four_steps.read(broken_link) == step


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_missing_step_is_found_also_the_last(four_steps: Store, step: int) -> None:
    alter(
        four_steps,
        f"DELETE FROM change_item WHERE change_id = {step}",
        f"DELETE FROM change WHERE id = {step}",
    )
    assert four_steps.read(broken_link) == step


def test_a_whole_log_taken_away_is_found(four_steps: Store) -> None:
    alter(four_steps, "DELETE FROM change_item", "DELETE FROM change")
    assert four_steps.read(broken_link) == 1


def test_a_missing_head_is_found(four_steps: Store) -> None:
    alter(four_steps, "DELETE FROM change_head")
    assert four_steps.read(broken_link) == 5


def test_items_in_another_order_are_found(four_steps: Store) -> None:
    alter(four_steps, f"UPDATE change_item SET id = 10000 WHERE id = {items_of(4, 'min')}")
    assert four_steps.read(broken_link) == 4


def test_two_steps_exchanged_are_found(four_steps: Store) -> None:
    alter(
        four_steps,
        "UPDATE change SET id = -2 WHERE id = 2",
        "UPDATE change SET id = 2 WHERE id = 3",
        "UPDATE change SET id = 3 WHERE id = -2",
        "UPDATE change_item SET change_id = 5 - change_id WHERE change_id IN (2, 3)",
    )
    assert four_steps.read(broken_link) == 2


def test_an_item_put_in_is_found(four_steps: Store) -> None:
    alter(
        four_steps,
        "INSERT INTO change_item (change_id, kind, record_id, act, field, after, seal, digest) "
        "VALUES (2, 'theme', 1, 'amend', 'description', '\"x\"', 'ab', 'cd')",
    )
    assert four_steps.read(broken_link) == 2


def test_a_step_put_at_the_end_past_the_program_is_found(four_steps: Store) -> None:
    alter(
        four_steps,
        'INSERT INTO change (id, at, "by", act, label, seal, digest, previous_hash, hash) '
        "SELECT 5, at, \"by\", act, label, seal, digest, hash, 'abc' FROM change WHERE id = 4",
    )
    assert four_steps.read(broken_link) == 5


def test_the_last_step_written_anew_with_a_good_hash_is_found(four_steps: Store) -> None:
    with Session(four_steps._engine) as session:
        head = session.execute(select(ChangeHead.change_id, ChangeHead.hash)).one()
        third = session.execute(select(Change.id, Change.hash).where(Change.id == 3)).one()
        session.execute(text("DELETE FROM change_item WHERE change_id = 4"))
        session.execute(text("DELETE FROM change WHERE id = 4"))
        session.execute(
            text("UPDATE change_head SET change_id = :id, hash = :hash"), third._asdict()
        )
        item = Item("theme", 1, ItemAct.AMEND, "name", "Neglect", "Something milder")
        write_step(session, Step(NOW, "A. Tester", "Change theme"), [item])
        session.execute(
            text("UPDATE change_head SET change_id = :id, hash = :hash"),
            {"id": head.change_id, "hash": head.hash},
        )
        session.commit()
    assert four_steps.read(broken_link) == 5


def test_the_next_step_does_not_hide_one_taken_off_the_end(four_steps: Store) -> None:
    alter(
        four_steps,
        "DELETE FROM change_item WHERE change_id = 4",
        "DELETE FROM change WHERE id = 4",
    )
    four_steps.write(AddRecord("theme", {"name": "Transitions"}))
    assert four_steps.read(broken_link) == 4


def test_a_step_without_items_holds(store: Store) -> None:
    with Session(store._engine) as session:
        number = write_step(session, Step(NOW, "A. Tester", "Nothing"), [])
        session.commit()
    assert number == 2
    assert store.read(broken_link) is None


@pytest.mark.parametrize("words", ["<b>&", "👩‍👧‍👦 שלום", "a\nb\tc", "\\u0000 \" ' \\", "İı"])
def test_any_text_holds(store: Store, words: str) -> None:
    store.by = words
    store.write(AddRecord("theme", {"name": words, "description": words}))
    assert store.read(broken_link) is None


def last_moment(session: Session) -> datetime:
    return session.scalars(select(Change.at).order_by(Change.id.desc()).limit(1)).one()


@pytest.fixture
def london_clock() -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("this system's zone cannot be set for one process")
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/London"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.usefixtures("london_clock")
@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        ("2022-07-01T00:30:15.999", "2022-06-30 23:30:15"),
        ("2022-01-01T00:30", "2022-01-01 00:30:00"),
        ("2022-07-01T12:00+00:00", "2022-07-01 12:00:00"),
        ("2022-07-01T12:00-05:00", "2022-07-01 17:00:00"),
    ],
)
def test_a_moment_is_kept_in_utc_whatever_clock_told_it(
    store: Store, moment: str, kept: str
) -> None:
    store._now = lambda: datetime.fromisoformat(moment)
    store.write(AddRecord("theme", {"name": "Neglect"}))
    assert str(store.read(last_moment)) == kept == str(in_utc(store.now()))
    assert store.read(broken_link) is None


def test_before_and_after_are_kept_as_json(four_steps: Store) -> None:
    def items(session: Session) -> list[tuple[str, str | None, str | None]]:
        rows = session.scalars(select(ChangeItem).where(ChangeItem.change_id == 4))
        return [(row.field, row.before, row.after) for row in rows]

    assert four_steps.read(items) == [
        ("name", '"Neglect"', '"Long neglect"'),
        ("description", None, '"Years."'),
    ]


def test_a_log_that_forgets_what_was_disposed_of_still_holds(four_steps: Store) -> None:
    with Session(four_steps._engine) as session:
        write_step(
            session,
            Step(NOW, "A. Tester", "Dispose of 1 record", Act.DISPOSE),
            [Item("theme", 1, ItemAct.REMOVE)],
        )
        forget(session, [("theme", 1)], ())
        session.commit()
        assert broken_link(session) is None
        told = session.scalars(select(ChangeItem).where(ChangeItem.record_id == 1)).all()
        told = [item for item in told if item.kind == "theme"]
        assert {(item.before, item.after, item.seal) for item in told} == {(None, None, None)}
        labels = session.scalars(select(Change.label)).all()
        assert FORGOTTEN in labels
        assert "Neglect" not in " ".join(labels)


def test_words_blanked_without_a_disposal_are_found(four_steps: Store) -> None:
    with Session(four_steps._engine) as session:
        forget(session, [("theme", 1)], ())
        session.commit()
        assert broken_link(session) == 2


def test_a_field_that_leads_elsewhere_keeps_where_it_led(store: Store) -> None:
    finding = make(store, "finding")
    with Session(store._engine) as session:
        forget(session, [("finding", finding)], ("finding.review",))
        kept = session.scalars(
            select(ChangeItem.after).where(
                ChangeItem.kind == "finding", ChangeItem.after.is_not(None)
            )
        ).all()
        assert kept == ["1"]


def test_a_log_that_lost_a_step_is_chained_anew(four_steps: Store) -> None:
    alter(
        four_steps,
        "DELETE FROM change_item WHERE change_id = 3",
        "DELETE FROM change WHERE id = 3",
    )
    assert four_steps.read(broken_link) == 3
    with Session(four_steps._engine) as session:
        rechain(session)
        session.commit()
        assert broken_link(session) is None
