"""The way of a review to its publication: planned, sent, delayed, published, taken down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.publication import (
    NOT_PUBLISHED,
    PUBLISHED_AS,
    Publication,
    needs_reason,
    wanting,
)
from oscb_desktop.domain.values import Value, is_empty
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.organisation import rules_for
from oscb_desktop.queries.publication import open_pauses, publication_of
from oscb_desktop.services import naming, records
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class PlanPublication:
    """Plan the day of publication of a review that was read at this version."""

    review_id: int
    version: int
    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Note the day; nothing is published before the decision to start the review."""
        facts = _unpublished(work, self.review_id, self.version)
        on = _day(self.values, "publication_planned_on", "Say for which day it is planned.")
        _begun(facts, on, "publication_planned_on")
        records.amend(work, "review", self.review_id, self.values)
        _done(work, self.review_id, "Plan the publication of")


@dataclass(frozen=True, slots=True)
class SendReport:
    """Say on which day the full report went to the Panel and the Secretary of State."""

    review_id: int
    version: int
    on: date | None

    def carry_out(self, work: Work) -> None:
        """Note the day; the label tells by how much it is late for the planned publication."""
        facts = _unpublished(work, self.review_id, self.version)
        on = _day({"report_sent_on": self.on}, "report_sent_on", "Say on which day it was sent.")
        _begun(facts, on, "report_sent_on")
        records.amend(work, "review", self.review_id, {"report_sent_on": on})
        _done(work, self.review_id, "Send the report of")
        after = publication_of(work.session, self.review_id)
        if after is not None and after.report_days_late:
            work.label += f", {counted(after.report_days_late, 'working day')} late"


@dataclass(frozen=True, slots=True)
class TellOfDelay:
    """Say why publication is delayed, and when the Panel and the Secretary of State were told."""

    review_id: int
    version: int
    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Note the reasons and the day."""
        facts = _unpublished(work, self.review_id, self.version)
        if is_empty(self.values.get("delay_reasons")):
            raise _fault("delay_reasons", "Say what delays it.")
        on = _day(self.values, "delay_told_on", "Say on which day they were told.")
        _begun(facts, on, "delay_told_on")
        records.amend(work, "review", self.review_id, self.values)
        _done(work, self.review_id, "Tell of the delay of")


@dataclass(frozen=True, slots=True)
class Publish:
    """Publish a review in one of the ways there are; ``reason``: why, where something holds it."""

    review_id: int
    version: int
    values: Mapping[str, Value]
    reason: str = ""

    def carry_out(self, work: Work) -> None:
        """Publish it, which ends the work on it and its pause; its action plan stays live.

        Raises ``InvalidRecord`` for a day before the decision or to come, for an outcome without
        what it needs, and where a reason is needed and none is given.
        """
        facts = _unpublished(work, self.review_id, self.version)
        if self.values.get("publication") not in PUBLISHED_AS:
            raise _fault("publication", "Say how it is published.")
        on = _day(self.values, "published_on", "Say on which day it was published.")
        _begun(facts, on, "published_on")
        before = _values(work, self.review_id)
        _refuse(wanting({**before, **self.values}, is_statutory=facts.is_statutory))
        against = needs_reason(_on_that_day(work, self.review_id, on))
        records.amend(work, "review", self.review_id, self.values)
        if against and not self.reason.strip():
            told = " ".join(against)
            raise _fault("reason", f"{told} Say why it is published all the same.")
        then = _ending(before, on)
        if against:
            said = f"Published on {format_date(on)} all the same: {self.reason.strip()}"
            then["publication_plan"] = _noted({**before, **self.values}, said)
        records.amend(work, "review", self.review_id, then)
        ended = _end_pauses(work, self.review_id, on)
        _done(work, self.review_id, "Publish and end the pause of" if ended else "Publish")


@dataclass(frozen=True, slots=True)
class NotPublish:
    """Say that a review is not published, and why."""

    review_id: int
    version: int
    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Note the justification; the information about the improvements may follow."""
        facts = _unpublished(work, self.review_id, self.version)
        if facts.is_statutory and facts.initiated_on is None:
            raise UserError(_NOT_BEGUN)
        if is_empty(self.values.get("not_published_reason")):
            raise _fault("not_published_reason", "Give the justification.")
        values = {**self.values, "publication": NOT_PUBLISHED}
        records.amend(work, "review", self.review_id, values)
        _done(work, self.review_id, "Do not publish")


