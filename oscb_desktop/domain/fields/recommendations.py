"""Findings, recommendations with their limbs, and actions with their notes, evidence and dates."""

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
)

_NATIONAL = When("scope", ("national",))

FINDING = RecordKind(
    name="finding",
    label="Finding",
    plural="Findings",
    about="What a review found.",
    title=("reference", "title"),
    key=("reference",),
    parent="review",
    fields=(
        reference("LR-2021-01/F1"),
        link("review", "Review", "review", required=True),
        number("number", "Number", required=True),
        Field("title", "In a few words", required=True),
        long_text("text", "Finding"),
    ),
)

RECOMMENDATION = RecordKind(
    name="recommendation",
    label="Recommendation",
    plural="Recommendations",
    about="What a review asks for, and what the partnership answered.",
    title=("reference", "text"),
    key=("reference",),
    parent="review",
    fields=(
        reference("LR-2021-01/R4"),
        link("review", "Review", "review", required=True),
        number("number", "Number", required=True),
        long_text(
            "text",
            "Recommendation",
            "What is required of whom, and by when.",
            required=True,
        ),
        links("findings", "From the findings", "finding"),
        links("themes", "Themes", "theme"),
        date("made_on", "Made on", past=True),
        code("response", "Response", "recommendation_response"),
        date("responded_on", "Responded on", past=True),
        long_text("response_reason", "Reason", "Required when it is not accepted in full."),
    ),
)

LIMB = RecordKind(
    name="limb",
    label="Limb",
    plural="Limbs",
    about="A part of a recommendation with its own audience, such as a national and a local one.",
    title=("reference", "text"),
    key=("reference",),
    parent="recommendation",
    fields=(
        reference("LR-2021-01/R4(i)"),
        link("recommendation", "Recommendation", "recommendation", required=True),
        Field("label", "Mark", required=True, max_length=10, help="Such as (i)."),
        code("scope", "Addressed", "limb_scope", required=True),
        long_text("text", "Text", required=True),
        Field("raised_with", "Raised with", when=_NATIONAL, help="Such as the Panel and the DfE."),
        date("raised_on", "Raised on", when=_NATIONAL, past=True),
        long_text("reply", "Their reply", when=_NATIONAL),
    ),
)

ACTION = RecordKind(
    name="action",
    label="Action",
    plural="Actions",
    about="What somebody does by a day because of a review.",
    title=("reference", "text"),
    key=("reference",),
    parent="review",
    prefix="A",
    fields=(
        reference("A-2021-04"),
        link("review", "Review", "review", required=True),
        link("recommendation", "Recommendation", "recommendation"),
        link("limb", "Limb", "limb", folded=True),
        links("also_serves", "Also serves", "recommendation", folded=True),
        link("meeting", "Arose at the meeting", "meeting", folded=True),
        long_text("text", "Action", required=True),
        code("scope", "Scope", "action_scope", required=True, default="single_agency"),
        link("lead_agency", "Lead agency", "agency"),
        link("owner", "Owner", "person"),
        links("contributing", "Contributing agencies", "agency", folded=True),
        date("agreed_on", "Agreed on", past=True),
        date(
            "original_due_on",
            "Originally due",
            "Kept for good, whatever becomes of the date.",
            guard=Guard.SET_ONCE,
        ),
        date("due_on", "Due", "Moved afterwards only with a reason.", guard=Guard.BY_COMMAND),
        long_text("expected_outcome", "Expected outcome for children"),
        long_text("success_measure", "How we will know", folded=True),
        code(
            "delivery",
            "Delivery",
            "delivery_status",
            required=True,
            default="not_started",
            guard=Guard.BY_COMMAND,
        ),
        date("completed_on", "Completed on", guard=Guard.BY_COMMAND, past=True),
        long_text("outcome", "What changed"),
        code(
            "assurance",
            "Assurance",
            "assurance_level",
            required=True,
            default="none",
            guard=Guard.BY_COMMAND,
        ),
        Field("signed_off_by", "Signed off by", guard=Guard.BY_COMMAND),
        date("signed_off_on", "Signed off on", guard=Guard.BY_COMMAND, past=True),
        code(
            "given_colour",
            "Colour given by hand",
            "rag_colour",
            "Only where the key's own colour misleads; the reason is printed with it.",
            folded=True,
        ),
        Field("colour_reason", "Reason for the colour", max_length=500, folded=True),
        Field("raised_with", "Raised with", when=_NATIONAL),
        date("raised_on", "Raised on", when=_NATIONAL, past=True),
    ),
)

MILESTONE = RecordKind(
    name="milestone",
    label="Milestone",
    plural="Milestones",
    about="A step on the way to an action, with an owner and a day of its own.",
    title=("text", "due_on"),
    key=("action", "text"),
    parent="action",
    fields=(
        link("action", "Action", "action", required=True),
        Field("text", "Milestone", required=True),
        link("owner", "Owner", "person"),
        date("due_on", "Due"),
        date("done_on", "Done on", past=True),
    ),
)

