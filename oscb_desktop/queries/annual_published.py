"""The live content of the annual report about what was published, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from oscb_desktop.domain.date_words import full_date
from oscb_desktop.queries.annual_rows import Block, PointRow, Points
from oscb_desktop.queries.annual_year import Year
from oscb_desktop.queries.figures_facts import ReviewFacts
from oscb_desktop.queries.figures_learning import of_the_year, published
from oscb_desktop.queries.papers import lines
from oscb_desktop.queries.records import RecordRow, record, records

_LOCAL = "local"


def _of(year: Year, review: ReviewFacts) -> RecordRow:
    row = record(year.session, "review", review.id)
    assert row is not None
    return row


def _published(year: Year) -> Iterator[Block]:
    """What was published: which review, on which day, what happened, what was found in short."""
    for review in published(year.facts):
        row = _of(year, review)
        day = full_date(review.published_on) if review.published_on else ""
        story = "\n".join(lines(row.values["what_happened"]))
        told = f"{row.words('kind')}, published on {day}"
        title = row.words("known_as")
        rows = [PointRow(told, story, year.references((review.reference,)))]
        address = row.words("published_at")
        if address:
            rows.append(PointRow("Where it can be read", address))
        yield Points(f"published_{review.id}", title, tuple(rows))
        found = records(year.session, "finding", owner=review.id)
        if found:
            yield Points(
                f"found_{review.id}",
                f"{title}: what the review found",
                tuple(
                    PointRow(each.words("title"), "", year.references((each.words("reference"),)))
                    for each in found
                ),
                numbered=True,
            )


def _messages(year: Year) -> Iterator[Block]:
    """What is asked regionally or nationally; in a public version, of what is published."""
    chosen = published(year.facts) if year.is_public else tuple(of_the_year(year.facts).values())
    ids = {review.id for review in chosen}
    wanted = {ref for ref, scope, at in year.facts.learning.limbs if at in ids and scope != _LOCAL}
    rows = tuple(
        PointRow(
            limb.words("raised_with") or limb.words("scope"),
            "\n".join(filter(None, (limb.words("text"), _answer(limb, year)))),
            year.references((limb.words("reference"),)),
        )
        for limb in (records(year.session, "limb") if wanted else ())
        if limb.values["reference"] in wanted
    )
    if rows:
        yield Points("messages", "What reviews ask of government", rows)


def _answer(limb: RecordRow, year: Year) -> str:
    reply = limb.words("reply")
    return "" if year.is_public or not reply else f"Answer: {reply}"


def _findings(year: Year) -> Iterator[Block]:
    for review in published(year.facts):
        name = _of(year, review).words("known_as")
        found = records(year.session, "finding", owner=review.id)
        if found:
            yield Points(
                f"findings_{review.id}",
                f"{name}: findings",
                tuple(
                    PointRow(
                        row.words("title"),
                        row.words("text"),
                        year.references((row.words("reference"),)),
                    )
                    for row in found
                ),
                numbered=True,
            )
        asked = records(year.session, "recommendation", owner=review.id)
        if asked:
            yield Points(
                f"recommendations_{review.id}",
                f"{name}: recommendations",
                tuple(_asked(year, row) for row in asked),
                numbered=True,
            )


def _asked(year: Year, row: RecordRow) -> PointRow:
    limbs = records(year.session, "limb", owner=row.id)
    parts = (f"{limb.words('label')} {limb.words('text')}" for limb in limbs)
    references = year.references((row.words("reference"),))
    return PointRow("", "\n".join((row.words("text"), *parts)), references)


PUBLISHED_BLOCKS: dict[str, Callable[[Year], Iterator[Block]]] = {
    "published": _published,
    "messages": _messages,
    "findings": _findings,
}
"""How each block is built; one with nothing to tell yields nothing."""
