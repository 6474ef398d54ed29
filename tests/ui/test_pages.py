"""The places: what they list, how they narrow, and what they say when there is nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.records import record
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.clock_dialog import ClockDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.actions_page import ActionsPage
from oscb_desktop.ui.pages.incidents_page import IncidentsPage
from oscb_desktop.ui.pages.learning_page import LearningPage
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.pages.print_page import PrintPage
from oscb_desktop.ui.pages.printed_page import PrintedPage
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.review.page import ReviewPage
from oscb_desktop.ui.pages.reviews_page import ReviewsPage
from oscb_desktop.ui.pages.today.page import TodayPage
from oscb_desktop.ui.widgets.badge import Tone
from tests.factories import make
from tests.ui.conftest import Recorder

TYPED = {"known_as": "Child Z", "summary": "Seen twice.", "note": "Rang."}
P = TypeVar("P", bound=Page)


def _shown(qtbot: QtBot, page: P) -> P:
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_today_says_when_nothing_is_due(qtbot: QtBot, context: Context, store: Store) -> None:
    make(store, "meeting", held_on=date(2022, 1, 20))
    page = _shown(qtbot, TodayPage(context))
    assert page.nothing.isVisible()
    assert page.nothing.text() == "Nothing is due in the next five working days."
    make(store, "action", reference="A-2022-09", due_on=date(2022, 5, 4))
    page.refresh()
    assert "The next day is Wed 04 May 2022: action A-2022-09." in page.nothing.text()
    assert not page.clocks.isVisible()


def test_an_empty_file_offers_the_first_step(qtbot: QtBot, context: Context, store: Store) -> None:
    page = _shown(qtbot, TodayPage(context))
    assert page.empty.isVisible()
    assert not page.counts["overdue"].isVisible()
    assert page.begins_at is page.empty.button
    wanted: list[str] = []
    context.navigation.form_wanted.connect(lambda kind, _preset: wanted.append(kind))
    context.navigation.workbook_wanted.connect(lambda: wanted.append("workbook"))
    page.empty.button.setFocus()
    QTest.keyClick(page.empty.button, Qt.Key.Key_Space)
    QTest.keyClick(page.empty.button, Qt.Key.Key_Tab)
    assert page.empty.other.hasFocus()
    QTest.keyClick(page.empty.other, Qt.Key.Key_Space)
    assert wanted == ["incident", "workbook"]
    store.write(KeepDraft("incident", None, None, {}, ("known_as",), TYPED))
    page.unfinished.refresh()
    assert page.unfinished.isVisible()
    make(store, "incident", aware_on=date(2022, 3, 23))
    page.refresh()
    assert not page.empty.isVisible()
    assert page.clocks.isVisible()
    begins: object = page.begins_at
    assert begins is page.clocks


def test_today_says_that_a_review_rests(qtbot: QtBot, context: Context, store: Store) -> None:
    begun = date(2022, 1, 6)
    review = make(store, "review", kind="lcspr", initiated_on=begun, started_on=begun)
    make(store, "pause", review=review, from_on=begun, reason="inquest")
    page = _shown(qtbot, TodayPage(context))
    assert page.clocks.rows.cells(0, (4,)) == ["103 days left; paused: inquest"]
    page.clocks.opened.emit(page.clocks.rows.row_at(0))
    dialog = page.findChild(ClockDialog)
    assert isinstance(dialog, ClockDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(text.startswith("Paused: inquest. A pause moves no statutory date") for text in said)
    dialog.reject()


def test_today_counts_and_leads_to_the_filtered_list(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    make(store, "action", due_on=date(2022, 3, 1))
    make(store, "action", due_on=date(2022, 4, 1))
    page = _shown(qtbot, TodayPage(context))
    wanted: list[tuple[str, dict[str, str]]] = []
    context.navigation.page_wanted.connect(lambda name, filters: wanted.append((name, filters)))
    assert page.counts["overdue"].text() == "1 overdue"
    assert page.counts["due_soon"].text() == "1 due in 30 days"
    page.counts["overdue"].click()
    assert wanted == [("actions", {"view": "overdue"})]
    assert page.due_actions.rows.rowCount() == 2


def test_a_clock_shows_its_working(qtbot: QtBot, context: Context, store: Store) -> None:
    make(store, "incident", reference="IN-1", known_as="Child M", aware_on=date(2022, 3, 23))
    page = _shown(qtbot, TodayPage(context))
    assert page.clocks.rows.rowCount() == 1
    page.clocks.choose(page.clocks.rows.row_at(0).id)
    QTest.keyClick(page.clocks, Qt.Key.Key_Home)
    QTest.keyClick(page.clocks, Qt.Key.Key_Return)
    dialog = page.findChild(ClockDialog)
    assert isinstance(dialog, ClockDialog)
    steps = [dialog.steps.rows.cells(at, (0, 1, 2)) for at in range(dialog.steps.rows.rowCount())]
    assert steps[0] == ["Wed 23 Mar 2022", "0", "counted from this day"]
    assert steps[3] == ["Sat 26 Mar 2022", "", "Saturday"]
    assert steps[-1][:2] == ["Wed 30 Mar 2022", "5"]
    opened: list[tuple[str, int]] = []
    context.navigation.record_wanted.connect(lambda kind, at: opened.append((kind, at)))
    dialog.open_button.click()
    assert opened == [("incident", 1)]


def test_what_must_stay_published_is_the_last_line_and_no_deadline(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    make(
        store,
        "review",
        kind="lcspr",
        started_on=date(2020, 1, 6),
        publication="full_report",
        published_on=date(2021, 12, 9),
    )
    make(store, "incident", aware_on=date(2022, 3, 23))
    page = _shown(qtbot, TodayPage(context))
    rows = page.clocks.rows
    last = rows.cells(rows.rowCount() - 1, (2, 3))
    assert last == ["Publicly available", ""]
    assert rows.columns[4].tone(rows.row_at(rows.rowCount() - 1)) is Tone.PLAIN  # type: ignore[misc]


def test_today_offers_what_was_typed_and_not_saved(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    incident, action = make(store, "incident", reference="IN-2022-01"), make(store, "action")
    page = _shown(qtbot, TodayPage(context))
    assert not page.unfinished.isVisible()
    page.hide()
    store.write(KeepDraft("review", None, None, {"incident": incident}, ("known_as",), TYPED))
    store.write(KeepDraft("incident", incident, 1, {"summary": None}, ("summary",), TYPED))
    store.write(KeepDraft("progress_note", None, None, {"action": action}, ("note",), TYPED))
    page.show()
    lines = [line.text() for line in page.unfinished.findChildren(QLabel)]
    assert [line.partition(", typed")[0] for line in lines] == [
        "Not finished: New progress note",
        "Not finished: Incident IN-2022-01 Child M",
        "Not finished: New review",
    ]
    assert lines[0].endswith("typed 25 Mar 10:00")
    wanted: list[tuple[str, object]] = []
    context.navigation.record_wanted.connect(lambda kind, at: wanted.append((kind, at)))
    context.navigation.form_wanted.connect(lambda kind, preset: wanted.append((kind, preset)))
    for button in page.unfinished.findChildren(QPushButton):
        button.click()
    assert wanted == [
        ("action", action),
        ("incident", incident),
        ("review", {"incident": incident}),
    ]


def test_reviews_narrow_by_words_and_count(qtbot: QtBot, context: Context, store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    old = make(store, "review", started_on=date(2019, 5, 1), finished_on=date(2019, 9, 1))
    live = make(store, "review", started_on=date(2022, 1, 4), themes=(theme,))
    page = _shown(qtbot, ReviewsPage(context))
    filters = page.list.filters
    assert [row.id for row in page.list.shown_rows()] == [live, old]
    page.show_wanted({"live": "on"})
    assert [row.id for row in page.list.shown_rows()] == [live]
    assert filters.is_set
    page.show_wanted({"year": "2019-20"})
    assert [row.id for row in page.list.shown_rows()] == [old]
    page.show_wanted({"theme": "Neglect", "text": "nowhere"})
    assert page.list.shown_rows() == []
    assert page.list.empty.isVisible()
    page.list.empty.button.click()
    assert len(page.list.shown_rows()) == 2
    assert not filters.is_set


def test_an_empty_list_offers_the_first_step(qtbot: QtBot, context: Context) -> None:
    wanted: list[str] = []
    context.navigation.form_wanted.connect(lambda kind, preset: wanted.append(kind))
    for page in (ReviewsPage(context), IncidentsPage(context), ActionsPage(context)):
        _shown(qtbot, page)
        assert page.list.empty.isVisible()
        assert page.list.empty.title.text().startswith("No ")
        page.list.empty.button.click()
    assert wanted == ["incident", "incident", "action"]


def test_the_saved_filters_of_actions(qtbot: QtBot, context: Context, store: Store) -> None:
    late = make(store, "action", due_on=date(2022, 3, 1))
    soon = make(store, "action", due_on=date(2022, 4, 1))
    done = make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    national = make(store, "action", scope="national")
    page = _shown(qtbot, ActionsPage(context))
    wanted = {
        "open": {late, soon},
        "overdue": {late},
        "due_soon": {soon},
        "assurance": {done},
        "national": {national},
        "completed": {done},
        "all": {late, soon, done, national},
    }
    for view, ids in wanted.items():
        page.show_wanted({"view": view})
        assert {row.id for row in page.list.shown_rows()} == ids, view
    assert page.list.views.bar.tabText(1) == "Overdue (1)"


def test_the_chosen_action_tells_its_story(qtbot: QtBot, context: Context, store: Store) -> None:
    action = make(store, "action")
    page = _shown(qtbot, ActionsPage(context))
    assert not page.panel.isVisible()
    page.list.table.choose(action)
    assert page.panel.isVisible()
    page.list.filters.field.setText("nowhere")
    assert not page.panel.isVisible()


def test_down_leads_from_the_filter_into_the_list(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    make(store, "incident", known_as="Child M")
    page = _shown(qtbot, IncidentsPage(context))
    page.activateWindow()
    page.list.filters.field.setFocus()
    QTest.keyClick(page.list.filters.field, Qt.Key.Key_Down)
    assert page.list.table.current_row().known_as == "Child M"


def test_themes_and_learning_points(qtbot: QtBot, context: Context, store: Store) -> None:
    theme = make(store, "theme", name="Voice")
    make(store, "learning_point", themes=(theme,), heading="Ask about fathers")
    page = _shown(qtbot, LearningPage(context))
    assert [row.name for row in page.themes.shown_rows()] == ["Voice"]
    page.show_wanted({"audience": "System leader focus"})
    assert page.points.shown_rows() == []
    page.show_wanted({"theme": "Voice"})
    assert [row.heading for row in page.points.shown_rows()] == ["Ask about fathers"]


def test_a_list_is_saved_as_shown(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path, messages: Recorder
) -> None:
    make(store, "incident", known_as="=Łódź")
    page = _shown(qtbot, IncidentsPage(context))
    page.list.save_to(tmp_path / "out.csv")
    written = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert written.startswith("Reference,Known as,")
    assert ",'=Łódź," in written
    page.list.save_to(tmp_path / "nowhere" / "out.csv")
    assert "out.csv could not be written" in messages.take()


def _ready(qtbot: QtBot, page: PrintPage) -> None:
    qtbot.waitUntil(page.save_button.isEnabled)
    assert page.document.status() is QPdfDocument.Status.Ready


def test_a_paper_is_shown_saved_and_printed_from_memory(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path, messages: Recorder
) -> None:
    make(store, "review", known_as="Child M", what_happened="A child was <b>harmed</b> & healed.")
    page = _shown(qtbot, PrintPage(context))
    _ready(qtbot, page)
    assert page.document.pageCount() >= 1
    assert "Child M" in page.document.getAllText(0).text()
    page.save_to(tmp_path / "summary.pdf")
    assert (tmp_path / "summary.pdf").read_bytes() == page.pdf
    assert page.pdf.startswith(b"%PDF")
    page.save_to(tmp_path / "nowhere" / "summary.pdf")
    assert "does not exist" in messages.take()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    assert (tmp_path / "printed.pdf").stat().st_size > 1000
    assert len(store.read(releases)) == 2, "saved once and printed once"


def test_a_copy_bears_its_number_and_is_noted_with_whom_it_is_for(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    make(store, "review", known_as="Child M", what_happened="A child was harmed.")
    page = _shown(qtbot, PrintPage(context))
    _ready(qtbot, page)
    before = page.made
    QTest.keyClicks(page.choices.recipient, "The panel")
    QTest.keyClicks(page.choices.copy_number, "2 of 9")
    assert not page.save_button.isEnabled(), "the paper on screen is another copy"
    qtbot.waitUntil(page.save_button.isEnabled)
    assert "Copy 2 of 9" in page.document.getAllText(0).text()
    shown = page.made
    assert shown is not before
    page.save_to(tmp_path / "copy.pdf")
    (row,) = store.read(releases)
    assert (row.recipient, row.copy_number) == ("The panel", "2 of 9")
    assert page.made is shown, "its own printing is no reason to make it anew"


def test_copies_from_the_printer_are_noted_as_so_many(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    make(store, "review", known_as="Child M", what_happened="A child was harmed.")
    page = _shown(qtbot, PrintPage(context))
    _ready(qtbot, page)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(1, 1)
    printer.setCopyCount(3)
    page.print_on(printer)
    (row,) = store.read(releases)
    assert (row.copy_number, row.pages) == ("3 copies", 1)


def test_a_paper_that_cannot_be_noted_is_not_printed(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path, messages: Recorder
) -> None:
    make(store, "review", known_as="Child M", what_happened="A child was harmed.")
    page = _shown(qtbot, PrintPage(context))
    _ready(qtbot, page)
    page.choices.recipient.setMaxLength(9999)
    page.choices.recipient.setText("x" * 9999)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    page.save_to(tmp_path / "saved.pdf")
    for _ in range(2):
        assert "every print is noted in the history" in messages.take()
    assert not (tmp_path / "printed.pdf").exists()
    assert not (tmp_path / "saved.pdf").exists()


def _buttons(page: QWidget) -> list[QPushButton]:
    return [each for each in page.findChildren(QPushButton) if each.isVisible()]


def test_what_was_printed_is_listed_and_opens_with_its_checksum(
    qtbot: QtBot, window: MainWindow, context: Context, store: Store, tmp_path: Path
) -> None:
    review = make(store, "review", known_as="Child M", what_happened="A child was harmed.")
    window.go_to("print")
    page = window.stack.page()
    assert isinstance(page, PrintPage)
    _ready(qtbot, page)
    page.save_to(tmp_path / "summary.pdf")
    page.printed_button.click()
    printed = window.stack.page()
    assert isinstance(printed, PrintedPage)
    row = printed.list.table.rows.row_at(0)
    cells = [column.words(row) for column in printed.list.table.rows.columns]
    assert cells[0] == "25 Mar 2022 10:00"
    assert cells[1] == "Learning summary"
    assert "Child M" in cells[2]
    printed.list.opened.emit(row)
    kept = store.read(record, "release", row.id)
    assert kept is not None
    assert len(str(kept.values["digest"])) == 64
    assert window.stack.stop is not None
    assert (window.stack.stop.name, window.stack.stop.record_id) == ("release", row.id)
    told = window.stack.page()
    assert isinstance(told, RecordPage)
    assert not any(each.text() == "Withdraw…" for each in _buttons(told))
    window.open_record("review", review)
    shown = window.stack.page()
    assert isinstance(shown, ReviewPage)
    shown.build_all()
    assert shown.section("Printed papers").isVisibleTo(shown)


@pytest.mark.parametrize("paper", ["review_record", "action_log"])
def test_every_paper_follows_its_choices(
    qtbot: QtBot, context: Context, store: Store, paper: str
) -> None:
    agency = make(store, "agency", name="Oakshire Police")
    action = make(store, "action", lead_agency=agency, text="Write the guidance.")
    make(store, "action", review=action, text="Hold the workshop.")
    page = _shown(qtbot, PrintPage(context))
    page.show_wanted({"paper": paper, "agency": str(agency)})
    qtbot.waitUntil(lambda: _text(page).count("guidance") > 0)
    if paper == "action_log":
        assert "workshop" not in _text(page)


def _text(page: PrintPage) -> str:
    numbers = range(page.document.pageCount())
    return "".join(page.document.getAllText(number).text() for number in numbers)


def test_a_review_is_chosen_when_its_page_asks_for_print(
    window: MainWindow, context: Context, store: Store
) -> None:
    make(store, "review", reference="RR-2021-08")
    wanted = make(store, "review", reference="RR-2021-09")
    window.open_record("review", wanted)
    page = window.stack.page()
    assert isinstance(page, ReviewPage)
    page.print("review_record")
    printing = window.stack.page()
    assert isinstance(printing, PrintPage)
    assert printing.paper().name == "review_record"
    assert printing.choices.boxes["review"].currentData() == str(wanted)


def test_nothing_to_print_is_said(qtbot: QtBot, context: Context) -> None:
    page = _shown(qtbot, PrintPage(context))
    assert page.fault.text() == "There is no review to print yet."
    assert not page.save_button.isEnabled()
