"""Whether a record can be saved as it stands: the rules that its fields declare."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from datetime import date, datetime
from decimal import Decimal

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.checks import cross_checks
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_words import format_date, quoted
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import LARGEST, LARGEST_AMOUNT, Value, Values, is_empty
from oscb_desktop.errors import FieldFault

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

_TYPES: dict[FieldKind, type | tuple[type, ...]] = {
    FieldKind.TEXT: str,
    FieldKind.LONG_TEXT: str,
    FieldKind.CODE: str,
    FieldKind.DATE: date,
    FieldKind.UNCERTAIN_DATE: UncertainDate,
    FieldKind.AGE: Age,
    FieldKind.WHOLE_NUMBER: int,
    FieldKind.MONEY: Decimal,
    FieldKind.YES_NO: bool,
    FieldKind.CODES: tuple,
    FieldKind.LINK: int,
    FieldKind.LINKS: tuple,
}


def clean(field: Field, value: Value) -> Value:
    """Return a value as it is kept: text trimmed and in one Unicode form, codes in list order.

    Every kind of line break becomes one. Other control characters but tabs, and what is no
    character at all, are dropped; they carry no meaning and no document can print them.
    """
    if isinstance(value, str):
        return _clean_text(field, value) or None
    if field.kind is FieldKind.MONEY and isinstance(value, Decimal) and _is_amount(value):
        return round(value, 2)
    if field.kind is FieldKind.CODES and isinstance(value, tuple):
        return code_list(field.codes).in_order(tuple(str(part) for part in value))
    if field.kind is FieldKind.LINKS and isinstance(value, tuple):
        return tuple(sorted({int(part) for part in value}))
    if field.holds_many and value is None:
        return ()
    return value


def _clean_text(field: Field, text: str) -> str:
    lines = "\n".join(text.splitlines())
    kept = "".join(char for char in lines if char in "\n\t" or _is_printed(char))
    if field.kind is not FieldKind.LONG_TEXT:
        kept = " ".join(kept.split())
    return unicodedata.normalize("NFC", kept).strip()


def _is_printed(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in "\ufffe\uffff"


def _is_amount(value: Decimal) -> bool:
    return value.is_finite() and abs(value) < LARGEST_AMOUNT and value == round(value, 2)


def applies(field: Field, values: Values) -> bool:
    """Whether a field is asked for, given the other answers."""
    if field.when is None:
        return True
    answer = values.get(field.when.field)
    if isinstance(answer, bool):
        answer = "yes" if answer else "no"
    return answer in field.when.codes


def validate(
    kind: RecordKind, values: Values, today: date, changed: Container[str] | None = None
) -> tuple[FieldFault, ...]:
    """Return every fault that the declarations and the kind's own checks find, one a field.

    Where ``changed`` names the fields that are being changed, what the others hold is taken as it
    is: a code that was in its list when it was chosen stays, and so does a day that was to come.
    """
    faults = [
        fault
        for field in kind.fields
        if (fault := _fault(field, values, today, kept=_is_kept(field, changed)))
    ]
    wrong = {fault.field for fault in faults}
    between = cross_checks(kind.name, values, changed)
    faults += [fault for fault in between if fault.field not in wrong]
    return tuple(faults)


def _is_kept(field: Field, changed: Container[str] | None) -> bool:
    return changed is not None and field.name not in changed


def _fault(field: Field, values: Values, today: date, *, kept: bool) -> FieldFault | None:
    value = values.get(field.name)
    if is_empty(value):
        if field.required and applies(field, values):
            return FieldFault(field.name, f"{field.label} is required.")
        return None
    sentence = "" if kept else _sentence(field, value) or _to_come(field, value, today)
    return FieldFault(field.name, sentence) if sentence else None


def _sentence(field: Field, value: Value) -> str:
    expected = _TYPES[field.kind]
    mistaken = isinstance(value, datetime) or (isinstance(value, bool) and expected is int)
    if mistaken or not isinstance(value, expected):
        return f"{field.label} does not hold a value of its kind."
    if isinstance(value, str) and len(value) > field.max_length:
        return (
            f"{field.label} is {len(value):,} characters long; "
            f"at most {field.max_length:,} fit. Shorten it."
        )
    if field.kind in (FieldKind.CODE, FieldKind.CODES):
        return _code_sentence(field, value)
    if isinstance(value, int | Decimal):
        return _size_sentence(field, value)
    days: tuple[date, ...] = (value,) if isinstance(value, date) else ()
    if isinstance(value, UncertainDate):
        days = (value.earliest, value.latest)
    if any(not EARLIEST <= day <= LATEST for day in days):
        return f"{field.label} must lie between 1900 and 2199."
    return ""


def _to_come(field: Field, value: Value, today: date) -> str:
    """Return the sentence against a day to come where only what has happened can stand."""
    first = value.earliest if isinstance(value, UncertainDate) else value
    if not field.past or not isinstance(first, date) or first <= today:
        return ""
    return f"“{field.label}” cannot lie on a day to come; today is {format_date(today)}."


def _size_sentence(field: Field, value: int | Decimal) -> str:
    if isinstance(value, Decimal) and not _is_amount(value):
        return f"{field.label} is not an amount in pounds and pence below {LARGEST_AMOUNT:,}."
    if not -LARGEST < value < LARGEST:
        return f"{field.label} is too large a number."
    if field.least is not None and value < field.least:
        return f"{field.label} cannot be below {field.least}."
    return ""


def _code_sentence(field: Field, value: Value) -> str:
    known = {entry.code for entry in code_list(field.codes).codes}
    parts = value if isinstance(value, tuple) else (value,)
    unknown = [str(part) for part in parts if part not in known]
    return f"{quoted(unknown[0])} is not in the list for {field.label}." if unknown else ""
