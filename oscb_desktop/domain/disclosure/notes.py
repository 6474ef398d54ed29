"""What a note about a family says that may name a child: people, schools, addresses, days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from oscb_desktop.domain.disclosure.dates import birth_told, written_days
from oscb_desktop.domain.disclosure.findings import Kind, Line, Place
from oscb_desktop.domain.disclosure.words import (
    Words,
    folded,
    is_capital,
    never_names,
    nicknames,
    word_key,
    word_list,
)

Noted = tuple[Kind, str]
"""What a thing in a note is, and its words (a day as ``2011-06-03``)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")
_NHS_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_OLDEST = 1900
_ABBREVIATED = 5
"""So many letters or fewer, all of them capitals, are an abbreviation in a note (judgement)."""


def relatives(note: str) -> Iterator[str]:
    """Return the names in a note about relatives: words with a capital that are no other words."""
    for name in _WORD.findall(note):
        plain = word_key(folded(name).replace("-", " "))
        if is_capital(name[0]) and len(plain) > 1 and plain not in never_names():
            yield name


def things_in(note: str, *, of_people: bool) -> Iterator[Noted]:
    """Return the schools, addresses, postcodes, numbers and dates of birth that a note tells.

    In a note ``of_people`` every whole day is a date of birth; in another, where it is said so.
    """
    for kind, pattern in ((Kind.SCHOOL, _schools()), (Kind.ADDRESS, _addresses())):
        for found in pattern.finditer(note):
            if words := _without_lead(" ".join(found[0].split())):
                yield kind, words
    for code in _POSTCODE.findall(note):
        yield Kind.POSTCODE, "".join(code.split())
    for number in _NHS_NUMBER.findall(note):
        yield Kind.NHS_NUMBER, "".join(filter(str.isdigit, number))
    words_in = Words(Place("", None, tuple(map(Line, note.splitlines()))))
    for day in written_days(words_in):
        if of_people or birth_told(words_in, day):
            for year in day.years:
                if year >= _OLDEST and (born := _day(year, day.month, day.day)):
                    yield Kind.FAMILY_BIRTH, born


def people_in(note: str) -> Iterator[str]:
    """Return the names of people in a note of any kind, which is prose.

    A capital that only begins a sentence shows no name, unless what follows is said of people.
    """
    for pattern in (_schools(), _addresses(), _POSTCODE, _only_opening()):
        note = pattern.sub(_blank, note)
    for name in relatives(note):
        if not (name.isupper() and len(name) <= _ABBREVIATED):
            yield name


def _blank(found: re.Match[str]) -> str:
    said = found[0].strip(" .:;?!\n").casefold()
    return found[0] if said in nicknames() else "; "


@cache
def _only_opening() -> re.Pattern[str]:
    """Return what finds a word that begins a sentence and is followed by one in small letters."""
    of_people = "|".join(sorted(word_list("said_of_people")))
    opens = r"(?:^|(?<=[.:;?!\n])[ \t]*)"
    return re.compile(rf"{opens}[^\W\d_a-z][^\W_]*(?=[ \t]+(?!(?:{of_people})\b)[a-z])")


def _without_lead(words: str) -> str:
    """Return a name without the words before it that only begin its sentence ("At Hill Farm")."""
    said = words.split()
    while said and not said[0][0].isdigit() and word_key(folded(said[0])) in never_names():
        said = said[1:]
    return " ".join(said) if len(said) > 1 else ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


@cache
def _schools() -> re.Pattern[str]:
    return _named(word_list("say_school"), "")


@cache
def _addresses() -> re.Pattern[str]:
    ends = (word_list("roads") | word_list("homes")) - {"st"}  # which is a saint's as well
    return _named(ends, r"(?:\d+[A-Za-z]?[ \t,]+)?")


def _named(ends: frozenset[str], before: str) -> re.Pattern[str]:
    """Return what finds words with capitals that end in one of some words, with a capital too."""
    end = "|".join(sorted((word.capitalize() for word in ends), key=len, reverse=True))
    between = r"(?:(?:of|C of E)[ \t]+)?"
    return re.compile(
        rf"(?<![\w'’-]){before}(?:(?!\d)[^\W_a-z](?:t\.|[\w'’-]*)[ \t]+{between}){{1,5}}(?:{end})\b"
    )
