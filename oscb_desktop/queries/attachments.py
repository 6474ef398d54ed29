"""The files that records have attached. What they hold is read by itself, never with a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import ItemAct
from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.keeping import Attachment
from oscb_desktop.database.models.settings import Organisation
from oscb_desktop.database.models.trust import AttachmentContent, Change, ChangeItem
from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.kept_files import KINDS, MEGABYTE, MOST_MEGABYTES, USUAL_MEGABYTES


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as one record has it; ``owner`` is the id of that record, ``size`` in bytes."""

    id: int
    owner: int
    name: str
    digest: str
    size: int
    media_type: str
    added_on: date
    by: str
    note: str

    @property
    def kind(self) -> str:
        """What people call its type."""
        told = (kind.label for kind in KINDS.values() if kind.media_type == self.media_type)
        return next(told, self.media_type)


def field_of(kind_name: str) -> Field | None:
    """Return the field by which a kind of record has files, or None where it has none."""
    fields = record_kind(kind_name).fields
    return next((field for field in fields if field.to == Attachment.__tablename__), None)


def files_of(session: Session, kind_name: str, ids: Collection[int]) -> tuple[FileRow, ...]:
    """Return the files that these records of a kind have, in the order in which they came."""
    field = field_of(kind_name)
    if field is None or not ids:
        return ()
    own, other = LINK_TABLES[kind_name, field.name].columns
    query = (
        select(own, Attachment)
        .join(Attachment, Attachment.id == other)
        .where(own.in_(ids), Attachment.withdrawn_at.is_(None))
        .order_by(Attachment.id)
    )
    rows = [(owner, file) for owner, file in session.execute(query)]
    added = _added_by(session, {file.id for _, file in rows})
    return tuple(_row(file, owner, added.get(file.id, "")) for owner, file in rows)


def file_row(session: Session, attachment_id: int) -> FileRow | None:
    """Return one file, in the bin or not, or None where there is none."""
    file = session.get(Attachment, attachment_id)
    if file is None:
        return None
    return _row(file, 0, _added_by(session, {file.id}).get(file.id, ""))


def content_at(session: Session, digest: str) -> bytes | None:
    """Return what is kept under a digest, or None where nothing is."""
    kept = select(AttachmentContent.content).where(AttachmentContent.digest == digest)
    return session.scalar(kept)


def size_limit(session: Session) -> int:
    """Return the size in bytes beyond which a file is not attached."""
    wanted = session.scalar(
        select(Organisation.attachment_megabytes).where(Organisation.withdrawn_at.is_(None))
    )
    return max(1, min(wanted or USUAL_MEGABYTES, MOST_MEGABYTES)) * MEGABYTE


def same_file(session: Session, name: str, digest: str) -> Attachment | None:
    """Return the record of a file of this name and content, one outside the bin first."""
    return session.scalar(
        select(Attachment)
        .where(Attachment.digest == digest, func.lower(Attachment.name) == func.lower(name))
        .order_by(Attachment.withdrawn_at.is_not(None), Attachment.id)
        .limit(1)
    )


def is_attached(session: Session, attachment_id: int) -> bool:
    """Whether any record leads to a file, be it in the bin."""
    return any(
        session.scalar(select(exists().where(table.columns[1] == attachment_id)))
        for (kind, name), table in LINK_TABLES.items()
        if record_kind(kind).field(name).to == Attachment.__tablename__
    )


def once_attached(session: Session) -> Iterator[tuple[str, int, str, int]]:
    """Yield kind, id and field of each record that ever had a file, with the id of the file."""
    for kind in RECORD_KINDS:
        field = field_of(kind)
        if field is None:
            continue
        each = func.json_each(ChangeItem.before).table_valued("value", joins_implicitly=True)
        had = select(ChangeItem.record_id, each.c.value).where(
            ChangeItem.kind == kind,
            ChangeItem.field == field.name,
            ChangeItem.before.is_not(None),
        )
        for record_id, attachment_id in session.execute(had.distinct()):
            yield kind, record_id, field.name, attachment_id


def _row(file: Attachment, owner: int, by: str) -> FileRow:
    return FileRow(
        file.id,
        owner,
        file.name,
        file.digest,
        file.size,
        file.media_type or "",
        file.added_on,
        by,
        file.note or "",
    )


def _added_by(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return who attached each of these files first."""
    query = (
        select(ChangeItem.record_id, Change.by)
        .join(Change, Change.id == ChangeItem.change_id)
        .where(
            ChangeItem.kind == Attachment.__tablename__,
            ChangeItem.record_id.in_(ids),
            ChangeItem.act == ItemAct.ADD,
            ChangeItem.field == "name",
        )
    )
    return {row.record_id: row.by for row in session.execute(query)}
