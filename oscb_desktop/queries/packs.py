"""The packs of a file: what each holds, in its order, and what else it could hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.meetings import Meeting
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.field import ONE_LINE
from oscb_desktop.domain.packs import OF_SUBGROUP, Offer, Part, of_review, recipients
from oscb_desktop.queries.attachments import FileRow, file_row, files_of
from oscb_desktop.queries.meetings import attendance
from oscb_desktop.queries.records import RecordRow, record, records, title_of

_FEW_REVIEWS = 3
"""A meeting about more reviews than these does not expect everything of each."""


@dataclass(frozen=True, slots=True)
class PackRow:
    """One pack; ``about`` names its meeting or its review."""

    id: int
    version: int
    reference: str
    title: str
    meeting: int | None
    review: int | None
    face: str
    recipients: tuple[str, ...]
    note: str
    about: str
    parts: int


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a pack, or one that it could hold: then ``item`` is 0.

    ``heading`` stands in the contents, ``about`` says what there is of it.
    """

    item: int
    offer: Offer
    heading: str
    about: str


def packs(session: Session) -> tuple[PackRow, ...]:
    """Return every live pack, the newest first."""
    return tuple(reversed([_pack(session, row) for row in records(session, "pack")]))


def pack(session: Session, pack_id: int) -> PackRow | None:
    """Return one live pack, or None where there is none."""
    row = record(session, "pack", pack_id)
    return None if row is None or row.withdrawn_at is not None else _pack(session, row)


def pack_for(session: Session, *, meeting: int | None = None, review: int | None = None) -> int:
    """Return the id of the newest pack for a meeting or about a review, or 0 where none is."""
    wanted = ("meeting", meeting) if meeting is not None else ("review", review)
    found = (row.id for row in records(session, "pack") if row.values[wanted[0]] == wanted[1])
    return max(found, default=0)


def items(session: Session, pack_id: int) -> tuple[PartRow, ...]:
    """Return what a pack holds, in its order."""
    rows = sorted(
        records(session, "pack_item", owner=pack_id), key=lambda row: int(str(row.values["number"]))
    )
    about = _about(session, pack_id)
    return tuple(_item(session, about, row) for row in rows)


def parts(session: Session, pack_id: int) -> tuple[PartRow, ...]:
    """Return what a pack holds, in its order, then what it could hold beside that."""
    held = items(session, pack_id)
    there = {row.offer.key for row in held}
    about = _about(session, pack_id)
    others = tuple(
        PartRow(0, offer, _heading(session, offer, about), about_of(session, offer, about.meeting))
        for offer in offers(session, about.meeting, about.review)
        if offer.key not in there
    )
    return (*held, *others)


def offers(session: Session, meeting: int | None, review: int | None) -> tuple[Offer, ...]:
    """Return all that a pack for a meeting or about a review could hold, in a sensible order."""
    found: list[Offer] = []
    reviews = [] if review is None else [review]
    if meeting is not None:
        row = record(session, "meeting", meeting)
        assert row is not None
        own = row.values["reviews"]
        assert isinstance(own, tuple)
        reviews += [int(one) for one in own if one not in reviews]
        found += [
            Offer(Part.AGENDA, expected=True),
            Offer(Part.MEETING_NOTE, expected=note_meeting(session, meeting) is not None),
        ]
        if row.values["kind"] == "subgroup":
            found += [Offer(part, expected=usual) for part, usual in OF_SUBGROUP]
        found += _of_files(files_of(session, "meeting", (meeting,)), expected=True)
    for one in reviews:
        found += _of_review(session, one, expected=len(reviews) <= _FEW_REVIEWS)
    return tuple(dict.fromkeys(found))


def _of_review(session: Session, review_id: int, *, expected: bool) -> list[Offer]:
    row = record(session, "review", review_id)
    if row is None or row.withdrawn_at is not None:
        return []
    found = list(of_review(review_id, str(row.values["kind"]), expected=expected))
    drafts = records(session, "report_draft", owner=review_id)
    files = files_of(session, "report_draft", tuple(draft.id for draft in drafts[-1:]))
    incident = _link(row, "incident")
    if incident is not None:
        files = (*files, *files_of(session, "incident", (incident,)))
    return [*found, *_of_files(files, expected=False)]


def _of_files(files: Iterable[FileRow], *, expected: bool) -> list[Offer]:
    return [Offer(Part.ATTACHMENT, attachment=file.id, expected=expected) for file in files]


@dataclass(frozen=True, slots=True)
class _About:
    """What a pack is for; ``only`` is the one review that all of it is about, if it is."""

    meeting: int | None
    review: int | None
    only: int | None


