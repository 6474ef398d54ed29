"""What goes to an agency with a request: the letter, the form to fill in, and the e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.disk import whole_file
from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.recommendations import Mailing
from oscb_desktop.domain.kept_files import file_name
from oscb_desktop.domain.requests import purposes
from oscb_desktop.errors import UserError
from oscb_desktop.queries.chasing import file_mark
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.requests import RequestRow, request
from oscb_desktop.services.chasing import Letter
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.printing import make_request_letter_of
from oscb_desktop.services.releases import Copy, MadePaper, UnexplainedError, release_to_file
from oscb_desktop.services.request_letters import request_letter
from oscb_desktop.services.requests import REQUEST, AskAgencies
from oscb_desktop.services.store import Store


@dataclass(frozen=True, slots=True)
class RequestPapers:
    """One agency's papers as they were written; ``form`` is None where no form goes with them."""

    request_id: int
    agency: str
    letter_path: Path
    form_path: Path | None
    email_path: Path
    letter: Letter


def ask_agencies(store: Store, wanted: AskAgencies, folder: Path) -> tuple[RequestPapers, ...]:
    """Ask the agencies in one step, then write each one's papers into a folder.

    Raises ``UserError``: with nothing asked where the folder does not exist or the agencies cannot
    be asked, with all of them asked where a paper cannot be written.
    """
    check_folder(folder)
    store.write(wanted)
    try:
        return write_papers(store, tuple(wanted.made), folder)
    except UserError as refused:
        raise UserError(
            f"The requests are made, but not every paper could be written. {refused.sentence} "
            "“Letters again” on the review's page writes those of a request."
        ) from refused


def write_papers(
    store: Store, requests: Sequence[int], folder: Path, reason: str = ""
) -> tuple[RequestPapers, ...]:
    """Write the letter, the form and the e-mail of each request; each letter is noted as printed.

    Raises ``UserError`` where a file is there already or cannot be written, and, with nothing
    written, ``UnexplainedError`` where a child may be known by one and there is no reason.
    """
    check_folder(folder)
    ready = [_ready(store, one, folder, reason) for one in requests]
    return tuple(_write(store, one) for one in ready)


def check_folder(folder: Path) -> None:
    """Raise ``UserError`` where there is no such folder."""
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}. Make it first, or choose another.")


@dataclass(frozen=True, slots=True)
class _Ready:
    """A request's papers before they are written, its letter checked together with the e-mail."""

    row: RequestRow
    papers: RequestPapers
    letter: MadePaper


def _ready(store: Store, request_id: int, folder: Path, reason: str) -> _Ready:
    row = store.read(request, request_id, store.today())
    if row is None:
        raise UserError("That request is in the bin. Bring it back first.")
    ours = store.read(organisation)
    name = f"{row.review} {row.agency} {row.purpose_words}"
    letter = folder / file_name(name, " letter.pdf")
    email = folder / file_name(name, " e-mail.txt")
    form = folder / file_name(name, " form.xlsx") if purposes()[row.facts.purpose].form else None
    for path in filter(None, (letter, form, email)):
        if path.exists():
            raise UserError(
                f"{path} is there already and was left as it is. Choose another folder."
            )
    attached = tuple(path.name for path in (letter, form) if path)
    told = request_letter(row, ours, attached)
    made = make_request_letter_of(store, request_id, Copy(row.contact or row.agency_name))
    paper = checked(store, replace(made, beside=(told.words(), row.known_as)), reason)
    if paper.wants_reason and not reason.strip():
        raise UnexplainedError(paper)
    papers = RequestPapers(request_id, row.agency, letter, form, email, told)
    return _Ready(row, papers, paper)


def _write(store: Store, ready: _Ready) -> RequestPapers:
    papers = ready.papers
    if papers.form_path is not None:
        _write_form(store, ready.row, papers.form_path)
    with whole_file(papers.email_path) as file:
        file.write(papers.letter.words().replace("\n", "\r\n").encode())
    release_to_file(store.write, ready.letter, papers.letter_path)
    return papers


def _write_form(store: Store, row: RequestRow, path: Path) -> None:
    from oscb_desktop.exchange.request_form import RequestForm, write_request_form

    ours = store.read(organisation)
    form = RequestForm(
        purpose=row.facts.purpose,
        purpose_words=row.purpose_words,
        agency=row.agency_name,
        organisation=ours.name,
        marking=ours.marking,
        review=row.review,
        known_as=row.known_as,
        made_on=store.today(),
        due_on=row.facts.due_on,
        file=store.read(file_mark),
        mark=store.read(_mark, row.id),
    )
    write_request_form(path, form)


def _mark(session: Session, request_id: int) -> str:
    """Return the mark under which a request was last sent, empty where it was typed in by hand."""
    own, other = LINK_TABLES["mailing", "requests"].columns
    query = (
        select(Mailing.sheet)
        .join(LINK_TABLES["mailing", "requests"], own == Mailing.id)
        .where(other == request_id, Mailing.kind == REQUEST, Mailing.withdrawn_at.is_(None))
        .order_by(Mailing.id.desc())
        .limit(1)
    )
    return session.scalar(query) or ""
