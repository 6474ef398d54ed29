"""What a PDF holds beside the words of its pages: properties, comments, attachments, and more."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from html import unescape
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream, String

from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.disclosure.findings import Line, Place, PrintedTable
from oscb_desktop.errors import UserError

_TAG = re.compile(r"<[^<>]*>")
_SAID_IN_TAG = re.compile(r"[\w:]+\s*=\s*\"([^\"]*)\"")
_LARGEST = 20_000_000
_DEEPEST = 12
_MARKS_OF_BOOKMARKS = ("/Dest", "/A", "/Next", "/Prev", "/First", "/SE")
_ABOUT = {"/Alt", "/ActualText", "/E"}
_NOT_WORDS = frozenset({"/CreationDate", "/ModDate", "/Producer", "/Trapped"})

ReadPdf = Callable[[bytes], tuple[Line, ...]]
_Pages = dict[object, int]


def hidden_places(
    pdf: pikepdf.Pdf, data: bytes, read_pdf: ReadPdf
) -> tuple[list[Place], tuple[str, ...]]:
    """Return the places of a file that no page shows, and a sentence for what cannot be read.

    ``read_pdf`` returns the lines of a PDF that is attached to this one.
    """
    unread: list[str] = []
    found = [
        _place("Document properties", None, _properties(pdf)),
        _place("Bookmarks", None, _bookmarks(pdf)),
        _place("Descriptions for screen readers", None, _descriptions(pdf)),
        _place("Scripts", None, _scripts(pdf)),
        *_annotations(pdf),
        *_attachments(pdf, read_pdf, unread),
    ]
    if _holds_earlier_versions(data):
        unread.append(
            "This file was changed after it was first saved and may still hold what stood in it "
            "before. Print it anew rather than send it."
        )
    return [place for place in found if place.lines], tuple(unread)


def _place(name: str, page: int | None, texts: Iterator[str]) -> Place:
    lines = [part for text in texts for part in text.splitlines() if part.strip()]
    # These are no prose: a date among them is the file's own.
    return Place(name, page, tuple(Line(text, furniture=True) for text in dict.fromkeys(lines)))


def _properties(pdf: pikepdf.Pdf) -> Iterator[str]:
    for key, value in pdf.docinfo.items():
        if key not in _NOT_WORDS and isinstance(value, String):
            yield str(value)
    for item in pdf.objects:
        if isinstance(item, Stream) and item.get("/Type") == Name.Metadata:
            yield from _words_of_markup(item.read_bytes().decode("utf-8", "replace"))


def _words_of_markup(text: str) -> Iterator[str]:
    """Return what stands between the tags of XML, and in quotation marks within them."""
    for said in _SAID_IN_TAG.findall(text):
        if not said.startswith("http://"):
            yield unescape(said)
    yield unescape(_TAG.sub("\n", text))


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Object]:
    return (item for item in pdf.objects if isinstance(item, Dictionary))


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in _dictionaries(pdf):
        if "/Title" in item and any(mark in item for mark in _MARKS_OF_BOOKMARKS):
            yield _text(item.get("/Title"))


def _descriptions(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in _dictionaries(pdf):
        if "/S" in item:
            for key in _ABOUT & set(item.keys()):
                yield _text(item.get(key))


def _scripts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in _dictionaries(pdf):
        if "/JS" in item:
            yield _text(item.get("/JS"))


def _text(value: Object | None) -> str:
    if isinstance(value, Stream):
        return value.read_bytes()[:_LARGEST].decode("utf-8", "replace")
    if isinstance(value, String):
        return str(value)
    if isinstance(value, Name):
        return str(value)[1:]
    if isinstance(value, pikepdf.Array):
        return "\n".join(_text(one) for one in value)
    return ""


def _annotations(pdf: pikepdf.Pdf) -> Iterator[Place]:
    """Return the comments, form fields and links of each page."""
    for number, page in enumerate(pdf.pages, 1):
        held: dict[str, list[str]] = defaultdict(list)
        for note in page.obj.get("/Annots", ()):
            if isinstance(note, Dictionary):
                kind, texts = _annotation(note)
                held[kind] += texts
        for kind, texts in held.items():
            yield _place(f"{kind} on page {number}", number, iter(texts))


def _annotation(note: Object) -> tuple[str, list[str]]:
    kind = str(note.get("/Subtype", ""))
    if kind == "/Widget":
        return "Form field", list(_field(note))
    keys = ("/Contents", "/T", "/Subj", "/RC", "/NM")
    texts = [_TAG.sub(" ", _text(note.get(key))) for key in keys]
    action = note.get("/A")
    if kind == "/Link":
        address = _text(action.get("/URI")) if isinstance(action, Dictionary) else ""
        return "Link", [_plain_address(address), *texts]
    return "Comment", texts


def _plain_address(address: str) -> str:
    """Return an address with its signs turned back into letters, so that names in it are words."""
    letters = re.sub(r"%([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), address)
    with suppress(UnicodeError):
        letters = letters.encode("latin-1").decode("utf-8")
    return re.sub(r"[_+]", " ", letters)


def _field(note: Object) -> Iterator[str]:
    """Return what a form field holds and is called; a field's parts inherit from the whole."""
    at: Object | None = note
    for _ in range(_DEEPEST):
        if not isinstance(at, Dictionary):
            return
        yield from (_text(at.get(key)) for key in ("/V", "/DV", "/TU", "/T", "/RV", "/Opt"))
        at = at.get("/Parent")


