"""The letter to the Panel about a rapid review: nothing in it can name a child."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.decisions import CRITERIA
from oscb_desktop.domain.documents import DecisionLetter, Fact, Section, Table
from oscb_desktop.domain.faces import LETTER
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.statutory_clock import Clock, ClockName
from oscb_desktop.domain.values import is_empty
from oscb_desktop.queries.clocks import clocks_of_review
from oscb_desktop.queries.papers import Made, learning_points, lines, live_review, paper
from oscb_desktop.queries.records import RecordRow, record, records

_ADDRESSEE = ("To the Child Safeguarding Practice Review Panel",)
_GREETING = "Dear members of the Panel"
_ENDING = ("Yours sincerely",)
_NOT_SAID = "Not recorded"
_NOTIFICATION = "Your reference of the notification"
_ASKED = ("notification_criteria_met", "facts_sufficient"), ("criteria_met", "lcspr_commissioned")
_WANTED = (
    *_ASKED[0],
    *CRITERIA,
    *_ASKED[1],
    "decision",
    "decided_on",
    "decision_reason",
    "immediate_action",
    "national_potential",
)
"""The answers of the review without which its letter is unfinished, in the letter's order."""


def decision_letter(session: Session, review_id: int, made: Made) -> DecisionLetter:
    """Return the letter about a rapid review, as far as its decision is recorded.

    Raises ``LookupError`` when there is no such review.
    """
    review = live_review(session, review_id)
    clock = _clock(session, review_id, made.today)
    notification = _notification_reference(session, review)
    signed, to_sign = _sign_offs(session, review_id)
    name = f"{review.values['reference']} {review.values['known_as']}"
    return DecisionLetter(
        paper=paper(
            session,
            made,
            f"Rapid review: {name}",
            "Decision of the safeguarding partners",
            face=LETTER,
        ),
        unfinished=_unfinished(review, notification, to_sign),
        addressee=_ADDRESSEE,
        facts=_facts(review, clock, notification, made.today),
        greeting=_GREETING,
        opening=_opening(review, clock),
        sections=(
            _notification(review),
            _criteria(review),
            _decision(review),
            _said("Immediate action", review, "immediate_action"),
            _learning(session, review),
            _national(review),
            *_others(session, review),
            _said("Disagreement", review, "dissent", nothing="No disagreement is recorded."),
        ),
        ending=_ENDING,
        signed=signed,
        to_sign=tuple(f"{partner}: name, role, signature and date" for partner in to_sign),
    )


def _notification_reference(session: Session, review: RecordRow) -> str:
    """Return the reference that the national form gave to the notification."""
    incident = review.values["incident"]
    row = record(session, "incident", incident) if isinstance(incident, int) else None
    return row.words("notification_reference") if row else ""


def _unfinished(review: RecordRow, notification: str, to_sign: Iterable[str]) -> str:
    """Say what a letter that is printed early lacks; nothing where it is whole."""
    lacks = [] if notification else [_NOTIFICATION]
    lacks += [_label(name) for name in _WANTED if is_empty(review.values[name])]
    unsigned = "; ".join(to_sign)
    told = []
    if lacks:
        told.append(f"Not recorded yet: {'; '.join(lacks)}.")
    if unsigned:
        told.append(f"Not signed off yet: {unsigned}.")
    early = told and is_empty(review.values["sent_to_panel_on"])
    return " ".join(("Not ready to be sent.", *told) if early else told)


def _clock(session: Session, review_id: int, today: date) -> Clock | None:
    found = clocks_of_review(session, review_id, today)
    clocks = found.clocks if found else ()
    return next((clock for clock in clocks if clock.name is ClockName.RAPID_REVIEW), None)


def _facts(
    review: RecordRow, clock: Clock | None, notification: str, today: date
) -> tuple[Fact, ...]:
    children = review.values["children"]
    number = len(children) if isinstance(children, tuple) else 0
    return (
        Fact("Date", format_date(today)),
        Fact(_NOTIFICATION, notification or _NOT_SAID),
        Fact("Our reference", review.words("reference")),
        Fact("Known as", review.words("known_as")),
        Fact("Children", _children(number)),
        Fact("Our part", review.words("role")),
        Fact("Other partnerships", review.words("partnerships")),
        Fact("Notification sent", format_date(clock.counts_from_on) if clock else ""),
        Fact("Due", format_date(clock.due_on) if clock and clock.due_on else ""),
        Fact("Sent", review.words("sent_to_panel_on")),
    )


