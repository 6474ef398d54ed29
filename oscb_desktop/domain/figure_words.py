"""Figures that stay live in a text: ``{rapid_reviews}`` is told as it stands when it is read.

Written after the name: ``{name}`` in digits, ``{name:words}`` in words, ``{name:child|children}``
with the noun that fits, ``{name:words:child|children}`` both, ``{name:change}`` the year before;
``{name[Under 5]}`` is one category of a breakdown. Braces that hold no figure stay as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from typing import Protocol

from oscb_desktop.domain.date_words import quoted

Number = int | float | Decimal
Known = Mapping[str, Sequence[str]]
"""The names of the figures, each with its categories; a figure that is one number has none."""

_MARK = re.compile(r"\{\s*([A-Za-z][A-Za-z0-9_]*)\s*(?:\[([^\[\]{}\n]*)\])?\s*((?::[^{}\n]*)?)\}")
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_COUNTED = (
    r"(?:child(?:ren)?|girls?|boys?|bab(?:y|ies)|teenagers?|siblings?|famil(?:y|ies)|"
    r"(?:rapid )?reviews?|cases?|deaths?)\b"
)
_BY_HAND = re.compile(
    rf"\b({'|'.join(_ONES[1:10])}|[1-9])\s+(?:[a-z][a-z'-]*\s+){{0,2}}?{_COUNTED}"
    rf"|\b(?:both(?:\s+of)?(?:\s+the)?|(?:a|the)\s+single|the\s+only)\s+{_COUNTED}"
    r"|\b(?:twins|triplets)\b",
    re.IGNORECASE,
)
_MONEY = "£"
_SHARE = "%"
NOT_SHOWN = "a number not shown"
"""What stands for a figure that may not even be called "fewer than 5"."""
NONE_SHOWN = "numbers not shown"
"""What stands for a breakdown of which nothing may be told."""
_SENTENCE_ENDS = (".", "!", "?", "\n")
_FORMS = frozenset(("digits", "words", "change"))


class Form(StrEnum):
    """How a figure is told."""

    DIGITS = "digits"
    WORDS = "words"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they were typed."""

    text: str


@dataclass(frozen=True, slots=True)
class FigureMark:
    """A figure in a text; ``nouns`` are the singular and the plural that follow it, or empty."""

    typed: str
    name: str
    category: str = ""
    form: Form = Form.DIGITS
    nouns: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """What was meant for a figure and is none: a sentence that says so, and what is printed."""

    typed: str
    sentence: str
    printed: str


Part = Words | FigureMark | Fault


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; None where nothing is known.

    ``kept_back`` are the words that stand for it in a public version, such as "fewer than 5".
    ``parts`` are those of a breakdown told whole, each with its category.
    """

    value: Number | None = None
    unit: str = ""
    kept_back: str = ""
    parts: tuple[tuple[str, Quantity], ...] = ()


class Values(Protocol):
    """Where the quantities come from."""

    def now(self, name: str, category: str) -> Quantity:
        """Return a figure of the year."""

    def before(self, name: str, category: str) -> Quantity:
        """Return the same figure of the year before."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A piece of a text as it is read; ``mark`` is the figure that it tells, if it tells one."""

    words: str
    mark: FigureMark | Fault | None = None


def parse(text: str, known: Known) -> tuple[Part, ...]:
    """Return the parts of a text, in order; together what they were typed as is the text."""
    parts: list[Part] = []
    at = 0
    for found in _MARK.finditer(text):
        part = _read(found, known)
        if part is None:
            continue
        if found.start() > at:
            parts.append(Words(text[at : found.start()]))
        parts.append(part)
        at = found.end()
    if at < len(text):
        parts.append(Words(text[at:]))
    return tuple(parts)


def mark(
    name: str, category: str = "", form: Form = Form.DIGITS, nouns: tuple[str, str] = ("", "")
) -> str:
    """Return how a figure is written in a text, such as ``{rapid_reviews:words}``."""
    inside = f"[{category}]" if category else ""
    said = "" if form is Form.DIGITS else f":{form}"
    noun = f":{nouns[0]}|{nouns[1]}" if any(nouns) and form is not Form.CHANGE else ""
    return f"{{{name}{inside}{said}{noun}}}"


def figures_in(parts: Iterable[Part]) -> tuple[FigureMark, ...]:
    """Return the figures of a text, each name and category once, in order."""
    found: dict[tuple[str, str], FigureMark] = {}
    for part in parts:
        if isinstance(part, FigureMark):
            found.setdefault((part.name, part.category), part)
    return tuple(found.values())


def faults_in(parts: Iterable[Part]) -> tuple[Fault, ...]:
    """Return what was meant for a figure and is none."""
    return tuple(part for part in parts if isinstance(part, Fault))


def speak(parts: Iterable[Part], values: Values) -> tuple[Spoken, ...]:
    """Return a text as it is read; a number in words that opens a sentence has a capital."""
    return tuple(_spoken(parts, values))


def _spoken(parts: Iterable[Part], values: Values) -> Iterator[Spoken]:
    said = ""
    for part in parts:
        if isinstance(part, Words):
            spoken = Spoken(part.text)
        elif isinstance(part, Fault):
            spoken = Spoken(part.printed, part)
        else:
            spoken = Spoken(_capital(_told(part, values), said), part)
        said = spoken.words if spoken.words.strip() else said + spoken.words
        yield spoken


