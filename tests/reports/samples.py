"""Invented documents: rich ones as a secretary would print them, small ones with every field."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

from oscb_desktop.domain.charts import Missing, Series, bars, grouped_bars
from oscb_desktop.domain.documents import (
    ActionGroup,
    ActionLine,
    ActionLog,
    Agenda,
    AgendaItem,
    AnnualReport,
    ChairDay,
    ChairLine,
    ChairSheet,
    ChairSpan,
    ChairTick,
    CompositePlan,
    DayShape,
    DecisionLetter,
    DisposalCertificate,
    Document,
    EscalationReport,
    Fact,
    FamilyLetter,
    KeyEntry,
    LearningSummary,
    MeetingNote,
    Paper,
    PlanLesson,
    PlanTheme,
    Point,
    PressStatement,
    Reading,
    RecoverySheet,
    ReportChapter,
    ReportPart,
    RequestLetter,
    ReviewRecord,
    Section,
    SinceMeeting,
    Table,
    TermsOfReference,
)
from oscb_desktop.domain.recovery_text import groups

ORGANISATION = "Oxmere Safeguarding Children Partnership"
PUBLISHED = Paper(
    "Learning summary: Rowan",
    ORGANISATION,
    "A baby of four months was taken to hospital with injuries that nobody could explain.",
    marking="OFFICIAL-SENSITIVE",
    printed_by="P. Harlow",
    printed_at="03 June 2022",
    version="Version 1.0",
    face="public",
    contact=("Market Hall, Oxmere", "01632 960000", "partnership@oxmere-scp.example"),
)
INTERNAL = Paper(
    "Review record LR-2022-03",
    ORGANISATION,
    "Rapid review · Rowan · opened 11 March 2022",
    "OFFICIAL-SENSITIVE",
    "P. Harlow",
    "03 June 2022 at 14:05",
    "Draft 3, copy 2 of 9",
)
NARRATIVE = (
    "Rowan was born early to young parents who had recently moved into the area. Several services "
    "knew the family, each a part of the story: a midwife, a health visitor and an adviser on debt."
)

LEARNING_SUMMARY = LearningSummary(
    PUBLISHED,
    "Learning from Rowan’s story",
    "Local child safeguarding practice review",
    what_happened=(
        NARRATIVE,
        "At four months Rowan was seen three times for bruising and feeding. Each visit was "
        "recorded with care; none of them was put beside the others.",
    ),
    what_we_learned=(
        Point(
            "Bruising in a baby who does not yet move is a reason to act",
            "A mark on a baby who cannot roll is rare. Ask, look at the whole child, and speak "
            "with children’s social care the same day, whatever the explanation.",
        ),
        Point(
            "Fathers and partners are part of the assessment",
            "Rowan’s father cared for him on most evenings. No service had met him.",
        ),
        Point(
            "Moving house can hide a family",
            "Records came up to six weeks after the family did.",
        ),
    ),
    what_was_good=(
        "The health visitor noticed that feeding charts had stopped, and rang the surgery.",
        "A receptionist booked a longer appointment because the mother sounded worn out.",
    ),
    what_will_change=(
        Point("One bruising protocol for every front door", "By September, with one number."),
        Point("A question about who else cares for the baby", "At every new-birth visit."),
    ),
    what_you_can_do=(
        "Read the bruising protocol with your team this month.",
        "When you meet a baby, ask who looks after them at night.",
    ),
    questions=(
        "What would each of us have done on the second visit?",
        "Who are the fathers on our list whom we have never met?",
        "How do we know that a worry raised on a Friday afternoon was picked up?",
    ),
    read_more=(
        Reading("The full report", "https://www.oxmere-scp.example/reviews/rowan"),
        Reading("Ask your safeguarding lead for the discussion pack"),
    ),
)

REVIEW_RECORD = ReviewRecord(
    INTERNAL,
    (
        Section(
            "The incident",
            (
                Fact("Reference", "INC-2022-014"),
                Fact("Happened", "About 9 March 2022"),
                Fact("Decision", "Notify: seriously harmed.\nThe police and the ICB agree."),
                Fact("Left out because it is empty", ""),
            ),
            (NARRATIVE,),
        ),
        Section(
            "Children",
            tables=(
                Table(
                    "Children in this review",
                    ("Child", "Age", "Sex", "Legal status", "Outcome"),
                    (
                        ("Rowan", "4 months", "Boy", "None", "Recovering, with foster carers"),
                        ("Hazel (sister)", "3 years", "Girl", "None", "Seen and well"),
                    ),
                ),
            ),
        ),
        Section(
            "The work",
            subsections=(
                Section(
                    "Meetings",
                    subsections=(
                        Section(
                            "29 March 2022: rapid review meeting",
                            (Fact("Present", "Police, social care, health visiting"),),
                            (NARRATIVE,),
                        ),
                    ),
                ),
                Section("Parallel processes"),
                Section("Costs", tables=(Table("Costs", ("For", "Amount"), ()),)),
            ),
        ),
    ),
)

KEY = (
    KeyEntry("Red", "Overdue, or will not be done in time"),
    KeyEntry("Amber", "At risk: late, or waiting for somebody"),
    KeyEntry("Green", "On track"),
    KeyEntry("Blue", "Done, with evidence and sign-off"),
)


def action_line(number: int, colour: str, **more: str) -> ActionLine:
    """Return an action with plausible words in every column that ``more`` does not set."""
    words = {
        "recommendation": f"R{number % 3 + 1}",
        "lead_agency": "Oxmere NHS Trust",
        "owner": "Named nurse",
        "original_due": "30 March 2022",
        "due": "30 April 2022",
        "status": "In progress",
        "lateness": "34 days late",
        "assurance": "Not yet assured",
        "latest_note": "The trust’s board has the draft on its agenda for 16 June.",
    }
    action = "Agree the one-page bruising protocol with all front doors."
    return ActionLine(f"LR-2022-03/A{number}", action, colour=colour, **{**words, **more})


ACTION_LOG = ActionLog(
    dataclasses.replace(INTERNAL, title="Action log", subtitle="Subgroup, 9 June 2022"),
    "All agencies",
    "As at 3 June 2022",
    KEY,
    (
        ActionGroup(
            "LR-2022-03 · Rowan",
            (
                action_line(1, "Red"),
                action_line(2, "Amber", original_due="30 April 2022", lateness="Due in 11 days"),
                action_line(3, "Blue", status="Completed", completed="28 April 2022", lateness=""),
            ),
        ),
        ActionGroup("LR-2021-01 · Child F"),
    ),
    "3 actions: 1 red, 1 amber, 1 blue",
)

RECOVERY_SHEET = RecoverySheet(
    dataclasses.replace(
        INTERNAL, title="Recovery sheet: Reviews.oscb", subtitle="Opens this file.", version=""
    ),
    "Reviews.oscb",
    "03 June 2022 at 14:05 by P. Harlow",
    groups(bytes(range(32))),
    ("Type the key in place of the passphrase.", "Choose a new passphrase."),
    ("In a locked place.", "Not beside the computer."),
)

DISPOSAL_CERTIFICATE = DisposalCertificate(
    dataclasses.replace(
        INTERNAL,
        title="Disposal certificate D-2052-01",
        subtitle="47 records removed",
        version="",
    ),
    "The records below were removed for good, on the approval and the authority stated.",
    (
        Fact("Reference", "D-2052-01"),
        Fact("Removed", "03 Jun 2052 14:05 by P. Harlow"),
        Fact("Approved", "03 Jun 2052 by the chair of the subgroup"),
        Fact("Authority", "The council’s schedule, line 4; agreed with information governance."),
        Fact("File", "Reviews.oscb"),
    ),
    (
        "RR-2021-03: work ended on 30 Apr 2022, 30 years, kept until 30 Apr 2052.",
        "In all: 1 incident, 2 children, 1 review, 43 other records.",
        "Incidents: IN-2021-03.",
    ),
    (Fact("Mark before", "abcdef01 " * 8), Fact("Mark after", "23456789 " * 8)),
    "Each step of work is chained to the one before by these marks.",
    "Backups made before still hold what was removed until they are deleted.",
    (
        Table(
            "Copies that still hold it",
            ("Copy", "Until"),
            (("Reviews 2052-06-02 1558.oscb", "until about 03 Jun 2053, as newer ones come"),),
        ),
    ),
    ("Removed by", "Approved by", "Information governance"),
)

_PEOPLE = Table(
    "",
    ("Name", "Agency", "Came", "Interest declared"),
    (
        ("M. Ashdown", "Oxmere police", "Present", ""),
        ("T. Birchall", "Oxmere health trust", "Present for somebody else", "Knows the family"),
    ),
)
AGENDA = Agenda(
    dataclasses.replace(INTERNAL, title="Agenda: subgroup, 9 June 2022", subtitle="M-2022-04"),
    (Fact("On", "Thu 09 Jun 2022"), Fact("Place", "Online"), Fact("Chair", "")),
    ("To look at what is late.",),
    (AgendaItem("Welcome", "The chair"), AgendaItem("LR-2022-03 Rowan")),
    _PEOPLE,
    (Table("Actions overdue", ("Reference", "Action"), (("A-2022-01", "Write to all"),)),),
)
MEETING_NOTE = MeetingNote(
    dataclasses.replace(INTERNAL, title="Note: subgroup, 9 June 2022", subtitle="M-2022-04"),
    (Fact("On", "Thu 09 Jun 2022"),),
    "Not quorate: nobody from the local authority.",
    ("The decision was confirmed by e-mail on 10 June.",),
    _PEOPLE,
    (
        AgendaItem("Welcome", "The chair"),
        AgendaItem("LR-2022-03 Rowan", said=(NARRATIVE,), decided=("The report goes ahead.",)),
    ),
    ("A lively meeting.",),
    ("One member would have waited.",),
    Table("", ("What", "Who", "By"), (("Write to all", "M. Ashdown", "1 July 2022"),)),
)
DECISION_LETTER = DecisionLetter(
    dataclasses.replace(INTERNAL, title="Rapid review: RR-2022-03 Rowan", subtitle="Decision"),
    "Not ready to be sent. Not signed off yet: Health.",
    ("To the Child Safeguarding Practice Review Panel",),
    (Fact("Date", "03 Jun 2022"), Fact("Our reference", "RR-2022-03"), Fact("Sent", "")),
    "Dear members of the Panel",
    ("The safeguarding partners decided not to undertake a review.", "This letter is late."),
    (
        Section("Criteria for a local review", (Fact("(a) Improvements needed", "Yes"),)),
        Section("Decision and reason", paragraphs=(NARRATIVE,)),
    ),
    ("Yours sincerely",),
    Table("", ("Partner", "Name"), (("Police", "M. Ashdown"),)),
    ("Health: name, role, signature and date",),
)
TERMS = TermsOfReference(
    dataclasses.replace(INTERNAL, title="Terms of reference: LR-2022-03 Rowan", subtitle="LCSPR"),
    (Fact("Lead reviewer", "M. Ashdown"), Fact("Time looked at", "about Jun 2020 to Mar 2022")),
    (NARRATIVE,),
    ("Who knew that the child was not seen?", "What did waiting do?"),
    (
        Section("Review panel", tables=(Table("", ("Name", "Work"), (("A. Wren", "Nurse"),)),)),
        Section("Other processes", paragraphs=("None yet.",)),
    ),
)
REQUEST_LETTER = RequestLetter(
    dataclasses.replace(
        INTERNAL,
        title="Agency summary: RR-2022-03 Rowan",
        subtitle="Request for information",
        version="",
    ),
    ("To T. Birchall, Named nurse", "Oxmere health trust", "safeguarding@oxmere.example"),
    (
        Fact("Our reference", "RR-2022-03 Rowan"),
        Fact("Child details", "Sent separately, in a secure message"),
        Fact("Due", "Fri 25 Mar 2022"),
    ),
    ("We ask Oxmere health trust for the following by Fri 25 Mar 2022.",),
    (
        Section("What we ask", paragraphs=("Please write a summary of your involvement.",)),
        Section("How to answer", paragraphs=("Send it by secure e-mail.",)),
    ),
    ("With thanks", "The subgroup"),
)
PRESS_STATEMENT = PressStatement(
    dataclasses.replace(PUBLISHED, title="Press statement: Rowan", subtitle=""),
    "Learning from the review known as Rowan",
    (
        "Oxmere Safeguarding Children Partnership has carried out a review, known as Rowan.",
        "Our first thoughts are with those who were harmed, and with their family.",
    ),
    ("The main findings of the review are:",),
    ("Bruising in a baby who does not yet move is a reason to act.",),
    ("The review asks for the following:",),
    ("One bruising protocol for every front door.", "A question about who else cares for a baby."),
    ("The review was made to learn.",),
    ("To protect the family, please do not name anybody.", "Contact for the press: 01632 960001"),
)
FAMILY_LETTER = FamilyLetter(
    dataclasses.replace(PUBLISHED, title="Letter about our review", subtitle="", is_letter=True),
    ("You need not read this letter all at once, and you need not answer.",),
    (
        "We are looking at how services worked with your family.",
        "We write Rowan in place of a name.",
    ),
    ("We would be grateful to hear from you.", "If you do not want to, that is all right."),
    ("Before anybody outside can read the report we will show it to you.",),
    ("The report was published on 02 Mar 2022.",),
    ("With our respect and our sympathy",),
    ("The subgroup, Oxmere Safeguarding Children Partnership",),
)

COMPOSITE_PLAN = CompositePlan(
    dataclasses.replace(INTERNAL, title="Composite plan", subtitle="The subgroup"),
    "All reviews, by theme · As at 3 June 2022",
    "3 recommendations teach 2 lessons.",
    KEY,
    (
        PlanTheme(
            "Fathers and male carers",
            (
                PlanLesson(
                    (
                        Point("LR-2022-03/R1", "LR-2022-03/R1: Record each father."),
                        Point("RR-2021-01/R2", "RR-2021-01/R2: Ask who cares for the child."),
                    ),
                    (action_line(1, NARRATIVE), action_line(2, "Write to all.")),
                    "A-1 serves another lesson too, counted once.",
                ),
            ),
        ),
        PlanTheme("Without a theme", (PlanLesson((Point("LR-2022-03/R9", NARRATIVE),)),)),
    ),
)
ESCALATION_REPORT = EscalationReport(
    dataclasses.replace(INTERNAL, title="Escalation report", subtitle="The subgroup"),
    "Open actions, by lead agency · As at 3 June 2022",
    "1 action due to be escalated; 1 step taken, of which 1 waits for an answer.",
    Table(
        "The ladder",
        ("Step", "When", "To whom"),
        (("Reminder", "7 days after", "The owner"), ("Chair", "14 days after", "The chair")),
    ),
    (
        Section(
            "Oxmere NHS Trust",
            tables=(
                Table(
                    "Due to be escalated",
                    ("Action", "What", "Next step"),
                    (("A-2022-01", NARRATIVE, "The chair of the subgroup"),),
                ),
                Table(
                    "Steps taken",
                    ("Action", "On", "What was said", "Answer"),
                    (("A-2022-01", "1 June 2022", NARRATIVE, "None yet"),),
                ),
            ),
        ),
    ),
)
SINCE_MEETING = SinceMeeting(
    dataclasses.replace(INTERNAL, title="Since the last meeting", subtitle="The subgroup"),
    "From 9 June 2022 (meeting M-2022-04) to 7 July 2022",
    "1 action completed, 1 slipped.",
    (
        Table(
            "Actions completed",
            ("Reference", "What", "What happened"),
            (("A-2022-01", NARRATIVE, "Completed on 1 July 2022"),),
        ),
        Table(
            "Actions that slipped",
            ("Reference", "What", "What happened"),
            (("A-2022-02", "Write to all", "Moved from 1 June to 1 August 2022: waiting"),),
        ),
    ),
)

CHAIR_SHEET = ChairSheet(
    dataclasses.replace(INTERNAL, title="Live reviews", subtitle="The subgroup"),
    "20 live reviews.",
    (ChairTick("Mar 2022", 0.0), ChairTick("Apr 2022", 0.5)),
    0.6,
    tuple(
        ChairLine(
            f"LR-2022-{number:02} Rowan",
            "Local review, ours alone",
            "Paused (inquest) at: analysis",
            "2 missing",
            (
                ChairSpan("Setting up 01 Mar 2022 to 20 Mar 2022", 0.0, 0.3),
                ChairSpan("Paused since 20 Mar 2022", 0.3, 0.6, rests=True),
            ),
            tuple(
                ChairDay(f"Publication: {shape.name}", shape.value / 6, shape) for shape in DayShape
            ),
        )
        for number in range(1, 21)
    ),
)


def long_record() -> ReviewRecord:
    """Return a record of more than 120 pages, no two of which say the same."""

    def part(number: int) -> Section:
        rows = tuple((f"Meeting {number}.{n}", "1 April", f"2{n} March") for n in range(1, 9))
        said = tuple(f"{number}.{n} {NARRATIVE}" for n in range(1, 15))
        tables = (Table(f"Steps of part {number}", ("Step", "Due", "Done"), rows),)
        return Section(f"Part {number}", paragraphs=said, tables=tables)

    return ReviewRecord(INTERNAL, tuple(map(part, range(1, 125))))


ANNUAL_REPORT = AnnualReport(
    dataclasses.replace(
        PUBLISHED, title="Annual report 2021-22", subtitle="Practice review subgroup"
    ),
    "Numbers below 5 are told as “fewer than 5”, in tables as “c”.",
    (
        ReportChapter("1 Introduction", text=("What the subgroup did from April to March.",)),
        ReportChapter("2 Rapid review meetings"),
        ReportChapter(
            "2.1 Facts and figures",
            2,
            ("Six rapid reviews were held, compared to 9 in the year before.",),
            (
                ReportPart(
                    "",
                    facts=(
                        Fact("Rapid reviews", "6, compared to 9 in the year before"),
                        Fact("Joint rapid reviews", "fewer than 5"),
                    ),
                ),
                ReportPart(
                    "",
                    table=Table(
                        "Children by age",
                        ("Age", "Children"),
                        (("Under 5", "7"), ("5 to 12", "c"), ("All", "12")),
                    ),
                    chart=bars("Children by age", [("Under 5", 7), ("5 to 12", Missing.KEPT_BACK)]),
                    notes=("A child is counted once.",),
                ),
                ReportPart("By sex", notes=("Left out of the public version.",)),
                ReportPart(
                    "",
                    table=Table(
                        "Harm by age",
                        ("Kind of harm", "Under 5", "13 and over", "All"),
                        (("Neglect", "3", "2", "5"), ("Self-harm", "0", "6", "6")),
                    ),
                    chart=grouped_bars(
                        "Harm by age",
                        ("Neglect", "Self-harm"),
                        (Series((3, 0), "Under 5"), Series((2, 6), "13 and over")),
                    ),
                ),
            ),
        ),
        ReportChapter(
            "3 Impact of reviews",
            parts=(
                ReportPart(
                    "What changed", points=(Point("Fathers are asked about.", "An audit of 40."),)
                ),
                ReportPart(
                    "For practitioners",
                    points=(Point("Ask who else cares for the child."), Point("", "And how.")),
                    numbered=True,
                ),
            ),
        ),
    ),
)

RICH: dict[str, Document] = {
    "annual_report": ANNUAL_REPORT,
    "composite_plan": COMPOSITE_PLAN,
    "escalation_report": ESCALATION_REPORT,
    "since_meeting": SINCE_MEETING,
    "chair_sheet": CHAIR_SHEET,
    "learning_summary": LEARNING_SUMMARY,
    "review_record": REVIEW_RECORD,
    "action_log": ACTION_LOG,
    "recovery_sheet": RECOVERY_SHEET,
    "agenda": AGENDA,
    "meeting_note": MEETING_NOTE,
    "decision_letter": DECISION_LETTER,
    "request_letter": REQUEST_LETTER,
    "press_statement": PRESS_STATEMENT,
    "family_letter": FAMILY_LETTER,
    "terms": TERMS,
    "disposal_certificate": DISPOSAL_CERTIFICATE,
}

_FULL_PAPER = dataclasses.replace(INTERNAL, title="Title")
SMALL: tuple[Document, ...] = (
    AnnualReport(
        _FULL_PAPER,
        "Note",
        (
            ReportChapter(
                "Heading",
                1,
                ("Text",),
                (
                    ReportPart("Facts", (Fact("Label", "Value"),)),
                    ReportPart("Table", table=Table("Caption", ("Head",), (("Cell",),))),
                    ReportPart("Points", points=(Point("Point", "Words"),), notes=("Said",)),
                    ReportPart("Numbered", points=(Point("Point"),), numbered=True),
                ),
            ),
        ),
    ),
    ChairSheet(
        _FULL_PAPER,
        "Totals",
        (ChairTick("Month", 0.0),),
        0.5,
        (
            ChairLine(
                "Review",
                "Part",
                "Stage",
                "To do",
                (ChairSpan("Span", 0.0, 0.5, name="Stage"),),
                (ChairDay("Day", 0.7, DayShape.LATE),),
            ),
        ),
    ),
    LearningSummary(
        _FULL_PAPER,
        "Heading",
        "Kind",
        ("Happened",),
        (Point("Learned", "Because"),),
        ("Good",),
        (Point("Change", "How"),),
        ("Do",),
        ("Question",),
        (Reading("Read", "https://oxmere-scp.example/"),),
    ),
    ReviewRecord(
        _FULL_PAPER,
        (
            Section(
                "Section",
                (Fact("Label", "Value"),),
                ("Paragraph",),
                (Table("Caption", ("One", "Two"), (("First", "Second"),)),),
                (Section("Below"),),
            ),
        ),
    ),
    ActionLog(
        _FULL_PAPER,
        "Scope",
        "As at",
        (KeyEntry("Red", "Overdue", "#AA0000"),),
        (ActionGroup("Review", (action_line(1, "Red", completed="1 May 2022"),)),),
        "Totals",
    ),
    CompositePlan(
        _FULL_PAPER,
        "As at",
        "Totals",
        (KeyEntry("Red", "Overdue", "#AA0000"),),
        (
            PlanTheme(
                "Theme",
                (PlanLesson((Point("Reference", "Asked"),), (action_line(1, "Red"),), "Also"),),
            ),
        ),
    ),
    SinceMeeting(
        _FULL_PAPER,
        "As at",
        "Totals",
        (Table("Caption", ("One", "Two"), (("First", "Second"),)),),
    ),
    EscalationReport(
        _FULL_PAPER,
        "As at",
        "Totals",
        Table("Ladder", ("One", "Two"), (("First", "Second"),)),
        (Section("Agency", tables=(Table("Due", ("One", "Two"), (("First", "Second"),)),)),),
    ),
    RecoverySheet(_FULL_PAPER, "File", "Made", ("0A1B",), ("Do",), ("Keep",)),
    Agenda(
        _FULL_PAPER,
        (Fact("Label", "Value"),),
        ("Purpose",),
        (AgendaItem("Item", "Leader"),),
        Table("People", ("One", "Two"), (("First", "Second"),)),
        (Table("Caption", ("One", "Two"), (("First", "Second"),)),),
    ),
    MeetingNote(
        _FULL_PAPER,
        (Fact("Label", "Value"),),
        "Quorum",
        ("Remark",),
        Table("People", ("One", "Two"), (("First", "Second"),)),
        (AgendaItem("Item", "Leader", ("Said",), ("Decided",)),),
        ("Note",),
        ("Dissent",),
        Table("Arising", ("One", "Two"), (("First", "Second"),)),
    ),
    DecisionLetter(
        _FULL_PAPER,
        "Unfinished",
        ("Addressee",),
        (Fact("Label", "Value"),),
        "Greeting",
        ("Opening",),
        (Section("Section", paragraphs=("Paragraph",)),),
        ("Ending",),
        Table("Signed", ("Partner", "Name"), (("Partner", "Name"),)),
        ("To sign",),
    ),
    TermsOfReference(
        _FULL_PAPER,
        (Fact("Label", "Value"),),
        ("Purpose",),
        ("Enquiry",),
        (Section("Section", paragraphs=("Paragraph",)),),
    ),
    RequestLetter(
        _FULL_PAPER,
        ("Addressee",),
        (Fact("Label", "Value"),),
        ("Opening",),
        (Section("Section", paragraphs=("Paragraph",)),),
        ("Ending",),
    ),
    PressStatement(
        _FULL_PAPER,
        "Heading",
        ("Opening",),
        ("About findings",),
        ("Finding",),
        ("About changes",),
        ("Change",),
        ("Ending",),
        ("Note",),
    ),
    FamilyLetter(
        _FULL_PAPER, ("Opening",), ("About",), ("Part",), ("Published",), ("Ending",), ("Signed",)
    ),
    DisposalCertificate(
        _FULL_PAPER,
        "Statement",
        (Fact("Label", "Value"),),
        ("Removed",),
        (Fact("Before", "Mark"),),
        "About the chain",
        "About the copies",
        (Table("Caption", ("Copy", "Until"), (("Cell", "Other cell"),)),),
        ("Signer",),
    ),
)

EMPTY_PAPER = Paper("", "")
EMPTY: tuple[Document, ...] = (
    AnnualReport(EMPTY_PAPER),
    AnnualReport(INTERNAL, "", (ReportChapter("", parts=(ReportPart(""),)),)),
    LearningSummary(EMPTY_PAPER, ""),
    ReviewRecord(EMPTY_PAPER),
    CompositePlan(EMPTY_PAPER),
    CompositePlan(EMPTY_PAPER, themes=(PlanTheme("", (PlanLesson((Point(""),)),)),)),
    EscalationReport(EMPTY_PAPER),
    EscalationReport(INTERNAL, ladder=Table("", (), ()), agencies=(Section(""),)),
    SinceMeeting(EMPTY_PAPER),
    ChairSheet(EMPTY_PAPER),
    ChairSheet(INTERNAL, lines=(ChairLine(""),)),
    SinceMeeting(INTERNAL, groups=(Table("", (), ()),)),
    ActionLog(EMPTY_PAPER),
    RecoverySheet(EMPTY_PAPER, ""),
    Agenda(EMPTY_PAPER),
    MeetingNote(EMPTY_PAPER),
    MeetingNote(INTERNAL, items=(AgendaItem(""),), people=Table("", (), ())),
    DecisionLetter(EMPTY_PAPER),
    RequestLetter(EMPTY_PAPER),
    TermsOfReference(EMPTY_PAPER),
    PressStatement(EMPTY_PAPER, ""),
    FamilyLetter(EMPTY_PAPER),
    DisposalCertificate(EMPTY_PAPER, ""),
    ReviewRecord(EMPTY_PAPER, (Section("", subsections=(Section("Below a nameless one"),)),)),
    ReviewRecord(INTERNAL, (Section("S", tables=(Table("", (), (("only", "cells"), ("one",))),)),)),
    ActionLog(INTERNAL, key=KEY, groups=(ActionGroup("", (ActionLine("", ""),)),)),
)


def text_fields(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the text of every string in a document."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from text_fields(item, f"{path}[{index}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from text_fields(getattr(value, field.name), f"{path}.{field.name}")


def with_text(value: Any, change: Callable[[str, str], str], path: str = "") -> Any:
    """Return a copy of a document in which each text is what ``change(path, text)`` says."""
    if isinstance(value, str):
        return change(path, value)
    if isinstance(value, tuple):
        return tuple(with_text(v, change, f"{path}[{n}]") for n, v in enumerate(value))
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: with_text(getattr(value, field.name), change, f"{path}.{field.name}")
        for field in dataclasses.fields(value)
    }
    return dataclasses.replace(value, **changed)
