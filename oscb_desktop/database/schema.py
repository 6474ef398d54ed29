"""The version of a file's tables: made by migrations, and compared without loading Alembic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text

HEAD = "0004"
"""The newest migration; a test holds it against the scripts."""

KNOWN = ("0001", "0002", "0003", "0004")
"""Every version that this program can read or bring up to date."""

_SCRIPTS = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """Return the version of the file's tables, or None when it has none of ours."""
    found = connection.execute(
        text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    ).scalar()
    if not found:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(engine: Engine, to: str = "") -> None:
    """Bring the tables to ``HEAD``, all steps in one transaction, foreign keys checked after.

    ``to`` is an older version for a new file that is to hold what was saved under that one.
    Any failure leaves the file as it was. The caller has made a copy first.
    """
    from alembic import command  # a third of a second, needed once a year
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with _foreign_keys_off(engine) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, to or HEAD)
        broken = connection.execute(text("PRAGMA foreign_key_check")).all()
        if broken:
            raise RuntimeError(f"the upgrade left {len(broken)} broken references")


@contextmanager
def _foreign_keys_off(engine: Engine) -> Iterator[Connection]:
    # A table rebuilt with foreign keys on would empty its children; the pragma is only heard
    # outside a transaction, and the connection goes back to the pool as it came.
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
        finally:
            raw.execute("PRAGMA foreign_keys = ON")
