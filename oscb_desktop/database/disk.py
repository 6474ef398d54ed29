"""Making what was written last: a file's content, the names in a folder, and a file as a whole."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from oscb_desktop.errors import UserError


def sync_file(path: Path) -> None:
    """Come back when the disk has all of a file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, where the system can; Windows writes a rename through."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which is put on disk whole or not at all.

    What stood there stays until the new one is safe. Raises ``UserError`` where the disk is full or
    the folder or file cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        beside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(unwritten(error, path)) from error


def unwritten(error: OSError, path: Path) -> str:
    """Return the sentence for a file that could not be written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full, so “{path.name}” was not saved. Free some space and try again."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"The folder “{path.parent}” does not exist. Choose another folder."
    if isinstance(error, PermissionError | IsADirectoryError) or error.errno == errno.EROFS:
        return (
            f"“{path.name}” cannot be written in “{path.parent}”: the folder is read-only, or the "
            "file is open in another program. Close it or choose another folder."
        )
    return (
        f"“{path.name}” could not be saved in “{path.parent}”. Choose another folder and try again."
    )
