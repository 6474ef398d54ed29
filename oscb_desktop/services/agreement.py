"""What two records must agree on: the rules that no record can be held to alone."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from sqlalchemy import func, select

from oscb_desktop.database.models import LINK_TABLES, MODELS, attribute
from oscb_desktop.database.models.plans import Pause
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value, Values, is_empty
from oscb_desktop.errors import FieldFault
from oscb_desktop.queries.records import ids_linking
from oscb_desktop.services.work import Work

_SAME = (
    ("recommendation", "findings", "review"),
    ("action", "recommendation", "review"),
    ("action", "limb", "recommendation"),
)
"""Kind, link, field: what the link leads to holds the same in that field as the record itself."""


def disagreements(
    work: Work, kind: RecordKind, values: Values, own_id: int | None, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault for each changed field that no longer fits the records around this one."""
    for name, link, shared in _SAME:
        if name == kind.name and (link in changed or shared in changed):
            yield from _of_another(work, kind.field(link), kind.field(shared), values)
        linking = record_kind(name)
        if own_id and linking.field(link).to == kind.name and shared in changed:
            yield from _referred_to(work, linking, linking.field(link), kind.field(shared), own_id)
    for declared in kind.fields:
        if own_id and declared.to == kind.name and declared.name in changed:
            yield from _in_a_circle(work, kind, declared, values[declared.name], own_id)
    yield from _out_of_turn(work, kind, values, own_id, changed)
    yield from _children_of_another(work, kind, values, own_id, changed)
    if kind.name == "pause":
        yield from _paused_already(work, values, own_id, changed)
    yield from _asked_of_one_gone(work, kind, values, changed)
    if kind.name == "engagement":
        yield from _real_names(work, kind, values, changed)


