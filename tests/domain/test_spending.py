"""What a review costs against what was agreed, in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oscb_desktop.domain.spending import (
    Cost,
    agreed_sum,
    fee_words,
    pounds,
    spending,
    spending_words,
)

COSTS = (
    Cost(Decimal(9400), is_invoiced=True, is_paid=True),
    Cost(Decimal(3000), is_invoiced=True),
)


@pytest.mark.parametrize(
    ("costs", "agreed", "words"),
    [
        (COSTS, Decimal(15000), "£12,400 of £15,000 spent, £3,000 unpaid, £2,600 left"),
        (COSTS, Decimal(12000), "£12,400 of £12,000 spent, £3,000 unpaid, £400 more than agreed"),
        (COSTS[:1], None, "£9,400 spent"),
        ((), Decimal(800), "£0 of £800 spent, £800 left"),
        ((Cost(Decimal("10.50")),), None, "£10.50 spent"),
    ],
)
def test_the_money_is_told_in_a_sentence(
    costs: tuple[Cost, ...], agreed: Decimal | None, words: str
) -> None:
    assert spending_words(spending(costs, agreed)) == words


def test_the_budget_counts_before_the_fee_and_the_fee_before_the_days() -> None:
    five, six, rate = Decimal(5), Decimal(6), Decimal(2)
    assert agreed_sum(five, six, rate, 7) == five
    assert agreed_sum(None, six, rate, 7) == six
    assert agreed_sum(None, None, rate, 7) == 14
    assert agreed_sum(None, None, rate, None) is None


@pytest.mark.parametrize(
    ("fee", "rate", "days", "words"),
    [
        (Decimal(12000), Decimal(500), 24, "£12,000, 24 days at £500"),
        (Decimal(12500), Decimal(500), 24, "£12,500, £500 more than 24 days at £500"),
        (Decimal(400), Decimal(500), 1, "£400, £100 less than 1 day at £500"),
        (None, Decimal(500), 24, "24 days at £500, £12,000"),
        (Decimal("9.99"), None, None, "£9.99"),
        (None, None, 3, ""),
    ],
)
def test_a_fee_is_held_against_its_days(
    fee: Decimal | None, rate: Decimal | None, days: int | None, words: str
) -> None:
    assert fee_words(fee, rate, days) == words


def test_pence_are_told_where_there_are_any() -> None:
    assert (pounds(Decimal("1234.00")), pounds(Decimal("0.05"))) == ("£1,234", "£0.05")
