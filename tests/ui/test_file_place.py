"""A file where it should not be in use: asked about once, kept here, or opened all the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop import settings
from oscb_desktop.application import Desktop
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.file_place import FilePlace, PlaceKind
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.file_place_dialog import FilePlaceDialog
from oscb_desktop.ui.dialogs.new_file_dialog import NewFileDialog
from tests.conftest import PASSPHRASE
from tests.ui.conftest import press


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppPaths:
    """The folders of a person whose documents a cloud service took."""
    documents = tmp_path / "OneDrive" / "Documents"
    documents.mkdir(parents=True)
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(documents))
    monkeypatch.setenv("OneDrive", str(tmp_path / "OneDrive"))
    return AppPaths.under(tmp_path / "home")


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
def risky(store: Store, tmp_path: Path) -> Path:
    """A closed file in a synchronised folder."""
    store.close()
    return store.path.rename(tmp_path / "OneDrive" / "Reviews.oscb")


def asked(qtbot: QtBot, parent: QWidget | None) -> FilePlaceDialog:
    assert parent is not None
    qtbot.waitUntil(lambda: parent.findChild(FilePlaceDialog) is not None)
    dialog = parent.findChild(FilePlaceDialog)
    assert dialog is not None
    return dialog


def opening(desktop: Desktop, qtbot: QtBot, path: Path) -> FilePlaceDialog:
    desktop.show_unlock(path)
    assert desktop.unlock is not None
    QTest.keyClicks(desktop.unlock.passphrase.field, PASSPHRASE)
    desktop.unlock.open_button.click()
    return asked(qtbot, desktop.unlock)


def wait_open(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: desktop.window is not None)


def test_a_file_is_kept_here_by_enter_and_backed_up_there(
    desktop: Desktop, qtbot: QtBot, risky: Path, paths: AppPaths
) -> None:
    dialog = opening(desktop, qtbot, risky)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Reviews.oscb should not be in use where it lies" in said
    assert "This folder is kept in step by OneDrive." in said
    assert str(paths.backups.parent) in said, "the documents are in OneDrive too"
    assert dialog.here_button.isDefault()
    dialog.here_button.click()
    wait_open(desktop, qtbot)
    assert desktop.store is not None
    assert desktop.window is not None
    assert desktop.store.path == paths.backups.parent / "Reviews.oscb"
    assert place_of(paths).folder == risky.parent
    assert not desktop.window.strip.place.isVisible()
    assert [Path(row.path) for row in settings.load(paths.settings).recent] == [desktop.store.path]


def test_a_file_that_is_insisted_on_is_asked_about_once_and_told_quietly(
    desktop: Desktop, qtbot: QtBot, risky: Path
) -> None:
    opening(desktop, qtbot, risky).there_button.click()
    wait_open(desktop, qtbot)
    assert desktop.window is not None
    assert desktop.window.strip.place.text() == "In OneDrive"
    assert "brings an older one back" in desktop.window.strip.place.toolTip()
    desktop.window.close()
    unlock = desktop.unlock
    assert unlock is not None
    QTest.keyClicks(unlock.passphrase.field, PASSPHRASE)
    unlock.open_button.click()
    wait_open(desktop, qtbot)
    assert desktop.window.strip.place.isVisible()


def test_esc_leaves_everything_and_what_was_typed(
    desktop: Desktop, qtbot: QtBot, risky: Path, paths: AppPaths
) -> None:
    before = risky.read_bytes()
    dialog = opening(desktop, qtbot, risky)
    press(dialog, Qt.Key.Key_Escape)
    unlock = desktop.unlock
    assert unlock is not None
    assert unlock.isEnabled()
    assert unlock.passphrase.text() == PASSPHRASE
    assert risky.read_bytes() == before
    assert settings.load(paths.settings).insisted == ()


def test_a_wrong_passphrase_is_told_on_the_first_page(
    desktop: Desktop, qtbot: QtBot, risky: Path
) -> None:
    desktop.show_unlock(risky)
    unlock = desktop.unlock
    assert unlock is not None
    QTest.keyClicks(unlock.passphrase.field, "not the words")
    unlock.open_button.click()
    asked(qtbot, unlock).here_button.click()
    qtbot.waitUntil(lambda: bool(unlock.passphrase.fault.text()))
    assert "does not open Reviews.oscb" in unlock.passphrase.fault.text()
    assert risky.exists()


def making(desktop: Desktop, qtbot: QtBot, path: Path) -> tuple[NewFileDialog, FilePlaceDialog]:
    desktop.show_unlock()
    assert desktop.unlock is not None
    desktop.unlock.new_button.click()
    dialog = desktop.unlock.findChild(NewFileDialog)
    assert dialog is not None
    dialog.path.setText(str(path))
    QTest.keyClicks(dialog.first.field, PASSPHRASE)
    QTest.keyClicks(dialog.second.field, PASSPHRASE)
    dialog.create_button.click()
    return dialog, asked(qtbot, dialog)


def test_a_new_file_is_offered_here_and_made_here(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path, paths: AppPaths
) -> None:
    wanted = tmp_path / "OneDrive" / "2026" / "Reviews.oscb"
    place = making(desktop, qtbot, wanted)[1]
    assert not wanted.parent.exists()
    place.here_button.click()
    wait_open(desktop, qtbot)
    assert desktop.store is not None
    assert desktop.store.path == paths.backups.parent / "Reviews.oscb"
    assert place_of(paths).folder == wanted.parent


def test_a_new_file_is_made_there_all_the_same(
    desktop: Desktop, qtbot: QtBot, tmp_path: Path
) -> None:
    wanted = tmp_path / "OneDrive" / "Reviews.oscb"
    place = making(desktop, qtbot, wanted)[1]
    place.there_button.click()
    wait_open(desktop, qtbot)
    assert desktop.store is not None
    assert desktop.store.path == wanted
    assert desktop.window is not None
    assert desktop.window.strip.place.text() == "In OneDrive"


def test_a_new_file_can_be_thought_over(desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> None:
    dialog, place = making(desktop, qtbot, tmp_path / "OneDrive" / "Reviews.oscb")
    place.reject()
    assert dialog.isEnabled()
    assert dialog.first.text() == PASSPHRASE


def test_a_new_file_is_proposed_in_a_folder_of_this_computer(
    desktop: Desktop, paths: AppPaths
) -> None:
    desktop.show_unlock()
    assert desktop.unlock is not None
    desktop.unlock.new_button.click()
    dialog = desktop.unlock.findChild(NewFileDialog)
    assert dialog is not None
    assert Path(dialog.path.text()).parent == paths.backups.parent


def test_with_no_folder_of_its_own_the_computer_offers_none(qtbot: QtBot, tmp_path: Path) -> None:
    place = FilePlace(PlaceKind.NETWORK, "a network drive, Z:")
    dialog = FilePlaceDialog(None, tmp_path / "Reviews.oscb", place, None)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.here_button.isVisible()
    assert dialog.there_button.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        press(dialog, Qt.Key.Key_Return)
