"""Every action as the lists show it: who, by when, how it stands and what was said last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session, aliased

from oscb_desktop.database.change_log import ItemAct
from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.directory import Agency, Person
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.database.models.recommendations import (
    Action,
    DueRevision,
    Evidence,
    Limb,
    ProgressNote,
)
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.rag import RagFacts, RagKey, Shade, load_key, shade_of
from oscb_desktop.domain.statuses import (
    OPEN,
    ActionScope,
    AssuranceLevel,
    DeliveryStatus,
    days_late,
    lateness,
)
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.queries.organisation import organisation

_DELIVERY: Mapping[str, DeliveryStatus] = {each.value: each for each in DeliveryStatus}
_ASSURANCE: Mapping[str, AssuranceLevel] = {each.value: each for each in AssuranceLevel}
_LONG = 4_000
_FEW = 500  # so many are named in one statement; SQLite bounds its parameters
_BELONGING: Mapping[str, type[ProgressNote] | type[Evidence] | type[DueRevision]] = {
    "progress_note": ProgressNote,
    "evidence": Evidence,
    "due_revision": DueRevision,
}
_COMPLETE, _NATIONAL = DeliveryStatus.COMPLETE.value, ActionScope.NATIONAL.value
_OPEN = frozenset(each.value for each in OPEN)
_ENOUGH = frozenset(
    level.value for level in AssuranceLevel if level.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)
)
_SCOPE: Mapping[str, ActionScope] = {each.value: each for each in ActionScope}


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """What is known beside an action's own row: today, the printed key, its notes and evidence.

    ``soon`` is the last day that is due soon, by the organisation's own number of days; ``themes``
    are those of each recommendation, by its id.
    """

    today: date
    soon: date
    key: RagKey
    notes: Mapping[int, tuple[str, date]] = field(repr=False)
    evidence: Mapping[int, int] = field(repr=False)
    moves: Mapping[int, int] = field(repr=False)
    themes: Mapping[int, tuple[str, ...]] = field(repr=False)
    shades: dict[int, Shade] = field(repr=False, default_factory=dict)


class _Held(NamedTuple):
    """What the file holds of one action, in the order of the query."""

    id: int
    reference: str
    text: str
    review_id: int
    review_reference: str
    known_as: str
    lead_agency: str
    owner: str
    scope: str
    due_on: date | None
    original_due_on: date | None
    delivery_code: str
    assurance_code: str
    signed_off_on: date | None
    completed_on: date | None
    raised_with: str
    raised_on: date | None
    recommendation_id: int | None
    given_colour: str | None
    colour_reason: str | None
    around: Around


class ActionRow(_Held):
    """One action. What follows from its fields is worked out when it is asked for, not before.

    A file holds many thousands of them, of which a screen shows thirty.
    """

    __slots__ = ()

    @property
    def review(self) -> str:
        """The reference of its review, and how that is known."""
        return f"{self.review_reference} {self.known_as}"

    @property
    def delivery(self) -> DeliveryStatus:
        """Whether it has been done."""
        return _DELIVERY[self.delivery_code]

    @property
    def delivery_words(self) -> str:
        """Whether it has been done, in words."""
        return code_list("delivery_status").label_of(self.delivery_code)

    @property
    def assurance(self) -> AssuranceLevel:
        """How sure the subgroup is of it."""
        return _ASSURANCE[self.assurance_code]

    @property
    def assurance_words(self) -> str:
        """How sure the subgroup is of it, in words."""
        return code_list("assurance_level").label_of(self.assurance_code)

    @property
    def signed_off(self) -> bool:
        """Whether somebody signed it off."""
        return self.signed_off_on is not None

    @property
    def shade(self) -> Shade:
        """The colour it is shown in, of the printed key, and why where that was given by hand."""
        shades = self.around.shades
        found = shades.get(self.id)
        if found is None:
            found = shades[self.id] = shade_of(
                self._facts(), self.around.key, self.given_colour, self.colour_reason
            )
        return found

    @property
    def colour(self) -> str:
        """The name of the colour it is shown in."""
        return self.shade.shown.colour

    @property
    def colour_words(self) -> str:
        """The word of the key for its colour; of one given by hand, also why, and the key's own."""
        return self.shade.words

    @property
    def days_late(self) -> int:
        """How many days it is late, or was when it was completed; 0 when it is not."""
        return days_late(
            self.due_on, self.delivery, _SCOPE[self.scope], self.completed_on, self.around.today
        )

    @property
    def lateness(self) -> str:
        """How it stands against its due date, in words."""
        return lateness(
            self.due_on,
            self.delivery,
            _SCOPE[self.scope],
            self.completed_on,
            self.around.today,
            raised_with=self.raised_with,
            raised_on=self.raised_on,
        )

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.delivery_code in _OPEN

    @property
    def is_complete(self) -> bool:
        """Whether it was done."""
        return self.delivery_code == _COMPLETE

    @property
    def is_national(self) -> bool:
        """Whether it was raised with others and is in nobody's hands here."""
        return self.scope == _NATIONAL

    @property
    def is_overdue(self) -> bool:
        """Whether it is open and its day has passed."""
        past = self.due_on is not None and self.due_on < self.around.today
        return past and self.is_open and not self.is_national

    @property
    def due_soon(self) -> bool:
        """Whether it is open and due within the organisation's own number of days."""
        if self.due_on is None or not self.around.today <= self.due_on <= self.around.soon:
            return False
        return self.is_open and not self.is_national

    @property
    def awaits_assurance(self) -> bool:
        """Whether it was done and nobody has yet accepted the evidence and signed it off."""
        if not self.is_complete:
            return False
        return self.signed_off_on is None or self.assurance_code not in _ENOUGH

    @property
    def was_moved(self) -> bool:
        """Whether it is due on another day than at first."""
        return self.original_due_on is not None and self.original_due_on != self.due_on

    @property
    def moves(self) -> int:
        """How often its due date was moved."""
        return self.around.moves.get(self.id, 0)

    @property
    def drift_days(self) -> int | None:
        """By how many days it is due later than at first; below 0 when earlier."""
        if self.due_on is None or self.original_due_on is None:
            return None
        return (self.due_on - self.original_due_on).days

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes of the recommendation that it serves, by name."""
        return self.around.themes.get(self.recommendation_id or 0, ())

    @property
    def note(self) -> str:
        """What was said of it last."""
        said = self.around.notes.get(self.id)
        return said[0] if said else ""

    @property
    def noted_on(self) -> date | None:
        """When that was said."""
        said = self.around.notes.get(self.id)
        return said[1] if said else None

    @property
    def note_age_days(self) -> int | None:
        """How many days ago that was."""
        noted = self.noted_on
        return (self.around.today - noted).days if noted else None

    def _facts(self) -> RagFacts:
        return RagFacts(
            self.delivery,
            _SCOPE[self.scope],
            self.assurance,
            self.around.evidence.get(self.id, 0),
            self.signed_off,
            self.original_due_on,
            self.due_on,
            self.completed_on,
            self.around.today,
        )


def actions(session: Session, today: date, *, only_open: bool = False) -> tuple[ActionRow, ...]:
    """Return every live action, or the open ones, the earliest due first."""
    with uncollected():
        found = _read(session, today, Action.delivery.in_(OPEN) if only_open else true())
        return in_due_order(found)  # here: sorting rows as wide as these takes the file longer


def actions_touched(
    session: Session, today: date, touched: Iterable[tuple[str, int]]
) -> tuple[frozenset[int], tuple[ActionRow, ...]]:
    """Return the ids of the actions that a step touched, and those of them that are live.

    Notes, evidence and moves touch the action that they belong to.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, record_id in touched:
        by_kind[kind].append(record_id)
    ids = set(by_kind["action"])
    for kind, model in _BELONGING.items():
        for some in _some(by_kind[kind]):
            ids.update(session.scalars(select(model.action_id).where(model.id.in_(some))))
    with uncollected():
        found = [
            row for some in _some(sorted(ids)) for row in _read(session, today, Action.id.in_(some))
        ]
    return frozenset(ids), tuple(found)


