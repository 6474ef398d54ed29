"""A field's value in a cell: what is read from one, and what is written into one."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import TypeAlias

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.validation import EARLIEST, LATEST
from oscb_desktop.domain.values import Value, is_empty, parse, shown
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.sheets import Cell

Written: TypeAlias = str | int | Decimal | None

LONGEST_CELL = 32_767
"""The characters that a cell of a workbook can hold (ECMA-376 and Excel's own limit)."""

_DAYS = (FieldKind.DATE, FieldKind.UNCERTAIN_DATE)
_NUMBERS = (FieldKind.WHOLE_NUMBER, FieldKind.MONEY)
_ON_ANY_DAY = (date(2021, 1, 1), date(2022, 6, 15))

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x(005F|00[01][0-9A-Fa-f])_")


def to_value(declared: Field, cell: Cell) -> Value:
    """Return the value of a cell, for every kind of field but a link.

    Raises ``UserError`` with a sentence that says what would be accepted.
    """
    if cell.problem:
        raise UserError(cell.problem)
    content = cell.content
    if isinstance(content, date | time | timedelta):
        return _from_day(declared, content)
    if isinstance(content, int | float) and declared.kind in _DAYS:
        return _year(declared, content)
    text = to_text(declared, cell)
    if declared.kind in _DAYS:
        return _same_on_any_day(declared, text)
    return parse(declared, text, _ON_ANY_DAY[0])


def to_text(declared: Field, cell: Cell) -> str:
    """Return a cell's content as it would be typed; a whole number has no decimal point."""
    if cell.problem:
        raise UserError(cell.problem)
    content = cell.content
    if isinstance(content, bool):
        return "Yes" if content else "No"
    if isinstance(content, float):
        return _number_text(content)
    if isinstance(content, tuple):
        if not declared.holds_many:
            raise UserError(f"“{declared.label}” takes one value, not a list.")
        return "; ".join(content)
    if isinstance(content, date | time | timedelta):
        raise _unwanted_date(declared)
    return str(content)


def in_cell(declared: Field, value: Value) -> Written:
    """Return what a cell holds for a value of every kind but a link; reading it gives it back."""
    if is_empty(value):
        return None
    if declared.kind in _NUMBERS and isinstance(value, int | Decimal):
        return value
    if isinstance(value, Age) and not _reads_back(value):
        return value.canonical()
    return shown(declared, value)


def escaped(text: str) -> str:
    """Return a text as a workbook can hold it.

    Characters that XML forbids are dropped, and what Excel would take for an escaped character is
    escaped.
    """
    return _LOOKS_ESCAPED.sub("_x005F_", _NOT_XML.sub("", text))


def xml_text(declared: Field, text: str) -> str:
    """Return a text ``escaped``; raises ``UserError`` when it is too long for a cell."""
    held = escaped(text)
    if len(held) > LONGEST_CELL:
        raise UserError(
            f"“{declared.label}” of {len(text):,} characters does not fit into a cell, "
            f"which holds {LONGEST_CELL:,}."
        )
    return held


def plain_text(held: str) -> str:
    """Return the text of a cell without the escapes that stand for control characters."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), held) if "_x00" in held else held


def _from_day(declared: Field, content: date | time | timedelta) -> Value:
    if declared.kind not in _DAYS:
        raise _unwanted_date(declared)
    if isinstance(content, time | timedelta):
        raise UserError(f"“{declared.label}” holds a time, not a date. Type one as 3 jun 2022.")
    day = content.date() if isinstance(content, datetime) else content
    if not EARLIEST <= day <= LATEST:
        raise UserError(f"{declared.label} must lie between 1900 and 2199.")
    return UncertainDate.exact(day) if declared.kind is FieldKind.UNCERTAIN_DATE else day


def _year(declared: Field, number: int | float) -> Value:
    """Take a number for a year where a year is enough; a number is no day."""
    whole = not isinstance(number, bool) and isfinite(number) and number == int(number)
    if declared.kind is FieldKind.UNCERTAIN_DATE and whole and 1900 <= number <= 2199:
        return UncertainDate.of(int(number))
    raise UserError(
        f"“{declared.label}” holds a number, not a date. "
        "Type the date as 3 jun 2022, or format the cell as a date."
    )


def _same_on_any_day(declared: Field, text: str) -> Value:
    """Read a date that means the same whenever it is read: the year is never guessed."""
    first, second = (parse(declared, text, today) for today in _ON_ANY_DAY)
    if first != second:
        raise UserError(
            f"“{text}” would be another date on another day. "
            "Type it with its year, such as 3 jun 2022."
        )
    return first


def _unwanted_date(declared: Field) -> UserError:
    return UserError(
        f"“{declared.label}” holds a date or time, perhaps made by the spreadsheet from what was "
        "typed. Format the cell as text and type it again."
    )


def _number_text(number: float) -> str:
    """Write a number without the noise that binary fractions leave behind."""
    if not isfinite(number):
        return str(number)
    rounded = round(number, 6)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def _reads_back(age: Age) -> bool:
    try:
        return Age.parse(age.words()) == age
    except UserError:
        return False
