"""A made paper in another form: a Word file to be edited, or plain text for an e-mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.documents import AnnualReport, Document
from oscb_desktop.errors import UserError
from oscb_desktop.services.releases import MadePaper


def as_word(paper: MadePaper) -> MadePaper:
    """Return a paper as a Word file, to be given as any; raises ``UserError`` where it has none."""
    from oscb_desktop.reports.document import as_word as told_as_word  # slow to import

    return _in_form(paper, "docx", "Word", told_as_word)


def as_text(paper: MadePaper) -> MadePaper:
    """Return a paper as plain text in UTF-8; otherwise the same."""
    from oscb_desktop.reports.document import as_text as told_as_text

    return _in_form(paper, "txt", "text", lambda document: told_as_text(document).encode())


def as_workbook(paper: MadePaper) -> MadePaper:
    """Return the tables of the annual report as a workbook; any other paper has none."""
    from oscb_desktop.exchange.annual_workbook import annual_workbook  # slow to import

    report = paper.told
    if not isinstance(report, AnnualReport):
        raise UserError(
            f"{quoted(paper.name)} has no tables to save as a workbook. Save it as PDF."
        )
    data = annual_workbook(report.paper.title, report.note, report.tables)
    return replace(paper, data=data, form="xlsx", name=f"{paper.name} (workbook)")


def as_named(paper: MadePaper, to: Path) -> MadePaper:
    """Return a paper in the form that a file's name asks for: .pdf, .docx, .txt or .xlsx.

    Raises ``UserError`` for another ending, and for a form that the paper does not have.
    """
    form = _FORMS.get(to.suffix.lower())
    if form is None:
        raise UserError(
            f"{quoted(to.name)} does not say as what it is to be written. End it in .pdf; what is "
            "told in words may end in .docx or .txt, and the annual report in .xlsx."
        )
    return form(paper)


_FORMS: dict[str, Callable[[MadePaper], MadePaper]] = {
    ".pdf": lambda paper: paper,
    ".docx": as_word,
    ".txt": as_text,
    ".xlsx": as_workbook,
}
ENDINGS = frozenset(_FORMS)


def _in_form(
    paper: MadePaper, form: str, words: str, told: Callable[[Document], bytes]
) -> MadePaper:
    if paper.told is None:
        raise UserError(f"{quoted(paper.name)} is drawn for paper. Save it as PDF.")
    return replace(paper, data=told(paper.told), form=form, name=f"{paper.name} ({words})")
