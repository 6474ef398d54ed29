"""What happens while a review runs: requests, reviewer, family, proceedings, drafts, sign-off."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    FieldKind,
    RecordKind,
    When,
    code,
    date,
    link,
    links,
    long_text,
    number,
    yes_no,
)

_EVENT = When("kind", ("practitioner_event", "manager_event"))
_FAMILY = When("kind", ("family", "child"))

AGENCY_REQUEST = RecordKind(
    name="agency_request",
    label="Agency request",
    plural="Agency requests",
    about="What an agency is asked for, by when, and what came back.",
    title=("agency", "purpose"),
    key=("review", "agency", "purpose"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        link("agency", "Agency", "agency", required=True),
        code("purpose", "Asked for", "request_purpose", required=True, default="summary"),
        link("contact", "Contact", "person"),
        long_text("asked", "What is asked"),
        date("requested_on", "Sent on", past=True),
        date("due_on", "Due"),
        date("reminded_on", "Last reminded on", past=True),
        number("reminders", "Reminders sent"),
        code("outcome", "What came back", "request_outcome"),
        date("received_on", "Came back on", past=True),
        code("quality", "Quality", "request_quality"),
        long_text("quality_note", "About the quality"),
        date("withdrawn_on", "Request withdrawn on", folded=True, past=True),
        links("attachments", "Files", "attachment", folded=True),
    ),
)

PARTNER_SIGN_OFF = RecordKind(
    name="partner_sign_off",
    label="Partner's sign-off",
    plural="Sign-off by the partners",
    about="Each statutory partner's agreement to the rapid review or to the report, with its day.",
    title=("partner", "stage"),
    key=("review", "stage", "partner"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        code("stage", "Of", "sign_off_stage", required=True),
        code("partner", "Partner", "statutory_partner", required=True),
        Field("name", "Name", required=True),
        Field("role", "Role"),
        date("signed_on", "On", required=True, past=True),
        long_text("dissent", "Disagreement"),
    ),
)

PARALLEL_PROCESS = RecordKind(
    name="parallel_process",
    label="Parallel process",
    plural="Parallel processes",
    about="A trial, an inquest, another review or inquiry that runs beside this one.",
    title=("kind", "contact"),
    key=("review", "kind", "contact"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        code("kind", "Kind", "parallel_process", required=True),
        Field("contact", "Contact", required=True, help="Who to ask, such as a liaison officer."),
        date("began_on", "Known since", past=True),
        Field("status", "Where it stands"),
        date("next_on", "Next date"),
        Field("next_what", "What happens then"),
        yes_no("holds_publication", "Publication must wait for it"),
        long_text("constraint", "What it asks of the review"),
        date("ended_on", "Ended on", past=True),
    ),
)

COMMISSION = RecordKind(
    name="commission",
    label="Lead reviewer",
    plural="Lead reviewers",
    about="Each reviewer who was asked to lead, from the first interest to the contract.",
    title=("name",),
    key=("review", "name"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        Field("name", "Reviewer", required=True),
        Field("organisation", "Organisation"),
        date("interest_on", "Expressed interest on", past=True),
        date("independence_on", "Independence checked on", past=True),
        long_text("independence", "What the check found"),
        code("outcome", "Outcome", "commission_outcome"),
        Field("day_rate", "Day rate (£)", FieldKind.MONEY),
        number("days", "Days agreed"),
        Field("fee", "Fee agreed (£)", FieldKind.MONEY),
        Field("budget", "Budget (£)", FieldKind.MONEY),
        date("contract_on", "Contract signed on", past=True),
        date("ended_on", "Contract ended on", past=True),
    ),
)

ENGAGEMENT = RecordKind(
    name="engagement",
    label="Engagement",
    plural="Practitioners and family",
    about="Who was asked to take part, what they said, and what was done with it.",
    title=("kind", "who"),
    key=("review", "kind", "who"),
    apart=("met_on",),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        code("kind", "With", "engagement_kind", required=True),
        Field(
            "who",
            "Who",
            required=True,
            help="A relationship or a group, such as mother or school staff. Never a real name.",
        ),
        date("contacted_on", "First contact on", past=True),
        date("letter_on", "Letter sent on", past=True),
        code("response", "Answer", "engagement_response"),
        date("met_on", "Met on", past=True),
        number("invited", "Invited", when=_EVENT),
        number("attended", "Came", when=_EVENT),
        long_text("said", "What they said", "In their own words where they agree."),
        date("draft_shared_on", "Draft shared on", past=True),
        long_text("comments", "What they said about the draft"),
        date("before_publication_on", "Met before publication on", when=_FAMILY, past=True),
        Field("pseudonym", "Pseudonym preferred", when=_FAMILY),
        long_text("feedback", "Feedback about the review", folded=True),
    ),
)

REPORT_DRAFT = RecordKind(
    name="report_draft",
    label="Draft of the report",
    plural="Drafts of the report",
    about="Each draft, and its round of factual accuracy with the agencies.",
    title=("number", "made_on"),
    key=("review", "number"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        number("number", "Number", required=True, least=1),
        date("made_on", "Made on", required=True, past=True),
        date("sent_on", "Sent for accuracy on", past=True),
        date("due_on", "Comments due"),
        date("returned_on", "All comments back on", past=True),
        long_text("comments", "What was put right"),
        links("attachments", "Files", "attachment", folded=True),
    ),
)

PROGRESS_CHECK = RecordKind(
    name="progress_check",
    label="Progress check",
    plural="Progress checks",
    about="How the partners watch the time and the quality of a review; asked in writing.",
    title=("asked_on", "asked_of"),
    key=("review", "asked_on", "asked_of"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        date("asked_on", "Asked on", required=True, past=True),
        Field("asked_of", "Asked of", required=True, help="Such as the lead reviewer."),
        yes_no(
            "in_writing",
            "In writing",
            "A request to the reviewer must be (SI 2018/789, regulation 14).",
            required=True,
        ),
        long_text("question", "What was asked"),
        date("answered_on", "Answered on", past=True),
        long_text("answer", "Answer"),
        code("standing", "Time and quality", "progress_standing"),
    ),
)

LEGAL_ADVICE = RecordKind(
    name="legal_advice",
    label="Legal advice",
    plural="Legal advice",
    about="Advice taken about a review. Privileged advice stays out of papers.",
    title=("given_on", "given_by"),
    key=("review", "given_on", "given_by"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        date("given_on", "On", required=True, past=True),
        Field("given_by", "From", required=True),
        yes_no("privileged", "Privileged", required=True),
        long_text("advice", "Advice"),
    ),
)
