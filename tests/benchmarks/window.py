"""The window: opening the actions, a key in a filter, opening a review, many moved at once."""

from __future__ import annotations

import statistics
import time
from contextlib import closing
from datetime import date
from itertools import cycle
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.actions import actions
from oscb_desktop.services.action_bulk import MoveDueDates
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.messages import Messages
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.tasks import Tasks
from tests.benchmarks.files import opened
from tests.benchmarks.timing import Measured, median


def measure(folder: Path) -> list[Measured]:
    """Return the lines about lists and pages."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    found = []
    for many in (10_000, 100_000):
        with closing(opened(folder, 1000, many)) as store:
            found.append(_filter(app, context_of(store, folder), many))
    with closing(opened(folder, 2000, 20_000, 50_000)) as store:
        found.append(_review(app, context_of(store, folder)))
    with closing(opened(folder, 1000, 20_000)) as store:
        context = context_of(store, folder)
        found += [_filter(app, context, 20_000), _moving(context), _opening(app, context)]
        context.tasks.finish()
    return found


def context_of(store: Store, folder: Path) -> Context:
    messages = Messages()
    operations = Operations(store, messages)
    return Context(operations, Navigation(), Tasks(), messages, AppPaths.under(folder / "home"))


def _opening(app: QApplication, context: Context) -> Measured:
    from oscb_desktop.ui.pages.actions_page import ActionsPage

    def show() -> None:
        page = ActionsPage(context)
        page.resize(1366, 768)
        page.show()
        app.processEvents()
        took.append((time.perf_counter() - before) * 1000)
        context.tasks.finish()  # the rest is read beside, and not in the next run
        app.processEvents()
        page.close()
        page.deleteLater()

    took: list[float] = []
    for _ in range(6):
        before = time.perf_counter()
        show()
    return Measured(
        "opening the list of 20,000 actions, to the open ones painted",
        statistics.median(took[1:]),
        _bare_actions(context, "WHERE delivery IN ('not_started', 'in_progress')"),
        "their rows alone",
    )


def _bare_actions(context: Context, where: str) -> float:
    store = context.operations.store
    with closing(sqlcipher.connect(str(store.path))) as connection:
        connection.execute(store.key.pragma())
        query = f"SELECT * FROM action {where}"
        return median(lambda: connection.execute(query).fetchall())


def _moving(context: Context) -> Measured:
    """Measure 500 actions moved in one step, each time to another day."""
    store = context.operations.store
    rows = store.read(actions, store.today(), only_open=True)
    ids = tuple(row.id for row in rows[:500])
    days = cycle(date(2023, 1, day) for day in range(1, 29))
    ours = median(lambda: store.write(MoveDueDates(ids, next(days), "The lead is new.")), runs=5)
    return Measured(
        "moving 500 actions in one step", ours, _bare_moves(context, ids), "500 UPDATEs"
    )


def _bare_moves(context: Context, ids: tuple[int, ...]) -> float:
    store = context.operations.store
    with closing(sqlcipher.connect(str(store.path))) as connection:
        connection.execute(store.key.pragma())

        def update() -> None:
            rows = [("2023-02-01", each) for each in ids]
            connection.executemany("UPDATE action SET due_on = ? WHERE id = ?", rows)
            connection.commit()

        return median(update, runs=5)


def _filter(app: QApplication, context: Context, many: int) -> Measured:
    from oscb_desktop.ui.pages.actions_page import ActionsPage

    page = ActionsPage(context)
    page.resize(1366, 768)
    page.show()
    page.show_wanted({"view": "all"})
    context.tasks.finish()
    while page.list.table.rows.is_preparing:  # as it does while nobody types
        app.processEvents()
    typed = cycle(("g", "gu", "gui", "guid", ""))
    box = page.list.filters.field

    def press() -> None:
        box.setText(next(typed))
        app.processEvents()

    ours = median(press, runs=15)
    page.close()
    page.deleteLater()
    return Measured(
        f"keystroke in a filter, {many:,} actions", ours, _bare_reset(app), "200 rows reset"
    )


def _bare_reset(app: QApplication) -> float:
    view = QTableView()
    model = QStringListModel()
    view.setModel(model)
    view.resize(1366, 600)
    view.show()
    rows = [f"row {number}" for number in range(200)]

    def reset() -> None:
        model.setStringList(rows)
        app.processEvents()

    measured = median(reset, runs=15)
    view.close()
    return measured


def _review(app: QApplication, context: Context) -> Measured:
    from oscb_desktop.ui.pages.record_pages import page_for

    numbers = cycle((1990, 1991, 1992))

    def show() -> None:
        page: QWidget = page_for(context, "review", next(numbers))
        page.resize(1200, 700)
        page.show()
        app.processEvents()
        page.close()
        page.deleteLater()

    return Measured("opening a review", median(show), _bare_rows(context), "its rows alone")


def _bare_rows(context: Context) -> float:
    store = context.operations.store
    with closing(sqlcipher.connect(str(store.path))) as connection:
        connection.execute(store.key.pragma())

        def fetch() -> None:
            for table in ("recommendation", "action", "finding", "panel_response", "cost_line"):
                connection.execute(f"SELECT * FROM {table} WHERE review_id = 1990").fetchall()
            connection.execute("SELECT * FROM review WHERE id = 1990").fetchall()

        return median(fetch)
