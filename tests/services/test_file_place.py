"""Where a file may be in use: every kind of place, on computers that are only described."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from oscb_desktop import settings
from oscb_desktop.database.lock import OpenFileLock
from oscb_desktop.errors import UserError, WrongPassphraseError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.records import records
from oscb_desktop.services.backup_place import place_of, same_disk
from oscb_desktop.services.backups import backups_of, is_due
from oscb_desktop.services.file_place import (
    PlaceKind,
    RiskyPlaceError,
    insist,
    local_folder,
    place_of_file,
    place_on,
    refuse_risk,
    risk_of,
)
from oscb_desktop.services.local_copy import keep_here, make_here
from oscb_desktop.services.store import Store
from oscb_desktop.services.this_computer import Computer, this_computer
from tests.conftest import NOW, PASSPHRASE, now
from tests.factories import make

HOME = PureWindowsPath("C:/Users/secretary")


def windows(
    *,
    environment: Mapping[str, str] | None = None,
    drives: Mapping[str, int] | None = None,
    attributes: Mapping[str, int] | None = None,
    names: Mapping[str, Sequence[str]] | None = None,
    files: Mapping[str, str] | None = None,
) -> Computer:
    """A Windows laptop on which only this is the case; C: is a fixed drive."""

    def found(table: Mapping[str, object] | None, path: PurePath, otherwise: object) -> object:
        by_path = {PureWindowsPath(name): value for name, value in (table or {}).items()}
        return by_path.get(PureWindowsPath(path), otherwise)

    types = {"C:\\": 3, **(drives or {})}
    return Computer(
        is_windows=True,
        home=HOME,
        environment=environment or {},
        drive_type=lambda root: types.get(root, 1),
        attributes=lambda path: int(str(found(attributes, path, 0))),
        names_in=lambda path: list(found(names, path, ())),  # type: ignore[call-overload]
        text_of=lambda path: str(found(files, path, "")),
    )


def linux(*mounts: str, removable: str = "", names: Mapping[str, str] | None = None) -> Computer:
    """A Linux laptop with these mounts, each as ``device point kind``."""
    lines = ["27 1 254:0 / / rw,relatime - ext4 /dev/vda rw"]
    for number, mount in enumerate(mounts):
        device, point, kind = mount.split()
        lines.append(f"{30 + number} 27 {device} / {point} rw shared:1 - {kind} source rw")
    return Computer(
        is_windows=False,
        home=PurePosixPath("/home/secretary"),
        mounts="\n".join(lines),
        is_removable=lambda device: int(device == removable),
        names_in=lambda path: [
            name for folder, name in (names or {}).items() if folder == str(path)
        ],
    )


def at(computer: Computer, path: str) -> tuple[str, str]:
    place = place_on(computer, computer.path(path))
    return str(place.kind), place.name


@pytest.mark.parametrize(
    "path",
    [r"C:\Users\secretary\Documents\R.oscb", r"\\?\C:\Reviews\R.oscb", r"C:\OneDriveless\R.oscb"],
)
def test_a_folder_of_the_laptop_is_local(path: str) -> None:
    computer = windows(environment={"OneDrive": r"C:\Users\secretary\OneDrive"})
    place = place_on(computer, PureWindowsPath(path))
    assert place.is_local
    assert (place.words(), place.where()) == ("", "")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (r"\\server\reviews\R.oscb", r"a network share, \\server\reviews"),
        (r"\\?\UNC\server\reviews\R.oscb", r"a network share, \\server\reviews"),
        (r"Z:\Reviews\R.oscb", "a network drive, Z:"),
    ],
)
def test_a_share_and_a_mapped_drive_are_on_the_network(path: str, name: str) -> None:
    assert at(windows(drives={"Z:\\": 4}), path) == ("network", name)


def test_a_stick_is_removable() -> None:
    assert at(windows(drives={"E:\\": 2}), r"E:\R.oscb") == ("removable", "a removable drive, E:")


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_is_known_by_the_environment_whatever_the_capitals(variable: str) -> None:
    computer = windows(environment={variable: r"C:\Users\secretary\OneDrive - A Council"})
    path = r"c:\users\SECRETARY\onedrive - a council\Documents\R.oscb"
    assert at(computer, path) == ("synced", "OneDrive")


@pytest.mark.parametrize("bit", [0x1000, 0x40000, 0x80000, 0x100000, 0x400000])
def test_a_folder_with_a_cloud_attribute_is_synchronised(bit: int) -> None:
    computer = windows(attributes={r"C:\Work": bit | 0x10})
    assert at(computer, r"C:\Work\2026\R.oscb") == ("synced", "a cloud service")


def test_ordinary_attributes_say_nothing() -> None:
    assert (
        at(windows(attributes={r"C:\Work": 0x10 | 0x20 | 0x2000}), r"C:\Work\R.oscb")[0] == "local"
    )


@pytest.mark.parametrize(
    ("variable", "folder"), [("APPDATA", r"C:\Roaming"), ("LOCALAPPDATA", r"C:\Local")]
)
def test_dropbox_says_itself_where_it_is(variable: str, folder: str) -> None:
    told = json.dumps({"personal": {"path": r"D:\Box of mine", "host": 1}, "business": None})
    computer = windows(
        environment={variable: folder},
        drives={"D:\\": 3},
        files={rf"{folder}\Dropbox\info.json": told},
    )
    assert at(computer, r"D:\Box of mine\R.oscb") == ("synced", "Dropbox")
    assert at(computer, r"D:\Other\R.oscb") == ("local", "")


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"personal": 3}', '{"personal": {"path": 3}}'])
def test_a_spoilt_note_of_dropbox_says_nothing(spoilt: str) -> None:
    computer = windows(
        environment={"APPDATA": r"C:\Roaming"}, files={r"C:\Roaming\Dropbox\info.json": spoilt}
    )
    assert at(computer, r"C:\R.oscb") == ("local", "")


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("iCloudDrive", "iCloud Drive"),
        ("Box", "Box"),
        ("Google Drive", "Google Drive"),
        ("OneDrive - A Council", "OneDrive"),
    ],
)
def test_some_are_known_by_their_folder_in_the_home(folder: str, name: str) -> None:
    assert at(windows(), str(HOME / folder / "R.oscb")) == ("synced", name)


def test_google_drive_as_a_drive_of_its_own() -> None:
    computer = windows(drives={"G:\\": 3})
    assert at(computer, r"G:\My Drive\R.oscb") == ("synced", "Google Drive")


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (".stfolder", "Syncthing"),
        (".sync_a1b2c3.db", "Nextcloud"),
        ("._sync_a1b2c3.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_a_mark_in_a_folder_above_tells_on_both_systems(mark: str, name: str) -> None:
    there = windows(names={r"C:\Shared": [mark, "R.oscb"]})
    assert at(there, r"C:\Shared\2026\R.oscb") == ("synced", name)
    here = linux(names={"/srv/shared": mark})
    assert at(here, "/srv/shared/2026/R.oscb") == ("synced", name)
    assert at(here, "/srv/own/R.oscb") == ("local", "")


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"])
def test_a_network_mount_is_told_by_its_kind(kind: str) -> None:
    computer = linux(f"0:50 /srv/team {kind}")
    assert at(computer, "/srv/team/R.oscb") == ("network", "a network drive, /srv/team")
    assert at(computer, "/srv/teams/R.oscb") == ("local", "")


def test_the_deepest_mount_counts_and_of_two_there_the_later() -> None:
    inner = linux("0:50 /srv nfs", "8:2 /srv/own ext4")
    assert at(inner, "/srv/own/R.oscb")[0] == "local"
    assert at(inner, "/srv/R.oscb")[0] == "network"
    covered = linux("0:50 /srv autofs", "0:51 /srv cifs")
    assert at(covered, "/srv/R.oscb")[0] == "network"


def test_the_root_of_a_container_is_no_share() -> None:
    assert at(linux("0:9 / 9p"), "/home/secretary/R.oscb")[0] == "local"
    assert at(linux("0:9 / nfs"), "/home/secretary/R.oscb")[0] == "network"


def test_a_mount_point_with_blanks_is_read() -> None:
    computer = linux("0:50 /srv/our\\040team cifs")
    assert at(computer, "/srv/our team/R.oscb") == ("network", "a network drive, /srv/our team")


def test_what_a_cloud_program_mounts_is_synchronised() -> None:
    assert at(linux("0:50 /home/x fuse.rclone"), "/home/x/R.oscb") == ("synced", "rclone")


def test_a_stick_is_told_by_its_device_or_by_where_it_is_mounted() -> None:
    assert at(linux("8:17 /mnt/s vfat", removable="8:17"), "/mnt/s/R.oscb")[0] == "removable"
    assert at(linux("8:17 /mnt/s vfat"), "/mnt/s/R.oscb")[0] == "local"
    assert at(linux("8:17 /run/media/x/STICK exfat"), "/run/media/x/STICK/R")[0] == "removable"


def test_a_synchronised_folder_on_a_stick_is_synchronised() -> None:
    computer = linux("8:17 /media/s vfat", names={"/media/s": ".stfolder"})
    assert at(computer, "/media/s/R.oscb") == ("synced", "Syncthing")


@pytest.mark.parametrize("kind", [PlaceKind.NETWORK, PlaceKind.SYNCED, PlaceKind.REMOVABLE])
def test_each_place_is_explained_in_three_sentences(kind: PlaceKind) -> None:
    by_kind = {
        PlaceKind.NETWORK: r"\\server\a\R.oscb",
        PlaceKind.SYNCED: r"C:\Users\secretary\OneDrive\R.oscb",
        PlaceKind.REMOVABLE: r"E:\R.oscb",
    }
    place = place_on(windows(drives={"E:\\": 2}), PureWindowsPath(by_kind[kind]))
    assert place.kind is kind
    assert place.words().startswith("This folder is ")
    assert place.words().count(". ") == 2
    assert place.words().endswith("let its backups go to this folder.")
    assert place.where().split()[0] in ("on", "in")


def test_documents_that_onedrive_took_are_not_the_folder_for_files(paths: AppPaths) -> None:
    documents = Path("/home/secretary/OneDrive/Documents")
    assert local_folder(paths, documents, linux()) == paths.backups.parent
    own = Path("/home/secretary/Documents")
    assert local_folder(paths, own, linux()) == own
    assert local_folder(paths, own, linux("0:9 / nfs")) is None


# On this computer, with the mark of a synchronising program


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    folder = tmp_path / "kept in step"
    (folder / ".stfolder").mkdir(parents=True)
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def test_this_computer_is_looked_at(tmp_path: Path, synced: Path) -> None:
    assert place_of_file(tmp_path / "to be" / "made" / "R.oscb").is_local
    assert place_of_file(synced / "to be" / "R.oscb").name == "Syncthing"
    link = tmp_path / "link"
    link.symlink_to(synced)
    assert place_of_file(link / "R.oscb").name == "Syncthing"
    assert this_computer().attributes(tmp_path / "none") == 0


def test_a_risk_is_refused_until_it_is_insisted_on(synced: Path, paths: AppPaths) -> None:
    path = synced / "R.oscb"
    with pytest.raises(RiskyPlaceError, match="kept in step by Syncthing") as refused:
        refuse_risk(path, paths.settings)
    assert (refused.value.path, refused.value.place.where()) == (path, "in Syncthing")
    insist(path, paths.settings)
    insist(path, paths.settings)
    refuse_risk(path, paths.settings)
    assert settings.load(paths.settings).insisted == (str(path),)
    assert risk_of(synced / "Other.oscb", paths.settings) is not None


def moved(store: Store, synced: Path) -> Path:
    """Close a file with one theme and put it where it should not be in use."""
    make(store, "theme", name="Fathers")
    store.close()
    return store.path.rename(synced / "Reviews.oscb")


def test_a_file_is_kept_here_and_backed_up_there(
    store: Store, synced: Path, own: Path, paths: AppPaths
) -> None:
    path = moved(store, synced)
    settings.change(paths.settings, settings.opened(path, NOW.isoformat()))
    here = keep_here(path, PASSPHRASE, own, paths, "B. Tester", now)
    assert here.path == own / "Reviews.oscb"
    assert [row.title for row in here.read(records, "theme")] == ["Fathers"]
    place = place_of(paths)
    assert place.folder == synced
    (backup,) = backups_of(place, here.path, here.key)
    assert backup.path.name == "Reviews 2022-03-25 1000.oscb"
    assert not path.exists()
    assert not is_due(here, place, NOW, closing=True), "the file there is its first backup"
    assert settings.load(paths.settings).recent == ()
    assert not same_disk(here.path, synced)
    here.close()
    assert sorted(found.name for found in synced.iterdir()) == [".stfolder", backup.path.name]


def test_what_lies_beside_the_file_after_a_crash_comes_along(
    store: Store, synced: Path, own: Path, paths: AppPaths
) -> None:
    make(store, "theme", name="Last work")
    path = synced / "Reviews.oscb"
    for side in ("", "-wal"):
        source = store.path.with_name(store.path.name + side)
        path.with_name(path.name + side).write_bytes(source.read_bytes())
    store.close()
    here = keep_here(path, PASSPHRASE, own, paths, "B. Tester", now)
    assert [row.title for row in here.read(records, "theme")] == ["Last work"]
    here.close()


def test_a_file_of_that_name_here_stays(
    store: Store, synced: Path, own: Path, paths: AppPaths
) -> None:
    own.mkdir()
    (own / "Reviews.oscb").write_text("another")
    here = keep_here(moved(store, synced), PASSPHRASE, own, paths, "B. Tester", now)
    here.close()
    assert here.path.name == "Reviews 2.oscb"
    assert (own / "Reviews.oscb").read_text() == "another"


def test_a_wrong_passphrase_copies_nothing_and_is_counted(
    store: Store, synced: Path, own: Path, paths: AppPaths
) -> None:
    path = moved(store, synced)
    with pytest.raises(WrongPassphraseError):
        keep_here(path, "not the words", own, paths, "B. Tester", now)
    assert path.exists()
    assert not own.exists()
    assert len(settings.load(paths.settings).wrong) == 1
    assert settings.load(paths.settings).backup_folder == ""


def test_a_file_that_somebody_has_open_is_not_copied(
    store: Store, synced: Path, own: Path, paths: AppPaths
) -> None:
    path = moved(store, synced)
    lock = OpenFileLock(path)
    lock.acquire(NOW)
    with pytest.raises(UserError, match="already open"):
        keep_here(path, PASSPHRASE, own, paths, "B. Tester", now)
    lock.release()
    assert path.exists()
    assert not own.exists()


def test_a_new_file_is_made_here_and_backed_up_there(
    synced: Path, own: Path, paths: AppPaths
) -> None:
    wanted = synced / "2026" / "Reviews.oscb"
    here = make_here(wanted, PASSPHRASE, own, paths, "B. Tester", now)
    here.close()
    assert here.path == own / "Reviews.oscb"
    assert place_of(paths).folder == wanted.parent
    assert list(wanted.parent.iterdir()) == []


def test_a_new_file_whose_backups_have_no_place_is_not_made(
    synced: Path, own: Path, paths: AppPaths
) -> None:
    (synced / "2026").write_text("a file")
    with pytest.raises(UserError, match="no backups can go there"):
        make_here(synced / "2026" / "R.oscb", PASSPHRASE, own, paths, "B. Tester", now)
    assert not own.exists()
