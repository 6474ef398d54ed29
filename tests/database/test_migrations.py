from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from oscb_desktop.database import schema
from oscb_desktop.database.check import faults
from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.file import close_file, open_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import records
from oscb_desktop.services.files import open_store
from oscb_desktop.services.store import Store
from tests.conftest import NOW, PASSPHRASE, now

SCRIPTS = sorted((Path(schema.__file__).parent / "migrations/versions").glob("[0-9]*.py"))
RELEASED = sorted((Path(__file__).parent / "released").glob("*.oscb"))

ADDS_A_COLUMN = """
from alembic import op
revision, down_revision = "{number}", "{before}"
def upgrade():
    op.execute("ALTER TABLE theme ADD COLUMN extra TEXT")
    {more}
"""


def assigned(script: Path, name: str) -> object:
    tree = ast.parse(script.read_text("utf-8"))
    found = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id == name
    ]
    assert len(found) == 1, f"{script.name} has no {name}"
    return ast.literal_eval(found[0])


def test_the_versions_follow_one_another_up_to_the_newest() -> None:
    versions = [assigned(script, "revision") for script in SCRIPTS]
    assert versions == sorted(script.name[:4] for script in SCRIPTS)
    assert [assigned(script, "down_revision") for script in SCRIPTS] == [None, *versions[:-1]]
    assert tuple(versions) == schema.KNOWN
    assert versions[-1] == schema.HEAD


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_migration_stands_alone_from_what_the_program_becomes(script: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(str(node.module))
    assert imported <= {
        "__future__",
        "alembic",
        "sqlalchemy",
        "collections.abc",
        "hashlib",
        "itertools",
        "json",
        "re",
        "secrets",
        "typing",
    }


def test_alembic_is_loaded_only_for_an_upgrade() -> None:
    script = "import sys, oscb_desktop.services.files; sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_there_is_a_file_of_every_version_but_the_one_in_work() -> None:
    missing = set(schema.KNOWN) - {path.stem.removeprefix("v") for path in RELEASED}
    assert missing <= {schema.HEAD}
    assert RELEASED, "no released file at all"


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.name)
def test_a_released_file_opens_with_all_its_data(released: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(released, tmp_path))
    store = open_store(path, PASSPHRASE, tmp_path / "backups", "A. Tester", now)
    try:
        assert store.read(faults) == ()
        themes = store.read(records, "theme")
        assert [row.values["name"] for row in themes] == ["Hidden – “neglect” <b>&"]
        assert themes[0].values["description"] == "Seen late."
        assert len(store.read(records, "theme", withdrawn=True)) == 2
        (review,) = store.read(records, "review")
        assert review.titles["themes"] == {themes[0].id: themes[0].title}
        (note,) = store.read(records, "progress_note")
        assert str(note.values["note"]).count("Drafted.") == 500
        (identity,) = store.read(records, "child_identity")
        assert identity.values["date_of_birth"] == date(2012, 2, 29)
        (incident,) = store.read(records, "incident")
        assert incident.words("happened_on") == "about Apr 2021"
    finally:
        store.close()


@pytest.fixture
def older(new_file: tuple[Path, FileKey], tmp_path: Path) -> Path:
    """A file with a record, of the version before the scripts of the test."""
    path = Path(shutil.copy(new_file[0], tmp_path / "older.oscb"))
    engine = make_engine(path, new_file[1])
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO theme (name, version) VALUES ('Neglect', 1)"))
        connection.execute(text("INSERT INTO person (name, version) VALUES ('P. Sample', 1)"))
        connection.execute(
            text(
                "INSERT INTO membership (person_id, body, role, from_on, version) "
                "VALUES (1, 'cspr_subgroup', 'member', '2020-04-01', 1)"
            )
        )
    close_file(engine)
    return path


