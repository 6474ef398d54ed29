"""The terms of reference of a full review: nothing in them can name a child."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import Fact, Section, Table, TermsOfReference
from oscb_desktop.domain.faces import PANEL
from oscb_desktop.queries.papers import Made, live_review, paper, points
from oscb_desktop.queries.papers import lines as paragraphs
from oscb_desktop.queries.publication import publication_of
from oscb_desktop.queries.records import RecordRow, record, records

_NOT_SET = ("Not set yet.",)


def terms_of_reference(session: Session, review_id: int, made: Made) -> TermsOfReference:
    """Return the terms of a review, as far as they are recorded.

    Raises ``LookupError`` when there is no such review.
    """
    review = live_review(session, review_id)
    name = f"{review.values['reference']} {review.values['known_as']}"
    return TermsOfReference(
        paper=paper(session, made, f"Terms of reference: {name}", review.words("kind"), face=PANEL),
        facts=_facts(session, review),
        purpose=paragraphs(review.values["purpose"]) or _NOT_SET,
        enquiry=points(review.values["terms"]),
        sections=tuple(_sections(session, review)),
    )


def _facts(session: Session, review: RecordRow) -> tuple[Fact, ...]:
    children = review.values["children"]
    number = len(children) if isinstance(children, tuple) else 0
    found = publication_of(session, review.id)
    assert found is not None
    limit = format_date(found.limit_on) if found.limit_on else ""
    facts = (
        Fact("Known as", review.words("known_as")),
        Fact("Children", str(number) if number else ""),
        Fact("Our part", review.words("role")),
        Fact("Other partnerships", review.words("partnerships")),
        Fact("Decision to start it", review.words("initiated_on")),
        Fact("To be published by", limit),
        Fact("Publication planned for", review.words("publication_planned_on")),
        Fact("Lead reviewer", review.words("reviewer")),
        Fact("Method", review.words("methodology")),
        Fact("Time looked at", _scope(review)),
        Fact("Agencies looked at", review.words("agencies")),
        Fact("Looked at beside the children", review.words("others_in_scope")),
    )
    return tuple(fact for fact in facts if fact.value)


def _scope(review: RecordRow) -> str:
    first, last = review.words("scope_from"), review.words("scope_to")
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def _sections(session: Session, review: RecordRow) -> Iterable[Section]:
    yield _members(session, review)
    agencies = _agencies(session, review)
    if agencies:
        yield Section("Agencies asked", tables=(Table("", ("Agency", "For", "Due"), agencies),))
    family = tuple(
        (row.words("who"), row.words("kind"))
        for row in records(session, "engagement", owner=review.id)
    )
    if family:
        yield Section(
            "Practitioners and family", tables=(Table("", ("Who", "With"), family, (2, 1)),)
        )
    processes = tuple(
        (row.words("kind"), row.words("status"), row.words("constraint"))
        for row in records(session, "parallel_process", owner=review.id)
        if not row.values["ended_on"]
    )
    if processes:
        headings = ("Process", "Where it stands", "What it asks of the review")
        yield Section("Other processes", tables=(Table("", headings, processes),))


def _members(session: Session, review: RecordRow) -> Section:
    """Return the review's panel with their work, whatever group they belong to."""
    members = review.values["members"]
    ids = members if isinstance(members, tuple) else ()
    people = (record(session, "person", int(one)) for one in ids)
    rows = tuple(
        (one.words("name"), one.words("job_title"), one.words("agency"))
        for one in people
        if one is not None
    )
    if not rows:
        return Section("Review panel", paragraphs=_NOT_SET)
    return Section("Review panel", tables=(Table("", ("Name", "Work", "Agency"), rows),))


def _agencies(session: Session, review: RecordRow) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (row.words("agency"), row.words("purpose"), row.words("due_on"))
        for row in records(session, "agency_request", owner=review.id)
        if not row.values["withdrawn_on"]
    )
