"""Whether a meeting is quorate: the three statutory partners and enough people, said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from oscb_desktop.domain.codes import code_list


class AttendanceStatus(StrEnum):
    """Whether somebody came; the codes of the list ``attendance_status``."""

    INVITED = "invited"
    PRESENT = "present"
    APOLOGIES = "apologies"
    SUBSTITUTE = "substitute"
    ABSENT = "absent"


CAME = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.SUBSTITUTE})
"""Somebody who came for somebody else counts for the agency that they stand for."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person at a meeting; ``partner`` is the statutory partner they speak for, or nothing."""

    status: AttendanceStatus
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Quorum:
    """How a meeting stands to its rule; ``minimum`` is 0 where the file asks for no number."""

    invited: int
    present: int
    minimum: int
    missing_partners: tuple[str, ...]

    @property
    def is_quorate(self) -> bool:
        """Whether all three partners are there and as many people as the rule asks for."""
        return bool(self.present) and not self.missing_partners and self.present >= self.minimum

    def words(self) -> str:
        """Say how it stands, and what is missing where something is."""
        if not self.invited:
            return "Nobody is invited yet."
        if not self.present:
            return f"Nobody is ticked as present yet, of {self.invited} invited."
        if self.is_quorate:
            return f"Quorate: {self.present} present, all three partners."
        return f"Not quorate: {'; '.join(self._lacks())}."

    def _lacks(self) -> list[str]:
        lacks = []
        if self.missing_partners:
            lacks.append(f"nobody from {_any_of(_named(self.missing_partners))}")
        if self.present < self.minimum:
            lacks.append(f"{self.present} present where {self.minimum} are needed")
        return lacks


def quorum(attendees: Iterable[Attendee], minimum: int | None) -> Quorum:
    """Return how a meeting stands (setting: the three statutory partners and a least number).

    No English rule gives a number; the partners are those of the Children Act 2004, section 16E.
    """
    everybody = tuple(attendees)
    came = [one for one in everybody if one.status in CAME]
    there = {one.partner for one in came}
    partners = (entry.code for entry in code_list("statutory_partner").codes)
    missing = tuple(partner for partner in partners if partner not in there)
    return Quorum(len(everybody), len(came), minimum or 0, missing)


def present_words(quorate: Quorum) -> str:
    """Say in a few words who came, for a list."""
    if not quorate.present:
        return f"{quorate.invited} invited" if quorate.invited else ""
    return f"{quorate.present} present, {'' if quorate.is_quorate else 'not '}quorate"


def _named(partners: Iterable[str]) -> list[str]:
    """Return the partners as they stand within a sentence."""
    labels = (code_list("statutory_partner").label_of(partner) for partner in partners)
    return [label.lower() if label == "Health" else f"the {label.lower()}" for label in labels]


def _any_of(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