def small_by_hand(text: str, below: int) -> tuple[str, ...]:
    """Return the small numbers of children or reviews that were typed, not written as figures.

    A public version cannot keep them back; whoever wrote them is told of them.
    """
    bare = _MARK.sub(" ", text)
    found = (entry for entry in _BY_HAND.finditer(bare))
    return tuple(
        " ".join(entry[0].split())
        for entry in found
        if entry[1] is None or _small(entry[1].casefold(), below)
    )


def _small(number: str, below: int) -> bool:
    value = _ONES.index(number) if number in _ONES else int(number)
    return 0 < value < below


def plain(spoken: Iterable[Spoken]) -> str:
    """Return a text as it is read, in one piece."""
    return "".join(piece.words for piece in spoken)


def in_digits(quantity: Quantity) -> str:
    """Return a number as it is printed: ``6``, ``140,000``, ``£8,000``, ``40.0%``, ``not known``.

    A breakdown told whole is ``Under 5: 4, 13 and over: 4``.
    """
    if quantity.parts:
        return ", ".join(f"{name}: {in_digits(part)}" for name, part in quantity.parts)
    if quantity.kept_back:
        return quantity.kept_back
    value = quantity.value
    if value is None:
        return "not known"
    whole = isinstance(value, int) or value == int(value)
    if quantity.unit == _MONEY:
        return f"£{value:,.0f}" if whole else f"£{value:,.2f}"
    if quantity.unit == _SHARE:
        return f"{value}%"
    return f"{int(value):,}" if whole else f"{value:,}"


def in_words(quantity: Quantity) -> str:
    """Return a whole number to ninety-nine in words, any other as ``in_digits``."""
    value = quantity.value
    plain_count = isinstance(value, int) and not quantity.kept_back and not quantity.parts
    if not plain_count or quantity.unit in (_MONEY, _SHARE):
        return in_digits(quantity)
    assert isinstance(value, int)
    if not 0 <= value < 100:
        return in_digits(quantity)
    if value < len(_ONES):
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def change(now: Quantity, before: Quantity) -> str:
    """Return how a figure compares: ``compared to 9 in the year before``."""
    if before.value is None and not before.parts and not before.kept_back:
        return "not known for the year before"
    hidden = now.kept_back or before.kept_back
    if not hidden and not before.parts and now.value == before.value:
        return "the same as in the year before"
    return f"compared to {in_digits(before)} in the year before"


def _told(part: FigureMark, values: Values) -> str:
    now = values.now(part.name, part.category)
    if part.form is Form.CHANGE:
        return change(now, values.before(part.name, part.category))
    words = in_words(now) if part.form is Form.WORDS else in_digits(now)
    if not any(part.nouns) or now.parts or now.kept_back == NONE_SHOWN:
        return words
    if now.kept_back == NOT_SHOWN:
        return f"a number (not shown) of {part.nouns[1]}"
    if part.form is Form.WORDS and now.value == 0 and not now.kept_back:
        words = "no"
    one = now.value == 1 and not now.kept_back
    return f"{words} {part.nouns[0] if one else part.nouns[1]}"


def _capital(words: str, said: str) -> str:
    before = said.rstrip(" ")
    opens = not before or before.endswith(_SENTENCE_ENDS)
    return words[:1].upper() + words[1:] if opens else words


def _read(found: re.Match[str], known: Known) -> FigureMark | Fault | None:
    """Return what a pair of braces holds; None where it is nothing to do with figures."""
    typed, written, category, told = found[0], found[1], found[2], found[3]
    name = written.casefold()
    if name not in known:
        near = get_close_matches(name, known, n=2, cutoff=0.75)
        meant = bool(near or "_" in name or category is not None)
        return _no_figure(typed, written, near) if meant else None
    if category is not None and category.strip() not in known[name]:
        return _no_category(typed, name, category.strip(), known[name])
    form = _form(told)
    if form is None:
        return _no_form(typed, name, told)
    return FigureMark(typed, name, (category or "").strip(), *form)


def _form(told: str) -> tuple[Form, tuple[str, str]] | None:
    wanted, nouns = Form.DIGITS, ("", "")
    for word in filter(None, (part.strip() for part in told.split(":"))):
        if word.casefold() in _FORMS:
            wanted = Form(word.casefold())
        elif word.count("|") == 1:
            one, many = word.split("|")
            nouns = (one.strip(), many.strip())
        else:
            return None
    return wanted, nouns


def _no_figure(typed: str, written: str, near: Sequence[str]) -> Fault:
    hint = f" Did you mean {' or '.join(near)}?" if near else " Pick it from the list of figures."
    return Fault(typed, f"There is no figure {quoted(written)}.{hint}", f"[no figure {written}]")


def _no_category(typed: str, name: str, category: str, there: Sequence[str]) -> Fault:
    near = get_close_matches(category, there, n=2, cutoff=0.5) or list(there[:6])
    hint = f" There is {', '.join(near)}." if near else " It is one number, without parts."
    sentence = f"The figure {name} has no part {quoted(category)}.{hint}"
    return Fault(typed, sentence, f"[no figure {name}[{category}]]")


def _no_form(typed: str, name: str, told: str) -> Fault:
    sentence = (
        f"{quoted(told.lstrip(':'))} after {name} is no way of telling a figure. "
        "Type words, change, or a noun such as child|children."
    )
    return Fault(typed, sentence, f"[no figure {name}{told}]")
