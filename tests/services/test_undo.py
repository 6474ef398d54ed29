from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.queries.records import id_by_key, records
from oscb_desktop.queries.undo import to_redo, to_undo
from oscb_desktop.services.records import AmendRecord, RestoreRecord, ViewIdentity, add, amend
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import import_workbook
from oscb_desktop.services.undo import Redo, Undo
from oscb_desktop.services.work import Work
from tests.exchange.workbooks import workbook
from tests.factories import make
from tests.replay import as_held, hangs_together
from tests.services.acts import Doing, change, row_of, withdraw


def undo(store: Store) -> str:
    return store.write(Undo()).label


def redo(store: Store) -> str:
    return store.write(Redo()).label


def test_with_nothing_done_there_is_nothing_to_undo_or_redo(store: Store) -> None:
    with pytest.raises(UserError, match="There is nothing to undo"):
        undo(store)
    with pytest.raises(UserError, match="There is nothing to do again"):
        redo(store)
    assert len(store.read(records, "organisation")) == 1, "the start of a file is not undone"


WHOLE: dict[str, dict[str, tuple[Value, Value]]] = {
    "cost_line": {
        "amount": (Decimal("8000.00"), Decimal("0.10")),
        "incurred_on": (date(2021, 5, 1), None),
    },
    "child": {
        "age_at_incident": (Age.parse("13y 7m"), Age.parse("unborn")),
        "disability_types": ((), ("mobility", "hearing")),
        "voice": (None, "“I like <b>football</b>.”\n😀"),
    },
    "incident": {
        "happened_on": (UncertainDate.of(2021, about=True), UncertainDate.of(2021, 6, 3)),
        "media_interest": (False, True),
        "looked_after_death": (None, False),
    },
    "finding": {"number": (1, 12), "text": ("Before.", None)},
    "baseline": {"value": (0, 9)},
}


@pytest.mark.parametrize("kind", WHOLE)
def test_every_kind_of_value_is_put_back_as_it_was_and_done_again(store: Store, kind: str) -> None:
    before = {name: first for name, (first, _) in WHOLE[kind].items()}
    after = {name: second for name, (_, second) in WHOLE[kind].items()}
    made = make(store, kind, **before)
    was = row_of(store, kind, made).values
    change(store, kind, made, **after)
    became = row_of(store, kind, made).values
    for _ in range(2):
        undo(store)
        assert row_of(store, kind, made).values == was
        redo(store)
        assert row_of(store, kind, made).values == became
    assert {name: became[name] for name in after} == after
    assert store.read(hangs_together)


def test_links_are_put_back(store: Store) -> None:
    themes = tuple(make(store, "theme") for _ in range(3))
    review = make(store, "review", themes=themes[:2])
    change(store, "review", review, themes=themes[2:])
    undo(store)
    assert row_of(store, "review", review).values["themes"] == themes[:2]
    redo(store)
    assert row_of(store, "review", review).values["themes"] == themes[2:]


def test_undo_names_what_it_takes_back(store: Store) -> None:
    make(store, "theme", name="Neglect")
    assert undo(store) == "Undo: Add theme Neglect"
    step = store.read(to_redo)
    assert step is not None
    assert step.subject == "Add theme Neglect"
    assert redo(store) == "Redo: Add theme Neglect"


def test_steps_are_taken_back_in_turn_and_done_again_in_turn(store: Store) -> None:
    theme = make(store, "theme", name="One")
    for name in ("Two", "Three"):
        change(store, "theme", theme, name=name)
    seen = []
    for _ in range(3):
        undo(store)
        row = row_of(store, "theme", theme)
        seen.append((row.values["name"], row.withdrawn_at is None))
    assert seen == [("Two", True), ("One", True), ("One", False)]
    for wanted in ("One", "Two", "Three"):
        redo(store)
        assert row_of(store, "theme", theme).values["name"] == wanted
    assert store.read(to_redo) is None


def test_new_work_ends_what_could_be_done_again(store: Store) -> None:
    make(store, "theme")
    undo(store)
    make(store, "theme")
    with pytest.raises(UserError, match="nothing to do again"):
        redo(store)


def test_a_look_at_an_identity_is_neither_undone_nor_in_the_way(store: Store) -> None:
    identity = make(store, "child_identity")
    change(store, "child_identity", identity, forenames="Quillon")
    store.write(ViewIdentity(identity, "To write to the school."))
    assert undo(store) == "Undo: Change identity"
    store.write(ViewIdentity(identity, "To write again."))
    assert redo(store) == "Redo: Change identity"


def test_a_withdrawal_and_a_return_are_taken_back_whole(store: Store) -> None:
    action = make(store, "action")
    review = row_of(store, "action", action).values["review"]
    assert isinstance(review, int)
    make(store, "progress_note", action=action)
    before = store.read(as_held)
    withdraw(store, "review", review)
    gone = store.read(as_held)
    undo(store)
    assert store.read(as_held) == before
    redo(store)
    assert store.read(as_held) == gone
    store.write(RestoreRecord("review", review))
    undo(store)
    assert store.read(as_held) == gone
    assert store.read(hangs_together)


