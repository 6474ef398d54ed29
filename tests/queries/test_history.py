"""The history of a record in words, and the bin."""

from __future__ import annotations

from oscb_desktop.queries.history import MASKED, history, in_bin
from oscb_desktop.services.records import (
    AmendRecord,
    RestoreRecord,
    ViewIdentity,
    WithdrawRecord,
)
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make


def test_history_says_who_when_and_from_what_to_what_newest_first(store: Store) -> None:
    agency = make(store, "agency", name="Oak Trust")
    person = make(store, "person", name="A. Person")
    store.write(AmendRecord("person", person, 1, {"agency": agency}))
    newest, *older = store.read(history, "person", person)
    assert (newest.at, newest.by, newest.act) == (NOW, "A. Tester", "Changed")
    assert (newest.field, newest.before, newest.after) == ("Agency", "", "Oak Trust")
    assert [(row.act, row.field, row.after) for row in older] == [("Added", "Name", "A. Person")]


def test_history_tells_an_undo_from_the_work_it_took_back(store: Store) -> None:
    theme = make(store, "theme", name="Fathers")
    store.write(AmendRecord("theme", theme, 1, {"name": "Men"}))
    store.write(Undo())
    newest = store.read(history, "theme", theme)[0]
    assert (newest.act, newest.before, newest.after) == ("Changed, undone", "Men", "Fathers")


def test_identities_are_masked_unless_unlocked_and_each_look_is_told(store: Store) -> None:
    held = make(store, "child_identity", last_name="Exampleton")
    store.write(ViewIdentity(held, "Letter to the school"))
    look, *rest = store.read(history, "child_identity", held)
    assert (look.act, look.step) == ("Looked at", "Look at an identity: Letter to the school")
    assert "Exampleton" not in str(rest)
    assert MASKED in {row.after for row in rest}
    opened = store.read(history, "child_identity", held, unlocked=True)
    assert "Exampleton" in {row.after for row in opened}


def test_the_bin_lists_a_record_once_with_how_many_went_with_it(store: Store) -> None:
    review = make(store, "review")
    make(store, "finding", review=review)
    make(store, "cost_line", review=review)
    store.write(WithdrawRecord("review", review, 1))
    (row,) = store.read(in_bin)
    assert (row.kind, row.id, row.with_it, row.by) == ("review", review, 2, "A. Tester")
    store.write(RestoreRecord("review", review))
    assert store.read(in_bin) == ()


def test_the_bin_does_not_name_a_child(store: Store) -> None:
    held = make(store, "child_identity", last_name="Exampleton")
    store.write(WithdrawRecord("child_identity", held, 1))
    (row,) = store.read(in_bin)
    assert "Exampleton" not in row.title
