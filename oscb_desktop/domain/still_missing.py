"""What a review lacks of its stage and of all before it, and where each is put right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.stages import LCSPR, PARTNERS, StageFacts, StageName, stage_of

if TYPE_CHECKING:
    from datetime import date

_PARTNER_WORDS = {
    "local_authority": "the local authority",
    "health": "health",
    "police": "the police",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands between a review and its next stage, and where it is put right.

    ``kind`` and ``field`` name the field; ``field`` is empty where a record is to be added.
    ``is_earlier`` says that an earlier stage asked for it: the next does not wait for it.
    """

    sentence: str
    kind: str
    field: str = ""
    is_earlier: bool = False


def missing(
    facts: StageFacts, today: date, *, is_late: bool = False, late_plan: str = ""
) -> tuple[Missing, ...]:
    """Return what is missing: what the next stage waits for first, then what earlier ones asked.

    ``is_late`` says that a statutory day of the review has passed, and ``late_plan`` how long after
    it publication is planned: then the reason is asked for. Of a review that is over nothing is
    asked but what the law does.
    """
    stage = stage_of(facts, today)
    found = [*_of_the_pause(facts), *_of_the_delay(facts, is_late, late_plan)]
    rules = _RAPID if facts.is_rapid else _FULL
    at = next((at for at, step in enumerate(rules) if step[0] is (stage.within or stage.name)), -1)
    found += _asked(facts, rules[at : at + 1] if at >= 0 else ())
    found += _asked(facts, rules[:at] if at >= 0 else _OVER[stage.name], is_earlier=True)
    first = {one.sentence: one for one in reversed(found)}
    return tuple(dict.fromkeys(first[one.sentence] for one in found))


def _asked(
    facts: StageFacts, steps: Iterable[_Rules], *, is_earlier: bool = False
) -> list[Missing]:
    found = [one for _stage, rules in steps for rule in rules for one in rule(facts)]
    return [replace(one, is_earlier=is_earlier) for one in found]


def _of_the_pause(facts: StageFacts) -> Iterator[Missing]:
    """Ask whether the Panel and the Secretary of State know why it waits (Working Together)."""
    pause = facts.pause
    if pause is not None and not pause.panel_told:
        yield Missing("The Panel has not been told of the pause.", "pause", "panel_told_on")
    if pause is not None and not pause.secretary_told:
        sentence = "The Secretary of State has not been told of the pause."
        yield Missing(sentence, "pause", "secretary_told_on")


def _of_the_delay(facts: StageFacts, is_late: bool, late_plan: str) -> Iterator[Missing]:
    if not facts.is_ours:
        return
    if facts.is_rapid:
        if is_late and facts.sent_to_panel_on:
            yield from _empty(facts, [("late_reason", "Why it was late is not recorded.")])
        return
    settled = facts.published_on is not None or facts.publication == "not_published"
    delayed = is_late or late_plan or facts.delayed_by or facts.publication == "delayed"
    if settled or facts.kind != LCSPR or not delayed or facts.finished_on:
        return
    if facts.delay_told_on is None and (facts.pause is None or not facts.pause.is_told):
        yield from _of_the_reasons(facts, late_plan)
    if not facts.delayed_by:
        yield _review("What delays publication is not recorded.", "delay_reasons")


def _of_the_reasons(facts: StageFacts, late_plan: str) -> Iterator[Missing]:
    """Ask to tell of the delay; of a pause it is asked by itself, unless the plan is too late."""
    if late_plan:
        why = "tell the Panel and the Secretary of State why"
        yield _review(f"Publication is {late_plan}: {why}.", "delay_told_on")
    elif facts.pause is None:
        sentence = "The Panel and the Secretary of State have not been told of the delay."
        yield _review(sentence, "delay_told_on")


def _review(sentence: str, field: str) -> Missing:
    return Missing(sentence, "review", field)


def _empty(facts: StageFacts, wanted: Iterable[tuple[str, str]]) -> Iterator[Missing]:
    for field, sentence in wanted:
        if field not in facts.filled and not getattr(facts, field, None):
            yield _review(sentence, field)


