"""The dialogs about the key: what they ask, what they refuse, and that they keep nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from oscb_desktop.database.key import FileKey
from oscb_desktop.queries.history import history
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import backups_of
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.passphrase_dialog import PassphraseDialog
from oscb_desktop.ui.dialogs.recovery_dialog import RecoveryDialog
from oscb_desktop.ui.main_window import MainWindow
from tests.conftest import PASSPHRASE
from tests.key_words import of_the_key
from tests.ui.conftest import Recorder

NEW = "quite other words"


@pytest.fixture
def change(qtbot: QtBot, context: Context) -> PassphraseDialog:
    dialog = PassphraseDialog(None, context)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def recovery(qtbot: QtBot, context: Context) -> RecoveryDialog:
    dialog = RecoveryDialog(None, context)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _type(dialog: PassphraseDialog, old: str, first: str, second: str) -> None:
    for field, text in ((dialog.old, old), (dialog.first, first), (dialog.second, second)):
        field.field.clear()
        QTest.keyClicks(field.field, text)
    dialog.change_button.click()


def test_a_passphrase_is_changed_once_all_three_are_right(
    qtbot: QtBot, change: PassphraseDialog, store: Store, messages: Recorder
) -> None:
    _type(change, "", NEW, NEW)
    assert change.old.fault.text() == "Type the passphrase of this file."
    _type(change, PASSPHRASE, "short", "short")
    assert change.first.fault.text().startswith("Too short")
    _type(change, PASSPHRASE, NEW, "quite other word")
    assert "not the same" in change.second.fault.text()
    _type(change, "not the words", NEW, NEW)
    qtbot.waitUntil(change.isEnabled)
    assert change.old.fault.text() == "That is not the passphrase of test.oscb."
    _type(change, PASSPHRASE, PASSPHRASE, PASSPHRASE)
    qtbot.waitUntil(change.isEnabled)
    assert "the passphrase already" in change.fault.text()
    _type(change, PASSPHRASE, NEW, NEW)
    assert not change.isEnabled()
    change.reject()
    assert change.isVisible(), "it closed in the middle of the change"
    qtbot.waitUntil(lambda: bool(messages.told))
    assert messages.take().startswith("The passphrase is changed.")
    assert not change.isVisible()
    assert {field.text() for field in (change.old, change.first, change.second)} == {""}
    assert FileKey.of_file(store.path, NEW) == store.key
    place = place_of(change._context.paths)
    qtbot.waitUntil(lambda: not change._context.tasks._waiting)
    assert [row.unreadable for row in backups_of(place, store.path, store.key)] == [""]
    store.close()


def test_five_wrong_ones_make_the_sixth_wait(
    qtbot: QtBot, change: PassphraseDialog, store: Store
) -> None:
    for _ in range(5):
        _type(change, "not the words", NEW, NEW)
        qtbot.waitUntil(change.isEnabled)
    _type(change, PASSPHRASE, NEW, NEW)
    qtbot.waitUntil(change.isEnabled)
    assert "Wait 2 seconds, then try again." in change.fault.text()
    assert FileKey.of_file(store.path, PASSPHRASE) == store.key


def test_a_recovery_sheet_needs_the_passphrase_and_is_forgotten_on_closing(
    qtbot: QtBot, recovery: RecoveryDialog, store: Store, tmp_path: Path
) -> None:
    recovery.make_button.click()
    assert recovery.passphrase.fault.text() == "Type the passphrase of this file."
    QTest.keyClicks(recovery.passphrase.field, "not the words")
    recovery.make_button.click()
    qtbot.waitUntil(recovery.isEnabled)
    assert recovery.fault.text() == "That is not the passphrase of test.oscb."
    assert not recovery.save_button.isVisible()
    recovery.passphrase.clear()
    QTest.keyClicks(recovery.passphrase.field, PASSPHRASE)
    recovery.make_button.click()
    qtbot.waitUntil(recovery.save_button.isVisible)
    assert not recovery.make_button.isVisible()
    assert recovery.passphrase.text() == ""
    assert store.read(history, "organisation", 1)[0].step == "Make a recovery sheet"
    recovery.save_to(tmp_path / "none" / "sheet.pdf")
    assert "does not exist" in recovery.fault.text()
    recovery.save_to(tmp_path / "sheet.pdf")
    assert not recovery.fault.isVisible()
    assert (tmp_path / "sheet.pdf").read_bytes() == recovery.pdf
    shown = " ".join(label.text() for label in recovery.findChildren(QLabel))
    assert "delete the file" in shown
    shown += QGuiApplication.clipboard().text()
    assert of_the_key(store.key, shown) == []
    recovery.reject()
    assert recovery.pdf == b""


def test_the_file_menu_opens_both(qtbot: QtBot, window: MainWindow) -> None:
    for name, kind in (("passphrase", PassphraseDialog), ("recovery", RecoveryDialog)):
        window.actions_by_name[name].trigger()
        dialog = window.findChild(kind)
        assert dialog is not None
        assert dialog.isVisible()
        dialog.reject()
