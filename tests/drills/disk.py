"""A disk that refuses, at every size and at every step of everything that is written.

Whatever is refused is told in a sentence, leaves all as it was and no half file under a real name,
and succeeds at the next try with room.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from oscb_desktop.errors import UserError
from tests.database.test_backup import may_mount
from tests.drills import stage
from tests.drills.operations import (
    OPERATIONS,
    Draft,
    Import,
    Operation,
    Save,
    prepare,
    prepare_upgrade,
)

Hindrance = Callable[[Operation], AbstractContextManager[Callable[[], int] | None]]
"""A way to make a disk refuse; it may tell how many steps it has let pass."""

_PAGE = 4096
_SLOWEST = 60.0
_SMALL_DISK = 24_000_000


# The ways to refuse


def no_file_beyond(size: int) -> Hindrance:
    """Let no file grow beyond so many bytes, by the system's own limit."""

    @contextmanager
    def hinder(_: Operation) -> Iterator[None]:
        import resource  # which Windows has not

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return hinder


def disk_with_room_for(pages: int) -> Hindrance:
    """Let the disk of the operation hold only so many pages more; it is a small one of its own."""

    @contextmanager
    def hinder(operation: Operation) -> Iterator[None]:
        filler = operation.folder.parent / "filler"
        found = os.statvfs(operation.folder)
        handle = os.open(filler, os.O_CREAT | os.O_WRONLY)
        os.posix_fallocate(handle, 0, max((found.f_bavail - pages) * found.f_frsize, 1))
        os.close(handle)
        try:
            yield
        finally:
            filler.unlink()

    return hinder


