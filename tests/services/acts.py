"""What a person does to a record, and what is seen of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from oscb_desktop.domain.values import Value
from oscb_desktop.errors import InvalidRecord
from oscb_desktop.queries.records import RecordRow, record
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work
from tests.factories import make


@dataclass(frozen=True)
class Doing:
    """A command made of a function of the test."""

    what: Callable[[Work], object]

    def carry_out(self, work: Work) -> None:
        self.what(work)


def row_of(store: Store, kind: str, record_id: int) -> RecordRow:
    row = store.read(record, kind, record_id)
    assert row is not None
    return row


def change(store: Store, kind: str, record_id: int, /, **values: Value) -> None:
    store.write(AmendRecord(kind, record_id, row_of(store, kind, record_id).version, values))


def withdraw(store: Store, kind: str, record_id: int) -> None:
    store.write(WithdrawRecord(kind, record_id, row_of(store, kind, record_id).version))


def faults(store: Store, kind: str, /, **values: Value) -> Mapping[str, str]:
    with pytest.raises(InvalidRecord) as refusal:
        make(store, kind, **values)
    return {fault.field: fault.sentence for fault in refusal.value.faults}
