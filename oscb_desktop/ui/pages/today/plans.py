"""What *Today* says of the plans of reviews: the steps that are late or due soon."""

from __future__ import annotations

from oscb_desktop.queries.plans import DueStep
from oscb_desktop.services.plans import CompleteStep
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.today.lines import DONE, MOST, TodayLines, first_of
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.small_table import Line

_HEADINGS = ("Step", "Review", "Who", "Due", "How it stands")


class PlanLines(TodayLines):
    """The steps in a table; D says that one is done, Enter opens its review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Plans of reviews")
        self._steps: dict[int, DueStep] = {}
        self._help = quiet("")
        self.column.addWidget(self._help)

    def show_steps(self, steps: tuple[DueStep, ...]) -> None:
        """Show these; without any, nothing is shown."""
        self._steps = {step.id: step for step in steps}
        self.setVisible(bool(steps))
        self.put(self._made(steps) if steps else None)

    def _made(self, steps: tuple[DueStep, ...]) -> KeyedTable:
        more = first_of(len(steps))
        self._help.setText(f"Enter opens the review, {DONE} says that a step is done.{more}")
        lines = [Line(step.id, _cells(step)) for step in steps[:MOST]]
        table = KeyedTable("Steps of plans that are due", _HEADINGS, lines, 0, (DONE,))
        table.opened.connect(self._open)
        table.keyed.connect(self._done)
        return table

    def _open(self, step: int) -> None:
        self.context.navigation.open_record("review", self._steps[step].review_id)

    def _done(self, step: int, _key: str) -> None:
        row = self._steps[step]
        operations = self.context.operations
        operations.do(CompleteStep(row.id, row.version, operations.today()), self)


def _cells(step: DueStep) -> tuple[str, ...]:
    review = f"{step.reference} {step.known_as}"
    return (step.text, review, step.who, day(step.due_on), step.words)
