"""From which day the years of a review, an incident, a child or a professional count, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act
from oscb_desktop.database.models.children import Child, ChildIdentity
from oscb_desktop.database.models.directory import Membership, Person
from oscb_desktop.database.models.incidents import Incident, NotificationDiscussion
from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.retention import BIRTHDAY, CountedDay, latest, turns_25
from oscb_desktop.domain.statuses import OPEN
from oscb_desktop.queries.moments import local_time
from oscb_desktop.queries.record_web import Ref, Web, going_with, web_of

Rows = Mapping[int, Row[Any]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read once for every case: the days on the records, and the last change of each."""

    web: Web
    reviews: Rows
    incidents: Rows
    children: Rows
    people: Rows
    births: Mapping[int, date]
    discussions: Mapping[int, list[Row[Any]]]
    actions: Mapping[int, list[Row[Any]]]
    memberships: Mapping[int, list[Row[Any]]]
    changed: Mapping[Ref, datetime]

    def day(self, ref: Ref, trigger: str) -> CountedDay:
        """Return the day from which the years of a case count by a trigger of the schedule.

        What is in the bin and has no such day counts from the day it was withdrawn.
        """
        found = (
            self._changed(ref) if trigger == "last_change" else _DAYS[ref[0]](self, ref, trigger)
        )
        binned = self._withdrawn(ref)
        if found.day is None and binned is not None:
            return CountedDay.known(local_time(binned).date(), "withdrawn on")
        return found

    def reference(self, ref: Ref) -> str:
        """Return the reference of a review, an incident or a child."""
        rows = {"review": self.reviews, "incident": self.incidents, "child": self.children}
        return str(rows[ref[0]][ref[1]].reference)

    def child_of(self, identity: Ref) -> Ref:
        """Return the child whose identity it is."""
        return next(self.web.named(identity, "child"))

    def incident_of(self, child: Ref) -> Ref:
        """Return the incident of a child."""
        return next(self.web.named(child, "incident"))

    def _withdrawn(self, ref: Ref) -> datetime | None:
        rows = {"review": self.reviews, "incident": self.incidents, "person": self.people}
        row = rows.get(ref[0], {}).get(ref[1])
        return None if row is None else row.withdrawn_at

    def _changed(self, ref: Ref) -> CountedDay:
        moments = [self.changed[one] for one in going_with(self.web, (ref,)) if one in self.changed]
        if not moments:
            return CountedDay(None, "the change log tells of no change to it")
        return CountedDay.known(local_time(max(moments)).date(), "last changed on")

    def youngest(self, children: Iterable[Ref]) -> CountedDay:
        """Return the last 25th birthday of some children."""
        days = [self._birthday(child) for child in children]
        return latest(days) if days else CountedDay(None, "no child is named")

    def _birthday(self, child: Ref) -> CountedDay:
        row = self.children[child[1]]
        happened = self.incidents[row.incident_id].happened_on
        return turns_25(row.reference, self.births.get(child[1]), row.age_at_incident, happened)


def facts(session: Session, *, with_changes: bool) -> Facts:
    """Read the days; the last change of each record only where the schedule asks for it."""
    tables = (
        _by_id(session, Review, "reference", "known_as", "finished_on", "published_on"),
        _by_id(
            session,
            Incident,
            *("reference", "known_as", "happened_on", "received_on", "notified_on", "aware_on"),
        ),
        _by_id(session, Child, "reference", "known_as", "incident_id", "age_at_incident"),
        _by_id(session, Person, "name"),
    )
    known = select(ChildIdentity.child_id, ChildIdentity.date_of_birth)
    return Facts(
        web_of(session),
        *tables,
        {row[0]: row[1] for row in session.execute(known) if row[1]},
        _owned(session, NotificationDiscussion, "incident_id", "held_on", "decided_on", "decision"),
        _owned(session, Action, "review_id", "reference", "delivery", "completed_on"),
        _owned(session, Membership, "person_id", "to_on"),
        _changes(session) if with_changes else {},
    )


def _by_id(session: Session, model: Any, *names: str) -> Rows:
    columns = [getattr(model, name) for name in names]
    found = session.execute(select(model.id, model.withdrawn_at, *columns))
    return {row.id: row for row in found}


