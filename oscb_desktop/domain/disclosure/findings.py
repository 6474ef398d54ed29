"""What is looked for before a paper leaves, where, and what was found: the terms of the check.

A finding shows only words that stand on the page; whose they are is said by the child's reference,
never by a name from the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from oscb_desktop.domain.date_words import listed


class Kind(StrEnum):
    """What kind of thing is looked for or was found; the value is its name in words."""

    FULL_NAME = "Full name"
    SURNAME = "Surname"
    FORENAME = "Forename"
    OTHER_NAME = "Other name"
    NICKNAME = "Nickname"
    RELATIVE = "Name of a relative"
    INITIALS = "Initials"
    DATE_OF_BIRTH = "Date of birth"
    FAMILY_BIRTH = "Date of birth in the family"
    NHS_NUMBER = "NHS number"
    ADDRESS = "Address"
    POSTCODE = "Postcode"
    PLACE = "Place of residence"
    SCHOOL = "School"
    REFERENCE = "Reference number"
    EXACT_DATE = "Exact date"
    EXACT_AGE = "Exact age"
    SMALL_NUMBER = "Small number"

    @property
    def lesser(self) -> bool:
        """Say whether it is of the lesser sort: it may identify a child together with others."""
        return self in _LESSER


_LESSER = frozenset({Kind.PLACE, Kind.EXACT_DATE, Kind.EXACT_AGE, Kind.SMALL_NUMBER})


NAMES = (Kind.SURNAME, Kind.FORENAME, Kind.OTHER_NAME, Kind.RELATIVE)
"""The kinds that are recorded as names; what a name is to a child is the first of them."""


class Sureness(StrEnum):
    """How sure a finding is; the value is the word for it."""

    EXACT = "exact"
    NEAR = "near"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Needle:
    """One thing looked for: its words as recorded (a day as ``2011-06-03``), and whose it is.

    ``whose`` is the reference of the child, or of the incident where no child is recorded.
    """

    kind: Kind
    words: str
    whose: str


@dataclass(frozen=True, slots=True)
class Innocent:
    """A name that may stand on paper: a pseudonym, a member of staff, the organisation.

    It hides no finding about the children in ``bearers``: a pseudonym that is the child's own real
    name is what must be found.
    """

    words: str
    bearers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a place; ``furniture`` stands on every page (a footer with its date)."""

    text: str
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where text stands: a page, or a place that hides ("Comment on page 3"), with its lines."""

    name: str
    page: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed, row by row, headings included, with the page that it begins on."""

    page: int | None
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: where (``line`` counts from 1), what, whose, and a sentence about it.

    ``words`` and ``line_text`` are as they stand on the page. ``whose`` names every child that the
    words fit, and is empty for what is no child's own (an exact date, a small number).
    """

    place: str
    page: int | None
    line: int
    kind: Kind
    whose: tuple[str, ...]
    words: str
    sure: Sureness
    sentence: str
    line_text: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The whole text of a document: its pages, the places that hide, its tables.

    ``pictures`` are the pages that are only a picture; ``unread`` says in sentences what else could
    not be searched.
    """

    pages: tuple[Place, ...]
    hidden: tuple[Place, ...] = ()
    tables: tuple[PrintedTable, ...] = ()
    unread: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()


def whose_words(whose: tuple[str, ...]) -> str:
    """Name up to three children by their references, and count the others."""
    named = whose[:3]
    if len(whose) > len(named):
        return f"{', '.join(named)} and {len(whose) - len(named)} more"
    return listed(named)
