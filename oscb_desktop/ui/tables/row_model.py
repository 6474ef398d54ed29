"""Rows in memory, filtered and sorted without a proxy; the model never queries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from oscb_desktop.ui.widgets.badge import Tone

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_AT_ONCE = 500  # rows of which the text is prepared between two events
_AFTER = 120  # milliseconds from new rows to that: they are painted first
_SHORT = 14  # a cell of fewer letters is never cut off
TONE = Qt.ItemDataRole.UserRole + 1
_SHOWN, _TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.ToolTipRole)
_ALIGNED = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ANSWERED = frozenset({_SHOWN, _TIP, _ALIGNED, _SPOKEN, int(TONE)})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NONE = "\uffff"  # sorts what has no group after all that have one


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    ``words`` gives the text of a cell; ``key`` what it sorts by, where that is not the text: None
    comes last in either direction. ``tone`` puts a shape before the word. ``width`` is in average
    characters; the column that is ``wide`` takes what the others leave, one that is ``whole`` gives
    up nothing of what its words need. ``spoken`` is what a screen
    reader says of the cell, where that is more than its words.
    """

    name: str
    heading: str
    words: Callable[[Any], str]
    key: Callable[[Any], Any] | None = None
    width: int = 12
    numeric: bool = False
    tone: Callable[[Any], Tone | None] | None = None
    wide: bool = False
    hidden: bool = False
    spoken: Callable[[Any], str] | None = None
    whole: bool = False

    def sort_key(self, row: Any) -> Any:
        """Return what a row sorts by in this column, None when there is nothing."""
        return self.key(row) if self.key else (self.words(row).casefold() or None)


