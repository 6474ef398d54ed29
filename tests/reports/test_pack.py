from __future__ import annotations

import random
import re
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf
from PIL import Image
from pypdf import PageObject
from pypdf.generic import Destination
from reportlab.lib.pagesizes import A3, A4, LETTER, landscape
from reportlab.pdfgen.canvas import Canvas

from oscb_desktop.domain.documents import Fact
from oscb_desktop.domain.packs import AttachedPart, MissingPart, OwnPart, Pack, PackCopy, PackPart
from oscb_desktop.reports import pdf_text
from oscb_desktop.reports.document import render
from oscb_desktop.reports.pack import Bound, bind
from oscb_desktop.reports.pack_attached import REPAIRED
from oscb_desktop.reports.pack_stamps import FOOT, TOP
from tests.reports import samples
from tests.reports.reading import pages, reader, words
from tests.reports.sent import acting_pdf, changed, locked_pdf, picture, sent_pdf

COPY = PackCopy(2, 9, "Jadwiga Łukasiewicz", "K7Q2-M")


def pack(*parts: PackPart) -> Pack:
    return Pack(
        "PK-2022-01",
        "Subgroup, 25 Mar 2022",
        samples.ORGANISATION,
        parts,
        subtitle="Papers of the meeting",
        marking="OFFICIAL-SENSITIVE",
        made_by="P. Harlow",
        made_at="25 Mar 2022 10:12",
        about=(Fact("Place", "County Hall"),),
    )


def sent(
    content: bytes, name: str = "return.pdf", heading: str = "Return of the police"
) -> PackPart:
    return AttachedPart(heading, name, content)


def made(*parts: PackPart, copy: PackCopy = COPY) -> bytes:
    return bind(pack(*parts), invariant=True).copy(copy, invariant=True)


def said(bound: Bound) -> list[str]:
    return [remark.words for remark in bound.remarks]


AGENDA = render(samples.AGENDA, invariant=True)


def test_every_page_bears_number_copy_recipient_trace_and_marking() -> None:
    found = pages(made(OwnPart("Agenda", AGENDA), sent(sent_pdf(3)), sent(picture(), "a.jpg")))

    assert len(found) == 2 + 1 + 3 + 1
    for number, page in enumerate(found, start=1):
        assert f"Pack page {number} of 7" in page
        assert "Copy 2 of 9 for Jadwiga Łukasiewicz" in page
        assert "PK-2022-01 · K7Q2-M" in page
        assert page.count("OFFICIAL-SENSITIVE") == 2
    assert "What was known, 2.3" in found[4]
    assert "2. Return of the police" in found[4]


def test_the_cover_says_what_it_is_and_what_it_is_not() -> None:
    cover = pages(made(OwnPart("Agenda", AGENDA)))[0]

    for words_of in ("Subgroup, 25 Mar 2022", "County Hall", "1 part on 3 pages", "P. Harlow"):
        assert words_of in cover
    assert "not an accessible PDF (PDF/UA) as a whole" in cover
    assert "Copy 2 of 9" in cover


def test_a_long_note_on_the_cover_hides_nothing() -> None:
    whole = pack(sent(sent_pdf()))
    note = Fact(
        "Note", "\n".join(f"Line {number} of what to bear in mind." for number in range(90))
    )
    bound = bind(replace(whole, about=(note,)))
    found = reader(bound.copy(COPY))
    said = [page.extract_text() for page in found.pages]
    assert "Line 0 of" in said[0]
    assert "Line 89 of" in "".join(said)
    at = next(number for number, page in enumerate(said) if "Contents" in page)
    assert at > 1
    marks = [mark for mark in found.outline if isinstance(mark, Destination)]
    assert [found.get_destination_page_number(mark) for mark in marks] == [0, at, len(said) - 1]


