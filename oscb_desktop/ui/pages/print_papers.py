"""The papers that can be printed, by the names people ask for, and how each is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from oscb_desktop.domain.faces import PANEL, PUBLIC
from oscb_desktop.domain.return_sheets import return_sheets
from oscb_desktop.services import printing
from oscb_desktop.services.releases import MadePaper


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing that can be printed: an entry of ``PAPERS`` is all that a new one needs.

    ``about`` names the box of ``print_choices.BOXES`` that says of what it is, and is empty for a
    paper about the whole file. ``make`` is called on the worker with the store, with what that box
    gives by name, such as ``review="RR-2022-01"``, and with ``copy``.
    """

    name: str
    label: str
    about: str
    help: str
    make: Callable[..., MadePaper]


PAPERS = (
    Paper(
        "learning_summary",
        printing.LEARNING_SUMMARY,
        "review",
        "One or two pages for practitioners, in the order of a seven-minute briefing.",
        printing.make_learning_summary,
    ),
    Paper(
        "press_statement",
        printing.PRESS_STATEMENT,
        "review",
        "What the press is told, in the wording of Settings: the main findings and what changes.",
        printing.make_press_statement,
    ),
    Paper(
        "family_letter",
        printing.FAMILY_LETTER,
        "review",
        "In the wording of Settings. Names nobody: write the names in by hand, or in Word.",
        printing.make_family_letter,
    ),
    Paper(
        "review_record",
        printing.REVIEW_RECORD,
        "review",
        "Everything recorded. Internal.",
        printing.make_review_record,
    ),
    Paper(
        "review_record_panel",
        "Record for the review panel",
        "review",
        "Without costs, drafts, legal advice and what was told in confidence. Internal.",
        partial(printing.make_review_record, face=PANEL),
    ),
    Paper(
        "review_record_public",
        "Record for the public",
        "review",
        "What was found, learned and recommended, and nothing of the children or the incident.",
        partial(printing.make_review_record, face=PUBLIC),
    ),
    Paper(
        "action_log",
        printing.ACTION_LOG,
        "scope",
        "Every action by review, or those of one agency, one review or one theme.",
        printing.make_action_log,
    ),
    Paper(
        "action_record",
        printing.ACTION_RECORD,
        "action",
        "Everything recorded about one action: dates, notes, evidence, checks. Internal.",
        printing.make_action_record,
    ),
    Paper(
        "decision_letter",
        printing.DECISION_LETTER,
        "review",
        "To the national Panel: what was decided after a rapid review, and why. Under pseudonyms.",
        printing.make_decision_letter,
    ),
    Paper(
        "terms",
        printing.TERMS,
        "review",
        "Purpose, lines of enquiry, time and method of a full review, and its panel. Internal.",
        printing.make_terms,
    ),
    Paper(
        "agenda",
        printing.AGENDA,
        "meeting",
        "What a meeting is about and who is invited.",
        printing.make_agenda,
    ),
    Paper(
        "meeting_note",
        printing.MEETING_NOTE,
        "meeting",
        "Who was there, what was decided, and who does what by when.",
        printing.make_meeting_note,
    ),
    Paper(
        "composite_plan",
        printing.COMPOSITE_PLAN,
        "",
        "The recommendations of all reviews by theme, each lesson once, with their actions.",
        printing.make_composite_plan,
    ),
    Paper(
        "escalation_report",
        printing.ESCALATION_REPORT,
        "",
        "What is due to be escalated, the steps taken and their answers, by agency. Internal.",
        printing.make_escalation_report,
    ),
    Paper(
        "chair_sheet",
        printing.CHAIR_SHEET,
        "",
        "All live reviews as a timeline of stages against their statutory days. Internal.",
        printing.make_chair_sheet,
    ),
    Paper(
        "since_meeting",
        printing.SINCE_MEETING,
        "",
        "What was completed, slipped or added since the subgroup met last.",
        printing.make_since_meeting,
    ),
    Paper(
        "annual_report",
        printing.ANNUAL_REPORT,
        "year",
        "The report of a year with every number. It is written under Annual report. Internal.",
        printing.make_annual_report,
    ),
    Paper(
        "annual_report_public",
        f"{printing.ANNUAL_REPORT}, public",
        "year",
        "The report of a year with small numbers kept back.",
        partial(printing.make_annual_report, public=True),
    ),
    *(
        Paper(
            f"return_{sheet.name}",
            f"{printing.RETURN_SHEET}: {sheet.label}",
            "review",
            "What this system asks to be keyed of a review, in its order. Internal.",
            partial(printing.make_return_sheet, system=sheet.name),
        )
        for sheet in return_sheets()
    ),
)


def paper_named(name: str) -> int:
    """Return the place of a paper in ``PAPERS``, -1 for a name that is of none."""
    return next((at for at, paper in enumerate(PAPERS) if paper.name == name), -1)
