"""Papers that leave the program: each one is a step in the history before anybody has it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from oscb_desktop.database.change_log import Act
from oscb_desktop.database.disk import whole_file
from oscb_desktop.domain.documents import Document
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries.attachments import size_limit
from oscb_desktop.queries.records import record, title_of
from oscb_desktop.queries.releases import kept_paper, release_row
from oscb_desktop.services import attachments, records
from oscb_desktop.services.attachments import NewFile
from oscb_desktop.services.store import Command, Store
from oscb_desktop.services.work import Work

Write = Callable[[Command], object]
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ2346789"
_LONGEST = 200  # letters of a paper's name in that of its file
_LONGEST_ABOUT = 300
_NOT_WITHOUT = "The paper was not printed, for every print is noted in the history."


@dataclass(frozen=True, slots=True)
class Copy:
    """Whom a copy is meant for, its number and the version that it is, where they are said."""

    recipient: str = ""
    number: str = ""
    version: str = ""

    def label(self) -> str:
        """Return what is printed on the copy, such as ``Draft 3, Copy 2``."""
        number = " ".join(self.number.split())
        return ", ".join(filter(None, (self.version.strip(), f"Copy {number}" if number else "")))


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper as it lies in memory: its PDF, its name, what it is about, and how it is marked.

    ``review`` and ``agency`` are ids; ``face`` is a code of the list ``face``; ``trace`` is the
    code that stands on each page of this copy and of no other. ``form`` is what the file is: pdf,
    docx, xlsx or txt. ``told`` is what it says, where that can be told as a Word file and as text
    too; ``beside`` are words that leave with it and are checked with it, such as an e-mail.
    ``findings`` counts what the check of the paper found, None where it was not checked, ``found``
    says it and ``reason`` why it leaves in spite of them.
    ``unsought`` says which children and pages were not searched, and ``unread`` counts
    what no machine could read of it. ``reviews`` are those it is about, where they are several;
    ``about`` says what it is about that is no review and no agency. ``holds_identities`` is for one
    with real names that were asked for; one that is not ``kept`` leaves no copy of itself in the
    file. ``remarks`` are sentences about it for whoever makes it, told beside it and never on it.
    """

    data: bytes
    name: str
    pages: int
    review: int | None = None
    agency: int | None = None
    marking: str = ""
    copy: Copy = Copy()
    face: str = ""
    trace: str = ""
    form: str = "pdf"
    told: Document | None = None
    beside: tuple[str, ...] = ()
    findings: int | None = None
    found: str = ""
    reason: str = ""
    holds_identities: bool = False
    kept: bool = True
    remarks: tuple[str, ...] = ()
    unsought: str = ""
    unread: int = 0
    reviews: tuple[int, ...] = ()
    about: str = ""

    @property
    def wants_reason(self) -> bool:
        """Whether it leaves only with a reason: it may name a child, or nobody looked.

        For publication nothing may be in it that could not be searched either.
        """
        unseen = self.face == PUBLIC and self.unread > 0
        return not self.holds_identities and (self.findings != 0 or unseen)


def as_words(
    name: str, text: str, review: int | None = None, agency: int | None = None
) -> MadePaper:
    """Return a letter or an e-mail that is copied out of the program, to be checked and noted."""
    return MadePaper(text.encode(), name, 1, review, form="txt")


def kept_again(store: Store, release_id: int) -> MadePaper:
    """Return a paper that left before as the file keeps it, to be checked and noted once more.

    Raises ``UserError`` where none is kept, or it was altered since.
    """
    noted, file = store.read(record, "release", release_id), store.read(kept_paper, release_id)
    row = store.read(release_row, release_id)
    if noted is None or file is None or row is None:
        raise UserError("The file keeps no copy of this paper.")
    review, agency = (_id(noted.values[name]) for name in ("review", "agency"))
    return MadePaper(
        attachments.content_of(store, file.id),
        row.paper,
        row.pages,
        review,
        agency,
        noted.words("marking"),
        Copy(row.recipient, row.copy_number, noted.words("version_words")),
        row.face,
        row.trace,
        file.name.rpartition(".")[2],
    )


