"""The views of a list as tabs: the built-in ones first, then those that somebody saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.saved_views import SavedViewRow, ViewShape, saved_views
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.saved_views import DropView, RenameView, SaveView
from oscb_desktop.services.store import Command
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.act_form import ActForm
from oscb_desktop.ui.widgets.filter_bar import View

_NAME = Field("name", "Name", required=True, max_length=60, help="Stands above the list.")


class ViewTabs(QWidget):
    """``changed`` tells that another view was chosen, ``own_chosen`` carries a saved one's shape.

    A saved view starts from a built-in one, which stays in ``built_in`` while it is shown. On the
    tabs, Insert keeps the list as it is set up, F2 renames a saved view and Delete lets it go.
    """

    changed = Signal()
    own_chosen = Signal(object)

    def __init__(
        self,
        context: Context,
        label: str,
        views: Sequence[View],
        place: str,
        set_up: Callable[[], ViewShape],
    ) -> None:
        super().__init__()
        self._context = context
        self._views = {view.name: view for view in views}
        self._place = place
        self._set_up = set_up
        self._own: dict[str, SavedViewRow] = {}
        self._was_own = False
        self.built_in = next(iter(self._views), "")
        self.bar = QTabBar()
        self.bar.setAccessibleName(f"{label}: saved filters")
        self.more = QPushButton("Views")
        self._build()
        self.read_own()
        self.bar.currentChanged.connect(self._on_chosen)
        if place:
            context.operations.changed.connect(self._on_changed)

    @property
    def test(self) -> Callable[[Any], bool] | None:
        """What a row must be to stand in the view."""
        view = self._views.get(self.built_in)
        return view.test if view else None

    @property
    def own(self) -> SavedViewRow | None:
        """The saved view that is chosen, or None."""
        at = self.bar.currentIndex() - len(self._views)
        return list(self._own.values())[at] if at >= 0 else None

    def count(self, rows: Sequence[Any], counted: Sequence[str] | None = None) -> None:
        """Say on each tab how many rows stand in its view; hide one that is for some only.

        Where ``counted`` is given, only those views can be counted yet.
        """
        for at, view in enumerate(self._views.values()):
            if counted is not None and view.name not in counted:
                self.bar.setTabText(at, view.label)
                hidden = view.hidden_empty and at != self.bar.currentIndex()
                self.bar.setTabVisible(at, not hidden)
                continue
            number = sum(map(view.test, rows))
            self.bar.setTabText(at, f"{view.label} ({number:,})")
            if view.hidden_empty:
                self.bar.setTabVisible(at, number > 0 or at == self.bar.currentIndex())

    def choose(self, name: str) -> None:
        """Choose the built-in view of that name, where there is one."""
        if name in self._views:
            self.bar.setTabVisible(list(self._views).index(name), True)
            self.bar.setCurrentIndex(list(self._views).index(name))

    def choose_own(self, name: str) -> None:
        """Choose the saved view of that name."""
        self.bar.setCurrentIndex(len(self._views) + list(self._own).index(name))

    def read_own(self) -> None:
        """Read the saved views again, and stay on the one that is chosen."""
        was = self.own
        rows = self._context.operations.read(saved_views, self._place) if self._place else ()
        self._own = {row.name: row for row in rows}
        self.bar.blockSignals(True)
        while self.bar.count() > len(self._views):
            self.bar.removeTab(self.bar.count() - 1)
        for row in rows:
            at = self.bar.addTab(row.name.replace("&", "&&"))
            self.bar.setTabToolTip(at, "A saved view. F2 renames it, Delete lets it go.")
        if was is not None:
            same = next((place for place, row in enumerate(rows) if row.id == was.id), None)
            at = list(self._views).index(self.built_in) if same is None else len(self._views) + same
            self.bar.setCurrentIndex(at)
        self.bar.blockSignals(False)

    def save(self) -> None:
        """Ask for a name and keep the list under it as it is set up."""
        shape, own = self._set_up(), self.own
        saved = self._ask(
            "Save this view",
            lambda values: SaveView(self._place, _name(values), shape),
            own.name if own else "",
        )
        if saved is not None:
            row = next(row for row in self._own.values() if row.id == saved.record_id)
            self.bar.blockSignals(True)
            self.choose_own(row.name)
            self.bar.blockSignals(False)
            self._was_own = True

    def rename(self) -> None:
        """Ask for another name of the saved view that is chosen."""
        own = self.own
        if own is not None:
            self._ask(
                "Rename this view",
                lambda values: RenameView(own.id, own.version, _name(values)),
                own.name,
            )

    def drop(self) -> None:
        """Let the saved view that is chosen go; undo brings it back."""
        own = self.own
        if own is not None:
            self._context.operations.do(DropView(own.id, own.version), self)

    def _build(self) -> None:
        for view in self._views.values():
            at = self.bar.addTab(view.label)
            self.bar.setTabToolTip(at, view.tip)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self.bar, 1)
        row.addWidget(self.more)
        self.more.setProperty("look", "filter")
        self.more.setAccessibleName("Save, rename or delete a view")
        menu = QMenu(self.more)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.more.setMenu(menu)
        self.more.setVisible(bool(self._place))

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        menu.addAction("&Save this view… (Insert)", self.save)
        own = self.own
        named = f" “{own.name}”".replace("&", "&&") if own else ""
        offered = ((f"&Rename{named}… (F2)", self.rename), (f"&Delete{named} (Del)", self.drop))
        for text, act in offered:
            menu.addAction(text, act).setEnabled(own is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep on Insert, rename on F2, let go on Delete, where the tabs have the keyboard."""
        if self._place and event.key() == Qt.Key.Key_Insert:
            self.save()
        elif self.own is not None and event.key() == Qt.Key.Key_F2:
            self.rename()
        elif self.own is not None and event.key() == Qt.Key.Key_Delete:
            self.drop()
        else:
            super().keyPressEvent(event)

    def _on_chosen(self) -> None:
        own, was_own = self.own, self._was_own
        self._was_own = own is not None
        if own is None:
            self.built_in = list(self._views)[self.bar.currentIndex()]
            if was_own:  # what a saved view had set goes with it
                self.own_chosen.emit(ViewShape())
            self.changed.emit()
            return
        if own.shape.view in self._views:
            self.built_in = own.shape.view
        self.own_chosen.emit(own.shape)

    def _on_changed(self, changes: Changes) -> None:
        if "saved_view" in changes.kinds:
            self.read_own()

    def _ask(
        self, title: str, command: Callable[[Mapping[str, Value]], Command], name: str
    ) -> Changes | None:
        dialog = QDialog(self)
        dialog.setWindowTitle(title)
        form = ActForm(self._context, title, (_NAME,), command, {"name": name})
        told: list[Changes] = []
        form.done.connect(told.append)
        form.done.connect(lambda _changes: dialog.accept())
        form.cancelled.connect(dialog.reject)
        QVBoxLayout(dialog).addWidget(form)
        form.focus_first()
        dialog.exec()
        dialog.deleteLater()
        return told[0] if told else None


def _name(values: Mapping[str, Value]) -> str:
    name = values.get("name")
    return name if isinstance(name, str) else ""
