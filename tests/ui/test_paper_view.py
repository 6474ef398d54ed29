"""A paper on screen: its place is kept, its words are found, and the keyboard reaches all of it."""

from __future__ import annotations

import io

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.widgets.paper_view import PaperView
from tests.ui.conftest import CONTROL, press, type_text

SHIFT = Qt.KeyboardModifier.ShiftModifier


def pdf(*pages: tuple[str, ...]) -> bytes:
    """Return a PDF of these lines, each a third of a page below the other."""
    into = io.BytesIO()
    canvas = Canvas(into, pagesize=(595, 842))
    for lines in pages:
        for at, line in enumerate(lines):
            canvas.drawString(72, 760 - 250 * at, line)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


PAPER = pdf(
    ("What happened", "Fathers were not asked."),
    ("What we learned", "Ask about fathers.", "Quill-", "feather"),
    ("Fathers again",),
    ("The end",),
)


@pytest.fixture
def view(qtbot: QtBot) -> PaperView:
    shown = PaperView()
    qtbot.addWidget(shown)
    shown.resize(620, 500)
    with qtbot.waitActive(shown):
        shown.show()
    shown.show_paper(PAPER)
    return shown


def _searched(qtbot: QtBot, view: PaperView) -> str:
    qtbot.waitUntil(lambda: not view.find_bar.is_searching)
    return view.find_bar.told.text()


def test_a_paper_made_anew_keeps_its_place_and_size(view: PaperView) -> None:
    view.sheet.set_percent(150)
    view.sheet.go_to(2)
    place = view.sheet.verticalScrollBar().value()
    assert place > 0
    view.show_paper(PAPER)
    assert (view.sheet.verticalScrollBar().value(), view.sheet.percent()) == (place, 150)
    assert view.page_field.value() == 3
    view.show_paper(PAPER, "another paper")
    assert (view.sheet.verticalScrollBar().value(), view.sheet.percent()) == (0, 150)


def test_a_paper_made_anew_does_not_flicker(qtbot: QtBot, view: PaperView) -> None:
    view.point_at(1, "What happened")
    qtbot.waitUntil(lambda: _coloured(view) > 0)
    view.show_paper(PAPER)
    assert _coloured(view) > 0, "what was there stays until the new pages are drawn"
    qtbot.waitUntil(lambda: _coloured(view) == 0)
    view.point_at(1, "What happened")
    qtbot.waitUntil(lambda: _coloured(view) > 0)
    view.show_paper(PAPER, "another paper")
    assert _coloured(view) == 0, "another paper is not taken for the one before"


def test_a_shorter_paper_ends_at_its_end(view: PaperView) -> None:
    view.sheet.go_to(3)
    view.show_paper(pdf(("Only", "one page")))
    assert (view.sheet.page(), view.page_count.text()) == (0, "of 1")


@pytest.mark.parametrize("data", [b"%PDF-1.4 and no more", b"a letter"])
def test_what_is_no_paper_is_said(view: PaperView, data: bytes) -> None:
    view.show_paper(data)
    assert view._instead.isVisible()
    assert view._instead.text() == "This PDF cannot be shown."
    assert not view.find_button.isEnabled()
    view.show_paper(PAPER)
    assert view.sheet.isVisible()


def test_nothing_is_held_once_it_is_cleared(view: PaperView) -> None:
    view.clear("There is no review to print yet.")
    assert view._instead.text() == "There is no review to print yet."
    assert (view.document.pageCount(), view._buffer.data().size()) == (0, 0)


def test_the_keys_make_it_larger_smaller_and_fit(view: PaperView) -> None:
    view.sheet.setFocus()
    press(view.sheet, Qt.Key.Key_0, CONTROL)
    fits = view.sheet.percent()
    press(view.sheet, Qt.Key.Key_Plus, CONTROL)
    larger = view.sheet.percent()
    assert larger > fits
    assert view.zoom.currentText() == f"{larger:.0f} %"
    press(view.sheet, Qt.Key.Key_Minus, CONTROL)
    assert view.sheet.percent() < larger
    for _ in range(20):
        press(view.sheet, Qt.Key.Key_Minus, CONTROL)
    assert view.sheet.percent() == 50
    press(view.sheet, Qt.Key.Key_0, CONTROL)
    assert view.sheet.percent() == pytest.approx(fits)
    assert view.zoom.currentText() == "Fit width"


def test_a_page_fits_whole_into_the_view(view: PaperView) -> None:
    view.zoom.setCurrentText("Whole page")
    view.zoom.activated.emit(view.zoom.currentIndex())
    assert view.sheet.zoomMode() is QPdfView.ZoomMode.FitInView
    tall = 842 * view.sheet.percent() / 100
    assert tall <= view.sheet.viewport().height()


@pytest.mark.parametrize("size", ["Fit width", "Whole page", "75 %", "300 %"])
def test_every_page_is_where_the_view_lays_it_out(view: PaperView, size: str) -> None:
    view.zoom.setCurrentText(size)
    view.zoom.activated.emit(view.zoom.currentIndex())
    margins, spacing = view.sheet.documentMargins(), view.sheet.pageSpacing()
    whole = view.sheet.top_of(4) - spacing + margins.bottom()
    fits = 2 * spacing  # Qt leaves the space after the last page too
    bar = view.sheet.verticalScrollBar()
    assert abs(bar.maximum() + view.sheet.viewport().height() - whole) <= fits


