"""The change log as plain text: for paper, for a person who asks, and to be held against the file.

Lines end in a line feed and the text is UTF-8 without a mark, which Notepad has read since Windows
10 1903. Whatever a person typed is made harmless: no control character reaches a terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act, Item, ItemAct, in_utc
from oscb_desktop.database.disk import whole_file
from oscb_desktop.domain.date_words import counted, format_date, quoted
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.errors import UserError
from oscb_desktop.queries.change_steps import (
    LoggedRow,
    Span,
    identities_in,
    known_as,
    tell_steps,
)
from oscb_desktop.queries.file_counts import LastStep, last_step
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import title_of
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

_LINE_BREAKS = "\n\x0b\x0c\x85\u2028\u2029"
_SPEAKING = "\u200c\u200d"
"""The joiners, without which some names and signs are spelt wrongly."""

_FURTHER_LINE = "\n        | "


@dataclass(frozen=True, slots=True)
class LogWanted:
    """What of the log is wanted: first and last day on this computer's clock, one record or all.

    ``reason`` says why identities are to be spelt out; empty, they are not.
    """

    since: date | None = None
    until: date | None = None
    record: tuple[str, int] | None = None
    reason: str = ""

    def span(self) -> Span:
        """Return the span in universal time."""
        since = _midnight(self.since) if self.since else None
        until = _midnight(self.until + timedelta(days=1)) if self.until else None
        return Span(since, until, self.record)


@dataclass(frozen=True, slots=True)
class ViewLoggedIdentities:
    """Look at the identities that a stretch of the log holds, for a reason that is kept."""

    wanted: LogWanted

    def carry_out(self, work: Work) -> None:
        """Log the look with each identity."""
        reason = self.wanted.reason.strip()
        if not reason:
            raise UserError("Say why the identities are needed; the reason is kept in the history.")
        work.act = Act.VIEW
        work.label = f"Look at identities in the change log: {reason[:200]}"
        for kind, record_id in identities_in(work.session, self.wanted.span()):
            work.items.append(Item(kind, record_id, ItemAct.VIEW))


def save_log(store: Store, wanted: LogWanted, to: Path) -> int:
    """Put the change log in a text file, whole or not at all; return how many steps it tells.

    Raises ``UserError`` as ``tell_log`` does, and when the file cannot be written.
    """
    with whole_file(to) as file:
        return tell_log(
            store, wanted, lambda text: file.write(text.encode("utf-8", "backslashreplace"))
        )


def tell_log(store: Store, wanted: LogWanted, put: Callable[[str], object]) -> int:
    """Hand the change log over as text, in portions, and return how many steps it tells.

    A look at identities is logged before anything is told. Raises ``UserError`` for days in the
    wrong order.
    """
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise UserError(
            f"The log cannot end on {format_date(wanted.until)}, before it begins on "
            f"{format_date(wanted.since)}. Exchange the two days."
        )
    spelt_out = wanted.reason != ""
    if spelt_out:
        store.write(ViewLoggedIdentities(wanted))
    return store.read(_tell, store, wanted, put)


def find_record(store: Store, named: str) -> tuple[str, int]:
    """Return the kind and id of the record with this reference or name, in the bin or not.

    ``KIND:NAME`` says which kind is meant. Raises ``UserError`` when there is none or several.
    """
    kind, _, rest = named.partition(":")
    found = store.read(known_as, named)
    if not found and rest:
        found = tuple(each for each in store.read(known_as, rest.strip()) if each[0] == kind)
    if not found:
        raise UserError(
            f"There is no record {quoted(named)}. Give its reference or its name as it is shown."
        )
    if len(found) > 1:
        ways = " or ".join(dict.fromkeys(f"{other}:{named}" for other, _ in found))
        raise UserError(f"{quoted(named)} is the name of several records. Say which: {ways}.")
    return found[0]


def visible(text: str) -> str:
    """Return a text in which nothing steers a printer or a terminal, or turns the writing round.

    A line break is shown and the further line is set in, so that it cannot pass for a line of ours.
    """
    if text.isprintable():
        return text
    return "".join(map(_visible, text.replace("\r\n", "\n").replace("\r", "\n")))


def _visible(char: str) -> str:
    if char in _LINE_BREAKS:
        return f" ⏎{_FURTHER_LINE}"
    if unicodedata.category(char) not in ("Cc", "Cf", "Cs") or char in _SPEAKING:
        return char
    if char < " ":
        return chr(0x2400 + ord(char))  # its picture, such as ␛
    return f"‹U+{ord(char):04X}›"


# The text


def _tell(session: Session, store: Store, wanted: LogWanted, put: Callable[[str], object]) -> int:
    marking = organisation(session).marking
    head = (*_head(session, store, wanted), *([visible(marking)] if marking else []))
    put("\n".join(head) + "\n")
    text = _Steps()

    def take(rows: Sequence[LoggedRow]) -> None:
        put("".join(f"{line}\n" for row in rows for line in text.lines(row)))

    tell_steps(session, wanted.span(), take, unlocked=wanted.reason != "")
    put("".join(f"{line}\n" for line in _foot(text, last_step(session))))
    if marking:
        put(f"{visible(marking)}\n")
    return text.told


def _head(session: Session, store: Store, wanted: LogWanted) -> Iterator[str]:
    now = store.now()
    yield f"Change log of {visible(store.path.name)}"
    yield visible(organisation(session).name)
    yield f"Written on {format_date(now.date())} at {now:%H:%M} by {visible(store.by)}."
    if wanted.record:
        kind, record_id = wanted.record
        declared = record_kind(kind)
        title = "" if declared.identifying else title_of(session, kind, record_id)
        yield f"Only what happened to: {visible(_named(kind, record_id, title))}."
    if wanted.since:
        yield f"From {format_date(wanted.since)}."
    if wanted.until:
        yield f"To the end of {format_date(wanted.until)}."
    if wanted.reason:
        yield f"Identities are spelt out: {visible(wanted.reason.strip()[:200])}"
    else:
        yield "Identities are not spelt out."


class _Steps:
    """Writes one row after the other, each step and each record once."""

    def __init__(self) -> None:
        self.told = 0
        self.last: LoggedRow | None = None
        self._offset: timedelta | None = None

    def lines(self, row: LoggedRow) -> Iterator[str]:
        """Return what a row adds to the text."""
        before, self.last = self.last, row
        is_new = before is None or before.number != row.number
        if is_new:
            self.told += 1
            yield from self._step(row)
        if is_new or before is None or _about(before) != _about(row):
            named = visible(_named(row.kind, row.record_id, row.record))
            yield f"     {row.told.act}: {named}"
        if row.told.field:
            yield f"       {visible(row.told.field)}: {_change(row)}"

    def _step(self, row: LoggedRow) -> Iterator[str]:
        local = row.at.replace(tzinfo=UTC).astimezone()
        if local.utcoffset() != self._offset:
            self._offset = local.utcoffset()
            yield f"\nTimes from here on are UTC{local:%z}."
        moment = f"{format_date(local.date())} {local:%H:%M:%S}"
        yield ""
        yield f"{row.number}. {moment}, {visible(row.told.by)}: {visible(row.told.step)}"


def _about(row: LoggedRow) -> tuple[str, int, str]:
    return row.kind, row.record_id, row.told.act


def _change(row: LoggedRow) -> str:
    """Return a field's values; of a field that was filled first, only what it holds."""
    if row.is_gone:
        return "disposed of"
    if not row.told.before and row.told.act.startswith("Added"):
        return _value(row.told.after)
    return f"{_value(row.told.before)} -> {_value(row.told.after)}"


def _value(words: str) -> str:
    return f"“{visible(words)}”" if words else "nothing"


def _named(kind: str, record_id: int, title: str) -> str:
    label = record_kind(kind).label
    return f"{label} {title}" if title else f"{label}, number {record_id}"


def _foot(text: _Steps, head: LastStep) -> Iterator[str]:
    yield ""
    yield f"{counted(text.told, 'step')} told here."
    if text.last is not None and text.last.number != head.number:
        yield f"The last of them is number {text.last.number}. Its hash is"
        yield text.last.hash
    yield f"The last step of the file's log is number {head.number}. Its hash is"
    yield head.hash
    yield "Each hash is chained to the one before, so it stands for everything up to its step."


def _midnight(day: date) -> datetime:
    return in_utc(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - this computer's clock
