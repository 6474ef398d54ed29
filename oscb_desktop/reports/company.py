"""What does not stand alone: headings go with what they head, a small table with its chart."""

from __future__ import annotations

from typing import Any

from reportlab.platypus.flowables import CondPageBreak, Flowable

_SPACES = 12.0  # points above and below a table, which its least height leaves out
_MOST_COMPANY = 300.0  # points: headings longer than this may stand where they fall


class Company(CondPageBreak):  # type: ignore[misc]
    """Begins a new page where what belongs together would be parted at the foot of one.

    ``kept`` are headings and the block that they lead to, of which the beginning is enough;
    ``beside`` is what follows that block on its page wherever a page holds all of them.
    """

    def __init__(self, *, is_headed: bool = True) -> None:
        super().__init__(0)
        # The space after what came before counts for a table as if nothing stood between them.
        self._SPACETRANSFER = not is_headed
        self.kept: list[Flowable] = []
        self.beside: list[Flowable] = []

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Ask for as much room as all of it takes, or else the headings and what they begin."""
        page = self._page(availHeight)
        begun = self._begun(availWidth)
        whole = _height([*self.kept, *self.beside], availWidth) if self.beside else 0.0
        # A table of a few high rows is continued, and has nothing beside it.
        is_held = whole <= page and _height(self.kept, availWidth) <= begun + _SPACES
        self.height = max(whole, begun) if is_held else min(begun, page)
        found: tuple[float, float] = super().wrap(availWidth, availHeight)
        return found

    def _begun(self, width: float) -> float:
        *leads, last = self.kept
        above = _height(leads, width)
        if hasattr(last, "least"):
            return above + float(last.least(width))
        return min(above + float(last.wrap(width, 0)[1]), _MOST_COMPANY)

    def _page(self, room: float) -> float:
        """Return how high a page is in points."""
        frame: Any = self._doctemplateAttr("frame")
        return float(frame._height) if frame else room  # noqa: SLF001


def _height(blocks: list[Flowable], width: float) -> float:
    heights = (float(block.wrap(width, 1e6)[1]) for block in blocks)
    spaces = (float(block.getSpaceBefore() + block.getSpaceAfter()) for block in blocks)
    return sum(heights) + sum(spaces)
