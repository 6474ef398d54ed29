"""Twenty years in one file: 2,000 reviews, 20,000 actions, all around them, 50,000 log rows."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QApplication, QWidget

from oscb_desktop.queries import records
from oscb_desktop.services.attachments import AttachFiles, take_in
from oscb_desktop.services.chasing import make_sheets
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from tests.benchmarks.files import opened
from tests.benchmarks.timing import Measured, median
from tests.benchmarks.window import context_of

_MEETING = 1040
_PAGES = {
    "opening the list of 2,000 reviews": ("reviews", ("SELECT * FROM review",)),
    "opening the chair's page of all live reviews": (
        "chair",
        ("SELECT * FROM review WHERE finished_on IS NULL AND published_on IS NULL",),
    ),
    "opening who owes what": (
        "owed",
        ("SELECT * FROM agency_request WHERE received_on IS NULL AND outcome IS NULL",),
    ),
    "what happened since the last meeting": (
        "since",
        (
            "SELECT * FROM action WHERE due_on >= '2022-03-01'",
            "SELECT * FROM change_item WHERE change_id > (SELECT max(id) - 100 FROM change)",
        ),
    ),
}
_OF_A_MEETING = tuple(
    f"SELECT * FROM {table} WHERE meeting_id = {_MEETING}"
    for table in ("attendance", "agenda_item", "meeting_action", "meeting_reviews")
)
_SIZE = 25_000_000


def measure(folder: Path) -> list[Measured]:
    """Return the lines about a file of twenty years."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with closing(opened(folder, 2000, 20_000, 50_000)) as store:
        context = context_of(store, folder)
        found = [_place(app, context, *each) for each in _PAGES.items()]
        found.append(_meeting(app, context))
        context.tasks.finish()
        return [*found, _sheet(store, folder), _attaching(store, folder)]


def _place(
    app: QApplication, context: Context, what: str, place: tuple[str, tuple[str, ...]]
) -> Measured:
    from oscb_desktop.ui.page_stack import Stop
    from oscb_desktop.ui.places import make_page

    name, queries = place
    ours = _showing(app, lambda: make_page(context, Stop("place", name)))
    return Measured(what, ours, _bare_rows(context, queries), "its rows alone")


def _meeting(app: QApplication, context: Context) -> Measured:
    from oscb_desktop.ui.pages.record_pages import page_for

    ours = _showing(app, lambda: page_for(context, "meeting", _MEETING))
    return Measured("opening a meeting", ours, _bare_rows(context, _OF_A_MEETING), "its rows alone")


def _showing(app: QApplication, made: Callable[[], QWidget]) -> float:
    def show() -> None:
        page = made()
        page.resize(1200, 700)
        page.show()
        app.processEvents()
        page.close()
        page.deleteLater()

    return median(show)


def _bare_rows(context: Context, queries: tuple[str, ...]) -> float:
    store = context.operations.store
    with closing(sqlcipher.connect(str(store.path))) as connection:
        connection.execute(store.key.pragma())
        return median(lambda: [connection.execute(query).fetchall() for query in queries])


def _sheet(store: Store, folder: Path) -> Measured:
    """Measure one agency's workbook with its letter, and that it was sent written down."""
    numbers = count()

    def send() -> None:
        into = folder / f"sheets-{next(numbers)}"
        into.mkdir()
        sent.append(make_sheets(store, into, (1,), days=60)[0].path)

    sent: list[Path] = []
    ours = median(send, runs=5)
    cells = _cells(sent[0])
    bare = median(lambda: _write(folder / "bare.xlsx", cells), runs=5)
    rows = sum(len(rows) for rows in cells)
    return Measured(f"an agency's workbook of {rows} rows", ours, bare, "its cells, unformatted")


def _cells(path: Path) -> list[list[tuple[Any, ...]]]:
    with closing(load_workbook(path)) as book:
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _write(path: Path, sheets: list[list[tuple[Any, ...]]]) -> None:
    book = Workbook()
    for rows in sheets:
        page = book.create_sheet()
        for row in rows:
            page.append(row)
    book.save(path)


def _attaching(store: Store, folder: Path) -> Measured:
    """Measure 25 MB attached to a meeting, another file each time."""
    letters = count(97)

    def attach() -> None:
        path = folder / "paper.pdf"
        path.write_bytes(b"%PDF-1.7\n" + bytes([next(letters)]) * (_SIZE - 9))
        files = take_in(store, [path]).files
        row = store.read(records.record, "meeting", _MEETING)
        assert row is not None
        store.write(AttachFiles("meeting", _MEETING, row.version, files))

    return Measured(
        "attaching 25 MB", median(attach, runs=3), _bare_insert(store, folder), "hash and INSERT"
    )


def _bare_insert(store: Store, folder: Path) -> float:
    path = folder / "bare.oscb"
    shutil.copyfile(store.path, path)  # the key goes with the salt at its head
    letters = count(97)
    with closing(sqlcipher.connect(str(path), isolation_level=None)) as connection:
        connection.execute(store.key.pragma())
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE bare (digest TEXT PRIMARY KEY, content BLOB)")

        def insert() -> None:
            paper = folder / "paper.pdf"
            paper.write_bytes(bytes([next(letters)]) * _SIZE)
            content = paper.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            connection.execute("INSERT INTO bare VALUES (?, ?)", (digest, content))

        return median(insert, runs=3)
