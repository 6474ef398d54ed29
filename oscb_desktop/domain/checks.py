"""The rules between the fields of one record, each a sentence beside the field that is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from datetime import date

from oscb_desktop.domain.fields.field import ONE_LINE
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.packs import recipients
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Values, is_empty
from oscb_desktop.domain.wordings import unknown_placeholder
from oscb_desktop.errors import FieldFault

Check = Callable[[Values], Iterator[FieldFault]]

_IN_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "agency": (("active_from", "active_until"),),
    "membership": (("from_on", "to_on"),),
    "incident": (
        ("happened_on", "aware_on"),
        ("happened_on", "notified_on"),
        ("aware_on", "notified_on"),
        ("received_on", "acknowledged_on"),
    ),
    "notification_discussion": (("held_on", "decided_on"),),
    "review": (
        ("started_on", "finished_on"),
        ("started_on", "published_on"),
        ("started_on", "sent_to_panel_on"),
        ("initiated_on", "published_on"),
        ("initiated_on", "report_sent_on"),
        ("initiated_on", "publication_planned_on"),
        ("report_sent_on", "published_on"),
        ("published_on", "taken_down_on"),
        ("scope_from", "scope_to"),
    ),
    "panel_response": (("received_on", "replied_on"),),
    "recommendation": (("made_on", "responded_on"),),
    "action": (
        ("agreed_on", "original_due_on"),
        ("agreed_on", "completed_on"),
        ("completed_on", "signed_off_on"),
    ),
    "evidence": (("received_on", "accepted_on"),),
    "cost_line": (("incurred_on", "paid_on"),),
    "agency_request": (
        ("requested_on", "due_on"),
        ("requested_on", "reminded_on"),
        ("requested_on", "received_on"),
        ("requested_on", "withdrawn_on"),
    ),
    "parallel_process": (("began_on", "ended_on"),),
    "commission": (("interest_on", "contract_on"), ("contract_on", "ended_on")),
    "engagement": (("contacted_on", "met_on"), ("contacted_on", "draft_shared_on")),
    "report_draft": (("made_on", "sent_on"), ("sent_on", "due_on"), ("sent_on", "returned_on")),
    "progress_check": (("asked_on", "answered_on"),),
    "pause": (("from_on", "until_on"),),
    "escalation": (("raised_on", "replied_on"),),
    "mailing": (("sent_on", "due_back_on"), ("sent_on", "returned_on")),
    "legal_hold": (("placed_on", "lifted_on"),),
}
"""Pairs of dates of which the second cannot come before the first."""

_WITHIN: dict[str, tuple[tuple[str, str], ...]] = {"engagement": (("attended", "invited"),)}
"""Pairs of numbers of which the first is a part of the second."""


def cross_checks(
    kind: str, values: Values, changed: Container[str] | None = None
) -> tuple[FieldFault, ...]:
    """Return the faults between the fields of one record of this kind, the first of each field.

    Where ``changed`` names the fields that are being changed, a pair is looked at only where one
    of the two is among them.
    """
    found = [*_order_faults(kind, values, changed), *_part_faults(kind, values, changed)]
    if kind in _CHECKS:
        found += _CHECKS[kind](values)
    first = {fault.field: fault for fault in reversed(found)}
    return tuple(fault for fault in found if first[fault.field] is fault)


def _touched(pair: tuple[str, str], changed: Container[str] | None) -> bool:
    return changed is None or any(name in changed for name in pair)


def _part_faults(kind: str, values: Values, changed: Container[str] | None) -> Iterator[FieldFault]:
    for part, whole in _WITHIN.get(kind, ()):
        some, every = values.get(part), values.get(whole)
        if not (isinstance(some, int) and isinstance(every, int)):
            continue
        if some > every and _touched((part, whole), changed):
            declared = RECORD_KINDS[kind]
            yield FieldFault(
                part,
                f"“{declared.field(part).label}” cannot be more than "
                f"“{declared.field(whole).label}”.",
            )


def _order_faults(
    kind: str, values: Values, changed: Container[str] | None
) -> Iterator[FieldFault]:
    for first, second in _IN_ORDER.get(kind, ()):
        if not _touched((first, second), changed):
            continue
        begins, ends = _earliest(values.get(first)), _latest(values.get(second))
        if begins and ends and ends < begins:
            declared = RECORD_KINDS[kind]
            yield FieldFault(
                second,
                f"“{declared.field(second).label}” cannot come before "
                f"“{declared.field(first).label}”.",
            )


def _earliest(value: object) -> date | None:
    if isinstance(value, UncertainDate):
        return value.earliest
    return value if isinstance(value, date) else None


def _latest(value: object) -> date | None:
    if isinstance(value, UncertainDate):
        return value.latest
    return value if isinstance(value, date) else None


def _numbered(values: Values) -> Iterator[FieldFault]:
    number = values.get("number")
    if isinstance(number, int) and not 1 <= number <= 999:
        yield FieldFault("number", "A number here is from 1 to 999.")


def _recommendation(values: Values) -> Iterator[FieldFault]:
    yield from _numbered(values)
    if values.get("response") in ("accepted_in_part", "not_accepted") and is_empty(
        values.get("response_reason")
    ):
        yield FieldFault("response_reason", "Say why it is not accepted in full.")


def _action(values: Values) -> Iterator[FieldFault]:
    complete = values.get("delivery") == "complete"
    if complete and not values.get("completed_on"):
        yield FieldFault(
            "completed_on", "A complete action needs the day on which it was completed."
        )
    if not complete and values.get("completed_on"):
        yield FieldFault("completed_on", "Only a complete action has a day of completion.")
    if values.get("signed_off_on") and not values.get("signed_off_by"):
        yield FieldFault("signed_off_by", "Say who signed it off.")
    if values.get("signed_off_on") and not complete:
        yield FieldFault("signed_off_on", "Only a complete action can be signed off.")
    yield from _hand_given_colour(values)


def _hand_given_colour(values: Values) -> Iterator[FieldFault]:
    given = values.get("given_colour")
    if given and is_empty(values.get("colour_reason")):
        yield FieldFault("colour_reason", "Say why the colour is given by hand; it is printed.")
    accepted = values.get("assurance") in ("evidence_accepted", "impact_shown", "embedded")
    if given == "blue" and not (accepted and values.get("signed_off_on")):
        yield FieldFault(
            "given_colour", "Blue needs evidence that was accepted, and a sign-off, also by hand."
        )


def _age_band(values: Values) -> Iterator[FieldFault]:
    start, end = values.get("from_years"), values.get("to_years")
    if isinstance(start, int) and not 0 <= start <= 25:
        yield FieldFault("from_years", "An age band starts between 0 and 25.")
    if isinstance(start, int) and isinstance(end, int) and end < start:
        yield FieldFault("to_years", "An age band cannot end before it starts.")


def _organisation(values: Values) -> Iterator[FieldFault]:
    month = values.get("year_start_month")
    if isinstance(month, int) and not 1 <= month <= 12:
        yield FieldFault("year_start_month", "A month is a number from 1 to 12.")
    for name in ("due_soon_days", "panel_reply_days"):
        days = values.get(name)
        if isinstance(days, int) and not 0 <= days <= 366:
            yield FieldFault(name, "Give a number of days from 0 to 366.")
    colour = values.get("accent_colour")
    if isinstance(colour, str) and not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        yield FieldFault("accent_colour", "Type a colour as # and six letters or digits: #1D4F73.")


def _review(values: Values) -> Iterator[FieldFault]:
    if values.get("publication") == "not_published" and values.get("published_on"):
        yield FieldFault("published_on", "A review that is not published has no publication day.")
    if values.get("publication") == "delayed" and values.get("published_on"):
        yield FieldFault("publication", "It is published, so it is not delayed any more: say how.")
    if values.get("taken_down_on") and not values.get("published_on"):
        yield FieldFault("taken_down_on", "Only what is published can be taken down.")


def _baseline(values: Values) -> Iterator[FieldFault]:
    year = values.get("year")
    if isinstance(year, str) and not re.fullmatch(r"\d{4}(-\d\d)?", year):
        yield FieldFault("year", "Type a year as 2020-21, or 2020 when years begin in January.")


def _assurance_check(values: Values) -> Iterator[FieldFault]:
    checked, result = values.get("checked_on"), values.get("result")
    if checked and not result:
        yield FieldFault("result", "Say whether it holds, or leave the day empty until it is done.")
    if result and not checked:
        yield FieldFault("checked_on", "Say on which day it was looked at.")


def _retention_rule(values: Values) -> Iterator[FieldFault]:
    years = values.get("years")
    if isinstance(years, int) and not 0 <= years <= 150:
        yield FieldFault("years", "Give a number of years from 0 to 150.")


def _wording(values: Values) -> Iterator[FieldFault]:
    odd = unknown_placeholder(str(values.get("text") or ""))
    if odd:
        yield FieldFault("text", odd)


def _legal_hold(values: Values) -> Iterator[FieldFault]:
    lifted = values.get("lifted_on")
    if lifted and not values.get("lifted_by"):
        yield FieldFault("lifted_by", "Say who lifted it.")
    if values.get("lifted_by") and not lifted:
        yield FieldFault("lifted_on", "Say on which day it was lifted.")
    names_any = any(not is_empty(values.get(name)) for name in ("reviews", "incidents"))
    if values.get("everything") is False and not (names_any or lifted):
        # A lifted one may name nothing any more: what it named can be disposed of.
        yield FieldFault(
            "reviews",
            "Name the reviews or incidents that it holds, or say that it holds everything.",
        )


def _pack(values: Values) -> Iterator[FieldFault]:
    """No copy leaves for somebody whose name the list of printed papers cannot take."""
    for number, who in enumerate(recipients(str(values.get("recipients") or "")), start=1):
        if len(who) > ONE_LINE:
            yield FieldFault(
                "recipients",
                f"The name of copy {number} (“{who[:30]}…”) has {len(who)} letters. Make it "
                f"{ONE_LINE} or fewer.",
            )


_CHECKS: dict[str, Check] = {
    "assurance_check": _assurance_check,
    "retention_rule": _retention_rule,
    "legal_hold": _legal_hold,
    "finding": _numbered,
    "learning_point": _numbered,
    "baseline": _baseline,
    "recommendation": _recommendation,
    "action": _action,
    "age_band": _age_band,
    "organisation": _organisation,
    "wording": _wording,
    "pack": _pack,
    "review": _review,
}
