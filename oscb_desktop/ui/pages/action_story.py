"""What is known of one action: its recommendation, its dates, its evidence, its notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import drifted, format_date
from oscb_desktop.queries import records
from oscb_desktop.queries.actions import action_row, moved_by
from oscb_desktop.queries.assurance import CheckRow, checks_of
from oscb_desktop.queries.chasing import mailings
from oscb_desktop.queries.escalation import steps_taken
from oscb_desktop.queries.impact import impacts_of
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.review.learning import action_standing
from oscb_desktop.ui.widgets.facts import Facts
from oscb_desktop.ui.widgets.labels import link_button, quiet, selectable, strong, title


class ActionStory(QWidget):
    """One action, read from top to bottom; its notes newest first."""

    def __init__(self, context: Context, row: RecordRow, *, on_its_page: bool = False) -> None:
        super().__init__()
        self._context = context
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        if not on_its_page:
            layout.addWidget(title(row.words("reference")))
        layout.addWidget(selectable(row.words("text")))
        layout.addWidget(Facts(self._facts(row)))
        if not on_its_page:
            layout.addWidget(self._way_to_page(row))
        layout.addWidget(strong("Notes"))
        for line in self._notes(row):
            layout.addWidget(line)
        layout.addStretch(1)

    def _way_to_page(self, row: RecordRow) -> QWidget:
        way = link_button("Open its page", f"Open the page of {row.words('reference')}")
        way.clicked.connect(lambda: self._context.navigation.open_record("action", row.id))
        return way

    def _facts(self, row: RecordRow) -> list[tuple[str, str]]:
        today = self._context.operations.today()
        pairs = [
            ("How it stands", action_standing(row, today)),
            ("Colour", self._colour(row)),
            ("Review", row.words("review")),
            ("Recommendation", self._recommendation(row)),
            ("Also serves", row.words("also_serves")),
            (
                "Lead",
                ", ".join(part for part in (row.words("lead_agency"), row.words("owner")) if part),
            ),
            ("Due", self._due(row)),
            ("Expected outcome", row.words("expected_outcome")),
            ("What changed", row.words("outcome")),
            ("Evidence", "\n".join(self._evidence(row))),
            ("Assurance", self._assurance(row)),
            ("Follow-up checks", "\n".join(self._checks(row))),
            ("Impact", "\n".join(self._impact(row))),
            ("Escalated", "\n".join(self._escalated(row))),
            ("Asked after", "\n".join(self._asked(row))),
        ]
        return [(label, text) for label, text in pairs if text]

    def _recommendation(self, row: RecordRow) -> str:
        linked = row.values["recommendation"]
        if not isinstance(linked, int):
            return ""
        found = self._context.operations.read(records.record, "recommendation", linked)
        return f"{found.words('reference')} {found.words('text')}" if found else ""

    def _colour(self, row: RecordRow) -> str:
        operations = self._context.operations
        listed = operations.read(action_row, row.id, operations.today())
        if listed is None:
            return ""
        shade = listed.shade
        return shade.words if shade.reason else shade.shown.label

    def _due(self, row: RecordRow) -> str:
        due, first = row.words("due_on"), row.words("original_due_on")
        lines = [due] if due == first or not first else [f"{due}, originally {first}"]
        to, since = row.values["due_on"], row.values["original_due_on"]
        if isinstance(to, date) and isinstance(since, date) and to != since:
            lines[0] += f": {drifted((to - since).days)}"
        who = self._context.operations.read(moved_by, row.id)
        lines += [
            f"Moved on {move.words('revised_on')} to {move.words('to_on')} by "
            f"{who.get(move.id, 'somebody')}: {move.words('reason')}"
            for move in reversed(self._owned("due_revision", row))
        ]
        return "\n".join(line for line in lines if line)

    def _evidence(self, row: RecordRow) -> list[str]:
        return [
            ", ".join(
                part
                for part in (
                    item.words("description"),
                    item.words("kind").lower(),
                    f"received {item.words('received_on')}",
                    item.words("kept_at"),
                    "kept in this file" if item.values["attachments"] else "",
                )
                if part
            )
            for item in self._owned("evidence", row)
        ]

    def _assurance(self, row: RecordRow) -> str:
        by, on = row.words("signed_off_by"), row.words("signed_off_on")
        signed = f"signed off by {by} on {on}" if by and on else ""
        return ", ".join(part for part in (row.words("assurance"), signed) if part)

    def _escalated(self, row: RecordRow) -> list[str]:
        return [taken.words() for taken in self._context.operations.read(steps_taken, row.id)]

    def _checks(self, row: RecordRow) -> list[str]:
        operations = self._context.operations
        return [check_words(one) for one in operations.read(checks_of, row.id, operations.today())]

    def _impact(self, row: RecordRow) -> list[str]:
        return [
            f"{found.words('reference')}, seen {found.words('seen_on')}: "
            f"{found.words('what_changed')} Known by: {found.words('how_known')}"
            for found in self._context.operations.read(impacts_of, row.id)
        ]

    def _asked(self, row: RecordRow) -> list[str]:
        return [sent.words() for sent in self._context.operations.read(mailings, row.id)]

    def _notes(self, row: RecordRow) -> list[QWidget]:
        notes = sorted(
            self._owned("progress_note", row),
            key=lambda note: (str(note.values["noted_on"]), note.id),
            reverse=True,
        )
        if not notes:
            return [quiet("No note yet.")]
        lines: list[QWidget] = []
        for note in notes:
            source = ", ".join(part for part in (note.words("noted_on"), note.words("by")) if part)
            lines += [quiet(source), selectable(note.words("note"))]
        return lines

    def _owned(self, kind: str, row: RecordRow) -> Sequence[RecordRow]:
        return self._context.operations.read(records.records, kind, owner=row.id)


def check_words(row: CheckRow) -> str:
    """Return what one follow-up check found, or when it is to be done."""
    if row.checked_on is None:
        late = ", overdue" if row.is_overdue else ""
        return f"{row.kind_words}: due {format_date(row.due_on)}{late}"
    found = f"{row.kind_words}: {format_date(row.checked_on)}, {row.result_words.lower()}"
    by = f" ({row.checked_by})" if row.checked_by else ""
    return f"{found}{by}. {row.note}" if row.note else f"{found}{by}"
