"""The annual report by keyboard, from the sample year: written, checked, read again, let out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QPushButton

from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.figure_dialog import FigureDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.annual.breakdown_page import BreakdownPage
from oscb_desktop.ui.pages.annual.chapter_view import ChapterView
from oscb_desktop.ui.pages.annual.counted_page import CountedPage
from oscb_desktop.ui.pages.annual.page import AnnualPage
from oscb_desktop.ui.pages.record_page import RecordPage
from tests.conftest import PASSPHRASE, now
from tests.journeys.hands import Hands, seen
from tests.reports.reading import words
from tests.ui.conftest import Recorder

CHAPTER = "4.3 Children in rapid reviews"
REASON = "The age is in the published report."
WRITTEN = "This year was unlike the last. "
MOVED = f"{CHAPTER} · 1 figure moved"


@pytest.fixture
def store(tmp_path: Path, paths: AppPaths) -> Iterator[Store]:
    """The sample year, as anybody can have it to look around in."""
    made = create_sample_store(tmp_path / "Sample year.oscb", PASSPHRASE, "A. Secretary", now)
    yield made
    made.close()


def the_page(window: MainWindow) -> AnnualPage:
    page = window.stack.page()
    assert isinstance(page, AnnualPage)
    return page


def the_chapter(window: MainWindow) -> ChapterView:
    view = the_page(window).view()
    assert view is not None
    return view


def is_settled(window: MainWindow) -> bool:
    page = the_page(window)
    return page.report is not None and not page.is_reading


def go_to_chapter(window: MainWindow, hands: Hands) -> None:
    """Open the report from the Print page, go down to the chapter and into its text."""
    hands.press("Ctrl+7")
    hands.push("Annual report…")
    hands.wait_for(lambda: is_settled(window))
    hands.tab_to("Chapters")
    hands.press("Home", *["Down"] * 6)
    assert CHAPTER in seen(the_chapter(window))
    hands.press("Return")
    assert hands.at() == "Text"


def pick_babies(hands: Hands) -> None:
    """Find a figure by its words and choose that it be told in words, with its noun."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FigureDialog)
    hands.wait_for(QApplication.focusWidget)
    hands.type("babies in rapid")
    hands.tab_to("Told")
    hands.press("Down", "Down", "Down")
    assert dialog.reads.text() == "Reads: two children"
    hands.press("Return")


def test_a_chapter_is_written_counted_and_read_again(window: MainWindow, hands: Hands) -> None:
    go_to_chapter(window, hands)
    form = the_chapter(window).text.form
    hands.press("Ctrl+Home")
    hands.type(WRITTEN)
    hands.then(lambda: pick_babies(hands), "Ctrl+Space")
    marked = f"{WRITTEN}{{rapid_review_babies:words:child|children}}"
    hands.wait_for(lambda: form.text().startswith(marked))
    hands.type(" were babies. ")
    hands.press("Ctrl+S")
    reads = the_chapter(window).text.reads
    hands.wait_for(lambda: reads.text().startswith(f"{WRITTEN}Two children were babies. They"))
    hands.wait_for(lambda: is_settled(window))
    assert not form.unsaved()

    hands.tab_to("Figures in the text")
    hands.press("Home", "Return")
    counted = window.stack.page()
    assert isinstance(counted, CountedPage)
    hands.wait_for(lambda: counted.told is not None)
    assert counted.total.text() == "Babies in rapid reviews, 2021-22: 2"
    assert counted.foot.text() == "2 records listed; the figure counts as many."
    hands.press("Return")
    child = window.stack.page()
    assert isinstance(child, RecordPage)
    hands.push("Edit: The child")
    hands.fill({"Age at the incident": "3 years"})
    hands.press("Ctrl+S")
    hands.press("Alt+Left")
    hands.wait_for(lambda: counted.foot.text().startswith("1 record listed"))
    hands.press("Alt+Left")
    hands.wait_for(lambda: MOVED in seen(the_page(window).chapters))
    told = the_chapter(window).text
    assert told.moved.text() == "Since this was last read: Babies in rapid reviews was 2, is 1."

    hands.push("Read again: it still fits")
    hands.wait_for(lambda: is_settled(window) and not told.moved.isVisible())
    assert f"    {CHAPTER}" in seen(the_page(window).chapters).splitlines()


