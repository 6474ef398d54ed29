"""Old cases for the retention tests: a review with all that can hang on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.record_web import Ref
from oscb_desktop.queries.retention import DueCase, DueList, due_for_disposal
from oscb_desktop.services.store import Store
from tests.factories import make

ENDED = date(1990, 6, 30)
"""Thirty years later is long before the day of the tests."""


@dataclass(frozen=True, slots=True)
class OldCase:
    """The ids of an old review and what hangs on it."""

    review: int
    incident: int
    family: int
    child: int
    identity: int


def old_case(store: Store, word: str = "Quillfeather", /, **values: Value) -> OldCase:
    """Make a review that ended in 1990, with an incident, a child and an identity.

    ``word`` stands in everything that can tell of it.
    """
    incident = make(
        store,
        "incident",
        known_as=f"Child {word}",
        summary=f"{word} was hurt.",
        happened_on=UncertainDate.exact(date(1989, 5, 1)),
        received_on=date(1989, 5, 3),
    )
    family = make(store, "family", known_as=f"Family {word}")
    child = make(store, "child", known_as=f"Child {word}", incident=incident, family=family)
    identity = make(
        store,
        "child_identity",
        child=child,
        last_name=f"{word}son",
        date_of_birth=date(1985, 2, 3),
    )
    review = make(
        store,
        "review",
        **{
            "known_as": f"Child {word}",
            "incident": incident,
            "children": (child,),
            "started_on": date(1989, 5, 20),
            "finished_on": ENDED,
            "what_happened": f"A story of {word}.",
            **values,
        },
    )
    return OldCase(review, incident, family, child, identity)


def rule(store: Store, record_class: str = "review", **values: Value) -> int:
    """Add a line of the schedule: thirty years from the end of the work."""
    return make(store, "retention_rule", record_class=record_class, **values)


def due(store: Store) -> DueList:
    """Return what is due today."""
    return store.read(due_for_disposal, store.today())


def case_of(store: Store, kind: str, record_id: int) -> DueCase:
    """Return the due case of a record."""
    ref: Ref = (kind, record_id)
    return next(case for case in due(store).due if case.ref == ref)
