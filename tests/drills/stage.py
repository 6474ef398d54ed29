"""What every drill stands on: files to spoil, children to end, and the verdict of the commands."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import math
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from oscb_desktop import cli
from oscb_desktop.services.files import create_store
from oscb_desktop.services.store import Store
from tests.conftest import PASSPHRASE, now
from tests.factories import make

BY = "A. Tester"
LONG = "What was seen, by whom, and what was done about it then. " * 400
CAN_FORK = hasattr(os, "fork")


@dataclass(frozen=True, slots=True)
class Result:
    """What a drill found: a line of figures, and a sentence for each thing that went wrong."""

    name: str
    figures: str
    faults: tuple[str, ...]

    def words(self) -> str:
        """Return it for a person, the faults below the figures."""
        verdict = f"{len(self.faults)} FAULTS" if self.faults else "no faults"
        return "\n".join((f"{self.name}: {self.figures}; {verdict}", *self.faults))


def derive_keys_once() -> None:
    """Let a key that was derived in this process be known in it and its children: it is slow."""
    derive: Any = hashlib.pbkdf2_hmac
    hashlib.pbkdf2_hmac = cache(derive)  # type: ignore[assignment]


def small_file(path: Path, passphrase: str = PASSPHRASE) -> Path:
    """Make a closed file with a review, an action and some themes."""
    store = create_store(path, passphrase, BY, now)
    fill(store)
    store.close()
    return path


def fill(store: Store) -> None:
    """Put a few records of several kinds into a new file."""
    review = make(store, "review", reference="RR-2019-71", what_happened=LONG[:9000])
    action = make(store, "action", review=review, due_on=date(2022, 6, 30))
    make(store, "progress_note", action=action)
    make(store, "child_identity")
    for name in ("Neglect", "Fathers", "Moving house"):
        make(store, "theme", name=name)


def check(path: Path, passphrase: str, data: Path) -> str:
    """Return what the command says that checks a file, nothing when it is sound."""
    told = io.StringIO()
    os.environ["OSCB_PASSPHRASE"] = passphrase
    try:
        with redirect_stdout(told), redirect_stderr(told):
            code = cli.run(["check", str(path), "--data", str(data)])
    finally:
        del os.environ["OSCB_PASSPHRASE"]
    return "" if code == cli.SOUND else f"check ended with {code}: {told.getvalue().strip()}"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a piece of work in a child ended; ``raised`` is a traceback, ``hung`` that it did not."""

    said: Any = None
    raised: str = ""
    hung: bool = False
    code: int = 0
    seconds: float = 0.0

    def trouble(self) -> str:
        """Return what went wrong with the child itself, nothing when it said what it found."""
        if self.hung:
            return f"it did not end within {self.seconds:.0f} s"
        return self.raised or (f"the process ended with {self.code}" if self.code else "")


def in_child(work: Callable[[], Any], seconds: float, cpu: float = 0) -> Ended:
    """Do work in a forked child, which is killed after so long; without a fork, do it here.

    ``cpu`` are seconds of the processor itself, which a busy machine does not use up.
    """
    began = time.monotonic()
    if not CAN_FORK:
        said, raised = _attempted(work)
        took = time.monotonic() - began
        return Ended(said, raised, took > seconds, 0, took)
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        _limit_processor(cpu)
        with os.fdopen(mouth, "w", encoding="utf-8") as told:
            json.dump(_attempted(work), told)
        os._exit(0)
    os.close(mouth)
    heard, hung = _heard(ear, began + seconds)
    if hung:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    said, raised = json.loads(heard) if heard and not hung else (None, "")
    return Ended(said, raised, hung, code, time.monotonic() - began)


def fork_well() -> None:
    """Make the forks cheap: what stands now is not looked at again by the collector."""
    gc.collect()
    gc.freeze()


def say(words: str) -> None:
    """Tell the person at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


@contextmanager
def opened(store: Store) -> Iterator[Store]:
    """Close a store in any case."""
    try:
        yield store
    finally:
        store.close()


def _limit_processor(seconds: float) -> None:
    if seconds:
        import resource  # which Windows has not

        used = resource.getrusage(resource.RUSAGE_SELF)
        limit = math.ceil(used.ru_utime + used.ru_stime + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))


def _attempted(work: Callable[[], Any]) -> tuple[Any, str]:
    try:
        return work(), ""
    except BaseException as problem:
        return None, told_briefly(problem)


def told_briefly(problem: BaseException) -> str:
    """Return what was raised and from where, each cause before what it led to, in a line."""
    chain: list[str] = []
    at: BaseException | None = problem
    seen: list[BaseException] = []
    while at is not None and at not in seen:
        seen.append(at)
        frames = traceback.extract_tb(at.__traceback__)[-4:]
        places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
        chain.append(f"{type(at).__name__}: {at} ({places})")
        at = at.__cause__ or at.__context__
    return " | led to ".join(reversed(chain))


def _heard(ear: int, until: float) -> tuple[bytes, bool]:
    heard = b""
    with os.fdopen(ear, "rb", buffering=0) as told:
        while True:
            ready, _, _ = select.select([told], [], [], max(until - time.monotonic(), 0))
            if not ready:
                return heard, True
            chunk = told.read(1 << 16)
            if not chunk:
                return heard, False
            heard += chunk
