"""A year of chance: whatever may befall a year's records, put into a file row by row."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.children import Child, Family
from oscb_desktop.database.models.directory import Agency, Membership, Person
from oscb_desktop.database.models.incidents import Incident, NotificationDiscussion
from oscb_desktop.database.models.learning import Dissemination, Impact, LearningPoint, Theme
from oscb_desktop.database.models.recommendations import Action, Finding, Limb, Recommendation
from oscb_desktop.database.models.reviews import CostLine, PanelResponse, Review
from oscb_desktop.database.models.running import Engagement
from oscb_desktop.database.models.settings import AgeBand, Baseline
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.uncertain_dates import UncertainDate
from tests.generated_work import put

FIRST = date(2020, 10, 1)
_DAYS = 700
_GONE = datetime(2022, 3, 1, 9, 0)  # noqa: DTZ001 - kept in UTC, without a zone
_AGES = ("unborn", "newborn", "3 weeks", "7 months", "0", "2y 3m", "4", "5", "12", "13y 7m", "16")
_SEXES = ("female", "male", "not_known", None)
_KINDS = ("lcspr", "scr", "partnership_learning", "thematic")


class YearOfChance:
    """Puts in incidents, children, reviews and all that is counted, as chance has it."""

    def __init__(self, connection: Connection, chance: Random, size: int) -> None:
        self._connection, self._chance, self._size = connection, chance, size

    def put_all(self) -> None:
        """Fill the file; some of every kind are in the bin."""
        self._settings()
        self._cases()
        self._reviews()
        self._around_reviews()
        self._learning()

    def _put(self, model: Any, rows: list[dict[str, Any]]) -> None:
        gone = {"withdrawn_at": None}
        for row in rows:
            row.update({"withdrawn_at": _GONE} if self._some(8) else gone)
        put(self._connection, model, rows)

    def _some(self, one_in: int) -> bool:
        return self._chance.randrange(one_in) == 0

    def _day(self) -> date:
        return FIRST + timedelta(days=self._chance.randrange(_DAYS))

    def _maybe(self, value: Any, one_in: int = 4) -> Any:
        return None if self._some(one_in) else value

    def _code(self, name: str) -> str:
        return self._chance.choice([entry.code for entry in code_list(name).codes])

    def _codes(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._code(name) for _ in range(self._chance.randrange(3))))

    def _settings(self) -> None:
        bands = [("Under 5", 0, 4), ("5 to 12", 5, 12), ("13 and over", 13, None)]
        put(
            self._connection,
            AgeBand,
            [{"label": label, "from_years": at, "to_years": to} for label, at, to in bands],
        )
        figures = ("child_population", "children_cared_for", "rapid_reviews")
        rows = [
            {"year": year, "figure": figure, "value": self._chance.randrange(1, 200_000)}
            for year in ("2020-21", "2021-22")
            for figure in figures
            if not (year == "2021-22" and figure == "rapid_reviews")
        ]
        self._put(Baseline, rows)
        self._put(Theme, [{"name": f"Theme {n}"} for n in range(1, 5)])
        put(self._connection, Agency, [{"name": f"Agency {n}", "kind": "police"} for n in (1, 2)])
        people = [{"name": f"Person {n}", "agency_id": n % 2 + 1} for n in range(1, 5)]
        put(self._connection, Person, people)
        places = [
            {
                "person_id": n,
                "body": self._chance.choice(("cspr_subgroup", "executive")),
                "role": "member",
                "from_on": self._day(),
                "to_on": self._maybe(self._day(), 2),
            }
            for n in range(1, 5)
        ]
        self._put(Membership, places)

    def _cases(self) -> None:
        self._put(Incident, [self._incident(n) for n in range(1, self._size + 1)])
        discussions = [
            {"incident_id": self._one(), "held_on": self._day()} for _ in range(self._size)
        ]
        self._put(NotificationDiscussion, discussions)
        families = range(1, self._size + 1)
        put(
            self._connection,
            Family,
            [{"reference": f"FA-{n:02}", "known_as": f"Family {n}"} for n in families],
        )
        children = [self._child(n) for n in range(1, 2 * self._size + 1)]
        for number in range(1, len(children), 3):  # twins: of one incident, family and age
            for name in ("incident_id", "family_id", "age_at_incident"):
                children[number][name] = children[number - 1][name]
        self._put(Child, children)

    def _one(self) -> int:
        return self._chance.randrange(self._size) + 1

    def _incident(self, number: int) -> dict[str, Any]:
        aware = self._day()
        return {
            "reference": f"IN-{number:02}",
            "known_as": f"Child {number}",
            "nature": self._code("incident_nature"),
            "notified_by": self._chance.choice(("us", "other_authority")),
            "referral_source": self._maybe(self._code("referral_source")),
            "happened_on": self._maybe(UncertainDate.exact(aware - timedelta(days=3))),
            "received_on": self._maybe(aware),
            "aware_on": self._maybe(aware),
            "notified_on": self._maybe(aware + timedelta(days=4), 3),
        }

    def _child(self, number: int) -> dict[str, Any]:
        return {
            "reference": f"CH-{number:02}",
            "known_as": f"Child {number}",
            "incident_id": self._one(),
            "family_id": self._one(),
            "age_at_incident": self._maybe(Age.parse(self._chance.choice(_AGES)), 6),
            "sex": self._chance.choice(_SEXES),
            "ethnicity": self._maybe(self._code("ethnicity")),
            "csc_status": self._maybe(self._code("csc_status")),
            "csc_previous": self._codes("csc_status"),
            "outcome": self._maybe(self._code("child_outcome")),
            "harm_types": self._codes("harm_type"),
            "harmed_by": self._codes("harmed_by"),
        }

    def _reviews(self) -> None:
        total = 2 * self._size
        self._put(Review, [self._review(n) for n in range(1, total + 1)])
        for name, targets in (("children", total), ("themes", 4)):
            pairs = {
                (review, self._chance.randrange(targets) + 1)
                for review in range(1, total + 1)
                for _ in range(self._chance.randrange(3))
            }
            own, other = LINK_TABLES["review", name].columns
            rows = [{own.name: review, other.name: target} for review, target in sorted(pairs)]
            if rows:
                self._connection.execute(insert(LINK_TABLES["review", name]), rows)

    def _review(self, number: int) -> dict[str, Any]:
        rapid, started = bool(self._chance.randrange(2)), self._day()
        ended = started + timedelta(days=self._chance.randrange(20, 500))
        return {
            "reference": f"{'RR' if rapid else 'LR'}-{number:02}",
            "kind": "rapid_review" if rapid else self._chance.choice(_KINDS),
            "known_as": f"Child {number}",
            "role": self._code("review_role"),
            "incident_id": self._maybe(self._one()),
            "rule_set": "wt2018",
            "started_on": started,
            "finished_on": self._maybe(ended, 3),
            "published_on": None if rapid else self._maybe(ended + timedelta(days=9), 2),
            "sent_to_panel_on": self._maybe(self._day(), 3) if rapid else None,
            "lcspr_commissioned": self._chance.choice((True, False, None)) if rapid else None,
        }

    def _around_reviews(self) -> None:
        reviews = range(1, 2 * self._size + 1)
        chosen = [review for review in reviews if not self._some(3)]
        letters = [
            {"review_id": at, "received_on": self._day(), "kind": self._code("panel_response")}
            for at in chosen * 2
        ]
        self._put(PanelResponse, letters)
        costs = [
            {
                "review_id": at,
                "description": f"Cost {n}",
                "amount": Decimal(self._chance.randrange(100_000, 2_000_000)).scaleb(-2),
            }
            for n, at in enumerate(chosen * 2)
        ]
        self._put(CostLine, costs)
        actions = [self._action(n, at) for n, at in enumerate(chosen)]
        self._put(Action, actions)
        self._put(Engagement, [self._engagement(n, at) for n, at in enumerate(chosen)])
        findings = [
            {"reference": f"{at}/F1", "review_id": at, "number": 1, "title": "Found"}
            for at in chosen
        ]
        self._put(Finding, findings)
        asked = [
            {"reference": f"{at}/R1", "review_id": at, "number": 1, "text": "Do"} for at in chosen
        ]
        self._put(Recommendation, asked)
        limbs = [
            {
                "reference": f"{at}/R1(i)",
                "recommendation_id": at,
                "label": "(i)",
                "scope": self._code("limb_scope"),
                "text": "Do",
            }
            for at in range(1, len(chosen) + 1)
        ]
        self._put(Limb, limbs)

    def _action(self, number: int, review: int) -> dict[str, Any]:
        return {
            "reference": f"A-{number:02}",
            "review_id": review,
            "text": "Act",
            "scope": self._code("action_scope"),
            "agreed_on": self._maybe(self._day()),
            "due_on": self._maybe(self._day()),
            "delivery": self._code("delivery_status"),
            "completed_on": self._maybe(self._day(), 2),
            "assurance": "none",
        }

    def _engagement(self, number: int, review: int) -> dict[str, Any]:
        return {
            "review_id": review,
            "kind": self._code("engagement_kind"),
            "who": f"Group {number}",
            "response": self._maybe(self._code("engagement_response")),
            "contacted_on": self._maybe(self._day()),
            "met_on": self._maybe(self._day()),
            "attended": self._maybe(self._chance.randrange(30)),
        }

    def _learning(self) -> None:
        points = [
            {"reference": f"LP-{n}", "audience": self._code("audience"), "heading": "Know"}
            for n in range(1, self._size + 1)
        ]
        self._put(LearningPoint, points)
        own, other = LINK_TABLES["learning_point", "reviews"].columns
        links = [{own.name: n, other.name: self._one() * 2 - 1} for n in range(1, self._size + 1)]
        self._connection.execute(insert(LINK_TABLES["learning_point", "reviews"]), links)
        impacts = [
            {
                "reference": f"IM-{n}",
                "what_changed": "More",
                "how_known": "Seen",
                "seen_on": self._day(),
            }
            for n in range(1, self._size + 1)
        ]
        self._put(Impact, impacts)
        shared = [
            {
                "product": f"Event {n}",
                "audience": "All",
                "shared_on": self._day(),
                "reach": self._maybe(self._chance.randrange(90)),
            }
            for n in range(1, self._size + 1)
        ]
        self._put(Dissemination, shared)
