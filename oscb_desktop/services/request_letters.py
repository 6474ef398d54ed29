"""The e-mails to agencies: one that goes with a request, one that reminds of all that is owed."""

from __future__ import annotations

from collections.abc import Iterator

from oscb_desktop.domain.date_words import counted, format_date, weekday_date
from oscb_desktop.queries.organisation import OrganisationRow
from oscb_desktop.queries.requests import AgencyOwes, RequestRow
from oscb_desktop.services.chasing import Letter


def request_letter(row: RequestRow, ours: OrganisationRow, attached: tuple[str, ...]) -> Letter:
    """Return the e-mail that goes with a request; it tells nothing of the case."""
    due = row.facts.due_on
    by = f" by {weekday_date(due)}" if due else ""
    subject = f"{row.purpose_words} asked for{by} ({row.review})"
    return _letter(row.emails, ours, subject, _asking(row, by, attached), row.contact)


def reminder_letter(one: AgencyOwes, ours: OrganisationRow) -> Letter:
    """Return the e-mail that reminds an agency of all that it owes, the late first."""
    subject = f"Reminder: {counted(len(one.rows), 'answer')} to reviews outstanding"
    contacts = {row.contact for row in one.rows}
    contact = contacts.pop() if len(contacts) == 1 else ""
    return _letter(one.emails, ours, subject, _reminding(one), contact)


def _letter(
    to: tuple[str, ...], ours: OrganisationRow, subject: str, body: Iterator[str], contact: str
) -> Letter:
    marking = (ours.marking, "") if ours.marking else ()
    lines = (*marking, f"Dear {contact or 'colleague'},", "", *body)
    headed = f"{ours.marking}: {subject}" if ours.marking else subject
    ending = ("", "With thanks", ours.subgroup, ours.name)
    return Letter(to, headed, "\n".join((*lines, *ending)))


def _asking(row: RequestRow, by: str, attached: tuple[str, ...]) -> Iterator[str]:
    yield f"We ask {row.agency_name} for this{by}: {row.purpose_words.lower()}, {row.review}."
    yield ""
    if attached:
        yield f"Attached: {'; '.join(attached)}."
    yield "Which child is meant is sent to you separately, in a secure message."
    yield ""
    yield "Please answer by secure e-mail, and name no child and no family in its subject."


def _reminding(one: AgencyOwes) -> Iterator[str]:
    yield f"From {one.name} we are still waiting for:"
    for heading, late in (("Late:", True), ("Still to come:", False)):
        rows = [row for row in one.rows if row.is_late is late]
        if rows:
            yield from ("", heading, *map(_line, rows))
    yield ""
    yield (
        "Please send each by secure e-mail, or tell us today by when it comes and what is in the "
        "way. If your agency did not know the family, a nil return is all we need."
    )


def _line(row: RequestRow) -> str:
    sent, due = row.facts.requested_on, row.facts.due_on
    asked = f", asked for {format_date(sent)}" if sent else ""
    by = f", due {format_date(due)}" if due else ""
    return f"- {row.review}: {row.purpose_words.lower()}{asked}{by}, {row.words}"
