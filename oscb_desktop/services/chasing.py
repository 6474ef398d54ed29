"""Asking each agency for news of its actions: a workbook, a letter, and a record of both."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from oscb_desktop.domain.date_words import counted, format_date, weekday_date
from oscb_desktop.domain.kept_files import file_name
from oscb_desktop.domain.values import Value
from oscb_desktop.domain.working_days import Calendar, CalendarEnd, add_working_days
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.agency_columns import AgencySheet, SheetRow
from oscb_desktop.queries.chasing import SHEET, Chase, ChaseRow, OwedAction, chase, file_mark
from oscb_desktop.queries.identities import Identities, identities
from oscb_desktop.queries.organisation import OrganisationRow, calendar, organisation
from oscb_desktop.queries.records import record
from oscb_desktop.services import records
from oscb_desktop.services.find import find_agency
from oscb_desktop.services.paper_check import checked_with
from oscb_desktop.services.releases import Copy, MadePaper, UnexplainedError, release
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

DAYS = 14
"""Within how many days an action is asked after, unless somebody says otherwise."""

_ANSWER_WITHIN = 10  # working days
_LONGEST_TO = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """The e-mail that goes with a sheet; it names no child and tells nothing of a case."""

    to: tuple[str, ...]
    subject: str
    body: str

    def mailto(self) -> str:
        """Return the address by which an e-mail program opens it."""
        to = ",".join(quote(address, safe="@") for address in self.to)
        body = quote(self.body.replace("\n", "\r\n"))
        return f"mailto:{to}?subject={quote(self.subject)}&body={body}"

    def words(self) -> str:
        """Return the whole letter, to be copied."""
        return f"To: {'; '.join(self.to)}\nSubject: {self.subject}\n\n{self.body}"


@dataclass(frozen=True, slots=True)
class SheetMade:
    """One agency's sheet as it was made: where it lies, how many actions, and its letter.

    The letter lies beside it as plain text.
    """

    mailing_id: int
    reference: str
    agency_id: int
    agency: str
    path: Path
    actions: int
    letter: Letter

    @property
    def letter_path(self) -> Path:
        """Where the letter lies."""
        return self.path.with_suffix(".txt")


@dataclass(frozen=True, slots=True)
class SendSheets:
    """Make a sheet for each of these agencies, and keep what was sent to whom; ``made`` tells.

    Each is checked with its letter, and ``papers`` holds them to be noted as leaving: ``reason``
    says why, where a child may be known by one.
    """

    agencies: tuple[int, ...]
    folder: Path
    days: int = DAYS
    due_back_on: date | None = None
    reason: str = ""
    made: list[SheetMade] = field(default_factory=list, compare=False)
    papers: list[MadePaper] = field(default_factory=list, compare=False)

    def carry_out(self, work: Work) -> None:
        """Make them all, or leave none behind; raises ``UnexplainedError`` without a reason."""
        self.made.clear()
        self.papers.clear()
        try:
            for row in self._wanted(chase(work.session, work.today, self.days)):
                self.made.append(_make(work, row, self))
                _write_letter(self.made[-1])
            self._check(work)
        except BaseException:
            self.unmake()
            raise
        first, count = self.made[0], len(self.made)
        work.record_id = first.mailing_id
        what = f"{first.reference} to {first.agency}" if count == 1 else f"to {count} agencies"
        work.label = f"Send sheets of actions {what}" if count > 1 else f"Send sheet {what}"

    def unmake(self) -> None:
        """Remove the workbooks again, as nothing says that they were sent."""
        for sheet in self.made:
            sheet.path.unlink(missing_ok=True)
            sheet.letter_path.unlink(missing_ok=True)
        self.made.clear()

    def _check(self, work: Work) -> None:
        held, marking = identities(work.session), organisation(work.session).marking or ""
        for sheet in self.made:
            paper = _paper(held, sheet, marking, self.reason)
            if paper.wants_reason and not self.reason.strip():
                raise UnexplainedError(paper)
            self.papers.append(paper)

    def _wanted(self, found: Chase) -> list[ChaseRow]:
        rows = [row for row in found.rows if row.id in self.agencies]
        if not rows:
            raise UserError(
                f"Nothing is late or due in {counted(self.days, 'day')} there, so no sheet was "
                "made. Look further ahead to ask earlier."
            )
        return rows


def make_sheets(
    store: Store,
    folder: Path,
    agencies: Collection[int],
    days: int = DAYS,
    due_back_on: date | None = None,
    reason: str = "",
) -> tuple[SheetMade, ...]:
    """Make a sheet for each agency into a folder, and record in one step what was sent.

    Each is noted as leaving, too. Raises ``UserError`` with nothing written or recorded, and
    ``UnexplainedError`` where a child may be known by one and there is no reason.
    """
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder}. Make it first, or choose another.")
    command = SendSheets(tuple(agencies), folder, days, due_back_on, reason)
    try:
        store.write(command)
        for paper in command.papers:
            release(store.write, paper)
    except BaseException:
        command.unmake()
        raise
    return tuple(command.made)


def agencies_to_ask(store: Store, days: int, agency: str | None) -> tuple[int, ...]:
    """Return the agencies that owe something within so many days, or the one that is named.

    Raises ``UserError`` where nobody owes anything, and for an agency that there is not.
    """
    if agency is not None:
        return (find_agency(store, agency),)
    found = tuple(row.id for row in store.read(chase, store.today(), days).rows)
    if not found:
        raise UserError(f"No agency has an action that is late or due in {counted(days, 'day')}.")
    return found


def answer_day(today: date, days_off: Calendar) -> date:
    """Return the day by which an answer is asked for: ten working days on."""
    try:
        return add_working_days(today, _ANSWER_WITHIN, days_off)
    except CalendarEnd:
        return today + timedelta(days=14)


def letter(
    row: ChaseRow, ours: OrganisationRow, reference: str, due_back_on: date, file_name: str
) -> Letter:
    """Return the e-mail that goes with a sheet."""
    subject = f"Actions from reviews: please update by {format_date(due_back_on)} ({reference})"
    if ours.marking:
        subject = f"{ours.marking}: {subject}"
    return Letter(row.emails, subject, "\n".join(_body(row, ours, due_back_on, file_name)))


def _body(row: ChaseRow, ours: OrganisationRow, due_back_on: date, file_name: str) -> Iterator[str]:
    if ours.marking:
        yield from (ours.marking, "")
    yield from ("Dear colleague,", "")
    yield (
        f"Please tell us how the actions of {row.name} from our reviews stand. The attached "
        f"workbook, {file_name}, lists {counted(len(row.open), 'open action')}. Fill in the "
        "columns with the yellow headings where there is something new, save it, and send it back "
        f"by secure e-mail by {weekday_date(due_back_on)}."
    )
    late = [action for action in row.owed if action.is_late]
    soon = [action for action in row.owed if not action.is_late]
    for heading, actions in (("Late:", late), ("Due soon:", soon)):
        if actions:
            yield from ("", heading, *map(_line, actions))
    yield from ("", "Please name no child and no family in your answer.", "")
    yield from ("With thanks", ours.subgroup, ours.name)


def _line(action: OwedAction) -> str:
    due = format_date(action.due_on) if action.due_on else ""
    owner = f", {action.owner}" if action.owner else ""
    return f"- {action.reference}, due {due}, {action.words()}{owner}"


def _make(work: Work, row: ChaseRow, wanted: SendSheets) -> SheetMade:
    from oscb_desktop.exchange.agency_sheet import write_agency_sheet  # slow to import

    ours = organisation(work.session)
    back = wanted.due_back_on or answer_day(work.today, calendar(work.session))
    if back < work.today:
        raise UserError(f"The answer cannot be due on {format_date(back)}, which has passed.")
    sheet = _sheet(work, row, ours, back)
    mailing_id, reference = _record(work, row, back, sheet.mark)
    path = wanted.folder / file_name(f"{reference} {row.agency}", ".xlsx")
    write_agency_sheet(path, replace(sheet, reference=reference))
    told = letter(row, ours, reference, back, path.name)
    return SheetMade(mailing_id, reference, row.id, row.agency, path, len(row.open), told)


def _paper(held: Identities, sheet: SheetMade, marking: str, reason: str) -> MadePaper:
    """Return a sheet as what leaves, searched together with its letter."""
    paper = MadePaper(
        sheet.path.read_bytes(),
        f"Actions of an agency {sheet.reference}",
        1,
        agency=sheet.agency_id,
        marking=marking,
        copy=Copy(sheet.agency),
        form="xlsx",
        beside=(sheet.path.name, sheet.letter.words()),
    )
    return checked_with(held, paper, reason)


def _sheet(work: Work, row: ChaseRow, ours: OrganisationRow, back: date) -> AgencySheet:
    return AgencySheet(
        reference="",
        agency=row.name,
        organisation=ours.name,
        marking=ours.marking,
        made_on=work.today,
        due_back_on=back,
        file=file_mark(work.session),
        nonce=secrets.token_hex(16),
        rows=tuple(
            SheetRow(
                action.reference,
                action.version,
                action.text,
                action.review,
                action.recommendation,
                action.owner,
                action.due_on,
                action.delivery,
                action.outcome,
            )
            for action in row.open
        ),
    )


def _record(work: Work, row: ChaseRow, back: date, mark: str) -> tuple[int, str]:
    """Keep what is sent to whom; return the id and the reference of the record."""
    values: dict[str, Value] = {
        "agency": row.id,
        "kind": SHEET,
        "sent_on": work.today,
        "to": "; ".join(row.emails)[:_LONGEST_TO],
        "due_back_on": back,
        "actions": tuple(action.id for action in row.open),
        "sheet": mark,
    }
    mailing_id = records.add(work, "mailing", values)
    kept = record(work.session, "mailing", mailing_id)
    assert kept is not None
    return mailing_id, kept.words("reference")


def _write_letter(sheet: SheetMade) -> None:
    try:
        sheet.letter_path.write_text(sheet.letter.words(), "utf-8", newline="\r\n")
    except OSError as problem:
        raise UserError(
            f"{sheet.letter_path} could not be written: {problem.strerror or problem}."
        ) from problem
