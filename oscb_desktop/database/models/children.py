"""Families, children and their identities."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Record
from oscb_desktop.domain.ages import Age


class Family(Record):
    """A family whose children are reviewed: reviews, children and families are three counts."""

    __tablename__ = "family"

    reference: Mapped[str] = mapped_column(unique=True)
    known_as: Mapped[str]
    notes: Mapped[str | None]


class Child(Record):
    """A child as he or she was at the time of an incident, under a pseudonym."""

    __tablename__ = "child"

    reference: Mapped[str] = mapped_column(unique=True)
    known_as: Mapped[str]
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    family_id: Mapped[int] = mapped_column(ForeignKey("family.id"), index=True)
    age_at_incident: Mapped[Age | None]
    sex: Mapped[str | None]
    ethnicity: Mapped[str | None]
    disability: Mapped[str | None]
    disability_types: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    communication: Mapped[str | None]
    health: Mapped[str | None]
    voice: Mapped[str | None]
    csc_status: Mapped[str | None]
    csc_previous: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    cp_category: Mapped[str | None]
    cp_category_other: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    legal_status: Mapped[str | None]
    primary_need: Mapped[str | None]
    placement: Mapped[str | None]
    placement_area: Mapped[str | None]
    outcome: Mapped[str | None]
    harm_types: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    harm_setting: Mapped[str | None]
    harmed_by: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    child_factors: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    family_factors: Mapped[tuple[str, ...]] = mapped_column(nullable=True)


class ChildIdentity(Record):
    """Who a child really is. Kept apart; each look at it is logged with its reason."""

    __tablename__ = "child_identity"

    child_id: Mapped[int] = mapped_column(ForeignKey("child.id"), unique=True)
    last_name: Mapped[str | None]
    forenames: Mapped[str | None]
    other_names: Mapped[str | None]
    date_of_birth: Mapped[date | None]
    nhs_number: Mapped[str | None]
    address: Mapped[str | None]
    school: Mapped[str | None]
    parents: Mapped[str | None]
    siblings: Mapped[str | None]
    notes: Mapped[str | None]
