"""What is set for this computer alone: when the file locks, and how long a copy lies about."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from oscb_desktop import settings
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import quiet, strong

_AROUND = 44  # the padding of the box and of the field within it
_ASKED = (
    (
        "lock_minutes",
        "Lock the file when nothing is typed or clicked for",
        "minutes",
        "What was being typed is kept and comes back. Ctrl+L locks at once. The practice file "
        "does not lock.",
    ),
    (
        "clipboard_seconds",
        "Empty the clipboard of what was copied here after",
        "seconds",
        "Paste before then. What another program copied meanwhile stays.",
    ),
)


class ComputerSection(Section):
    """Two numbers, each kept in the settings of this computer as soon as it is changed."""

    def __init__(self, context: Context) -> None:
        super().__init__("This computer", ())
        self._context = context
        self.boxes: dict[str, NumberBox] = {}

    def build(self) -> QWidget | None:
        """Return a line for each number, with what it means under it."""
        held = settings.load(self._context.paths.settings).computer
        lines: list[QWidget] = []
        for name, label, unit, help_ in _ASKED:
            least, most = settings.BOUNDS[name]
            box = NumberBox(f"{label}, in {unit}, {least} to {most}", least, most)
            box.setValue(getattr(held, name))
            box.valueChanged.connect(partial(self._keep, name))
            self.boxes[name] = box
            lines += [_line(label, box, unit), quiet(f"{help_} From {least} to {most} {unit}.")]
        return column(*lines, quiet("Kept as soon as it is changed, for every file opened here."))

    def _keep(self, name: str, value: int) -> None:
        settings.change(self._context.paths.settings, settings.behaving(name, value))


class NumberBox(QSpinBox):
    """A number that the wheel leaves alone: it scrolls the page."""

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.lineEdit().setAccessibleName(name)
        self.setRange(least, most)
        self.setKeyboardTracking(False)
        room = self.fontMetrics().horizontalAdvance("0" * (len(str(most)) + 1))
        self.setMinimumWidth(room + _AROUND)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page have it."""
        event.ignore()


def _line(label: str, box: NumberBox, unit: str) -> QWidget:
    outer = QWidget()
    row = QHBoxLayout(outer)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    told = strong(label)
    told.setWordWrap(False)
    told.setBuddy(box)
    row.addWidget(told)
    row.addWidget(box)
    row.addWidget(QLabel(unit))
    row.addStretch(1)
    return outer