def _children(number: int) -> str:
    return "" if not number else "1 child" if number == 1 else f"{number} children"


def _opening(review: RecordRow, clock: Clock | None) -> tuple[str, ...]:
    """Say what was decided in a sentence or two, and whether the letter is late and why."""
    commissioned = review.values["lcspr_commissioned"]
    decided = review.words("decided_on")
    when = f" on {decided}" if decided else ""
    words = {True: "to undertake", False: "not to undertake"}
    said = "The decision is not recorded yet."
    if isinstance(commissioned, bool):
        said = (
            f"The safeguarding partners decided{when} {words[commissioned]} a local child "
            "safeguarding practice review."
        )
    late = []
    if clock is not None and clock.is_late:
        reason = review.words("late_reason")
        late = [f"This letter is late. {reason}" if reason else "This letter is late."]
    return (said, *late)


def _notification(review: RecordRow) -> Section:
    return Section(
        "Notification and facts",
        facts=_answers(review, _ASKED[0]),
    )


def _criteria(review: RecordRow) -> Section:
    whole = _answers(review, _ASKED[1])
    return Section("Criteria for a local review", facts=(*_one_by_one(review), *whole))


def _one_by_one(review: RecordRow) -> Iterable[Fact]:
    for name, fact in zip(CRITERIA, _answers(review, CRITERIA), strict=True):
        reason = " ".join(lines(review.values[f"{name}_reason"]))
        yield Fact(fact.label, f"{fact.value}. {reason}" if reason else fact.value)


def _decision(review: RecordRow) -> Section:
    facts = tuple(Fact(_label(name), review.words(name)) for name in ("decision", "decided_on"))
    reasons = lines(review.values["decision_reason"])
    return Section(
        "Decision and reason",
        facts=tuple(fact for fact in facts if fact.value),
        paragraphs=reasons or ("No reason is recorded.",),
    )


def _learning(session: Session, review: RecordRow) -> Section:
    """Return what was learned and how it is shared: findings, then learning points."""
    findings = tuple(
        f"{row.words('title')}. {' '.join(lines(row.values['text']))}".strip()
        for row in records(session, "finding", owner=review.id)
    )
    points = tuple(row.words("heading") for row in learning_points(session, review.id))
    shared = lines(review.values["learning_shared"])
    return Section(
        "Learning",
        paragraphs=(*findings, *points),
        subsections=(Section("How it is shared", paragraphs=shared),) if shared else (),
    )


def _national(review: RecordRow) -> Section:
    return Section("National importance", facts=_answers(review, ("national_potential",)))


def _others(session: Session, review: RecordRow) -> Iterable[Section]:
    """Return the other processes, and the scrutineer's view, where there are any."""
    rows = tuple(
        (row.words("kind"), row.words("status"))
        for row in records(session, "parallel_process", owner=review.id)
    )
    if rows:
        yield Section("Other processes", tables=(Table("", ("Process", "Where it stands"), rows),))
    view = lines(review.values["scrutineer_view"])
    if view:
        yield Section(_label("scrutineer_view"), paragraphs=view)


def _sign_offs(session: Session, review_id: int) -> tuple[Table | None, tuple[str, ...]]:
    """Return the partners that signed, as a table, and the names of those that did not."""
    signed = {
        row.values["partner"]: row
        for row in records(session, "partner_sign_off", owner=review_id)
        if row.values["stage"] == "rapid_review"
    }
    partners = code_list("statutory_partner").codes
    rows = [
        (entry.label, *(row.words(name) for name in ("name", "role", "signed_on", "dissent")))
        for entry in partners
        if (row := signed.get(entry.code))
    ]
    headings = ("Partner", "Name", "Role", "Signed on", "Disagreement")
    used = 5 if any(row[4] for row in rows) else 4
    table = Table("", headings[:used], tuple(tuple(row[:used]) for row in rows)) if rows else None
    return table, tuple(entry.label for entry in partners if entry.code not in signed)


def _said(title: str, review: RecordRow, name: str, nothing: str = "None is recorded.") -> Section:
    return Section(title, paragraphs=lines(review.values[name]) or (nothing,))


def _answers(review: RecordRow, names: Iterable[str]) -> tuple[Fact, ...]:
    """Return a question and its answer each, also where nobody has answered it."""
    return tuple(
        Fact(_label(name), _NOT_SAID if is_empty(review.values[name]) else review.words(name))
        for name in names
    )


def _label(name: str) -> str:
    return record_kind("review").field(name).label
