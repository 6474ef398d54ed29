"""Keeping a list as it is set up under a name, renaming it and letting it go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from oscb_desktop.database.models.keeping import SavedView
from oscb_desktop.errors import FieldFault, InvalidRecord
from oscb_desktop.queries.saved_views import ViewShape
from oscb_desktop.services import records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class SaveView:
    """Keep how a list is set up under a name; one of that name is set up anew."""

    place: str
    name: str
    shape: ViewShape

    def carry_out(self, work: Work) -> None:
        """Keep it."""
        name = " ".join(self.name.split())
        same = _of_that_name(work, self.place, name)
        if same is None:
            values = {"place": self.place, "name": name, "shape": self.shape.as_text()}
            work.record_id = records.add(work, "saved_view", values)
        else:
            work.record_id = same.id
            records.amend(work, "saved_view", same.id, {"shape": self.shape.as_text()})
        work.label = f"Save the view “{name}”"


@dataclass(frozen=True, slots=True)
class RenameView:
    """Give a saved view another name."""

    view_id: int
    version: int
    name: str

    def carry_out(self, work: Work) -> None:
        """Rename it; another of the same list cannot have the name."""
        row = _view(work, self.view_id, self.version)
        name = " ".join(self.name.split())
        same = _of_that_name(work, row.place, name)
        if same is not None and same.id != row.id:
            sentence = f"Another view of this list is called “{same.name}”."
            raise InvalidRecord((FieldFault("name", sentence),))
        work.label = f"Rename the view “{row.name}” to “{name}”"
        records.amend(work, "saved_view", row.id, {"name": name})
        work.record_id = row.id


@dataclass(frozen=True, slots=True)
class DropView:
    """Let a saved view go; nothing but the view goes."""

    view_id: int
    version: int

    def carry_out(self, work: Work) -> None:
        """Put it into the bin."""
        row = _view(work, self.view_id, self.version)
        work.label = f"Delete the view “{row.name}”"
        records.set_withdrawn(work, "saved_view", row.id, withdrawn=True)
        work.record_id = row.id


def _view(work: Work, view_id: int, version: int) -> SavedView:
    row = records.live_row(work, "saved_view", view_id)
    check_version(row, version)
    assert isinstance(row, SavedView)
    return row


def _of_that_name(work: Work, place: str, name: str) -> SavedView | None:
    """Return the live view of a list with that name, whatever the capitals."""
    of_place = select(SavedView).where(SavedView.place == place, SavedView.withdrawn_at.is_(None))
    views = work.session.scalars(of_place)
    return next((row for row in views if row.name.casefold() == name.casefold()), None)
