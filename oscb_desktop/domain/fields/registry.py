"""All kinds of record, in the order in which a workbook holds them: owners before what they own."""

from __future__ import annotations

from oscb_desktop.domain.fields import (
    children,
    directory,
    incidents,
    learning,
    recommendations,
    reviews,
    settings,
)
from oscb_desktop.domain.fields.field import Field, RecordKind

RECORD_KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        settings.ORGANISATION,
        settings.AGE_BAND,
        settings.EXTRA_HOLIDAY,
        settings.BASELINE,
        directory.AGENCY,
        directory.PERSON,
        directory.MEMBERSHIP,
        incidents.INCIDENT,
        incidents.NOTIFICATION_DISCUSSION,
        children.FAMILY,
        children.CHILD,
        children.CHILD_IDENTITY,
        learning.THEME,
        reviews.REVIEW,
        reviews.PANEL_RESPONSE,
        reviews.COST_LINE,
        recommendations.FINDING,
        recommendations.RECOMMENDATION,
        recommendations.LIMB,
        recommendations.ACTION,
        recommendations.PROGRESS_NOTE,
        recommendations.EVIDENCE,
        recommendations.DUE_REVISION,
        learning.LEARNING_POINT,
    )
}


def record_kind(name: str) -> RecordKind:
    """Return the kind of record of that name; raises ``KeyError`` for a name that is none."""
    return RECORD_KINDS[name]


def kinds_owned_by(name: str) -> tuple[RecordKind, ...]:
    """Return the kinds whose records belong to a record of this kind and go to the bin with it."""
    return tuple(
        kind for kind in RECORD_KINDS.values() if kind.parent and kind.field(kind.parent).to == name
    )


def links_to(name: str) -> tuple[tuple[RecordKind, Field], ...]:
    """Return every field, of any kind of record, that leads to a record of this kind."""
    return tuple(
        (kind, field)
        for kind in RECORD_KINDS.values()
        for field in kind.fields
        if field.is_link and field.to == name
    )
