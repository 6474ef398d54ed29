"""The settings survive everything, and nothing about them stops the program."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from oscb_desktop import settings
from oscb_desktop.settings import BackupNote, ColumnState, RecentFile, Settings, ThisComputer


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.json"
    columns = (ColumnState("reference", 120), ColumnState("owner", 80, hidden=True))
    settings.change(path, settings.opened(tmp_path / "Łódź.oscb", "2022-03-25T10:00:00"))
    settings.change(path, settings.arranged("actions", columns))
    kept = settings.load(path)
    assert kept.recent == (RecentFile(str(tmp_path / "Łódź.oscb"), "2022-03-25T10:00:00"),)
    assert kept.tables == {"actions": columns}
    assert [found.name for found in path.parent.iterdir()] == ["settings.json"]


def test_what_is_remembered_of_backups_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    note = BackupNote("/b/R 2022-03-25 1558.oscb", "2022-03-25T15:58:00", 4096, 7, "", "damaged")
    settings.change(path, settings.backed_up_to(tmp_path / "Łódź"))
    settings.change(path, settings.noted("a1", (note,)))
    kept = settings.load(path)
    assert kept.backup_folder == str(tmp_path / "Łódź")
    assert kept.backups == {"a1": (note,)}


def test_two_threads_that_remember_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"

    def remember(name: str) -> None:
        for width in range(20):
            settings.change(path, settings.arranged(f"{name} {width}", (ColumnState("a", width),)))

    threads = [threading.Thread(target=remember, args=(name,)) for name in ("here", "there")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(settings.load(path).tables) == 40


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "[]",
        "{",
        "null",
        '{"recent": 4}',
        '{"recent": [{"path": 3, "opened_at": ""}]}',
        '{"tables": {"actions": [{"width": 3}]}}',
        '{"tables": []}',
        '{"backups": {"f": [{"path": 3}]}}',
        '{"backups": [3]}',
    ],
)
def test_spoilt_settings_are_as_on_the_first_day(tmp_path: Path, spoilt: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(spoilt, "utf-8")
    assert settings.load(path) == Settings()


def test_what_a_newer_version_added_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    row = {"path": "a.oscb", "opened_at": "", "colour": "red"}
    path.write_text(json.dumps({"recent": [row], "later": 1}), "utf-8")
    assert settings.load(path).recent == (RecentFile("a.oscb", ""),)


def test_the_newest_file_comes_first_and_only_a_few_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for number in (*range(12), 5):
        settings.change(path, settings.opened(Path(f"{number}.oscb"), "now"))
    names = [row.path for row in settings.load(path).recent]
    assert names == [
        "5.oscb",
        "11.oscb",
        "10.oscb",
        "9.oscb",
        "8.oscb",
        "7.oscb",
        "6.oscb",
        "4.oscb",
    ]
    settings.change(path, settings.without(Path("11.oscb")))
    assert "11.oscb" not in [row.path for row in settings.load(path).recent]


def test_a_folder_that_refuses_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "settings.json"
    assert settings.change(path, settings.opened(Path("a.oscb"), "now")).recent
    assert settings.load(path) == Settings()


def test_what_saving_means_is_remembered_as_told(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert not settings.load(path).told_of_saving
    settings.change(path, settings.told_of_saving)
    assert settings.load(path).told_of_saving


def test_what_is_set_for_this_computer_stays_within_its_bounds(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert settings.load(path).computer == ThisComputer(lock_minutes=10, clipboard_seconds=90)
    settings.change(path, settings.behaving("lock_minutes", 3))
    settings.change(path, settings.behaving("clipboard_seconds", 5000))
    assert settings.load(path).computer == ThisComputer(3, 600)
    path.write_text(json.dumps({"computer": {"lock_minutes": 0, "later": 1}}), "utf-8")
    assert settings.load(path).computer == ThisComputer(1, 90), "there is no never"
