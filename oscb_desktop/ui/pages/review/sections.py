"""The sections of a review's page, in the order of the work, under a few headings to jump by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.still_missing import Missing
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.record_sections import FieldsSection, LinkedSection, OwnedSection
from oscb_desktop.ui.pages.review.case import ChildrenSection, IncidentSection
from oscb_desktop.ui.pages.review.costs import CostsSection
from oscb_desktop.ui.pages.review.decision import (
    DecisionSection,
    PanelLettersSection,
    SignOffSection,
)
from oscb_desktop.ui.pages.review.learning import (
    ActionsSection,
    LearningSection,
    RecommendationsSection,
    ThemesSection,
)
from oscb_desktop.ui.pages.review.meetings import MeetingsSection
from oscb_desktop.ui.pages.review.people import EngagementSection
from oscb_desktop.ui.pages.review.plan import PlanSection
from oscb_desktop.ui.pages.review.progress import (
    DraftsSection,
    ProcessesSection,
    ProgressSection,
)
from oscb_desktop.ui.pages.review.publication import PublicationSection
from oscb_desktop.ui.pages.review.requests import RequestsSection
from oscb_desktop.ui.pages.review.reviewer import ReviewerSection
from oscb_desktop.ui.pages.review.setup import SetUpSection
from oscb_desktop.ui.pages.review.standing import StandingSection
from oscb_desktop.ui.pages.section import Section

_RAPID = "rapid_review"
_NOT_OF_A_RAPID_REVIEW = frozenset(
    {"commission", "engagement", "progress_check", "report_draft", "dissemination"}
)
_NOTIFIED = frozenset({_RAPID, "lcspr", "scr", "contribution", "national"})
"""The kinds of review that the Panel writes about and that the three partners sign."""

_ONLY_OF = {"panel_response": _NOTIFIED, "partner_sign_off": _NOTIFIED}


class ReviewSections:
    """Makes the sections of one review; ``read`` returns it as it stands in the file."""

    def __init__(
        self,
        context: Context,
        review: int,
        read: Callable[[], RecordRow | None],
        lead_to: Callable[[Missing], None],
    ) -> None:
        self._lead_to = lead_to
        self._context = context
        self._review = review
        self._read = read
        self._kind = record_kind("review")

    def all(self) -> Sequence[Section]:
        """Return every section; each shows itself only where it applies to the kind of review."""
        return [
            StandingSection(self._context, self._review, self._lead_to),
            *_under("The case", self._case()),
            *_under("The work", self._work()),
            *_under("Outcome", self._outcome()),
            *_under("Learning", self._learning()),
            *_under("Papers and past", self._past()),
        ]

    def _case(self) -> Iterator[Section]:
        yield self._fields("The review", "The review", without=("children",))
        yield IncidentSection(self._context, self._incident)
        yield self._discussion()
        yield ChildrenSection(self._context, self._read)

    def _work(self) -> Iterator[Section]:
        yield PlanSection(self._context, self._read)
        yield SetUpSection(self._context, self._read)
        yield ReviewerSection(self._context, self._read, partial(can_have, kind="commission"))
        yield CostsSection(self._context, record_kind("cost_line"), lambda: self._review)
        requests = RequestsSection(self._context, self._read)
        yield requests
        yield MeetingsSection(self._context, self._review)
        yield EngagementSection(self._context, self._read, partial(can_have, kind="engagement"))
        yield ProcessesSection(
            self._context, self._read, partial(can_have, kind="parallel_process")
        )
        yield self.owned("pause")
        yield ProgressSection(self._context, self._read, partial(can_have, kind="progress_check"))
        yield DraftsSection(
            self._context,
            self._read,
            partial(can_have, kind="report_draft"),
            requests.ask_accuracy,
        )
        yield self.owned("legal_advice")

    def _outcome(self) -> Iterator[Section]:
        yield self._fields("Analysis", "What was found out", without=("themes",))
        yield DecisionSection(self._context, self._read)
        yield SignOffSection(self._context, self._read)
        yield PanelLettersSection(self._context, self._read)
        yield PublicationSection(self._context, self._read)

    def _learning(self) -> Iterator[Section]:
        yield self.owned("finding")
        yield RecommendationsSection(self._context, self._review)
        yield ActionsSection(self._context, record_kind("action"), lambda: self._review)
        yield LearningSection(self._context, self._review)
        yield ThemesSection(self._context, self._read)
        summary = self._fields("Learning summary", "Learning summary")
        summary.add_act(
            "Word it beside the paper…", "Word it beside the paper: learning summary", self._word
        )
        yield summary
        yield self._linked("dissemination", "review")
        yield self._linked("impact", "reviews")

    def _word(self) -> None:
        self._context.navigation.open_page("summary", {"review": str(self._review)})

    def _past(self) -> Iterator[Section]:
        led_to = self._linked("review", "arose_from")
        led_to.rename("Reviews that arose from it")
        yield led_to
        yield self._linked("legal_hold", "reviews")
        yield self._linked("release", "review")

    def owned(self, kind: str) -> OwnedOfReview:
        """Return the section of what a review owns of one kind."""
        return OwnedOfReview(self._context, kind, self._read)

    def _fields(self, name: str, section: str, without: Sequence[str] = ()) -> FieldsSection:
        groups = (section, "") if section == "The review" else (section,)
        return FieldsSection(self._context, name, self._kind, self._read, groups, without)

    def _linked(self, kind: str, field: str) -> LinkedSection:
        declared = record_kind(kind)
        return LinkedSection(self._context, declared, declared.field(field), self._review)

    def _discussion(self) -> OwnedSection:
        kind = record_kind("notification_discussion")
        section = OwnedSection(self._context, kind, self._incident_id)
        section.kinds = section.kinds | {"review"}
        return section

    def _incident_id(self) -> int | None:
        row = self._read()
        incident = row.values["incident"] if row else None
        return incident if isinstance(incident, int) else None

    def _incident(self) -> RecordRow | None:
        incident = self._incident_id()
        if incident is None:
            return None
        return self._context.operations.read(records.record, "incident", incident)


class OwnedOfReview(OwnedSection):
    """What a review owns of one kind, where a review of its kind can have it."""

    def __init__(self, context: Context, kind: str, read: Callable[[], RecordRow | None]) -> None:
        super().__init__(context, record_kind(kind), self._review_id)
        self._read = read
        self.kinds = self.kinds | {"review"}

    def build(self) -> QWidget | None:
        """Return the table, or nothing for a kind of review that never has such records."""
        row = self._read()
        if row is None or not (can_have(str(row.values["kind"]), self._kind.name) or self.rows()):
            return None
        return super().build()

    def _review_id(self) -> int | None:
        row = self._read()
        return row.id if row else None


def can_have(kind_of_review: str, kind: str) -> bool:
    """Whether a review of this kind can have records of that kind."""
    if kind in _ONLY_OF:
        return kind_of_review in _ONLY_OF[kind]
    return kind_of_review != _RAPID or kind not in _NOT_OF_A_RAPID_REVIEW


def _under(group: str, sections: Iterator[Section]) -> Iterator[Section]:
    for section in sections:
        section.group = group
        yield section