def _requests(facts: StageFacts) -> Iterator[Missing]:
    """Ask for what the agencies know; once it is decided, nobody need be asked any more."""
    requests = facts.requests
    if not requests.sent and not _is_decided(facts):
        yield Missing("No agency has been asked for information.", "agency_request")
    elif requests.open:
        out = f"{requests.open} of {counted(requests.sent, 'agency answer')}"
        yield Missing(f"{out} {'is' if requests.open == 1 else 'are'} still out.", "agency_request")


def _is_decided(facts: StageFacts) -> bool:
    """Whether a rapid review is past its decision, recorded or not."""
    sent = facts.sent_to_panel_on or facts.letters.last_on
    return facts.is_rapid and bool(facts.decision or facts.decided_on or sent)


def _notified(facts: StageFacts) -> Iterator[Missing]:
    """Ask for the notification, where it is our authority's (Children Act 2004, section 16C)."""
    if not facts.is_ours or facts.notified_on is not None:
        return
    if not facts.has_incident:
        yield _review("The incident that it is about is not named.", "incident")
    elif facts.we_notify:
        yield Missing("The notification has not been sent.", "incident", "notified_on")
    else:
        sentence = "When the other authority notified it is not recorded."
        yield Missing(sentence, "incident", "notified_on")


def _children(facts: StageFacts) -> Iterator[Missing]:
    if not facts.children and (facts.is_rapid or facts.kind == LCSPR):
        there = facts.left_out
        yield (
            _review("No child is named.", "children")
            if there
            else Missing("No child is named.", "child")
        )
    elif facts.left_out:
        verb = "is" if len(facts.left_out) == 1 else "are"
        sentence = f"{_listed(facts.left_out)} of the incident {verb} not in this review."
        yield _review(sentence, "children")


def _meeting(facts: StageFacts) -> Iterator[Missing]:
    typed, met = facts.typed_meeting_on, facts.meeting_on
    if met is None:
        past = _is_decided(facts)
        yield _review(
            "The day of the panel meeting is not recorded."
            if past
            else "No day is set for the panel meeting.",
            "meeting_on",
        )
    elif typed is not None:
        sentence = (
            f"The panel meeting is on {format_date(met)} by its record, and on "
            f"{format_date(typed)} by this review."
        )
        yield _review(sentence, "meeting_on")


def _found_out(facts: StageFacts) -> Iterator[Missing]:
    """Ask for what a rapid review has to reach (Panel's guidance of June 2025, aims 1 and 4)."""
    wanted = [
        ("key_episodes", "The key practice episodes are not written up."),
        ("inequality", "Nothing is said of race, culture, disability and other inequality."),
    ]
    if facts.is_ours:
        yield from _empty(facts, wanted)


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
    yield from _empty(facts, wanted)
    yield from _reason(facts)


def _criteria(facts: StageFacts) -> Iterator[Missing]:
    unanswered = [field for field in _CRITERIA if field not in facts.filled]
    if unanswered:
        marks = ", ".join(_CRITERIA[field] for field in unanswered)
        yield _review(f"Not yet answered: criteria {marks}.", unanswered[0])
    wanted = [
        ("criteria_met", "Whether the criteria are met is not answered."),
        ("lcspr_commissioned", "Whether an LCSPR is recommended is not answered."),
        ("national_potential", "Whether it may be of national importance is not answered."),
    ]
    yield from _empty(facts, wanted)


