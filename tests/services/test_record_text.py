from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from oscb_desktop.domain.fields.field import NARRATIVE, ONE_LINE
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import InvalidRecord
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.replay import hangs_together
from tests.services.acts import change, faults, row_of


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Neglect \n of\tsiblings ", "Neglect of siblings"),
        ("A\x00B\x07C\x1b[0m", "ABC[0m"),
        ("lone \ud800 surrogate \udfff.", "lone surrogate ."),
        ("👩‍👧‍👦 family \U0001f1ec\U0001f1e7", "👩‍👧‍👦 family \U0001f1ec\U0001f1e7"),
        ("ילד א – \u202bמימין\u202c", "ילד א – \u202bמימין\u202c"),
        ("e\u0301cole", "école"),
        ("<b>&amp;</b> =1+1 '; --", "<b>&amp;</b> =1+1 '; --"),
        ("\ufeffstart\ufffe\uffff", "\ufeffstart"),
    ],
)
def test_a_line_of_text_is_kept_as_it_was_meant(store: Store, typed: str, kept: str) -> None:
    made = make(store, "theme", name=typed)
    assert row_of(store, "theme", made).values["name"] == kept
    assert store.read(hangs_together)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (
            "one\r\ntwo\rthree\x0bfour\x0cfive\u2028six\x85seven",
            "one\ntwo\nthree\nfour\nfive\nsix\nseven",
        ),
        ("\n\n  indented\n\tkept \n\n", "indented\n\tkept"),
        (" \n\t ", None),
    ],
)
def test_a_narrative_keeps_its_lines(store: Store, typed: str, kept: str | None) -> None:
    made = make(store, "theme", description=typed)
    assert row_of(store, "theme", made).values["description"] == kept


def test_twenty_pages_are_kept_to_the_letter(store: Store) -> None:
    narrative = ("Ärger – 子供 👶 שלום\n" * NARRATIVE)[: NARRATIVE - 1] + "."
    made = make(store, "theme", description=narrative)
    assert row_of(store, "theme", made).values["description"] == narrative
    assert "description" in faults(store, "theme", description=narrative + "x")


def test_too_long_is_told_with_both_lengths(store: Store) -> None:
    assert faults(store, "theme", name="x" * (ONE_LINE + 1)) == {
        "name": "Name is 201 characters long; at most 200 fit. Shorten it."
    }


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_is_saved_and_read_back(store: Store, typed: str) -> None:
    made = make(store, "theme", description=typed)
    kept = row_of(store, "theme", made).values["description"]
    assert kept is None or (isinstance(kept, str) and unicodedata.is_normalized("NFC", kept))
    change(store, "theme", made, description=kept)
    assert row_of(store, "theme", made).version == 1, "what was kept is kept again as it is"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", Decimal("1.005")),
        ("amount", Decimal("NaN")),
        ("amount", Decimal("1e9")),
        ("amount", 8000),
        ("incurred_on", datetime(2022, 1, 1, tzinfo=UTC)),
        ("incurred_on", date(1800, 1, 1)),
        ("review", 10**30),
        ("description", 7),
    ],
)
def test_a_value_that_no_column_can_hold_is_refused(store: Store, field: str, value: Value) -> None:
    review = make(store, "review")
    assert field in faults(store, "cost_line", **{"review": review, field: value})


def test_an_amount_is_kept_with_its_pence(store: Store) -> None:
    made = make(store, "cost_line", amount=Decimal("8000"))
    assert str(row_of(store, "cost_line", made).values["amount"]) == "8000.00"
    change(store, "cost_line", made, amount=Decimal("8000.00"))
    assert row_of(store, "cost_line", made).version == 1


def test_a_code_of_an_older_list_stays_until_it_is_changed(store: Store) -> None:
    agency = make(store, "agency")
    with store._engine.begin() as connection:
        connection.execute(text("UPDATE agency SET kind = 'of_old'"))
    change(store, "agency", agency, phone="01865 000000")
    with pytest.raises(InvalidRecord, match="“of_older” is not in the list"):
        change(store, "agency", agency, kind="of_older")
