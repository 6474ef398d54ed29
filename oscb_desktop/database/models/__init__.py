"""The mapped classes, a module a subject, and how a declared field finds its column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oscb_desktop.database.models import (
    children,
    directory,
    incidents,
    learning,
    recommendations,
    reviews,
    settings,
    trust,
)

if TYPE_CHECKING:
    from sqlalchemy import Table

    from oscb_desktop.database.base import Base, Record
    from oscb_desktop.domain.fields.field import Field

MODELS: dict[str, type[Record]] = {
    model.__tablename__: model
    for model in (
        settings.Organisation,
        settings.AgeBand,
        settings.ExtraHoliday,
        settings.Baseline,
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
        recommendations.Finding,
        recommendations.Recommendation,
        recommendations.Limb,
        recommendations.Action,
        recommendations.ProgressNote,
        recommendations.Evidence,
        recommendations.DueRevision,
        learning.LearningPoint,
    )
}

LINK_TABLES: dict[tuple[str, str], Table] = {
    ("review", "children"): reviews.review_children,
    ("review", "themes"): reviews.review_themes,
    ("recommendation", "findings"): recommendations.recommendation_findings,
    ("recommendation", "themes"): recommendations.recommendation_themes,
    ("action", "contributing"): recommendations.action_contributing,
    ("learning_point", "reviews"): learning.learning_point_reviews,
    ("learning_point", "themes"): learning.learning_point_themes,
}
"""The association table of each field that links to several records."""

TRUST: tuple[type[Base], ...] = (
    trust.Change,
    trust.ChangeItem,
    trust.ChangeHead,
    trust.SearchEntry,
    trust.Draft,
)


def attribute(field: Field) -> str:
    """Return the name of the mapped attribute that holds a field: a link's ends in ``_id``."""
    return f"{field.name}_id" if field.is_link else field.name
