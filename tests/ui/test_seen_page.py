"""The three faces of a review on the screen."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.seen_page import SeenPage
from tests.factories import make


@pytest.fixture
def review(store: Store) -> int:
    incident = make(store, "incident", summary="Found hurt.", referrer="A. Ward sister")
    child = make(store, "child", incident=incident, known_as="Child M")
    make(store, "child_identity", child=child, last_name="Exampleton")
    made = make(store, "review", incident=incident, children=(child,), known_as="Child M")
    make(store, "cost_line", review=made, description="Reviewer's fee")
    make(store, "finding", review=made, title="Early help came late")
    make(store, "panel_response", review=made, received_on=date(2021, 6, 20))
    return made


def words(page: SeenPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_each_face_sees_less_than_the_one_before(
    qtbot: QtBot, context: Context, review: int
) -> None:
    page = SeenPage(context, {"review": str(review)})
    qtbot.addWidget(page)
    page.show()
    seen = {}
    for choice in page.faces.buttons():
        choice.click()
        assert "Early help" not in words(page)  # nothing of the face before
        qtbot.waitUntil(lambda: "Early help" in words(page))
        seen[page.face] = words(page)
    assert list(seen) == ["secretariat", "panel", "public"]
    assert all("Early help came late" in told for told in seen.values())
    assert not any("Exampleton" in told for told in seen.values())
    assert "Ward sister" in seen["secretariat"]
    assert "Costs" in seen["secretariat"]
    assert "Ward sister" not in seen["panel"]
    assert "Costs" not in seen["panel"].replace("Left out: real names, costs", "")
    assert "Found hurt." in seen["panel"]
    assert "Found hurt." not in seen["public"]
    assert "Panel letters" not in seen["public"]


def test_nothing_above_the_record_moves_while_another_face_is_read(
    qtbot: QtBot, context: Context, review: int
) -> None:
    page = SeenPage(context, {"review": str(review)})
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show()
    qtbot.waitUntil(lambda: "Early help" in words(page))

    def places() -> list[tuple[int, int]]:
        page.column.activate()
        at = [page.about, page.spared, *page.faces.buttons()]
        return [one.mapTo(page, one.rect().topLeft()).toTuple() for one in at]

    still = places()
    for choice in page.faces.buttons()[1:]:
        choice.click()
        assert "Early help" not in words(page)
        assert places() == still
        qtbot.waitUntil(lambda: "Early help" in words(page))
        assert places() == still


def test_the_version_on_screen_is_what_prints(qtbot: QtBot, context: Context, review: int) -> None:
    page = SeenPage(context, {"review": str(review), "face": "panel"})
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(context.navigation.page_wanted) as asked:
        page.print_button.click()
    assert asked.args == ["print", {"paper": "review_record_panel", "review": str(review)}]


def test_a_page_that_was_left_before_it_was_read_is_read_when_it_is_seen_again(
    qtbot: QtBot, context: Context, review: int
) -> None:
    page = SeenPage(context, {"review": str(review)})
    qtbot.addWidget(page)
    page.show()
    page.hide()
    qtbot.waitUntil(lambda: not context.tasks.is_busy)
    assert page.findChildren(QScrollArea) == []
    page.show()
    qtbot.waitUntil(lambda: "Early help came late" in words(page))


def test_a_review_in_the_bin_is_told(qtbot: QtBot, context: Context) -> None:
    page = SeenPage(context, {"review": "999"})
    qtbot.addWidget(page)
    page.show()
    assert "in the bin" in page.about.text()
    assert not page.print_button.isEnabled()
