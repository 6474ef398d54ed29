"""Retention: the schedule, the holds, what is due, and what was disposed of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import counted, format_date, format_month
from oscb_desktop.domain.fields.field import RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.retention import RetentionAction, years_words
from oscb_desktop.domain.values import shown
from oscb_desktop.queries.disposals import disposals
from oscb_desktop.queries.record_web import Ref
from oscb_desktop.queries.retention import (
    DueCase,
    DueList,
    due_for_disposal,
    kinds_in_words,
    removed_together,
)
from oscb_desktop.services.disposal import Disposed
from oscb_desktop.services.retention_schedule import TakeSuggestedSchedule, suggested
from oscb_desktop.ui.backup_work import BackupWork
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.disposal_dialog import DisposalDialog
from oscb_desktop.ui.dialogs.disposed_dialog import DisposedDialog
from oscb_desktop.ui.forms.fold import Fold
from oscb_desktop.ui.pages.kind_section import KindSection
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import button, quiet, words
from oscb_desktop.ui.widgets.scrolling import scrolled
from oscb_desktop.ui.widgets.small_table import Line, SmallTable
from oscb_desktop.ui.widgets.tick_table import TickTable

_COLUMN = 1000
_MOST = 200
"""So many cases are listed at once; the rest follows when these are dealt with."""

_ABOUT = (
    "Nothing is ever removed by itself. This page lists what the schedule says is due; you choose, "
    "somebody approves it, and a certificate says later what went and on whose authority. The "
    "printed papers that the file keeps go with their review; those about several reviews, such "
    "as action logs, go with the next disposal. The register still says that they left."
)


class RetentionPage(Page):
    """Read once a year, from the top: the schedule, the holds, what is due, what is past."""

    tab_as_read = True

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Retention")
        self.schedule = ScheduleSection(context)
        self.holds = KindSection(context, "legal_hold")
        self.due = DueSection(context)
        self.past = PastSection(context)
        self.sections: tuple[Section, ...] = (self.due, self.holds, self.schedule, self.past)
        inner = QWidget()
        inner.setMaximumWidth(_COLUMN)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 16, 24)
        rows.setSpacing(28)
        rows.addWidget(quiet(_ABOUT))
        for section in self.sections:
            rows.addWidget(section)
        rows.addStretch(1)
        self.column.addWidget(scrolled(inner), 1)

    def unsaved(self) -> bool:
        """Whether something was typed and not saved."""
        return any(section.unsaved() for section in self.sections)

    def refresh(self) -> None:
        """Read the small tables at once, and on the worker what is due."""
        for section in self.sections:
            section.reload()
        self.due.read()


class ScheduleSection(KindSection):
    """The schedule; where there is none, one is suggested to begin with."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "retention_rule")

    def build(self) -> QWidget | None:
        """Return the schedule, or the suggestion with the button that takes it."""
        if self.rows():
            return super().build()
        kind = record_kind("retention_rule")
        lines = [Line(at, _in_words(kind, line)) for at, line in enumerate(suggested())]
        headings = [kind.field(name).label for name in _NAMES]
        self.take_button = button("Begin with this suggestion")
        self.take_button.clicked.connect(self._take)
        offered = QWidget()
        row = QHBoxLayout(offered)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.take_button)
        row.addStretch(1)
        return column(
            quiet(kind.about),
            words(
                "There is no schedule yet, so nothing is due. This is a suggestion, to be agreed "
                "with the council's information governance before anything is disposed of:"
            ),
            SmallTable("Suggested schedule", headings, lines, 4, numeric=(2,)),
            offered,
        )

    def _take(self) -> None:
        self._context.operations.do(TakeSuggestedSchedule(), self)


