"""An incident's page: whether it was notified, its clocks, and what may be done next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.still_missing import Missing
from oscb_desktop.queries.incidents import incident_standing
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.notification_sheet_dialog import NotificationSheetDialog
from oscb_desktop.ui.forms.notification_forms import NotificationForm, OutsideForm
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.review.leads import lead_within
from oscb_desktop.ui.pages.review.standing import ClockLine, missing_lines
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import strong


class IncidentPage(RecordPage):
    """One incident, from the first call to what became of it."""

    def __init__(self, context: Context, record_id: int) -> None:
        super().__init__(context, "incident", record_id)

    def make_sections(self) -> Sequence[Section]:
        """Return where it stands, then the sections of every record."""
        self.standing = IncidentStandingSection(self.context, self.known_row, self.lead_to)
        return [self.standing, *super().make_sections()]

    def lead_to(self, one: Missing) -> None:
        """Open the form of what is missing; the sending is an act of its own."""
        if one.field == "notified_on":
            self.standing.send()
        else:
            lead_within(self, one)


class IncidentStandingSection(Section):
    """Whether it was notified, what is missing, its clocks, and the acts that make sense now."""

    def __init__(
        self,
        context: Context,
        read: Callable[[], RecordRow | None],
        lead_to: Callable[[Missing], None],
    ) -> None:
        kinds = ("incident", "notification_discussion", "review", "extra_holiday")
        super().__init__("Where it stands", kinds)
        self._context = context
        self._read = read
        self._lead_to = lead_to
        self.send_button = self.add_act("Send notification…", "Send notification", self.send)
        self.outside_button = self.add_act("Outside our area…", "Outside our area", self.outside)
        self.add_act("Notification sheet…", "Notification sheet", self.show_sheet)
        self._may_notify = self._may_be_outside = False

    def build(self) -> QWidget | None:
        """Return how it stands."""
        row = self._read()
        operations = self._context.operations
        if row is None:
            return None
        found = operations.read(incident_standing, row.id, operations.today())
        if found is None:
            return None
        self._may_notify, self._may_be_outside = found.may_notify, found.may_be_outside
        self._show_own_acts()
        parts: list[QWidget] = [strong(_told(found.outcome, row))]
        if found.missing:
            parts.append(missing_lines(found.missing, self._lead_to, "Still missing:"))
        return column(*parts, *(ClockLine(clock) for clock in found.clocks))

    def show_acts(self, *, shown: bool) -> None:
        """Show the buttons that make sense now."""
        super().show_acts(shown=shown)
        if shown:
            self._show_own_acts()

    def send(self) -> None:
        """Ask when and by whom it was sent; sent, the rapid review that began opens."""
        row = self._read()
        if row is not None:
            form = NotificationForm(self._context, row)
            form.saved.connect(self._go_on)
            self.open_form(form)

    def outside(self) -> None:
        """Ask in whose area it happened."""
        row = self._read()
        if row is not None:
            self.open_form(OutsideForm(self._context, row))

    def show_sheet(self) -> None:
        """Show the answers of the national form, to be copied."""
        row = self._read()
        if row is None:
            return
        dialog = NotificationSheetDialog(self._context, row.id, self)
        dialog.exec()
        dialog.deleteLater()

    def _go_on(self, changes: Changes) -> None:
        begun = [record_id for kind, record_id in changes.records if kind == "review"]
        if begun:
            self._context.navigation.open_record("review", begun[0])

    def _show_own_acts(self) -> None:
        self.send_button.setVisible(self._may_notify)
        self.outside_button.setVisible(self._may_be_outside)


def _told(outcome: str, row: RecordRow) -> str:
    day = row.words("notified_on")
    return f"{outcome}, {day}" if day else outcome
