"""Locking: what is typed is kept, nothing is left to be seen or found, and all of it comes back."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import addressof, wintypes
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from oscb_desktop import settings
from oscb_desktop.application import Desktop
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.drafts import unfinished
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.files import create_store, open_store
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.form_dialog import FormDialog
from oscb_desktop.ui.forms.action_acts import ACTS
from oscb_desktop.ui.forms.decision_forms import PanelLetterForm
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.idle_watch import IdleWatch
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.action_panel import ActionPanel
from oscb_desktop.ui.pages.computer_section import NumberBox
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import OwnedSection
from oscb_desktop.ui.pages.review.decision import PanelLettersSection
from oscb_desktop.ui.pages.unlock_page import UnlockPage
from oscb_desktop.ui.session_lock import ASLEEP, LOCKED, SessionWatch, WindowsMessages
from tests.conftest import PASSPHRASE, now
from tests.factories import make
from tests.ui.conftest import CONTROL, press, type_text

SECRET = "Fernleaf marmalade"
"""Words that only a record says."""


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, paths: AppPaths) -> Iterator[Desktop]:
    made = Desktop(qapp, paths)
    yield made
    for widget in (made.window, made.unlock):
        if widget is not None:
            widget.closed.disconnect()
            widget.close()
            widget.deleteLater()
    made.end()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A file with its own lock, as the program opens it."""
    return create_store(tmp_path / "Reviews.oscb", PASSPHRASE, "A. Tester", now)


@pytest.fixture
def window(desktop: Desktop, store: Store, qtbot: QtBot) -> MainWindow:
    return shown(desktop, store, qtbot)


def shown(desktop: Desktop, store: Store, qtbot: QtBot) -> MainWindow:
    desktop.show_main(store)
    assert desktop.window is not None
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    return desktop.window


def locked(desktop: Desktop, qtbot: QtBot) -> UnlockPage:
    """Wait until the file is closed behind the page, and return the page."""
    qtbot.waitUntil(lambda: desktop.window is None and desktop.locking is None)
    assert desktop.unlock is not None
    return desktop.unlock


def unlocked(desktop: Desktop, qtbot: QtBot, passphrase: str = PASSPHRASE) -> MainWindow:
    """Type the passphrase and wait for the window, as somebody who comes back to the desk."""
    page = locked(desktop, qtbot)
    type_text(page.passphrase.field, passphrase)
    page.open_button.click()
    qtbot.waitUntil(lambda: desktop.window is not None)
    again = desktop.window
    assert again is not None
    again.activateWindow()
    qtbot.waitUntil(lambda: again.isActiveWindow())
    return again


def in_sight() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def said() -> str:
    """Return every word of every widget that can be seen."""
    visible = [widget for widget in QApplication.allWidgets() if widget.isVisible()]
    found = [
        widget.accessibleName() + widget.toolTip() + widget.windowTitle() for widget in visible
    ]
    for widget in visible:
        if isinstance(widget, QLabel | QLineEdit):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            found += [widget.itemText(row) for row in range(widget.count())]
    return "\n".join(found)


def field(within: QWidget | None, name: str) -> QWidget:
    """Return the field of that name."""
    assert within is not None
    fields = [*within.findChildren(QLineEdit), *within.findChildren(QPlainTextEdit)]
    return next(each for each in fields if each.accessibleName().startswith(name))


def form_on(window: MainWindow) -> RecordForm:
    page = window.stack.page()
    assert page is not None
    form = page.findChild(RecordForm)
    assert isinstance(form, RecordForm)
    return form


def lock(window: MainWindow) -> None:
    press(window, Qt.Key.Key_L, CONTROL)


# What is seen and found


