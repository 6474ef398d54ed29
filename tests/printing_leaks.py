"""Leaks made into real PDF files: by our own renderer, and by bare ReportLab in many ways."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from oscb_desktop.domain.documents import Paper, ReviewRecord, Section, Table
from oscb_desktop.reports import fonts
from oscb_desktop.reports.document import render

_BEFORE = "The agencies met and read what each of them had written down about the family."
_BEHIND = "Nobody had put these notes side by side before."


def by_us(text: str) -> bytes:
    """Return our own record with the text in a paragraph, its lines broken by the layout."""
    paragraphs = (_BEFORE, " ".join(text.split("\n")), _BEHIND)
    return render(ReviewRecord(_PAPER, (Section("What was said", paragraphs=paragraphs),)))


def in_our_table(text: str) -> bytes:
    """Return our own record with the text in a narrow cell of a table."""
    table = Table("Notes", ("Who", "What"), (("School", " ".join(text.split("\n"))),), (4, 1))
    return render(ReviewRecord(_PAPER, (Section("What was said", tables=(table,)),)))


ORGANISATION = "Oxmere Safeguarding Children Partnership"
_PAPER = Paper("Record of a review", ORGANISATION)


def drawn(text: str, draw: Callable[[Canvas, str], None] | None = None) -> bytes:
    """Return a page of bare ReportLab with each line of the text on a line of its own."""
    fonts.register()
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.setFont(fonts.REGULAR, 11)
    lines = [_BEFORE, *text.split("\n"), _BEHIND]
    for at, line in enumerate(lines):
        canvas.drawString(60, 760 - 16 * at, line)
    if draw:
        draw(canvas, text)
    canvas.save()
    return made.getvalue()


def _harmless(draw: Callable[[Canvas, str], None]) -> Callable[[str], bytes]:
    return lambda text: drawn("Nothing to see.", lambda canvas, _: draw(canvas, text))


def _invisible(canvas: Canvas, text: str) -> None:
    line = canvas.beginText(60, 300)
    line.setTextRenderMode(3)
    line.textLine(text)
    canvas.drawText(line)


def _white(canvas: Canvas, text: str) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(60, 300, text)


def _tiny(canvas: Canvas, text: str) -> None:
    canvas.setFont(fonts.REGULAR, 0.5)
    canvas.drawString(60, 300, text)


def _off_page(canvas: Canvas, text: str) -> None:
    canvas.drawString(60, -300, text)


def _properties(canvas: Canvas, text: str) -> None:
    canvas.setTitle(text)


def _author(canvas: Canvas, text: str) -> None:
    canvas.setAuthor(text)


def _keywords(canvas: Canvas, text: str) -> None:
    canvas.setKeywords(text)


def _bookmark(canvas: Canvas, text: str) -> None:
    canvas.bookmarkPage("here")
    canvas.addOutlineEntry(text, "here")


def _link(canvas: Canvas, text: str) -> None:
    address = "https://files.example/" + text.replace(" ", "%20")
    canvas.linkURL(address, (60, 300, 200, 320))


def _form(canvas: Canvas, text: str) -> None:
    canvas.acroForm.textfield(name="note", value=text, x=60, y=300)


def _changed(change: Callable[[pikepdf.Pdf, str], None]) -> Callable[[str], bytes]:
    def make(text: str) -> bytes:
        with pikepdf.open(BytesIO(drawn("Nothing to see."))) as pdf:
            change(pdf, text)
            made = BytesIO()
            pdf.save(made)
            return made.getvalue()

    return make


def _comment(pdf: pikepdf.Pdf, text: str) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=text)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def _xmp(pdf: pikepdf.Pdf, text: str) -> None:
    with pdf.open_metadata() as about:
        about["dc:description"] = text


def _attached(pdf: pikepdf.Pdf, text: str) -> None:
    pdf.attachments["notes.txt"] = text.encode()


def _attached_name(pdf: pikepdf.Pdf, text: str) -> None:
    pdf.attachments[text + ".txt"] = b"Nothing to see."


def _attached_pdf(pdf: pikepdf.Pdf, text: str) -> None:
    pdf.attachments["paper.pdf"] = drawn(text)


def _alternative(pdf: pikepdf.Pdf, text: str) -> None:
    element = Dictionary(Type=Name.StructElem, S=Name.Figure, Alt=text)
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(element))
    )


HIDING_PLACES: dict[str, Callable[[str], bytes]] = {
    "Document properties (title)": _harmless(_properties),
    "Document properties (author)": _harmless(_author),
    "Document properties (keywords)": _harmless(_keywords),
    "Document properties (XMP)": _changed(_xmp),
    "Bookmarks": _harmless(_bookmark),
    "Link on page 1": _harmless(_link),
    "Form field on page 1": _harmless(_form),
    "Comment on page 1": _changed(_comment),
    "Attached file “notes.txt”": _changed(_attached),
    "Attached file (its name)": _changed(_attached_name),
    "Attached file “paper.pdf”": _changed(_attached_pdf),
    "Descriptions for screen readers": _changed(_alternative),
    "Hidden text on page 1 (invisible)": _harmless(_invisible),
    "Hidden text on page 1 (white)": _harmless(_white),
    "Hidden text on page 1 (tiny)": _harmless(_tiny),
    "Hidden text on page 1 (off the page)": _harmless(_off_page),
}
"""How to make a PDF that hides a text, by the place where it is found again."""
