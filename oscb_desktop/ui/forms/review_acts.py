"""The form of an act on a review: some of its fields, and words that the act alone asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind, When
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.publication import PUBLISHED_AS, needed_for
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.publication import (
    NotPublish,
    PlanPublication,
    Publish,
    SendReport,
    TakeDown,
    TellOfDelay,
)
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.labels import heading, quiet, words

Given = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class ReviewAct:
    """One act: the word on its button, what it asks for, and the command that it becomes.

    ``today`` names the days that start as today where nothing is recorded.
    """

    name: str
    fields: tuple[Field, ...]
    command: Callable[[RecordRow, Given], Command]
    today: tuple[str, ...] = ()


class ReviewActForm(RecordForm):
    """Asks for what an act on a review needs; ``told`` is said above, ``lacks`` as what is odd."""

    def __init__(
        self,
        context: Context,
        review: RecordRow,
        act: ReviewAct,
        told: Iterable[str] = (),
        lacks: Iterable[str] = (),
    ) -> None:
        self._act = act
        row = _with_words_of_the_act(review, act.fields)
        today = context.operations.today()
        given: dict[str, Value] = {name: row.values[name] or today for name in act.today}
        super().__init__(context, "review", row, given, sections=("",))
        self.save_button.setText(act.name)
        self.save_button.setAccessibleName(act.name)
        # Each goes to the top, so the last comes first.
        for sentence in reversed(tuple(lacks)):
            self.add_above(words(sentence, "fault"))
        for sentence in reversed(tuple(told)):
            self.add_above(quiet(sentence))
        self.add_above(heading(act.name))

    def declared(self, kind: str) -> RecordKind:
        """Return the fields of the act as those of a review."""
        asked = (replace(field, section="", folded=False) for field in self._act.fields)
        return replace(record_kind(kind), fields=tuple(asked))

    def newer_row(self, row: RecordRow) -> RecordRow | None:
        """Return the review as it stands now, with room for the words of the act."""
        newer = super().newer_row(row)
        return None if newer is None else _with_words_of_the_act(newer, self._act.fields)

    def _show_newer(self) -> None:
        """Show what it holds now; a day that started as today starts so again."""
        super()._show_newer()
        typed = self.fields.dirty()
        for name in self._act.today:
            if name not in typed and self.fields.value_of(name) is None:
                self.fields.boxes[name].put(self.preset[name], {})

    def _command(self, values: dict[str, Value]) -> Command:
        assert self.row is not None
        return self._act.command(self.row, values)


class _ActRow(RecordRow):
    """A review with the words that an act asks for beside its own fields."""

    def words(self, name: str) -> str:
        """Return a field's value in words; the words of the act are in no record yet."""
        return super().words(name) if name in record_kind(self.kind).names else ""


def _with_words_of_the_act(row: RecordRow, fields: Sequence[Field]) -> RecordRow:
    values = {**{field.name: None for field in fields}, **row.values}
    return _ActRow(row.kind, row.id, row.version, row.title, row.withdrawn_at, values, row.titles)


def _of(name: str, *, required: bool = False, when: When | None = None) -> Field:
    declared = record_kind("review").field(name)
    return replace(declared, required=required, when=when or declared.when)


def _text(values: Given, name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _without(values: Given, name: str) -> dict[str, Value]:
    return {key: value for key, value in values.items() if key != name}


def plan_publication() -> ReviewAct:
    """Return the act of planning the day."""
    return ReviewAct(
        "Plan the publication",
        (_of("publication_planned_on", required=True), _of("publication_plan")),
        lambda row, values: PlanPublication(row.id, row.version, values),
    )


def send_report() -> ReviewAct:
    """Return the act of sending the report."""
    name = "report_sent_on"
    return ReviewAct(
        "Send the report",
        (_of(name, required=True),),
        lambda row, values: SendReport(row.id, row.version, values.get(name)),  # type: ignore[arg-type]
        (name,),
    )


def tell_of_delay() -> ReviewAct:
    """Return the act of telling why publication is delayed."""
    return ReviewAct(
        "Tell of the delay",
        (_of("delay_reasons", required=True), _of("delay_told_on", required=True)),
        lambda row, values: TellOfDelay(row.id, row.version, values),
        ("delay_told_on",),
    )


def publish(*, is_statutory: bool) -> ReviewAct:
    """Return the act of publishing; it asks for what each way of publishing needs.

    Whether a reason is needed depends on the day that is typed, so it is always offered.
    """

    def command(row: RecordRow, values: Given) -> Command:
        return Publish(row.id, row.version, _without(values, "reason"), _text(values, "reason"))

    fields = [_of("publication", required=True), _of("published_on", required=True)]
    fields += [_of(name, when=_asking(name)) for name in _BY_OUTCOME] if is_statutory else []
    fields += [] if is_statutory else [_of("published_at")]
    return ReviewAct("Publish", (*fields, _REASON), command, ("published_on",))


def not_publish() -> ReviewAct:
    """Return the act of saying that it is not published."""
    return ReviewAct(
        "Do not publish",
        (_of("not_published_reason", required=True), _of("improvements_sent_on")),
        lambda row, values: NotPublish(row.id, row.version, values),
    )


def take_down() -> ReviewAct:
    """Return the act of taking down what is published."""

    def command(row: RecordRow, values: Given) -> Command:
        on = values.get("taken_down_on")
        return TakeDown(row.id, row.version, on, _text(values, "decision"))  # type: ignore[arg-type]

    return ReviewAct(
        "Take down", (_of("taken_down_on", required=True), _DECIDED), command, ("taken_down_on",)
    )


def tell_of_start() -> ReviewAct:
    """Return the act of telling the Panel, Ofsted and DfE of a review and of its reviewer."""
    names = ("panel_told_on", "ofsted_told_on", "dfe_told_on")

    def command(row: RecordRow, values: Given) -> Command:
        different = {name: day for name, day in values.items() if day != row.values[name]}
        return AmendRecord("review", row.id, row.version, different)

    return ReviewAct("Tell of the review", tuple(_of(name) for name in names), command, names)


_BY_OUTCOME = (
    "published_at",
    "repository_sent_on",
    "not_published_reason",
    "improvements_sent_on",
)
_REASON = Field(
    "reason",
    "Why it is published all the same",
    FieldKind.LONG_TEXT,
    "Needed where something stands against it. Kept with the publication plan.",
)
_DECIDED = Field(
    "decision",
    "Who decided it, and why",
    FieldKind.LONG_TEXT,
    "Kept with the publication plan.",
    required=True,
)


def _asking(name: str) -> When:
    """Return when a field is asked for: with each outcome that needs it."""
    wanting = [one for one in PUBLISHED_AS if name in needed_for(one, is_statutory=True)]
    return When("publication", tuple(wanting))
