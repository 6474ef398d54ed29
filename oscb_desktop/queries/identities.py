"""What the check for disclosure looks for: who the children of the file really are.

Nobody is shown anything of it, so no look at an identity is logged: findings show only words that
stand on the paper that the reader holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.children import Child, ChildIdentity, Family
from oscb_desktop.database.models.directory import Agency, Person
from oscb_desktop.database.models.incidents import Incident
from oscb_desktop.database.models.reviews import Review, review_children
from oscb_desktop.database.models.settings import Organisation
from oscb_desktop.domain.disclosure.findings import NAMES, Innocent
from oscb_desktop.domain.disclosure.needles import Identity, needles_of
from oscb_desktop.domain.disclosure.search import Sought
from oscb_desktop.domain.suppression import threshold_of
from oscb_desktop.queries.organisation import organisation


@dataclass(frozen=True, slots=True)
class Identities:
    """What is sought: of how many children a name is recorded, and how many names.

    ``nameless`` are the children of whom none is, by their references, and ``of_reviews`` those
    among them that a review is about. Counts below ``small_number`` are not published.
    """

    sought: Sought
    children: int
    names: int
    small_number: int
    nameless: tuple[str, ...] = ()
    of_reviews: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def identities(session: Session) -> Identities:
    """Return what is sought of every live child, and the names that may stand on paper.

    A child, an incident or an identity in the bin is not sought.
    """
    references = _references(session)
    held = tuple(_identities(session, references))
    known = {one.whose for one in held}
    every = (
        *held,
        *(one for one in _without_identity(session, references) if one.whose not in known),
    )
    innocents = (*_pseudonyms(session), *_staff(session))
    needles = needles_of(every)
    names = {needle.words.casefold() for needle in needles if needle.kind in NAMES}
    named = {one.whose for one in held if one.is_named}
    return Identities(
        Sought(needles, innocents),
        len(named),
        len(names),
        _threshold(session),
        _nameless(session, named),
        _nameless_of_reviews(session, named),
    )


def _nameless(session: Session, named: set[str]) -> tuple[str, ...]:
    """Return the live children of whom no name is recorded."""
    query = select(Child.reference).where(Child.withdrawn_at.is_(None)).order_by(Child.reference)
    return tuple(one for one in session.scalars(query) if one not in named)


def _nameless_of_reviews(session: Session, named: set[str]) -> dict[int, tuple[str, ...]]:
    query = (
        select(review_children.c.review_id, Child.reference)
        .join(Child, Child.id == review_children.c.child_id)
        .where(Child.withdrawn_at.is_(None))
        .order_by(Child.reference)
    )
    found: dict[int, tuple[str, ...]] = {}
    for review, reference in session.execute(query):
        if reference not in named:
            found[review] = (*found.get(review, ()), reference)
    return found


def _threshold(session: Session) -> int:
    setting = select(Organisation.small_number).where(Organisation.withdrawn_at.is_(None))
    return threshold_of(session.scalar(setting.order_by(Organisation.id)))


def _references(session: Session) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Return each incident's own reference and those that others gave it."""
    query = select(
        Incident.id,
        Incident.reference,
        Incident.notification_reference,
        Incident.nhs_incident_number,
    )
    return {
        row.id: (
            row.reference,
            tuple(filter(None, (row.notification_reference, row.nhs_incident_number))),
        )
        for row in session.execute(query)
    }


def _identities(
    session: Session, references: dict[int, tuple[str, tuple[str, ...]]]
) -> Iterator[Identity]:
    """Yield all that are held, in the bin too: a name is no less real there."""
    query = (
        select(ChildIdentity, Child.reference, Child.incident_id)
        .join(Child, Child.id == ChildIdentity.child_id)
        .order_by(Child.reference)
    )
    for row, reference, incident in session.execute(query):
        yield Identity(
            reference,
            row.last_name or "",
            row.forenames or "",
            row.other_names or "",
            row.date_of_birth,
            row.nhs_number or "",
            row.address or "",
            row.school or "",
            row.parents or "",
            row.siblings or "",
            references.get(incident, ("", ()))[1],
            row.notes or "",
        )


def _without_identity(
    session: Session, references: dict[int, tuple[str, tuple[str, ...]]]
) -> Iterator[Identity]:
    """Return the numbers of incidents by their children, or by their own reference without any."""
    children: dict[int, list[str]] = defaultdict(list)
    query = select(Child.incident_id, Child.reference)
    for incident, reference in session.execute(query.order_by(Child.reference)):
        children[incident].append(reference)
    for incident, (own, given) in references.items():
        if given:
            for whose in children.get(incident) or [own]:
                yield Identity(whose, references=given)


def _pseudonyms(session: Session) -> Iterator[Innocent]:
    """Return what children, families, incidents and reviews are called, and which children so."""
    query = select(Child.known_as, Child.reference, Family.known_as, Incident.known_as)
    query = query.join(Family, Family.id == Child.family_id)
    query = query.join(Incident, Incident.id == Child.incident_id)
    bearers: dict[str, set[str]] = defaultdict(set)
    for own, reference, family, incident in session.execute(
        query.where(Child.withdrawn_at.is_(None))
    ):
        for name in (own, family, incident):
            bearers[name].add(reference)
    reviewed = select(Review.known_as, Child.reference).where(Review.withdrawn_at.is_(None))
    reviewed = reviewed.outerjoin(review_children, review_children.c.review_id == Review.id)
    reviewed = reviewed.outerjoin(Child, Child.id == review_children.c.child_id)
    for name, whose in session.execute(reviewed):
        bearers[name].update((whose,) if whose else ())
    for name, children in bearers.items():
        yield Innocent(name, frozenset(children))


def _staff(session: Session) -> Iterator[Innocent]:
    """Return the names of the organisation, of agencies and of the people who work in them."""
    yield Innocent(organisation(session).name)
    agencies = select(Agency.name, Agency.short_name).where(Agency.withdrawn_at.is_(None))
    for names in session.execute(agencies):
        yield from (Innocent(name) for name in names if name)
    people = select(Person.name).where(Person.withdrawn_at.is_(None))
    yield from map(Innocent, session.scalars(people))
