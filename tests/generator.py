"""A file of any size, filled row by row without the services: for speed, never for meaning."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert

from oscb_desktop.database.engine import for_writing
from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.children import Child, Family
from oscb_desktop.database.models.directory import Agency, Person
from oscb_desktop.database.models.incidents import Incident
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.database.models.recommendations import Action, ProgressNote, Recommendation
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.uncertain_dates import UncertainDate
from tests.generated_work import Work, put

_WORDS = [
    "guidance",
    "training",
    "supervision",
    "audit",
    "referral",
    "threshold",
    "safeguarding",
    "neglect",
    "placement",
    "school",
    "health",
    "visitor",
    "midwife",
    "police",
    "housing",
    "father",
    "carer",
    "assessment",
    "plan",
    "review",
    "meeting",
    "threshold",
    "information",
    "sharing",
    "escalation",
    "curiosity",
    "exploitation",
    "online",
    "wellbeing",
    "commissioning",
    "quality",
]
_LAST = date(2022, 3, 25)
_AGENCIES = 14
_PEOPLE = 60
_THEMES = 12


def fill(
    engine: Engine, *, reviews: int, actions: int, seed: int = 1, changes: int | None = None
) -> None:
    """Put so many reviews and actions, over twenty years, into a new file.

    With ``changes``, also all the work around them, and so many rows of the change log.
    """
    chance = random.Random(seed)
    with for_writing(engine).begin() as connection:
        _directory(connection)
        _reviews(connection, chance, reviews)
        _actions(connection, chance, reviews, actions)
        if changes is not None:
            Work(connection, chance, _AGENCIES, _PEOPLE, _LAST).put_all(changes)


def sentence(chance: random.Random, length: int = 12) -> str:
    """Return invented words that read like an action."""
    return " ".join(chance.choices(_WORDS, k=length)).capitalize() + "."


def _directory(connection: Connection) -> None:
    agencies = [{"name": f"Agency {n:02}", "kind": "police"} for n in range(1, _AGENCIES + 1)]
    people = [
        {"name": f"Person {n:02}", "agency_id": n % _AGENCIES + 1} for n in range(1, _PEOPLE + 1)
    ]
    put(connection, Agency, agencies)
    put(connection, Person, people)
    put(connection, Theme, [{"name": f"Theme {n:02}"} for n in range(1, _THEMES + 1)])


def _day(chance: random.Random, place: int, total: int) -> date:
    return _LAST - timedelta(days=7300 - 7300 * place // max(total, 1) + chance.randrange(20))


def _reviews(connection: Connection, chance: random.Random, total: int) -> None:
    days = [_day(chance, n, total) for n in range(total)]
    numbers = range(1, total + 1)
    put(
        connection,
        Incident,
        [
            {
                "reference": f"IN-{day.year}-{n:05}",
                "known_as": f"Child {n}",
                "nature": "serious_harm",
                "notified_by": "us",
                "referral_source": chance.choice(("health", "police", "childrens_social_care")),
                "happened_on": UncertainDate.exact(day - timedelta(days=5)),
                "aware_on": day - timedelta(days=3),
                "notified_on": day,
                "summary": sentence(chance, 40),
            }
            for n, day in zip(numbers, days, strict=True)
        ],
    )
    put(
        connection,
        Family,
        [{"reference": f"FA-{n:05}", "known_as": f"Family {n}"} for n in numbers],
    )
    put(
        connection,
        Child,
        [
            {
                "reference": f"CH-{n:05}",
                "known_as": f"Child {n}",
                "incident_id": n,
                "family_id": n,
                "age_at_incident": Age.parse(f"{chance.randrange(18)}y"),
                "sex": chance.choice(("female", "male")),
                "csc_status": "child_in_need",
                "outcome": "seriously_harmed",
            }
            for n in numbers
        ],
    )
    put(connection, Review, [_review(chance, n, day) for n, day in enumerate(days, 1)])
    pairs = LINK_TABLES["review", "children"]
    connection.execute(insert(pairs), [{"review_id": n, "child_id": n} for n in numbers])
    themes = LINK_TABLES["review", "themes"]
    linked = [{"review_id": n, "theme_id": chance.randrange(_THEMES) + 1} for n in numbers]
    connection.execute(insert(themes), linked)


def _review(chance: random.Random, number: int, day: date) -> dict[str, Any]:
    live = day > _LAST - timedelta(days=120)
    return {
        "reference": f"RR-{day.year}-{number:05}",
        "kind": "rapid_review",
        "known_as": f"Child {number}",
        "role": "sole",
        "incident_id": number,
        "rule_set": "wt2018",
        "started_on": day,
        "sent_to_panel_on": None if live else day + timedelta(days=20),
        "finished_on": None if live else day + timedelta(days=60),
        "what_happened": sentence(chance, 60),
        "good_practice": sentence(chance, 30),
    }


def _actions(connection: Connection, chance: random.Random, reviews: int, total: int) -> None:
    put(
        connection,
        Recommendation,
        [
            {
                "reference": f"R-{n:05}/R1",
                "review_id": n,
                "number": 1,
                "text": sentence(chance, 30),
            }
            for n in range(1, reviews + 1)
        ],
    )
    rows = [_action(chance, n, reviews, total) for n in range(1, total + 1)]
    put(connection, Action, rows)
    notes = [
        {
            "action_id": n,
            "noted_on": row["agreed_on"] + timedelta(days=30),
            "note": sentence(chance),
        }
        for n, row in enumerate(rows, 1)
    ]
    put(connection, ProgressNote, notes)


def _action(chance: random.Random, number: int, reviews: int, total: int) -> dict[str, Any]:
    agreed = _day(chance, number, total)
    due = agreed + timedelta(days=chance.randrange(60, 360))
    complete = due < _LAST and chance.random() < 0.9
    review = min(reviews, number * reviews // max(total, 1) + 1)
    return {
        "reference": f"A-{agreed.year}-{number:06}",
        "review_id": review,
        "recommendation_id": review,
        "text": sentence(chance, 14),
        "scope": "single_agency",
        "lead_agency_id": chance.randrange(_AGENCIES) + 1,
        "owner_id": chance.randrange(_PEOPLE) + 1,
        "agreed_on": agreed,
        "original_due_on": due,
        "due_on": due,
        "delivery": "complete" if complete else "in_progress",
        "completed_on": due if complete else None,
        "assurance": "none",
    }
