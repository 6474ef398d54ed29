"""The rows of a workbook on their way into the file, in one step that collects every fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from oscb_desktop.database.change_log import Act, ItemAct
from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.validation import clean
from oscb_desktop.domain.values import Value, Values, is_empty
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.exchange.cells import to_text, to_value
from oscb_desktop.exchange.sheets import Cell, Fault, Row, Sheet, Source
from oscb_desktop.queries import records as reading
from oscb_desktop.services import records
from oscb_desktop.services.import_ledger import Ledger, Telling
from oscb_desktop.services.matching import Key, Matching, Unsure, folded, key_of
from oscb_desktop.services.work import Work

T = TypeVar("T")


class FaultsFound(Exception):  # noqa: N818 - it takes the step back and is nobody's error
    """The rows have faults, which stand in the ledger."""


@dataclass(frozen=True, slots=True)
class ImportRows:
    """Bring in all rows of a source as one step, and enter what it did in the ledger.

    ``before_keeping`` is called once something is to be kept, while the file is still as it was.
    """

    source: Source
    before_keeping: Callable[[], object] | None = None
    act: Act = Act.CHANGE
    ledger: Ledger = field(default_factory=Ledger)

    def carry_out(self, work: Work) -> None:
        """Bring them in; raises ``FaultsFound`` when any row cannot be taken."""
        work.label, work.act = f"Import {self.source.name}", self.act
        work.brings_in = True
        rows = _Rows(work, self.source.name, self.ledger)
        sheets = self.source.in_order()
        for sheet in sheets:
            rows.take_sheet(sheet)
        rows.record_moves()
        if self.ledger.faults:
            order = {sheet.title: place for place, sheet in enumerate(sheets)}
            self.ledger.faults.sort(key=lambda fault: (order[fault.sheet], fault.row))
            raise FaultsFound
        rows.tell()
        rows.read_narratives()
        if work.items and self.before_keeping is not None:
            self.before_keeping()


@dataclass(frozen=True, slots=True)
class _Place:
    """One row on its sheet."""

    sheet: Sheet
    row: Row

    @property
    def kind(self) -> RecordKind:
        return self.sheet.kind

    def fault(self, name: str, sentence: str) -> Fault:
        """Return a fault of one field; a column that the sheet lacks is left out."""
        column = self.sheet.columns.get(name, "")
        return Fault(self.sheet.title, self.row.number, column, sentence)


@dataclass(frozen=True, slots=True)
class _Move:
    """A due date that a row has moved."""

    place: _Place
    action: int
    before: date
    after: date


class _Rows:
    """The rows of one import, in the order in which they are taken."""

    def __init__(self, work: Work, name: str, ledger: Ledger) -> None:
        self._work = work
        self._name = name
        self._ledger = ledger
        self._matching = Matching(work.session)
        self._taken: list[tuple[_Place, RecordKind, int]] = []
        self._moves: list[_Move] = []

    def take_sheet(self, sheet: Sheet) -> None:
        """Add or amend the record of each row, then set the links between rows of the sheet."""
        seen: dict[Key, int] = {}
        first = len(self._taken)
        places = [_Place(sheet, row) for row in sheet.rows]
        read = [(place, *self._values(place, within=False)) for place in places]
        self._matching.expect(sheet.kind, (key_of(sheet.kind, values) for _, values, _ in read))
        for place, values, sound in read:
            self._take(place, values, seen, sound=sound)
        for place, _, record_id in self._taken[first:]:
            values, _ = self._values(place, within=True)
            if values:
                self._amend(place, record_id, values)

    def record_moves(self) -> None:
        """Give each due date that was moved the record of its move, unless a row gives one."""
        if not self._moves:
            return
        kind = record_kind("due_revision")
        rows = [self._values_of(kind, id) for _, taken, id in self._taken if taken is kind]
        given = {(row["action"], row["to_on"]) for row in rows}
        for move in self._moves:
            if (move.action, move.after) not in given:
                self._record_move(kind, move)

    def _record_move(self, kind: RecordKind, move: _Move) -> None:
        values: dict[str, Value] = {
            "action": move.action,
            "revised_on": self._work.today,
            "from_on": move.before,
            "to_on": move.after,
            "reason": f"Changed by workbook {self._name}",
        }
        record_id = self._attempt(move.place, lambda: records.add(self._work, kind.name, values))
        if record_id is not None:
            self._taken.append((move.place, kind, record_id))

    def read_narratives(self) -> None:
        """Let the texts that came in count as read with the figures that all rows together make."""
        came = {
            item.record_id
            for item in self._work.items
            if item.kind == "narrative" and (item.act is ItemAct.ADD or item.field == "text")
        }
        given = {
            record_id
            for place, kind, record_id in self._taken
            if kind.name == "narrative"
            and (cell := place.row.cells.get("read_as"))
            and cell.content
        }
        if came - given:
            from oscb_desktop.services.annual import count_as_read  # slow to import

            count_as_read(self._work, sorted(came - given))

    def tell(self) -> None:
        """Enter what the step added, changed and left, in words."""
        telling = Telling(self._work, self._ledger)
        for place, kind, record_id in self._taken:
            telling.tell(place.sheet.title, place.row.number, kind, record_id)

    def _take(self, place: _Place, values: Values, seen: dict[Key, int], *, sound: bool) -> None:
        missing = [name for name in place.kind.key if name not in place.row.cells]
        for name in missing:
            self._fault(place, name, _key_missing(place.kind, name))
        if missing:
            return
        key = key_of(place.kind, values)
        sound = sound and self._is_first(place, key, seen)
        record_id = self._write(place, key, values) if sound else None
        if record_id is None:
            self._matching.faulty(place.kind, key)
            return
        self._matching.added(place.kind, key, record_id)
        self._taken.append((place, place.kind, record_id))

    def _values(self, place: _Place, *, within: bool) -> tuple[dict[str, Value], bool]:
        """Return what a row's cells hold, and whether all could be read.

        Links to records of the same kind come by themselves, once the whole sheet is in.
        """
        values: dict[str, Value] = {}
        sound = True
        for name, cell in place.row.cells.items():
            declared = place.kind.field(name)
            if (declared.to == place.kind.name) is not within:
                continue
            try:
                value = self._value(declared, cell)
            except UserError as fault:
                self._fault(place, name, fault.sentence)
                sound = False
            except Unsure:
                sound = False
            else:
                if not is_empty(value):
                    values[name] = value
        return values, sound

    def _value(self, declared: Field, cell: Cell) -> Value:
        if not declared.is_link:
            return to_value(declared, cell)
        if isinstance(cell.content, tuple) and declared.holds_many:
            return self._matching.linked(declared, cell.content)
        return self._matching.linked(declared, to_text(declared, cell))

    def _is_first(self, place: _Place, key: Key, seen: dict[Key, int]) -> bool:
        """Say whether no row above is about the same record."""
        kind = place.kind
        if kind.singleton and seen:
            self._fault(place, "", f"“{kind.label}” takes one row. Remove the others.")
            return False
        if key in seen:
            labels = " and ".join(f"“{kind.field(name).label}”" for name in kind.identity)
            sentence = f"Row {seen[key]} has the same {labels}. Keep one of the two."
            self._fault(place, kind.identity[-1], sentence)
            return False
        seen[key] = place.row.number
        return True

    def _write(self, place: _Place, key: Key, values: Values) -> int | None:
        """Add or amend the record of a row; return its id, or None with a fault."""
        kind = place.kind
        if kind.singleton:
            record_id = reading.first_id(self._work.session, kind.name)
        else:
            try:
                record_id = self._matching.find(kind, key)
            except UserError as unsure:
                self._fault(place, kind.apart[0], unsure.sentence)
                return None
        if record_id is not None:
            return record_id if self._amend(place, record_id, values) else None
        if self._matching.in_bin(kind, key):
            self._fault(place, kind.key[0], _in_bin(kind))
            return None
        return self._attempt(place, lambda: records.add(self._work, kind.name, values))

    def _amend(self, place: _Place, record_id: int, values: Values) -> bool:
        """Change what differs; return whether the row could be taken."""
        kind = place.kind
        before = self._values_of(kind, record_id)
        different = {
            name: value
            for name, value in values.items()
            if not _same(kind, name, before[name], clean(kind.field(name), value))
        }
        if not different:
            return True
        changed = self._attempt(
            place, lambda: records.amend(self._work, kind.name, record_id, different)
        )
        due, moved = before.get("due_on"), different.get("due_on")
        if changed and kind.name == "action" and isinstance(due, date) and isinstance(moved, date):
            self._moves.append(_Move(place, record_id, due, moved))
        return bool(changed)

    def _values_of(self, kind: RecordKind, record_id: int) -> dict[str, Value]:
        row = records.live_row(self._work, kind.name, record_id)
        return reading.values_of(self._work.session, kind.name, row)

    def _attempt(self, place: _Place, act: Callable[[], T]) -> T | None:
        """Do something; where it is refused, enter the faults and return None."""
        try:
            return act()
        except InvalidRecord as refused:
            for fault in refused.faults:
                self._fault(place, fault.field, fault.sentence)
        except UserError as refused:
            self._fault(place, "", refused.sentence)
        return None

    def _fault(self, place: _Place, name: str, sentence: str) -> None:
        self._ledger.faults.append(place.fault(name, sentence))


def _same(kind: RecordKind, name: str, before: Value, wanted: Value) -> bool:
    """Whether a cell says what the record holds; a key names it, whatever the capitals."""
    if name in kind.identity and not kind.singleton:
        return folded(before) == folded(wanted)
    return before == wanted


def _key_missing(kind: RecordKind, name: str) -> str:
    declared = kind.field(name)
    if name == "reference":
        example = declared.help.partition(". ")[0].removeprefix("Such as ")
        return f"Give it a reference, such as {example}: the row is found again by it."
    return f"“{declared.label}” is needed: the row is found again by it."


def _in_bin(kind: RecordKind) -> str:
    return f"This {kind.label.lower()} is in the bin. Bring it back first, or leave the row out."
