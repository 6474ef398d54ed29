"""What answers for the records themselves: kept files, printed papers, retention and disposal."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    Guard,
    RecordKind,
    When,
    code,
    date,
    link,
    links,
    long_text,
    number,
    reference,
    yes_no,
)

_SOME = When("everything", ("no",))

ATTACHMENT = RecordKind(
    name="attachment",
    label="Attached file",
    plural="Attached files",
    about="A file kept inside this one, encrypted with it. The same file is kept once.",
    title=("name",),
    key=("name", "digest"),
    made_by_act=True,
    fields=(
        Field("name", "Name", required=True, max_length=255, guard=Guard.SET_ONCE),
        Field(
            "digest",
            "Checksum",
            required=True,
            max_length=64,
            guard=Guard.SET_ONCE,
            help="The SHA-256 of its content, by which a changed file is found out.",
        ),
        number("size", "Size (bytes)", required=True, guard=Guard.SET_ONCE),
        Field("media_type", "Type", max_length=120, guard=Guard.SET_ONCE),
        date("added_on", "Attached on", required=True, guard=Guard.SET_ONCE, past=True),
        Field("note", "Note", max_length=500),
    ),
)

RELEASE = RecordKind(
    name="release",
    label="Printed paper",
    plural="Printed papers",
    about="Each paper that was printed or saved: what, when, for whom, and its checksum.",
    title=("reference", "paper"),
    key=("reference",),
    prefix="P",
    append_only=True,
    made_by_act=True,
    fields=(
        reference("P-2022-01"),
        date("printed_on", "Printed on", required=True, past=True),
        Field("paper", "Paper", required=True, max_length=500),
        link("review", "Review", "review"),
        link("agency", "Agency", "agency"),
        Field("about", "About", max_length=300, help="What it is about, if no review or agency."),
        Field("recipient", "For", help="Who the copy is meant for."),
        Field("copy_number", "Copy", max_length=40),
        number("pages", "Pages", required=True),
        Field("digest", "Checksum", required=True, max_length=64, folded=True),
        Field("marking", "Marking", max_length=60),
        Field("version_words", "Version", max_length=40),
        Field("by", "Printed by", required=True),
        code("face", "Version for", "face"),
        Field(
            "trace",
            "Code on each page",
            max_length=20,
            help="Printed at the foot of every page of this copy, and of no other.",
        ),
        number("findings", "Findings that were open", "What might name a child when it left."),
        long_text("reason", "Why it left in spite of them"),
        long_text("unsought", "What was not searched", "Children and pages left out of the check."),
        links("attachments", "The paper itself", "attachment"),
    ),
)

RETENTION_RULE = RecordKind(
    name="retention_rule",
    label="Retention rule",
    plural="Retention schedule",
    about="How long each class of records is kept, from when, and what happens then.",
    title=("record_class",),
    key=("record_class",),
    fields=(
        code("record_class", "Records", "retention_class", required=True),
        code("trigger", "Counted from", "retention_trigger", required=True),
        number("years", "Kept for (years)", required=True),
        code("action", "Then", "retention_action", required=True),
        Field("source", "By what authority", help="Such as a line of the council's schedule."),
        long_text("notes", "Notes", folded=True),
    ),
)

LEGAL_HOLD = RecordKind(
    name="legal_hold",
    label="Legal hold",
    plural="Legal holds",
    about="What must not be disposed of while an inquiry, a claim or a request is running.",
    title=("name",),
    key=("name",),
    fields=(
        Field("name", "Why", required=True, help="Such as the name of the inquiry."),
        yes_no("everything", "Holds everything in this file", required=True),
        links("reviews", "Reviews", "review", when=_SOME),
        links("incidents", "Incidents", "incident", when=_SOME),
        date("placed_on", "Placed on", required=True, past=True),
        Field("placed_by", "Placed by", required=True),
        date("lifted_on", "Lifted on", "Left empty while it stands.", past=True),
        Field("lifted_by", "Lifted by"),
        long_text("notes", "Notes"),
    ),
)

DISPOSAL = RecordKind(
    name="disposal",
    label="Disposal",
    plural="Disposals",
    about="What was removed for good, on whose authority. It names references, never people.",
    title=("reference", "approved_on"),
    key=("reference",),
    prefix="D",
    append_only=True,
    made_by_act=True,
    fields=(
        reference("D-2052-01"),
        date("approved_on", "Approved on", required=True, past=True),
        Field("approved_by", "Approved by", required=True),
        long_text("authority", "On what authority", required=True),
        long_text("removed", "What was removed", required=True),
        number("records", "Records removed", required=True),
    ),
)

SAVED_VIEW = RecordKind(
    name="saved_view",
    label="Saved view",
    plural="Saved views",
    about="A list as somebody set it up: its filters, order and grouping, under a name.",
    title=("name",),
    key=("place", "name"),
    made_by_act=True,
    fields=(
        Field("place", "List", required=True, max_length=40),
        Field("name", "Name", required=True, max_length=60),
        Field("shape", "Filters and order", required=True, max_length=4000),
    ),
)
