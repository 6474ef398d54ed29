"""What stands around every paper, and the learning summary: records in, worded documents out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import (
    DEFAULT_ACCENT,
    LearningSummary,
    Paper,
    Point,
    Reading,
)
from oscb_desktop.domain.faces import PUBLIC, SECRETARIAT
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import RecordRow, ids_linking, record, records

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")
_BULLET = re.compile(r"^(?:[•·*‣▪–—-]|\d{1,2}[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SHORT = 200
_AUDIENCES = ("practitioner", "system_leader", "national")
_NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True, slots=True)
class Made:
    """Who makes a paper, when, as at which day, its copy label if it has one, and its code."""

    by: str
    at: datetime
    today: date
    version: str = ""
    trace: str = ""


def paper(
    session: Session, made: Made, title: str, subtitle: str = "", *, face: str = SECRETARIAT
) -> Paper:
    """Return what stands around a document of our organisation."""
    ours = organisation(session)
    for_publication = face == PUBLIC
    moment = f"{format_date(made.at.date())} {made.at:%H:%M}"
    return Paper(
        title=title,
        organisation=ours.name,
        subtitle=subtitle,
        marking=ours.marking,
        printed_by=made.by,
        printed_at=format_date(made.today) if for_publication else moment,
        version=made.version,
        accent=ours.accent_colour or DEFAULT_ACCENT,
        face=face,
        trace="" if for_publication else made.trace,
    )


def lines(text: Value) -> tuple[str, ...]:
    """Return the lines of a narrative that say something, in their order."""
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


def points(text: Value) -> tuple[str, ...]:
    """Return the lines of a field with one point a line, without bullets that somebody typed."""
    return tuple(point for line in lines(text) if (point := _BULLET.sub("", line)))


def live_review(session: Session, review_id: int) -> RecordRow:
    """Return a review that is not in the bin; raises ``LookupError`` when there is none."""
    found = record(session, "review", review_id)
    if found is None or found.withdrawn_at is not None:
        raise LookupError(f"there is no live review {review_id}")
    return found


def learning_points(session: Session, review_id: int) -> tuple[RecordRow, ...]:
    """Return the live learning points from a review, by audience and then in their order."""
    kind = record_kind("learning_point")
    ids = set(ids_linking(session, kind, kind.field("reviews"), review_id))
    found = [row for row in records(session, "learning_point") if row.id in ids]
    return tuple(sorted(found, key=lambda row: _AUDIENCES.index(str(row.values["audience"]))))


def learning_summary(session: Session, review_id: int, made: Made) -> LearningSummary:
    """Return the learning summary of a review; nothing in it can name a child or a colleague.

    What we learned is the findings and, in a few words, the learning points for practitioners;
    where there are no findings, all learning points but those for national bodies. What will change
    is the recommendations that were not refused, long ones by their first sentence. Where "What you
    can do" is empty, the practitioners' learning points stand there instead.
    Raises ``LookupError`` when there is no such review.
    """
    review = live_review(session, review_id)
    name = str(review.values["known_as"])
    for_teams = _learning(session, review_id, "practitioner")
    can_do = points(review.values["what_you_can_do"])
    return LearningSummary(
        paper=paper(session, made, f"Learning summary: {name}", face=PUBLIC),
        heading=name,
        review_kind=review.words("kind"),
        what_happened=lines(review.values["what_happened"]),
        what_we_learned=_learned(session, review_id, for_teams if can_do else ()),
        what_was_good=points(review.values["good_practice"]),
        what_will_change=_changes(session, review_id),
        what_you_can_do=can_do or tuple(_in_one(point) for point in for_teams),
        questions=points(review.values["questions"]),
        read_more=_read_more(review),
    )


def _learning(session: Session, review_id: int, audience: str) -> tuple[Point, ...]:
    return tuple(
        Point(str(row.values["heading"]), str(row.values["text"] or ""))
        for row in learning_points(session, review_id)
        if row.values["audience"] == audience
    )


def _learned(session: Session, review_id: int, for_teams: tuple[Point, ...]) -> tuple[Point, ...]:
    findings = tuple(
        Point(str(row.values["title"]), str(row.values["text"] or ""))
        for row in records(session, "finding", owner=review_id)
    )
    if findings:
        return (*findings, *(Point(point.heading) for point in for_teams))
    return (*for_teams, *_learning(session, review_id, "system_leader"))


def _in_one(point: Point) -> str:
    text = " ".join(lines(point.text))
    return f"{point.heading}: {text}" if text else point.heading


def _changes(session: Session, review_id: int) -> tuple[Point, ...]:
    return tuple(
        Point("", _short(session, row))
        for row in records(session, "recommendation", owner=review_id)
        if row.values["response"] != _NOT_ACCEPTED
    )


def _short(session: Session, recommendation: RecordRow) -> str:
    """Return a recommendation for a page or two; its limbs where it says nothing without them."""
    text = " ".join(lines(recommendation.values["text"]))
    if text.endswith(":"):
        limbs = records(session, "limb", owner=recommendation.id)
        return "\n".join((text, *(_limb(limb) for limb in limbs)))
    if len(text) <= _SHORT:
        return text
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def _limb(limb: RecordRow) -> str:
    return f"{limb.values['label']} {' '.join(lines(limb.values['text']))}"


def _read_more(review: RecordRow) -> tuple[Reading, ...]:
    readings = [_reading(line) for line in points(review.values["read_more"])]
    address = str(review.values["published_at"] or "")
    if address and address not in {reading.address for reading in readings}:
        readings.insert(0, Reading("The published report", address))
    return tuple(readings)


def _reading(line: str) -> Reading:
    found = _ADDRESS.search(line)
    if found is None:
        return Reading(line)
    address = found[0].rstrip(".,;)")
    label = line.replace(address, "").strip(" :;,.()-–—")
    return Reading(label or address, address)
