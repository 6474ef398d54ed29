"""What a field and a kind of record are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ONE_LINE = 200
NARRATIVE = 200_000


class FieldKind(StrEnum):
    """What sort of value a field holds; decides its control, its cell and its column."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    UNCERTAIN_DATE = "uncertain_date"
    AGE = "age"
    WHOLE_NUMBER = "whole_number"
    MONEY = "money"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    LINK = "link"
    LINKS = "links"


class Guard(StrEnum):
    """How a field may change once the record exists."""

    FREE = "free"
    SET_ONCE = "set_once"
    """Given when the record is added and never changed afterwards."""
    BY_COMMAND = "by_command"
    """Changed afterwards only by the act that means it, such as moving a due date."""


@dataclass(frozen=True, slots=True)
class When:
    """A field applies only when another field of the same record holds one of these codes."""

    field: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its name in code and column, its words for people, and its rules.

    ``codes`` names a code list; ``to`` names the kind of record that a link leads to; ``section``
    is the heading it stands under; ``folded`` fields come after "More"; ``identifying`` fields can
    name a real child and never reach a document made for publication. A ``past`` day tells of what
    has happened, so it is never a day to come. ``least`` is the smallest number or amount that the
    field takes; ``None`` where it may lie below nought too.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    help: str = ""
    section: str = ""
    required: bool = False
    codes: str = ""
    to: str = ""
    max_length: int = ONE_LINE
    guard: Guard = Guard.FREE
    when: When | None = None
    folded: bool = False
    identifying: bool = False
    default: str = ""
    past: bool = False
    least: int | None = 0

    @property
    def holds_many(self) -> bool:
        """Whether the value is a tuple of codes or of record ids."""
        return self.kind in (FieldKind.CODES, FieldKind.LINKS)

    @property
    def is_link(self) -> bool:
        """Whether the value is the id of another record, or several."""
        return self.kind in (FieldKind.LINK, FieldKind.LINKS)


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record: its fields, what owns it, and how a person tells one from another.

    ``parent`` names the link field whose record owns this one: withdrawing the owner withdraws it
    too. ``key`` names the fields by which a workbook row finds its record; records of one key are
    told ``apart`` by further fields, which may be empty. ``title`` names the fields that make up
    its name in lists. ``prefix`` starts its generated reference; where it is
    empty and the kind has a reference, the reference is made from the parent's. What is
    ``made_by_act`` comes from an act alone, such as printing: nobody types it in and no workbook
    holds it. What ``outlives_links`` goes on telling of a record that it leads to once that is in
    the bin.
    """

    name: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    title: tuple[str, ...]
    key: tuple[str, ...]
    apart: tuple[str, ...] = ()
    parent: str = ""
    prefix: str = ""
    append_only: bool = False
    singleton: bool = False
    made_by_act: bool = False
    outlives_links: bool = False
    about: str = ""

    def field(self, name: str) -> Field:
        """Return the field of that name; raises ``KeyError`` for a name that is not declared."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name}")

    @property
    def identity(self) -> tuple[str, ...]:
        """Return the names of all fields in which two records cannot be alike."""
        return (*self.key, *self.apart)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all fields, in the order of the form."""
        return tuple(field.name for field in self.fields)

    @property
    def has_reference(self) -> bool:
        """Whether records of this kind carry a reference of their own."""
        return "reference" in self.names

    @property
    def tells_of_an_act(self) -> bool:
        """Whether it says for good what was done, as a printed paper does."""
        return self.made_by_act and self.append_only

    @property
    def identifying(self) -> bool:
        """Whether any field can name a real child."""
        return any(field.identifying for field in self.fields)

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the section headings, in the order in which they first appear."""
        return tuple(dict.fromkeys(field.section for field in self.fields))


def long_text(name: str, label: str, help: str = "", **rest: object) -> Field:
    """Declare a narrative field, which may run over many pages."""
    return Field(name, label, FieldKind.LONG_TEXT, help, max_length=NARRATIVE, **rest)  # type: ignore[arg-type]


def date(name: str, label: str, help: str = "", **rest: object) -> Field:
    """Declare a field for one exact day."""
    return Field(name, label, FieldKind.DATE, help, **rest)  # type: ignore[arg-type]


def uncertain(name: str, label: str, help: str = "", **rest: object) -> Field:
    """Declare a field for a date that may be a day, a month, a year, or about one."""
    return Field(name, label, FieldKind.UNCERTAIN_DATE, help, **rest)  # type: ignore[arg-type]


def yes_no(name: str, label: str, help: str = "", **rest: object) -> Field:
    """Declare a question answered yes, no, or not yet."""
    return Field(name, label, FieldKind.YES_NO, help, **rest)  # type: ignore[arg-type]


def code(name: str, label: str, codes: str, help: str = "", **rest: object) -> Field:
    """Declare a choice of one from a code list."""
    return Field(name, label, FieldKind.CODE, help, codes=codes, **rest)  # type: ignore[arg-type]


def codes(name: str, label: str, codes: str, help: str = "", **rest: object) -> Field:
    """Declare a choice of any number from a code list."""
    return Field(name, label, FieldKind.CODES, help, codes=codes, **rest)  # type: ignore[arg-type]


def link(name: str, label: str, to: str, help: str = "", **rest: object) -> Field:
    """Declare a link to one other record."""
    return Field(name, label, FieldKind.LINK, help, to=to, **rest)  # type: ignore[arg-type]


def links(name: str, label: str, to: str, help: str = "", **rest: object) -> Field:
    """Declare links to any number of other records."""
    return Field(name, label, FieldKind.LINKS, help, to=to, **rest)  # type: ignore[arg-type]


def number(name: str, label: str, help: str = "", **rest: object) -> Field:
    """Declare a whole number."""
    return Field(name, label, FieldKind.WHOLE_NUMBER, help, **rest)  # type: ignore[arg-type]


def reference(example: str) -> Field:
    """Declare the record's own reference, generated when it is left empty."""
    return Field(
        "reference",
        "Reference",
        help=f"Such as {example}. Left empty, the next one is given.",
        guard=Guard.SET_ONCE,
        max_length=40,
    )
