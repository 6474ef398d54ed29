"""What a review costs against what was agreed for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_NOTHING = Decimal()


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost, as far as its payment goes."""

    amount: Decimal
    is_invoiced: bool = False
    is_paid: bool = False


@dataclass(frozen=True, slots=True)
class Spending:
    """What was agreed for a review, what was spent, and what of that is invoiced and not paid.

    ``agreed`` is the budget or, where none was set, the fee; nothing where neither is known.
    """

    spent: Decimal
    unpaid: Decimal = _NOTHING
    agreed: Decimal | None = None

    @property
    def left(self) -> Decimal | None:
        """What is left of what was agreed, below nothing when more was spent."""
        return None if self.agreed is None else self.agreed - self.spent


def spending(costs: tuple[Cost, ...], agreed: Decimal | None) -> Spending:
    """Return the sums."""
    unpaid = sum((cost.amount for cost in costs if cost.is_invoiced and not cost.is_paid), _NOTHING)
    return Spending(sum((cost.amount for cost in costs), _NOTHING), unpaid, agreed)


def agreed_sum(
    budget: Decimal | None, fee: Decimal | None, day_rate: Decimal | None, days: int | None
) -> Decimal | None:
    """Return what was agreed: the budget, else the fee, else the days at their rate."""
    by_days = None if day_rate is None or days is None else day_rate * days
    return next((sum_ for sum_ in (budget, fee, by_days) if sum_ is not None), None)


def spending_words(found: Spending) -> str:
    """Say it in one sentence, ``£12,400 of £15,000 spent, £3,000 unpaid, £2,600 left``."""
    parts = [f"{pounds(found.spent)} spent"]
    if found.agreed is not None:
        parts = [f"{pounds(found.spent)} of {pounds(found.agreed)} spent"]
    if found.unpaid:
        parts.append(f"{pounds(found.unpaid)} unpaid")
    left = found.left
    if left is not None:
        parts.append(f"{pounds(left)} left" if left >= 0 else f"{pounds(-left)} more than agreed")
    return ", ".join(parts)


def fee_words(fee: Decimal | None, day_rate: Decimal | None, days: int | None) -> str:
    """Say what was agreed with a reviewer, and where the fee is not its days at their rate."""
    if day_rate is None or days is None:
        return "" if fee is None else pounds(fee)
    counted = f"{days} {'day' if days == 1 else 'days'} at {pounds(day_rate)}"
    by_days = day_rate * days
    if fee is None:
        return f"{counted}, {pounds(by_days)}"
    if fee == by_days:
        return f"{pounds(fee)}, {counted}"
    more = "more" if fee > by_days else "less"
    return f"{pounds(fee)}, {pounds(abs(fee - by_days))} {more} than {counted}"


def pounds(amount: Decimal) -> str:
    """Write an amount, with pence only where there are any."""
    return f"£{amount:,.0f}" if amount == amount.to_integral_value() else f"£{amount:,.2f}"
