"""What the retention schedule says is due, what a hold keeps, and what would go with each case.

Nothing is ever removed by itself: this only lists. A case waits until the longest of what it holds
is due, and for as long as a hold stands.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import MODELS
from oscb_desktop.database.models.keeping import RetentionRule
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.retention import BIRTHDAY, CountedDay, RetentionAction, Rule
from oscb_desktop.queries.legal_holds import Hold, names_of, standing_holds
from oscb_desktop.queries.record_web import Ref, Web, going_with, web_of
from oscb_desktop.queries.retention_days import Facts, facts

CLASS_KINDS = {
    "review": "review",
    "incident": "incident",
    "identity": "child_identity",
    "professional": "person",
}
"""The kind of record that a class of the schedule is about."""


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case whose time is over, with what goes with it and what stays.

    ``reference`` names no person; ``title`` is for the screen alone. ``day`` is the day from which
    the years counted, ``why`` says which. ``holds`` names the holds that keep it. ``goes`` counts
    the records by kind; ``mark`` changes with any of them.
    """

    record_class: str
    ref: Ref
    reference: str
    title: str
    day: date
    why: str
    kept_until: date
    rule: Rule
    holds: tuple[str, ...]
    goes: tuple[tuple[str, int], ...]
    stays: tuple[str, ...]
    mark: str

    @property
    def until(self) -> str:
        """The last day of keeping in words; the year alone where the day tells a date of birth."""
        if self.rule.trigger == BIRTHDAY:
            return str(self.kept_until.year)
        return format_date(self.kept_until)

    @property
    def records(self) -> int:
        """How many records go with it, itself among them."""
        return sum(number for _, number in self.goes)


