"""What a figure counted: the list foots to the figure, and each line opens its record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.ages import Age
from oscb_desktop.queries.records import record
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.annual.counted_page import CountedPage
from oscb_desktop.ui.pages.record_page import RecordPage
from tests.factories import make
from tests.ui.conftest import press

Open = Callable[[dict[str, str]], CountedPage]


@pytest.fixture
def year(store: Store) -> dict[str, int]:
    """Two rapid reviews of 2021-22 with three children, and one of the year before."""
    made = {}
    for number, (day, age) in enumerate((("2021-05-10", 2), ("2021-09-01", 15)), 1):
        incident = make(store, "incident", notified_on=date.fromisoformat(day))
        child = make(store, "child", incident=incident, age_at_incident=Age(years=age))
        made[f"child {number}"] = child
        made[f"review {number}"] = make(
            store,
            "review",
            reference=f"RR-2021-0{number}",
            known_as=f"Child {number}",
            incident=incident,
            children=(child,),
            started_on=date.fromisoformat(day),
        )
    make(store, "review", reference="RR-2020-09", started_on=date(2020, 6, 1))
    return made


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> Open:
    def show(wanted: dict[str, str]) -> CountedPage:
        window.go_to("counted", wanted)
        page = window.stack.page()
        assert isinstance(page, CountedPage)
        qtbot.waitUntil(lambda: page.told is not None or page.fault.isVisible())
        return page

    return show


def test_a_baseline_says_that_it_is_one(opened: Open, store: Store) -> None:
    make(store, "baseline", year="2018-19", figure="rapid_reviews", value=9)
    page = opened({"figure": "rapid_reviews", "year": "2018-19"})
    assert page.total.text() == "Rapid reviews, 2018-19: 9"
    assert page.foot.text().startswith("No record is listed: 9 is a baseline, typed in")


def references(page: CountedPage) -> list[str]:
    return [row.reference for row in page.list.shown_rows()]


@pytest.mark.usefixtures("year")
def test_the_list_holds_what_was_counted_and_foots_to_the_figure(opened: Open) -> None:
    page = opened({"figure": "rapid_reviews", "year": "2021-22"})
    assert page.total.text() == "Rapid reviews, 2021-22: 2"
    assert references(page) == ["RR-2021-01", "RR-2021-02"]
    assert page.foot.text() == "2 records listed; the figure counts as many."
    assert page.meaning.text()


def test_enter_opens_a_record_and_back_leads_to_the_same_list(
    window: MainWindow, year: dict[str, int], opened: Open
) -> None:
    page = opened({"figure": "rapid_reviews", "year": "2021-22"})
    page.list.table.setFocus()
    press(page.list.table, Qt.Key.Key_Return)
    shown = window.stack.page()
    assert isinstance(shown, RecordPage)
    assert window.stack.stop is not None
    assert window.stack.stop.record_id == year["review 1"]
    window.go_back()
    assert window.stack.page() is page


@pytest.mark.usefixtures("year")
def test_a_breakdown_names_the_category_of_each_record(opened: Open) -> None:
    page = opened({"figure": "rapid_review_children_by_age_band", "year": "2021-22"})
    assert len(references(page)) == 2
    assert all(row.category for row in page.list.shown_rows())
    assert page.foot.text() == "2 records listed; the figure counts as many."
    band = page.list.shown_rows()[0].category
    one = opened(
        {"figure": "rapid_review_children_by_age_band", "year": "2021-22", "category": band}
    )
    assert len(references(one)) == 1
    assert band in one.total.text()


def test_a_record_that_changes_leaves_the_list(
    store: Store, window: MainWindow, year: dict[str, int], opened: Open, qtbot: QtBot
) -> None:
    page = opened({"figure": "rapid_reviews", "year": "2021-22"})
    row = store.read(record, "review", year["review 2"])
    assert row is not None
    command = AmendRecord("review", row.id, row.version, {"kind": "partnership_learning"})
    window.context.operations.write(command)
    qtbot.waitUntil(lambda: references(page) == ["RR-2021-01"])


def test_a_figure_that_is_none_is_a_sentence(opened: Open) -> None:
    page = opened({"figure": "rapid_reviewz", "year": "2021-22"})
    assert page.fault.text().startswith("There is no figure “rapid_reviewz”.")
    assert "rapid_reviews" in page.fault.text()
    assert references(page) == []
