from __future__ import annotations

from sqlalchemy import text

from oscb_desktop.queries.log_agreement import untold
from oscb_desktop.services.files import check_store
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make


def alter(store: Store, *statements: str) -> None:
    with store._engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_work_of_every_sort_agrees_with_its_log(store: Store) -> None:
    theme = make(store, "theme", name="Neglect", description="Of every kind.")
    review = make(store, "review", themes=(theme,))
    make(store, "action", review=review)
    store.write(AmendRecord("review", review, 1, {"themes": ()}))
    store.write(AmendRecord("theme", theme, 1, {"description": None}))
    store.write(WithdrawRecord("theme", theme, 2))
    store.write(Undo())
    assert store.read(untold) == ()


def test_a_value_that_nobody_logged_is_named_without_its_words(store: Store) -> None:
    theme = make(store, "theme", name="Neglect", description="Before.")
    alter(store, "UPDATE theme SET description = 'secret'")
    (sentence,) = check_store(store)
    assert sentence == (
        f"Number {theme} of the themes holds what the change log does not tell: What belongs to it."
    )


def test_an_older_state_of_a_record_is_found(store: Store) -> None:
    theme = make(store, "theme", description="Before.")
    store.write(AmendRecord("theme", theme, 1, {"description": "After."}))
    alter(store, "UPDATE theme SET description = 'Before.', version = 1")
    assert len(store.read(untold)) == 1


def test_a_link_and_a_bin_that_nobody_logged_are_found(store: Store) -> None:
    theme = make(store, "theme")
    make(store, "review", themes=(theme,))
    alter(store, "DELETE FROM review_themes", "UPDATE theme SET withdrawn_at = '2022-01-01'")
    told = " ".join(store.read(untold))
    assert "Themes" in told
    assert "whether it is in the bin" in told