def test_ctrl_l_hides_all_but_the_page_that_asks(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    window.add_record("incident")
    type_text(field(form_on(window), "Known as"), SECRET)
    beside = QDialog(window)
    beside.setWindowTitle(SECRET)
    beside.show()
    menu = QMenu(window)
    menu.addAction(SECRET)
    menu.popup(window.mapToGlobal(window.rect().center()))
    QToolTip.showText(window.mapToGlobal(window.rect().center()), SECRET, window)
    assert SECRET in said()
    assert len(in_sight()) >= 3
    window.actions_by_name["lock"].trigger()
    assert in_sight() == [desktop.unlock], "at once, before anything is closed"
    page = locked(desktop, qtbot)
    assert in_sight() == [page]
    assert SECRET not in said()
    assert page.told.text() == "Reviews.oscb locked at 10:00 on 25 Mar 2022, as you asked."
    assert page.typing.text() == "What you typed and did not save is kept and comes back."
    assert page.files.currentData() == store.path
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.passphrase.field)


def test_the_key_goes_with_the_file(
    desktop: Desktop, tmp_path: Path, qtbot: QtBot, paths: AppPaths
) -> None:
    backwards = f"{tmp_path.name} {PASSPHRASE}"[::-1]
    desktop.show_unlock(tmp_path / "Reviews.oscb")
    create_store(tmp_path / "Reviews.oscb", backwards[::-1], "A. Tester", now).forget()
    window = unlocked(desktop, qtbot, backwards[::-1])
    assert desktop.store is not None
    key = desktop.store.key
    start, letters, salt = bytes(key.key[:12]), key.key.hex()[:24], key.salt
    del key
    gc.unfreeze()  # what is frozen would not be listed
    assert alive(start, letters, salt, backwards), "or the search would find nothing ever"
    window.add_record("incident")
    type_text(field(form_on(window), "Known as"), SECRET)
    del window
    desktop.lock("as you asked")
    locked(desktop, qtbot)
    gc.collect()
    assert alive(start, letters, salt, backwards) == []


def alive(start: bytes, letters: str, salt: bytes, backwards: str) -> list[object]:
    """Return what still holds the key of a file, in any form, or its passphrase."""
    mine = {id(start), id(letters), id(backwards)}
    found: list[object] = []
    for holder in gc.get_objects():
        if isinstance(holder, FileKey) and holder.salt == salt and any(holder.key):
            found.append(type(holder))
        for held in gc.get_referents(holder):
            if id(held) in mine:
                continue
            if isinstance(held, bytes | bytearray) and start in held:
                found.append(type(holder))
            if isinstance(held, str) and (letters in held.lower() or held[::-1] == backwards):
                found.append(type(holder))
    return found


def test_a_store_that_forgot_reads_and_writes_nothing(store: Store) -> None:
    store.forget()
    assert not any(store.key.key)
    with pytest.raises(UserError, match="closed"):
        store.read(unfinished)


def test_a_colleague_can_open_a_locked_file_and_is_named(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot, paths: AppPaths
) -> None:
    lock(window)
    page = locked(desktop, qtbot)
    other = open_store(store.path, PASSPHRASE, paths.backups, "A colleague", now)
    type_text(page.passphrase.field, PASSPHRASE)
    page.open_button.click()
    qtbot.waitUntil(lambda: bool(page.passphrase.fault.text()))
    assert "is already open by" in page.passphrase.fault.text()
    other.close()


def test_the_last_work_is_backed_up_behind_the_page(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot, paths: AppPaths
) -> None:
    make(store, "theme", name="Voice of the child")
    lock(window)
    locked(desktop, qtbot)
    assert len(list(place_of(paths).folder.glob("*.oscb"))) == 1
    assert settings.load(paths.settings).window, "the size of the window is remembered as well"


def test_wrong_passphrases_count_as_anywhere(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot, paths: AppPaths
) -> None:
    lock(window)
    page = locked(desktop, qtbot)
    type_text(page.passphrase.field, "not the words")
    page.open_button.click()
    qtbot.waitUntil(lambda: bool(page.passphrase.fault.text()))
    assert [row.count for row in settings.load(paths.settings).wrong.values()] == [1]


