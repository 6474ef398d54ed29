"""The answers that the national notification form asks for, in its order, ready to be pasted.

The form takes four children; what is known of further ones goes into its free text. It times out
after 20 minutes and keeps nothing (gov.uk, Report a serious child safeguarding incident).
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import Fact, ReviewRecord, Section
from oscb_desktop.domain.faces import SECRETARIAT, sees
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.papers import Made, paper
from oscb_desktop.queries.papers_parts import CHILD_FACTS, veiled
from oscb_desktop.queries.records import RecordRow, ids_linking, record

CHILDREN_ON_THE_FORM = 4

NOT_RECORDED = "Not recorded"
"""The value of an answer that the form asks for and the file does not hold."""

_ABOUT = (
    "notifier",
    "notifier_role",
    "notifier_authority",
    "notifier_phone",
    "notified_on",
    "notified_at",
    "notification_reference",
    "linked_cases",
    "notification_reasons",
    "nature",
)
_INCIDENT = (
    "happened_on",
    "happened_at",
    "location",
    "incident_authority",
    "home_authority",
    "placing_authority",
    "summary",
    "safeguarding",
    "likely_cause",
    "media_interest",
    "media_note",
)
_TOLD = ("partners_told_on", "police_told_on", "health_told_on", "also_told", "also_told_note")
_IDENTITY = (
    "last_name",
    "forenames",
    "other_names",
    "date_of_birth",
    "nhs_number",
    "address",
    "school",
    "parents",
    "siblings",
)


def notification_sheet(
    session: Session,
    incident_id: int,
    made: Made,
    *,
    identities: bool,
    face: str = SECRETARIAT,
) -> ReviewRecord:
    """Return the sheet of an incident as a ``face`` sees it, under pseudonyms.

    Real identities stand in it where ``identities`` are asked for: whoever does has logged the look
    first. What the form asks for and the file does not hold is ``NOT_RECORDED``; what the face is
    spared is left out. Raises ``LookupError`` where there is no incident.
    """
    incident = record(session, "incident", incident_id)
    if incident is None or incident.withdrawn_at is not None:
        raise LookupError(f"there is no live incident {incident_id}")
    incident = veiled(incident, face)
    children = _children(session, incident_id)
    answers = [_child_facts(session, child, identities=identities) for child in children]
    sections = [
        Section("About the notification", _facts(incident, _ABOUT, face)),
        Section("The incident", _facts(incident, _INCIDENT, face)),
        *(
            Section(f"Child {place}: {child.values['known_as']}", told)
            for place, (child, told) in enumerate(
                zip(children[:CHILDREN_ON_THE_FORM], answers, strict=False), start=1
            )
        ),
    ]
    further = zip(children[CHILDREN_ON_THE_FORM:], answers[CHILDREN_ON_THE_FORM:], strict=True)
    free = "\n\n".join(_known(str(child.values["known_as"]), told) for child, told in further)
    if free:
        sections.append(Section("Further children", (Fact("Free text", free),)))
    sections.append(Section("Who else has been told", _facts(incident, _TOLD, face)))
    names = "with real identities" if identities else "with pseudonyms, no real identity"
    subtitle = f"The answers of the national form, {names}"
    around = paper(session, made, f"Notification sheet: {incident.title}", subtitle, face=face)
    return ReviewRecord(around, tuple(section for section in sections if section.facts))


def as_text(sheet: ReviewRecord) -> str:
    """Return the answers as plain text, section by section, those that are not recorded too."""
    told = (_as_lines(section.title, section.facts) for section in sheet.sections)
    return "\n\n".join(told) + "\n"


def _known(title: str, facts: Iterable[Fact]) -> str:
    """Return what is known of a child for whom the form has no questions."""
    return _as_lines(title, (fact for fact in facts if fact.value != NOT_RECORDED))


def _as_lines(title: str, facts: Iterable[Fact]) -> str:
    return "\n".join([title, *(f"{fact.label}: {fact.value}" for fact in facts)])


def _facts(row: RecordRow, names: Iterable[str], face: str = SECRETARIAT) -> tuple[Fact, ...]:
    kind = record_kind(row.kind)
    return tuple(
        Fact(kind.field(name).label, row.words(name) or NOT_RECORDED)
        for name in names
        if sees(face, row.kind, name)
    )


def _child_facts(session: Session, child: RecordRow, *, identities: bool) -> tuple[Fact, ...]:
    """Return who a child is: by the identity where it was asked for, by the pseudonym otherwise."""
    held = _identity(session, child.id) if identities else None
    family = _family(session, child) or NOT_RECORDED
    told = (*_facts(child, CHILD_FACTS), Fact("About the family", family))
    if held is None:
        return (Fact("Known as", str(child.values["known_as"])), *told)
    return (*_facts(held, _IDENTITY), *told)


def _family(session: Session, child: RecordRow) -> str:
    family = child.values["family"]
    row = record(session, "family", family) if isinstance(family, int) else None
    return row.words("notes") if row else ""


def _identity(session: Session, child_id: int) -> RecordRow | None:
    kind = record_kind("child_identity")
    found = ids_linking(session, kind, kind.field("child"), child_id)
    return record(session, "child_identity", found[0]) if found else None


def _children(session: Session, incident_id: int) -> list[RecordRow]:
    kind = record_kind("child")
    ids = ids_linking(session, kind, kind.field("incident"), incident_id)
    rows = (record(session, "child", child) for child in ids)
    return sorted((row for row in rows if row), key=lambda row: sort_key(row.title))
