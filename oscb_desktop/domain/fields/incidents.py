"""Incidents, and the discussion of whether each must be notified."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
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

_REFERRAL = "Referral"
_CLOCKS = "Dates that start the clocks"
_AREAS = "Authorities"
_ALSO = "Also"

INCIDENT = RecordKind(
    name="incident",
    label="Incident",
    plural="Incidents",
    about="What happened to a child or children, whether or not it was notified.",
    title=("reference", "known_as"),
    key=("reference",),
    prefix="IN",
    fields=(
        reference("IN-2021-01"),
        Field(
            "known_as",
            "Known as",
            required=True,
            section="What happened",
            help="A pseudonym for lists and papers, such as Child M. Never a real name.",
        ),
        uncertain(
            "happened_on",
            "Happened on",
            "A day, a month, a year, or about one: 3/6/22, Jun 2022, about 2021.",
            section="What happened",
        ),
        Field("happened_at", "Time", section="What happened", max_length=40, folded=True),
        code("nature", "Nature", "incident_nature", required=True, section="What happened"),
        code("likely_cause", "Likely cause", "likely_cause", section="What happened"),
        code("location", "Where", "location_type", section="What happened"),
        long_text(
            "summary",
            "Summary",
            "In a few lines, without names, dates of birth, addresses or schools.",
            section="What happened",
        ),
        long_text(
            "safeguarding",
            "Immediate safeguarding",
            "What was done for this child, and for brothers and sisters.",
            section="What happened",
            folded=True,
        ),
        code("referral_source", "Referred by", "referral_source", section=_REFERRAL),
        link("referring_agency", "Referring agency", "agency", section=_REFERRAL),
        Field("referrer", "Referrer", section=_REFERRAL, help="Name and role of the professional."),
        date("received_on", "Received on", section=_REFERRAL),
        date("acknowledged_on", "Acknowledged on", section=_REFERRAL, folded=True),
        Field(
            "nhs_incident_number",
            "NHS incident number",
            section=_REFERRAL,
            max_length=40,
            folded=True,
        ),
        date(
            "aware_on",
            "Local authority became aware on",
            "The 5 working days to notify count from this day.",
            section=_CLOCKS,
        ),
        date(
            "notified_on",
            "Notification sent on",
            "The 15 working days of the rapid review count from this day. Empty if not notified.",
            section=_CLOCKS,
        ),
        code(
            "notified_by",
            "Notified by",
            "notified_by",
            section=_CLOCKS,
            default="us",
            required=True,
        ),
        Field("notified_at", "Time of sending", section=_CLOCKS, max_length=40, folded=True),
        Field(
            "notifier",
            "Notifier",
            section=_CLOCKS,
            folded=True,
            help="Name of who sends it for the local authority.",
        ),
        Field("notifier_role", "Notifier's role", section=_CLOCKS, folded=True),
        Field("notifier_authority", "Notifier's authority", section=_CLOCKS, folded=True),
        Field(
            "notifier_phone", "Notifier's telephone", section=_CLOCKS, max_length=40, folded=True
        ),
        codes(
            "notification_reasons",
            "Reasons for notifying",
            "notification_reason",
            section=_CLOCKS,
            folded=True,
        ),
        date(
            "partners_told_on",
            "Safeguarding partners told on",
            "Within the same 5 working days as the notification.",
            section=_CLOCKS,
            folded=True,
        ),
        date("police_told_on", "Police told on", section=_CLOCKS, folded=True),
        date("health_told_on", "Health partner told on", section=_CLOCKS, folded=True),
        Field(
            "notification_reference",
            "National notification reference",
            section=_CLOCKS,
            max_length=40,
        ),
        Field("incident_authority", "Where it happened", section=_AREAS),
        Field("home_authority", "Home authority", section=_AREAS),
        Field("placing_authority", "Placing authority", section=_AREAS),
        yes_no("looked_after_death", "Death of a looked-after child", section=_ALSO, folded=True),
        yes_no(
            "care_leaver_death",
            "Death of a care leaver up to 24",
            section=_ALSO,
            folded=True,
        ),
        codes("also_told", "Also told", "also_told", section=_ALSO, folded=True),
        long_text("also_told_note", "When and how they were told", section=_ALSO, folded=True),
        Field("linked_cases", "Linked cases", section=_ALSO, folded=True),
        yes_no("media_interest", "Media interest", section=_ALSO, folded=True),
        Field(
            "media_note",
            "About the media interest",
            section=_ALSO,
            folded=True,
            when=When("media_interest", ("yes",)),
        ),
        links("attachments", "Files", "attachment", section=_ALSO, folded=True),
    ),
)

NOTIFICATION_DISCUSSION = RecordKind(
    name="notification_discussion",
    label="Notification discussion",
    plural="Notification discussions",
    about="The partners' discussion of whether an incident must be notified, also when it was not.",
    title=("held_on", "decision"),
    key=("incident", "held_on"),
    parent="incident",
    fields=(
        link("incident", "Incident", "incident", required=True),
        date("held_on", "Held on", required=True),
        long_text("attendees", "Who took part"),
        code("authority_view", "Local authority's view", "notify_view"),
        code("health_view", "Health's view", "notify_view"),
        code("police_view", "Police's view", "notify_view"),
        long_text("views", "What was said", "Each partner's reasons, and any disagreement."),
        code(
            "decision",
            "Local authority's decision",
            "notify_decision",
            "The local authority decides; the partners advise.",
        ),
        code(
            "not_notified_reason",
            "Why it is not notified",
            "not_notified_reason",
            when=When("decision", ("do_not_notify",)),
        ),
        date("decided_on", "Decided on"),
        long_text("reason", "Reason for the decision"),
    ),
)
