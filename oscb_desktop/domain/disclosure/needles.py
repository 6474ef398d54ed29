"""From what is recorded of a child's identity to what is looked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.disclosure.findings import Kind, Needle
from oscb_desktop.domain.disclosure.notes import people_in, relatives, things_in
from oscb_desktop.domain.disclosure.words import word_list, words_of

_POSTCODE = re.compile(r"\b([A-Za-z]{1,2}\d[A-Za-z\d]?)\s*(\d[A-Za-z]{2})\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"\d+")
_SEGMENTS = re.compile(r"[,;\n\r]+")
_ROADS = word_list("roads")
_NO_ADDRESS = word_list("no_address")
_SHARED_BY = 3
"""How many children may live in a place before its name says nothing of them (judgement)."""

_FEWEST_IN_CODE = 4
_FEWEST_IN_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """What is recorded of who one child is; ``references`` are those of the notification."""

    whose: str
    last_name: str = ""
    forenames: str = ""
    other_names: str = ""
    date_of_birth: date | None = None
    nhs_number: str = ""
    address: str = ""
    school: str = ""
    parents: str = ""
    siblings: str = ""
    references: tuple[str, ...] = ()
    notes: str = ""

    @property
    def is_named(self) -> bool:
        """Whether a name is recorded of the child itself."""
        return any(map(str.strip, (self.last_name, self.forenames, self.other_names)))


def needles_of(identities: Iterable[Identity]) -> tuple[Needle, ...]:
    """Return what is looked for, child by child, each thing once."""
    every = tuple(identities)
    shared = Counter(place for one in every for place in {*_address(one).places})
    return tuple(
        dict.fromkeys(
            needle
            for one in every
            for needle in (*_names(one), *_numbers(one), *_where(one, shared), *_noted(one))
        )
    )


def _names(one: Identity) -> Iterator[Needle]:
    named = (
        (Kind.SURNAME, one.last_name),
        (Kind.FORENAME, one.forenames),
        (Kind.OTHER_NAME, one.other_names),
    )
    for kind, words in named:
        if words.strip():
            yield Needle(kind, words.strip(), one.whose)
    for name in (*relatives(one.parents), *relatives(one.siblings), *people_in(one.notes)):
        yield Needle(Kind.RELATIVE, name, one.whose)


def _noted(one: Identity) -> Iterator[Needle]:
    for note, of_people in ((one.parents, True), (one.siblings, True), (one.notes, False)):
        for kind, words in things_in(note, of_people=of_people):
            yield Needle(kind, words, one.whose)


def _numbers(one: Identity) -> Iterator[Needle]:
    if one.date_of_birth is not None:
        yield Needle(Kind.DATE_OF_BIRTH, one.date_of_birth.isoformat(), one.whose)
    if digits := "".join(filter(str.isdigit, one.nhs_number)):
        yield Needle(Kind.NHS_NUMBER, digits, one.whose)
    for reference in one.references:
        for part in filter(None, map(str.strip, _SEGMENTS.split(reference))):
            for code in dict.fromkeys((part, *_NUMBER.findall(part))):
                if _tells(code):
                    yield Needle(Kind.REFERENCE, code, one.whose)


def _tells(reference: str) -> bool:
    """Say whether a reference is no everyday number: a year would be found everywhere."""
    code = "".join(filter(str.isalnum, reference))
    fewest = _FEWEST_IN_NUMBER if code.isdigit() else _FEWEST_IN_CODE
    return len(code) >= fewest and any(map(str.isdigit, code))


@dataclass(frozen=True, slots=True)
class _Address:
    postcodes: tuple[str, ...]
    lines: tuple[str, ...]
    places: tuple[str, ...]


def _address(one: Identity) -> _Address:
    """Take an address apart: postcodes, the lines that say which house, the places around it."""
    text = _BRACKETS.sub(" ", one.address)
    postcodes = tuple("".join(found) for found in _POSTCODE.findall(text))
    segments = [part.strip() for part in _SEGMENTS.split(_POSTCODE.sub(" ", text))]
    telling = [part for part in segments if _telling(part)]
    lines = [part for at, part in enumerate(telling) if at == 0 or _is_line(part)]
    places = [" ".join(words_of(part)) for part in telling if part not in lines]
    return _Address(postcodes, tuple(lines), tuple(places))


def _telling(segment: str) -> bool:
    return any(word not in _NO_ADDRESS and not word.isdigit() for word in words_of(segment))


def _is_line(segment: str) -> bool:
    words = words_of(segment)
    return any(word.isdigit() for word in words) or words[-1] in _ROADS


def _where(one: Identity, shared: Counter[str]) -> Iterator[Needle]:
    address = _address(one)
    for code in address.postcodes:
        yield Needle(Kind.POSTCODE, code, one.whose)
    for line in address.lines:
        yield Needle(Kind.ADDRESS, line, one.whose)
    for place in address.places:
        if shared[place] <= _SHARED_BY:
            yield Needle(Kind.PLACE, place, one.whose)
    school = _BRACKETS.sub(" ", one.school)
    for name in filter(None, map(str.strip, _SEGMENTS.split(school))):
        if words_of(name):
            yield Needle(Kind.SCHOOL, name, one.whose)
