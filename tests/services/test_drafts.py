"""Typing that is kept is no record: no step is logged, and each form finds its own again."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Change
from oscb_desktop.queries.drafts import draft_for, unfinished
from oscb_desktop.services.drafts import DropDraft, KeepDraft
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

FIELDS = ("name", "description")


def steps(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Change)) or 0


def test_keeping_and_dropping_write_no_step(store: Store) -> None:
    before = store.read(steps)
    store.write(KeepDraft("theme", None, None, {}, FIELDS, {"name": "Fath"}))
    store.write(KeepDraft("theme", None, None, {}, FIELDS, {"name": "Fathers"}))
    (kept,) = store.read(unfinished)
    assert (kept.typed["name"], kept.saved_at, kept.title) == ("Fathers", NOW, "New theme")
    store.write(DropDraft("theme", None, {}, FIELDS))
    assert store.read(unfinished) == ()
    assert store.read(steps) == before


def test_new_records_are_told_apart_by_what_they_were_started_with(store: Store) -> None:
    one, two = make(store, "review"), make(store, "review")
    for review in (one, two):
        text = {"title": f"Of {review}"}
        store.write(KeepDraft("finding", None, None, {"review": review}, ("title",), text))
    found = store.read(draft_for, "finding", None, {"review": two})
    assert found is not None
    assert found.typed["title"] == f"Of {two}"
    assert store.read(draft_for, "finding", None, {}) is None


def test_what_is_typed_into_one_part_of_a_record_leaves_the_others(store: Store) -> None:
    theme = make(store, "theme", name="Fathers")
    store.write(KeepDraft("theme", theme, 1, {"name": "Fathers"}, ("name",), {"name": "Men"}))
    store.write(
        KeepDraft("theme", theme, 1, {"description": None}, ("description",), {"description": "x"})
    )
    kept = store.read(draft_for, "theme", theme, {})
    assert kept is not None
    assert (dict(kept.typed), kept.preset["name"], kept.title) == (
        {"name": "Men", "description": "x"},
        "Fathers",
        "Theme Fathers",
    )
    store.write(DropDraft("theme", theme, {}, ("name",)))
    kept = store.read(draft_for, "theme", theme, {})
    assert kept is not None
    assert dict(kept.typed) == {"description": "x"}


def test_nothing_typed_is_not_kept(store: Store) -> None:
    store.write(KeepDraft("theme", None, None, {}, FIELDS, {}))
    assert store.read(unfinished) == ()


def test_an_identity_is_not_named_among_what_is_unfinished(store: Store) -> None:
    held = make(store, "child_identity", last_name="Exampleton")
    store.write(
        KeepDraft("child_identity", held, 1, {}, ("last_name",), {"last_name": "Sampleton"})
    )
    (kept,) = store.read(unfinished)
    assert kept.title == "Identity"