PROGRESS_NOTE = RecordKind(
    name="progress_note",
    label="Progress note",
    plural="Progress notes",
    about="What was reported on an action and when. Notes are only ever added.",
    title=("noted_on", "note"),
    key=("action", "noted_on", "note"),
    parent="action",
    append_only=True,
    fields=(
        link("action", "Action", "action", required=True),
        date("noted_on", "On", required=True, past=True),
        long_text("note", "Note", required=True),
        Field("by", "From", help="Who reported it."),
    ),
)

EVIDENCE = RecordKind(
    name="evidence",
    label="Evidence",
    plural="Evidence",
    about="What shows that an action was done.",
    title=("description",),
    key=("action", "description"),
    parent="action",
    fields=(
        link("action", "Action", "action", required=True),
        code("kind", "Kind", "evidence_kind", required=True),
        Field("description", "What it is", required=True, max_length=500),
        date("received_on", "Received on", required=True, past=True),
        Field("kept_at", "Where it is kept", max_length=500),
        links("attachments", "Files", "attachment"),
        Field("accepted_by", "Accepted by"),
        date("accepted_on", "Accepted on", past=True),
    ),
)

DUE_REVISION = RecordKind(
    name="due_revision",
    label="Change of due date",
    plural="Changes of due date",
    about="Each move of an action's due date, with who and why.",
    title=("revised_on", "to_on"),
    key=("action", "revised_on", "to_on"),
    parent="action",
    append_only=True,
    fields=(
        link("action", "Action", "action", required=True),
        date("revised_on", "Changed on", required=True, past=True),
        date("from_on", "From"),
        date("to_on", "To", required=True),
        long_text("reason", "Reason", required=True),
    ),
)

ASSURANCE_CHECK = RecordKind(
    name="assurance_check",
    label="Follow-up check",
    plural="Follow-up checks",
    about="Whether what an action changed still holds, looked at again after 6 and 12 months.",
    title=("kind", "due_on"),
    key=("action", "due_on"),
    parent="action",
    fields=(
        link("action", "Action", "action", required=True),
        code("kind", "Check", "check_kind", required=True),
        date("due_on", "Due", required=True),
        date("checked_on", "Looked at on", past=True),
        Field("checked_by", "By"),
        code("result", "Does it hold?", "check_result"),
        long_text("note", "What was seen"),
    ),
)

ESCALATION = RecordKind(
    name="escalation",
    label="Escalation",
    plural="Escalations",
    about="Each time that a late action was taken to somebody, and what they answered.",
    title=("step", "raised_on"),
    key=("action", "step", "raised_on"),
    parent="action",
    fields=(
        link("action", "Action", "action", required=True),
        code("step", "Step", "escalation_step", required=True),
        date("raised_on", "On", required=True, past=True),
        Field("to", "To", required=True),
        long_text("message", "What was said"),
        date("replied_on", "Answered on", past=True),
        long_text("reply", "Answer"),
    ),
)

LADDER_STEP = RecordKind(
    name="ladder_step",
    label="Step of the ladder",
    plural="Escalation ladder",
    about="To whom a late action is taken, and after how many days.",
    title=("step",),
    key=("step",),
    fields=(
        code("step", "Step", "escalation_step", required=True),
        number(
            "days", "Days after the due date", "Below 0 means before.", required=True, least=None
        ),
        Field("to", "To", help="A role, such as the chair of the subgroup."),
    ),
)

LIKENESS = RecordKind(
    name="likeness",
    label="Likeness",
    plural="Likenesses",
    about="Whether two recommendations say the same, as somebody decided.",
    title=("like", "verdict"),
    key=("recommendation", "like"),
    parent="recommendation",
    fields=(
        link("recommendation", "Recommendation", "recommendation", required=True),
        link("like", "Earlier recommendation", "recommendation", required=True),
        code("verdict", "They say", "likeness_verdict", required=True),
        date("decided_on", "Decided on", required=True, past=True),
    ),
)

MAILING = RecordKind(
    name="mailing",
    label="Sent sheet",
    plural="Sent sheets",
    about="What was sent to an agency and when, and whether it came back.",
    title=("reference", "agency", "sent_on"),
    key=("reference",),
    prefix="S",
    made_by_act=True,
    outlives_links=True,
    fields=(
        reference("S-2022-01"),
        link("agency", "Agency", "agency", required=True),
        code("kind", "What", "mailing_kind", required=True),
        date("sent_on", "Sent on", required=True, past=True),
        Field("to", "To", max_length=500),
        date("due_back_on", "Answer due"),
        links("actions", "Actions", "action"),
        links("requests", "Requests", "agency_request"),
        Field("sheet", "Mark of the sheet", max_length=64, folded=True),
        date("returned_on", "Answered on", past=True),
        Field("answer_digest", "Checksum of the answer", max_length=64, folded=True),
    ),
)
