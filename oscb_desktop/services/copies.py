"""Looking into a copy of a file: in a scratch place that only this person can enter, then gone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from oscb_desktop.database.file import close_file, open_with_key
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError
from oscb_desktop.services.store import Store

_PREFIX = "look-"


@contextmanager
def opened_copy(file: Path, key: FileKey, scratch: Path, now: datetime) -> Iterator[Store]:
    """Open a copy of a file at rest, brought up to date as the file itself would be.

    Raises ``UserError`` when it cannot be copied or opened. The file itself is only read.
    """
    with scratch_folder(scratch, now) as folder:
        try:
            copy = Path(shutil.copyfile(file, folder / file.name))
        except OSError as problem:
            raise UserError(
                f"{file.name} could not be copied to be looked into: {problem.strerror}."
            ) from problem
        engine = open_with_key(copy, key, folder, now)
        try:
            yield Store(engine, key, copy, "", lambda: now)
        finally:
            close_file(engine)


@contextmanager
def scratch_folder(scratch: Path, now: datetime) -> Iterator[Path]:
    """Make a folder that only this person can enter, and remove it with all that is in it.

    What a look that was killed left there is removed a day later. Raises ``UserError`` when the
    folder cannot be made.
    """
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        for left in scratch.glob(f"{_PREFIX}*"):
            if left.stat().st_mtime < (now - timedelta(days=1)).timestamp():
                shutil.rmtree(left, ignore_errors=True)
        made = tempfile.TemporaryDirectory(prefix=_PREFIX, dir=scratch)
    except OSError as problem:
        raise UserError(
            f"Nothing can be looked into, for no folder could be made in {scratch}: "
            f"{problem.strerror}. Free some space there and try again."
        ) from problem
    with made as folder:
        yield Path(folder)
