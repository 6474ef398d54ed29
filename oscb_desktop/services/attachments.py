"""Files kept inside the file: taken in, hashed, attached to records, and given out again.

What leaves the protection of the file, as a copy to be opened or saved, is noted in the history
before anybody has it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import delete, insert

from oscb_desktop.database.change_log import Act, Item, ItemAct
from oscb_desktop.database.disk import whole_file
from oscb_desktop.database.models.trust import AttachmentContent
from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.kept_files import (
    MACROS,
    MEGABYTE,
    check_content,
    evidence_kind,
    kind_of,
    readable_name,
    size_words,
)
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries import attachments as reading
from oscb_desktop.queries.attachments import FileRow
from oscb_desktop.queries.records import ids_linking, values_of
from oscb_desktop.services import naming, records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

MOST_AT_ONCE = 50
_MOST_BYTES = 500 * MEGABYTE


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that was read and found fit to be attached; ``digest`` is its SHA-256."""

    name: str
    content: bytes = field(repr=False)
    digest: str

    @property
    def words(self) -> dict[str, Value]:
        """The values of its record, but for the day."""
        kind = kind_of(self.name)
        return {
            "name": self.name,
            "digest": self.digest,
            "size": len(self.content),
            "media_type": kind.media_type,
            "note": MACROS if kind.has_macros else None,
        }


@dataclass(frozen=True, slots=True)
class AttachFiles:
    """Attach files that were taken in to a record that was read at this version."""

    kind: str
    record_id: int
    version: int
    files: tuple[NewFile, ...]

    def carry_out(self, work: Work) -> None:
        """Attach them; raises ``UserError`` when the record has all of them already."""
        check_version(records.live_row(work, self.kind, self.record_id), self.version)
        if not _attach(work, self.kind, self.record_id, self.files):
            raise UserError(f"{_named(self.files)} {_is_there(self.files)} already.")
        verb = f"Attach {_named(self.files)} to"
        work.label = naming.label(work, verb, self.kind, self.record_id)
        work.record_id = self.record_id


@dataclass(frozen=True, slots=True)
class AddEvidenceFiles:
    """Record files that were taken in as evidence of an action, each described by its name.

    ``kind`` is a code of evidence; left empty, it is what the name of each file speaks of.
    """

    action_id: int
    files: tuple[NewFile, ...]
    received_on: date
    kind: str = ""

    def carry_out(self, work: Work) -> None:
        """Record them; a file joins evidence that is described by its name already."""
        records.live_row(work, "action", self.action_id)
        new = [self._is_new(work, file) for file in self.files]
        if not any(new):
            raise UserError(f"{_named(self.files)} {_is_there(self.files)} already.")
        verb = f"Add {_named(self.files)} as evidence to"
        work.label = naming.label(work, verb, "action", self.action_id)
        work.record_id = self.action_id

    def _is_new(self, work: Work, file: NewFile) -> bool:
        kind = record_kind("evidence")
        for evidence in ids_linking(work.session, kind, kind.field("action"), self.action_id):
            row = records.live_row(work, kind.name, evidence)
            if values_of(work.session, kind.name, row)["description"] == file.name:
                return _attach(work, kind.name, evidence, (file,))
        told = self.kind or evidence_kind(file.name)
        shown: dict[str, Value] = {"kind": told, "description": file.name}
        shown |= {"received_on": self.received_on, "attachments": (kept(work, file),)}
        records.add(work, "evidence", {"action": self.action_id, **shown})
        return True


@dataclass(frozen=True, slots=True)
class DetachFile:
    """Take a file off a record that was read at this version.

    Once no record leads to the file, it goes to the bin. What it holds stays in the file until the
    last record that had it is disposed of, so that it can be brought back.
    """

    kind: str
    record_id: int
    version: int
    attachment_id: int

    def carry_out(self, work: Work) -> None:
        """Take it off."""
        row = records.live_row(work, self.kind, self.record_id)
        check_version(row, self.version)
        name = _field(self.kind).name
        held = values_of(work.session, self.kind, row)[name]
        assert isinstance(held, tuple)
        left = tuple(int(one) for one in held if one != self.attachment_id)
        if len(left) == len(held):
            raise UserError("This file is not attached here any more.")
        title = naming.named(work, "attachment", self.attachment_id)
        records.amend(work, self.kind, self.record_id, {name: left})
        if not reading.is_attached(work.session, self.attachment_id):
            records.set_withdrawn(work, "attachment", self.attachment_id, withdrawn=True)
        verb = f"Remove {title[:1].lower()}{title[1:]} from"
        work.label = naming.label(work, verb, self.kind, self.record_id)
        work.record_id = self.record_id


