"""The letter that asks an agency: nothing in it can name a child."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date, weekday_date
from oscb_desktop.domain.documents import Fact, RequestLetter, Section
from oscb_desktop.domain.faces import LETTER
from oscb_desktop.domain.requests import purposes
from oscb_desktop.queries.organisation import OrganisationRow, organisation
from oscb_desktop.queries.papers import Made, lines, paper
from oscb_desktop.queries.records import RecordRow, record
from oscb_desktop.queries.requests import default_asked

_CHILD = "Sent separately, in a secure message"


def request_letter(session: Session, request_id: int, made: Made) -> RequestLetter:
    """Return the letter of a request: to whom, what is asked, by when, and how to answer.

    Raises ``LookupError`` when there is no such live request.
    """
    row = record(session, "agency_request", request_id)
    if row is None or row.withdrawn_at is not None:
        raise LookupError(f"there is no live request {request_id}")
    review = _linked(session, row, "review")
    agency = _linked(session, row, "agency")
    contact = _linked(session, row, "contact") if row.values["contact"] else None
    ours = organisation(session)
    name = f"{review.values['reference']} {review.values['known_as']}"
    what = row.words("purpose")
    return RequestLetter(
        paper=paper(session, made, f"{what}: {name}", "Request for information", face=LETTER),
        addressee=tuple(_addressee(agency, contact)),
        facts=_facts(row, review),
        opening=_opening(row, review, agency, ours),
        sections=(
            Section("What we ask", paragraphs=_asked(session, row)),
            Section("How to answer", paragraphs=tuple(_how(row))),
        ),
        ending=("With thanks", f"{ours.subgroup}, {ours.name}"),
    )


def _asked(session: Session, row: RecordRow) -> tuple[str, ...]:
    """Return what was typed, or the usual words for what is asked where nothing was."""
    review, purpose = row.values["review"], str(row.values["purpose"])
    assert isinstance(review, int)
    return lines(row.values["asked"]) or lines(default_asked(session, review, purpose))


def _linked(session: Session, row: RecordRow, name: str) -> RecordRow:
    target = row.values[name]
    found = record(session, {"contact": "person"}.get(name, name), target)  # type: ignore[arg-type]
    assert found is not None
    return found


def _addressee(agency: RecordRow, contact: RecordRow | None) -> Iterable[str]:
    if contact is None:
        yield "To the safeguarding lead"
    else:
        job = contact.words("job_title")
        yield f"To {contact.title}, {job}" if job else f"To {contact.title}"
    yield agency.words("name")
    emails = (contact.words("email") if contact else "", agency.words("email"))
    yield next(filter(None, emails), "")


def _facts(row: RecordRow, review: RecordRow) -> tuple[Fact, ...]:
    due, sent = row.values["due_on"], row.values["requested_on"]
    return (
        Fact("Our reference", f"{review.words('reference')} {review.words('known_as')}"),
        Fact("Review", review.words("kind")),
        Fact("Child details", _CHILD),
        Fact("Asked on", format_date(sent) if sent else ""),  # type: ignore[arg-type]
        Fact("Due", weekday_date(due) if due else ""),  # type: ignore[arg-type]
    )


def _opening(
    row: RecordRow, review: RecordRow, agency: RecordRow, ours: OrganisationRow
) -> tuple[str, ...]:
    due = row.values["due_on"]
    by = f" by {weekday_date(due)}" if due else ""  # type: ignore[arg-type]
    kind = review.words("kind")
    article = "an" if kind[:1] in "AEILO" and kind.isupper() else "a"
    about = f"{article} {kind if kind.isupper() else kind[:1].lower() + kind[1:]}"
    return (
        f"{ours.name} is carrying out {about}. "
        f"We ask {agency.words('name')} for the following{by}.",
    )


def _how(row: RecordRow) -> Iterable[str]:
    if purposes()[str(row.values["purpose"])].form:
        yield (
            "Fill in the workbook that comes with this letter, save it as an Excel workbook "
            "(.xlsx), and send it back."
        )
    yield (
        "Send it by secure e-mail. Quote our reference, and name no child, no family and no "
        "member of staff in the subject or in the name of a file."
    )
    yield (
        "If the day cannot be kept, tell us at once and say when we may count on it. If your "
        "agency did not know the family, a nil return is all we need."
    )