def test_contents_and_bookmarks_lead_to_the_parts() -> None:
    data = made(OwnPart("Agenda", AGENDA), sent(sent_pdf(4)), sent(b"PK", "form.docx", "Form"))
    found = reader(data)

    contents = found.pages[1].extract_text()
    for heading, page in (("Agenda", "3"), ("Return of the police", "4"), ("Form", "8")):
        line = next(line for line in contents.splitlines() if heading in line)
        assert line.split()[-1] == page or page in contents.split(heading, 1)[1].split()[:2]
    marks = [mark for mark in found.outline if isinstance(mark, Destination)]
    titles = [(mark.title, found.get_destination_page_number(mark)) for mark in marks]
    assert titles == [
        ("Cover", 0),
        ("Contents", 1),
        ("1. Agenda", 2),
        ("2. Return of the police", 3),
        ("3. Form", 7),
    ]
    with pikepdf.open(BytesIO(data)) as pdf:
        targets = [link.A.D[0].objgen for link in pdf.pages[1].Annots]
        assert targets == [pdf.pages[at].obj.objgen for at in (2, 3, 7)]


def test_contents_of_many_parts_run_over_pages_and_still_lead_right() -> None:
    parts = [sent(sent_pdf(), heading=f"Return {number}") for number in range(1, 91)]
    data = made(*parts)
    with pikepdf.open(BytesIO(data)) as pdf:
        links = [link for page in pdf.pages[:6] for link in page.obj.get("/Annots", ())]
        assert len(links) == 90
        assert links[89].A.D[0].objgen == pdf.pages[-1].obj.objgen
        fronts = len(pdf.pages) - 90
    assert fronts > 2
    assert f"Pack page {fronts + 90} of {fronts + 90}" in pages(data)[-1]
    assert "90. Return 90" in pages(data)[-1]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, landscape(A4), A3, LETTER, (410.0, 600.0)])
def test_a_page_keeps_its_size_and_the_stamps_stand_upright_on_it(
    size: tuple[float, float], turn: int
) -> None:
    with pikepdf.open(BytesIO(made(sent(sent_pdf(1, size, turn=turn))))) as pdf:
        page = pdf.pages[2]
        box = [float(edge) for edge in page.MediaBox]
        assert (box[2] - box[0], box[3] - box[1]) == pytest.approx(size, abs=0.1)
        assert page.obj.Rotate == turn
    top = _number_place(made(sent(sent_pdf(1, size, turn=turn))), 2)
    wide, high = size if turn % 180 == 0 else (size[1], size[0])
    assert wide * 0.5 < top[0] < wide
    assert high - 60 < top[1] < high


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A4, landscape(A4), A3, (200.0, 120.0), (3000.0, 90.0)])
def test_whatever_stands_at_the_edges_of_a_page_stands_between_the_stamps(
    size: tuple[float, float], turn: int
) -> None:
    data = made(sent(_edged(size, turn)))
    page = reader(data).pages[2]
    box = page.mediabox
    wide, high = float(box.width), float(box.height)
    if turn % 180:
        wide, high = high, wide
    assert wide >= 400
    assert high >= 250
    larger = max(1.0, min(wide, high) / 842)
    for said_there in ("LETTERHEAD", "Charity 12345"):
        x, y = _laid_place(data, said_there)
        assert (FOOT + 8) * larger <= y <= high - (TOP + 5) * larger
        assert 0 <= x <= wide


def test_a_link_lies_where_its_words_lie() -> None:
    with pikepdf.open(BytesIO(made(sent(_edged(A4, 0))))) as pdf:
        page = pdf.pages[2].obj
        (link,) = page.Annots
        left, bottom, right, top = (float(edge) for edge in link.Rect)
    x, y = _laid_place(made(sent(_edged(A4, 0))), "LETTERHEAD")
    assert left <= x <= right
    assert bottom <= y <= top
    assert right - left < 400