def _about(session: Session, pack_id: int) -> _About:
    row = record(session, "pack", pack_id)
    meeting, review = (_link(row, "meeting"), _link(row, "review")) if row else (None, None)
    return _About(meeting, review, only_review(session, meeting, review))


def only_review(session: Session, meeting: int | None, review: int | None) -> int | None:
    """Return the one review that a pack is about; the subgroup looks at all of them."""
    row = record(session, "meeting", meeting) if meeting else None
    if row is None:
        return review
    own = row.values["reviews"]
    assert isinstance(own, tuple)
    reviews = {int(one) for one in own} | ({review} if review else set())
    return reviews.pop() if len(reviews) == 1 and row.values["kind"] != "subgroup" else None


def _heading(session: Session, offer: Offer, about: _About) -> str:
    """Return what a part is called; where all is about one review, that is not said again."""
    alone = about.only is not None and offer.review == about.only
    return heading_of(session, Offer(offer.part, None, offer.attachment) if alone else offer)


def heading_of(session: Session, offer: Offer) -> str:
    """Return what a part is called by itself."""
    if offer.part is Part.ATTACHMENT:
        file = file_row(session, offer.attachment or 0)
        return file.name if file else ""
    label = code_list("pack_part").label_of(offer.part)
    return f"{label}: {title_of(session, 'review', offer.review)}" if offer.review else label


def about_of(session: Session, offer: Offer, meeting: int | None) -> str:
    """Return what there is of a part, where that is not as a matter of course."""
    if offer.part is Part.AGENCY_RETURNS and offer.review:
        count = len(returns_of(session, offer.review))
        return counted(count, "file") if count else "No agency has sent a file yet."
    if offer.part is Part.MEETING_NOTE:
        found = note_meeting(session, meeting) if meeting else None
        return title_of(session, "meeting", found) if found else "No meeting was held yet."
    if offer.part is Part.ATTACHMENT:
        file = file_row(session, offer.attachment or 0)
        return file.kind if file else "The file is gone."
    return ""


def returns_of(session: Session, review_id: int) -> tuple[tuple[str, FileRow], ...]:
    """Return the files that agencies sent for a review, each with who sent it and what for."""
    asked = {row.id: row for row in records(session, "agency_request", owner=review_id)}
    titles = {
        found: f"{row.words('agency')}, {row.words('purpose').lower()}"
        for found, row in asked.items()
    }
    files = files_of(session, "agency_request", tuple(asked))
    return tuple(sorted(((titles[file.owner], file) for file in files), key=lambda one: one[0]))


def note_meeting(session: Session, meeting_id: int) -> int | None:
    """Return the meeting whose note belongs in a pack for one: its own once it was held.

    Before that it is the last one of its kind where somebody was.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        return None
    before = (
        select(Meeting.id)
        .where(
            Meeting.withdrawn_at.is_(None),
            Meeting.kind == meeting.kind,
            Meeting.held_on < meeting.held_on,
        )
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    )
    candidates: list[int] = [meeting_id, *session.scalars(before.limit(5))]
    for found in candidates:
        here = attendance(session, found)
        if here is not None and here.quorum.present:
            return found
    return None


def invited(session: Session, meeting_id: int) -> tuple[str, ...]:
    """Return who is asked to a meeting, each with the agency, as copies are addressed."""
    here = attendance(session, meeting_id)
    people = here.people if here else ()
    named = ((one.name, ", ".join(filter(None, (one.name, one.agency)))) for one in people)
    return tuple(both if len(both) <= ONE_LINE else name for name, both in named)


def _pack(session: Session, row: RecordRow) -> PackRow:
    meeting, review = _link(row, "meeting"), _link(row, "review")
    about = [row.words(name) for name in ("meeting", "review")]
    return PackRow(
        id=row.id,
        version=row.version,
        reference=row.words("reference"),
        title=row.words("title"),
        meeting=meeting,
        review=review,
        face=str(row.values["face"]),
        recipients=recipients(str(row.values["recipients"] or "")),
        note=str(row.values["note"] or ""),
        about=", ".join(filter(None, about)),
        parts=len(records(session, "pack_item", owner=row.id)),
    )


def _item(session: Session, about: _About, row: RecordRow) -> PartRow:
    held = row.values["attachments"]
    assert isinstance(held, tuple)
    file = int(held[0]) if held else None
    offer = Offer(Part(str(row.values["part"])), _link(row, "review"), file)
    heading = row.words("heading") or _heading(session, offer, about)
    return PartRow(row.id, offer, heading, about_of(session, offer, about.meeting))


def _link(row: RecordRow, name: str) -> int | None:
    value = row.values[name]
    return value if isinstance(value, int) else None
