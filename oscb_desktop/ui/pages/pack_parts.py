"""What goes into a pack: its parts ticked and in their order, then what else it could hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from oscb_desktop.domain.packs import Offer
from oscb_desktop.errors import UserError
from oscb_desktop.queries.packs import PartRow, pack, parts
from oscb_desktop.services.attachments import take_in
from oscb_desktop.services.packs import AddPackFiles, AddPackItem, MovePackItem, RemovePackItem
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import link_button, quiet
from oscb_desktop.ui.widgets.order_table import OrderTable
from oscb_desktop.ui.widgets.small_table import Line

_KINDS = ("pack", "pack_item", "meeting", "attendance", "review", "agency_request", "attachment")
_MOVES = (
    ("Move up (Alt+Up)", "Move the chosen part up", -1),
    ("Move down (Alt+Down)", "Move the chosen part down", 1),
)


class PartsSection(Section):
    """A tick puts a part into the pack, after the others; without it, it is only offered."""

    def __init__(self, context: Context, pack_id: int) -> None:
        super().__init__("What goes in", _KINDS)
        self._context = context
        self._pack_id = pack_id
        self.rows: tuple[PartRow, ...] = ()
        self.table: OrderTable | None = None
        self.add_act("Add files…", "Add files to the pack", self._ask_files)

    def build(self) -> QWidget | None:
        """Return the parts, or nothing for a pack in the bin."""
        operations = self._context.operations
        if operations.read(pack, self._pack_id) is None:
            self.rows, self.table = (), None
            return None
        self.rows = operations.read(parts, self._pack_id)
        held = [row for row in self.rows if row.item]
        lines = [
            Line(place, (str(place) if row.item else "", row.heading, row.about))
            for place, row in enumerate(self.rows, start=1)
        ]
        self.table = OrderTable("Parts", ("In", "Part", "What there is"), lines, 1, len(held))
        self.table.ticked.connect(self._on_ticked)
        self.table.moved.connect(self.shift)
        self.table.opened.connect(self.open_part)
        if not self.rows:
            return quiet("Nothing is offered yet. Add files.")
        return column(self.table, self._moves(), spacing=4)

    def tick(self, offer: Offer, *, on: bool = True) -> None:
        """Put a part into the pack, or take it out."""
        row = next((row for row in self.rows if row.offer.key == offer.key), None)
        if row is None or bool(row.item) is on:
            return
        command: Command = AddPackItem(self._pack_id, offer) if on else RemovePackItem(row.item)
        self._carry_out(command, offer)

    def shift(self, place: int, places: int) -> None:
        """Move the part that stands at a place, counted from 1."""
        row = self.rows[place - 1]
        self._carry_out(MovePackItem(row.item, places), row.offer)

    def open_part(self, place: int) -> None:
        """Open the part that stands at a place, as to give it another heading."""
        item = self.rows[place - 1].item
        if item:
            self._context.navigation.open_record("pack_item", item)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Attach files from the disk and put them into the pack, after the others."""
        operations = self._context.operations
        try:
            taken = take_in(operations.store, paths)
        except UserError as refused:
            self._context.messages.tell(self, refused.sentence)
            return
        operations.do(AddPackFiles(self._pack_id, taken.files), self)
        if taken.refused:
            self._context.messages.tell(self, taken.told)

    def take_focus(self) -> None:
        """Put the keyboard on the parts."""
        if self.table is not None:
            self.table.setFocus()

    def _moves(self) -> QWidget:
        whole = QWidget()
        flow = FlowLayout(whole, 8)
        for text, name, places in _MOVES:
            choice = link_button(text, name)
            choice.clicked.connect(lambda _=False, places=places: self._press(places))
            flow.addWidget(choice)
        return whole

    def _press(self, places: int) -> None:
        if self.table is not None:
            self.table.move_current(places)

    def _on_ticked(self) -> None:
        """Carry out the tick that was set or taken away: the one that differs from the pack."""
        if self.table is None:
            return
        ticks = self.table.ticks()
        for place, row in enumerate(self.rows, start=1):
            if (place in ticks) is not bool(row.item):
                self.tick(row.offer, on=place in ticks)
                return

    def _carry_out(self, command: Command, offer: Offer) -> None:
        """Do it and give the keyboard back to the part, wherever it stands now."""
        if self._context.operations.do(command, self) is None:
            self.reload()
        keys = [row.offer.key for row in self.rows]
        if self.table is not None and offer.key in keys:
            self.table.stand_on(keys.index(offer.key))

    def _ask_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, "Add files to the pack")
        if chosen:
            self.add_files([Path(name) for name in chosen])
