"""Themes and learning points."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    RecordKind,
    code,
    links,
    long_text,
    number,
    reference,
)

THEME = RecordKind(
    name="theme",
    label="Theme",
    plural="Themes",
    about="What reviews keep showing; one review has many themes and one theme many reviews.",
    title=("name",),
    key=("name",),
    fields=(
        Field("name", "Name", required=True),
        long_text("description", "What belongs to it"),
    ),
)

LEARNING_POINT = RecordKind(
    name="learning_point",
    label="Learning point",
    plural="Learning points",
    about="What somebody should know or do differently, and for whom it is meant.",
    title=("reference", "heading"),
    key=("reference",),
    prefix="LP",
    fields=(
        reference("LP-2022-01"),
        code("audience", "For", "audience", required=True),
        number("number", "Order"),
        Field("heading", "In a few words", required=True),
        long_text("text", "Learning point"),
        links("reviews", "From the reviews", "review", required=True),
        links("themes", "Themes", "theme"),
    ),
)
