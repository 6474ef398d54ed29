"""The retention schedule that is suggested for a start; somebody has to agree it and take it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from oscb_desktop.errors import UserError
from oscb_desktop.paths import resource
from oscb_desktop.queries.retention import schedule
from oscb_desktop.services.records import add
from oscb_desktop.services.work import Work


@cache
def suggested() -> tuple[Mapping[str, Any], ...]:
    """Return the values of each line of ``resources/retention.toml``."""
    read = tomllib.loads(resource("retention.toml").read_text("utf-8"))
    return tuple(read["retention_rule"])


@dataclass(frozen=True, slots=True)
class TakeSuggestedSchedule:
    """Begin the schedule with the suggested lines, each to be changed as it is agreed."""

    def carry_out(self, work: Work) -> None:
        """Add them to an empty schedule; raises ``UserError`` when it holds anything."""
        if schedule(work.session):
            raise UserError("There is a schedule already. Change its lines instead.")
        for values in suggested():
            add(work, "retention_rule", values)
        work.label = "Take the suggested retention schedule"
