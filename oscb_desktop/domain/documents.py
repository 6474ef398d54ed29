"""What each paper says, already worded: the renderer reads these and nothing else.

Whoever fills a document words every date, name and status first. Empty strings and empty tuples
mean "nothing to say": the paper leaves that line or block out. Text may hold newlines; each line
that is not blank becomes a paragraph. No text is mark-up: ``<b>`` prints as ``<b>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from oscb_desktop.domain.charts import Chart
from oscb_desktop.domain.faces import PUBLIC

DEFAULT_ACCENT = "#1F5A73"


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands around every document: title, organisation, marking, copy.

    ``marking`` stands top and bottom of every page ("OFFICIAL-SENSITIVE"). A document
    ``for_publication`` prints neither the marking nor ``printed_by``: it leaves the organisation
    and names no member of staff. ``version`` is the copy label as printed ("Draft 3, copy 2 of 9").
    ``face`` is a code of that list: for whom this version is. ``trace`` is the code of this copy,
    printed on each page of an internal document.
    ``accent`` is the one colour, as ``#rrggbb``; it is darkened on paper until text in it reads at
    WCAG AA. ``logo`` is a PNG or JPEG file; one that cannot be read is left out. ``contact`` says
    where the organisation is reached. What ``is_letter`` to a family bears no word of versions.
    """

    title: str
    organisation: str
    subtitle: str = ""
    marking: str = ""
    printed_by: str = ""
    printed_at: str = ""
    version: str = ""
    accent: str = DEFAULT_ACCENT
    face: str = ""
    trace: str = ""
    logo: bytes = b""
    contact: tuple[str, ...] = ()
    is_letter: bool = False

    @property
    def for_publication(self) -> bool:
        """Whether it is made to leave the organisation for anybody."""
        return self.face == PUBLIC


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said in a list: a few words in bold, the text that explains them, or either."""

    heading: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Somewhere to read more. An ``address`` that begins with http(s) or mailto becomes a link."""

    label: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class LearningSummary:
    """A review told in one or two pages, in the order of a seven-minute briefing."""

    paper: Paper
    heading: str
    review_kind: str = ""
    what_happened: tuple[str, ...] = ()
    what_we_learned: tuple[Point, ...] = ()
    what_was_good: tuple[str, ...] = ()
    what_will_change: tuple[Point, ...] = ()
    what_you_can_do: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    read_more: tuple[Reading, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether it tells anything of the review, more than where to read of it."""
        texts = (*self.what_happened, *self.what_was_good, *self.what_you_can_do, *self.questions)
        points = (*self.what_we_learned, *self.what_will_change)
        said = (*texts, *(f"{point.heading}{point.text}" for point in points))
        return any(words.strip() for words in said)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, on one line of a section ("Notified", "03 Jun 2022")."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words. The first cell of each row heads its row.

    ``widths`` are relative (1, 3, 1); left empty, they follow the length of the words. A row
    shorter than the others is filled with empty cells. A table with no rows prints as "None
    recorded." under its caption. A tight one stands with little room between its rows.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    is_tight: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a record: facts, then paragraphs, then tables, then its own sections."""

    title: str
    facts: tuple[Fact, ...] = ()
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    subsections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """The full record of one review, in one column of sections."""

    paper: Paper
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """One line of the colour key; ``fill`` is ``#rrggbb``, or empty where the word chooses it."""

    colour: str
    meaning: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action as the log prints it. ``colour`` is a word of the key, never a colour alone.

    ``original_due`` is printed only where it differs from ``due``; ``by_hand`` says why a colour
    was given by hand, and which one the key would give.
    """

    reference: str
    action: str
    recommendation: str = ""
    lead_agency: str = ""
    owner: str = ""
    original_due: str = ""
    due: str = ""
    status: str = ""
    colour: str = ""
    lateness: str = ""
    assurance: str = ""
    latest_note: str = ""
    completed: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class ActionGroup:
    """The actions of one review, under its name."""

    review: str
    lines: tuple[ActionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionLog:
    """Every action in scope, grouped by review, as at a date."""

    paper: Paper
    scope: str = ""
    as_at: str = ""
    key: tuple[KeyEntry, ...] = ()
    groups: tuple[ActionGroup, ...] = ()
    totals: str = ""


@dataclass(frozen=True, slots=True)
class PlanLesson:
    """One lesson of the composite plan, and the actions that serve it.

    ``said`` are the recommendations that ask for it, each with its reference and review first;
    ``also_under`` names the actions that are told elsewhere in the plan too.
    """

    said: tuple[Point, ...]
    lines: tuple[ActionLine, ...] = ()
    also_under: str = ""


@dataclass(frozen=True, slots=True)
class PlanTheme:
    """The lessons of one theme."""

    name: str
    lessons: tuple[PlanLesson, ...] = ()


@dataclass(frozen=True, slots=True)
class CompositePlan:
    """The recommendations of all reviews by theme, as at a day; a lesson said twice stands once."""

    paper: Paper
    as_at: str = ""
    totals: str = ""
    key: tuple[KeyEntry, ...] = ()
    themes: tuple[PlanTheme, ...] = ()


@dataclass(frozen=True, slots=True)
class EscalationReport:
    """What is due to be escalated and what was, with the ladder that rules it.

    Each of ``agencies`` holds the actions that one agency leads: what is due, what was done.
    """

    paper: Paper
    as_at: str = ""
    totals: str = ""
    ladder: Table | None = None
    agencies: tuple[Section, ...] = ()


class DayShape(Enum):
    """How a day on a timeline is drawn: four diamonds that differ in shape, and a ring."""

    MET = 1
    MISSED = 2
    TO_COME = 3
    LATE = 4
    PLANNED = 5


@dataclass(frozen=True, slots=True)
class ChairSpan:
    """A stage of a review; where it begins and ends on the timeline, from 0 to 1.

    ``name`` is what is drawn in it, the words without their days.
    """

    words: str
    begins: float
    ends: float
    rests: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class ChairDay:
    """A day of a review in words, where it lies on the timeline, and its shape."""

    words: str
    at: float
    shape: DayShape


@dataclass(frozen=True, slots=True)
class ChairTick:
    """The name of a month, and where it begins on the timeline."""

    words: str
    at: float


@dataclass(frozen=True, slots=True)
class ChairLine:
    """One live review: what it is, its stages and days as drawn and as told, what is to do."""

    review: str
    part: str = ""
    stage: str = ""
    to_do: str = ""
    spans: tuple[ChairSpan, ...] = ()
    days: tuple[ChairDay, ...] = ()


@dataclass(frozen=True, slots=True)
class ChairSheet:
    """All live reviews in time, for the one who chairs; ``today_at`` lies on the timeline."""

    paper: Paper
    totals: str = ""
    ticks: tuple[ChairTick, ...] = ()
    today_at: float = 0.0
    lines: tuple[ChairLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SinceMeeting:
    """What was completed, slipped, added, signed off or reopened since a day; a table each."""

    paper: Paper
    as_at: str = ""
    totals: str = ""
    groups: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The way into a file whose passphrase is forgotten, on one page.

    ``groups`` are the recovery key as it is typed. Together they are printed as a QR code too,
    where they are nothing but letters and digits.
    """

    paper: Paper
    file_name: str
    made: str = ""
    groups: tuple[str, ...] = ()
    what_to_do: tuple[str, ...] = ()
    where_to_keep: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item of a meeting; ``said`` and ``decided`` are printed on its note alone."""

    heading: str
    led_by: str = ""
    said: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting is for, its items, who is invited, and the lists that it looks at."""

    paper: Paper
    facts: tuple[Fact, ...] = ()
    purpose: tuple[str, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    people: Table | None = None
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """Who was there, whether that was a quorum, what was said and decided, and what follows."""

    paper: Paper
    facts: tuple[Fact, ...] = ()
    quorum: str = ""
    remarks: tuple[str, ...] = ()
    people: Table | None = None
    items: tuple[AgendaItem, ...] = ()
    note: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    arising: Table | None = None


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """What the partners decided after a rapid review, as a letter to the national Panel.

    ``unfinished`` says in a sentence what is not recorded yet where it is printed early.
    ``signed`` are the partners who signed, ``to_sign`` those who are still to, each with a line.
    """

    paper: Paper
    unfinished: str = ""
    addressee: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    greeting: str = ""
    opening: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    ending: tuple[str, ...] = ()
    signed: Table | None = None
    to_sign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestLetter:
    """What an agency is asked for a review, by when, and how to answer."""

    paper: Paper
    addressee: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    opening: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    ending: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PressStatement:
    """What the press is told of a review, in the partnership's wording."""

    paper: Paper
    heading: str
    opening: tuple[str, ...] = ()
    about_findings: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    about_changes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyLetter:
    """A letter to a family about a review; the names in it are written by hand."""

    paper: Paper
    opening: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermsOfReference:
    """What a review is to look at, how, for what time and by whom; a line of enquiry a point."""

    paper: Paper
    facts: tuple[Fact, ...] = ()
    purpose: tuple[str, ...] = ()
    enquiry: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A part of a chapter: facts, a table with its chart, or points, under its own title."""

    title: str
    facts: tuple[Fact, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    points: tuple[Point, ...] = ()
    numbered: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportChapter:
    """A chapter of the annual report; ``level`` is 1 or 2, its heading bears its number."""

    heading: str
    level: int = 1
    text: tuple[str, ...] = ()
    parts: tuple[ReportPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in pounds."""

    pounds: int | float | Decimal


Value = str | int | float | Decimal | date | Money
"""What a cell of a workbook holds."""


@dataclass(frozen=True, slots=True)
class CountedTable:
    """A table for a workbook: its cells as words, numbers, sums or days, and what was counted.

    Each of ``counted`` is a line, a column and the references of the records behind that count.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    counted: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """The report of a year; ``note`` says how small numbers are kept back.

    ``tables`` are all its tables and facts, for a workbook. ``pages`` are the chapters with the
    pages on which they begin; only paper has them.
    """

    paper: Paper
    note: str = ""
    chapters: tuple[ReportChapter, ...] = ()
    tables: tuple[CountedTable, ...] = ()
    pages: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DisposalCertificate:
    """What was destroyed, by whose authority and when; it names references, never people.

    ``removed`` holds the cases and the references, ``chain`` the change log before and after,
    ``copies`` what still holds it. Each of ``signatures`` has a place to sign.
    """

    paper: Paper
    statement: str
    facts: tuple[Fact, ...] = ()
    removed: tuple[str, ...] = ()
    chain: tuple[Fact, ...] = ()
    about_chain: str = ""
    about_copies: str = ""
    copies: tuple[Table, ...] = ()
    signatures: tuple[str, ...] = ()


Document = (
    LearningSummary
    | ReviewRecord
    | ActionLog
    | CompositePlan
    | EscalationReport
    | SinceMeeting
    | ChairSheet
    | RecoverySheet
    | Agenda
    | MeetingNote
    | DecisionLetter
    | RequestLetter
    | TermsOfReference
    | PressStatement
    | FamilyLetter
    | AnnualReport
    | DisposalCertificate
)
