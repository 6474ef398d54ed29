"""Which incidents lead to a rapid review, and which are told to others alone."""

from __future__ import annotations

LOOKED_AFTER_DEATH, CARE_LEAVER_DEATH = "looked_after_death_no_abuse", "care_leaver_death"
OWN_DUTY = (LOOKED_AFTER_DEATH, CARE_LEAVER_DEATH)
"""Deaths told to the Secretary of State and Ofsted whether or not abuse or neglect is suspected;
they lead to no rapid review (Working Together 2018, chapter 4; 2023, chapter 5)."""


OWN_DUTY_WORDS = (
    "This death has a duty of its own: it is told to the Secretary of State and Ofsted, and leads "
    "to no rapid review. Change the nature of the incident if abuse or neglect is suspected."
)


def leads_to_rapid_review(nature: str) -> bool:
    """Whether the notification of an incident of this nature begins a rapid review."""
    return nature not in OWN_DUTY
