"""What follows from an incident: notified by us, found to be another area's, or looked into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from oscb_desktop.database.change_log import Act, Item, ItemAct
from oscb_desktop.domain.areas import is_of
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.notifications import leads_to_rapid_review
from oscb_desktop.domain.stages import RAPID_REVIEW
from oscb_desktop.domain.values import Value, is_empty
from oscb_desktop.errors import FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.incidents import identities_of, last_decision, rapid_reviews_of
from oscb_desktop.queries.organisation import own_names
from oscb_desktop.services import naming, records
from oscb_desktop.services.plans import make_plan
from oscb_desktop.services.record_checks import check_version
from oscb_desktop.services.work import Work

OUR_PART = ("role", "partnerships")
"""The fields of a review that say whether it is ours alone or a joint one, and with whom."""


@dataclass(frozen=True, slots=True)
class SendNotification:
    """Say that our local authority has sent the notification of an incident.

    ``values`` are fields of the incident: the day and time, who sent it, its reference, the
    reasons, and who else was told. ``part`` is our part in the rapid review that begins, and the
    other partnerships where it is joint; left out, the review is ours alone.
    """

    incident_id: int
    version: int
    values: Mapping[str, Value]
    part: Mapping[str, Value] = field(default_factory=dict)

    def carry_out(self, work: Work) -> None:
        """Note it, and begin the rapid review with its children and its plan where one follows.

        Raises ``InvalidRecord`` for a day that cannot be, ``UserError`` where nothing was decided.
        """
        row = records.live_row(work, "incident", self.incident_id)
        check_version(row, self.version)
        before = reading.values_of(work.session, "incident", row)
        _may_notify(work, self.incident_id, before)
        after = {**before, **self.values}
        _check_sending(work, self.incident_id, after)
        records.amend(work, "incident", self.incident_id, self.values)
        work.record_id = self.incident_id
        work.label = naming.label(work, "Send the notification of", "incident", self.incident_id)
        nature = str(after["nature"])
        if leads_to_rapid_review(nature) and not rapid_reviews_of(work.session, self.incident_id):
            review = _begin_rapid_review(work, self.incident_id, after, self.part)
            work.label += f", begin {reading.title_of(work.session, 'review', review)}"


@dataclass(frozen=True, slots=True)
class FoundOutsideArea:
    """Say that an incident happened in another authority's area, which is to notify it."""

    incident_id: int
    version: int
    authority: str

    def carry_out(self, work: Work) -> None:
        """Note it, which ends our clock.

        Raises ``InvalidRecord`` for our own area, ``UserError`` where we have notified or a review
        of ours is about it.
        """
        row = records.live_row(work, "incident", self.incident_id)
        check_version(row, self.version)
        values = reading.values_of(work.session, "incident", row)
        if not self.authority.strip():
            raise _fault("incident_authority", "Say in which authority's area it happened.")
        if is_of(self.authority, own_names(work.session)):
            raise _fault(
                "incident_authority",
                "This is our own area, and what happened here is ours to notify. Type the other "
                "authority in whose area it happened, or leave this with Cancel.",
            )
        if values["notified_by"] == "us" and values["notified_on"]:
            raise UserError(
                "Our authority has notified it already. Ask the Panel to move the notification, "
                "then change “Notified by” on this page."
            )
        for review in rapid_reviews_of(work.session, self.incident_id):
            title = reading.title_of(work.session, "review", review)
            raise UserError(
                f"{title} is a rapid review of it. Change our part in that review, or withdraw it."
            )
        new: dict[str, Value] = {
            "incident_authority": self.authority,
            "notified_by": "other_authority",
        }
        records.amend(work, "incident", self.incident_id, new)
        work.record_id = self.incident_id
        work.label = naming.label(work, "Outside our area:", "incident", self.incident_id)


@dataclass(frozen=True, slots=True)
class ViewIdentities:
    """Look at the real identities of the children of an incident, for a reason that is kept."""

    incident_id: int
    reason: str

    def carry_out(self, work: Work) -> None:
        """Log the look at each."""
        if not self.reason.strip():
            raise UserError("Say why the identities are needed; the reason is kept in the history.")
        records.live_row(work, "incident", self.incident_id)
        held = identities_of(work.session, self.incident_id)
        if not held:
            raise UserError("No identity of a child of this incident is held in this file.")
        work.act = Act.VIEW
        work.label = f"Look at identities: {self.reason.strip()[:200]}"
        work.items += [Item("child_identity", one, ItemAct.VIEW) for one in held]
        work.record_id = self.incident_id


def _may_notify(work: Work, incident_id: int, values: Mapping[str, Value]) -> None:
    sent = values["notified_on"]
    if isinstance(sent, date):
        raise UserError(
            f"The notification was sent on {format_date(sent)}. Change the day on this page."
        )
    if values["notified_by"] != "us":
        raise UserError("Another authority notifies this incident, as “Notified by” says.")
    found = last_decision(work.session, incident_id)
    if found is None or found.decision in ("", "undecided"):
        raise UserError(
            "No decision to notify is recorded. Add the notification discussion with the local "
            "authority's decision first."
        )
    if found.decision == "do_not_notify":
        raise UserError(
            f"On {format_date(found.on)} the local authority decided not to notify. Add the "
            "discussion in which it decided otherwise first."
        )


def _check_sending(work: Work, incident_id: int, values: Mapping[str, Value]) -> None:
    """Refuse a day that cannot be, each in a sentence at its field."""
    sent, aware = values["notified_on"], values["aware_on"]
    if not isinstance(sent, date):
        raise _fault("notified_on", "Say on which day the notification was sent.")
    if not isinstance(aware, date):
        raise _fault("aware_on", "Say when the local authority became aware: a clock counts on it.")
    if is_empty(values["notification_reasons"]):
        raise _fault("notification_reasons", "Tick at least one reason for notifying.")
    decided = last_decision(work.session, incident_id)
    if decided is not None and sent < decided.on:
        raise _fault(
            "notified_on",
            f"The decision to notify was made on {format_date(decided.on)}, after this day.",
        )


def _begin_rapid_review(
    work: Work, incident_id: int, values: Mapping[str, Value], part: Mapping[str, Value]
) -> int:
    kind = record_kind("child")
    children = reading.ids_linking(work.session, kind, kind.field("incident"), incident_id)
    review = records.add(
        work,
        "review",
        {
            "kind": RAPID_REVIEW,
            "known_as": values["known_as"],
            "incident": incident_id,
            "children": children,
            "started_on": values["notified_on"],
            **{name: part[name] for name in OUR_PART if part.get(name)},
        },
    )
    make_plan(work, review)
    return review


def _fault(name: str, sentence: str) -> InvalidRecord:
    return InvalidRecord((FieldFault(name, sentence),))
