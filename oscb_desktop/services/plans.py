"""The plan of a review: made from the day plan, counted anew when a date moved, ticked off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, UserError
from oscb_desktop.queries import plans
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.organisation import calendar
from oscb_desktop.services import naming, records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class MakePlan:
    """Give a review the steps of its day plan that it does not have yet."""

    review_id: int

    def carry_out(self, work: Work) -> None:
        """Make it; raises ``UserError`` where there is nothing to add."""
        records.live_row(work, "review", self.review_id)
        if not make_plan(work, self.review_id):
            raise UserError("This review has every step of its day plan already.")
        work.record_id = self.review_id
        work.label = naming.label(work, "Make the plan of", "review", self.review_id)


@dataclass(frozen=True, slots=True)
class RePlan:
    """Move steps of a plan to the days that were shown; ``days`` holds a new day by step."""

    review_id: int
    days: tuple[tuple[int, date], ...]

    def carry_out(self, work: Work) -> None:
        """Move them; raises ``ConflictError`` when what was shown is no longer what would move."""
        if not self.days:
            raise UserError("No step is ticked, so nothing would move.")
        now = {move.id: move.new_on for move in plans.moves(work.session, self.review_id)}
        if any(now.get(step) != day for step, day in self.days):
            raise ConflictError(
                "The plan or its dates were changed meanwhile. Look at the plan again."
            )
        for step, day in self.days:
            records.amend(work, "plan_step", step, {"due_on": day})
        work.record_id = self.review_id
        label = naming.label(work, plans.RE_PLAN, "review", self.review_id)
        work.label = f"{label}: {counted(len(self.days), 'step')}"


@dataclass(frozen=True, slots=True)
class CompleteStep:
    """Say that a step of a plan is done on a day, or with no day that it is not done after all."""

    step_id: int
    version: int
    done_on: date | None

    def carry_out(self, work: Work) -> None:
        """Tick it off, or take the tick away."""
        row = records.live_row(work, "plan_step", self.step_id)
        check_version(row, self.version)
        values = reading.values_of(work.session, "plan_step", row)
        if values["done_on"] == self.done_on:
            raise UserError("This step stands so already.")
        records.amend(work, "plan_step", self.step_id, {"done_on": self.done_on})
        verb = "Done" if self.done_on else "Not done after all"
        review = values["review"]
        assert isinstance(review, int)
        title = reading.title_of(work.session, "review", review)
        work.label = f"{verb}: {values['text']}, {title}"
        work.record_id = self.step_id


@dataclass(frozen=True, slots=True)
class UseUsualPlan:
    """Write the usual day plans into the file, to be changed there."""

    def carry_out(self, work: Work) -> None:
        """Add the steps of each plan that the file does not define.

        Raises ``UserError`` where it defines them all.
        """
        own = reading.records(work.session, "plan_template_step")
        held = {row.values["plan"] for row in own}
        wanted = [step for step in plans.usual_steps() if step.plan not in held]
        if not wanted:
            raise UserError("This file has day plans of its own. Change those.")
        for step in wanted:
            records.add(work, "plan_template_step", {"plan": step.plan, **step.values()})
        work.label = "Start from the usual day plan"


def make_plan(work: Work, review_id: int) -> int:
    """Add, within a step, what the day plan has and the review's plan has not; return how many.

    A step whose anchor is not known yet has no day.
    """
    row = records.live_row(work, "review", review_id)
    kind = reading.values_of(work.session, "review", row)["kind"]
    begins = plans.anchors(work.session, review_id)
    days = calendar(work.session)
    held = reading.records(work.session, "plan_step", owner=review_id)
    there = {step.values["text"] for step in held}
    added = 0
    for step in plans.day_plan(work.session, plans.plan_kind(str(kind))):
        if step.text in there:
            continue
        due_on: Value = plans.day_of(begins[step.anchor], step.working_days, days)
        values = {"review": review_id, **step.values(), "due_on": due_on}
        records.add(work, "plan_step", values)
        added += 1
    return added