def _reason(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours:
        yield from _empty(facts, [("decision_reason", "No reason is given for the decision.")])


def _signed(facts: StageFacts) -> Iterator[Missing]:
    if not facts.partners_sign:
        return
    out = [_PARTNER_WORDS[partner] for partner in PARTNERS if partner not in facts.signed.by]
    if out:
        yield Missing(f"Not signed off by {_listed(out)}.", "partner_sign_off")


def _sent(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours:
        sentence = "It has not been sent to the Panel."
        yield from _empty(facts, [("sent_to_panel_on", sentence)])


def _letter(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours and facts.letters.last_on is None:
        yield Missing("The Panel has not replied.", "panel_response")


def _answer(facts: StageFacts) -> Iterator[Missing]:
    if facts.letters.unanswered_on is not None:
        yield Missing("The Panel's letter is not answered.", "panel_response", "replied_on")


def _followed(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours and facts.decision == LCSPR and not facts.lcspr_begun:
        yield Missing("The review that was decided on has not been started.", "review")


def _finished(facts: StageFacts) -> Iterator[Missing]:
    yield from _empty(facts, [("finished_on", "The day on which the work ended is not recorded.")])


def _contributed(facts: StageFacts) -> Iterator[Missing]:
    """Ask of what others lead only that our agencies answer, and when that ended."""
    if facts.is_ours:
        return
    if not facts.is_rapid:
        yield from _requests(facts)
    if facts.is_rapid or (facts.requests.sent and not facts.requests.open):
        yield from _finished(facts)


def _initiated(facts: StageFacts) -> Iterator[Missing]:
    if facts.kind == LCSPR and facts.is_ours:
        wanted = [("initiated_on", "The day of the decision to start it is not recorded.")]
        yield from _empty(facts, wanted)


def _told(facts: StageFacts) -> Iterator[Missing]:
    """Ask whether those who must be know of an LCSPR and its reviewer (Working Together)."""
    told = {"panel_told_on": "the Panel", "ofsted_told_on": "Ofsted", "dfe_told_on": "DfE"}
    out = [field for field in told if field not in facts.filled]
    if out and facts.kind == LCSPR and facts.is_ours:
        yield _review(f"Not yet told of it: {_listed([told[one] for one in out])}.", out[0])


def _terms(facts: StageFacts) -> Iterator[Missing]:
    wanted = [
        ("terms", "The key lines of enquiry are not set."),
        ("scope_from", "The time that it looks at is not set."),
    ]
    if facts.is_ours:
        yield from _empty(facts, wanted)
    if facts.is_ours and not facts.reviewer_named:
        yield from _empty(facts, [("reviewer", "No lead reviewer is named.")])


def _reports(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours:
        yield from _requests(facts)


def _checks(facts: StageFacts) -> Iterator[Missing]:
    if facts.kind == LCSPR and facts.is_ours and not facts.progress_checks:
        sentence = "No progress check is recorded (SI 2018/789, regulation 14)."
        yield Missing(sentence, "progress_check")
    if facts.unanswered_check_on is not None:
        day = format_date(facts.unanswered_check_on)
        sentence = f"What was asked in writing on {day} has no answer."
        yield Missing(sentence, "progress_check", "answered_on")


def _engaged(facts: StageFacts) -> Iterator[Missing]:
    if facts.engaged_on is None and facts.is_ours:
        yield Missing("No contact with practitioners or family is recorded.", "engagement")


def _draft(facts: StageFacts) -> Iterator[Missing]:
    drafts = facts.drafts
    if not facts.is_ours:
        return
    if not drafts.number:
        yield Missing("No draft of the report is recorded.", "report_draft")
    elif drafts.sent_on is None and drafts.returned_on is None:
        sentence = f"Draft {drafts.number} has not been sent for accuracy."
        yield Missing(sentence, "report_draft", "sent_on")
    elif drafts.returned_on is None:
        sentence = f"Comments on draft {drafts.number} are still out."
        yield Missing(sentence, "report_draft", "returned_on")


def _planned(facts: StageFacts) -> Iterator[Missing]:
    """Ask for the day of publication; of other kinds than the law has published, for the end."""
    wanted = [("publication_planned_on", "No day is planned for publication.")]
    if not _must_be_published(facts):
        yield from _finished(facts)
    elif facts.published_on is None:
        yield from _empty(facts, wanted)


def _must_be_published(facts: StageFacts) -> bool:
    return facts.is_ours and facts.kind in (LCSPR, "scr")


def _waits(facts: StageFacts) -> Iterator[Missing]:
    if facts.waits_for and facts.is_ours:
        sentence = f"Publication waits for: {_listed(facts.waits_for)}."
        yield Missing(sentence, "parallel_process", "ended_on")


def _report_sent(facts: StageFacts) -> Iterator[Missing]:
    """Ask whether the Panel and the Secretary of State had the report (Working Together)."""
    if facts.kind == LCSPR and facts.is_ours:
        sentence = "The report has not been sent to the Panel and the Secretary of State."
        yield from _empty(facts, [("report_sent_on", sentence)])


def _published(facts: StageFacts) -> Iterator[Missing]:
    wanted = [
        ("publication", "How it is published is not chosen."),
        ("published_on", "The day of publication is not recorded."),
    ]
    if _must_be_published(facts):
        yield from _empty(facts, wanted)


def _unpublished(facts: StageFacts) -> Iterator[Missing]:
    """Ask of an LCSPR that ended what was published (Children Act 2004, section 16F)."""
    if facts.kind == LCSPR:
        yield from _published(facts)


def _after_publication(facts: StageFacts) -> Iterator[Missing]:
    if facts.publication in ("improvements_only", "summary_only"):
        yield from _not_published(facts)
    elif facts.publication == "anonymous" and facts.kind == LCSPR:
        sentence = "The day on which it went to the national repository is not recorded."
        yield from _empty(facts, [("repository_sent_on", sentence)])
    elif facts.publication and facts.kind == LCSPR:
        yield from _empty(facts, [("published_at", "Where it is published is not recorded.")])


def _not_published(facts: StageFacts) -> Iterator[Missing]:
    """Ask for what stands in place of a report (Children Act 2004, section 16F)."""
    wanted = [
        ("not_published_reason", "Why the report is not published is not recorded."),
        (
            "improvements_sent_on",
            "The improvements have not been sent to the Panel and the Secretary of State.",
        ),
    ]
    if facts.kind == LCSPR:
        yield from _empty(facts, wanted)


def _ended(facts: StageFacts) -> Iterator[Missing]:
    rules = (_notified, _sent, _followed) if facts.is_rapid else (_unpublished, _told)
    for rule in rules:
        yield from rule(facts)


_Rules = tuple[StageName, tuple[Callable[[StageFacts], Iterator[Missing]], ...]]

_RAPID: tuple[_Rules, ...] = (
    (StageName.SETTING_UP, (_notified, _children, _requests)),
    (StageName.INFORMATION, (_requests, _meeting)),
    (StageName.ANALYSIS, (_meeting, _found_out)),
    (StageName.MEETING, (_found_out,)),
    (StageName.DECISION, (_decision,)),
    (StageName.SIGN_OFF, (_reason, _signed, _sent, _contributed)),
    (StageName.WITH_PANEL, (_letter, _contributed)),
    (StageName.CLARIFICATION, (_answer,)),
    (StageName.PANEL_REPLIED, (_followed, _finished)),
)
"""What each stage asks before the next, in the order of the stages; a later one asks it too."""

_FULL: tuple[_Rules, ...] = (
    (StageName.SETTING_UP, (_initiated, _told, _children, _terms, _contributed)),
    (StageName.REPORTS, (_reports, _engaged, _checks, _contributed)),
    (StageName.ENGAGEMENT, (_checks, _draft)),
    (StageName.DRAFT, (_draft, _checks)),
    (StageName.SIGN_OFF, (_signed, _planned, _checks)),
    (StageName.PUBLICATION, (_planned, _waits, _report_sent)),
    (StageName.PRE_PUBLICATION, (_published,)),
)

_OVER: dict[StageName, tuple[_Rules, ...]] = {
    StageName.PUBLISHED: ((StageName.PUBLISHED, (_after_publication, _report_sent, _told)),),
    StageName.NOT_PUBLISHED: ((StageName.NOT_PUBLISHED, (_not_published, _finished, _told)),),
    StageName.ENDED: ((StageName.ENDED, (_ended,)),),
}
"""What the law asks even when a review is over; the rest is not asked any more."""


def _listed(words: Iterable[str]) -> str:
    names = list(words)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
