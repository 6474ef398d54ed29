"""The pages of records: what is known, forms in place, identities behind their lock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.queries.history import history
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.form_page import FormPage
from oscb_desktop.ui.forms.review_start import ReviewStart
from oscb_desktop.ui.pages.action_page import ActionPage
from oscb_desktop.ui.pages.child_words import child_words
from oscb_desktop.ui.pages.history_page import HistoryView
from oscb_desktop.ui.pages.identity_section import IdentitySection
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_pages import form_for, page_for
from oscb_desktop.ui.pages.record_sections import FieldsSection, OwnedSection
from oscb_desktop.ui.pages.review.case import ChildrenSection
from oscb_desktop.ui.pages.review.page import ReviewPage
from oscb_desktop.ui.widgets.small_table import SmallTable
from tests.factories import make
from tests.ui.conftest import Recorder, press, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def opened(qtbot: QtBot, page: QWidget) -> QWidget:
    qtbot.addWidget(page)
    page.resize(1180, 700)
    with qtbot.waitActive(page):
        page.show()
    if isinstance(page, RecordPage):
        page.build_all()
    return page


def review_page(qtbot: QtBot, context: Context, review: int) -> ReviewPage:
    page = opened(qtbot, ReviewPage(context, review))
    assert isinstance(page, ReviewPage)
    return page


def text_of(widget: QWidget) -> str:
    """All words that are shown in a widget."""
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    cells = [table.as_text() for table in widget.findChildren(SmallTable)]
    return "\n".join([*labels, *cells])


@pytest.mark.parametrize("kind", [name for name in RECORD_KINDS if name != "organisation"])
def test_every_kind_has_a_page_that_shows_its_record(
    kind: str, qtbot: QtBot, context: Context, store: Store
) -> None:
    needed: dict[str, Value] = {"label": "Over 24", "from_years": 25} if kind == "age_band" else {}
    page = opened(qtbot, page_for(context, kind, make(store, kind, **needed)))
    assert isinstance(page, RecordPage)
    assert [section.name for section in page.sections if section.applies]
    expected = "child" if kind == "child_identity" else kind
    assert page.kind is record_kind(expected)


def test_a_review_reads_from_where_it_stands_to_its_history(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    incident = make(store, "incident", aware_on=date(2022, 2, 28), notified_on=date(2022, 3, 3))
    review = make(store, "review", incident=incident, started_on=date(2022, 3, 3))
    make(store, "cost_line", review=review, amount=Decimal("412.50"))
    make(store, "cost_line", review=review, amount=Decimal("8000.00"))
    page = review_page(qtbot, context, review)
    shown = [section.name for section in page.sections if section.applies]
    assert shown[0] == "Where it stands"
    assert shown[-1] == "History"
    assert "Publication" not in shown
    assert "Due Thu 24 Mar 2022, 1 working day late" in text_of(page.section("Where it stands"))
    assert "£8,412.50 spent" in text_of(page.section("Costs"))


def test_a_section_turns_into_its_form_and_back(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    page = review_page(qtbot, context, review)
    section = page.section("Analysis")
    assert isinstance(section, FieldsSection)
    section.edit()
    assert section.form is not None
    assert "decided_on" not in section.form.fields.boxes
    section.form.fields.boxes["what_happened"].control.put_typed("A short account.")
    assert section.form.save()
    assert section.form is None
    assert "A short account." in text_of(section)


def test_what_is_typed_on_the_page_survives_a_change_elsewhere(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    page = review_page(qtbot, context, review)
    section = page.section("Analysis")
    assert isinstance(section, FieldsSection)
    section.edit()
    assert section.form is not None
    section.form.fields.boxes["what_happened"].control.put_typed("Half a")
    context.operations.write(AmendRecord("review", review, 1, {"questions": "Who asked?"}))
    assert section.form.fields.boxes["what_happened"].control.typed() == "Half a"
    assert page.unsaved()
    assert "Who asked?" in text_of(page.section("Learning summary"))


def test_findings_are_added_and_mended_in_place(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    page = review_page(qtbot, context, review)
    section = page.section("Findings")
    assert isinstance(section, OwnedSection)
    section.add()
    assert section.form is not None
    section.form.fields.boxes["number"].control.put_typed("1")
    section.form.fields.boxes["title"].control.put_typed("Early help came late")
    assert section.form.save()
    (finding,) = context.operations.read(records.records, "finding", owner=review)
    table = section.findChild(SmallTable)
    assert table is not None
    assert table.ids() == (finding.id,)
    table.selectRow(0)
    press(table, Qt.Key.Key_Return)
    assert section.form is not None
    section.form.fields.boxes["title"].control.put_typed("Help came late")
    assert section.form.save()
    assert "Help came late" in text_of(section)


def test_a_child_is_told_in_a_sentence(context: Context, store: Store) -> None:
    child = make(
        store,
        "child",
        known_as="Child M",
        age_at_incident=Age.parse("7 months"),
        sex="female",
        ethnicity="white_british",
        csc_status="child_protection",
        cp_category="neglect",
    )
    row = context.operations.read(records.record, "child", child)
    assert row is not None
    told = child_words(row)
    assert told == "Child M, girl, 7 months, White British, child protection plan (neglect)."


def test_an_identity_is_shown_for_a_reason_logged_and_locked_on_leaving(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    child = make(store, "child")
    held = make(store, "child_identity", child=child, last_name="Exampleton")
    page = review_page(qtbot, context, make(store, "review", children=(child,)))
    section = page.section("Children")
    assert "Exampleton" not in text_of(section)
    identity = section.findChild(IdentitySection)
    assert identity is not None
    identity.ask()
    press(identity.reason, Qt.Key.Key_Return)
    assert "Say why" in text_of(identity)
    type_text(identity.reason, "Letter to the school")
    press(identity.reason, Qt.Key.Key_Return)
    assert "Exampleton" in text_of(section)
    look = context.operations.read(history, "child_identity", held)[0]
    assert look.step == "Look at an identity: Letter to the school"
    page.hide()
    page.show()
    assert "Exampleton" not in text_of(page)


def test_the_history_of_a_page_never_names_a_child(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    held = make(store, "child_identity", last_name="Exampleton")
    view = HistoryView(context, "child_identity", held)
    qtbot.addWidget(view)
    assert "Exampleton" not in view.as_text()
    assert "(locked)" in view.as_text()


def test_a_history_is_exported_as_text_without_a_child(
    qtbot: QtBot,
    context: Context,
    store: Store,
    tmp_path: Path,
    messages: Recorder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = make(store, "child_identity", last_name="Exampleton")
    messages.answers.append(True)
    view = HistoryView(context, "child_identity", held, unlocked=True)
    qtbot.addWidget(view)
    to = tmp_path / "History.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(to), ""))
    export = next(each for each in view.findChildren(QPushButton) if each.text() == "Export…")
    export.click()
    assert "leaves" in messages.take()
    said = to.read_text("utf-8")
    assert "1 step told here." in said
    assert "Exampleton" not in said
    view.export(tmp_path / "none" / "History.txt")
    assert "does not exist" in messages.take()


def test_a_child_added_on_the_page_belongs_to_the_review(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    family = make(store, "family")
    incident = make(store, "incident")
    review = make(store, "review", incident=incident)
    page = review_page(qtbot, context, review)
    section = page.section("Children")
    assert isinstance(section, ChildrenSection)
    section.add()
    assert section.form is not None
    section.form.fields.boxes["known_as"].control.put_typed("Child P")
    section.form.fields.boxes["family"].control.put_value(family)
    assert section.form.save()
    assert "Child P." in text_of(section)
    row = context.operations.read(records.record, "review", review)
    assert row is not None
    assert row.words("children").endswith("Child P")


def test_withdrawing_says_how_much_goes_with_it_and_it_comes_back(
    qtbot: QtBot, context: Context, store: Store, messages: Recorder
) -> None:
    review = make(store, "review")
    make(store, "finding", review=review)
    make(store, "cost_line", review=review)
    page = review_page(qtbot, context, review)
    messages.answers.append(True)
    page.withdraw()
    assert "2 records that belong to it go with it" in messages.take()
    assert page.banner.text == "This review is in the bin."
    page.bring_back()
    assert page.banner.text == ""


def test_a_record_that_others_need_is_not_withdrawn(
    qtbot: QtBot, context: Context, store: Store, messages: Recorder
) -> None:
    incident = make(store, "incident")
    make(store, "review", incident=incident)
    page = opened(qtbot, page_for(context, "incident", incident))
    assert isinstance(page, RecordPage)
    page.withdraw()
    assert "refers to it" in messages.take()


def test_jumping_marks_the_section_and_scrolls_to_it(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = review_page(qtbot, context, make(store, "review", what_happened="Long ago.\n" * 60))
    page.jump_to("Findings")
    assert page.section("Findings").visibleRegion().boundingRect().height() > 0
    assert page._jumps.currentItem().text() == "Findings"


def test_print_asks_for_the_document_of_this_review(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = review_page(qtbot, context, make(store, "review"))
    with qtbot.waitSignal(context.navigation.page_wanted) as caught:
        page.print("learning_summary")
    assert caught.args == ["print", {"paper": "learning_summary", "review": "1"}]


def test_hostile_text_is_shown_as_it_is(qtbot: QtBot, context: Context, store: Store) -> None:
    hostile = "<b>bold</b> &amp; <img src='x'>"
    review = make(store, "review", known_as=hostile, what_happened=hostile)
    make(store, "recommendation", review=review, text=hostile)
    page = review_page(qtbot, context, review)
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
    assert hostile in text_of(page.section("Analysis"))


def test_a_review_with_sixty_actions_shows_them_all(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    for _ in range(60):
        make(store, "action", review=review)
    page = review_page(qtbot, context, review)
    table = page.section("Actions").findChild(SmallTable)
    assert table is not None
    assert table.rowCount() == 60


def test_a_page_of_what_is_not_in_the_file_says_so(qtbot: QtBot, context: Context) -> None:
    page = opened(qtbot, page_for(context, "agency", 999))
    assert "not in this file" in text_of(page)


def test_a_page_catches_up_when_it_is_seen_again(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    theme = make(store, "theme", name="Fathers")
    page = opened(qtbot, page_for(context, "theme", theme))
    page.hide()
    context.operations.write(AmendRecord("theme", theme, 1, {"name": "Men"}))
    page.show()
    assert "Men" in text_of(page)


def test_a_new_review_begins_with_what_happened(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    incident = make(store, "incident", known_as="Child Q")
    child = make(store, "child", incident=incident)
    start = opened(qtbot, form_for(context, "review", {}))
    assert isinstance(start, ReviewStart)
    assert "What happened?" in text_of(start)
    type_text(start.finder.line, "child q")
    press(start.finder.line, Qt.Key.Key_Down)
    start.go_on_with(incident)
    step = start.step
    assert isinstance(step, FormPage)
    boxes = step.form.fields.boxes
    assert boxes["known_as"].control.typed() == "Child Q"
    assert boxes["children"].control.value() == (child,)
    assert "meeting_on" not in boxes


def test_a_new_incident_leads_on_to_its_review(qtbot: QtBot, context: Context) -> None:
    start = opened(qtbot, form_for(context, "review", {}))
    assert isinstance(start, ReviewStart)
    start.describe()
    form = start.findChildren(QWidget, options=Qt.FindChildOption.FindChildrenRecursively)
    from oscb_desktop.ui.forms.record_form import RecordForm

    (incident,) = [found for found in form if isinstance(found, RecordForm)]
    incident.fields.boxes["known_as"].control.put_typed("Child S")
    incident.fields.boxes["nature"].control.put_value("serious_harm")
    assert incident.save()
    step = start.step
    assert isinstance(step, FormPage)
    assert step.form.fields.boxes["known_as"].control.typed() == "Child S"


def test_a_saved_form_leads_to_its_page_and_cancel_leads_back(
    qtbot: QtBot, context: Context
) -> None:
    page = opened(qtbot, form_for(context, "theme", {}))
    assert isinstance(page, FormPage)
    page.form.fields.boxes["name"].control.put_typed("Fathers")
    with qtbot.waitSignal(context.navigation.record_wanted) as caught:
        page.form.save()
    assert caught.args[0] == "theme"
    again = opened(qtbot, form_for(context, "theme", {}))
    assert isinstance(again, FormPage)
    with qtbot.waitSignal(context.navigation.back_wanted):
        again.form.cancel()


def test_an_action_has_its_story_on_its_page(qtbot: QtBot, context: Context, store: Store) -> None:
    page = opened(qtbot, page_for(context, "action", make(store, "action")))
    assert isinstance(page, ActionPage)
    assert "Not started" in text_of(page.section("Story"))


def test_a_withdrawn_record_says_so_on_its_page(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    theme = make(store, "theme")
    store.write(WithdrawRecord("theme", theme, 1))
    page = opened(qtbot, page_for(context, "theme", theme))
    assert isinstance(page, RecordPage)
    assert page.banner.text == "This theme is in the bin."


def test_headings_say_what_leads_here_and_as_what_where_that_says_more(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    agency = make(store, "agency")
    make(store, "person", agency=agency)
    make(store, "action", lead_agency=agency)
    page = opened(qtbot, page_for(context, "agency", agency))
    assert isinstance(page, RecordPage)
    names = [section.name for section in page.sections if section.applies]
    assert names == ["Agency", "People", "Actions as lead agency", "History"]


def test_of_many_that_lead_here_the_newest_are_shown_first(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    agency = make(store, "agency")
    people = [make(store, "person", name=f"Person {n}", agency=agency) for n in range(52)]
    page = opened(qtbot, page_for(context, "agency", agency))
    assert isinstance(page, RecordPage)
    section = page.section("People")
    [table] = section.findChildren(SmallTable)
    assert table.ids() == tuple(people[2:])
    assert "The newest 50 of 52." in text_of(section)
    next(one for one in section.findChildren(QPushButton) if one.text() == "Show all 52").click()
    assert section.findChildren(SmallTable)[-1].ids() == tuple(people)


def test_a_page_offers_what_was_typed_on_it(qtbot: QtBot, context: Context, store: Store) -> None:
    review = make(store, "review")
    first = review_page(qtbot, context, review)
    first.section("Analysis").edit()  # type: ignore[attr-defined]
    form = first.section("Analysis").form
    assert form is not None
    form.fields.boxes["what_happened"].control.put_typed("She was not seen.")
    form.drafts.keep()
    second = review_page(qtbot, context, review)
    assert second.banner.text == "Not finished: Analysis, typed 25 Mar 10:00."
    second.banner.choose("Go on")
    assert second.section("Analysis").form is not None


def test_a_history_names_each_step_once(qtbot: QtBot, context: Context, store: Store) -> None:
    theme = make(store, "theme", name="Voice")
    view = HistoryView(context, "theme", theme)
    qtbot.addWidget(view)
    lines = view.table.as_text().split("\n")
    assert lines == ["25 Mar 2022 10:00, A. Tester, Added", "Name\tVoice"]
    store.write(AmendRecord("theme", theme, 1, {"name": "Voices"}))
    view = HistoryView(context, "theme", theme)
    qtbot.addWidget(view)
    assert "Name\tVoice\tVoices" in view.table.as_text()
