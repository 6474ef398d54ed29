"""Where somebody was when the file locked, what was being typed there, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records
from oscb_desktop.services.drafts import KeepDraft
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.page_stack import Stop
from oscb_desktop.ui.pages.action_panel import ActionPanel
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.pages.record_sections import FieldsSection, edit_in_place, has_own_page
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.tables.record_list import RecordList
from oscb_desktop.ui.widgets.scrolling import settle


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form with unsaved typing that stood open in a section of the page."""

    section: str
    kind: str
    record_id: int | None
    preset: Mapping[str, Value]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Caret:
    """Which field had the keyboard, by the name that assistive software knows, and where in it."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class LeftPlace:
    """All that is needed to go on after unlocking; typing is in the file, but for ``unkept``."""

    path: Path
    trail: tuple[Stop, ...]
    forms: tuple[OpenForm, ...]
    chosen: object
    wanted: Mapping[str, str]
    scroll: int
    caret: Caret | None
    typed: int
    unkept: tuple[KeepDraft, ...]


def leave(window: MainWindow) -> LeftPlace:
    """Keep all unsaved typing of a window in its file, and return where its person was."""
    page = window.stack.page()
    forms = [form for form in window.findChildren(RecordForm) if form.unsaved()]
    panels = [panel for panel in window.findChildren(ActionPanel) if panel.unsaved()]
    open_forms, caret = _open_forms(page), _caret()
    for place in window.findChildren(Page):
        place.save_now()
    typed: list[RecordForm | ActionPanel] = [*forms, *panels]
    unkept = [held for each in typed for held in each.keep_typing()]
    return LeftPlace(
        window.context.operations.store.path,
        window.stack.trail,
        open_forms,
        _chosen(page),
        _wanted(page),
        _scroll(page),
        caret,
        len(forms) + len(panels),
        tuple(unkept),
    )


def come_back(window: MainWindow, left: LeftPlace) -> tuple[KeepDraft, ...]:
    """Stand where somebody was, with the typing back; return what still cannot be kept."""
    still = _kept_late(window, left.unkept)
    if left.trail:
        window.stack.follow(left.trail)
    page = window.stack.page()
    if page is not None:
        if left.wanted:
            page.show_wanted(left.wanted)  # type: ignore[attr-defined]
        _choose(page, left.chosen)
        _open_again(page, window.context, left.forms)
        _take(page, still)
        if left.trail and left.trail[-1].sort == "form":
            for form in page.findChildren(RecordForm):
                form.bring_back()
        settle()
        area = _area(page)
        if area is not None:
            area.verticalScrollBar().setValue(left.scroll)
        _put_caret(page, left.caret)
    return still


# Where somebody was


def _open_forms(page: QWidget | None) -> tuple[OpenForm, ...]:
    sections: Iterable[Section] = getattr(page, "sections", ())
    return tuple(
        OpenForm(
            section.name,
            section.form.kind.name,
            section.form.row.id if section.form.row else None,
            section.form.preset,
            frozenset(section.form.fields.boxes),
        )
        for section in sections
        if section.form is not None and section.form.unsaved()
    )


def _chosen(page: QWidget | None) -> object:
    """Return the identity of the row that the keyboard is on in a list."""
    listed = page.findChild(RecordList) if page is not None else None
    return listed.table.chosen_identity() if listed is not None else None


def _wanted(page: QWidget | None) -> Mapping[str, str]:
    """Return what a page must be asked for to stand as it stands, where it says so itself."""
    standing = getattr(page, "standing", None)
    return standing() if callable(standing) else {}


def _scroll(page: QWidget | None) -> int:
    area = _area(page)
    return area.verticalScrollBar().value() if area is not None else 0


def _area(page: QWidget | None) -> QScrollArea | None:
    found = page.findChild(QScrollArea) if page is not None else None
    return found if isinstance(found, QScrollArea) else None


def _caret() -> Caret | None:
    here = QApplication.focusWidget()
    if isinstance(here, QLineEdit):
        return Caret(here.accessibleName(), here.cursorPosition())
    if isinstance(here, QPlainTextEdit):
        return Caret(here.accessibleName(), here.textCursor().position())
    return None


# The way back


def _kept_late(window: MainWindow, unkept: Iterable[KeepDraft]) -> tuple[KeepDraft, ...]:
    """Keep in the file what could not be kept before; return what cannot even now."""
    still = []
    for command in unkept:
        try:
            window.context.operations.store.write(command)
        except UserError:
            still.append(command)
    return tuple(still)


def _choose(page: QWidget, chosen: object) -> None:
    listed = page.findChild(RecordList)
    if listed is not None and chosen is not None:
        listed.table.choose(chosen)


def _open_again(page: QWidget, context: Context, forms: Iterable[OpenForm]) -> None:
    sections: Iterable[Section] = getattr(page, "sections", ())
    for left in forms:
        section = next((one for one in sections if one.name == left.section), None)
        if section is None:
            continue
        if not section.is_built:
            section.reload()
        for way in _ways(section, context, left):
            way()
            if section.form is not None and _is_same(section.form, left):
                section.form.bring_back()
                break
            if section.form is not None:
                section.close_form()


def _ways(section: Section, context: Context, left: OpenForm) -> list[Callable[[], object]]:
    """Return the ways in which a form can have been opened in a section, the likely first."""
    if left.record_id is not None:
        if isinstance(section, FieldsSection):
            return [section.edit, *([section.send] if hasattr(section, "send") else [])]
        ways: list[Callable[[], object]] = [section.choose] if hasattr(section, "choose") else []
        if hasattr(section, "open_row") and not has_own_page(record_kind(left.kind)):
            ways.append(partial(section.open_row, left.record_id))
        return [*ways, partial(_edit, section, context, left)]
    add = getattr(section, "add", None)
    return [*([add] if add else []), partial(_add, section, context, left)]


def _edit(section: Section, context: Context, left: OpenForm) -> None:
    row = context.operations.read(records.record, left.kind, left.record_id or 0)
    if row is not None and row.withdrawn_at is None:
        edit_in_place(section, context, row)


def _add(section: Section, context: Context, left: OpenForm) -> None:
    without = set(record_kind(left.kind).names) - left.names
    form = RecordForm(context, left.kind, preset=left.preset, without=without, several=True)
    section.open_form(form)


def _is_same(form: RecordForm, left: OpenForm) -> bool:
    record_id = form.row.id if form.row else None
    same = (form.kind.name, record_id) == (left.kind, left.record_id)
    return (
        same
        and left.names == frozenset(form.fields.boxes)
        and (record_id is not None or form.preset == left.preset)
    )


def _take(page: QWidget, still: Iterable[KeepDraft]) -> None:
    """Put typing that is in no file straight into the form that it belongs to."""
    for held in still:
        for form in page.findChildren(RecordForm):
            form.take(held)
        for panel in page.findChildren(ActionPanel):
            panel.take(held)


def _put_caret(page: QWidget, caret: Caret | None) -> None:
    if caret is None:
        return
    fields = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    for field in fields:
        if field.accessibleName() == caret.name and field.isVisibleTo(page):
            field.setFocus()
            _go_to(field, caret.at)
            return


def _go_to(field: QWidget, at: int) -> None:
    if isinstance(field, QLineEdit):
        field.deselect()
        field.setCursorPosition(at)
    elif isinstance(field, QPlainTextEdit):
        cursor = QTextCursor(field.document())
        cursor.setPosition(min(at, field.document().characterCount() - 1))
        field.setTextCursor(cursor)
