"""Saved views: kept, set up anew, renamed, dropped; each a step that can be taken back."""

from __future__ import annotations

import pytest

from oscb_desktop.errors import ConflictError, InvalidRecord
from oscb_desktop.queries.saved_views import ViewShape, saved_views
from oscb_desktop.services.saved_views import DropView, RenameView, SaveView
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.replay import hangs_together

SHAPE = ViewShape("overdue", "guidance", {"agency": ("Police", "“Städte & Co”")}, "due", True)


def names(store: Store) -> list[str]:
    return [row.name for row in store.read(saved_views, "actions")]


def test_a_view_comes_back_as_it_was_saved(store: Store) -> None:
    changes = store.write(SaveView("actions", "  Late  at the police ", SHAPE))
    assert changes.label == "Save the view “Late at the police”"
    (row,) = store.read(saved_views, "actions")
    assert (row.name, row.shape) == ("Late at the police", SHAPE)
    assert store.read(saved_views, "reviews") == ()


def test_the_same_name_is_set_up_anew(store: Store) -> None:
    store.write(SaveView("actions", "Mine", SHAPE))
    store.write(SaveView("actions", "MINE", ViewShape(group="review")))
    (row,) = store.read(saved_views, "actions")
    assert (row.name, row.shape) == ("Mine", ViewShape(group="review"))
    store.write(Undo())
    assert store.read(saved_views, "actions")[0].shape == SHAPE


def test_renaming_and_dropping_can_be_taken_back(store: Store) -> None:
    store.write(SaveView("actions", "b", SHAPE))
    store.write(SaveView("actions", "A", SHAPE))
    assert names(store) == ["A", "b"]
    first = store.read(saved_views, "actions")[0]
    store.write(RenameView(first.id, first.version, "c"))
    assert names(store) == ["b", "c"]
    store.write(DropView(first.id, first.version + 1))
    assert names(store) == ["b"]
    store.write(Undo())
    store.write(Undo())
    assert names(store) == ["A", "b"]
    assert store.read(hangs_together)


def test_a_name_is_needed_and_used_once(store: Store) -> None:
    with pytest.raises(InvalidRecord, match="Name is required"):
        store.write(SaveView("actions", "  ", SHAPE))
    store.write(SaveView("actions", "a", SHAPE))
    store.write(SaveView("actions", "b", SHAPE))
    second = store.read(saved_views, "actions")[1]
    with pytest.raises(InvalidRecord, match="is called “a”"):
        store.write(RenameView(second.id, second.version, "A"))
    with pytest.raises(ConflictError):
        store.write(RenameView(second.id, second.version + 1, "c"))
