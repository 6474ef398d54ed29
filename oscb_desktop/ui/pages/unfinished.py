"""What was typed and not saved, offered again."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import from_json
from oscb_desktop.queries.drafts import DraftRow, unfinished
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.annual.way import open_chapter
from oscb_desktop.ui.widgets.labels import button, words

_MOST = 3


class UnfinishedLines(QWidget):
    """A line for each form that was left with typing in it, the newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[DraftRow, ...] = ()

    def refresh(self) -> None:
        """Read again what was not finished."""
        found = self._context.operations.read(unfinished)[:_MOST]
        if found != self._shown:
            self._shown = found
            while (item := self._rows.takeAt(0)) is not None:
                line = item.widget()
                if line is not None:
                    line.hide()
                    line.deleteLater()
            for draft in found:
                self._rows.addWidget(self._line(draft))
        self.setVisible(bool(found))

    def go_on(self, draft: DraftRow) -> None:
        """Open the form, or the record under which it is typed."""
        kind, go = record_kind(draft.kind), self._context.navigation
        owner = draft.preset.get(kind.parent)
        if draft.kind == "narrative":
            open_chapter(self._context, draft.record_id, draft.preset)
        elif draft.record_id is not None:
            go.open_record(draft.kind, draft.record_id)
        elif (kind.append_only or kind.identifying) and isinstance(owner, int):
            go.open_record(kind.field(kind.parent).to, owner)
        else:
            known = {name: value for name, value in draft.preset.items() if name in kind.names}
            preset = {name: from_json(kind.field(name), value) for name, value in known.items()}
            go.add_record(draft.kind, preset)

    def _line(self, draft: DraftRow) -> QWidget:
        outer = QWidget()
        row = QHBoxLayout(outer)
        row.setContentsMargins(0, 0, 0, 0)
        told = f"Not finished: {draft.title}, {typed_at(self._context, draft)}"
        label = words(told)
        label.setWordWrap(False)
        go_on = button("Go on", f"Go on. {told}")
        go_on.clicked.connect(lambda: self.go_on(draft))
        row.addWidget(label)
        row.addWidget(go_on)
        row.addStretch(1)
        return outer


def typed_at(context: Context, draft: DraftRow) -> str:
    """Say when something was typed, without the year where it is this one."""
    day = format_date(draft.saved_at.date())
    day = day.removesuffix(f" {context.operations.today().year}")
    return f"typed {day} {draft.saved_at:%H:%M}"
