"""The text of a chapter: written with figures that stay live, read as they stand today."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.figure_words import Fault, FigureMark, Spoken, places, plain
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.queries.annual_rows import NarrativeRow, UsedFigure, moved_words
from oscb_desktop.queries.figures import figure_definitions
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.store import Command
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.tables.grid_table import Asked
from oscb_desktop.ui.widgets.labels import button, fault, quiet, selectable, strong
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.small_table import Line, SmallTable
from oscb_desktop.ui.widgets.text_field import LongTextControl, PlainBox

_LINES = 7  # of a text that is still short
_PAUSE = 400  # milliseconds of no typing after which the text is read anew


class FigureMarks(QSyntaxHighlighter):
    """Underlines figures, in the one colour of links; what is meant for one and is none, wavily."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._names = frozenset(entry.name for entry in figure_definitions())

    def highlightBlock(self, text: str) -> None:
        """Underline the figures of a paragraph; braces that hold none stay as they are."""
        for start, end, is_figure in places(text, self._names):
            at = len(text[:start].encode("utf-16-le")) // 2  # as Qt counts letters
            length = len(text[start:end].encode("utf-16-le")) // 2
            self.setFormat(at, length, _figure_shape() if is_figure else _fault_shape())


def _figure_shape() -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFontUnderline(True)
    shape.setForeground(QColor(theme.current().accent))
    return shape


def _fault_shape() -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    shape.setUnderlineColor(QColor(theme.current().bad))
    return shape


class NarrativeForm(RecordForm):
    """The form of one text; it stays open when it is saved. ``figure_wanted`` asks for a figure."""

    figure_wanted = Signal()

    def __init__(self, context: Context, year: str, chapter: str, row: RecordRow | None) -> None:
        self.year, self.chapter = year, chapter
        super().__init__(
            context,
            "narrative",
            row,
            {"year": year, "chapter": chapter},
            without=("year", "chapter", "read_as"),
        )
        control = self.fields.boxes["text"].control
        assert isinstance(control, LongTextControl)
        self.box: PlainBox = control.box
        self.box.show_at_least(_LINES)
        self._marks = FigureMarks(self.box.document())
        self.insert_button = button("Insert a figure…", "Insert a figure (Ctrl+Space)")
        self.insert_button.setToolTip("Ctrl+Space")
        self.insert_button.clicked.connect(self.figure_wanted)
        self.saved.connect(self._on_saved)
        self._bar.insertWidget(1, self.insert_button)
        keys = QShortcut(QKeySequence("Ctrl+Space"), self.box)
        keys.setContext(Qt.ShortcutContext.WidgetShortcut)
        keys.activated.connect(self.figure_wanted)

    def text(self) -> str:
        """Return what stands in the box."""
        return self.box.toPlainText()

    def insert(self, words: str) -> None:
        """Write at the cursor, as if it were typed."""
        self.box.insertPlainText(words)
        self.box.setFocus()

    def stand_on(self, row: RecordRow) -> None:
        """Go on from what is saved, the cursor where it was."""
        at = self.box.textCursor().position()
        self.row = row
        self.drafts.rebase(row)
        self.go_on()
        cursor = self.box.textCursor()
        cursor.setPosition(min(at, self.box.document().characterCount() - 1))
        self.box.setTextCursor(cursor)

    def go_on(self) -> None:
        """Show what is saved, ready to be typed into."""
        values = {**self.fields.start, "text": None} if self.row is None else self.row.values
        self.fields.put(dict(values), self.row.titles if self.row else {})
        self._over = False
        self.banner.clear()

    def _on_saved(self, changes: Changes) -> None:
        """Go on at once: what is typed while the year is counted anew is not to be lost."""
        if changes.record_id is not None:
            row = self._context.operations.read(records.record, "narrative", changes.record_id)
            if row is not None:
                self.stand_on(row)

    def _command(self, values: dict[str, Value]) -> Command:
        text = values.get("text")
        version = self.row.version if self.row else 0
        return WriteNarrative(self.year, self.chapter, str(text or ""), version)


