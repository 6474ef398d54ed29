"""What a new file holds from the start: an organisation to be named, and age bands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from oscb_desktop.database.change_log import Act
from oscb_desktop.paths import resource
from oscb_desktop.services.records import add
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class StartFile:
    """Put the first settings of ``resources/new_file.toml`` into a new file."""

    def carry_out(self, work: Work) -> None:
        """Add them."""
        work.label = "Make the file"
        work.act = Act.START
        tables = tomllib.loads(resource("new_file.toml").read_text("utf-8"))
        for kind, rows in tables.items():
            for values in rows:
                add(work, kind, values)
