"""Rows taken out for good, and the file written anew without its free pages."""

from __future__ import annotations

from contextlib import closing

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from oscb_desktop.database.engine import connect, for_writing
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.database.removal import compact, remove_rows
from oscb_desktop.errors import UserError
from oscb_desktop.services.store import Store
from tests.factories import make


def test_what_is_removed_leaves_no_link_and_no_word_in_the_index(store: Store) -> None:
    theme = make(store, "theme", name="Quillfeather")
    review = make(store, "review", themes=(theme,))
    with Session(for_writing(store._engine)) as session:
        remove_rows(session, [("review", review), ("theme", theme)])
        session.commit()
    with closing(connect(store.path, store.key)) as opened:
        for table in ("review", "theme", "review_themes", "search_entry", "search_text"):
            assert opened.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        opened.execute("INSERT INTO search_text (search_text) VALUES ('integrity-check')")


def test_nothing_may_stay_that_leads_to_what_is_gone(store: Store) -> None:
    review = make(store, "review")
    make(store, "finding", review=review)
    with Session(for_writing(store._engine)) as session:
        remove_rows(session, [("review", review)])
        with pytest.raises(IntegrityError):
            session.commit()


def test_many_are_removed_at_once(store: Store) -> None:
    with Session(for_writing(store._engine)) as session:
        session.add_all(Theme(name=f"Theme {n}", version=1) for n in range(1000))
        session.commit()
        remove_rows(session, [("theme", n) for n in range(1, 1001)])
        session.commit()
        assert session.query(Theme).count() == 0


def test_a_file_is_written_anew_without_its_free_pages(store: Store) -> None:
    with Session(for_writing(store._engine)) as session:
        session.add_all(Theme(name="x" * 4000 + str(n), version=1) for n in range(100))
        session.commit()
        remove_rows(session, [("theme", n) for n in range(1, 101)])
        session.commit()
    store.exchange(lambda: store.key)
    before = store.path.stat().st_size
    store.exchange(lambda: compact(store.path, store.key))
    assert store.path.stat().st_size < before
    assert make(store, "theme") > 0


def test_a_file_in_use_is_left_as_it_is(store: Store) -> None:
    with closing(connect(store.path, store.key)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM review").fetchone()
        with pytest.raises(UserError, match="could not be written anew"):
            compact(store.path, store.key)
