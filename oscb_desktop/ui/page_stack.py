"""The pages of the window, made when they are first seen, and the way back through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

_FARTHEST = 30


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way: a ``place``, ``record``, ``form`` or ``listing``, and what makes it."""

    sort: str
    name: str
    record_id: int = 0
    preset: tuple[tuple[str, Any], ...] = ()


class PageStack(QStackedWidget):
    """Shows one page; ``arrived`` tells the stop that it stands at."""

    arrived = Signal(object)

    def __init__(self, make: Callable[[Stop], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._pages: dict[Stop, QWidget] = {}
        self._trail: list[Stop] = []

    @property
    def can_go_back(self) -> bool:
        """Whether there is a stop before this one."""
        return len(self._trail) > 1

    @property
    def stop(self) -> Stop | None:
        """Return where the window stands."""
        return self._trail[-1] if self._trail else None

    @property
    def trail(self) -> tuple[Stop, ...]:
        """Return the way that leads here."""
        return tuple(self._trail)

    def follow(self, trail: Sequence[Stop]) -> None:
        """Stand at the end of a way that was gone before."""
        self._trail = list(trail)
        self._arrive()

    def page(self) -> QWidget | None:
        """Return the page on screen."""
        return self._pages.get(self._trail[-1]) if self._trail else None

    def go(self, stop: Stop) -> QWidget:
        """Go on to a stop; a place of the sidebar begins the way anew."""
        if stop.sort == "place":
            self._trail = []
        elif self._is_done_with(self.stop):
            self._trail.pop()
        if stop in self._trail:
            self._trail = self._trail[: self._trail.index(stop)]
        self._trail = [*self._trail, stop][-_FARTHEST:]
        if stop.sort == "form" and not _unsaved(self._pages.get(stop)):
            self._drop(stop)
        return self._arrive()

    def back(self) -> None:
        """Return to the stop before; at the first one there is nowhere to go."""
        if self.can_go_back:
            self._trail.pop()
            self._arrive()

    def forget(self, stop: Stop) -> None:
        """Take a stop out of the way, as when its record went to the bin."""
        if stop in self._trail[:-1]:
            self._trail.remove(stop)
            self._tidy()

    def pages(self) -> tuple[QWidget, ...]:
        """Return every page that was made and is still kept."""
        return tuple(self._pages.values())

    def _is_done_with(self, stop: Stop | None) -> bool:
        """Whether a form was saved or left empty, so that nobody wants to go back to it."""
        return stop is not None and stop.sort == "form" and not _unsaved(self._pages.get(stop))

    def _arrive(self) -> QWidget:
        stop = self._trail[-1]
        page = self._pages.get(stop)
        if page is None:
            page = self._pages[stop] = self._make(stop)
            self.addWidget(page)
        self.setCurrentWidget(page)
        self._tidy()
        self.arrived.emit(stop)
        return page

    def _tidy(self) -> None:
        for stop in [known for known in self._pages if known.sort != "place"]:
            if stop not in self._trail:
                self._drop(stop)

    def _drop(self, stop: Stop) -> None:
        page = self._pages.pop(stop, None)
        if page is not None:
            self.removeWidget(page)
            page.hide()  # a form keeps its typing when it is hidden
            page.deleteLater()


def _unsaved(page: QWidget | None) -> bool:
    asked = getattr(page, "unsaved", None)
    return bool(asked()) if callable(asked) else False