def test_the_practice_file_does_not_lock(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.show_unlock()
    desktop.open_sample()
    qtbot.waitUntil(lambda: desktop.window is not None)
    window = desktop.window
    assert window is not None
    assert not window.actions_by_name["lock"].isEnabled()
    assert "practice file" in window.actions_by_name["lock"].text()
    desktop.lock("because the screen was locked")
    assert desktop.window is window
    assert window.isVisible()


# While something runs


def test_work_under_way_comes_to_its_end_behind_the_page(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    ended: list[str] = []
    told = "The blank workbook is there."

    def done(_: object) -> None:
        ended.append("done")
        window.context.messages.tell(window, told)

    gate = window.context.operations.store._gate
    with gate.using():
        window.context.tasks.run(
            "Checking the file", lambda: store.exchange(lambda: store.key), done, _raise
        )
        lock(window)
        page = desktop.unlock
        assert page is not None
        assert in_sight() == [page]
        type_text(page.passphrase.field, PASSPHRASE)
        page.open_button.click()
        assert page.work.text() == "Finishing the work under way…"
        assert ended == []
    answered: list[str] = []
    QTimer.singleShot(0, lambda: _close_message(answered))
    qtbot.waitUntil(lambda: answered == [told])
    assert ended == ["done"]
    assert desktop.window is not None


def _raise(problem: BaseException) -> None:
    raise problem


def _close_message(answered: list[str]) -> None:
    box = QApplication.activeModalWidget()
    if box is None:
        QTimer.singleShot(20, lambda: _close_message(answered))
        return
    answered.append(str(box.property("text")))
    box.close()


def test_a_dialog_in_a_loop_of_its_own_goes_and_its_typing_is_kept(
    desktop: Desktop, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = FormDialog(window.context, "agency", window)

    def type_and_lock() -> None:
        type_text(field(dialog, "Name"), SECRET)
        desktop.lock("because the screen was locked")

    QTimer.singleShot(0, type_and_lock)
    assert dialog.exec() == QDialog.DialogCode.Rejected
    dialog.deleteLater()
    page = locked(desktop, qtbot)
    assert in_sight() == [page]
    again = unlocked(desktop, qtbot)
    (kept,) = again.context.operations.read(unfinished)
    assert (kept.kind, dict(kept.typed)) == ("agency", {"name": SECRET})
    assert "Not finished: New agency" in said()


# Coming back


def test_a_new_record_goes_on_where_the_typing_stopped(
    desktop: Desktop, window: MainWindow, qtbot: QtBot
) -> None:
    window.add_record("incident")
    box = field(form_on(window), "Known as")
    assert isinstance(box, QLineEdit)
    type_text(box, SECRET)
    box.setCursorPosition(4)
    lock(window)
    again = unlocked(desktop, qtbot)
    form = form_on(again)
    assert form.fields.dirty() == {"known_as": SECRET}
    assert form.fields.boxes["known_as"].note_text == "Brought back from what you typed."
    assert form.banner.text == ""
    here = QApplication.focusWidget()
    assert isinstance(here, QLineEdit)
    assert (here.accessibleName(), here.cursorPosition()) == ("Known as (required)", 4)
    again.go_back()
    assert again.stack.page() is not form, "the way back is there as well"


def test_a_section_of_a_record_goes_on(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    incident = make(store, "incident")
    window.open_record("incident", incident)
    page = window.stack.page()
    assert isinstance(page, RecordPage)
    page.build_all()
    first = page.own_sections()[0].name
    page.section(first).edit()  # type: ignore[attr-defined]
    owned = next(each for each in page.sections if isinstance(each, OwnedSection))
    type_text(field(page.section(first), "Known as"), SECRET)
    owned.add()
    assert owned.form is not None
    name, box = next(
        (name, box)
        for name, box in owned.form.fields.boxes.items()
        if isinstance(box.control.focusProxy(), QLineEdit | QPlainTextEdit)
    )
    type_text(box.control.focusProxy(), "half a w")
    lock(window)
    again = unlocked(desktop, qtbot)
    page = again.stack.page()
    assert isinstance(page, RecordPage)
    form = page.section(first).form
    assert form is not None
    assert SECRET in form.fields.dirty()["known_as"]
    assert form.row is not None
    assert form.row.id == incident
    other = page.section(owned_name(page)).form
    assert other is not None
    assert other.fields.dirty()[name].endswith("half a w")


def owned_name(page: RecordPage) -> str:
    return next(each.name for each in page.sections if isinstance(each, OwnedSection))


def test_an_act_and_a_note_go_on(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    action = make(store, "action")
    make(store, "evidence", action=action)
    window.open_record("action", action)
    page = window.stack.page()
    assert isinstance(page, RecordPage)
    page.build_all()
    panel = page.findChild(ActionPanel)
    assert isinstance(panel, ActionPanel)
    panel.begin(next(act for act in ACTS if act.name == "Complete"))
    assert panel.act_form is not None
    type_text(field(panel.act_form, "What changed"), SECRET)
    type_text(panel.note, "Told by telephone")
    lock(window)
    again = unlocked(desktop, qtbot)
    page = again.stack.page()
    assert isinstance(page, RecordPage)
    page.build_all()
    panel = page.findChild(ActionPanel)
    assert isinstance(panel, ActionPanel)
    assert panel.act_form is not None
    assert panel.act_form.typed() == {"outcome": SECRET}
    assert panel.note.toPlainText() == "Told by telephone"
    assert panel.act_form.carry_out()
    panel.add_note()
    assert again.context.operations.read(unfinished) == ()


def test_typing_that_cannot_be_written_waits_in_memory(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    window.add_record("incident")
    type_text(field(form_on(window), "Known as"), SECRET)
    with full_disk(store):
        lock(window)
    page = locked(desktop, qtbot)
    assert "held in memory" in page.warning.text()
    answered: list[str] = []
    QTimer.singleShot(0, lambda: _close_message(answered))
    page.close()
    assert "lost when the program closes" in answered.pop()
    assert page.isVisible(), "to stay is the safe answer, and the first"
    QTimer.singleShot(0, lambda: _close_message(answered))
    again = unlocked(desktop, qtbot)
    qtbot.waitUntil(lambda: bool(answered))
    assert "was held in memory, is back in its form, and is written now" in answered[0]
    assert form_on(again).fields.dirty() == {"known_as": SECRET}
    (kept,) = again.context.operations.read(unfinished)
    assert dict(kept.typed) == {"known_as": SECRET}


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """Let the file not grow by a page for a while."""

    def full(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA query_only = ON")

    engine = store._engine
    event.listen(engine, "checkout", full)
    yield
    event.remove(engine, "checkout", full)


# When it is time


@pytest.fixture
def clock() -> list[float]:
    """The clock on the wall, to be put forward."""
    return [1000.0]


@pytest.fixture
def told() -> list[int]:
    return []


@pytest.fixture
def watch(qapp: QApplication, clock: list[float], told: list[int]) -> Iterator[IdleWatch]:
    """A watch of ten minutes whose other clock stands still, as while a laptop sleeps."""
    made = IdleWatch(qapp, (lambda: 5.0, lambda: clock[0]), lambda: 10)
    made.idle.connect(told.append)
    made.begin()
    yield made
    made.end()


def move_mouse(over: QWidget) -> bool:
    at = QPointF(3, 3)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    return QCoreApplication.sendEvent(over, moved)


def test_it_is_time_after_so_many_minutes_and_no_sooner(
    watch: IdleWatch, clock: list[float], told: list[int]
) -> None:
    clock[0] += 599
    watch.look()
    assert told == []
    clock[0] += 1
    watch.look()
    watch.look()
    assert told == [10], "once"


@pytest.mark.parametrize("by_hand", [move_mouse, lambda box: press(box, Qt.Key.Key_A)])
def test_whatever_is_done_by_hand_begins_the_minutes_anew(
    qtbot: QtBot,
    watch: IdleWatch,
    clock: list[float],
    told: list[int],
    by_hand: Callable[[QWidget], object],
) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    clock[0] += 599
    by_hand(box)
    clock[0] += 599
    watch.look()
    assert told == []


def test_the_key_that_wakes_a_laptop_reaches_nobody(
    qtbot: QtBot, watch: IdleWatch, clock: list[float], told: list[int]
) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    clock[0] += 8 * 3600
    press(box, Qt.Key.Key_A)
    assert (told, box.text()) == ([10], "")


def test_a_waking_program_locks_before_it_shows_anything(
    qapp: QApplication, watch: IdleWatch, clock: list[float], told: list[int]
) -> None:
    clock[0] += 3600
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert told == [10]


def test_an_idle_file_locks_and_says_so(desktop: Desktop, window: MainWindow, qtbot: QtBot) -> None:
    assert desktop.guard is not None
    desktop.guard.idle.idle.emit(1)
    page = locked(desktop, qtbot)
    assert page.told.text().endswith("because nothing was typed or clicked for 1 minute.")


# What the system tells


@pytest.mark.parametrize(
    ("message", "what", "expected"),
    [
        (0x02B1, 0x7, [LOCKED]),
        (0x02B1, 0x8, []),
        (0x0218, 0x4, [ASLEEP]),
        (0x0218, 0x12, []),
        (0x0100, 0x7, []),
    ],
)
def test_windows_tells_of_its_lock_and_of_sleep(
    qapp: QApplication, message: int, what: int, expected: list[str]
) -> None:
    watch = SessionWatch()
    told: list[str] = []
    watch.away.connect(told.append)
    raw = wintypes.MSG(message=message, wParam=what)
    passed = WindowsMessages(watch).nativeEventFilter(b"windows_generic_MSG", addressof(raw))
    assert (passed, told) == ((False, 0), expected)


def test_a_desktop_tells_of_its_screen_saver_and_of_sleep(qapp: QApplication) -> None:
    watch = SessionWatch()
    told: list[str] = []
    watch.away.connect(told.append)
    for hear in (watch.on_screen, watch.on_sleep):
        hear(False)
        hear(True)
    watch.on_lock()
    assert told == [LOCKED, ASLEEP, LOCKED]


def test_a_system_that_tells_nothing_is_no_fault(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bus in ("SESSION", "SYSTEM"):
        monkeypatch.setenv(f"DBUS_{bus}_BUS_ADDRESS", "unix:path=/nowhere")
    SessionWatch().begin(qapp)


def test_nothing_of_it_is_imported_at_the_start() -> None:
    told = (
        "import sys; import oscb_desktop.application; "
        "print({'PySide6.QtDBus', 'ctypes.wintypes', 'hashlib'} & set(sys.modules))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.strip() == "set()"


# What is set


def test_the_minutes_are_set_on_the_settings_page(window: MainWindow, paths: AppPaths) -> None:
    window.go_to("settings")
    page = window.stack.page()
    section = next(each for each in page.sections if each.name == "This computer")  # type: ignore[union-attr]
    box = section.boxes["lock_minutes"]
    assert (box.value(), box.minimum(), box.maximum()) == (10, 1, 120)
    box.selectAll()
    type_text(box, "25")
    press(box, Qt.Key.Key_Return)
    assert settings.load(paths.settings).computer.lock_minutes == 25
    wheel = QWheelEvent(
        QPointF(3, 3),
        QPointF(3, 3),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(box, wheel)
    assert box.value() == 25, "the wheel scrolls the page"


def test_a_letter_of_the_panel_goes_on_with_the_decision_that_it_changed(
    desktop: Desktop, window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    review = make(store, "review", kind="rapid_review")
    window.open_record("review", review)
    form = letter_form(window)
    form.fields.boxes["decision_changed"].control.put_value(True, {})
    form.fields.boxes["decision_changed"].edited.emit()
    type_text(form.decision.boxes["decision_reason"].control.focusProxy(), SECRET)
    lock(window)
    again = unlocked(desktop, qtbot)
    form = letter_form(again)
    assert form.fields.value_of("decision_changed") is True
    assert form.decision.dirty() == {"decision_reason": SECRET}


def letter_form(window: MainWindow) -> PanelLetterForm:
    """Return the form of a letter of the Panel, opened unless it is open."""
    page = window.stack.page()
    assert isinstance(page, RecordPage)
    page.build_all()
    section = next(each for each in page.sections if isinstance(each, PanelLettersSection))
    if section.form is None:
        section.add()
    assert isinstance(section.form, PanelLetterForm)
    return section.form


def test_the_numbers_have_room_to_be_read(window: MainWindow) -> None:
    window.go_to("settings")
    page = window.stack.page()
    assert page is not None
    for box in page.findChildren(NumberBox):
        room = box.fontMetrics().horizontalAdvance(str(box.maximum()))
        assert box.lineEdit().width() > room
