"""How one part of the window asks for another, without knowing it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from oscb_desktop.domain.values import Value


class Navigation(QObject):
    """Requests that the main window carries out; a restoring is the application's."""

    record_wanted = Signal(str, int)
    form_wanted = Signal(str, object)
    page_wanted = Signal(str, object)
    back_wanted = Signal()
    restore_wanted = Signal(object)
    workbook_wanted = Signal()

    def open_record(self, kind: str, record_id: int) -> None:
        """Show the page of a record."""
        self.record_wanted.emit(kind, record_id)

    def add_record(self, kind: str, preset: Mapping[str, Value] | None = None) -> None:
        """Show an empty form for a record of this kind, with some values given."""
        self.form_wanted.emit(kind, dict(preset or {}))

    def open_page(self, name: str, wanted: Mapping[str, str] | None = None) -> None:
        """Show a place of the sidebar, with its filters set as wanted."""
        self.page_wanted.emit(name, dict(wanted or {}))

    def bring_in(self) -> None:
        """Ask for a workbook to import."""
        self.workbook_wanted.emit()

    def back(self) -> None:
        """Return to the place before this one."""
        self.back_wanted.emit()
