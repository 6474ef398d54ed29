"""The usual wording is taken into the file once, part by part."""

from __future__ import annotations

import pytest

from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import records
from oscb_desktop.queries.wordings import usual_wordings
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from oscb_desktop.services.wordings import UseUsualWordings
from tests.factories import make


def test_what_is_ours_stays_and_the_rest_is_added_once(store: Store) -> None:
    make(store, "wording", part="letter_ending", text="With kind regards")
    store.write(UseUsualWordings())
    held = {row.values["part"]: row.values["text"] for row in store.read(records, "wording")}
    assert held == {**usual_wordings(), "letter_ending": "With kind regards"}
    with pytest.raises(UserError, match="every part already"):
        store.write(UseUsualWordings())
    store.write(Undo())
    assert len(store.read(records, "wording")) == 1
