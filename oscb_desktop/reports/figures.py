"""Drawings that carry a meaning: each is a tagged figure and says in words what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reportlab.graphics.barcode import qrencoder
from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.platypus.flowables import Flowable

from oscb_desktop.reports import fonts, styles, text
from oscb_desktop.reports.tagging import Tag

_HEIGHT = 15.0
_SIZE = 8.5
_CODE = 44 * mm
_QUIET = 4  # modules that stay white around a QR code (ISO/IEC 18004, 9.1)


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
        say_where(self)
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


class QrCode(Flowable):  # type: ignore[misc]
    """A QR code of letters and digits; ``what`` says what it is for, never what it holds."""

    def __init__(self, holds: str, what: str, parent: Tag) -> None:
        super().__init__()
        self.spaceBefore, self.spaceAfter = 4, 6
        self.width = self.height = _CODE
        self.tag = Tag("Figure", parent, alt=what)
        code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
        code.addData(qrencoder.QRAlphaNum(holds))
        code.make()
        self.modules: list[list[bool]] = code.modules

    def draw(self) -> None:
        """Draw the dark modules, each run of them in a row as one bar."""
        say_where(self)
        side = _CODE / (len(self.modules) + 2 * _QUIET)
        with self.canv.marked(self.tag):
            self.canv.saveState()
            self.canv.setFillColor(black)
            for number, row in enumerate(self.modules, start=1 + _QUIET):
                place = _QUIET
                for dark, run in groupby(row):
                    count = len(list(run))
                    if dark:
                        x, y = place * side, _CODE - number * side
                        self.canv.rect(x, y, count * side, side, stroke=0, fill=1)
                    place += count
            self.canv.restoreState()


def say_where(figure: Any) -> None:
    """Give the tag of a figure the box that it is drawn in (ISO 14289-1, 7.3)."""
    left, bottom = figure.canv.absolutePosition(0, 0)
    box = f"{left:.1f} {bottom:.1f} {left + figure.width:.1f} {bottom + figure.height:.1f}"
    figure.tag.attributes = f"/O /Layout /Placement /Block /BBox [ {box} ]"
