"""How far a review has come is told from the days recorded on it."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.values import Value
from oscb_desktop.queries.reviews import ReviewRow, named_reviews, reviews
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)
BEFORE = date(2022, 3, 1)
LATER = date(2022, 5, 2)


def _row(store: Store, wanted: int) -> ReviewRow:
    return next(row for row in store.read(reviews, TODAY) if row.id == wanted)


@pytest.mark.parametrize(
    ("values", "stage"),
    [
        ({}, "Setting up"),
        ({"meeting_on": LATER}, "Meeting arranged"),
        ({"meeting_on": BEFORE}, "Decision to be recorded"),
        ({"meeting_on": BEFORE, "decided_on": BEFORE}, "Sign-off by the partners"),
        ({"decided_on": BEFORE, "sent_to_panel_on": BEFORE}, "Waiting for the Panel"),
        ({"finished_on": BEFORE}, "Ended"),
    ],
)
def test_the_stages_of_a_rapid_review(store: Store, values: dict[str, Value], stage: str) -> None:
    row = _row(store, make(store, "review", **values))
    assert row.stage == stage
    assert row.is_live is (stage != "Ended")


@pytest.mark.parametrize(
    ("values", "stage", "live"),
    [
        ({}, "Setting up", True),
        ({"reviewer": "Pat Example"}, "Agency reports", True),
        ({"publication_planned_on": LATER}, "Setting up", True),
        ({"report_sent_on": BEFORE}, "Report sent, to be published", True),
        ({"publication": "delayed", "delay_reasons": ("inquest",)}, "Publication delayed", True),
        ({"publication": "full_report", "published_on": BEFORE}, "Published", False),
        ({"finished_on": BEFORE}, "Ended", False),
    ],
)
def test_the_stages_of_other_reviews(
    store: Store, values: dict[str, Value], stage: str, live: bool
) -> None:
    row = _row(store, make(store, "review", kind="lcspr", **values))
    assert (row.stage, row.is_live) == (stage, live)


def test_the_panel_s_letter_ends_a_rapid_review(store: Store) -> None:
    review = make(store, "review", sent_to_panel_on=BEFORE)
    make(store, "panel_response", review=review, received_on=date(2022, 3, 10))
    row = _row(store, review)
    assert (row.stage, row.is_live) == ("Panel has replied", False)


def test_the_next_day_is_that_of_its_first_running_clock(store: Store) -> None:
    incident = make(store, "incident", aware_on=date(2022, 3, 14), notified_on=date(2022, 3, 18))
    review = make(store, "review", incident=incident, started_on=date(2022, 3, 18))
    row = _row(store, review)
    assert row.next_on == date(2022, 4, 8)
    assert row.next_words == "10 working days left"
    assert not row.is_late


def test_open_and_overdue_actions_are_counted(store: Store) -> None:
    review = make(store, "review")
    make(store, "action", review=review, due_on=date(2022, 3, 1))
    make(store, "action", review=review, due_on=LATER)
    make(store, "action", review=review, delivery="complete", completed_on=BEFORE)
    row = _row(store, review)
    assert (row.actions_open, row.actions_overdue) == (2, 1)


def test_a_review_is_worked_on_in_every_year_from_start_to_end(store: Store) -> None:
    long = make(store, "review", started_on=date(2019, 5, 1), finished_on=date(2021, 4, 1))
    assert _row(store, long).years == ("2021-22", "2020-21", "2019-20")
    running = make(store, "review", started_on=date(2021, 3, 31))
    assert _row(store, running).years == ("2021-22", "2020-21")
    coming = make(store, "review", started_on=date(2022, 6, 1))
    assert _row(store, coming).years == ("2022-23",)


def test_themes_and_order(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    old = make(store, "review", started_on=date(2020, 1, 1))
    new = make(store, "review", started_on=date(2022, 1, 1), themes=(theme,))
    assert [row.id for row in store.read(reviews, TODAY)] == [new, old]
    assert _row(store, new).themes == ("Neglect",)


def test_the_names_to_choose_from_are_those_of_the_list_in_its_order(store: Store) -> None:
    for reference, began in (("RR-10", BEFORE), ("RR-9", BEFORE), ("LR-1", date(2019, 6, 1))):
        make(store, "review", reference=reference, started_on=began, known_as=f"Child {reference}")
    gone = make(store, "review", reference="RR-11")
    store.write(WithdrawRecord("review", gone, 1))
    listed = [
        (row.id, row.reference, row.known_as, row.years) for row in store.read(reviews, TODAY)
    ]
    named = store.read(named_reviews, TODAY)
    assert [(row.id, row.reference, row.known_as, row.years) for row in named] == listed
    assert [row.reference for row in named] == ["RR-10", "RR-9", "LR-1"]
