"""Letters about a full review as plain text to paste: its start, its progress, its delay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import live_review
from oscb_desktop.queries.publication import publication_of
from oscb_desktop.queries.records import RecordRow, record, records

USUAL_QUESTION = """How far has the review come, and is it on time for the planned publication?
Which agency reports, meetings with the family or records are still missing?
Is anything putting the time or the quality of the review at risk, and what would help?"""
"""What is asked where nobody has worded it otherwise."""


def start_notice(session: Session, review_id: int) -> str:
    """Return what the Panel, Ofsted and DfE are told: the decision, and the reviewer's name."""
    review = live_review(session, review_id)
    initiated = review.words("initiated_on")
    decided = f" on {initiated}" if initiated else ""
    reviewer = review.words("reviewer")
    led = f"It is led by {reviewer}." if reviewer else "The lead reviewer's name follows."
    found = publication_of(session, review_id)
    limit = found.limit_on if found else None
    body = [
        f"The safeguarding partners decided{decided} to undertake a local child safeguarding "
        f"practice review. {led}",
        f"It is to be published by {format_date(limit)}." if limit else "",
    ]
    return _letter(session, review, _PANEL_OFSTED_DFE, body)


def progress_request(session: Session, check_id: int) -> str:
    """Return the written request to the reviewer (SI 2018/789, regulation 14)."""
    check = record(session, "progress_check", check_id)
    assert check is not None
    review = live_review(session, _owner(check))
    body = [
        f"{check.words('asked_on')}: request in writing under regulation 14 of the Child "
        "Safeguarding Practice Review and Relevant Agency (England) Regulations 2018.",
        "The safeguarding partners ask, so as to judge the progress and the quality of the review:",
        check.words("question"),
        "Please answer in writing.",
    ]
    return _letter(session, review, check.words("asked_of"), body)


def delay_letter(session: Session, review_id: int) -> str:
    """Return the letter that tells the Panel and the Secretary of State why a review is late."""
    review, found = live_review(session, review_id), publication_of(session, review_id)
    assert found is not None
    initiated, limit = found.initiated_on, found.limit_on
    begun = (
        f"The review was started by the decision of {_on(initiated)} and was to be published by "
        f"{_on(limit)}. It cannot be published by then."
        if initiated and limit
        else "The publication of this review is delayed."
    )
    reasons = _points("The reasons are:", found.delay_reasons)
    waits = _points("Publication waits for:", (one.kind for one in found.holding))
    pauses = records(session, "pause", owner=review_id)
    rests = _points(
        "The review rests:",
        (f"{row.words('reason')}, since {row.words('from_on')}" for row in _open(pauses)),
    )
    planned = f"Publication is now planned for {_on(found.planned_on)}." if found.planned_on else ""
    return _letter(session, review, _PANEL_AND_STATE, [begun, reasons, waits, rests, planned])


_PANEL_OFSTED_DFE = (
    "To the Child Safeguarding Practice Review Panel, Ofsted and the Department for Education"
)
_PANEL_AND_STATE = (
    "To the Child Safeguarding Practice Review Panel and the Secretary of State for Education"
)


def _letter(session: Session, review: RecordRow, to: str, body: Iterable[str]) -> str:
    ours = organisation(session)
    about = (
        f"{review.words('kind')} {review.words('reference')}, known as {review.words('known_as')}"
    )
    head = [ours.marking, ours.name, to if to.startswith("To ") else f"To {to}", about]
    return "\n\n".join(part for part in (*head, *body, ours.marking) if part) + "\n"


def _points(lead: str, points: Iterable[str]) -> str:
    told = list(points)
    return "\n".join([lead, *(f"- {point}" for point in told)]) if told else ""


def _open(pauses: Iterable[RecordRow]) -> Iterable[RecordRow]:
    return (row for row in pauses if not row.values["until_on"])


def _owner(row: RecordRow) -> int:
    owner = row.values["review"]
    assert isinstance(owner, int)
    return owner


def _on(day: date | None) -> str:
    return format_date(day) if day else ""
