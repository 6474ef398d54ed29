"""How this partnership words its statements and letters, filled in for a review."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.wordings import unknown_placeholder, worded
from oscb_desktop.errors import UserError
from oscb_desktop.paths import resource
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import RecordRow, records


@dataclass(frozen=True, slots=True)
class Wordings:
    """The wordings of a file, and what they are filled in with."""

    texts: dict[str, str]
    said: dict[str, str]

    def lines(self, part: str) -> tuple[str, ...]:
        """Return the lines of a part, a code of the list ``wording_part``, filled in.

        Raises ``UserError`` for a wording that asks for what there is not.
        """
        odd = unknown_placeholder(self.texts[part])
        if odd:
            where = label_of("wording_part", part)
            raise UserError(f"The wording of “{where}” cannot be used (Settings). {odd}")
        return worded(self.texts[part], self.said)


def wordings(session: Session, review: RecordRow) -> Wordings:
    """Return the wordings for a review: those of this file first, then those of the program."""
    own = {str(row.values["part"]): str(row.values["text"]) for row in records(session, "wording")}
    ours = organisation(session)
    kind, published = review.words("kind"), review.words("published_on")
    said = {
        "known_as": review.words("known_as"),
        "organisation": ours.name,
        "subgroup": ours.subgroup,
        "review_kind": kind[:1].lower() + kind[1:],
        "published_on": published,
        "planned_on": "" if published else review.words("publication_planned_on"),
        "report_address": review.words("published_at"),
        "press_contact": ours.press_contact,
        "contact": contact_words(ours.contact),
    }
    return Wordings({**usual_wordings(), **own}, said)


def contact_words(contact: str) -> str:
    """Return how we are reached on one line."""
    return ", ".join(line.strip() for line in contact.splitlines() if line.strip())


@cache
def usual_wordings() -> dict[str, str]:
    """Return the wordings that come with the program, by part."""
    table = tomllib.loads(resource("wordings.toml").read_text("utf-8"))
    return {part: text.strip() for part, text in table.items()}
