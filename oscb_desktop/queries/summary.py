"""The lines of a learning summary: what the records say, or how somebody worded it for readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from oscb_desktop.domain.codes import code_list
from oscb_desktop.queries.papers import learning_points, lines, live_review, points
from oscb_desktop.queries.records import RecordRow, records

SOURCES = ("finding", "recommendation", "learning_point")
"""The kinds of record that a line can tell of, each a field of the line too."""

BLOCKS = tuple(entry.code for entry in code_list("summary_block").codes)

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SHORT = 200
_POINTS_ON = re.compile(
    r":\s*$|\b(?:(?:its|the|these|those|following|\w+ed) (?:\w+ )?(?:parts|points|steps|things)"
    r"|(?:the|as) follow(?:ing|s)|set out (?:below|in)|listed (?:below|in)|(?:see|are) below)\b",
    re.IGNORECASE,
)
"""Words that say nothing without what stands below them."""

_NOT_ACCEPTED = "not_accepted"
Source = tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a record says for one line; ``source`` is the record where it is one of ``SOURCES``."""

    heading: str
    text: str
    source: Source = None

    @property
    def words(self) -> str:
        """Heading and text together, by which a line is known again."""
        return f"{self.heading}\n{self.text}".strip()


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One line of a summary as it will be printed, and what its record says.

    ``record`` is what the record says now, None where none says it (a line of the writer's own, or
    a record that says something else by now). ``id`` and ``version`` are those of the saved line,
    0 where none is saved. ``moved``: the record changed since the line was worded; ``is_new``: the
    record came after the part was put in order.
    """

    block: str
    heading: str
    text: str
    record: Told | None
    original: str = ""
    id: int = 0
    version: int = 0
    left_out: bool = False
    moved: bool = False
    is_new: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it is a line of no record that says nothing."""
        return self.record is None and not self.heading and not self.text

    @property
    def reworded(self) -> bool:
        """Whether it says something else than its record."""
        return self.record is None or (self.heading, self.text) != (
            self.record.heading,
            self.record.text,
        )


def summary_rows(session: Session, review_id: int) -> tuple[SummaryRow, ...]:
    """Return all lines of a review's summary, part by part, those left out among them.

    Raises ``LookupError`` when there is no such review.
    """
    review = live_review(session, review_id)
    saved = records(session, "summary_line", owner=review_id)
    told = _told(session, review)
    return tuple(
        row
        for block in BLOCKS
        for row in _block(block, told[block], [s for s in saved if s.values["block"] == block])
    )


def told_of(session: Session, review_id: int) -> dict[str, list[Told]]:
    """Return what the records alone say for each part, in their order; raises ``LookupError``."""
    return _told(session, live_review(session, review_id))


def _block(block: str, told: list[Told], saved: list[RecordRow]) -> Iterator[SummaryRow]:
    waiting = list(told)
    for line in sorted(saved, key=lambda row: (int(str(row.values["number"])), row.id)):
        record = _record_of(line, waiting)
        if record is not None:
            waiting.remove(record)
        row = _row(block, line, record)
        if row is not None:
            yield row
    for one in waiting:
        yield SummaryRow(block, one.heading, one.text, one, is_new=bool(saved))


def _record_of(line: RecordRow, told: Iterable[Told]) -> Told | None:
    """Return what the record of a saved line says now: by the record, or by its very words."""
    links = {(name, line.values[name]) for name in SOURCES if line.values[name] is not None}
    original = str(line.values["original"] or "")
    for one in told:
        if (one.source in links) if links else (one.source is None and one.words == original):
            return one
    return None


def _row(block: str, line: RecordRow, record: Told | None) -> SummaryRow | None:
    heading, text = str(line.values["heading"] or ""), str(line.values["text"] or "")
    original = str(line.values["original"] or "")
    own = heading or text
    if record is None and not own:
        return None  # it only followed a record that says something else by now
    if not own:
        assert record is not None
        heading, text = record.heading, record.text
    return SummaryRow(
        block,
        heading,
        text,
        record,
        original,
        line.id,
        line.version,
        left_out=line.values["left_out"] is True,
        moved=bool(own and original) and (record is None or record.words != original),
    )


def _told(session: Session, review: RecordRow) -> dict[str, list[Told]]:
    """Return what the records say for each part.

    What we learned is the findings and, in a few words, the learning points for practitioners;
    where there are no findings, all learning points but those for national bodies. What will change
    is the recommendations that were not refused, long ones by their first sentence. Where "What you
    can do" is empty, the practitioners' learning points stand there instead.
    """
    for_teams = _learning(session, review.id, "practitioner")
    can_do = [Told("", line) for line in points(review.values["what_you_can_do"])]
    return {
        "what_happened": [Told("", line) for line in lines(review.values["what_happened"])],
        "learned": _learned(session, review.id, for_teams if can_do else []),
        "good": [Told("", line) for line in points(review.values["good_practice"])],
        "change": _changes(session, review.id),
        "can_do": can_do or [_in_one(point) for point in for_teams],
        "question": [Told("", line) for line in points(review.values["questions"])],
        "read_more": _read_more(review),
    }


def _learning(session: Session, review_id: int, audience: str) -> list[Told]:
    return [
        Told(str(row.values["heading"]), str(row.values["text"] or ""), ("learning_point", row.id))
        for row in learning_points(session, review_id)
        if row.values["audience"] == audience
    ]


def _learned(session: Session, review_id: int, for_teams: list[Told]) -> list[Told]:
    findings = [
        Told(str(row.values["title"]), str(row.values["text"] or ""), ("finding", row.id))
        for row in records(session, "finding", owner=review_id)
    ]
    if findings:
        return [*findings, *(Told(point.heading, "", point.source) for point in for_teams)]
    return [*for_teams, *_learning(session, review_id, "system_leader")]


def _in_one(point: Told) -> Told:
    text = " ".join(lines(point.text))
    return Told("", f"{point.heading}: {text}" if text else point.heading, point.source)


def _changes(session: Session, review_id: int) -> list[Told]:
    return [
        Told("", _short(session, row), ("recommendation", row.id))
        for row in records(session, "recommendation", owner=review_id)
        if row.values["response"] != _NOT_ACCEPTED
    ]


def _short(session: Session, recommendation: RecordRow) -> str:
    """Return a recommendation for a page or two, with its limbs where the words point at them."""
    text = " ".join(lines(recommendation.values["text"]))
    short = text if len(text) <= _SHORT else _SENTENCE_END.split(text, maxsplit=1)[0]
    limbs = records(session, "limb", owner=recommendation.id) if _POINTS_ON.search(text) else ()
    if not limbs:
        return short
    said = text if _POINTS_ON.search(text[len(short) :]) else short
    return "\n".join((said, *map(_limb, limbs)))


def _limb(limb: RecordRow) -> str:
    return f"{limb.values['label']} {' '.join(lines(limb.values['text']))}"


def _read_more(review: RecordRow) -> list[Told]:
    readings = [_reading(line) for line in points(review.values["read_more"])]
    address = str(review.values["published_at"] or "")
    if address and address not in {reading.text for reading in readings}:
        readings.insert(0, Told("The published report", address))
    return readings


def _reading(line: str) -> Told:
    found = _ADDRESS.search(line)
    if found is None:
        return Told(line, "")
    address = found[0].rstrip(".,;)")
    label = line.replace(address, "").strip(" :;,.()-–—")
    return Told(label or address, address)
