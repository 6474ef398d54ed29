"""The log file: our own sentences and the places of failures, never the text of a record."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

LOGGER = logging.getLogger("oscb_desktop")
_LARGEST = 500_000
_KEPT = 3


class _WithoutValues(logging.Formatter):
    """Writes a failure as its type and its places in the code.

    The message of an exception may quote what somebody typed, and a database error quotes whole
    rows, so neither is written.
    """

    def formatException(self, ei: object) -> str:  # noqa: N802 - the name is logging's own
        """Return the failure without any value."""
        problem = ei[1] if isinstance(ei, tuple) else None
        return traceback_without_values(problem) if isinstance(problem, BaseException) else ""


class _WhenNeeded(logging.Handler):
    """Opens the log at the first record: its import alone would hold up the first page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record to the log, which never grows beyond a few files."""
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8"
            )
            self._file.setFormatter(self.formatter)
        self._file.emit(record)

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()
        super().close()


def start(folder: Path) -> logging.Handler:
    """Begin to log into a folder and return the handler, which ``stop`` takes away again.

    A folder that cannot be written to leaves the program without a log rather than stop it.
    """
    handler: logging.Handler
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _WhenNeeded(folder / "oscb-desktop.log")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_WithoutValues("%(asctime)s %(levelname)s %(module)s: %(message)s"))
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    LOGGER.addHandler(handler)
    return handler


def stop(handler: logging.Handler) -> None:
    """End logging and let the file go."""
    LOGGER.removeHandler(handler)
    handler.close()
    LOGGER.propagate = True


def traceback_without_values(problem: BaseException) -> str:
    """Return where a failure happened, from the outside in, with types but no values.

    The lines of code are ours and hold no record; the messages of the exceptions may, and go.
    """
    chain: list[BaseException] = []
    at: BaseException | None = problem
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    return "\n".join(_one(link) for link in reversed(chain))


def _one(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    lines = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join([*lines, type(problem).__qualname__])


def _short(filename: str) -> str:
    """Shorten a path to what lies within a package folder; a person's home names the person."""
    path = Path(filename)
    for root in sorted(sys.path, key=len, reverse=True):
        if root and path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.name
