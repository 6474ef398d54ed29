from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from oscb_desktop.domain.disclosure.findings import Place, Printed
from oscb_desktop.domain.documents import Paper, ReviewRecord, Section, Table
from oscb_desktop.errors import UserError
from oscb_desktop.reports import fonts
from oscb_desktop.reports.document import render
from oscb_desktop.reports.pdf_text import read
from tests.printing_leaks import HIDING_PLACES, ORGANISATION, drawn
from tests.reports import samples
from tests.reports.samples import INTERNAL, LEARNING_SUMMARY

SECRET = "Tamsel Quennerby"


def texts(place: Place) -> list[str]:
    return [line.text for line in place.lines]


def everything(printed: Printed) -> dict[str, list[str]]:
    return {place.name: texts(place) for place in (*printed.pages, *printed.hidden)}


def test_a_page_is_read_in_the_order_in_which_it_was_written() -> None:
    data = render(LEARNING_SUMMARY)
    expected = [
        [line.rstrip() for line in page.extract_text().splitlines() if line.strip()]
        for page in PdfReader(BytesIO(data)).pages
    ]
    assert [texts(page) for page in read(data).pages] == expected


def test_what_stands_on_every_page_is_told_apart() -> None:
    record = ReviewRecord(INTERNAL, (Section("Facts", paragraphs=("It was cold.",)),))
    (page,) = read(render(record)).pages
    body = [line.text.strip() for line in page.lines if not line.furniture]
    furniture = [line.text.strip() for line in page.lines if line.furniture]
    assert "It was cold." in body
    assert "OFFICIAL-SENSITIVE" in furniture


@pytest.mark.parametrize("place", HIDING_PLACES)
def test_what_no_page_shows_is_found_in_its_place(place: str) -> None:
    held = everything(read(HIDING_PLACES[place](SECRET)))
    name = place.split(" (")[0]
    where = [held_in for held_in, lines in held.items() if any(SECRET in line for line in lines)]
    assert len(where) == 1
    assert where[0].startswith(name)


def canvas_with(draw: Callable[[Canvas], object]) -> bytes:
    fonts.register()
    made = BytesIO()
    canvas = Canvas(made)
    canvas.setFont(fonts.REGULAR, 11)
    draw(canvas)
    canvas.save()
    return made.getvalue()


def _white_on(plate: float) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(plate)
        canvas.rect(50, 290, 300, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(60, 300, SECRET)

    return draw


def test_white_letters_on_a_dark_plate_are_seen() -> None:
    assert everything(read(canvas_with(_white_on(0.2)))).keys() == {"Page 1", *_PROPERTIES}


def test_white_letters_on_a_white_plate_are_hidden() -> None:
    held = everything(read(canvas_with(_white_on(1))))
    assert held["Page 1"] == []
    assert held["Hidden text on page 1"] == [SECRET]


_PROPERTIES = {"Document properties"}


def test_the_colour_before_comes_back_with_the_state_of_the_page() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillColorCMYK(0, 0, 0, 0)
        canvas.restoreState()
        canvas.drawString(60, 300, SECRET)

    assert everything(read(canvas_with(draw)))["Page 1"] == [SECRET]


def test_text_in_a_form_object_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.setFont(fonts.REGULAR, 11)
        canvas.drawString(60, 300, SECRET)
        canvas.endForm()
        canvas.doForm("stamp")

    assert SECRET in everything(read(canvas_with(draw)))["Page 1"]


def test_a_tagged_table_is_read_cell_by_cell() -> None:
    table = Table(
        "Ages", ("Age", "Girls", "Boys"), (("Under 1", "3", "7"), ("1 to 5 years of age", "0", "9"))
    )
    record = ReviewRecord(Paper("Figures", ORGANISATION), (Section("Ages", tables=(table,)),))
    (found,) = read(render(record)).tables
    assert found.page == 1
    assert found.rows == (table.headings, *table.rows)


def changed(change: Callable[[pikepdf.Pdf], object], **options: object) -> bytes:
    with pikepdf.open(BytesIO(drawn(SECRET))) as pdf:
        change(pdf)
        made = BytesIO()
        pdf.save(made, **options)  # type: ignore[arg-type]
        return made.getvalue()


def _attach(content: bytes) -> Callable[[pikepdf.Pdf], object]:
    return lambda pdf: pdf.attachments.__setitem__("held.bin", content)


def test_a_word_file_that_is_attached_is_read() -> None:
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        words = "<w:p><w:r>Tamsel </w:r><w:r>Quennerby</w:r></w:p><w:p>slept</w:p>"
        file.writestr("word/document.xml", words)
    found = read(changed(_attach(held.getvalue())))
    assert everything(found)["Attached file “held.bin”"] == ["held.bin", SECRET, "slept"]
    assert found.unread == ()


@pytest.mark.parametrize("content", [b"\xff\x00\x81" * 40, b"PK\x03\x04 no zip", b"%PDF-1.7 no"])
def test_an_attached_file_that_cannot_be_read_is_named(content: bytes) -> None:
    found = read(changed(_attach(content)))
    assert found.unread == ("The attached file “held.bin” could not be searched. Remove it.",)


def test_a_page_that_is_only_a_picture_is_named() -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(picture, "PNG")
    data = canvas_with(lambda canvas: canvas.drawImage(ImageReader(picture), 50, 50))
    assert (read(data).pictures, read(data).unread) == ((1,), ())
    assert read(drawn(SECRET)).pictures == ()


def test_a_file_that_may_hold_an_earlier_version_is_named() -> None:
    writer = PdfWriter(BytesIO(drawn(SECRET)), incremental=True)
    writer.add_metadata({"/Title": "Changed"})
    made = BytesIO()
    writer.write(made)
    (sentence,) = read(made.getvalue()).unread
    assert sentence.startswith("This file was changed after it was first saved")


@pytest.mark.parametrize("name", samples.RICH)
def test_our_own_papers_hide_nothing_and_leave_nothing_unread(name: str) -> None:
    found = read(render(samples.RICH[name]))
    assert found.unread == ()
    assert not any(place.name.startswith("Hidden text") for place in found.hidden)
    assert all(map(texts, found.pages))


def _locked(**passwords: str) -> bytes:
    lock = pikepdf.Encryption(**passwords)  # type: ignore[arg-type]
    return changed(lambda _pdf: None, encryption=lock)


def test_a_file_that_asks_for_a_password_is_refused() -> None:
    with pytest.raises(UserError, match="asks for a password"):
        read(_locked(user="three plain words", owner="more words"))


def test_a_file_that_only_forbids_printing_is_read() -> None:
    assert SECRET in everything(read(_locked(user="", owner="more words")))["Page 1"]


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", b"\x00" * 900])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="cannot be read as a PDF"):
        read(data)


def test_a_file_without_its_end_is_mended() -> None:
    whole = drawn(SECRET)
    assert SECRET in everything(read(whole[: whole.rindex(b"xref") - 4]))["Page 1"]


@settings(max_examples=40)
@given(st.data())
def test_a_broken_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(drawn(SECRET))
    for _ in range(data.draw(st.integers(1, 12))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UserError):
        assert all(page.page for page in read(bytes(whole)).pages)
