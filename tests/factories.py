"""Records with sensible values; a test names only what it is about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import record
from oscb_desktop.services.records import AddRecord
from oscb_desktop.services.store import Store

_numbers = count(1)

_REQUIRED: dict[str, dict[str, Value]] = {
    "agency": {"kind": "police"},
    "person": {},
    "membership": {"body": "cspr_subgroup", "role": "member", "from_on": date(2020, 4, 1)},
    "incident": {"known_as": "Child M", "nature": "serious_harm"},
    "notification_discussion": {"held_on": date(2021, 5, 4)},
    "family": {"known_as": "Family M"},
    "child": {"known_as": "Child M"},
    "child_identity": {"last_name": "Exampleton"},
    "review": {"kind": "rapid_review", "known_as": "Child M", "started_on": date(2021, 5, 10)},
    "panel_response": {"received_on": date(2021, 6, 20), "kind": "agrees_no_lcspr"},
    "cost_line": {},
    "finding": {"number": 1, "title": "Early help came late"},
    "recommendation": {"number": 1, "text": "Offer early help sooner."},
    "limb": {"label": "(i)", "scope": "local", "text": "Do so in every district."},
    "action": {"text": "Write the guidance.", "due_on": date(2022, 6, 30)},
    "progress_note": {"noted_on": date(2022, 1, 10), "note": "Drafted."},
    "evidence": {"kind": "policy", "received_on": date(2022, 2, 1)},
    "due_revision": {
        "revised_on": date(2022, 2, 1),
        "to_on": date(2022, 8, 31),
        "reason": "Waiting for the new lead.",
    },
    "learning_point": {"audience": "practitioner", "heading": "Ask about fathers"},
    "extra_holiday": {"on_date": date(2022, 12, 29), "name": "Office closed"},
    "baseline": {"year": "2020-21", "figure": "rapid_reviews", "value": 9},
}

_NAMED = {
    "agency": "Agency {}",
    "person": "Person {}",
    "theme": "Theme {}",
}


def make(store: Store, kind: str, /, **values: Value) -> int:
    """Add a record through the real service and return its id; owners are made where not given."""
    values = {**_fitting(store, kind, values), **values}
    whole: dict[str, Value] = {**_REQUIRED.get(kind, {})}
    if kind in _NAMED:
        whole["name"] = _NAMED[kind].format(next(_numbers))
    whole |= _owners(store, kind, values)
    if kind == "cost_line":
        whole |= {"description": f"Invoice {next(_numbers)}", "amount": Decimal("8000.00")}
    if kind == "evidence":
        whole["description"] = f"Guidance version {next(_numbers)}"
    changes = store.write(AddRecord(kind, {**whole, **values}))
    assert changes.record_id is not None
    return changes.record_id


_OWNERS = {
    "membership": ("person",),
    "notification_discussion": ("incident",),
    "child": ("incident", "family"),
    "child_identity": ("child",),
    "panel_response": ("review",),
    "cost_line": ("review",),
    "finding": ("review",),
    "recommendation": ("review",),
    "limb": ("recommendation",),
    "action": ("review",),
    "progress_note": ("action",),
    "evidence": ("action",),
    "due_revision": ("action",),
}


def _owners(store: Store, kind: str, values: dict[str, Value]) -> dict[str, Value]:
    made: dict[str, Value] = {
        owner: make(store, owner) for owner in _OWNERS.get(kind, ()) if owner not in values
    }
    if kind == "learning_point" and "reviews" not in values:
        made["reviews"] = (make(store, "review"),)
    return made


_FITTING = {
    "action": (("limb", "recommendation"), ("recommendation", "review")),
    "recommendation": (("findings", "review"),),
}
"""What a record shares with one that it names: the first field leads to it, the second is alike."""


def _fitting(store: Store, kind: str, values: dict[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for link, shared in _FITTING.get(kind, ()):
        value = {**values, **found}.get(link)
        target = value[0] if isinstance(value, tuple) and value else value
        if isinstance(target, int) and shared not in values:
            row = store.read(record, record_kind(kind).field(link).to, target)
            assert row is not None
            found[shared] = row.values[shared]
    return found
