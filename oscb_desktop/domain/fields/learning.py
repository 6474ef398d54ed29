"""Themes and learning points."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    RecordKind,
    code,
    date,
    link,
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

IMPACT = RecordKind(
    name="impact",
    label="Impact",
    plural="Impact",
    about="What changed for children or practice because of reviews, and how that is known.",
    title=("reference", "what_changed"),
    key=("reference",),
    prefix="IM",
    fields=(
        reference("IM-2022-01"),
        long_text("what_changed", "What changed", required=True),
        long_text("how_known", "How it is known", required=True),
        date("seen_on", "Seen on", required=True, past=True),
        links("actions", "Through the actions", "action"),
        links("reviews", "Because of the reviews", "review"),
        links("themes", "Themes", "theme"),
    ),
)

DISSEMINATION = RecordKind(
    name="dissemination",
    label="Sharing of learning",
    plural="Sharing of learning",
    about="Where learning was taken: what, to whom, how, and what came back.",
    title=("product", "audience", "shared_on"),
    key=("product", "audience", "shared_on"),
    fields=(
        link("review", "Review", "review"),
        Field("product", "What", required=True, help="Such as a briefing or a recorded event."),
        Field("audience", "To whom", required=True),
        code("channel", "How", "dissemination_channel"),
        date("shared_on", "On", required=True, past=True),
        number("reach", "People reached"),
        date("cascade_on", "Cascade confirmed on", past=True),
        long_text("feedback", "Feedback"),
    ),
)
