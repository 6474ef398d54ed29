"""What stands between a review and its publication, and what may not happen yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from oscb_desktop.domain.date_words import format_date, weekday_date
from oscb_desktop.domain.values import Values, is_empty

NOT_PUBLISHED = "not_published"
PUBLISHED_AS = ("full_report", "anonymous", "summary_only", "improvements_only")
"""The outcomes of publishing; the others say that nothing is published, or not yet."""

_INSTEAD = ("summary_only", "improvements_only")
_WANTED = {
    "published_at": "Say where it is published.",
    "repository_sent_on": "Say on which day it was sent to the national repository.",
    "not_published_reason": (
        "The report itself is not published: give the justification that the Panel and the "
        "Secretary of State were given."
    ),
    "improvements_sent_on": (
        "Say on which day the information about the improvements was sent to the Panel and the "
        "Secretary of State."
    ),
}


@dataclass(frozen=True, slots=True)
class Holding:
    """A process that runs and holds publication up."""

    kind: str
    contact: str
    next_on: date | None = None
    next_what: str = ""
    constraint: str = ""

    @property
    def words(self) -> str:
        """The process with what comes next and what it asks of the review."""
        told = f"{self.kind} ({self.contact})"
        if self.next_on is not None:
            what = f" ({self.next_what})" if self.next_what else ""
            told = f"{told}, next {format_date(self.next_on)}{what}"
        asks = " ".join(self.constraint.split()).rstrip(".")
        return f"{told}. {asks}." if asks else f"{told}."


@dataclass(frozen=True, slots=True)
class OpenPause:
    """A pause that would outlast the publication."""

    id: int
    from_on: date
    reason: str

    @property
    def words(self) -> str:
        """What rests, and what becomes of it."""
        since = format_date(self.from_on)
        return f"The review is paused from {since} ({self.reason}). Publishing it ends the pause."


@dataclass(frozen=True, slots=True)
class Publication:
    """What is recorded about the publication of one review.

    ``report_due_on`` is the last day for the report to reach the Panel and the Secretary of State,
    ``limit_on`` the end of the months to publication, ``may_come_down_on`` the first day on which
    what is published need not be available any more. ``unsigned`` and ``family_not_told`` name
    people by their office or relationship. ``publishing_on`` is the day on which it is about to be
    published.
    """

    is_statutory: bool
    months: int
    working_days: int
    initiated_on: date | None = None
    planned_on: date | None = None
    report_sent_on: date | None = None
    published_on: date | None = None
    taken_down_on: date | None = None
    outcome: str = ""
    report_due_on: date | None = None
    report_days_late: int = 0
    limit_on: date | None = None
    delay_reasons: tuple[str, ...] = ()
    delay_told_on: date | None = None
    may_come_down_on: date | None = None
    unsigned: tuple[str, ...] = ()
    family_asked: bool = False
    family_not_told: tuple[str, ...] = ()
    holding: tuple[Holding, ...] = ()
    paused: tuple[OpenPause, ...] = ()
    publishing_on: date | None = None

    @property
    def is_over(self) -> bool:
        """Whether it is published, or is not to be."""
        return self.published_on is not None or self.outcome == NOT_PUBLISHED


def before_publishing(facts: Publication) -> tuple[str, ...]:
    """Return a sentence for each thing that a good secretary sees to first."""
    said = list(facts.unsigned)
    if facts.family_not_told:
        said.append(f"Not yet told before publication: {', '.join(facts.family_not_told)}.")
    elif not facts.family_asked:
        said.append("No contact with the family is recorded.")
    return (*said, *(one for one in needs_reason(facts) if one not in facts.unsigned))


def needs_reason(facts: Publication) -> tuple[str, ...]:
    """Return a sentence for each thing against which a review is published for a reason alone."""
    said = list(facts.unsigned) if facts.is_statutory else []
    said += [f"Publication must wait for: {one.words}" for one in facts.holding]
    said += [one.words for one in facts.paused]
    if facts.is_statutory:
        said += filter(None, (_report_not_in_time(facts), _delay_not_told(facts)))
    return tuple(said)


def _report_not_in_time(facts: Publication) -> str:
    sent = facts.report_sent_on
    if sent is None:
        return "The report has not been sent to the Panel and the Secretary of State."
    if not facts.report_days_late:
        return ""
    return (
        f"The report was sent to the Panel and the Secretary of State on {format_date(sent)}, "
        f"{_days(facts.report_days_late)} less than the {facts.working_days} before publication."
    )


def _delay_not_told(facts: Publication) -> str:
    limit, on = facts.limit_on, facts.publishing_on
    if limit is None or on is None or on <= limit or facts.delay_told_on is not None:
        return ""
    return (
        f"The {facts.months} months ran out on {format_date(limit)}, and the Panel and the "
        "Secretary of State have not been told why."
    )


def needed_for(outcome: str, *, is_statutory: bool) -> tuple[str, ...]:
    """Return the fields that an outcome needs (Children Act 2004, section 16F)."""
    if not is_statutory:
        return ()
    if outcome == "anonymous":
        return ("repository_sent_on",)
    if outcome in _INSTEAD:
        return ("published_at", "not_published_reason", "improvements_sent_on")
    return ("published_at",)


def wanting(values: Values, *, is_statutory: bool) -> tuple[tuple[str, str], ...]:
    """Return each field that the outcome in these values needs and lacks, with a sentence."""
    needed = needed_for(str(values.get("publication") or ""), is_statutory=is_statutory)
    return tuple((name, _WANTED[name]) for name in needed if is_empty(values.get(name)))


def report_words(facts: Publication) -> str:
    """Say by which day the report has to be sent, or how it was; nothing where neither is known."""
    due, sent = facts.report_due_on, facts.report_sent_on
    if due is None:
        return f"Report sent on {format_date(sent)}." if sent else ""
    rule = f"{facts.working_days} working days before publication"
    if sent is None:
        return (
            f"The report is due to the Panel and the Secretary of State by {weekday_date(due)}, "
            f"{rule}."
        )
    late = f", {_days(facts.report_days_late)} late" if sent > due else ""
    return f"Report sent on {format_date(sent)}{late}; it was due by {weekday_date(due)}, {rule}."


def delay_words(facts: Publication, today: date) -> str:
    """Say when the months ran out and whether the reasons were told; nothing while all is well."""
    limit, told = facts.limit_on, facts.delay_told_on
    done_on = facts.published_on
    if limit is None or (facts.outcome == NOT_PUBLISHED and done_on is None):
        return ""
    late = (done_on or today) > limit
    if not late and not facts.delay_reasons and told is None:
        return ""
    ran = "ran" if limit < today else "run"
    reasons = f"reasons told on {format_date(told)}" if told else "the reasons have not been told"
    return f"{facts.months} months {ran} out on {format_date(limit)}; {reasons}."


def availability_words(facts: Publication, today: date) -> str:
    """Say from which day what is published may come down."""
    if facts.taken_down_on is not None:
        return f"Taken down on {format_date(facts.taken_down_on)}."
    first = facts.may_come_down_on
    if first is None:
        return ""
    since = "from" if first > today else "since"
    return f"May come down {since} {format_date(first)}, by decision only."


def action_plan_words(every: int, live: int) -> str:
    """Say whether the action plan of a published review is live; nothing where there is none."""
    if not every:
        return ""
    if not live:
        return (
            f"Action plan finished: all {every} assured." if every > 1 else "Its action is assured."
        )
    of = "its one action is" if every == 1 else f"{live} of {every} actions are"
    return f"Action plan live: {of} not assured yet."


def _days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"