def few_pages_more(pages: int) -> Hindrance:
    """Let the database itself grow by only so many pages."""

    @contextmanager
    def hinder(operation: Operation) -> Iterator[None]:
        engine = operation.open_store._engine

        def limit(connection: Any, _record: Any, _proxy: Any) -> None:
            (now,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {now + pages}")

        event.listen(engine, "checkout", limit)
        try:
            yield
        finally:
            event.remove(engine, "checkout", limit)
            engine.dispose()

    return hinder


_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_STEPS = ("os.rename", "os.link", "os.mkdir")
_WHY = (errno.ENOSPC, errno.EIO, errno.EACCES)
_NEVER = 1 << 30


class Refusal:
    """Makes the n-th file operation of Python itself fail, and with a full disk all after it.

    A fault of the disk and a folder that is refused happen once; each number stands for three.
    """

    def __init__(self) -> None:
        self._left: int | None = None
        self._folder = ""
        self._why = errno.ENOSPC
        for name in ("fsync", "sendfile", "write"):
            setattr(os, name, self._before(getattr(os, name)))
        sys.addaudithook(self._hear)

    def at(self, number: int) -> Hindrance:
        """Let so many operations pass."""

        @contextmanager
        def hinder(operation: Operation) -> Iterator[Callable[[], int]]:
            self._folder = str(operation.folder)
            self._why = _WHY[number % len(_WHY)]
            self._left = given = number // len(_WHY)
            try:
                yield lambda: given - (self._left or 0)
            finally:
                self._left = None

        return hinder

    def _hear(self, what: str, given: tuple[Any, ...]) -> None:
        if self._left is None:
            return
        if what == "open":
            path, _, flags = given
            if isinstance(path, int) or not flags & _WRITES:
                return
        elif what not in _STEPS:
            return
        if os.fsdecode(given[0]).startswith(self._folder):
            self._count()

    def _before(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def done(*given: Any) -> Any:
            self._count()
            return real(*given)

        return done

    def _count(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            if self._why != errno.ENOSPC:
                self._left = None  # it happens once
            raise OSError(self._why, os.strerror(self._why))


# One try


def attempt(
    kind: type[Operation], start: Path, place: Path, hindrance: Hindrance
) -> dict[str, Any]:
    """Try an act that may be refused, look at what is left, and do it again with room."""
    folder = place / "work"
    shutil.copytree(start, folder)
    operation = kind(folder)
    before = operation.state()
    sentence, steps = "", 0
    try:
        with hindrance(operation) as passed:
            operation.act()
            steps = passed() if passed else 0
    except UserError as refused:
        sentence = refused.sentence
        assert sentence.endswith("."), sentence
        different = _differences(before, operation.state())
        assert not different, f"after “{sentence}”: {different}"
        assert not operation.is_done()
        operation.act()
    assert operation.is_done(), "it was not refused and is not done"
    largest = max(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    wrong = operation.end()
    assert not wrong, wrong
    halves = [path.name for path in folder.rglob("*") if path.name.endswith((".part", "-wal"))]
    assert not halves, f"left behind: {halves}"
    return {"refused": sentence, "largest": largest, "steps": steps}


def _differences(before: dict[str, Any], after: dict[str, Any]) -> str:
    return "; ".join(
        f"{what} {name} {_how(before[what], after[what], name)}"
        for what in before
        for name in sorted(before[what].keys() | after[what].keys())
        if _how(before[what], after[what], name)
    )


def _how(before: dict[str, Any], after: dict[str, Any], name: str) -> str:
    if name not in before:
        return "is new"
    if name not in after:
        return "is gone"
    return "" if before[name] == after[name] else "is changed"


def one(kind: type[Operation], start: Path, place: Path, hindrance: Hindrance) -> stage.Ended:
    """Try it in a child and leave nothing of it."""
    try:
        return stage.in_child(lambda: attempt(kind, start, place, hindrance), _SLOWEST)
    finally:
        shutil.rmtree(place / "work", ignore_errors=True)
        (place / "filler").unlink(missing_ok=True)


# All of them


class Tally:
    """What the tries came to."""

    def __init__(self) -> None:
        self.refused: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.faults: list[str] = []

    def enter(self, means: str, kind: type[Operation], number: int, ended: stage.Ended) -> bool:
        """Enter one try; return whether it was refused."""
        trouble = ended.trouble()
        if trouble:
            self.faults.append(f"{kind.__name__}, {means} {number}: {trouble}")
            return True
        refused = bool(ended.said["refused"])
        (self.refused if refused else self.done)[means] += 1
        return refused


def drill(times: int, seed: int, folder: Path) -> stage.Result:
    """Refuse every act in every way: at every size, or at so many chosen by chance."""
    stage.derive_keys_once()
    sys.dont_write_bytecode = True
    start = prepare(folder)
    prepare_upgrade(folder)
    tally, chance, refusal = Tally(), random.Random(seed), Refusal()
    place = folder / "place"
    place.mkdir()
    stage.fork_well()

    def over(every: range) -> list[int]:
        return _some(every, times, chance)

    for kind in OPERATIONS:
        free = one(kind, start, place, refusal.at(_NEVER))
        tally.enter("nothing", kind, 0, free)
        largest, steps = (free.said["largest"], free.said["steps"]) if free.said else (0, 0)
        for page in over(range(largest // _PAGE + 2)) if stage.CAN_FORK else ():
            size = page * _PAGE + (page % 3 == 1) * chance.randrange(_PAGE)
            tally.enter("file size", kind, size, one(kind, start, place, no_file_beyond(size)))
        for number in over(range(len(_WHY) * steps)):
            tally.enter("step", kind, number, one(kind, start, place, refusal.at(number)))
    for kind in (Save, Draft, Import):
        for pages in over(range(40)):
            ended = one(kind, start, place, few_pages_more(pages))
            tally.enter("page count", kind, pages, ended)
    where = _on_a_small_disk(start, folder, times, seed, tally)
    return stage.Result("io", _words(tally, where), tuple(tally.faults))


def _some(every: range, times: int, chance: random.Random) -> list[int]:
    """Return all of them, or so many with the first."""
    if not every or not times or times >= len(every):
        return list(every)
    return [every[0], *sorted(chance.sample(every[1:], times - 1))]


def _on_a_small_disk(start: Path, folder: Path, times: int, seed: int, tally: Tally) -> str:
    """Go on in a process that may mount a small disk, where this machine lets it."""
    if not may_mount():
        return "no small disk, as this machine mounts none for anybody"
    small = folder / "small"
    small.mkdir()
    words = [str(start), str(small), str(times), str(seed)]
    ended = subprocess.run(
        ["unshare", "-rm", sys.executable, "-m", "tests.drills.disk", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        tally.faults.append(f"small disk: {ended.stderr[-2000:]}")
        return "small disk failed"
    refused, done, faults = json.loads(ended.stdout)
    tally.refused["small disk"] += refused
    tally.done["small disk"] += done
    tally.faults += faults
    return "a small disk of its own"


def small_disk(start: Path, small: Path, times: int, seed: int) -> None:
    """Mount a small disk and let each act find every amount of room on it."""
    size = f"size={_SMALL_DISK}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(small)], check=True)
    stage.derive_keys_once()
    sys.dont_write_bytecode = True
    scripts = small / "scripts"
    scripts.mkdir()
    prepare_upgrade(scripts)
    tally, chance = Tally(), random.Random(seed)
    for kind in OPERATIONS:
        passed = 0
        for pages in _some(range(300), times, chance):
            ended = one(kind, start, small, disk_with_room_for(pages))
            passed = 0 if tally.enter("small disk", kind, pages, ended) else passed + 1
            if passed > 2:
                break
    found = tally.refused["small disk"], tally.done["small disk"], tally.faults
    stage.say(json.dumps(found))


def _words(tally: Tally, where: str) -> str:
    refused = ", ".join(f"{means} {many}" for means, many in tally.refused.items())
    return (
        f"{len(OPERATIONS)} kinds of writing, refused {tally.refused.total()} times ({refused}; "
        f"{where}) and done {tally.done.total()} times"
    )


if __name__ == "__main__":
    small_disk(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
