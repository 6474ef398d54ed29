"""A pack of papers bound into one PDF, and its numbered copies.

Whatever stands on a page that somebody sent is drawn within a frame of its own, so that nothing in
it can shift the stamps. Binding is done once; a copy is the bound pack with the copy's stamps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Page, Pdf

from oscb_desktop.domain.documents import Fact
from oscb_desktop.domain.kept_files import KINDS, size_words
from oscb_desktop.domain.packs import AttachedPart, MissingPart, OwnPart, Pack, PackCopy, PackPart
from oscb_desktop.reports import text
from oscb_desktop.reports.pack_attached import (
    Layers,
    UnreadablePdfError,
    link,
    opened,
    strip,
    strip_drawn,
)
from oscb_desktop.reports.pack_front import SIDE, Front, Line, Sheet, front
from oscb_desktop.reports.pack_images import UnreadableImageError, image_pages
from oscb_desktop.reports.pack_pages import framed, matrix
from oscb_desktop.reports.pack_stamps import Place, stamps
from oscb_desktop.reports.tagging import LANGUAGE

Progress = Callable[[int, int], None]
"""Told how many parts are done, of how many."""

_BOOKMARK = 120  # letters
_SEPARATELY = "This file travels separately: a pack can show only PDF files and pictures."
_UNSAFE = "It is damaged beyond repair. Ask the sender for it again."


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be known of a part: why a sheet stands in its place, or what was done to it."""

    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A pack as it is before it is stamped, with its number of pages and what is to be known."""

    data: bytes
    places: tuple[Place, ...]
    reference: str
    marking: str
    remarks: tuple[Remark, ...]

    @property
    def pages(self) -> int:
        """The number of pages, the cover included."""
        return len(self.places)

    def copy(self, copy: PackCopy | None = None, *, invariant: bool = False) -> bytes:
        """Return the pack with its stamps: numbers, marking and, where it is given, the copy."""
        return _stamped(self, copy or PackCopy(), invariant=invariant)


@dataclass(slots=True)
class _Leaf:
    """A part that is ready to be bound: its pages, or the sheet that stands in their place."""

    part: PackPart
    pdf: Pdf | None = None
    sheet: Sheet | None = None
    notes: tuple[str, ...] = ()
    layers: Layers = field(default_factory=Layers)
    inset: bool = False

    @property
    def pages(self) -> int:
        return len(self.pdf.pages) if self.pdf is not None else 1


def bind(pack: Pack, progress: Progress | None = None, *, invariant: bool = False) -> Bound:
    """Bind a pack: cover, contents, then the parts in their order.

    A part that cannot be shown is named on a sheet in its place. Whatever a file holds, the pack
    is made.
    """
    try:
        return _bound(pack, progress, invariant=invariant)
    except Exception:  # something that was sent opens, and breaks when it is written
        parts = tuple(_safe(part) for part in pack.parts)
        if parts == pack.parts:
            raise
        return _bound(replace(pack, parts=parts), progress, invariant=invariant)


def _safe(part: PackPart) -> PackPart:
    """Return a part, or what stands in its place where it cannot be written by itself."""
    if not isinstance(part, AttachedPart):
        return part
    try:
        alone = Pack("", "", "", (part,))
        _bound(alone, None, invariant=True).copy(invariant=True)
    except Exception:
        return MissingPart(part.heading, f"{_UNSAFE} ({part.name})")
    return part


def _bound(pack: Pack, progress: Progress | None, *, invariant: bool) -> Bound:
    leaves = []
    for number, part in enumerate(pack.parts, start=1):
        leaves.append(_leaf(number, part))
        if progress is not None:
            progress(number, len(pack.parts))
    opening = _front(pack, leaves, invariant=invariant)
    pdf, places = _joined(pack, opening, leaves)
    remarks = tuple(
        Remark(leaf.part.heading, words)
        for leaf in leaves
        for words in ((leaf.sheet.why,) if leaf.sheet else leaf.notes)
    )
    return Bound(_written(pdf), places, pack.reference, pack.marking, remarks)


def _leaf(number: int, part: PackPart) -> _Leaf:
    """Open a part, or make ready the sheet in its place."""
    if isinstance(part, OwnPart):
        ours = pikepdf.open(BytesIO(part.data))
        for page in ours.pages:
            strip(page)
        return _Leaf(part, ours)
    if isinstance(part, MissingPart):
        return _Leaf(part, sheet=Sheet(number, part.heading, part.why))
    kind = KINDS.get(part.name.rpartition(".")[2].lower())
    label = kind.label if kind else "File"
    why = _SEPARATELY
    try:
        if label == "PDF" or b"%PDF" in part.content[:1024]:
            found = opened(part.content)
            return _Leaf(part, found.pdf, notes=found.notes, layers=found.layers, inset=True)
        if label == "Image":
            return _Leaf(part, image_pages(part.content))
    except (UnreadablePdfError, UnreadableImageError) as problem:
        why = str(problem)
    facts = (
        Fact("File", part.name),
        Fact("Kind", label),
        Fact("Size", size_words(len(part.content))),
    )
    return _Leaf(part, sheet=Sheet(number, part.heading, why, facts))


def _front(pack: Pack, leaves: Sequence[_Leaf], *, invariant: bool) -> Front:
    """Return cover, contents and sheets, laid out anew where the contents take several pages."""
    sheets = [leaf.sheet for leaf in leaves if leaf.sheet]
    guess, total = 2, sum(leaf.pages for leaf in leaves)
    while True:
        lines = _lines(leaves, guess)
        made = front(pack, lines, sheets, guess + total, invariant=invariant)
        if made.pages == guess:
            return made
        guess = made.pages


def _lines(leaves: Sequence[_Leaf], opening: int) -> list[Line]:
    found, page = [], opening + 1
    for number, leaf in enumerate(leaves, start=1):
        notes = (leaf.sheet.why,) if leaf.sheet else leaf.notes
        found.append(Line(number, leaf.part.heading, page, notes))
        page += leaf.pages
    return found


def _joined(pack: Pack, opening: Front, leaves: Sequence[_Leaf]) -> tuple[Pdf, tuple[Place, ...]]:
    """Put everything behind each other; return it with the place of each page."""
    pdf, first = Pdf.new(), pikepdf.open(BytesIO(opening.data))
    sheets = iter(list(first.pages)[opening.pages :])
    pdf.pages.extend(list(first.pages)[: opening.pages])
    places = [
        framed(pdf, page, side=SIDE, cover=number == 0) for number, page in enumerate(pdf.pages)
    ]
    marks = [OutlineItem("Cover", 0), OutlineItem("Contents", opening.contents)]
    seen: set[tuple[int, int]] = set()
    for number, leaf in enumerate(leaves, start=1):
        start = len(pdf.pages)
        pdf.pages.extend(leaf.pdf.pages if leaf.pdf is not None else [next(sheets)])
        heading = f"{number}. {text.words(leaf.part.heading)}"
        marks.append(OutlineItem(heading[:_BOOKMARK], start))
        _add_layers(pdf, leaf)
        for page in list(pdf.pages)[start:]:
            places.append(_part_place(pdf, page, leaf, heading, seen))
    _link_contents(pdf, opening)
    _describe(pdf, pack, marks)
    return pdf, tuple(places)


def _part_place(
    pdf: Pdf, page: Page, leaf: _Leaf, heading: str, seen: set[tuple[int, int]]
) -> Place:
    if isinstance(leaf.part, OwnPart):
        return framed(pdf, page, marked=True, side=SIDE)
    if leaf.sheet is not None:
        return framed(pdf, page, side=SIDE)
    strip_drawn(page.obj.get("/Resources"), seen)
    return framed(pdf, page, heading=heading, inset=leaf.inset)


def _add_layers(pdf: Pdf, leaf: _Leaf) -> None:
    """Take over the layers of a PDF, so that those switched off stay so."""
    if not leaf.layers.all:
        return
    if "/OCProperties" not in pdf.Root:
        usual = Dictionary(OFF=Array(), Order=Array())
        pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=usual)
    declared = pdf.Root.OCProperties
    for layer in leaf.layers.all:
        declared.OCGs.append(pdf.copy_foreign(layer))
    for layer in leaf.layers.off:
        declared.D.OFF.append(pdf.copy_foreign(layer))


def _link_contents(pdf: Pdf, opening: Front) -> None:
    """Make each line of the contents lead to its part."""
    for spot in opening.spots:
        target = pdf.pages[spot.target].obj
        action = Dictionary(S=Name.GoTo, D=Array([target, Name.Fit]))
        found = link(Array([round(edge, 1) for edge in spot.box]), action)
        page = pdf.pages[spot.page].obj
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(pdf.make_indirect(found))


def _describe(pdf: Pdf, pack: Pack, marks: Iterable[OutlineItem]) -> None:
    """Say what the pack is, in its bookmarks and its properties."""
    with pdf.open_outline() as outline:
        outline.root.extend(marks)
    pdf.docinfo["/Title"] = text.words(pack.title)
    pdf.docinfo["/Author"] = text.words(pack.organisation)
    pdf.docinfo["/Subject"] = text.words(pack.subtitle)
    pdf.docinfo["/Creator"] = "OSCB Desktop"
    pdf.Root.Lang = pikepdf.String(LANGUAGE)
    pdf.Root.PageMode = Name.UseOutlines
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _written(pdf: Pdf) -> bytes:
    buffer = BytesIO()
    pdf.save(
        buffer,
        object_stream_mode=ObjectStreamMode.generate,
        deterministic_id=True,
        min_version="1.7",
    )
    return buffer.getvalue()


def _stamped(bound: Bound, copy: PackCopy, *, invariant: bool) -> bytes:
    """Lay the stamps over each page of a bound pack, upright as the page is seen."""
    drawn = stamps(bound.places, bound.reference, bound.marking, copy, invariant=invariant)
    pdf, over = pikepdf.open(BytesIO(bound.data)), pikepdf.open(BytesIO(drawn.data))
    font = pdf.copy_foreign(over.pages[0].resources.Font)
    forms = {
        place: pdf.copy_foreign(page.as_form_xobject())
        for place, page in zip(drawn.places, over.pages, strict=True)
    }
    for page, place, number in zip(pdf.pages, bound.places, drawn.numbers, strict=True):
        obj = page.obj
        obj.Resources.Font = font
        obj.Resources.XObject.Stamp = forms[place]
        turned = f"/Artifact BMC q {matrix(obj)} cm /Stamp Do {number} Q EMC"
        obj.Contents = Array([obj.Contents, pdf.make_stream(turned.encode("ascii"))])
    return _written(pdf)
