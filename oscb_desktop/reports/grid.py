"""Rows of cells that run over pages: tables, lists and panels are laid out by this flowable.

ReportLab's own table measures every row before it draws the first; this one measures a row when its
page comes, so that 5,000 rows cost ten times what 500 do, and a row higher than a page is simply
continued.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable

from oscb_desktop.reports.text import TextBlock

_WORTH_SPLITTING = 90.0  # points: a lower row goes to the next page whole
_NARROWEST = 12.0  # points: a letter's width, where a table has more columns than fit
_WHOLE_ROWS, _WHOLE_HEIGHT, _LOW = 12, 300.0, 48.0
"""A table of no more rows and points than these is not parted, if all of its rows are low."""
_HIGHEST_REPEATED_HEAD = 160.0  # points: a higher one would leave no room for what it heads


@dataclass(frozen=True, slots=True)
class Look:
    """How a grid is drawn: cell padding and row inset in points, rules, a bar on the left."""

    padding: tuple[float, float] = (4.0, 3.5)
    inset: float = 0.0
    rule: Color | None = None
    head_rule: Color | None = None
    bar: Color | None = None

    def inner(self, width: float) -> float:
        """Return the points that a column leaves for words, never too few to lay them out."""
        return max(_NARROWEST, width - 2 * self.padding[0])


@dataclass(frozen=True, slots=True)
class Column:
    """How wide a column is: so many points at least, and its share of what the others leave."""

    least: float
    share: float = 0.0


@dataclass(slots=True)
class Row:
    """One row: the blocks of each cell, one under the other, on a fill or on none."""

    cells: list[list[TextBlock]]
    fill: Color | None = None
    height: float = field(default=-1.0)

    def measure(self, widths: Sequence[float], look: Look) -> float:
        """Return the height in points at these column widths, measured once."""
        if self.height < 0:
            pairs = zip(self.cells, widths, strict=True)
            inner = (_stacked(cell, look.inner(width)) for cell, width in pairs)
            self.height = max(inner, default=0.0) + 2 * look.padding[1]
        return self.height

    def split(self, widths: Sequence[float], look: Look, room: float) -> tuple[Row, Row] | None:
        """Return what fits into ``room`` points and the rest, or None where nothing would fit."""
        top: list[list[TextBlock]] = []
        rest: list[list[TextBlock]] = []
        for cell, width in zip(self.cells, widths, strict=True):
            fits, remains = _split(cell, look.inner(width), room - 2 * look.padding[1])
            top.append(fits)
            rest.append(remains)
        if not any(top) or not any(rest):
            self.height = -1  # a paragraph that could not be split has forgotten its lines
            return None
        return Row(top, self.fill), Row(rest, self.fill)


def _stacked(cell: list[TextBlock], width: float) -> float:
    heights = (block.wrap(width, 0)[1] for block in cell)
    return float(sum(heights) + sum(block.style.spaceAfter for block in cell[:-1]))


def _split(
    cell: list[TextBlock], width: float, room: float
) -> tuple[list[TextBlock], list[TextBlock]]:
    for index, block in enumerate(cell):
        height = block.height
        if height > room + 1e-6:
            parts = block.split(width, room)
            fits, remains = ([parts[0]], parts[1:]) if parts else ([], [block])
            return cell[:index] + fits, [*remains, *cell[index + 1 :]]
        room -= height + block.style.spaceAfter
    return cell, []


class Grid(Flowable):  # type: ignore[misc]
    """Rows of cells in columns; each page that the rows run over repeats the head."""

    def __init__(
        self,
        rows: list[Row],
        columns: Sequence[Column],
        look: Look,
        *,
        head: Row | None = None,
        continued: bool = False,
        gaps: tuple[float, float] = (3.0, 7.0),
        is_table: bool = False,
    ) -> None:
        super().__init__()
        self.rows = rows
        self.columns = columns
        self.look = look
        self.head = head
        self.continued = continued
        self.is_table = is_table
        self.gaps = gaps
        self.spaceBefore, self.spaceAfter = gaps

    def _settle(self, room: float) -> None:
        """Fix the columns in points; a head too high to be repeated becomes the first row."""
        room -= 2 * self.look.inset
        least = sum(column.least for column in self.columns)
        shares = sum(column.share for column in self.columns) or 1
        squeeze = min(1.0, room / least) if least else 1.0
        spare = max(0.0, room - least) / shares
        self.widths = [column.least * squeeze + column.share * spare for column in self.columns]
        if self.head and self.head.measure(self.widths, self.look) > _HIGHEST_REPEATED_HEAD:
            self.rows = [self.head, *self.rows]
            self.head = None

    @property
    def is_small(self) -> bool:
        """Whether it has so few rows that they stand together where they are low."""
        return len(self.rows) <= _WHOLE_ROWS

    def _head_height(self) -> float:
        return self.head.measure(self.widths, self.look) if self.head else 0.0

    def least(self, room: float) -> float:
        """Return the height in points that the grid wants on a page before it may be continued.

        A small table wants to stand whole; of a larger one the first row is the beginning, or the
        first two where they are low.
        """
        self._settle(room)
        if not self.is_table:
            first = self.rows[0].measure(self.widths, self.look) if self.rows else 0.0
            return self._head_height() + min(first, _WORTH_SPLITTING)
        heights = [row.measure(self.widths, self.look) for row in self.rows[:_WHOLE_ROWS]]
        if self.is_small and max(heights, default=0) <= _LOW and sum(heights) <= _WHOLE_HEIGHT:
            return self._head_height() + sum(heights)
        begun = sum(heights[: 2 if max(heights[:2], default=0) <= _LOW else 1])
        return self._head_height() + min(begun, _WORTH_SPLITTING)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Return width and height in points, counting no further than it takes to fill the page."""
        self._settle(availWidth)
        self.width, self.height = availWidth, self._head_height()
        for row in self.rows:
            self.height += row.measure(self.widths, self.look)
            if self.height > availHeight:
                break
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Grid]:  # noqa: N803
        """Return the part for this page and the rest, or nothing where not even a row fits."""
        self._settle(availWidth)
        room = availHeight - self._head_height()
        count = 0
        while count < len(self.rows) and self.rows[count].measure(self.widths, self.look) <= room:
            room -= self.rows[count].height
            count += 1
        if self._leaves_one(count):
            count -= 1
            room = 0.0
        here, rest = self.rows[:count], self.rows[count:]
        if rest and rest[0].height > _WORTH_SPLITTING:
            parts = rest[0].split(self.widths, self.look, room)
            if parts:
                here, rest = [*here, parts[0]], [parts[1], *rest[1:]]
        if not here:
            return []
        first = self._part(here, continued=self.continued)
        return [first, self._part(rest, continued=True)] if rest else [first]

    def _leaves_one(self, count: int) -> bool:
        """Say whether a low last row would stand alone under the head on a new page."""
        alone = self.head is not None and 2 < count == len(self.rows) - 1
        return alone and self.rows[-1].height <= _WORTH_SPLITTING

    def _part(self, rows: list[Row], *, continued: bool) -> Grid:
        return Grid(
            rows, self.columns, self.look, head=self.head, continued=continued, gaps=self.gaps
        )

    def draw(self) -> None:
        """Draw fills and rules as artifacts, then the cells; a repeated head is an artifact too."""
        rows = [self.head, *self.rows] if self.head else self.rows
        with self.canv.artifact():
            self._draw_ground(rows)
        top = self.height
        for row in rows:
            if row is self.head and self.continued:
                with self.canv.artifact():
                    self._draw_cells(row, top)
            else:
                self._draw_cells(row, top)
            top -= row.height

    def _draw_ground(self, rows: list[Row]) -> None:
        canvas, top = self.canv, self.height
        canvas.saveState()
        canvas.setLineWidth(0.5)
        for row in rows:
            top -= row.height
            if row.fill is not None:
                canvas.setFillColor(row.fill)
                canvas.rect(0, top, self.width, row.height, stroke=0, fill=1)
            rule = self.look.head_rule if row is self.head else self.look.rule
            if rule is not None:
                canvas.setStrokeColor(rule)
                canvas.line(0, top, self.width, top)
        if self.look.bar is not None:
            canvas.setFillColor(self.look.bar)
            canvas.rect(0, top, 3, self.height - top, stroke=0, fill=1)
        canvas.restoreState()

    def _draw_cells(self, row: Row, top: float) -> None:
        left = self.look.inset + self.look.padding[0]
        for cell, width in zip(row.cells, self.widths, strict=True):
            y = top - self.look.padding[1]
            for block in cell:
                y -= block.height
                block.drawOn(self.canv, left, y)
                y -= block.style.spaceAfter
            left += width
