"""The backups of the open file: what each holds, whether it is proven, and the way back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import UserError
from oscb_desktop.services.backup_place import choose_folder, same_disk
from oscb_desktop.services.backups import BackupRow, Standing, backups_of
from oscb_desktop.services.proof import Proof
from oscb_desktop.services.restore import Inside, look_inside
from oscb_desktop.ui.backup_work import BackupWork
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.restore_dialog import RestoreDialog
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.empty_state import EmptyState
from oscb_desktop.ui.widgets.labels import button, fault, quiet

_SAME_DISK = (
    "This folder seems to be on the same disk as the file: if that disk fails, both are lost. "
    "Choose a folder on another drive."
)


def _moment(at: datetime) -> str:
    return f"{format_date(at.date())} {at:%H:%M}"


def _occasion(row: BackupRow) -> str:
    return row.occasion.capitalize() or "Backup"


def _size(row: BackupRow) -> str:
    return f"{row.size / 1_000_000:,.1f} MB"


def _state(row: BackupRow) -> str:
    if row.unreadable:
        return "Does not open"
    if row.fault:
        return "Not proven"
    return f"Proven {_moment(row.proven_at)}" if row.proven_at else "Not tried"


def _tone(row: BackupRow) -> Tone:
    if row.unreadable or row.fault:
        return Tone.BAD
    return Tone.GOOD if row.proven_at else Tone.PLAIN


def _count(name: str, number: str) -> Column:
    def value(row: BackupRow) -> int:
        return row.last.number if name == "changes" else int(getattr(row, name))

    def words(row: BackupRow) -> str:
        return "" if row.unreadable else f"{value(row):,}"

    return Column(name, number, words, value, 10, numeric=True)


COLUMNS = (
    Column("made", "Made", lambda row: _moment(row.made_at), lambda row: row.made_at, 19),
    Column("occasion", "Occasion", _occasion, width=16),
    Column("size", "Size", _size, lambda row: row.size, 11, numeric=True),
    _count("reviews", "Reviews"),
    _count("actions", "Actions"),
    _count("changes", "Changes"),
    Column("proof", "Proof", _state, lambda row: row.proven_at, 28, tone=_tone, wide=True),
)


class BackupsPage(Page):
    """What was backed up, with the three things that can be done about it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Backups")
        self._work = BackupWork(context.operations, context.tasks, context.paths)
        self.back_up_button = button("Back up now")
        self.prove_button = button("Prove now", "Prove the newest backup now")
        self.restore_button = button("Look inside and restore…")
        self.folder = quiet("")
        self.folder_button = button("Choose folder…", "Choose the folder for backups")
        self.warning = fault()
        self.told = quiet("")
        self.list = RowTable(
            "Backups", COLUMNS, context.paths.settings, identity=lambda row: row.path
        )
        self.empty = EmptyState(
            "No backup yet",
            "A backup is a whole copy of the file, encrypted as it is. One is made by itself after "
            "the first work; make one now to have it at once.",
            "Back up now",
        )
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Say where backups go, and read on the worker what is there."""
        place, store = self._work.place(), self.context.operations.store
        self.folder.setText(f"Backups go to {place.folder}.")
        self.warning.setText(_SAME_DISK if same_disk(store.path, place.folder) else "")
        self.warning.setVisible(bool(self.warning.text()))
        self.context.tasks.run(
            "Reading the backups",
            lambda: backups_of(place, store.path, store.key),
            self._show,
            self._work.tell_failure,
        )

    def choose(self, folder: Path) -> None:
        """Let backups go to another folder from now on."""
        choose_folder(self.context.paths, folder)
        self._work.tell()

    def prove(self) -> None:
        """Prove the newest backup and say in full what was found."""
        self._work.prove(self._tell_proof)

    def look_inside(self) -> None:
        """Open the chosen backup in a scratch place and show how it differs from the file."""
        row: BackupRow | None = self.list.current_row()
        if row is None:
            return
        place, store = self._work.place(), self.context.operations.store
        self.context.tasks.run(
            "Looking into the backup",
            lambda: look_inside(row.path, store.key, place.scratch, store, store.now()),
            self._offer,
            self._refuse,
        )

    def _build(self) -> None:
        for made in (self.back_up_button, self.prove_button, self.restore_button):
            self.head.addWidget(made)
        self.restore_button.setEnabled(False)
        self.column.addWidget(
            quiet(
                "Backups are made by themselves while you work and when the file is closed. The "
                "newest is proven once a day: opened apart, checked, and counted."
            )
        )
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self.folder_button)
        self.column.addLayout(where)
        self.column.addWidget(self.warning)
        self.column.addWidget(self.told)
        self.told.hide()
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.empty, 1)
        self.empty.hide()

    def _connect(self) -> None:
        self.back_up_button.clicked.connect(lambda: self._work.back_up())
        self.empty.pressed.connect(self._work.back_up)
        self.prove_button.clicked.connect(self.prove)
        self.restore_button.clicked.connect(self.look_inside)
        self.folder_button.clicked.connect(self._ask_folder)
        self.list.chosen.connect(lambda row: self.restore_button.setEnabled(row is not None))
        self.list.opened.connect(lambda _: self.look_inside())
        self.context.operations.backups_stand.connect(self._on_standing)

    def _show(self, rows: tuple[BackupRow, ...]) -> None:
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.back_up_button.setVisible(bool(rows))  # its own offers it where there is none
        self.restore_button.setEnabled(self.list.current_row() is not None)
        self.prove_button.setEnabled(any(not row.occasion for row in rows))

    def _on_standing(self, standing: Standing) -> None:
        self._say(standing.help if standing.is_failure else "")
        self._stale = True
        if self.isVisible():
            self.refresh_if_stale()

    def _tell_proof(self, proof: Proof) -> None:
        self._say(proof.words())

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))

    def _offer(self, inside: Inside) -> None:
        dialog = RestoreDialog(self, self.context, inside)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _refuse(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self.context.messages.tell(self, problem.sentence)

    def _ask_folder(self) -> None:
        here = str(self._work.place().folder)
        chosen = QFileDialog.getExistingDirectory(self, "A folder for backups", here)
        if chosen:
            self.choose(Path(chosen))