def test_what_is_at_the_top_stays_there_in_another_size(view: PaperView) -> None:
    view.point_at(2, "Ask about fathers")
    bar = view.sheet.verticalScrollBar()

    def share() -> float:
        top, below = view.sheet.top_of(1), view.sheet.top_of(2)
        return (bar.value() - top) / (below - top)

    before = share()
    for larger in (1, 1, -1):
        view.sheet.step(larger)
        assert share() == pytest.approx(before, abs=0.01)


def test_words_are_found_counted_and_gone_through(qtbot: QtBot, view: PaperView) -> None:
    view.sheet.setFocus()
    press(view.sheet, Qt.Key.Key_F, CONTROL)
    assert view.find_bar.field.hasFocus()
    type_text(view.find_bar.field, "fathers")
    assert _searched(qtbot, view) == "1 of 3"
    seen = []
    for _ in range(4):
        press(view.find_bar.field, Qt.Key.Key_F3)
        seen.append((view.find_bar.told.text(), view.sheet.currentSearchResultIndex()))
    assert seen == [("2 of 3", 1), ("3 of 3", 2), ("1 of 3", 0), ("2 of 3", 1)]
    press(view.find_bar.field, Qt.Key.Key_F3, SHIFT)
    assert view.find_bar.told.text() == "1 of 3"
    type_text(view.find_bar.field, "x")
    assert _searched(qtbot, view) == "Not found"
    press(view.find_bar.field, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    assert view.sheet.hasFocus()
    assert view.find_bar.count() == 0, "the marks are off the pages"


def test_the_search_begins_on_the_page_on_screen(qtbot: QtBot, view: PaperView) -> None:
    view.sheet.go_to(2)
    view.find_bar.begin()
    type_text(view.find_bar.field, "fathers")
    assert _searched(qtbot, view) == "3 of 3"


def test_a_paper_made_anew_is_searched_anew(qtbot: QtBot, view: PaperView) -> None:
    view.find_bar.begin()
    type_text(view.find_bar.field, "fathers")
    _searched(qtbot, view)
    view.show_paper(pdf(("Fathers",), ("Mothers and fathers",)))
    assert _searched(qtbot, view) == "2 found"


def test_what_is_pointed_at_is_marked_and_in_sight(view: PaperView) -> None:
    view.point_at(3, "Fathers again")
    assert view.sheet.page() == 2
    assert view.sheet.currentSearchResultIndex() == 0
    view.point_at(2, "Quill-\nfeather")
    assert view.sheet.page() == 1
    assert view.find_bar.count() == 1
    before = view.sheet.verticalScrollBar().value()
    view.point_at(4, "words that stand nowhere")
    assert view.sheet.verticalScrollBar().value() > before
    assert view.find_bar.count() == 0


def test_what_is_marked_is_seen(qtbot: QtBot, view: PaperView) -> None:
    view.point_at(2, "feather")
    qtbot.waitUntil(lambda: _coloured(view) > 0)
    view.clear()
    view.show_paper(PAPER)
    view.sheet.go_to(1)
    QTest.qWait(1)
    assert _coloured(view) == 0


def _coloured(view: PaperView) -> int:
    """Return how many points of the pages are neither black, white nor grey."""
    shot = view.sheet.viewport().grab().toImage()
    points = ((x, y) for x in range(60, 300, 2) for y in range(0, shot.height(), 2))
    return sum(QColor(shot.pixel(*point)).hsvSaturation() > 60 for point in points)


def test_pages_in_small_lead_to_their_page_and_are_folded_away(view: PaperView) -> None:
    assert not view.list.isVisible()
    view.pages_button.setFocus()
    press(view.pages_button, Qt.Key.Key_Space)
    assert view.list.isVisible()
    view.list.setFocus()
    press(view.list, Qt.Key.Key_Down)
    press(view.list, Qt.Key.Key_Down)
    assert (view.sheet.page(), view.page_field.value()) == (2, 3)
    picture = view.list.pages.data(view.list.pages.index(0), Qt.ItemDataRole.DecorationRole)
    assert picture.toImage().pixelColor(5, 5) == QColor("white")  # type: ignore[attr-defined]
    view.sheet.go_to(1)
    assert view.list.currentIndex().row() == 1
    press(view.pages_button, Qt.Key.Key_Space)
    assert not view.list.isVisible()


def test_a_page_is_gone_to_by_its_number(view: PaperView) -> None:
    view.page_field.setFocus()
    view.page_field.selectAll()
    type_text(view.page_field, "4")
    press(view.page_field, Qt.Key.Key_Return)
    assert view.sheet.page() == 3
    press(view.sheet, Qt.Key.Key_Home)
    assert view.sheet.page() == 0
    press(view.sheet, Qt.Key.Key_End)
    assert view.sheet.page() == 3


def test_inside_a_paper_the_search_is_of_the_paper(qtbot: QtBot, window: MainWindow) -> None:
    view = PaperView()
    window.setCentralWidget(view)
    view.show_paper(PAPER)
    window.activateWindow()
    view.sheet.setFocus()
    qtbot.waitUntil(view.sheet.hasFocus)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F, CONTROL)
    assert view.find_bar.field.hasFocus()


def test_everything_has_a_name_and_is_reached_by_tab(view: PaperView) -> None:
    view.pages_button.setChecked(True)
    view.find_bar.show()
    view.pages_button.setFocus()
    passed = []
    for _ in range(10):
        focus = view.focusWidget()
        assert focus is not None
        passed.append(focus.accessibleName())
        press(focus, Qt.Key.Key_Tab)
    assert passed == [
        "Show the pages in small",
        "Page",
        "Smaller",
        "Size",
        "Larger",
        "Search in the paper",
        "Search in the paper",
        "Close the search",
        "Pages",
        "Preview of the paper",
    ]
