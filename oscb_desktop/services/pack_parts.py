"""The parts of a pack: its papers in the pack's version, the files that were sent, or why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from oscb_desktop.domain.documents import Document
from oscb_desktop.domain.packs import AttachedPart, MissingPart, Offer, OwnPart, PackPart, Part
from oscb_desktop.errors import UserError
from oscb_desktop.queries import (
    packs,
    papers_actions,
    papers_chair,
    papers_children,
    papers_decision,
    papers_meetings,
    papers_notification,
    papers_record,
    papers_terms,
)
from oscb_desktop.queries.attachments import file_row
from oscb_desktop.queries.packs import PackRow, PartRow
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_actions import LogOf
from oscb_desktop.queries.records import RecordRow, record
from oscb_desktop.services.attachments import content_of
from oscb_desktop.services.store import Store

_OF_NO_REVIEW = (Part.AGENDA, Part.MEETING_NOTE, Part.CHAIR_SHEET)


def parts_of(store: Store, pack: PackRow, row: PartRow, made: Made) -> list[PackPart]:
    """Return what an item of a pack comes to: a paper, the files of the agencies, a file."""
    offer = row.offer
    if offer.part is Part.ATTACHMENT:
        return [_file(store, row.heading, row.heading, offer.attachment or 0)]
    if offer.part is Part.AGENCY_RETURNS:
        sent = store.read(packs.returns_of, offer.review or 0)
        if not sent:
            return [MissingPart(row.heading, row.about)]
        return [_file(store, f"{who}: {file.name}", file.name, file.id) for who, file in sent]
    document = told(store, pack, offer, made)
    if isinstance(document, str):
        return [MissingPart(row.heading, document)]
    return [OwnPart(row.heading, rendered_paper(document)[0])]


def _file(store: Store, heading: str, name: str, attachment: int) -> PackPart:
    found = store.read(file_row, attachment)
    try:
        content = content_of(store, attachment)
    except UserError as refused:
        return MissingPart(heading, refused.sentence)
    return AttachedPart(heading, found.name if found else name, content)


def told(store: Store, pack: PackRow, offer: Offer, made: Made) -> Document | str:
    """Return a paper of a pack in the pack's version, or why there is none."""
    try:
        if offer.review is None or offer.part in _OF_NO_REVIEW:
            document = _of_meeting(store, pack, offer.part, made)
        else:
            document = _of_review(store, offer.review, offer.part, made, pack.face)
    except LookupError:
        return "What it is about is in the bin."
    if isinstance(document, str):
        return document
    return replace(document, paper=replace(document.paper, face=pack.face))


def _of_meeting(store: Store, pack: PackRow, part: Part, made: Made) -> Document | str:
    if part is Part.CHAIR_SHEET:
        return store.read(papers_chair.chair_sheet, made)
    if part is Part.ACTIONS:
        return store.read(papers_actions.action_log, papers_actions.ALL, made)
    if part not in _OF_NO_REVIEW:
        return "It is said of no review."
    if pack.meeting is None:
        return "This pack is for no meeting."
    if part is Part.AGENDA:
        return store.read(papers_meetings.agenda, pack.meeting, made)
    held = store.read(packs.note_meeting, pack.meeting)
    if held is None:
        return "No meeting was held yet."
    return store.read(papers_meetings.meeting_note, held, made)


def _of_review(store: Store, review: int, part: Part, made: Made, face: str) -> Document | str:
    row = store.read(record, "review", review)
    if row is None or row.withdrawn_at is not None:
        raise LookupError("the review is in the bin")
    rapid = row.values["kind"] == "rapid_review"
    if part is Part.NOTIFICATION_SHEET:
        return _notification(store, row, made, face)
    if part is Part.DECISION and not rapid:
        return "A decision form is about a rapid review, which this is not."
    if part is Part.TERMS and rapid:
        return "A rapid review has no terms of reference."
    if part is Part.ACTIONS:
        return store.read(papers_actions.action_log, LogOf(review=review), made)
    if part is Part.REVIEW_RECORD:
        return store.read(papers_record.review_record, review, made, face)
    tellers: dict[Part, Callable[..., Document]] = {
        Part.CHILDREN: papers_children.children_summary,
        Part.DECISION: papers_decision.decision_letter,
        Part.TERMS: papers_terms.terms_of_reference,
    }
    return store.read(tellers[part], review, made)


def _notification(store: Store, review: RecordRow, made: Made, face: str) -> Document | str:
    incident = review.values["incident"]
    if not isinstance(incident, int):
        return "No incident is recorded for this review."
    return store.read(
        papers_notification.notification_sheet, incident, made, identities=False, face=face
    )


def rendered_paper(document: Document) -> tuple[bytes, int]:
    """Return the PDF of a paper with its number of pages."""
    from oscb_desktop.reports.document import rendered  # slow to import

    return rendered(document)
