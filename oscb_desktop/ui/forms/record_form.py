"""The one form: any kind of record, added or changed, made from its declarations."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.validation import validate
from oscb_desktop.domain.values import Value, Values
from oscb_desktop.errors import ConflictError, FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.services.records import AddRecord, AmendRecord
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.draft_keeper import DraftKeeper
from oscb_desktop.ui.forms.form_banner import FormBanner
from oscb_desktop.ui.forms.form_fields import FormFields
from oscb_desktop.ui.forms.form_keys import add_form_keys
from oscb_desktop.ui.widgets.labels import button, quiet
from oscb_desktop.ui.widgets.scrolling import bring_into_sight, scrolled


class RecordForm(QWidget):
    """A form for one record. ``saved`` carries the changes; ``cancelled`` says it was left.

    ``sections`` limits it to some sections, ``without`` leaves fields out that the preset gives.
    With ``several`` there is "Save and next", after which ``going_on`` is true and the form stands
    empty again. A ``scrolling`` form keeps its buttons in sight.
    """

    saved = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        context: Context,
        kind: str,
        row: RecordRow | None = None,
        preset: Values | None = None,
        *,
        sections: Iterable[str] | None = None,
        without: Iterable[str] = (),
        several: bool = False,
        scrolling: bool = False,
    ) -> None:
        super().__init__()
        self._context = context
        self.kind = self.declared(kind)
        self.row = row
        self._preset = dict(preset or {})
        self._several = several and row is None
        self._over = False
        self.going_on = False
        self.banner = FormBanner()
        self.fields = FormFields(context, self.kind, row, self._preset, sections, without)
        self.drafts = DraftKeeper(context.operations, self.kind, row, self._preset, self.fields)
        self._build(scrolling=scrolling)
        add_form_keys(self, self.save, self.cancel)
        if self.drafts.offer is not None:
            self._offer_draft()

    def declared(self, kind: str) -> RecordKind:
        """Return what the form asks for; an act asks for some fields, and for words of its own."""
        return record_kind(kind)

    def newer_row(self, row: RecordRow) -> RecordRow | None:
        """Return the record as it stands in the file now."""
        return self._context.operations.read(records.record, row.kind, row.id)

    @property
    def preset(self) -> Values:
        """The values that a new record was started with."""
        return self._preset

    def unsaved(self) -> bool:
        """Whether anything was typed that is not saved."""
        return not self._over and bool(self.fields.dirty())

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        self.fields.focus_first()

    def save(self) -> bool:
        """Save; on a mistake say it beside its field, keep all that was typed, return False."""
        self.going_on = False
        changes = self._written()
        if changes is None:
            return False
        self._over = True
        self.saved.emit(changes)
        return True

    def save_and_next(self) -> bool:
        """Save, and stand empty for the next one."""
        changes = self._written()
        if changes is None:
            return False
        self.going_on = True
        self.fields.put(FormFields.starting(self.kind, None, self._preset), {})
        self.banner.clear()
        self.saved.emit(changes)
        self.focus_first()
        return True

    def keep_typing(self) -> tuple[KeepDraft, ...]:
        """Keep what is typed in the file; return what could not be kept."""
        held = self.drafts.keep() if self.unsaved() else None
        return () if held is None else (held,)

    def take(self, held: KeepDraft) -> None:
        """Put back typing that is in no file, where it belongs to this form."""
        if self.drafts.is_of(held):
            self.drafts.take(held)
            self.bring_back()

    def bring_back(self) -> None:
        """Put earlier typing back into the fields."""
        self.drafts.bring_back()
        self.banner.clear()

    def cancel(self) -> None:
        """Leave the form; asks only when something was typed."""
        if self.unsaved():
            drop = self._context.messages.ask(
                self, "What you typed here is not saved. Drop it?", "Drop it", "Go on typing"
            )
            if not drop:
                return
            self.drafts.drop()
        self._over = True
        self.cancelled.emit()

    def _written(self) -> Changes | None:
        """Write what was typed; return None when it could not be, having said why."""
        values, faults = self.fields.read()
        if faults:
            today = self._context.operations.today()
            known = {**self.fields.start, **values}
            changed = {name for name in values if values[name] != self.fields.start.get(name)}
            wrong = {fault.field for fault in faults}
            others = [
                fault
                for fault in validate(
                    self.kind, known, today, None if self.row is None else changed
                )
                if fault.field not in wrong and fault.field in self.fields.boxes
            ]
            self._show_faults((*faults, *others))
            return None
        try:
            changes = self._context.operations.write(self._command(values))
        except ConflictError as conflict:
            self._show_conflict(conflict)
            return None
        except InvalidRecord as invalid:
            self._show_faults(invalid.faults)
            return None
        except UserError as refused:
            self._say(refused.sentence)
            return None
        self.drafts.drop()
        return changes

    def _command(self, values: dict[str, Value]) -> Command:
        if self.row is None:
            given = {**self._preset, **values}
            return AddRecord(self.kind.name, given)
        before = self.row.values
        different = {name: value for name, value in values.items() if value != before[name]}
        return AmendRecord(self.kind.name, self.row.id, self.row.version, different)

    def _show_faults(self, faults: Iterable[FieldFault]) -> None:
        elsewhere = self.fields.show_faults(faults)
        if elsewhere:
            self._say(" ".join(fault.sentence for fault in elsewhere))
        else:
            self.banner.clear()

    def _say(self, sentence: str) -> None:
        self.banner.say(sentence)
        bring_into_sight(self.banner)

    def _show_conflict(self, conflict: ConflictError) -> None:
        self.banner.say(conflict.sentence, [("Show what it holds now", self._show_newer)])
        bring_into_sight(self.banner)

    def _show_newer(self) -> None:
        assert self.row is not None
        newer = self.newer_row(self.row)
        if newer is None or newer.withdrawn_at is not None:
            self.banner.say("This record is in the bin now. What you typed is still here.")
            return
        changed = [
            f"{field.label}: {newer.words(field.name) or 'nothing'}"
            for field in self.kind.fields
            if newer.values[field.name] != self.row.values[field.name]
        ]
        self.row = newer
        self.fields.rebase(newer)
        self.drafts.rebase(newer)
        self.banner.say(
            "It was changed to this. Save keeps it, with what you typed in place of its fields.",
            lines=changed,
        )

    def _offer_draft(self) -> None:
        self.banner.say(
            self.drafts.words(),
            [("Bring it back", self.bring_back), ("Discard", self._discard)],
        )

    def _discard(self) -> None:
        self.drafts.discard_offer()
        self.banner.clear()

    def _build(self, *, scrolling: bool) -> None:
        layout = self._column = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.banner)
        if scrolling:
            layout.addWidget(scrolled(_padded(self.fields)), 1)
        else:
            layout.addWidget(self.fields)
        self._bar = self._buttons()
        layout.addLayout(self._bar)

    def add_button(self, extra: QWidget) -> None:
        """Put one more button at the end of the row."""
        self._bar.addWidget(extra)

    def add_above(self, told: QWidget) -> None:
        """Put words above the fields, under the banner."""
        self._column.insertWidget(self._column.indexOf(self.banner) + 1, told)

    def add_below(self, more: QWidget) -> None:
        """Put something between the fields and the buttons."""
        self._column.insertWidget(self._column.count() - 1, more)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.save_button = button("Save", first=True)
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.save_button)
        if self._several:
            self.next_button = button("Save and next")
            self.next_button.clicked.connect(self.save_and_next)
            row.addWidget(self.next_button)
        self.cancel_button = button("Cancel")
        self.cancel_button.clicked.connect(self.cancel)
        row.addWidget(self.cancel_button)
        hint = quiet("Ctrl+S saves, Esc leaves.")
        hint.setWordWrap(False)
        row.addWidget(hint)
        row.addStretch(1)
        return row

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed when the page is left without a word."""
        self.keep_typing()
        super().hideEvent(event)


def _padded(inner: QWidget) -> QWidget:
    outer = QWidget()
    row = QHBoxLayout(outer)
    row.setContentsMargins(4, 4, 16, 16)
    row.addWidget(inner, 1)
    row.addStretch(0)
    return outer
