"""Panels beside one another, of one height: what belongs together at one glance.

The longer of two may be the wider, and they stand below one another where a page would be wasted.
"""

from __future__ import annotations

from reportlab.platypus.flowables import Flowable

from oscb_desktop.reports.company import Company
from oscb_desktop.reports.grid import Grid

_GAP = 10.0  # points between two panels
_MOST = 440.0  # points: higher ones stand below one another, for they would not fit every page
_WASTED = 180.0  # points: a page with more room than that is not left for the next
_BEGUN = 80.0  # points that panels below one another want on a page to begin there
_SHARES = (0.5, 0.58, 0.42, 0.65, 0.35)  # of the width that the first of two panels may take
_WORTH = 25.0  # points of height that panels of unlike width must spare


class SideBySide(Flowable):  # type: ignore[misc]
    """Some panels, each of grids one below the other, drawn in as many columns."""

    def __init__(self, panels: list[list[Grid]]) -> None:
        super().__init__()
        self.panels = panels
        self.spaceBefore, self.spaceAfter = 10, 6

    def wrap(self, availWidth: float, _availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole width and the height of the highest panel."""
        self.width = availWidth
        even = self.height = self._measured(1 / len(self.panels))
        if len(self.panels) == 2:
            height, share = min((self._measured(share), share) for share in _SHARES)
            share = share if even - height > _WORTH else _SHARES[0]
            self.height = self._measured(share)
        return self.width, self.height

    def _measured(self, share: float) -> float:
        """Return the height of the highest panel, where the first takes a share of the width."""
        room, others = self.width - _GAP * (len(self.panels) - 1), len(self.panels) - 1
        rest = [room * (1 - share) / others] * others if others else []
        self.columns = [room * share, *rest]
        self._forget()
        return max(
            sum(grid.wrap(column, 1e6)[1] for grid in panel)
            for panel, column in zip(self.panels, self.columns, strict=True)
        )

    def _forget(self) -> None:
        """Forget how high the rows were in columns of another width."""
        for panel in self.panels:
            for grid in panel:
                for row in grid.rows:
                    row.height = -1

    def split(self, _availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Go to the next page whole, or stand below one another where no page is high enough."""
        if availHeight < (_WASTED if self.height <= _MOST else _BEGUN):
            return []
        self._forget()
        parts: list[Flowable] = []
        for panel in self.panels:
            company = Company()
            company.kept.extend(panel[:2])
            parts += [company, *panel]
        return parts

    def draw(self) -> None:
        """Draw one ground for all columns, then what stands in each."""
        left = 0.0
        for panel, column in zip(self.panels, self.columns, strict=True):
            self._draw_ground(panel[0], left, column)
            top = self.height
            for grid in panel:
                top -= grid.height
                grid.drawOn(self.canv, left, top)
            left += column + _GAP

    def _draw_ground(self, grid: Grid, left: float, column: float) -> None:
        with self.canv.artifact():
            self.canv.saveState()
            for colour, width in ((grid.rows[0].fill, column), (grid.look.bar, 3)):
                if colour is not None:
                    self.canv.setFillColor(colour)
                    self.canv.rect(left, 0, width, self.height, stroke=0, fill=1)
            self.canv.restoreState()
