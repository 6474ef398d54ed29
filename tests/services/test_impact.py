"""What changed is recorded whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.errors import InvalidRecord
from oscb_desktop.queries.impact import impacts, impacts_of
from oscb_desktop.services.impact import RecordImpact
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()


def test_impact_is_recorded_with_all_that_it_names(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-01")
    action = make(store, "action", reference="A-2021-01", review=review)
    theme = make(store, "theme", name="Fathers")
    changes = store.write(
        RecordImpact("Fathers are asked.", "Audit.", TODAY, (action,), (review,), (theme,))
    )
    assert changes.label == "Record impact IM-2022-01 Fathers are asked."
    (row,) = store.read(impacts)
    assert (row.what_changed, row.how_known, row.seen_on) == ("Fathers are asked.", "Audit.", TODAY)
    assert row.year == "2021-22"
    assert row.actions[0].startswith("A-2021-01")
    assert row.reviews[0].startswith("RR-2021-01")
    assert row.themes == ("Fathers",)
    assert [found.id for found in store.read(impacts_of, action)] == [row.id]
    store.write(Undo())
    assert store.read(impacts) == ()


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (RecordImpact(" ", "Audit.", TODAY), "what_changed"),
        (RecordImpact("More.", "", TODAY), "how_known"),
        (RecordImpact("More.", "Audit.", date(2022, 3, 26)), "seen_on"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(
    store: Store, command: RecordImpact, field: str
) -> None:
    with pytest.raises(InvalidRecord) as refused:
        store.write(command)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert store.read(impacts) == ()
