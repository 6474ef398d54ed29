"""The plan of a review: its steps, the template that they come from, and pauses."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    RecordKind,
    code,
    date,
    link,
    long_text,
    number,
    yes_no,
)

PLAN_TEMPLATE_STEP = RecordKind(
    name="plan_template_step",
    label="Step of the day plan",
    plural="Day plan",
    about="What is done on which working day of a review; a new review's plan is made from it.",
    title=("plan", "text"),
    key=("plan", "text"),
    fields=(
        code("plan", "Plan", "plan_kind", required=True),
        number("number", "Order", required=True),
        Field("text", "What is done", required=True),
        code("anchor", "Counted from", "plan_anchor", required=True),
        number(
            "working_days",
            "Working days",
            "Such as 10 for ten working days after. Below 0 means before.",
            required=True,
            least=None,
        ),
        Field("who", "Who", help="A role, such as the business manager."),
    ),
)

PLAN_STEP = RecordKind(
    name="plan_step",
    label="Plan step",
    plural="Plan",
    about="What is to be done in this review, by whom and by when.",
    title=("text", "due_on"),
    key=("review", "text"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        number("number", "Order"),
        Field("text", "What is done", required=True),
        Field("who", "Who"),
        date("due_on", "Due"),
        code(
            "anchor",
            "Counted from",
            "plan_anchor",
            "Set for a step of the day plan, so that its day moves when that date moves.",
            folded=True,
        ),
        number("working_days", "Working days from there", folded=True, least=None),
        date("done_on", "Done on", past=True),
        long_text("note", "Note"),
    ),
)

PAUSE = RecordKind(
    name="pause",
    label="Pause",
    plural="Pauses",
    about="A time in which a review rests. A pause is told to the Panel; no statutory date moves.",
    title=("reason", "from_on"),
    key=("review", "from_on"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        code("reason", "Why", "delay_reason", required=True),
        date("from_on", "From", required=True),
        date("until_on", "Until", "Left empty while it lasts."),
        yes_no("publication_only", "Only publication waits", "Work on the review goes on."),
        date("panel_told_on", "Panel told on", past=True),
        date("secretary_told_on", "Secretary of State told on", past=True),
        long_text("note", "Note"),
    ),
)
