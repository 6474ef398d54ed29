"""Of what a paper is and whom its copy is for: the boxes on the left of the Print page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import weekday_date
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.meetings import meetings
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import choices, records
from oscb_desktop.queries.reviews import named_reviews
from oscb_desktop.services.releases import Copy
from oscb_desktop.ui import theme
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.widgets.labels import shortened

_LONGEST = 200
_LONG = 60  # letters of an action to choose by
_ON_COPY = "The number of this copy, printed on each page."


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to choose: its words, the key that asks for it, and what the services are given."""

    words: str
    key: str
    given: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """One box to choose from; its offers are read with the key chosen in the box ``within``."""

    label: str
    offers: Callable[[Operations, str], Sequence[Offer]]
    within: str = ""


def _reviews(operations: Operations, _within: str) -> list[Offer]:
    return [
        Offer(f"{row.reference} {row.known_as}", str(row.id), {"review": row.reference})
        for row in operations.read(named_reviews, operations.today())
    ]


def _scopes(operations: Operations, _within: str) -> list[Offer]:
    """Return whose actions a log can hold; a key says the kind too, such as ``agency 3``."""
    agencies = [
        Offer(choice.title, f"agency {choice.id}", {"agency": choice.title})
        for choice in operations.read(choices, "agency")
    ]
    of_reviews = [
        Offer(f"Review {offer.words}", f"review {offer.key}", offer.given)
        for offer in _reviews(operations, "")
    ]
    themes = [
        Offer(f"Theme: {choice.title}", f"theme {choice.id}", {"theme": choice.title})
        for choice in operations.read(choices, "theme")
    ]
    return [Offer("All agencies", "all", {}), *agencies, *of_reviews, *themes]


def _actions(operations: Operations, review: str) -> list[Offer]:
    """Return the actions of one review: a file holds too many to choose from at once."""
    held = operations.read(records, "action", owner=int(review)) if review else ()
    return [
        Offer(shortened(row.title, _LONG), str(row.id), {"action": row.words("reference")})
        for row in held
    ]


def _meetings(operations: Operations, _within: str) -> list[Offer]:
    return [
        Offer(
            f"{weekday_date(row.held_on)} {row.kind_words}",
            str(row.id),
            {"meeting": row.reference},
        )
        for row in operations.read(meetings, operations.today())
    ]


def _years(operations: Operations, _within: str) -> list[Offer]:
    """Return the year that runs and those in which there was a review, the newest first."""
    month = operations.read(organisation).year_start_month
    worked = {
        year for row in operations.read(named_reviews, operations.today()) for year in row.years
    } | {ReportingYear.containing(operations.today(), month).label}
    return [Offer(year, year, {"year": year}) for year in sorted(worked, reverse=True)]


BOXES: Mapping[str, Box] = {
    "review": Box("&Review", _reviews),
    "scope": Box("Actions &of", _scopes),
    "action": Box("A&ction", _actions, within="review"),
    "meeting": Box("Meeti&ng", _meetings),
    "year": Box("Yea&r", _years),
}


class PrintChoices(QWidget):
    """The boxes that the chosen paper needs, and below them whom the copy is for."""

    changed = Signal()
    copy_typed = Signal()
    recipient_typed = Signal()

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self._operations = operations
        self._offers: dict[str, list[Offer]] = {}
        self._read_within: dict[str, str] = {}
        self._labels: dict[str, QLabel] = {}
        self.boxes: dict[str, QComboBox] = {}
        self.recipient = QLineEdit()
        self.copy_number = QLineEdit()
        self._build()

    def refresh(self) -> None:
        """Let every box be read again when it is needed next."""
        self._read_within.clear()

    def show_for(self, about: str) -> None:
        """Show the boxes that a paper is chosen by, filled."""
        wanted = {about, BOXES[about].within} if about else set()
        for name, box in self.boxes.items():
            for widget in (box, self._labels[name]):
                widget.setVisible(name in wanted)
        self._fill(about)

    def choose(self, about: str, wanted: Mapping[str, str]) -> None:
        """Choose what somebody asked for: a box by its name, or a key such as ``agency 3``."""
        if not about:
            return
        self.choose(BOXES[about].within, wanted)
        self._fill(about)
        asked = [f"{kind} {key}" for kind, key in wanted.items()]
        keys = [wanted[about]] if about in wanted else asked
        places = [self.boxes[about].findData(key) for key in keys]
        found = next((place for place in places if place >= 0), 0 if about in wanted else -1)
        if found >= 0:
            _set_quietly(self.boxes[about], found)

    def given(self, about: str) -> Mapping[str, str] | None:
        """Return what is chosen as the services name it, or None where there is nothing."""
        if not about:
            return {}
        place = self.boxes[about].currentIndex()
        return self._offers[about][place].given if place >= 0 else None

    def words(self, about: str) -> str:
        """Return what is chosen as it reads."""
        return self.boxes[about].currentText() if about else ""

    def copy(self) -> Copy:
        """Return whom this copy is for, and its number."""
        return Copy(self.recipient.text(), self.copy_number.text())

    def _fill(self, name: str) -> None:
        """Read the offers of a box, unless they stand, and keep what was chosen."""
        if not name:
            return
        declared, box = BOXES[name], self.boxes[name]
        self._fill(declared.within)
        within = str(self.boxes[declared.within].currentData() or "") if declared.within else ""
        if self._read_within.get(name) == within:
            return
        kept = box.currentData()
        self._read_within[name] = within
        self._offers[name] = list(declared.offers(self._operations, within))
        box.blockSignals(True)
        box.clear()
        for offer in self._offers[name]:
            box.addItem(offer.words, offer.key)
        box.blockSignals(False)
        _set_quietly(box, max(0, box.findData(kept)) if self._offers[name] else -1)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        for name, declared in BOXES.items():
            box = self.boxes[name] = QComboBox()
            box.setAccessibleName(declared.label.replace("&", ""))
            box.setMinimumContentsLength(18)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self._labels[name] = _label(declared.label, box)
            column.addWidget(self._labels[name])
            column.addWidget(box)
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        column.addLayout(self._copy_fields())
        self.copy_number.textEdited.connect(lambda _text: self.copy_typed.emit())
        self.recipient.textEdited.connect(lambda _text: self.recipient_typed.emit())

    def _copy_fields(self) -> QGridLayout:
        """Return whom the copy is for and its number, side by side."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.GRID)
        fields = (("For &whom", "recipient", 3), ("Cop&y", "copy_number", 1))
        for place, (label, name, share) in enumerate(fields):
            field: QLineEdit = getattr(self, name)
            declared = record_kind("release").field(name)
            field.setAccessibleName(declared.label)
            field.setAccessibleDescription(_ON_COPY if name == "copy_number" else declared.help)
            field.setMaxLength(declared.max_length or _LONGEST)
            grid.addWidget(_label(label, field), 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, share)
        self.copy_number.setToolTip(_ON_COPY)
        return grid


def _set_quietly(box: QComboBox, place: int) -> None:
    box.blockSignals(True)
    box.setCurrentIndex(place)
    box.blockSignals(False)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