class ChapterText(QWidget):
    """The form, how the text reads, and each figure in it, opened to its records with Enter."""

    opened = Signal(object)
    read_again = Signal()
    start_wanted = Signal()
    figure_wanted = Signal()

    def __init__(
        self,
        context: Context,
        year: str,
        chapter: str,
        narrative: NarrativeRow,
        say: Callable[[str, Callable[[tuple[Spoken, ...]], None]], None],
    ) -> None:
        super().__init__()
        self._context = context
        self._year, self._chapter = year, chapter
        self._say = say
        self.moved = strong("")
        self.by_hand = strong("")
        self.read_button = button("Read again: it still fits")
        self.read_button.clicked.connect(self.read_again)
        self.start_button = button("Start from last year's text")
        self.start_button.clicked.connect(self.start_wanted)
        self.faults = fault()
        self.reads = selectable("")
        self._reads_head = quiet("As it reads now")
        self.table: SmallTable | None = None
        self._used: tuple[UsedFigure, ...] = ()
        self._said = narrative.typed
        self._typing = QTimer(self, interval=_PAUSE, singleShot=True)
        self.form = self._made_form(self._row(narrative))
        self._build()
        self._typing.timeout.connect(self._read_typing)
        self.show_narrative(narrative)

    def show_narrative(self, narrative: NarrativeRow) -> None:
        """Show the text as it stands in the file; what is being typed has precedence."""
        row = self._row(narrative)
        typing = self.form.unsaved()
        if typing:
            self._typing.start()
        elif row is None and self.form.row is not None:  # as when the writing was undone
            self._begin_anew()
        elif row is not None and row != self.form.row:
            self.form.stand_on(row)
        self._tell_moved(narrative)
        self._tell_by_hand(narrative)
        self.start_button.setVisible(not typing and narrative.may_copy)
        self._list(narrative.figures)
        if not typing:
            self._said = self.form.text()
            self._show_reading(narrative.spoken)

    def _begin_anew(self) -> None:
        """Put an empty form in the place of the one whose text is gone; the keyboard stays."""
        had_keys = self.form.box.hasFocus()
        old, self.form = self.form, self._made_form(None)
        self._column.replaceWidget(old, self.form)
        self.form.show()  # the layout would do so later, and who types at once would type nowhere
        if had_keys:
            self.form.box.setFocus()
        old.hide()
        old.deleteLater()

    def _row(self, narrative: NarrativeRow) -> RecordRow | None:
        if narrative.id is None:
            return None
        return self._context.operations.read(records.record, "narrative", narrative.id)

    def _made_form(self, row: RecordRow | None) -> NarrativeForm:
        form = NarrativeForm(self._context, self._year, self._chapter, row)
        form.fields.edited.connect(self._on_edited)
        form.cancelled.connect(form.go_on)
        form.figure_wanted.connect(self.figure_wanted)
        return form

    def showEvent(self, event: QShowEvent) -> None:
        """Take up the reading of what was typed."""
        super().showEvent(event)
        self._on_edited()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing out of sight."""
        super().hideEvent(event)
        self._typing.stop()

    def _on_edited(self) -> None:
        if self.form.text() != self._said:  # its figures are coloured, which counts as editing
            self._typing.start()

    def _read_typing(self) -> None:
        self._said = self.form.text()
        self._say(self._said, self._show_reading)

    def _tell_moved(self, narrative: NarrativeRow) -> None:
        said = moved_words(narrative)
        self.moved.setText(said)
        for part in (self.moved, self.read_button):
            part.setVisible(bool(said))

    def _tell_by_hand(self, narrative: NarrativeRow) -> None:
        """Point out small numbers that were typed: a public version tells them as they stand."""
        typed = ", ".join(map(quoted, narrative.by_hand))
        self.by_hand.setText(
            f"Typed as a number: {typed}. The public version cannot keep that back; "
            "put the figure in its place."
        )
        self.by_hand.setVisible(bool(typed))

    def _show_reading(self, spoken: Sequence[Spoken]) -> None:
        self.reads.setText(plain(spoken))
        shown = any(isinstance(piece.mark, FigureMark | Fault) for piece in spoken)
        for part in (self._reads_head, self.reads):
            part.setVisible(shown)
        sentences = [piece.mark.sentence for piece in spoken if isinstance(piece.mark, Fault)]
        self.faults.setText("\n".join(dict.fromkeys(sentences)))
        self.faults.setVisible(bool(sentences))

    def _list(self, used: tuple[UsedFigure, ...]) -> None:
        """List the figures of the text as it was saved."""
        if used == self._used:
            return
        had_keys = self.table is not None and self.table.hasFocus()
        old, self.table, self._used = self.table, None, used
        put_away(old, self._column)
        if not used:
            return
        lines = [
            Line(at, (one.label, one.words, _when_read(one), _counted(one)))
            for at, one in enumerate(used)
        ]
        headings = ("Figure in the text", "Now", "When last read", "Records")
        self.table = SmallTable("Figures in the text", headings, lines, 0, numeric=(1, 3))
        self.table.opened.connect(self._open)
        self._column.addWidget(self.table)
        self.table.show()
        if had_keys:
            self.table.setFocus()

    def _open(self, at: int) -> None:
        used = self._used[at]
        asked: Asked = {"figure": used.name, "year": self._year}
        self.opened.emit({**asked, "category": used.category} if used.category else asked)

    def _build(self) -> None:
        self.read_button.setAccessibleDescription("The text fits the figures as they are now.")
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        for part in (
            self.moved,
            self.read_button,
            self.start_button,
            self.form,
            self.by_hand,
            self.faults,
            self._reads_head,
            self.reads,
        ):
            column.addWidget(part)
        self._column.setAlignment(self.start_button, Qt.AlignmentFlag.AlignLeft)
        self._column.setAlignment(self.read_button, Qt.AlignmentFlag.AlignLeft)
        shown_later = (self.moved, self.read_button, self.by_hand, self.faults)
        for part in (*shown_later, self._reads_head, self.reads):
            part.hide()


def _when_read(used: UsedFigure) -> str:
    if used.unread:
        return "never read"
    return f"was {used.was}" if used.moved else ""


def _counted(used: UsedFigure) -> str:
    return f"{len(used.references):,}" if used.references else ""
