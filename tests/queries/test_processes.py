"""The next dates of courts and other processes."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.processes import process_dates
from oscb_desktop.services.store import Store
from tests.factories import make

UNTIL = date(2022, 4, 8)


def process(store: Store, review: int, contact: str, **values: object) -> int:
    given = {"review": review, "kind": "inquest", "contact": contact, **values}
    return make(store, "parallel_process", **given)  # type: ignore[arg-type]


def test_dates_near_and_past_are_told_and_no_others(store: Store) -> None:
    live = make(store, "review", kind="lcspr", reference="LR-2021-09", known_as="Child G")
    over = make(store, "review", kind="lcspr", finished_on=date(2022, 1, 1))
    published = make(store, "review", kind="lcspr", published_on=date(2022, 1, 1))
    near = process(
        store, live, "Coroner's officer", next_on=UNTIL, next_what="hearing", holds_publication=True
    )
    passed = process(store, live, "Police", kind="criminal", next_on=date(2022, 1, 3))
    process(store, live, "Far off", next_on=date(2022, 4, 9))
    process(store, live, "No date")
    process(store, live, "Ended", next_on=UNTIL, ended_on=date(2022, 3, 1))
    process(store, over, "Of a review that ended", next_on=UNTIL)
    process(store, published, "Of a published one", next_on=UNTIL)
    found = store.read(process_dates, UNTIL)
    assert [row.id for row in found] == [passed, near]
    assert (found[1].review, found[1].kind, found[1].what, found[1].holds_publication) == (
        "LR-2021-09 Child G",
        "Inquest",
        "hearing",
        True,
    )
