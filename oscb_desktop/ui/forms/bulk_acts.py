"""What can be done to many actions at once, and what each asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.fields.field import Field, link, long_text
from oscb_desktop.domain.fields.field import date as day
from oscb_desktop.domain.values import Value
from oscb_desktop.services.action_bulk import (
    Bulk,
    GiveToMeeting,
    MoveDueDates,
    NoteActions,
    ReassignActions,
)

Values = Mapping[str, Value]
Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BulkAct:
    """One act: its name, the words on its button with their key, what it asks, what it does."""

    name: str
    label: str
    key: str
    fields: tuple[Field, ...]
    command: Callable[[Ids, Values], Bulk]


def _text(values: Values, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _link(values: Values, name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) else None


def _day(values: Values, name: str) -> date | None:
    value = values.get(name)
    return value if isinstance(value, date) else None


def _reassign(ids: Ids, values: Values) -> Bulk:
    return ReassignActions(ids, _link(values, "lead_agency"), _link(values, "owner"))


def _move(ids: Ids, values: Values) -> Bulk:
    return MoveDueDates(ids, _day(values, "to_on"), _text(values, "reason"))


def _note(ids: Ids, values: Values) -> Bulk:
    return NoteActions(ids, _text(values, "note"))


def _meeting(ids: Ids, values: Values) -> Bulk:
    return GiveToMeeting(ids, _link(values, "meeting"))


BULK_ACTS: tuple[BulkAct, ...] = (
    BulkAct(
        "Move due dates",
        "&Move due dates…",
        "Alt+M",
        (
            day("to_on", "Due", "A day, or +10wd, +1m from today.", required=True),
            long_text("reason", "Reason", "Kept with each of them.", required=True),
        ),
        _move,
    ),
    BulkAct(
        "Reassign",
        "&Reassign…",
        "Alt+R",
        (
            link("lead_agency", "Lead agency", "agency", "Left empty, it stays."),
            link("owner", "Owner", "person", "Left empty, it stays."),
        ),
        _reassign,
    ),
    BulkAct(
        "Add a note to each",
        "Add a &note to each…",
        "Alt+N",
        (long_text("note", "Note", required=True),),
        _note,
    ),
    BulkAct(
        "Give to a meeting",
        "&Give to a meeting…",
        "Alt+G",
        (link("meeting", "Meeting", "meeting", "Its agenda gets an item.", required=True),),
        _meeting,
    ),
)
