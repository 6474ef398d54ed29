"""The papers of an open file as PDF, for the window and for the commands alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from oscb_desktop.database.disk import whole_file
from oscb_desktop.domain.date_words import counted, format_date, quoted
from oscb_desktop.domain.documents import Document
from oscb_desktop.domain.faces import SECRETARIAT
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.return_sheets import return_sheet
from oscb_desktop.errors import UserError
from oscb_desktop.queries import (
    papers_action,
    papers_actions,
    papers_annual,
    papers_chair,
    papers_composite,
    papers_decision,
    papers_disposal,
    papers_escalation,
    papers_family,
    papers_meetings,
    papers_notification,
    papers_press,
    papers_record,
    papers_recovery,
    papers_requests,
    papers_returns,
    papers_since,
    papers_summary,
    papers_terms,
)
from oscb_desktop.queries.meetings import attendance
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_actions import LogOf
from oscb_desktop.queries.records import record
from oscb_desktop.queries.requests import requests_of
from oscb_desktop.queries.since import last_meeting
from oscb_desktop.queries.summary import SummaryRow
from oscb_desktop.services.find import (
    find_action,
    find_agency,
    find_meeting,
    find_review,
    find_theme,
)
from oscb_desktop.services.keys import NoteKeyStep, recovery_groups
from oscb_desktop.services.notification import ViewIdentities
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.releases import Copy, MadePaper, new_trace, release_to_file
from oscb_desktop.services.store import Store

LEARNING_SUMMARY, REVIEW_RECORD, ACTION_LOG = (
    "Learning summary",
    "Full record of a review",
    "Action log",
)
"""The papers by the names people ask for, which the history keeps."""

AGENDA, MEETING_NOTE, DECISION_LETTER = (
    "Agenda of a meeting",
    "Note of a meeting",
    "Decision letter to the Panel",
)

TERMS = "Terms of reference"

PRESS_STATEMENT, FAMILY_LETTER = "Press statement", "Letter to the family"

ANNUAL_REPORT, RETURN_SHEET = "Annual report", "Return sheet"

NOTIFICATION_SHEET = "Notification sheet"

REQUEST_LETTER = "Request to an agency"

CHAIR_SHEET = "Live reviews"

SINCE_MEETING, COMPOSITE_PLAN = "Since the last meeting", "Composite plan"

ESCALATION_REPORT, ACTION_RECORD = "Escalation report", "Full record of an action"

_PLAIN = Copy()


def make_learning_summary(
    store: Store,
    review: str,
    copy: Copy = _PLAIN,
    worded: Sequence[SummaryRow] | None = None,
) -> MadePaper:
    """Return the learning summary of a review in memory, not noted: nobody has it yet.

    ``worded`` are its lines where they are not saved yet. Raises ``UserError`` for a review that
    there is not, and for one of which there is nothing to tell.
    """
    review_id = find_review(store, review)
    made = made_now(store, copy)
    document = store.read(papers_summary.learning_summary, review_id, made, worded)
    if not document.says_something:
        raise UserError(
            f"There is nothing to put in a learning summary of {quoted(document.heading)} yet. "
            "Record what happened, a finding, a recommendation or a learning point, or word a line "
            "of the summary."
        )
    return _made(LEARNING_SUMMARY, document, copy, review=review_id)


def make_review_record(
    store: Store, review: str, copy: Copy = _PLAIN, *, face: str = SECRETARIAT
) -> MadePaper:
    """Return the full record of a review as a face sees it; otherwise as a learning summary."""
    review_id = find_review(store, review)
    made = made_now(store, copy)
    document = store.read(papers_record.review_record, review_id, made, face)
    return _made(REVIEW_RECORD, document, copy, review=review_id)


def make_action_log(
    store: Store,
    agency: str | None = None,
    copy: Copy = _PLAIN,
    *,
    review: str | None = None,
    theme: str | None = None,
) -> MadePaper:
    """Return the action log: all actions, or those of an agency, a review or a theme.

    Raises ``UserError`` for one that there is not, and for more than one of them.
    """
    if sum(named is not None for named in (agency, review, theme)) > 1:
        raise UserError("An action log is of one agency, one review or one theme. Give only one.")
    of = LogOf(
        None if agency is None else find_agency(store, agency),
        None if review is None else find_review(store, review),
        None if theme is None else find_theme(store, theme),
    )
    made = made_now(store, copy)
    document = store.read(papers_actions.action_log, of, made)
    return _made(ACTION_LOG, document, copy, review=of.review, agency=of.agency)


def make_action_record(store: Store, action: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return the full record of an action; raises ``UserError`` for one that there is not."""
    action_id = find_action(store, action)
    made = made_now(store, copy)
    document = store.read(papers_action.action_record, action_id, made)
    row = store.read(record, "action", action_id)
    values: Any = row.values if row else {}
    return _made(ACTION_RECORD, document, copy, review=values["review"])


