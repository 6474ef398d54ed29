from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from oscb_desktop.services.records import AmendRecord, RestoreRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Redo, Undo
from tests.factories import make


def found(session: Session, words: str) -> list[tuple[str, int]]:
    rows = session.execute(
        text(
            "SELECT e.kind, e.record_id FROM search_text JOIN search_entry e "
            "ON e.id = search_text.rowid WHERE search_text MATCH :words ORDER BY 1, 2"
        ),
        {"words": words},
    )
    return [(kind, record_id) for kind, record_id in rows]


def consistent(session: Session) -> bool:
    """Whether each entry has its text and each text its entry, once."""
    entries = session.scalars(text("SELECT id FROM search_entry ORDER BY id")).all()
    texts = session.scalars(text("SELECT rowid FROM search_text ORDER BY rowid")).all()
    return entries == texts and len(entries) == len(set(entries))


def test_a_record_is_found_by_its_title_and_by_its_words(store: Store) -> None:
    theme = make(store, "theme", name="Éloïse's law", description="About hidden siblings.")
    for words in ("eloise", "ÉLOÏSE", "hid*", "siblings"):
        assert store.read(found, words) == [("theme", theme)]


def test_an_amended_record_is_found_by_what_it_says_now(store: Store) -> None:
    theme = make(store, "theme", name="Neglect", description="Old words.")
    store.write(AmendRecord("theme", theme, 1, {"description": "New words."}))
    assert store.read(found, "old") == []
    assert store.read(found, "new") == [("theme", theme)]
    assert store.read(consistent)


def test_the_bin_is_not_searched_and_what_comes_back_is(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    store.write(WithdrawRecord("theme", theme, 1))
    assert store.read(found, "neglect") == []
    store.write(RestoreRecord("theme", theme))
    assert store.read(found, "neglect") == [("theme", theme)]
    store.write(Undo())
    assert store.read(found, "neglect") == []
    store.write(Redo())
    assert store.read(found, "neglect") == [("theme", theme)]
    assert store.read(consistent)


def test_an_identity_never_reaches_the_index(store: Store) -> None:
    child = make(store, "child", known_as="Child M")
    identity = make(store, "child_identity", child=child, last_name="Exampleton", school="Oakhurst")
    store.write(AmendRecord("child_identity", identity, 1, {"forenames": "Quillon"}))
    for words in ("exampleton", "quillon", "oakhurst"):
        assert store.read(found, words) == []
    titles = store.read(
        lambda session: session.scalars(text("SELECT title FROM search_entry")).all()
    )
    assert "Exampleton" not in " ".join(titles)


@pytest.mark.parametrize("words", ["<b>&", "😀", "שלום", '"; DROP TABLE theme; --', "a\tb"])
def test_any_words_can_be_indexed(store: Store, words: str) -> None:
    make(store, "theme", name=words, description=words * 1000)
    assert store.read(consistent)
