"""What the program remembers about its window on this computer; never anything of a record."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

MOST_RECENT = 8
_ONE_AT_A_TIME = threading.Lock()  # the window and its worker both remember things


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was opened here, and when it was opened last, as an ISO moment."""

    path: str
    opened_at: str


@dataclass(frozen=True, slots=True)
class ColumnState:
    """One column of a list as somebody left it; the order of the states is that on screen."""

    name: str
    width: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BackupNote:
    """A backup that was made here: where it lies, how it was left, and what its proof found.

    Moments are ISO moments; ``changed_ns`` is that of the file system. A proof counts for the file
    as it was left and for no other; ``fault`` is empty when it was proven.
    """

    path: str
    made_at: str
    size: int
    changed_ns: int
    proven_at: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class WrongPassphrases:
    """How many wrong passphrases were typed for a file since the last right one, and when last."""

    at: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class ThisComputer:
    """After how long the program locks here, and empties the clipboard of what was copied."""

    lock_minutes: int = 10
    clipboard_seconds: int = 90


BOUNDS: Mapping[str, tuple[int, int]] = {"lock_minutes": (1, 120), "clipboard_seconds": (10, 600)}
"""The least and the most of each; there is no never."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is remembered. ``window`` is Qt's own description of size and place.

    ``backups`` are by the mark of their file, the oldest first; ``backup_folder`` is empty until
    one is chosen. ``wrong`` is by the path of the file. ``insisted`` holds the paths of files that
    are to be in use where they lie, risky as that is. ``told_of_saving`` is whether somebody read
    here that what is saved as a file of its own leaves the encrypted one.
    """

    recent: tuple[RecentFile, ...] = ()
    window: str = ""
    tables: Mapping[str, tuple[ColumnState, ...]] = field(default_factory=dict)
    backup_folder: str = ""
    backups: Mapping[str, tuple[BackupNote, ...]] = field(default_factory=dict)
    wrong: Mapping[str, WrongPassphrases] = field(default_factory=dict)
    insisted: tuple[str, ...] = ()
    computer: ThisComputer = ThisComputer()
    told_of_saving: bool = False


def load(path: Path) -> Settings:
    """Read the settings; whatever is missing or spoilt is as on the first day."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Settings(
            tuple(_record(RecentFile, row) for row in kept.get("recent", ()))[:MOST_RECENT],
            str(kept.get("window", "")),
            {
                str(name): tuple(_record(ColumnState, row) for row in rows)
                for name, rows in kept.get("tables", {}).items()
            },
            str(kept.get("backup_folder", "")),
            {
                str(mark): tuple(_record(BackupNote, row) for row in rows)
                for mark, rows in kept.get("backups", {}).items()
            },
            {
                str(file): _record(WrongPassphrases, row)
                for file, row in kept.get("wrong", {}).items()
            },
            tuple(str(file) for file in kept.get("insisted", ())),
            _computer(kept.get("computer", {})),
            kept.get("told_of_saving") is True,
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Settings()


def change(path: Path, step: Callable[[Settings], Settings]) -> Settings:
    """Read, change and write the settings at once; a folder that refuses them stops nobody."""
    with _ONE_AT_A_TIME:
        before = load(path)
        after = step(before)
        if after != before:
            with suppress(OSError):
                _write(path, after)
        return after


def opened(file: Path, at: str) -> Callable[[Settings], Settings]:
    """Return the step that puts a file at the head of the recent ones."""

    def step(settings: Settings) -> Settings:
        rest = [row for row in settings.recent if Path(row.path) != file]
        return replace(settings, recent=(RecentFile(str(file), at), *rest)[:MOST_RECENT])

    return step


def without(file: Path) -> Callable[[Settings], Settings]:
    """Return the step that forgets a recent file."""

    def step(settings: Settings) -> Settings:
        kept = tuple(row for row in settings.recent if Path(row.path) != file)
        return replace(settings, recent=kept)

    return step


def arranged(table: str, columns: tuple[ColumnState, ...]) -> Callable[[Settings], Settings]:
    """Return the step that remembers the columns of a list."""
    return lambda settings: replace(settings, tables={**settings.tables, table: columns})


def framed(window: str) -> Callable[[Settings], Settings]:
    """Return the step that remembers the size and place of the window."""
    return lambda settings: replace(settings, window=window)


def backed_up_to(folder: Path) -> Callable[[Settings], Settings]:
    """Return the step that chooses where backups go."""
    return lambda settings: replace(settings, backup_folder=str(folder))


def noted(mark: str, notes: tuple[BackupNote, ...]) -> Callable[[Settings], Settings]:
    """Return the step that remembers the backups of the file of that mark."""
    return lambda settings: replace(settings, backups={**settings.backups, mark: notes})


def mistyped(file: str, wrong: WrongPassphrases | None) -> Callable[[Settings], Settings]:
    """Return the step that remembers wrong passphrases for a file, or forgets them."""

    def step(settings: Settings) -> Settings:
        others = {name: row for name, row in settings.wrong.items() if name != file}
        return replace(settings, wrong=others | ({file: wrong} if wrong else {}))

    return step


def insisted_on(file: str) -> Callable[[Settings], Settings]:
    """Return the step that remembers a file that is to be in use where it lies."""

    def step(settings: Settings) -> Settings:
        return replace(settings, insisted=tuple(dict.fromkeys((*settings.insisted, file))))

    return step


def told_of_saving(settings: Settings) -> Settings:
    """Be the step that remembers that somebody was told what saving a paper means."""
    return replace(settings, told_of_saving=True)


def behaving(name: str, value: int) -> Callable[[Settings], Settings]:
    """Return the step that changes one of ``ThisComputer``, kept within its bounds."""

    def step(settings: Settings) -> Settings:
        changed = {**asdict(settings.computer), name: value}
        return replace(settings, computer=_computer(changed))

    return step


def _computer(row: Mapping[str, Any]) -> ThisComputer:
    within = {
        name: min(max(int(row[name]), least), most)
        for name, (least, most) in BOUNDS.items()
        if name in row
    }
    return ThisComputer(**within)


def _record(kind: type[Any], row: Mapping[str, Any]) -> Any:
    names = {declared.name for declared in fields(kind)}
    made = kind(**{name: value for name, value in row.items() if name in names})
    if not isinstance(getattr(made, fields(kind)[0].name), str):
        raise TypeError(f"{kind.__name__} without a name")
    return made


def _write(path: Path, settings: Settings) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        partial.write_text(json.dumps(asdict(settings), indent=1, ensure_ascii=False), "utf-8")
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
