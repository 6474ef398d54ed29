"""Whether two recommendations say the same, and which actions serve more than one of them."""

from __future__ import annotations

from dataclasses import dataclass

from oscb_desktop.domain.values import Value
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import likeness
from oscb_desktop.queries import records as reading
from oscb_desktop.services import records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class JudgeLikeness:
    """Decide that two recommendations teach the same lesson, or that they do not.

    ``verdict`` is of the code list ``likeness_verdict``; an earlier decision is changed by it.
    """

    recommendation_id: int
    like_id: int
    verdict: str

    def carry_out(self, work: Work) -> None:
        """Keep the decision, the later recommendation pointing to the earlier one."""
        if self.recommendation_id == self.like_id:
            raise UserError("A recommendation says the same as itself; choose another one.")
        for each in (self.recommendation_id, self.like_id):
            records.live_row(work, "recommendation", each)
        later, earlier = likeness.in_order(work.session, self.recommendation_id, self.like_id)
        held = likeness.decision(work.session, later, earlier)
        told: dict[str, Value] = {"verdict": self.verdict, "decided_on": work.today}
        if held is None:
            links: dict[str, Value] = {"recommendation": later, "like": earlier}
            records.add(work, "likeness", {**links, **told})
        elif held[1] == self.verdict:
            raise UserError("This was decided so already.")
        else:
            records.amend(work, "likeness", held[0], told)
        one, other = (_reference(work, each) for each in (self.recommendation_id, self.like_id))
        said = "the same lesson" if self.verdict == likeness.SAME else "different things"
        work.label = f"{one} and {other} say {said}"
        work.record_id = self.recommendation_id


@dataclass(frozen=True, slots=True)
class ServeAlso:
    """Say that an action, read at this version, serves further recommendations too."""

    action_id: int
    version: int
    recommendations: tuple[int, ...]

    def carry_out(self, work: Work) -> None:
        """Add them to those it serves; raises ``InvalidRecord`` for those that it serves anyway."""
        row = records.live_row(work, "action", self.action_id)
        check_version(row, self.version)
        action = reading.values_of(work.session, "action", row)
        held = action["also_serves"]
        held = held if isinstance(held, tuple) else ()
        if action["recommendation"] in self.recommendations:
            sentence = "The action serves its own recommendation anyway. Choose others."
            raise InvalidRecord((FieldFault("also_serves", sentence),))
        if set(self.recommendations) <= set(held):
            sentence = "The action serves these already. Choose others."
            raise InvalidRecord((FieldFault("also_serves", sentence),))
        both = tuple(sorted({*(int(one) for one in held), *self.recommendations}))
        records.amend(work, "action", self.action_id, {"also_serves": both})
        work.record_id = self.action_id
        work.label = f"Let action {action['reference']} serve further recommendations"


def _reference(work: Work, recommendation_id: int) -> str:
    row = records.live_row(work, "recommendation", recommendation_id)
    return str(reading.values_of(work.session, "recommendation", row)["reference"])
