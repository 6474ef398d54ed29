from __future__ import annotations

import unicodedata
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from oscb_desktop.database.key import SALT_BYTES, FileKey
from tests.conftest import PASSPHRASE

SALT = bytes(range(SALT_BYTES))


def test_the_passphrase_alone_opens_the_file_in_any_sqlcipher_tool(
    new_file: tuple[Path, FileKey],
) -> None:
    path, _ = new_file
    connection = sqlcipher.connect(str(path))
    connection.execute(f"PRAGMA key = '{PASSPHRASE}'")
    assert connection.execute("SELECT count(*) FROM organisation").fetchone() == (1,)
    connection.close()


def test_the_key_of_a_file_is_derived_from_the_salt_at_its_beginning(
    new_file: tuple[Path, FileKey],
) -> None:
    path, key = new_file
    assert path.read_bytes()[:SALT_BYTES] == key.salt
    assert FileKey.of_file(path, PASSPHRASE) == key


def test_each_new_file_has_a_salt_and_so_a_key_of_its_own() -> None:
    first, second = FileKey.new(PASSPHRASE), FileKey.new(PASSPHRASE)
    assert first.salt != second.salt
    assert first.key != second.key


def test_an_accent_opens_the_file_however_the_keyboard_composed_it() -> None:
    composed = unicodedata.normalize("NFC", "drei grüne Bäume")
    apart = unicodedata.normalize("NFD", composed)
    assert composed != apart
    assert FileKey.derive(composed, SALT) == FileKey.derive(apart, SALT)


def test_a_passphrase_that_is_no_proper_text_still_derives_a_key() -> None:
    assert FileKey.derive("broken \udce9 byte", SALT).key


def test_a_key_is_never_shown() -> None:
    key = FileKey.derive(PASSPHRASE, SALT)
    assert repr(key) == "FileKey()"
    assert key.key.hex() not in str(key)


def test_a_recovery_key_is_the_derived_key_itself(new_file: tuple[Path, FileKey]) -> None:
    path, key = new_file
    printed = " ".join(key.recovery_groups())
    assert FileKey.from_recovery(printed, key.salt) == key
    assert FileKey.of_file(path, printed.lower()) == key


def test_a_mistyped_recovery_key_is_taken_for_a_passphrase(new_file: tuple[Path, FileKey]) -> None:
    path, key = new_file
    first, *rest = key.recovery_groups()
    mistyped = " ".join([first.translate({ord(first[0]): "Z" if first[0] != "Z" else "Y"}), *rest])
    assert FileKey.of_file(path, mistyped) == FileKey.derive(mistyped, key.salt)


def test_a_key_that_was_wiped_opens_nothing_and_its_copy_does() -> None:
    key = FileKey(bytes(range(32)), SALT)
    copy = key.copy()
    assert copy == key
    key.wipe()
    assert bytes(key.key) == bytes(32)
    assert bytes(copy.key) == bytes(range(32))
