"""The structure of a document, and the canvas that ties what it draws to it (PDF/UA-1).

A story builds a tree of tags in reading order; each drawn block then reports its marks to its tag.
So a paragraph that runs over three pages is one paragraph, whatever the pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from oscb_desktop.reports import fonts, right_to_left

LANGUAGE = "en-GB"
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_MAY_BE_EMPTY = frozenset({"Document", "TD", "TH"})
_PRINTED = 4  # annotation flag: show it on paper too


class Tag:
    """One element of the structure: its kind ("P", "TH"), what it holds, and its PDF attributes.

    ``attributes`` is PDF syntax ("/O /Table /Scope /Column"); ``alt`` describes a figure in words;
    ``actual`` is the text that is meant where the drawn letters stand in another order.
    """

    __slots__ = ("actual", "alt", "attributes", "held", "kind", "number")

    def __init__(
        self,
        kind: str,
        parent: Tag | None = None,
        *,
        attributes: str = "",
        alt: str = "",
        actual: str = "",
    ) -> None:
        self.kind = kind
        self.attributes = attributes
        self.alt = alt
        self.actual = actual
        self.held: list[Tag | Mark | Target] = []
        self.number = 0
        if parent is not None:
            parent.held.append(self)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a page's content: the page's name and the number of the mark on it."""

    page: str
    number: int


@dataclass(frozen=True, slots=True)
class Target:
    """An annotation that belongs to a tag (a link's active rectangle)."""

    page: str
    annotation: str


def column_header(parent: Tag) -> Tag:
    """Return a table cell that heads its column."""
    return Tag("TH", parent, attributes="/O /Table /Scope /Column")


def row_header(parent: Tag) -> Tag:
    """Return a table cell that heads its row."""
    return Tag("TH", parent, attributes="/O /Table /Scope /Row")


