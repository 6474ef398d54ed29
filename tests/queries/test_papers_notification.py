"""The sheet of a notification: every question of the national form, answered or not."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from oscb_desktop.domain.documents import ReviewRecord
from oscb_desktop.domain.faces import PANEL, SECRETARIAT
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_notification import NOT_RECORDED, as_text, notification_sheet
from oscb_desktop.reports.document import render
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())


@pytest.fixture
def incident(store: Store) -> int:
    made = make(store, "incident", notifier="A. Wren", police_told_on=date(2022, 3, 2))
    make(store, "child", incident=made, known_as="Child M")
    return made


def sheet(store: Store, incident: int, face: str = SECRETARIAT) -> ReviewRecord:
    return store.read(notification_sheet, incident, MADE, identities=False, face=face)


def test_no_heading_stands_without_content_and_no_question_without_an_answer(
    store: Store, incident: int
) -> None:
    told = sheet(store, incident)
    assert all(section.facts for section in told.sections)
    assert all(fact.value for section in told.sections for fact in section.facts)
    last = told.sections[-1]
    assert last.title == "Who else has been told"
    values = [fact.value for fact in last.facts]
    assert (values[1], values.count(NOT_RECORDED)) == ("02 Mar 2022", 4)


def test_paper_and_text_say_what_is_not_recorded(store: Store, incident: int) -> None:
    told = sheet(store, incident)
    phone = record_kind("incident").field("notifier_phone").label
    assert f"{phone}: Not recorded" in as_text(told).splitlines()
    pages = PdfReader(BytesIO(render(told))).pages
    printed = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert f"{phone} Not recorded" in printed
    asked = sum(len(section.facts) for section in told.sections)
    filled = sum(fact.value != NOT_RECORDED for part in told.sections for fact in part.facts)
    assert printed.count("Not recorded") == asked - filled > 10


def test_what_a_face_is_spared_is_left_out_and_not_called_unrecorded(
    store: Store, incident: int
) -> None:
    seen = sheet(store, incident, PANEL)
    labels = [fact.label for fact in seen.sections[0].facts]
    assert record_kind("incident").field("notifier").label not in labels
    assert record_kind("incident").field("notified_on").label in labels
    assert "A. Wren" not in as_text(seen)


def test_of_a_further_child_only_what_is_known_is_told(store: Store, incident: int) -> None:
    for place in range(4):
        make(store, "child", incident=incident, known_as=f"Child M{place + 2}")
    (free,) = next(
        part.facts for part in sheet(store, incident).sections if part.title == "Further children"
    )
    assert "Child M5" in free.value
    assert NOT_RECORDED not in free.value
