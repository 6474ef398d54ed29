"""The one search field: the beginnings of words, in everything that is not an identity."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from oscb_desktop.domain.fields.registry import record_kind

_THROUGH_OTHERS = (
    "membership",
    "age_band",
    "extra_holiday",
    "baseline",
    "retention_rule",
    "plan_template_step",
    "ladder_step",
    "saved_view",
    "likeness",
    "attendance",
)
"""Kinds that nobody looks for by their words: they are reached through a person or the settings."""
_RANKED_FROM = 3  # ranking a match of one or two letters costs more than it tells


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that holds every word typed; ``label`` says in words what kind it is."""

    kind: str
    record_id: int
    title: str
    label: str


def search(session: Session, typed: str, limit: int = 30) -> tuple[SearchHit, ...]:
    """Return the live records that hold a word beginning with each word typed, the best first.

    Anything may be typed: no character has a meaning of its own.
    """
    match = _match(typed)
    if not match:
        return ()
    longest = max(len(word) for word in typed.split())
    order = "bm25(search_text, 8.0, 1.0)" if longest >= _RANKED_FROM else "search_text.rowid DESC"
    found = session.execute(
        text(
            "SELECT search_entry.kind, search_entry.record_id, search_entry.title"
            " FROM search_text JOIN search_entry ON search_entry.id = search_text.rowid"
            " WHERE search_text MATCH :match AND search_entry.kind NOT IN :others"
            f" ORDER BY {order} LIMIT :limit"
        ).bindparams(bindparam("others", expanding=True)),
        {"match": match, "limit": limit, "others": _THROUGH_OTHERS},
    )
    return tuple(
        SearchHit(row.kind, row.record_id, row.title, record_kind(row.kind).label) for row in found
    )


def _match(typed: str) -> str:
    """Return the typed words as quoted prefixes; words without a letter or digit are left out."""
    # half a character or a null cannot reach the index, and none is in it
    whole = typed.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
    words = [word for word in whole.split() if any(char.isalnum() for char in word)]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words[:12])
