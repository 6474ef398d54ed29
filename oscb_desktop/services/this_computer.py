"""What the computer tells about its folders: drives, mounts, attributes, and small files."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

_LARGEST = 1 << 20
"""Bytes that are read of a small file; none of those looked into comes near."""


def _nothing(_: object) -> int:
    return 0


def _no_names(_: PurePath) -> Sequence[str]:
    return ()


def _no_text(_: PurePath) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Computer:
    """All that is asked to tell where a file lies, so that any computer can be described.

    ``mounts`` is the text of ``/proc/self/mountinfo``. ``drive_type`` answers for the root of
    a drive as ``GetDriveTypeW`` does; ``attributes`` gives the Windows attributes of a path, 0
    where there is none; ``is_removable`` answers for a device such as ``8:1``.
    """

    is_windows: bool
    home: PurePath
    environment: Mapping[str, str] = field(default_factory=dict)
    mounts: str = ""
    drive_type: Callable[[str], int] = _nothing
    attributes: Callable[[PurePath], int] = _nothing
    is_removable: Callable[[str], int] = _nothing
    names_in: Callable[[PurePath], Sequence[str]] = _no_names
    text_of: Callable[[PurePath], str] = _no_text

    def path(self, words: object) -> PurePath:
        """Return a path as this computer reads it."""
        return PureWindowsPath(str(words)) if self.is_windows else PurePosixPath(str(words))


def this_computer() -> Computer:
    """Return the computer that the program runs on."""
    is_windows = os.name == "nt"
    return Computer(
        is_windows=is_windows,
        home=Path.home(),
        environment=os.environ,
        mounts="" if is_windows else _text_of(PurePath("/proc/self/mountinfo")),
        drive_type=_drive_type,
        attributes=_attributes,
        is_removable=_is_removable,
        names_in=_names_in,
        text_of=_text_of,
    )


def _drive_type(root: str) -> int:
    """Return what Windows says of a drive; 0, which it says of an unknown one, elsewhere."""
    windows = getattr(ctypes, "windll", None)
    return int(windows.kernel32.GetDriveTypeW(root)) if windows else 0


def _attributes(path: PurePath) -> int:
    try:
        return int(getattr(os.lstat(path), "st_file_attributes", 0))
    except (OSError, ValueError):
        return 0


def _is_removable(device: str) -> int:
    """Say whether a device, or the disk that it is a part of, calls itself removable."""
    node = Path("/sys/dev/block", device)
    try:
        whole = node.resolve()
        for place in (whole, whole.parent):
            flag = place / "removable"
            if flag.is_file():
                return int(flag.read_text("ascii").strip() == "1")
    except (OSError, ValueError):
        pass
    return 0


def _names_in(folder: PurePath) -> Sequence[str]:
    try:
        return [entry.name for entry in Path(folder).iterdir()]
    except (OSError, ValueError):
        return ()


def _text_of(path: PurePath) -> str:
    try:
        with Path(path).open(encoding="utf-8", errors="surrogateescape") as file:
            return file.read(_LARGEST)
    except (OSError, ValueError):
        return ""
