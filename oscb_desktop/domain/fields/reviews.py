"""Reviews of every kind, the Panel's letters about them, and what they cost."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    FieldKind,
    Guard,
    RecordKind,
    When,
    code,
    codes,
    date,
    link,
    links,
    long_text,
    reference,
    uncertain,
    yes_no,
)

RAPID = When("kind", ("rapid_review",))
FULL = When(
    "kind",
    (
        "lcspr",
        "scr",
        "partnership_learning",
        "contribution",
        "single_agency",
        "thematic",
        "national",
    ),
)
_SHARED = When("role", ("lead", "joint", "contributor"))
_ABOUT = "The review"
_ANALYSIS = "What was found out"
_DECISION = "Decision"
_RUNNING = "Running the review"
_PUBLICATION = "Publication"
_SUMMARY = "Learning summary"

REVIEW = RecordKind(
    name="review",
    label="Review",
    plural="Reviews",
    about="A rapid review or a review of any other kind.",
    title=("reference", "known_as"),
    key=("reference",),
    prefix="by kind",
    fields=(
        reference("RR-2021-03"),
        code("kind", "Kind of review", "review_kind", required=True, section=_ABOUT),
        Field(
            "known_as",
            "Known as",
            required=True,
            section=_ABOUT,
            help="A pseudonym or a theme, such as Child M. Never a real name.",
        ),
        code("role", "Our part", "review_role", required=True, default="sole", section=_ABOUT),
        Field(
            "partnerships",
            "Other partnerships",
            section=_ABOUT,
            when=_SHARED,
        ),
        link("incident", "Incident", "incident", section=_ABOUT),
        links("children", "Children", "child", section=_ABOUT),
        link(
            "arose_from",
            "Arose from",
            "review",
            "The rapid review that led to this one, if any.",
            section=_ABOUT,
        ),
        date("started_on", "Started on", required=True, section=_ABOUT),
        date(
            "finished_on",
            "Work ended on",
            "Left empty while the subgroup works on it. A published review ends on publication.",
            section=_ABOUT,
        ),
        code(
            "rule_set",
            "Guidance it runs under",
            "rule_set",
            "Given by the date; a review keeps the guidance that it started under.",
            section=_ABOUT,
            guard=Guard.SET_ONCE,
            folded=True,
        ),
        links("themes", "Themes", "theme", section=_ANALYSIS),
        long_text(
            "what_happened",
            "What happened",
            "A few anonymous lines; the learning summary opens with them.",
            section=_ANALYSIS,
        ),
        long_text("key_episodes", "Key practice episodes", section=_ANALYSIS, folded=True),
        long_text("voice", "Voice and lived experience", section=_ANALYSIS, folded=True),
        long_text(
            "inequality",
            "Race, culture, disability and other inequality",
            section=_ANALYSIS,
            folded=True,
        ),
        long_text("good_practice", "Good practice", "One point a line.", section=_ANALYSIS),
        long_text("immediate_action", "Immediate action", section=_ANALYSIS),
        date("meeting_on", "Panel meeting held on", section=_DECISION, when=RAPID),
        yes_no(
            "notification_criteria_met",
            "Notification criteria met",
            "Whether it was a serious child safeguarding case after all.",
            section=_DECISION,
            when=RAPID,
        ),
        yes_no(
            "facts_sufficient",
            "Facts sufficient to decide",
            section=_DECISION,
            when=RAPID,
        ),
        yes_no(
            "criterion_improvement",
            "(a) Improvements needed",
            "Highlights or may highlight improvements needed, also where already identified.",
            section=_DECISION,
            when=RAPID,
        ),
        yes_no(
            "criterion_recurrent",
            "(b) Recurrent themes",
            section=_DECISION,
            when=RAPID,
        ),
        yes_no(
            "criterion_agencies",
            "(c) Agencies working together",
            "Concerns about two or more agencies working together effectively.",
            section=_DECISION,
            when=RAPID,
        ),
        yes_no(
            "criterion_panel",
            "(d) The Panel thinks a local review more appropriate",
            section=_DECISION,
            when=RAPID,
        ),
        yes_no("criteria_met", "Criteria met", section=_DECISION, when=RAPID),
        yes_no(
            "lcspr_commissioned",
            "LCSPR recommended",
            "Another question than the criteria: meeting them does not oblige to a review.",
            section=_DECISION,
            when=RAPID,
        ),
        long_text("decision_reason", "Reason", section=_DECISION, when=RAPID),
        yes_no(
            "national_potential", "May be of national importance", section=_DECISION, when=RAPID
        ),
        code("decision", "What happens next", "rapid_decision", section=_DECISION, when=RAPID),
        date("decided_on", "Decided on", section=_DECISION, when=RAPID),
        long_text(
            "learning_shared",
            "How the learning is shared",
            section=_DECISION,
            when=RAPID,
        ),
        long_text(
            "scrutineer_view",
            "Independent scrutineer's view",
            section=_DECISION,
            when=RAPID,
        ),
        long_text("dissent", "Disagreement", section=_DECISION, when=RAPID),
        date("sent_to_panel_on", "Sent to the Panel on", section=_DECISION, when=RAPID),
        long_text("late_reason", "Why it was late", section=_DECISION, when=RAPID),
        date(
            "initiated_on",
            "Decision to start it made on",
            "The 6 months to publication count from this day.",
            section=_RUNNING,
            when=FULL,
        ),
        date(
            "panel_told_on",
            "Panel told of it, and of the reviewer, on",
            section=_RUNNING,
            when=FULL,
            folded=True,
        ),
        date("ofsted_told_on", "Ofsted told on", section=_RUNNING, when=FULL, folded=True),
        date("dfe_told_on", "DfE told on", section=_RUNNING, when=FULL, folded=True),
        long_text("purpose", "Purpose", section=_RUNNING, when=FULL, folded=True),
        Field("reviewer", "Lead reviewer", section=_RUNNING, when=FULL),
        links("members", "Members of its panel", "person", section=_RUNNING, folded=True),
        Field("methodology", "Method", section=_RUNNING, when=FULL),
        uncertain("scope_from", "Looks at the time from", section=_RUNNING, when=FULL),
        uncertain("scope_to", "Looks at the time until", section=_RUNNING, when=FULL),
        long_text("terms", "Key lines of enquiry", section=_RUNNING, when=FULL),
        date(
            "publication_planned_on",
            "Publication planned for",
            "The report goes to the Panel and the Secretary of State 7 working days before.",
            section=_PUBLICATION,
            when=FULL,
        ),
        date(
            "report_sent_on",
            "Report sent to the Panel and the Secretary of State on",
            section=_PUBLICATION,
            when=FULL,
        ),
        code("publication", "Published as", "publication_outcome", section=_PUBLICATION, when=FULL),
        long_text(
            "publication_plan", "Publication plan", section=_PUBLICATION, when=FULL, folded=True
        ),
        date("published_on", "Published on", section=_PUBLICATION, when=FULL),
        Field("published_at", "Web address", section=_PUBLICATION, when=FULL, max_length=500),
        long_text(
            "not_published_reason",
            "Why it is not published",
            section=_PUBLICATION,
            when=FULL,
            folded=True,
        ),
        date(
            "improvements_sent_on",
            "Improvements sent to the Panel and the Secretary of State on",
            section=_PUBLICATION,
            when=FULL,
            folded=True,
        ),
        date(
            "repository_sent_on",
            "Sent to the national repository on",
            section=_PUBLICATION,
            when=FULL,
            folded=True,
        ),
        codes("delay_reasons", "Delayed by", "delay_reason", section=_PUBLICATION, when=FULL),
        date(
            "delay_told_on",
            "Panel and Secretary of State told of the delay on",
            section=_PUBLICATION,
            when=FULL,
            folded=True,
        ),
        date(
            "taken_down_on",
            "Taken down on",
            section=_PUBLICATION,
            when=FULL,
            folded=True,
        ),
        long_text(
            "what_you_can_do",
            "What you can do",
            "For practitioners, one point a line.",
            section=_SUMMARY,
        ),
        long_text(
            "questions",
            "Three questions for your team",
            "One a line.",
            section=_SUMMARY,
        ),
        long_text("read_more", "Where to read more", "One a line.", section=_SUMMARY),
    ),
)

PANEL_RESPONSE = RecordKind(
    name="panel_response",
    label="Panel letter",
    plural="Panel letters",
    about="Each letter from the national Panel about a review.",
    title=("received_on", "kind"),
    key=("review", "received_on"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        date("received_on", "Received on", required=True),
        code("kind", "What the Panel says", "panel_response", required=True),
        long_text("points", "Points raised"),
        long_text("our_reply", "Our answer"),
        date("replied_on", "Answered on"),
        yes_no("decision_changed", "Our decision changed"),
    ),
)

COST_LINE = RecordKind(
    name="cost_line",
    label="Cost",
    plural="Costs",
    about="What a review cost; the review's cost is the sum of its lines.",
    title=("description", "amount"),
    key=("review", "description"),
    parent="review",
    fields=(
        link("review", "Review", "review", required=True),
        Field("description", "For what", required=True),
        Field("amount", "Amount (£)", FieldKind.MONEY, required=True),
        date("incurred_on", "On"),
        Field("invoice", "Invoice number", max_length=60),
        date("paid_on", "Paid on"),
    ),
)
