"""Families and children, and their real identities, which stand apart."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    FieldKind,
    RecordKind,
    When,
    code,
    codes,
    date,
    link,
    long_text,
    reference,
)

_CHILD = "The child"
_CARE = "Children's social care"
_HARM = "Harm"
_FACTORS = "Factors"

FAMILY = RecordKind(
    name="family",
    label="Family",
    plural="Families",
    about="A family whose children are reviewed: reviews, children and families are three counts.",
    title=("reference", "known_as"),
    key=("reference",),
    prefix="FA",
    fields=(
        reference("FA-01"),
        Field("known_as", "Known as", required=True, help="Such as Family M. Never a real name."),
        long_text("notes", "Notes", "Without names: who lives together, who cares for whom."),
    ),
)

CHILD = RecordKind(
    name="child",
    label="Child",
    plural="Children",
    about="A child as he or she was at the time of an incident, under a pseudonym.",
    title=("reference", "known_as"),
    key=("reference",),
    parent="incident",
    prefix="CH",
    fields=(
        reference("CH-2021-01"),
        Field(
            "known_as",
            "Known as",
            required=True,
            section=_CHILD,
            help="A pseudonym, such as Child M. Never a real name or initial.",
        ),
        link("incident", "Incident", "incident", required=True, section=_CHILD),
        link("family", "Family", "family", required=True, section=_CHILD),
        Field(
            "age_at_incident",
            "Age at the incident",
            FieldKind.AGE,
            "Such as 13y 7m, 7 months, 3 weeks or unborn. A date of birth is not needed.",
            section=_CHILD,
        ),
        code("sex", "Sex", "sex", section=_CHILD),
        code("ethnicity", "Ethnicity", "ethnicity", section=_CHILD),
        code("disability", "Disability", "yes_no_not_known", section=_CHILD),
        codes(
            "disability_types",
            "Kind of disability",
            "disability_type",
            section=_CHILD,
            when=When("disability", ("yes",)),
        ),
        Field(
            "communication",
            "Communication",
            section=_CHILD,
            help="How the child communicates, if not by speech.",
            folded=True,
        ),
        long_text(
            "health",
            "Health",
            "As it was then, so far as it matters: conditions, treatment, who saw the child.",
            section=_CHILD,
            folded=True,
        ),
        long_text(
            "voice",
            "The child's voice",
            "What daily life was like, and what the child said or showed.",
            section=_CHILD,
            folded=True,
        ),
        code("csc_status", "Status at the incident", "csc_status", section=_CARE),
        codes("csc_previous", "Status before", "csc_status", section=_CARE),
        code(
            "cp_category",
            "Child protection category",
            "cp_category",
            section=_CARE,
            when=When("csc_status", ("child_protection",)),
        ),
        codes(
            "cp_category_other",
            "Further categories",
            "cp_category",
            section=_CARE,
            when=When("csc_status", ("child_protection",)),
        ),
        code(
            "legal_status",
            "Legal status",
            "legal_status",
            section=_CARE,
            when=When("csc_status", ("looked_after",)),
        ),
        code(
            "primary_need",
            "Primary need",
            "primary_need",
            section=_CARE,
            folded=True,
        ),
        code("placement", "Living", "placement", section=_CARE),
        code("placement_area", "Placed", "placement_area", section=_CARE),
        code("outcome", "What became of the child", "child_outcome", section=_HARM),
        codes("harm_types", "Kinds of harm", "harm_type", section=_HARM),
        code("harm_setting", "Harm from", "harm_setting", section=_HARM),
        codes("harmed_by", "Who harmed", "harmed_by", section=_HARM),
        codes("child_factors", "About the child", "child_factor", section=_FACTORS, folded=True),
        codes(
            "family_factors",
            "About parents and carers",
            "family_factor",
            section=_FACTORS,
            folded=True,
        ),
    ),
)

CHILD_IDENTITY = RecordKind(
    name="child_identity",
    label="Identity",
    plural="Identities",
    about="Who a child really is. Kept apart; each look at it is logged with its reason.",
    title=("last_name", "forenames"),
    key=("child",),
    parent="child",
    fields=(
        link("child", "Child", "child", required=True),
        Field("last_name", "Last name", identifying=True),
        Field("forenames", "Forenames", identifying=True),
        Field("other_names", "Other names used", identifying=True),
        date("date_of_birth", "Date of birth", identifying=True, past=True),
        Field("nhs_number", "NHS number", identifying=True, max_length=20),
        long_text("address", "Address", identifying=True),
        Field("school", "School or nursery", identifying=True),
        long_text("parents", "Parents and carers", identifying=True),
        long_text("siblings", "Brothers and sisters", identifying=True),
        long_text("notes", "Notes", identifying=True),
    ),
)