class TaggedText(PDFTextObject):  # type: ignore[misc]
    """Text whose lines end in a space, so that words do not run together when read back."""

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803  ReportLab's names
        if TStar and text and not text.endswith(" "):
            text += " "
        end = 0
        for start, stop in right_to_left.segments(text):
            self._code.append(self._formatText(text[end:start]))
            drawn = self._formatText(right_to_left.seen(text[start:stop]))
            self._code.append(self._canvas.said_as(right_to_left.meant(text[start:stop]), drawn))
            end = stop
        super()._textOut(text[end:], TStar)


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas on which everything drawn belongs to a tag or is declared an artifact."""

    def __init__(
        self, *arguments: Any, root: Tag, furniture: Furniture, title: str, **options: Any
    ) -> None:
        fonts.register()
        options["initialFontName"] = fonts.REGULAR
        super().__init__(*arguments, pdfVersion=(1, 7), **options)
        self._code: list[str]
        self._root = root
        self._furniture = furniture
        self._title = title
        self._keys: dict[int, list[Tag] | Tag] = {}
        self._page_objects: list[Any] = []
        self._headings = 0
        self._in_artifact = False
        self._marked: Tag | None = None
        self._open_page()

    def _open_page(self) -> None:
        self._marks: list[Tag] = []
        self._page_key = len(self._keys)
        self._keys[self._page_key] = self._marks

    @contextmanager
    def marked(self, tag: Tag) -> Iterator[None]:
        """Give whatever is drawn inside to the tag; inside an artifact it stays an artifact."""
        if self._in_artifact:
            yield
            return
        self._marked = tag
        self._code.append(self._mark(tag))
        yield
        self._code.append("EMC")
        self._marked = None

    def _mark(self, tag: Tag) -> str:
        """Return the operator that opens the next mark of the page for a tag."""
        number = len(self._marks)
        self._marks.append(tag)
        tag.held.append(Mark(self._doc.thisPageName(), number))
        return f"/{tag.kind} <</MCID {number}>> BDC"

    def said_as(self, meant: str, drawn: str) -> str:
        """Return the operators of drawn letters that stand for others, as a span of the open tag.

        The open mark is closed around them: readers lose their place in marks within marks.
        """
        if self._marked is None:
            return drawn
        span = Tag("Span", self._marked, actual=meant)
        return f"EMC {self._mark(span)} {drawn} EMC {self._mark(self._marked)}"

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Declare whatever is drawn inside to be no content: rules, fills, repeated headings.

        ``kind`` is "Pagination" for what stands on every page (ISO 32000-1, 14.8.2.2).
        """
        if self._in_artifact:
            yield
            return
        self._in_artifact = True
        self._code.append(f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self._code.append("EMC")
        self._in_artifact = False

    def link(self, tag: Tag, address: str, label: str, box: tuple[float, ...]) -> None:
        """Make a rectangle (relative to the origin now) open an address, as part of a Link tag."""
        key = len(self._keys)
        self._keys[key] = tag
        name = f"link{key}"
        action = {"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(address)}
        annotation = {
            "Type": pdfdoc.PDFName("Annot"),
            "Subtype": pdfdoc.PDFName("Link"),
            "Rect": pdfdoc.PDFArray(self._absRect(box, relative=1)),
            "Border": pdfdoc.PDFArray([0, 0, 0]),
            "F": _PRINTED,
            "Contents": pdfdoc.PDFString(label),
            "StructParent": key,
            "A": pdfdoc.PDFDictionary(action),
        }
        self._addAnnotation(pdfdoc.PDFDictionary(annotation), name)
        tag.held.append(Target(self._doc.thisPageName(), self._doc.annotationName(name)))

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Add an outline entry (level 0 outermost) that leads to a height above the origin now."""
        self._headings += 1
        key = f"heading{self._headings}"
        self.bookmarkHorizontal(key, 0, top)
        self.addOutlineEntry(title, key, level)

    def beginText(  # noqa: N802  ReportLab's name
        self, x: float = 0, y: float = 0, direction: str | None = None
    ) -> TaggedText:
        """Return a text object that leaves spaces between its lines."""
        return TaggedText(self, x, y, direction=direction)

    def showPage(self) -> None:  # noqa: N802  ReportLab's name
        """Close the page and tie it to the structure."""
        name = self._doc.thisPageName()
        super().showPage()
        page = self._doc.idToObject[name]
        page.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "Tabs", "StructParents"]
        page.Tabs = pdfdoc.PDFName("S")
        page.StructParents = self._page_key
        self._page_objects.append(page)
        self._open_page()

    def save(self) -> None:
        """Draw what stands on every page, now that their number is known, and write the file."""
        if self._code:
            self.showPage()
        for number, page in enumerate(self._page_objects, start=1):
            with self.artifact("Pagination"):
                self._furniture(self, number, len(self._page_objects))
            page.stream += "\n".join(self._code) + "\n"
            self._code.clear()
        self._write_catalog()
        self._doc.SaveToFile(self._filename, self)

    def _write_catalog(self) -> None:
        catalog = self._doc.Catalog
        catalog.Lang = pdfdoc.PDFString(LANGUAGE)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.Metadata = pdfdoc.XMP(creator=lambda _document: _xmp(self._title))
        catalog.StructTreeRoot = _structure(self._doc, self._root, self._keys)
        self.setViewerPreference("DisplayDocTitle", "true")


Furniture = Callable[[TaggedCanvas, int, int], None]


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object of the file that is written as it stands."""

    __RefOnly__ = 1

    def __init__(self, content: str) -> None:
        self.content = content

    def format(self, _document: Any) -> bytes:
        """Return the bytes of the object."""
        return self.content.encode("ascii")


def _structure(document: Any, root: Tag, keys: dict[int, list[Tag] | Tag]) -> Any:
    """Write the tree of tags and the map from marks to tags; return the reference of both."""
    top = _Raw("")
    reference = document.Reference(top, "StructTreeRoot")
    _number(document, root)
    _write(document, root, _reference(document, "StructTreeRoot"))
    entries = " ".join(f"{key} {_owner(value)}" for key, value in sorted(keys.items()))
    top.content = (
        f"<< /Type /StructTreeRoot /K {root.number} 0 R /ParentTree << /Nums [ {entries} ] >> "
        f"/ParentTreeNextKey {len(keys)} >>"
    )
    return reference


def _number(document: Any, tag: Tag) -> bool:
    """Give the tag and all it holds their numbers in the file; drop what was never drawn."""
    tag.held = [held for held in tag.held if not isinstance(held, Tag) or _number(document, held)]
    if not tag.held and tag.kind not in _MAY_BE_EMPTY:
        return False
    document.Reference(_Raw(""), f"tag{id(tag)}")
    tag.number = document.idToObjectNumberAndVersion[f"tag{id(tag)}"][0]
    return True


def _write(document: Any, tag: Tag, parent: str) -> None:
    page = next((held.page for held in tag.held if not isinstance(held, Tag)), "")
    held = " ".join(_held(document, item, page) for item in tag.held)
    document.idToObject[f"tag{id(tag)}"].content = (
        f"<< /Type /StructElem /S /{tag.kind} /P {parent} /K [ {held} ]"
        + (f" /Pg {_reference(document, page)}" if page else "")
        + (f" /A << {tag.attributes} >>" if tag.attributes else "")
        + (f" /Alt {_text(tag.alt)}" if tag.alt else "")
        + (f" /ActualText {_text(tag.actual)}" if tag.actual else "")
        + " >>"
    )
    for item in tag.held:
        if isinstance(item, Tag):
            _write(document, item, f"{tag.number} 0 R")


def _held(document: Any, held: Tag | Mark | Target, page: str) -> str:
    if isinstance(held, Tag):
        return f"{held.number} 0 R"
    where = _reference(document, held.page)
    if isinstance(held, Target):
        return f"<< /Type /OBJR /Pg {where} /Obj {_reference(document, held.annotation)} >>"
    if held.page == page:
        return str(held.number)
    return f"<< /Type /MCR /Pg {where} /MCID {held.number} >>"


def _owner(value: list[Tag] | Tag) -> str:
    if isinstance(value, Tag):
        return f"{value.number} 0 R"
    return f"[ {' '.join(f'{tag.number} 0 R' for tag in value)} ]"


def _reference(document: Any, name: str) -> str:
    return f"{document.idToObjectNumberAndVersion[name][0]} 0 R"


def _text(text: str) -> str:
    """Return a PDF text string that any reader takes as Unicode."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _xmp(title: str) -> bytes:
    """Return the metadata that names the document and claims PDF/UA-1 (ISO 14289-1, clause 5)."""
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">'
        f"{escape(title)}</rdf:li></rdf:Alt></dc:title>"
        f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>"
        "<pdfuaid:part>1</pdfuaid:part>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    return packet.encode()
