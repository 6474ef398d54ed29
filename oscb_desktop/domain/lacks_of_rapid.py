"""What each stage of a rapid review asks before the next, and the law even after its end."""

from __future__ import annotations

from collections.abc import Iterator

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.lacks import (
    Missing,
    Rules,
    children,
    contributed,
    empty,
    finished,
    is_decided,
    of_review,
    requests,
    signed,
)
from oscb_desktop.domain.stages import LCSPR, StageFacts, StageName


def _notified(facts: StageFacts) -> Iterator[Missing]:
    """Ask for the notification, where it is our authority's (Children Act 2004, section 16C)."""
    if not facts.is_ours or facts.notified_on is not None:
        return
    if not facts.has_incident:
        yield of_review("The incident that it is about is not named.", "incident")
    elif facts.we_notify:
        yield Missing("The notification has not been sent.", "incident", "notified_on")
    else:
        sentence = "When the other authority notified it is not recorded."
        yield Missing(sentence, "incident", "notified_on")


def _meeting(facts: StageFacts) -> Iterator[Missing]:
    typed, met = facts.typed_meeting_on, facts.meeting_on
    if met is None:
        past = is_decided(facts)
        yield of_review(
            "The day of the panel meeting is not recorded."
            if past
            else "No day is set for the panel meeting.",
            "meeting_on",
        )
    elif typed is not None:
        sentence = (
            f"The panel's day is {format_date(met)} by its meeting, "
            f"{format_date(typed)} by this review."
        )
        yield of_review(sentence, "meeting_on")


def _found_out(facts: StageFacts) -> Iterator[Missing]:
    """Ask for what a rapid review has to reach (Panel's guidance of June 2025, aims 1 and 4)."""
    wanted = [
        ("key_episodes", "The key practice episodes are not written up."),
        ("inequality", "Nothing is said of race, culture, disability and other inequality."),
    ]
    if facts.is_ours:
        yield from empty(facts, wanted)


_CRITERIA = {
    "criterion_improvement": "(a)",
    "criterion_recurrent": "(b)",
    "criterion_agencies": "(c)",
    "criterion_panel": "(d)",
}


def _decision(facts: StageFacts) -> Iterator[Missing]:
    """Ask for each answer that a decision needs (SI 2018/789, regulation 11).

    What another area decides is asked for in brief.
    """
    if facts.is_ours:
        yield from _criteria(facts)
    wanted = [
        ("decision", "What happens next is not decided."),
        ("decided_on", "The day of the decision is not recorded."),
    ]
    yield from empty(facts, wanted)
    yield from _reason(facts)


def _criteria(facts: StageFacts) -> Iterator[Missing]:
    unanswered = [field for field in _CRITERIA if field not in facts.filled]
    if unanswered:
        marks = ", ".join(_CRITERIA[field] for field in unanswered)
        yield of_review(f"Not yet answered: criteria {marks}.", unanswered[0])
    wanted = [
        ("criteria_met", "Whether the criteria are met is not answered."),
        ("lcspr_commissioned", "Whether an LCSPR is recommended is not answered."),
        ("national_potential", "Whether it may be of national importance is not answered."),
    ]
    yield from empty(facts, wanted)


def _reason(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours:
        yield from empty(facts, [("decision_reason", "No reason is given for the decision.")])


def _sent(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours:
        sentence = "It has not been sent to the Panel."
        yield from empty(facts, [("sent_to_panel_on", sentence)])


def _letter(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours and facts.letters.last_on is None:
        yield Missing("The Panel has not replied.", "panel_response")


def _answer(facts: StageFacts) -> Iterator[Missing]:
    if facts.letters.unanswered_on is not None:
        yield Missing("The Panel's letter is not answered.", "panel_response", "replied_on")


def _followed(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours and facts.decision == LCSPR and not facts.lcspr_begun:
        yield Missing("The review that was decided on has not been started.", "review")


RAPID: tuple[Rules, ...] = (
    (StageName.SETTING_UP, (_notified, children, requests)),
    (StageName.INFORMATION, (requests, _meeting)),
    (StageName.ANALYSIS, (_meeting, _found_out)),
    (StageName.MEETING, (_found_out,)),
    (StageName.DECISION, (_decision,)),
    (StageName.SIGN_OFF, (_reason, signed, _sent, contributed)),
    (StageName.WITH_PANEL, (_letter, contributed)),
    (StageName.CLARIFICATION, (_answer,)),
    (StageName.PANEL_REPLIED, (_followed, finished)),
)
"""What each stage asks before the next, in the order of the stages; a later one asks it too."""
"""The stages in their order; a later one asks what an earlier one did."""

RAPID_OVER: tuple[Rules, ...] = ((StageName.ENDED, (_notified, _sent, _followed)),)
"""What the law asks when it is over; the rest is not asked any more."""
