"""Fixtures for every test: a scratch home, a real encrypted file, a given day."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.files import create_store
from oscb_desktop.services.store import Store

NOW = datetime(2022, 3, 25, 10, 0)  # noqa: DTZ001 - the wall clock of a laptop
PASSPHRASE = "three plain words"

# The same examples at every run, however long they take; --hypothesis-profile=default seeks others.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def now() -> datetime:
    """The moment at which every test works."""
    return NOW


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, FileKey]:
    """A new file with its key, made once: deriving a key is slow on purpose."""
    path = tmp_path_factory.mktemp("new") / "new.oscb"
    store = create_store(path, PASSPHRASE, "A. Tester", now)
    store.close()
    return path, store.key


@pytest.fixture
def store(new_file: tuple[Path, FileKey], tmp_path: Path) -> Iterator[Store]:
    """An open, new, encrypted file of this test's own."""
    source, key = new_file
    path = tmp_path / "test.oscb"
    shutil.copy(source, path)
    engine = make_engine(path, key)
    yield Store(engine, key, path, "A. Tester", now)
    close_file(engine)


@pytest.fixture
def later(store: Store) -> None:
    """Let today be later than all that a test tells of; its queries are given a day."""
    store.practice_today = date(2030, 1, 1)


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    """The folders of a person who has never used the program."""
    return AppPaths.under(tmp_path / "home")


class LogWatch(logging.Handler):
    """Keeps every record from WARNING up, for a test to look at or to fail by."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def take(self) -> list[str]:
        """Return what was logged and stop minding it."""
        said = [record.getMessage() for record in self.records]
        self.records.clear()
        return said


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail the test when anything is logged as a warning or worse that it did not take."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    assert watch.take() == []
