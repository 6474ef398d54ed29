"""A day of work in the whole program, for somebody to search all that it writes meanwhile.

``python -m tests.drills.day``: takes the words to plant from its input as JSON, and waits at each
line that it says until it is told to go on.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from oscb_desktop import application
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries.attachments import files_of
from oscb_desktop.queries.records import record, records
from oscb_desktop.services import printing
from oscb_desktop.services.attachments import AttachFiles, take_in
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.services.files import create_store
from oscb_desktop.services.keys import change_passphrase
from oscb_desktop.services.opened_copies import OpenedCopies
from oscb_desktop.services.proof import prove
from oscb_desktop.services.records import AmendRecord, ViewIdentity
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import import_workbook
from oscb_desktop.services.work import Work
from oscb_desktop.ui import crash_dialog
from tests.factories import make

FILE, ASKED, BOOK = "Documents/Reviews.oscb", "asked", "asked/year.xlsx"
"""Where the file lies in the home, the folder of what is saved outside it, and a workbook."""

_TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)
_LONGEST_WAIT = 60.0


class Day(application.Desktop):
    """The program itself, which does a day's work once it has begun."""

    words: dict[str, str]
    made: list[Store]

    def begin(self, file: Path | None, *, sample: bool) -> None:
        """Show the first page, then work."""
        super().begin(file, sample=sample)
        QTimer.singleShot(0, self._work)

    def _work(self) -> None:
        try:
            self._day(Path.home() / FILE, Path.home() / ASKED)
        except BaseException:
            sys.stderr.write(traceback.format_exc())
            os._exit(1)
        self.quit()

    def _day(self, path: Path, asked: Path) -> None:
        self.open(path, self.words["wrong passphrase"])
        _until(lambda: self.unlock is not None and "does not open" in _texts(self.unlock))
        self.open(path, self.words["passphrase"])
        _until(lambda: self.window)
        assert self.store is not None
        store = self.store
        tell("key", hex=store.key.key.hex(), groups=list(store.key.recovery_groups()))
        planted = plant(store, self.words)
        copies = OpenedCopies(store, AppPaths.for_this_person().scratch)
        attached = _attach(store, asked / "minutes.txt", self.words["attached"])
        copies.open_copy(attached)
        copies.remove()
        tell("look", at="work", planted=planted)
        self._look_at_pages()
        _take_papers(store, asked)
        tell("look", at="papers")
        _fail(store, self.words["crash"])
        tell("look", at="a failure", clipboard=QGuiApplication.clipboard().text())
        change_passphrase(store, self.words["passphrase"], self.words["new passphrase"])
        tell("key", hex=store.key.key.hex(), groups=list(store.key.recovery_groups()))
        back_up(store, place_of(AppPaths.for_this_person()), store.now())
        prove(store, place_of(AppPaths.for_this_person()), store.now())
        tell("look", at="another passphrase")
        copies.open_copy(attached)  # the end of the program removes it

    def _look_at_pages(self) -> None:
        assert self.window is not None
        navigation = self.window.context.navigation
        for name in ("today", "reviews", "actions", "learning", "directory", "print", "settings"):
            navigation.open_page(name)
            _for_a_moment()
        navigation.add_record("incident")
        _for_a_moment()
        navigation.open_page("today")


def plant(store: Store, words: dict[str, str]) -> int:
    """Add a record of every kind with a word in every text that it takes; return how many."""
    planted = 0
    for kind in RECORD_KINDS.values():
        values = {field.name: words[f"{kind.name} {field.name}"] for field in texts_of(kind)}
        planted += _planted(store, kind, values)
    for row in store.read(records, "child_identity"):
        store.write(ViewIdentity(row.id, words["reason"]))
    typed = {"summary": words["draft"]}
    store.write(KeepDraft("incident", None, None, {}, ("summary",), typed))
    return planted


def texts_of(kind: RecordKind) -> Iterator[Field]:
    """Yield the fields of a kind that take any text."""
    given = ("reference", "digest")
    return (field for field in kind.fields if field.kind in _TEXTS and field.name not in given)


