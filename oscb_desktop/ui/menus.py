"""Every action of the menus with its words and keys, as one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

PLACES: tuple[tuple[str, str], ...] = (
    ("today", "Today"),
    ("reviews", "Reviews"),
    ("actions", "Actions"),
    ("incidents", "Incidents"),
    ("learning", "Learning"),
    ("meetings", "Meetings"),
    ("print", "Print"),
    ("directory", "Directory"),
    ("settings", "Settings"),
)
"""The places of the sidebar, in the order of the working day."""

ADDED_BY_MENU = (
    ("incident", "&Incident…", "Ctrl+N"),
    ("review", "&Review…", ""),
    ("child", "&Child…", ""),
    ("family", "&Family…", ""),
    ("recommendation", "Rec&ommendation…", ""),
    ("action", "&Action…", "Ctrl+Shift+A"),
    ("meeting", "&Meeting…", ""),
    ("theme", "&Theme…", ""),
    ("learning_point", "&Learning point…", ""),
    ("agency", "A&gency…", ""),
    ("person", "&Person…", ""),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a menu: where it stands, its name in code, its words and its keys."""

    menu: str
    name: str
    text: str
    keys: tuple[str, ...] = ()
    line_above: bool = False


ENTRIES: tuple[Entry, ...] = (
    Entry("&File", "new", "&New file…"),
    Entry("&File", "open", "&Open…", ("Ctrl+O",)),
    Entry("&File", "recent", "Open &recent"),
    Entry("&File", "import", "&Import workbook…", ("Ctrl+I",), line_above=True),
    Entry("&File", "template", "Blank &template…"),
    Entry("&File", "check", "Chec&k file", line_above=True),
    Entry("&File", "backups", "&Backups…"),
    Entry("&File", "passphrase", "Change pa&ssphrase…"),
    Entry("&File", "recovery", "Reco&very sheet…"),
    Entry("&File", "print", "&Print…", ("Ctrl+P",)),
    Entry("&File", "lock", "&Lock", ("Ctrl+L",), line_above=True),
    Entry("&File", "close", "&Close file", ("Ctrl+W",)),
    Entry("&File", "quit", "&Quit", ("Ctrl+Q",)),
    Entry("&Edit", "undo", "&Undo", ("Ctrl+Z",)),
    Entry("&Edit", "redo", "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z")),
    Entry("&Edit", "search", "&Search everything", ("Ctrl+F",), line_above=True),
    *(
        Entry("&Add", f"add {kind}", text, (keys,) if keys else ())
        for kind, text, keys in ADDED_BY_MENU
    ),
    *(
        Entry("&View", f"place {name}", f"&{number} {label}", (f"Ctrl+{number}",))
        for number, (name, label) in enumerate(PLACES, 1)
    ),
    Entry("&View", "annual", "&Annual report"),
    Entry("&View", "bin", "&Bin"),
    Entry("&View", "back", "Bac&k", ("Alt+Left",), line_above=True),
    Entry("&Help", "keys", "&Keys", ("F1",)),
    Entry("&Help", "about", "&About OSCB Desktop"),
)

LIST_KEYS: tuple[tuple[str, str], ...] = (
    ("Open what is chosen in a list", "Enter"),
    ("First and last line of a list", "Home, End"),
    ("Copy the chosen lines as a table", "Ctrl+C"),
    ("From a list's filter into the list", "Down"),
    ("Select several lines, all lines of a list", "Shift+Down, Ctrl+A"),
    ("Fold and unfold a group of a list, all groups", "Left, Right, Ctrl+Left, Ctrl+Right"),
    ("Several actions: move, reassign, note, give to meeting", "Alt+M, Alt+R, Alt+N, Alt+G"),
    ("In a filter's menu: take several answers", "Space"),
    ("On the tabs of a list: save, rename, delete a view", "Insert, F2, Delete"),
    ("Save a form, leave a form", "Ctrl+S, Esc"),
    ("In a paper: larger, smaller, as wide as fits", "Ctrl++, Ctrl+-, Ctrl+0"),
    ("In a paper: search, next and previous place", "Ctrl+F, F3, Shift+F3"),
    ("In a text of the annual report: insert a figure", "Ctrl+Space"),
)
"""Keys that belong to a list, a form or a paper rather than to a menu."""


def build(window: QMainWindow, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make the menus of a window and return its actions by name.

    The entry called ``recent`` becomes a menu of that object name. Raises
    ``KeyError`` for an entry that nobody handles.
    """
    menus: dict[str, QMenu] = {}
    actions: dict[str, QAction] = {}
    for entry in ENTRIES:
        menu = menus.get(entry.menu)
        if menu is None:
            menu = menus[entry.menu] = window.menuBar().addMenu(entry.menu)
        if entry.line_above:
            menu.addSeparator()
        if entry.name == "recent":
            recent = menu.addMenu(entry.text)
            recent.setObjectName(entry.name)
            actions[entry.name] = recent.menuAction()
            continue
        action = menu.addAction(entry.text)
        action.setShortcuts([QKeySequence(keys) for keys in entry.keys])
        action.triggered.connect(lambda _=False, do=handlers[entry.name]: do())
        actions[entry.name] = action
    return actions


def all_keys() -> tuple[tuple[str, str], ...]:
    """Return what each key does, for the page of keys."""
    named = [
        (f"{_plain(entry.menu)}: {_plain(entry.text)}", ", ".join(entry.keys))
        for entry in ENTRIES
        if entry.keys
    ]
    return (*named, *LIST_KEYS)


def _plain(text: str) -> str:
    """Return a menu's words without the mark of the keyboard and the number of a place."""
    return text.replace("&", "").lstrip("0123456789 ")
