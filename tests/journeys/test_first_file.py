"""A file is made, named, closed and opened again; what is no file of ours is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from oscb_desktop.application import Desktop
from oscb_desktop.queries.organisation import organisation
from tests.conftest import PASSPHRASE
from tests.journeys.hands import Hands, seen, told_beneath

NAME = "Example Valley Safeguarding Children Partnership"


def make_file(desktop: Desktop, hands: Hands, path: Path) -> None:
    """Make a new file from the first page."""
    desktop.show_unlock()
    hands.wait_for(QApplication.focusWidget)
    assert hands.at() == "New file…"
    hands.press("Space")
    hands.wait_for(QApplication.activeModalWidget)
    hands.tab_to("File")
    hands.type_over(str(path))
    hands.tab_to("Passphrase")
    hands.type(PASSPHRASE)
    hands.tab_to("Passphrase again")
    hands.type(PASSPHRASE)
    hands.press("Return")
    hands.wait_for(lambda: desktop.window)


def try_passphrase(desktop: Desktop, hands: Hands, passphrase: str) -> None:
    """Type a passphrase and press Enter."""
    hands.wait_for(QApplication.focusWidget)
    assert hands.at() == "Passphrase"
    hands.type_over(passphrase)
    hands.press("Return")
    hands.wait_for(lambda: desktop.window or (desktop.unlock and told_beneath(desktop.unlock)))


def test_the_two_passphrases_must_be_the_same(
    desktop: Desktop, hands: Hands, tmp_path: Path
) -> None:
    path = tmp_path / "Reviews.oscb"
    desktop.show_unlock()
    hands.wait_for(QApplication.focusWidget)
    hands.press("Space")
    hands.wait_for(QApplication.activeModalWidget)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    hands.tab_to("File")
    hands.type_over(str(path))
    hands.tab_to("Passphrase")
    hands.type(PASSPHRASE)
    hands.tab_to("Passphrase again")
    hands.type("three plane words")
    hands.press("Return")
    assert told_beneath(dialog) == ["The two are not the same. Type the passphrase again."]
    assert hands.at() == "Passphrase again"
    assert not path.exists()
    hands.type_over(PASSPHRASE)
    hands.press("Return")
    hands.wait_for(lambda: desktop.window)
    assert path.exists()


def test_a_file_is_made_named_closed_and_opened_again(
    desktop: Desktop, hands: Hands, tmp_path: Path
) -> None:
    path = tmp_path / "Reviews.oscb"
    make_file(desktop, hands, path)
    assert desktop.window is not None
    assert desktop.window.windowTitle() == "Reviews – OSCB Desktop"
    hands.press("Ctrl+9")
    hands.push("Edit: Our organisation")
    hands.fill({"Name of the partnership": NAME})
    hands.press("Ctrl+S")
    assert NAME in seen(desktop.window)
    hands.press("Ctrl+W")
    unlock = desktop.unlock
    assert unlock is not None
    assert desktop.store is None
    assert unlock.files.currentText().startswith("Reviews.oscb   last opened ")

    try_passphrase(desktop, hands, "three plane words")
    (told,) = told_beneath(unlock)
    assert told.startswith("That passphrase does not open Reviews.oscb. If you are sure of it, ")
    try_passphrase(desktop, hands, PASSPHRASE)
    assert desktop.store is not None
    assert desktop.store.read(organisation).name == NAME
    hands.press("Ctrl+9")
    assert NAME in seen(desktop.window)


def plain_database(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE review (id INTEGER)")
    database.commit()
    database.close()


def spoil_the_beginning(path: Path, ours: Path) -> None:
    held = bytearray(ours.read_bytes())
    held[100:200] = bytes(100)
    path.write_bytes(held)


@pytest.mark.parametrize(
    ("name", "write", "sentence"),
    [
        (
            "Old list.db",
            lambda path, _ours: plain_database(path),
            "Old list.db is a database that is not encrypted, so it is not one of ours. "
            "It was left as it is.",
        ),
        (
            "Report.pdf",
            lambda path, _ours: path.write_bytes(b"%PDF-1.7\n" + b"x" * 9000),
            "Report.pdf is a PDF, not a file of OSCB Desktop.",
        ),
        (
            "Spoilt.oscb",
            spoil_the_beginning,
            "That passphrase does not open Spoilt.oscb. If you are sure of it, the file's "
            "beginning may be damaged; the file was left as it ",
        ),
    ],
    ids=["plain", "pdf", "spoilt"],
)
def test_what_is_no_file_of_ours_is_refused_and_left_alone(
    desktop: Desktop,
    hands: Hands,
    tmp_path: Path,
    new_file: tuple[Path, object],
    choose_file: Callable[[Path], None],
    name: str,
    write: Callable[[Path, Path], None],
    sentence: str,
) -> None:
    path = tmp_path / "files" / name
    path.parent.mkdir()
    write(path, new_file[0])
    before = path.read_bytes()
    desktop.show_unlock()
    hands.wait_for(QApplication.focusWidget)
    choose_file(path)
    hands.push("Open another file…")
    try_passphrase(desktop, hands, PASSPHRASE)
    assert desktop.window is None
    assert desktop.unlock is not None
    (told,) = told_beneath(desktop.unlock)
    assert told.startswith(sentence)
    assert path.read_bytes() == before
    assert [left.name for left in path.parent.iterdir()] == [name]
