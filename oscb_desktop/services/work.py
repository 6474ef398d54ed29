"""One step of work while it lasts: its session, its moment, and what it has changed so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act, Item


@dataclass(slots=True)
class Work:
    """What a service function is given: the open session, who works, now, and the log to fill.

    ``label`` names the step for undo and history; ``record_id`` is the record it was about;
    ``seen_live`` holds the records, by kind and id, that the step found outside the bin. One that
    ``brings_in`` what was kept elsewhere may lack a day that nobody knows any more.
    """

    session: Session
    by: str
    at: datetime
    today: date
    label: str = ""
    act: Act = Act.CHANGE
    undoes_id: int | None = None
    record_id: int | None = None
    items: list[Item] = field(default_factory=list)
    seen_live: set[tuple[str, int]] = field(default_factory=set)
    brings_in: bool = False
