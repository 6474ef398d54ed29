"""Choosing a reviewer in one step, the money, and the written question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from oscb_desktop.domain.spending import spending_words
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.records import record, records
from oscb_desktop.queries.review_letters import delay_letter, progress_request, start_notice
from oscb_desktop.queries.spending import spending_of
from oscb_desktop.services.commissioning import AskInWriting, CommissionReviewer
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make

BEGUN = date(2021, 9, 1)


@pytest.fixture
def review(store: Store) -> int:
    return make(
        store,
        "review",
        kind="lcspr",
        reference="LR-2021-09",
        known_as="Child G",
        started_on=BEGUN,
        initiated_on=BEGUN,
    )


def outcomes(store: Store, review: int) -> dict[str, object]:
    rows = store.read(records, "commission", owner=review)
    return {str(row.values["name"]): row.values["outcome"] for row in rows}


def test_one_press_chooses_one_and_none_of_the_others(store: Store, review: int) -> None:
    chosen = make(store, "commission", review=review, name="Isolde Marchbank")
    make(store, "commission", review=review, name="Tobias Fenwright", outcome="considered")
    make(store, "commission", review=review, name="Una Crake", outcome="declined")
    label = store.write(CommissionReviewer(chosen, 1)).label
    assert outcomes(store, review) == {
        "Isolde Marchbank": "commissioned",
        "Tobias Fenwright": "not_chosen",
        "Una Crake": "declined",
    }
    row = store.read(record, "review", review)
    assert row is not None
    assert row.values["reviewer"] == "Isolde Marchbank"
    assert label == "Commission Isolde Marchbank for LR-2021-09 Child G"
    store.write(Undo())
    assert set(outcomes(store, review).values()) == {None, "considered", "declined"}


def test_a_second_is_commissioned_only_after_the_first_contract(store: Store, review: int) -> None:
    first = make(store, "commission", review=review, name="Isolde Marchbank")
    second = make(store, "commission", review=review, name="Tobias Fenwright")
    store.write(CommissionReviewer(first, 1))
    with pytest.raises(UserError, match="Isolde Marchbank is commissioned"):
        store.write(CommissionReviewer(second, 2))
    with pytest.raises(UserError, match="already"):
        store.write(CommissionReviewer(first, 2))
    ended: dict[str, Value] = {"ended_on": date(2022, 1, 10)}
    store.write(AmendRecord("commission", first, 2, ended))
    store.write(CommissionReviewer(second, 2))
    assert outcomes(store, review)["Isolde Marchbank"] == "commissioned"


def test_the_money_of_a_review(store: Store, review: int) -> None:
    make(
        store,
        "commission",
        review=review,
        name="Isolde Marchbank",
        outcome="commissioned",
        fee=Decimal(14000),
        budget=Decimal(15000),
    )
    make(store, "commission", review=review, name="Una Crake", budget=Decimal(99))
    paid: dict[str, Value] = {"invoice": "11", "paid_on": date(2022, 2, 1)}
    make(store, "cost_line", review=review, description="First", amount=Decimal(9400), **paid)
    make(
        store, "cost_line", review=review, description="Second", amount=Decimal(3000), invoice="12"
    )
    told = spending_words(store.read(spending_of, review))
    assert told == "£12,400 of £15,000 spent, £3,000 unpaid, £2,600 left"


def test_a_question_in_writing_is_kept_and_gives_its_text(store: Store, review: int) -> None:
    with pytest.raises(InvalidRecord, match="what is asked"):
        store.write(
            AskInWriting({"review": review, "asked_on": BEGUN, "asked_of": "Isolde Marchbank"})
        )
    asked: dict[str, Value] = {
        "review": review,
        "asked_on": date(2022, 1, 10),
        "asked_of": "Isolde Marchbank",
        "question": "Is it on time?",
    }
    made = store.write(AskInWriting(asked)).record_id
    assert made is not None
    row = store.read(record, "progress_check", made)
    assert row is not None
    assert row.values["in_writing"] is True
    text = store.read(progress_request, made)
    assert "To Isolde Marchbank" in text
    assert "LR-2021-09" in text
    assert "10 Jan 2022: request in writing under regulation 14" in text
    assert "Is it on time?" in text


def test_the_letters_say_what_is_recorded_and_no_more(store: Store, review: int) -> None:
    notice = store.read(start_notice, review)
    assert "decided on 01 Sep 2021 to undertake" in notice
    assert "The lead reviewer's name follows." in notice
    assert "published by 01 Mar 2022" in notice
    row = store.read(record, "review", review)
    assert row is not None
    values: dict[str, Value] = {
        "delay_reasons": ("inquest", "family"),
        "reviewer": "Isolde Marchbank",
    }
    store.write(AmendRecord("review", review, row.version, values))
    make(
        store,
        "parallel_process",
        review=review,
        kind="inquest",
        contact="Coroner's officer",
        holds_publication=True,
    )
    make(store, "pause", review=review, reason="criminal", from_on=date(2022, 2, 1))
    letter = store.read(delay_letter, review)
    assert "by the decision of 01 Sep 2021 and was to be published by 01 Mar 2022" in letter
    assert "The reasons are:\n- Inquest\n- Wishes or needs of the family" in letter
    assert "Publication waits for:\n- Inquest" in letter
    assert "- Criminal investigation or trial, since 01 Feb 2022" in letter
    assert "planned" not in letter
    assert "It is led by Isolde Marchbank." in store.read(start_notice, review)
