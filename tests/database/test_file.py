from __future__ import annotations

import io
import os
import random
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.engine import APPLICATION_ID, connect
from oscb_desktop.database.file import (
    SHORTEST_PASSPHRASE,
    close_file,
    create_file,
    key_of,
    open_file,
    refuse_at_sight,
)
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError, WrongPassphraseError
from tests.conftest import NOW, PASSPHRASE

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own, so that a trace left in it shows."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


def refused(path: Path, backups: Path, passphrase: str = PASSPHRASE) -> str:
    """Return the sentence with which a file is refused; it and its folder must stay as they are."""
    before = {found.name: contents(found) for found in path.parent.iterdir()}
    with pytest.raises(UserError) as refusal:
        close_file(open_file(path, passphrase, backups, NOW)[0])
    assert {found.name: contents(found) for found in path.parent.iterdir()} == before
    return refusal.value.sentence


def contents(path: Path) -> bytes:
    return b"" if path.is_dir() else path.read_bytes()


def plain_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE person (name)")
        return connection.serialize()


def workbook() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 1000)
    return file.getvalue()


def noise(length: int) -> bytes:
    return random.Random(1).randbytes(length)


NOT_OURS = {
    "plain SQLite": (plain_database(), "a database that is not encrypted"),
    "a PDF": (b"%PDF-1.7\n" + noise(PAGE), "is a PDF, not a file of OSCB Desktop"),
    "a workbook": (workbook(), "is an Office document or a zip file"),
    "an older document": (b"\xd0\xcf\x11\xe0" + noise(PAGE), "is an older Office document"),
    "a PNG": (b"\x89PNG\r\n" + noise(PAGE), "is a picture"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + noise(PAGE), "is a picture"),
    "a text": (b"Dear all, please find attached. " * 50, "length of 1,600 bytes cannot be right"),
    "nothing": (b"", "length of 0 bytes cannot be right"),
    "one byte": (b"x", "length of 1 bytes cannot be right"),
    "random bytes": (noise(3 * PAGE), "That passphrase does not open"),
    "a page of nothing": (bytes(PAGE), "That passphrase does not open"),
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_each_thing_that_is_not_ours_is_refused_in_a_sentence_and_left(
    folder: Path, name: str
) -> None:
    data, sentence = NOT_OURS[name]
    path = folder / "thing.oscb"
    path.write_bytes(data)
    told = refused(path, folder)
    assert sentence in told
    assert "thing.oscb" in told


def test_a_missing_file_and_a_folder_are_told_apart(folder: Path) -> None:
    (folder / "inner").mkdir()
    assert "There is no file" in refused(folder / "missing.oscb", folder)
    assert "is a folder, not a file" in refused(folder / "inner", folder)


@pytest.fixture
def ours(new_file: tuple[Path, FileKey], folder: Path) -> Path:
    return Path(shutil.copy(new_file[0], folder / "ours.oscb"))


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def spoil(path: Path, page: int) -> None:
    raw = bytearray(path.read_bytes())
    raw[page * PAGE + 100 : page * PAGE + 108] = noise(8)
    path.write_bytes(raw)


def test_a_wrong_passphrase_may_be_that_or_a_damaged_file(ours: Path, backups: Path) -> None:
    told = refused(ours, backups, "another three words")
    assert told.startswith("That passphrase does not open ours.oscb.")
    assert "may be damaged" in told


def test_a_passphrase_in_other_capitals_or_with_a_space_is_wrong(ours: Path, backups: Path) -> None:
    for typed in (PASSPHRASE.title(), PASSPHRASE + " ", "", "\x00", "x" * 100_000):
        assert "does not open" in refused(ours, backups, typed)


def test_a_damaged_first_page_with_a_backup_is_surely_damage(
    ours: Path, backups: Path, new_file: tuple[Path, FileKey]
) -> None:
    copy_file(ours, new_file[1], backups / "ours 1.oscb")
    (backups / "of another.oscb").write_bytes(noise(PAGE))
    (backups / "folder.oscb").mkdir()
    spoil(ours, 0)
    before = (backups / "ours 1.oscb").read_bytes()
    told = refused(ours, backups)
    assert told.startswith("The passphrase is right, for it opens the newest backup")
    assert (backups / "ours 1.oscb").read_bytes() == before
    assert len(list(backups.iterdir())) == 3


def test_a_wrong_passphrase_with_a_backup_is_still_one_of_two(
    ours: Path, backups: Path, new_file: tuple[Path, FileKey]
) -> None:
    copy_file(ours, new_file[1], backups / "ours 1.oscb")
    assert refused(ours, backups, "another three words").startswith("That passphrase does not")


def test_a_damaged_first_page_without_a_backup_is_one_of_two(ours: Path, backups: Path) -> None:
    spoil(ours, 0)
    assert refused(ours, backups).startswith("That passphrase does not open")


def test_a_damaged_table_of_contents_is_damage(ours: Path, backups: Path) -> None:
    spoil(ours, 1)
    assert refused(ours, backups).startswith("ours.oscb is damaged (")


@pytest.mark.parametrize("left", [1, 2, 3, 50])
def test_a_file_cut_off_at_a_page_is_damage(ours: Path, backups: Path, left: int) -> None:
    os.truncate(ours, left * PAGE)
    assert "ours.oscb is damaged" in refused(ours, backups)


@pytest.mark.parametrize("length", [17, PAGE - 1])
def test_a_file_shorter_than_a_page_is_told_by_its_length(
    ours: Path, backups: Path, length: int
) -> None:
    os.truncate(ours, length)
    assert f"length of {length:,} bytes cannot be right" in refused(ours, backups)


@pytest.mark.parametrize("length", [PAGE + 1, 10 * PAGE + 512])
def test_a_file_of_ours_that_lost_its_end_is_told_from_what_is_not_ours(
    ours: Path, backups: Path, length: int
) -> None:
    os.truncate(ours, length)
    assert refused(ours, backups) == "ours.oscb is damaged: a part of it is missing."
    ours.write_bytes(noise(length))
    assert f"length of {length:,} bytes cannot be right" in refused(ours, backups)


def test_a_wrong_passphrase_on_a_backup_is_one_to_be_counted(ours: Path) -> None:
    with pytest.raises(WrongPassphraseError, match="does not open with this passphrase"):
        key_of(ours, "not the words at all")


@pytest.fixture
def foreign(new_file: tuple[Path, FileKey], folder: Path) -> Path:
    """An encrypted database of another program, with the same passphrase."""
    path = folder / "foreign.oscb"
    path.touch()
    with closing(connect(path, new_file[1])) as connection:
        connection.execute("CREATE TABLE person (name)")
        connection.execute("INSERT INTO person VALUES ('P. Sample')")
    return path


def test_an_encrypted_database_of_others_is_not_ours(foreign: Path, backups: Path) -> None:
    assert "The passphrase opens foreign.oscb, but it is not" in refused(foreign, backups)


def test_nor_is_one_that_uses_the_same_library_or_the_same_mark(
    foreign: Path, backups: Path, new_file: tuple[Path, FileKey]
) -> None:
    with closing(connect(foreign, new_file[1])) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    assert "it is not a file of OSCB Desktop" in refused(foreign, backups)
    with closing(connect(foreign, new_file[1])) as connection:
        connection.execute("DROP TABLE alembic_version")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    assert "it is not a file of OSCB Desktop" in refused(foreign, backups)


@pytest.mark.parametrize(
    "name", ["a b.oscb", "50% #1?.oscb", "Überblick – 子供 😀.oscb", "it's; x.oscb", "n" * 200]
)
def test_a_file_of_any_name_is_made_and_opened(folder: Path, backups: Path, name: str) -> None:
    path = folder / name
    close_file(create_file(path, PASSPHRASE)[0])
    engine, _ = open_file(path, PASSPHRASE, backups, NOW)
    close_file(engine)
    assert [found.name for found in folder.iterdir()] == [name]


@pytest.mark.parametrize("name", ["n" * 252, "n" * 300])
def test_a_name_too_long_for_the_disk_is_told(folder: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"too long|cannot be reached"):
        create_file(folder / name, PASSPHRASE)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="such a path cannot be made on this system")