def test_a_year_is_broken_down_and_a_number_opened(window: MainWindow, hands: Hands) -> None:
    hands.press("Ctrl+7")
    hands.push("Annual report…")
    hands.wait_for(lambda: is_settled(window))
    hands.back_tab_to("Breakdowns and comparison of this year")
    hands.press("Space")
    page = window.stack.page()
    assert isinstance(page, BreakdownPage)
    hands.wait_for(lambda: page.shown is not None and not page.is_reading)
    hands.back_tab_to("By")
    hands.type("Kind")
    hands.tab_to("Crossed with")
    hands.type("Age")
    hands.wait_for(lambda: "Kind of harm / age" in page.table.grid.corner)
    hands.wait_for(lambda: not page.is_reading)
    hands.tab_to("Children in rapid reviews by kind of harm and age, table")
    hands.press("Ctrl+Home", "Right")
    first = page.table.grid.rows[0]
    assert (first.label, first.cells[0].text) == ("Physical abuse", "3")
    hands.press("Return")
    counted = window.stack.page()
    assert isinstance(counted, CountedPage)
    hands.wait_for(lambda: counted.told is not None)
    assert "kind of harm: Physical abuse, age: Under 5, 2021-22: 3" in counted.total.text()
    assert counted.foot.text() == "3 records listed; the figure counts as many."
    hands.press("Alt+Left")
    assert window.stack.page() is page


def make_paper(window: MainWindow, hands: Hands, *, public: bool) -> None:
    """Go to the paper, choose the version, and wait until it is made and checked."""
    hands.press("Ctrl+7")
    hands.push("Annual report…")
    hands.wait_for(lambda: is_settled(window))
    hands.back_tab_to("Parts of the annual report")
    hands.press("Right")
    paper = the_page(window).paper
    hands.wait_for(paper.save_button.isEnabled)
    if public:
        hands.push("Public version")
        hands.wait_for(lambda: paper.shown.made and paper.shown.made.face == PUBLIC)
        hands.wait_for(paper.save_button.isEnabled)


def press_save(hands: Hands, name: str) -> None:
    """Press a way out, and say why it leaves in spite of what the check found."""

    def explain() -> None:
        hands.wait_for(QApplication.focusWidget)
        hands.tab_to("Why it left in spite of them")
        hands.type(REASON)
        hands.press("Return")

    button = hands.tab_to(name)
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    hands.then(explain, "Space")


def test_the_public_version_leaves_as_pdf_word_and_workbook(
    window: MainWindow,
    store: Store,
    hands: Hands,
    messages: Recorder,
    choose_file: Callable[[Path], None],
    tmp_path: Path,
) -> None:
    an_age = WriteNarrative("2021-22", "conclusion", "She was nine years and four months old.")
    store.write(an_age)
    make_paper(window, hands, public=True)
    messages.answers.append(True)  # that the file leaves the encrypted store, asked once
    told = the_page(window).paper.shown.findings.said.text()
    assert told.startswith("Made for publication.")
    assert "exact age" in told
    ways_out = {
        "Save as PDF…": "pdf",
        "Save as Word…": "docx",
        "Save the tables as a workbook": "xlsx",
    }
    for name, ending in ways_out.items():
        to = tmp_path / f"report.{ending}"
        choose_file(to)
        if ending == "xlsx":  # which holds the tables alone, and no age of anybody
            hands.push(name)
        else:
            press_save(hands, name)
        hands.wait_for(to.exists)
    messages.take()
    printed = words((tmp_path / "report.pdf").read_bytes())
    assert "fewer than 5" in printed
    assert "RR-2021" not in printed
    word = docx.Document(str(tmp_path / "report.docx"))
    assert any("fewer than 5" in paragraph.text for paragraph in word.paragraphs)
    book = load_workbook(BytesIO((tmp_path / "report.xlsx").read_bytes()))
    assert len(book.sheetnames) > 5
    noted = store.read(releases)
    assert [row.face for row in noted] == ["public"] * 3
    assert [row.reason for row in noted] == ["", REASON, REASON]


def test_the_internal_version_holds_the_numbers(
    window: MainWindow,
    hands: Hands,
    choose_file: Callable[[Path], None],
    tmp_path: Path,
    messages: Recorder,
) -> None:
    make_paper(window, hands, public=False)
    messages.answers.append(True)
    choose_file(tmp_path / "report.pdf")
    hands.push("Save as PDF…")
    messages.take()
    printed = words((tmp_path / "report.pdf").read_bytes())
    assert "six rapid reviews, compared to nine in the year before" in printed
    assert "fewer than 5" not in printed
