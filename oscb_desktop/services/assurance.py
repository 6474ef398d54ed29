"""Follow-up checks: they come with a sign-off, are done by an act, and go when it is reopened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.statuses import AssuranceLevel, DeliveryStatus
from oscb_desktop.domain.values import Value
from oscb_desktop.domain.working_days import add_months
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import assurance
from oscb_desktop.queries import records as reading
from oscb_desktop.services import records
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class CheckAction:
    """Look again at what a complete action changed, on a day, and say whether it still holds.

    The check that is due next is done by it; where none is left, another one is recorded.
    ``result`` is of the code list ``check_result``.
    """

    action_id: int
    checked_on: date
    result: str
    by: str
    note: str = ""

    def carry_out(self, work: Work) -> None:
        """Do it; raises ``InvalidRecord`` beside what is missing."""
        row = records.live_row(work, "action", self.action_id)
        action = reading.values_of(work.session, "action", row)
        if action["delivery"] != DeliveryStatus.COMPLETE:
            raise UserError(
                f"{action['reference']} is not complete, so there is nothing to look at again yet."
            )
        self._refuse(work, action["completed_on"])
        done: dict[str, Value] = {
            "checked_on": self.checked_on,
            "checked_by": self.by,
            "result": self.result,
            "note": self.note or None,
        }
        due = assurance.next_check(work.session, self.action_id, work.today)
        if due is not None:
            records.amend(work, "assurance_check", due.id, done)
        else:
            done |= {"action": self.action_id, "kind": assurance.OTHER, "due_on": self.checked_on}
            records.add(work, "assurance_check", done)
        work.record_id = self.action_id
        work.label = f"Follow-up check of action {action['reference']}"

    def _refuse(self, work: Work, completed_on: Value) -> None:
        faults = []
        if isinstance(completed_on, date) and self.checked_on < completed_on:
            faults.append(
                FieldFault("checked_on", "A check looks at what was completed, so it comes after.")
            )
        if not self.result:
            faults.append(FieldFault("result", "Say whether it holds."))
        if not self.by.strip():
            faults.append(FieldFault("by", "Say who looked."))
        if self.result != assurance.HOLDS and not self.note.strip():
            faults.append(FieldFault("note", "Say what was seen where it does not hold in full."))
        if faults:
            raise InvalidRecord(tuple(faults))


def plan_checks(work: Work, action_id: int, signed_off_on: date, *, again: bool) -> None:
    """Give an action, within a step, the checks that follow its sign-off.

    Signing off ``again``, for more assurance, adds none where there are any.
    """
    held = assurance.checks_of(work.session, action_id, work.today)
    if again and held:
        return
    taken = {row.due_on for row in held}
    for kind, months in assurance.checks_after_sign_off(work.session):
        due_on = add_months(signed_off_on, months)
        if due_on not in taken:
            values: dict[str, Value] = {"action": action_id, "kind": kind, "due_on": due_on}
            records.add(work, "assurance_check", values)


def drop_open_checks(work: Work, action_id: int) -> None:
    """Put the checks of an action that are still to be done into the bin, within a step."""
    held = assurance.checks_of(work.session, action_id, work.today)
    still = [row.id for row in held if row.checked_on is None]
    if still:
        records.set_all_withdrawn(work, "assurance_check", still, withdrawn=True)


def missing_for(work: Work, action_id: int, level: AssuranceLevel) -> list[str]:
    """Return what a level of assurance still needs, each to end a sentence that lists it."""
    missing = []
    if level.reaches(AssuranceLevel.IMPACT_SHOWN) and not assurance.shows_impact(
        work.session, action_id
    ):
        missing.append("a record of its impact that names this action")
    holds = assurance.last_result(work.session, action_id) == assurance.HOLDS
    if level.reaches(AssuranceLevel.EMBEDDED) and not holds:
        missing.append("a follow-up check which found that it holds")
    return missing