def _edged(size: tuple[float, float], turn: int) -> bytes:
    """Return a page with words on its very edges as it is seen, and a link over the first."""
    wide, high = (size[1], size[0]) if turn % 180 else size
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    moves = {0: (0, 0), 90: (size[0], 0), 180: size, 270: (0, size[1])}
    canvas.translate(*moves[turn])
    canvas.rotate(turn)
    canvas.setFontSize(8)
    canvas.drawString(2, high - 8, "LETTERHEAD of the trust")
    canvas.drawString(2, 2, "Charity 12345")
    if not turn:
        canvas.linkURL("https://example.org/", (0, high - 10, min(wide, 400), high))
    canvas.showPage()
    canvas.save()

    def set_turn(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn

    return changed(buffer.getvalue(), set_turn)


def _number_place(data: bytes, page: int) -> tuple[float, float]:
    return _place_of(data, page, "Pack page")


def _place_of(data: bytes, page: int, wanted: str) -> tuple[float, float]:
    """Return where words begin on a page, from its bottom left as it is seen."""
    places: list[tuple[float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if wanted in text:
            x, y = tm[4], tm[5]
            places.append((x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]))

    found = reader(data).pages[page]
    found.extract_text(visitor_text=note)
    return _seen(found, *places[0])


def _laid_place(data: bytes, wanted: str) -> tuple[float, float]:
    """Return where words that were sent come to lie: their own place moved as the page moves it."""
    page = reader(data).pages[2]
    contents = page.get_contents()
    assert contents is not None
    moved = re.search(rb"q (\S+) 0 0 \S+ (\S+) (\S+) cm", contents.get_data())
    assert moved is not None
    size, right, up = map(float, moved.groups())
    places: list[tuple[float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if wanted in text:
            x, y = tm[4], tm[5]
            places.append((x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]))

    page.extract_text(visitor_text=note)
    return _seen(page, places[0][0] * size + right, places[0][1] * size + up)


def _seen(page: PageObject, x: float, y: float) -> tuple[float, float]:
    """Return a point of a page from its bottom left as it is seen."""
    box = page.mediabox
    x, y = x - float(box.left), y - float(box.bottom)
    wide, high = float(box.width), float(box.height)
    seen = {0: (x, y), 90: (y, wide - x), 180: (wide - x, high - y), 270: (high - y, x)}
    return seen[page.rotation % 360]


def test_only_what_a_crop_box_shows_is_shown() -> None:
    def crop(pdf: Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([100, 100, 400, 500])

    with pikepdf.open(BytesIO(made(sent(changed(sent_pdf(), crop))))) as pdf:
        page = pdf.pages[2].obj
        left, bottom, right, top = (float(edge) for edge in page.MediaBox)
        assert (bottom, top) == (100, 500)
        assert right - left == pytest.approx(A4[0], abs=1)  # 300 points leave stamps no room
        assert [float(edge) for edge in page.Resources.XObject.Page.BBox] == [100, 100, 400, 500]


@pytest.mark.parametrize("key", ["MediaBox", "CropBox", "Rotate", "UserUnit", "Resources"])
@pytest.mark.parametrize("value", [Name.Odd, Array([1, 2]), Array([0, 0, 1e9, 0]), -7])
def test_nonsense_in_a_page_does_not_stop_a_pack(key: str, value: object) -> None:
    def spoil(pdf: Pdf) -> None:
        pdf.pages[0].obj[f"/{key}"] = value

    assert "Pack page 3 of 3" in pages(made(sent(changed(sent_pdf(), spoil))))[2]


def test_a_page_that_leaves_its_state_askew_cannot_shift_the_stamps() -> None:
    def askew(pdf: Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q q 0.1 0 0 0.1 900 900 cm BT 3 Tr")

    data = made(sent(changed(sent_pdf(), askew)))
    assert _number_place(data, 2) == pytest.approx(_number_place(made(sent(sent_pdf())), 2), abs=1)


def test_what_acts_and_what_is_hidden_stays_behind_but_the_answers_of_a_form_are_shown() -> None:
    bound = bind(pack(sent(acting_pdf())))
    data = bound.copy(COPY)
    with pikepdf.open(BytesIO(data)) as pdf:
        out = BytesIO()
        pdf.save(out, qdf=True, object_stream_mode=ObjectStreamMode.disable)
    whole = out.getvalue()
    for forbidden in (
        b"/JS", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/AA ", b"/OpenAction", b"/AcroForm",
        b"secret script", b"hidden comment", b"/etc/passwd", b"Real Name", b"/Widget",
        b"names of the family",
    ):  # fmt: skip
        assert forbidden not in whole, forbidden
    assert b"https://example.org/a" in whole
    assert "Answer of the form" in pages(data)[2]
    assert said(bound) == ["Holds 1 file of its own, not in this pack."]


def test_pages_that_draw_the_same_and_pages_of_several_pieces_are_all_shown() -> None:
    def share(pdf: Pdf) -> None:
        first, second = (page.obj for page in pdf.pages)
        second.Contents = first.Contents
        pdf.pages.append(pdf.pages[0])
        more = pdf.make_stream(b"BT /F1 12 Tf 72 300 Td (Another piece) Tj ET")
        pdf.pages[2].obj.Contents = Array([first.Contents, more])

    found = pages(made(sent(changed(sent_pdf(2), share))))
    assert ["What was known, 1.1" in page for page in found[2:]] == [True, True, True]
    assert "Another piece" in found[4]


def test_a_layer_that_was_switched_off_stays_so() -> None:
    def layer(pdf: Pdf) -> None:
        off = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("Real names")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([off]), D=Dictionary(OFF=Array([off])))
        pdf.pages[0].obj.Resources.Properties = Dictionary(L=off)

    with pikepdf.open(BytesIO(made(sent(changed(sent_pdf(), layer))))) as pdf:
        held = pdf.Root.OCProperties
        used = pdf.pages[2].Resources.XObject.Page.Resources.Properties.L
        assert [one.objgen for one in held.D.OFF] == [used.objgen]


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.pdf", "damaged beyond repair"),
        (b"%PDF-1.7", "a.pdf", "damaged beyond repair"),
        (b"<html>", "a.pdf", "damaged beyond repair"),
        (locked_pdf(), "a.pdf", "protected by a password"),
        (b"PK\x03\x04", "return.docx", "travels separately"),
        (b"a,b", "figures.csv", "travels separately"),
        (b"", "photo.heic", "cannot be read as a picture"),
        (picture()[:200], "photo.jpg", "cannot be read as a picture"),
        (b"\x89PNG\r\n\x1a\n", "photo.png", "cannot be read as a picture"),
        (b"nothing", "no ending", "travels separately"),
    ],
)
def test_what_cannot_be_shown_is_named_on_a_sheet(content: bytes, name: str, why: str) -> None:
    bound = bind(pack(sent(content, name), sent(sent_pdf())))
    found = pages(bound.copy())

    assert why in found[2]
    assert name in found[2]
    assert "Return of the police" in found[2]
    assert why in found[1]
    assert why in said(bound)[0]
    assert "What was known" in found[3]


def test_a_part_that_is_not_ready_says_why() -> None:
    found = pages(made(MissingPart("Decision", "The rapid review is not decided yet.")))
    assert "The rapid review is not decided yet." in found[2]


def test_damaged_files_are_repaired_and_said_to_be() -> None:
    whole = sent_pdf(4)
    without_table = whole[: whole.rindex(b"xref")] + b"trailer <</Root 3 0 R>>"
    zeroed = whole.replace(b"startxref", b"\0" * 9)
    for broken in (without_table, zeroed):
        bound = bind(pack(sent(broken)))
        assert said(bound) == [REPAIRED]
        assert bound.pages == 6
        assert "What was known, 4.1" in words(bound.copy())


def test_a_password_against_changes_alone_does_not_lock_a_file() -> None:
    bound = bind(pack(sent(locked_pdf(owner_only=True))))
    assert not bound.remarks
    assert "What was known" in words(bound.copy())


def test_whatever_is_broken_in_a_file_the_pack_is_made() -> None:
    wild = random.Random(7)
    whole = [acting_pdf(), sent_pdf(3)]
    for attempt in range(40):
        content = bytearray(whole[attempt % 2])
        for _ in range(wild.choice((1, 5, 60))):
            content[wild.randrange(len(content))] = wild.randrange(256)
        cut = wild.randrange(len(content)) if attempt % 5 == 0 else len(content)
        bound = bind(pack(sent(bytes(content[:cut])), OwnPart("Agenda", AGENDA)))
        last = reader(bound.copy()).pages[-1].extract_text()
        assert f"Pack page {bound.pages} of {bound.pages}" in last


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photograph_stands_upright(turned: int) -> None:
    with pikepdf.open(BytesIO(made(sent(picture(800, 400, turned=turned), "p.jpg")))) as pdf:
        page = pdf.pages[2]
        image = page.Resources.XObject.Page.Resources.XObject.Image
        across = turned <= 4
        assert (image.Width > image.Height) is across
        box = [float(edge) for edge in page.MediaBox]
        assert (box[2] > box[3]) is across
        assert b"Camera" not in image.read_raw_bytes()


def test_a_large_photograph_is_brought_to_150_dots_an_inch() -> None:
    with pikepdf.open(BytesIO(made(sent(picture(5000, 4000), "p.jpg")))) as pdf:
        image = pdf.pages[2].Resources.XObject.Page.Resources.XObject.Image
        assert 1000 < int(image.Width) <= 1577
        assert int(image.Height) <= 1064


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", "RGBA"), ("PNG", "1"), ("PNG", "I;16"), ("GIF", "P"), ("TIFF", "CMYK"), ("BMP", "L"),
     ("WEBP", "RGB")],
)  # fmt: skip
def test_pictures_of_every_kind_are_shown(form: str, mode: str) -> None:
    content = picture(form=form, mode=mode)
    bound = bind(pack(sent(content, f"p.{form.lower()}")))
    assert not bound.remarks
    assert bound.pages == 3


