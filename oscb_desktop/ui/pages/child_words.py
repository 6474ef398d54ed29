"""A child in one sentence, under the pseudonym."""

from __future__ import annotations

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import RecordRow

_CHILD = {"female": "girl", "male": "boy"}
_ADULT = {"female": "young woman", "male": "young man"}
_ADULTHOOD = 18


def child_words(row: RecordRow) -> str:
    """Return who a child is: ``Child M, girl, 7 months, White British, child in need``."""
    values = row.values
    age = values["age_at_incident"]
    years = age.whole_years if isinstance(age, Age) else None
    called = _ADULT if years is not None and years >= _ADULTHOOD else _CHILD
    parts = [
        str(values["known_as"]),
        called.get(str(values["sex"]), ""),
        row.words("age_at_incident"),
        _short(_field("ethnicity"), values["ethnicity"]),
        _care(row),
    ]
    outcome = row.words("outcome")
    sentence = ", ".join(part for part in parts if part)
    return f"{sentence}. {outcome}." if outcome else f"{sentence}."


def _care(row: RecordRow) -> str:
    status = _lowered(row.words("csc_status"))
    category = _lowered(row.words("cp_category"))
    on_plan = row.values["csc_status"] == "child_protection"
    return f"{status} ({category})" if category and on_plan else status


def _short(field: Field, value: Value) -> str:
    for entry in code_list(field.codes).codes:
        if entry.code == value:
            return entry.short or entry.label
    return ""


def _field(name: str) -> Field:
    return record_kind("child").field(name)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
