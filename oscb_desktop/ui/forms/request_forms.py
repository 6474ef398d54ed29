"""The forms of a request to an agency: what came back, returned to be completed, another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.requests import RETURNED
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.requests import RECEIVED, MoveRequestDay, NoteAnswer, ReturnAnswer
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.labels import strong

MakeCommand = Callable[[RecordRow, dict[str, Value]], Command]


class RequestForm(RecordForm):
    """Some fields of a request, which an act takes; ``told`` says above them what for."""

    def __init__(
        self,
        context: Context,
        row: RecordRow,
        asked: tuple[str, ...],
        given: dict[str, Value],
        told: str,
        command: MakeCommand,
    ) -> None:
        self._made = command
        kind = record_kind("agency_request")
        without = [name for name in kind.names if name not in asked]
        super().__init__(context, kind.name, row, given, without=without)
        self.add_above(strong(f"{told} {row.words('agency')}, {row.words('purpose').lower()}"))

    def _command(self, values: dict[str, Value]) -> Command:
        assert self.row is not None
        return self._made(self.row, values)


def came_back_form(context: Context, row: RecordRow) -> RequestForm:
    """Return the form that asks on which day an answer came and how good it is."""
    given: dict[str, Value] = {"received_on": context.operations.today()}
    if row.values["quality"] == RETURNED:
        given["quality"] = None
    asked = ("received_on", "quality", "quality_note")
    return RequestForm(context, row, asked, given, "Came back:", _came_back)


def returned_form(context: Context, row: RecordRow) -> RequestForm:
    """Return the form that asks what is missing, and by when it is due again."""
    asked = ("due_on", "quality_note")
    return RequestForm(context, row, asked, {}, "Returned to be completed:", _returned)


def day_form(context: Context, row: RecordRow) -> RequestForm:
    """Return the form that asks for another due day."""
    return RequestForm(context, row, ("due_on",), {}, "Another due day:", _moved)


def _came_back(row: RecordRow, values: dict[str, Value]) -> Command:
    return NoteAnswer(
        row.id,
        row.version,
        RECEIVED,
        _day(values["received_on"]),
        str(values["quality"] or ""),
        str(values["quality_note"] or ""),
    )


def _returned(row: RecordRow, values: dict[str, Value]) -> Command:
    due, note = _day(values["due_on"]), str(values["quality_note"] or "")
    return ReturnAnswer(row.id, row.version, note, None if due == row.values["due_on"] else due)


def _moved(row: RecordRow, values: dict[str, Value]) -> Command:
    return MoveRequestDay(row.id, row.version, _day(values["due_on"]))


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
