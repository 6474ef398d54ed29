"""One file on disk: making it, opening it, and telling apart the ways in which it cannot be."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from oscb_desktop.database import schema
from oscb_desktop.database.backup import copy_file, salt_of
from oscb_desktop.database.engine import (
    APPLICATION_ID,
    for_writing,
    looking_engine,
    make_engine,
)
from oscb_desktop.database.key import FileKey
from oscb_desktop.database.problems import disk_sentence
from oscb_desktop.domain.recovery_text import is_recovery_text, looks_like_recovery_text
from oscb_desktop.errors import DamagedFileError, UserError, WrongPassphraseError

SUFFIX = ".oscb"
SHORTEST_PASSPHRASE = 8
_PAGE = 4096
_LOOKED_AT_FIRST = 20_000_000
"""Up to so many bytes every page is looked at before a file opens: a twentieth of a second."""
_PLAIN = b"SQLite format 3\x00"
_OTHERS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an Office document or a zip file",
    b"\xd0\xcf\x11\xe0": "an older Office document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff\xe0": "a picture",
    b"\xff\xd8\xff\xe1": "a picture",
}


def check_new_passphrase(passphrase: str) -> None:
    """Raise ``UserError`` for a passphrase that protects nothing or would be read otherwise."""
    if is_recovery_text(passphrase):
        raise UserError("This is a recovery key. Choose a passphrase of your own words.")
    if len(passphrase.strip()) < SHORTEST_PASSPHRASE:
        raise UserError(
            f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters. "
            "Three or four words that do not belong together are easy to keep in mind."
        )


def create_file(path: Path, passphrase: str) -> tuple[Engine, FileKey]:
    """Make a new encrypted file with all tables; an existing file is never replaced.

    Raises ``UserError`` when the path is taken or cannot be written to; nothing is left behind.
    """
    check_new_passphrase(passphrase)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as problem:
        if isinstance(problem, FileExistsError) and path.exists():
            raise UserError(
                f"{path.name} exists already. Choose another name or open it."
            ) from None
        raise UserError(
            f"{path.name} cannot be made in {path.parent}: {problem.strerror}. "
            "Choose a folder that you may write to."
        ) from problem
    key = FileKey.new(passphrase)
    engine = make_engine(path, key)
    try:
        schema.upgrade(for_writing(engine))
    except BaseException as problem:
        close_file(engine)
        remove_file(path)
        _raise_told(problem, "Nothing was left behind.")
    return engine, key


def open_file(path: Path, passphrase: str, backups: Path, now: datetime) -> tuple[Engine, FileKey]:
    """Open an encrypted file, bringing older tables up to date after a backup.

    Raises ``UserError`` with a sentence of its own for a missing, plain, foreign, newer or damaged
    file and for a wrong passphrase; in each case the file is left as it was.
    """
    refuse_at_sight(path, cut_off=True)
    if not os.access(path, os.W_OK):  # it would open, and refuse what was typed at the first save
        raise UserError(
            f"{path.name} is read-only, so nothing could be saved in it. It was left as it is. "
            "Copy it to a folder of your own and open the copy."
        )
    key, version = recognised(path, passphrase, backups)
    return _opened(path, key, version, backups, now), key


def recognised(path: Path, passphrase: str, backups: Path) -> tuple[FileKey, str]:
    """Return the key of a file and the version of its tables, by a look that changes nothing.

    Raises ``UserError`` as ``open_file`` does.
    """
    refuse_at_sight(path, cut_off=True)
    key = FileKey.of_file(path, passphrase)
    _refuse_cut_off(path, key)
    try:
        version = _version(path, key)
    except DatabaseError as problem:
        raise _locked_or_damaged(path, passphrase, backups, problem) from problem
    _refuse_spoilt(path, key)
    return key, version


def open_with_key(path: Path, key: FileKey, backups: Path, now: datetime) -> Engine:
    """Open a file whose key is known, such as a copy of one that is open, as ``open_file`` does."""
    refuse_at_sight(path)
    try:
        version = _version(path, key)
    except DatabaseError as problem:
        raise UserError(_damaged_or_other(path, problem)) from problem
    return _opened(path, key, version, backups, now)


def key_of(path: Path, passphrase: str) -> FileKey:
    """Return the key of a file at rest, such as a backup.

    Raises ``WrongPassphraseError``, or ``UserError`` for any other reason that it does not open.
    """
    refuse_at_sight(path)
    key = FileKey.of_file(path, passphrase)
    try:
        with looking_engine(path, key, at_rest=True).connect() as connection:
            schema.version_of(connection)
    except DatabaseError as problem:
        raise _not_opened(path, problem) from problem
    return key


def make_file(path: Path, key: FileKey, version: str) -> Engine:
    """Make a new file of a known version under a key that there is already."""
    path.touch(mode=0o600)
    engine = make_engine(path, key)
    schema.upgrade(for_writing(engine), version)
    return engine


def _refuse_cut_off(path: Path, key: FileKey) -> None:
    """Raise ``DamagedFileError`` for a file of ours that ends within a page, else ``UserError``."""
    size = path.stat().st_size
    if size % _PAGE == 0:
        return
    try:
        with looking_engine(path, key, at_rest=True).connect() as connection:
            mark = connection.execute(text("PRAGMA application_id")).scalar()
            is_ours = mark == APPLICATION_ID
    except DatabaseError as problem:  # its first page opens and tells of more pages than there are
        is_ours = "malformed" in str(problem.orig)
    if is_ours:
        raise DamagedFileError(f"{path.name} is damaged: a part of it is missing.", key)
    raise UserError(_length(path, size))


def _refuse_spoilt(path: Path, key: FileKey) -> None:
    """Raise ``DamagedFileError`` when any page is not as it was written: 2.5 ms a megabyte.

    A log that lay beside the file was folded in before, so that a page torn by the end of the power
    is whole again by now; where another program has the file open, nothing can be said. A larger
    file is looked at by the check that runs behind the window.
    """
    if path.stat().st_size > _LOOKED_AT_FIRST:
        return
    if any(path.with_name(name).exists() for name in _side_files(path)):
        return
    with looking_engine(path, key, at_rest=True).connect() as connection:
        if connection.execute(text("PRAGMA cipher_integrity_check")).first() is not None:
            raise DamagedFileError(
                f"{path.name} is damaged: a part of it was changed from outside, as by a failing "
                "disk or the end of the power. It was left as it is.",
                key,
            )


def _not_opened(path: Path, problem: DatabaseError) -> UserError:
    """Return what to raise for a file at rest that its key does not open."""
    told = WrongPassphraseError if "not a database" in str(problem.orig) else UserError
    return told(_damaged_or_other(path, problem))


def _opened(path: Path, key: FileKey, version: str, backups: Path, now: datetime) -> Engine:
    engine = make_engine(path, key)
    try:
        if version != schema.HEAD:
            name = f"{path.stem} before upgrade {now:%Y-%m-%d %H%M%S}{SUFFIX}"
            copy_file(path, key, backups / name)
            schema.upgrade(for_writing(engine))
        else:
            engine.connect().close()  # a folder that cannot be written to tells itself now
    except BaseException as problem:
        close_file(engine)
        _raise_told(problem, "The file was left as it was.")
    with suppress(OSError):
        # A kill can leave a journal in which nothing is said yet: whatever it could say was taken
        # back at this opening, a file with a write-ahead log keeps none, and it would stay for ever
        # and look like a file in use.
        path.with_name(path.name + "-journal").unlink(missing_ok=True)
    return engine


def close_file(engine: Engine) -> None:
    """Close every connection; SQLite then folds its side files back into the one file."""
    engine.dispose()


def remove_file(path: Path) -> None:
    """Remove a file that was just made and failed, with its side files."""
    for name in (path.name, *_side_files(path)):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)


def refuse_at_sight(path: Path, *, cut_off: bool = False) -> None:
    """Raise ``UserError`` for whatever the file's size and first bytes give away.

    ``cut_off`` lets a file pass that ends within a page, as one of ours does that lost its end.
    """
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder, not a file.")
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(16)
    except FileNotFoundError:
        raise UserError(f"There is no file {path}. It may have been moved or renamed.") from None
    except OSError as problem:
        raise UserError(f"{path.name} cannot be read: {problem.strerror}.") from problem
    if start.startswith(_PLAIN):
        raise UserError(
            f"{path.name} is a database that is not encrypted, so it is not one of ours. "
            "It was left as it is."
        )
    for magic, what in _OTHERS.items():
        if start.startswith(magic):
            raise UserError(f"{path.name} is {what}, not a file of OSCB Desktop.")
    if size < _PAGE or (size % _PAGE and not cut_off):
        raise UserError(_length(path, size))


def _length(path: Path, size: int) -> str:
    return (
        f"{path.name} is damaged or not a file of OSCB Desktop: its length of {size:,} bytes "
        "cannot be right. It was left as it is. Open the newest backup instead."
    )


def _version(path: Path, key: FileKey) -> str:
    """Return the version of the file's tables; only a look, which leaves no trace.

    Raises ``DatabaseError`` when the key does not open the file, for whatever reason.
    """
    beside = {name for name in _side_files(path) if path.with_name(name).exists()}
    try:
        with looking_engine(path, key).connect() as connection:
            mark = connection.execute(text("PRAGMA application_id")).scalar()
            version = schema.version_of(connection)
    except DatabaseError:
        for name in set(_side_files(path)) - beside:
            path.with_name(name).unlink(missing_ok=True)
        raise
    if mark != APPLICATION_ID or version is None:
        raise UserError(
            f"The passphrase opens {path.name}, but it is not a file of OSCB Desktop. "
            "It was left as it is."
        )
    if version not in schema.KNOWN:
        raise UserError(
            f"{path.name} was saved by a newer OSCB Desktop. It was left as it is. "
            "Install the newer version and open it there."
        )
    return version


def _locked_or_damaged(
    path: Path, passphrase: str, backups: Path, problem: DatabaseError
) -> UserError:
    told = str(problem.orig)
    if "malformed" in told:
        return DamagedFileError(
            f"{path.name} is damaged ({told}). It was left as it is. "
            "Open the newest backup instead.",
            FileKey.of_file(path, passphrase),
        )
    if "not a database" not in told:
        reason = disk_sentence(problem, "The file was left as it is.") or f"({told})"
        return UserError(f"{path.name} cannot be opened. {reason}")
    if _opens_a_backup(path, passphrase, backups):
        return DamagedFileError(
            f"The passphrase is right, for it opens the newest backup, but {path.name} is damaged. "
            "It was left as it is. Open the newest backup instead.",
            FileKey.of_file(path, passphrase),
        )
    return WrongPassphraseError(_wrong(path.name, passphrase))


def _wrong(name: str, typed: str) -> str:
    """Return the sentence for what opens nothing: a passphrase, or what was read as a key."""
    if is_recovery_text(typed):
        return (
            f"That recovery key does not open {name}. It is of another file, or the passphrase was "
            "changed after the sheet was made. If it is the right sheet, the file's beginning may "
            "be damaged; the file was left as it was."
        )
    mistyped = (
        " If it is a recovery key, there is a mistake in it: compare each group with the sheet."
        if looks_like_recovery_text(typed)
        else ""
    )
    return (
        f"That passphrase does not open {name}.{mistyped} If you are sure of it, the file's "
        "beginning may be damaged; the file was left as it was."
    )


def _damaged_or_other(path: Path, problem: DatabaseError) -> str:
    told = str(problem.orig)
    if "not a database" in told:
        return (
            f"{path.name} does not open with this passphrase: it was made under another one, or "
            "its beginning is damaged. It was left as it is."
        )
    reason = disk_sentence(problem, "It was left as it is.") or f"({told})"
    return f"{path.name} cannot be opened. {reason}"


def _opens_a_backup(path: Path, passphrase: str, backups: Path) -> bool:
    """Whether the passphrase opens the newest backup made of this very file."""
    salt = salt_of(path)
    copies = (copy for copy in backups.glob(f"*{SUFFIX}") if copy.is_file())
    of_this_file = [copy for copy in copies if salt_of(copy) == salt]
    if not of_this_file:
        return False
    newest = max(of_this_file, key=lambda copy: copy.stat().st_mtime)
    try:
        key = FileKey.of_file(newest, passphrase)
        with looking_engine(newest, key, at_rest=True).connect() as connection:
            return schema.version_of(connection) is not None
    except DatabaseError:
        return False


def _side_files(path: Path) -> tuple[str, ...]:
    return tuple(path.name + suffix for suffix in ("-wal", "-shm", "-journal"))


def _raise_told(problem: BaseException, what_became: str) -> NoReturn:
    """Raise the sentence for a failure of the disk, and anything else as it is."""
    sentence = disk_sentence(problem, what_became) if isinstance(problem, DatabaseError) else None
    if sentence:
        raise UserError(sentence) from problem
    raise problem