def test_a_scan_of_several_pages_is_shown_whole() -> None:
    buffer = BytesIO()
    frames = [Image.new("1", (850, 1100), number % 2) for number in range(3)]
    frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:])
    assert bind(pack(sent(buffer.getvalue(), "scan.tif"))).pages == 5


@pytest.mark.parametrize(("mode", "side"), [("1", 19_000), ("RGBA", 8_000)])
def test_a_picture_that_would_fill_the_memory_is_not_drawn(mode: str, side: int) -> None:
    buffer = BytesIO()
    Image.new(mode, (side, side)).save(buffer, "PNG", compress_level=1)
    assert said(bind(pack(sent(buffer.getvalue(), "bomb.png")))) == [
        "The picture is too large to be drawn."
    ]


def test_a_page_that_is_only_a_picture_is_known_for_one_behind_its_stamps() -> None:
    def emptied(content: bytes) -> bytes:
        return changed(sent_pdf(), lambda pdf: _show_instead(pdf, content))

    data = made(
        OwnPart("Agenda", AGENDA),
        sent(picture(), "scan.jpg"),
        sent(sent_pdf()),
        sent(emptied(b"")),
        sent(emptied(b"1 g 0 0 595 842 re f")),
        sent(emptied(b"0 G 50 50 m 90 70 95 90 200 300 c S")),
    )
    assert pdf_text.read(data).pictures == (4, 8)