def _owned(session: Session, model: Any, owner: str, *names: str) -> Mapping[int, list[Row[Any]]]:
    """Return the live records of a kind by their owner."""
    columns = [getattr(model, name) for name in (owner, *names)]
    owned: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(select(*columns).where(model.withdrawn_at.is_(None))):
        owned[row[0]].append(row)
    return owned


def _changes(session: Session) -> Mapping[Ref, datetime]:
    last = (
        select(ChangeItem.kind, ChangeItem.record_id, func.max(Change.at))
        .join(Change, Change.id == ChangeItem.change_id)
        .where(Change.act != Act.VIEW)
        .group_by(ChangeItem.kind, ChangeItem.record_id)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(last)}


def _review_day(read: Facts, ref: Ref, trigger: str) -> CountedDay:
    row = read.reviews[ref[1]]
    if trigger == "published":
        return _or_missing(row.published_on, "published on", "it was never published")
    if trigger == "received":
        incidents = sorted(read.web.incidents_of(ref))
        days = [_incident_day(read, incident, trigger) for incident in incidents]
        return latest(days) if days else CountedDay(None, "no incident is named")
    if trigger == BIRTHDAY:
        children = set(read.web.named(ref, "children"))
        for incident in read.web.incidents_of(ref):
            children.update(read.web.naming(incident, "child"))
        return read.youngest(sorted(children))
    return _review_end(read, ref)


def _review_end(read: Facts, ref: Ref) -> CountedDay:
    """Return the end of the work: of the review and of its actions, whichever is later."""
    row = read.reviews[ref[1]]
    end = row.finished_on or row.published_on  # a published review ends on publication
    if end is None:
        return CountedDay(None, "the work on it has no end yet")
    acts = read.actions.get(ref[1], ())
    still_open = next((act for act in acts if act.delivery in OPEN), None)
    if still_open is not None:
        return CountedDay(None, f"its action {still_open.reference} is still open")
    done = max((act.completed_on for act in acts if act.completed_on), default=end)
    if done > end:
        return CountedDay.known(done, "its last action was completed on")
    return CountedDay.known(end, "work ended on" if row.finished_on else "published on")


def _incident_day(read: Facts, ref: Ref, trigger: str) -> CountedDay:
    row = read.incidents[ref[1]]
    if trigger == "received":
        named = ((row.received_on, "received"), (row.notified_on, "notified"))
        day, words = next(
            (found for found in named if found[0]), (row.aware_on, "known to the authority")
        )
        return _or_missing(day, f"{words} on", "no day says when it was received")
    if trigger == BIRTHDAY:
        return read.youngest(sorted(read.web.naming(ref, "child")))
    if trigger == "published":
        return CountedDay(None, "an incident is never published")
    held = [found for found in read.discussions.get(ref[1], ()) if found.decision]
    decided = max((found.decided_on or found.held_on for found in held), default=None)
    return _or_missing(decided, "decided on", "no decision about it is recorded")


def _identity_day(read: Facts, ref: Ref, trigger: str) -> CountedDay:
    """Return the day of the child's reviews, of the incident where there is none.

    While a review that is not in the bin has no end, there is no day: it needs the name.
    """
    child = read.child_of(ref)
    incident = read.incident_of(child)
    reviews = sorted(read.web.reviews_of(incident))
    for review in reviews:
        end = _review_end(read, review)
        if end.day is None and review not in read.web.binned:
            return CountedDay(None, f"{read.reference(review)}: {end.words}")
    if trigger == BIRTHDAY:
        return read.youngest((child,))
    if trigger == "received" or not reviews:
        return _incident_day(read, incident, trigger)
    return latest([_review_day(read, review, trigger) for review in reviews])


def _person_day(read: Facts, ref: Ref, trigger: str) -> CountedDay:
    if trigger != "closed":
        return CountedDay(None, "the schedule counts from a day that no professional has")
    ends = [found.to_on for found in read.memberships.get(ref[1], ())]
    if None in ends:
        return CountedDay(None, "a membership goes on")
    last = max(ends, default=None)
    return _or_missing(last, "the last membership ended on", "nothing says when the work ended")


_DAYS = {
    "review": _review_day,
    "incident": _incident_day,
    "child_identity": _identity_day,
    "person": _person_day,
}


def _or_missing(day: date | None, why: str, missing: str) -> CountedDay:
    return CountedDay(None, missing) if day is None else CountedDay.known(day, why)
