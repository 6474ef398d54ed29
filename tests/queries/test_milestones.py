"""Which milestones are due: those of open actions that are not done, the longest late first."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.milestones import milestone_words, milestones_due
from oscb_desktop.queries.today import today_rows
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY, UNTIL = date(2022, 3, 25), date(2022, 4, 1)


def due(store: Store) -> list[str]:
    return [row.text for row in store.read(milestones_due, TODAY, UNTIL)]


def test_those_late_or_near_are_told_with_their_owners(store: Store) -> None:
    action = make(store, "action", reference="A-2021-04")
    owner = make(store, "person", name="Linden Farrow")
    near = make(store, "milestone", action=action, text="Near", due_on=UNTIL)
    make(store, "milestone", action=action, text="Late", due_on=date(2022, 3, 20), owner=owner)
    make(store, "milestone", action=action, text="Far", due_on=date(2022, 4, 2))
    make(store, "milestone", action=action, text="Some day")
    make(store, "milestone", action=action, text="Done", due_on=TODAY, done_on=TODAY)
    assert due(store) == ["Late", "Near"]
    late = store.read(milestones_due, TODAY, UNTIL)[0]
    assert (late.action, late.owner, late.words) == ("A-2021-04", "Linden Farrow", "5 days late")
    assert late.is_late(TODAY)
    rows = store.read(today_rows, TODAY)
    assert [row.id for row in rows.milestones] == [late.id, near]
    assert not rows.nothing_near


def test_those_of_ended_and_national_actions_are_nobodys_business(store: Store) -> None:
    for values in ({"delivery": "no_longer_required"}, {"scope": "national"}):
        action = make(store, "action", **values)
        make(store, "milestone", action=action, text="Gone", due_on=TODAY)
    assert due(store) == []


def test_how_a_milestone_stands() -> None:
    assert milestone_words(TODAY, None, TODAY) == "due today"
    assert milestone_words(None, None, TODAY) == "no due date"
    assert milestone_words(TODAY, date(2022, 3, 27), TODAY) == "completed 2 days late"
