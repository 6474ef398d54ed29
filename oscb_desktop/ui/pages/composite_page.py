"""The composite plan: themes on the left, the lessons of the chosen one with their actions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QSplitter, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.errors import UserError
from oscb_desktop.queries.composite import CompositeRows, LessonRow, PlanThemeRow, composite
from oscb_desktop.services import printing
from oscb_desktop.ui import saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.widgets.labels import button, quiet, strong
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import scrolled
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_MOST = 100
"""So many lessons of a theme are listed on the screen; the paper has them all."""


class CompositePage(Page):
    """What all reviews ask for, so that a lesson learned twice is one line."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Composite plan")
        self.rows: CompositeRows | None = None
        self.table: SmallTable | None = None
        self._targets: list[tuple[str, int]] = []
        self.save_button = button("Save as PDF…", "Save the composite plan as PDF")
        self.save_button.clicked.connect(self._save)
        self.head.addWidget(self.save_button)
        self.total = strong("")
        self.themes = QListWidget()
        self.themes.setAccessibleName("Themes")
        self.themes.setWordWrap(True)
        self.themes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.themes.currentRowChanged.connect(lambda _row: self._show_theme())
        right = QWidget()
        self._place = QVBoxLayout(right)
        self._place.setContentsMargins(2 * theme.GRID, 0, 3 * theme.GRID, 0)
        self._place.addStretch(1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.themes)
        halves.addWidget(scrolled(right))
        halves.setStretchFactor(1, 1)
        halves.setSizes([260, 820])
        self.column.addWidget(self.total)
        self.column.addWidget(
            quiet("Enter opens the recommendation or the action. The same lesson stands once.")
        )
        self.column.addWidget(halves, 1)
        self._made: QWidget | None = None
        self.begins_at = self.themes

    def refresh(self) -> None:
        """Read the plan again; the theme that is chosen stays."""
        operations = self.context.operations
        self.rows = operations.read(composite, operations.today())
        self.total.setText(
            self.rows.words() if self.rows.recommendations else "No recommendations are recorded."
        )
        chosen = self._chosen()
        name = chosen.name if chosen else ""
        self.themes.blockSignals(True)
        self.themes.clear()
        for row in self.rows.themes:
            self.themes.addItem(f"{row.name} ({counted(len(row.lessons), 'lesson')})")
        names = [row.name for row in self.rows.themes]
        self.themes.setCurrentRow(names.index(name) if name in names else 0)
        self.themes.blockSignals(False)
        self._shown_themes = self.rows.themes
        self._show_theme()

    def save_to(self, path: Path) -> None:
        """Note the paper and write it to a file, whole or not at all."""
        operations = self.context.operations
        try:
            made = printing.make_composite_plan(operations.store)
            saving_out.save_paper(self.context, self, made, path)
        except UserError as refused:
            self.context.messages.tell(self, refused.sentence)

    _shown_themes: tuple[PlanThemeRow, ...] = ()

    def _chosen(self) -> PlanThemeRow | None:
        at = self.themes.currentRow()
        return self._shown_themes[at] if 0 <= at < len(self._shown_themes) else None

    def _show_theme(self) -> None:
        chosen = self._chosen()
        old, self._made = self._made, None
        put_away(old, self._place)
        self.table = None
        if chosen is None:
            return
        self._made = self._lessons(chosen)
        self._place.insertWidget(0, self._made)
        self._made.show()

    def _lessons(self, chosen: PlanThemeRow) -> QWidget:
        self._targets = []
        lines: list[Line] = []
        for lesson in chosen.lessons[:_MOST]:
            lines += self._lesson_lines(lesson)
        headings = ("Action", "What", "Lead agency", "Due", "How it stands")
        self.table = SmallTable(f"Lessons of {chosen.name}", headings, lines, 1)
        self.table.opened.connect(self._open)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(theme.heading(chosen.name))
        column.addWidget(self.table)
        if len(chosen.lessons) > _MOST:
            rest = len(chosen.lessons) - _MOST
            column.addWidget(quiet(f"And {rest:,} more lessons, on the paper."))
        return whole

    def _lesson_lines(self, lesson: LessonRow) -> list[Line]:
        lines = [
            Line(
                self._target("recommendation", row.id),
                (f"{row.reference} ({row.review}, {row.year}): {row.text}",),
            )
            for row in lesson.recommendations
        ]
        for action in lesson.actions:
            also = " (serves another lesson too)" if action.reference in lesson.shared else ""
            standing = f"{action.colour_words}: {action.delivery_words.lower()}"
            cells = (action.reference, action.text + also, action.lead_agency, day(action.due_on))
            lines.append(Line(self._target("action", action.id), (*cells, standing)))
        if not lesson.actions:
            at = self._target("recommendation", lesson.recommendations[0].id)
            lines.append(Line(at, ("", "No action yet.", "", "", "")))
        return lines

    def _target(self, kind: str, record_id: int) -> int:
        self._targets.append((kind, record_id))
        return len(self._targets) - 1

    def _open(self, at: int) -> None:
        self.context.navigation.open_record(*self._targets[at])

    def _save(self) -> None:
        if not saving_out.may_save(self.context, self):
            return
        name = f"{printing.COMPOSITE_PLAN}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, "Save as PDF", name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))
