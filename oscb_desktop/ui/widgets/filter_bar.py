"""Filters as words above a list: each with its counts, a text, and how many of how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.flow_layout import FlowLayout

_FIELD = 200


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
    """A saved filter that people ask for by name."""

    name: str
    label: str
    test: Callable[[Any], bool]


class _FacetButton(QPushButton):
    """One filter: its label and what is chosen, with a menu of every answer and its count."""

    picked = Signal()

    def __init__(self, facet: Facet) -> None:
        super().__init__()
        self.facet = facet
        self.chosen = ""
        self._menu = QMenu(self)
        self._group = QActionGroup(self._menu)
        self._counts: Counter[str] = Counter()
        self.setProperty("look", "filter")
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)
        self.choose("")

    def choose(self, word: str) -> None:
        """Take an answer, or any when it is empty."""
        self.chosen = word
        shown = f"{self.facet.label}: {word.replace('&', '&&') or 'any'}"
        self.setText(shown if len(shown) < 44 else shown[:43] + "…")
        self.setAccessibleName(f"Filter by {self.facet.label.lower()}: {word or 'any'}")
        self.setProperty("set", bool(word))
        self.style().unpolish(self)
        self.style().polish(self)

    def count(self, counts: Counter[str]) -> None:
        """Take the number of rows behind each answer."""
        self._counts = counts

    def _fill(self) -> None:
        self._menu.clear()
        words = sorted(self._counts, key=self.facet.order or str.casefold)
        if self.facet.backwards:
            words.reverse()
        if self.chosen and self.chosen not in words:
            words.insert(0, self.chosen)
        self._offer("Any", "", sum(self._counts.values()) > 0)
        self._menu.addSeparator()
        for word in words:
            self._offer(f"{word.replace('&', '&&')}   ({self._counts[word]})", word, enabled=True)

    def _offer(self, shown: str, word: str, enabled: bool) -> None:
        action = self._menu.addAction(shown)
        action.setCheckable(True)
        action.setChecked(word == self.chosen)
        action.setEnabled(enabled)
        self._group.addAction(action)
        action.triggered.connect(lambda: self._take(word))

    def _take(self, word: str) -> None:
        self.choose(word)
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
        self._facets = {facet.name: _FacetButton(facet) for facet in facets}
        self._toggles = {toggle.name: (toggle, _toggle_button(toggle)) for toggle in toggles}
        self._clear = QPushButton("Clear filters")
        self._clear.setProperty("look", "link")
        self._tally = theme.styled(theme.heading(""), "muted")
        self._build()
        self._connect()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Take the rows that are filtered."""
        self._rows = rows
        self._answers = {
            name: [button.facet.words(row) for row in rows] for name, button in self._facets.items()
        }
        self._count()

    def kept(self, test: Callable[[Any], bool] | None = None) -> list[bool] | None:
        """Return a mark for each row, or None when every row is kept."""
        tests = [toggle.test for toggle, button in self._toggles.values() if button.isChecked()]
        if test is not None:
            tests.append(test)
        chosen = self._chosen()
        if not tests and not chosen:
            return None
        marks = [all(passes(row) for passes in tests) for row in self._rows] if tests else []
        marks = marks or [True] * len(self._rows)
        for name, word in chosen.items():
            answers = self._answers[name]
            marks = [mark and word in answers[at] for at, mark in enumerate(marks)]
        return marks

    def set_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters named, and open all others."""
        self._quietly_clear()
        for name, word in wanted.items():
            if name in self._facets:
                self._facets[name].choose(word)
            elif name in self._toggles:
                self._toggles[name][1].setChecked(word == "on")
            elif name == "text":
                self.field.setText(word)
        self._changed()

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
        return bool(self.field.text() or self._chosen()) or any(
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
        self._count()
        self.narrowed.emit()

    def _quietly_clear(self) -> None:
        for button in self._facets.values():
            button.choose("")
        for _, toggle in self._toggles.values():
            toggle.blockSignals(True)
            toggle.setChecked(False)
            toggle.blockSignals(False)
        self.field.clear()

    def _chosen(self) -> dict[str, str]:
        return {name: button.chosen for name, button in self._facets.items() if button.chosen}

    def _count(self) -> None:
        """Count behind each answer the rows that the other filters leave."""
        for name, button in self._facets.items():
            was = button.chosen
            button.chosen = ""
            marks = self.kept()
            button.chosen = was
            answers = self._answers.get(name, [])
            button.count(
                Counter(
                    word
                    for at, words in enumerate(answers)
                    if marks is None or marks[at]
                    for word in words
                )
            )


def _toggle_button(toggle: Toggle) -> QPushButton:
    button = QPushButton(toggle.label)
    button.setCheckable(True)
    button.setChecked(toggle.on)
    button.setAccessibleName(f"Filter: {toggle.label}")
    return button
