"""The mapped classes, a module a subject, and how a declared field finds its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oscb_desktop.database.models import (
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
    trust,
    year,
)

if TYPE_CHECKING:
    from sqlalchemy import Table

    from oscb_desktop.database.base import Base, Record
    from oscb_desktop.domain.fields.field import Field

MODELS: dict[str, type[Record]] = {
    model.__tablename__: model
    for model in (
        keeping.Attachment,
        settings.Organisation,
        settings.AgeBand,
        settings.ExtraHoliday,
        settings.Baseline,
        keeping.RetentionRule,
        plans.PlanTemplateStep,
        meetings.AgendaItemTemplate,
        paper.Wording,
        recommendations.LadderStep,
        keeping.SavedView,
        directory.Agency,
        directory.Person,
        directory.Membership,
        incidents.Incident,
        incidents.NotificationDiscussion,
        children.Family,
        children.Child,
        children.ChildIdentity,
        learning.Theme,
        reviews.Review,
        reviews.PanelResponse,
        reviews.CostLine,
        plans.PlanStep,
        plans.Pause,
        running.AgencyRequest,
        running.PartnerSignOff,
        running.ParallelProcess,
        running.Commission,
        running.Engagement,
        running.ReportDraft,
        running.ProgressCheck,
        running.LegalAdvice,
        meetings.Meeting,
        meetings.Attendance,
        meetings.AgendaItem,
        meetings.MeetingAction,
        recommendations.Finding,
        recommendations.Recommendation,
        recommendations.Limb,
        recommendations.Likeness,
        recommendations.Action,
        recommendations.Milestone,
        recommendations.ProgressNote,
        recommendations.Evidence,
        recommendations.DueRevision,
        recommendations.AssuranceCheck,
        recommendations.Escalation,
        recommendations.Mailing,
        learning.LearningPoint,
        learning.Impact,
        learning.Dissemination,
        paper.SummaryLine,
        paper.Pack,
        paper.PackItem,
        year.Narrative,
        year.ReportTick,
        keeping.LegalHold,
        keeping.Disposal,
        keeping.Release,
    )
}

LINK_TABLES: dict[tuple[str, str], Table] = {
    ("organisation", "logo"): settings.organisation_logo,
    ("incident", "attachments"): incidents.incident_attachments,
    ("review", "children"): reviews.review_children,
    ("review", "themes"): reviews.review_themes,
    ("review", "members"): reviews.review_members,
    ("review", "agencies"): reviews.review_agencies,
    ("agency_request", "attachments"): running.agency_request_attachments,
    ("report_draft", "attachments"): running.report_draft_attachments,
    ("meeting", "reviews"): meetings.meeting_reviews,
    ("meeting", "attachments"): meetings.meeting_attachments,
    ("recommendation", "findings"): recommendations.recommendation_findings,
    ("recommendation", "themes"): recommendations.recommendation_themes,
    ("action", "contributing"): recommendations.action_contributing,
    ("action", "also_serves"): recommendations.action_also_serves,
    ("evidence", "attachments"): recommendations.evidence_attachments,
    ("mailing", "actions"): recommendations.mailing_actions,
    ("mailing", "requests"): recommendations.mailing_requests,
    ("learning_point", "reviews"): learning.learning_point_reviews,
    ("learning_point", "themes"): learning.learning_point_themes,
    ("impact", "actions"): learning.impact_actions,
    ("impact", "reviews"): learning.impact_reviews,
    ("impact", "themes"): learning.impact_themes,
    ("pack_item", "attachments"): paper.pack_item_attachments,
    ("release", "attachments"): keeping.release_attachments,
    ("legal_hold", "reviews"): keeping.legal_hold_reviews,
    ("legal_hold", "incidents"): keeping.legal_hold_incidents,
}
"""The association table of each field that links to several records."""

TRUST: tuple[type[Base], ...] = (
    trust.Change,
    trust.ChangeItem,
    trust.ChangeHead,
    trust.SearchEntry,
    trust.Draft,
    trust.AttachmentContent,
)


def attribute(field: Field) -> str:
    """Return the name of the mapped attribute that holds a field: a link's ends in ``_id``."""
    return f"{field.name}_id" if field.is_link else field.name
