"""Themes count the reviews that show them; learning points stand by their audience."""

from __future__ import annotations

from oscb_desktop.queries.learning import learning_points, themes
from oscb_desktop.queries.records import record
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make


def test_a_theme_counts_live_reviews_and_points(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    quiet = make(store, "theme", name="Voice")
    first = make(store, "review", reference="RR-2021-10", themes=(theme,))
    make(store, "review", reference="RR-2021-09", themes=(theme,))
    make(store, "learning_point", reviews=(first,), themes=(theme,))
    rows = store.read(themes)
    assert [row.id for row in rows] == [theme, quiet]
    assert rows[0].review_references == ("RR-2021-09", "RR-2021-10")
    assert (rows[0].reviews, rows[0].learning_points) == (2, 1)


def test_the_bin_is_not_counted(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    review = make(store, "review", themes=(theme,))
    row = store.read(record, "review", review)
    assert row is not None
    store.write(WithdrawRecord("review", review, row.version))
    assert store.read(themes)[0].reviews == 0


def test_points_come_by_audience_and_number(store: Store) -> None:
    review = make(store, "review", reference="LR-2021-01", kind="lcspr")
    leader = make(store, "learning_point", audience="system_leader", reviews=(review,))
    second = make(store, "learning_point", number=2, reviews=(review,))
    first = make(store, "learning_point", number=1, reviews=(review,))
    rows = store.read(learning_points)
    assert [row.id for row in rows] == [first, second, leader]
    assert rows[0].reviews == ("LR-2021-01",)
