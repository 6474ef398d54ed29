"""A pack for a rapid review meeting, from the meeting's page to numbered copies, by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from oscb_desktop.domain.ages import Age
from oscb_desktop.queries.packs import items, pack
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.pack_page import PackPage
from tests.factories import keep_content, make
from tests.journeys.hands import Hands, seen
from tests.reports.sent import picture, sent_pdf
from tests.ui.conftest import Recorder


@pytest.fixture
def meeting(store: Store) -> int:
    incident = make(store, "incident")
    child = make(
        store, "child", incident=incident, known_as="Child M", age_at_incident=Age.parse("7 months")
    )
    make(store, "child_identity", child=child, last_name="Exampleton")
    review = make(
        store,
        "review",
        kind="rapid_review",
        reference="RR-2022-01",
        known_as="Child M",
        incident=incident,
        children=(child,),
    )
    agency = make(store, "agency", name="Oakshire Police", short_name="Police")
    digest = keep_content(store, sent_pdf(2, words="The timeline of the police"))
    file = make(store, "attachment", name="timeline.pdf", digest=digest)
    make(
        store,
        "agency_request",
        review=review,
        agency=agency,
        purpose="summary",
        attachments=(file,),
    )
    meeting = make(
        store, "meeting", kind="rapid_review", reviews=(review,), held_on=date(2022, 4, 1)
    )
    person = make(store, "person", name="Wilf Amberly", agency=agency)
    make(store, "attendance", meeting=meeting, person=person, agency=agency, status="invited")
    return meeting


def shown(window: MainWindow) -> PackPage:
    page = window.stack.page()
    assert isinstance(page, PackPage)
    return page


def wait_until_made(hands: Hands, window: MainWindow) -> None:
    hands.wait_for(lambda: shown(window).preview.save_button.isEnabled())


def test_a_pack_from_the_meeting_to_its_copies(
    window: MainWindow,
    store: Store,
    hands: Hands,
    meeting: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    messages: Recorder,
) -> None:
    photo = tmp_path / "kitchen.jpg"
    photo.write_bytes(picture(900, 600, turned=6))
    out = tmp_path / "copies"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_words: ([str(photo)], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(out))

    window.context.navigation.open_record("meeting", meeting)
    hands.push("Prepare the pack for this meeting")
    pack_id = shown(window).record_id
    assert hands.at() == "Parts"
    wait_until_made(hands, window)
    assert "Oakshire Police, agency summary" not in seen(window.stack.page())  # nothing to remark

    hands.press("Ctrl+Home", "Down", "Alt+Down")  # the notification after the children
    hands.press("Ctrl+End", "Up", "Space")  # the actions too
    hands.back_tab_to("Add files to the pack")
    hands.press("Space")
    parts = [row.heading.split(":")[0] for row in store.read(items, pack_id)]
    assert parts == [
        "Agenda",
        "Children and family",
        "Notification",
        "Agency returns",
        "Decision",
        "Actions",
        "kitchen.jpg",
    ]

    hands.push("Edit: Cover and copies")
    hands.fill({"Copies for": "Wilf Amberly, Police\nDora Finch, Health", "Note": "Bring it back."})
    hands.press("Ctrl+S")
    row = store.read(pack, pack_id)
    assert row is not None
    assert row.recipients == ("Wilf Amberly, Police", "Dora Finch, Health")

    wait_until_made(hands, window)
    messages.answers.append(True)
    hands.push("Save copies: all of them into a folder")
    assert "leaves the encrypted file" in messages.take()
    hands.wait_for(lambda: len(store.read(releases)) == 2)
    wait_until_made(hands, window)
    first, second = sorted(out.glob("*.pdf"))
    assert first.name == "PK-2022-01 copy 1, Wilf Amberly, Police.pdf"
    pages = [page.extract_text() for page in PdfReader(second).pages]
    whole = " ".join(" ".join(pages).split())
    assert "Bring it back." in pages[0]
    assert all("Copy 2 of 2 for Dora Finch, Health" in page for page in pages)
    assert all(f"Pack page {n} of {len(pages)}" in page for n, page in enumerate(pages, start=1))
    assert "The timeline of the police, 2.1" in whole
    assert "7 months" in whole
    assert "Exampleton" not in whole
    assert [row.paper for row in store.read(releases)] == ["Pack PK-2022-01", "Pack PK-2022-01"]
