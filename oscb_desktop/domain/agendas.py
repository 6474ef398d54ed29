"""What usually stands on the agenda of each kind of meeting, and who is invited to it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from oscb_desktop.paths import resource

REVIEWS, OVERDUE = "{reviews}", "{overdue}"
"""The items that stand for records: each review in progress, and the actions that are overdue."""


@dataclass(frozen=True, slots=True)
class AgendaTemplate:
    """The items of one kind of meeting in their order, and the group whose members are invited.

    ``body`` is a code of the list ``body``, or nothing where no group is meant.
    """

    body: str
    items: tuple[str, ...]


@cache
def agenda_templates() -> dict[str, AgendaTemplate]:
    """Return the template of each kind of meeting, by the codes of the list ``meeting_kind``."""
    table = tomllib.loads(resource("agendas.toml").read_text("utf-8"))
    return {kind: AgendaTemplate(row["body"], tuple(row["items"])) for kind, row in table.items()}
