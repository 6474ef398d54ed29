"""The dialogs: a new file, a passphrase, an import, a failure, the keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.records import records
from oscb_desktop.services.store import Store
from oscb_desktop.settings import RecentFile
from oscb_desktop.ui import menus
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.crash_dialog import CrashDialog
from oscb_desktop.ui.dialogs.about_dialogs import AboutDialog, KeysDialog
from oscb_desktop.ui.dialogs.import_dialog import ImportDialog
from oscb_desktop.ui.dialogs.new_file_dialog import NewFileDialog
from oscb_desktop.ui.pages.unlock_page import UnlockPage
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.passphrase_field import PassphraseField, strength

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def new_dialog(qtbot: QtBot, tmp_path: Path) -> NewFileDialog:
    dialog = NewFileDialog(None, tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _fill(dialog: NewFileDialog, path: str, first: str, second: str) -> list[tuple[Path, str]]:
    wanted: list[tuple[Path, str]] = []
    dialog.wanted.connect(lambda at, passphrase: wanted.append((at, passphrase)))
    dialog.path.setText(path)
    for field, text in ((dialog.first.field, first), (dialog.second.field, second)):
        field.clear()
        QTest.keyClicks(field, text)
    dialog.create_button.click()
    return wanted


def test_a_new_file_needs_the_passphrase_twice(new_dialog: NewFileDialog, tmp_path: Path) -> None:
    assert _fill(new_dialog, "", "three plain words", "three plain words") == []
    assert new_dialog.path_fault.isVisible()
    assert _fill(new_dialog, str(tmp_path / "a"), "short", "short") == []
    assert new_dialog.first.fault.text().startswith("Too short")
    assert _fill(new_dialog, str(tmp_path / "a"), "three plain words", "three plain word") == []
    assert "not the same" in new_dialog.second.fault.text()
    wanted = _fill(new_dialog, str(tmp_path / "a"), "three plain words", "three plain words")
    assert wanted[-1] == (tmp_path / "a.oscb", "three plain words")


def test_what_was_typed_stays_when_the_file_cannot_be_made(new_dialog: NewFileDialog) -> None:
    _fill(new_dialog, "/x/a.oscb", "three plain words", "three plain words")
    new_dialog.fail("a.oscb exists already.")
    assert new_dialog.path_fault.text() == "a.oscb exists already."
    assert new_dialog.first.text() == "three plain words"
    assert new_dialog.isEnabled()


@pytest.mark.parametrize(
    ("passphrase", "begins"),
    [
        ("", "Too short"),
        ("       ", "Too short"),
        ("aaaaaaaaaaaa", "Weak"),
        ("password1", "Fair"),
        ("three plain words", "Good"),
        ("horse lamp river seven", "Strong"),
    ],
)
def test_strength_is_told_in_a_sentence(passphrase: str, begins: str) -> None:
    assert strength(passphrase).startswith(begins)


def test_the_passphrase_is_hidden_until_shown(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    assert field.field.echoMode() is QLineEdit.EchoMode.Password
    field.show_box.setChecked(True)
    assert field.field.echoMode() is QLineEdit.EchoMode.Normal


def test_caps_lock_is_noticed(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    field.show()
    for text, shift, seen in (("A", True, False), ("a", False, False), ("A", False, True)):
        held = SHIFT if shift else Qt.KeyboardModifier.NoModifier
        QTest.sendKeyEvent(QTest.KeyAction.Click, field.field, Qt.Key.Key_A, text, held)
        assert field.caps.isVisible() is seen


def test_unlocking_asks_for_a_passphrase(qtbot: QtBot, tmp_path: Path) -> None:
    recent = (
        RecentFile(str(tmp_path / "Reviews.oscb"), "2022-03-25T10:00:00"),
        RecentFile(str(tmp_path / "Older.oscb"), "no day"),
    )
    page = UnlockPage(recent)
    qtbot.addWidget(page)
    page.show()
    wanted: list[tuple[Path, str]] = []
    page.open_wanted.connect(lambda path, passphrase: wanted.append((path, passphrase)))
    assert page.files.itemText(0) == "Reviews.oscb   last opened 25 Mar 2022 10:00"
    page.open_button.click()
    assert page.passphrase.fault.text() == "Type the passphrase of this file."
    QTest.keyClicks(page.passphrase.field, "words")
    assert not page.passphrase.fault.isVisible()
    QTest.keyClick(page.passphrase.field, Qt.Key.Key_Return)
    assert wanted == [(tmp_path / "Reviews.oscb", "words")]
    page.fail("That passphrase does not open Reviews.oscb.")
    assert page.passphrase.fault.isVisible()
    assert page.passphrase.field.selectedText() == "words"
    page.choose(tmp_path / "Third.oscb")
    assert page.files.currentData() == tmp_path / "Third.oscb"
    assert not page.passphrase.fault.isVisible()


def test_the_first_day_offers_a_new_file_and_the_sample(qtbot: QtBot) -> None:
    page = UnlockPage(())
    qtbot.addWidget(page)
    page.show()
    assert not page.passphrase.isVisible()
    assert page.new_button.isVisible()
    assert page.sample_button.isVisible()


def _data_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "in.toml"
    path.write_text(text, "utf-8")
    return path


def test_an_import_is_rehearsed_and_then_done(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    path = _data_file(tmp_path, '[[theme]]\nname = "Voice <b>& place</b>"\n')
    dialog = ImportDialog(None, context, path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.rehearse()
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert dialog.summary.text().startswith("To import: 1 record to add")
    assert store.read(records, "theme") == ()
    told: list[frozenset[str]] = []
    context.operations.changed.connect(lambda changes: told.append(changes.kinds))
    dialog.import_button.click()
    qtbot.waitUntil(lambda: dialog.summary.text().startswith("Imported"))
    assert len(store.read(records, "theme")) == 1
    assert "theme" in told[0]
    assert not dialog.import_button.isEnabled()
    dialog.rehearse()
    qtbot.waitUntil(lambda: dialog.summary.text() == "Nothing to do")


def test_every_fault_is_listed_and_can_be_copied(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    path = _data_file(tmp_path, '[[agency]]\nname = "A"\nkind = "spaceship"\n')
    dialog = ImportDialog(None, context, path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.rehearse()
    qtbot.waitUntil(lambda: dialog.lines.rows.rowCount() > 0)
    assert "fault" in dialog.summary.text()
    assert not dialog.import_button.isEnabled()
    dialog.copy_button.click()
    assert "spaceship" in QGuiApplication.clipboard().text()


def test_what_is_no_workbook_is_said(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    dialog = ImportDialog(None, context, path)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.rehearse()
    qtbot.waitUntil(lambda: dialog.summary.text() == "This workbook cannot be imported")
    assert dialog.help.text()


def test_a_failure_is_shown_without_its_words(qtbot: QtBot) -> None:
    try:
        raise ValueError("Child M fell")
    except ValueError as problem:
        dialog = CrashDialog(problem)
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "Child M" not in copied
    assert "ValueError" in copied
    assert "PySide6" in copied
    assert "test_dialogs.py" in copied


def test_all_keys_are_listed(qtbot: QtBot, context: Context) -> None:
    dialog = KeysDialog(None)
    qtbot.addWidget(dialog)
    table = dialog.findChild(RowTable)
    assert table is not None
    assert table.rows.rowCount() == len(menus.all_keys())
    assert ("Edit: Undo", "Ctrl+Z") in menus.all_keys()
    about = AboutDialog(None, context)
    qtbot.addWidget(about)
    assert about.windowTitle() == "About OSCB Desktop"
