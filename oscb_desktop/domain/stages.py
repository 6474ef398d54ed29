"""How far a review has come: told by what is recorded about it, never by a box to tick."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

RAPID_REVIEW, LCSPR = "rapid_review", "lcspr"
PARTNERS = ("local_authority", "health", "police")
_OF_OTHERS = ("contribution", "national")
ASKS_FOR_ANSWER = ("clarification", "quality_concern", "disagrees_should_be")
"""Letters of the Panel that stay open until they are answered."""


class StageName(StrEnum):
    """The stages, in the order in which a review goes through them."""

    SETTING_UP = "setting_up"
    INFORMATION = "information"
    ANALYSIS = "analysis"
    MEETING = "meeting"
    DECISION = "decision"
    SIGN_OFF = "sign_off"
    WITH_PANEL = "with_panel"
    CLARIFICATION = "clarification"
    PANEL_REPLIED = "panel_replied"
    REPORTS = "reports"
    ENGAGEMENT = "engagement"
    DRAFT = "draft"
    PUBLICATION = "publication"
    PRE_PUBLICATION = "pre_publication"
    PAUSED = "paused"
    DELAYED = "delayed"
    PUBLISHED = "published"
    NOT_PUBLISHED = "not_published"
    ENDED = "ended"


_WORDS = {
    StageName.SETTING_UP: "Setting up",
    StageName.INFORMATION: "Information requested",
    StageName.ANALYSIS: "Analysis",
    StageName.MEETING: "Meeting arranged",
    StageName.DECISION: "Decision to be recorded",
    StageName.SIGN_OFF: "Sign-off by the partners",
    StageName.WITH_PANEL: "Waiting for the Panel",
    StageName.CLARIFICATION: "Panel awaits our answer",
    StageName.PANEL_REPLIED: "Panel has replied",
    StageName.REPORTS: "Agency reports",
    StageName.ENGAGEMENT: "Practitioners and family",
    StageName.DRAFT: "Draft and accuracy",
    StageName.PUBLICATION: "Preparing publication",
    StageName.PRE_PUBLICATION: "Report sent, to be published",
    StageName.PAUSED: "Paused",
    StageName.DELAYED: "Publication delayed",
    StageName.PUBLISHED: "Published",
    StageName.NOT_PUBLISHED: "Not published",
    StageName.ENDED: "Ended",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a review stands; ``since`` is not known where no day was recorded.

    ``within`` is the stage that a pause or a delay holds up, and ``why`` what holds it up.
    """

    name: StageName
    since: date | None = None
    within: StageName | None = None
    why: str = ""

    @property
    def words(self) -> str:
        """The stage in a few words, the same for every review that is in it."""
        return _WORDS[self.name]

    @property
    def told(self) -> str:
        """The stage with what holds it up, ``Paused (inquest) at: agency reports``."""
        told = f"{self.words} ({self.why})" if self.why else self.words
        if self.within is None:
            return told
        held = _WORDS[self.within]
        return f"{told} at: {held[:1].lower()}{held[1:]}"


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that a review has reached; ``on`` is its first day, where one is recorded."""

    name: StageName
    on: date | None


@dataclass(frozen=True, slots=True)
class Requests:
    """What the agencies were asked for: requests sent, those without an answer, their days."""

    sent: int = 0
    open: int = 0
    first_on: date | None = None
    last_back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """The Panel's letters: the days of the first and the last, and of the last left unanswered."""

    first_on: date | None = None
    last_on: date | None = None
    unanswered_on: date | None = None


@dataclass(frozen=True, slots=True)
class SignOffs:
    """Which of the three partners have signed, and the last day on which one did."""

    by: frozenset[str] = frozenset()
    last_on: date | None = None

    @property
    def complete(self) -> bool:
        """Whether all three have."""
        return self.by.issuperset(PARTNERS)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The newest draft of the report, and how its round of accuracy stands."""

    number: int = 0
    first_on: date | None = None
    sent_on: date | None = None
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenPause:
    """A pause that lasts; ``why`` in words."""

    from_on: date
    why: str
    publication_only: bool = False
    panel_told: bool = False
    secretary_told: bool = False

    @property
    def words(self) -> str:
        """What rests, and why, in a few words."""
        return f"{'publication paused' if self.publication_only else 'paused'}: {self.why}"

    @property
    def is_told(self) -> bool:
        """Whether the Panel and the Secretary of State know of it."""
        return self.panel_told and self.secretary_told


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What is recorded about one review, as far as its stage follows from it.

    ``filled`` names the fields of the review that hold something. ``engaged_on`` is the first
    contact with practitioners or family; ``waits_for`` names, in words, the processes that hold
    up publication; ``lcspr_begun`` says whether another review arose from this one;
    ``unanswered_check_on`` is the day of the oldest written question that has no answer.
    ``meeting_on`` is the day of the panel's meeting, or the one typed where the file holds no
    meeting; ``typed_meeting_on`` is the typed one where it is the day of none of the meetings.
    ``children`` counts those of the review, ``left_out`` names those of the incident alone;
    ``we_notify`` says whether the notification is our authority's.
    """

    kind: str
    started_on: date
    role: str = "sole"
    finished_on: date | None = None
    has_incident: bool = True
    we_notify: bool = True
    notified_on: date | None = None
    children: int = 1
    left_out: tuple[str, ...] = ()
    meeting_on: date | None = None
    typed_meeting_on: date | None = None
    decided_on: date | None = None
    decision: str = ""
    sent_to_panel_on: date | None = None
    initiated_on: date | None = None
    report_sent_on: date | None = None
    published_on: date | None = None
    improvements_sent_on: date | None = None
    delay_told_on: date | None = None
    publication: str = ""
    delayed_by: str = ""
    reviewer_named: bool = False
    filled: frozenset[str] = frozenset()
    requests: Requests = Requests()
    letters: Letters = Letters()
    signed: SignOffs = SignOffs()
    drafts: Drafts = Drafts()
    pause: OpenPause | None = None
    engaged_on: date | None = None
    commissioned_on: date | None = None
    waits_for: tuple[str, ...] = ()
    lcspr_begun: bool = False
    progress_checks: int = 0
    unanswered_check_on: date | None = None

    @property
    def is_rapid(self) -> bool:
        """Whether it is a rapid review."""
        return self.kind == RAPID_REVIEW

    @property
    def is_ours(self) -> bool:
        """Whether its duties are ours: another area's, or the nation's, has others to do them."""
        return self.role != "contributor" and self.kind not in _OF_OTHERS

    @property
    def partners_sign(self) -> bool:
        """Whether the three partners sign it off (Working Together)."""
        return self.is_ours and self.kind in (RAPID_REVIEW, LCSPR)


