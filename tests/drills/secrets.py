"""A day of work leaves no word of it to be read anywhere but in the papers that were asked for.

A word is planted in every text of every kind of record, in the passphrases and the failures; all
that lies on the disk is searched while the program runs and afterwards, in every common encoding,
and so is what the system shows of the process to others.
"""

from __future__ import annotations

import base64
import json
import os
import random
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oscb_desktop.domain.fields.registry import RECORD_KINDS
from tests.drills import stage
from tests.drills.day import ASKED, BOOK, FILE, texts_of
from tests.exchange.workbooks import workbook

ROOT = Path(__file__).parents[2]
_APART = (
    "passphrase",
    "new passphrase",
    "wrong passphrase",
    "crash",
    "draft",
    "reason",
    "imported",
    "imported name",
    "attached",
)
_EXPECTED = (FILE, ".config", ".local", ".cache", ASKED, "Library", "AppData", "/dev/")


_MARK = "Quorvexi"
"""What every planted word begins with, so that one search finds them all."""
_LEAST = 8  # bytes: four come up by chance among the megabytes of an encrypted file


class Search:
    """All that must not be found, in the forms in which it may hide."""

    def __init__(self) -> None:
        self.forms: dict[bytes, str] = {}
        self.searched = 0
        self.add("a planted word", _MARK.encode())
        self.add("a planted word", _MARK.encode("utf-16-le"), "UTF-16")

    def add(self, name: str, raw: bytes, how: str = "plain") -> None:
        """Look for these bytes as they are, in hexadecimal and in base64."""
        self.forms[raw] = f"{name} ({how})"
        self.forms[raw.hex().encode()] = self.forms[raw.hex().upper().encode()] = f"{name} (hex)"
        for shift in range(3):
            kept = base64.b64encode(bytes(shift) + raw)[4 if shift else 0 :]
            mixed = 4 * bool((shift + len(raw)) % 3)  # signs that tell of what follows too
            self.forms[kept[: len(kept) - mixed]] = f"{name} (base64)"

    def within(self, raw: bytes) -> list[str]:
        """Return what is found, with a plain word as far as it goes."""
        self.searched += len(raw)
        found = sorted({what for form, what in self.forms.items() if form in raw})
        at = raw.find(_MARK.encode())
        return [*found, raw[at : at + 16].decode("latin-1")] if at >= 0 else found


def drill(times: int, seed: int, folder: Path) -> stage.Result:
    """Work so many days, each in a home of its own."""
    faults: list[str] = []
    figures = ""
    for number in range(times):
        home = folder / f"home {number}"
        home.mkdir()
        day = _Watched(home, _words(random.Random(f"{seed} {number}")))
        figures = day.live()
        faults += day.faults
    return stage.Result("secrets", f"{times} days, {figures}", tuple(faults))


def _words(chance: random.Random) -> dict[str, str]:
    texts = [
        f"{kind.name} {field.name}" for kind in RECORD_KINDS.values() for field in texts_of(kind)
    ]
    return {
        name: _MARK + "".join(chance.choices(string.ascii_lowercase, k=8))
        for name in (*texts, *_APART)
    }


class _Watched:
    """One day of a program that is watched."""

    def __init__(self, home: Path, words: dict[str, str]) -> None:
        self._home = home
        self._words = words
        self._search = Search()
        self._places = 0
        self._planted = 0
        self.faults: list[str] = []

    def live(self) -> str:
        """Let the day pass, and return its figures."""
        self._faults_of_the_search()
        rows = [["Name", "What belongs to it"]]
        rows.append([self._words["imported name"], self._words["imported"]])
        (self._home / ASKED).mkdir()
        workbook(self._home / BOOK, {"Themes": rows})
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.day"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=self._environment(),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{json.dumps(self._words)}\n".encode())
        process.stdin.flush()
        for line in process.stdout:
            self._hear(process.pid, json.loads(line))
            process.stdin.write(b"\n")
            process.stdin.flush()
        _, complaints = process.communicate(timeout=60)
        if process.returncode:
            self.faults.append(f"the day ended with {process.returncode}: {complaints.decode()}")
        self._tell("what it complained of", complaints)
        self._look("the end")
        self.faults += filter(
            None,
            [stage.check(self._home / FILE, self._words["new passphrase"], self._home / "check")],
        )
        return (
            f"{len(self._words)} words planted, {self._planted} of them in records, and both keys; "
            f"{self._places} files and places ({self._search.searched / 1e6:.0f} MB) searched "
            f"for them in {len(self._search.forms)} forms"
        )

    def _environment(self) -> dict[str, str]:
        home, temp = str(self._home), self._home / "tmp"
        temp.mkdir()
        homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_RUNTIME_DIR")
        own = dict.fromkeys(homes, home)
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONPATH", "LANG")
        }
        temps = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temp))
        return {**kept, **own, **temps, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1",
                "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip

    def _hear(self, pid: int, line: dict[str, Any]) -> None:
        if line["what"] == "key":
            self._search.add("key", bytes.fromhex(line["hex"]))
            for between in ("", " ", "-"):
                self._search.add("recovery key", between.join(line["groups"]).encode())
        elif line["what"] == "look":
            self._planted = max(self._planted, line.get("planted", 0))
            self._look(line["at"])
            for name, shown in _shown_of(pid):
                self._tell(f"{line['at']}: {name}", shown)
            self._tell(f"{line['at']}: the clipboard", line.get("clipboard", "").encode())
        else:
            self._judge(line["files"], line["code"])

    def _judge(self, written: list[str], code: int) -> None:
        """Look at the names of all files that were ever written, also of those that are gone."""
        if code:
            self.faults.append(f"the program ended with {code}")
        for name in written:
            own = name.removeprefix(str(self._home)).lstrip("/\\").replace("\\", "/")
            if not own.startswith(_EXPECTED) and name != os.devnull:
                self.faults.append(f"written where nobody expects it: {name}")

    def _look(self, when: str) -> None:
        for path in sorted(self._home.rglob("*")):
            own = path.relative_to(self._home)
            if own.parts[0] == ASKED:
                continue
            self._tell(f"{when}: the name {own}", str(own).encode())
            if path.is_file():
                self._tell(f"{when}: {own}", path.read_bytes())

    def _tell(self, where: str, raw: bytes) -> None:
        self._places += 1
        self.faults += [f"{where} tells {what}" for what in self._search.within(raw)]

    def _faults_of_the_search(self) -> None:
        """Make sure that what is hidden in each form would be found."""
        word = self._words["draft"][:12]
        hidden = [word.encode(), word.encode("utf-16-le"), word.encode().hex().encode()]
        hidden += [base64.b64encode(b"x" * shift + word.encode() + b"yy") for shift in range(3)]
        if not all(self._search.within(b"before" + form + b"after") for form in hidden):
            self.faults.append("the search is blind")
        if min(map(len, self._search.forms)) < _LEAST:
            self.faults.append("the search finds by chance")


def _shown_of(pid: int) -> Iterator[tuple[str, bytes]]:
    """Yield what the system shows of a process and its children to others, where it does."""
    for process in (pid, *_children(pid)):
        for name in ("cmdline", "environ", "comm"):
            try:
                yield f"{name} of {process}", Path(f"/proc/{process}/{name}").read_bytes()
            except OSError:
                continue


def _children(pid: int) -> list[int]:
    try:
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text().split()]
    except OSError:
        return []
