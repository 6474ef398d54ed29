"""Return sheets are filled from the records; what is not held says so."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.documents import ReviewRecord
from oscb_desktop.domain.return_sheets import return_sheet
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_returns import NOT_RECORDED
from oscb_desktop.queries.papers_returns import return_sheet as sheet_of
from oscb_desktop.queries.records import record
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())


def filled(store: Store, review: int, system: str) -> dict[str, str]:
    document: ReviewRecord = store.read(sheet_of, review, return_sheet(system), MADE)
    rows = [row for part in document.sections for table in part.tables for row in table.rows]
    return {row[0]: row[1] for row in rows}


def test_a_review_fills_the_fields_of_both_systems(store: Store) -> None:
    incident = make(store, "incident", notified_on=date(2021, 5, 5), nhs_incident_number="SI-7")
    children = tuple(
        make(store, "child", incident=incident, known_as=name, sex=sex)
        for name, sex in (("Child A", "female"), ("Child B", None))
    )
    review = make(store, "review", incident=incident, children=children, criteria_met=True)
    make(store, "panel_response", review=review)
    nhs, panel = filled(store, review, "nhs_tracker"), filled(store, review, "panel")
    assert nhs["NHS incident number"] == "SI-7"
    assert nhs["Date of notification to the Panel"] == "05 May 2021"
    assert nhs["Number of children"] == "2"
    assert nhs["Sex"] == f"Child A: Female\nChild B: {NOT_RECORDED}"
    assert nhs["Date of publication"] == NOT_RECORDED
    assert panel["Criteria met"] == "Yes"
    assert panel["The Panel's letters"].startswith("20 Jun 2021")


def test_a_review_with_nothing_around_it_is_told_as_not_recorded(store: Store) -> None:
    review = make(store, "review")
    held = filled(store, review, "panel")
    assert held["Number of children"] == "0"
    assert held["Notified on"] == held["Age"] == held["The Panel's letters"] == NOT_RECORDED


def test_a_child_in_the_bin_is_not_told(store: Store) -> None:
    incident = make(store, "incident")
    child = make(store, "child", incident=incident, age_at_incident=Age.parse("4"))
    review = make(store, "review", incident=incident)
    row = store.read(record, "child", child)
    assert row is not None
    store.write(WithdrawRecord("child", child, row.version))
    assert filled(store, review, "panel")["Number of children"] == "0"


def test_the_day_of_the_panel_is_that_of_its_meeting(store: Store) -> None:
    review = make(store, "review", meeting_on=date(2021, 5, 20))
    assert filled(store, review, "nhs_tracker")["Date of the rapid review meeting"] == "20 May 2021"
    make(store, "meeting", kind="rapid_review", reviews=(review,), held_on=date(2021, 5, 21))
    assert filled(store, review, "nhs_tracker")["Date of the rapid review meeting"] == "21 May 2021"
