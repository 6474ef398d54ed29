"""The form that an agency fills in for a review: what it knows, what was good, what it learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from oscb_desktop.database.disk import whole_file
from oscb_desktop.domain.date_words import format_date, weekday_date
from oscb_desktop.domain.fields.field import Field
from oscb_desktop.exchange.cells import xml_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FORMAT = "OSCB Desktop request 1"
FORM, EPISODES, LEARNING, MADE_FROM = "Form", "Episodes", "Learning and actions", "Made from"

_SHORT, _LONG = 30, 120  # points: the height of a cell for a line or two, and for a narrative
_YES_NO = '"Yes,No"'

QUESTIONS: tuple[tuple[str, str, float], ...] = (
    ("Filled in by", "Name, role, telephone and secure e-mail.", _SHORT),
    ("Agreed by", "The senior manager who has read it, and the day.", _SHORT),
    (
        "Was your agency involved?",
        "Yes or No. With No this is a nil return: say how you searched, and send the form back.",
        _SHORT,
    ),
    ("How the records were searched", "Which systems, which names and spellings, by whom.", _SHORT),
    ("When involved", "From when until when, and with whom of the family.", _SHORT),
    (
        "Family composition as you know it",
        "Who lives in the household and who belongs to it, fathers and partners too: relation, "
        "age, and what is not known.",
        _LONG,
    ),
    (
        "Summary of involvement",
        "What your agency did and why, as it was understood at the time.",
        _LONG,
    ),
    (
        "Voice of the child",
        "What the child said or showed, who listened, and what a day was like for the child.",
        _LONG,
    ),
    (
        "Race, culture, disability",
        "What is recorded of ethnicity, language, faith, disability and other inequality, what "
        "difference it made, and what was not asked.",
        _LONG,
    ),
    ("Good practice", "What was done well, and what made it possible.", _LONG),
    (
        "Immediate action taken",
        "What was done at once to keep this child, brothers and sisters or others safe, and when.",
        _LONG,
    ),
    (
        "Other processes",
        "Investigations, complaints or reviews of your agency's own that touch this.",
        _SHORT,
    ),
    ("What else we should know", "Whom else to ask, and what you could not find out.", _LONG),
)
"""Each label with its help and the height of its answer."""

EPISODE_COLUMNS = (
    ("Day", "Day first, with the year", 14),
    ("What happened", "One contact or episode a row", 44),
    ("Who was seen, by whom", "Roles, never names", 24),
    ("What was decided and done", "", 34),
    ("Why it matters", "Your comment: the key practice episodes", 30),
)
LEARNING_COLUMNS = (
    ("What we learned", "In our agency alone", 44),
    ("What we do about it", "One action a row", 40),
    ("Who", "Role", 18),
    ("By when", "Day first, with the year", 14),
    ("How we will know", "What will be different", 30),
)
_EPISODE_ROWS, _LEARNING_ROWS = 60, 20

_LINE = Side("thin", color="B8C2CC")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HELD, _OPEN_HEAD = PatternFill("solid", fgColor="EEF1F4"), PatternFill("solid", fgColor="FFF0C2")
_FACE = "Calibri"
_TITLE, _BOLD = Font(_FACE, 16, bold=True), Font(_FACE, 11, bold=True)
_PLAIN, _SMALL = Font(_FACE, 11), Font(_FACE, 9, color="44515C")
_WIDTHS = (30, 84)
_MARGIN = 0.4  # inches
_TOLD = Field("told", "Words")


@dataclass(frozen=True, slots=True)
class RequestForm:
    """Whose form it is, of which review, and by when it is wanted.

    ``file`` tells one file of ours from another and ``mark`` one sending from another; by both the
    form is known when it comes back.
    """

    purpose: str
    purpose_words: str
    agency: str
    organisation: str
    marking: str
    review: str
    known_as: str
    made_on: date
    due_on: date | None
    file: str
    mark: str


def write_request_form(path: Path, form: RequestForm) -> None:
    """Write the form, whole or not at all: labels locked, answers open and wrapped, no macros.

    Raises ``UserError`` when it cannot be written.
    """
    book = Workbook()
    book.properties.creator = book.properties.title = "OSCB Desktop"
    front = book.worksheets[0]
    front.title = FORM
    _write_front(front, form)
    _write_rows(book.create_sheet(EPISODES), EPISODE_COLUMNS, _EPISODE_ROWS)
    if form.purpose != "chronology":
        _write_rows(book.create_sheet(LEARNING), LEARNING_COLUMNS, _LEARNING_ROWS)
    for page in book.worksheets:
        _set_up_page(page, form, across=page.title != FORM)
    _write_made_from(book.create_sheet(MADE_FROM), form)
    with whole_file(path) as file:
        book.save(file)


def _write_front(page: Worksheet, form: RequestForm) -> None:
    for column, width in enumerate(_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    row = 1
    for words, font in _told(form):
        cell = _put(page, row, 1, words, font)
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        page.row_dimensions[row].height = 22 if font is _TITLE else 15 * (1 + len(words) // 105)
        cell.alignment = _WRAPPED
        row += 1
    row += 1
    for label, hint, height in _questions(form.purpose):
        _write_question(page, row, label, hint, height)
        row += 1
    _protect(page)


def _told(form: RequestForm) -> Sequence[tuple[str, Font]]:
    due = f" Please send it back by {weekday_date(form.due_on)}." if form.due_on else ""
    return (
        (form.marking, _BOLD),
        (f"{form.purpose_words}: {form.agency}", _TITLE),
        (
            f"{form.organisation}, review {form.review} ({form.known_as}), made on "
            f"{format_date(form.made_on)}.{due}",
            _PLAIN,
        ),
        ("Child details: sent separately. Name no child and no family in this form.", _PLAIN),
        (
            f"Fill in the white cells of this sheet, and a row each on “{EPISODES}”"
            + ("." if form.purpose == "chronology" else f" and “{LEARNING}”.")
            + " A cell takes as much text as you need.",
            _PLAIN,
        ),
    )


def _questions(purpose: str) -> Sequence[tuple[str, str, float]]:
    """Return what is asked: with a chronology only who fills it in and the family."""
    return QUESTIONS[:6] if purpose == "chronology" else QUESTIONS


def _write_question(page: Worksheet, row: int, label: str, hint: str, height: float) -> None:
    cell = _put(page, row, 1, "", _PLAIN)
    cell.value = _rich(label, hint)
    cell.fill, cell.border, cell.alignment = _HELD, _BOX, _WRAPPED
    answer = page.cell(row, 2)
    _open(answer)
    lines = 1 + 1 + len(hint) // 32
    page.row_dimensions[row].height = max(height, 14.0 * lines)
    if label.endswith("?"):
        choice = DataValidation("list", formula1=_YES_NO, allow_blank=True)
        choice.error = "Choose Yes or No."
        choice.showErrorMessage = True
        choice.add(answer.coordinate)
        page.add_data_validation(choice)


def _rich(label: str, hint: str) -> Any:
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    bold = TextBlock(InlineFont(rFont=_FACE, sz=11, b=True), f"{label}\n")
    return CellRichText(bold, TextBlock(InlineFont(rFont=_FACE, sz=9, color=Color("44515C")), hint))


def _write_rows(page: Worksheet, columns: Sequence[tuple[str, str, int]], rows: int) -> None:
    for column, (label, hint, width) in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
        head = _put(page, 1, column, label, _BOLD)
        below = _put(page, 2, column, hint, _SMALL)
        for cell in (head, below):
            cell.fill, cell.border, cell.alignment = _OPEN_HEAD, _BOX, _WRAPPED
        for row in range(3, rows + 3):
            _open(page.cell(row, column))
    page.row_dimensions[2].height = _SHORT
    for row in range(3, rows + 3):
        page.row_dimensions[row].height = _SHORT
    page.freeze_panes = "A3"
    page.print_title_rows = "1:2"
    _protect(page)


def _write_made_from(page: Worksheet, form: RequestForm) -> None:
    """Write by what the form is known when it comes back."""
    told = (
        ("Format", FORMAT),
        ("File", form.file),
        ("Sheet", form.mark),
        ("Review", form.review),
        ("Agency", form.agency),
        ("Purpose", form.purpose),
        ("Made on", form.made_on.isoformat()),
    )
    for row, cells in enumerate(told, start=1):
        for column, words in enumerate(cells, start=1):
            _put(page, row, column, words, _PLAIN)
    page.sheet_state = "hidden"
    page.protection.sheet = True


def _open(cell: Any) -> None:
    cell.number_format, cell.alignment, cell.border = "@", _WRAPPED, _BOX
    cell.protection = Protection(locked=False)


def _protect(page: Worksheet) -> None:
    """Lock the labels, without a password; widths and heights stay free."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def _set_up_page(page: Any, form: RequestForm, *, across: bool) -> None:
    page.page_setup.orientation = "landscape" if across else "portrait"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = _MARGIN
    marking = form.marking.replace("&", "&&")[:100]  # an ampersand begins a code there
    page.oddHeader.center.text = page.oddFooter.center.text = marking
    page.oddFooter.left.text = f"{form.review}, {form.agency}".replace("&", "&&")[:100]
    page.oddFooter.right.text = "Page &P of &N"


def _put(page: Worksheet, row: int, column: int, words: str, font: Font) -> Any:
    """Put words into a cell as text, also where they begin like a formula."""
    cell: Any = page.cell(row, column)
    cell.font = font
    if words:
        cell.value = xml_text(_TOLD, words)
        cell.data_type = "s"
        if words.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
    return cell
