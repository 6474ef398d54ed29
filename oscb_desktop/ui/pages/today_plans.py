"""What *Today* says of the plans of reviews: the steps that are late or due soon."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.queries.plans import DueStep
from oscb_desktop.services.plans import CompleteStep
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.small_table import Line

_KEY = "D"
_MOST = 20  # beyond these the reviews' own pages serve better


class PlanLines(QWidget):
    """The steps in a table; D says that one is done, Enter opens its review."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: KeyedTable | None = None
        self._steps: dict[int, DueStep] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * theme.GRID)
        self._layout.addWidget(theme.heading("Plans of reviews"))
        self._help = quiet("")
        self._layout.addWidget(self._help)

    def show_steps(self, steps: tuple[DueStep, ...]) -> None:
        """Show these; without any, nothing is shown."""
        self._steps = {step.id: step for step in steps}
        had_keys = self.table is not None and self.table.hasFocus()
        old, self.table = self.table, None
        if old is not None:
            old.hide()
            self._layout.removeWidget(old)
            old.deleteLater()
        self.setVisible(bool(steps))
        if not steps:
            return
        shown = steps[:_MOST]
        more = f" The first {_MOST} of {len(steps)}." if len(steps) > _MOST else ""
        self._help.setText(f"Enter opens the review, {_KEY} says that a step is done.{more}")
        headings = ("Step", "Review", "Who", "Due", "How it stands")
        lines = [Line(step.id, _cells(step)) for step in shown]
        self.table = KeyedTable("Steps of plans that are due", headings, lines, 0, (_KEY,))
        self.table.opened.connect(self._open)
        self.table.keyed.connect(self._done)
        self._layout.addWidget(self.table)
        if had_keys:
            self.table.stand_on(0)

    def _open(self, step: int) -> None:
        self._context.navigation.open_record("review", self._steps[step].review_id)

    def _done(self, step: int, _key: str) -> None:
        row = self._steps[step]
        operations = self._context.operations
        operations.do(CompleteStep(row.id, row.version, operations.today()), self)


def _cells(step: DueStep) -> tuple[str, ...]:
    review = f"{step.reference} {step.known_as}"
    return (step.text, review, step.who, day(step.due_on), step.words)
