"""The full record of an action: every part of it, and nothing where nothing is held."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.documents import ReviewRecord, Section
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_action import action_record
from oscb_desktop.services.actions import MoveDueDate
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())


def told(store: Store, action: int) -> ReviewRecord:
    return store.read(action_record, action, MADE)


def sections(store: Store, action: int) -> dict[str, Section]:
    return {section.title: section for section in told(store, action).sections}


def facts(section: Section) -> dict[str, str]:
    return {fact.label: fact.value for fact in section.facts}


def test_a_bare_action_says_what_it_is_and_how_it_stands(store: Store) -> None:
    action = make(store, "action", reference="A-1", text="Write it.", due_on=date(2022, 3, 15))
    found = sections(store, action)
    assert list(found) == ["What is to be done", "How it stands", "Dates"]
    assert facts(found["What is to be done"])["Action"] == "Write it."
    assert facts(found["How it stands"])["Colour"] == "Red: overdue"
    assert facts(found["How it stands"])["What the colour means"].startswith("Past its due date")
    assert told(store, action).paper.title == "Action A-1"


def test_a_colour_by_hand_stands_with_its_reason(store: Store) -> None:
    action = make(store, "action", given_colour="amber", colour_reason="The board meets in May.")
    assert "The board meets in May." in facts(sections(store, action)["How it stands"])["Colour"]


def test_each_move_of_the_date_says_who_and_why(store: Store) -> None:
    day = date(2022, 3, 15)
    action = make(store, "action", due_on=day, original_due_on=day)
    store.write(MoveDueDate(action, 1, date(2022, 4, 15), "Illness."))
    dates = sections(store, action)["Dates"]
    said = facts(dates)
    assert (said["Originally due"], said["Due"], said["Drift"]) == (
        "15 Mar 2022",
        "15 Apr 2022",
        "31 days later",
    )
    (table,) = dates.tables
    assert table.rows == (("25 Mar 2022", "15 Mar 2022", "15 Apr 2022", "A. Tester", "Illness."),)


def test_recommendations_stand_under_why(store: Store) -> None:
    asked = make(store, "recommendation", reference="R1", text="Ask fathers.")
    other = make(store, "recommendation", reference="R2", text="Name fathers.")
    action = make(store, "action", recommendation=asked, also_serves=(other,))
    why = sections(store, action)["Why"]
    assert [one.title for one in why.subsections] == ["Recommendation R1", "Also serves R2"]


def test_everything_that_belongs_to_it_has_its_section(store: Store) -> None:
    action = make(store, "action", reference="A-1")
    file = make(store, "attachment", name="minutes.pdf")
    make(store, "evidence", action=action, description="The minutes", attachments=(file,))
    make(store, "milestone", action=action, text="A draft")
    make(store, "progress_note", action=action, note="Half done.")
    make(store, "assurance_check", action=action)
    make(store, "escalation", action=action, to="The chair")
    make(store, "impact", actions=(action,), what_changed="Fathers are named.")
    make(store, "mailing", reference="S-1", kind="action_sheet", actions=(action,))
    found = sections(store, action)
    assert list(found)[3:] == [
        "Milestones",
        "Progress notes",
        "Evidence",
        "Follow-up checks",
        "Impact",
        "Escalations",
        "What was sent",
    ]
    words = {title: str(part.tables) for title, part in found.items()}
    assert "minutes.pdf" in words["Evidence"]
    assert "Half done." in words["Progress notes"]
    assert "Fathers are named." in words["Impact"]
    assert "S-1" in words["What was sent"]


def test_an_action_in_the_bin_has_no_record(store: Store) -> None:
    action = make(store, "action")
    store.write(WithdrawRecord("action", action, 1))
    with pytest.raises(LookupError, match="no live action"):
        told(store, action)
