from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from oscb_desktop.errors import UserError, WrongPassphraseError
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.attempts import Attempts
from oscb_desktop.services.keys import check_passphrase
from oscb_desktop.services.store import Store
from tests.conftest import NOW, PASSPHRASE


class Clock:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


def wrong(attempts: Attempts, file: Path, times: int) -> None:
    def work() -> None:
        raise WrongPassphraseError("no")

    for _ in range(times):
        with pytest.raises(WrongPassphraseError):
            attempts.at(file, work)


def test_after_five_wrong_ones_the_next_has_to_wait(
    store: Store, paths: AppPaths, clock: Clock
) -> None:
    tried: list[str] = []

    def work() -> None:
        tried.append("tried")
        check_passphrase(store, PASSPHRASE)

    attempts = Attempts(paths.settings, clock)
    wrong(attempts, store.path, 5)
    with pytest.raises(UserError, match=r"5 wrong .* for test\.oscb\. Wait 2 seconds"):
        attempts.at(store.path, work)
    clock.at += timedelta(seconds=1)
    with pytest.raises(UserError, match="Wait 1 second, then"):
        attempts.at(store.path, work)
    assert tried == []
    clock.at += timedelta(seconds=1)
    wrong(attempts, store.path, 1)
    with pytest.raises(UserError, match="Wait 4 seconds"):
        attempts.at(store.path, work)
    clock.at += timedelta(seconds=4)
    attempts.at(store.path, work)
    assert tried == ["tried"]
    wrong(attempts, store.path, 5)


def test_another_start_of_the_program_remembers_and_another_file_is_free(
    paths: AppPaths, clock: Clock, tmp_path: Path
) -> None:
    wrong(Attempts(paths.settings, clock), tmp_path / "a.oscb", 5)
    again = Attempts(paths.settings, clock)
    with pytest.raises(UserError, match="Wait 2 seconds"):
        wrong(again, tmp_path / "a.oscb", 1)
    wrong(again, tmp_path / "b.oscb", 5)


def test_other_failures_do_not_count(paths: AppPaths, clock: Clock, tmp_path: Path) -> None:
    def work() -> None:
        raise UserError("There is no such file.")

    attempts = Attempts(paths.settings, clock)
    for _ in range(9):
        with pytest.raises(UserError, match="no such file"):
            attempts.at(tmp_path / "a.oscb", work)


@pytest.mark.parametrize(
    "row", ['{"at": "no day", "count": 9}', '{"at": "2022-03-25", "count": {}}']
)
def test_a_spoilt_count_locks_nobody_out(
    paths: AppPaths, clock: Clock, tmp_path: Path, row: str
) -> None:
    file = tmp_path / "a.oscb"
    paths.settings.parent.mkdir(parents=True)
    paths.settings.write_text(f'{{"wrong": {{"{file}": {row}}}}}', "utf-8")
    Attempts(paths.settings, clock).at(file, lambda: None)
    wrong(Attempts(paths.settings, clock), file, 5)


def test_no_passphrase_is_kept(store: Store, paths: AppPaths, clock: Clock) -> None:
    attempts = Attempts(paths.settings, clock)
    with pytest.raises(WrongPassphraseError):
        attempts.at(store.path, lambda: check_passphrase(store, "planted words"))
    assert "planted" not in paths.settings.read_text("utf-8")
