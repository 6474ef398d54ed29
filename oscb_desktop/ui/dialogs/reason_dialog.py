"""Why a paper leaves in spite of what its check found: asked before, kept with it by name."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.ui import theme
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.widgets.labels import button, fault, heading, quiet, words

_LONGEST = 1000
_MISSING = "Say why, in a few words."


def ask_reason(parent: QWidget, paper: MadePaper, found: str, verb: str, by: str) -> str | None:
    """Return why a paper leaves all the same, empty where nothing is wanted, None to stay."""
    if not paper.wants_reason:
        return ""
    asking = ReasonDialog(parent, found, verb, by)
    agreed = asking.exec() == QDialog.DialogCode.Accepted
    asking.deleteLater()
    return asking.reason if agreed else None


class ReasonDialog(QDialog):
    """``reason`` is what was typed, once it is accepted."""

    def __init__(self, parent: QWidget | None, found: str, verb: str, by: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("A child may be known by this paper")
        self.field = QLineEdit()
        self.field.setMaxLength(_LONGEST)
        self.field.setAccessibleName(record_kind("release").field("reason").label)
        self.agree_button = button(verb, f"{verb}, with this reason", first=True)
        self.leave_button = button("Cancel")
        self._fault = fault()
        self._fault.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(heading("A child may be known by this paper"))
        layout.addWidget(words(found))
        layout.addWidget(words(f"{self.field.accessibleName()}:"))
        layout.addWidget(self.field)
        layout.addWidget(self._fault)
        layout.addWidget(quiet(f"It is kept with the printed paper, under the name {by}."))
        layout.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.agree_button)
        row.addWidget(self.leave_button)
        layout.addLayout(row)
        self.agree_button.clicked.connect(self._agree)
        self.leave_button.clicked.connect(self.reject)
        open_at(self, 520, 260)

    @property
    def reason(self) -> str:
        """Why it leaves all the same."""
        return self.field.text().strip()

    def _agree(self) -> None:
        if self.reason:
            self.accept()
            return
        self._fault.setText(_MISSING)
        self._fault.show()
        self.field.setFocus()
