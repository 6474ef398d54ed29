"""Killed at any instant: whatever was reported saved is there, and nothing is half there.

A child works through the real services and says on a pipe what it begins, and what was saved once
``Store.write`` has returned. It is killed within what it has begun, and the file is opened as the
next start would open it.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, repeat
from pathlib import Path
from typing import IO, Any

from sqlalchemy.orm import Session

from oscb_desktop.database import check
from oscb_desktop.database.engine import looking_engine
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError, WrongPassphraseError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.drafts import draft_for
from oscb_desktop.queries.file_counts import hash_of, last_step
from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.services.actions import CompleteAction
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.services.files import check_store, open_store
from oscb_desktop.services.keys import change_passphrase
from oscb_desktop.services.records import AddRecord, AmendRecord
from oscb_desktop.services.store import Command, Store
from oscb_desktop.services.transfer import import_workbook
from oscb_desktop.services.undo import Undo
from tests.conftest import now
from tests.drills import stage
from tests.exchange.workbooks import workbook
from tests.replay import as_held, hangs_together

WORDS = ("three plain words", "quite other words")
KILLS_A_FILE = 10
_SLOWEST = 60.0

States = dict[str, Any]
"""What a record holds, as the change log writes it, by its kind and number."""


# The one who works


@dataclass(slots=True)
class Worker:
    """Somebody who works on one file and says what was done, and nothing before it was."""

    path: Path
    data: Path
    told: int
    chance: random.Random
    typed: int
    store: Store = field(init=False)
    word: str = field(init=False)

    def work(self, first: tuple[str, ...], wanted: str) -> None:
        """Open the file and do one thing after another until killed."""
        self.begin("start")
        self.word, self.store = open_either(self.path, self.data)
        self.say(did="start")
        for act in chain(first, repeat(wanted)):
            self.begin(act)
            getattr(self, act)()

    def say(self, **what: Any) -> None:
        """Say what was done, in one line at once."""
        os.write(self.told, f"{json.dumps(what)}\n".encode())

    def begin(self, act: str) -> None:
        """Say what is begun."""
        self.say(begun=act)

    def saved(self, act: str, changes: Changes | None, **more: Any) -> None:
        """Say that the newest step is on the disk, with what it made of its records."""
        last = self.store.read(last_step)
        touched = sorted(changes.records) if changes else []
        states = self.store.read(states_of, touched)
        self.say(did=act, number=last.number, hash=last.hash, states=states, **more)

    def write(self, act: str, command: Command) -> None:
        """Carry out a command and say so."""
        self.saved(act, self.store.write(command))

    def save(self) -> None:
        """Add or change a record, or complete an action."""
        themes, actions = self._rows("theme"), self._rows("action")
        still_open = [row for row in actions if row.values["delivery"] != "complete"]
        name = f"Theme {self.chance.getrandbits(64):x}"
        text = stage.LONG[: self.chance.randrange(1, 20_000)]
        commands: list[Command] = [AddRecord("theme", {"name": name, "description": text})]
        for row in themes[-1:]:
            commands.append(AmendRecord("theme", row.id, row.version, {"description": text}))
        for row in actions[:1]:
            new = {"review": row.values["review"], "text": text, "due_on": date(2022, 6, 30)}
            commands.append(AddRecord("action", new))
        for row in still_open[-1:]:
            shown = ("", "Done.", "Seen at a visit.", "case_file")
            commands.append(CompleteAction(row.id, row.version, date(2022, 3, 1), *shown))
        self.write("save", self.chance.choice(commands))

    def undo(self) -> None:
        """Take the last step back, where it can be."""
        with suppress(UserError):
            self.write("undo", Undo())

    def draft(self) -> None:
        """Keep typing that is not saved."""
        self.typed += 1
        text = {"summary": f"{self.typed} {stage.LONG[: self.chance.randrange(9000)]}"}
        self.store.write(KeepDraft("incident", None, None, {}, ("summary",), text))
        self.say(did="draft", typed=self.typed)

    def bring_in(self) -> None:
        """Bring in a workbook."""
        tag = f"{self.chance.getrandbits(64):x}"
        rows = [["Name", "What belongs to it"], *([f"Row {n}", tag] for n in range(30))]
        path = workbook(self.data / "year.xlsx", {"Themes": rows})
        import_workbook(self.store, path, rehearse=False, backups=self.data / "backups")
        themes = [("theme", row.id) for row in self._rows("theme") if row.title.startswith("Row")]
        self.saved("bring_in", Changes("", frozenset(themes), None))

    def backup(self) -> None:
        """Make a backup."""
        row = back_up(self.store, place_of(AppPaths.under(self.data)), now())
        self.say(did="backup", backup=str(row.path))

    def passphrase(self) -> None:
        """Change the passphrase."""
        new = WORDS[1 - WORDS.index(self.word)]
        change_passphrase(self.store, self.word, new)
        self.word = new
        self.saved("passphrase", None, word=new)

    def close(self) -> None:
        """Close the file, which folds the write-ahead log in, and open it again."""
        self.store.close()
        self.word, self.store = open_either(self.path, self.data)
        self.say(did="close")

    def _rows(self, kind: str) -> tuple[RecordRow, ...]:
        return self.store.read(records, kind)


ACTS = ("start", "save", "save", "undo", "draft", "bring_in", "backup", "passphrase", "close")


def open_either(path: Path, data: Path) -> tuple[str, Store]:
    """Open the file with whichever passphrase it has."""
    for word in WORDS:
        with suppress(WrongPassphraseError):
            return word, open_store(path, word, data / "backups", stage.BY, now)
    raise AssertionError("neither passphrase opens the file")


def states_of(session: Session, wanted: list[tuple[str, int]]) -> States:
    """Return what these records hold."""
    held = as_held(session, {kind for kind, _ in wanted})
    return {f"{kind} {number}": held[kind, number] for kind, number in wanted}


# The one who kills, and looks


@dataclass(slots=True)
class Reported:
    """What was said of one file so far; all of it must be found."""

    number: int
    hash: str
    word: str
    typed: int = 0
    states: States = field(default_factory=dict)
    backups: set[Path] = field(default_factory=set)
    whole: set[tuple[Path, int]] = field(default_factory=set)
    doing: str = "start"

    def hear(self, line: Mapping[str, Any]) -> None:
        """Take in one line."""
        self.doing = line.get("begun", "between")
        self.states |= line.get("states", {})
        self.number = line.get("number", self.number)
        self.hash = line.get("hash", self.hash)
        self.typed = line.get("typed", self.typed)
        self.word = line.get("word", self.word)
        if "backup" in line:
            self.backups.add(Path(line["backup"]))


@dataclass(slots=True)
class Figures:
    """What is told of all the killing."""

    kills: int = 0
    saves: int = 0
    during: Counter[str] = field(default_factory=Counter)
    unsaid: int = 0
    backups: int = 0

    def words(self) -> str:
        """Return it in a line."""
        during = ", ".join(f"{name} {many}" for name, many in sorted(self.during.items()))
        return (
            f"{self.kills} kills ({during}), {self.saves} saves reported, all found; "
            f"{self.unsaid} more were on the disk before they were reported; "
            f"{self.backups} backups, each whole"
        )


def drill(times: int, seed: int, folder: Path) -> stage.Result:
    """Kill so many times, a new file every few kills."""
    stage.derive_keys_once()
    source = stage.small_file(folder / "source.oscb", WORDS[0])
    _warm_up(source, folder / "warm")
    figures, faults = Figures(), []
    chance = random.Random(seed)
    for number in range((times + KILLS_A_FILE - 1) // KILLS_A_FILE):
        data = folder / str(number)
        many = min(KILLS_A_FILE, times - number * KILLS_A_FILE)
        try:
            _lives_of_a_file(source, data, many, chance, figures)
        except Exception as wrong:
            faults.append(f"seed {seed}, file {number}: {type(wrong).__name__}: {wrong}")
        else:
            shutil.rmtree(data)
    return stage.Result("kill", figures.words(), tuple(faults))


def _lives_of_a_file(
    source: Path, data: Path, many: int, chance: random.Random, figures: Figures
) -> None:
    path = data / "file" / "killed.oscb"
    path.parent.mkdir(parents=True)
    shutil.copy(source, path)
    reported = _as_it_lies(path, data)
    for _ in range(many):
        figures.saves += _live_and_die(path, data, reported, chance)
        figures.kills += 1
        figures.during[reported.doing] += 1
        _look(path, data, reported, figures)
    wrong = stage.check(path, reported.word, data)
    assert not wrong, wrong
    figures.backups += len(list((data / "backups").glob("*.oscb")))


def _as_it_lies(path: Path, data: Path) -> Reported:
    word, store = open_either(path, data)
    with stage.opened(store):
        last = store.read(last_step)
        return Reported(last.number, last.hash, word)


def _live_and_die(path: Path, data: Path, reported: Reported, chance: random.Random) -> int:
    """Let a worker work and kill it within what is wanted; return how many saves it reported."""
    wanted = chance.choice(ACTS)
    first = tuple(chance.choices(ACTS[1:6], k=chance.randrange(4)))
    within = chance.random() * _TOOK.get(wanted, 0.05) * 1.2
    saves = 0
    with _living(path, data, chance.getrandbits(32), reported.typed, (wanted, *first)) as life:
        begun = first.count(wanted) + 1 + chance.randrange(2) * (wanted in ("save", "draft"))
        for line in life.lines:
            heard = json.loads(line)
            reported.hear(heard)
            saves += "did" in heard
            begun -= heard.get("begun") == wanted
            if begun <= 0:
                time.sleep(within)
                life.kill()
                begun = 1 << 30
    return saves


def _look(path: Path, data: Path, reported: Reported, figures: Figures) -> None:
    """Open the file as the next start would, and find everything that was reported."""
    before = reported.word
    word, store = open_either(path, data)
    with stage.opened(store):
        assert word == before or reported.doing == "passphrase", "the passphrase went back"
        assert check_store(store) == ()
        assert store.read(hangs_together)
        last = store.read(last_step)
        assert reported.number <= last.number <= reported.number + 1, "a step was lost or doubled"
        assert store.read(hash_of, reported.number) == reported.hash, "a step is another"
        if last.number == reported.number:  # otherwise the chain and the replay have told it all
            assert store.read(_held_of, reported.states) == reported.states
        else:
            reported.states.clear()
            figures.unsaid += 1
        draft = store.read(draft_for, "incident", None, {})
        typed = int(draft.typed["summary"].split()[0]) if draft else 0
        assert typed - reported.typed in (0, 1), f"typed {typed}, reported {reported.typed}"
        reported.number, reported.hash = last.number, last.hash
        reported.word, reported.typed = word, typed
    left = [found.name for found in path.parent.iterdir()]
    assert left == [path.name], f"left beside the file: {left}"
    _look_at_backups(data / "backups", reported)


def _held_of(session: Session, states: States) -> States:
    return states_of(session, [(k.split()[0], int(k.split()[1])) for k in states])


def _look_at_backups(folder: Path, reported: Reported) -> None:
    """Find every backup that was reported, and none under such a name that is not whole."""
    lost = [path.name for path in reported.backups if not path.exists()]
    assert not lost, f"backups are gone: {lost}"
    for path in folder.glob("*.oscb"):
        mark = (path, path.stat().st_mtime_ns)
        if mark not in reported.whole:
            assert any(_is_whole(path, word) for word in WORDS), f"{path.name} is half a backup"
            reported.whole.add(mark)


def _is_whole(path: Path, word: str) -> bool:
    with (
        suppress(Exception),
        Session(looking_engine(path, FileKey.of_file(path, word), at_rest=True)) as session,
    ):
        return check.faults(session) == () and hangs_together(session)
    return False


_TOOK: dict[str, float] = {}
"""How long each act takes on this machine, in seconds, found by doing each a few times."""


def _warm_up(source: Path, data: Path) -> None:
    """Import all that is needed, and find out how long each act takes."""
    data.mkdir()
    path = data / "warm.oscb"
    shutil.copy(source, path)
    silent = os.open(os.devnull, os.O_WRONLY)
    worker = Worker(path, data, silent, random.Random(1), 0)
    began = time.monotonic()
    worker.word, worker.store = open_either(path, data)
    _TOOK["start"] = time.monotonic() - began
    for act in dict.fromkeys(ACTS[1:]):
        getattr(worker, act)()
        began = time.monotonic()
        getattr(worker, act)()
        _TOOK[act] = time.monotonic() - began
    worker.store.close()
    os.close(silent)
    stage.fork_well()


@dataclass(slots=True)
class Life:
    """A running worker: what it says, and the way to end it."""

    lines: IO[bytes]
    pid: int

    def kill(self) -> None:
        """End it at this instant."""
        os.kill(self.pid, signal.SIGKILL if stage.CAN_FORK else signal.SIGTERM)


class _living:  # noqa: N801 - used as a context, as contextlib names its own
    """A worker that is alive within the context and surely dead after it."""

    def __init__(
        self, path: Path, data: Path, seed: int, typed: int, acts: tuple[str, ...]
    ) -> None:
        words = [str(path), str(data), str(seed), str(typed), *acts]
        self._spawned: subprocess.Popen[bytes] | None = None
        if not stage.CAN_FORK:
            command = [sys.executable, "-m", "tests.drills.kill", *words]
            self._spawned = subprocess.Popen(command, stdout=subprocess.PIPE)
            assert self._spawned.stdout is not None
            self._life = Life(self._spawned.stdout, self._spawned.pid)
            return
        ear, mouth = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(ear)
            try:
                _run(mouth, *words)
            except BaseException as problem:
                sys.stderr.write(f"{stage.told_briefly(problem)}\n")
            finally:
                os._exit(9)
        os.close(mouth)
        self._life = Life(os.fdopen(ear, "rb"), pid)

    def __enter__(self) -> Life:
        return self._life

    def __exit__(self, *failure: object) -> None:
        with suppress(OSError):
            self._life.kill()
        self._life.lines.close()
        if self._spawned is not None:
            self._spawned.wait(_SLOWEST)
            return
        code = os.waitstatus_to_exitcode(os.waitpid(self._life.pid, 0)[1])
        assert code == -signal.SIGKILL, f"the worker ended by itself with {code}"


def _run(mouth: int, path: str, data: str, seed: str, typed: str, wanted: str, *first: str) -> None:
    worker = Worker(Path(path), Path(data), mouth, random.Random(int(seed)), int(typed))
    worker.work(first, "save" if wanted == "start" else wanted)


if __name__ == "__main__":
    _run(1, *sys.argv[1:])
