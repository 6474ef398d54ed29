"""The report of a year as a paper: its chapters worded, for the partnership or for anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain import documents
from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.documents import (
    CountedTable,
    Fact,
    Money,
    Point,
    ReportChapter,
    ReportPart,
    Table,
    Value,
)
from oscb_desktop.domain.faces import PUBLIC, SECRETARIAT
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_charts import grid_chart
from oscb_desktop.queries.annual_report import annual_report
from oscb_desktop.queries.annual_rows import (
    AnnualChapter,
    AnnualReport,
    Block,
    Cell,
    FactLine,
    Grid,
    Lines,
)
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, paper

TITLE = "Annual report"
_PLAIN = "Facts and figures"  # the title of a block that its chapter's name says already


def annual_paper(
    session: Session, year: ReportingYear, made: Made, *, public: bool
) -> documents.AnnualReport:
    """Return the report of a year as a paper; a chapter with nothing to say is left out."""
    return remarked_paper(session, year, made, public=public)[0]


def remarked_paper(
    session: Session, year: ReportingYear, made: Made, *, public: bool
) -> tuple[documents.AnnualReport, tuple[str, ...]]:
    """Return the same, and what whoever lets it out has to know of its texts, a sentence each."""
    face = PUBLIC if public else SECRETARIAT
    report = annual_report(session, year, made.today, face)
    about = paper(session, made, f"{TITLE} {year.label}", organisation(session).subgroup, face=face)
    note = _note(report, made.today, year)
    told = documents.AnnualReport(about, note, chapters_of(report), tuple(tables_of(report)))
    return told, tuple(remarks_on(report))


def remarks_on(report: AnnualReport) -> Iterator[str]:
    """Yield what is wrong in the texts: figures that are none, small numbers that are published."""
    for entry in report.chapters:
        narrative, chapter = entry.narrative, entry.chapter.heading
        for fault in dict.fromkeys(narrative.faults):
            yield f"{chapter}: {fault.sentence} It is printed as {fault.printed}."
        if report.face == PUBLIC and narrative.by_hand:
            typed = ", ".join(map(quoted, narrative.by_hand))
            yield f"{chapter}: typed as a number, and so not kept back in public: {typed}."


def chapters_of(report: AnnualReport) -> tuple[ReportChapter, ...]:
    """Return the chapters that say something; one above such a chapter stays for its heading."""
    told = [
        ReportChapter(
            entry.chapter.heading,
            entry.chapter.level,
            tuple(line for line in entry.narrative.words.splitlines() if line.strip()),
            tuple(_parts(entry)),
        )
        for entry in report.chapters
    ]
    return tuple(
        chapter
        for at, chapter in enumerate(told)
        if _says(chapter) or (chapter.level == 1 and any(map(_says, _below(told, at))))
    )


def tables_of(report: AnnualReport) -> Iterator[CountedTable]:
    """Yield the facts and the tables of a report with the records that each count counted."""
    for entry in report.chapters:
        for block in entry.blocks:
            title = f"{entry.chapter.number} {block.title}"
            if isinstance(block, Lines):
                yield _facts_table(title, block)
            elif isinstance(block, Grid) and block.headings:
                yield _grid_table(title, block)


def _facts_table(title: str, block: Lines) -> CountedTable:
    rows = tuple((line.label, _held(line.value), line.change) for line in block.lines)
    counted = tuple(
        (line.label, "", line.value.references) for line in block.lines if line.value.references
    )
    return CountedTable(title, ("Figure", "Value", "Comparison"), rows, counted, _warnings(block))


def _grid_table(title: str, block: Grid) -> CountedTable:
    rows = tuple(tuple(map(_held, row)) for row in block.rows)
    counted = tuple(
        (row[0].words, head, cell.references)
        for row in block.rows
        for head, cell in zip(block.headings, row, strict=False)
        if cell.references
    )
    return CountedTable(title, block.headings, rows, counted, block.notes)


def _held(cell: Cell) -> Value:
    """Return what a cell of a workbook holds: a number as one, words only where there is none."""
    exact = cell.number if cell.exact is None else cell.exact
    if exact is None:
        return cell.words
    return Money(exact) if cell.unit == "£" and not isinstance(exact, date) else exact


def _below(told: list[ReportChapter], at: int) -> Iterator[ReportChapter]:
    for chapter in told[at + 1 :]:
        if chapter.level == 1:
            return
        yield chapter


def _says(chapter: ReportChapter) -> bool:
    return bool(chapter.text or chapter.parts)


def _note(report: AnnualReport, today: date, year: ReportingYear) -> str:
    return " ".join(filter(None, (_standing(year, today), report.note)))


def _standing(year: ReportingYear, today: date) -> str:
    if today > year.last:
        return ""
    return f"The year {year.label} {'has not begun' if today < year.first else 'is not over'} yet."


def _parts(entry: AnnualChapter) -> Iterator[ReportPart]:
    """Yield the parts of a chapter; first, for those who write it, what moved in its text."""
    narrative = entry.narrative
    moved = [Point(used.label, f"Was {used.was}, is {used.words}.") for used in narrative.moved]
    unread = [Point(used.label, f"Is {used.words}.") for used in narrative.unread]
    if moved:
        yield ReportPart("Moved since this text was last read", points=tuple(moved))
    if unread:
        yield ReportPart("Nobody has read this text with these figures", points=tuple(unread))
    for block in entry.blocks:
        yield _part(block)


def _part(block: Block) -> ReportPart:
    if isinstance(block, Lines):
        title = "" if block.title == _PLAIN else block.title
        return ReportPart(title, facts=tuple(map(_fact, block.lines)), notes=_warnings(block))
    if isinstance(block, Grid):
        if not block.headings:
            return ReportPart(block.title, notes=block.notes)
        rows = tuple(tuple(cell.words for cell in row) for row in block.rows)
        table = Table(block.title, block.headings, rows, block.widths)
        return ReportPart("", table=table, chart=grid_chart(block), notes=block.notes)
    points = tuple(Point(point.heading, point.text) for point in block.points)
    return ReportPart(block.title, points=points, numbered=block.numbered)


def _fact(line: FactLine) -> Fact:
    return Fact(line.label, ", ".join(filter(None, (line.value.words, line.change))))


def _warnings(block: Lines) -> tuple[str, ...]:
    return tuple(dict.fromkeys(warning for line in block.lines for warning in line.warnings))
