"""The live content of the annual report about themes, learning, costs and impact."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import full_date
from oscb_desktop.domain.suppression import MARK
from oscb_desktop.queries.annual_rows import Block, Cell, Grid, PointRow, Points
from oscb_desktop.queries.annual_year import IN_WORDS, Year, known_as
from oscb_desktop.queries.breakdowns import Subject
from oscb_desktop.queries.figures import definition_of
from oscb_desktop.queries.figures_learning import (
    FAMILY,
    PRACTITIONERS,
    engaged,
    points,
)
from oscb_desktop.queries.records import records

Builder = Callable[[Year], Iterator[Block]]


def _themes(year: Year) -> Iterator[Block]:
    names = year.figures.in_order("themes")
    if not names:
        return
    before = year.figures.counted("themes_year_before").by_category
    rows = tuple(
        (
            Cell(name),
            year.figure("themes", name, in_table=True),
            Cell("Comes back from the year before" if name in before else "New"),
        )
        for name in names
    )
    year.used["themes_new"] = year.used["themes_repeated"] = None
    heads = ("Theme", "Reviews", "Compared with the year before")
    yield _told("themes", "Themes of the reviews worked on", heads, rows, chart="bars")


def _themes_together(year: Year) -> Iterator[Block]:
    pairs = year.figures.in_order("themes_together")
    rows = tuple(
        (Cell(pair), year.figure("themes_together", pair, in_table=True)) for pair in pairs
    )
    if rows:
        heads = ("Themes", "Reviews with both")
        yield _told("themes_together", "Themes that occur together", heads, rows)


def _themes_before(year: Year) -> Iterator[Block]:
    before = year.figures.in_order("themes_year_before")
    now = year.figures.counted("themes").by_category
    rows = tuple(
        (
            Cell(name),
            year.figure("themes_year_before", name, in_table=True),
            Cell("Comes back this year" if name in now else "Not this year"),
        )
        for name in before
    )
    if rows:
        heads = ("Theme", "Reviews that ended then", "This year")
        yield _told("themes_before", "Themes of the year before", heads, rows)


def _told(
    name: str,
    title: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    chart: str = "",
) -> Grid:
    """Return a table of themes, without its numbers where each of them is kept back."""
    if not all(row[1].words == MARK for row in rows):
        return Grid(name, title, heads, rows, chart=chart)
    without = tuple((row[0], *row[2:]) for row in rows)
    return Grid(name, title, (heads[0], *heads[2:]), without, (IN_WORDS,))


def _points(audience: str) -> Builder:
    def build(year: Year) -> Iterator[Block]:
        names = {review.id: review.reference for review in year.facts.reviews}
        rows = tuple(
            PointRow(
                point.heading,
                point.text,
                year.references(
                    (point.reference, *(names[at] for at in point.reviews if at in names))
                ),
            )
            for point in points(year.facts, audience)
        )
        if rows:
            year.used["learning_points_by_audience"] = None
            yield Points(f"{audience}_points", label_of("audience", audience), rows, numbered=True)

    return build


def _engagement(name: str, title: str, kinds: tuple[str, ...], figures: tuple[str, ...]) -> Builder:
    def build(year: Year) -> Iterator[Block]:
        rows = engaged(year.facts, kinds)
        if not rows:
            return
        yield year.lines(name, title, *figures)
        # What somebody said may tell who it was: a public version quotes only what is written.
        if not year.is_public:
            names = {review.id: review.reference for review in year.facts.reviews}
            said = tuple(
                PointRow(row.who, row.said, (names[row.review],)) for row in rows if row.said
            )
            if said:
                yield Points(f"{name}_said", "What was said", said)

    return build


def _cost_facts(year: Year) -> Iterator[Block]:
    block = year.lines(
        "cost_facts", "Costs", "review_cost_lowest", "review_cost_highest", "review_cost_average"
    )
    if block.lines:
        yield block


def _costs(year: Year) -> Iterator[Block]:
    """What each review cost; a public version tells the range alone."""
    if year.is_public:
        return
    with_costs = [review for review in year.facts.worked_on if review.costs]
    named = known_as(year, with_costs)
    rows = tuple(
        (
            Cell(review.reference, (review.reference,)),
            Cell(named[review.id]),
            Cell(label_of("review_kind", review.kind)),
            Cell(f"£{sum(review.costs):,.0f}", unit="£", exact=sum(review.costs)),
        )
        for review in with_costs
    )
    if rows:
        heads = ("Reference", "Known as", "Kind", "Cost so far")
        yield Grid("costs", "Cost of each review", heads, rows)


def _timeliness(year: Year) -> Iterator[Block]:
    block = year.lines(
        "timeliness",
        "Time from notification to the Panel",
        "rapid_reviews_on_time",
        "rapid_reviews_late",
        "rapid_review_days_late_average",
        "rapid_review_days_late_most",
    )
    if year.facts.rapid_reviews and block.lines:
        yield block
    found = year.table(
        "publication_timeliness", "Reviews by time to publication", Subject.REVIEWS, "timeliness"
    )
    if found is not None:
        yield found


def _sharing(year: Year) -> Iterator[Block]:
    held = [row for row in year.facts.learning.shared if row.shared_on in year.facts.year]
    if not held:
        return
    rows = tuple(
        (
            Cell(row.product),
            Cell(row.audience),
            Cell(label_of("dissemination_channel", row.channel) if row.channel else ""),
            Cell(full_date(row.shared_on), exact=row.shared_on),
            Cell("" if row.reach is None else f"{row.reach:,}", exact=row.reach),
        )
        for row in held
    )
    yield year.lines("shared_facts", "Facts and figures", "learning_shared", "learning_reached")
    heads = ("What", "To whom", "How", "On", "People reached")
    yield Grid("sharing", "Where learning was taken", heads, rows)


def _impact(year: Year) -> Iterator[Block]:
    held = {ref for ref, seen_on in year.facts.impacts if seen_on in year.facts.year}
    rows = tuple(
        PointRow(
            row.words("what_changed"),
            row.words("how_known"),
            year.references((row.words("reference"),)),
        )
        for row in (records(year.session, "impact") if held else ())
        if row.values["reference"] in held
    )
    if rows:
        year.used["impact_statements"] = None
        yield Points("impact", "What changed", rows)


def _actions(year: Year) -> Iterator[Block]:
    if year.facts.actions:
        yield year.lines(
            "actions",
            "Actions from reviews",
            "actions_completed_in_year",
            "actions_open",
            "actions_overdue",
        )


def _definitions(year: Year) -> Iterator[Block]:
    """What the figures that the report tells mean; it is built after all others."""
    rows = tuple(
        (Cell(entry.label), Cell(entry.meaning)) for entry in map(definition_of, year.used)
    )
    if rows:
        heads = ("Figure", "What it counts")
        yield Grid("definitions", "What the figures count", heads, rows, widths=(2, 5))


LEARNING_BLOCKS: dict[str, Builder] = {
    "themes": _themes,
    "themes_together": _themes_together,
    "themes_before": _themes_before,
    "practitioner_points": _points("practitioner"),
    "system_points": _points("system_leader"),
    "national_points": _points("national"),
    "practitioners": _engagement(
        "practitioners",
        "Facts and figures",
        PRACTITIONERS,
        ("practitioner_events", "practitioners_attended"),
    ),
    "families": _engagement(
        "families",
        "Facts and figures",
        FAMILY,
        ("family_members_asked", "family_members_took_part"),
    ),
    "cost_facts": _cost_facts,
    "costs": _costs,
    "timeliness": _timeliness,
    "sharing": _sharing,
    "impact": _impact,
    "actions": _actions,
    "definitions": _definitions,
}
"""How each block is built; one with nothing to tell yields nothing."""
