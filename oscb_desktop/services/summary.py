"""Wording a learning summary for its readers, without touching the records it tells of."""

from __future__ import annotations

from dataclasses import dataclass

from oscb_desktop.database.models.paper import SummaryLine
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import title_of
from oscb_desktop.queries.summary import BLOCKS, SOURCES, SummaryRow, summary_rows, told_of
from oscb_desktop.services import records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class WordSummary:
    """Save the lines of one part of a review's learning summary, in this order.

    A line that says what its record says goes on following the record. Where the whole part stands
    as the records give it, nothing is kept of it. A line of no record and no words is dropped. A
    line that is still ``moved`` keeps the words that its record had.
    """

    review_id: int
    block: str
    lines: tuple[SummaryRow, ...]

    def carry_out(self, work: Work) -> None:
        """Save them; raises ``ConflictError`` where a line was saved by somebody else meanwhile."""
        if self.block not in BLOCKS:
            raise KeyError(self.block)
        before = [row for row in summary_rows(work.session, self.review_id) if row.id]
        saved = {row.id for row in before if row.block == self.block}
        kept = [line for line in self.lines if not line.is_empty]
        for line in kept:
            if line.id:
                check_version(records.live_row(work, "summary_line", line.id), line.version)
        wanted = [] if self._follows(work, kept) else kept
        for gone in saved - {line.id for line in wanted}:
            records.set_withdrawn(work, "summary_line", gone, withdrawn=True)
        _number(work, wanted)
        for number, line in enumerate(wanted, 1):
            self._save(work, number, line)
        part = label_of("summary_block", self.block).lower()
        of = title_of(work.session, "review", self.review_id)
        work.label = f"Word the learning summary of {of}: {part}"
        work.record_id = self.review_id

    def _follows(self, work: Work, lines: list[SummaryRow]) -> bool:
        """Whether the lines are those of the records, all of them and in their order."""
        if any(line.left_out or line.reworded for line in lines):
            return False
        return [line.record for line in lines] == told_of(work.session, self.review_id)[self.block]

    def _save(self, work: Work, number: int, line: SummaryRow) -> None:
        values: dict[str, Value] = {
            "block": self.block,
            "number": number,
            "heading": (line.heading or None) if line.reworded else None,
            "text": (line.text or None) if line.reworded else None,
            "left_out": line.left_out or None,
        }
        if not line.moved:  # otherwise nobody has looked yet at what the record says by now
            values |= _what_it_tells_of(line)
        if line.id:
            records.amend(work, "summary_line", line.id, values)
        else:
            records.add(work, "summary_line", {"review": self.review_id, **values})


def _number(work: Work, lines: list[SummaryRow]) -> None:
    """Number the lines that are held anew, all before any is held to having a number of its own."""
    for number, line in enumerate(lines, 1):
        if line.id:
            row = records.live_row(work, "summary_line", line.id)
            assert isinstance(row, SummaryLine)
            if row.number != number:
                records.apply(work, "summary_line", row, {"number": number})


def _what_it_tells_of(line: SummaryRow) -> dict[str, Value]:
    told = line.record
    links: dict[str, Value] = dict.fromkeys(SOURCES)
    if told is not None and told.source is not None:
        links[told.source[0]] = told.source[1]
    return {"original": told.words if told is not None else None, **links}
