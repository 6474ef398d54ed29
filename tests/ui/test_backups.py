"""Backups in the window: by themselves, on the page, and the way back."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import records
from oscb_desktop.services.backup_place import choose_folder, place_of
from oscb_desktop.services.backups import Standing, back_up, backups_of
from oscb_desktop.services.records import AddRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.backup_work import BackupKeeper
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.restore_dialog import RestoreDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.backups_page import BackupsPage
from tests.conftest import NOW
from tests.factories import make
from tests.ui.conftest import Recorder

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Clock:
    """A clock that a test moves on."""

    def __init__(self, store: Store) -> None:
        self.moment = NOW
        store._now = self

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock(store: Store) -> Clock:
    return Clock(store)


@pytest.fixture
def told(context: Context) -> list[Standing]:
    """What the window was told of the backups, the newest last."""
    heard: list[Standing] = []
    context.operations.backups_stand.connect(heard.append)
    return heard


@pytest.fixture
def keeper(context: Context) -> BackupKeeper:
    return BackupKeeper(context.operations, context.tasks, context.paths)


def settle(qtbot: QtBot, context: Context) -> None:
    """Wait until the worker has nothing to do and everybody was told."""
    qtbot.waitUntil(lambda: not context.tasks._waiting)


@pytest.fixture
def page(qtbot: QtBot, context: Context, clock: Clock) -> BackupsPage:
    shown = BackupsPage(context)
    qtbot.addWidget(shown)
    shown.resize(1100, 600)
    shown.show()
    settle(qtbot, context)
    return shown


def rows(page: BackupsPage) -> list[tuple[str, ...]]:
    table = page.list.rows
    found = (table.row_at(at) for at in range(table.rowCount()))
    return [tuple(column.words(row) for column in table.columns) for row in found]


def backups(context: Context) -> list[str]:
    folder = place_of(context.paths).folder
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_work_is_backed_up_and_proven_by_itself(
    qtbot: QtBot,
    context: Context,
    clock: Clock,
    keeper: BackupKeeper,
    told: list[Standing],
    store: Store,
) -> None:
    keeper.begin()
    assert told[-1].words == "No backup yet"
    keeper.look()
    settle(qtbot, context)
    assert told[-1].words == "Backup proven 25 Mar 10:00"
    assert backups(context) == ["test 2022-03-25 1000.oscb"]
    clock.moment += timedelta(minutes=40)
    keeper.look()
    settle(qtbot, context)
    assert len(backups(context)) == 1, "nothing has changed"
    make(store, "theme")
    keeper.look()
    settle(qtbot, context)
    assert backups(context)[-1] == "test 2022-03-25 1040.oscb"
    assert told[-1].words == "Backup proven 25 Mar 10:00", "once a day is enough"
    make(store, "theme", name="Later")
    clock.moment += timedelta(minutes=20)
    keeper.look()
    settle(qtbot, context)
    assert len(backups(context)) == 2, "half an hour has not passed"
    clock.moment += timedelta(days=1)
    keeper.look()
    settle(qtbot, context)
    assert told[-1].words == "Backup proven 26 Mar 11:00"
    assert not told[-1].is_failure


def test_a_file_that_closes_is_backed_up_if_anything_changed(
    context: Context, clock: Clock, keeper: BackupKeeper, store: Store
) -> None:
    assert keeper.end() == ""
    assert len(backups(context)) == 1
    assert keeper.end() == ""
    assert len(backups(context)) == 1
    make(store, "theme")
    clock.moment += timedelta(minutes=1)
    assert keeper.end() == ""
    assert len(backups(context)) == 2


def test_a_backup_that_fails_is_told_in_the_status_bar(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    context = window.context
    keeper = BackupKeeper(context.operations, context.tasks, context.paths)
    drive = tmp_path / "drive"
    drive.mkdir()
    choose_folder(context.paths, drive)
    drive.rmdir()
    keeper.begin()
    assert window.strip.backup.text() == "No backup yet"
    keeper.look()
    settle(qtbot, context)
    assert window.strip.backup.text().startswith("Backup failed: The backup folder")
    assert "Connect its drive" in window.strip.backup.toolTip()
    assert "Connect its drive" in keeper.end()


def test_a_newest_backup_that_is_spoilt_is_told_and_made_again(
    qtbot: QtBot,
    context: Context,
    clock: Clock,
    keeper: BackupKeeper,
    told: list[Standing],
    store: Store,
) -> None:
    row = back_up(store, place_of(context.paths), NOW)
    row.path.write_bytes(row.path.read_bytes()[:-4096])
    keeper.look()
    settle(qtbot, context)
    assert told[-1].is_failure
    assert told[-1].words == "The newest backup is not proven"
    clock.moment += timedelta(minutes=31)
    keeper.look()
    settle(qtbot, context)
    assert told[-1].words == "Backup proven 25 Mar 10:31"


def test_the_page_is_reached_from_the_menu_and_from_the_settings(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.actions_by_name["backups"].trigger()
    assert isinstance(window.stack.page(), BackupsPage)
    settle(qtbot, window.context)
    window.go_to("settings")
    (opener,) = (found for found in window.findChildren(QPushButton) if found.text() == "Backups…")
    opener.click()
    assert isinstance(window.stack.page(), BackupsPage)
    settle(qtbot, window.context)


def test_the_page_lists_backs_up_and_proves(
    qtbot: QtBot, page: BackupsPage, context: Context, store: Store
) -> None:
    assert rows(page) == []
    assert not page.prove_button.isEnabled()
    assert not page.restore_button.isEnabled()
    make(store, "action")
    page.back_up_button.click()
    settle(qtbot, context)
    ((made, occasion, _, reviews, actions, changes, proof),) = rows(page)
    assert (made, occasion, reviews, actions) == ("25 Mar 2022 10:00", "Backup", "1", "1")
    assert int(changes) > 1
    assert proof == "Not tried"
    page.prove_button.click()
    settle(qtbot, context)
    assert rows(page)[0][-1] == "Proven 25 Mar 2022 10:00"
    assert "test 2022-03-25 1000.oscb is proven" in page.told.text()
    assert page.told.isVisible()


def test_a_backup_that_is_not_proven_says_what_to_do_next(
    qtbot: QtBot, page: BackupsPage, context: Context, store: Store
) -> None:
    row = back_up(store, place_of(context.paths), NOW)
    row.path.write_bytes(row.path.read_bytes()[:-4096])
    page.prove()
    settle(qtbot, context)
    assert "Make a new backup now and prove it." in page.told.text()
    assert rows(page)[0][-1] in ("Not proven", "Does not open")


def test_the_folder_is_chosen_and_the_same_disk_is_warned_of(
    qtbot: QtBot,
    page: BackupsPage,
    context: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(drive))
    page.folder_button.click()
    settle(qtbot, context)
    assert page.folder.text() == f"Backups go to {drive}."
    assert "on the same disk" in page.warning.text()
    page.back_up_button.click()
    settle(qtbot, context)
    assert [path.name for path in drive.iterdir()] == ["test 2022-03-25 1000.oscb"]


def opened(qtbot: QtBot, page: BackupsPage, context: Context) -> RestoreDialog:
    settle(qtbot, context)
    page.list.choose(page.list.rows.row_at(0).path)
    page.restore_button.click()
    settle(qtbot, context)
    dialogs = page.findChildren(RestoreDialog)
    assert len(dialogs) == 1
    return dialogs[0]


def test_differences_are_shown_before_anything_is_done(
    qtbot: QtBot, page: BackupsPage, context: Context, store: Store, tmp_path: Path
) -> None:
    page.back_up_button.click()
    settle(qtbot, context)
    make(store, "theme", name="Later")
    dialog = opened(qtbot, page, context)
    assert "The file holds 1 step of work that the backup does not." in dialog.facts.text()
    assert "Themes: 0, now 1 (1 fewer)" in dialog.facts.text()
    dialog.save_as(tmp_path / "new.oscb")
    settle(qtbot, context)
    assert f"{tmp_path / 'new.oscb'} is written." in dialog.told.text()
    dialog.save_as(store.path)
    settle(qtbot, context)
    assert "test.oscb exists already" in dialog.told.text()
    with qtbot.waitSignal(context.navigation.restore_wanted) as wanted:
        dialog.replace_button.click()
    assert wanted.args == [place_of(context.paths).folder / "test 2022-03-25 1000.oscb"]


def test_a_backup_that_does_not_open_is_not_offered(
    qtbot: QtBot, page: BackupsPage, context: Context, store: Store, messages: Recorder
) -> None:
    row = back_up(store, place_of(context.paths), NOW)
    raw = bytearray(row.path.read_bytes())
    raw[100] ^= 1
    row.path.write_bytes(raw)
    page.refresh()
    settle(qtbot, context)
    assert rows(page)[0][-1] == "Does not open"
    page.list.choose(row.path)
    page.look_inside()
    settle(qtbot, context)
    assert "does not open with this passphrase" in messages.take()
    assert page.findChildren(RestoreDialog) == []


def test_what_is_no_fault_of_the_disk_is_not_swallowed(context: Context) -> None:
    from oscb_desktop.ui.backup_work import BackupWork

    work = BackupWork(context.operations, context.tasks, context.paths)
    with pytest.raises(LookupError):
        work.tell_failure(LookupError("ours"))
    work.tell_failure(UserError("theirs"))


def test_looking_at_the_page_leaves_the_backups_as_they_are(
    qtbot: QtBot, page: BackupsPage, context: Context, store: Store
) -> None:
    first = back_up(store, place_of(context.paths), NOW).path
    shutil.copy(first, first.with_name("test before import 2022-03-01 090000.oscb"))
    before = {path: path.read_bytes() for path in first.parent.iterdir()}
    page.refresh()
    settle(qtbot, context)
    assert [row[1] for row in rows(page)] == ["Backup", "Before import"]
    assert {path: path.read_bytes() for path in first.parent.iterdir()} == before
    assert len(backups_of(place_of(context.paths), store.path, store.key)) == 2
    context.operations.write(AddRecord("theme", {"name": "Neglect"}))
    assert len(store.read(records, "theme")) == 1


def test_where_there_is_no_backup_yet_the_page_says_so_and_offers_one(
    qtbot: QtBot, page: BackupsPage, context: Context
) -> None:
    assert page.empty.isVisible()
    assert page.empty.title.text() == "No backup yet"
    assert not page.list.isVisible()
    page.empty.button.click()
    settle(qtbot, context)
    assert not page.empty.isVisible()
    assert len(rows(page)) == 1
