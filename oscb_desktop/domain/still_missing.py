"""What is missing before a review reaches its next stage, and where each is put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.stages import LCSPR, PARTNERS, StageFacts, StageName, stage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
    """

    sentence: str
    kind: str
    field: str = ""


def missing(facts: StageFacts, today: date, *, is_late: bool = False) -> tuple[Missing, ...]:
    """Return what is missing before the next stage, the first to be put right first.

    ``is_late`` says that a statutory day of the review has passed: then its reason is asked for.
    """
    stage = stage_of(facts, today)
    name = stage.within or stage.name
    found = [*_of_the_pause(facts), *_of_the_delay(facts, is_late=is_late)]
    rules = _RAPID if facts.is_rapid else _FULL
    found += [one for rule in rules.get(name, ()) for one in rule(facts)]
    return tuple(found)


def _of_the_pause(facts: StageFacts) -> Iterator[Missing]:
    """Ask whether the Panel and the Secretary of State know why it waits (Working Together)."""
    pause = facts.pause
    if pause is not None and not pause.panel_told:
        yield Missing("The Panel has not been told of the pause.", "pause", "panel_told_on")
    if pause is not None and not pause.secretary_told:
        sentence = "The Secretary of State has not been told of the pause."
        yield Missing(sentence, "pause", "secretary_told_on")


def _of_the_delay(facts: StageFacts, *, is_late: bool) -> Iterator[Missing]:
    if facts.is_rapid:
        if is_late and facts.sent_to_panel_on and "late_reason" not in facts.filled:
            yield _review("Why it was late is not recorded.", "late_reason")
        return
    settled = facts.published_on is not None or facts.publication == "not_published"
    delayed = is_late or facts.delayed_by or facts.publication == "delayed"
    if settled or facts.kind != LCSPR or not delayed or facts.finished_on:
        return
    if not facts.delayed_by:
        yield _review("What delays publication is not recorded.", "delay_reasons")
    if facts.delay_told_on is None and facts.pause is None:
        sentence = "The Panel and the Secretary of State have not been told of the delay."
        yield _review(sentence, "delay_told_on")


def _review(sentence: str, field: str) -> Missing:
    return Missing(sentence, "review", field)


def _empty(facts: StageFacts, wanted: Iterable[tuple[str, str]]) -> Iterator[Missing]:
    for field, sentence in wanted:
        if field not in facts.filled:
            yield _review(sentence, field)


def _requests(facts: StageFacts) -> Iterator[Missing]:
    requests = facts.requests
    if not requests.sent:
        yield Missing("No agency has been asked for information.", "agency_request")
    elif requests.open:
        out = f"{requests.open} of {counted(requests.sent, 'agency answer')}"
        yield Missing(f"{out} {'is' if requests.open == 1 else 'are'} still out.", "agency_request")


def _notified(facts: StageFacts) -> Iterator[Missing]:
    if facts.notified_on is None:
        yield Missing("The notification has not been sent.", "incident", "notified_on")


def _meeting(facts: StageFacts) -> Iterator[Missing]:
    yield from _empty(facts, [("meeting_on", "No day is set for the panel meeting.")])


def _found_out(facts: StageFacts) -> Iterator[Missing]:
    """Ask for what a rapid review has to reach (Panel's guidance of June 2025, aims 1 and 4)."""
    wanted = [
        ("key_episodes", "The key practice episodes are not written up."),
        ("inequality", "Nothing is said of race, culture, disability and other inequality."),
    ]
    yield from _empty(facts, wanted)


_CRITERIA = {
    "criterion_improvement": "(a)",
    "criterion_recurrent": "(b)",
    "criterion_agencies": "(c)",
    "criterion_panel": "(d)",
}


def _decision(facts: StageFacts) -> Iterator[Missing]:
    """Ask for each answer that a decision needs (SI 2018/789, regulation 11)."""
    unanswered = [field for field in _CRITERIA if field not in facts.filled]
    if unanswered:
        marks = ", ".join(_CRITERIA[field] for field in unanswered)
        yield _review(f"Not yet answered: criteria {marks}.", unanswered[0])
    wanted = [
        ("criteria_met", "Whether the criteria are met is not answered."),
        ("lcspr_commissioned", "Whether an LCSPR is recommended is not answered."),
        ("national_potential", "Whether it may be of national importance is not answered."),
        ("decision", "What happens next is not decided."),
        ("decided_on", "The day of the decision is not recorded."),
    ]
    yield from _empty(facts, wanted)
    yield from _reason(facts)


def _reason(facts: StageFacts) -> Iterator[Missing]:
    yield from _empty(facts, [("decision_reason", "No reason is given for the decision.")])


def _signed(facts: StageFacts) -> Iterator[Missing]:
    if facts.role == "contributor":
        return
    out = [_PARTNER_WORDS[partner] for partner in PARTNERS if partner not in facts.signed.by]
    if out:
        yield Missing(f"Not signed off by {_listed(out)}.", "partner_sign_off")


