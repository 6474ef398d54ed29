"""The page of any record: a heading, a list to jump by, and one column of sections."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QHideEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import kinds_owned_by, links_to, record_kind
from oscb_desktop.queries import records
from oscb_desktop.queries.attachments import field_of
from oscb_desktop.queries.drafts import draft_for
from oscb_desktop.queries.legal_holds import holds_on
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.records import RestoreRecord
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.form_banner import FormBanner
from oscb_desktop.ui.pages.files_box import FilesBox, FilesSection
from oscb_desktop.ui.pages.history_page import HistorySection
from oscb_desktop.ui.pages.identity_section import IdentitySection
from oscb_desktop.ui.pages.record_sections import FieldsSection, LinkedSection, OwnedSection
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.pages.unfinished import typed_at
from oscb_desktop.ui.pages.withdrawing import withdraw
from oscb_desktop.ui.widgets.labels import button, quiet, shortened, title
from oscb_desktop.ui.widgets.scrolling import scrolled, settle

_COLUMN = 876
_JUMP = 206
_AROUND = 52  # pixels around a name in the list to jump by, a scroll bar among them
_TITLE = 70
_LEADS_TO, _GROUP = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
"""Of a line to jump by: the section a heading leads to, and the heading it stands under."""
_HELD = ("review", "incident", "child", "child_identity")
"""The kinds that a legal hold can keep from disposal."""

_AT_ONCE = 3
"""Sections made before the page is first shown; the rest follow as the window is idle."""


class RecordPage(QWidget):
    """One record, read like paper; every section can be changed where it stands."""

    tab_as_read = True
    begins_at: QWidget | None = None

    def __init__(self, context: Context, kind: str, record_id: int) -> None:
        super().__init__()
        self.context = context
        self.kind = record_kind(kind)
        self.record_id = record_id
        self.row = self.read_row()
        self._stale = False
        self.banner = FormBanner()
        self._title = title("")
        self._about = quiet("")
        self._held = quiet("")
        self.sections: list[Section] = list(self.make_sections())
        self._build()
        self._show_heading()
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._build_next)
        self._offer_typing()
        self._build_first()
        self.setAcceptDrops(self._files() is not None)
        context.operations.changed.connect(self._on_changed)
        context.operations.new_day.connect(self._on_new_day)

    # What a page of another kind says for itself

    def make_sections(self) -> Sequence[Section]:
        """Return the sections in their order: own fields, what it owns, what leads to it."""
        return [
            *self.own_sections(),
            *self.files_sections(),
            *self.owned_sections(),
            *self.linked_sections(),
            self.past(),
        ]

    def about(self, row: RecordRow) -> str:
        """Return the line under the title."""
        return self.kind.label

    def extra_buttons(self) -> Sequence[QWidget]:
        """Return buttons for the head of the page, before Withdraw."""
        return ()

    def own_sections(self) -> list[Section]:
        """Return a section for each heading of the declarations."""
        names = sorted(self.kind.sections, key=lambda name: not name)
        named = [name for name in names if name]
        if not named:
            return [FieldsSection(self.context, self.kind.label, self.kind, self.read_row, ("",))]
        last = ("", named[-1]) if "" in names else (named[-1],)
        groups = [(name,) for name in named[:-1]] + [last]
        return [
            FieldsSection(self.context, group[-1], self.kind, self.read_row, group)
            for group in groups
        ]

    def files_sections(self) -> list[Section]:
        """Return the section of its files, where a record of this kind has any."""
        field = field_of(self.kind.name)
        if field is None:
            return []
        made = partial(FilesBox, self.context, self.kind.name, self.record_id)
        return [FilesSection(field.label, made)]

    def owned_sections(self) -> list[Section]:
        """Return a section for each kind of record that belongs to this one."""
        return [
            OwnedSection(self.context, kind, lambda: self.record_id)
            for kind in kinds_owned_by(self.kind.name)
            if not kind.identifying
        ]

    def linked_sections(self) -> list[Section]:
        """Return a section for each field by which other records refer to this one."""
        found: list[Section] = []
        if self.kind.name == "child":
            found.append(IdentitySection(self.context, self.record_id))
        return found + [
            LinkedSection(self.context, kind, field, self.record_id)
            for kind, field in links_to(self.kind.name)
            if kind.parent != field.name and not kind.identifying
        ]

    def past(self) -> Section:
        """Return the section with the record's history."""
        return HistorySection(self.context, self.kind.name, self.record_id)

    # Reading

    def read_row(self) -> RecordRow | None:
        """Return the record as it stands in the file."""
        return self.context.operations.read(records.record, self.kind.name, self.record_id)

    def known_row(self) -> RecordRow | None:
        """Return the record as the page last read it, or anew where it may have changed since."""
        return self.read_row() if self._stale else self.row

    def build_all(self) -> None:
        """Make every section now."""
        for section in self.sections:
            if not section.is_built:
                section.reload()
        self._later.stop()

    def unsaved(self) -> bool:
        """Whether something was typed on the page and not saved."""
        return any(section.unsaved() for section in self.sections)

    def section(self, name: str) -> Section:
        """Return the section of that heading; raises ``LookupError`` where there is none."""
        for section in self.sections:
            if section.name == name:
                return section
        raise LookupError(name)

    def jump_to(self, name: str, chosen: QListWidgetItem | None = None) -> None:
        """Scroll to a section, marking the line of the list that was chosen, or its own."""
        self.build_all()
        settle()
        section = self.section(name)
        self._jumping = True
        self._area.verticalScrollBar().setValue(section.y())
        self._jumping = False
        if chosen is None:
            self._mark(section)
        else:
            self._unfold()

    def _offer_typing(self) -> None:
        """Say what was typed here and not saved, with a way back into its form."""
        kept = self.context.operations.read(draft_for, self.kind.name, self.record_id, {})
        if kept is None or self.row is None or self.row.withdrawn_at is not None:
            return
        own = (section for section in self.sections if isinstance(section, FieldsSection))
        section = next((one for one in own if one.asks_for(self.kind.name, kept.typed)), None)
        if section is not None:
            told = f"Not finished: {section.name}, {typed_at(self.context, kept)}."
            self.banner.say(told, [("Go on", section.edit)])

    def withdraw(self) -> None:
        """Put the record into the bin, after asking."""
        if self.row is not None:
            withdraw(self.context, self.row, self)

    def bring_back(self) -> None:
        """Take the record out of the bin."""
        self.context.operations.do(RestoreRecord(self.kind.name, self.record_id), self)

    # Building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addWidget(self.banner)
        self._body = body = QHBoxLayout()
        body.setSpacing(16)
        self._marking = False
        self._jumps = self._jump_list()
        self.begins_at = self._jumps
        body.addWidget(self._jumps)
        self._column = QWidget()
        rows = QVBoxLayout(self._column)
        rows.setContentsMargins(0, 0, 16, 24)
        # Limited as a whole: a layout asks for a height at its own width, not at that of a section.
        self._column.setMaximumWidth(_COLUMN)
        rows.setSpacing(28)
        for section in self.sections:
            section.shown_or_not.connect(self._list_sections)
            rows.addWidget(section)
        rows.addStretch(1)
        self._area = scrolled(self._column)
        self._jumping = False
        self._area.verticalScrollBar().valueChanged.connect(self._follow)
        body.addWidget(self._area, 1)
        layout.addLayout(body, 1)
        self._list_sections()

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._about)
        words.addWidget(self._held)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 16, 0)
        row.addLayout(words, 1)
        for extra in self.extra_buttons():
            row.addWidget(extra)
        self._away = button("Withdraw…", f"Withdraw this {self.kind.label.lower()}")
        self._away.clicked.connect(self.withdraw)
        self._away.hide()  # until the page is made: shown now it would be a window of its own
        row.addWidget(self._away)
        return row

    def _jump_list(self) -> QListWidget:
        jumps = QListWidget()
        jumps.setObjectName("places")
        jumps.setAccessibleName("Sections of this page")
        jumps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        jumps.setWordWrap(True)
        jumps.itemClicked.connect(self._jump)
        jumps.itemActivated.connect(self._enter)
        jumps.currentItemChanged.connect(self._on_current)
        return jumps

    def _list_sections(self) -> None:
        self._marking = True
        at = max(0, self._jumps.currentRow())
        self._jumps.clear()
        group = ""
        for section in self.sections:
            if section.applies:
                if section.group and section.group != group:
                    self._add_group(section)
                group = section.group
                item = QListWidgetItem(section.name, self._jumps)
                item.setData(_GROUP, section.group)
        # Without a line to stand on, the keyboard's arrival would jump and make every section.
        self._jumps.setCurrentRow(at)
        self._fit_jumps()
        self._unfold()
        self._marking = False

    def _add_group(self, first: Section) -> None:
        """List a heading, which leads to the first section under it."""
        item = QListWidgetItem(first.group, self._jumps)
        font = QFont(self._jumps.font())
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        item.setData(_LEADS_TO, first.name)
        item.setData(_GROUP, first.group)

    def _unfold(self) -> None:
        """Show the sections of the group that is being read, and of the others the heading."""
        here = self._jumps.currentRow()
        group = self._jumps.item(here).data(_GROUP) if here >= 0 else ""
        for place in range(self._jumps.count()):
            item = self._jumps.item(place)
            folded = bool(item.data(_GROUP)) and not item.data(_LEADS_TO)
            item.setHidden(folded and item.data(_GROUP) != group)

    def _fit_jumps(self) -> None:
        """Be as wide as the longest name, within reason; longer ones go on in a second line."""
        jumps, metrics = self._jumps, self.fontMetrics()
        items = [jumps.item(place) for place in range(jumps.count())]
        widest = max((metrics.horizontalAdvance(item.text()) for item in items), default=0)
        width = min(widest + 2, _JUMP - _AROUND)
        jumps.setFixedWidth(width + _AROUND)
        for item in items:
            room = QRect(0, 0, width, 1000)
            height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text()).height()
            item.setSizeHint(QSize(width, height + 15))

    def _show_heading(self) -> None:
        if self.row is None:
            self._title.setText("This record is not in this file.")
            return
        name = self.kind.label if self.kind.identifying else self.row.title
        self._title.setText(shortened(name, _TITLE))
        self._about.setText(self.about(self.row))
        self._held.setText(self._held_words())
        self._held.setVisible(bool(self._held.text()))
        binned = self.row.withdrawn_at is not None
        stays = self.kind.singleton or self.kind.tells_of_an_act
        self._away.setVisible(not binned and not stays)
        if binned:
            what = self.kind.label.lower()
            self.banner.say(f"This {what} is in the bin.", [("Bring it back", self.bring_back)])
        else:
            self.banner.clear()

    def _held_words(self) -> str:
        """Say which legal holds keep this record; withdrawing is still possible."""
        if self.kind.name not in _HELD:
            return ""
        read, today = self.context.operations.read, self.context.operations.today()
        holds = read(holds_on, self.kind.name, self.record_id, today)
        if not holds:
            return ""
        return f"Under a legal hold ({', '.join(holds)}): it cannot be disposed of."

    def _build_first(self) -> None:
        for section in self.sections[:_AT_ONCE]:
            section.reload()
        self._later.start()

    def _build_next(self) -> None:
        waiting = next((section for section in self.sections if not section.is_built), None)
        if waiting is None:
            self._later.stop()
        else:
            waiting.reload()

    # Dropping files anywhere on the page

    def _files(self) -> FilesSection | None:
        return next((one for one in self.sections if isinstance(one, FilesSection)), None)

    def _lands_on(self) -> FilesBox:
        files = self._files()
        assert files is not None
        return files.dropped_on()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show where what is dragged will land."""
        self._lands_on().dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to rest."""
        self._lands_on().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        self._lands_on().dropEvent(event)

    # Following

    def _jump(self, item: QListWidgetItem) -> None:
        self.jump_to(_leads_to(item), item)

    def _enter(self, item: QListWidgetItem) -> None:
        self.jump_to(_leads_to(item), item)
        self.section(_leads_to(item)).take_focus()

    def _on_current(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and not self._marking:
            self.jump_to(_leads_to(item), item)

    def _follow(self, top: int) -> None:
        if self._jumping:
            return
        above = [
            section for section in self.sections if section.applies and section.y() <= top + 40
        ]
        bar = self._area.verticalScrollBar()
        at_end = top > 0 and top == bar.maximum()
        if above:
            shown = [section for section in self.sections if section.applies]
            self._mark(shown[-1] if at_end else above[-1])

    def _mark(self, section: Section) -> None:
        self._marking = True
        for place in range(self._jumps.count()):
            item = self._jumps.item(place)
            if item.text() == section.name and not item.data(_LEADS_TO):
                item.setHidden(False)
                self._jumps.setCurrentItem(item)
        self._unfold()
        self._marking = False

    def _on_changed(self, changes: Changes) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._refresh(changes)

    def _on_new_day(self) -> None:
        if self.isVisible():
            self._refresh(None)
        else:
            self._stale = True

    def _refresh(self, changes: Changes | None) -> None:
        self.row = self.read_row()
        self._show_heading()
        for section in self.sections:
            if section.is_built and (changes is None or section.concerns(changes)):
                section.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was out of sight."""
        super().showEvent(event)
        if not all(section.is_built for section in self.sections):
            self._later.start()
        if self._stale:
            self._stale = False
            self._refresh(None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Lock what was unlocked for this visit, and read no more: the file may be closing."""
        super().hideEvent(event)
        self._later.stop()
        for section in self.sections:
            if isinstance(section, IdentitySection):
                section.lock()


def _leads_to(item: QListWidgetItem) -> str:
    """Return the section that a line of the list leads to."""
    return str(item.data(_LEADS_TO) or item.text())
