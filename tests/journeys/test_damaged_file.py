"""A Monday: the file says that it is damaged, and its person goes on from what can be salvaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from oscb_desktop.application import Desktop
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
from tests.journeys.hands import Hands


def test_a_damaged_file_is_salvaged_by_its_person_and_work_goes_on(
    desktop: Desktop,
    hands: Hands,
    store: Store,
    paths: AppPaths,
    choose_file: Callable[[Path], None],
) -> None:
    make(store, "action", text="Ask again before the summer")
    back_up(store, place_of(paths), NOW)
    prove(store, place_of(paths), NOW)
    make(store, "theme", name="Typed on Friday, after the backup")
    root = root_of(store, "action")
    store.close()
    spoil(store.path, root)
    desktop.show_unlock(store.path)
    hands.wait_for(QApplication.focusWidget)
    hands.type(PASSPHRASE)
    hands.press("Return")

    def told() -> bool:
        dialog = QApplication.activeWindow()
        return isinstance(dialog, DamagedDialog) and dialog.salvage_button.isEnabled()

    hands.wait_for(told)
    new = store.path.with_name("salvaged.oscb")
    choose_file(new)
    hands.press("Alt+S")
    hands.wait_for(lambda: desktop.window)
    assert desktop.store is not None
    assert desktop.store.path == new
    assert [row.title for row in desktop.store.read(records, "theme")] == [
        "Typed on Friday, after the backup"
    ]
    assert len(desktop.store.read(records, "action")) == 1
