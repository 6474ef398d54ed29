"""Figures that stay live in a text: ``{rapid_reviews}`` is told as it stands when it is read.

Written after the name: ``{name}`` in digits, ``{name:words}`` in words, ``{name:child|children}``
with the noun that fits, ``{name:words:child|children}`` both, ``{name:change}`` the year before and
``{name:change:words}`` that in words;
``{name[Under 5]}`` is one category of a breakdown. Braces that hold no figure stay as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
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
    r"(?:rapid )?reviews?|incidents?|cases?|deaths?)\b"
)
_SMALL = rf"({'|'.join(_ONES[1:10])}|[1-9])"
_SOME = rf"(?:{'|'.join((*_ONES[1:], *_TENS))}|\d+)"
_THESE = r"(?:(?:all|the|these|those|our|its|their)\s+)*"
_IS = r"(?:was|were|is|are|had|have|has)"
_ONLY_OF_CHILDREN = (
    r"(?:female|male|unborn|newborn|(?:aged\s+)?(?:under|over)\s+(?:the\s+age\s+of\s+)?"
    rf"{_SOME}|aged|girls?|boys?|bab(?:y|ies)|known\s+to\s+(?:children's\s+)?social\s+care|"
    r"(?:had\s+)?died|siblings|twins)\b"
)
_BY_HAND = re.compile(
    rf"\b{_SMALL}\s+(?:[a-z][a-z'-]*\s+){{0,2}}?{_COUNTED}"
    rf"|\b{_SMALL}\s+of\s+{_THESE}{_SOME}\s+(?:[a-z][a-z'-]*\s+)?{_COUNTED}"
    rf"|\b{_SMALL}\s+of\s+(?:them|whom)\b"
    rf"|(?<!section )(?<!chapter )(?<!table )\b{_SMALL}\s+(?:{_IS}\s+)?{_ONLY_OF_CHILDREN}"
    rf"|\ball\s+(?:but|except)\s+{_SMALL}\s+(?:of\s+{_THESE})?"
    rf"(?:{_COUNTED}|(?:decisions?|letters?|replies|notifications?)\b)"
    rf"|\b(?:half|(?:a|one|two)\s+thirds?|(?:a|one|three)\s+quarters?)\s+(?:of\s+)?{_THESE}"
    rf"(?:{_SOME}\s+)?{_COUNTED}"
    rf"|\b(?:both(?:\s+of)?(?:\s+the)?|(?:a|the)\s+single|the\s+only)\s+{_COUNTED}"
    r"|\b(?:twins|triplets)\b",
    re.IGNORECASE,
)
_FEWER = re.compile(r"fewer than (\d+)")
_MONEY = "£"
_SHARE = "%"
NOT_SHOWN = "not shown"
"""What stands for a figure that may not even be called "fewer than 5"."""
NONE_SHOWN = NOT_SHOWN
"""What stands for a breakdown of which nothing may be told."""
_SENTENCE_ENDS = (".", "!", "?", "\n")
_FORMS = frozenset(("digits", "words", "change"))


class Form(StrEnum):
    """How a figure is told."""

    DIGITS = "digits"
    WORDS = "words"
    CHANGE = "change"
    CHANGE_IN_WORDS = "change:words"

    @property
    def compares(self) -> bool:
        """Whether it tells of the year before."""
        return self in (Form.CHANGE, Form.CHANGE_IN_WORDS)


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
    ``parts`` are those of a breakdown told whole, each with its category; ``is_empty`` says of one
    that it was counted and holds nothing.
    """

    value: Number | None = None
    unit: str = ""
    kept_back: str = ""
    parts: tuple[tuple[str, Quantity], ...] = ()
    is_empty: bool = False


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
    noun = f":{nouns[0]}|{nouns[1]}" if any(nouns) and not form.compares else ""
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
    told = ((entry[0], next(filter(None, entry.groups()), "")) for entry in found)
    return tuple(
        " ".join(words.split())
        for words, number in told
        if not number or _small(number.casefold(), below)
    )


def places(text: str, names: Container[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield where figures stand in a text, from and to which letter, and whether there is such one.

    Braces that hold nothing like a figure are not among them.
    """
    for found in _MARK.finditer(text):
        is_figure = found[1].casefold() in names
        if is_figure or "_" in found[1] or found[2] is not None:
            yield found.start(), found.end(), is_figure


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
        return "none" if quantity.is_empty else "not known"
    whole = isinstance(value, int) or value == int(value)
    if quantity.unit == _MONEY:
        return f"£{value:,.0f}" if whole else f"£{value:,.2f}"
    if quantity.unit == _SHARE:
        return f"{value}%"
    return f"{int(value):,}" if whole else f"{value:,}"


def in_words(quantity: Quantity) -> str:
    """Return a whole number to ninety-nine in words, nought as "none", others as ``in_digits``."""
    fewer = _FEWER.fullmatch(quantity.kept_back)
    if fewer:
        return f"fewer than {in_words(Quantity(int(fewer[1])))}"
    value = quantity.value
    plain_count = isinstance(value, int) and not quantity.kept_back and not quantity.parts
    if not plain_count or quantity.unit in (_MONEY, _SHARE):
        return in_digits(quantity)
    assert isinstance(value, int)
    if not 0 <= value < 100:
        return in_digits(quantity)
    if not value:
        return "none"
    if value < len(_ONES):
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def change(now: Quantity, before: Quantity, told: Callable[[Quantity], str] = in_digits) -> str:
    """Return how a figure compares: ``compared to 9 in the year before``."""
    if before.value is None and not before.parts and not before.kept_back:
        return "none in the year before" if before.is_empty else "not known for the year before"
    if before.kept_back == NOT_SHOWN:
        return "not shown for the year before"
    hidden = now.kept_back or before.kept_back
    if not hidden and not before.parts and now.value == before.value:
        return "the same as in the year before"
    return f"compared to {told(before)} in the year before"


def _told(part: FigureMark, values: Values) -> str:
    now = values.now(part.name, part.category)
    if part.form.compares:
        told = in_digits if part.form is Form.CHANGE else in_words
        return change(now, values.before(part.name, part.category), told)
    words = in_words(now) if part.form is Form.WORDS else in_digits(now)
    of_a_list = now.parts or now.is_empty or (now.kept_back and now.value is None)
    if not any(part.nouns) or of_a_list:
        return words
    if now.kept_back == NOT_SHOWN:
        return f"a number of {part.nouns[1]} (not shown)"
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
    said, nouns = set[str](), ("", "")
    for word in filter(None, (part.strip() for part in told.split(":"))):
        if word.casefold() in _FORMS:
            said.add(word.casefold())
        elif word.count("|") == 1:
            one, many = word.split("|")
            nouns = (one.strip(), many.strip())
        else:
            return None
    if "change" in said:
        return (Form.CHANGE_IN_WORDS if "words" in said else Form.CHANGE), nouns
    return (Form.WORDS if "words" in said else Form.DIGITS), nouns


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
