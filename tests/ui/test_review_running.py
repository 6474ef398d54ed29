"""A full review on its page, from its set-up to its publication."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.still_missing import Missing
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.drafts import unfinished
from oscb_desktop.queries.records import RecordRow, record, records
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.forms.review_acts import ReviewActForm
from oscb_desktop.ui.pages.review.leads import lead_within
from oscb_desktop.ui.pages.review.page import ReviewPage
from oscb_desktop.ui.pages.review.people import EngagementSection
from oscb_desktop.ui.pages.review.publication import PublicationSection
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.pages.today.page import TodayPage
from oscb_desktop.ui.widgets.small_table import SmallTable
from tests.factories import make
from tests.ui.conftest import Recorder, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

# The tests' today is 25 Mar 2022.
BEGUN = date(2021, 9, 1)


@pytest.fixture
def review(store: Store) -> int:
    return make(
        store,
        "review",
        kind="lcspr",
        reference="LR-2021-09",
        known_as="Child G",
        started_on=BEGUN,
        initiated_on=BEGUN,
    )


def open_page(qtbot: QtBot, context: Context, review: int) -> ReviewPage:
    page = ReviewPage(context, review)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    with qtbot.waitActive(page):
        page.show()
    page.build_all()
    return page


def read(store: Store, review: int) -> RecordRow:
    row = store.read(record, "review", review)
    assert row is not None
    return row


def amend(context: Context, store: Store, review: int, **values: Value) -> None:
    context.operations.write(AmendRecord("review", review, read(store, review).version, values))


def text_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    cells = [table.as_text() for table in widget.findChildren(SmallTable)]
    return "\n".join([*labels, *cells])


def offered(section: Section) -> set[str]:
    buttons = section.findChildren(QPushButton)
    return {made.accessibleName() for made in buttons if made.isVisibleTo(section)}


def push(section: Section, name: str) -> None:
    buttons = section.findChildren(QPushButton)
    next(made for made in buttons if made.accessibleName() == name).click()


def publication_of(page: ReviewPage) -> PublicationSection:
    section = page.section("Publication")
    assert isinstance(section, PublicationSection)
    return section


def form_of(section: Section) -> RecordForm:
    assert section.form is not None
    return section.form


def test_those_who_are_told_stand_in_one_sentence(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    section = open_page(qtbot, context, review).section("Running the review")
    assert "Not yet told of it: the Panel, Ofsted and DfE." in text_of(section)
    amend(context, store, review, panel_told_on=date(2021, 9, 3), ofsted_told_on=date(2021, 9, 6))
    said = "Told of it: the Panel on 03 Sep 2021 and Ofsted on 06 Sep 2021. Not yet told of it: DfE"
    assert said in text_of(section)
    push(section, "Tell of the review")
    assert "No lead reviewer is named yet." in text_of(form_of(section))
    assert form_of(section).save()
    assert read(store, review).values["dfe_told_on"] == date(2022, 3, 25)
    assert "Tell of the review" not in offered(section)


def test_the_notice_of_the_review_is_copied(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    section = open_page(qtbot, context, review).section("Running the review")
    push(section, "Copy the notice of the review")
    assert "Ofsted and the Department for Education" in QApplication.clipboard().text()
    assert "Copied" in {made.text() for made in section.findChildren(QPushButton)}


def test_a_thematic_review_is_told_to_nobody(qtbot: QtBot, context: Context, store: Store) -> None:
    thematic = make(store, "review", kind="thematic")
    section = open_page(qtbot, context, thematic).section("Running the review")
    assert "told of it" not in text_of(section).lower()
    assert offered(section) == {"Edit: Running the review", "Print the terms"}


def test_the_chosen_reviewer_is_commissioned_with_one_key(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    make(
        store,
        "commission",
        review=review,
        name="Isolde Marchbank",
        day_rate=Decimal(600),
        days=20,
        fee=Decimal(12500),
    )
    make(store, "commission", review=review, name="Tobias Fenwright")
    section = open_page(qtbot, context, review).section("Lead reviewer")
    said = text_of(section)
    assert "not checked" in said
    assert "£12,500, £500 more than 20 days at £600" in said
    table = section.findChild(SmallTable)
    assert table is not None
    table.selectRow(0)
    press(table, Qt.Key.Key_C)
    assert read(store, review).values["reviewer"] == "Isolde Marchbank"
    outcomes = [row.words("outcome") for row in store.read(records, "commission", owner=review)]
    assert outcomes == ["Commissioned", "Not chosen"]
    said = text_of(section)
    assert "The independence of Isolde Marchbank has not been checked." in said
    assert "No contract with Isolde Marchbank is recorded." in said
    assert "Commission the chosen reviewer" not in offered(section)


def test_people_are_told_of_with_their_days_and_words(
    qtbot: QtBot, context: Context, store: Store, review: int, messages: Recorder
) -> None:
    make(
        store,
        "engagement",
        review=review,
        kind="practitioner_event",
        who="learning set",
        met_on=date(2021, 11, 2),
        invited=18,
        attended=15,
    )
    make(
        store,
        "engagement",
        review=review,
        kind="family",
        who="mother",
        response="takes_part",
        contacted_on=date(2021, 10, 4),
        said="Nobody asked me. <b>",
        pseudonym="Robin",
    )
    section = open_page(qtbot, context, review).section("Practitioners and family")
    assert isinstance(section, EngagementSection)
    said = text_of(section)
    assert (
        "1 of the family asked, 1 takes part. 18 practitioners invited to events, 15 came. "
        "Draft not shared yet with: mother."
    ) in said
    assert "Mother (family): takes part" in said
    assert "First contact 04 Oct 2021." in said
    assert "Nobody asked me. <b>" in said
    assert "Learning set (practitioners, at an event): 18 invited, 15 came" in said
    messages.answers.append(False)
    push(section, "Use the name Robin")
    assert "must not be the real name" in messages.take()
    assert read(store, review).values["known_as"] == "Child G"
    messages.answers.append(True)
    push(section, "Use the name Robin")
    assert "in place of “Child G”" in messages.take()
    assert read(store, review).values["known_as"] == "Robin"
    assert "Use the name Robin" not in offered(section)


def test_a_process_says_what_it_holds_and_what_has_passed(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    make(
        store,
        "parallel_process",
        review=review,
        kind="inquest",
        contact="Coroner's officer",
        next_on=date(2022, 3, 1),
        next_what="hearing",
        holds_publication=True,
        constraint="Nothing before it.",
    )
    said = text_of(open_page(qtbot, context, review).section("Parallel processes"))
    assert "Publication waits for: Inquest (Coroner's officer), next 01 Mar 2022 (hearing)." in said
    assert "01 Mar 2022, hearing (passed)" in said


def test_a_question_is_asked_in_writing_and_copied(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    amend(context, store, review, reviewer="Isolde Marchbank")
    page = open_page(qtbot, context, review)
    section = page.section("Progress checks")
    push(section, "Ask in writing")
    assert form_of(section).save()
    assert "How far has the review come" in QApplication.clipboard().text()
    (row,) = store.read(records, "progress_check")
    assert (row.values["asked_of"], row.values["in_writing"]) == ("Isolde Marchbank", True)
    assert "no answer for 0 days" in text_of(section)
    QApplication.clipboard().clear()
    push(section, "Copy the request as text")
    assert "To Isolde Marchbank" in QApplication.clipboard().text()
    lead_within(page, Missing("No answer.", "progress_check", "answered_on"))
    form = form_of(section)
    form.fields.boxes["answered_on"].put(date(2022, 3, 25), {})
    form.fields.boxes["answer"].put("In May.", {})
    assert form.save()
    assert "In May." in text_of(section)


def test_drafts_are_numbered_and_say_who_owes_their_comments(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    make(
        store,
        "report_draft",
        review=review,
        number=1,
        made_on=date(2022, 2, 1),
        sent_on=date(2022, 2, 3),
        due_on=date(2022, 3, 18),
    )
    agency = make(store, "agency", name="Oakshire Police")
    make(store, "agency_request", review=review, agency=agency, purpose="accuracy")
    section = open_page(qtbot, context, review).section("Drafts of the report")
    said = text_of(section)
    assert "comments 7 days late" in said
    assert "1 agency asked for factual accuracy, not yet back: Oakshire Police." in said
    assert "Ask agencies for factual accuracy" in offered(section)
    push(section, "Add draft of the report")
    form = form_of(section)
    assert form.fields.value_of("number") == 2
    assert form.fields.value_of("made_on") == date(2022, 3, 25)


def test_the_acts_of_publication_follow_what_is_recorded(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    section = publication_of(open_page(qtbot, context, review))
    acts = {"Plan the publication", "Send the report", "Publish this review"}
    rare = {"Tell of the delay", "Copy the letter about the delay", "Do not publish"}
    assert offered(section) == {"Edit: Publication", *acts, *rare}
    said = text_of(section)
    assert "6 months ran out on 01 Mar 2022; the reasons have not been told." in said
    assert "•  No contact with the family is recorded." in said
    amend(context, store, review, report_sent_on=date(2022, 3, 10))
    assert "Send the report" not in offered(section)
    published: dict[str, Value] = {
        "published_on": date(2022, 3, 22),
        "publication": "full_report",
        "published_at": "https://example.org",
    }
    amend(context, store, review, **published)
    assert offered(section) == {"Edit: Publication", "Take down"}
    assert "May come down from 22 Mar 2023, by decision only." in text_of(section)


def test_publishing_asks_for_what_each_way_needs(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    section = publication_of(open_page(qtbot, context, review))
    section.publish()
    form = form_of(section)
    boxes = form.fields.boxes
    asked = {name for name, box in boxes.items() if box.isVisibleTo(form)}
    assert asked == {"publication", "published_on", "reason"}
    boxes["publication"].put("summary_only", {})
    form.fields.show_what_applies()
    asked = {name for name, box in boxes.items() if box.isVisibleTo(form)}
    assert asked >= {"published_at", "not_published_reason", "improvements_sent_on"}
    assert "repository_sent_on" not in asked
    boxes["publication"].put("anonymous", {})
    form.fields.show_what_applies()
    boxes["repository_sent_on"].put(date(2022, 3, 24), {})
    boxes["reason"].put("The Panel agreed.", {})
    assert form.save()
    row = read(store, review)
    assert row.values["repository_sent_on"] == date(2022, 3, 24)
    assert str(row.values["publication_plan"]).endswith("all the same: The Panel agreed.")


def test_publishing_in_a_pause_says_so_asks_why_and_ends_it(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    pause = make(store, "pause", review=review, reason="inquest", from_on=date(2022, 2, 1))
    section = publication_of(open_page(qtbot, context, review))
    assert "paused from 01 Feb 2022 (Inquest). Publishing it ends" in text_of(section)
    section.publish()
    form = form_of(section)
    assert "paused from 01 Feb 2022 (Inquest). Publishing it ends" in text_of(form)
    boxes = form.fields.boxes
    boxes["publication"].put("full_report", {})
    form.fields.show_what_applies()
    boxes["published_at"].put("https://example.org", {})
    assert not form.save()
    assert "Say why it is published all the same." in boxes["reason"].fault_text
    boxes["reason"].put("The coroner agreed.", {})
    assert form.save()
    row = store.read(record, "pause", pause)
    assert row is not None
    assert row.values["until_on"] == date(2022, 3, 25)


def test_the_duty_is_said_where_it_is_not_published(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    section = publication_of(open_page(qtbot, context, review))
    push(section, "Do not publish")
    form = form_of(section)
    assert "information about the improvements" in text_of(form)
    form.fields.boxes["not_published_reason"].put("She could be recognised.", {})
    assert form.save()
    assert read(store, review).values["publication"] == "not_published"
    assert offered(section) == {"Edit: Publication"}


def test_what_is_missing_leads_to_its_act(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    page = open_page(qtbot, context, review)
    lead_within(page, Missing("Not told.", "review", "panel_told_on"))
    told = form_of(page.section("Running the review"))
    assert isinstance(told, ReviewActForm)
    lead_within(page, Missing("No delay.", "review", "delay_told_on"))
    delay = form_of(page.section("Publication"))
    assert set(delay.fields.boxes) == {"delay_reasons", "delay_told_on"}


def test_what_was_typed_into_an_act_outlives_a_conflict_and_a_leaving(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    section = publication_of(open_page(qtbot, context, review))
    section.publish()
    form = form_of(section)
    form.fields.boxes["publication"].put("full_report", {})
    form.fields.boxes["published_at"].put("https://example.org", {})
    form.fields.boxes["reason"].put("The Panel agreed.", {})
    amend(context, store, review, methodology="Systems review")
    assert not form.save()
    show = next(made for made in form.findChildren(QPushButton) if "holds now" in made.text())
    show.click()
    assert form.fields.value_of("reason") == "The Panel agreed."
    assert form.keep_typing() == ()
    assert [row.record_id for row in store.read(unfinished)] == [review]
    assert form.save()
    assert read(store, review).values["publication"] == "full_report"
    assert store.read(unfinished) == ()


def test_today_tells_of_a_court_that_sits_soon(
    qtbot: QtBot, context: Context, store: Store, review: int
) -> None:
    page = TodayPage(context)
    qtbot.addWidget(page)
    page.refresh()
    assert not page.processes.isVisibleTo(page)
    make(
        store,
        "parallel_process",
        review=review,
        kind="inquest",
        contact="Coroner's officer",
        next_on=date(2022, 4, 1),
        next_what="hearing",
        holds_publication=True,
    )
    page.refresh()
    table = page.processes.table
    assert table is not None
    assert table.as_text() == (
        "01 Apr 2022, hearing\tInquest\tLR-2021-09 Child G\tCoroner's officer\twaits for it"
    )
    opened: list[tuple[str, int]] = []
    context.navigation.record_wanted.connect(lambda kind, one: opened.append((kind, one)))
    table.selectRow(0)
    press(table, Qt.Key.Key_Return)
    assert opened == [("review", review)]
