"""A field's value in its three forms: as held in Python, as kept in the change log, as typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_typing import format_date, parse_date, parse_uncertain
from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.errors import UserError

Value: TypeAlias = (
    str
    | int
    | bool
    | date
    | Decimal
    | UncertainDate
    | Age
    | tuple[str, ...]
    | tuple[int, ...]
    | None
)
Values: TypeAlias = Mapping[str, Value]
JsonValue: TypeAlias = str | int | bool | list[str] | list[int] | None

_YES = ("yes", "y", "true", "1")
_NO = ("no", "n", "false", "0")
_WHOLE = r"-?(\d{1,3}(,\d{3})+|\d+)"
"""Digits; a comma only before each three of them, so that 8,50 is not read as 850."""
LARGEST = 10**12
LARGEST_AMOUNT = 10**9


def is_empty(value: Value) -> bool:
    """Whether a value says nothing: none, an empty text, or an empty choice."""
    return value is None or value in ("", ())


def to_json(value: Value) -> JsonValue:
    """Return a value as the change log keeps it."""
    if isinstance(value, UncertainDate | Age):
        return value.canonical()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, tuple):
        return list(value)  # type: ignore[return-value]
    return value


def from_json(field: Field, kept: JsonValue) -> Value:
    """Return the value that the change log kept."""
    if isinstance(kept, list):
        return tuple(kept)  # type: ignore[return-value]
    if field.holds_many:
        return ()
    if not isinstance(kept, str):
        return kept
    match field.kind:
        case FieldKind.DATE:
            return date.fromisoformat(kept)
        case FieldKind.UNCERTAIN_DATE:
            return UncertainDate.parse(kept)
        case FieldKind.AGE:
            return Age.parse(kept)
        case FieldKind.MONEY:
            return Decimal(kept)
        case _:
            return kept


def shown(field: Field, value: Value, titles: Mapping[int, str] | None = None) -> str:
    """Return a value in words for a screen, a page or a cell; links by their record's title."""
    if is_empty(value):
        return ""
    if isinstance(value, tuple):
        return "; ".join(_word(field, part, titles) for part in value)
    return _word(field, value, titles)


def _word(field: Field, value: Value, titles: Mapping[int, str] | None) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, UncertainDate | Age):
        return value.words()
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return f"£{value:,.2f}"
    if isinstance(value, int) and field.is_link:
        return (titles or {}).get(value, "")
    if field.codes:
        return code_list(field.codes).label_of(str(value))
    return str(value)


def parse(field: Field, typed: str, today: date) -> Value:
    """Return the value of what a person typed or a cell holds; links are resolved elsewhere.

    Raises ``UserError`` with a sentence that says what would be accepted.
    """
    text = typed.strip()
    if not text:
        return () if field.holds_many else None
    match field.kind:
        case FieldKind.DATE:
            return parse_date(text, today)
        case FieldKind.UNCERTAIN_DATE:
            return parse_uncertain(text, today)
        case FieldKind.AGE:
            return Age.parse(text)
        case FieldKind.WHOLE_NUMBER:
            return _whole_number(text)
        case FieldKind.MONEY:
            return _money(text)
        case FieldKind.YES_NO:
            return _yes_no(text)
        case FieldKind.CODE:
            return _code(field, text)
        case FieldKind.CODES:
            parts = tuple(_code(field, part) for part in text.split(";") if part.strip())
            return code_list(field.codes).in_order(parts)
        case _:
            return text


def _whole_number(text: str) -> int:
    if not re.fullmatch(_WHOLE, text) or len(text) > 12:
        raise UserError(f"{quoted(text)} is not a whole number. Type one in digits, such as 4.")
    return int(text.replace(",", ""))


def _money(text: str) -> Decimal:
    plain = text.replace("£", "", 1).replace(" ", "")
    if not re.fullmatch(rf"{_WHOLE}(\.\d{{1,2}})?", plain) or len(plain) > 15:
        raise UserError(
            f"{quoted(text)} is not an amount in pounds. Type one such as 8,000 or 412.50."
        )
    return round(Decimal(plain.replace(",", "")), 2)


def _yes_no(text: str) -> bool:
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UserError(f"{quoted(text)} is neither Yes nor No. Type Yes, No, or leave it empty.")


def _code(field: Field, text: str) -> str:
    found = code_list(field.codes).find(text)
    if found is None:
        offered = [entry.label for entry in code_list(field.codes).codes]
        few = ", ".join(offered[:6]) + (" …" if len(offered) > 6 else "")
        raise UserError(
            f"{quoted(text)} is not in the list for {field.label}. Choose one of: {few}"
        )
    return found.code
