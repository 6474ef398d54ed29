"""A recommendation's page: beside its own fields, the others that say the same, or may."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from oscb_desktop.queries.likeness import DIFFERENT, SAME, LikeRow, confirmed, suggestions
from oscb_desktop.services.likeness import JudgeLikeness
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import quiet, strong
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_SAME, _DIFFERENT = "S", "D"


class RecommendationPage(RecordPage):
    """One recommendation."""

    def __init__(self, context: Context, record_id: int) -> None:
        super().__init__(context, "recommendation", record_id)

    def make_sections(self) -> Sequence[Section]:
        """Return its own fields, what says the same, and then what every record has."""
        own = self.own_sections()
        alike = LikenessSection(self.context, self.record_id)
        owned = [one for one in self.owned_sections() if one.name != "Likenesses"]
        return [*own, alike, *owned, *self.linked_sections(), self.past()]


class LikenessSection(Section):
    """Recommendations that say the same; a suggestion is confirmed or dismissed for good."""

    def __init__(self, context: Context, recommendation: int) -> None:
        super().__init__("The same lesson elsewhere", ("recommendation", "likeness", "review"))
        self._context = context
        self._recommendation = recommendation
        self.table: KeyedTable | None = None

    def build(self) -> QWidget | None:
        """Return what was confirmed, and what is suggested with the words in common."""
        read = self._context.operations.read
        self.table = None
        try:
            found = read(suggestions, self._recommendation)
        except LookupError:  # it lies in the bin
            return None
        same = read(confirmed, self._recommendation)
        parts: list[QWidget] = []
        if same:
            parts += [strong("These teach the same lesson"), self._same(same)]
        if found:
            self.table = self._suggested(found)
            parts += [
                strong("These may say the same"),
                quiet(
                    f"{_SAME}: the same lesson, one line in the composite plan. {_DIFFERENT}: "
                    "different things, not suggested again. Enter opens it."
                ),
                self.table,
            ]
        return column(*(parts or [quiet("No other recommendation uses the same words.")]))

    def judge(self, other: int, key: str) -> None:
        """Keep what was decided."""
        verdict = SAME if key == _SAME else DIFFERENT
        self._context.operations.do(JudgeLikeness(self._recommendation, other, verdict), self)

    def _same(self, rows: Sequence[LikeRow]) -> SmallTable:
        lines = [Line(row.id, (row.reference, row.text, row.review)) for row in rows]
        table = KeyedTable(
            "The same lesson", ("Reference", "Recommendation", "Review"), lines, 1, (_DIFFERENT,)
        )
        table.keyed.connect(self.judge)
        table.opened.connect(self._open)
        return table

    def _suggested(self, rows: Sequence[LikeRow]) -> KeyedTable:
        lines = [
            Line(row.id, (row.reference, row.text, row.review, ", ".join(row.shared)))
            for row in rows
        ]
        headings = ("Reference", "Recommendation", "Review", "Words in common")
        table = KeyedTable("May say the same", headings, lines, 1, (_SAME, _DIFFERENT))
        table.keyed.connect(self.judge)
        table.opened.connect(self._open)
        return table

    def _open(self, other: int) -> None:
        self._context.navigation.open_record("recommendation", other)
