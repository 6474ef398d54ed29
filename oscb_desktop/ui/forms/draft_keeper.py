"""Keeping what is typed into a form until it is saved, and bringing it back after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.field import RecordKind
from oscb_desktop.domain.values import JsonValue, Values, to_json
from oscb_desktop.errors import UserError
from oscb_desktop.queries.drafts import DraftRow, draft_for
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.drafts import DropDraft, KeepDraft
from oscb_desktop.ui.forms.form_fields import FormFields
from oscb_desktop.ui.operations import Operations

EVERY_MS = 3000


class DraftKeeper(QObject):
    """Keeps the typed text of one form in the encrypted file, every three seconds while it grows.

    ``offer`` is what was typed earlier and not saved, until the person has decided about it.
    """

    def __init__(
        self,
        operations: Operations,
        kind: RecordKind,
        row: RecordRow | None,
        preset: Values,
        fields: FormFields,
    ) -> None:
        super().__init__(fields)
        self._operations = operations
        self._kind = kind
        self._row = row
        self._preset = {name: to_json(value) for name, value in preset.items()}
        self._fields = fields
        self._kept: dict[str, str] = {}
        self.timer = QTimer(self, interval=EVERY_MS, singleShot=True)
        self.timer.timeout.connect(self.keep)
        self.offer = self._earlier()
        fields.edited.connect(self._on_edited)

    def keep(self) -> KeepDraft | None:
        """Keep what stands in the form now, if it is not kept already; return what could not be."""
        self.timer.stop()
        typed = {**(self.offer.typed if self.offer else {}), **self._fields.dirty()}
        if typed == self._kept:
            return None
        version = self._row.version if self._row else None
        command = KeepDraft(
            self._kind.name, self._id, version, self._before(typed), self._names, typed
        )
        # No view shows typing, so nobody is told of it; and a full disk is told on saving.
        try:
            self._operations.store.write(command)
        except UserError:
            return command
        self._kept = typed
        return None

    def drop(self) -> None:
        """Forget the typing: it was saved, or is not wanted."""
        self.timer.stop()
        names = tuple(self._fields.dirty()) if self.offer and self._id else self._names
        self._forget(names)
        self._kept = {}

    def discard_offer(self) -> None:
        """Forget what was typed earlier."""
        if self.offer is not None:
            self._forget(tuple(self.offer.typed))
            self.offer = None

    def take(self, held: KeepDraft) -> None:
        """Offer typing that could not be kept in the file."""
        at = self._operations.store.now()
        self.offer = DraftRow(
            0, held.kind, held.record_id, held.preset, held.typed, at, self._kind.label
        )

    def is_of(self, held: KeepDraft) -> bool:
        """Whether typing belongs to this form."""
        mine = (self._kind.name, self._id, self._names)
        same = mine == (held.kind, held.record_id, held.fields)
        return same and (self._id is not None or held.preset == self._preset)

    def bring_back(self) -> None:
        """Put what was typed earlier into the fields, saying so at each."""
        if self.offer is None:
            return
        for name, text in self.offer.typed.items():
            box = self._fields.boxes[name]
            box.control.put_typed(text)
            box.check()
            box.show_note(self._note(self.offer, name))
            self._fields.open_fold_of(name)
        self._kept = dict(self.offer.typed)
        self.offer = None
        self._fields.show_what_applies()

    def rebase(self, row: RecordRow) -> None:
        """Go on from a newer state of the record."""
        self._row = row

    def words(self) -> str:
        """Say when the earlier typing was done."""
        assert self.offer is not None
        at = self.offer.saved_at
        day = format_date(at.date()).removesuffix(f" {self._operations.today().year}")
        return f"You typed this on {day} at {at:%H:%M} and did not save it."

    @property
    def _id(self) -> int | None:
        return self._row.id if self._row else None

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(self._fields.boxes)

    def _before(self, typed: Mapping[str, str]) -> dict[str, JsonValue]:
        if self._row is None:
            return self._preset
        return {name: to_json(self._row.values[name]) for name in typed}

    def _earlier(self) -> DraftRow | None:
        found = self._operations.read(draft_for, self._kind.name, self._id, self._preset)
        if found is None:
            return None
        typed = {name: text for name, text in found.typed.items() if name in self._fields.boxes}
        if not typed:
            return None
        return replace(found, typed=typed)

    def _note(self, offer: DraftRow, name: str) -> str:
        if self._row is not None and offer.preset.get(name) != to_json(self._row.values[name]):
            now = self._row.words(name) or "nothing"
            return f"Brought back. The record was changed meanwhile; it now holds: {now}"
        return "Brought back from what you typed."

    def _forget(self, names: tuple[str, ...]) -> None:
        command = DropDraft(self._kind.name, self._id, self._preset, names)
        try:
            self._operations.store.write(command)
        except UserError:
            return

    def _on_edited(self) -> None:
        if not self.timer.isActive():
            self.timer.start()
