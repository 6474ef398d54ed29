"""A pack made from what it is to hold: its papers and files bound once, given out in copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import DEFAULT_ACCENT, Document, Fact
from oscb_desktop.domain.faces import PUBLIC, VERSIONS
from oscb_desktop.domain.kept_files import safe_name
from oscb_desktop.domain.packs import Pack, PackCopy, PackPart
from oscb_desktop.errors import UserError
from oscb_desktop.queries import packs
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.packs import PackRow, PartRow
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.records import record
from oscb_desktop.services.pack_parts import parts_of, rendered_paper, told
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.releases import Copy, MadePaper, Write, new_trace, release_to_file
from oscb_desktop.services.store import Store

if TYPE_CHECKING:
    from oscb_desktop.reports.pack import Bound, Remark

Progress = Callable[[int, int], None]
"""Told how many steps are done, of how many."""

_OF_MEETING = (("On", "held_on"), ("Time", "starts_at"), ("Place", "place"), ("Chair", "chair"))


@dataclass(frozen=True, slots=True)
class ReadyPack:
    """A pack that is bound: what is to be known of its parts, and its copies.

    ``review`` is the one review that all of it is about, if it is. ``findings`` counts what the
    check found in it, None before that, and ``unsought`` says what it left out; ``reason`` says why
    its copies leave in spite of that. ``reviews`` are all that some part of it is about.
    """

    bound: Bound
    pack: PackRow
    marking: str
    review: int | None = None
    findings: int | None = None
    reason: str = ""
    unsought: str = ""
    reviews: tuple[int, ...] = ()

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What is to be known of the parts: those not shown, those repaired."""
        return self.bound.remarks

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the copies; a pack for nobody by name has one without a number."""
        return tuple(range(1, len(self.pack.recipients) + 1)) or (0,)

    def paper(self, number: int = 0, recipient: str = "") -> MadePaper:
        """Return a copy in memory, not noted: nobody has it yet.

        Of several, the file keeps the first alone: the others differ from it by their stamps. It
        keeps none of a pack about many reviews: no disposal of one of them would reach it.
        """
        names = self.pack.recipients
        if number and not recipient and number <= len(names):
            recipient = names[number - 1]
        of = max(len(names), number)
        copy = PackCopy(number, of, recipient, new_trace())
        return MadePaper(
            data=self.bound.copy(copy),
            name=f"Pack {self.pack.reference}",
            pages=self.bound.pages,
            review=self.review,
            marking=self.marking,
            copy=Copy(recipient, f"{number} of {of}" if number else ""),
            face=self.pack.face,
            trace=copy.trace,
            beside=names,
            findings=self.findings,
            reason=self.reason,
            unsought=self.unsought,
            reviews=self.reviews,
            about=self.pack.about or self.pack.title,
            kept=number <= 1 and self.review is not None,
        )

    @property
    def keeping(self) -> str:
        """Say what the file keeps of the copies that leave, where that is not all of them."""
        if self.review is None:
            return "The file will keep no copy: the pack is about no single review."
        if len(self.numbers) > 1:
            return "The file will keep copy 1; the others differ from it by their stamps alone."
        return ""

    def file_name(self, number: int = 0) -> str:
        """Return what the file of a copy is called."""
        if not number:
            return safe_name(f"{self.pack.reference} {self.pack.title}.pdf")
        who = self.pack.recipients[number - 1]
        return safe_name(f"{self.pack.reference} copy {number}, {who}.pdf")


def make_ready(store: Store, pack_id: int, progress: Progress | None = None) -> ReadyPack:
    """Make the papers of a pack, read its files and bind them; nothing is noted, nobody has it.

    Raises ``UserError`` for a pack that there is not, and for a public one: what a pack holds is
    made for those who meet.
    """
    from oscb_desktop.reports.pack import bind  # slow to import

    row = _live(store, pack_id)
    rows = store.read(packs.items, pack_id)
    made = Made(store.by, store.now(), store.today())
    parts: list[PackPart] = []
    for done, part in enumerate(rows, start=1):
        parts += parts_of(store, row, part, made)
        if progress is not None:
            progress(done, 2 * len(rows))
    whole = _whole(store, row, tuple(parts))

    def bound_so_far(done: int, of: int) -> None:
        if progress is not None:
            progress(len(rows) + done * len(rows) // of, 2 * len(rows))

    review = store.read(packs.only_review, row.meeting, row.review)
    told_of = (part.offer.review for part in rows)
    reviews = tuple(dict.fromkeys(one for one in (review, *told_of) if one))
    bound = bind(whole, bound_so_far)
    return ReadyPack(bound, row, whole.marking, review, reviews=reviews)


def make_pack(store: Store, pack_id: int, copy: Copy | None = None) -> MadePaper:
    """Return one copy of a pack in memory, not noted.

    The number of the copy says whom it is for, unless that is said. Raises ``UserError`` for a
    number that is none, or that no copy has.
    """
    wanted = copy or Copy()
    number = _copy_number(wanted.number)
    ready = make_ready(store, pack_id)
    if number > max(ready.numbers) and not wanted.recipient.strip():
        raise UserError(_no_such_copy(number, len(ready.pack.recipients)))
    paper = ready.paper(number, " ".join(wanted.recipient.split()))
    return replace(paper, kept=ready.review is not None)


def save_copies(
    write: Write, ready: ReadyPack, folder: Path, progress: Progress | None = None
) -> tuple[Path, ...]:
    """Put every copy into a folder, each noted by ``write`` before it is there; return the files.

    Raises ``UserError`` before the first where one of that name is there, and where one cannot be
    written or noted: those before it stay.
    """
    paths = {number: folder / ready.file_name(number) for number in ready.numbers}
    _refuse_taken(paths.values())
    for done, (number, path) in enumerate(paths.items(), start=1):
        release_to_file(write, ready.paper(number), path)
        if progress is not None:
            progress(done, len(paths))
    return tuple(paths.values())


def save_parts(
    store: Store, write: Write, pack_id: int, folder: Path, reason: str = ""
) -> tuple[Path, ...]:
    """Put the papers of a pack that are made here into a folder, each as an accessible PDF.

    Each is checked, and noted before it is there. Raises ``UserError`` as ``save_copies`` does.
    """
    row = _live(store, pack_id)
    found: list[tuple[Path, MadePaper]] = []
    for number, part in enumerate(store.read(packs.items, pack_id), start=1):
        made = Made(store.by, store.now(), store.today(), trace=new_trace())
        document = told(store, row, part.offer, made)
        if not isinstance(document, str):
            name = safe_name(f"{row.reference} part {number}, {part.heading}.pdf")
            found.append((folder / name, _paper(store, part, document, reason)))
    _refuse_taken(path for path, _ in found)
    for path, paper in found:
        release_to_file(write, paper, path)
    return tuple(path for path, _ in found)


def _refuse_taken(paths: Iterable[Path]) -> None:
    """Refuse to write over a file: one that is there, or another of the same saving."""
    seen = set[str]()
    for path in paths:
        if path.exists():
            raise UserError(f"{path.name} is in this folder already. Choose another folder.")
        if path.name.casefold() in seen:  # which is one name to Windows
            raise UserError(f"Two files would be called {path.name}. Give one another name.")
        seen.add(path.name.casefold())


def _live(store: Store, pack_id: int) -> PackRow:
    row = store.read(packs.pack, pack_id)
    if row is None:
        raise UserError("This pack is in the bin.")
    if row.face == PUBLIC:
        raise UserError(
            "A pack holds papers for those who meet. Make it in the version for the panel or for "
            "the secretariat."
        )
    return row


def _paper(store: Store, part: PartRow, document: Document, reason: str) -> MadePaper:
    data, pages = rendered_paper(document)
    around = document.paper
    paper = MadePaper(
        data,
        part.heading,
        pages,
        part.offer.review,
        marking=around.marking,
        face=around.face,
        trace=around.trace,
    )
    return checked(store, paper, reason)


def _whole(store: Store, row: PackRow, parts: tuple[PackPart, ...]) -> Pack:
    ours, now = store.read(organisation), store.now()
    return Pack(
        reference=row.reference,
        title=row.title,
        organisation=ours.name,
        parts=parts,
        subtitle="" if row.about == row.title else row.about,
        marking=ours.marking,
        made_by=store.by,
        made_at=f"{format_date(now.date())} {now:%H:%M}",
        about=_cover(store, row),
        accent=ours.accent_colour or DEFAULT_ACCENT,
    )


def _cover(store: Store, row: PackRow) -> tuple[Fact, ...]:
    """Return what the cover says of the meeting, of whom the pack is for, and the note."""
    meeting = store.read(record, "meeting", row.meeting) if row.meeting else None
    facts = [Fact(label, meeting.words(name)) for label, name in _OF_MEETING] if meeting else []
    return (*facts, Fact("Version", VERSIONS.get(row.face, "")), Fact("Note", row.note))


def _copy_number(typed: str) -> int:
    said = " ".join(typed.split())
    if not said:
        return 0
    if not said.isascii() or not said.isdecimal() or not 0 < int(said) < 1000:
        raise UserError(f"“{said[:40]}” is no number of a copy. Copies are numbered from 1 on.")
    return int(said)


def _no_such_copy(number: int, of: int) -> str:
    if not of:
        return f"This pack has no copy {number}: nobody is named for it. Say whom it is for."
    return f"The last copy of this pack is copy {of}, so there is no copy {number}."
