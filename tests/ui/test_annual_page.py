"""The page of the annual report: chapters written and read again, figures picked and opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QListWidgetItem
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.drafts import unfinished
from oscb_desktop.queries.records import record, records
from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.figure_dialog import FigureDialog
from oscb_desktop.ui.left_place import come_back, leave
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.annual.chapter_view import ChapterView
from oscb_desktop.ui.pages.annual.counted_page import CountedPage
from oscb_desktop.ui.pages.annual.page import CHECK, PAPER, AnnualPage
from oscb_desktop.ui.pages.unfinished import UnfinishedLines
from oscb_desktop.ui.widgets.search_field import SearchField
from oscb_desktop.ui.widgets.small_table import SmallTable
from tests.factories import make
from tests.ui.conftest import CONTROL, press, type_text

TEXT = "We held {rapid_reviews:words} rapid reviews."


@pytest.fixture
def year(store: Store) -> dict[str, int]:
    """Two rapid reviews of 2021-22, and a text of the year before."""
    made = {}
    for number in (1, 2):
        made[f"review {number}"] = make(
            store, "review", reference=f"RR-2021-0{number}", started_on=date(2021, 5, number)
        )
    store.write(WriteNarrative("2020-21", "introduction", "This is the annual report."))
    return made


@pytest.fixture
def page(window: MainWindow, year: dict[str, int], qtbot: QtBot) -> AnnualPage:
    window.go_to("annual", {"chapter": "rapid_figures"})
    shown = window.stack.page()
    assert isinstance(shown, AnnualPage)
    wait(qtbot, shown)
    return shown


def wait(qtbot: QtBot, page: AnnualPage) -> None:
    qtbot.waitUntil(lambda: page.report is not None and not page.is_reading)


def view(page: AnnualPage) -> ChapterView:
    shown = page.view()
    assert shown is not None
    return shown


def line(page: AnnualPage, code: str) -> str:
    lines = [page.chapters.item(at) for at in range(page.chapters.count())]
    found: QListWidgetItem = next(
        item for item in lines if item.data(Qt.ItemDataRole.UserRole) == code
    )
    return found.text().strip()


def save(page: AnnualPage, text: str, qtbot: QtBot) -> None:
    view(page).text.form.box.setFocus()
    type_text(view(page).text.form.box, text)
    press(view(page).text.form.box, Qt.Key.Key_S, CONTROL)
    assert view(page).text.form.banner.text == ""
    assert not page.unsaved()
    wait(qtbot, page)


def test_every_chapter_stands_on_the_left_with_what_it_lacks(page: AnnualPage) -> None:
    assert page.chapters.count() == 30
    assert line(page, "introduction") == "1 Introduction · no text"
    assert page.stands.text() == "0 of 30 chapters have a text."
    assert page.year.currentText() == "2021-22"


def test_a_text_is_saved_and_read_with_its_figures(
    page: AnnualPage, store: Store, qtbot: QtBot
) -> None:
    save(page, TEXT, qtbot)
    (text,) = (row for row in store.read(records, "narrative") if row.words("year") == "2021-22")
    assert text.values["text"] == TEXT
    assert view(page).text.reads.text() == "We held two rapid reviews."
    assert line(page, "rapid_figures") == "4.2 Rapid review facts and figures"
    assert not page.unsaved()


def test_what_is_typed_is_read_as_it_will_stand_before_it_is_saved(
    page: AnnualPage, qtbot: QtBot
) -> None:
    type_text(view(page).text.form.box, "Only {rapid_reviewz}.")
    qtbot.waitUntil(lambda: view(page).text.reads.text() == "Only [no figure rapid_reviewz].")
    assert "Did you mean rapid_reviews" in view(page).text.faults.text()
    assert page.unsaved()


def test_a_figure_is_found_by_its_words_and_written_at_the_cursor(
    page: AnnualPage, qtbot: QtBot
) -> None:
    reads: list[str] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, FigureDialog):
            QTimer.singleShot(10, choose)
            return
        type_text(dialog.field, "rapid reviews of our own")
        dialog.told.setCurrentIndex(3)
        reads.append(dialog.reads.text())
        press(dialog.field, Qt.Key.Key_Return)
        if dialog.isVisible():
            dialog.reject()

    view(page).text.form.box.setFocus()
    type_text(view(page).text.form.box, "In all ")
    QTimer.singleShot(10, choose)
    press(view(page).text.form.box, Qt.Key.Key_Space, CONTROL)
    qtbot.waitUntil(lambda: bool(reads))
    assert reads == ["Reads: two reviews"]
    written = "In all {rapid_reviews_ours:words:review|reviews}"
    qtbot.waitUntil(lambda: view(page).text.form.text() == written)
    assert page.window().focusWidget() is view(page).text.form.box


def test_a_figure_that_moved_is_flagged_until_the_text_is_read_again(
    page: AnnualPage, store: Store, window: MainWindow, year: dict[str, int], qtbot: QtBot
) -> None:
    save(page, TEXT, qtbot)
    row = store.read(record, "review", year["review 2"])
    assert row is not None
    command = AmendRecord("review", row.id, row.version, {"kind": "partnership_learning"})
    window.context.operations.write(command)
    wait(qtbot, page)
    assert line(page, "rapid_figures") == "4.2 Rapid review facts and figures · 1 figure moved"
    assert view(page).text.moved.text() == "Since this was last read: Rapid reviews was 2, is 1."
    view(page).text.read_button.click()
    wait(qtbot, page)
    assert line(page, "rapid_figures") == "4.2 Rapid review facts and figures"
    assert not view(page).text.moved.isVisible()
    assert not page.read_button.isVisible()


def test_a_figure_of_the_text_opens_its_records(
    page: AnnualPage, window: MainWindow, qtbot: QtBot
) -> None:
    save(page, TEXT, qtbot)
    table = view(page).text.table
    assert table is not None
    table.setFocus()
    press(table, Qt.Key.Key_Return)
    shown = window.stack.page()
    assert isinstance(shown, CountedPage)
    qtbot.waitUntil(lambda: shown.told is not None)
    assert [row.reference for row in shown.list.shown_rows()] == ["RR-2021-01", "RR-2021-02"]
    window.go_back()
    assert window.stack.page() is page
    assert page.view() is not None
    assert view(page).code == "rapid_figures"


def test_last_years_texts_fill_the_chapters_that_are_empty(page: AnnualPage, qtbot: QtBot) -> None:
    page.last_year_button.click()
    wait(qtbot, page)
    assert line(page, "introduction") == "1 Introduction"
    page.chapters.choose("introduction")
    page.chapters.currentRowChanged.emit(0)
    assert view(page).text.form.text() == "This is the annual report."


def test_one_chapter_starts_from_last_years_text(page: AnnualPage, qtbot: QtBot) -> None:
    page.show_wanted({"chapter": "introduction"})
    assert view(page).text.start_button.isVisible()
    view(page).text.start_button.click()
    wait(qtbot, page)
    assert view(page).text.form.text() == "This is the annual report."
    assert not view(page).text.start_button.isVisible()


def test_the_paper_says_which_text_is_not_in_it_and_leads_there(
    page: AnnualPage, qtbot: QtBot
) -> None:
    page.tabs.setCurrentIndex(PAPER)
    assert not page.paper.unsaved.isVisible()
    page.tabs.setCurrentIndex(0)
    type_text(view(page).text.form.box, "Typed and not saved.")
    page.tabs.setCurrentIndex(PAPER)
    assert page.paper.unsaved.isVisible()
    assert page.paper.unsaved.text() == (
        "1 chapter has unsaved text, which is not in this paper: "
        "4.2 Rapid review facts and figures."
    )
    page.show_wanted({"chapter": "introduction"})
    page.paper.unsaved_button.click()
    assert page.tabs.currentIndex() == 0
    assert view(page).code == "rapid_figures"
    save(page, " Now it is.", qtbot)
    page.tabs.setCurrentIndex(PAPER)
    assert not page.paper.unsaved.isVisible()


def test_one_text_has_its_verb_and_nothing_is_offered_where_last_year_has_none(
    page: AnnualPage, qtbot: QtBot
) -> None:
    assert not view(page).text.start_button.isVisible()
    save(page, TEXT, qtbot)
    assert page.stands.text() == "1 of 30 chapters has a text."
    page.show_wanted({"year": "2020-21"})
    wait(qtbot, page)
    assert not page.last_year_button.isVisible()


def test_only_figures_are_underlined_and_what_is_none_wavily(page: AnnualPage) -> None:
    box = view(page).text.form.box
    type_text(box, "{rapid_reviews} {held} {} {rapid_reviewz}")
    layout = box.document().firstBlock().layout()
    styles = [shape.format.underlineStyle() for shape in layout.formats()]
    assert [(shape.start, shape.length) for shape in layout.formats()] == [(0, 15), (26, 15)]
    assert styles == [
        QTextCharFormat.UnderlineStyle.SingleUnderline,
        QTextCharFormat.UnderlineStyle.WaveUnderline,
    ]


def test_the_report_of_another_year_does_not_stand_for_one_that_is_refused(
    page: AnnualPage,
) -> None:
    page.year.setItemText(page.year.currentIndex(), "another")
    page.refuse("This could not be read.")
    assert not page.chapters.isVisible()
    assert page.fault.text() == "This could not be read."


def test_what_was_written_can_be_undone(page: AnnualPage, window: MainWindow, qtbot: QtBot) -> None:
    save(page, TEXT, qtbot)
    window.actions_by_name["undo"].trigger()
    wait(qtbot, page)
    assert view(page).text.form.text() == ""
    assert view(page).text.form.box.hasFocus()
    assert line(page, "rapid_figures").endswith("· no text")
    save(page, "Anew.", qtbot)
    assert line(page, "rapid_figures") == "4.2 Rapid review facts and figures"


def test_print_leads_from_the_report_to_its_paper(page: AnnualPage, window: MainWindow) -> None:
    window.actions_by_name["print"].trigger()
    assert window.stack.page() is page
    assert page.tabs.currentIndex() == PAPER


def test_typing_in_a_chapter_outlives_a_look_at_another_and_a_change_elsewhere(
    page: AnnualPage, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    type_text(view(page).text.form.box, "Half a sen")
    page.chapters.setCurrentRow(0)
    assert view(page).code == "introduction"
    window.context.operations.write(WriteNarrative("2021-22", "impact", "Much changed."))
    wait(qtbot, page)
    page.chapters.setCurrentRow(5)
    assert view(page).text.form.text() == "Half a sen"
    (draft,) = store.read(unfinished)
    assert draft.typed == {"text": "Half a sen"}


def test_typing_that_was_not_saved_is_offered_again(
    page: AnnualPage, window: MainWindow, qtbot: QtBot
) -> None:
    type_text(view(page).text.form.box, "Half a sen")
    left = page.standing()
    page.hide()
    again = AnnualPage(window.context)
    qtbot.addWidget(again)
    again.show_wanted(left)
    wait(qtbot, again)
    assert view(again).code == "rapid_figures"
    banner = view(again).text.form.banner
    assert "did not save it" in banner.text
    banner.choose("Bring it back")
    assert view(again).text.form.text() == "Half a sen"


def test_what_was_left_unfinished_leads_back_to_its_chapter(
    page: AnnualPage, window: MainWindow, store: Store
) -> None:
    type_text(view(page).text.form.box, "Half a sen")
    page.chapters.setCurrentRow(0)
    window.go_to("today")
    (draft,) = store.read(unfinished)
    lines = UnfinishedLines(window.context)
    lines.go_on(draft)
    lines.deleteLater()
    assert window.stack.page() is page
    assert view(page).code == "rapid_figures"


def test_a_file_with_nothing_in_it_has_a_report_all_the_same(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.go_to("annual", {"tab": str(PAPER)})
    shown = window.stack.page()
    assert isinstance(shown, AnnualPage)
    qtbot.waitUntil(shown.paper.save_button.isEnabled)
    assert shown.chapters.count() == 30
    assert shown.paper.fault.text() == ""
    assert shown.paper.shown.made is not None


def test_mark_up_in_a_text_is_words_like_any_other(page: AnnualPage, qtbot: QtBot) -> None:
    typed = "<b>Bold</b> & {rapid_reviews} <img src=x> 👶 {not a figure"
    view(page).text.form.box.setPlainText(typed)
    qtbot.waitUntil(lambda: view(page).text.reads.text().startswith("<b>Bold</b> & 2 <img"))
    assert view(page).text.reads.textFormat() is Qt.TextFormat.PlainText
    assert view(page).text.faults.text() == ""


def test_after_a_lock_the_same_chapter_offers_what_was_typed(
    page: AnnualPage, window: MainWindow, qtbot: QtBot
) -> None:
    type_text(view(page).text.form.box, "Half a sen")
    left = leave(window)
    assert (left.typed, left.unkept) == (1, ())
    window.hide()
    unlocked = MainWindow(window.context)
    qtbot.addWidget(unlocked)
    unlocked.show()
    assert come_back(unlocked, left) == ()
    again = unlocked.stack.page()
    assert isinstance(again, AnnualPage)
    wait(qtbot, again)
    assert view(again).code == "rapid_figures"
    view(again).text.form.banner.choose("Bring it back")
    assert view(again).text.form.text() == "Half a sen"
    unlocked.close()


def test_another_year_has_its_own_texts(page: AnnualPage, qtbot: QtBot) -> None:
    page.year.setCurrentIndex(page.year.findText("2020-21"))
    wait(qtbot, page)
    assert line(page, "introduction") == "1 Introduction"
    assert view(page).code == "rapid_figures"
    assert view(page).year == "2020-21"


def test_a_number_of_a_table_opens_what_it_counts(
    page: AnnualPage, window: MainWindow, qtbot: QtBot
) -> None:
    blocks = view(page).blocks
    assert blocks is not None
    tables = blocks.findChildren(SmallTable)
    (table,) = (each for each in tables if each.accessibleName() == "Facts and figures")
    table.setFocus()
    press(table, Qt.Key.Key_Return)
    shown = window.stack.page()
    assert isinstance(shown, CountedPage)
    qtbot.waitUntil(lambda: shown.told is not None)
    assert shown.foot.text() == "2 records listed; the figure counts as many."


def test_what_the_report_must_hold_is_said_by_hand(page: AnnualPage, qtbot: QtBot) -> None:
    page.tabs.setCurrentIndex(CHECK)
    before = [row.is_held for row in page.check.rows]
    at = next(at for at, row in enumerate(page.check.rows) if row.item == "progress")
    assert page.check.after.text().startswith("After Working Together 2018, the guidance in force")
    assert page.check.table is not None
    page.check.table.stand_on(at)
    press(page.check.table, Qt.Key.Key_Return)
    form = page.check.form
    assert form is not None
    form.boxes["held"].control.put_value(True)
    form.boxes["note"].control.put_value("The scrutineer's letter, page 3.")
    assert form.carry_out()
    wait(qtbot, page)
    assert page.check.rows[at].is_held
    assert page.check.rows[at].note == "The scrutineer's letter, page 3."
    assert sum(row.is_held for row in page.check.rows) == sum(before) + 1


def test_the_report_and_its_texts_are_found_by_the_search(
    page: AnnualPage, window: MainWindow, qtbot: QtBot
) -> None:
    save(page, "Fathers were seldom asked.", qtbot)
    window.go_to("today")
    look_for(window.search, "annual rep")
    assert window.stack.page() is page
    window.go_to("today")
    page.chapters.setCurrentRow(0)
    look_for(window.search, "fathers seldom")
    assert window.stack.page() is page
    assert view(page).code == "rapid_figures"


def look_for(field: SearchField, words: str) -> None:
    field.begin()
    field.clear()
    type_text(field, words)
    press(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("place", ["print", "learning", "today"])
def test_the_report_is_a_press_away_from_where_it_is_thought_of(
    window: MainWindow, place: str
) -> None:
    window.go_to(place)
    shown = window.stack.page()
    line: Callable[[], None] = (
        shown.annual_line.click  # type: ignore[union-attr]
        if place == "today"
        else shown.annual_button.click  # type: ignore[union-attr]
    )
    line()
    assert isinstance(window.stack.page(), AnnualPage)
    window.actions_by_name["annual"].trigger()
    assert isinstance(window.stack.page(), AnnualPage)
