"""Headings that do not stand alone: they go to the next page with what they head."""

from __future__ import annotations

from reportlab.platypus.flowables import CondPageBreak, Flowable

_MOST_COMPANY = 300.0  # points: headings longer than this may stand where they fall


class Company(CondPageBreak):  # type: ignore[misc]
    """Begins a new page where a heading would stand at the foot of one without what it heads."""

    def __init__(self) -> None:
        super().__init__(0)
        self.kept: list[Flowable] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Ask for as much room as the headings and the beginning of the next block take."""
        *leads, last = self.kept
        heights = (lead.wrap(availWidth, availHeight)[1] for lead in leads)
        spaces = (lead.getSpaceBefore() + lead.getSpaceAfter() for lead in leads)
        begun = last.least(availWidth) if hasattr(last, "least") else last.wrap(availWidth, 0)[1]
        self.height = min(sum(heights) + sum(spaces) + begun, _MOST_COMPANY)
        found: tuple[float, float] = super().wrap(availWidth, availHeight)
        return found
