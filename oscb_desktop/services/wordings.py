"""The wording of statements and letters, taken into the file to be changed there."""

from __future__ import annotations

from dataclasses import dataclass

from oscb_desktop.domain.codes import code_list
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import records as rows
from oscb_desktop.queries.wordings import usual_wordings
from oscb_desktop.services import records
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class UseUsualWordings:
    """Write the usual wording into the file, to be changed there."""

    def carry_out(self, work: Work) -> None:
        """Add the parts that the file does not word; raises ``UserError`` where it has them all."""
        held = {row.values["part"] for row in rows(work.session, "wording")}
        wanted = [entry.code for entry in code_list("wording_part").codes if entry.code not in held]
        if not wanted:
            raise UserError("This file has a wording of every part already. Change those.")
        usual = usual_wordings()
        for part in wanted:
            records.add(work, "wording", {"part": part, "text": usual[part]})
        work.label = "Start from the usual wording of statements and letters"
