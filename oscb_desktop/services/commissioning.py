"""Choosing the lead reviewer, and asking in writing how the review goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from oscb_desktop.domain.values import Value, is_empty
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.services import naming, records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work

_OPEN = (None, "", "considered")


@dataclass(frozen=True, slots=True)
class CommissionReviewer:
    """Commission one of those who were asked to lead a review."""

    commission_id: int
    version: int

    def carry_out(self, work: Work) -> None:
        """Name the review's lead reviewer and say of those still considered: not chosen.

        Raises ``UserError`` while another is commissioned whose contract has not ended.
        """
        row = records.live_row(work, "commission", self.commission_id)
        check_version(row, self.version)
        chosen = reading.values_of(work.session, "commission", row)
        if chosen["outcome"] == "commissioned":
            raise UserError("This reviewer is commissioned already.")
        review = chosen["review"]
        assert isinstance(review, int)
        for other in reading.records(work.session, "commission", owner=review):
            if other.id == self.commission_id:
                continue
            if other.values["outcome"] == "commissioned" and is_empty(other.values["ended_on"]):
                raise UserError(
                    f"{other.words('name')} is commissioned. Record the day on which that "
                    "contract ended first."
                )
            if other.values["outcome"] in _OPEN:
                records.amend(work, "commission", other.id, {"outcome": "not_chosen"})
        records.amend(work, "commission", self.commission_id, {"outcome": "commissioned"})
        records.amend(work, "review", review, {"reviewer": chosen["name"]})
        work.record_id = self.commission_id
        title = reading.title_of(work.session, "review", review)
        work.label = f"Commission {chosen['name']} for {title}"


@dataclass(frozen=True, slots=True)
class AskInWriting:
    """Ask the reviewer in writing about time and quality (SI 2018/789, regulation 14)."""

    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Keep what was asked, of whom and when; raises ``InvalidRecord`` where it asks nothing."""
        if is_empty(self.values.get("question")):
            raise InvalidRecord((FieldFault("question", "Say what is asked."),))
        values = {**self.values, "in_writing": True}
        work.record_id = records.add(work, "progress_check", values)
        work.label = naming.label(work, "Ask in writing:", "progress_check", work.record_id)
