"""What changed because of reviews: recorded with how it is known and when it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.values import Value
from oscb_desktop.services import naming, records
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class RecordImpact:
    """Record what changed, through which actions, because of which reviews, on which themes."""

    what_changed: str
    how_known: str
    seen_on: date
    actions: tuple[int, ...] = ()
    reviews: tuple[int, ...] = ()
    themes: tuple[int, ...] = ()

    def carry_out(self, work: Work) -> None:
        """Record it; raises ``InvalidRecord`` where a part of it is missing, or still to come."""
        values: dict[str, Value] = {
            "what_changed": self.what_changed,
            "how_known": self.how_known,
            "seen_on": self.seen_on,
            "actions": self.actions,
            "reviews": self.reviews,
            "themes": self.themes,
        }
        work.record_id = records.add(work, "impact", values)
        work.label = naming.label(work, "Record", "impact", work.record_id)
