"""Where a file may lie while it is in use: not on a network, in a synchronised folder or a stick.

SQLite's write-ahead log needs memory that is shared on one computer (https://sqlite.org/wal.html,
"does not work over a network filesystem"); a synchronising program copies a live file in pieces.
A backup may lie in any of these places: nobody writes to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

import platformdirs

from oscb_desktop import settings
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.this_computer import Computer, this_computer


class PlaceKind(StrEnum):
    """What a folder is to a file in use."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"
    REMOVABLE = "removable"


_RISK = {
    PlaceKind.NETWORK: "A file that is in use over a network can be damaged when the connection "
    "fails or a second person opens it.",
    PlaceKind.SYNCED: "It copies a file in pieces while that is in use, or brings an older one "
    "back, and work is lost without a word.",
    PlaceKind.REMOVABLE: "A drive that is pulled out while the file is open can damage it, and a "
    "lost drive is every record lost.",
}
_SAFE = "Keep the file on this computer, and let its backups go to this folder."


@dataclass(frozen=True, slots=True)
class FilePlace:
    """Where a file lies: the kind of place, and its name as people say it, such as OneDrive."""

    kind: PlaceKind = PlaceKind.LOCAL
    name: str = ""

    @property
    def is_local(self) -> bool:
        """Whether a file can be in use there without a risk."""
        return self.kind is PlaceKind.LOCAL

    def what(self) -> str:
        """Return the sentence that says what the place is."""
        by = self.kind is PlaceKind.SYNCED
        return f"This folder is {f'kept in step by {self.name}' if by else self.where()}."

    def risk(self) -> str:
        """Return the sentence that says what can happen to a file in use there."""
        return _RISK.get(self.kind, "")

    def words(self) -> str:
        """Return what the place is, what can happen there and the safe way; empty if local."""
        return "" if self.is_local else f"{self.what()} {self.risk()} {_SAFE}"

    def where(self) -> str:
        """Return the few words that stand behind a file's name; empty if local."""
        if self.kind is PlaceKind.SYNCED:
            return f"in {self.name}"
        return f"on {self.name}" if self.name else ""


class RiskyPlaceError(UserError):
    """A file that lies, or is to lie, where it should not be in use."""

    def __init__(self, path: Path, place: FilePlace) -> None:
        super().__init__(place.words())
        self.path = path
        self.place = place


def place_of_file(path: Path, computer: Computer | None = None) -> FilePlace:
    """Return the kind of place that a file or folder lies in, there already or still to be made."""
    asked = computer or this_computer()
    if computer is not None:
        return place_on(asked, path)
    by_name = place_on(asked, path.absolute())
    return place_on(asked, path.resolve()) if by_name.is_local else by_name


def risk_of(path: Path, kept: Path) -> FilePlace | None:
    """Return where a file lies unless that is local or was insisted on; ``kept`` is the settings'.

    It looks at the disk, and may wait for a network.
    """
    if str(path.resolve()) in settings.load(kept).insisted:
        return None
    place = place_of_file(path)
    return None if place.is_local else place


def refuse_risk(path: Path, kept: Path) -> None:
    """Raise ``RiskyPlaceError`` where ``risk_of`` sees one."""
    place = risk_of(path, kept)
    if place is not None:
        raise RiskyPlaceError(path, place)


def insist(path: Path, kept: Path) -> None:
    """Remember that a file is to be in use where it lies, so that it is not asked again."""
    settings.change(kept, settings.insisted_on(str(path.resolve())))


def local_folder(
    paths: AppPaths, documents: Path | None = None, computer: Computer | None = None
) -> Path | None:
    """Return the folder for files on this computer, or None where there is none.

    It is Documents; where those are themselves elsewhere, the program's own folder.
    """
    for folder in (documents or _documents(), paths.backups.parent):
        if place_of_file(folder, computer).is_local:
            return folder
    return None


def _documents() -> Path:
    folder = Path(platformdirs.user_documents_dir())  # Windows knows where they were moved to
    return folder if folder.is_dir() else Path.home()


def place_on(computer: Computer, path: PurePath) -> FilePlace:
    """Return the kind of place that a whole path is on a computer."""
    here = computer.path(_plain(str(path)) if computer.is_windows else path)
    drive = _windows_drive(computer, here) if computer.is_windows else _mount(computer, here)
    if drive.kind in (PlaceKind.NETWORK, PlaceKind.SYNCED):
        return drive
    name = _synced_by(computer, here)
    return FilePlace(PlaceKind.SYNCED, name) if name else drive


# Windows

_REMOVABLE_DRIVE, _NETWORK_DRIVE = 2, 4  # GetDriveTypeW
_CLOUD = 0x1000 | 0x40000 | 0x80000 | 0x100000 | 0x400000
"""FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN, PINNED, UNPINNED and RECALL_ON_DATA_ACCESS."""


def _plain(words: str) -> str:
    r"""Return a path of Windows without the mark of a long one, ``\\?\``."""
    if words.upper().startswith("\\\\?\\UNC\\"):
        return "\\\\" + words[8:]
    return words.removeprefix("\\\\?\\")


