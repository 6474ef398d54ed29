"""All kinds of record, in the order in which a workbook holds them: owners before what they own."""

from __future__ import annotations

from oscb_desktop.domain.fields import (
    children,
    directory,
    incidents,
    keeping,
    learning,
    meetings,
    paper,
    plans,
    recommendations,
    reviews,
    running,
    settings,
    year,
)
from oscb_desktop.domain.fields.field import Field, RecordKind

RECORD_KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        keeping.ATTACHMENT,
        settings.ORGANISATION,
        settings.AGE_BAND,
        settings.EXTRA_HOLIDAY,
        settings.BASELINE,
        keeping.RETENTION_RULE,
        plans.PLAN_TEMPLATE_STEP,
        meetings.AGENDA_ITEM_TEMPLATE,
        paper.WORDING,
        recommendations.LADDER_STEP,
        keeping.SAVED_VIEW,
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
        plans.PLAN_STEP,
        plans.PAUSE,
        running.AGENCY_REQUEST,
        running.PARTNER_SIGN_OFF,
        running.PARALLEL_PROCESS,
        running.COMMISSION,
        running.ENGAGEMENT,
        running.REPORT_DRAFT,
        running.PROGRESS_CHECK,
        running.LEGAL_ADVICE,
        meetings.MEETING,
        meetings.ATTENDANCE,
        meetings.AGENDA_ITEM,
        meetings.MEETING_ACTION,
        recommendations.FINDING,
        recommendations.RECOMMENDATION,
        recommendations.LIMB,
        recommendations.LIKENESS,
        recommendations.ACTION,
        recommendations.MILESTONE,
        recommendations.PROGRESS_NOTE,
        recommendations.EVIDENCE,
        recommendations.DUE_REVISION,
        recommendations.ASSURANCE_CHECK,
        recommendations.ESCALATION,
        recommendations.MAILING,
        learning.LEARNING_POINT,
        learning.IMPACT,
        learning.DISSEMINATION,
        paper.SUMMARY_LINE,
        paper.PACK,
        paper.PACK_ITEM,
        year.NARRATIVE,
        year.REPORT_TICK,
        keeping.LEGAL_HOLD,
        keeping.DISPOSAL,
        keeping.RELEASE,
    )
}

TYPED_KINDS: tuple[RecordKind, ...] = tuple(
    kind for kind in RECORD_KINDS.values() if not kind.made_by_act
)
"""The kinds that a person types in, on a form or in a workbook."""


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
