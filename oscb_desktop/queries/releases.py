"""What was printed or saved so far: each paper with its moment, copy and recipient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import ItemAct
from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.keeping import Release
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.queries.attachments import FileRow, files_of
from oscb_desktop.queries.moments import local_time
from oscb_desktop.queries.records import titles


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One paper that left the program; ``at`` is its step's moment on this computer's clock.

    ``about`` is the title of its review or agency, or what else it says that it is about.
    ``unsought`` says what the check left out. ``face`` is a code
    of the list ``face``; ``findings`` is None for a paper that was not checked. ``is_kept`` is
    whether the file still has the paper itself.
    """

    id: int
    reference: str
    at: datetime
    printed_on: date
    paper: str
    about: str
    copy_number: str
    pages: int
    recipient: str
    by: str
    digest: str
    face: str
    trace: str
    findings: int | None
    reason: str
    unsought: str
    is_kept: bool


def releases(session: Session) -> tuple[ReleaseRow, ...]:
    """Return the papers that left the program, the newest first."""
    return _rows(session, Release.withdrawn_at.is_(None))


def release_row(session: Session, release_id: int) -> ReleaseRow | None:
    """Return one paper that left the program, or None where there is none."""
    return next(iter(_rows(session, Release.id == release_id)), None)


def kept_paper(session: Session, release_id: int) -> FileRow | None:
    """Return the file of the paper itself, or None where it is not kept."""
    return next(iter(files_of(session, "release", (release_id,))), None)


def shown_by(session: Session, release_id: int) -> int | None:
    """Return the paper that left whose kept file shows what another was: its own if it is kept.

    The copies of a pack differ by their stamps alone, and the file keeps the first of a saving.
    """
    if kept_paper(session, release_id) is not None:
        return release_id
    noted = session.get(Release, release_id)
    number, _, of = (noted.copy_number or "").partition(" of ") if noted else ("", "", "")
    if noted is None or not of or number == "1":
        return None
    first = session.scalar(
        select(Release.id)
        .where(
            Release.id < release_id,
            Release.paper == noted.paper,
            Release.pages == noted.pages,
            Release.copy_number == f"1 of {of}",
        )
        .order_by(Release.id.desc())
        .limit(1)
    )
    return first if first is not None and kept_paper(session, first) is not None else None


def release_of(session: Session, attachment_id: int) -> int | None:
    """Return the newest paper that left of which a file is the copy kept, None for another file."""
    own, other = LINK_TABLES["release", "attachments"].columns
    return session.scalar(select(own).where(other == attachment_id).order_by(own.desc()).limit(1))


def _rows(session: Session, which: ColumnElement[bool]) -> tuple[ReleaseRow, ...]:
    step = (
        select(ChangeItem.record_id, func.min(ChangeItem.change_id).label("change_id"))
        .where(ChangeItem.kind == "release", ChangeItem.act == ItemAct.ADD)
        .group_by(ChangeItem.record_id)
        .subquery()
    )
    found = session.execute(
        select(Release, Change.at)
        .join(step, step.c.record_id == Release.id)
        .join(Change, Change.id == step.c.change_id)
        .where(which)
        .order_by(Release.id.desc())
    ).all()
    reviews = titles(session, "review", {row.Release.review_id for row in found} - {None})
    agencies = titles(session, "agency", {row.Release.agency_id for row in found} - {None})
    kept = {file.owner for file in files_of(session, "release", {row.Release.id for row in found})}
    return tuple(
        _row(
            row.Release,
            local_time(row.at),
            reviews.get(row.Release.review_id)
            or agencies.get(row.Release.agency_id)
            or row.Release.about
            or "",
            is_kept=row.Release.id in kept,
        )
        for row in found
    )


def _row(paper: Release, at: datetime, about: str, *, is_kept: bool) -> ReleaseRow:
    return ReleaseRow(
        paper.id,
        paper.reference,
        at,
        paper.printed_on,
        paper.paper,
        about,
        paper.copy_number or "",
        paper.pages,
        paper.recipient or "",
        paper.by,
        paper.digest,
        paper.face or "",
        paper.trace or "",
        paper.findings,
        paper.reason or "",
        paper.unsought or "",
        is_kept,
    )


def plain_trace(typed: str) -> str:
    """Return a code as it is compared: people leave out its dash, and write small letters."""
    return "".join(char for char in typed.upper() if char.isalnum())
