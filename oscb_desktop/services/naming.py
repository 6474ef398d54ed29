"""What a record is given by itself: its reference, its rule set, its first due date, its label."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from oscb_desktop.database.models import MODELS
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.references import next_reference
from oscb_desktop.domain.rule_sets import load_rule_sets, rule_set_on
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value, Values, is_empty
from oscb_desktop.queries.records import title_of
from oscb_desktop.services.work import Work

_YEAR_FROM = {
    "incident": ("received_on", "aware_on", "notified_on", "happened_on"),
    "review": ("started_on",),
    "action": ("agreed_on",),
    "meeting": ("held_on",),
}
"""The fields whose first filled date gives a reference its year; otherwise the year of today."""

_WITHOUT_YEAR = ("family",)

_LETTERS = {"finding": "F", "recommendation": "R"}


def complete(work: Work, kind: RecordKind, values: dict[str, Value]) -> dict[str, Value]:
    """Fill in what a new record is given by itself where it was left empty."""
    whole: dict[str, Value] = {name: values.get(name) for name in kind.names}
    for declared in kind.fields:
        if declared.holds_many and whole[declared.name] is None:
            whole[declared.name] = ()
    if kind.name == "review":
        _give_rule_set(whole)
    if kind.name == "action":
        _give_due_dates(whole)
    if kind.name == "agenda_item":
        _give_next_number(work, whole)
    if kind.has_reference and is_empty(whole["reference"]):
        whole["reference"] = _reference(work, kind, whole)
    return whole


def label(work: Work, verb: str, kind_name: str, record_id: int) -> str:
    """Return the label of a step, such as ``Change review RR-2021-03 Child M``."""
    name = named(work, kind_name, record_id)
    return f"{verb} {name[:1].lower()}{name[1:]}"


def named(work: Work, kind_name: str, record_id: int) -> str:
    """Return what a sentence calls a record, ``Review RR-2021-03 Child M``; never an identity."""
    kind = record_kind(kind_name)
    title = "" if kind.identifying else title_of(work.session, kind_name, record_id)
    return f"{kind.label} {title}".rstrip()


def named_with_owner(work: Work, kind_name: str, record_id: int) -> str:
    """Return what a sentence calls a record, and whose it is where it has no reference itself."""
    kind, name = record_kind(kind_name), named(work, kind_name, record_id)
    if not kind.parent or kind.has_reference:
        return name
    owner = getattr(work.session.get_one(MODELS[kind_name], record_id), f"{kind.parent}_id")
    whose = named(work, kind.field(kind.parent).to, owner)
    return f"{name} of {whose[:1].lower()}{whose[1:]}"


def first_due_date(kind: RecordKind, before: Values, values: dict[str, Value]) -> None:
    """Keep the due date that an action is given after it was added as its original one too."""
    if kind.name != "action" or is_empty(values.get("due_on")):
        return
    if is_empty(before["original_due_on"]) and is_empty(values.get("original_due_on")):
        values["original_due_on"] = values["due_on"]


def _give_rule_set(values: dict[str, Value]) -> None:
    started = values["started_on"]
    if is_empty(values["rule_set"]) and isinstance(started, date):
        values["rule_set"] = rule_set_on(started, load_rule_sets()).key


def _give_due_dates(values: dict[str, Value]) -> None:
    """Let either date stand for both: an action starts with its due date where it was agreed."""
    if is_empty(values["due_on"]):
        values["due_on"] = values["original_due_on"]
    if is_empty(values["original_due_on"]):
        values["original_due_on"] = values["due_on"]


def _give_next_number(work: Work, values: dict[str, Value]) -> None:
    """Put an agenda item that has no number after the others of its meeting."""
    if is_empty(values["number"]):
        item = MODELS["agenda_item"]
        last = select(func.max(item.number)).where(  # type: ignore[attr-defined]
            item.meeting_id == values["meeting"],  # type: ignore[attr-defined]
            item.withdrawn_at.is_(None),
        )
        values["number"] = (work.session.scalar(last) or 0) + 1


def _reference(work: Work, kind: RecordKind, values: dict[str, Value]) -> Value:
    if not kind.prefix:
        return _within_owner(work, kind, values)
    prefix = kind.prefix
    if kind.name == "review":
        wanted = values["kind"]
        entries = code_list("review_kind").codes
        prefix = next((entry.short for entry in entries if entry.code == wanted), "")
        if not prefix:
            return None
    year = None if kind.name in _WITHOUT_YEAR else _year(work, kind, values)
    stem = f"{prefix}-" if year is None else f"{prefix}-{year}-"
    reference = MODELS[kind.name].reference  # type: ignore[attr-defined]
    taken = work.session.scalars(select(reference).where(reference.startswith(stem)))
    return next_reference(prefix, year, taken)


def _within_owner(work: Work, kind: RecordKind, values: dict[str, Value]) -> Value:
    """Return a reference made from the owner's: ``LR-2021-01/R4``, ``LR-2021-01/R4(i)``."""
    owner = values[kind.parent]
    if not isinstance(owner, int):
        return None
    stem = work.session.scalar(
        select(MODELS[kind.field(kind.parent).to].reference).where(  # type: ignore[attr-defined]
            MODELS[kind.field(kind.parent).to].id == owner
        )
    )
    if kind.name == "limb":
        return f"{stem}{values['label'] or ''}"
    return f"{stem}/{_LETTERS[kind.name]}{values['number'] or ''}"


def _year(work: Work, kind: RecordKind, values: dict[str, Value]) -> int:
    for name in _YEAR_FROM.get(kind.name, ()):
        value = values[name]
        if isinstance(value, UncertainDate):
            return int(value.canonical()[:4])  # the year that was named; "about" may begin before
        if isinstance(value, date):
            return value.year
    return work.today.year