def make_escalation_report(store: Store, copy: Copy = _PLAIN) -> MadePaper:
    """Return what is due to be escalated, and the steps taken with their answers, by agency."""
    made = made_now(store, copy)
    return _made(ESCALATION_REPORT, store.read(papers_escalation.escalation_report, made), copy)


def make_since_meeting(store: Store, day: date | None = None, copy: Copy = _PLAIN) -> MadePaper:
    """Return what happened since a day, or since the last meeting of the subgroup.

    Raises ``UserError`` where there was no meeting yet, and for a day to come.
    """
    if day is None:
        last = store.read(last_meeting, store.today())
        if last is None:
            raise UserError("There was no meeting of the subgroup yet. Say since which day.")
        day = last[1]
    if day > store.today():
        raise UserError(f"{format_date(day)} is still to come. Choose a day that has passed.")
    made = made_now(store, copy)
    return _made(SINCE_MEETING, store.read(papers_since.since_meeting, day, made), copy)


def make_composite_plan(store: Store, copy: Copy = _PLAIN) -> MadePaper:
    """Return the recommendations of all reviews by theme, with their actions."""
    made = made_now(store, copy)
    return _made(COMPOSITE_PLAN, store.read(papers_composite.composite_plan, made), copy)


def make_chair_sheet(store: Store, copy: Copy = _PLAIN) -> MadePaper:
    """Return all live reviews in time, on A4 across."""
    made = made_now(store, copy)
    return _made(CHAIR_SHEET, store.read(papers_chair.chair_sheet, made), copy)


