"""Records with sensible values; a test names only what it is about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count

from sqlalchemy import insert

from oscb_desktop.database.models.trust import AttachmentContent
from oscb_desktop.domain.fields.field import FieldKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import record
from oscb_desktop.services.records import AddRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

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
    "impact": {
        "what_changed": "Fathers are asked about at every first visit.",
        "how_known": "An audit of forty files.",
        "seen_on": date(2022, 2, 20),
    },
    "dissemination": {
        "product": "Briefing",
        "audience": "Housing",
        "shared_on": date(2022, 2, 20),
    },
    "retention_rule": {
        "record_class": "review",
        "trigger": "closed",
        "years": 30,
        "action": "dispose",
    },
    "legal_hold": {
        "everything": True,
        "placed_on": date(2022, 1, 10),
        "placed_by": "Head of legal",
    },
    "disposal": {
        "approved_on": date(2022, 3, 1),
        "approved_by": "Chair",
        "authority": "The council's schedule, line 4.",
        "removed": "RR-1991-01",
        "records": 1,
    },
    "release": {
        "printed_on": date(2022, 3, 1),
        "paper": "Learning summary",
        "pages": 2,
        "digest": "ab" * 32,
        "by": "A. Tester",
    },
    "attachment": {"size": 1200, "added_on": date(2022, 3, 1)},
    "saved_view": {"place": "actions", "shape": "{}"},
    "plan_template_step": {
        "plan": "rapid_review",
        "number": 1,
        "text": "Ask the agencies",
        "anchor": "notified",
        "working_days": 1,
    },
    "plan_step": {"text": "Ask the agencies"},
    "pause": {"reason": "criminal", "from_on": date(2022, 1, 10)},
    "agency_request": {"purpose": "summary"},
    "partner_sign_off": {
        "stage": "rapid_review",
        "partner": "police",
        "name": "P. Example",
        "signed_on": date(2021, 6, 1),
    },
    "parallel_process": {"kind": "inquest", "contact": "The coroner's officer"},
    "commission": {},
    "engagement": {"kind": "family", "who": "Mother"},
    "report_draft": {"number": 1, "made_on": date(2022, 1, 10)},
    "progress_check": {
        "asked_on": date(2022, 1, 10),
        "asked_of": "Lead reviewer",
        "in_writing": True,
    },
    "legal_advice": {
        "given_on": date(2022, 1, 10),
        "given_by": "County solicitor",
        "privileged": True,
    },
    "meeting": {"kind": "subgroup", "held_on": date(2022, 3, 1)},
    "attendance": {"status": "present"},
    "agenda_item": {"number": 1, "heading": "Actions"},
    "meeting_action": {"text": "Ask for the audit"},
    "milestone": {"text": "Draft agreed"},
    "assurance_check": {"kind": "six_months", "due_on": date(2022, 9, 1)},
    "escalation": {
        "step": "subgroup_chair",
        "raised_on": date(2022, 3, 1),
        "to": "The chair",
    },
    "ladder_step": {"step": "subgroup_chair", "days": 28},
    "likeness": {"verdict": "same", "decided_on": date(2022, 3, 1)},
    "mailing": {"kind": "action_sheet", "sent_on": date(2022, 3, 1)},
    "agenda_item_template": {
        "meeting_kind": "subgroup",
        "number": 1,
        "heading": "Welcome",
    },
    "wording": {"part": "press_opening", "text": "A report was published today."},
    "summary_line": {"block": "learned", "number": 1, "text": "Ask about fathers."},
    "pack": {"title": "Papers for the subgroup", "face": "panel"},
    "pack_item": {"number": 1, "part": "agenda"},
    "narrative": {"year": "2021-22", "chapter": "introduction", "text": "A year of change."},
    "report_tick": {"year": "2021-22", "item": "costs", "held": True},
    "extra_holiday": {"on_date": date(2022, 12, 29), "name": "Office closed"},
    "baseline": {"year": "2020-21", "figure": "rapid_reviews", "value": 9},
}

_NAMED = {
    "agency": "Agency {}",
    "person": "Person {}",
    "theme": "Theme {}",
    "attachment": "File {}.pdf",
    "saved_view": "View {}",
    "legal_hold": "Inquiry {}",
    "commission": "Reviewer {}",
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
    whole |= values
    if kind == "attachment" and "digest" not in whole:
        whole["digest"] = keep_content(
            store, f"What {whole['name']} holds.".encode(errors="replace")
        )
    changes = store.write(_BringIn(kind, whole))
    assert changes.record_id is not None
    return changes.record_id


@dataclass(frozen=True, slots=True)
class _BringIn:
    """Add a record as an import does: what a test says nothing of is a day that nobody knows."""

    kind: str
    values: dict[str, Value]

    def carry_out(self, work: Work) -> None:
        work.brings_in = True
        AddRecord(self.kind, self.values).carry_out(work)


@dataclass(frozen=True, slots=True)
class _KeepContent:
    digest: str
    content: bytes

    def carry_out(self, work: Work) -> None:
        kept = insert(AttachmentContent).prefix_with("OR IGNORE")
        work.session.execute(kept.values(digest=self.digest, content=self.content))


def keep_content(store: Store, content: bytes) -> str:
    """Keep what an attached file holds, as attaching does, and return its digest."""
    digest = hashlib.sha256(content).hexdigest()
    store.write(_KeepContent(digest, content))
    return digest


_WANTED = {"child": ("incident", "family")}
"""The links that a test expects to be there, beside those that are required."""


def _owners(store: Store, kind: str, values: dict[str, Value]) -> dict[str, Value]:
    needed = {
        field.name: field.to
        for field in record_kind(kind).fields
        if field.kind is FieldKind.LINK
        and (field.required or field.name in _WANTED.get(kind, ()))
        and field.name not in values
    }
    made: dict[str, Value] = {name: make(store, to) for name, to in needed.items()}
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
