"""A PDF that somebody sent, made fit to stand in a pack: repaired, bounded, with nothing that acts.

What its pages show is kept, the answers in a form included. What would do something, or carry more
than the pages show, stays behind: scripts, embedded files, actions, comments' words, metadata.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, PasswordError, Pdf, String

from oscb_desktop.domain.date_words import counted

MOST_PAGES = 3000
_KEPT = frozenset(
    ("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources",
     "/Contents", "/Annots", "/Group")
)  # fmt: skip
_ADDRESSES = ("http://", "https://", "mailto:")
_BEHIND = ("/AF", "/Metadata", "/PieceInfo", "/OPI", "/Ref", "/F", "/FFilter", "/FDecodeParms")
"""Keys of what is drawn on a page that lead to files, to other documents or to who made it."""

_UNDRAWN = "What was filled in or noted on its pages cannot be shown here."
REPAIRED = "Was damaged and is repaired here: compare it with the file that was sent."


class UnreadablePdfError(Exception):
    """A PDF that cannot stand in a pack; its words say why, for the sheet in its place."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers of a PDF that can be switched, and those that are switched off."""

    all: tuple[Object, ...] = ()
    off: tuple[Object, ...] = ()


@dataclass(frozen=True, slots=True)
class Attached:
    """A PDF whose pages are fit to be taken, what is to be said of it, and its layers."""

    pdf: Pdf
    notes: tuple[str, ...]
    layers: Layers


def opened(content: bytes) -> Attached:
    """Return a PDF repaired where it must be, without anything that acts.

    Raises ``UnreadablePdfError`` for one that is locked, empty, too long or beyond repair.
    """
    try:
        pdf = pikepdf.open(BytesIO(content))
        return _cleaned(pdf)
    except PasswordError as locked:
        raise UnreadablePdfError(
            "It is protected by a password. Ask the sender for one that is not."
        ) from locked
    except UnreadablePdfError:
        raise
    except Exception as problem:  # what reads PDFs raises anything on a hostile one
        raise UnreadablePdfError(
            "It is damaged beyond repair. Ask the sender for it again."
        ) from problem


def _cleaned(pdf: Pdf) -> Attached:
    count = len(pdf.pages)
    if not count:
        raise UnreadablePdfError("It holds no page. Ask the sender for it again.")
    if count > MOST_PAGES:
        raise UnreadablePdfError(
            f"It has {count:,} pages, and a pack takes {MOST_PAGES:,} of one file."
        )
    if bool(pdf.Root.get("/NeedsRendering")):
        raise UnreadablePdfError("It is a form that only the program it was made with can show.")
    held = _files_held(pdf)
    drawn = not any("/Annots" in page for page in pdf.pages) or _flatten(pdf)
    for page in pdf.pages:
        strip(page)
    notes = (
        REPAIRED if pdf.get_warnings() else "",
        "" if drawn else _UNDRAWN,
        f"Holds {counted(held, 'file')} of its own, not in this pack." if held else "",
    )
    return Attached(pdf, tuple(filter(None, notes)), _layers(pdf))


def _files_held(pdf: Pdf) -> int:
    """Return how many files lie inside a PDF, be it in its list or pinned to a page."""
    with suppress(Exception):
        return len(pdf.attachments)
    return 0


def _flatten(pdf: Pdf) -> bool:
    """Draw forms and comments into their pages, as they would print; return whether that went."""
    try:
        form = pdf.Root.get("/AcroForm")
        if isinstance(form, Dictionary) and bool(form.get("/NeedAppearances")):
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("print")
    except Exception:  # what reads PDFs raises anything on a hostile one
        return False
    return True


def strip(page: Page) -> None:
    """Leave of a page what it shows, and the links that lead to an address."""
    links = list(_links(page))
    for key in set(page.obj.keys()) - _KEPT:
        del page.obj[key]
    if "/Annots" in page.obj:
        del page.obj["/Annots"]
    if links:
        page.obj.Annots = Array(links)


def _links(page: Page) -> Iterator[Dictionary]:
    found = page.obj.get("/Annots")
    for annotation in found if isinstance(found, Array) else ():
        address = _address(annotation)
        box = annotation.get("/Rect") if address else None
        if isinstance(box, Array) and len(box) == 4:
            yield link(box, Dictionary(S=Name.URI, URI=String(address)))


def _address(annotation: Object) -> str:
    """Return the address of the web or of a mailbox that an annotation opens, if it does."""
    if not isinstance(annotation, Dictionary) or annotation.get("/Subtype") != Name.Link:
        return ""
    action = annotation.get("/A")
    if not isinstance(action, Dictionary) or action.get("/S") != Name.URI:
        return ""
    address = str(action.get("/URI", ""))
    return address if address.lower().startswith(_ADDRESSES) and address.isascii() else ""


def link(box: Array, action: Dictionary) -> Dictionary:
    """Return an annotation that makes a rectangle of a page carry out an action, unframed."""
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=box, Border=Array([0, 0, 0]), F=4, A=action
    )


def _layers(pdf: Pdf) -> Layers:
    """Return the layers of a PDF; what its maker switched off must not show in a pack."""
    declared = pdf.Root.get("/OCProperties")
    if not isinstance(declared, Dictionary):
        return Layers()
    every = _references(declared.get("/OCGs"))
    usual = declared.get("/D")
    if not isinstance(usual, Dictionary):
        return Layers(every)
    if usual.get("/BaseState") == Name.OFF:
        on = {layer.objgen for layer in _references(usual.get("/ON"))}
        return Layers(every, tuple(layer for layer in every if layer.objgen not in on))
    return Layers(every, _references(usual.get("/OFF")))


def _references(found: Object | None) -> tuple[Object, ...]:
    if not isinstance(found, Array):
        return ()
    return tuple(one for one in found if isinstance(one, Dictionary) and one.is_indirect)


def strip_drawn(resources: Object | None, seen: set[tuple[int, int]]) -> None:
    """Take off whatever pages draw all that leads elsewhere; ``seen`` holds what was looked at."""
    waiting = [resources]
    while waiting:
        found = waiting.pop()
        drawn = found.get("/XObject") if isinstance(found, Dictionary) else None
        if not isinstance(drawn, Dictionary):
            continue
        for name in list(drawn.keys()):
            thing = drawn[name]
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
            if not isinstance(thing, pikepdf.Stream) or thing.get("/Subtype") == Name.PS:
                del drawn[name]
                continue
            strip_stream(thing)
            waiting.append(thing.get("/Resources"))


def strip_stream(stream: Object) -> None:
    """Take off a stream all keys that lead elsewhere."""
    for key in _BEHIND:
        if key in stream:
            del stream[key]
