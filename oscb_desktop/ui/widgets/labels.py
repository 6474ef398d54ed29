"""Words on the screen: headings, lines of help, faults. User text is always plain text here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy


def words(text: str, look: str = "") -> QLabel:
    """Return a wrapping label of plain text in one of the looks of the style sheet."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("look", look)
    # A fixed least height would be that of another width: the layout asks for the one it gives.
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def selectable(text: str, look: str = "") -> QLabel:
    """Return words that can be marked and copied."""
    label = words(text, look)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def title(text: str) -> QLabel:
    """Return the title of a page."""
    return words(text, "heading1")


def heading(text: str) -> QLabel:
    """Return the heading of a section."""
    return words(text, "heading2")


def quiet(text: str) -> QLabel:
    """Return words that stand back: help, dates, what is empty."""
    return words(text, "muted")


def fault(text: str = "") -> QLabel:
    """Return the place of a sentence that says what is wrong."""
    return words(text, "fault")


def strong(text: str) -> QLabel:
    """Return words in bold."""
    label = words(text)
    font = QFont(label.font())
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label


def button(text: str, name: str = "", *, first: bool = False) -> QPushButton:
    """Return a button; ``name`` is its full name for assistive software where the word is short.

    An ampersand in the text is shown, never taken as a mark for the keyboard.
    """
    made = QPushButton(text.replace("&", "&&"))
    made.setAccessibleName(name or text)
    made.setAutoDefault(False)
    made.setDefault(first)
    return made


def link_button(text: str, name: str = "") -> QPushButton:
    """Return a button that looks like a word to click."""
    made = button(text, name)
    made.setProperty("look", "link")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def shortened(text: str, most: int = 300) -> str:
    """Return the beginning of a text on one line, with an ellipsis where it goes on."""
    flat = " ".join(text[: most * 2].split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"
