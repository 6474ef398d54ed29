"""Insert a figure: found by its words, told in digits or in words, with its noun or compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.figure_words import Form, mark
from oscb_desktop.ui import theme
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.pages.annual.reader import FigureOption
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.labels import quiet, strong

_COLUMNS = (
    Column("label", "Figure", lambda row: row.label, lambda row: row.id, 62, wide=True),
    Column("value", "This year", lambda row: row.value, width=16, numeric=True),
)
"""What a figure counts stands below the list: its name has all the room beside its value."""
_LETTERS = re.compile(r"[\w']+")
_TOLD = (
    ("In digits", Form.DIGITS, False),
    ("In words", Form.WORDS, False),
    ("In digits, with its noun", Form.DIGITS, True),
    ("In words, with its noun", Form.WORDS, True),
    ("Compared with the year before", Form.CHANGE, False),
)


class FigureDialog(QDialog):
    """Type to find, Down goes into the list, Enter inserts; ``mark`` is what to write then."""

    def __init__(self, options: Sequence[FigureOption], year: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Insert a figure of {year}")
        self.mark = ""
        self._options = tuple(options)
        self.field = QLineEdit()
        self.table = RowTable("Figures", _COLUMNS)
        self.told = QComboBox()
        self.one, self.several = QLineEdit(), QLineEdit()
        self.meaning = quiet("")
        self.reads = strong("")
        self.insert_button = QPushButton("&Insert")
        self._build()
        self._connect()
        self.table.set_rows(options)
        self.table.stand()
        self._on_chosen()
        open_at(self, 860, 560)

    def option(self) -> FigureOption | None:
        """Return the figure that is chosen."""
        row = self.table.current_row()
        return row if isinstance(row, FigureOption) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the field into the list with the arrow; Enter inserts."""
        key, here = event.key(), self.focusWidget()
        if key == Qt.Key.Key_Down and here is self.field:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.table.stand()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here is self.field:
            self._take()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.field.setPlaceholderText("Type to find, such as: babies")
        self.field.setAccessibleName("Find a figure")
        self.field.setClearButtonEnabled(True)
        for label, form, with_noun in _TOLD:
            self.told.addItem(label, (form, with_noun))
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        column.addWidget(self.meaning)
        choices = QHBoxLayout()
        for words, name, widget in (
            ("&Told", "Told", self.told),
            ("&One", "Noun for one", self.one),
            ("&Several", "Noun for several", self.several),
        ):
            heading = QLabel(words)
            heading.setBuddy(widget)
            widget.setAccessibleName(name)
            choices.addWidget(heading)
            choices.addWidget(widget)
        choices.addStretch(1)
        column.addLayout(choices)
        column.addWidget(self.reads)
        buttons = QDialogButtonBox()
        buttons.addButton(self.insert_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("&Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.insert_button.clicked.connect(self._take)
        self.insert_button.setDefault(True)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.field.textEdited.connect(self._on_typed)
        self.table.chosen.connect(lambda _row: self._on_chosen())
        self.table.opened.connect(lambda _row: self._take())
        self.told.currentIndexChanged.connect(lambda _at: self._tell())
        for line in (self.one, self.several):
            line.textEdited.connect(lambda _text: self._tell())

    def _on_typed(self, text: str) -> None:
        """Show what holds every word typed, first what is called so, then what counts such."""
        ranked = [(_rank(row, text.casefold().split()), row) for row in self._options]
        found = [(rank, row) for rank, row in ranked if rank is not None]
        rows = [row for _rank, row in sorted(found, key=lambda each: (each[0], each[1].id))]
        self.table.set_rows(rows)
        self.table.choose(rows[0].id if rows else -1)
        self._on_chosen()

    def _on_chosen(self) -> None:
        option = self.option()
        self.meaning.setText(option.meaning if option else "No figure is called so.")
        for line, noun in zip(
            (self.one, self.several), option.nouns if option else ("", ""), strict=True
        ):
            line.setText(noun)
        self._tell()

    def _tell(self) -> None:
        """Say how the figure would read."""
        option = self.option()
        with_noun = bool(self.told.currentData()[1])
        for line in (self.one, self.several):
            line.setEnabled(with_noun)
        self.insert_button.setEnabled(option is not None)
        told = option.told(self._form(), self._nouns()) if option else ""
        self.reads.setText(f"Reads: {told}" if told else "")

    def _form(self) -> Form:
        return Form(self.told.currentData()[0])

    def _nouns(self) -> tuple[str, str]:
        if not self.told.currentData()[1]:
            return ("", "")
        return (_noun(self.one), _noun(self.several))

    def _take(self) -> None:
        option = self.option()
        if option is not None:
            self.mark = mark(option.name, option.category, self._form(), self._nouns())
            self.accept()


def _rank(row: FigureOption, words: Sequence[str]) -> tuple[int, int] | None:
    """Return how well a figure fits what is typed, the least the best; None where it does not.

    Words of its name that are typed whole come first, then those that begin so, then those that
    hold what is typed, then what it counts. Of two that fit alike a figure leads its parts.
    """
    label = row.label.casefold()
    parts = _LETTERS.findall(label)
    whole = f"{label} {row.meaning.casefold()}"
    fits: tuple[Callable[[str], bool], ...] = (
        lambda word: all(letters in parts for letters in _LETTERS.findall(word)),
        lambda word: any(part.startswith(word) for part in parts),
        lambda word: word in label,
        lambda word: word in whole,
    )
    for rank, fit in enumerate(fits):
        if all(map(fit, words)):
            return rank, int(bool(row.category))
    return None


def _noun(line: QLineEdit) -> str:
    """Return a noun without the signs that end a figure."""
    return "".join(char for char in line.text() if char not in "{}|:\n").strip()
