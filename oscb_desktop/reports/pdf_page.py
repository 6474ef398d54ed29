"""One page of a PDF read: its lines, what it does not show, and the text of each marked part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PageObject

from oscb_desktop.domain.disclosure.findings import Line

_SHOWS_TEXT = frozenset({b"Tj", b"TJ", b"'", b'"'})
_FILLS = frozenset({b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"})
_ENDS_PATH = _FILLS | {b"S", b"s", b"n"}
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_PAINTS = frozenset({b"INLINE IMAGE", b"sh"})
_POINTS = {b"m": (0,), b"l": (0,), b"c": (0, 2, 4), b"v": (0, 2), b"y": (0, 2)}
_INVISIBLE_MODES = frozenset({3, 7})
_WHITE = 0.94
_TINY = 1.5
"""The height in points below which nobody can read a letter on paper."""

_ARTIFACT = "/Artifact"
_Matrix = list[float]
_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page, those that it hides, its text by mark, and whether anything is drawn."""

    lines: tuple[Line, ...]
    hidden: tuple[Line, ...]
    marked: dict[int, str]
    is_drawn: bool = False

    @property
    def has_body(self) -> bool:
        """Whether it shows words other than its header, footer and stamps."""
        return any(line.text.strip() and not line.furniture for line in self.lines)


def read_page(page: PageObject) -> PageText:
    """Return the text of a page in the order in which it was written.

    Text is hidden that is drawn invisibly, white on white, smaller than ``_TINY``, or off the page.
    """
    watch = _Watch(_box(page))
    page.extract_text(visitor_operand_before=watch.operation, visitor_text=watch.text)
    found = watch.page_text()
    if found.has_body or found.is_drawn or not watch.named:
        return found
    return replace(found, is_drawn=not watch.named.isdisjoint(_images(page)))


def _images(page: PageObject) -> set[str]:
    """Return what the images are called that a page can draw, itself or within what it draws."""
    names, seen = set[str](), set[int]()
    waiting = [page.get("/Resources")]
    while waiting:
        resources = _whole(waiting.pop())
        drawn = _whole(resources.get("/XObject")) if isinstance(resources, dict) else None
        for name, thing in drawn.items() if isinstance(drawn, dict) else ():
            found = _whole(thing)
            if not isinstance(found, dict) or id(found) in seen:
                continue
            seen.add(id(found))
            if found.get("/Subtype") == "/Image":
                names.add(str(name))
            waiting.append(found.get("/Resources"))
    return names


def _whole(found: Any) -> Any:
    return found.get_object() if hasattr(found, "get_object") else found


def _box(page: PageObject) -> _Box:
    box = page.cropbox
    return float(box.left), float(box.bottom), float(box.right), float(box.top)


@dataclass(slots=True)
class _Ink:
    """What decides how letters look: the mode in which they are drawn and whether in white."""

    mode: int = 0
    white: bool = False


@dataclass(frozen=True, slots=True)
class _Shown:
    """How one piece of text was drawn: invisibly, in white, in a footer, in which mark."""

    mode: int
    white: bool
    furniture: bool
    mark: int | None


@dataclass(slots=True)
class _Lines:
    """Lines as they grow; a line is furniture when every word of it is."""

    done: list[Line] = field(default_factory=list)
    _text: str = ""
    _body: bool = False

    def add(self, text: str, *, furniture: bool) -> None:
        first, *more = text.split("\n")
        self._put(first, furniture=furniture)
        for piece in more:
            self.end()
            self._put(piece, furniture=furniture)

    def _put(self, piece: str, *, furniture: bool) -> None:
        self._text += piece
        self._body |= bool(piece.strip()) and not furniture

    def end(self) -> None:
        if self._text.strip():
            self.done.append(Line(self._text.rstrip(), furniture=not self._body))
        self._text, self._body = "", False


