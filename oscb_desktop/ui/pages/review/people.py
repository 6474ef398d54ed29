"""Practitioners and family on a review's page: who was asked, what they said, what they wish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.review.progress import OfAFullReview, ReadRow
from oscb_desktop.ui.widgets.facts import Facts, known
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import link_button, quiet, strong, words

_FAMILY = ("family", "child")
_DAYS = {
    "contacted_on": "first contact",
    "letter_on": "letter",
    "met_on": "met",
    "draft_shared_on": "draft shared",
    "before_publication_on": "met before publication",
}
_SHOWN = ("said", "comments", "pseudonym", "feedback")


class EngagementSection(OfAFullReview):
    """A sentence about all, then each person or group with days and words."""

    def __init__(self, context: Context, read: ReadRow, fits: Callable[[str], bool]) -> None:
        super().__init__(context, "engagement", read, fits)

    def told(self, review: RecordRow, rows: Sequence[RecordRow]) -> QWidget:
        """Return the sentence and a block for each, the family first."""
        ordered = sorted(rows, key=lambda one: one.values["kind"] not in _FAMILY)
        blocks = (self._block(review, one) for one in ordered)
        return column(words(" ".join(summary(ordered))), *blocks, spacing=14)

    def call_it(self, review: RecordRow, name: str) -> None:
        """Give the review the name that was asked for, after asking."""
        question = (
            f"Call this review “{name}” in place of “{review.words('known_as')}”? "
            "A pseudonym must not be the real name, nor point to it."
        )
        if self._context.messages.ask(self, question, "Use this name"):
            command = AmendRecord("review", review.id, review.version, {"known_as": name})
            self._context.operations.do(command, self)

    def _block(self, review: RecordRow, one: RecordRow) -> QWidget:
        told = known(one, (self._kind.field(name) for name in _SHOWN))
        days = sorted(
            (str(one.values[name]), f"{what} {one.words(name)}")
            for name, what in _DAYS.items()
            if one.values[name]
        )
        when = ", ".join(told for _day, told in days)
        parts = [quiet(f"{when[:1].upper()}{when[1:]}.")] if when else []
        acts = [link_button("Edit", f"Edit {one.title}")]
        acts[0].clicked.connect(lambda: self.open_row(one.id))
        name = one.words("pseudonym")
        if name and one.values["kind"] in _FAMILY and name != review.values["known_as"]:
            use = link_button(f"Use “{name}” as the review's name…", f"Use the name {name}")
            use.clicked.connect(lambda: self.call_it(review, name))
            acts.append(use)
        line = QWidget()
        flow = FlowLayout(line, 12)
        for act in acts:
            flow.addWidget(act)
        said = [Facts(told)] if told else []
        return column(strong(_head(one)), *parts, *said, line, spacing=4)


def summary(rows: Sequence[RecordRow]) -> Iterator[str]:
    """Say how many of the family and of the practitioners took part, and who awaits the draft."""
    family = [row for row in rows if row.values["kind"] in _FAMILY]
    if family:
        part = sum(1 for row in family if row.values["response"] == "takes_part")
        asked = f"{len(family)} of the family asked"
        yield f"{asked}, {part} {'takes' if part == 1 else 'take'} part."
    invited, attended = (_sum(rows, name) for name in ("invited", "attended"))
    if invited or attended:
        yield f"{counted(invited, 'practitioner')} invited to events, {attended} came."
    unseen = [
        row.words("who")
        for row in family
        if row.values["response"] == "takes_part" and not row.values["draft_shared_on"]
    ]
    if unseen:
        yield f"Draft not shared yet with: {', '.join(unseen)}."


def _sum(rows: Sequence[RecordRow], name: str) -> int:
    return sum(value for row in rows if isinstance(value := row.values[name], int))


def _head(row: RecordRow) -> str:
    who = row.words("who")
    head = f"{who[:1].upper()}{who[1:]} ({row.words('kind').lower()})"
    invited, attended = row.words("invited"), row.words("attended")
    if invited or attended:
        return f"{head}: {invited or '0'} invited, {attended or '0'} came"
    answer = row.words("response").lower()
    return f"{head}: {answer}" if answer else head
