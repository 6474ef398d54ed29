"""Where a review stands, on its page: what is missing is parted, and each line leads somewhere."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.values import Value
from oscb_desktop.queries.standing import standing
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.review.leads import lead_to
from oscb_desktop.ui.pages.review.page import ReviewPage
from oscb_desktop.ui.pages.review.standing import ClockLine
from tests.factories import make
from tests.services.acts import row_of
from tests.ui.conftest import Recorder
from tests.ui.test_review_running import open_page

# The tests' today is 25 Mar 2022.
BEGUN, DAY = date(2022, 1, 6), date(2022, 3, 1)


def lines(page: ReviewPage) -> list[str]:
    """Return the words and links of the section, from the top down."""
    section = page.section("Where it stands")
    found: list[QLabel | QPushButton] = [
        *section.findChildren(QLabel),
        *section.findChildren(QPushButton),
    ]
    shown = [one for one in found if one.isVisibleTo(section)]
    return [one.text() for one in sorted(shown, key=lambda one: height(one, section))]


def height(one: QWidget, section: QWidget) -> int:
    return one.mapTo(section, one.rect().center()).y()


def change(context: Context, kind: str, record_id: int, **values: Value) -> None:
    """Change a record by the window, which tells every page of it."""
    version = row_of(context.operations.store, kind, record_id).version
    context.operations.write(AmendRecord(kind, record_id, version, values))


def test_what_earlier_stages_asked_stands_under_a_heading_of_its_own(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review", kind="lcspr", initiated_on=BEGUN, started_on=BEGUN)
    assert "Still missing from before:" not in lines(open_page(qtbot, context, review))
    make(store, "report_draft", review=review, number=1, made_on=DAY)
    page = open_page(qtbot, context, review)
    assert [said for said in lines(page) if said in _PARTED] == list(_PARTED)


_PARTED = (
    "Missing before the next stage:",
    "Draft 1 has not been sent for accuracy.",
    "Still missing from before:",
    "Not yet told of it: the Panel, Ofsted and DfE.",
)


def test_a_child_who_is_left_out_leads_to_the_children(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    incident = make(store, "incident", notified_on=BEGUN)
    one = make(store, "child", incident=incident, known_as="Elm 1")
    review = make(store, "review", incident=incident, children=(one,), started_on=BEGUN)
    page = open_page(qtbot, context, review)
    assert not any("is not in this review" in said for said in lines(page))
    two = make(store, "child", incident=incident, known_as="Elm")
    change(context, "child", two, known_as="Elm 2")
    link = "Elm 2 of the incident is not in this review."
    next(line for line in page.findChildren(QPushButton) if line.text() == link).click()
    form = page.section("Children").form
    assert form is not None
    assert set(form.fields.boxes) == {"children"}


def test_the_meeting_of_the_panel_is_its_day(qtbot: QtBot, context: Context, store: Store) -> None:
    incident = make(store, "incident", notified_on=BEGUN)
    review = make(store, "review", incident=incident, started_on=BEGUN)
    make(store, "agency_request", review=review, requested_on=BEGUN)
    page = open_page(qtbot, context, review)
    assert "No day is set for the panel meeting." in lines(page)
    meeting = make(store, "meeting", kind="rapid_review", held_on=DAY)
    change(context, "meeting", meeting, reviews=(review,))
    assert "No day is set for the panel meeting." not in lines(page)
    assert "Decision to be recorded, since 01 Mar 2022" in lines(page)


def test_a_late_plan_and_a_pause_stand_beside_the_clock_and_in_its_working(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(
        store,
        "review",
        kind="lcspr",
        initiated_on=BEGUN,
        started_on=BEGUN,
        publication_planned_on=date(2022, 9, 1),
    )
    make(store, "pause", review=review, from_on=DAY, until_on=None, reason="inquest")
    page = open_page(qtbot, context, review)
    why = "planned 57 days after the 6 months: tell the Panel and the Secretary of State why"
    assert f"Due Wed 06 Jul 2022, 103 days left; paused: inquest; {why}" in lines(page)
    working = page.findChildren(ClockLine)[0].working.text()
    assert "Paused: inquest. A pause moves no statutory date" in working
    link = f"{why[:1].upper()}{why[1:]}."
    next(line for line in page.findChildren(QPushButton) if line.text() == link).click()
    form = page.section("Publication").form
    assert form is not None
    assert "delay_told_on" in form.fields.boxes


def reviews_of_all_sorts(store: Store) -> list[int]:
    """Make reviews that lack as much as can be, at one stage after another."""
    incident = make(store, "incident")
    make(store, "child", incident=incident)
    drafted = make(store, "review", kind="lcspr")
    make(store, "report_draft", review=drafted, number=1, made_on=DAY, sent_on=DAY)
    make(store, "progress_check", review=drafted, asked_on=DAY)
    make(store, "parallel_process", review=drafted, holds_publication=True)
    rests = make(store, "review", kind="lcspr", delay_reasons=("inquest",), report_sent_on=DAY)
    make(store, "pause", review=rests, from_on=DAY, until_on=None)
    written = make(store, "review", kind="rapid_review", sent_to_panel_on=DAY, decision="audit")
    make(store, "panel_response", review=written, received_on=DAY, kind="clarification")
    two_days = make(store, "review", meeting_on=DAY)
    make(store, "meeting", kind="rapid_review", held_on=BEGUN, reviews=(two_days,))
    return [
        drafted,
        rests,
        written,
        two_days,
        make(store, "review"),
        make(store, "review", role="contributor"),
        make(store, "review", incident=incident),
        make(store, "review", incident=incident, decision="lcspr", decided_on=DAY, finished_on=DAY),
        make(store, "review", kind="lcspr"),
        make(store, "review", kind="lcspr", finished_on=DAY),
        make(store, "review", kind="lcspr", published_on=DAY, publication="anonymous"),
        make(store, "review", kind="contribution"),
        make(store, "review", kind="thematic", reviewer="A. Wren"),
        make(store, "review", kind="scr", reviewer="A. Wren"),
    ]


def test_no_line_leads_nowhere(
    qtbot: QtBot, context: Context, store: Store, messages: Recorder
) -> None:
    went: list[tuple[str, int]] = []
    context.navigation.record_wanted.connect(lambda kind, one: went.append((kind, one)))
    followed = 0
    for review in reviews_of_all_sorts(store):
        page = open_page(qtbot, context, review)
        stands = store.read(standing, review, store.today())
        assert stands is not None
        for one in stands.missing:
            went.clear()
            lead_to(page, one)
            asks = QApplication.activeModalWidget()
            opened = [section.form for section in page.sections if section.form is not None]
            here = page.focusWidget() is not None and one.kind == "agency_request"
            assert opened or asks or went or here, one
            followed += 1
            for form in opened:
                form.cancelled.emit()
            assert all(section.form is None for section in page.sections)
            if asks is not None:
                asks.close()
        page.close()
    assert followed > 60
    assert messages.told == []
