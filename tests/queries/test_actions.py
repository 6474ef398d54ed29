"""An action's row says how it stands on the day that is given."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.values import Value
from oscb_desktop.queries.actions import ActionRow, action_row, actions, is_long, moved_by
from oscb_desktop.queries.records import records
from oscb_desktop.services.actions import MoveDueDate
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)


def _row(store: Store, **values: Value) -> ActionRow:
    wanted = make(store, "action", **values)
    return next(row for row in store.read(actions, TODAY) if row.id == wanted)


def test_an_open_action_past_its_day_is_overdue(store: Store) -> None:
    row = _row(store, due_on=date(2022, 3, 20))
    assert (row.is_overdue, row.due_soon, row.days_late) == (True, False, 5)
    assert row.lateness == "5 days late"


def test_due_soon_is_what_the_organisation_says(store: Store) -> None:
    assert _row(store, due_on=date(2022, 3, 25)).due_soon
    assert _row(store, due_on=date(2022, 4, 24)).due_soon
    assert not _row(store, due_on=date(2022, 4, 25)).due_soon


def test_what_is_raised_nationally_is_never_overdue(store: Store) -> None:
    row = _row(
        store,
        scope="national",
        due_on=date(2022, 1, 1),
        raised_with="the Panel",
        raised_on=date(2022, 2, 1),
    )
    assert row.is_national
    assert not row.is_overdue
    assert not row.due_soon
    assert "the Panel" in row.lateness


def test_what_a_limb_was_raised_with_counts_for_its_action(store: Store) -> None:
    limb = make(
        store, "limb", scope="national", raised_with="the department", raised_on=date(2022, 2, 1)
    )
    assert "the department" in _row(store, scope="national", limb=limb).lateness


def test_a_completed_action_waits_for_assurance_until_it_is_signed_off(store: Store) -> None:
    done: dict[str, Value] = {"delivery": "complete", "completed_on": date(2022, 3, 1)}
    assert _row(store, **done).awaits_assurance
    assert _row(store, **done, assurance="evidence_accepted").awaits_assurance
    signed: dict[str, Value] = {"signed_off_by": "The subgroup", "signed_off_on": date(2022, 3, 10)}
    row = _row(store, **done, **signed, assurance="evidence_accepted")
    assert not row.awaits_assurance
    assert not row.is_open


def test_the_newest_note_with_its_age(store: Store) -> None:
    action = make(store, "action")
    make(store, "progress_note", action=action, noted_on=date(2022, 3, 1), note="Second.")
    make(store, "progress_note", action=action, noted_on=date(2022, 1, 1), note="First.")
    row = store.read(actions, TODAY)[0]
    assert (row.note, row.note_age_days) == ("Second.", 24)


def test_the_earliest_due_comes_first(store: Store) -> None:
    late = make(store, "action", due_on=date(2022, 9, 1))
    none = make(store, "action", due_on=None)
    early = make(store, "action", due_on=date(2022, 4, 1))
    assert [row.id for row in store.read(actions, TODAY)] == [early, late, none]


def test_who_leads_and_who_owns(store: Store) -> None:
    agency = make(store, "agency", name="Oakshire Health Trust", short_name="Health")
    owner = make(store, "person", name="Pat Example")
    row = _row(store, lead_agency=agency, owner=owner)
    assert (row.lead_agency, row.owner) == ("Health", "Pat Example")
    assert not row.was_moved


def test_moves_and_drift_are_told(store: Store) -> None:
    row = _row(store, due_on=date(2022, 3, 1))
    assert (row.moves, row.drift_days, row.was_moved) == (0, 0, False)
    store.write(MoveDueDate(row.id, 1, date(2022, 4, 1), "The lead was ill."))
    store.write(MoveDueDate(row.id, 2, date(2022, 3, 31), "Sooner after all."))
    row = next(each for each in store.read(actions, TODAY) if each.id == row.id)
    assert (row.moves, row.drift_days, row.was_moved) == (2, 30, True)
    assert set(store.read(moved_by, row.id).values()) == {"A. Tester"}
    assert len(store.read(moved_by, row.id)) == 2


def test_an_action_without_a_due_date_has_no_drift_and_comes_last(store: Store) -> None:
    assert _row(store, due_on=None).drift_days is None
    make(store, "action", due_on=date(2022, 3, 1))
    assert [row.due_on for row in store.read(actions, TODAY)] == [date(2022, 3, 1), None]


def test_a_colour_given_by_hand_is_told_beside_the_keys(store: Store) -> None:
    row = _row(store, due_on=date(2022, 3, 1), given_colour="amber", colour_reason="Nearly there")
    assert row.colour == "amber"
    assert row.colour_words == "Amber (by hand: Nearly there); by the key Red: overdue"


def test_the_themes_are_those_of_its_recommendation(store: Store) -> None:
    themes = tuple(make(store, "theme", name=name) for name in ("Neglect", "Fathers"))
    recommendation = make(store, "recommendation", themes=themes)
    review = store.read(records, "recommendation")[0].values["review"]
    row = _row(store, recommendation=recommendation, review=review)
    assert row.themes == ("Fathers", "Neglect")
    assert _row(store).themes == ()


def test_one_action_is_read_by_itself(store: Store) -> None:
    row = _row(store)
    alone = store.read(action_row, row.id, TODAY)
    assert alone is not None
    assert alone[:-1] == row[:-1]
    assert store.read(action_row, 99, TODAY) is None
    assert not store.read(is_long)
