"""A damaged file in the window: the ways out, the read-only window, and the banner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from oscb_desktop.application import Desktop
from oscb_desktop.database.engine import connect
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.records import records
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.proof import prove
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.damaged_dialog import DamagedDialog
from tests.conftest import NOW, PASSPHRASE
from tests.database.test_salvage import root_of, spoil
from tests.factories import make

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


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
def damaged(store: Store, paths: AppPaths) -> Path:
    """A file with a proven backup, whose table of actions is spoilt since."""
    make(store, "action", text="Ask again before the summer")
    back_up(store, place_of(paths), NOW)
    prove(store, place_of(paths), NOW)
    make(store, "theme", name="After the backup")
    root = root_of(store, "action")
    store.close()
    spoil(store.path, root)
    return store.path


def dialog_of(desktop: Desktop) -> DamagedDialog | None:
    for parent in (desktop.window, desktop.unlock):
        found = parent.findChildren(DamagedDialog) if parent is not None else []
        if found and found[-1].isVisible() and found[-1].salvage.text():
            return found[-1]
    return None


def met(desktop: Desktop, qtbot: QtBot, damaged: Path) -> DamagedDialog:
    """Open the damaged file; return the dialog once it has found out what can be done."""
    desktop.show_unlock(damaged)
    desktop.open(damaged, PASSPHRASE)
    qtbot.waitUntil(lambda: dialog_of(desktop) is not None)
    dialog = dialog_of(desktop)
    assert dialog is not None
    return dialog


def shown(desktop: Desktop, qtbot: QtBot, path: Path) -> Store:
    def ready() -> bool:
        there = desktop.window is not None and desktop.unlock is None
        return there and desktop.store is not None and desktop.store.path == path

    qtbot.waitUntil(ready)
    assert desktop.store is not None
    return desktop.store


def test_a_spoilt_page_is_found_at_the_opening_and_the_ways_out_are_told(
    desktop: Desktop, qtbot: QtBot, damaged: Path
) -> None:
    dialog = met(desktop, qtbot, damaged)
    assert "1 newer change could be salvaged and would be lost" in dialog.backup.text()
    assert "rows could be read" in dialog.salvage.text()
    assert dialog.advice.text().startswith("Best: salvage it")
    for button in (dialog.look_button, dialog.restore_button, dialog.salvage_button):
        assert button.isEnabled()
    dialog.look()
    qtbot.waitUntil(lambda: "holds" in dialog.inside.text())
    dialog.reject()


def test_what_only_the_whole_check_finds_is_told_over_the_window(
    desktop: Desktop, qtbot: QtBot, store: Store
) -> None:
    make(store, "finding")
    connection = connect(store.path, store.key)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM review")
    connection.close()
    store.close()
    dialog = met(desktop, qtbot, store.path)
    assert desktop.window is not None
    assert dialog.what.text() == "Row 1 of finding refers to a row of review that is missing."
    assert "open read-only because it is damaged" in desktop.window.banner.text()
    assert not dialog.restore_button.isEnabled()
    dialog.reject()


def test_it_is_opened_to_read_only_under_a_banner_and_left_as_it_was(
    desktop: Desktop, qtbot: QtBot, damaged: Path
) -> None:
    dialog = met(desktop, qtbot, damaged)
    dialog.read_button.click()
    store = shown(desktop, qtbot, damaged)
    before = damaged.read_bytes()
    window = desktop.window
    assert window is not None
    assert not window.banner.isHidden()
    assert "open read-only because it is damaged" in window.banner.text()
    assert not window.actions_by_name["import"].isEnabled()
    assert not window.actions_by_name["add review"].isEnabled()
    assert len(store.read(records, "action")) == 1
    for place in ("today", "reviews", "actions", "backups", "directory"):
        window.go_to(place)
    qtbot.waitUntil(lambda: not desktop.tasks._waiting)
    assert damaged.read_bytes() == before


def test_it_is_salvaged_into_a_new_file_that_opens(
    desktop: Desktop, qtbot: QtBot, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = met(desktop, qtbot, damaged)
    to = damaged.with_name("salvaged.oscb")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(to), ""))
    dialog.salvage_button.click()
    store = shown(desktop, qtbot, to)
    assert [row.title for row in store.read(records, "theme")] == ["After the backup"]
    make(store, "theme", name="Work goes on")
    assert damaged.exists()


def test_a_backup_takes_its_place_and_the_damaged_file_is_kept(
    desktop: Desktop, qtbot: QtBot, damaged: Path
) -> None:
    dialog = met(desktop, qtbot, damaged)
    dialog.restore_button.click()
    qtbot.waitUntil(lambda: desktop.window is not None and desktop.unlock is None)
    assert desktop.store is not None
    assert desktop.store.read(records, "theme") == ()
    assert len(desktop.store.read(records, "action")) == 1
    assert list(damaged.parent.glob("test replaced *.oscb"))


def test_a_file_cut_short_leads_from_the_first_page_to_the_same_place(
    desktop: Desktop, qtbot: QtBot, damaged: Path
) -> None:
    damaged.write_bytes(damaged.read_bytes()[:-5000])
    dialog = met(desktop, qtbot, damaged)
    assert desktop.window is None
    assert desktop.unlock is not None
    dialog.reject()
