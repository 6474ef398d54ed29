"""Whether anything was changed since somebody looked last."""

from __future__ import annotations

from oscb_desktop.queries.last_change import last_change
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make


def test_every_step_moves_it_an_undone_one_too(store: Store) -> None:
    seen = [store.read(last_change)]
    make(store, "theme", name="Voice")
    seen.append(store.read(last_change))
    store.write(Undo())
    seen.append(store.read(last_change))
    assert seen == sorted(set(seen))
    assert store.read(last_change) == seen[-1]