def in_due_order(rows: Iterable[ActionRow]) -> tuple[ActionRow, ...]:
    """Return actions with the earliest due first, those without a due date last."""
    return tuple(sorted(rows, key=lambda row: (row.due_on or date.max, row.reference)))


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _FEW):
        yield ids[start : start + _FEW]


def action_row(session: Session, action_id: int, today: date) -> ActionRow | None:
    """Return one live action as the lists show it, or None."""
    return next(iter(_read(session, today, Action.id == action_id)), None)


def _read(session: Session, today: date, wanted: ColumnElement[bool]) -> list[ActionRow]:
    around = Around(
        today,
        today + timedelta(days=organisation(session).due_soon_days),
        load_key(),
        _latest_notes(session, wanted),
        _counted(session, Evidence, wanted),
        _counted(session, DueRevision, wanted),
        _themes(session),
    )
    # Not through the session: it would add a third to the time of twenty thousand rows.
    found = session.connection().execute(_query().where(wanted))
    return [ActionRow._make((*row, around)) for row in found.all()]


def moved_by(session: Session, action_id: int) -> dict[int, str]:
    """Return who recorded each move of an action's due date, by the id of the move."""
    moves = select(DueRevision.id).where(DueRevision.action_id == action_id)
    found = session.execute(
        select(ChangeItem.record_id, Change.by)
        .join(Change, Change.id == ChangeItem.change_id)
        .where(
            ChangeItem.kind == "due_revision",
            ChangeItem.act == ItemAct.ADD,
            ChangeItem.record_id.in_(moves),
        )
    )
    return {row.record_id: row.by for row in found}


