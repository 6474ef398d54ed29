"""The time limits of the statutory guidance, edition by edition, as dated data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import quoted
from oscb_desktop.errors import UserError
from oscb_desktop.paths import resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One edition of the time limits; ``sources`` holds a note for each clock, by its name.

    The death of a looked-after child or of a care leaver has a duty of its own, whether or not
    abuse or neglect is suspected; None where an edition knows no such duty.

    The Panel's reply is a setting, not a limit: replace it with ``dataclasses.replace``.
    """

    key: str
    name: str
    effective_from: date
    notification_working_days: int
    rapid_review_working_days: int
    panel_reply_working_days: int
    publication_months: int
    pre_publication_working_days: int
    availability_months: int
    sources: Mapping[str, str]
    looked_after_death_working_days: int | None = None
    care_leaver_death_working_days: int | None = None


@lru_cache(maxsize=1)
def load_rule_sets() -> tuple[RuleSet, ...]:
    """Return the rule sets that come with the program, oldest first."""
    with resource("rule_sets.toml").open("rb") as file:
        rows = tomllib.load(file)["rule_sets"]
    rule_sets = [RuleSet(**{**row, "sources": MappingProxyType(row["sources"])}) for row in rows]
    return tuple(sorted(rule_sets, key=lambda rules: rules.effective_from))


def rule_set_on(day: date, rule_sets: Sequence[RuleSet]) -> RuleSet:
    """Return the rule set in force on a day; before the first, the first."""
    in_order = sorted(rule_sets, key=lambda rules: rules.effective_from)
    in_force = [rules for rules in in_order if rules.effective_from <= day]
    return in_force[-1] if in_force else in_order[0]


def rule_set_named(key: str) -> RuleSet:
    """Return a rule set by its key, such as ``wt2023``. Raises ``UserError`` for an unknown one."""
    for rules in load_rule_sets():
        if rules.key == key:
            return rules
    known = ", ".join(rules.key for rules in load_rule_sets())
    raise UserError(f"There is no rule set {quoted(key)}. There are: {known}.")
