"""What the guidance asks a yearly report to hold, and whether a year's report holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.year import ReportTick
from oscb_desktop.domain.annual_chapters import chapter
from oscb_desktop.domain.codes import code_list
from oscb_desktop.queries.annual_rows import AnnualReport

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


def content_check(session: Session, report: AnnualReport) -> tuple[ContentRow, ...]:
    """Return everything that the guidance asks for, in its order, as the report stands.

    Source: Working Together 2023 on yearly reports (general knowledge, please check).
    """
    said = ticks(session, report.year)
    held = {entry.chapter.code for entry in report.chapters if not entry.is_empty}
    return tuple(
        _row(entry.code, entry.label, said.get(entry.code), held)
        for entry in code_list("yearly_content").codes
    )


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
