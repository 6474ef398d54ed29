"""The lists that somebody set up and kept under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.keeping import SavedView


@dataclass(frozen=True, slots=True)
class ViewShape:
    """How a list is set up: what it is narrowed to, by what it is sorted and grouped.

    ``view`` is the built-in view that it starts from; ``answers`` holds those chosen in each
    filter; ``order`` the name of a column, empty for the list's own order.
    """

    view: str = ""
    text: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    backwards: bool = False
    group: str = ""

    def as_text(self) -> str:
        """Return it as it is kept."""
        held = {
            "view": self.view,
            "text": self.text,
            "answers": {name: list(words) for name, words in self.answers.items()},
            "order": self.order,
            "backwards": self.backwards,
            "group": self.group,
        }
        kept = {name: value for name, value in held.items() if value}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class SavedViewRow:
    """One saved view of a list."""

    id: int
    version: int
    name: str
    shape: ViewShape


def saved_views(session: Session, place: str) -> tuple[SavedViewRow, ...]:
    """Return the saved views of a list by their names."""
    live = select(SavedView).where(SavedView.place == place, SavedView.withdrawn_at.is_(None))
    found = [
        SavedViewRow(row.id, row.version, row.name, read_shape(row.shape))
        for row in session.scalars(live)
    ]
    return tuple(sorted(found, key=lambda row: row.name.casefold()))


def read_shape(kept: str) -> ViewShape:
    """Return the shape that a text holds; whatever in it cannot be read is left out."""
    try:
        held = json.loads(kept)
    except ValueError:
        held = None
    if not isinstance(held, dict):
        return ViewShape()
    answers = held.get("answers")
    return ViewShape(
        view=_text(held.get("view")),
        text=_text(held.get("text")),
        answers={
            str(name): tuple(map(str, words))
            for name, words in (answers.items() if isinstance(answers, dict) else ())
            if isinstance(words, list)
        },
        order=_text(held.get("order")),
        backwards=held.get("backwards") is True,
        group=_text(held.get("group")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
