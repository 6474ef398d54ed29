"""Wording a learning summary beside its paper, by keyboard."""

from __future__ import annotations

from typing import ClassVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.records import record, records
from oscb_desktop.queries.summary import summary_rows
from oscb_desktop.services.printing import make_learning_summary
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.summary_page import SummaryPage
from tests.factories import make
from tests.reports.reading import pages


@pytest.fixture
def review(store: Store) -> int:
    made = make(store, "review", kind="lcspr", known_as="Child G", what_happened="A baby was hurt.")
    make(store, "finding", review=made, number=1, title="Early help", text="Nobody asked why.")
    make(store, "finding", review=made, number=2, title="Fathers", text="Not seen.")
    return made


@pytest.fixture
def page(qtbot: QtBot, context: Context, review: int) -> SummaryPage:
    page = SummaryPage(context, {"review": str(review)})
    qtbot.addWidget(page)
    page.resize(1160, 700)
    page.show()
    qtbot.waitUntil(lambda: page.paper.view.document.pageCount() == 1)
    return page


def learned(store: Store, review: int) -> list[tuple[str, str]]:
    rows = store.read(summary_rows, review)
    return [(row.heading, row.text) for row in rows if row.block == "learned"]


def test_a_line_is_reworded_beside_the_paper_and_saved(
    qtbot: QtBot, page: SummaryPage, store: Store, review: int
) -> None:
    line = page.parts["learned"].lines[0]
    line.text.selectAll()
    QTest.keyClicks(line.text, "Ask why help is declined.")
    assert page.unsaved()
    assert "Reworded. The record says: “Early help Nobody asked why.”" in line.state.text()
    QTest.keyClick(line.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not page.unsaved()
    assert learned(store, review)[0] == ("Early help", "Ask why help is declined.")
    (finding, _) = store.read(records, "finding", owner=review)
    assert finding.values["text"] == "Nobody asked why."
    reference = str(store.read(record, "review", review).values["reference"])  # type: ignore[union-attr]
    assert "Ask why help is declined." in pages(make_learning_summary(store, reference).data)[0]


def test_the_paper_shows_what_is_typed_before_it_is_saved(
    qtbot: QtBot, page: SummaryPage, store: Store, review: int
) -> None:
    line = page.parts["what_happened"].lines[0]
    line.text.setPlainText("A baby came to harm.")
    page._save.stop()  # or a paper that takes its time would be there after the saving
    qtbot.waitUntil(lambda: "came to harm" in page.paper.view.document.getAllText(0).text())
    assert store.read(records, "summary_line") == ()


def test_a_name_is_found_while_it_is_typed(qtbot: QtBot, page: SummaryPage, store: Store) -> None:
    child = make(store, "child")
    make(store, "child_identity", child=child, last_name="Exampleton", forenames="Quill")
    page.parts["what_happened"].lines[0].text.setPlainText("Quill Exampleton was hurt.")
    qtbot.waitUntil(lambda: "1 finding" in page.paper.findings.said.text())


def test_leaving_the_page_saves_it(page: SummaryPage, store: Store, review: int) -> None:
    page.parts["learned"].lines[1].out.click()
    page.hide()
    (first, second) = store.read(records, "summary_line")
    assert (first.values["left_out"], second.values["left_out"]) == (None, True)


def test_alt_and_an_arrow_move_a_line(page: SummaryPage, store: Store, review: int) -> None:
    part = page.parts["learned"]
    QTest.keyClick(part.lines[0].text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [line.heading.text() for line in part.lines] == ["Fathers", "Early help"]
    told = [line.text.accessibleName() for line in part.lines]
    assert told == ["What we learned, line 1: text", "What we learned, line 2: text"]
    assert page.save_now()
    assert [heading for heading, _ in learned(store, review)] == ["Fathers", "Early help"]
    part.lines[0].text.setPlainText("Nobody asked him.")
    QTest.keyClick(part.lines[0].text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.save_now()
    assert learned(store, review)[1] == ("Fathers", "Nobody asked him.")
    QTest.keyClick(part.lines[0].text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.save_now()
    QTest.keyClick(part.lines[1].text, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [line.heading.text() for line in part.lines] == ["Fathers", "Early help"]


def test_no_part_of_a_line_is_a_window_of_its_own_for_a_blink(
    qtbot: QtBot, qapp: QApplication, context: Context, review: int
) -> None:
    class Watch(QObject):
        strays: ClassVar[list[str]] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Show and isinstance(watched, QLineEdit | QLabel):
                self.strays.extend([watched.accessibleName()] if watched.isWindow() else [])
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    shown = SummaryPage(context, {"review": str(review)})
    qtbot.addWidget(shown)
    shown.show()
    qapp.removeEventFilter(watch)
    assert len(shown.parts["learned"].lines) == 2
    assert watch.strays == []


def test_a_line_of_ones_own_is_added(page: SummaryPage, store: Store, review: int) -> None:
    part = page.parts["question"]
    assert part._nothing.isVisible()
    part.add.click()
    assert not part._nothing.isVisible()
    line = part.lines[0]
    assert line.text.isVisible(), "it is there to be typed into at once"
    QTest.keyClicks(line.text, "What helps?")
    assert line.state.text() == "A line of your own."
    assert page.save_now()
    assert [row.words("text") for row in store.read(records, "summary_line")] == ["What helps?"]


def test_a_record_that_changes_is_pointed_out(
    page: SummaryPage, context: Context, store: Store, review: int
) -> None:
    page.parts["learned"].lines[0].text.setPlainText("Ask why.")
    assert page.save_now()
    finding = store.read(records, "finding", owner=review)[0]
    context.operations.write(AmendRecord("finding", finding.id, 1, {"text": "Asked too late."}))
    line = page.parts["learned"].lines[0]
    assert line.keep.isVisible()
    assert "It now says: “Early help Asked too late.”" in line.state.text()
    line.keep.click()
    assert page.save_now()
    assert not page.parts["learned"].lines[0].keep.isVisible()
    line = page.parts["learned"].lines[0]
    line.follow.click()
    assert page.save_now()
    assert store.read(records, "summary_line") == ()


def test_what_cannot_be_saved_stays_and_is_told(
    page: SummaryPage, store: Store, review: int
) -> None:
    line = page.parts["learned"].lines[0]
    line.heading.setText("x" * 500)
    line.heading.textEdited.emit("x")
    assert not page.save_now()
    assert page.fault.text()
    assert page.unsaved()
    line.heading.setText("Early help")
    line.heading.textEdited.emit("x")
    assert page.save_now()
    assert page.fault.text() == ""


def test_a_review_in_the_bin_is_told(qtbot: QtBot, context: Context, store: Store) -> None:
    page = SummaryPage(context, {"review": "999"})
    qtbot.addWidget(page)
    page.show()
    assert "in the bin" in page.about.text()