def _show_instead(pdf: Pdf, content: bytes) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(content)


def test_copies_differ_by_nothing_but_their_stamps() -> None:
    bound = bind(pack(OwnPart("Agenda", AGENDA)), invariant=True)
    one = words(bound.copy(PackCopy(1, 2, "A. Brown"), invariant=True))
    two = words(bound.copy(PackCopy(2, 2, "C. Green"), invariant=True))
    assert one.replace("Copy 1", "Copy 2").replace("A. Brown", "C. Green") == two
    assert "Copy" not in words(bound.copy()).replace("copy 2 of 9", "")


def test_a_pack_is_the_same_each_time_it_is_bound() -> None:
    parts = (OwnPart("Agenda", AGENDA), sent(sent_pdf()), sent(picture(), "p.jpg"))
    assert made(*parts) == made(*parts)


def test_words_of_any_kind_stand_in_headings_and_names() -> None:
    hostile = "<b>مرحبا</b> Żółć 🙂\n\x00" + "long " * 200
    whole = replace(
        pack(sent(sent_pdf(), heading=hostile), sent(b"", "x.docx", hostile)), title=hostile
    )
    bound = bind(whole)
    found = pages(bound.copy(PackCopy(1, 1, hostile)))
    assert len(found) == bound.pages
    assert "Żółć" in found[0]


def test_a_pack_of_nothing_says_so() -> None:
    assert "Nothing is ticked for this pack." in pages(made())[1]


def test_progress_is_told_part_by_part() -> None:
    told: list[tuple[int, int]] = []
    bind(pack(sent(sent_pdf()), sent(sent_pdf())), lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_fonts_of_ours_are_embedded() -> None:
    with pikepdf.open(BytesIO(made(OwnPart("Agenda", AGENDA)))) as pdf:
        fonts = [
            thing
            for thing in pdf.objects
            if isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font
        ]
        assert fonts
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_a_pack_says_its_title_and_claims_no_accessibility() -> None:
    with pikepdf.open(BytesIO(made(OwnPart("Agenda", AGENDA)))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Subgroup, 25 Mar 2022"
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        for claim in ("/MarkInfo", "/StructTreeRoot", "/Metadata"):
            assert claim not in pdf.Root
