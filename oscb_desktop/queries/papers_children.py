"""The children and the family of a review under their pseudonyms, for those who meet about it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import Fact, ReviewRecord, Section, Table
from oscb_desktop.domain.faces import PANEL
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.papers import Made, lines, live_review, paper
from oscb_desktop.queries.papers_parts import CHILD_FACTS, filled, has_words, says
from oscb_desktop.queries.records import RecordRow, ids_linking, records_of

_AT_A_GLANCE = ("known_as", "age_at_incident", "sex", "csc_status", "harm_types", "outcome")


def children_summary(session: Session, review_id: int, made: Made) -> ReviewRecord:
    """Return what is held of the children of a review and their families; never an identity.

    A review that names no child tells of those of its incident. Raises ``LookupError`` when there
    is no such review.
    """
    review = live_review(session, review_id)
    children = _children(session, review)
    name = f"{review.values['reference']} {review.values['known_as']}"
    around = paper(session, made, f"Children and family: {name}", "Under pseudonyms", face=PANEL)
    if not children:
        said = Section("Children", paragraphs=("No child is recorded for this review.",))
        return ReviewRecord(around, (said,))
    glance = Section("At a glance", tables=(_glance(children),))
    sections = (
        *((glance,) if len(children) > 1 else ()),
        *(_child(row) for row in children),
        *_families(session, children),
    )
    return ReviewRecord(around, tuple(filter(has_words, sections)))


def _children(session: Session, review: RecordRow) -> list[RecordRow]:
    ids = review.values["children"]
    assert isinstance(ids, tuple)
    wanted = [int(one) for one in ids]
    incident = review.values["incident"]
    if not wanted and isinstance(incident, int):
        kind = record_kind("child")
        wanted = list(ids_linking(session, kind, kind.field("incident"), incident))
    found = records_of(session, "child", wanted)
    live = [row for row in found if row.withdrawn_at is None]
    return sorted(live, key=lambda row: sort_key(row.title))


def _glance(children: list[RecordRow]) -> Table:
    kind = record_kind("child")
    headings = tuple(kind.field(name).label for name in _AT_A_GLANCE)
    rows = tuple(tuple(row.words(name) for name in _AT_A_GLANCE) for row in children)
    return filled(Table("", headings, rows, (3, 2, 2, 3, 4, 3)))


def _child(row: RecordRow) -> Section:
    kind = record_kind("child")
    facts = tuple(
        Fact(kind.field(name).label, row.words(name))
        for name in CHILD_FACTS
        if says(row, kind.field(name))
    )
    voice = lines(row.values["voice"])
    said = (Section(kind.field("voice").label, paragraphs=voice),) if voice else ()
    return Section(str(row.values["known_as"]), facts, subsections=said)


def _families(session: Session, children: list[RecordRow]) -> list[Section]:
    """Return each family once, with which of the children belong to it."""
    held = {row.values["family"]: row for row in children}
    ids = [one for one in held if isinstance(one, int)]
    found = []
    for family in records_of(session, "family", ids):
        members = [row for row in children if row.values["family"] == family.id]
        named = ", ".join(str(row.values["known_as"]) for row in members)
        facts = (Fact("Children", named),)
        found.append(Section(family.words("known_as"), facts, lines(family.values["notes"])))
    return found