class DueSection(Section):
    """What is due, to be ticked; what is held cannot be."""

    def __init__(self, context: Context) -> None:
        super().__init__("What is due", ())
        self._context = context
        self._list: DueList | None = None
        self._marks: dict[Ref, str] = {}
        self.table: TickTable | None = None
        self.total = words("")
        self.detail = quiet("")
        self.all_button = self.add_act("Tick all", "Tick all that is not held", self.tick_all)
        self.dispose_button = self.add_act(
            "Dispose of what is ticked…", "Dispose of what is ticked", self.dispose
        )

    def read(self) -> None:
        """Read on the worker what is due today."""
        operations = self._context.operations
        today = operations.today()
        self._context.tasks.run(
            "Reading what is due",
            lambda: operations.read(due_for_disposal, today),
            self.take,
            self._fail,
        )

    def take(self, listed: DueList) -> None:
        """Show a list; what was ticked stays ticked unless it was changed."""
        self._list = listed
        self.reload()

    def build(self) -> QWidget | None:
        """Return the list, its totals, and what has no day to count from."""
        listed = self._list
        self.table = None
        self.all_button.setVisible(bool(listed and listed.due))
        self.dispose_button.setVisible(bool(listed and listed.due))
        if listed is None:
            return column(quiet("Reading…"))
        parts: list[QWidget] = [quiet(" ".join(_rest(listed)))]
        if listed.due:
            self.table = self._made(listed.due[:_MOST])
            self.total, self.detail = words(""), quiet("")
            parts = [self.table, self.total, self.detail, *parts]
            self._tell()
        if listed.undated:
            parts.append(_undated(listed))
        return column(*parts)

    def ticked(self) -> tuple[DueCase, ...]:
        """Return the cases that are ticked, in the order of the list."""
        if self.table is None or self._list is None:
            return ()
        ticks = self.table.ticks()
        return tuple(case for at, case in enumerate(self._list.due) if at in ticks)

    def tick_all(self) -> None:
        """Tick every case that no hold keeps, or none where all are ticked."""
        if self.table is not None and self._list is not None:
            free = [case for case in self._list.due[:_MOST] if not case.holds]
            self.table.tick_all(on=len(self.ticked()) < len(free))

    def dispose(self) -> None:
        """Ask for the approval of what is ticked, and remove it."""
        cases = self.ticked()
        if cases:
            dialog = DisposalDialog(self.window(), self._context, cases)
            dialog.disposed.connect(self._on_disposed)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _made(self, cases: Sequence[DueCase]) -> TickTable:
        lines = [Line(at, _cells(case)) for at, case in enumerate(cases)]
        free = [at for at, case in enumerate(cases) if not case.holds]
        ticks = [at for at in free if self._marks.get(cases[at].ref) == cases[at].mark]
        table = TickTable(
            "What is due",
            ("", "Case", "Counted from", "Kept until", "Records", "Then"),
            lines,
            2,
            (4,),
            tickable=free,
            ticks=ticks,
        )
        table.ticked.connect(self._tell)
        table.itemSelectionChanged.connect(self._tell_case)
        table.opened.connect(lambda at: self._open(cases[at]))
        return table

    def _tell(self) -> None:
        cases = self.ticked()
        self._marks = {case.ref: case.mark for case in cases}
        self.dispose_button.setEnabled(bool(cases))
        if not cases:
            self.total.setText("Nothing is ticked.")
            return
        goes = self._context.operations.read(removed_together, [case.ref for case in cases])
        number = sum(count for _, count in goes)
        ticked = f"{counted(len(cases), 'case')} ticked: {counted(number, 'record')}"
        self.total.setText(f"{ticked} ({kinds_in_words(goes)}).")

    def _tell_case(self) -> None:
        if self.table is None or self._list is None or self.table.currentRow() < 0:
            return
        case = self._list.due[self.table.currentRow()]
        told = [f"{case.title}: {kinds_in_words(case.goes)}.", *case.stays]
        if case.rule.authority:
            told.append(f"By the schedule: {case.rule.authority}.")
        self.detail.setText("\n".join(told))

    def _open(self, case: DueCase) -> None:
        kind, record_id = case.ref
        self._context.navigation.open_record(kind, record_id)

    def _on_disposed(self, disposed: Disposed) -> None:
        context = self._context
        self._marks = {}
        context.operations.changed.emit(disposed.changes)
        if context.operations.store.practice_today is None:
            BackupWork(context.operations, context.tasks, context.paths).tell()
        if disposed.changes.record_id is not None:
            open_disposal(context, self.window(), disposed.changes.record_id, disposed.warnings)

    def _fail(self, problem: BaseException) -> None:
        raise problem


