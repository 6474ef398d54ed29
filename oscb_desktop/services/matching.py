"""Which record a row of a workbook is about, and which records its links name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import MODELS, attribute
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.validation import clean
from oscb_desktop.domain.values import Value, Values
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.undo import taken_back

Key: TypeAlias = tuple[Value, ...]


class Unsure(Exception):  # noqa: N818 - it is nobody's error
    """A link names a row that has faults of its own; nothing can be said of it yet."""


def key_of(kind: RecordKind, values: Values) -> Key:
    """Return the values that tell a record from others of its kind, whatever their capitals."""
    return tuple(folded(clean(kind.field(name), values.get(name))) for name in kind.identity)


def folded(value: Value) -> Value:
    """Return a text in one spacing and without capitals, and any other value as it is."""
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


@dataclass(slots=True)
class _Known:
    """The records of one kind: the live ones and those in the bin by key, and titles on demand.

    ``near`` holds the keys that begin alike where further fields tell records apart, ``asked`` the
    keys of all rows of the sheet, ``joined`` the records that rows have joined.
    """

    live: dict[Key, int] = field(default_factory=dict)
    near: dict[Key, set[Key]] = field(default_factory=dict)
    asked: set[Key] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)
    binned: set[Key] = field(default_factory=set)
    faulty: set[Key] = field(default_factory=set)
    titles: dict[str, list[int]] | None = None


class Matching:
    """The records of a file by their keys, each kind read once, and the rows that join them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, _Known] = {}

    def expect(self, kind: RecordKind, keys: Iterable[Key]) -> None:
        """Note the keys of all rows of a sheet, so that each finds its own record first."""
        self._of(kind).asked.update(keys)

    def find(self, kind: RecordKind, key: Key) -> int | None:
        """Return the id of the live record of this key.

        Where further fields tell records apart, the one is found that differs only in what the row
        or the record leaves empty, and that no other row is about. Raises ``UserError`` where there
        are several.
        """
        known = self._of(kind)
        found = known.live.get(key)
        if found is not None or not kind.apart:
            return found
        free = known.near.get(key[: len(kind.key)], set()) - known.asked
        may_be = {known.live[other] for other in free if _may_be_one(kind, key, other)}
        may_be -= known.joined
        if len(may_be) > 1:
            labels = " and ".join(f"“{kind.field(name).label}”" for name in kind.apart)
            raise UserError(f"This row may be about any of {len(may_be)} records. Fill {labels}.")
        return may_be.pop() if may_be else None

    def in_bin(self, kind: RecordKind, key: Key) -> bool:
        """Whether the key belongs to a record that was withdrawn."""
        return key in self._of(kind).binned

    def added(self, kind: RecordKind, key: Key, record_id: int) -> None:
        """Note a record that a row has added."""
        self._of(kind).live[key] = record_id
        self._of(kind).joined.add(record_id)

    def faulty(self, kind: RecordKind, key: Key) -> None:
        """Note a row that could not be taken, so that what names it is not blamed."""
        self._of(kind).faulty.add(key)

    def linked(self, declared: Field, typed: str | tuple[str, ...]) -> Value:
        """Return the id, or ids, of what a link names by reference, name or title.

        Several stand on a line each or between semicolons; a whole line is tried first, since a
        name may hold a semicolon. Raises ``UserError`` for a name that is none, ``Unsure`` for one
        of a row that has faults.
        """
        if declared.kind is FieldKind.LINK:
            return self._one(declared, typed if isinstance(typed, str) else "; ".join(typed))
        lines = typed.splitlines() if isinstance(typed, str) else typed
        found: list[int] = []
        for line in lines:
            whole = self._lookup(declared, line)
            names = [line] if whole is not None else line.split(";")
            found += [self._one(declared, name) for name in names if name.strip()]
        return tuple(sorted(set(found)))

    def _one(self, declared: Field, name: str) -> int:
        found = self._lookup(declared, name)
        if found is not None:
            return found
        kind = record_kind(declared.to)
        if (folded(name),) in self._of(kind).faulty:
            raise Unsure
        raise UserError(self._unknown(kind, name))

    def _lookup(self, declared: Field, name: str) -> int | None:
        kind = record_kind(declared.to)
        known = self._of(kind)
        wanted = folded(name)
        found = known.live.get((wanted,))
        if found is not None:
            return found
        if known.titles is None:
            known.titles = self._titles(kind)
        titled = known.titles.get(str(wanted), [])
        if len(titled) > 1:
            raise UserError(f"“{_short(name)}” may be any of {len(titled)}. Type its reference.")
        return titled[0] if titled else None

    def _unknown(self, kind: RecordKind, name: str) -> str:
        known = self._of(kind)
        what = "reference" if kind.has_reference else "name"
        if (folded(name),) in known.binned:
            return f"“{_short(name)}” is in the bin. Bring it back first."
        some = "".join(
            f", such as “{title}”" for title in list(self._titles(kind, any_case=False))[:1]
        )
        return (
            f"“{_short(name)}” is not among the {kind.plural.lower()} of the file or the workbook. "
            f"Type the {what} of one that is{some}."
        )

    def _titles(self, kind: RecordKind, *, any_case: bool = True) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for record_id, title in reading.titles(self._session, kind.name).items():
            found.setdefault(str(folded(title)) if any_case else title, []).append(record_id)
        return found

    def _of(self, kind: RecordKind) -> _Known:
        if kind.name not in self._known:
            self._known[kind.name] = self._read(kind)
        return self._known[kind.name]

    def _read(self, kind: RecordKind) -> _Known:
        known = _Known()
        model = MODELS[kind.name]
        columns = [getattr(model, attribute(kind.field(name))) for name in kind.identity]
        undone = taken_back(self._session, kind.name)
        for row in self._session.execute(select(model.id, model.withdrawn_at, *columns)):
            key = tuple(folded(part) for part in row[2:])
            if row[1] is None:
                known.live[key] = row[0]
                if kind.apart:
                    known.near.setdefault(key[: len(kind.key)], set()).add(key)
            elif row[0] not in undone:
                known.binned.add(key)
        return known


def _may_be_one(kind: RecordKind, key: Key, other: Key) -> bool:
    """Whether two keys that begin alike differ only in what one of them leaves empty."""
    apart = zip(key[len(kind.key) :], other[len(kind.key) :], strict=True)
    return all(one is None or two is None or one == two for one, two in apart)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
