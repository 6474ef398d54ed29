"""A practice file: a new file that starts with the sample year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from oscb_desktop.database.change_log import Act
from oscb_desktop.services.files import adopt_practice_day, create_store
from oscb_desktop.services.import_rows import FaultsFound, ImportRows
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import sample_source


def create_sample_store(path: Path, passphrase: str, by: str, now: Callable[[], datetime]) -> Store:
    """Make a new encrypted file that holds the sample year, and open it on the sample's day.

    Raises ``UserError`` when the path is taken, cannot be written to, or the passphrase is short.
    """
    start = ImportRows(sample_source(), act=Act.START)
    try:
        store = create_store(path, passphrase, by, now, start)
    except FaultsFound:
        faults = "\n".join(fault.words() for fault in start.ledger.faults)
        raise RuntimeError(f"the sample year has faults:\n{faults}") from None
    adopt_practice_day(store)
    return store