def _attachments(pdf: pikepdf.Pdf, read_pdf: ReadPdf, unread: list[str]) -> Iterator[Place]:
    """Return the files within the file, by name, wherever they hang."""
    for item in _dictionaries(pdf):
        held = item.get("/EF")
        if not isinstance(held, Dictionary):
            continue
        name = _text(item.get("/UF")) or _text(item.get("/F")) or "without a name"
        lines = [Line(name), Line(_text(item.get("/Desc")))]
        stream = next((one for one in held.values() if isinstance(one, Stream)), None)
        read = None if stream is None else _content(stream.read_bytes(), read_pdf)
        if read is None:
            unread.append(f"The attached file {quoted(name)} could not be searched. Remove it.")
        lines += read or ()
        shown = tuple(line for line in lines if line.text.strip())
        yield Place(f"Attached file {quoted(name)}", None, shown)


def _content(content: bytes, read_pdf: ReadPdf) -> tuple[Line, ...] | None:
    """Return the lines of an attached file, none at all for a kind that cannot be read."""
    if len(content) > _LARGEST:
        return None
    if content[:1024].lstrip().startswith(b"%PDF"):
        try:
            return read_pdf(content)
        except UserError:
            return None
    if content[:2] == b"PK":
        return _office_file(content)
    for encoding in (
        ("utf-16", "utf-8") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8",)
    ):
        try:
            return tuple(map(Line, content.decode(encoding).splitlines()))
        except UnicodeDecodeError:
            continue
    return None


def _office_file(content: bytes) -> tuple[Line, ...] | None:
    """Return the words of a Word or Excel file, paragraph by paragraph."""
    lines: list[Line] = []
    left = _LARGEST
    try:
        with zipfile.ZipFile(BytesIO(content)) as held:
            for item in held.infolist():
                if item.filename.endswith((".xml", ".rels", ".txt")) and item.file_size <= left:
                    left -= item.file_size
                    text = held.read(item).decode("utf-8", "replace")
                    text = re.sub(r"</(?:w:p|a:p|si|row)>", "\n", text)
                    text = unescape(_TAG.sub("", text))
                    lines += map(Line, filter(str.strip, text.splitlines()))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    return tuple(lines)


def _holds_earlier_versions(data: bytes) -> bool:
    """Say whether a file was saved by adding to it; one laid out for the web ends twice anyway."""
    endings = data.count(b"startxref")
    return endings > (2 if b"/Linearized" in data[:2048] else 1)


def printed_tables(pdf: pikepdf.Pdf, marked: Sequence[dict[int, str]]) -> Iterator[PrintedTable]:
    """Return the tables of a tagged file; ``marked`` is the text of each page by its marks."""
    pages: _Pages = {page.objgen: at for at, page in enumerate(pdf.pages)}
    for item in _dictionaries(pdf):
        if item.get("/S") == Name.Table and "/K" in item:
            rows = tuple(
                tuple(" ".join(_texts(cell, row, pages, marked)).strip() for cell in _cells(row))
                for row in _under(item, {"/TR"}, 0)
            )
            if rows:
                yield PrintedTable(_page_of(item, pages), rows)


def _cells(row: Object) -> Iterator[Object]:
    return _under(row, {"/TH", "/TD"}, 0)


def _held(item: Object) -> list[Object]:
    held = item.get("/K")
    if held is None:
        return []
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def _under(item: Object, kinds: set[str], depth: int) -> Iterator[Object]:
    """Return the nearest elements of some kinds within another, in reading order."""
    for one in _held(item) if depth < _DEEPEST else ():
        if isinstance(one, Dictionary):
            if str(one.get("/S", "")) in kinds:
                yield one
            elif "/S" in one:
                yield from _under(one, kinds, depth + 1)


def _texts(
    item: Object, owner: Object, pages: _Pages, marked: Sequence[dict[int, str]], depth: int = 0
) -> Iterator[str]:
    """Return the pieces of text of an element; the page is its own, or its owner's."""
    own = item if "/Pg" in item else owner
    for one in _held(item) if depth < _DEEPEST else ():
        if isinstance(one, Dictionary):
            if "/S" in one:
                yield from _texts(one, own, pages, marked, depth + 1)
            elif "/MCID" in one:
                at = one if "/Pg" in one else own
                yield _marked(at, int(one.get("/MCID", 0)), pages, marked)
        elif isinstance(one, int):
            yield _marked(own, one, pages, marked)


def _marked(at: Object, number: int, pages: _Pages, marked: Sequence[dict[int, str]]) -> str:
    page = pages.get(at.Pg.objgen) if "/Pg" in at else None
    return "" if page is None else marked[page].get(number, "").strip()


def _page_of(item: Object, pages: _Pages, depth: int = 0) -> int | None:
    """Return the number of the page that an element begins on."""
    if isinstance(item, Dictionary) and "/Pg" in item:
        page = pages.get(item.Pg.objgen)
        return None if page is None else page + 1
    for one in _held(item) if isinstance(item, Dictionary) and depth < _DEEPEST else ():
        if found := _page_of(one, pages, depth + 1):
            return found
    return None
