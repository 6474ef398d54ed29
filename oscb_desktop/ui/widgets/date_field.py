"""Dates typed as people type them, certain or not, told back with their weekday."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QVBoxLayout, QWidget

from oscb_desktop.domain.date_typing import (
    format_date,
    parse_date,
    parse_uncertain,
    weekday_date,
)
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.uncertain_dates import Precision, UncertainDate
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries import organisation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.widgets.control import NO_TITLES
from oscb_desktop.ui.widgets.parsed_field import ParsedControl


class DateControl(ParsedControl):
    """A day typed freely: 3/6, 3 jun 22, today, +5wd; a month or a year where the field allows."""

    def __init__(self, field: Field, operations: Operations) -> None:
        super().__init__(field, operations)
        self._choose = QToolButton(self)
        self._choose.setText("▾")
        self._choose.setAccessibleName(f"{field.label}: choose from a calendar")
        self._choose.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._choose.clicked.connect(self.open_calendar)
        self.row.insertWidget(1, self._choose)
        # The button stays out of the way of Tab; the same calendar opens with Alt+Down.
        opener = QAction(self.line)
        opener.setShortcut("Alt+Down")
        opener.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        opener.triggered.connect(self.open_calendar)
        self.line.addAction(opener)

    def value(self) -> Value:
        """Return the day, counting working days with the days off that were added."""
        text = self.typed().strip()
        if not text:
            return None
        today = self._operations.today()
        counted = None
        if text[0] in "+-":
            counted = self._operations.read(organisation.calendar)
        if self.field.kind is FieldKind.DATE:
            return parse_date(text, today, counted)
        return parse_uncertain(text, today, counted)

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show a date as it would be typed."""
        if isinstance(value, date):
            self.put_typed(format_date(value))
        else:
            self.put_typed(value.words() if isinstance(value, UncertainDate) else "")

    def told(self, value: Value) -> str:
        """Return a certain day with its weekday, and anything else in words."""
        if isinstance(value, UncertainDate):
            exact = value.precision is Precision.DAY
            return weekday_date(value.earliest) if exact else value.words()
        return weekday_date(value) if isinstance(value, date) else ""

    def open_calendar(self) -> None:
        """Show a calendar under the field, at the day typed or today."""
        panel = CalendarPanel(self, self._start())
        panel.calendar.activated.connect(self._take)
        panel.calendar.clicked.connect(self._take)
        panel.move(self.line.mapToGlobal(QPoint(0, self.line.height())))
        panel.show()
        panel.calendar.setFocus()

    def _start(self) -> date:
        try:
            value = self.value()
        except UserError:
            value = None
        if isinstance(value, UncertainDate):
            return value.earliest
        return value if isinstance(value, date) else self._operations.today()

    def _take(self, day: QDate) -> None:
        self.put_typed(format_date(date(day.year(), day.month(), day.day())))
        panel = self.findChild(CalendarPanel)
        if panel is not None:
            panel.close()
        self.line.setFocus()
        self.edited.emit()


class CalendarPanel(QWidget):
    """A calendar that goes away when it is clicked beside."""

    def __init__(self, parent: QWidget, shown: date) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget(self)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.calendar)
