"""The window: a keystroke in a filter, opening a review."""

from __future__ import annotations

from contextlib import closing
from itertools import cycle
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from oscb_desktop.paths import AppPaths
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
    for actions in (10_000, 100_000):
        with closing(opened(folder, 1000, actions)) as store:
            found.append(_filter(app, _context(store, folder), actions))
    with closing(opened(folder, 2000, 20_000)) as store:
        found.append(_review(app, _context(store, folder)))
    return found


def _context(store: Store, folder: Path) -> Context:
    messages = Messages()
    operations = Operations(store, messages)
    return Context(operations, Navigation(), Tasks(), messages, AppPaths.under(folder / "home"))


def _filter(app: QApplication, context: Context, actions: int) -> Measured:
    from oscb_desktop.ui.pages.actions_page import ActionsPage

    page = ActionsPage(context)
    page.resize(1366, 768)
    page.show()
    page.show_wanted({"view": "all"})
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
        f"keystroke in a filter, {actions:,} actions", ours, _bare_reset(app), "200 rows reset"
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