@dataclass(frozen=True, slots=True)
class UndatedCase:
    """A case of which no day is known to count from, and what is missing."""

    record_class: str
    ref: Ref
    title: str
    missing: str


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due on a day, what has no day to count from, and how many cases wait.

    ``next_on`` is the day on which the next one falls due; ``kept`` counts what is kept for good;
    ``without_rule`` names the classes of which the schedule says nothing.
    """

    due: tuple[DueCase, ...] = ()
    undated: tuple[UndatedCase, ...] = ()
    waiting: int = 0
    next_on: date | None = None
    kept: int = 0
    without_rule: tuple[str, ...] = ()


def due_for_disposal(session: Session, today: date) -> DueList:
    """Return what the schedule says is due: kept until a day before today."""
    rules = schedule(session)
    changes = any(rule.trigger == "last_change" for rule in rules.values())
    read = facts(session, with_changes=changes)
    listed = _Listing(read, rules, standing_holds(session, today), today)
    return listed.made(session)


def schedule(session: Session) -> Mapping[str, Rule]:
    """Return the line of the schedule for each class that has one."""
    live = select(RetentionRule).where(RetentionRule.withdrawn_at.is_(None))
    return {
        row.record_class: Rule(
            row.record_class,
            row.trigger,
            row.years,
            RetentionAction(row.action),
            row.source or "",
        )
        for row in session.scalars(live)
    }


def removed_together(session: Session, refs: Iterable[Ref]) -> tuple[tuple[str, int], ...]:
    """Return how many records of each kind go when these cases go together."""
    return counts_by_kind(going_with(web_of(session), refs))


def kinds_in_words(goes: Iterable[tuple[str, int]]) -> str:
    """Return ``1 review, 3 actions``."""
    return ", ".join(f"{number:,} {_named(kind, number)}" for kind, number in goes)


def counts_by_kind(refs: Iterable[Ref]) -> tuple[tuple[str, int], ...]:
    """Return how many records there are of each kind, in the order of the kinds."""
    found = Counter(kind for kind, _ in refs)
    return tuple((kind, found[kind]) for kind in RECORD_KINDS if found[kind])


@dataclass(frozen=True, slots=True)
class _Case:
    """One case within the web: what it is about, and what of it can be under a hold."""

    web: Web
    ref: Ref

    @property
    def incidents(self) -> frozenset[Ref]:
        kind = self.ref[0]
        if kind == "review":
            return self.web.incidents_of(self.ref)
        if kind == "incident":
            return frozenset((self.ref,))
        children = self.web.named(self.ref, "child")
        return frozenset(one for child in children for one in self.web.named(child, "incident"))

    @property
    def held_by(self) -> frozenset[Ref]:
        """What a hold must name to keep the case: a review alone does not keep another one."""
        if self.ref[0] == "review":
            return self.incidents | {self.ref}
        reviews = (review for one in self.incidents for review in self.web.reviews_of(one))
        return self.incidents.union(reviews)

    @property
    def going(self) -> Iterator[Ref]:
        """The incidents that may go with it: none that is live while its reviews are in the bin."""
        if self.ref[0] not in ("review", "incident"):
            return
        for one in self.incidents:
            reviews = self.web.reviews_of(one)
            if not reviews or one in self.web.binned or reviews - self.web.binned:
                yield one


class _Listing:
    """One reading of the file, gone through class by class."""

    def __init__(
        self, read: Facts, rules: Mapping[str, Rule], holds: tuple[Hold, ...], today: date
    ) -> None:
        self.read, self.rules, self.holds, self.today = read, rules, holds, today
        self.due: list[DueCase] = []
        self.undated: list[UndatedCase] = []
        self.later: list[date] = []
        self.kept = 0
        self.covered: set[Ref] = set()

    def made(self, session: Session) -> DueList:
        """Go through every class that the schedule tells of."""
        references = _references(session)
        for record_class, kind in CLASS_KINDS.items():
            if record_class not in self.rules:
                continue
            for ref in self._cases(kind):
                self._put(record_class, ref, references)
        self.due.sort(key=lambda case: (case.kept_until, sort_key(case.reference)))
        return DueList(
            tuple(self.due),
            tuple(self.undated),
            len(self.later),
            min(self.later, default=None),
            self.kept,
            tuple(name for name in CLASS_KINDS if name not in self.rules),
        )

    def _cases(self, kind: str) -> Iterator[Ref]:
        web = self.read.web
        for ref in [ref for ref in web.versions if ref[0] == kind]:
            if kind == "incident" and web.reviews_of(ref):
                continue
            if kind == "child_identity" and ref in self.covered:
                continue
            if kind == "person" and not _belongs_to_nothing(web, ref):
                continue
            yield ref

    def _put(self, record_class: str, ref: Ref, references: Mapping[Ref, str]) -> None:
        case = _Case(self.read.web, ref)
        parts = list(self._parts(record_class, case))
        if any(rule.action is RetentionAction.KEEP for rule, _ in parts):
            self.kept += 1
            return
        missing = next((day.words for _, day in parts if day.day is None), "")
        if missing:
            self.undated.append(UndatedCase(record_class, ref, self._title(ref), missing))
            return
        dated = [(rule.kept_until(day.day), rule, day) for rule, day in parts if day.day]
        until, rule, day = max(dated, key=lambda part: part[0])
        if until >= self.today:
            self.later.append(until)
            return
        own = self.rules[record_class]
        gone = going_with(self.read.web, (ref,))
        self.covered |= gone
        assert day.day is not None
        self.due.append(
            DueCase(
                record_class,
                ref,
                self._reference(ref),
                self._title(ref),
                day.day,
                day.words,
                until,
                Rule(record_class, rule.trigger, rule.years, own.action, rule.authority),
                names_of(self.holds, case.held_by),
                counts_by_kind(gone),
                tuple(_staying(self.read, ref, gone, references)),
                _mark(self.read.web, gone, until, own.action),
            )
        )

    def _parts(self, record_class: str, case: _Case) -> Iterator[tuple[Rule, CountedDay]]:
        """Yield the rule and the day of the case, and of each identity that goes with it."""
        rule = self.rules[record_class]
        yield rule, self.read.day(case.ref, rule.trigger)
        names = self.rules.get("identity")
        if names is not None:
            for identity in self._identities(case):
                day = self.read.day(identity, names.trigger)
                if day.day is None and case.ref in self.read.web.binned:
                    continue  # it counts from its withdrawal, as the case does
                child = self.read.reference(self.read.child_of(identity))
                yield names, CountedDay(day.day, f"identity of {child}: {day.words}")

    def _identities(self, case: _Case) -> Iterator[Ref]:
        """Yield the identities that go with a case, or with the last of the reviews they share."""
        web = self.read.web
        for incident in case.going:
            if all(self._is_over(review) for review in web.reviews_of(incident) - {case.ref}):
                for child in web.naming(incident, "child"):
                    yield from web.naming(child, "child_identity")

    def _is_over(self, review: Ref) -> bool:
        """Whether the time of a review is over by its own rule; else its incident surely stays."""
        rule = self.rules.get("review")
        if rule is None or rule.action is RetentionAction.KEEP:
            return False
        day = self.read.day(review, rule.trigger).day
        return day is not None and rule.kept_until(day) < self.today

    def _reference(self, ref: Ref) -> str:
        if ref[0] == "person":
            return f"Professional {ref[1]}"
        if ref[0] == "child_identity":
            return f"Identity of {self.read.reference(self.read.child_of(ref))}"
        return self.read.reference(ref)

    def _title(self, ref: Ref) -> str:
        if ref[0] == "person":
            return str(self.read.people[ref[1]].name)
        if ref[0] == "child_identity":
            child = self.read.children[self.read.child_of(ref)[1]]
            return f"Identity of {child.reference} {child.known_as}"
        rows = self.read.reviews if ref[0] == "review" else self.read.incidents
        title = f"{rows[ref[1]].reference} {rows[ref[1]].known_as}"
        return f"{title} (in the bin)" if ref in self.read.web.binned else title


def _belongs_to_nothing(web: Web, person: Ref) -> bool:
    return all(source[0] == "membership" for _, source in web.into.get(person, ()))


def _references(session: Session) -> Mapping[Ref, str]:
    """Return the references of what may stay behind because it names several reviews."""
    kinds = ("review", "incident", "family", "learning_point", "impact", "meeting", "mailing")
    return {
        (kind, row[0]): row[1]
        for kind in kinds
        for row in session.execute(select(MODELS[kind].id, MODELS[kind].reference))  # type: ignore[attr-defined]
    }


def _staying(
    read: Facts, ref: Ref, gone: frozenset[Ref], references: Mapping[Ref, str]
) -> Iterator[str]:
    """Yield a sentence for each record that a reader might expect to go, and that stays."""
    web = read.web
    for incident in sorted(web.incidents_of(ref) - gone if ref[0] == "review" else ()):
        others = sorted(references[one] for one in web.reviews_of(incident) - gone)
        named = f"named by {', '.join(others)}" if others else "not in the bin itself"
        yield f"{references[incident]} stays with its children: it is {named}."
    staying = {
        (source, field)
        for one in gone
        for field, source in web.into.get(one, ())
        if source not in gone and source in references
    }
    for (kind, number), field in sorted(staying):
        name = references[kind, number]
        label = RECORD_KINDS[kind].field(field).label.lower()
        note = " Read its note: it may tell of this case." if kind == "meeting" else ""
        yield f"{name} stays, for it tells of others too; it loses this one from “{label}”.{note}"


def _mark(web: Web, gone: frozenset[Ref], until: date, action: str) -> str:
    told = [until.isoformat(), action, *(f"{ref} {web.versions[ref]}" for ref in sorted(gone))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _named(kind: str, number: int) -> str:
    declared = RECORD_KINDS[kind]
    label = declared.label if number == 1 else declared.plural
    return label[:1].lower() + label[1:]
