"""The reviewer on a review's page: who was asked to lead it, who was chosen, on what terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.spending import fee_words
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.commissioning import CommissionReviewer
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.keyed_section import KeyAct
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.review.progress import OfAFullReview, ReadRow
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.small_table import Line

_NOT_CHOSEN = ("declined", "not_chosen")
_COMMISSION: tuple[KeyAct, ...] = (("C", "Commission", "Commission the chosen reviewer"),)


class ReviewerSection(OfAFullReview):
    """Everybody who was asked to lead; C commissions the chosen one and declines the others."""

    headings = ("Reviewer", "Interest", "Independence", "Terms", "Contract", "Outcome")
    wide = 3

    def __init__(self, context: Context, read: ReadRow, fits: Callable[[str], bool]) -> None:
        super().__init__(context, "commission", read, fits, "Lead reviewer")

    def told(self, review: RecordRow, rows: Sequence[RecordRow]) -> QWidget:
        """Return the table, and a word where the chosen one's independence was not checked."""
        self.keys = () if any(_runs(one) for one in rows) else _COMMISSION
        chosen = [one for one in rows if one.values["outcome"] == "commissioned"]
        table = super().told(review, rows)
        return column(table, *(quiet(said) for one in chosen for said in _lacks(one)))

    def line(self, row: RecordRow) -> Line:
        """Return who, and how it stands with each."""
        return _line(row)

    def on_key(self, record_id: int, key: str) -> None:
        """Commission the reviewer."""
        row = self._context.operations.read(records.record, "commission", record_id)
        if row is not None:
            self.carry_out(CommissionReviewer(row.id, row.version), record_id)


def _runs(row: RecordRow) -> bool:
    """Whether this reviewer leads the review now, so that nobody else is commissioned."""
    return row.values["outcome"] == "commissioned" and not row.values["ended_on"]


def _line(row: RecordRow) -> Line:
    who = ", ".join(filter(None, (row.words("name"), row.words("organisation"))))
    checked = row.words("independence_on")
    if not checked and row.values["outcome"] not in _NOT_CHOSEN:
        checked = "not checked"
    contract = row.words("contract_on")
    if row.values["ended_on"]:
        contract = f"{contract} to {row.words('ended_on')}".strip()
    outcome = row.words("outcome") or "Under consideration"
    return Line(row.id, (who, row.words("interest_on"), checked, _terms(row), contract, outcome))


def _terms(row: RecordRow) -> str:
    fee, rate = row.values["fee"], row.values["day_rate"]
    days = row.values["days"]
    return fee_words(
        fee if isinstance(fee, Decimal) else None,
        rate if isinstance(rate, Decimal) else None,
        days if isinstance(days, int) else None,
    )


def _lacks(row: RecordRow) -> list[str]:
    said = []
    if not row.values["independence_on"]:
        said.append(f"The independence of {row.words('name')} has not been checked.")
    if not row.values["contract_on"]:
        said.append(f"No contract with {row.words('name')} is recorded.")
    return said
