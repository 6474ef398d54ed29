"""From the first page to the open file and back: what the composition root holds together."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oscb_desktop import settings
from oscb_desktop.application import Desktop
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.records import records
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.ui.dialogs.new_file_dialog import NewFileDialog
from tests.conftest import PASSPHRASE
from tests.factories import make


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


def _make_file(desktop: Desktop, qtbot: QtBot, path: Path) -> None:
    desktop.show_unlock()
    assert desktop.unlock is not None
    desktop.unlock.new_button.click()
    dialog = desktop.unlock.findChild(NewFileDialog)
    assert dialog is not None
    dialog.path.setText(str(path))
    QTest.keyClicks(dialog.first.field, PASSPHRASE)
    QTest.keyClicks(dialog.second.field, PASSPHRASE)
    dialog.create_button.click()
    qtbot.waitUntil(lambda: desktop.window is not None)


def test_a_file_is_made_closed_and_opened_again(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path, paths: AppPaths
) -> None:
    path = tmp_path / "Reviews.oscb"
    _make_file(desktop, qtbot, path)
    assert desktop.window is not None
    assert desktop.unlock is None
    desktop.window.close()
    assert desktop.store is None
    unlock = desktop.unlock
    assert unlock is not None
    assert unlock.files.currentData() == path
    QTest.keyClicks(unlock.passphrase.field, "not the words")
    unlock.open_button.click()
    qtbot.waitUntil(lambda: bool(unlock.passphrase.fault.text()))
    assert "does not open Reviews.oscb" in unlock.passphrase.fault.text()
    unlock.passphrase.field.clear()
    QTest.keyClicks(unlock.passphrase.field, PASSPHRASE)
    unlock.open_button.click()
    qtbot.waitUntil(lambda: desktop.window is not None)
    assert settings.load(paths.settings).recent[0].path == str(path)


def test_the_file_that_is_open_stays_until_another_opens(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    _make_file(desktop, qtbot, tmp_path / "First.oscb")
    first = desktop.window
    assert first is not None
    first.open_wanted.emit(tmp_path / "Missing.oscb")
    unlock = desktop.unlock
    assert unlock is not None
    QTest.keyClicks(unlock.passphrase.field, PASSPHRASE)
    unlock.open_button.click()
    qtbot.waitUntil(lambda: bool(unlock.passphrase.fault.text()))
    assert "There is no file" in unlock.passphrase.fault.text()
    assert desktop.window is first
    assert desktop.store is not None


def test_the_sample_year_opens_and_leaves_nothing(
    desktop: Desktop, qtbot: QtBot, paths: AppPaths
) -> None:
    desktop.show_unlock()
    desktop.open_sample()
    qtbot.waitUntil(lambda: desktop.window is not None)
    assert desktop.window is not None
    assert desktop.store is not None
    assert desktop.window.banner.isVisible()
    assert len(desktop.store.read(records, "review")) > 5
    assert settings.load(paths.settings).recent == ()
    assert list(paths.scratch.iterdir())
    desktop.window.close()
    assert list(paths.scratch.iterdir()) == []


def test_what_a_cut_short_start_left_is_swept_away(
    desktop: Desktop, qtbot: QtBot, paths: AppPaths
) -> None:
    left = paths.scratch / "practice-1-0000"
    lately = paths.scratch / "practice-2-0000"
    for folder in (left, lately):
        folder.mkdir(parents=True)
        (folder / "Sample year.oscb").touch()
    os.utime(left, (0, 0))
    desktop.show_unlock()
    desktop.open_sample()
    qtbot.waitUntil(lambda: desktop.window is not None)
    assert (left.exists(), lately.exists()) == (False, True)


def test_the_first_page_is_shown_before_the_records_are_imported() -> None:
    told = "import sys; import oscb_desktop.application; print('sqlalchemy' in sys.modules)"
    shown = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.strip() == "False"


def test_a_backup_takes_the_place_of_the_open_file(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path, paths: AppPaths
) -> None:
    path = tmp_path / "Reviews.oscb"
    _make_file(desktop, qtbot, path)
    assert desktop.store is not None
    backup = back_up(desktop.store, place_of(paths), desktop.store.now()).path
    make(desktop.store, "theme", name="Later")
    assert desktop.window is not None
    desktop.window.context.navigation.restore_wanted.emit(backup)
    assert desktop.window is None
    assert len(list(paths.backups.iterdir())) == 2, "the last work is backed up first"
    qtbot.waitUntil(lambda: desktop.window is not None)
    assert desktop.unlock is None
    assert desktop.store.path == path
    assert desktop.store.read(records, "theme") == ()
    assert len(list(tmp_path.glob("Reviews replaced *.oscb"))) == 1
    assert desktop.window.strip.backup.text().startswith(("Backed up", "Backup"))


def test_a_backup_that_cannot_be_restored_leaves_the_file(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path, paths: AppPaths
) -> None:
    path = tmp_path / "Reviews.oscb"
    _make_file(desktop, qtbot, path)
    assert desktop.store is not None
    backup = back_up(desktop.store, place_of(paths), desktop.store.now()).path
    backup.write_bytes(backup.read_bytes()[:-4096])
    assert desktop.window is not None
    desktop.window.context.navigation.restore_wanted.emit(backup)
    unlock = desktop.unlock
    assert unlock is not None
    qtbot.waitUntil(lambda: bool(unlock.passphrase.fault.text()))
    assert "is damaged" in unlock.passphrase.fault.text()
    QTest.keyClicks(unlock.passphrase.field, PASSPHRASE)
    unlock.open_button.click()
    qtbot.waitUntil(lambda: desktop.window is not None)


def test_a_file_is_backed_up_when_it_is_closed_and_the_sample_is_not(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path, paths: AppPaths
) -> None:
    _make_file(desktop, qtbot, tmp_path / "Reviews.oscb")
    assert desktop.window is not None
    assert desktop.window.strip.backup.text() == "No backup yet"
    desktop.window.close()
    (made,) = paths.backups.iterdir()
    assert made.name.startswith("Reviews 20")
    desktop.open_sample()
    qtbot.waitUntil(lambda: desktop.window is not None)
    desktop.window.close()
    assert list(paths.backups.iterdir()) == [made]
