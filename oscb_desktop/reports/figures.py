"""Drawings that carry a meaning: each is a tagged figure and says in words what it shows."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable

from oscb_desktop.reports import fonts, styles, text
from oscb_desktop.reports.tagging import Tag

_HEIGHT = 15.0
_SIZE = 8.5


@dataclass(frozen=True, slots=True)
class Share:
    """One part of a whole: its name, its count and its fill."""

    name: str
    count: int
    fill: Color


class StackedBar(Flowable):  # type: ignore[misc]
    """The shares of a whole as one bar; every part carries its count, the words carry it all."""

    def __init__(self, what: str, shares: list[Share], parent: Tag) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = 4, 6
        self.shares = [share for share in shares if share.count]
        self.total = sum(share.count for share in self.shares)
        told = ", ".join(f"{share.count} {share.name}" for share in self.shares)
        self.tag = Tag("Figure", parent, alt=f"{what}, {self.total} in all: {told}")

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole width."""
        self.width, self.height = availWidth, _HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Draw the bar within the mark of its figure."""
        left, bottom = self.canv.absolutePosition(0, 0)
        box = f"{left:.1f} {bottom:.1f} {left + self.width:.1f} {bottom + self.height:.1f}"
        self.tag.attributes = f"/O /Layout /Placement /Block /BBox [ {box} ]"
        with self.canv.marked(self.tag):
            self.canv.saveState()
            x = 0.0
            for share in self.shares:
                x += self._draw_share(share, x)
            self.canv.restoreState()

    def _draw_share(self, share: Share, x: float) -> float:
        width = self.width * share.count / self.total
        self.canv.setFillColor(share.fill)
        self.canv.setStrokeColor(styles.edge_of(share.fill))
        self.canv.setLineWidth(0.6)
        self.canv.rect(x, 0, width, _HEIGHT, stroke=1, fill=1)
        labels = (text.words(f"{share.count} {share.name}"), str(share.count))
        label = next((said for said in labels if self._fits(said, width)), "")
        if label:
            self.canv.setFillColor(styles.ink_on(share.fill))
            self.canv.setFont(fonts.BOLD, _SIZE)
            self.canv.drawCentredString(x + width / 2, 4, label)
        return width

    def _fits(self, label: str, width: float) -> bool:
        known = fonts.letters(fonts.BOLD).issuperset(map(ord, label))
        return known and fonts.width(label, fonts.BOLD, _SIZE) + 6 < width
