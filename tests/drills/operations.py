"""Everything the program writes, each as one act that a disk may refuse."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from oscb_desktop import settings
from oscb_desktop.database import schema
from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.records import records
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.services.files import check_store, create_store, open_store
from oscb_desktop.services.keys import change_passphrase
from oscb_desktop.services.printing import save_pdf
from oscb_desktop.services.proof import prove
from oscb_desktop.services.records import AddRecord
from oscb_desktop.services.restore import look_inside, put_in_place, restore
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import import_workbook, write_blank_workbook
from tests.conftest import NOW, PASSPHRASE, now
from tests.database.test_migrations import next_version
from tests.drills import stage
from tests.exchange.workbooks import workbook

NEW_PASSPHRASE = "quite other words"
RELEASED = Path(__file__).parents[1] / "database/released/v0001.oscb"
_LIVE = ("-wal", "-shm", ".lock", ".open")


class Operation:
    """One act on a folder that holds a file, a backup of it, and the person's own folders."""

    word = PASSPHRASE

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "work.oscb"
        self.paths = AppPaths.under(folder / "data")
        (self.backup,) = self.paths.backups.glob("*.oscb")
        self.store: Store | None = None
        self.begin()

    def begin(self) -> None:
        """Open the file, as most acts are done on an open one."""
        self.store = self.opened()

    def opened(self) -> Store:
        """Open the file as the program does."""
        return open_store(self.path, self.word, self.paths.backups, stage.BY, now)

    def act(self) -> None:
        """Do it; raises ``UserError`` when it is refused."""
        raise NotImplementedError

    def is_done(self) -> bool:
        """Whether the act has done what it is for."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        """Return all that must be as it was when the act is refused."""
        lying = {
            str(path.relative_to(self.folder)): None if self._is_ours(path) else path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and not path.name.endswith(_LIVE) and " before " not in path.name
        }
        rows = contents(self.path, self.key()) if self.path.exists() else {}
        return {"files": lying, "rows": rows}

    def key(self) -> FileKey:
        """Return the key of the file as it is now."""
        return FileKey.of_file(self.path, self.word)

    def end(self) -> str:
        """Close the file and return what the check of it finds."""
        found = tuple(
            f"{copy.name} is half a copy"
            for copy in self.paths.backups.glob("* before *.oscb")
            if not contents(copy, self.key())["change"]
        )
        if self.store is not None:
            found += check_store(self.store)
            self.store.close()
        return " ".join(found) or stage.check(self.path, self.word, self.paths.settings.parent)

    def _is_ours(self, path: Path) -> bool:
        """Whether the rows of a file are compared rather than its bytes."""
        return path == self.path

    @property
    def open_store(self) -> Store:
        """Return the open file."""
        assert self.store is not None
        return self.store


def contents(path: Path, key: FileKey) -> dict[str, Any]:
    """Return every row of every table."""
    with closing(connect(path, key)) as file:
        names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}


def themes(session: Session) -> set[str]:
    """Return the names of the themes."""
    return {row.title for row in records(session, "theme")}


class Save(Operation):
    """A record of many pages is saved."""

    def act(self) -> None:
        self.open_store.write(AddRecord("theme", {"name": "Saved", "description": stage.LONG}))

    def is_done(self) -> bool:
        return "Saved" in self.open_store.read(themes)


class Draft(Operation):
    """Typing is kept."""

    def act(self) -> None:
        text = {"summary": stage.LONG}
        self.open_store.write(KeepDraft("incident", None, None, {}, ("summary",), text))

    def is_done(self) -> bool:
        return bool(contents(self.path, self.key())["draft"])


class Import(Operation):
    """A workbook is brought in, after a safety copy."""

    def act(self) -> None:
        path = self.folder / "year.xlsx"
        import_workbook(self.open_store, path, rehearse=False, backups=self.paths.backups)

    def is_done(self) -> bool:
        return "Row 29" in self.open_store.read(themes)


class Backup(Operation):
    """A backup is made and remembered."""

    def act(self) -> None:
        back_up(self.open_store, place_of(self.paths), NOW + timedelta(hours=1))

    def is_done(self) -> bool:
        return len(list(self.paths.backups.glob("*.oscb"))) == 2


class Prove(Operation):
    """The newest backup is opened in a scratch place."""

    proven = False

    def act(self) -> None:
        proof = prove(self.open_store, place_of(self.paths), NOW)
        self.proven = proof.is_proven
        if not self.proven:
            raise UserError(proof.words())

    def is_done(self) -> bool:
        return self.proven

    def state(self) -> dict[str, Any]:
        whole = super().state()
        del whole["files"]["data/settings.json"]  # it remembers what the proof found
        return whole


class Look(Operation):
    """A backup is looked into."""

    seen = False

    def act(self) -> None:
        inside = look_inside(
            self.backup, self.open_store.key, self.paths.scratch, self.open_store, NOW
        )
        assert inside.faults == ()
        self.seen = True

    def is_done(self) -> bool:
        return self.seen


class Restore(Operation):
    """A backup is written to a new file."""

    def act(self) -> None:
        restore(self.backup, self.open_store.key, self.folder / "restored.oscb")

    def is_done(self) -> bool:
        restored = self.folder / "restored.oscb"
        return restored.exists() and not stage.check(restored, PASSPHRASE, self.folder / "data")


class PutInPlace(Operation):
    """A backup takes the place of its file, which is kept."""

    def begin(self) -> None:
        with stage.opened(self.opened()) as store:
            store.write(AddRecord("theme", {"name": "Later than the backup"}))
            self.known = store.key

    def act(self) -> None:
        self.store, _ = put_in_place(self.path, self.known, self.backup, stage.BY, now)

    def is_done(self) -> bool:
        return self.store is not None and "Later than the backup" not in self.store.read(themes)


class ChangePassphrase(Operation):
    """The file is put under another passphrase."""

    def act(self) -> None:
        change_passphrase(self.open_store, PASSPHRASE, NEW_PASSPHRASE)
        self.word = NEW_PASSPHRASE

    def is_done(self) -> bool:
        return self.word == NEW_PASSPHRASE


class Upgrade(Operation):
    """A file of the first released version is opened by a newer program."""

    newer: tuple[Path, str, tuple[str, ...]]

    def begin(self) -> None:
        shutil.copy(RELEASED, self.path)
        schema._SCRIPTS, schema.HEAD, schema.KNOWN = self.newer  # type: ignore[assignment]
        self.before = self._columns()

    def act(self) -> None:
        self.store = self.opened()

    def is_done(self) -> bool:
        return len(self._columns() - self.before) >= 2

    def _columns(self) -> set[str]:
        with closing(connect(self.path, self.key())) as file:
            return {row[1] for row in file.execute("PRAGMA table_info(theme)")}


class Open(Operation):
    """A file is opened."""

    def begin(self) -> None:
        """Leave it closed."""

    def act(self) -> None:
        self.store = self.opened()

    def is_done(self) -> bool:
        return self.store is not None


class Create(Operation):
    """A new file is made."""

    def begin(self) -> None:
        self.path.unlink()

    def act(self) -> None:
        self.store = create_store(self.path, PASSPHRASE, stage.BY, now)

    def is_done(self) -> bool:
        return self.store is not None


class Paper(Operation):
    """A paper takes the place of its older print."""

    DATA = stage.LONG.encode() * 4

    def act(self) -> None:
        save_pdf(self.DATA, self.folder / "paper.pdf")

    def is_done(self) -> bool:
        return (self.folder / "paper.pdf").read_bytes() == self.DATA


class Template(Operation):
    """The workbook to fill in is written."""

    def act(self) -> None:
        write_blank_workbook(self.folder / "blank.xlsx")

    def is_done(self) -> bool:
        return (self.folder / "blank.xlsx").exists()


class Settings(Operation):
    """What is remembered of the window; a folder that refuses it stops nobody."""

    def act(self) -> None:
        settings.change(self.paths.settings, settings.framed(stage.LONG))
        if not self.is_done():
            raise UserError("It was not kept, which nobody is told.")

    def is_done(self) -> bool:
        return settings.load(self.paths.settings).window == stage.LONG


OPERATIONS: tuple[type[Operation], ...] = (
    Save,
    Draft,
    Import,
    Backup,
    Prove,
    Look,
    Restore,
    PutInPlace,
    ChangePassphrase,
    Upgrade,
    Open,
    Create,
    Paper,
    Template,
    Settings,
)


def prepare(folder: Path) -> Path:
    """Make the folder that each act begins with, and return it."""
    start = folder / "start"
    start.mkdir()
    path = stage.small_file(start / "work.oscb")
    paths = AppPaths.under(start / "data")
    with stage.opened(open_store(path, PASSPHRASE, paths.backups, stage.BY, now)) as store:
        back_up(store, place_of(paths), NOW)
    rows = [["Name", "What belongs to it"], *([f"Row {n}", stage.LONG[:2000]] for n in range(30))]
    workbook(start / "year.xlsx", {"Themes": rows})
    (start / "paper.pdf").write_bytes(b"an older print")
    return start


def prepare_upgrade(folder: Path) -> None:
    """Write two more migrations, which add columns and build a large table anew."""
    rebuild = (
        "op.execute('CREATE TABLE items_new AS SELECT * FROM change_item');"
        "op.execute('UPDATE progress_note SET note = note');"
        "op.execute('DROP TABLE items_new')"
    )
    patch = pytest.MonkeyPatch()
    next_version(patch, folder, "pass", rebuild)
    FileKey.of_file(RELEASED, PASSPHRASE)
    Upgrade.newer = schema._SCRIPTS, schema.HEAD, schema.KNOWN
    patch.undo()
