"""Whatever is done, undone and done again, in any order: the file is what it was at that time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import records
from oscb_desktop.services.records import AddRecord, AmendRecord, RestoreRecord, WithdrawRecord
from oscb_desktop.services.store import Command, Store
from oscb_desktop.services.undo import Redo, Undo
from tests.conftest import now
from tests.replay import States, as_held, hangs_together

NAMES = st.sampled_from(["Neglect", "Exploitation", "Transitions", "neglect"])
WORDS = st.sampled_from([None, "Words.", "Other words.", "<b>"])
KINDS = ("theme", "person", "agency")
PLACE = st.integers(0, 10**6)


def live(states: States) -> States:
    """The records outside the bin: what is in it is what the steps left there."""
    return {key: state for key, state in states.items() if not state["withdrawn"]}


class Undoing(RuleBasedStateMachine):
    """The file beside a list of the states that it has been in."""

    source: ClassVar[tuple[Path, FileKey]]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = Path(shutil.copy(self.source[0], self.folder))
        self.store = self.opened()
        self.done: list[States] = []
        self.undone: list[States] = []
        self.state = self.seen()

    def opened(self) -> Store:
        key = self.source[1]
        return Store(make_engine(self.path, key), key, self.path, "A. Tester", now)

    def seen(self) -> States:
        return live(self.store.read(as_held, KINDS))

    def teardown(self) -> None:
        assert self.store.read(hangs_together)
        close_file(self.store._engine)
        shutil.rmtree(self.folder)

    def do(self, command: Command) -> None:
        """Do it; where it is done and changes something, it is a new step."""
        try:
            changed = self.store.write(command).records
        except UserError:
            changed = frozenset()
        if changed:
            self.done.append(self.state)
            self.undone.clear()
            self.state = self.seen()

    def any_of(self, kind: str, place: int, *, binned: bool = False) -> tuple[int, int] | None:
        rows = self.store.read(records, kind, withdrawn=binned)
        return (rows[place % len(rows)].id, rows[place % len(rows)].version) if rows else None

    @rule(name=NAMES, words=WORDS)
    def add_theme(self, name: str, words: str | None) -> None:
        self.do(AddRecord("theme", {"name": name, "description": words}))

    @rule(name=NAMES, place=PLACE, linked=st.booleans())
    def add_person(self, name: str, place: int, linked: bool) -> None:
        agency = self.any_of("agency", place) if linked else None
        values: dict[str, Value] = {"name": name, "agency": agency[0] if agency else None}
        self.do(AddRecord("person", values))

    @rule(name=NAMES)
    def add_agency(self, name: str) -> None:
        self.do(AddRecord("agency", {"name": name, "kind": "police"}))

    @rule(place=PLACE, name=NAMES, words=WORDS)
    def amend_theme(self, place: int, name: str, words: str | None) -> None:
        if found := self.any_of("theme", place):
            self.do(AmendRecord("theme", *found, {"name": name, "description": words}))

    @rule(place=PLACE, other=PLACE)
    def move_person(self, place: int, other: int) -> None:
        person, agency = self.any_of("person", place), self.any_of("agency", other)
        if person and agency:
            self.do(AmendRecord("person", *person, {"agency": agency[0]}))

    @rule(kind=st.sampled_from(KINDS), place=PLACE)
    def withdraw(self, kind: str, place: int) -> None:
        if found := self.any_of(kind, place):
            self.do(WithdrawRecord(kind, *found))

    @rule(kind=st.sampled_from(KINDS), place=PLACE)
    def bring_back(self, kind: str, place: int) -> None:
        if found := self.any_of(kind, place, binned=True):
            self.do(RestoreRecord(kind, found[0]))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        self.store.write(Undo())
        self.undone.append(self.state)
        self.state = self.done.pop()

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        self.store.write(Redo())
        self.done.append(self.state)
        self.state = self.undone.pop()

    @precondition(lambda self: not self.done)
    @rule()
    def undo_nothing(self) -> None:
        with pytest.raises(UserError, match="nothing to undo"):
            self.store.write(Undo())

    @precondition(lambda self: not self.undone)
    @rule()
    def redo_nothing(self) -> None:
        with pytest.raises(UserError, match="nothing to do again"):
            self.store.write(Redo())

    @rule()
    def reopen(self) -> None:
        assert self.store.read(hangs_together)
        close_file(self.store._engine)
        self.store = self.opened()

    @invariant()
    def the_file_is_what_it_was(self) -> None:
        assert self.seen() == self.state


@contextmanager
def on(source: tuple[Path, FileKey]) -> Iterator[type[Undoing]]:
    Undoing.source = source
    yield Undoing
    del Undoing.source


@pytest.mark.timeout(400)  # ten seconds and more where nothing else runs
def test_any_order_of_work_undo_and_redo(new_file: tuple[Path, FileKey]) -> None:
    bounds = settings(
        max_examples=15,
        stateful_step_count=30,
        suppress_health_check=list(HealthCheck),
    )
    with on(new_file) as machine:
        run_state_machine_as_test(machine, settings=bounds)
