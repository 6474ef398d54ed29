"""The publication on a review's page: what stands before it, its acts, and how long it stays up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.publication import (
    NOT_PUBLISHED,
    Publication,
    action_plan_words,
    availability_words,
    before_publishing,
    delay_words,
    report_words,
)
from oscb_desktop.domain.validation import applies
from oscb_desktop.queries.publication import action_plan, publication_of
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.review_letters import delay_letter
from oscb_desktop.services.releases import as_words
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms import review_acts
from oscb_desktop.ui.forms.review_acts import ReviewAct, ReviewActForm
from oscb_desktop.ui.pages.record_sections import FieldsSection, column
from oscb_desktop.ui.widgets.facts import Facts, known
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import link_button, quiet, strong, words

_READS = ("partner_sign_off", "engagement", "parallel_process", "extra_holiday", "pause", "action")
_DUTY = (
    "A report that is not published leaves two duties: to publish information about the "
    "improvements that should follow, and to send it with this justification to the Panel and the "
    "Secretary of State."
)
_ACTION_PLAN = "This ends the work on the review. Its actions stay live until they are assured."
_COPY = "Copy the letter about the delay"


class PublicationSection(FieldsSection):
    """What is known of the publication, what is to be seen to first, and each step as an act."""

    def __init__(self, context: Context, read: Callable[[], RecordRow | None]) -> None:
        super().__init__(context, "Publication", record_kind("review"), read, ("Publication",))
        self.kinds = self.kinds | set(_READS)
        self._plan = self.add_act("Plan…", "Plan the publication", self.plan)
        self._send = self.add_act("Send the report…", "Send the report", self.send)
        self._publish = self.add_act("Publish…", "Publish this review", self.publish)

    def build(self) -> QWidget | None:
        """Return what is told of it, what is missing, what is recorded, and the rarer acts."""
        row, facts = self._read(), self._facts()
        if row is None or facts is None:
            return None
        fields = [field for field in self._fields() if applies(field, row.values)]
        if not fields:
            return None
        self.show_acts(shown=True)
        told = known(row, fields)
        parts = [*self._told(facts), *_lacking(facts)]
        parts.append(Facts(told) if told else quiet("Nothing recorded yet."))
        acts = list(self._rarer(facts))
        return column(*parts, *([_side_by_side(acts)] if acts else []))

    def show_acts(self, *, shown: bool) -> None:
        """Offer the acts that make sense at this point."""
        super().show_acts(shown=shown)
        facts = self._facts() if shown else None
        going = facts is not None and not facts.is_over
        sent = facts is not None and facts.report_sent_on is not None
        self._plan.setVisible(going)
        self._send.setVisible(going and not sent)
        self._publish.setVisible(going)

    def edit_field(self, name: str) -> None:
        """Open the act that means a field where there is one, and the form of all otherwise."""
        facts = self._facts()
        act = _ACTS.get(name) if facts is not None and facts.published_on is None else None
        if act is None:
            self.edit()
        else:
            act(self)

    def plan(self) -> None:
        """Ask for the day, saying what has to be done before it."""
        facts = self._facts()
        if facts is not None:
            rule = (
                f"The report goes to the Panel and the Secretary of State {facts.working_days} "
                "working days before."
            )
            self._open(review_acts.plan_publication(), [rule], before_publishing(facts))

    def send(self) -> None:
        """Ask for the day on which the report went."""
        facts = self._facts()
        if facts is not None:
            due = report_words(facts) or "No day is planned for publication yet."
            self._open(review_acts.send_report(), [due], facts.unsigned)

    def tell_of_delay(self) -> None:
        """Ask for the reasons and the day on which they were told."""
        facts = self._facts()
        if facts is not None:
            said = self._delay(facts)
            self._open(review_acts.tell_of_delay(), [said] if said else [])

    def publish(self) -> None:
        """Ask how and when, naming what is still to be seen to."""
        facts = self._facts()
        if facts is not None:
            act = review_acts.publish(is_statutory=facts.is_statutory)
            self._open(act, [_ACTION_PLAN], before_publishing(facts))

    def not_publish(self) -> None:
        """Ask for the justification."""
        facts = self._facts()
        if facts is not None:
            self._open(review_acts.not_publish(), [_DUTY] if facts.is_statutory else [])

    def take_down(self) -> None:
        """Ask for day and decision."""
        facts = self._facts()
        if facts is not None:
            told = availability_words(facts, self._context.operations.today())
            self._open(review_acts.take_down(), [told])

    def _open(self, act: ReviewAct, told: Sequence[str], lacks: Sequence[str] = ()) -> None:
        row = self._read()
        if row is not None:
            self.open_form(ReviewActForm(self._context, row, act, told, lacks))

    def _told(self, facts: Publication) -> Iterator[QWidget]:
        delay, today = self._delay(facts), self._context.operations.today()
        if delay:
            yield words(delay, "" if facts.delay_told_on else "fault")
        plan = self._action_plan() if facts.is_over else ""
        for said in (report_words(facts), availability_words(facts, today), plan):
            if said:
                yield words(said)

    def _action_plan(self) -> str:
        row = self._read()
        if row is None:
            return ""
        return action_plan_words(*self._context.operations.read(action_plan, row.id))

    def _delay(self, facts: Publication) -> str:
        return delay_words(facts, self._context.operations.today())

    def _rarer(self, facts: Publication) -> Iterator[QPushButton]:
        if facts.published_on is not None:
            if facts.taken_down_on is None:
                yield _act("Take down…", self.take_down)
            return
        if facts.outcome == NOT_PUBLISHED:
            return
        yield _act("Tell of the delay…", self.tell_of_delay)
        copy = _act(_COPY, lambda: self._copy(copy))
        yield copy
        yield _act("Do not publish…", self.not_publish)

    def _copy(self, pressed: QPushButton) -> None:
        row = self._read()
        if row is not None:
            text = self._context.operations.read(delay_letter, row.id)
            words = as_words("Letter of a delay", text, row.id)
            if saving_out.copy_words(self._context, self, words):
                pressed.setText("Copied")

    def _facts(self) -> Publication | None:
        row = self._read()
        return None if row is None else self._context.operations.read(publication_of, row.id)


_ACTS: dict[str, Callable[[PublicationSection], None]] = {
    "publication_planned_on": PublicationSection.plan,
    "report_sent_on": PublicationSection.send,
    "publication": PublicationSection.publish,
    "published_on": PublicationSection.publish,
    "delay_reasons": PublicationSection.tell_of_delay,
    "delay_told_on": PublicationSection.tell_of_delay,
}
"""The act that a missing field leads to."""


def _lacking(facts: Publication) -> Iterator[QWidget]:
    if facts.is_over:
        return
    lacks = before_publishing(facts)
    if lacks:
        lines = (words(f"•  {sentence}") for sentence in lacks)
        yield column(strong("Before it is published"), *lines, spacing=2)


def _act(text: str, act: Callable[[], None]) -> QPushButton:
    made = link_button(text, text.removesuffix("…"))
    made.clicked.connect(act)
    return made


def _side_by_side(buttons: Sequence[QPushButton]) -> QWidget:
    line = QWidget()
    flow = FlowLayout(line, 12)
    for choice in buttons:
        flow.addWidget(choice)
    return line