def stage_of(facts: StageFacts, today: date) -> Stage:
    """Return how far a review has come by a day; what lies ahead of that day has not happened."""
    ended = _ended(facts, today)
    if ended is not None:
        return ended
    stage = _last(facts, today)
    pause = facts.pause
    if pause is not None and not pause.publication_only:
        return Stage(StageName.PAUSED, pause.from_on, stage.name, pause.why)
    if pause is not None:
        return Stage(StageName.DELAYED, pause.from_on, stage.name, pause.why)
    if facts.publication == "delayed" or facts.delayed_by:
        return Stage(StageName.DELAYED, facts.delay_told_on, stage.name, facts.delayed_by)
    return stage


def is_live(facts: StageFacts, today: date) -> bool:
    """Whether the subgroup still works on a review; a letter that asks nothing ends a rapid one."""
    name = stage_of(facts, today).name
    if name is StageName.PANEL_REPLIED:
        return facts.decision == LCSPR and not facts.lcspr_begun and facts.role != "contributor"
    return name not in (StageName.ENDED, StageName.PUBLISHED)


def _ended(facts: StageFacts, today: date) -> Stage | None:
    if _by(facts.published_on, today):
        return Stage(StageName.PUBLISHED, facts.published_on)
    if _by(facts.finished_on, today):
        return Stage(StageName.ENDED, facts.finished_on)
    if facts.publication == "not_published":
        return Stage(StageName.NOT_PUBLISHED, facts.improvements_sent_on)
    return None


def steps_of(facts: StageFacts, today: date) -> tuple[Step, ...]:
    """Return the stages that a review has reached by a day, in their order.

    The last is where it stands, unless it has ended or something holds it up.
    """
    return tuple(_rapid(facts, today) if facts.is_rapid else _full(facts, today))


def _last(facts: StageFacts, today: date) -> Stage:
    letters, last = facts.letters, steps_of(facts, today)[-1]
    if last.name is StageName.PANEL_REPLIED and letters.unanswered_on is not None:
        return Stage(StageName.CLARIFICATION, letters.unanswered_on)
    return Stage(last.name, letters.last_on if last.name is StageName.PANEL_REPLIED else last.on)


def _rapid(facts: StageFacts, today: date) -> Iterator[Step]:
    yield Step(StageName.SETTING_UP, facts.notified_on or facts.started_on)
    yield from _gathering(facts, today)
    if _by(facts.meeting_on, today):
        yield Step(StageName.DECISION, facts.meeting_on)
    if facts.decided_on is not None or facts.decision:
        yield Step(StageName.SIGN_OFF, facts.decided_on)
    if facts.sent_to_panel_on is not None:
        yield Step(StageName.WITH_PANEL, facts.sent_to_panel_on)
    if facts.letters.last_on is not None:
        yield Step(StageName.PANEL_REPLIED, facts.letters.first_on)


def _gathering(facts: StageFacts, today: date) -> Iterator[Step]:
    requests = facts.requests
    if requests.sent:
        yield Step(StageName.INFORMATION, requests.first_on)
    if requests.open:
        return
    if requests.sent:
        yield Step(StageName.ANALYSIS, requests.last_back_on)
    if facts.meeting_on is not None and facts.meeting_on > today:
        yield Step(StageName.MEETING, requests.last_back_on)


def _full(facts: StageFacts, today: date) -> Iterator[Step]:
    requests, signed, drafts = facts.requests, facts.signed, facts.drafts
    yield Step(StageName.SETTING_UP, facts.initiated_on or facts.started_on)
    if requests.sent or facts.reviewer_named or _by(facts.commissioned_on, today):
        yield Step(StageName.REPORTS, requests.first_on or facts.commissioned_on)
    written = bool(drafts.number or drafts.returned_on or signed.by) or _by(
        facts.report_sent_on, today
    )
    if _by(facts.engaged_on, today) and (written or not requests.open):
        yield Step(StageName.ENGAGEMENT, facts.engaged_on)
    if drafts.number:
        yield Step(StageName.DRAFT, drafts.first_on)
    if signed.by or drafts.returned_on:
        yield Step(StageName.SIGN_OFF, drafts.returned_on or signed.last_on)
    if signed.complete:
        yield Step(StageName.PUBLICATION, signed.last_on)
    elif drafts.returned_on and not facts.partners_sign:
        yield Step(StageName.PUBLICATION, drafts.returned_on)
    if _by(facts.report_sent_on, today):
        yield Step(StageName.PRE_PUBLICATION, facts.report_sent_on)


def _by(day: date | None, today: date) -> bool:
    return day is not None and day <= today
