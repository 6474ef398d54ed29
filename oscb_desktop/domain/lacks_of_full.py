"""What each stage of a full review asks before the next, and the law even after its end."""

from __future__ import annotations

from collections.abc import Iterator

from oscb_desktop.domain.date_words import format_date, listed
from oscb_desktop.domain.lacks import (
    Missing,
    Rules,
    children,
    contributed,
    empty,
    finished,
    of_review,
    requests,
    signed,
)
from oscb_desktop.domain.stages import LCSPR, StageFacts, StageName


def _initiated(facts: StageFacts) -> Iterator[Missing]:
    if facts.kind == LCSPR and facts.is_ours:
        wanted = [("initiated_on", "The day of the decision to start it is not recorded.")]
        yield from empty(facts, wanted)


def _told(facts: StageFacts) -> Iterator[Missing]:
    """Ask whether those who must be know of an LCSPR and its reviewer (Working Together)."""
    told = {"panel_told_on": "the Panel", "ofsted_told_on": "Ofsted", "dfe_told_on": "DfE"}
    out = [field for field in told if field not in facts.filled]
    if out and facts.kind == LCSPR and facts.is_ours:
        yield of_review(f"Not yet told of it: {listed([told[one] for one in out])}.", out[0])


def _terms(facts: StageFacts) -> Iterator[Missing]:
    wanted = [
        ("terms", "The key lines of enquiry are not set."),
        ("scope_from", "The time that it looks at is not set."),
    ]
    if facts.is_ours:
        yield from empty(facts, wanted)
    if facts.is_ours and not facts.reviewer_named:
        yield from empty(facts, [("reviewer", "No lead reviewer is named.")])


def _reports(facts: StageFacts) -> Iterator[Missing]:
    if facts.is_ours:
        yield from requests(facts)


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
        yield from finished(facts)
    elif facts.published_on is None:
        yield from empty(facts, wanted)


def _must_be_published(facts: StageFacts) -> bool:
    return facts.is_ours and facts.kind in (LCSPR, "scr")


def _waits(facts: StageFacts) -> Iterator[Missing]:
    if facts.waits_for and facts.is_ours:
        sentence = f"Publication waits for: {listed(facts.waits_for)}."
        yield Missing(sentence, "parallel_process", "ended_on")


def _report_sent(facts: StageFacts) -> Iterator[Missing]:
    """Ask whether the Panel and the Secretary of State had the report (Working Together)."""
    if facts.kind == LCSPR and facts.is_ours:
        sentence = "The report has not been sent to the Panel and the Secretary of State."
        yield from empty(facts, [("report_sent_on", sentence)])


def _published(facts: StageFacts) -> Iterator[Missing]:
    wanted = [
        ("publication", "How it is published is not chosen."),
        ("published_on", "The day of publication is not recorded."),
    ]
    if _must_be_published(facts):
        yield from empty(facts, wanted)


def _unpublished(facts: StageFacts) -> Iterator[Missing]:
    """Ask of an LCSPR that ended what was published (Children Act 2004, section 16F)."""
    if facts.kind == LCSPR:
        yield from _published(facts)


def _after_publication(facts: StageFacts) -> Iterator[Missing]:
    if facts.publication in ("improvements_only", "summary_only"):
        yield from _not_published(facts)
    elif facts.publication == "anonymous" and facts.kind == LCSPR:
        sentence = "The day on which it went to the national repository is not recorded."
        yield from empty(facts, [("repository_sent_on", sentence)])
    elif facts.publication and facts.kind == LCSPR:
        yield from empty(facts, [("published_at", "Where it is published is not recorded.")])


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
        yield from empty(facts, wanted)


FULL: tuple[Rules, ...] = (
    (StageName.SETTING_UP, (_initiated, _told, children, _terms, contributed)),
    (StageName.REPORTS, (_reports, _engaged, _checks, contributed)),
    (StageName.ENGAGEMENT, (_checks, _draft)),
    (StageName.DRAFT, (_draft, _checks)),
    (StageName.SIGN_OFF, (signed, _planned, _checks)),
    (StageName.PUBLICATION, (_planned, _waits, _report_sent)),
    (StageName.PRE_PUBLICATION, (_published,)),
)
"""The stages in their order; a later one asks what an earlier one did."""

FULL_OVER: tuple[Rules, ...] = (
    (StageName.PUBLISHED, (_after_publication, _report_sent, _told)),
    (StageName.NOT_PUBLISHED, (_not_published, finished, _told)),
    (StageName.ENDED, (_unpublished, _told)),
)
"""What the law asks when it is over; the rest is not asked any more."""
