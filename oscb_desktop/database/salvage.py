"""Reading a damaged file row by row, around the pages that cannot be read.

Only ever from a copy of it in a scratch place: the log that lies beside a file which was not closed
holds committed work, which an unchanging look at the file alone would miss, and to read that log
SQLite must be able to write beside the file.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError

PAGE = 4096
SIDES = ("-wal", "-journal")
_FRUITLESS = 400
"""So many looks that find nothing are made at one table, then the rest of it is given up."""

_BEYOND = 500
"""How far beyond the last row known rows are looked for: no page holds more of them."""


@dataclass(frozen=True, slots=True)
class TableRows:
    """What could be read of one table: its rows by number, and the numbers known to be lost."""

    name: str
    columns: tuple[str, ...]
    rows: dict[int, tuple[Any, ...]]
    lost: frozenset[int] = frozenset()
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class Mended:
    """A row that referred to a lost one: the link was emptied, or the row had to be left out."""

    table: str
    row: int
    column: str
    parent: str
    target: int
    is_left_out: bool


def copy_apart(path: Path, folder: Path) -> Path:
    """Copy a damaged file with the log beside it, as whole pages, and return where the copy lies.

    Raises ``UserError`` when it cannot be copied; the file itself is only read.
    """
    copy = folder / "damaged.oscb"
    try:
        shutil.copyfile(path, copy)
        for side in SIDES:
            if path.with_name(path.name + side).exists():
                shutil.copyfile(path.with_name(path.name + side), folder / (copy.name + side))
        size = copy.stat().st_size
        with copy.open("rb+") as file:
            file.truncate(size - size % PAGE)
    except OSError as problem:
        raise UserError(
            f"{path.name} could not be copied to be read: {problem.strerror}. It was left as it is."
        ) from problem
    return copy


def graft(copy: Path, key: FileKey, backup: Path, folder: Path) -> bool:
    """Put the pages that tell where the tables lie from a backup into a copy that lost them.

    A backup holds each page under its number and under the same key. Its first page tells how many
    pages there are, so the backup's own copy is lengthened until it has as many. Returns whether
    the tables can be found then.
    """
    donor = folder / "donor.oscb"
    try:
        shutil.copyfile(backup, donor)
        _lengthen(donor, key, copy.stat().st_size // PAGE)
        for page in (1, *_spoilt(copy, key, donor)):
            if page == 1 and _opens(copy, key):
                continue
            if page == 1 or not _opens(_without(donor, page), key, "change"):
                _put_page(copy, page, _page(donor, page))
        return _opens(copy, key, "change")
    except (OSError, sqlcipher.Error):
        return False


def _spoilt(copy: Path, key: FileKey, donor: Path) -> list[int]:
    """Return the pages that are not as they were written, seen behind a first page that is."""
    seen = copy.with_name("seen.oscb")
    shutil.copyfile(copy, seen)
    if not _opens(copy, key):
        _put_page(seen, 1, _page(donor, 1))
    connection = connect(seen, key)
    try:
        told = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    finally:
        connection.close()
    numbers = [int(line.rsplit(" ", 1)[1]) for line in told if line.rsplit(" ", 1)[1].isdigit()]
    return [number for number in numbers if 1 < number <= donor.stat().st_size // PAGE]


def _opens(path: Path, key: FileKey, table: str = "") -> bool:
    statement = f'SELECT 1 FROM "{table}" LIMIT 0' if table else "PRAGMA application_id"
    connection = connect(path, key)
    try:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement).fetchall()
    except sqlcipher.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _without(donor: Path, page: int) -> Path:
    """Return a copy of the donor in which one page is spoilt."""
    lacking = donor.with_name("lacking.oscb")
    shutil.copyfile(donor, lacking)
    _put_page(lacking, page, bytes(PAGE))
    return lacking


def _page(path: Path, number: int) -> bytes:
    with path.open("rb") as file:
        file.seek((number - 1) * PAGE)
        return file.read(PAGE)


def _put_page(path: Path, number: int, content: bytes) -> None:
    with path.open("rb+") as file:
        file.seek((number - 1) * PAGE)
        file.write(content)


def _lengthen(donor: Path, key: FileKey, pages: int) -> None:
    connection = connect(donor, key)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        (held,) = connection.execute("PRAGMA page_count").fetchone()
        if held < pages:
            size = (pages - held + 1) * PAGE
            connection.execute(
                "INSERT INTO draft (kind, preset, typed, saved_at)"
                " VALUES ('', '', zeroblob(?), '')",
                (size,),
            )
    finally:
        connection.close()


class DamagedSource:
    """The copy of a damaged file, read around what is unreadable and opened anew after each."""

    def __init__(self, copy: Path, key: FileKey) -> None:
        self._path, self._key = copy, key
        self._connection: Any = None

    def close(self) -> None:
        """Close it."""
        if self._connection is not None:
            with suppress(sqlcipher.Error):
                self._connection.close()
            self._connection = None

    def version(self) -> str:
        """Return the version of its tables, empty when that cannot be read."""
        rows, _ = self._fetch("SELECT version_num FROM alembic_version")
        return str(rows[0][0]) if rows else ""

    def is_readable(self) -> bool:
        """Whether it can be read where the tables lie."""
        return self._fetch("SELECT 1 FROM change LIMIT 0")[1]

    def read(self, table: str, last_known: int = 0, only: Sequence[str] = ()) -> TableRows:
        """Return all rows of a table that can be read, from both ends and between.

        ``last_known`` is the highest number that a row is known to have had from elsewhere;
        ``only`` names the columns that are wanted, where not all are.
        """
        told, _ = self._fetch(f'PRAGMA table_info("{table}")')
        columns = tuple(row[1] for row in told if not only or row[1] in only)
        if not columns:
            return TableRows(table, (), {}, is_whole=False)
        names = ", ".join(f'"{name}"' for name in columns)
        select = f'SELECT rowid, {names} FROM "{table}"'
        first, done = self._fetch(f"{select} NOT INDEXED ORDER BY rowid")
        rows = {row[0]: row[1:] for row in first}
        if done:
            return TableRows(table, columns, rows)
        known = self._indexed(table, select, columns, rows)
        last = max((*rows, *known, last_known), default=0) + _BEYOND
        self._between(select, max((row[0] for row in first), default=0) + 1, last, rows)
        return TableRows(table, columns, rows, frozenset(known - rows.keys()), is_whole=False)

    def content(self, number: int) -> bytes | None:
        """Return what the attached file in a row holds, or None where it cannot be read."""
        found, done = self._fetch(
            "SELECT content FROM attachment_content NOT INDEXED WHERE rowid = ?", number
        )
        return found[0][0] if found and done and isinstance(found[0][0], bytes) else None

    def _between(self, select: str, low: int, high: int, rows: dict[int, tuple[Any, ...]]) -> None:
        """Read what lies between two numbers, in ever smaller ranges around what is unreadable."""
        where = f"{select} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        waiting, fruitless = deque([(low, high)]), 0
        while waiting and fruitless < _FRUITLESS:
            low, high = waiting.popleft()
            before = len(rows)
            forward, done = self._fetch(where, low, high)
            rows.update((row[0], row[1:]) for row in forward)
            if done:
                continue
            low = forward[-1][0] + 1 if forward else low
            backward, done = self._fetch(f"{where} DESC", low, high)
            rows.update((row[0], row[1:]) for row in backward)
            high = backward[-1][0] - 1 if backward else high
            fruitless = 0 if len(rows) > before else fruitless + 1
            if not done and low < high:
                middle = (low + high) // 2
                waiting += [(low, middle), (middle + 1, high)]

    def _indexed(
        self, table: str, select: str, columns: Sequence[str], rows: dict[int, tuple[Any, ...]]
    ) -> set[int]:
        """Return the numbers told by the indexes; one that holds all columns gives the rows too."""
        known: set[int] = set()
        listed, _ = self._fetch(f'PRAGMA index_list("{table}")')
        for index in (row[1] for row in listed):
            for order in ("ASC", "DESC"):
                told, done = self._fetch(
                    f'SELECT rowid FROM "{table}" INDEXED BY "{index}" ORDER BY 1 {order}'
                )
                known |= {row[0] for row in told}
                if done:
                    break
            covered, _ = self._fetch(f'PRAGMA index_info("{index}")')
            if {row[2] for row in covered} >= set(columns):
                found, _ = self._fetch(f'{select} INDEXED BY "{index}"')
                rows.update((row[0], row[1:]) for row in found)
        return known

    def _fetch(self, statement: str, *values: int) -> tuple[list[tuple[Any, ...]], bool]:
        """Return rows up to the end or to the first that cannot be read, and which of the two."""
        rows: list[tuple[Any, ...]] = []
        try:
            for row in self._open().execute(statement, values):
                rows.append(row)
        except sqlcipher.DatabaseError:
            self.close()  # it remembers that a page was unreadable
            return rows, False
        return rows, True

    def _open(self) -> Any:
        if self._connection is None:
            self._connection = connect(self._path, self._key)
            self._connection.text_factory = _text
            # A file cut short tells more pages than it has: so asked, SQLite counts what there is.
            self._connection.execute("PRAGMA writable_schema = ON")
            self._connection.execute("PRAGMA query_only = ON")
        return self._connection


def put_rows(connection: Any, found: TableRows) -> int:
    """Put rows into the table of that name of a new file; return how many it took."""
    there = {row[1] for row in connection.execute(f'PRAGMA table_info("{found.name}")')}
    places = [at for at, name in enumerate(found.columns) if name in there]
    names = ", ".join(f'"{found.columns[at]}"' for at in places)
    marks = ", ".join("?" for _ in places)
    statement = f'INSERT INTO "{found.name}" ({names}) VALUES ({marks})'
    taken = 0
    for number in sorted(found.rows):
        row = found.rows[number]
        with suppress(
            sqlcipher.IntegrityError
        ):  # a second row of one key, as a broken index lets in
            connection.execute(statement, [row[at] for at in places])
            taken += 1
    return taken


def put_contents(connection: Any, source: DamagedSource) -> TableRows:
    """Put what attached files hold into a new file, one at a time, where it is what was attached.

    The rest counts as lost. The rows that are returned hold the digests alone.
    """
    found = source.read("attachment_content", only=("digest",))
    kept: dict[int, tuple[Any, ...]] = {}
    for number, (digest,) in found.rows.items():
        content = source.content(number)
        if content is not None and hashlib.sha256(content).hexdigest() == digest:
            connection.execute(
                "INSERT OR IGNORE INTO attachment_content (digest, content) VALUES (?, ?)",
                (digest, content),
            )
            kept[number] = (digest,)
    lost = found.lost | found.rows.keys() - kept.keys()
    return TableRows(found.name, found.columns, kept, frozenset(lost), found.is_whole)


def mend_references(connection: Any) -> tuple[Mended, ...]:
    """Empty the links that lead to lost rows; leave out the rows that cannot be without them."""
    mended: list[Mended] = []
    while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        for table, row, parent, link in broken:
            column, must = _link_column(connection, table, link)
            found = connection.execute(
                f'SELECT "{column}" FROM "{table}" WHERE rowid = ?',
                (row,),
            ).fetchone()
            if found is None:  # left out a moment ago for another of its links
                continue
            left_out = must or not _emptied(connection, table, column, row)
            if left_out:
                connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
            mended.append(Mended(table, row, column, parent, found[0], left_out))
    return tuple(mended)


def _link_column(connection: Any, table: str, link: int) -> tuple[str, bool]:
    (column,) = [
        row[3]
        for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')
        if row[0] == link
    ]
    for row in connection.execute(f'PRAGMA table_info("{table}")'):
        if row[1] == column:
            return column, bool(row[3] or row[5])
    raise AssertionError(column)


def _emptied(connection: Any, table: str, column: str, row: int) -> bool:
    try:
        connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (row,))
    except sqlcipher.IntegrityError:
        return False
    return True


def reseal(connection: Any) -> int:
    """Seal anew each step and item of the log whose words are not those that were sealed.

    Without it a log that was altered from outside could never be chained again. Returns how many.
    """
    found = [
        ("change", number, _digest(seal, words) if seal else None, digest, words)
        for number, seal, digest, words in connection.execute(
            "SELECT id, seal, digest, label FROM change"
        )
    ]
    found += [
        ("change_item", number, _digest(seal, words) if seal else None, digest, words)
        for number, seal, digest, words in _items(connection)
    ]
    altered = [row for row in found if row[2] != row[3]]
    for table, number, *_, words in altered:
        seal = secrets.token_hex(16)
        connection.execute(
            f"UPDATE {table} SET seal = ?, digest = ? WHERE id = ?",
            (seal, _digest(seal, words), number),
        )
    return len(altered)


def _items(connection: Any) -> Iterator[tuple[int, str | None, str, str]]:
    gone = set(connection.execute("SELECT kind, record_id FROM change_item WHERE act = 'remove'"))
    for number, kind, record, seal, digest, before, after in connection.execute(
        "SELECT id, kind, record_id, seal, digest, before, after FROM change_item"
    ):
        if seal is not None or (kind, record) not in gone:  # what was disposed of stays blank
            yield number, seal, digest, json.dumps([before, after], ensure_ascii=False)


def _digest(seal: str, words: str) -> str:
    return hashlib.sha256((seal + words).encode("utf-8", "surrogatepass")).hexdigest()


def _text(kept: bytes) -> str:
    return kept.decode("utf-8", "replace")