def test_a_note_that_is_undone_goes_to_the_bin(store: Store) -> None:
    note = make(store, "progress_note")
    undo(store)
    assert row_of(store, "progress_note", note).withdrawn_at is not None
    redo(store)
    assert row_of(store, "progress_note", note).withdrawn_at is None


@dataclass(frozen=True)
class Bring:
    """A step of many records that refer to one another, as an import makes them."""

    number: int

    def carry_out(self, work: Work) -> None:
        work.label = "Import year.xlsx"
        agency = add(work, "agency", {"name": "Police", "kind": "police"})
        for number in range(self.number):
            person: Mapping[str, Value] = {"name": f"Person {number}", "agency": agency}
            add(work, "person", person)
        work.record_id = agency


def test_an_import_is_undone_as_one_step_and_can_be_made_again(store: Store) -> None:
    store.write(Bring(200))
    first = store.read(records, "person")
    assert undo(store) == "Undo: Import year.xlsx"
    assert store.read(records, "person") == store.read(records, "agency") == ()
    store.write(Bring(201))
    again = store.read(records, "person")
    assert len(again) == 201
    assert [row.id for row in again if row.title in {was.title for was in first}] == [
        row.id for row in first
    ]
    undo(store)
    undo_nothing_more(store)
    redo(store)
    assert len(store.read(records, "person")) == 201
    assert store.read(hangs_together)


def undo_nothing_more(store: Store) -> None:
    with pytest.raises(UserError, match="nothing to undo"):
        undo(store)


def test_an_undone_name_can_be_given_again_with_other_values(store: Store) -> None:
    first = make(store, "theme", name="Neglect", description="Mistyped.")
    undo(store)
    second = make(store, "theme", name="Neglect")
    assert first == second
    assert row_of(store, "theme", second).values["description"] is None
    undo(store)
    assert store.read(id_by_key, "theme", "Neglect") is None
    redo(store)
    assert store.read(id_by_key, "theme", "Neglect") == second
    assert row_of(store, "theme", second).values["description"] is None
    assert store.read(hangs_together)


def test_a_name_that_somebody_withdrew_is_still_taken(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    withdraw(store, "theme", theme)
    with pytest.raises(InvalidRecord, match="It is in the bin"):
        make(store, "theme", name="Neglect")


def test_what_was_changed_past_the_log_is_not_overwritten(store: Store) -> None:
    theme = make(store, "theme", name="Neglect", description="Before.")
    change(store, "theme", theme, description="After.")
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE theme SET description = 'Later.'"))
    with pytest.raises(UserError, match="Theme Neglect was changed since, so this step cannot"):
        undo(store)
    assert row_of(store, "theme", theme).values["description"] == "Later."


def test_a_form_that_was_open_during_an_undo_conflicts(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    change(store, "theme", theme, name="Long neglect")
    version = row_of(store, "theme", theme).version
    undo(store)
    with pytest.raises(ConflictError):
        store.write(AmendRecord("theme", theme, version, {"description": "Mine."}))


def test_one_field_changed_twice_in_a_step_goes_back_to_the_start(store: Store) -> None:
    theme = make(store, "theme", name="One")

    def twice(work: Work) -> None:
        for name in ("Two", "Three"):
            amend(work, "theme", theme, {"name": name})
        work.label = "Twice"

    store.write(Doing(twice))
    undo(store)
    assert row_of(store, "theme", theme).values["name"] == "One"
    redo(store)
    assert row_of(store, "theme", theme).values["name"] == "Three"
    assert store.read(hangs_together)


def test_undoing_does_not_hide_that_it_was_done(store: Store) -> None:
    make(store, "theme")
    before = store.read(to_undo)
    undo(store)
    assert store.read(to_undo) is None
    redo(store)
    assert store.read(to_undo) == before


def test_a_workbook_is_brought_in_again_after_its_import_was_undone(
    store: Store, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "year.xlsx",
        {
            "Agencies": [["Name", "Kind"], ["Police", "Police"]],
            "People": [["Name", "Agency"], ["P. Sample", "Police"]],
            "Themes": [["Name"], ["Neglect"], ["Exploitation"]],
        },
    )
    for _ in range(2):
        outcome = import_workbook(store, path, rehearse=False, backups=tmp_path / "backups")
        assert outcome.faults == ()
        brought = [store.read(records, kind) for kind in ("agency", "person", "theme")]
        assert [len(rows) for rows in brought] == [1, 1, 2]
        undo(store)
        assert [store.read(records, kind) for kind in ("agency", "person", "theme")] == [(), (), ()]
    assert store.read(hangs_together)
