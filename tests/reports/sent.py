"""What agencies send: invented PDF files and pictures, sound ones and hostile ones."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def sent_pdf(
    pages: int = 1, size: tuple[float, float] = A4, words: str = "What was known", turn: int = 0
) -> bytes:
    """Return a PDF as an agency sends it, each page with its words and its own number."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, size[1] - 36, "Return of the agency")
        for line in range(12):
            canvas.drawString(72, size[1] - 90 - 18 * line, f"{words}, {number}.{line}")
        canvas.drawRightString(size[0] - 72, 36, f"Page {number} of {pages}")
        canvas.showPage()
    canvas.save()
    if not turn:
        return buffer.getvalue()
    return changed(buffer.getvalue(), lambda pdf: _turn(pdf, turn))


def _turn(pdf: Pdf, turn: int) -> None:
    for page in pdf.pages:
        page.obj.Rotate = turn


def changed(content: bytes, change: Callable[[Pdf], None]) -> bytes:
    """Return a PDF after something was done to it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def locked_pdf(*, owner_only: bool = False) -> bytes:
    """Return a PDF that a password protects, against reading or only against changes."""
    with pikepdf.open(BytesIO(sent_pdf())) as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="" if owner_only else "u"))
    return out.getvalue()


def acting_pdf() -> bytes:
    """Return a PDF that does things: scripts, launches, embedded files, a comment, a form."""
    return changed(sent_pdf(2), _arm)


def _arm(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('secret script')"))
    launch = Dictionary(S=Name.Launch, F=String("calc.exe"))
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("go"), pdf.make_indirect(script)]))
    )
    pdf.attachments["names of the family.txt"] = b"Real Name"
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=launch)
    page.Annots = Array(
        pdf.make_indirect(one)
        for one in (
            _annotation("Link", A=launch),
            _annotation("Link", A=Dictionary(S=Name.URI, URI=String("https://example.org/a"))),
            _annotation("Link", A=Dictionary(S=Name.URI, URI=String("file:///etc/passwd"))),
            _annotation("Text", Contents=String("hidden comment"), AA=Dictionary(E=script)),
            _field(pdf),
        )
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[4]]))


def _annotation(kind: str, **more: Any) -> Dictionary:
    return Dictionary(
        Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([72, 500, 272, 520]), F=4, **more
    )


def _field(pdf: Pdf) -> Dictionary:
    """Return a field of a form that was filled in, with the look of its answer."""
    look = pdf.make_stream(
        b"BT /F1 12 Tf 2 5 Td (Answer of the form) Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 200, 20]),
        Resources=Dictionary(
            Font=Dictionary(
                F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            )
        ),
    )
    script = Dictionary(S=Name.JavaScript, JS=String("secret script"))
    return _annotation(
        "Widget",
        FT=Name.Tx,
        T=String("answer"),
        V=String("Answer of the form"),
        AP=Dictionary(N=look),
        AA=Dictionary(K=script),
    )


def picture(
    width: int = 60, height: int = 40, form: str = "JPEG", mode: str = "RGB", turned: int = 1
) -> bytes:
    """Return a picture, red with a white top left quarter; ``turned`` is its EXIF orientation."""
    image = Image.new("RGB", (width, height), "red")
    image.paste((255, 255, 255), (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010F] = "Camera of the officer"
    buffer = BytesIO()
    if mode == "I;16":
        image = image.convert("L").point(lambda value: value * 256, "I").convert("I;16")
    else:
        image = image.convert(mode)
    image.save(buffer, form, exif=exif)
    return buffer.getvalue()
