"""A generated file of some size, made once a run."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.services.files import create_store, open_store
from oscb_desktop.services.store import Store
from tests.generator import fill

PASSPHRASE = "only for measuring"


def now() -> datetime:
    """The day on which the generated years end."""
    return datetime(2022, 3, 25, 10, 0)  # noqa: DTZ001 - the wall clock of a laptop


@cache
def generated(folder: Path, reviews: int, actions: int, changes: int | None = None) -> Path:
    """Return a closed file with so many reviews and actions, and all around them with changes."""
    path = folder / f"{reviews}-{actions}-{changes or 0}.oscb"
    store = create_store(path, PASSPHRASE, "A. Secretary", now)
    store.close()
    engine = make_engine(path, store.key)
    fill(engine, reviews=reviews, actions=actions, changes=changes)
    close_file(engine)
    return path


def opened(folder: Path, reviews: int, actions: int, changes: int | None = None) -> Store:
    """Return a store over such a file."""
    path = generated(folder, reviews, actions, changes)
    return open_store(path, PASSPHRASE, folder / "backups", "A. Secretary", now)
