"""Meetings: who was there, what was on the table, what was decided and what came of it."""

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

MEETING = RecordKind(
    name="meeting",
    label="Meeting",
    plural="Meetings",
    about="A discussion, a review's meeting, the subgroup, a sign-off or a practitioner event.",
    title=("reference", "kind", "held_on"),
    key=("reference",),
    prefix="M",
    fields=(
        reference("M-2022-01"),
        code("kind", "Kind of meeting", "meeting_kind", required=True),
        date("held_on", "On", required=True),
        Field("starts_at", "Time", max_length=40, help="Such as 10:00 to 12:00."),
        Field("place", "Place", help="A room, or online."),
        link("chair", "Chair", "person"),
        links("reviews", "About the reviews", "review"),
        long_text("purpose", "Purpose"),
        long_text("note", "Note of the meeting"),
        long_text("dissent", "Disagreement", folded=True),
        long_text(
            "quorum_note",
            "If it was not quorate",
            "What was done about it, such as a decision confirmed by e-mail.",
            folded=True,
        ),
        links("attachments", "Papers", "attachment", folded=True),
    ),
)

ATTENDANCE = RecordKind(
    name="attendance",
    label="Attendance",
    plural="Who was there",
    about="Who was invited to a meeting, and whether they came.",
    title=("person", "status"),
    key=("meeting", "person"),
    parent="meeting",
    fields=(
        link("meeting", "Meeting", "meeting", required=True),
        link("person", "Person", "person", required=True),
        link("agency", "For the agency", "agency"),
        code("status", "Came", "attendance_status", required=True, default="invited"),
        Field("interest", "Interest declared", max_length=500),
    ),
)

AGENDA_ITEM = RecordKind(
    name="agenda_item",
    label="Agenda item",
    plural="Agenda",
    about="What is on the table of a meeting, what was said and what was decided.",
    title=("number", "heading"),
    key=("meeting", "number"),
    parent="meeting",
    fields=(
        link("meeting", "Meeting", "meeting", required=True),
        number("number", "Number", required=True),
        Field("heading", "Item", required=True),
        link("review", "Review", "review"),
        Field("led_by", "Led by"),
        long_text("said", "What was said"),
        long_text("decision", "Decided"),
    ),
)

AGENDA_ITEM_TEMPLATE = RecordKind(
    name="agenda_item_template",
    label="Usual agenda item",
    plural="Usual agendas",
    about="What stands on the agenda of a kind of meeting; a new meeting's agenda is made from it.",
    title=("meeting_kind", "heading"),
    key=("meeting_kind", "number"),
    fields=(
        code("meeting_kind", "Kind of meeting", "meeting_kind", required=True),
        number("number", "Order", required=True),
        Field(
            "heading",
            "Item",
            required=True,
            help="{reviews} stands for each review in progress, {overdue} for overdue actions.",
        ),
    ),
)

MEETING_ACTION = RecordKind(
    name="meeting_action",
    label="Action arising",
    plural="Actions arising",
    about="What somebody does because of a meeting. What a review asks for is an action instead.",
    title=("text",),
    key=("meeting", "text"),
    parent="meeting",
    fields=(
        link("meeting", "Meeting", "meeting", required=True),
        Field("text", "What", required=True, max_length=500),
        link("owner", "Who", "person"),
        date("due_on", "Due"),
        date("done_on", "Done on", past=True),
        long_text("note", "Note"),
    ),
)
