"""Ticking off the steps on the way to an action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.errors import UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.services import records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class CompleteMilestone:
    """Say that a milestone is done on a day, or with no day that it is not done after all."""

    milestone_id: int
    version: int
    done_on: date | None

    def carry_out(self, work: Work) -> None:
        """Tick it off, or take the tick away."""
        row = records.live_row(work, "milestone", self.milestone_id)
        check_version(row, self.version)
        if not records.amend(work, "milestone", self.milestone_id, {"done_on": self.done_on}):
            raise UserError("This milestone stands so already.")
        verb = "Done" if self.done_on else "Not done after all"
        values = reading.values_of(work.session, "milestone", row)
        action = values["action"]
        assert isinstance(action, int)
        of = reading.record(work.session, "action", action)
        work.label = f"{verb}: {values['text']}, {of.words('reference') if of else ''}"
        work.record_id = self.milestone_id