@dataclass(frozen=True, slots=True)
class Grouping:
    """A question by whose answers a list can be grouped; a row with several stands in each group.

    ``order`` sorts the groups; left open, they stand by their words. ``nothing`` heads the rows
    without an answer, which come last.
    """

    name: str
    label: str
    words: Callable[[Any], tuple[str, ...]]
    nothing: str
    order: Callable[[str], Any] | None = None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The line that heads a group: its words, how many rows it holds, whether they are folded."""

    words: str
    count: int
    folded: bool


class RowTableModel(QAbstractTableModel):
    """A table of frozen rows, in groups where wanted."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Any] = []
        self._texts: list[str] = []
        self._order: list[int] = []
        self._kept: list[bool] | None = None
        self._words: tuple[str, ...] = ()
        self._shown: list[int] = []
        self._sorted_by: tuple[int, bool] | None = None
        self._grouping: Grouping | None = None
        self._folded: set[str] = set()
        self._groups: list[GroupLine] = []
        self._lines: list[
            int
        ] = []  # of each line its place among the rows, or ~ its group's number
        self._ahead = QTimer(self, interval=0)
        self._ahead.timeout.connect(self._prepare_some)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, filtered and sorted as before; ``keep`` is forgotten."""
        self.beginResetModel()
        self._rows, self._texts, self._kept = list(rows), [], None
        self._order = self._sorted_order()
        self._show(self._passing(self._order))
        self.endResetModel()
        self._ahead.start(_AFTER)

    def keep(self, kept: list[bool] | None) -> None:
        """Show only the rows marked, one mark a row in the order of ``set_rows``."""
        self.beginResetModel()
        self._kept = kept
        self._show(self._passing(self._order))
        self.endResetModel()

    def find(self, typed: str) -> None:
        """Show only the rows that hold every word typed, anywhere and whatever the capitals."""
        words = tuple(typed.casefold().split())
        if words == self._words:
            return
        narrower = all(any(old in new for new in words) for old in self._words)
        self._words = words
        self.beginResetModel()
        self._show(self._passing(self._shown if narrower else self._order))
        self.endResetModel()

    @property
    def is_preparing(self) -> bool:
        """Whether the text in which is searched is still being made ready."""
        return self._ahead.isActive()

    def all_rows(self) -> Sequence[Any]:
        """Return every row, shown or not, in the order of ``set_rows``."""
        return self._rows

    def count(self) -> int:
        """Return how many rows pass the filters, those of folded groups among them."""
        return len(self._shown)

    def row_at(self, position: int) -> Any:
        """Return the row on a line of the screen, None where the line heads a group."""
        at = self._lines[position]
        return self._rows[at] if at >= 0 else None

    def position_of(self, wanted: Callable[[Any], bool]) -> int | None:
        """Return the line on which a row stands, None when it is not shown."""
        for position, at in enumerate(self._lines):
            if at >= 0 and wanted(self._rows[at]):
                return position
        return None

    def cells(self, position: int, columns: Sequence[int]) -> list[str]:
        """Return the text of some cells of a line; of a group only its words and its number."""
        group = self.group_at(position)
        if group is not None:
            return [f"{group.words} ({group.count:,})", *[""] * (len(columns) - 1)]
        row = self.row_at(position)
        return [self.columns[column].words(row) for column in columns]

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines shown."""
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be selected; the line of a group can only be stood on."""
        if index.isValid() and self._groups and self._lines[index.row()] < 0:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says and means."""
        # Asked for eight roles of each cell at each painting, so what is not answered ends here.
        if role not in _ANSWERED or not index.isValid() or index.row() >= len(self._lines):
            return None
        column = self.columns[index.column()]
        row = self.row_at(index.row())
        if row is None:
            head = index.column() == 0 and role == _SPOKEN
            return self._told(index.row()) if head else None
        if role == _SHOWN:
            return " ".join(column.words(row)[:500].split())
        if role == _ALIGNED:
            return _RIGHT if column.numeric else _LEFT
        if role == _SPOKEN and column.spoken:
            return column.spoken(row)
        if role == TONE:
            return column.tone(row) if column.tone else None
        if role == _TIP and not column.numeric:
            return _plain_tip(column.words(row))
        return None

    def _told(self, position: int) -> str:
        group = self._groups[~self._lines[position]]
        return f"{group.words}, {group.count:,}, {'folded' if group.folded else 'unfolded'}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's heading."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.numeric else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, empty cells last in either direction."""
        self._sorted_by = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.beginResetModel()
        self._order = self._sorted_order()
        self._show(self._passing(self._order))
        self.endResetModel()

    # Grouping

    @property
    def grouping(self) -> Grouping | None:
        """By what the rows are grouped, or None."""
        return self._grouping

    def group_by(self, grouping: Grouping | None) -> None:
        """Show the rows in groups, each under a line of its own and unfolded; or in none."""
        self.beginResetModel()
        self._grouping, self._folded = grouping, set()
        self._show(self._shown)
        self.endResetModel()

    def group_at(self, position: int) -> GroupLine | None:
        """Return the group that a line of the screen heads, None where it is a row."""
        at = self._lines[position]
        return self._groups[~at] if at < 0 else None

    def head_of(self, position: int) -> int:
        """Return the line that heads the group in which a line stands."""
        while position > 0 and self._lines[position] >= 0:
            position -= 1
        return position

    def fold(self, position: int, *, folded: bool) -> None:
        """Hide or show the rows of the group that a line heads."""
        group = self.group_at(position)
        if group is not None and group.folded != folded:
            self._fold({group.words}, folded=folded)

    def fold_all(self, *, folded: bool) -> None:
        """Hide or show the rows of every group."""
        self._fold({group.words for group in self._groups}, folded=folded)

    def _fold(self, words: set[str], *, folded: bool) -> None:
        self.beginResetModel()
        self._folded = self._folded | words if folded else self._folded - words
        self._show(self._shown)
        self.endResetModel()

    def _show(self, places: list[int]) -> None:
        """Lay out the rows that pass, under the lines of their groups."""
        self._shown = places
        self._groups = []
        grouping = self._grouping
        if grouping is None:
            self._lines = places
            return
        found: dict[str, list[int]] = {}
        for place in places:
            for word in grouping.words(self._rows[place]) or (_NONE,):
                found.setdefault(word, []).append(place)
        order = grouping.order or str.casefold
        self._lines = []
        for word in sorted(found, key=lambda word: (word == _NONE, order(word))):
            words = grouping.nothing if word == _NONE else word
            folded = words in self._folded
            self._lines.append(~len(self._groups))
            self._groups.append(GroupLine(words, len(found[word]), folded))
            if not folded:
                self._lines += found[word]

    # Filtering and sorting

    def _sorted_order(self) -> list[int]:
        order = list(range(len(self._rows)))
        if self._sorted_by is None:
            return order
        at, backwards = self._sorted_by
        keys = [self.columns[at].sort_key(row) for row in self._rows]
        filled = [place for place in order if keys[place] is not None]
        filled.sort(key=keys.__getitem__, reverse=backwards)
        return filled + [place for place in order if keys[place] is None]

    def _passing(self, places: list[int]) -> list[int]:
        kept, words = self._kept, self._words
        if kept is not None:
            places = [place for place in places if kept[place]]
        if words:
            texts = self._searchable()
            for word in words:
                places = [place for place in places if word in texts[place]]
        return places if places is not self._order else list(places)

    def _searchable(self) -> list[str]:
        self._prepare(len(self._rows))
        return self._texts

    def _prepare_some(self) -> None:
        """Prepare the text of more rows while nobody types, so that the first key is quick too."""
        self._ahead.setInterval(0)
        self._prepare(len(self._texts) + _AT_ONCE)
        if len(self._texts) == len(self._rows):
            self._ahead.stop()

    def _prepare(self, until: int) -> None:
        readers = [column.words for column in self.columns]
        self._texts += [
            "\n".join([read(row) for read in readers]).casefold()
            for row in self._rows[len(self._texts) : until]
        ]


def _plain_tip(words: str) -> str | None:
    """Return a tool tip that Qt cannot take for mark-up."""
    if len(words) < _SHORT:
        return None
    shortened = words if len(words) <= 600 else words[:599] + "…"
    escaped = shortened.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<p style='white-space: pre-wrap'>{escaped}</p>"
