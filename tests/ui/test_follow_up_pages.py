"""The pages that look back: follow-up checks, escalation, the composite plan, the last meeting."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.records import id_by_key, records
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.printing import ACTION_RECORD
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.action_page import ActionPage
from oscb_desktop.ui.pages.composite_page import CompositePage
from oscb_desktop.ui.pages.escalation_page import EscalationPage
from oscb_desktop.ui.pages.learning_page import LearningPage
from oscb_desktop.ui.pages.print_page import PrintPage
from oscb_desktop.ui.pages.recommendation_page import LikenessSection, RecommendationPage
from oscb_desktop.ui.pages.review.learning import RecommendationsSection
from oscb_desktop.ui.pages.settings_page import LadderSection, SettingsPage
from oscb_desktop.ui.pages.since_page import SincePage
from oscb_desktop.ui.pages.today.page import TodayPage
from tests.domain.test_likeness import AGAIN, FATHERS
from tests.factories import make
from tests.ui.conftest import Recorder, press

TODAY = date(2022, 3, 25)


def shown(qtbot: QtBot, page: TodayPage | SincePage | EscalationPage | CompositePage) -> None:
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()


def opened(context: Context) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    context.navigation.record_wanted.connect(lambda kind, at: found.append((kind, at)))
    return found


# Today


def test_today_tells_of_checks_that_are_due_and_of_the_last_meeting(
    context: Context, store: Store, qtbot: QtBot
) -> None:
    action = make(store, "action", reference="A-1", delivery="complete", completed_on=TODAY)
    make(store, "assurance_check", action=action, due_on=date(2022, 3, 20))
    make(store, "assurance_check", action=action, due_on=date(2022, 9, 20), kind="other")
    make(store, "meeting", held_on=date(2022, 3, 2))
    page, went = TodayPage(context), opened(context)
    shown(qtbot, page)
    assert page.checks.table is not None
    assert page.checks.table.as_text().splitlines() == [
        "A-1\tWrite the guidance.\tFirst follow-up\t20 Mar 2022, overdue"
    ]
    press(page.checks.table, Qt.Key.Key_Return)
    page.checks.table.selectRow(0)
    press(page.checks.table, Qt.Key.Key_Return)
    assert went == [("action", action)]
    assert page.since_line.text().startswith("Since the last meeting, 02 Mar 2022: 1 action comp")
    with qtbot.waitSignal(context.navigation.page_wanted) as asked:
        page.since_line.click()
    assert asked.args == ["since", {}]


def test_today_says_nothing_of_checks_and_meetings_where_there_are_none(
    context: Context, qtbot: QtBot
) -> None:
    page = TodayPage(context)
    shown(qtbot, page)
    assert page.checks.isHidden()
    assert page.since_line.isHidden()


# Since the last meeting


def test_what_happened_is_listed_and_each_line_opens_its_record(
    context: Context, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    action = make(store, "action", reference="A-1")
    review = make(store, "review", reference="RR-2", started_on=date(2022, 3, 3))
    make(store, "meeting", held_on=date(2022, 3, 2))
    page, went = SincePage(context), opened(context)
    shown(qtbot, page)
    assert [table.accessibleName() for table in page.tables] == ["Actions added", "Reviews started"]
    for table in page.tables:
        table.selectRow(0)
        press(table, Qt.Key.Key_Return)
    assert went == [("action", action), ("review", review)]
    page.save_to(tmp_path / "since.pdf")
    assert [row.paper for row in store.read(releases)] == ["Since the last meeting"]


def test_any_day_can_be_typed(context: Context, store: Store, qtbot: QtBot) -> None:
    make(store, "review", reference="RR-2", started_on=date(2022, 3, 3))
    page = SincePage(context)
    shown(qtbot, page)
    assert page.fault.text() == "There was no meeting of the subgroup yet. Type a day above."
    assert not page.save_button.isEnabled()
    for typed, told in (("1/3/22", ""), ("4/3/22", ""), ("1/4/22", "01 Apr 2022 is still to come")):
        page.day.put_typed(typed)
        press(page.day.line, Qt.Key.Key_Return)
        assert told in page.fault.text()
        assert page.fault.isHidden() == (not told)
    page.show_wanted({"since": "2022-03-01"})
    assert page.total.text() == "Since 01 Mar 2022: 1 review started."


# Escalation


@pytest.fixture
def late(store: Store) -> int:
    return make(store, "action", reference="A-1", due_on=date(2022, 3, 10))


def test_a_late_action_is_escalated_by_keyboard_and_its_answer_kept(
    context: Context, store: Store, qtbot: QtBot, late: int
) -> None:
    page = EscalationPage(context)
    shown(qtbot, page)
    assert page.due_table is not None
    page.due_table.selectRow(0)
    press(page.due_table, Qt.Key.Key_E)
    assert page.form is not None
    assert page.form.boxes["message"].control.typed().startswith("Action A-1 (no lead agency)")
    assert not page.unsaved()
    assert page.form.carry_out()
    (step,) = store.read(records, "escalation")
    assert (step.values["step"], step.values["raised_on"]) == ("reminder_late", TODAY)
    assert page.form is None
    assert page.due_table is None
    assert page.wait_table is not None
    page.wait_table.selectRow(0)
    press(page.wait_table, Qt.Key.Key_R)
    page.form.boxes["reply"].control.put_typed("By May.")
    assert page.unsaved()
    assert page.form.carry_out()
    assert page.wait_table is None
    (step,) = store.read(records, "escalation")
    assert (step.values["reply"], step.values["replied_on"]) == ("By May.", TODAY)


def test_what_is_typed_stays_while_others_change_the_file(
    context: Context, store: Store, qtbot: QtBot, late: int
) -> None:
    page = EscalationPage(context)
    shown(qtbot, page)
    page.escalate(late)
    form = page.form
    assert form is not None
    form.boxes["to"].control.put_typed("Somebody else")
    make(store, "escalation", action=late, step="reminder_late")
    page.refresh()
    assert page.form is form
    assert not form.carry_out()
    assert "already" in form.fault_text


def test_the_words_can_be_copied(context: Context, qtbot: QtBot, late: int) -> None:
    page = EscalationPage(context)
    shown(qtbot, page)
    page.escalate(late)
    assert page.form is not None
    buttons = page.form.findChildren(QPushButton)
    copy = next(one for one in buttons if one.text() == "Copy the words")
    copy.click()
    clip = QApplication.clipboard().text()
    assert clip == page.form.boxes["message"].control.typed()


def test_the_ladder_begins_from_the_usual_one(context: Context, store: Store, qtbot: QtBot) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    (section,) = (one for one in page.sections if isinstance(one, LadderSection))
    section.start.click()
    assert len(store.read(records, "ladder_step")) == 7
    assert section.start.isHidden()


# The same lesson


def test_a_suggestion_is_confirmed_or_dismissed_on_the_page(
    context: Context, store: Store, qtbot: QtBot
) -> None:
    first = make(store, "recommendation", reference="R1", text=FATHERS)
    make(store, "recommendation", reference="R2", text=AGAIN)
    page = RecommendationPage(context, first)
    qtbot.addWidget(page)
    page.show()
    page.build_all()
    section = page.section("The same lesson elsewhere")
    assert isinstance(section, LikenessSection)
    assert section.table is not None
    assert "father" in section.table.as_text()
    section.table.selectRow(0)
    press(section.table, Qt.Key.Key_S)
    assert section.table is None
    (held,) = store.read(records, "likeness")
    assert held.values["verdict"] == "same"


def test_the_composite_plan_shows_the_lessons_of_the_chosen_theme(
    context: Context, store: Store, qtbot: QtBot, tmp_path: Path
) -> None:
    theme = make(store, "theme", name="Fathers")
    one = make(store, "recommendation", reference="R1", text="Ask fathers.", themes=(theme,))
    other = make(store, "recommendation", reference="R2", text="Ask mothers.")
    action = make(store, "action", reference="A-1", recommendation=one, also_serves=(other,))
    page, went = CompositePage(context), opened(context)
    shown(qtbot, page)
    listed = [page.themes.item(at).text() for at in range(page.themes.count())]
    assert listed == ["Fathers (1 lesson)", "Without a theme (1 lesson)"]
    assert page.table is not None
    assert "Write the guidance. (serves another lesson too)" in page.table.as_text()
    page.themes.setCurrentRow(1)
    for row in range(2):
        page.table.selectRow(row)
        press(page.table, Qt.Key.Key_Return)
    assert went == [("recommendation", other), ("action", action)]
    page.save_to(tmp_path / "plan.pdf")
    assert [row.paper for row in store.read(releases)] == ["Composite plan"]


def test_an_empty_plan_says_so(context: Context, qtbot: QtBot) -> None:
    page = CompositePage(context)
    shown(qtbot, page)
    assert page.total.text() == "No recommendations are recorded."


def test_learning_lists_impact(context: Context, store: Store, qtbot: QtBot) -> None:
    at = make(store, "impact", what_changed="Fathers are named.")
    page, went = LearningPage(context), opened(context)
    qtbot.addWidget(page)
    page.refresh()
    (row,) = page.impact.shown_rows()
    assert row.what_changed == "Fathers are named."
    page.impact.opened.emit(row)
    assert went == [("impact", at)]


def test_every_new_place_is_reached_in_the_window(
    window: MainWindow, context: Context, store: Store, messages: Recorder
) -> None:
    for name, made in (
        ("since", SincePage),
        ("escalation", EscalationPage),
        ("composite", CompositePage),
    ):
        context.navigation.open_page(name)
        assert isinstance(window.stack.page(), made)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("composite_plan", "Composite plan.pdf"),
        ("since_meeting", "Since the last meeting.pdf"),
        ("escalation_report", "Escalation report.pdf"),
    ],
)
def test_papers_about_the_whole_file_are_made_on_the_printing_place(
    context: Context, store: Store, qtbot: QtBot, name: str, file: str
) -> None:
    make(store, "meeting", held_on=date(2022, 3, 2))
    make(store, "recommendation", reference="R1")
    page = PrintPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_wanted({"paper": name})
    qtbot.waitUntil(lambda: page.made is not None and page.made.name == page.paper().label)
    assert page._name() == file
    assert not page.choices.boxes["review"].isVisible()


def test_the_escalation_report_is_saved_from_its_page(
    context: Context, store: Store, qtbot: QtBot, messages: Recorder, tmp_path: Path
) -> None:
    page = EscalationPage(context)
    shown(qtbot, page)
    page.save_to(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    page.save_to(tmp_path / "none" / "report.pdf")
    assert "does not exist" in messages.told.pop()
    assert [row.paper for row in store.read(releases)] == ["Escalation report"]


def test_an_action_is_chosen_when_its_page_asks_for_print(
    window: MainWindow, context: Context, store: Store, qtbot: QtBot
) -> None:
    make(store, "action", reference="A-1")
    review = make(store, "review", reference="RR-2021-09")
    make(store, "action", review=review, reference="A-2")
    wanted = make(store, "action", review=review, reference="A-3")
    window.open_record("action", wanted)
    page = window.stack.page()
    assert isinstance(page, ActionPage)
    page.print()
    printing = window.stack.page()
    assert isinstance(printing, PrintPage)
    boxes = printing.choices.boxes
    chosen = boxes["review"].currentData(), boxes["action"].currentData()
    assert chosen == (str(review), str(wanted))
    assert boxes["action"].count() == 2
    assert not boxes["scope"].isVisibleTo(printing)
    qtbot.waitUntil(lambda: printing.made is not None and printing.made.name == ACTION_RECORD)
    boxes["review"].setCurrentIndex(1 - boxes["review"].currentIndex())
    assert boxes["action"].currentText().startswith("A-1")


def test_an_action_in_the_bin_is_not_printed(
    window: MainWindow, context: Context, store: Store, messages: Recorder
) -> None:
    action = make(store, "action", reference="A-1")
    store.write(WithdrawRecord("action", action, 1))
    window.open_record("action", action)
    page = window.stack.page()
    assert isinstance(page, ActionPage)
    page.print()
    assert messages.told.pop() == "This action is in the bin. Take it out, then print it."
    assert window.stack.page() is page


@pytest.mark.parametrize("of", ["review", "theme"])
def test_an_action_log_of_one_review_or_theme_is_made_there(
    context: Context, store: Store, qtbot: QtBot, of: str
) -> None:
    theme = make(store, "theme", name="Fathers")
    review = make(store, "review", reference="RR-2021-09")
    asked = make(store, "recommendation", review=review, themes=(theme,))
    make(store, "action", review=review, recommendation=asked, text="Write the guidance.")
    make(store, "action", text="Hold the workshop.")
    page = PrintPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_wanted({"paper": "action_log", of: str({"review": review, "theme": theme}[of])})
    qtbot.waitUntil(lambda: page.made is not None and page.made.name == page.paper().label)
    pages = range(page.document.pageCount())
    said = "".join(page.document.getAllText(number).text() for number in pages)
    assert ("guidance" in said, "workshop" in said) == (True, False)


def test_a_recommendation_that_was_just_added_says_what_it_may_repeat(
    context: Context, store: Store, qtbot: QtBot
) -> None:
    make(store, "recommendation", reference="R1", text=FATHERS)
    review = make(store, "review", reference="RR-2022-01")
    section = RecommendationsSection(context, review)
    qtbot.addWidget(section)
    section.show()
    section.reload()
    section.add()
    assert section.form is not None
    section.form.fields.boxes["number"].control.put_typed("1")
    section.form.fields.boxes["text"].control.put_typed(AGAIN)
    assert section.form.save()
    ways = [one for one in section.findChildren(QPushButton) if one.text().endswith("Compare…")]
    assert [one.text() for one in ways] == ["It may say the same as R1. Compare…"]
    went = opened(context)
    ways[0].click()
    assert went == [("recommendation", store.read(id_by_key, "recommendation", "RR-2022-01/R1"))]