def test_a_path_too_long_for_sqlite_is_told(folder: Path, backups: Path, ours: Path) -> None:
    deep = folder
    for _ in range(6):
        deep = deep / ("d" * 150)
    deep.mkdir(parents=True)
    there = Path(shutil.copy(ours, deep / "ours.oscb"))
    assert "Check that the drive is connected and that the path is not too long" in refused(
        there, backups
    )
    with pytest.raises(UserError, match=r"too long"):
        create_file(deep / ("x" * 250), PASSPHRASE)


def test_a_new_file_is_made_with_its_folders_and_only_for_its_owner(folder: Path) -> None:
    path = folder / "deep" / "er" / "new.oscb"
    engine, key = create_file(path, PASSPHRASE)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM review")).scalar() == 0
    close_file(engine)
    assert path.read_bytes()[:16] == key.salt
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_a_path_that_is_taken_is_never_replaced(ours: Path, folder: Path) -> None:
    before = ours.read_bytes()
    for path in (ours, folder):
        with pytest.raises(UserError, match="exists already"):
            create_file(path, PASSPHRASE)
    assert ours.read_bytes() == before


def test_a_folder_that_is_a_file_is_told(ours: Path) -> None:
    with pytest.raises(UserError, match="cannot be made in"):
        create_file(ours / "new.oscb", PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", "short", " " * 20, "1234567", " 1234567 "])
def test_a_short_passphrase_is_refused_before_anything_is_made(
    folder: Path, passphrase: str
) -> None:
    with pytest.raises(UserError, match=f"at least {SHORTEST_PASSPHRASE} characters"):
        create_file(folder / "new.oscb", passphrase)
    assert list(folder.iterdir()) == []


def test_what_is_refused_at_sight_needs_no_passphrase(folder: Path) -> None:
    path = folder / "plain.db"
    path.write_bytes(plain_database())
    with pytest.raises(UserError, match="not encrypted"):
        refuse_at_sight(path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write any file"
)
def test_a_file_that_may_not_be_read_is_told(ours: Path, backups: Path) -> None:
    ours.chmod(0)
    with pytest.raises(UserError, match="cannot be read"):
        open_file(ours, PASSPHRASE, backups, NOW)
    ours.chmod(0o400)
    with pytest.raises(UserError, match="read-only"):
        open_file(ours, PASSPHRASE, backups, NOW)


def test_an_empty_journal_that_a_kill_left_is_tidied_away(ours: Path, backups: Path) -> None:
    journal = ours.with_name(ours.name + "-journal")
    journal.write_bytes(bytes(12) + random.Random(1).randbytes(4604))  # never got its beginning
    engine, _ = open_file(ours, PASSPHRASE, backups, NOW)
    close_file(engine)
    assert not journal.exists()
