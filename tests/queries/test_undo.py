from __future__ import annotations

from oscb_desktop.queries.undo import (
    StepRow,
    stopped_by_disposal,
    taken_back,
    to_redo,
    to_undo,
)
from oscb_desktop.services.disposal import DisposeRecords
from oscb_desktop.services.records import RestoreRecord, ViewIdentity
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Redo, Undo
from tests.cases import due, old_case, rule
from tests.factories import make
from tests.services.acts import change, withdraw


def offered(store: Store) -> tuple[StepRow | None, StepRow | None]:
    return store.read(to_undo), store.read(to_redo)


def test_the_start_of_a_file_is_not_offered(store: Store) -> None:
    assert offered(store) == (None, None)


def test_what_is_offered_follows_what_was_done(store: Store) -> None:
    theme = make(store, "theme", name="One")
    change(store, "theme", theme, name="Two")
    add, amend = StepRow(2, "Add theme One"), StepRow(3, "Change theme Two")
    assert offered(store) == (amend, None)
    store.write(Undo())
    assert offered(store) == (add, StepRow(4, amend.subject))
    store.write(Undo())
    assert offered(store) == (None, StepRow(5, add.subject))
    store.write(Redo())
    assert offered(store) == (add, StepRow(4, amend.subject))
    store.write(Redo())
    assert offered(store) == (amend, None)
    store.write(Undo())
    assert offered(store) == (add, StepRow(8, amend.subject))


def test_a_look_is_not_offered(store: Store) -> None:
    identity = make(store, "child_identity")
    before = offered(store)
    store.write(ViewIdentity(identity, "To write to the school."))
    assert offered(store) == before


def test_only_what_an_undo_took_back_counts_as_taken_back(store: Store) -> None:
    kept, withdrawn = make(store, "theme"), make(store, "theme")
    withdraw(store, "theme", withdrawn)
    undone = make(store, "theme")
    store.write(Undo())
    assert store.read(taken_back, "theme") == {undone}
    assert store.read(taken_back, "theme", [kept, withdrawn]) == frozenset()
    store.write(RestoreRecord("theme", undone))
    assert store.read(taken_back, "theme") == frozenset()
    withdraw(store, "theme", undone)
    assert store.read(taken_back, "theme") == frozenset()
    assert store.read(taken_back, "agency") == frozenset()


def test_nothing_before_a_disposal_is_offered(store: Store) -> None:
    make(store, "theme", name="One")
    make(store, "theme", name="Two")
    store.write(Undo())
    rule(store)
    old_case(store)
    assert store.read(stopped_by_disposal) == ""
    store.write(DisposeRecords(due(store).due, "The chair", "Line 4"))
    assert offered(store) == (None, None)
    assert "(Dispose of 5 records (D-2022-01))" in store.read(stopped_by_disposal)
    make(store, "theme", name="Three")
    after, redo = offered(store)
    assert (after and after.subject, redo) == ("Add theme Three", None)
    assert store.read(stopped_by_disposal) == ""
