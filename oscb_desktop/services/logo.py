"""The partnership's logo: chosen, replaced and removed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from oscb_desktop.errors import UserError
from oscb_desktop.queries.attachments import is_attached
from oscb_desktop.queries.records import singleton
from oscb_desktop.services import records
from oscb_desktop.services.attachments import NewFile, kept, one_taken_in
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

_KIND = "organisation"


@dataclass(frozen=True, slots=True)
class ChooseLogo:
    """Print this picture at the top of what is made for publication, in place of another."""

    file: NewFile

    def carry_out(self, work: Work) -> None:
        """Keep it; raises ``UserError`` where it is the logo already."""
        if not _put(work, (kept(work, self.file),)):
            raise UserError(f"“{self.file.name}” is the logo already.")
        work.label = f"Choose “{self.file.name}” as the logo"


@dataclass(frozen=True, slots=True)
class RemoveLogo:
    """Print no logo any more."""

    def carry_out(self, work: Work) -> None:
        """Take it off; raises ``UserError`` where there is none."""
        if not _put(work, ()):
            raise UserError("There is no logo to remove.")
        work.label = "Remove the logo"


def take_logo(store: Store, path: Path) -> NewFile:
    """Read a picture from the disk.

    Raises ``UserError`` as ``take_in`` does, and for what is no picture in PNG or JPEG, is damaged,
    or has more pixels than a logo needs.
    """
    file = one_taken_in(store, path)
    return _fit(file)


def drawn_logo(name: str, content: bytes) -> NewFile:
    """Return a picture that was made of a drawing; raises ``UserError`` for one that is none."""
    return _fit(NewFile(name, content, hashlib.sha256(content).hexdigest()))


def _fit(file: NewFile) -> NewFile:
    from oscb_desktop.reports.logo import refusal  # slow to import

    refused = refusal(file.name, file.content)
    if refused:
        raise UserError(refused)
    return file


def _put(work: Work, ids: tuple[int, ...]) -> bool:
    """Make these files the logo; what was it before goes to the bin once nothing leads to it."""
    row = singleton(work.session, _KIND)
    assert row is not None
    held = row.values["logo"]
    assert isinstance(held, tuple)
    changed = records.amend(work, _KIND, row.id, {"logo": ids})
    for one in held:
        if one not in ids and not is_attached(work.session, int(one)):
            records.set_withdrawn(work, "attachment", int(one), withdrawn=True)
    work.record_id = row.id
    return changed
