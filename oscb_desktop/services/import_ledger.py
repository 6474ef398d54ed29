"""What an import found, did or would do: its faults, and each record added or changed, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from oscb_desktop.database.change_log import Item, ItemAct
from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import JsonValue, from_json, shown
from oscb_desktop.exchange.sheets import Fault
from oscb_desktop.queries import records as reading
from oscb_desktop.services.work import Work

_NOT_TOLD = "not shown"


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A record that a row adds; the title of an identity is not told."""

    sheet: str
    row: int
    title: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, before and after, in words; an identity's are not told."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AmendedRow:
    """A record that a row changes, with each field that differs."""

    sheet: str
    row: int
    title: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did or would do; with any fault it did nothing.

    ``unchanged`` counts the rows whose records already hold what the row says; ``kept`` says that
    the file was changed.
    """

    faults: tuple[Fault, ...] = ()
    added: tuple[AddedRow, ...] = ()
    amended: tuple[AmendedRow, ...] = ()
    unchanged: int = 0
    kept: bool = False

    @property
    def nothing_to_do(self) -> bool:
        """Whether the file holds all of it already."""
        return not (self.faults or self.added or self.amended)


@dataclass(slots=True)
class Ledger:
    """What an import has found and done so far."""

    faults: list[Fault] = field(default_factory=list)
    added: list[AddedRow] = field(default_factory=list)
    amended: list[AmendedRow] = field(default_factory=list)
    unchanged: int = 0

    def outcome(self, *, kept: bool) -> ImportOutcome:
        """Return it as it stands; with faults, nothing is said to be added or amended."""
        if self.faults:
            return ImportOutcome(tuple(self.faults))
        return ImportOutcome((), tuple(self.added), tuple(self.amended), self.unchanged, kept)


class Telling:
    """The words for what a step did, read before it is kept or taken back."""

    def __init__(self, work: Work, ledger: Ledger) -> None:
        self._session = work.session
        self._ledger = ledger
        self._titles: dict[str, Mapping[int, str]] = {}
        self._items: dict[tuple[str, int], list[Item]] = {}
        for item in work.items:
            self._items.setdefault((item.kind, item.record_id), []).append(item)

    def tell(self, sheet: str, row: int, kind: RecordKind, record_id: int) -> None:
        """Enter what became of the record of one row."""
        items = self._items.get((kind.name, record_id))
        if items is None:
            self._ledger.unchanged += 1
            return
        title = kind.label if kind.identifying else f"{kind.label} {self._title(kind, record_id)}"
        if any(item.act in (ItemAct.ADD, ItemAct.RESTORE) for item in items):
            self._ledger.added.append(AddedRow(sheet, row, title))
        else:
            changes = tuple(self._change(kind, item) for item in items)
            self._ledger.amended.append(AmendedRow(sheet, row, title, changes))

    def _change(self, kind: RecordKind, item: Item) -> FieldChange:
        declared = kind.field(item.field)
        if kind.identifying:
            return FieldChange(declared.label, _NOT_TOLD, _NOT_TOLD)
        before, after = (self._words(declared, value) for value in (item.before, item.after))
        return FieldChange(declared.label, before, after)

    def _words(self, declared: Field, value: JsonValue) -> str:
        titles = self._titles_of(record_kind(declared.to)) if declared.is_link else None
        return shown(declared, from_json(declared, value), titles)

    def _title(self, kind: RecordKind, record_id: int) -> str:
        return self._titles_of(kind)[record_id]

    def _titles_of(self, kind: RecordKind) -> Mapping[int, str]:
        if kind.name not in self._titles:
            self._titles[kind.name] = reading.titles(self._session, kind.name)
        return self._titles[kind.name]
