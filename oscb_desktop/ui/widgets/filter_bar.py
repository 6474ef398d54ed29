"""Filters as words above a list: each with its counts, a text, and how many of how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.flow_layout import FlowLayout

_FIELD = 200
_LONGEST = 40  # characters of a filter and its answer


@dataclass(frozen=True, slots=True)
class Facet:
    """A question that a list can be narrowed by; ``words`` gives a row's answers, none or several.

    ``order`` sorts the answers in the menu; left open, they stand by their words.
    """

    name: str
    label: str
    words: Callable[[Any], tuple[str, ...]]
    order: Callable[[str], Any] | None = None
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Toggle:
    """A yes-or-no filter, in words, on or off at first."""

    name: str
    label: str
    test: Callable[[Any], bool]
    on: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """A saved filter that people ask for by name; ``tip`` says more of it.

    One that is ``hidden_empty`` is offered only where some row stands in it.
    """

    name: str
    label: str
    test: Callable[[Any], bool]
    tip: str = ""
    hidden_empty: bool = False


class _AnswerMenu(QMenu):
    """The answers of a filter: Enter or a click takes one alone, Space or Ctrl+click several."""

    toggled = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take an answer beside others on Space, and stay."""
        if event.key() != Qt.Key.Key_Space or not self._toggle(self.activeAction()):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take an answer beside others on Ctrl+click, and stay."""
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not held or not self._toggle(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def _toggle(self, action: QAction | None) -> bool:
        if action is None or not action.isEnabled() or not action.data():
            return False
        action.setChecked(not action.isChecked())
        self.toggled.emit(str(action.data()))
        return True


class _FacetButton(QPushButton):
    """One filter: its label and what is chosen, with a menu of every answer and its count."""

    picked = Signal()

    def __init__(self, facet: Facet, count: Callable[[str], Counter[str]]) -> None:
        super().__init__()
        self.facet = facet
        self.chosen: tuple[str, ...] = ()
        self._menu = _AnswerMenu(self)
        self._count = count
        self._menu.toggled.connect(self._toggle)
        self.setProperty("look", "filter")
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self.choose(())

    def choose(self, words: Iterable[str]) -> None:
        """Take these answers, or any where there are none."""
        self.chosen = tuple(dict.fromkeys(word for word in words if word))
        first = self.chosen[0] if self.chosen else "any"
        more = f" + {len(self.chosen) - 1}" if len(self.chosen) > 1 else ""
        room = _LONGEST - len(self.facet.label) - len(more)
        first = first if len(first) <= room else first[: room - 1] + "…"
        self.setText(f"{self.facet.label}: {first.replace('&', '&&')}{more}")
        told = " or ".join(self.chosen) or "any"
        self.setAccessibleName(f"Filter by {self.facet.label.lower()}: {told}")
        self.setProperty("set", bool(self.chosen))
        self.style().unpolish(self)
        self.style().polish(self)

    def _fill(self) -> None:
        self._menu.clear()
        counts = self._count(self.facet.name)
        words = sorted(counts, key=self.facet.order or str.casefold)
        if self.facet.backwards:
            words.reverse()
        words = [word for word in self.chosen if word not in counts] + words
        self._offer("Any", "", bool(counts))
        self._menu.addSeparator()
        for word in words:
            self._offer(f"{word.replace('&', '&&')}   ({counts[word]})", word, enabled=True)
        self._menu.addSeparator()
        self._menu.addAction("Several: Space or Ctrl+click").setEnabled(False)

    def _offer(self, shown: str, word: str, enabled: bool) -> None:
        action = self._menu.addAction(shown)
        action.setCheckable(True)
        action.setData(word)
        action.setChecked(word in self.chosen if word else not self.chosen)
        action.setEnabled(enabled)
        action.triggered.connect(lambda: self._take(word))

    def _take(self, word: str) -> None:
        self.choose([word])
        self.picked.emit()

    def _toggle(self, word: str) -> None:
        others = [each for each in self.chosen if each != word]
        self.choose(others if word in self.chosen else [*others, word])
        self.picked.emit()


class FilterBar(QWidget):
    """Filters over rows in memory; ``typed`` tells the text, ``narrowed`` any other change."""

    narrowed = Signal()
    typed = Signal(str)

    def __init__(self, facets: Sequence[Facet], toggles: Sequence[Toggle] = ()) -> None:
        super().__init__()
        self._rows: Sequence[Any] = ()
        self._answers: dict[str, list[tuple[str, ...]]] = {}
        self.field = QLineEdit(placeholderText="Filter this list", clearButtonEnabled=True)
        self.field.setAccessibleName("Filter this list")
        self._facets = {facet.name: _FacetButton(facet, self._counts) for facet in facets}
        self._toggles = {toggle.name: (toggle, _toggle_button(toggle)) for toggle in toggles}
        self._clear = QPushButton("Clear filters")
        self._clear.setProperty("look", "link")
        self._tally = theme.styled(theme.heading(""), "muted")
        self._build()
        self._connect()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Take the rows that are filtered."""
        self._rows, self._answers = rows, {}

    def kept(self, test: Callable[[Any], bool] | None = None) -> list[bool] | None:
        """Return a mark for each row, or None when every row is kept."""
        tests = [toggle.test for toggle, button in self._toggles.values() if button.isChecked()]
        if test is not None:
            tests.append(test)
        chosen = self.chosen()
        if not tests and not chosen:
            return None
        marks = [all(passes(row) for passes in tests) for row in self._rows] if tests else []
        marks = marks or [True] * len(self._rows)
        for name, words in chosen.items():
            marks = self._marked(name, frozenset(words), marks)
        return marks

    def _marked(self, name: str, words: frozenset[str], marks: list[bool]) -> list[bool]:
        answers = self._answers_of(name)
        return [mark and not words.isdisjoint(answers[at]) for at, mark in enumerate(marks)]

    def _answers_of(self, name: str) -> list[tuple[str, ...]]:
        """Return what each row answers, worked out when a filter is first asked for."""
        if name not in self._answers:
            read = self._facets[name].facet.words
            self._answers[name] = [read(row) for row in self._rows]
        return self._answers[name]

    def set_wanted(self, wanted: Mapping[str, str | Sequence[str]]) -> None:
        """Set the filters named, each to one answer or to several, and open all others."""
        self._quietly_clear()
        for name, answer in wanted.items():
            if name in self._facets:
                self._facets[name].choose([answer] if isinstance(answer, str) else answer)
            elif name in self._toggles:
                self._toggles[name][1].setChecked(answer == "on")
            elif name == "text" and isinstance(answer, str):
                self.field.setText(answer)
        self._changed()

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Return the answers that are chosen in each filter."""
        return {name: button.chosen for name, button in self._facets.items() if button.chosen}

    def tell(self, shown: int, of: int) -> None:
        """Say how many rows are shown."""
        self._tally.setText(f"{shown:,} of {of:,}" if shown != of else f"{of:,}")
        self._tally.setAccessibleName(f"{shown} of {of} shown")

    def clear(self) -> None:
        """Open every filter."""
        self._quietly_clear()
        self._changed()

    @property
    def is_set(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.field.text() or self.chosen()) or any(
            button.isChecked() for _, button in self._toggles.values()
        )

    def _build(self) -> None:
        words = QWidget(self)
        flow = FlowLayout(words, theme.GRID)
        self.field.setFixedWidth(_FIELD)
        flow.addWidget(self.field)
        for facet in self._facets.values():
            flow.addWidget(facet)
        for _, toggle in self._toggles.values():
            flow.addWidget(toggle)
        flow.addWidget(self._clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(self._tally, 0, Qt.AlignmentFlag.AlignTop)
        self._tally.setFixedHeight(self.field.sizeHint().height())
        self._clear.setVisible(self.is_set)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        self._clear.clicked.connect(self.clear)
        for facet in self._facets.values():
            facet.picked.connect(self._changed)
        for _, toggle in self._toggles.values():
            toggle.toggled.connect(self._changed)

    def _on_typed(self, text: str) -> None:
        self._clear.setVisible(self.is_set)
        self.typed.emit(text)

    def _changed(self) -> None:
        self._clear.setVisible(self.is_set)
        self.narrowed.emit()

    def _quietly_clear(self) -> None:
        for button in self._facets.values():
            button.choose(())
        for _, toggle in self._toggles.values():
            toggle.blockSignals(True)
            toggle.setChecked(False)
            toggle.blockSignals(False)
        self.field.clear()

    def _counts(self, name: str) -> Counter[str]:
        """Count behind each answer of a filter the rows that the other filters leave."""
        button = self._facets[name]
        was, button.chosen = button.chosen, ()
        marks = self.kept()
        button.chosen = was
        return Counter(
            word
            for at, words in enumerate(self._answers_of(name))
            if marks is None or marks[at]
            for word in words
        )


def _toggle_button(toggle: Toggle) -> QPushButton:
    button = QPushButton(toggle.label)
    button.setCheckable(True)
    button.setChecked(toggle.on)
    button.setAccessibleName(f"Filter: {toggle.label}")
    return button
