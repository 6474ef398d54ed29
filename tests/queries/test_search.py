"""The one search field finds every live record and no identity, whatever is typed."""

from __future__ import annotations

import pytest

from oscb_desktop.queries.records import record
from oscb_desktop.queries.search import search
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make


def _found(store: Store, typed: str) -> list[tuple[str, int]]:
    return [(hit.kind, hit.record_id) for hit in store.read(search, typed)]


def test_beginnings_of_words_anywhere_in_a_record(store: Store) -> None:
    action = make(store, "action", text="Write the café protocol on housing.")
    for typed in ("hous", "PROTOCOL", "cafe", "prot hous", "café"):
        assert ("action", action) in _found(store, typed)
    assert _found(store, "prot nowhere") == []
    assert _found(store, "ousing") == []


def test_a_reference_is_found_as_typed(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-07", known_as="Child Q")
    assert _found(store, "RR-2021-07")[0] == ("review", review)
    assert ("review", review) in _found(store, "rr-2021")
    hit = store.read(search, "RR-2021-07")[0]
    assert (hit.title, hit.label) == ("RR-2021-07 Child Q", "Review")


def test_a_title_counts_for_more_than_a_body(store: Store) -> None:
    make(store, "action", text="Ask what neglect means here.")
    theme = make(store, "theme", name="Neglect")
    make(store, "review", what_happened="neglect " * 3)
    assert _found(store, "neglect")[0] == ("theme", theme)


def test_identities_and_the_bin_are_not_found(store: Store) -> None:
    make(store, "child_identity", last_name="Exampleton", school="Hilltop School")
    assert _found(store, "exampleton") == []
    assert _found(store, "hilltop") == []
    theme = make(store, "theme", name="Ephemeral")
    row = store.read(record, "theme", theme)
    assert row is not None
    assert _found(store, "ephem") == [("theme", theme)]
    store.write(WithdrawRecord("theme", theme, row.version))
    assert _found(store, "ephem") == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        '"',
        "*",
        "AND NOT",
        "a OR",
        "NEAR(x",
        "title:",
        "-",
        "^x",
        "{",
        "'; DROP",
        "😀",
        "x" * 9000,
    ],
)
def test_no_character_has_a_meaning_of_its_own(store: Store, typed: str) -> None:
    make(store, "theme", name="Voice")
    assert _found(store, typed) == []


def test_what_is_reached_through_others_is_left_out(store: Store) -> None:
    make(store, "membership", body="cspr_subgroup")
    make(store, "extra_holiday", name="Zebra day")
    assert _found(store, "zebra") == []
    assert _found(store, "subgroup") == []


def test_right_to_left_words_are_found(store: Store) -> None:
    theme = make(store, "theme", name="شماره کودک")
    assert _found(store, "کود") == [("theme", theme)]


def test_only_so_many_are_listed(store: Store) -> None:
    for number in range(5):
        make(store, "theme", name=f"Voice {number}")
    assert len(store.read(search, "voice", limit=3)) == 3