def _id(value: Value) -> int | None:
    return int(value) if isinstance(value, int) else None


class UnexplainedError(UserError):
    """A paper by which a child may be known, or that nobody checked, and no reason to let it go."""

    def __init__(self, paper: MadePaper) -> None:
        super().__init__(_unexplained(paper))
        self.paper = paper


@dataclass(frozen=True, slots=True)
class ReleasePaper:
    """Note that a paper leaves the program; ``pages`` is given where not all of it does."""

    paper: MadePaper
    pages: int | None = None

    def carry_out(self, work: Work) -> None:
        """Note it as a look, which is not undone, and keep what left.

        Raises ``UserError`` for a paper that wants a reason and has none.
        """
        paper, copy = self.paper, self.paper.copy
        if paper.wants_reason and not paper.reason.strip():
            raise UnexplainedError(paper)
        values: dict[str, Value] = {
            "printed_on": work.today,
            "paper": paper.name,
            "review": paper.review,
            "agency": paper.agency,
            "recipient": copy.recipient.strip() or None,
            "copy_number": copy.number.strip() or None,
            "pages": self.pages or paper.pages,
            "digest": hashlib.sha256(paper.data).hexdigest(),
            "marking": paper.marking or None,
            "version_words": copy.version.strip() or None,
            "by": work.by,
            "face": paper.face or None,
            "trace": paper.trace or None,
            "findings": paper.findings,
            "unsought": paper.unsought or None,
            "about": " ".join(paper.about.split())[:_LONGEST_ABOUT] or None,
            "reason": (paper.reason.strip() or None) if paper.wants_reason else None,
            "attachments": _kept(work, paper),
        }
        work.act = Act.VIEW
        work.record_id = records.add(work, "release", values)
        work.label = f"Print {paper.name[:1].lower()}{paper.name[1:]}{_about(work, paper)}"


def new_trace() -> str:
    """Return a new code for a copy: eight letters and digits that are not taken for one another."""
    letters = [secrets.choice(_LETTERS) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def release(write: Write, paper: MadePaper, pages: int | None = None) -> None:
    """Note a paper before it goes to a printer; raises ``UserError`` when that cannot be noted."""
    try:
        write(ReleasePaper(paper, pages))
    except UnexplainedError:
        raise
    except UserError as refused:
        raise UserError(f"{refused.sentence} {_NOT_WITHOUT}") from refused


def release_to_file(write: Write, paper: MadePaper, to: Path) -> None:
    """Note a paper and put it in a file, whole or not at all.

    Raises ``UserError`` when it cannot be written, and then with nothing noted but for a disk that
    fails at the last instant, or when it cannot be noted.
    """
    with whole_file(to) as file:
        file.write(paper.data)
        file.flush()
        release(write, paper)


def _kept(work: Work, paper: MadePaper) -> tuple[int, ...]:
    """Keep the paper inside the file and return the id of its record, none where it may not be."""
    too_large = len(paper.data) > size_limit(work.session)
    if too_large or paper.holds_identities or not paper.kept:
        return ()
    which = paper.trace or hashlib.sha256(paper.data).hexdigest()[:8]
    name = f"{paper.name[:_LONGEST]} {which}.{paper.form}"
    digest = hashlib.sha256(paper.data).hexdigest()
    return (attachments.kept(work, NewFile(name, paper.data, digest)),)


def _unexplained(paper: MadePaper) -> str:
    findings = paper.findings
    if findings is None:
        return "This paper was not checked. Say why it is to leave as it is."
    if not findings:
        return "Something in this paper could not be searched. Look at it and say why it may leave."
    found = "1 thing" if findings == 1 else f"{findings} things"
    return f"The check found {found} by which a child may be known. Say why it is to leave."


def _about(work: Work, paper: MadePaper) -> str:
    """Return what a paper is about, as a step names it."""
    for kind, record_id in (("review", paper.review), ("agency", paper.agency)):
        if record_id is not None:
            return f" of {title_of(work.session, kind, record_id)}"
    return ""