@dataclass(frozen=True, slots=True)
class NoteCopy:
    """Note that a copy of a file leaves the protection, by being opened or saved."""

    attachment_id: int
    what: str

    def carry_out(self, work: Work) -> None:
        """Note it as a look, which is not undone."""
        work.act = Act.VIEW
        work.label = naming.label(work, f"{self.what} of", "attachment", self.attachment_id)
        work.items.append(Item("attachment", self.attachment_id, ItemAct.VIEW))
        work.record_id = self.attachment_id


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The files that can be attached, and a sentence for each that cannot."""

    files: tuple[NewFile, ...]
    refused: tuple[str, ...]

    @property
    def told(self) -> str:
        """What is said of those that were refused, a line each, empty where none was."""
        if not self.refused:
            return ""
        some = f"{counted(len(self.files), 'file')} taken, {len(self.refused)} not:\n"
        return (some if self.files else "") + "\n".join(self.refused)


def take_in(store: Store, paths: Sequence[Path]) -> TakenIn:
    """Read files from the disk, before any step begins, and hash them.

    Refused is one that is too large, empty, a program, of a kind that is not attached, a folder, a
    shortcut, gone, unreadable or being written. Raises ``UserError`` where all of them are, and for
    more at once than are attached.
    """
    limit = store.read(reading.size_limit)
    if len(paths) > MOST_AT_ONCE:
        raise UserError(f"At most {MOST_AT_ONCE} files are attached at once. Choose fewer.")
    sizes: dict[Path, int] = {}
    files: list[NewFile] = []
    refused: list[str] = []
    for path in paths:
        try:
            sizes[path] = _looked_at(path, limit)
        except UserError as problem:
            refused.append(problem.sentence)
    whole = sum(sizes.values())
    if whole > _MOST_BYTES:
        raise UserError(
            f"These files are {size_words(whole)} together. At most {size_words(_MOST_BYTES)} "
            "are attached at once. Choose fewer."
        )
    for path in sizes:
        try:
            files.append(_read(path, limit))
        except UserError as problem:
            refused.append(problem.sentence)
    taken = TakenIn(tuple(files), tuple(refused))
    if not files:
        raise UserError(taken.told)
    return taken


def one_taken_in(store: Store, path: Path) -> NewFile:
    """Read one file; raises ``UserError`` where it is refused."""
    return take_in(store, (path,)).files[0]


def content_of(store: Store, attachment_id: int) -> bytes:
    """Return what a file holds, once its hash was verified.

    Raises ``UserError`` when it is missing or was altered.
    """
    file = _file(store, attachment_id)
    content = store.read(reading.content_at, file.digest)
    if content is None:
        raise UserError(
            f"What “{file.name}” holds is missing from {store.path.name}. Look for it in a backup "
            "(File, Backups)."
        )
    if hashlib.sha256(content).hexdigest() != file.digest:
        raise UserError(
            f"The copy of “{file.name}” in {store.path.name} was altered since it was attached, so "
            "it is not opened. Look for it in a backup (File, Backups)."
        )
    return content


def save_copy(store: Store, attachment_id: int, to: Path) -> None:
    """Put a copy of a file on the disk, whole or not at all, and note that it left.

    Raises ``UserError`` when it was altered, cannot be written or cannot be noted.
    """
    content = content_of(store, attachment_id)
    with whole_file(to) as out:
        out.write(content)
        out.flush()
        store.write(NoteCopy(attachment_id, "Save a copy"))


def _file(store: Store, attachment_id: int) -> FileRow:
    file = store.read(reading.file_row, attachment_id)
    if file is None:
        raise UserError("There is no such attached file in this file.")
    return file


def _attach(work: Work, kind: str, record_id: int, files: Iterable[NewFile]) -> bool:
    """Attach files to a record; return whether it has any that it did not have."""
    name = _field(kind).name
    row = records.live_row(work, kind, record_id)
    held = values_of(work.session, kind, row)[name]
    assert isinstance(held, tuple)
    ids = [kept(work, file) for file in files]
    whole = tuple(dict.fromkeys((*(int(one) for one in held), *ids)))
    return records.amend(work, kind, record_id, {name: whole})


def kept(work: Work, file: NewFile) -> int:
    """Return the id of the record of a file, and keep what it holds, each once."""
    _keep_content(work, file)
    same = reading.same_file(work.session, file.name, file.digest)
    if same is None:
        return records.add(work, "attachment", {**file.words, "added_on": work.today})
    if same.withdrawn_at is not None:
        records.set_withdrawn(work, "attachment", same.id, withdrawn=False)
    return same.id


def _keep_content(work: Work, file: NewFile) -> None:
    """Keep what a file holds, in place of a copy that was altered from outside."""
    held = reading.content_at(work.session, file.digest)
    if held == file.content:
        return
    table = AttachmentContent
    if held is not None:
        work.session.execute(delete(table).where(table.digest == file.digest))
    work.session.execute(insert(table).values(digest=file.digest, content=file.content))


def _looked_at(path: Path, limit: int) -> int:
    """Return the size of a file that may be attached as far as can be told without reading it."""
    name = readable_name(path.name)
    try:
        found = path.lstat()
    except OSError as problem:
        raise UserError(_unread(name, problem)) from problem
    if stat.S_ISLNK(found.st_mode):
        raise UserError(f"“{name}” is a shortcut to another file. Attach that file itself.")
    if stat.S_ISDIR(found.st_mode):
        raise UserError(f"“{name}” is a folder. Attach the files in it.")
    if not stat.S_ISREG(found.st_mode):
        raise UserError(
            f"“{name}” is no file that can be read to its end. Save it as a file first."
        )
    kind_of(name)
    if not found.st_size:
        raise UserError(f"“{name}” is empty. Open it to see whether it was saved, then attach it.")
    if found.st_size > limit:
        raise UserError(
            f"“{name}” is {size_words(found.st_size)}. Files of up to {size_words(limit)} are "
            "attached (Settings, Largest attached file). Say where it is kept instead."
        )
    return found.st_size


def _read(path: Path, limit: int) -> NewFile:
    name = readable_name(path.name)
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        )
        with os.fdopen(handle, "rb") as file:
            before = os.fstat(file.fileno())
            content = file.read(limit + 1)
            after = path.stat()
    except OSError as problem:
        raise UserError(_unread(name, problem)) from problem
    seen = (before.st_size, before.st_mtime_ns)
    if (after.st_size, after.st_mtime_ns) != seen or len(content) != before.st_size:
        raise UserError(
            f"“{name}” is being written just now. Wait until it is saved, then attach it."
        )
    check_content(name, content)
    return NewFile(name, content, hashlib.sha256(content).hexdigest())


def _unread(name: str, problem: OSError) -> str:
    if isinstance(problem, FileNotFoundError | NotADirectoryError):
        return f"“{name}” is not there any more. It may have been moved or renamed."
    if problem.errno == errno.ENAMETOOLONG:
        return f"The name “{name[:60]}…” is too long to be read. Give the file a shorter one."
    if isinstance(problem, PermissionError):
        return (
            f"“{name}” cannot be read: it may be open in another program, or belong to somebody "
            "else. Close it there or save a copy of it, then attach that."
        )
    return f"“{name}” cannot be read: {problem.strerror or 'the disk does not give it'}."


def _field(kind: str) -> Field:
    declared = reading.field_of(kind)
    if declared is None:
        raise KeyError(f"a {kind} has no files")
    return declared


def _named(files: Sequence[NewFile]) -> str:
    return f"“{files[0].name}”" if len(files) == 1 else counted(len(files), "file")


def _is_there(files: Sequence[NewFile]) -> str:
    return "is attached here" if len(files) == 1 else "are attached here"
