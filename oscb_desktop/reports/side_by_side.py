"""Panels beside one another, of one height: what belongs together at one glance."""

from __future__ import annotations

from reportlab.platypus.flowables import Flowable

from oscb_desktop.reports.grid import Grid

_GAP = 10.0  # points between two panels
_MOST = 440.0  # points: higher ones stand below one another, for they would not fit every page
_BEGUN = 200.0  # points that such a row of panels wants on a page to begin there


class SideBySide(Flowable):  # type: ignore[misc]
    """Some panels, each of grids one below the other, drawn in as many columns."""

    def __init__(self, panels: list[list[Grid]]) -> None:
        super().__init__()
        self.panels = panels
        self.spaceBefore, self.spaceAfter = 10, 6

    def wrap(self, availWidth: float, _availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole width and the height of the highest panel."""
        count = len(self.panels)
        self.width = availWidth
        self.column = (availWidth - _GAP * (count - 1)) / count
        self._forget()
        self.height = max(
            sum(grid.wrap(self.column, 1e6)[1] for grid in panel) for panel in self.panels
        )
        return self.width, self.height

    def _forget(self) -> None:
        """Forget how high the rows were in columns of another width."""
        for panel in self.panels:
            for grid in panel:
                for row in grid.rows:
                    row.height = -1

    def split(self, _availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Go to the next page whole, or stand below one another where no page is high enough."""
        if self.height <= _MOST or availHeight < _BEGUN:
            return []
        self._forget()
        return [grid for panel in self.panels for grid in panel]

    def draw(self) -> None:
        """Draw one ground for all columns, then what stands in each."""
        left = 0.0
        for panel in self.panels:
            self._draw_ground(panel[0], left)
            top = self.height
            for grid in panel:
                top -= grid.height
                grid.drawOn(self.canv, left, top)
            left += self.column + _GAP

    def _draw_ground(self, grid: Grid, left: float) -> None:
        with self.canv.artifact():
            self.canv.saveState()
            for colour, width in ((grid.rows[0].fill, self.column), (grid.look.bar, 3)):
                if colour is not None:
                    self.canv.setFillColor(colour)
                    self.canv.rect(left, 0, width, self.height, stroke=0, fill=1)
            self.canv.restoreState()
