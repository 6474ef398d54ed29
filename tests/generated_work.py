"""What surrounds the reviews and actions of a generated file: meetings, requests, the log."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.orm import Session

from oscb_desktop.database.base import Record
from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.directory import Membership
from oscb_desktop.database.models.learning import Dissemination, Impact
from oscb_desktop.database.models.meetings import AgendaItem, Attendance, Meeting, MeetingAction
from oscb_desktop.database.models.plans import Pause, PlanStep
from oscb_desktop.database.models.recommendations import (
    Action,
    AssuranceCheck,
    DueRevision,
    Escalation,
    Evidence,
    Mailing,
    Milestone,
)
from oscb_desktop.database.models.reviews import CostLine, PanelResponse, Review
from oscb_desktop.database.models.running import (
    AgencyRequest,
    Commission,
    Engagement,
    PartnerSignOff,
)
from oscb_desktop.database.models.trust import Change, ChangeHead, ChangeItem
from oscb_desktop.database.search_index import add_records

_ITEMS_A_STEP = 4
_MEETING_EVERY = 7  # days between meetings: of the subgroup each fourth, of reviews the others
_PARTNERS = ("local_authority", "health", "police")


def put(connection: Connection, model: type[Record], rows: list[dict[str, Any]]) -> None:
    """Put rows of one kind into the file."""
    if rows:
        connection.execute(insert(model), [{"version": 1, **row} for row in rows])


class Work:
    """What was done beside the reviews and actions that are in the file already."""

    def __init__(
        self, connection: Connection, chance: random.Random, agencies: int, people: int, last: date
    ) -> None:
        self._connection = connection
        self._chance = chance
        self._agencies = agencies
        self._people = people
        self._last = last
        self._reviews: Sequence[Any] = connection.execute(
            select(Review.id, Review.reference, Review.known_as, Review.started_on)
        ).all()
        self._actions: Sequence[Any] = connection.execute(
            select(
                Action.id, Action.reference, Action.text, Action.agreed_on, Action.due_on
            ).add_columns(Action.delivery, Action.review_id)
        ).all()

    def put_all(self, changes: int) -> None:
        """Put everything into the file, and so many rows of the change log."""
        self._put_meetings()
        for model, each in (
            (AgencyRequest, self._requests),
            (PlanStep, self._steps),
            (PartnerSignOff, self._sign_offs),
            (Engagement, self._engagement),
            (Commission, self._commissions),
            (Pause, self._pauses),
            (PanelResponse, self._letters),
            (CostLine, self._costs),
            (Dissemination, self._dissemination),
        ):
            put(self._connection, model, [row for one in self._reviews for row in each(one)])
        self._put_on_actions()
        self._put_impact()
        self._put_mailings()
        self._index()
        _Log(self._connection, self._chance, self._last).write(self._actions, changes)

    def _agency(self) -> int:
        return self._chance.randrange(self._agencies) + 1

    def _person(self) -> int:
        return self._chance.randrange(self._people) + 1

    def _done(self, day: date) -> date | None:
        """Return the day on which something due was done, if it was; of old things all are done."""
        late = (self._last - day).days
        return day if late > 0 and (late > 120 or self._chance.random() < 0.9) else None

    def _put_meetings(self) -> None:
        first = self._last - timedelta(days=7300)
        days = [first + timedelta(days=at) for at in range(0, 7320, _MEETING_EVERY)]
        numbers = range(1, len(days) + 1)
        meetings = [self._meeting(n, day) for n, day in zip(numbers, days, strict=True)]
        put(self._connection, Meeting, meetings)
        members = [
            {"person_id": n, "body": "cspr_subgroup", "role": "member", "from_on": first}
            for n in range(1, min(self._people, 20) + 1)
        ]
        put(self._connection, Membership, members)
        about = self._links("meeting", "reviews", [(n, self._review_of(n)) for n in numbers])
        self._connection.execute(*about)
        rows = [(n, day) for n, day in zip(numbers, days, strict=True)]
        put(self._connection, Attendance, [row for n, _ in rows for row in self._attendance(n)])
        put(self._connection, AgendaItem, [row for n, _ in rows for row in self._agenda(n)])
        put(self._connection, MeetingAction, [row for n, d in rows for row in self._arising(n, d)])

    def _review_of(self, meeting: int) -> int:
        return min(len(self._reviews), meeting * len(self._reviews) // 1046 + 1)

    def _links(
        self, kind: str, field: str, pairs: list[tuple[int, int]]
    ) -> tuple[Any, list[dict[str, int]]]:
        table: Table = LINK_TABLES[kind, field]
        own, other = (column.name for column in table.columns)
        return insert(table), [{own: one, other: to} for one, to in pairs]

    def _meeting(self, number: int, day: date) -> dict[str, Any]:
        subgroup = number % 4 == 0
        return {
            "reference": f"M-{day.year}-{number:04}",
            "kind": "subgroup" if subgroup else "rapid_review",
            "held_on": day,
            "place": "Online",
            "chair_id": number % 20 + 1,
            "note": "What was said, in short. " * 8,
        }

    def _attendance(self, meeting: int) -> Iterator[dict[str, Any]]:
        for person in self._chance.sample(range(1, self._people + 1), 10):
            status = self._chance.choice(("present", "present", "present", "apologies"))
            yield {"meeting_id": meeting, "person_id": person, "status": status}

    def _agenda(self, meeting: int) -> Iterator[dict[str, Any]]:
        for number in range(1, 6):
            yield {
                "meeting_id": meeting,
                "number": number,
                "heading": f"Item {number}",
                "review_id": self._review_of(meeting) if number == 2 else None,
                "said": "What was said of it. " * 5,
                "decision": "Agreed." if number < 4 else None,
            }

    def _arising(self, meeting: int, day: date) -> Iterator[dict[str, Any]]:
        for number in range(1, 4):
            due = day + timedelta(days=14 * number)
            yield {
                "meeting_id": meeting,
                "text": f"Write to agency {number} about what was agreed.",
                "owner_id": self._person(),
                "due_on": due,
                "done_on": self._done(due),
            }

    def _requests(self, review: Any) -> Iterator[dict[str, Any]]:
        due = review.started_on + timedelta(days=10)
        for _ in range(6):
            back = self._done(due)
            yield {
                "review_id": review.id,
                "agency_id": self._agency(),
                "contact_id": self._person(),
                "purpose": "summary",
                "asked": "A summary of your work with the family.",
                "requested_on": review.started_on,
                "due_on": due,
                "outcome": "received" if back else None,
                "received_on": back,
                "quality": "good" if back else None,
            }

    def _steps(self, review: Any) -> Iterator[dict[str, Any]]:
        for number in range(1, 9):
            due = review.started_on + timedelta(days=2 * number)
            yield {
                "review_id": review.id,
                "number": number,
                "text": f"Step {number} of the plan",
                "due_on": due,
                "anchor": "notified",
                "working_days": number,
                "done_on": self._done(due),
            }

    def _sign_offs(self, review: Any) -> Iterator[dict[str, Any]]:
        for partner in _PARTNERS:
            yield {
                "review_id": review.id,
                "stage": "rapid_review",
                "partner": partner,
                "name": "A. Partner",
                "signed_on": review.started_on + timedelta(days=19),
            }

    def _engagement(self, review: Any) -> Iterator[dict[str, Any]]:
        for kind in ("family", "practitioner_event"):
            yield {
                "review_id": review.id,
                "kind": kind,
                "who": "Those who knew the child",
                "contacted_on": review.started_on + timedelta(days=7),
                "response": "takes_part",
                "said": "What they told us. " * 6,
            }

    def _commissions(self, review: Any) -> Iterator[dict[str, Any]]:
        if review.id % 5 == 0:
            asked = review.started_on + timedelta(days=25)
            yield {
                "review_id": review.id,
                "name": "A. Reviewer",
                "interest_on": asked,
                "outcome": "commissioned",
                "contract_on": asked + timedelta(days=20),
            }

    def _pauses(self, review: Any) -> Iterator[dict[str, Any]]:
        if review.id % 20 == 0:
            begins = review.started_on + timedelta(days=30)
            ends = begins + timedelta(days=60)
            yield {
                "review_id": review.id,
                "reason": "criminal",
                "from_on": begins,
                "until_on": ends if ends < self._last else None,
            }

    def _letters(self, review: Any) -> Iterator[dict[str, Any]]:
        came = review.started_on + timedelta(days=45)
        if came < self._last:
            yield {"review_id": review.id, "received_on": came, "kind": "agrees", "points": "None."}

    def _costs(self, review: Any) -> Iterator[dict[str, Any]]:
        if review.id % 5 == 0:
            yield {"review_id": review.id, "description": "Reviewer's fee", "amount": Decimal(9000)}

    def _dissemination(self, review: Any) -> Iterator[dict[str, Any]]:
        yield {
            "review_id": review.id,
            "product": f"Briefing {review.id}",
            "audience": "Practitioners",
            "channel": "briefing",
            "shared_on": review.started_on + timedelta(days=90),
        }

    def _put_on_actions(self) -> None:
        every = self._actions
        put(self._connection, Milestone, [row for one in every[::2] for row in self._miles(one)])
        put(self._connection, AssuranceCheck, [self._check(one) for one in every[::4]])
        put(self._connection, Escalation, [self._escalation(one) for one in every[::10]])
        put(self._connection, DueRevision, [self._move(one) for one in every[::5]])
        put(self._connection, Evidence, [self._evidence(one) for one in every[::2]])

    def _miles(self, action: Any) -> Iterator[dict[str, Any]]:
        for days in (60, 30):
            due = action.due_on - timedelta(days=days)
            yield {
                "action_id": action.id,
                "text": "A first part of it is in use",
                "owner_id": self._person(),
                "due_on": due,
                "done_on": self._done(due),
            }

    def _check(self, action: Any) -> dict[str, Any]:
        due = action.due_on + timedelta(days=182)
        done = self._done(due)
        return {
            "action_id": action.id,
            "kind": "six_months",
            "due_on": due,
            "checked_on": done,
            "result": "holds" if done else None,
        }

    def _escalation(self, action: Any) -> dict[str, Any]:
        return {
            "action_id": action.id,
            "step": "subgroup_chair",
            "raised_on": action.due_on + timedelta(days=30),
            "to": "The chair of the subgroup",
        }

    def _move(self, action: Any) -> dict[str, Any]:
        return {
            "action_id": action.id,
            "revised_on": action.due_on - timedelta(days=20),
            "from_on": action.due_on - timedelta(days=30),
            "to_on": action.due_on,
            "reason": "The lead is new.",
        }

    def _evidence(self, action: Any) -> dict[str, Any]:
        return {
            "action_id": action.id,
            "kind": "document",
            "description": "The guidance as it was agreed",
            "received_on": action.due_on,
        }

    def _put_impact(self) -> None:
        rows = [
            {
                "reference": f"IM-{number:04}",
                "what_changed": "More is asked of fathers.",
                "how_known": "An audit of 20 cases.",
                "seen_on": review.started_on + timedelta(days=200),
            }
            for number, review in enumerate(self._reviews[::10], 1)
        ]
        put(self._connection, Impact, rows)
        pairs = [(number, row.id) for number, row in enumerate(self._reviews[::10], 1)]
        self._connection.execute(*self._links("impact", "reviews", pairs))

    def _put_mailings(self) -> None:
        """Put a sheet to an agency for each tenth action."""
        sent = [
            {
                "reference": f"ML-{number:05}",
                "agency_id": self._agency(),
                "kind": "action_sheet",
                "sent_on": action.agreed_on + timedelta(days=30),
                "returned_on": action.agreed_on + timedelta(days=40),
            }
            for number, action in enumerate(self._actions[::10], 1)
        ]
        put(self._connection, Mailing, sent)
        pairs = [(number, row.id) for number, row in enumerate(self._actions[::10], 1)]
        self._connection.execute(*self._links("mailing", "actions", pairs))

    def _index(self) -> None:
        """Let the search find the reviews and the actions."""
        with Session(self._connection) as session:
            told = [(row.id, f"{row.reference} {row.known_as}", "") for row in self._reviews]
            add_records(session, "review", told)
            told = [(row.id, row.reference, row.text) for row in self._actions]
            add_records(session, "action", told)
            session.flush()


class _Log:
    """Writes steps as the services do, chained, but many at a time."""

    def __init__(self, connection: Connection, chance: random.Random, last: date) -> None:
        self._connection = connection
        self._chance = chance
        self._last = last
        head = connection.execute(select(ChangeHead.change_id, ChangeHead.hash)).one_or_none()
        self._number: int = head.change_id if head else 0
        self._previous: str = head.hash if head else ""
        self._had_head = head is not None

    def write(self, actions: Any, changes: int) -> None:
        """Add so many rows: each second step adds an action, each other moves one on."""
        total = changes // _ITEMS_A_STEP
        steps, items = [], []
        for place, place_of_action in zip(range(total), count(max(0, len(actions) - total))):
            action = actions[place_of_action % len(actions)]
            step, its = self._step(place, total, action)
            steps.append(step)
            items += its
        if steps:
            self._connection.execute(insert(Change), steps)
            self._connection.execute(insert(ChangeItem), items)
            self._set_head()

    def _step(
        self, place: int, total: int, action: Any
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        self._number += 1
        day = self._last - timedelta(days=7300 - 7300 * place // total)
        at = datetime.combine(day, time(9, place % 60))
        adds = place % 2 == 0
        label = f"{'Add' if adds else 'Amend'} action {action.reference}"
        seal, digest = self._sealed(label)
        items = [self._item(action, *told) for told in self._told(action, adds=adds)]
        links = [
            [row[name] for name in ("kind", "record_id", "act", "field", "digest")] for row in items
        ]
        told = [
            self._number,
            f"{at}.000000",
            "A. Secretary",
            "change",
            None,
            digest,
            self._previous,
        ]
        step: dict[str, Any] = {
            "id": self._number,
            "at": at,
            "by": "A. Secretary",
            "act": "change",
            "label": label,
            "undoes_id": None,
            "seal": seal,
            "digest": digest,
            "previous_hash": self._previous,
            "hash": _hash(json.dumps([told, links], ensure_ascii=False)),
        }
        self._previous = step["hash"]
        return step, items

    def _told(self, action: Any, *, adds: bool) -> list[tuple[str, str, Any, Any]]:
        if adds:
            now = {"reference": action.reference, "text": action.text, "delivery": action.delivery}
            values = {**now, "due_on": action.due_on.isoformat()}
            return [("add", name, None, value) for name, value in values.items()]
        moved = (action.due_on - timedelta(days=30)).isoformat()
        return [
            ("amend", "due_on", moved, action.due_on.isoformat()),
            ("amend", "delivery", "not_started", action.delivery),
            ("amend", "expected_outcome", None, "More is asked of fathers."),
            ("amend", "success_measure", None, "An audit of 20 cases."),
        ]

    def _item(self, action: Any, act: str, field: str, before: Any, after: Any) -> dict[str, Any]:
        texts = [None if value is None else json.dumps(value) for value in (before, after)]
        seal, digest = self._sealed(json.dumps(texts, ensure_ascii=False))
        return {
            "change_id": self._number,
            "kind": "action",
            "record_id": action.id,
            "act": act,
            "field": field,
            "before": texts[0],
            "after": texts[1],
            "seal": seal,
            "digest": digest,
        }

    def _sealed(self, words: str) -> tuple[str, str]:
        seal = f"{self._chance.getrandbits(128):032x}"
        return seal, _hash(seal + words)

    def _set_head(self) -> None:
        told = {"change_id": self._number, "hash": self._previous}
        if self._had_head:
            self._connection.execute(update(ChangeHead).values(told))
        else:
            self._connection.execute(insert(ChangeHead).values(id=1, **told))


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
