"""Agencies, people, and who sat on what when."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import Field, RecordKind, code, date, link, long_text

AGENCY = RecordKind(
    name="agency",
    label="Agency",
    plural="Agencies",
    about="The organisations that take part in reviews and lead actions.",
    title=("name",),
    key=("name",),
    fields=(
        Field("name", "Name", required=True, help="As it is printed, such as Oxford Health."),
        Field("short_name", "Short name", max_length=40, help="For narrow columns."),
        code("kind", "Kind", "agency_kind", required=True),
        code(
            "statutory_partner",
            "Statutory partner",
            "statutory_partner",
            "Only for the agencies that are, or speak for, one of the three.",
        ),
        Field("email", "E-mail"),
        Field("phone", "Telephone", max_length=60),
        Field("former_name", "Earlier name", help="When it was renamed.", folded=True),
        date("active_from", "Existed from", folded=True),
        date("active_until", "Existed until", folded=True),
        link("successor", "Replaced by", "agency", folded=True),
        long_text("notes", "Notes", folded=True),
    ),
)

PERSON = RecordKind(
    name="person",
    label="Person",
    plural="People",
    about="The professionals who sit on the subgroup, own actions or write for an agency.",
    title=("name",),
    key=("name",),
    fields=(
        Field("name", "Name", required=True),
        Field("job_title", "Job title"),
        link("agency", "Agency", "agency"),
        Field("email", "E-mail"),
        Field("phone", "Telephone", max_length=60),
        long_text("notes", "Notes", folded=True),
    ),
)

MEMBERSHIP = RecordKind(
    name="membership",
    label="Membership",
    plural="Memberships",
    about="Who belonged to which group, from when until when.",
    title=("body", "role"),
    key=("person", "body", "from_on"),
    parent="person",
    fields=(
        link("person", "Person", "person", required=True),
        code("body", "Group", "body", required=True),
        code("role", "Role", "membership_role", required=True),
        date("from_on", "From", required=True),
        date("to_on", "Until", help="Left empty while the membership lasts."),
    ),
)
