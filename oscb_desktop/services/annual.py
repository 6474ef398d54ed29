"""The annual report's texts and the check of what it must hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from oscb_desktop.database.models.year import Narrative
from oscb_desktop.domain.annual_chapters import chapters
from oscb_desktop.domain.codes import code_list, label_of
from oscb_desktop.domain.date_words import counted, quoted
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.annual_report import figures_as_read, narratives
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.report_content import ticks
from oscb_desktop.services import records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work

_CHANGED = (
    "Somebody else changed this text while you were writing. Open the chapter anew: what you "
    "wrote is kept as a draft."
)


@dataclass(frozen=True, slots=True)
class WriteNarrative:
    """Write a chapter's text; its figures count as read as they stand now.

    ``version`` is that of the text which was open, 0 where there was none; None does not ask.
    """

    year: str
    chapter: str
    text: str
    version: int | None = None

    def carry_out(self, work: Work) -> None:
        """Write it; an empty text empties the chapter."""
        year, chapter = _year(work, self.year), _chapter(self.chapter)
        held = narratives(work.session, year.label).get(chapter)
        self._check(held)
        text = self.text.strip("\n")
        if (held.text or "" if held else "") == text:
            raise UserError("The text stands so already. Nothing was changed.")
        _put(work, year, chapter, text, held)
        work.label = f"Write {_named(year.label, chapter)}"

    def _check(self, held: Narrative | None) -> None:
        if self.version is None:
            return
        if held is not None and self.version == 0:
            raise UserError(_CHANGED)
        if held is not None:
            check_version(held, self.version)


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """Say that the texts of a year, or one of them, were read with the figures as they stand."""

    year: str
    chapter: str = ""

    def carry_out(self, work: Work) -> None:
        """Keep the figures as they stand now."""
        year = _year(work, self.year)
        wanted = _chapter(self.chapter) if self.chapter else ""
        changed = 0
        for chapter, held in narratives(work.session, year.label).items():
            if wanted in ("", chapter) and held.text:
                changed += _read(work, year, held)
        if not changed:
            raise UserError("No figure moved since these texts were last read.")
        what = _named(year.label, wanted) if wanted else f"the report of {year.label}"
        work.label = f"Read {what} again"


@dataclass(frozen=True, slots=True)
class StartFromLastYear:
    """Copy the year before's texts into the chapters that are empty, or into one of them.

    Their figures tell this year at once; each that is another than it is for the year before, of
    which the text was written, is pointed out until the text is read again.
    """

    year: str
    chapter: str = ""

    def carry_out(self, work: Work) -> None:
        """Copy them; raises ``UserError`` where there is nothing to copy, or no room for it."""
        year = _year(work, self.year)
        before = year.previous().label
        wanted = _chapter(self.chapter) if self.chapter else ""
        ours = narratives(work.session, year.label)
        copied = 0
        for chapter, held in narratives(work.session, before).items():
            here = ours.get(chapter)
            if wanted in ("", chapter) and held.text and not (here and here.text):
                read_as = _now(work, year.previous(), held.text)
                _keep(work, year, chapter, {"text": held.text, "read_as": read_as}, here)
                copied += 1
        if not copied:
            raise UserError(_nothing_to_copy(before, wanted))
        work.label = f"Start {counted(copied, 'chapter')} of {year.label} from {before}"


@dataclass(frozen=True, slots=True)
class TickContent:
    """Say by hand that a year's report holds something that the guidance asks for, or does not.

    ``held`` None takes what was said back, so that the report itself answers.
    """

    year: str
    item: str
    held: bool | None
    note: str = ""

    def carry_out(self, work: Work) -> None:
        """Keep the tick."""
        year = _year(work, self.year)
        if self.item not in {entry.code for entry in code_list("yearly_content").codes}:
            raise UserError(f"{quoted(self.item)} is nothing that an annual report must hold.")
        values = {"held": self.held, "note": self.note.strip() or None}
        row = ticks(work.session, year.label).get(self.item)
        if row is None:
            key = {"year": year.label, "item": self.item}
            work.record_id = records.add(work, "report_tick", {**key, **values})
        else:
            work.record_id = row.id
            if not records.amend(work, "report_tick", row.id, values):
                raise UserError("That is what it says already.")
        said = label_of("yearly_content", self.item)
        work.label = f"Content of {year.label}: {said[:1].lower()}{said[1:]}"


def count_as_read(work: Work, narrative_ids: Iterable[int]) -> None:
    """Keep for texts that came from elsewhere what their figures are now, on the file's own day.

    A text of a year that is none is left as it is.
    """
    day = organisation(work.session).practice_today or work.today
    for held in map(partial(work.session.get_one, Narrative), narrative_ids):
        try:
            year = _year(work, held.year)
        except UserError:
            continue
        found = figures_as_read(work.session, year, day, held.text or "")
        records.amend(work, "narrative", held.id, {"read_as": _kept(found) if found else None})


def _put(work: Work, year: ReportingYear, chapter: str, text: str, held: Narrative | None) -> None:
    _keep(work, year, chapter, {"text": text or None, "read_as": _now(work, year, text)}, held)


def _keep(
    work: Work,
    year: ReportingYear,
    chapter: str,
    values: Mapping[str, str | None],
    held: Narrative | None,
) -> None:
    if held is None:
        key = {"year": year.label, "chapter": chapter}
        work.record_id = records.add(work, "narrative", {**key, **values})
    else:
        records.amend(work, "narrative", held.id, values)
        work.record_id = held.id


def _read(work: Work, year: ReportingYear, held: Narrative) -> bool:
    now = _now(work, year, held.text or "")
    work.record_id = held.id
    return records.amend(work, "narrative", held.id, {"read_as": now})


def _now(work: Work, year: ReportingYear, text: str) -> str | None:
    found = figures_as_read(work.session, year, work.today, text)
    return _kept(found) if found else None


def _kept(found: Mapping[str, str | None]) -> str:
    return json.dumps(found, ensure_ascii=False, sort_keys=True)


def _year(work: Work, label: str) -> ReportingYear:
    return ReportingYear.parse(label, organisation(work.session).year_start_month)


def _chapter(code: str) -> str:
    if code not in {entry.code for entry in chapters()}:
        raise UserError(f"{quoted(code)} is no chapter of the annual report.")
    return code


def _named(year: str, chapter: str) -> str:
    return f"{label_of('annual_chapter', chapter)} of {year}"


def _nothing_to_copy(before: str, chapter: str) -> str:
    if chapter:
        return f"This chapter has a text already, or the report of {before} has none here."
    return f"The report of {before} has no text for a chapter that is empty now."