def _planted(store: Store, kind: RecordKind, values: dict[str, str]) -> int:
    """Leave out what cannot be said of this record, and add or amend it with the rest."""
    while values:
        try:
            if kind.singleton:
                for row in store.read(records, kind.name):
                    store.write(AmendRecord(kind.name, row.id, row.version, values))
            else:
                make(store, kind.name, **values)
        except InvalidRecord as refused:
            wrong = {fault.field for fault in refused.faults} & values.keys()
            if not wrong:
                return 0
            values = {name: word for name, word in values.items() if name not in wrong}
        except UserError:
            return 0
        else:
            return len(values)
    return 0


def _take_papers(store: Store, asked: Path) -> None:
    place = place_of(AppPaths.for_this_person())
    book = Path.home() / BOOK
    assert import_workbook(store, book, rehearse=False, backups=place.folder).kept
    told = (row for row in store.read(records, "review") if row.values["what_happened"])
    review = next(told).words("reference")
    printing.give(store, printing.make_learning_summary(store, review), asked / "summary.pdf")
    printing.give(store, printing.make_review_record(store, review), asked / "record.pdf")
    printing.give(store, printing.make_action_log(store, None), asked / "log.pdf")
    printing.print_recovery_sheet(store, asked / "sheet.pdf")
    back_up(store, place, store.now())
    prove(store, place, store.now())


def _attach(store: Store, path: Path, word: str) -> int:
    """Attach a file that holds a word to a piece of evidence, and return the file's id."""
    path.write_text(f"It was said that {word} waited.")
    evidence = make(store, "evidence")
    row = store.read(record, "evidence", evidence)
    assert row is not None
    store.write(AttachFiles("evidence", evidence, row.version, take_in(store, (path,)).files))
    path.unlink()
    return store.read(files_of, "evidence", (evidence,))[0].id


class _Broken:
    """A step with a fault of ours in it, whose failure quotes what was typed."""

    def __init__(self, word: str) -> None:
        self._word = word

    def carry_out(self, work: Work) -> None:
        """Fail."""
        work.session.execute(text("INSERT INTO nowhere VALUES (:typed)"), {"typed": self._word})


def _fail(store: Store, word: str) -> None:
    """Fail in two ways, as the window would hear of it, and take the details."""
    nowhere: dict[str, str] = {}
    for work in (partial(store.write, _Broken(word)), partial(nowhere.__getitem__, word)):
        try:
            work()
        except Exception as problem:
            sys.excepthook(type(problem), problem, problem.__traceback__)
        dialog = crash_dialog._shown[-1]
        dialog.copy_button.click()
        _for_a_moment()
        dialog.reject()
        _for_a_moment()


def _until(seen: Callable[[], object]) -> None:
    until = time.monotonic() + _LONGEST_WAIT
    while not seen():
        assert time.monotonic() < until, "waited too long"
        QApplication.processEvents()
        time.sleep(0.005)


def _for_a_moment() -> None:
    until = time.monotonic() + 0.15
    while time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.005)


def _texts(page: Any) -> str:
    from tests.journeys.hands import seen

    return seen(page)


def tell(what: str, **more: Any) -> None:
    """Say something, and wait until it was heard."""
    sys.stdout.write(f"{json.dumps({'what': what, **more})}\n")
    sys.stdout.flush()
    sys.stdin.readline()


def watch_writes() -> set[str]:
    """Return a set that grows by every file that Python opens to write to."""
    written: set[str] = set()

    def hear(what: str, given: tuple[Any, ...]) -> None:
        if what != "open" or isinstance(given[0], int):
            return
        if (given[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            written.add(os.fsdecode(given[0]))

    sys.addaudithook(hear)
    return written


def main() -> None:
    """Make a file, work a day on it in the window, and say which files were written."""
    Day.words = json.loads(sys.stdin.readline())
    written = watch_writes()
    path = Path.home() / FILE
    create_store(path, Day.words["passphrase"], "A. Tester", datetime.now).close()
    application.Desktop = Day  # type: ignore[misc]
    code = application.run(path)
    tell("written", files=sorted(written), code=code)


if __name__ == "__main__":
    main()
