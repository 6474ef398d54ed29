"""The report of a year, always ready: its chapters with their texts and their live content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.year import Narrative
from oscb_desktop.domain.annual_chapters import Chapter, chapters
from oscb_desktop.domain.faces import SECRETARIAT
from oscb_desktop.domain.figure_words import (
    FigureMark,
    Quantity,
    faults_in,
    figures_in,
    in_digits,
    parse,
    small_by_hand,
    speak,
)
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import threshold_of
from oscb_desktop.queries.annual_blocks import CASE_BLOCKS
from oscb_desktop.queries.annual_figures import YearFigures
from oscb_desktop.queries.annual_learning import LEARNING_BLOCKS
from oscb_desktop.queries.annual_published import PUBLISHED_BLOCKS
from oscb_desktop.queries.annual_rows import (
    AnnualChapter,
    AnnualReport,
    Block,
    NarrativeRow,
    UsedFigure,
)
from oscb_desktop.queries.annual_year import Year
from oscb_desktop.queries.figures import definition_of
from oscb_desktop.queries.figures_facts import facts_as_asked
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.queries.organisation import organisation

_BUILDERS = {**CASE_BLOCKS, **LEARNING_BLOCKS, **PUBLISHED_BLOCKS}
_HOW = (
    "This is the public version. Counts of children and families, of incidents, and of reviews of "
    "them that are below {number} are kept back, and so are others from which they could be worked "
    "out. In a sentence one that is kept back is told as “fewer than {number}” where that gives "
    "nothing away, else as “not shown”; in a table it is “c”. What is published, such as the "
    "reviews that were, and what counts no child, such as events, is told as it is."
)


def annual_report(
    session: Session, year: ReportingYear, today: date, face: str = SECRETARIAT
) -> AnnualReport:
    """Return the report of a year for a face; of a public one, with small numbers kept back."""
    with uncollected():
        facts = facts_as_asked(session, year, today)
        threshold = threshold_of(organisation(session).small_number)
        whole = Year.of(session, facts, face, threshold)
        told = tuple(_chapters(whole))
    note = _HOW.format(number=threshold) if whole.is_public else ""
    return AnnualReport(year.label, face, told, note, threshold)


def figures_as_read(
    session: Session, year: ReportingYear, today: date, text: str
) -> dict[str, str | None]:
    """Return what is kept of the figures in a text when somebody has read it."""
    with uncollected():
        return _readings(YearFigures(facts_as_asked(session, year, today)), text)


def narratives(session: Session, year: str) -> dict[str, Narrative]:
    """Return a year's live texts by chapter."""
    query = select(Narrative).where(Narrative.withdrawn_at.is_(None), Narrative.year == year)
    return {row.chapter: row for row in session.scalars(query.order_by(Narrative.id))}


def _chapters(year: Year) -> Iterator[AnnualChapter]:
    texts = narratives(year.session, year.facts.year.label)
    earlier = narratives(year.session, year.facts.year.previous().label)
    told = [
        (chapter, narrative_row(year, texts.get(chapter.code), earlier.get(chapter.code)))
        for chapter in chapters()
    ]
    for chapter, narrative in told:
        yield AnnualChapter(chapter, narrative, tuple(_blocks(year, chapter)))


def _blocks(year: Year, chapter: Chapter) -> Iterator[Block]:
    for name in chapter.blocks:
        yield from _BUILDERS[name](year)


def narrative_row(
    year: Year, held: Narrative | None, last_year: Narrative | None = None
) -> NarrativeRow:
    """Return a text as typed and as read, its figures with what they counted."""
    typed = (held.text or "") if held else ""
    parts = parse(typed, year.figures.known)
    as_read = _as_read(held.read_as if held else None)
    marks = figures_in(parts)
    year.used.update(dict.fromkeys(mark.name for mark in marks))
    compared = {
        (part.name, part.category)
        for part in parts
        if isinstance(part, FigureMark) and part.form.compares
    }
    return NarrativeRow(
        held.id if held else None,
        held.version if held else 0,
        typed,
        parts,
        speak(parts, year.figures),
        tuple(_used(year, mark, as_read, (mark.name, mark.category) in compared) for mark in marks),
        faults_in(parts),
        small_by_hand(typed, year.threshold),
        bool(last_year and last_year.text and not typed),
    )


def _used(
    year: Year, mark: FigureMark, as_read: Mapping[str, str | None], compared: bool
) -> UsedFigure:
    figures, key = year.figures, _key(mark)
    now = {key: _reading(figures.bare(mark.name, mark.category))}
    if compared:
        now[_before(key)] = _reading(figures.before(mark.name, mark.category))
    unread = not now.keys() <= as_read.keys()
    moved = not unread and any(as_read[each] != said for each, said in now.items())
    nothing = "none" if figures.categories(mark.name) else "not known"
    label = definition_of(mark.name).label
    return UsedFigure(
        mark.name,
        mark.category,
        f"{label}: {mark.category}" if mark.category else label,
        in_digits(figures.now(mark.name, mark.category)),
        year.references(figures.records(mark.name, mark.category)),
        definition_of(mark.name).unit,
        moved and not year.is_public,
        (as_read[key] or nothing) if moved and not year.is_public else "",
        unread and not year.is_public,
    )


def _readings(figures: YearFigures, text: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for mark in parse(text, figures.known):
        if isinstance(mark, FigureMark):
            found[_key(mark)] = _reading(figures.bare(mark.name, mark.category))
            if mark.form.compares:
                found[_before(_key(mark))] = _reading(figures.before(mark.name, mark.category))
    return found


def _key(mark: FigureMark) -> str:
    return f"{mark.name}[{mark.category}]" if mark.category else mark.name


def _before(key: str) -> str:
    return f"{key} before"


def _reading(quantity: Quantity) -> str | None:
    return None if quantity.value is None and not quantity.parts else in_digits(quantity)


def _as_read(kept: str | None) -> dict[str, str | None]:
    """Return what was kept when the text was last read; nothing where that cannot be read."""
    try:
        found = json.loads(kept or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
