"""The words and signs that several lists share."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.statutory_clock import Clock
from oscb_desktop.queries.actions import ActionRow
from oscb_desktop.ui.widgets.badge import Tone

_TONES = {
    "red": Tone.BAD,
    "amber": Tone.WARN,
    "green": Tone.GOOD,
    "blue": Tone.GOOD,
    "purple": Tone.INFO,
}


def basis(clock: Clock) -> str:
    """Return what a clock's rule rests on, the guidance named once."""
    if clock.source.startswith(clock.rule_set):
        return clock.source
    return f"{clock.rule_set}: {clock.source}" if clock.source else clock.rule_set


def day(on: date | None) -> str:
    """Write a day, or nothing."""
    return format_date(on) if on else ""


def due_words(row: ActionRow) -> str:
    """Say when an action is due, with the first date where it was moved."""
    if row.was_moved:
        return f"{day(row.due_on)} (was {_short(row)})"
    return day(row.due_on)


def _short(row: ActionRow) -> str:
    """Write the first due date, without its year where that is the year of the new one."""
    first = row.original_due_on
    same_year = first and row.due_on and first.year == row.due_on.year
    return day(first)[:6] if same_year else day(first)


def drift_words(row: ActionRow) -> str:
    """Say by how many days an action is due later than at first, or earlier."""
    days = row.drift_days
    return f"{days:+,} d".replace("-", "\N{MINUS SIGN}") if days else ""


def note_words(row: ActionRow) -> str:
    """Say what was reported last and how long ago."""
    if row.note_age_days is None:
        return ""
    age = "today" if row.note_age_days == 0 else f"{row.note_age_days} days ago"
    return f"{age}: {row.note}"


def delivery_words(row: ActionRow) -> str:
    """Write how far an action is, with the word of its colour where that says more."""
    shade = row.shade
    if shade.reason:
        return f"{row.delivery_words} · {shade.words}"
    if shade.shown.word == row.delivery_words or row.is_national:
        return row.delivery_words
    return f"{row.delivery_words} · {shade.shown.word.lower()}"


def colour_tone(row: ActionRow) -> Tone:
    """Return the sign that stands for an action's colour."""
    return _TONES.get(row.colour, Tone.PLAIN)
