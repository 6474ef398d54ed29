"""A meeting from the invitation to its note, and a decision from the answers to the LCSPR."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures import figures
from oscb_desktop.queries.meetings import attendance
from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from tests.factories import make
from tests.journeys.hands import Hands, seen, told_beneath
from tests.ui.conftest import Recorder


@pytest.fixture
def members(store: Store) -> None:
    """Give the subgroup four members, and somebody who can stand in."""
    for name, partner in (
        ("Alma Fernwick", "local_authority"),
        ("Basil Thorncote", "health"),
        ("Clover Ashby", "police"),
        ("Dale Hollin", None),
    ):
        agency = make(store, "agency", name=f"Agency of {name}", statutory_partner=partner)
        person = make(store, "person", name=name, agency=agency)
        make(store, "membership", person=person)
    make(store, "person", name="Esme Rookwell")


def the_only(store: Store, kind: str) -> RecordRow:
    (row,) = store.read(records, kind)
    return row


def came(store: Store, meeting: int) -> dict[str, str]:
    here = store.read(attendance, meeting)
    assert here is not None
    return {one.name.split()[0]: one.status.value for one in here.people}


def arrange_the_meeting(hands: Hands) -> None:
    hands.press("Alt+A", "M")
    hands.fill({"Kind of meeting": "subgroup", "On": "today", "Time": "10:00 to 12:00"})
    hands.fill({"Chair": "alma"})
    hands.press("Ctrl+S")


def tick_who_came(hands: Hands) -> None:
    """One key a person, in the order of the list; Esme came for the last but one."""
    hands.push("Invite the members of that day")
    assert hands.at() == "Who was there"
    hands.press("P", "P", "S")
    hands.fill({"Person": "esme"})
    hands.press("Ctrl+S")
    hands.back_tab_to("Who was there")
    hands.press("Home", "Down", "Down", "Down", "A")


def lay_out_and_decide(hands: Hands) -> None:
    hands.push("Lay out the agenda from the template")
    assert hands.at() == "Agenda"
    hands.press("Ctrl+Down", "Return")
    hands.fill({"What was said": "All are welcome.", "Decided": "The note of March stands."})
    hands.press("Ctrl+S")
    hands.push("Add action arising")
    hands.fill({"What": "Write to all schools", "Who": "basil", "Due": "+5d"})
    hands.press("Ctrl+S")


def test_a_meeting_from_invitation_to_note(
    window: MainWindow,
    store: Store,
    hands: Hands,
    members: None,
    choose_file: Callable[[Path], None],
    messages: Recorder,
    tmp_path: Path,
) -> None:
    hands.press("Ctrl+6")
    assert "No meetings yet" in seen(window.stack.page())
    arrange_the_meeting(hands)
    meeting = the_only(store, "meeting")
    assert meeting.title == "M-2022-01 Subgroup 25 Mar 2022"
    assert "Nobody is invited yet." in seen(window.stack.page())

    tick_who_came(hands)
    assert came(store, meeting.id) == {
        "Alma": "present",
        "Basil": "present",
        "Clover": "apologies",
        "Dale": "apologies",
        "Esme": "substitute",
    }
    page = seen(window.stack.page())
    assert "Quorate: 3 present, all three partners." in page
    assert "for Agency of Clover Ashby" in page

    lay_out_and_decide(hands)
    items = store.read(records, "agenda_item", owner=meeting.id)
    assert [row.words("number") for row in items] == [str(n + 1) for n in range(len(items))]
    assert items[1].words("heading").startswith("Welcome")
    assert items[1].words("decision") == "The note of March stands."
    action = the_only(store, "meeting_action")
    assert action.values["due_on"] == date(2022, 3, 30)

    hands.press("Ctrl+1")
    page = seen(window.stack.page())
    assert "Next meeting Fri 25 Mar 2022 10:00 to 12:00, subgroup, 3 present, quorate" in page
    assert "Write to all schools | Basil Thorncote | 30 Mar 2022 | M-2022-01, 25 Mar 2022" in page
    hands.tab_to("Actions arising from meetings")
    hands.press("D")
    assert the_only(store, "meeting_action").values["done_on"] == date(2022, 3, 25)

    hands.press("Ctrl+7")
    hands.press("N")  # the first paper of that letter: the note
    hands.wait_for(lambda: window.stack.page().save_button.isEnabled())  # type: ignore[union-attr]
    note = tmp_path / "note.pdf"
    choose_file(note)
    messages.answers.append(True)
    hands.push("Save as PDF…")
    assert "leaves the encrypted file" in messages.take()
    said = " ".join(page.extract_text() for page in PdfReader(note).pages)
    assert "Note: subgroup, 25 Mar 2022" in said
    assert "Quorate: 3 present" in said
    assert [row.paper for row in store.read(releases)] == ["Note of a meeting"]


def decide(hands: Hands) -> None:
    hands.push("Edit: Decision")
    hands.fill(
        {
            "Notification criteria met": "Yes",
            "Facts sufficient to decide": "Yes",
            "(a) Improvements needed": "Yes",
            "Criteria met": "Yes",
            "LCSPR recommended": "No",
            "What happens next": "learning of the rapid",
            "Decided on": "21/3/22",
        }
    )
    hands.press("Ctrl+S")


def sign_off(hands: Hands) -> None:
    for name in ("A. Fernwick", "B. Thorncote"):
        hands.push("Add partner's sign-off")
        hands.fill({"Name": name, "Role": "Director", "On": "22/3/22"})
        hands.press("Ctrl+S")


def receive_the_answer(hands: Hands) -> None:
    hands.push("Add panel letter")
    hands.fill(
        {
            "Received on": "24/3/22",
            "What the Panel says": "disagrees: there",
            "Points raised": "Why not look further?",
            "Our answer": "We will.",
            "Answered on": "25/3/22",
            "Our decision changed": "Yes",
            "LCSPR recommended": "Yes",
            "What happens next": "local child",
            "Decided on": "25/3/22",
        }
    )
    hands.press("Ctrl+S")


def counted(store: Store) -> object:
    found = store.read(figures, ReportingYear.beginning(2021), store.today())
    return next(one.value for one in found if one.name == "rapid_reviews_recommending_cspr")


def test_a_decision_from_the_answers_to_the_lcspr(
    window: MainWindow, store: Store, hands: Hands
) -> None:
    incident = make(store, "incident", notified_on=date(2022, 3, 7), known_as="Child Vale")
    rapid = make(
        store, "review", incident=incident, known_as="Child Vale", started_on=date(2022, 3, 7)
    )
    window.open_record("review", rapid)
    decide(hands)
    page = window.stack.page()
    assert page is not None
    assert "The criteria are met and there is to be no LCSPR: say why." in told_beneath(page)
    hands.type("Nothing new would be learned.")
    hands.press("Ctrl+S")
    assert counted(store) == 0

    sign_off(hands)
    assert "Not signed off by: police." in seen(page)
    hands.back_tab_to("Send to the Panel")
    hands.press("Space")
    assert "Not signed off by: police." in told_beneath(page)
    hands.fill({"Sent to the Panel on": "23/3/22"})
    hands.press("Ctrl+S")
    assert "met on 23 Mar 2022" in seen(page)

    receive_the_answer(hands)
    letter = the_only(store, "panel_response")
    assert letter.words("our_reply") == "We will."
    assert counted(store) == 1

    hands.back_tab_to("Begin the LCSPR")
    hands.press("Space")
    local = next(row for row in store.read(records, "review") if row.id != rapid)
    assert local.values["arose_from"] == rapid
    assert local.values["initiated_on"] == date(2022, 3, 25)
    assert "LR-2022-01 Child Vale" in seen(window.stack.page())
