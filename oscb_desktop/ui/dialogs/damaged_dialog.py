"""A damaged file: what is wrong in one sentence, and the ways out side by side, the best one said.

The file itself is only read. ``wanted`` carries what is to be done, in a few words, and the work
that returns the store to go on with.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.errors import UserError
from oscb_desktop.services.backup_place import BackupPlace
from oscb_desktop.services.damage import Damage, DamagedFile, examine
from oscb_desktop.services.restore import Inside, look_inside, put_in_place
from oscb_desktop.services.salvage import open_salvaged, open_to_read
from oscb_desktop.services.store import Store
from oscb_desktop.ui import theme
from oscb_desktop.ui.tasks import Tasks
from oscb_desktop.ui.widgets.labels import fault, heading, quiet, selectable, strong, words

_READING = "Reading what can be read. The file itself is left as it is…"
_READ = (
    "What could be read is shown in the window as it was. Nothing can be added, changed or saved, "
    "and nothing is written to the file."
)
_KEPT = "The damaged file is kept beside it as “replaced”, with the day and time."


class DamagedDialog(QDialog):
    """Examines the file on the worker when it is begun, then offers the ways out."""

    wanted = Signal(str, object)

    def __init__(
        self,
        parent: QWidget | None,
        tasks: Tasks,
        place: BackupPlace,
        file: DamagedFile,
        by: str,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("The file is damaged")
        self._tasks, self._place, self._by, self._now = tasks, place, by, now
        self._file = file
        self._damage: Damage | None = None
        self._taken = False
        self.what = words(file.what)
        self.advice = strong(_READING)
        self.backup = quiet("")
        self.salvage = quiet("")
        self.told = fault()
        self.inside = selectable("")
        self.look_button = QPushButton("&Look at it")
        self.restore_button = QPushButton("&Restore it")
        self.salvage_button = QPushButton("&Salvage into a new file…")
        self.read_button = QPushButton("&Open to read only")
        self._build()
        self._connect()

    def begin(self) -> None:
        """Find out on the worker what can be done."""
        self._tasks.run(
            "Reading the damaged file",
            lambda: examine(self._file, self._place, self._by, self._now()),
            self.show_ways,
            self._fail,
        )

    def show_ways(self, damage: Damage) -> None:
        """Show what can be done."""
        self._damage = damage
        self.advice.setText(damage.advice)
        self.backup.setText(damage.backup_words())
        self.salvage.setText(damage.salvage_words())
        for made in (self.look_button, self.restore_button):
            made.setEnabled(damage.backup is not None)
        for made in (self.salvage_button, self.read_button):
            made.setEnabled(damage.salvage is not None)

    def look(self) -> None:
        """Say what the backup holds."""
        assert self._damage is not None
        assert self._damage.backup is not None
        backup = self._damage.backup.path
        self._tasks.run(
            "Looking into the backup",
            lambda: look_inside(backup, self._file.key, self._place.scratch, None, self._now()),
            self._tell_inside,
            self._fail,
        )

    def restore(self) -> None:
        """Put the backup in the place of the damaged file, which is kept."""
        assert self._damage is not None
        assert self._damage.backup is not None
        backup, file, by, now = self._damage.backup.path, self._file, self._by, self._now
        self._go(
            "Restoring the backup",
            lambda: put_in_place(file.path, file.key, backup, by, now, damaged=True)[0],
        )

    def save_as(self, to: Path) -> None:
        """Write what was salvaged to a new file and go on there."""
        assert self._damage is not None
        assert self._damage.salvage is not None
        self._taken = True
        work = partial(open_salvaged, self._damage.salvage, to, self._by, self._now)
        self._go("Writing the new file", work)

    def read_only(self) -> None:
        """Open what was salvaged to be read, under the name of the damaged file."""
        assert self._damage is not None
        assert self._damage.salvage is not None
        self._taken = True
        work = partial(open_to_read, self._damage.salvage, self._file.path, self._by, self._now)
        self._go("Opening to read", work)

    def done(self, result: int) -> None:
        """Leave nothing behind that nobody took."""
        if self._damage is not None and self._damage.salvage is not None and not self._taken:
            self._damage.salvage.discard()
        super().done(result)

    def _go(self, label: str, work: Callable[[], Store]) -> None:
        self.accept()
        self.wanted.emit(label, work)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(heading(f"{self._file.path.name} is damaged"))
        for line in (self.what, self.advice, self.told):
            column.addWidget(line)
        self.told.hide()
        ways = (
            ("Newest proven backup", self.backup, (self.look_button, self.restore_button), _KEPT),
            (
                "What can be salvaged from the damaged file",
                self.salvage,
                (self.salvage_button,),
                "",
            ),
            ("The damaged file, to read only", quiet(_READ), (self.read_button,), ""),
        )
        for title, told, buttons, more in ways:
            column.addWidget(strong(title))
            column.addWidget(told)
            if more:
                column.addWidget(self.inside)
                column.addWidget(quiet(more))
                self.inside.hide()
            row = QHBoxLayout()
            for made in buttons:
                made.setEnabled(False)
                made.setAutoDefault(False)
                row.addWidget(made)
            row.addStretch()
            column.addLayout(row)
        column.addStretch(1)
        foot = QDialogButtonBox()
        self.close_button = foot.addButton("&Close", QDialogButtonBox.ButtonRole.RejectRole)
        foot.rejected.connect(self.reject)
        column.addWidget(foot)
        self.close_button.setDefault(True)
        self.resize(680, 560)

    def _connect(self) -> None:
        self.look_button.clicked.connect(self.look)
        self.restore_button.clicked.connect(self.restore)
        self.salvage_button.clicked.connect(self._ask_path)
        self.read_button.clicked.connect(self.read_only)

    def _ask_path(self) -> None:
        suggested = str(self._file.path.with_name(f"{self._file.path.stem} salvaged.oscb"))
        name, _ = QFileDialog.getSaveFileName(
            self, "Salvage into a new file", suggested, "Files (*.oscb)"
        )
        if name:
            self.save_as(Path(name))

    def _tell_inside(self, inside: Inside) -> None:
        self.inside.setText("\n".join(inside.words()))
        self.inside.show()

    def _fail(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self.told.setText(problem.sentence)
        self.told.show()