class _Watch:
    """Follows the operators of a page while its text is taken out."""

    def __init__(self, box: _Box) -> None:
        self._page = box
        self._ink = _Ink()
        self._drawn = False
        self.named = set[str]()
        self._kept: list[_Ink] = []
        self._marks: list[tuple[str, int | None]] = []
        self._path: list[tuple[float, float]] = []
        self._plates: list[_Box] = []
        self._since: list[_Shown] = []
        self._last = _Shown(0, white=False, furniture=False, mark=None)
        self._seen, self._unseen = _Lines(), _Lines()
        self._marked: dict[int, list[str]] = defaultdict(list)
        self._acts: dict[bytes, Callable[[list[Any]], None]] = {
            b"q": self._keep,
            b"Q": self._give_back,
            b"Tr": self._set_mode,
            b"BDC": self._open_mark,
            b"BMC": self._open_mark,
            b"EMC": self._close_mark,
        } | dict.fromkeys((b"g", b"rg", b"k", b"sc", b"scn", b"cs"), self._set_colour)

    def operation(
        self, operator: bytes, operands: list[Any], place: _Matrix, _text: _Matrix
    ) -> None:
        """Note what an operator of the page changes."""
        if operator in _SHOWS_TEXT:
            self._show()
        elif operator == b"Do" and operands:
            self.named.add(str(operands[0]))
        elif operator in _PAINTS:
            self._drawn = True
        elif act := self._acts.get(operator):
            if operator == b"k":  # so much of each ink: none of any is white
                operands = [1 - float(operand) for operand in operands]
            act(operands)
        elif operator == b"re":
            x, y, width, height = map(float, operands[:4])
            self._path += [_moved(x, y, place), _moved(x + width, y + height, place)]
        elif operator in _POINTS:
            for at in _POINTS[operator]:
                self._path.append(_moved(float(operands[at]), float(operands[at + 1]), place))
        elif operator in _ENDS_PATH:
            self._end_path(filled=operator in _FILLS)
            self._drawn |= operator in _STROKES and not self._is_furniture()

    def _show(self) -> None:
        mark = next((number for _, number in reversed(self._marks) if number is not None), None)
        shown = _Shown(self._ink.mode, self._ink.white, self._is_furniture(), mark)
        self._since.append(shown)

    def _is_furniture(self) -> bool:
        return any(tag == _ARTIFACT for tag, _ in self._marks)

    def _keep(self, _operands: list[Any]) -> None:
        self._kept.append(_Ink(self._ink.mode, self._ink.white))

    def _give_back(self, _operands: list[Any]) -> None:
        if self._kept:
            self._ink = self._kept.pop()

    def _set_mode(self, operands: list[Any]) -> None:
        self._ink.mode = int(operands[0])

    def _set_colour(self, operands: list[Any]) -> None:
        parts = [float(operand) for operand in operands if isinstance(operand, int | float)]
        self._ink.white = bool(parts) and min(parts) >= _WHITE

    def _open_mark(self, operands: list[Any]) -> None:
        about = operands[1] if len(operands) > 1 else None
        number = about.get("/MCID") if isinstance(about, dict) else None
        self._marks.append((str(operands[0]), number if isinstance(number, int) else None))

    def _close_mark(self, _operands: list[Any]) -> None:
        if self._marks:
            self._marks.pop()

    def _end_path(self, *, filled: bool) -> None:
        """Remember a plate of colour: white letters on it are seen."""
        if filled and self._path and not self._ink.white:
            across, up = zip(*self._path, strict=True)
            self._plates.append((min(across), min(up), max(across), max(up)))
            self._drawn |= not self._is_furniture()
        self._path = []

    def text(self, text: str, place: _Matrix, lines: _Matrix, _font: Any, size: float) -> None:
        """Put a piece of text where it belongs: among what is seen, or among what is not."""
        if not text:
            return
        ways = self._since or [self._last]
        self._last, self._since = ways[-1], []
        furniture = all(way.furniture for way in ways)
        if text.strip() and all(self._hides(way, text, place, lines, size) for way in ways):
            self._unseen.add(text + "\n", furniture=False)
            return
        self._seen.add(text, furniture=furniture)
        if self._last.mark is not None and not furniture:
            self._marked[self._last.mark].append(text)

    def _hides(self, way: _Shown, text: str, place: _Matrix, lines: _Matrix, size: float) -> bool:
        x, y = _moved(lines[4], lines[5], place)
        height = abs(size) * _scale(lines) * _scale(place)
        if (
            way.mode in _INVISIBLE_MODES
            or height < _TINY
            or self._off_page(x, y, len(text) * height)
        ):
            return True
        return way.white and not any(
            left - 1 <= x <= right + 1 and bottom - height <= y <= top + 1
            for left, bottom, right, top in self._plates
        )

    def _off_page(self, x: float, y: float, width: float) -> bool:
        left, bottom, right, top = self._page
        return not (left - width <= x <= right and bottom - 1 <= y <= top)

    def page_text(self) -> PageText:
        """Return all that was read."""
        self._seen.end()
        self._unseen.end()
        marked = {number: "".join(pieces) for number, pieces in self._marked.items()}
        return PageText(tuple(self._seen.done), tuple(self._unseen.done), marked, self._drawn)


def _moved(x: float, y: float, by: _Matrix) -> tuple[float, float]:
    return x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]


def _scale(by: _Matrix) -> float:
    return float(abs(by[0] * by[3] - by[1] * by[2]) ** 0.5)
