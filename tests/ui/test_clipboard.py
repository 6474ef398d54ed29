"""The clipboard: copies go one way, are marked as not to be kept, and do not lie there long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from oscb_desktop.services.store import Store
from oscb_desktop.ui import clipboard
from oscb_desktop.ui.clipboard import ClipboardWatch
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.widgets.small_table import Line, SmallTable
from tests.ui.conftest import CONTROL, press

KDE = "x-kde-passwordManagerHint"


def held() -> str:
    QCoreApplication.processEvents()
    return QGuiApplication.clipboard().text()


def hint() -> bytes:
    return bytes(QGuiApplication.clipboard().mimeData().data(KDE).data())


@pytest.fixture
def told() -> list[int]:
    return []


@pytest.fixture
def whose() -> dict[str, bool]:
    return {"ours": True}


@pytest.fixture
def watch(qtbot: QtBot, told: list[int], whose: dict[str, bool]) -> Iterator[ClipboardWatch]:
    QGuiApplication.clipboard().clear()
    # The platform without a screen does not know whose the clipboard is.
    made = ClipboardWatch(lambda: 90, lambda: whose["ours"])
    made.copied.connect(told.append)
    made.begin()
    yield made
    made.end()


def test_what_is_copied_is_marked_and_emptied(watch: ClipboardWatch, told: list[int]) -> None:
    clipboard.put("Child Fern", "<b>Child Fern</b>")
    assert (held(), hint(), told) == ("Child Fern", b"secret", [90])
    assert QGuiApplication.clipboard().mimeData().html() == "<b>Child Fern</b>"
    assert watch.timer.isActive()
    assert watch.timer.interval() == 90_000
    watch.timer.timeout.emit()
    assert held() == ""


def test_a_field_that_copies_by_itself_is_no_exception(
    qtbot: QtBot, watch: ClipboardWatch, told: list[int]
) -> None:
    field = QLineEdit("Child Fern")
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    assert (held(), hint(), told) == ("Child Fern", b"secret", [90])
    watch.empty()
    assert held() == ""


def test_what_came_after_stays(watch: ClipboardWatch, whose: dict[str, bool]) -> None:
    clipboard.put("Child Fern")
    whose["ours"] = False
    QGuiApplication.clipboard().setText("a shopping list")
    watch.timer.timeout.emit()
    assert held() == "a shopping list"


def test_a_second_copy_has_its_whole_time(watch: ClipboardWatch, told: list[int]) -> None:
    clipboard.put("one")
    clipboard.put("two")
    watch.empty()
    assert (held(), told) == ("", [90, 90])
    assert not watch.timer.isActive()


def test_the_end_of_the_program_leaves_nothing(qtbot: QtBot) -> None:
    watch = ClipboardWatch(lambda: 90)
    watch.begin()
    clipboard.put("Child Fern")
    watch.end()
    assert held() == ""


def test_a_table_copies_the_same_way(qtbot: QtBot, watch: ClipboardWatch) -> None:
    table = SmallTable("Themes", ("Name",), [Line(1, ("Voice of the child",))], 0)
    qtbot.addWidget(table)
    press(table, Qt.Key.Key_C, CONTROL)
    assert (held(), hint()) == ("Voice of the child", b"secret")


def test_windows_is_asked_to_keep_it_out_of_history_and_cloud() -> None:
    marks = clipboard.marks("win32")
    names = [name.split('"')[1] for name in marks if '"' in name]
    assert names == [
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
    ]
    asked = [f'application/x-qt-windows-mime;value="{name}"' for name in names]
    assert [marks[name] for name in asked] == [bytes(4)] * 3, "each a number that is 0"


def test_the_person_is_told_once(window: MainWindow, store: Store) -> None:
    window.tell_copied(90)
    assert window.strip.currentMessage() == "Copied. The clipboard is emptied after 90 seconds."
    window.strip.clearMessage()
    window.tell_copied(90)
    assert window.strip.currentMessage() == ""
