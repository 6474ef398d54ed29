"""Every incident is listed, with what became of it."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.incidents import IncidentRow, incident_standing, incidents
from oscb_desktop.services.store import Store
from tests.factories import make


def _row(store: Store, wanted: int) -> IncidentRow:
    return next(row for row in store.read(incidents) if row.id == wanted)


def test_what_became_of_an_incident(store: Store) -> None:
    notified = make(store, "incident", aware_on=date(2021, 5, 4), notified_on=date(2021, 5, 6))
    below = make(store, "incident", aware_on=date(2021, 6, 1))
    make(store, "notification_discussion", incident=below, decision="do_not_notify")
    waiting = make(store, "incident", aware_on=date(2021, 7, 1))
    assert _row(store, notified).outcome == "Notified"
    assert _row(store, notified).year == "2021-22"
    assert _row(store, below).outcome.casefold().startswith("do not notify")
    assert _row(store, waiting).outcome == "To be decided"
    assert _row(store, make(store, "incident")).outcome == "Recorded"


def test_why_it_is_not_notified_is_told_and_is_a_reason(store: Store) -> None:
    below = make(store, "incident", aware_on=date(2021, 6, 1))
    make(
        store,
        "notification_discussion",
        incident=below,
        decision="do_not_notify",
        not_notified_reason="not_serious",
        reason=None,
    )
    stands = store.read(incident_standing, below, date(2021, 6, 2))
    assert stands is not None
    assert stands.outcome == "Do not notify: no serious harm"
    assert stands.missing == ()


def test_its_children_and_reviews(store: Store) -> None:
    incident = make(store, "incident")
    family = make(store, "family")
    for _ in range(2):
        make(store, "child", incident=incident, family=family)
    make(store, "review", incident=incident, reference="RR-2021-09")
    row = _row(store, incident)
    assert (row.children, row.reviews) == (2, ("RR-2021-09",))


def test_who_referred_it(store: Store) -> None:
    agency = make(store, "agency", name="Oakshire Police", short_name="Police")
    assert _row(store, make(store, "incident", referring_agency=agency)).referred_by == "Police"
    assert _row(store, make(store, "incident")).referred_by == ""


def test_the_newest_reference_comes_first(store: Store) -> None:
    for reference in ("IN-2021-09", "IN-2021-10", "IN-2020-11"):
        make(store, "incident", reference=reference)
    found = [row.reference for row in store.read(incidents)]
    assert found == ["IN-2021-10", "IN-2021-09", "IN-2020-11"]
