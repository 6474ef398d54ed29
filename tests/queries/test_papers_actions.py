"""The action log: whose actions, in which order, and in which words."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.documents import ActionLog
from oscb_desktop.domain.rag import load_key
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_actions import ALL, LogOf, action_log
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())


def log(store: Store, agency: int | None = None) -> ActionLog:
    return store.read(action_log, LogOf(agency), MADE)


def references(document: ActionLog) -> dict[str, list[str]]:
    return {group.review: [line.reference for line in group.lines] for group in document.groups}


@pytest.fixture
def police(store: Store) -> int:
    return make(store, "agency", name="The police force", short_name="Police")


def actions(store: Store, police: int) -> None:
    school = make(store, "agency", name="The school", kind="education_community")
    first = make(store, "review", reference="RR-2", known_as="Child A")
    second = make(store, "review", reference="RR-10", known_as="Child B")
    make(store, "action", review=second, reference="A-10", lead_agency=school)
    make(store, "action", review=second, reference="A-9", lead_agency=police)
    make(store, "action", review=first, reference="A-11", contributing=(police,))


def test_the_log_groups_by_review_in_natural_order(store: Store, police: int) -> None:
    actions(store, police)
    document = log(store)
    assert references(document) == {"RR-2 Child A": ["A-11"], "RR-10 Child B": ["A-9", "A-10"]}
    assert list(references(document)) == ["RR-2 Child A", "RR-10 Child B"]
    assert (document.scope, document.as_at) == ("All agencies", "As at 25 Mar 2022")
    assert document.paper.printed_by == "A. Tester"


def test_an_agency_has_what_it_leads_and_what_it_contributes_to(store: Store, police: int) -> None:
    actions(store, police)
    document = log(store, police)
    assert references(document) == {"RR-2 Child A": ["A-11"], "RR-10 Child B": ["A-9"]}
    assert document.scope == "What The police force leads or contributes to"
    assert document.totals.startswith("2 actions: 2 open")


def test_a_review_and_a_theme_have_their_own_actions(store: Store, police: int) -> None:
    theme = make(store, "theme", name="Fathers")
    review = make(store, "review", reference="RR-2", known_as="Child A")
    asked = make(store, "recommendation", review=review, themes=(theme,))
    make(store, "action", review=review, reference="A-1", recommendation=asked)
    make(store, "action", review=review, reference="A-2")
    make(store, "action", reference="A-3")
    of_review = store.read(action_log, LogOf(review=review), MADE)
    assert references(of_review) == {"RR-2 Child A": ["A-1", "A-2"]}
    assert of_review.scope == "Review RR-2 Child A"
    of_theme = store.read(action_log, LogOf(theme=theme), MADE)
    assert references(of_theme) == {"RR-2 Child A": ["A-1"]}
    assert of_theme.scope == "Theme: Fathers"
    assert len(store.read(action_log, ALL, MADE).groups) == 2


def test_a_theme_in_the_bin_has_no_log(store: Store) -> None:
    theme = make(store, "theme", name="Fathers")
    store.write(WithdrawRecord("theme", theme, 1))
    with pytest.raises(LookupError, match="no live theme"):
        store.read(action_log, LogOf(theme=theme), MADE)


def test_a_line_says_how_an_action_stands(store: Store, police: int) -> None:
    review = make(store, "review", reference="LR-1")
    owner = make(store, "person", name="P. Owner")
    recommendation = make(store, "recommendation", review=review, number=4)
    action = make(
        store,
        "action",
        review=review,
        recommendation=recommendation,
        lead_agency=police,
        owner=owner,
        original_due_on=date(2022, 1, 31),
        due_on=date(2022, 3, 13),
        delivery="in_progress",
    )
    make(store, "progress_note", action=action, noted_on=date(2022, 3, 1), note="Nearly there.")
    make(store, "progress_note", action=action, noted_on=date(2022, 1, 1), note="Begun.")
    line = log(store).groups[0].lines[0]
    assert (line.recommendation, line.lead_agency, line.owner) == ("LR-1/R4", "Police", "P. Owner")
    assert (line.original_due, line.due) == ("31 Jan 2022", "13 Mar 2022")
    assert (line.status, line.colour, line.lateness) == (
        "In progress",
        "Red: overdue",
        "12 days late",
    )
    assert line.latest_note == "01 Mar 2022: Nearly there."
    assert (line.assurance, line.completed) == ("None yet", "")


def test_every_colour_of_a_line_is_in_the_printed_key(store: Store) -> None:
    make(store, "action", delivery="no_longer_required")
    make(store, "action", scope="national")
    make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    document = log(store)
    key = {entry.colour for entry in document.key}
    assert {line.colour for group in document.groups for line in group.lines} <= key
    assert len(document.key) == len(load_key().colours)


def test_the_totals_foot_to_the_lines(store: Store) -> None:
    make(store, "action", due_on=date(2022, 3, 1))
    make(store, "action")
    make(store, "action", delivery="no_longer_required")
    make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    assert log(store).totals == (
        "4 actions: 2 open, of which 1 overdue; 1 complete; 1 no longer required."
    )


def test_an_empty_log_has_no_totals(store: Store) -> None:
    document = log(store)
    assert (document.groups, document.totals) == ((), "")


def test_withdrawn_actions_and_agencies_are_not_there(store: Store, police: int) -> None:
    action = make(store, "action")
    store.write(WithdrawRecord("action", action, 1))
    assert log(store).groups == ()
    store.write(WithdrawRecord("agency", police, 1))
    with pytest.raises(LookupError):
        log(store, police)
