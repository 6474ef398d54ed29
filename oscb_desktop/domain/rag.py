"""The colour of an action, derived from its facts by a key that is data and is printed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from oscb_desktop.domain.statuses import (
    ActionScope,
    AssuranceLevel,
    DeliveryStatus,
    days_late,
    is_open,
)
from oscb_desktop.paths import resource

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_PROTECTED = "blue"


@dataclass(frozen=True, slots=True)
class RagFacts:
    """What the colour of an action depends on; ``evidence`` is how many items are recorded."""

    delivery: DeliveryStatus
    scope: ActionScope
    assurance: AssuranceLevel
    evidence: int
    signed_off: bool
    original_due_on: date | None
    due_on: date | None
    completed_on: date | None
    today: date


@dataclass(frozen=True, slots=True)
class RagColour:
    """One colour of the key: its name, the word that always stands with it, and what it means."""

    colour: str
    word: str
    meaning: str
    fill: str

    @property
    def label(self) -> str:
        """Colour and word together, ``Red: overdue``, so that neither has to be seen."""
        return f"{self.colour.capitalize()}: {self.word.lower()}"


@dataclass(frozen=True, slots=True)
class Shade:
    """The colour that an action is shown in, and the one that follows from its facts.

    ``reason`` says why another was given by hand; without one the colour is the key's own.
    """

    shown: RagColour
    by_key: RagColour
    reason: str = ""

    @property
    def words(self) -> str:
        """The word of the key, or ``Amber (by hand: the lead was ill); by the key Red: overdue``.

        Both are told, for the facts may have moved on since somebody decided otherwise.
        """
        if not self.reason:
            return self.shown.word
        return f"{self.by_hand}; by the key {self.by_key.label}"

    @property
    def by_hand(self) -> str:
        """The colour that was given with its reason, ``Amber (by hand: the lead was ill)``."""
        return f"{self.shown.colour.capitalize()} (by hand: {self.reason})" if self.reason else ""


@dataclass(frozen=True, slots=True)
class RagKey:
    """The colours, and the rules in the order in which they are tried."""

    colours: tuple[RagColour, ...]
    rules: tuple[tuple[str, tuple[str, ...]], ...]
    due_soon_days: int

    def entry(self, colour: str) -> RagColour:
        """Return a colour of the key by its name; raises ``KeyError`` for one it does not hold."""
        for entry in self.colours:
            if entry.colour == colour:
                return entry
        raise KeyError(f"the key has no colour {colour}")


def colour_of(facts: RagFacts, key: RagKey) -> tuple[str, str]:
    """Return the colour of an action and the word that says what it means.

    Blue needs evidence that was accepted, and a sign-off, whatever the key says.
    """
    for colour, conditions in key.rules:
        if colour == _PROTECTED and not is_assured(facts):
            continue
        if all(_CONDITIONS[name](facts, key) for name in conditions):
            return colour, key.entry(colour).word
    raise ValueError("no rule of the key fits; its last rule must have no conditions")


def shade_of(facts: RagFacts, key: RagKey, given: str | None, reason: str | None) -> Shade:
    """Return how an action is shown: in its own colour, or in the one given by hand for a reason.

    A hand cannot make it blue either without accepted evidence and a sign-off; a colour that the
    key does not hold, or that came without a reason, is passed over.
    """
    own = key.entry(colour_of(facts, key)[0])
    known = any(entry.colour == given for entry in key.colours)
    if not given or not known or not (reason or "").strip():
        return Shade(own, own)
    if given == _PROTECTED and not is_assured(facts):
        return Shade(own, own)
    return Shade(key.entry(given), own, " ".join((reason or "").split()))


@cache
def load_key() -> RagKey:
    """Return the key that comes with the program; raises ``ValueError`` for one that is wrong."""
    return read_key(tomllib.loads(resource("rag_key.toml").read_text("utf-8")))


def read_key(table: dict[str, Any]) -> RagKey:
    """Return the key that a table of data holds.

    Raises ``ValueError`` for an unknown colour or condition, or where the last rule is not for all.
    """
    colours = tuple(RagColour(**row) for row in table["colours"])
    rules = tuple((row["colour"], tuple(row["when"])) for row in table["rules"])
    known = {entry.colour for entry in colours}
    for colour, conditions in rules:
        unknown = [name for name in conditions if name not in _CONDITIONS]
        if colour not in known or unknown:
            raise ValueError(f"the key has a rule for {colour} that cannot be read: {unknown}")
    if not rules or rules[-1][1] or rules[-1][0] == _PROTECTED:
        raise ValueError("the last rule of the key must fit every action")
    return RagKey(colours, rules, table["due_soon_days"])


def is_assured(facts: RagFacts) -> bool:
    """Say whether evidence is held and accepted, and the action signed off: what blue needs."""
    accepted = facts.assurance.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)
    return facts.evidence > 0 and accepted and facts.signed_off


def _is_overdue(facts: RagFacts, key: RagKey) -> bool:
    if not is_open(facts.delivery):
        return False
    return days_late(facts.due_on, facts.delivery, facts.scope, None, facts.today) > 0


def _is_due_soon(facts: RagFacts, key: RagKey) -> bool:
    return facts.due_on is not None and facts.due_on - facts.today <= timedelta(key.due_soon_days)


def _was_moved_back(facts: RagFacts, key: RagKey) -> bool:
    return bool(facts.due_on and facts.original_due_on and facts.due_on > facts.original_due_on)


_CONDITIONS: dict[str, Callable[[RagFacts, RagKey], bool]] = {
    "complete": lambda facts, key: facts.delivery is DeliveryStatus.COMPLETE,
    "not_started": lambda facts, key: facts.delivery is DeliveryStatus.NOT_STARTED,
    "in_progress": lambda facts, key: facts.delivery is DeliveryStatus.IN_PROGRESS,
    "no_longer_required": lambda facts, key: facts.delivery is DeliveryStatus.NO_LONGER_REQUIRED,
    "national": lambda facts, key: facts.scope is ActionScope.NATIONAL,
    "overdue": _is_overdue,
    "due_soon": _is_due_soon,
    "moved_back": _was_moved_back,
    "evidence": lambda facts, key: facts.evidence > 0,
    "evidence_accepted": lambda facts, key: facts.assurance.reaches(
        AssuranceLevel.EVIDENCE_ACCEPTED
    ),
    "impact_shown": lambda facts, key: facts.assurance.reaches(AssuranceLevel.IMPACT_SHOWN),
    "signed_off": lambda facts, key: facts.signed_off,
}
