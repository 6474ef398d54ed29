"""The chapters of the annual report: their order, numbers, levels, and what belongs to each.

After the subgroup's annual report, its numbering made regular: it has two sections 5.3, and its
table of ages stands unnumbered between 4.3 and 4.4.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from oscb_desktop.domain.codes import label_of

CODE_LIST = "annual_chapter"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its code, its number as printed, its level (1 or 2), the blocks that it holds.

    ``about`` says what its text should tell.
    """

    code: str
    number: str
    level: int
    blocks: tuple[str, ...] = ()
    about: str = ""

    @property
    def title(self) -> str:
        """The chapter's name."""
        return label_of(CODE_LIST, self.code)

    @property
    def heading(self) -> str:
        """The number and the name, as printed."""
        return f"{self.number} {self.title}"


_LAID_OUT: tuple[tuple[str, int, tuple[str, ...], str], ...] = (
    ("introduction", 1, (), "Whose report this is and what it covers."),
    ("subgroup", 1, ("members",), "What the subgroup is for, and who belongs to it."),
    ("national_context", 1, (), "What the national Panel found, and how it bears on us."),
    ("rapid_purpose", 1, ("funnel",), "What a rapid review is for, and when one is held."),
    ("rapid_relevance", 2, ("context",), "What rapid reviews can tell, and of how few children."),
    (
        "rapid_figures",
        2,
        ("rapid_facts", "referral_sources", "panel_replies", "trend"),
        "What stands out in the figures.",
    ),
    (
        "rapid_children",
        2,
        ("children_facts", "children_by_age", "children_by_sex", "children_by_status"),
        "Who the children were, and what was known of them.",
    ),
    ("age_factors", 2, ("age_by_harm", "age_by_factor"), "What the ages may indicate."),
    ("rapid_harm", 2, ("harm_types", "harmed_by"), "The kinds of harm and what they taught."),
    ("review_purpose", 1, (), "What a review is for and how it is done."),
    ("review_relevance", 2, (), "What reviews can tell that rapid reviews cannot."),
    ("review_figures", 2, ("review_facts", "reviews_by_kind", "reviews"), "What was worked on."),
    (
        "review_children",
        2,
        ("review_children_facts", "review_children_by_age", "review_children_by_sex"),
        "Who the children were.",
    ),
    ("themes", 2, ("themes", "themes_together", "themes_before"), "What keeps coming back."),
    ("learning", 1, (), "What this year's reviews teach."),
    ("learning_practitioner", 2, ("practitioner_points",), "For practitioners."),
    ("learning_system", 2, ("system_points",), "For those who lead."),
    ("learning_national", 2, ("national_points",), "For the region and the nation."),
    ("publication", 1, ("published",), "What was published, and what it found."),
    ("messages", 2, ("messages",), "What the government is asked to do."),
    ("process", 1, (), "How reviews were done this year."),
    ("practitioner_reflections", 2, ("practitioners",), "What practitioners said of the reviews."),
    ("reviewer_reflections", 2, (), "What independent reviewers said."),
    ("family_feedback", 2, ("families",), "What families said."),
    (
        "costs",
        2,
        ("cost_facts", "costs", "timeliness"),
        "What reviews cost and how long they took.",
    ),
    ("sharing", 2, ("sharing",), "Where the learning was taken."),
    ("impact", 1, ("impact",), "What changed because of reviews."),
    ("conclusion", 1, ("actions",), "What matters most now."),
    ("definitions", 0, ("definitions",), "The guidance, and what the words mean."),
    ("published_findings", 0, ("findings",), "What was published, in its own words."),
)
"""Code, level (0: an appendix), blocks, what the text should tell."""


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in the order of the report; appendices are numbered by letters."""
    found: list[Chapter] = []
    first = second = letter = 0
    for code, level, blocks, about in _LAID_OUT:
        if level == 0:
            number = f"Appendix {chr(ord('A') + letter)}"
            letter += 1
        elif level == 1:
            first, second = first + 1, 0
            number = str(first)
        else:
            second += 1
            number = f"{first}.{second}"
        found.append(Chapter(code, number, max(1, level), blocks, about))
    return tuple(found)


def chapter(code: str) -> Chapter:
    """Return a chapter by its code; raises ``KeyError`` for one that there is not."""
    return {entry.code: entry for entry in chapters()}[code]