class PastSection(Section):
    """What was disposed of, each with its certificate."""

    def __init__(self, context: Context) -> None:
        super().__init__("Past disposals", ("disposal",))
        self._context = context
        self.table: SmallTable | None = None

    def build(self) -> QWidget | None:
        """Return the disposals, the newest first."""
        rows = self._context.operations.read(disposals)
        if not rows:
            return column(quiet("None yet. Each one stands here, with its certificate."))
        lines = [
            Line(
                row.id,
                (row.reference, format_date(row.at.date()), row.approved_by, f"{row.records:,}"),
            )
            for row in rows
        ]
        headings = ("Reference", "Removed on", "Approved by", "Records")
        self.table = SmallTable("Past disposals", headings, lines, 2, (3,))
        self.table.opened.connect(lambda number: open_disposal(self._context, self, number))
        about = quiet("Press Enter on one for its certificate and the copies that still hold it.")
        return column(about, self.table)


def open_disposal(
    context: Context, parent: QWidget, disposal_id: int, warnings: Sequence[str] = ()
) -> None:
    """Show a past disposal, with its certificate and the copies that still hold it."""
    dialog = DisposedDialog(parent.window(), context, disposal_id, warnings)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


_NAMES = ("record_class", "trigger", "years", "action", "notes")


def _in_words(kind: RecordKind, line: object) -> tuple[str, ...]:
    assert isinstance(line, dict)
    return tuple(shown(kind.field(name), line[name]) for name in _NAMES)


def _cells(case: DueCase) -> tuple[str, ...]:
    then = label_of("retention_action", case.rule.action)
    if case.holds:
        then = f"Held: {', '.join(case.holds)}"
    elif case.rule.action is RetentionAction.ARCHIVE:
        then = "Archive, then dispose"
    else:
        then = "Dispose"
    return (
        "",
        case.title,
        f"{case.why}, {years_words(case.rule.years)}",
        case.until,
        f"{case.records:,}",
        then,
    )


def _rest(listed: DueList) -> list[str]:
    """Return in sentences what is not due, and why nothing is where nothing is."""
    told = []
    if not listed.due:
        told.append("Nothing is due.")
    elif len(listed.due) > _MOST:
        told.append(f"The first {_MOST} of {len(listed.due):,} are listed.")
    if listed.next_on is not None:
        waits = "case waits" if listed.waiting == 1 else "cases wait"
        told.append(f"{listed.waiting:,} {waits}; the next is kept until ")
        told[-1] += f"{format_month(listed.next_on)}."
    if listed.kept:
        told.append(f"{counted(listed.kept, 'case')} kept for good.")
    if listed.without_rule:
        named = "; ".join(label_of("retention_class", name) for name in listed.without_rule)
        told.append(f"The schedule says nothing of: {named}.")
    if listed.due:
        told.append("Themes and agencies stay; so does what tells of other cases too.")
    return told


def _undated(listed: DueList) -> QWidget:
    """Return a fold with what has no day to count from, and what is missing."""
    fold = Fold([f"No day to count from ({len(listed.undated):,})"], opening="", closing="")
    lines = [Line(at, (case.title, case.missing)) for at, case in enumerate(listed.undated[:_MOST])]
    fold.rows.addWidget(SmallTable("No day to count from", ("Case", "Missing"), lines, 1))
    return fold
