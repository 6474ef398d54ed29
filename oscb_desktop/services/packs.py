"""Packs: begun with what one would expect in them, then put in order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from oscb_desktop.database.models.paper import PackItem
from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.faces import PANEL
from oscb_desktop.domain.packs import Offer, Part
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries import packs
from oscb_desktop.queries.records import record, title_of
from oscb_desktop.services import naming, records
from oscb_desktop.services.attachments import NewFile, kept
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class StartPack:
    """Begin a pack for a meeting or about a review, with what one would expect in it."""

    meeting: int | None = None
    review: int | None = None

    def carry_out(self, work: Work) -> None:
        """Add it; its copies are for those who are asked to the meeting."""
        if self.meeting is None and self.review is None:
            raise UserError("Choose a meeting or a review that the pack is for.")
        invited = packs.invited(work.session, self.meeting) if self.meeting is not None else ()
        values: dict[str, Value] = {
            "title": _title(work, self.meeting, self.review),
            "meeting": self.meeting,
            "review": self.review,
            "face": PANEL,
            "recipients": "\n".join(invited) or None,
        }
        pack_id = records.add(work, "pack", values)
        for offer in packs.offers(work.session, self.meeting, self.review):
            if offer.expected:
                _add(work, pack_id, offer)
        work.record_id = pack_id
        work.label = naming.label(work, "Begin", "pack", pack_id)


@dataclass(frozen=True, slots=True)
class AddPackItem:
    """Put a part into a pack, after the others."""

    pack_id: int
    offer: Offer

    def carry_out(self, work: Work) -> None:
        """Add it; raises ``UserError`` where the pack holds it already."""
        records.live_row(work, "pack", self.pack_id)
        heading = packs.heading_of(work.session, self.offer)
        if any(row.offer.key == self.offer.key for row in packs.items(work.session, self.pack_id)):
            raise UserError(f"“{heading}” is in this pack already.")
        _add(work, self.pack_id, self.offer)
        work.record_id = self.pack_id
        work.label = f"Put {heading} into {_named(work, self.pack_id)}"


@dataclass(frozen=True, slots=True)
class AddPackFiles:
    """Put files that were taken in into a pack, after its other parts."""

    pack_id: int
    files: tuple[NewFile, ...]

    def carry_out(self, work: Work) -> None:
        """Add them; raises ``UserError`` where the pack holds all of them already."""
        records.live_row(work, "pack", self.pack_id)
        held = {row.offer.attachment for row in packs.items(work.session, self.pack_id)}
        new = dict.fromkeys(kept(work, file) for file in self.files)
        coming = [one for one in new if one not in held]
        if not coming:
            raise UserError("The pack holds these files already.")
        for attachment in coming:
            _add(work, self.pack_id, Offer(Part.ATTACHMENT, attachment=attachment))
        work.record_id = self.pack_id
        work.label = f"Put {counted(len(coming), 'file')} into {_named(work, self.pack_id)}"


@dataclass(frozen=True, slots=True)
class RemovePackItem:
    """Take a part out of a pack."""

    item_id: int

    def carry_out(self, work: Work) -> None:
        """Take it out and number those that stay."""
        item = _item(work, self.item_id)
        title = naming.named(work, "pack_item", item.id)
        records.set_withdrawn(work, "pack_item", item.id, withdrawn=True)
        _number(work, _items(work, item.pack_id))
        work.record_id = item.pack_id
        work.label = f"Take {title[:1].lower()}{title[1:]} out of {_named(work, item.pack_id)}"


@dataclass(frozen=True, slots=True)
class MovePackItem:
    """Move a part so many places on in its pack, to the front where ``places`` is negative."""

    item_id: int
    places: int

    def carry_out(self, work: Work) -> None:
        """Move it and number the parts from 1 on; at either end it stays there."""
        moved = _item(work, self.item_id)
        every = _items(work, moved.pack_id)
        at = every.index(moved)
        every.insert(max(0, min(len(every) - 1, at + self.places)), every.pop(at))
        _number(work, every)
        work.record_id = moved.pack_id
        work.label = f"Move a part of {_named(work, moved.pack_id)}"


def _title(work: Work, meeting: int | None, review: int | None) -> str:
    if meeting is None:
        return title_of(work.session, "review", review or 0)
    records.live_row(work, "meeting", meeting)
    row = record(work.session, "meeting", meeting)
    assert row is not None
    return f"{row.words('kind')}, {row.words('held_on')}"


def _add(work: Work, pack_id: int, offer: Offer) -> None:
    values: dict[str, Value] = {
        "pack": pack_id,
        "number": len(_items(work, pack_id)) + 1,
        "part": offer.part.value,
        "review": offer.review,
        "attachments": () if offer.attachment is None else (offer.attachment,),
    }
    records.add(work, "pack_item", values)


def _item(work: Work, item_id: int) -> PackItem:
    row = records.live_row(work, "pack_item", item_id)
    assert isinstance(row, PackItem)
    return row


def _items(work: Work, pack_id: int) -> list[PackItem]:
    return list(
        work.session.scalars(
            select(PackItem)
            .where(PackItem.pack_id == pack_id, PackItem.withdrawn_at.is_(None))
            .order_by(PackItem.number, PackItem.id)
        )
    )


def _number(work: Work, every: list[PackItem]) -> None:
    for number, item in enumerate(every, start=1):
        if item.number != number:
            records.apply(work, "pack_item", item, {"number": number})


def _named(work: Work, pack_id: int) -> str:
    return f"pack {title_of(work.session, 'pack', pack_id)}"
