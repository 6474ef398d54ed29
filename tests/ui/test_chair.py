"""The chair's page: every live review in one table, its timeline drawn and told in words."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.chair import live_reviews
from oscb_desktop.services.store import Store
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.chair_page import ChairPage, ChairTable
from oscb_desktop.ui.pages.print_page import PrintPage
from oscb_desktop.ui.pages.record_page import RecordPage
from tests.factories import make
from tests.ui.conftest import press

TIMELINE = 3


@pytest.fixture
def page(window: MainWindow, store: Store, qtbot: QtBot) -> ChairPage:
    window.resize(1366, 768)
    late = make(store, "incident", aware_on=date(2022, 2, 18), notified_on=date(2022, 2, 21))
    make(
        store,
        "review",
        reference="RR-2022-01",
        known_as="Child A",
        incident=late,
        started_on=date(2022, 2, 21),
        meeting_on=date(2022, 3, 8),
    )
    full = make(
        store,
        "review",
        kind="lcspr",
        reference="LR-2021-01",
        known_as="Child B",
        started_on=date(2021, 12, 1),
        initiated_on=date(2021, 12, 1),
        publication_planned_on=date(2022, 5, 20),
    )
    make(store, "pause", review=full, from_on=date(2022, 2, 1), until_on=None, reason="inquest")
    make(store, "review", reference="RR-2021-09", finished_on=date(2022, 3, 1))
    window.go_to("chair")
    shown = window.stack.page()
    assert isinstance(shown, ChairPage)
    qtbot.waitUntil(lambda: shown.table.rows.rowCount() == 2)
    return shown


def words(table: ChairTable, line: int) -> str:
    columns = range(len(table.rows.columns))
    return " | ".join(table.rows.cells(line, columns))


def test_a_row_says_in_words_all_that_is_drawn(page: ChairPage) -> None:
    first = words(page.table, 0)
    assert "RR-2022-01 Child A" in first
    assert "Decision to be recorded, since 08 Mar 2022" in first
    assert "Setting up 21 Feb 2022 to 08 Mar 2022" in first
    assert "Rapid review to the Panel: 14 Mar 2022, 9 working days late" in first
    second = words(page.table, 1)
    assert "Paused since 01 Feb 2022: inquest" in second
    assert "Publication planned for 20 May 2022" in second
    assert page.total.text() == "2 live reviews on 25 Mar 2022; 1 past a statutory day."


def test_a_screen_reader_hears_the_whole_review(page: ChairPage) -> None:
    spoken = page.table.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("Child A", "Rapid review", "since 08 Mar 2022", "9 working days late", "Missing:"):
        assert part in spoken
    table = QAccessible.queryAccessibleInterface(page.table)
    assert table.text(QAccessible.Text.Name) == "Live reviews in time"


def test_the_arrows_choose_and_enter_opens(page: ChairPage, window: MainWindow) -> None:
    page.table.setFocus()
    first = page.table.rows.row_at(0).id
    page.table.choose(first)
    assert "RR-2022-01" in page.detail.text()
    press(page.table, Qt.Key.Key_Down)
    assert "LR-2021-01" in page.detail.text()
    press(page.table, Qt.Key.Key_Up)
    press(page.table, Qt.Key.Key_Return)
    opened = window.stack.page()
    assert isinstance(opened, RecordPage)
    assert opened.record_id == first


def test_a_small_screen_holds_it(page: ChairPage, window: MainWindow) -> None:
    page.table.choose(page.table.rows.row_at(0).id)
    window.resize(910, 512)
    assert page.minimumSizeHint().height() < 440
    assert page.minimumSizeHint().width() < 790


@pytest.mark.parametrize("width", [910, 1366])
def test_nothing_scrolls_sideways(
    page: ChairPage, window: MainWindow, qtbot: QtBot, width: int
) -> None:
    window.resize(width, 768)
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
    assert page.table.columnWidth(TIMELINE) >= 200
    assert page.table.rowHeight(0) >= 44


def cut_off(table: ChairTable) -> list[str]:
    """Return the cells and headings that are not whole, as they are laid out."""
    found = []
    for at, column in enumerate(table.rows.columns):
        width = table.columnWidth(at) - 20  # what a delegate leaves around its words
        if QFontMetrics(table.header.font()).horizontalAdvance(column.heading) > width:
            found.append(column.heading)
        for line in range(table.rows.rowCount() if at != TIMELINE else 0):
            words = str(table.rows.index(line, at).data())
            room = QRect(0, 0, width - (20 if column.tone else 0), 4000)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
            needs = table.fontMetrics().boundingRect(room, int(flags), words)
            if needs.height() > table.rowHeight(line) or needs.width() > room.width():
                found.append(words)
    return found


@pytest.mark.parametrize("size", [(910, 512), (1366, 768)])
def test_no_word_of_a_row_or_a_heading_is_cut_off(
    page: ChairPage, window: MainWindow, store: Store, qtbot: QtBot, size: tuple[int, int]
) -> None:
    make(
        store,
        "review",
        kind="lcspr",
        reference="LR-2020-01",
        known_as="Children E and F",
        started_on=date(2020, 12, 7),
        delay_reasons=("criminal", "pandemic"),
    )
    window.resize(*size)
    page.refresh()
    assert page.table.rows.rowCount() == 3
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
    assert cut_off(page.table) == []
    page.table.sort_by("stage", backwards=True)
    assert cut_off(page.table) == []


def test_a_contribution_is_said_once(store: Store) -> None:
    make(store, "review", kind="contribution", role="contributor", started_on=date(2022, 1, 3))
    (row,) = store.read(live_reviews, date(2022, 3, 25))
    assert row.part_words() == "Contribution to another area's review"
    assert row.part_words(briefly=True) == "Contribution"


def test_the_timeline_is_drawn_in_its_colours(page: ChairPage) -> None:
    index = page.table.rows.index(0, TIMELINE)
    picture = page.table.viewport().grab(page.table.visualRect(index)).toImage()
    seen = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    look = theme.current()
    assert {look.bad.lower(), look.chosen.lower()} <= {name.lower() for name in seen}


def test_the_list_of_reviews_leads_to_it(window: MainWindow, page: ChairPage) -> None:
    window.go_to("reviews")
    shown = window.stack.page()
    assert shown is not None
    buttons = shown.findChildren(QPushButton)
    next(one for one in buttons if one.text().startswith("All on one")).click()
    assert isinstance(window.stack.page(), ChairPage)


def test_its_button_leads_to_the_paper(
    page: ChairPage, window: MainWindow, context: Context, qtbot: QtBot
) -> None:
    next(one for one in page.findChildren(QPushButton) if one.text() == "Print…").click()
    shown = window.stack.page()
    assert isinstance(shown, PrintPage)
    assert shown.paper().name == "chair_sheet"
    qtbot.waitUntil(lambda: shown.pdf.startswith(b"%PDF"))
    assert shown.made is not None
    assert shown.made.marking == "OFFICIAL-SENSITIVE"


def test_a_file_without_a_live_review_says_so(window: MainWindow) -> None:
    window.go_to("chair")
    page = window.stack.page()
    assert isinstance(page, ChairPage)
    assert page.total.text() == "No review is live on 25 Mar 2022."
    assert not page.detail.isVisible()
