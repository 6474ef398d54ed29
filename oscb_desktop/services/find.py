"""Finding a record by what a person types: its reference or name, with what is near otherwise."""

from __future__ import annotations

from difflib import get_close_matches
from textwrap import shorten

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import quoted
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import RecordRow, id_by_key, records
from oscb_desktop.services.store import Store

_LONGEST = 60


def find_review(store: Store, named: str) -> int:
    """Return the id of the live review with this reference or, where only one has it, this name.

    Raises ``UserError`` that names what is near.
    """
    return store.read(_find, "review", named, ("reference", "known_as"))


def find_agency(store: Store, named: str) -> int:
    """Return the id of the live agency of this name or short name; raises as ``find_review``."""
    return store.read(_find, "agency", named, ("name", "short_name"))


def find_incident(store: Store, named: str) -> int:
    """Return the id of the live incident of this reference or name; raises as ``find_review``."""
    return store.read(_find, "incident", named, ("reference", "known_as"))


def find_theme(store: Store, named: str) -> int:
    """Return the id of the live theme of this name; raises as ``find_review``."""
    return store.read(_find, "theme", named, ("name",))


def find_action(store: Store, named: str) -> int:
    """Return the id of the live action of this reference; raises as ``find_review``."""
    found = store.read(id_by_key, "action", named)  # one look, of thousands of actions
    return store.read(_find, "action", named, ("reference",)) if found is None else found


def find_meeting(store: Store, named: str) -> int:
    """Return the id of the live meeting of this reference; raises as ``find_review``."""
    return store.read(_find, "meeting", named, ("reference",))


def find_pack(store: Store, named: str) -> int:
    """Return the id of the live pack of this reference or title; raises as ``find_review``."""
    return store.read(_find, "pack", named, ("reference", "title"))


def _find(session: Session, kind_name: str, named: str, fields: tuple[str, ...]) -> int:
    """Look for a record by one field after the other, whatever the capitals."""
    rows = records(session, kind_name)
    wanted = " ".join(named.split()).casefold()
    for field in fields:
        found = [row for row in rows if str(row.values[field] or "").casefold() == wanted]
        if len(found) > 1:
            raise UserError(f"{quoted(named)} may be {_listed(found, ' or ')}. Say which.")
        if found:
            return found[0].id
    raise UserError(f"There is no {kind_name} {quoted(named)}. {_near(rows, wanted, fields)}")


def _near(rows: tuple[RecordRow, ...], wanted: str, fields: tuple[str, ...]) -> str:
    """Return a sentence that names the records which are most like what was typed."""
    words = {
        str(row.values[field]).casefold(): row
        for row in rows
        for field in fields
        if row.values[field]
    }
    near = [words[match] for match in get_close_matches(wanted, words, n=3, cutoff=0.5)]
    near = list({row.id: row for row in near}.values())
    if near:
        return f"Near it: {_listed(near, ', ')}."
    some = list(rows[:3])
    return f"There is for example {_listed(some, ', ')}." if some else "There is none at all yet."


def _listed(rows: list[RecordRow], between: str) -> str:
    return between.join(_short(row.title) for row in rows)


def _short(title: str) -> str:
    """Return a title that may be the whole text of an action, to stand within a sentence."""
    return shorten(title, _LONGEST, placeholder="…").rstrip(".")
