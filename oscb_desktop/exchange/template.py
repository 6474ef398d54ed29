"""The workbook that a year is brought in from: its sheets, headings and drop-downs as declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from oscb_desktop.domain.codes import code_lists
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import TYPED_KINDS, record_kind
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.cells import Written, xml_text
from oscb_desktop.exchange.reader import LISTS, README
from oscb_desktop.exchange.sheets import HEADING_ROW, columns_of, needed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FilledRow: TypeAlias = Mapping[str, Written]
FilledRows: TypeAlias = Mapping[str, Sequence[FilledRow]]
"""By kind of record, what each cell of each row holds, by field name; links as references."""

_LAST_ROW = 5_000  # as far as drop-downs reach; rows below are read all the same
_YES_NO = "Yes or No"
_AS_TEXT = "@"
_WIDTHS = {
    FieldKind.LONG_TEXT: 60,
    FieldKind.TEXT: 26,
    FieldKind.CODE: 26,
    FieldKind.CODES: 34,
    FieldKind.LINK: 22,
    FieldKind.LINKS: 30,
}
_NARROW = 16
_ACCEPTED = {
    FieldKind.DATE: "A date: 3/6/22 (day first), 3 jun 2022, or a date of the spreadsheet.",
    FieldKind.UNCERTAIN_DATE: "A date, a month (Jun 2022), a year, or about one (about Jun 2022).",
    FieldKind.AGE: "An age: 13y 7m, 7 months, 3 weeks or unborn.",
    FieldKind.WHOLE_NUMBER: "A whole number.",
    FieldKind.MONEY: "An amount in pounds, such as 8,000 or 412.50.",
    FieldKind.YES_NO: "Yes or No.",
    FieldKind.CODE: "One from the list.",
    FieldKind.CODES: "Any from the list, with ; between several.",
}
_HEADING = Font(bold=True)
_TITLE = Font(bold=True, size=16)
_FILL = PatternFill("solid", fgColor="DDE6EE")
_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)

_README = (
    "Each sheet holds one kind of record, each row one record. Fill in what there is and leave the "
    "rest empty; a sheet can stay empty. Rows are read from the top sheet to the bottom one.",
    "Row 1 holds the headings. Keep them as they are; the columns may change places, and columns "
    "without a * may be removed. A * marks what every row needs. Point at a heading to read what "
    "belongs beneath it.",
    "Dates: type the day first, 3/6/22 or 3 jun 2022, always with the year. Day and month are "
    "never exchanged: 6/13/22 is refused. Cells are formatted as text so that the spreadsheet does "
    "not change what is typed; real dates are accepted too.",
    "Where a column names another record, type its reference (RR-2021-03) or its name. Several "
    "stand on a line each, or with ; between them. A name that itself holds a ; has a line of "
    "its own.",
    "A row finds its record again by its reference, its name or the other starred columns that "
    "tell it apart. A row whose record is in the file already changes what differs; an empty cell "
    "leaves the record as it is. Importing the same workbook twice changes nothing.",
    "What is made in the window alone has no sheet here: attached files, printed papers, saved "
    "views and disposals.",
    "Formulas and merged cells are refused. Nothing is imported unless all of it can be, and a "
    "rehearsal names every mistake by sheet, row and column first.",
    "Real names belong on the sheet “Identities” alone. Leave it empty if you can; if it is filled "
    "in, delete this workbook after the import.",
)


def write_template(path: Path, rows: FilledRows | None = None) -> None:
    """Write the blank workbook, or one filled with rows, to a path that does not exist yet.

    Raises ``UserError`` when the path is taken or cannot be written, or a text fits no cell.
    """
    book = Workbook()
    book.properties.creator = book.properties.title = "OSCB Desktop"
    front = book.worksheets[0]
    front.title = README
    sheets = [(kind, book.create_sheet(kind.plural)) for kind in TYPED_KINDS]
    lists = _write_lists(book.create_sheet(LISTS))
    _write_front(front)
    for kind, sheet in sheets:
        _write_headings(sheet, kind)
        _add_choices(sheet, kind, lists)
        _write_rows(sheet, kind, (rows or {}).get(kind.name, ()))
        _set_up_page(sheet, kind)
    _save(book, path)


def _save(book: Workbook, path: Path) -> None:
    begun = False
    try:
        content = BytesIO()
        book.save(content)
        with path.open("xb") as target:
            begun = True
            target.write(content.getbuffer())
    except FileExistsError:
        raise UserError(
            f"{path} is there already and was left as it is. Give another name."
        ) from None
    except Exception as problem:
        if not (isinstance(problem, OSError) or type(problem).__module__ == "lxml.etree"):
            raise  # where it is installed, openpyxl writes by lxml, with failures of its own
        if begun:
            with suppress(OSError):
                path.unlink()  # half a workbook
        reason = getattr(problem, "strerror", "") or problem
        raise UserError(
            f"{path} could not be written: {reason}. Choose another folder or free some space."
        ) from problem


def _write_front(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 90
    _put(sheet, 1, 1, "How to fill in this workbook", font=_TITLE)
    row = 3
    for paragraph in _README:
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
        _put(sheet, row, 1, paragraph, alignment=_WRAPPED)
        sheet.row_dimensions[row].height = 15 * (1 + len(paragraph) // 105)
        row += 1
    _put(sheet, row + 1, 1, "The sheets", font=_HEADING)
    for place, kind in enumerate(TYPED_KINDS, start=row + 2):
        _put(sheet, place, 1, kind.plural, alignment=_TOP)
        _put(sheet, place, 2, kind.about, alignment=_WRAPPED)
    sheet.page_setup.orientation = "portrait"
    _fit_to_width(sheet)


def _write_lists(sheet: Worksheet) -> dict[str, str]:
    """Write each code list into a column of the hidden sheet; return where each one lies."""
    offered = {name: [entry.label for entry in known.codes] for name, known in code_lists().items()}
    offered[_YES_NO] = ["Yes", "No"]
    places = {}
    for column, (name, labels) in enumerate(offered.items(), start=1):
        _put(sheet, 1, column, name)
        for row, label in enumerate(labels, start=2):
            _put(sheet, row, column, label)
        letter = get_column_letter(column)
        places[name] = f"{LISTS}!${letter}$2:${letter}${len(labels) + 1}"
    sheet.sheet_state = "hidden"
    return places


def _write_headings(sheet: Worksheet, kind: RecordKind) -> None:
    for column, declared in enumerate(columns_of(kind), start=1):
        star = " *" if needed(kind, declared) else ""
        cell = _put(sheet, HEADING_ROW, column, f"{declared.label}{star}", font=_HEADING)
        cell.fill = _FILL
        cell.alignment = _WRAPPED
        if hint := _hint(kind, declared):
            cell.comment = Comment(hint, "OSCB Desktop", height=120, width=320)
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = max(_WIDTHS.get(declared.kind, _NARROW), len(declared.label) // 2 + 3)
        dimension.number_format = _format(declared)
        dimension.alignment = _alignment(declared)
    sheet.freeze_panes = "B2"


def _hint(kind: RecordKind, declared: Field) -> str:
    """Return what is told about a column: its help, what it accepts, and whether it is needed."""
    said = [_ACCEPTED.get(declared.kind, "")]
    if declared.name == "reference":
        said.append(f"{declared.help.partition('.')[0]}. The row is found again by it.")
    else:
        said.append(declared.help)
    if declared.is_link:
        named = record_kind(declared.to)
        what = "reference" if named.has_reference else "name"
        said.append(f"The {what} of one of the sheet “{named.plural}”.")
    if declared.kind is FieldKind.LINKS:
        said.append("Several on a line each, or with ; between them.")
    if needed(kind, declared):
        said.append("Every row needs it.")
    return " ".join(part for part in said if part)


def _add_choices(sheet: Worksheet, kind: RecordKind, lists: Mapping[str, str]) -> None:
    for column, declared in enumerate(columns_of(kind), start=1):
        source, strict = _choices(declared, lists)
        if not source:
            continue
        choice = DataValidation("list", formula1=source, allow_blank=True)
        choice.showErrorMessage = strict
        choice.errorTitle = "Not in the list"
        choice.error = "Choose one from the list, or leave the cell empty."
        letter = get_column_letter(column)
        choice.add(f"{letter}{HEADING_ROW + 1}:{letter}{_LAST_ROW}")
        sheet.add_data_validation(choice)


def _choices(declared: Field, lists: Mapping[str, str]) -> tuple[str, bool]:
    """Return the cells that a drop-down offers, and whether nothing else may be typed."""
    if declared.kind is FieldKind.YES_NO:
        return lists[_YES_NO], True
    if declared.codes:
        return lists[declared.codes], declared.kind is FieldKind.CODE
    if declared.is_link:
        named = record_kind(declared.to)
        letter = get_column_letter(columns_of(named).index(named.field(named.key[0])) + 1)
        return f"'{named.plural}'!${letter}$2:${letter}${_LAST_ROW}", False
    return "", False


def _write_rows(sheet: Worksheet, kind: RecordKind, rows: Sequence[FilledRow]) -> None:
    for number, row in enumerate(rows, start=HEADING_ROW + 1):
        for column, declared in enumerate(columns_of(kind), start=1):
            content = row.get(declared.name)
            if content is None:
                continue
            if isinstance(content, str):
                content = xml_text(declared, content)
            cell = _put(sheet, number, column, content, alignment=_alignment(declared))
            cell.number_format = _format(declared)


def _format(declared: Field) -> str:
    """Return the format of a column: text, so that nothing typed becomes a date or a formula."""
    if declared.kind is FieldKind.WHOLE_NUMBER:
        return "0"
    return "#,##0.00" if declared.kind is FieldKind.MONEY else _AS_TEXT


def _alignment(declared: Field) -> Alignment:
    return _WRAPPED if declared.kind in (FieldKind.LONG_TEXT, FieldKind.LINKS) else _TOP


def _set_up_page(sheet: Worksheet, kind: RecordKind) -> None:
    sheet.page_setup.orientation = "landscape"
    _fit_to_width(sheet)
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    if kind.identifying:
        sheet.sheet_properties.tabColor = "C00000"


def _fit_to_width(sheet: Any) -> None:  # typed, the parts that every new sheet has may be None
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    content: Written,
    font: Font | None = None,
    alignment: Alignment | None = None,
) -> Any:
    """Fill a cell; a text stays a text, also one that begins like a formula."""
    cell = sheet.cell(row, column)
    cell.value = content
    if isinstance(content, str):
        cell.data_type = "s"
    if font is not None:
        cell.font = font
    if alignment is not None:
        cell.alignment = alignment
    return cell
