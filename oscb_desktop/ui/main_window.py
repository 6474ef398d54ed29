"""The window over one open file: the places, the search field, the menus and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop import settings
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import DamagedFileError
from oscb_desktop.queries import undo as undo_rows
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.store import READ_ONLY
from oscb_desktop.services.undo import Redo, Undo
from oscb_desktop.ui import file_actions, menus, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.page_stack import PageStack, Stop
from oscb_desktop.ui.places import make_page, place_of, stop_for
from oscb_desktop.ui.widgets.search_field import SearchField
from oscb_desktop.ui.widgets.sidebar import Sidebar
from oscb_desktop.ui.widgets.status_strip import StatusStrip
from oscb_desktop.ui.widgets.tab_order import first_taking_keys, move_on

_LOOK_AT_THE_DAY = 30_000  # milliseconds


class MainWindow(QMainWindow):
    """One file, open. ``new_wanted``, ``open_wanted`` and ``closed`` are for the application."""

    new_wanted = Signal()
    open_wanted = Signal(object)
    quit_wanted = Signal()
    lock_wanted = Signal()
    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.stack = PageStack(partial(make_page, context))
        self.sidebar = Sidebar()
        self.search = SearchField(context)
        self.banner = theme.styled(QLabel(), "banner")
        self.banner.setWordWrap(True)
        self.back_button = QPushButton("‹ Back")
        self.strip = StatusStrip(context.operations.store.path)
        self._told_copied = False
        self._day_watch = QTimer(self, interval=_LOOK_AT_THE_DAY)
        self._build()
        self.actions_by_name = menus.build(self, self._handlers())
        self._connect()
        self._tell_file()
        with suppress(DamagedFileError):  # which the application tells over the window
            self._tell_undo()
            self.go_to("today")

    def go_to(self, name: str, wanted: Mapping[str, str] | None = None) -> None:
        """Show a place, with its filters set as wanted."""
        page = self.stack.go(stop_for(name, wanted or {}))
        show_wanted = getattr(page, "show_wanted", None)
        if wanted and show_wanted:
            show_wanted(wanted)
        self._enter_page()

    def open_record(self, kind: str, record_id: int) -> None:
        """Show the page of a record."""
        self.stack.go(Stop("record", kind, record_id))
        self._enter_page()

    def add_record(self, kind: str, preset: Mapping[str, Value] | None = None) -> None:
        """Show an empty form."""
        self.stack.go(Stop("form", kind, 0, tuple(sorted((preset or {}).items()))))

    def go_back(self) -> None:
        """Show the stop before this one."""
        self.stack.back()
        self._enter_page()

    def look_at_the_day(self) -> None:
        """Count the days anew where midnight has passed; the keyboard stays in the page."""
        self.context.operations.look_at_the_day()
        if self.isActiveWindow() and QApplication.focusWidget() is None:
            self._enter_page()  # what had it was made anew

    def refuse_to_lock(self, why: str) -> None:
        """Say in the menu why this file does not lock."""
        self.actions_by_name["lock"].setText(f"&Lock ({why})")
        self.actions_by_name["lock"].setEnabled(False)

    def tell_copied(self, seconds: int) -> None:
        """Say once how long a copy lies on the clipboard."""
        if not self._told_copied:
            self._told_copied = True
            self.strip.tell_shortly(f"Copied. The clipboard is emptied after {seconds} seconds.")

    def leave(self) -> None:
        """Let the work under way end, and remember the window."""
        self._day_watch.stop()
        self.search.drop.hide()
        for page in self.stack.pages():
            page.hide()  # a form keeps its typing when it is hidden
        self.context.tasks.finish()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        settings.change(self.context.paths.settings, settings.framed(geometry))

    def _build(self) -> None:
        self.setMinimumSize(820, 460)  # a small laptop whose text is set to 150 %
        self.resize(1366, 768)
        kept = settings.load(self.context.paths.settings).window
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore")))
        top = QHBoxLayout()
        top.setContentsMargins(4 * theme.GRID, 2 * theme.GRID, 4 * theme.GRID, 0)
        top.setSpacing(2 * theme.GRID)
        self.back_button.setAccessibleName("Back")
        top.addWidget(self.back_button)
        self.search.setMaximumWidth(640)
        top.addWidget(self.search, 1)
        top.addStretch(1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addLayout(top)
        right.addWidget(self.stack, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sidebar.setFixedWidth(self.sidebar.sizeHint().width())
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.setStatusBar(self.strip)

    def _connect(self) -> None:
        go, operations = self.context.navigation, self.context.operations
        self.sidebar.wanted.connect(self._on_place_chosen)
        self.sidebar.entered.connect(self._enter_page)
        go.page_wanted.connect(self.go_to)
        go.record_wanted.connect(self.open_record)
        go.form_wanted.connect(self.add_record)
        go.back_wanted.connect(self.go_back)
        go.workbook_wanted.connect(lambda: self.actions_by_name["import"].trigger())
        self.back_button.clicked.connect(self.go_back)
        self.stack.arrived.connect(self._on_arrived)
        operations.changed.connect(self._on_changed)
        operations.backups_stand.connect(self.strip.tell_backup)
        operations.damaged.connect(self._tell_file, Qt.ConnectionType.QueuedConnection)
        self._day_watch.timeout.connect(self.look_at_the_day)
        self._day_watch.start()
        self.context.tasks.busy.connect(self.strip.tell_work)
        self.context.tasks.idle.connect(self.strip.tell_work)
        recent = self.findChild(QMenu, "recent")
        assert isinstance(recent, QMenu)
        recent.aboutToShow.connect(lambda: file_actions.fill_recent(self, recent))

    def _handlers(self) -> dict[str, Callable[[], object]]:
        handlers: dict[str, Callable[[], object]] = {
            "new": self.new_wanted.emit,
            "open": lambda: self.open_wanted.emit(None),
            "import": lambda: file_actions.import_workbook(self),
            "template": lambda: file_actions.save_template(self),
            "check": lambda: file_actions.check(self),
            "backups": lambda: self.go_to("backups"),
            "passphrase": lambda: file_actions.change_passphrase(self),
            "recovery": lambda: file_actions.make_recovery_sheet(self),
            "print": self._print,
            "lock": self.lock_wanted.emit,
            "close": self.close,
            "quit": self.quit_wanted.emit,
            "undo": lambda: self.context.operations.do(Undo(), self),
            "redo": lambda: self.context.operations.do(Redo(), self),
            "search": self.search.begin,
            "back": self.go_back,
            "annual": lambda: self.go_to("annual"),
            "bin": lambda: self.go_to("bin"),
            "keys": lambda: file_actions.show_keys(self),
            "about": lambda: file_actions.show_about(self),
        }
        for kind, *_ in menus.ADDED_BY_MENU:
            handlers[f"add {kind}"] = partial(self.add_record, kind)
        for name, _ in menus.PLACES:
            handlers[f"place {name}"] = partial(self.go_to, name)
        return handlers

    def _enter_page(self) -> None:
        """Put the keyboard where the page wants it, or at its first thing, unless it is there."""
        page = self.stack.page()
        if page is None:
            return
        begins_at: QWidget | None = getattr(page, "begins_at", None)
        if begins_at is not None:
            begins_at.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif (here := QApplication.focusWidget()) is None or not page.isAncestorOf(here):
            first = first_taking_keys(page)
            if first is not None:
                first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _print(self) -> None:
        """Offer the papers of the review that is on screen, or of the file."""
        stop = self.stack.stop
        if stop == Stop("place", "annual"):
            self.go_to("annual", {"tab": "1"})
            return
        wanted = {}
        if stop is not None and (stop.sort, stop.name) == ("record", "review"):
            wanted = {"review": str(stop.record_id)}
        self.go_to("print", wanted)

    def _on_place_chosen(self, name: str) -> None:
        if self.stack.stop != Stop("place", name):
            self.stack.go(Stop("place", name))

    def _on_arrived(self, stop: Stop) -> None:
        self.sidebar.show_place(place_of(stop))
        self.back_button.setVisible(self.stack.can_go_back)
        self.actions_by_name["back"].setEnabled(self.stack.can_go_back)

    def _on_changed(self, changes: Changes) -> None:
        self.strip.tell_saved(self.context.operations.store.now())
        self._tell_undo()
        if "organisation" in changes.kinds:
            self._tell_file()

    def _tell_file(self) -> None:
        store = self.context.operations.store
        self.setWindowTitle(f"{Path(store.path).stem} – OSCB Desktop")
        said = []
        if store.damage:
            said.append(f"{READ_ONLY.format(store.path.name)} {store.damage}")
            for name in self._writing():
                self.actions_by_name[name].setEnabled(False)
        if store.practice_today is not None:
            day = format_date(store.practice_today)
            said.append(f"Practice file: today is {day}. Made to look around in, no record.")
        self.banner.setText("\n".join(said))
        self.banner.setVisible(bool(said))

    def _writing(self) -> tuple[str, ...]:
        """Return the names of the actions that write to the file."""
        added = (f"add {kind}" for kind, *_ in menus.ADDED_BY_MENU)
        return ("import", "passphrase", "recovery", "undo", "redo", *added)

    def _tell_undo(self) -> None:
        read = self.context.operations.read
        self._tell_step("undo", "&Undo", read(undo_rows.to_undo))
        self._tell_step("redo", "&Redo", read(undo_rows.to_redo))
        stopped = read(undo_rows.stopped_by_disposal)
        if stopped:
            self.actions_by_name["undo"].setText("&Undo: not past a disposal")
        self.actions_by_name["undo"].setToolTip(stopped)

    def _tell_step(self, name: str, verb: str, step: undo_rows.StepRow | None) -> None:
        subject = step.subject.replace("&", "&&") if step else ""
        shown = subject if len(subject) <= 60 else subject[:59] + "…"
        self.actions_by_name[name].setText(f"{verb}: {shown}" if shown else verb)
        writes = not self.context.operations.store.damage
        self.actions_by_name[name].setEnabled(step is not None and writes)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab go as it is read through a page whose parts are made anew while it stands."""
        as_read = getattr(self.stack.page(), "tab_as_read", False)
        return (as_read and move_on(forward=next)) or super().focusNextPrevChild(next)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard into the page rather than the sidebar."""
        super().showEvent(event)
        self._enter_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave the file in order."""
        self.leave()
        self.closed.emit()
        super().closeEvent(event)