def is_long(session: Session) -> bool:
    """Whether there are so many actions that the open ones had better be shown first."""
    live = select(Action.id).where(Action.withdrawn_at.is_(None)).offset(_LONG).limit(1)
    return session.scalar(live) is not None


def awaiting_assurance(session: Session) -> int:
    """Count the live actions that were done and that nobody has yet accepted and signed off."""
    enough = [level for level in AssuranceLevel if level.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)]
    assured = Action.assurance.in_(enough) & Action.signed_off_on.is_not(None)
    done = Action.delivery == DeliveryStatus.COMPLETE
    counted = select(func.count(Action.id)).where(Action.withdrawn_at.is_(None), done, ~assured)
    return session.scalar(counted) or 0


def _query() -> Select[*tuple[Any, ...]]:
    agency, owner = aliased(Agency), aliased(Person)
    return (
        select(
            Action.id,
            Action.reference,
            Action.text,
            Action.review_id,
            Review.reference.label("review_reference"),
            Review.known_as,
            func.coalesce(agency.short_name, agency.name, "").label("agency"),
            func.coalesce(owner.name, "").label("owner"),
            Action.scope,
            Action.due_on,
            Action.original_due_on,
            Action.delivery,
            Action.assurance,
            Action.signed_off_on,
            Action.completed_on,
            func.coalesce(Action.raised_with, Limb.raised_with, "").label("raised_with"),
            func.coalesce(Action.raised_on, Limb.raised_on).label("raised_on"),
            Action.recommendation_id,
            Action.given_colour,
            Action.colour_reason,
        )
        .join(Review, Review.id == Action.review_id)
        .outerjoin(agency, agency.id == Action.lead_agency_id)
        .outerjoin(owner, owner.id == Action.owner_id)
        .outerjoin(Limb, Limb.id == Action.limb_id)
        .where(Action.withdrawn_at.is_(None))
    )


def _latest_notes(session: Session, wanted: ColumnElement[bool]) -> dict[int, tuple[str, date]]:
    """Return the newest live note of each action; of one day, the one added last."""
    found = session.connection().execute(
        select(ProgressNote.action_id, ProgressNote.note, ProgressNote.noted_on)
        .join(Action, Action.id == ProgressNote.action_id)
        .where(ProgressNote.withdrawn_at.is_(None), wanted)
        .order_by(ProgressNote.noted_on, ProgressNote.id)
    )
    return {action: (note, noted_on) for action, note, noted_on in found.all()}


def _counted(
    session: Session, model: type[Evidence] | type[DueRevision], wanted: ColumnElement[bool]
) -> Counter[int]:
    """Count the live records of a kind that belong to each action."""
    live = (
        select(model.action_id)
        .join(Action, Action.id == model.action_id)
        .where(model.withdrawn_at.is_(None), wanted)
    )
    return Counter(session.scalars(live))


def _themes(session: Session) -> dict[int, tuple[str, ...]]:
    """Return the names of the live themes of each recommendation."""
    table = LINK_TABLES["recommendation", "themes"]
    recommendation, theme = table.columns
    found: dict[int, list[str]] = defaultdict(list)
    for owner, name in session.execute(
        select(recommendation, Theme.name)
        .join(Theme, Theme.id == theme)
        .where(Theme.withdrawn_at.is_(None))
        .order_by(Theme.name)
    ):
        found[owner].append(name)
    return {owner: tuple(names) for owner, names in found.items()}