def _sent(facts: StageFacts) -> Iterator[Missing]:
    if facts.role != "contributor":
        sentence = "It has not been sent to the Panel."
        yield from _empty(facts, [("sent_to_panel_on", sentence)])


def _letter(_facts: StageFacts) -> Iterator[Missing]:
    yield Missing("The Panel has not replied.", "panel_response")


def _answer(_facts: StageFacts) -> Iterator[Missing]:
    yield Missing("The Panel's letter is not answered.", "panel_response", "replied_on")


def _after_the_panel(facts: StageFacts) -> Iterator[Missing]:
    if facts.decision == LCSPR and not facts.lcspr_begun:
        yield Missing("The review that was decided on has not been started.", "review")
    yield from _finished(facts)


def _finished(facts: StageFacts) -> Iterator[Missing]:
    yield from _empty(facts, [("finished_on", "The day on which the work ended is not recorded.")])


def _initiated(facts: StageFacts) -> Iterator[Missing]:
    if facts.kind == LCSPR:
        wanted = [("initiated_on", "The day of the decision to start it is not recorded.")]
        yield from _empty(facts, wanted)
        told = {"panel_told_on": "the Panel", "ofsted_told_on": "Ofsted", "dfe_told_on": "DfE"}
        out = [field for field in told if field not in facts.filled]
        if out:
            yield _review(f"Not yet told of it: {_listed([told[one] for one in out])}.", out[0])


def _terms(facts: StageFacts) -> Iterator[Missing]:
    wanted = [
        ("terms", "The key lines of enquiry are not set."),
        ("scope_from", "The time that it looks at is not set."),
        ("reviewer", "No lead reviewer is named."),
    ]
    yield from _empty(facts, wanted)


def _checks(facts: StageFacts) -> Iterator[Missing]:
    if facts.kind == LCSPR and not facts.progress_checks:
        sentence = "No progress check is recorded (SI 2018/789, regulation 14)."
        yield Missing(sentence, "progress_check")
    if facts.unanswered_check_on is not None:
        day = format_date(facts.unanswered_check_on)
        sentence = f"What was asked in writing on {day} has no answer."
        yield Missing(sentence, "progress_check", "answered_on")


def _engaged(facts: StageFacts) -> Iterator[Missing]:
    if facts.engaged_on is None:
        yield Missing("No contact with practitioners or family is recorded.", "engagement")


def _draft(facts: StageFacts) -> Iterator[Missing]:
    drafts = facts.drafts
    if not drafts.number:
        yield Missing("No draft of the report is recorded.", "report_draft")
    elif drafts.sent_on is None:
        sentence = f"Draft {drafts.number} has not been sent for accuracy."
        yield Missing(sentence, "report_draft", "sent_on")
    elif drafts.returned_on is None:
        sentence = f"Comments on draft {drafts.number} are still out."
        yield Missing(sentence, "report_draft", "returned_on")


def _planned(facts: StageFacts) -> Iterator[Missing]:
    wanted = [("publication_planned_on", "No day is planned for publication.")]
    yield from _empty(facts, wanted)


def _to_publish(facts: StageFacts) -> Iterator[Missing]:
    if facts.waits_for:
        yield Missing(f"Publication waits for: {_listed(facts.waits_for)}.", "parallel_process")
    if facts.kind == LCSPR:
        sentence = "The report has not been sent to the Panel and the Secretary of State."
        yield from _empty(facts, [("report_sent_on", sentence)])


def _published(facts: StageFacts) -> Iterator[Missing]:
    wanted = [
        ("publication", "How it is published is not chosen."),
        ("published_on", "The day of publication is not recorded."),
    ]
    yield from _empty(facts, wanted)


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


_RAPID = {
    StageName.SETTING_UP: (_notified, _requests),
    StageName.INFORMATION: (_requests, _meeting),
    StageName.ANALYSIS: (_meeting, _found_out),
    StageName.MEETING: (_found_out,),
    StageName.DECISION: (_decision,),
    StageName.SIGN_OFF: (_reason, _signed, _sent),
    StageName.WITH_PANEL: (_letter,),
    StageName.CLARIFICATION: (_answer,),
    StageName.PANEL_REPLIED: (_after_the_panel,),
}
_FULL = {
    StageName.SETTING_UP: (_initiated, _terms),
    StageName.REPORTS: (_initiated, _terms, _requests, _engaged, _checks),
    StageName.ENGAGEMENT: (_checks, _draft),
    StageName.DRAFT: (_draft, _checks),
    StageName.SIGN_OFF: (_signed, _planned, _checks),
    StageName.PUBLICATION: (_planned, _to_publish),
    StageName.PRE_PUBLICATION: (_published,),
    StageName.PUBLISHED: (_after_publication,),
    StageName.NOT_PUBLISHED: (_not_published, _finished),
}


def _listed(words: Iterable[str]) -> str:
    names = list(words)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
