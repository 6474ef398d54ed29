"""What hangs on what: every record with its links, read at once, and what goes with a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES, MODELS, attribute
from oscb_desktop.domain.fields.field import FieldKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.queries.attachments import once_attached

Ref = tuple[str, int]
"""A record by kind and id."""

Link = tuple[str, Ref]
"""A field, and the record at its other end."""

_WITH_ONE = frozenset(
    {
        ("dissemination", "review"),
        ("release", "review"),
        ("pack", "review"),
        ("pack", "meeting"),
        ("pack_item", "review"),
        ("agenda_item", "review"),
        ("likeness", "like"),
    }
)
"""The links that mean nothing without the record they lead to, though it does not own them."""

_WITH_ALL = {
    "learning_point": ("reviews",),
    "impact": ("reviews", "actions"),
    "mailing": ("actions", "requests"),
    "meeting": ("reviews",),
}
"""The kinds that go when all that these fields name goes, and stay while any of it stays."""

_WITH_USERS = ("attachment", "family")
"""The kinds that go when nothing that stays leads to them any more."""


@dataclass(frozen=True, slots=True)
class Web:
    """Every record of a file, live or in the bin, with the links to it and from it."""

    versions: Mapping[Ref, int]
    binned: frozenset[Ref]
    out: Mapping[Ref, list[Link]]
    into: Mapping[Ref, list[Link]]

    def named(self, ref: Ref, *fields: str) -> Iterator[Ref]:
        """Yield what these fields of a record lead to."""
        return (target for field, target in self.out.get(ref, ()) if field in fields)

    def naming(self, ref: Ref, kind: str) -> Iterator[Ref]:
        """Yield the records of a kind that lead to a record."""
        return (source for _, source in self.into.get(ref, ()) if source[0] == kind)

    def incidents_of(self, review: Ref) -> frozenset[Ref]:
        """Return the incident of a review, and those of its children."""
        children = self.named(review, "children")
        own = {incident for child in children for incident in self.named(child, "incident")}
        return frozenset(own.union(self.named(review, "incident")))

    def reviews_of(self, incident: Ref) -> frozenset[Ref]:
        """Return the reviews that name an incident or one of its children."""
        children = self.naming(incident, "child")
        through = {review for child in children for review in self.naming(child, "review")}
        return frozenset(through.union(self.naming(incident, "review")))


def web_of(session: Session) -> Web:
    """Read every record with its links."""
    versions: dict[Ref, int] = {}
    binned: set[Ref] = set()
    out: dict[Ref, list[Link]] = defaultdict(list)
    into: dict[Ref, list[Link]] = defaultdict(list)
    for kind in RECORD_KINDS.values():
        model = MODELS[kind.name]
        singles = [field for field in kind.fields if field.kind is FieldKind.LINK]
        links = [getattr(model, attribute(field)) for field in singles]
        for row in session.execute(select(model.id, model.version, model.withdrawn_at, *links)):
            ref = (kind.name, row[0])
            versions[ref] = row[1]
            if row[2] is not None:
                binned.add(ref)
            for field, target in zip(singles, row[3:], strict=True):
                if target is not None:
                    out[ref].append((field.name, (field.to, target)))
                    into[field.to, target].append((field.name, ref))
    for (kind_name, name), table in LINK_TABLES.items():
        to = record_kind(kind_name).field(name).to
        for own, other in session.execute(select(*table.columns)):
            out[kind_name, own].append((name, (to, other)))
            into[to, other].append((name, (kind_name, own)))
    _hang_removed_files(session, versions, out, into)
    return Web(versions, frozenset(binned), out, into)


def _hang_removed_files(
    session: Session,
    versions: Mapping[Ref, int],
    out: dict[Ref, list[Link]],
    into: dict[Ref, list[Link]],
) -> None:
    """Let a file that was taken off every record go with the last of those that once had it."""
    removed = {ref for ref in versions if ref[0] == "attachment" and not into.get(ref)}
    for kind, record_id, field, attachment in once_attached(session) if removed else ():
        owner, ref = (kind, record_id), ("attachment", attachment)
        if ref in removed and owner in versions:
            out[owner].append((field, ref))
            into[ref].append((field, owner))


def going_with(web: Web, roots: Iterable[Ref]) -> frozenset[Ref]:
    """Return these records with all that goes when they go for good.

    What belongs to them goes; an incident when no other review needs it, with its children and
    their identities; what names several records when all of them go; a family or an attached file
    when nothing that stays leads to it. Kept papers that are about no one review go with whatever
    goes: nobody can take one case out of them. That they left stays noted, with their checksums.
    """
    gone: set[Ref] = set()
    waiting: set[Ref] = set()
    coming = set(roots)
    while coming:
        while coming:
            ref = coming.pop()
            gone.add(ref)
            coming |= {source for source in _followers(web, ref) if source not in gone}
            waiting |= _perhaps(web, ref)
        coming = {ref for ref in waiting - gone if _may_go(web, ref, gone)}
    return frozenset(gone | (_papers_about_several(web) if gone else set()))


def _papers_about_several(web: Web) -> set[Ref]:
    """Return the kept papers of releases that are of no review, unless anything else has them."""
    several = {ref for ref in web.out if ref[0] == "release" and not any(web.named(ref, "review"))}
    kept = {paper for ref in several for paper in web.named(ref, "attachments")}
    return {paper for paper in kept if all(by in several for _, by in web.into[paper])}


def _followers(web: Web, ref: Ref) -> Iterator[Ref]:
    """Yield what goes with a record whatever else stays."""
    for field, source in web.into.get(ref, ()):
        if record_kind(source[0]).parent == field or (source[0], field) in _WITH_ONE:
            yield source


def _perhaps(web: Web, ref: Ref) -> set[Ref]:
    """Return what goes with a record unless something that stays needs it."""
    naming = {source for _, source in web.into.get(ref, ()) if source[0] in _WITH_ALL}
    used = {target for _, target in web.out.get(ref, ()) if target[0] in _WITH_USERS}
    incidents = web.incidents_of(ref) if ref[0] == "review" else frozenset()
    return naming | used | incidents


def _may_go(web: Web, ref: Ref, gone: AbstractSet[Ref]) -> bool:
    kind = ref[0]
    if kind == "incident":
        needing = web.reviews_of(ref)
        was_live = ref in web.binned or any(review not in web.binned for review in needing)
        return was_live and needing <= gone
    if kind in _WITH_USERS:
        return all(source in gone for _, source in web.into.get(ref, ()))
    named = all(target in gone for target in web.named(ref, *_WITH_ALL[kind]))
    return named and (kind != "meeting" or _is_about_nothing_else(web, ref, gone))


def _is_about_nothing_else(web: Web, meeting: Ref, gone: AbstractSet[Ref]) -> bool:
    items = web.naming(meeting, "agenda_item")
    others = (review for item in items for review in web.named(item, "review"))
    arising = web.naming(meeting, "action")
    return all(ref in gone for ref in (*others, *arising))