def _windows_drive(computer: Computer, path: PurePath) -> FilePlace:
    if path.drive.startswith("\\\\"):
        return FilePlace(PlaceKind.NETWORK, f"a network share, {path.drive}")
    kind = computer.drive_type(f"{path.drive}\\")
    if kind == _NETWORK_DRIVE:
        return FilePlace(PlaceKind.NETWORK, f"a network drive, {path.drive}")
    if kind == _REMOVABLE_DRIVE:
        return FilePlace(PlaceKind.REMOVABLE, f"a removable drive, {path.drive}")
    return FilePlace()


# Linux

_NETWORKS = (
    "9p", "afp", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre",
    "ncpfs", "nfs", "nfs4", "smb3", "smbfs", "vboxsf", "fuse.afpfs", "fuse.curlftpfs",
    "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.s3fs",
    "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse",
)  # fmt: skip
_SYNCED = {
    "fuse.rclone": "rclone",
    "fuse.onedriver": "OneDrive",
    "fuse.google-drive-ocamlfuse": "Google Drive",
}
_MEDIA = ("/media", "/run/media")


def _mount(computer: Computer, path: PurePath) -> FilePlace:
    """Return the kind of what is mounted where the path lies; of two there, the later covers."""
    deepest, place = -1, FilePlace()
    for line in computer.mounts.splitlines():
        told, _, kind = line.partition(" - ")
        parts = told.split()
        if len(parts) < 5 or not kind:
            continue
        point = computer.path(_unescaped(parts[4]))
        if path.is_relative_to(point) and len(point.parts) >= deepest:
            deepest = len(point.parts)
            place = _mounted(computer, kind.split()[0], parts[2], point)
    return place


def _mounted(computer: Computer, kind: str, device: str, point: PurePath) -> FilePlace:
    sandboxed = kind == "9p" and not point.name  # the root of a container is no share
    if kind in _NETWORKS and not sandboxed:
        return FilePlace(PlaceKind.NETWORK, f"a network drive, {point}")
    if kind in _SYNCED:
        return FilePlace(PlaceKind.SYNCED, _SYNCED[kind])
    on_media = any(point.is_relative_to(folder) for folder in _MEDIA)
    if on_media or computer.is_removable(device):
        return FilePlace(PlaceKind.REMOVABLE, f"a removable drive, {point}")
    return FilePlace()


def _unescaped(words: str) -> str:
    """Return a mount point with its blanks, which the system writes in octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), words)


# Synchronised folders

_ENVIRONMENT = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_IN_HOME = {
    "box": "Box",
    "box sync": "Box",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "my drive": "Google Drive",
    "onedrive": "OneDrive",
}
_MARKERS = (
    (re.compile(r"\.stfolder"), "Syncthing"),
    (re.compile(r"\._?sync_.*\.db|\.nextcloudsync\.log"), "Nextcloud"),
    (re.compile(r"\.owncloudsync\.log"), "ownCloud"),
    (re.compile(r"\.dropbox\.cache"), "Dropbox"),
    (re.compile(r"\.shortcut-targets-by-id|\.tmp\.drive(up|down)load"), "Google Drive"),
)
"""What a synchronising program leaves at the top of its folder."""


def _synced_by(computer: Computer, path: PurePath) -> str:
    """Return the name of what keeps the folder of a path in step with others, or nothing."""
    for folder, name in _known_folders(computer):
        if path.is_relative_to(folder):
            return name
    ours = computer.path(computer.home)
    if path.is_relative_to(ours) and (below := path.relative_to(ours).parts):
        first = below[0].casefold()
        if first in _IN_HOME or first.startswith("onedrive - "):
            return _IN_HOME.get(first, "OneDrive")
    if computer.is_windows and path.parts[1:2] == ("My Drive",):
        return "Google Drive"  # which shows itself as a drive of its own
    return _marked(computer, path)


def _known_folders(computer: Computer) -> Iterator[tuple[PurePath, str]]:
    """Return the folders that the synchronising programs themselves name."""
    for variable in _ENVIRONMENT:
        if computer.environment.get(variable):
            yield computer.path(computer.environment[variable]), "OneDrive"
    places = [computer.path(computer.home) / ".dropbox"]
    for variable in ("APPDATA", "LOCALAPPDATA"):
        if computer.environment.get(variable):
            places.append(computer.path(computer.environment[variable]) / "Dropbox")
    for place in places:
        for folder in _dropbox_folders(computer.text_of(place / "info.json")):
            yield computer.path(folder), "Dropbox"


def _dropbox_folders(told: str) -> Iterator[str]:
    """Return the folders of the accounts that Dropbox lists in its ``info.json``."""
    try:
        accounts = list(json.loads(told).values())
    except (ValueError, AttributeError):
        return
    for account in accounts:
        folder = account.get("path") if isinstance(account, dict) else None
        if isinstance(folder, str) and folder:
            yield folder


def _marked(computer: Computer, path: PurePath) -> str:
    """Return what a mark in a folder above the path, or the attributes of one of them, tell of."""
    for folder in (path, *path.parents):
        for name in computer.names_in(folder):
            for mark, program in _MARKERS:
                if mark.fullmatch(name):
                    return program
        if computer.is_windows and computer.attributes(folder) & _CLOUD:
            return "a cloud service"
    return ""
