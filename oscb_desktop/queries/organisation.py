"""What the organisation sets, as everything else needs it: rules, days off, bands, years."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.directory import Agency
from oscb_desktop.database.models.settings import AgeBand as AgeBandRecord
from oscb_desktop.database.models.settings import ExtraHoliday, Organisation
from oscb_desktop.domain.age_bands import AgeBand
from oscb_desktop.domain.rule_sets import RuleSet, load_rule_sets, rule_set_named, rule_set_on
from oscb_desktop.domain.working_days import Calendar, load_calendar
from oscb_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """The organisation's settings as they stand."""

    name: str
    short_name: str
    contact: str
    press_contact: str
    subgroup: str
    marking: str
    accent_colour: str
    year_start_month: int
    due_soon_days: int
    panel_reply_days: int
    quorum_minimum: int | None
    practice_today: date | None
    small_number: int | None
    first_check_months: int | None
    second_check_months: int | None


def organisation(session: Session) -> OrganisationRow:
    """Return the organisation's settings; raises ``LookupError`` in a file that was never begun."""
    row = session.scalar(
        select(Organisation).where(Organisation.withdrawn_at.is_(None)).order_by(Organisation.id)
    )
    if row is None:
        raise LookupError("the file holds no organisation")
    return OrganisationRow(
        row.name,
        row.short_name or "",
        row.contact or "",
        row.press_contact or "",
        row.subgroup,
        row.marking or "",
        row.accent_colour or "",
        row.year_start_month,
        row.due_soon_days,
        row.panel_reply_days,
        row.quorum_minimum,
        row.practice_today,
        row.small_number,
        row.first_check_months,
        row.second_check_months,
    )


def own_names(session: Session) -> tuple[str, ...]:
    """Return the names of the partnership, and of the agencies that are its local authority."""
    ours = organisation(session)
    authority = (Agency.statutory_partner == "local_authority", Agency.withdrawn_at.is_(None))
    query = select(Agency.name, Agency.short_name, Agency.former_name).where(*authority)
    agencies = [name for row in session.execute(query) for name in row]
    return tuple(name for name in (ours.name, ours.short_name, *agencies) if name)


def calendar(session: Session) -> Calendar:
    """Return the working-day calendar: England's bank holidays and the days the user added."""
    live = select(ExtraHoliday.on_date, ExtraHoliday.name).where(
        ExtraHoliday.withdrawn_at.is_(None)
    )
    return load_calendar({row.on_date: row.name for row in session.execute(live)})


def rules_for(session: Session, key: str | None, on: date) -> RuleSet:
    """Return the rule set that a review keeps, or that of the day, with our own Panel time."""
    rules = rule_set_named(key) if key else rule_set_on(on, load_rule_sets())
    return replace(rules, panel_reply_working_days=organisation(session).panel_reply_days)


def age_bands(session: Session) -> tuple[AgeBand, ...]:
    """Return the age bands as defined, youngest first; those of the statistics where none are."""
    live = select(AgeBandRecord).where(AgeBandRecord.withdrawn_at.is_(None))
    ordered = sorted(
        session.scalars(live), key=lambda row: (not row.unborn, row.from_years, row.id)
    )
    defined = tuple(
        AgeBand(row.label, row.from_years, row.to_years, unborn=bool(row.unborn)) for row in ordered
    )
    return defined or default_age_bands()


@cache
def default_age_bands() -> tuple[AgeBand, ...]:
    """Return the age bands of the national statistics, for a file that defines none."""
    table = tomllib.loads(resource("age_bands.toml").read_text("utf-8"))
    return tuple(
        AgeBand(row["label"], row["from_years"], row.get("to_years")) for row in table["age_band"]
    )
