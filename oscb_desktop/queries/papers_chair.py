"""All live reviews for a chair, worded and placed on a scale of months for the paper."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_month
from oscb_desktop.domain.documents import (
    ChairDay,
    ChairLine,
    ChairSheet,
    ChairSpan,
    ChairTick,
    DayShape,
)
from oscb_desktop.domain.faces import PANEL
from oscb_desktop.domain.stage_spans import Scale
from oscb_desktop.domain.stages import StageName
from oscb_desktop.queries.chair import (
    ChairRow,
    DateState,
    live_reviews,
    scale_for,
    span_words,
    totals,
)
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, paper

_SHAPES = {
    DateState.MET: DayShape.MET,
    DateState.MISSED: DayShape.MISSED,
    DateState.RUNS: DayShape.TO_COME,
    DateState.LATE: DayShape.LATE,
}


def chair_sheet(session: Session, made: Made) -> ChairSheet:
    """Return all live reviews as at the day of making; internal, and under pseudonyms."""
    rows = live_reviews(session, made.today)
    scale = scale_for(rows, made.today)
    months = scale.months()
    every = 1 if len(months) <= 12 else 2
    return ChairSheet(
        paper=paper(session, made, "Live reviews", organisation(session).subgroup, face=PANEL),
        totals=totals(rows, made.today),
        ticks=tuple(ChairTick(format_month(day), scale.at(day)) for day in months[::every]),
        today_at=scale.at(made.today),
        lines=tuple(_line(row, scale) for row in rows),
    )


def _line(row: ChairRow, scale: Scale) -> ChairLine:
    return ChairLine(
        review=f"{row.reference} {row.known_as}",
        part=row.part_words(briefly=True),
        stage="\n".join(part for part in (row.stage_words(), row.pause) if part),
        to_do="\n".join((row.missing_words(), row.actions_words())),
        spans=tuple(
            ChairSpan(
                span_words(span),
                scale.at(span.from_on),
                scale.at(span.to_on),
                rests=span.name is StageName.PAUSED,
                name=span.words,
            )
            for span in row.spans
        ),
        days=tuple(_days(row, scale)),
    )


def _days(row: ChairRow, scale: Scale) -> Iterator[ChairDay]:
    for day in row.dates:
        yield ChairDay(day.words, scale.at(day.due_on), _SHAPES[day.state])
    if row.planned_on is not None:
        yield ChairDay(row.planned_words(), scale.at(row.planned_on), DayShape.PLANNED)