def make_agenda(store: Store, meeting: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return the agenda of a meeting; otherwise the same."""
    meeting_id = find_meeting(store, meeting)
    made = made_now(store, copy)
    return _made(AGENDA, store.read(papers_meetings.agenda, meeting_id, made), copy)


def make_meeting_note(store: Store, meeting: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return the note of a meeting; otherwise the same.

    Raises ``UserError`` too where nobody is ticked as present: a note says who decided.
    """
    meeting_id = find_meeting(store, meeting)
    here = store.read(attendance, meeting_id)
    if here is None or not here.quorum.present:
        raise UserError(
            "Nobody is ticked as present at this meeting. Tick who came, then print its note."
        )
    made = made_now(store, copy)
    document = store.read(papers_meetings.meeting_note, meeting_id, made)
    return _made(MEETING_NOTE, document, copy)


def make_decision_letter(store: Store, review: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return the letter to the Panel about a rapid review; otherwise the same."""
    review_id = _find_rapid_review(store, review)
    document = store.read(papers_decision.decision_letter, review_id, made_now(store, copy))
    return _made(DECISION_LETTER, document, copy, review=review_id)


def decision_letter_text(store: Store, review: str) -> str:
    """Return the letter to the Panel as plain text, for an e-mail; otherwise the same."""
    review_id = _find_rapid_review(store, review)
    from oscb_desktop.reports.document import as_text  # slow to import

    return as_text(store.read(papers_decision.decision_letter, review_id, made_now(store)))


def make_request_letter(
    store: Store,
    review: str,
    agency: str,
    purpose: str = "",
    copy: Copy = _PLAIN,
) -> MadePaper:
    """Return the letter that asks an agency for a purpose, a code or its label; otherwise the same.

    Raises ``UserError`` too where the agency was not asked, or for more than one thing.
    """
    review_id, agency_id = find_review(store, review), find_agency(store, agency)
    asked = [
        row
        for row in store.read(requests_of, review_id, store.today())
        if row.agency_id == agency_id and row.facts.is_sent
    ]
    wanted = purpose.casefold()
    named = [row for row in asked if wanted in (row.facts.purpose, row.purpose_words.casefold())]
    found = named if purpose else asked
    if not found:
        what = f" for {quoted(purpose)}" if purpose else ""
        raise UserError(f"{quoted(agency)} was not asked{what} in this review.")
    if len(found) > 1:
        words = ", ".join(row.purpose_words for row in found)
        raise UserError(f"{quoted(agency)} was asked for: {words}. Say which with --purpose.")
    return make_request_letter_of(store, found[0].id, copy)


def make_request_letter_of(store: Store, request_id: int, copy: Copy = _PLAIN) -> MadePaper:
    """Return the letter of one request in memory, not noted."""
    made = made_now(store, copy)
    row = store.read(record, "agency_request", request_id)
    document = store.read(papers_requests.request_letter, request_id, made)
    values: Any = row.values if row else {}
    return _made(REQUEST_LETTER, document, copy, review=values["review"], agency=values["agency"])


def make_terms(store: Store, review: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return the terms of reference of a full review; otherwise as ``make_learning_summary``."""
    review_id = find_review(store, review)
    found = store.read(record, "review", review_id)
    if found is None or found.values["kind"] == "rapid_review":
        raise UserError("A rapid review has no terms of reference. Choose another review.")
    made = made_now(store, copy)
    document = store.read(papers_terms.terms_of_reference, review_id, made)
    return _made(TERMS, document, copy, review=review_id)


def make_press_statement(store: Store, review: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return the press statement about a review; otherwise as ``make_learning_summary``.

    Raises ``UserError`` too for a wording of ours that cannot be filled in.
    """
    review_id = find_review(store, review)
    document = store.read(papers_press.press_statement, review_id, made_now(store, copy))
    remarks = store.read(papers_press.about_press_statement, review_id, document, store.today())
    return _made(PRESS_STATEMENT, document, copy, review=review_id, remarks=remarks)


def make_family_letter(store: Store, review: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return the letter to the family about a review; otherwise the same."""
    review_id = find_review(store, review)
    document = store.read(papers_family.family_letter, review_id, made_now(store, copy))
    remarks = store.read(papers_family.about_family_letter)
    return _made(FAMILY_LETTER, document, copy, review=review_id, remarks=remarks)


def make_annual_report(
    store: Store, year: str, copy: Copy = _PLAIN, *, public: bool = False
) -> MadePaper:
    """Return the report of a year such as "2021-22", whole or with small numbers kept back.

    Raises ``UserError`` for what is no reporting year.
    """
    chosen = ReportingYear.parse(year, store.read(organisation).year_start_month)
    made = made_now(store, copy)
    document, remarks = store.read(papers_annual.remarked_paper, chosen, made, public=public)
    return _made(ANNUAL_REPORT, document, copy, remarks=remarks)


def make_return_sheet(store: Store, review: str, system: str, copy: Copy = _PLAIN) -> MadePaper:
    """Return what another system asks to be keyed of a review, such as "nhs_tracker" or "panel".

    Raises ``UserError`` for a review or a system that there is not.
    """
    sheet = return_sheet(system)
    review_id = find_review(store, review)
    made = made_now(store, copy)
    document = store.read(papers_returns.return_sheet, review_id, sheet, made)
    return _made(f"{RETURN_SHEET}: {sheet.label}", document, copy, review=review_id)


def make_disposal_certificate(
    store: Store, disposal_id: int, copies: Sequence[tuple[str, str]]
) -> MadePaper:
    """Return the certificate of a disposal; ``copies`` are the files that still hold what went."""
    document = store.read(
        papers_disposal.disposal_certificate,
        disposal_id,
        store.path.name,
        copies,
        made_now(store),
    )
    return _made(document.paper.title, document, _PLAIN)


def make_notification_sheet(
    store: Store, incident_id: int, reason: str = "", copy: Copy = _PLAIN
) -> MadePaper:
    """Return the notification sheet of an incident, with real identities where a reason is given.

    The look at them is logged first. Raises ``UserError`` where none is held.
    """
    if reason:
        store.write(ViewIdentities(incident_id, reason))
    document = store.read(
        papers_notification.notification_sheet,
        incident_id,
        made_now(store, copy),
        identities=bool(reason),
    )
    # No disposal of a review would reach a copy: an incident need not have one.
    made = _made(NOTIFICATION_SHEET, document, copy)
    return replace(made, holds_identities=bool(reason), kept=False)


def print_recovery_sheet(store: Store, to: Path | None = None) -> bytes:
    """Return the recovery sheet of the open file as PDF, noted in the history; otherwise the same.

    It is noted before anybody has the sheet, so that none is ever made unnoticed.
    """
    document = store.read(
        papers_recovery.recovery_sheet, store.path.name, recovery_groups(store), made_now(store)
    )
    from oscb_desktop.reports.document import render  # slow to import

    data = render(document)
    store.write(NoteKeyStep("Make a recovery sheet"))
    if to is not None:
        save_pdf(data, to)
    return data


def save_pdf(data: bytes, to: Path) -> None:
    """Put a paper in a file, whole or not at all; raises ``UserError`` where it cannot."""
    with whole_file(to) as file:
        file.write(data)


def made_now(store: Store, copy: Copy = _PLAIN) -> Made:
    """Return who makes a paper now, as at today or the day of a practice file, and its code."""
    return Made(store.by, store.now(), store.today(), copy.label(), new_trace())


def _find_rapid_review(store: Store, named: str) -> int:
    review_id = find_review(store, named)
    found = store.read(record, "review", review_id)
    if found is None or found.values["kind"] != "rapid_review":
        raise UserError("A decision letter is about a rapid review. Choose one.")
    return review_id


def give(store: Store, paper: MadePaper, to: Path | None, reason: str = "") -> bytes:
    """Return the PDF of a paper; put in a file ``to``, it is checked and noted first.

    Raises ``UserError`` for a file that cannot be written, and where the check found something and
    there is no reason to let it go in spite of that.
    """
    if to is not None:
        release_to_file(store.write, checked(store, paper, reason), to)
    return paper.data


def _made(
    name: str,
    document: Document,
    copy: Copy,
    *,
    review: int | None = None,
    agency: int | None = None,
    remarks: Sequence[str] = (),
) -> MadePaper:
    from oscb_desktop.reports import unprintable
    from oscb_desktop.reports.document import has_words, set_out

    built, told = set_out(document), has_words(document)
    paper = document.paper
    said = (*remarks, _too_long(built.lines_over), unprintable.remark(document, has_words=told))
    return MadePaper(
        built.data,
        name,
        built.pages,
        review,
        agency,
        "" if paper.for_publication else paper.marking,
        copy,
        paper.face,
        paper.trace,
        told=document if told else None,
        remarks=tuple(filter(None, said)),
        about="" if review or agency else _about(name, document.paper.title),
    )


def _about(name: str, title: str) -> str:
    """Return what the title of a paper says that its name does not: a year, a meeting."""
    rest = title.removeprefix(name).strip(" :")
    return rest if rest != title else title.partition(": ")[2]


def _too_long(lines: int) -> str:
    if not lines:
        return ""
    over = counted(lines, "line")
    return f"It is too long for two pages, by about {over}. Two are read: shorten it."
