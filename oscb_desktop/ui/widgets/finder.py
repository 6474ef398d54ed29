"""A line in which typing a few letters finds an entry of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QListView, QToolButton, QWidget

from oscb_desktop.ui.widgets.control import width_of

_MOST_SHOWN = 200
_KEY = Qt.ItemDataRole.UserRole
_CHOSEN = "id:"


@dataclass(frozen=True, slots=True)
class Option:
    """One entry: its key, its words, and the heading that it stands under."""

    key: str
    label: str
    group: str = ""

    def fits(self, parts: Iterable[str]) -> bool:
        """Whether every typed part occurs in the words or in their heading."""
        text = f"{self.label} {self.group}".casefold()
        return all(part in text for part in parts)


class Finder(QWidget):
    """Type to find: the list narrows with each letter, Enter or a click chooses.

    Text that fits nothing stays as typed until the person mends it.
    """

    edited = Signal()
    chosen = Signal(str)

    def __init__(self, options: Callable[[], tuple[Option, ...]], name: str) -> None:
        super().__init__()
        self._load = options
        self._loaded: tuple[Option, ...] | None = None
        self.key = ""
        self.line = QLineEdit(self)
        self.line.setPlaceholderText("Type to find")
        self._model = QStandardItemModel(self)
        self._completer = self._make_completer()
        self._popup = self._completer.popup() or QListView()
        self._popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        opener = QToolButton(self)
        opener.setText("▾")
        opener.setAccessibleName(f"{name}: show the list")
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        opener.clicked.connect(self.show_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 100)
        row.addWidget(opener)
        row.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._typed)
        self._add_keys()

    def options(self) -> tuple[Option, ...]:
        """Return all entries, read when they are first needed."""
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def forget_options(self) -> None:
        """Read the entries again when they are next needed."""
        self._loaded = None

    def fit_to_content(self, characters: int) -> None:
        """Be no wider than the entries need."""
        widest = width_of(self.line, characters)
        self.line.setMaximumWidth(widest)
        self.setMaximumWidth(widest + 30)

    def text(self) -> str:
        """Return the words in the line."""
        return self.line.text().strip()

    def typed(self) -> str:
        """Return the chosen key, marked as one, or the words typed."""
        return f"{_CHOSEN}{self.key}" if self.key else self.line.text()

    def put_typed(self, typed: str) -> None:
        """Put back what ``typed`` gave."""
        if typed.startswith(_CHOSEN):
            key = typed.removeprefix(_CHOSEN)
            label = next((option.label for option in self.options() if option.key == key), "")
            self.put(key if label else "", label)
        else:
            self.put("", typed)

    def put(self, key: str, label: str) -> None:
        """Show an entry as chosen, or words that are none."""
        self.key = key
        self.line.setText(label)
        self.line.setCursorPosition(0)

    def matching(self, text: str) -> tuple[Option, ...]:
        """Return the entries that fit what was typed."""
        parts = text.casefold().split()
        return tuple(option for option in self.options() if option.fits(parts))

    def meant(self) -> str:
        """Return the key of what is chosen, spelt out, or alone fits; nothing otherwise."""
        if self.key or not self.text():
            return self.key
        option = self._only_one()
        return option.key if option else ""

    def settle(self) -> None:
        """Choose what is meant, once the person is done typing."""
        option = None if self.key or not self.text() else self._only_one()
        if option is not None:
            self._choose(option)

    def _only_one(self) -> Option | None:
        text = self.text().casefold()
        exact = [option for option in self.options() if option.label.casefold() == text]
        found = exact or self.matching(text)
        return found[0] if len(found) == 1 else None

    def show_all(self) -> None:
        """Open the whole list."""
        self.line.setFocus()
        self._fill(self.options())
        self._completer.complete()

    def _typed(self, text: str) -> None:
        self.key = ""
        found = self.matching(text)
        self._fill(found)
        if found and text.strip():
            self._completer.complete()
            if len(found) == 1:
                self._popup.setCurrentIndex(self._first_entry())
        else:
            self._popup.hide()
        self.edited.emit()

    def _fill(self, found: tuple[Option, ...]) -> None:
        self._model.clear()
        group = ""
        for option in found[:_MOST_SHOWN]:
            if option.group != group:
                group = option.group
                self._model.appendRow(_heading(group))
            self._model.appendRow(_entry(option, indented=bool(group)))
        if len(found) > _MOST_SHOWN:
            self._model.appendRow(_heading(f"and {len(found) - _MOST_SHOWN:,} more: type on"))

    def _first_entry(self) -> QModelIndex:
        places = (self._model.index(row, 0) for row in range(self._model.rowCount()))
        return next(index for index in places if index.data(_KEY))

    def _activated(self, index: QModelIndex) -> None:
        key = index.data(_KEY)
        option = next((option for option in self.options() if option.key == key), None)
        if option is not None:
            self._choose(option)

    def _choose(self, option: Option) -> None:
        self.put(option.key, option.label)
        self.edited.emit()
        self.chosen.emit(option.key)

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setWidget(self.line)
        completer.setMaxVisibleItems(12)
        completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        return completer

    def _add_keys(self) -> None:
        """Open the list with the arrow, as a drop-down list does."""
        for keys in ("Down", "Alt+Down"):
            action = QAction(self.line)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(self.show_all)
            self.line.addAction(action)


def _heading(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = item.font()
    font.setBold(True)
    item.setFont(font)
    return item


def _entry(option: Option, *, indented: bool) -> QStandardItem:
    item = QStandardItem(f"    {option.label}" if indented else option.label)
    item.setData(option.key, _KEY)
    item.setEditable(False)
    return item