def next_version(monkeypatch: pytest.MonkeyPatch, folder: Path, *more: str) -> None:
    """Let the program have newer versions, each adding a column and doing something more."""
    scripts = folder / "50% of #scripts"
    shutil.copytree(schema._SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    versions = list(schema.KNOWN)
    for step in more:
        number = f"{int(versions[-1]) + 1:04d}"
        body = ADDS_A_COLUMN.format(number=number, before=versions[-1], more=step)
        body = body.replace("extra", f"extra_{number}")
        (scripts / "versions" / f"{number}_next.py").write_text(body, "utf-8")
        versions.append(number)
    monkeypatch.setattr(schema, "_SCRIPTS", scripts)
    monkeypatch.setattr(schema, "HEAD", versions[-1])
    monkeypatch.setattr(schema, "KNOWN", tuple(versions))


def columns(session: Session) -> set[str]:
    return {row[1] for row in session.execute(text("PRAGMA table_info(theme)"))}


def test_an_upgrade_makes_a_safety_copy_first_and_keeps_the_data(
    older: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = columns_of(older)
    next_version(monkeypatch, tmp_path, "pass", "pass")
    backups = tmp_path / "backups"
    upgrade_and_close(older, backups)
    assert columns_of(older) - before == {f"extra_{number}" for number in schema.KNOWN[-2:]}
    (copy,) = backups.iterdir()
    assert copy.name == "older before upgrade 2022-03-25 100000.oscb"
    assert columns_of(copy) == before
    assert older.with_name("older.oscb-wal").exists() is False


def upgrade_and_close(path: Path, backups: Path) -> None:
    engine, _ = open_file(path, PASSPHRASE, backups, NOW)
    close_file(engine)


def columns_of(path: Path) -> set[str]:
    engine = make_engine(path, FileKey.of_file(path, PASSPHRASE))
    with Session(engine) as session:
        found = columns(session)
        assert session.execute(text("SELECT name FROM theme")).scalar() == "Neglect"
    close_file(engine)
    return found


def test_a_table_built_anew_does_not_empty_what_refers_to_it(
    older: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rebuild = (
        "op.execute('CREATE TABLE person_new AS SELECT * FROM person');"
        "op.execute('DROP TABLE person');"
        "op.execute('CREATE TABLE person (name TEXT, version INTEGER, id INTEGER PRIMARY KEY)');"
        "op.execute('INSERT INTO person SELECT name, version, id FROM person_new')"
    )
    next_version(monkeypatch, tmp_path, rebuild)
    engine, _ = open_file(older, PASSPHRASE, tmp_path / "backups", NOW)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM membership")).scalar() == 1
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    close_file(engine)


@pytest.mark.parametrize(
    "fault",
    [
        "raise LookupError('half way')",
        "op.execute('CREATE TABLE half (x)'); op.execute('SELECT * FROM missing')",
        "op.execute('DELETE FROM person')",
    ],
    ids=["raises", "fails in SQL", "breaks a reference"],
)
def test_a_failing_step_leaves_the_file_as_it_was(
    older: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fault: str
) -> None:
    next_version(monkeypatch, tmp_path, "pass", fault)
    with pytest.raises(Exception, match=r"half way|missing|broken references"):
        open_file(older, PASSPHRASE, tmp_path / "backups", NOW)
    assert [path.name for path in older.parent.glob("older.oscb*")] == ["older.oscb"]
    monkeypatch.undo()
    engine, _ = open_file(older, PASSPHRASE, tmp_path / "backups", NOW)
    with Session(engine) as session:
        assert faults(session) == ()
        assert not any(name.startswith("extra") for name in columns(session))
        assert session.execute(text("SELECT count(*) FROM membership")).scalar() == 1
    close_file(engine)


def test_a_full_disk_during_an_upgrade_is_told_in_a_sentence(
    older: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    full = "op.execute('PRAGMA max_page_count = 1'); " + (
        "op.execute('CREATE TABLE big AS SELECT randomblob(999999)')"
    )
    next_version(monkeypatch, tmp_path, full)
    with pytest.raises(UserError, match=r"The disk is full\. The file was left as it was\."):
        open_file(older, PASSPHRASE, tmp_path / "backups", NOW)
    monkeypatch.undo()
    upgrade_and_close(older, tmp_path / "backups")


def test_without_a_safety_copy_nothing_is_upgraded(
    older: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_version(monkeypatch, tmp_path, "pass")
    blocked = tmp_path / "backups"
    blocked.write_text("a file where the folder should be")
    before = older.read_bytes()
    with pytest.raises(UserError, match="A backup could not be written"):
        open_file(older, PASSPHRASE, blocked, NOW)
    assert older.read_bytes() == before


def test_a_file_of_a_newer_program_is_refused_and_left(
    new_file: tuple[Path, FileKey], tmp_path: Path
) -> None:
    path = Path(shutil.copy(new_file[0], tmp_path / "newer.oscb"))
    engine = make_engine(path, new_file[1])
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    close_file(engine)
    before = path.read_bytes()
    with pytest.raises(UserError, match="saved by a newer OSCB Desktop"):
        open_file(path, PASSPHRASE, tmp_path, NOW)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["newer.oscb"]


def test_the_newest_version_is_never_upgraded(store: Store, tmp_path: Path) -> None:
    store.close()
    upgrade_and_close(store.path, tmp_path / "backups")
    assert not (tmp_path / "backups").exists()
