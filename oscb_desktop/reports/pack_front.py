"""What opens a pack, and what stands in place of a part that cannot: cover, contents, sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable, PageBreak, Spacer
from reportlab.platypus.frames import Frame

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.documents import Fact
from oscb_desktop.domain.packs import Pack
from oscb_desktop.reports import fonts, styles, text
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.tagging import Tag, TaggedCanvas

SIDE = 19 * mm
_TOP, _BOTTOM = 22 * mm, 20 * mm
_NUMBER, _PAGE = 26.0, 34.0  # points for the number of a part, and for its page
_GAP = 6.0
_LONGEST = 300  # letters of a heading
_DOT = 3.2  # points from dot to dot of a leader

NOT_ACCESSIBLE = (
    "A pack joins pages that others made, so it is not an accessible PDF (PDF/UA) as a whole. The "
    "papers made here can be had as tagged files of their own."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the contents: a part, its first page, and what is to be said of it."""

    number: int
    heading: str
    page: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in place of a part that cannot be printed."""

    number: int
    heading: str
    why: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line of the contents stands: its page from 0, its box, the page it leads to."""

    page: int
    box: tuple[float, float, float, float]
    target: int


@dataclass(frozen=True, slots=True)
class Front:
    """The cover and the contents, then a page for each sheet, as one PDF.

    ``pages`` counts those before the sheets; the contents begin on the page at ``contents``.
    """

    data: bytes
    pages: int
    spots: tuple[Spot, ...]

    @property
    def contents(self) -> int:
        """The page on which the contents begin, counted from 0; a long note takes more than one."""
        return self.spots[0].page if self.spots else self.pages - 1


def front(
    pack: Pack, lines: Sequence[Line], sheets: Sequence[Sheet], pages: int, *, invariant: bool
) -> Front:
    """Return what opens a pack of so many ``pages`` in all; its own number of ``pages`` is told."""
    story = Story(pack.accent)
    spots: list[Spot] = []
    _tell_cover(story, pack, pages)
    story.add(PageBreak())
    _tell_contents(story, pack, lines, spots)
    for sheet in sheets:
        story.add(PageBreak())
        _tell_sheet(story, sheet)
    data, count = _laid_out(story, pack, invariant=invariant)
    return Front(data, count - len(sheets), tuple(spots))


def _laid_out(story: Story, pack: Pack, *, invariant: bool) -> tuple[bytes, int]:
    fonts.register()
    buffer = BytesIO()
    template = BaseDocTemplate(buffer, pagesize=A4, invariant=int(invariant), pageCompression=1)
    frame = Frame(SIDE, _BOTTOM, A4[0] - 2 * SIDE, A4[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate(frames=[frame]))
    maker = partial(
        TaggedCanvas, root=story.root, furniture=lambda *_: None, title=text.words(pack.title)
    )
    template.build(story.flowables, canvasmaker=maker)
    return buffer.getvalue(), template.page


def _tell_cover(story: Story, pack: Pack, pages: int) -> None:
    story.add(Spacer(0, 52 * mm))
    story.title(pack.title, kicker=pack.organisation, subtitle=pack.subtitle)
    story.rule()
    story.facts(
        (
            *pack.about,
            Fact("Pack", pack.reference),
            Fact("Holds", f"{counted(len(pack.parts), 'part')} on {counted(pages, 'page')}"),
            Fact("Made", " · ".join(filter(None, (pack.made_at, pack.made_by)))),
        )
    )
    story.add(Spacer(0, 4 * mm))
    story.paragraphs((NOT_ACCESSIBLE,), "quiet")


def _tell_contents(story: Story, pack: Pack, lines: Sequence[Line], spots: list[Spot]) -> None:
    story.heading("Contents")
    for line in lines:
        story.add(ContentsLine(line, story, spots))
    if not pack.parts:
        story.paragraphs(("Nothing is ticked for this pack.",), "quiet")


def _tell_sheet(story: Story, sheet: Sheet) -> None:
    story.add(Spacer(0, 30 * mm))
    story.paragraphs((f"Part {sheet.number}",), "kicker")
    story.paragraphs((sheet.heading[:600],), "title")
    story.rule()
    story.paragraphs((sheet.why,), "lead")
    story.facts(sheet.facts)


class ContentsLine(Flowable):  # type: ignore[misc]
    """The number, the heading and the page of a part, with dots that lead the eye."""

    def __init__(self, line: Line, story: Story, spots: list[Spot]) -> None:
        super().__init__()
        self.line, self.spots = line, spots
        row = Tag("P", story.root)
        self.number = text.block(str(line.number), story.styles.numeral, row)
        right = ParagraphStyle("page", parent=story.styles.strong, alignment=TA_RIGHT)
        self.page = text.block(str(line.page), right, row)
        self.heading = text.block(text.words(line.heading)[:_LONGEST], story.styles.body, row)
        self.notes = [text.block(note, story.styles.quiet, row) for note in line.notes]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Take the whole width, and the height of the heading with its notes."""
        room = availWidth - _NUMBER - _PAGE - _GAP
        self.width = availWidth
        blocks = [self.heading, *self.notes]
        self.height = sum(block.wrap(room, 0)[1] for block in blocks) + _GAP
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line, and note where it stands."""
        top = self.height - _GAP / 2
        self._put(self.number, 0, top, _NUMBER)
        bottom = self._put(self.heading, _NUMBER, top, self._room)
        self._draw_leader(bottom)
        self._put(self.page, self.width - _PAGE, bottom + self.heading.style.leading, _PAGE)
        for note in self.notes:
            bottom = self._put(note, _NUMBER, bottom, self._room)
        x, y = self.canv.absolutePosition(0, 0)
        box = (x, y, x + self.width, y + self.height)
        self.spots.append(Spot(self.canv.getPageNumber() - 1, box, self.line.page - 1))

    @property
    def _room(self) -> float:
        return float(self.width - _NUMBER - _PAGE - _GAP)

    def _put(self, block: text.TextBlock, x: float, top: float, room: float) -> float:
        """Draw a block under ``top`` and return where it ends."""
        height = float(block.wrapOn(self.canv, room, 0)[1])
        block.drawOn(self.canv, x, top - height)
        return top - height

    def _draw_leader(self, bottom: float) -> None:
        heading = self.heading
        last = heading.blPara.lines[-1] if heading.blPara.lines else None
        spare = (last[0] if isinstance(last, tuple) else last.extraSpace) if last else self._room
        start, end = _NUMBER + self._room - spare + _GAP, self.width - _PAGE + _GAP
        with self.canv.artifact():
            self.canv.saveState()
            self.canv.setStrokeColor(styles.RULE)
            self.canv.setLineWidth(0.9)
            self.canv.setLineCap(1)
            self.canv.setDash([0, _DOT])
            if end > start:
                self.canv.line(start, bottom + 4, end, bottom + 4)
            self.canv.restoreState()
