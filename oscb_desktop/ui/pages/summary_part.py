"""One part of a learning summary as it is worded: its lines, each beside what its record says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.summary import SummaryRow
from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import button, heading, link_button, quiet, shortened, words
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.text_field import PlainBox

WITH_HEADINGS = frozenset({"learned", "read_more"})
"""The parts whose lines have a few words in bold, or the name of a page, before their text."""

_TEXT = {"read_more": "Web address"}
_SHOWN = 240  # letters of what a record says


class SummaryLine(QWidget):
    """One line: its words, where they come from, and what can be done with it."""

    edited = Signal()
    wants_to_move = Signal(int)

    def __init__(self, row: SummaryRow, place: int) -> None:
        super().__init__()
        self.row = row
        self.heading = QLineEdit(row.heading)
        self.heading.setPlaceholderText("In a few words")
        self.text = PlainBox(self, fewest=1)
        self.text.setPlainText(row.text)
        self.state = words("", "small")
        self.follow = link_button("Use the record's words")
        self.keep = link_button("Keep these words")
        self.out = link_button("")
        self.up = link_button("Up")
        self.down = link_button("Down")
        self.name_by(place)
        self._build(WITH_HEADINGS)
        self._connect()
        self._tell()

    def name_by(self, place: int) -> None:
        """Tell by ear which line of its part it is."""
        part = f"{label_of('summary_block', self.row.block)}, line {place}"
        self.heading.setAccessibleName(f"{part}: in a few words")
        self.text.setAccessibleName(f"{part}: {_TEXT.get(self.row.block, 'text').lower()}")
        self.follow.setAccessibleName(f"Use the record's words: {part}")
        self.keep.setAccessibleName(f"Keep these words: {part}")
        self.out.setAccessibleName(f"Leave out or put back: {part}")
        self.up.setAccessibleName(f"Move up: {part}")
        self.down.setAccessibleName(f"Move down: {part}")

    def worded(self) -> SummaryRow:
        """Return the line as it is typed now."""
        has_heading = self.row.block in WITH_HEADINGS
        return replace(
            self.row,
            heading=self.heading.text().strip() if has_heading else self.row.heading,
            text=self.text.toPlainText().strip(),
        )

    def take(self, row: SummaryRow) -> None:
        """Go on from what was saved, leaving the words that are typed."""
        self.row = replace(row, heading=self.worded().heading, text=self.worded().text)
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the line with Alt and an arrow, wherever in it the keyboard is."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
            if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in steps:
                self.wants_to_move.emit(steps[Qt.Key(event.key())])
                return True
        return super().eventFilter(watched, event)

    def _build(self, with_headings: frozenset[str]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.GRID)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(self.heading)  # first: shown alone it would be a window of its own
        self.heading.setVisible(self.row.block in with_headings)
        column.addWidget(self.text)
        column.addWidget(self.state)
        acts = QHBoxLayout()
        acts.setSpacing(3 * theme.GRID)
        for act in (self.follow, self.keep, self.out, self.up, self.down):
            acts.addWidget(act)
        acts.addStretch(1)
        column.addLayout(acts)

    def _connect(self) -> None:
        for box in (self.heading, self.text):
            box.installEventFilter(self)
        self.heading.textEdited.connect(self._on_typed)
        self.text.textChanged.connect(self._on_typed)
        self.follow.clicked.connect(self._follow)
        self.keep.clicked.connect(self._keep)
        self.out.clicked.connect(self._leave_out)
        self.up.clicked.connect(lambda: self.wants_to_move.emit(-1))
        self.down.clicked.connect(lambda: self.wants_to_move.emit(1))

    def _on_typed(self) -> None:
        self._tell()
        self.edited.emit()

    def _follow(self) -> None:
        told = self.row.record
        assert told is not None
        self.row = replace(self.row, moved=False)
        self.heading.setText(told.heading)
        self.text.setPlainText(told.text)
        self._on_typed()
        self.text.setFocus()

    def _keep(self) -> None:
        self.row = replace(self.row, moved=False)
        self._on_typed()
        self.text.setFocus()

    def _leave_out(self) -> None:
        self.row = replace(self.row, left_out=not self.row.left_out)
        self._on_typed()

    def _tell(self) -> None:
        row = self.worded()
        self.state.setText(_state(row))
        self.state.setProperty("look", "fault" if row.moved else "small")
        self.state.style().polish(self.state)
        self.state.setVisible(bool(self.state.text()))
        self.follow.setVisible(row.reworded and row.record is not None)
        self.keep.setVisible(row.moved)
        self.out.setText("Put back" if row.left_out else "Leave out")
        self.heading.setEnabled(not row.left_out)
        self.text.setEnabled(not row.left_out)


def _state(row: SummaryRow) -> str:
    """Say where a line comes from and what its record says, where that is something else."""
    if row.left_out:
        return "Left out of the paper."
    told = shortened(row.record.words, _SHOWN) if row.record else ""
    if row.moved:
        now = f" It now says: “{told}”" if told else " It is not there any more."
        return f"What this line tells of changed since it was worded.{now}"
    if row.record is None:
        return "A line of your own."
    if row.reworded:
        return f"Reworded. The record says: “{told}”"
    return f"New: {_source(row)}, not in this order yet." if row.is_new else ""


def _source(row: SummaryRow) -> str:
    source = row.record.source if row.record else None
    return f"a {record_kind(source[0]).label.lower()}" if source else "a line of the review"


class SummaryPart(QWidget):
    """A part of the summary under its heading; lines are moved, left out and added."""

    edited = Signal()

    def __init__(self, block: str, rows: tuple[SummaryRow, ...]) -> None:
        super().__init__()
        self.block = block
        self.lines: list[SummaryLine] = []
        self.is_dirty = False
        name = label_of("summary_block", block)
        self.add = button("Add a line", f"Add a line: {name}")
        self.add.clicked.connect(self._add)
        head = QHBoxLayout()
        head.addWidget(heading(name), 1)
        head.addWidget(self.add)
        self._nothing = quiet("Nothing yet: the paper leaves this part out.")
        self._column = QVBoxLayout()
        self._column.setSpacing(2 * theme.GRID)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 2 * theme.GRID)
        outer.addLayout(head)
        outer.addWidget(self._nothing)
        outer.addLayout(self._column)
        self.show_rows(rows)

    def show_rows(self, rows: tuple[SummaryRow, ...]) -> None:
        """Show the lines as they stand in the file."""
        for line in self.lines:
            put_away(line, self._column)
        self.lines = [self._line(row, place) for place, row in enumerate(rows, 1)]
        for line in self.lines:
            self._column.addWidget(line)
            line.show()
        self.is_dirty = False
        self._settle()

    def saved(self, rows: tuple[SummaryRow, ...]) -> None:
        """Go on from what was saved; the keyboard and what is typed stay where they are."""
        shown = [line for line in self.lines if not line.worded().is_empty]
        typed = [(line.worded().heading, line.worded().text) for line in shown]
        if typed != [(row.heading, row.text) for row in rows] or len(shown) < len(self.lines):
            self.show_rows(rows)
            return
        for line, row in zip(shown, rows, strict=True):
            line.take(row)
        self.is_dirty = False

    def worded(self) -> tuple[SummaryRow, ...]:
        """Return the lines as they are typed, in their order."""
        return tuple(line.worded() for line in self.lines)

    def _line(self, row: SummaryRow, place: int) -> SummaryLine:
        line = SummaryLine(row, place)
        line.edited.connect(self._on_edited)
        line.wants_to_move.connect(self._mover(line))
        return line

    def _mover(self, line: SummaryLine) -> Callable[[int], None]:
        return lambda step: self._move(line, step)

    def _add(self) -> None:
        line = self._line(SummaryRow(self.block, "", "", None), len(self.lines) + 1)
        self.lines.append(line)
        self._column.addWidget(line)
        line.show()  # the layout would do so later, and who types at once would type nowhere
        self._settle()
        (line.heading if self.block in WITH_HEADINGS else line.text).setFocus()

    def _move(self, line: SummaryLine, step: int) -> None:
        at = self.lines.index(line)
        to = at + step
        if not 0 <= to < len(self.lines):
            return
        self.lines.insert(to, self.lines.pop(at))
        self._column.removeWidget(line)
        self._column.insertWidget(to, line)
        for each in self.lines:
            each.raise_()  # Tab goes through the lines in the order of their stacking
        self._settle()
        line.text.setFocus()
        self._on_edited()

    def _settle(self) -> None:
        self._nothing.setVisible(not self.lines)
        for place, line in enumerate(self.lines):
            line.name_by(place + 1)
            line.up.setEnabled(place > 0)
            line.down.setEnabled(place < len(self.lines) - 1)

    def _on_edited(self) -> None:
        self.is_dirty = True
        self.edited.emit()
