"""The workbook that goes to an agency: its open actions, with room for what is new on each."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_words import format_date, weekday_date
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.agency_columns import (
    ACTIONS,
    COLUMNS,
    FORMAT,
    LISTS,
    LOCKED,
    MADE_FROM,
    MADE_HEADINGS,
    OPEN,
    README,
    AgencySheet,
)
from oscb_desktop.exchange.cells import xml_text
from oscb_desktop.exchange.sheets import HEADING_ROW

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    "reference": 11,
    "text": 30,
    "review": 11,
    "recommendation": 26,
    "owner": 12,
    "due_on": 11,
    "held": 12,
    "status": 13,
    "note": 30,
    "new_due_on": 11,
    "reason": 18,
    "completed_on": 11,
    "outcome": 22,
    "evidence": 24,
    "evidence_kind": 14,
}
_LINE_HEIGHT, _LEAST_LINES, _MOST_LINES = 15, 5, 27  # points; a row is at most 409 high
_LIKE_FORMULA = ("=", "+", "-", "@")
_AS_TEXT = "@"
_LINE = Side("thin", color="B8C2CC")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HELD, _HELD_HEAD = PatternFill("solid", fgColor="EEF1F4"), PatternFill("solid", fgColor="D5DDE5")
_OPEN_HEAD = PatternFill("solid", fgColor="FFF0C2")
_FACE = "Calibri"
_TITLE, _BOLD = Font(_FACE, 16, bold=True), Font(_FACE, 11, bold=True)
_MARGIN = 0.4  # inches


def write_agency_sheet(path: Path, sheet: AgencySheet) -> None:
    """Write an agency's workbook to a path that does not exist yet.

    Raises ``UserError`` when the path is taken or cannot be written.
    """
    book = Workbook()
    book.properties.creator = book.properties.title = "OSCB Desktop"
    front, actions = book.worksheets[0], book.create_sheet(ACTIONS)
    front.title = README
    _write_front(front, sheet)
    places = _write_lists(book.create_sheet(LISTS))
    _write_made_from(book.create_sheet(MADE_FROM), sheet)
    _write_actions(actions, sheet, places)
    for page in (front, actions):
        _set_up_page(page, sheet)
    book.active = 1
    front.sheet_view.tabSelected = False
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    try:
        with path.open("xb") as target:
            book.save(target)
    except FileExistsError:
        raise UserError(
            f"{path} is there already and was left as it is. Choose another folder."
        ) from None
    except OSError as problem:
        path.unlink(missing_ok=True)
        raise UserError(
            f"{path} could not be written: {problem.strerror or problem}. "
            "Choose another folder or free some space."
        ) from problem


def _write_front(page: Worksheet, sheet: AgencySheet) -> None:
    page.column_dimensions["A"].width = 100
    told = (
        sheet.marking,
        f"Actions of {sheet.agency}",
        f"From {sheet.organisation}, {format_date(sheet.made_on)}. Sheet {sheet.reference}.",
        "",
        "On the sheet “Actions”, fill in the columns with the yellow headings for each action on "
        "which there is something new, and leave the others empty; the grey columns say what we "
        "hold and are not read back.",
        "Type each date with the day first and the year, such as 3/6/22 or 3 jun 2022, and one "
        "piece of evidence a line.",
        f"Send this workbook back by {weekday_date(sheet.due_back_on)}, saved as an Excel workbook "
        "(.xlsx), and name no child and no family in it.",
    )
    for number, words in enumerate(told, start=1):
        cell = _put(page, number, 1, words)
        cell.alignment = _WRAPPED
        cell.font = _TITLE if number == 2 else _BOLD if number == 1 else Font(_FACE, 11)
    page.protection.sheet = True


def _write_lists(page: Worksheet) -> dict[str, str]:
    """Write what the drop-downs offer into a hidden sheet; return where each list lies."""
    places = {}
    for column, declared in enumerate((each for each in OPEN if each.codes), start=1):
        labels = [entry.label for entry in code_list(declared.codes).codes]
        for row, label in enumerate((declared.label, *labels), start=1):
            _put(page, row, column, label)
        letter = get_column_letter(column)
        places[declared.name] = f"{LISTS}!${letter}$2:${letter}${len(labels) + 1}"
    page.sheet_state = "hidden"
    page.protection.sheet = True
    return places


def _write_made_from(page: Worksheet, sheet: AgencySheet) -> None:
    """Write what the answer is held against when it comes back."""
    told = (
        ("Format", FORMAT),
        ("File", sheet.file),
        ("Sheet", sheet.mark),
        ("Nonce", sheet.nonce),
        ("Agency", sheet.agency),
        ("Reference", sheet.reference),
        ("Made on", sheet.made_on.isoformat()),
        MADE_HEADINGS,
    )
    rows = (*told, *(row.made_cells() for row in sheet.rows))
    for number, cells in enumerate(rows, start=1):
        for column, words in enumerate(cells, start=1):
            _put(page, number, column, words)
    page.sheet_state = "hidden"
    page.protection.sheet = True


def _write_actions(page: Worksheet, sheet: AgencySheet, places: dict[str, str]) -> None:
    last = HEADING_ROW + max(1, len(sheet.rows))
    for column, declared in enumerate(COLUMNS, start=1):
        letter = get_column_letter(column)
        page.column_dimensions[letter].width = _WIDTHS[declared.name]
        _write_heading(_put(page, HEADING_ROW, column, declared.label), declared)
        if declared.name in places:
            _offer(page, f"{letter}{HEADING_ROW + 1}:{letter}{last}", places[declared.name])
    held, free = _styled(page, "XFD1", locked=True), _styled(page, "XFD2", locked=False)
    for number, row in enumerate(sheet.rows, start=HEADING_ROW + 1):
        words = row.locked_words()
        page.row_dimensions[number].height = _height(words)
        for column, declared in enumerate(COLUMNS, start=1):
            cell: Any = page.cell(number, column)
            cell._style = copy(held if declared in LOCKED else free)  # noqa: SLF001 - 20 times faster
            _fill(cell, words.get(declared.name, ""))
    page.row_dimensions[HEADING_ROW].height = 2 * _LINE_HEIGHT
    page.freeze_panes = "C2"
    page.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(COLUMNS))}{last}"
    _protect(page)


def _height(words: dict[str, str]) -> float:
    """Return the height of a row, with room to write in: not every program fits it by itself."""
    lines = [
        sum(1 + len(line) // (_WIDTHS[name] - 2) for line in told.splitlines())
        for name, told in words.items()
    ]
    return _LINE_HEIGHT * min(max(*lines, _LEAST_LINES), _MOST_LINES)


def _write_heading(cell: Any, declared: Field) -> None:
    cell.font, cell.alignment, cell.border = _BOLD, _WRAPPED, _BOX
    cell.fill = _HELD_HEAD if declared in LOCKED else _OPEN_HEAD
    hint = declared.help
    if declared.kind is FieldKind.DATE and declared not in LOCKED:
        hint = f"{hint} Day first, with the year: 3/6/22 or 3 jun 2022.".strip()
    if hint:
        cell.comment = Comment(hint, "OSCB Desktop", height=90, width=260)


def _styled(page: Worksheet, place: str, *, locked: bool) -> Any:
    """Return the style of a cell, made on one that is then taken away again."""
    cell: Any = page[place]
    cell.number_format, cell.alignment, cell.border = _AS_TEXT, _WRAPPED, _BOX
    cell.protection = Protection(locked=locked)
    if locked:
        cell.fill = _HELD
    style = copy(cell._style)  # noqa: SLF001
    del page._cells[cell.row, cell.column]  # noqa: SLF001
    return style


def _offer(page: Worksheet, cells: str, source: str) -> None:
    choice = DataValidation("list", formula1=source, allow_blank=True)
    choice.showErrorMessage = True
    choice.errorTitle = "Not in the list"
    choice.error = "Choose one from the list, or leave the cell empty."
    choice.add(cells)
    page.add_data_validation(choice)


def _protect(page: Worksheet) -> None:
    """Lock what we hold, without a password; widths, heights and filters stay free."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False
    page.protection.autoFilter = page.protection.sort = False


def _set_up_page(page: Any, sheet: AgencySheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = _MARGIN
    if page.title == ACTIONS:
        page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    page.oddHeader.center.text = page.oddFooter.center.text = _plain_code(sheet.marking)
    page.oddFooter.left.text = _plain_code(f"{sheet.agency}, sheet {sheet.reference}")
    page.oddFooter.right.text = "Page &P of &N"


def _plain_code(words: str) -> str:
    """Return words for a header or footer, in which an ampersand begins a code."""
    return words.replace("&", "&&")[:100]


def _put(page: Worksheet, row: int, column: int, words: str) -> Cell:
    cell: Any = page.cell(row, column)
    _fill(cell, words)
    return cell  # type: ignore[no-any-return]


def _fill(cell: Any, words: str) -> None:
    """Put words into a cell as text, also where they begin like a formula."""
    if not words:
        return
    cell.value = xml_text(OPEN[1], words)
    cell.data_type = "s"
    if words.startswith(_LIKE_FORMULA):
        cell.quotePrefix = True
