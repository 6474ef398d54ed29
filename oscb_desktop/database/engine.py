"""The engine over one encrypted file: its key, its pragmas and its real transactions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event

from oscb_desktop.database.key import FileKey

APPLICATION_ID = 0x4F534342
"""The mark that tells our files from other encrypted SQLite files: OSCB."""

_WRITES = "oscb_writes"


def connect(path: Path, key: FileKey, *, read_only: bool = False) -> Any:
    """Open one connection to the encrypted file; the key is tried at the first statement.

    ``read_only`` is for a file that nobody writes to: it is taken as it lies, and nothing is put
    beside it.
    """
    mode = "ro&immutable=1" if read_only else "rw"
    connection = sqlcipher.connect(
        f"{_uri(path)}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(key.pragma())
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


def _uri(path: Path) -> str:
    """Return the address that SQLite takes, also of a share on Windows, unlike ``as_uri``."""
    absolute = path.resolve().as_posix()
    drive = "" if absolute.startswith("/") else "/"
    return f"file://{drive}{quote(os.fsencode(absolute))}"


def make_engine(path: Path, key: FileKey) -> Engine:
    """Return an engine whose every connection has the key, foreign keys, WAL and full syncing."""

    def creator() -> Any:
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except sqlcipher.Error:
            connection.close()  # it may hold a lock, for as long as the failure is remembered
            raise
        return connection

    engine = create_engine(
        "sqlite://", creator=creator, module=sqlcipher, poolclass=QueuePool, pool_size=3
    )
    event.listen(engine, "begin", _begin)
    return engine


def looking_engine(path: Path, key: FileKey, *, at_rest: bool = False) -> Engine:
    """Return an engine that only looks: it leaves the journal mode of a foreign file alone.

    ``at_rest`` says that nobody writes to the file.
    """
    return create_engine(
        "sqlite://",
        creator=lambda: connect(path, key, read_only=at_rest),
        module=sqlcipher,
        poolclass=NullPool,
    )


def for_writing(engine: Engine) -> Engine:
    """Return the engine as a writer uses it: its transactions take the write lock at once."""
    return engine.execution_options(**{_WRITES: True})


def _begin(connection: Connection) -> None:
    # The driver's own transactions would leave DDL outside and start too late; a writer that
    # starts with a read could find the file changed under it at its first write.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