@dataclass(frozen=True, slots=True)
class TakeDown:
    """Take what is published down, by a decision of which the words are kept."""

    review_id: int
    version: int
    on: date | None
    decision: str

    def carry_out(self, work: Work) -> None:
        """Note day and decision.

        Raises ``InvalidRecord`` before the end of the time for which it has to be available.
        """
        facts = _facts(work, self.review_id, self.version)
        first = facts.may_come_down_on
        if first is None:
            raise UserError("It is not published, so there is nothing to take down.")
        if facts.taken_down_on is not None:
            raise UserError(f"It was taken down on {format_date(facts.taken_down_on)} already.")
        on = _day({"taken_down_on": self.on}, "taken_down_on", "Say on which day it came down.")
        if on < first:
            before = _values(work, self.review_id)
            rules = rules_for(work.session, str(before["rule_set"] or ""), _started(before))
            months = counted(rules.availability_months, "month")
            raise _fault(
                "taken_down_on",
                f"What is published stays available for at least {months}: it may come down from "
                f"{format_date(first)}.",
            )
        if not self.decision.strip():
            raise _fault("decision", "Say who decided it, and why: it comes down by decision only.")
        said = f"Taken down on {format_date(on)} by decision: {self.decision.strip()}"
        plan = _noted(_values(work, self.review_id), said)
        values: dict[str, Value] = {"taken_down_on": on, "publication_plan": plan}
        records.amend(work, "review", self.review_id, values)
        _done(work, self.review_id, "Take down")


_NOT_BEGUN = (
    "Record the day of the decision to start it first: nothing is published or told before that."
)


def _facts(work: Work, review_id: int, version: int) -> Publication:
    row = records.live_row(work, "review", review_id)
    check_version(row, version)
    if reading.values_of(work.session, "review", row)["kind"] == "rapid_review":
        raise UserError("A rapid review is not published; it is sent to the Panel.")
    found = publication_of(work.session, review_id)
    assert found is not None
    return found


def _on_that_day(work: Work, review_id: int, on: date) -> Publication:
    found = publication_of(work.session, review_id, on)
    assert found is not None
    return found


def _end_pauses(work: Work, review_id: int, on: date) -> bool:
    """End what would go on resting after the publication; return whether anything did."""
    resting = open_pauses(work.session, review_id, on)
    for pause in resting:
        records.amend(work, "pause", pause.id, {"until_on": max(on, pause.from_on)})
    return bool(resting)


def _unpublished(work: Work, review_id: int, version: int) -> Publication:
    facts = _facts(work, review_id, version)
    if facts.published_on is not None:
        raise UserError(
            f"It was published on {format_date(facts.published_on)} already. "
            "Edit puts right what is recorded of it."
        )
    return facts


def _begun(facts: Publication, on: date, name: str) -> None:
    if facts.is_statutory and facts.initiated_on is None:
        raise UserError(_NOT_BEGUN)
    if facts.initiated_on is not None and on < facts.initiated_on:
        day = format_date(facts.initiated_on)
        raise _fault(name, f"That is before the decision to start it, which was made on {day}.")


def _day(values: Mapping[str, Value], name: str, sentence: str) -> date:
    value = values.get(name)
    if not isinstance(value, date):
        raise _fault(name, sentence)
    return value


def _values(work: Work, review_id: int) -> dict[str, Value]:
    row = records.live_row(work, "review", review_id)
    return reading.values_of(work.session, "review", row)


def _ending(before: Mapping[str, Value], on: date) -> dict[str, Value]:
    """End the work on a review with its publication, unless it ended before."""
    return {"finished_on": on} if is_empty(before["finished_on"]) else {}


def _noted(before: Mapping[str, Value], said: str) -> str:
    """Return the publication plan with a line more."""
    return "\n".join(filter(None, (str(before["publication_plan"] or ""), said)))


def _started(before: Mapping[str, Value]) -> date:
    started = before["started_on"]
    assert isinstance(started, date)
    return started


def _refuse(faults: tuple[tuple[str, str], ...]) -> None:
    if faults:
        raise InvalidRecord(tuple(FieldFault(name, sentence) for name, sentence in faults))


def _done(work: Work, review_id: int, verb: str) -> None:
    work.record_id = review_id
    work.label = naming.label(work, verb, "review", review_id)


def _fault(name: str, sentence: str) -> InvalidRecord:
    return InvalidRecord((FieldFault(name, sentence),))
