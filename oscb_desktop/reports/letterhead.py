"""What a published document opens and closes with, and the lines that a hand fills in."""

from __future__ import annotations

from PIL.Image import Image
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus.flowables import Flowable

from oscb_desktop.reports import styles, text
from oscb_desktop.reports.figures import say_where
from oscb_desktop.reports.tagging import Tag
from oscb_desktop.reports.text import TextBlock

_LOGO = (62 * mm, 14 * mm)  # the most that a logo takes
_GAP = 8 * mm
_HAND = 220.0  # points for what is filled in by hand
_TO_SIGN = 24.0  # points above a line without a label, for a signature is higher than a word
_DISC = 9.5  # points: the radius of the disc around the number of a step


class Letterhead(Flowable):  # type: ignore[misc]
    """Whose document it is on the left, and their logo on the right."""

    def __init__(self, organisation: TextBlock) -> None:
        super().__init__()
        self.organisation = organisation
        self.logo: Logo | None = None
        self.spaceBefore, self.spaceAfter = 0, 7

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the height of the higher of the two."""
        self.width = availWidth
        room = availWidth
        self.height = 0.0
        if self.logo is not None:
            width, self.height = self.logo.wrap(availWidth, availHeight)
            room -= width + _GAP
        self.height = max(self.height, self.organisation.wrap(room, availHeight)[1])
        return self.width, self.height

    def draw(self) -> None:
        """Draw both, the words where the logo ends."""
        self.organisation.drawOn(self.canv, 0, 0)
        if self.logo is not None:
            self.logo.drawOn(self.canv, self.width - self.logo.width, 0)


class Logo(Flowable):  # type: ignore[misc]
    """A picture as large as its room allows, never larger than it is sharp at 150 dpi."""

    def __init__(self, picture: Image, tag: Tag) -> None:
        super().__init__()
        self.picture = picture
        self.tag = tag
        width, height = (side * 72 / 150 for side in picture.size)
        shrunk = min(1.0, _LOGO[0] / width, _LOGO[1] / height)
        self.width, self.height = width * shrunk, height * shrunk

    def draw(self) -> None:
        """Draw it within the mark of its figure."""
        say_where(self)
        with self.canv.marked(self.tag):
            self.canv.drawImage(ImageReader(self.picture), 0, 0, self.width, self.height)


class StepHeading(TextBlock):
    """A heading after the number of its step on a disc; the number is decoration."""

    def __init__(self, block: TextBlock, number: int, fill: Color) -> None:
        super().__init__(block.plain, block.style, block.tag)
        self.number = text.block(str(number), styles.STEP)
        self.disc = fill

    def split(self, availWidth: float, availHeight: float) -> list[TextBlock]:  # noqa: N803
        """Go to the next page whole where it can, for the disc belongs to the first line."""
        return (
            [] if availHeight < self.style.leading * 3 else super().split(availWidth, availHeight)
        )

    def draw(self) -> None:
        """Draw the disc with its number, then the heading."""
        middle = self.height - self.style.leading / 2 - 1
        with self.canv.artifact():
            self.canv.setFillColor(self.disc)
            self.canv.circle(_DISC, middle, _DISC, stroke=0, fill=1)
        self.number.wrapOn(self.canv, 2 * _DISC, 0)
        self.number.drawOn(self.canv, 0, middle - 6.6)
        super().draw()


class Rule(Flowable):  # type: ignore[misc]
    """A thin line across the page: decoration only."""

    def __init__(self) -> None:
        super().__init__()
        self.height = 1.0
        self.spaceBefore, self.spaceAfter = 8, 5

    def wrap(self, availWidth: float, _availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole width."""
        self.width = availWidth
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line as an artifact."""
        with self.canv.artifact():
            self.canv.setStrokeColor(styles.RULE)
            self.canv.setLineWidth(0.75)
            self.canv.line(0, 0, self.width, 0)


class FillIn(Flowable):  # type: ignore[misc]
    """A label and a line to write on; the line is decoration, its length leaves room for a hand."""

    def __init__(self, label: TextBlock) -> None:
        super().__init__()
        self.label = label
        self.spaceBefore, self.spaceAfter = (10 if label.plain else _TO_SIGN), 10

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the height of the label and the whole width."""
        self.width = availWidth
        self.height = self.label.wrap(availWidth, availHeight)[1]
        return self.width, self.height

    def draw(self) -> None:
        """Draw the label, and the line after it."""
        self.label.drawOn(self.canv, 0, 0)
        begins = text.length(self.label.plain, self.label.style) + 6 if self.label.plain else 0.0
        ends = min(self.width, begins + _HAND)
        if begins < ends:
            with self.canv.artifact():
                self.canv.setStrokeColor(styles.MUTED)
                self.canv.setLineWidth(0.6)
                self.canv.line(begins, 2, ends, 2)
