"""What a review cost so far, against what was agreed with its reviewer."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from oscb_desktop.domain.spending import Cost, Spending, agreed_sum, spending
from oscb_desktop.domain.values import Value, is_empty
from oscb_desktop.queries.records import RecordRow, records


def spending_of(session: Session, review_id: int) -> Spending:
    """Return the sums of a review; what was agreed is that of everybody who was commissioned."""
    costs = tuple(
        Cost(
            _amount(row.values["amount"]) or Decimal(),
            not is_empty(row.values["invoice"]),
            not is_empty(row.values["paid_on"]),
        )
        for row in records(session, "cost_line", owner=review_id)
    )
    agreed = [
        _agreed(row)
        for row in records(session, "commission", owner=review_id)
        if row.values["outcome"] == "commissioned"
    ]
    known = [amount for amount in agreed if amount is not None]
    return spending(costs, sum(known, Decimal()) if known else None)


def _agreed(row: RecordRow) -> Decimal | None:
    budget, fee, rate = (_amount(row.values[name]) for name in ("budget", "fee", "day_rate"))
    days = row.values["days"]
    return agreed_sum(budget, fee, rate, days if isinstance(days, int) else None)


def _amount(value: Value) -> Decimal | None:
    return None if is_empty(value) else Decimal(str(value))