def _children_of_another(
    work: Work, kind: RecordKind, values: Values, own_id: int | None, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault where a review of an incident would hold a child of another incident."""
    review, child = record_kind("review"), record_kind("child")
    chosen = kind.name == review.name and ("children" in changed or "incident" in changed)
    if chosen and not is_empty(values["incident"]):
        yield from _of_another(work, review.field("children"), review.field("incident"), values)
    if kind.name == child.name and own_id and "incident" in changed:
        held = ids_linking(work.session, review, review.field("children"), own_id)
        model = MODELS[review.name]
        of_one = select(model.id).where(
            model.id.in_(held),
            model.incident_id.is_not(None),  # type: ignore[attr-defined]
        )
        if work.session.scalars(of_one.limit(1)).first() is not None:
            yield FieldFault(
                "incident",
                "A review of its incident is about this child. Take the child out of that review "
                "first, then move it.",
            )


def _real_names(
    work: Work, kind: RecordKind, values: Values, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault where a relationship or a pseudonym is the real name of one of the children.

    The sentence tells neither whose name it is nor which part of it.
    """
    typed = {name: _name(values[name]) for name in ("who", "pseudonym") if name in changed}
    if not any(typed.values()):
        return
    review, child = record_kind("review"), MODELS["child_identity"]
    children = LINK_TABLES[(review.name, "children")]
    query = (
        select(child.forenames, child.last_name, child.other_names)  # type: ignore[attr-defined]
        .join(children, children.c.child_id == child.child_id)  # type: ignore[attr-defined]
        .where(children.c.review_id == values["review"], child.withdrawn_at.is_(None))
    )
    real: set[str] = set()
    for forenames, last_name, other in work.session.execute(query):
        whole = _name(f"{forenames or ''} {last_name or ''}")
        real |= {whole, _name(last_name), _name(other), *whole.split()}
    for name, words in typed.items():
        if words and words in real:
            yield FieldFault(
                name,
                f"{kind.field(name).label}: this is a real name that is kept apart in this file. "
                "Write a relationship, or a name that does not point to the child.",
            )


def _name(value: object) -> str:
    return " ".join(str(value or "").split()).casefold()


def _asked_of_one_gone(
    work: Work, kind: RecordKind, values: Values, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault where an agency would be asked for something after it ceased to exist."""
    if kind.name != "agency_request" or not ("agency" in changed or "requested_on" in changed):
        return
    model = MODELS["agency"]
    query = select(model.active_until).where(model.id == values["agency"])  # type: ignore[attr-defined]
    until, asked = work.session.scalar(query), values["requested_on"]
    if until and isinstance(asked, date) and until < asked:
        yield FieldFault(
            "agency",
            f"This agency existed until {format_date(until)} only. Choose the one that took over.",
        )


def _paused_already(
    work: Work, values: Values, own_id: int | None, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault where a pause would share a day with another of its review.

    One may begin on the day on which another ends.
    """
    begins, ends = values["from_on"], values["until_on"]
    moved = any(name in changed for name in ("review", "from_on", "until_on"))
    if not moved or not isinstance(begins, date):
        return
    others = (
        Pause.review_id == values["review"],
        Pause.withdrawn_at.is_(None),
        Pause.id != (own_id or 0),
    )
    query = select(Pause.from_on, Pause.until_on).where(*others).order_by(Pause.from_on)
    for theirs, until in work.session.execute(query):
        if begins == theirs or (_before(begins, until) and _before(theirs, ends)):
            lasts = f"until {format_date(until)}" if until else "and still is"
            yield FieldFault(
                "from_on",
                f"The review was paused from {format_date(theirs)} {lasts}. End that pause first, "
                "or choose other days.",
            )
            return


def _before(day: date, end: Value) -> bool:
    return not isinstance(end, date) or day < end


def _out_of_turn(
    work: Work, kind: RecordKind, values: Values, own_id: int | None, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault where the Panel would answer before the rapid review was sent to it."""
    if kind.name == "panel_response" and ("received_on" in changed or "review" in changed):
        yield from _answered_out_of_turn(work, values, new=own_id is None or "review" in changed)
    if kind.name == "review":
        yield from _sent_out_of_turn(work, values, own_id, changed)


def _answered_out_of_turn(work: Work, values: Values, *, new: bool) -> Iterator[FieldFault]:
    """Yield a fault where a letter would come before the sending, or where none is recorded.

    What is brought in from elsewhere, and what stands already, may lack the day of the sending.
    """
    review = MODELS["review"]
    query = select(review.kind, review.sent_to_panel_on)  # type: ignore[attr-defined]
    kind, sent = work.session.execute(query.where(review.id == values["review"])).one()
    received = values["received_on"]
    if sent and isinstance(received, date) and received < sent:
        yield FieldFault(
            "received_on", f"The rapid review was sent to the Panel on {format_date(sent)} only."
        )
    if sent is None and kind == "rapid_review" and new and not work.brings_in:
        yield FieldFault(
            "received_on",
            "The rapid review is not recorded as sent to the Panel yet. Record that with “Send to "
            "the Panel…” under the decision first, then its letter.",
        )


def _sent_out_of_turn(
    work: Work, values: Values, own_id: int | None, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault where it was sent after the answer or not at all, or before the decision.

    A decision that a letter of the Panel changed was made after the sending.
    """
    sent, decided = values["sent_to_panel_on"], values["decided_on"]
    letter = MODELS["panel_response"]
    live = (letter.review_id == own_id, letter.withdrawn_at.is_(None))  # type: ignore[attr-defined]
    query = select(
        func.min(letter.received_on),  # type: ignore[attr-defined]
        func.max(letter.decision_changed),  # type: ignore[attr-defined]
    ).where(*live)
    answered, decision_changed = work.session.execute(query).one()
    if not isinstance(sent, date):
        if "sent_to_panel_on" in changed and answered and own_id:
            yield FieldFault(
                "sent_to_panel_on",
                f"The Panel answered on {format_date(answered)}, so it was sent. Put the day "
                "right, or withdraw that letter first.",
            )
        return
    if "sent_to_panel_on" in changed and answered and answered < sent:
        yield FieldFault(
            "sent_to_panel_on", f"The Panel answered on {format_date(answered)} already."
        )
    early = isinstance(decided, date) and sent < decided and not decision_changed
    if early and ("sent_to_panel_on" in changed or "decided_on" in changed):
        yield FieldFault(
            "sent_to_panel_on", "“Sent to the Panel on” cannot come before “Decided on”."
        )


def _of_another(work: Work, declared: Field, shared: Field, values: Values) -> Iterator[FieldFault]:
    value = values[declared.name]
    if is_empty(value):
        return
    wanted = value if isinstance(value, tuple) else (value,)
    model = MODELS[declared.to]
    theirs = select(getattr(model, attribute(shared))).where(model.id.in_(wanted))
    if set(work.session.scalars(theirs)) != {values[shared.name]}:
        what = shared.label.lower()
        yield FieldFault(
            declared.name, f"{declared.label}: choose from those of the same {what} as this record."
        )


def _referred_to(
    work: Work, linking: RecordKind, declared: Field, shared: Field, own_id: int
) -> Iterator[FieldFault]:
    if ids_linking(work.session, linking, declared, own_id):
        yield FieldFault(
            shared.name,
            f"{linking.plural} refer to it, so it stays with its {shared.label.lower()}.",
        )


def _in_a_circle(
    work: Work, kind: RecordKind, declared: Field, value: Value, own_id: int
) -> Iterator[FieldFault]:
    if declared.kind is not FieldKind.LINK:
        return
    model = MODELS[kind.name]
    seen: set[Value] = set()
    while isinstance(value, int) and value not in seen:
        if value == own_id:
            yield FieldFault(
                declared.name, f"{declared.label} cannot lead back to the same record."
            )
            return
        seen.add(value)
        value = work.session.scalar(
            select(getattr(model, attribute(declared))).where(model.id == value)
        )
