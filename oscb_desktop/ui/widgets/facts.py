"""What is known of a record, as labels and values side by side."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.validation import applies
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.widgets.labels import quiet, selectable

_LABELS = 200


class Facts(QWidget):
    """Two columns: what it is, and what is known of it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for place, (label, value) in enumerate(pairs):
            name = quiet(label)
            name.setMaximumWidth(_LABELS)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(selectable(value), place, 1, Qt.AlignmentFlag.AlignTop)


def known(row: RecordRow, fields: Iterable[Field]) -> list[tuple[str, str]]:
    """Return the label and the words of each field that applies and holds something."""
    return [
        (field.label, text)
        for field in fields
        if applies(field, row.values) and (text := row.words(field.name))
    ]
