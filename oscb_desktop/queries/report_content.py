"""What the guidance asks an annual report to hold, and whether a year's report holds it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.year import ReportTick
from oscb_desktop.domain.annual_chapters import chapter
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.rule_sets import RuleSet, load_rule_sets, rule_set_on
from oscb_desktop.paths import resource
from oscb_desktop.queries.annual_rows import AnnualReport
from oscb_desktop.queries.organisation import organisation

_WHERE: Mapping[str, tuple[str, ...]] = {
    "partners_done": ("rapid_figures", "review_figures"),
    "reviews_themes": ("themes", "learning_practitioner", "learning_system"),
    "changed_practice": ("impact",),
    "impact_children": ("impact",),
    "recommendations": ("conclusion", "published_findings"),
    "feedback": ("family_feedback",),
    "costs": ("costs",),
    "training": ("sharing",),
}
"""In which chapters the report itself answers; anything else is ticked by hand."""


class Standing(StrEnum):
    """Whether the report holds something: said by hand, seen in its chapters, or not at all."""

    TICKED = "ticked"
    SAID_MISSING = "said to be missing"
    THERE = "there"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ContentRow:
    """Something that the guidance asks for; ``chapters`` are codes of where it stands.

    ``where`` says that in words; ``id`` and ``version`` are those of the tick, if there is one.
    """

    item: str
    label: str
    standing: Standing
    where: str
    chapters: tuple[str, ...]
    note: str
    id: int | None = None
    version: int = 0

    @property
    def is_held(self) -> bool:
        """Whether the report holds it, whoever says so."""
        return self.standing in (Standing.TICKED, Standing.THERE)


def ticks(session: Session, year: str) -> dict[str, ReportTick]:
    """Return what was said by hand of a year, by item."""
    query = select(ReportTick).where(ReportTick.withdrawn_at.is_(None), ReportTick.year == year)
    return {row.item: row for row in session.scalars(query)}


def content_edition(session: Session, year: str) -> RuleSet:
    """Return the edition of the guidance that a year's report is held to: that of its last day."""
    whole = ReportingYear.parse(year, organisation(session).year_start_month)
    return rule_set_on(whole.last, load_rule_sets())


def content_check(session: Session, report: AnnualReport) -> tuple[ContentRow, ...]:
    """Return everything that the year's guidance asks for, in its order, as the report stands.

    Source: Working Together 2018 and 2023 on annual reports (general knowledge, please check).
    """
    said = ticks(session, report.year)
    held = {entry.chapter.code for entry in report.chapters if not entry.is_empty}
    asked = _asked()[content_edition(session, report.year).key]
    return tuple(
        _row(item, label_of("yearly_content", item), said.get(item), held) for item in asked
    )


@lru_cache(maxsize=1)
def _asked() -> dict[str, list[str]]:
    with resource("yearly_content.toml").open("rb") as file:
        editions: dict[str, list[str]] = tomllib.load(file)["editions"]
    return editions


def _row(item: str, label: str, tick: ReportTick | None, held: set[str]) -> ContentRow:
    found = tuple(code for code in _WHERE.get(item, ()) if code in held)
    where = ", ".join(chapter(code).heading for code in found)
    known = (tick.id, tick.version) if tick else (None, 0)
    standing = Standing.THERE if found else Standing.MISSING
    if tick is not None and tick.held is not None:
        standing = Standing.TICKED if tick.held else Standing.SAID_MISSING
    return ContentRow(
        item, label, standing, where, found, (tick.note or "") if tick else "", *known
    )
