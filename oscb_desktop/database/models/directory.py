"""Agencies, people and memberships."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Record


class Agency(Record):
    """The organisations that take part in reviews and lead actions."""

    __tablename__ = "agency"

    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str | None]
    kind: Mapped[str]
    statutory_partner: Mapped[str | None]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    former_name: Mapped[str | None]
    active_from: Mapped[date | None]
    active_until: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    notes: Mapped[str | None]


class Person(Record):
    """The professionals who sit on the subgroup, own actions or write for an agency."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(unique=True)
    job_title: Mapped[str | None]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    email: Mapped[str | None]
    phone: Mapped[str | None]
    notes: Mapped[str | None]


class Membership(Record):
    """Who belonged to which group, from when until when."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    body: Mapped[str]
    role: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
