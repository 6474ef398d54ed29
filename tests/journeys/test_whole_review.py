"""One incident of two siblings, from the first call to the published report, by keyboard alone.

From an empty file and as a new user. The notification of Fri 16 Sep 2022 is counted over the day
off of the state funeral; the six months of the LCSPR end on Wed 05 Apr 2023.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView, QTableWidget

from oscb_desktop.database.engine import make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.decisions import CRITERIA
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.statutory_clock import words_left
from oscb_desktop.queries import records
from oscb_desktop.queries.figures import figures
from oscb_desktop.queries.meetings import attendance
from oscb_desktop.queries.processes import process_dates
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.requests import owed, requests_of
from oscb_desktop.queries.standing import Standing, standing
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.chair_page import ChairPage
from tests.journeys.hands import Hands, seen

NAME = "Example Valley Safeguarding Children Partnership"
RAPID, LOCAL = "rapid_review", "lcspr"
NOTIFICATION, TO_PANEL, REPLY, PUBLICATION, REPORT = (
    "Notification to the Panel",
    "Rapid review to the Panel",
    "Panel's reply expected",
    "Publication",
    "Full report to the Panel and the Secretary of State",
)
ENGAGED = "Practitioners and family"
REPORT_NOT_SENT = "The report has not been sent to the Panel and the Secretary of State."
CALLED = date(2022, 9, 13)


class Wall:
    """The clock on the wall, which a test moves from day to day."""

    def __init__(self) -> None:
        self.day = CALLED

    def __call__(self) -> datetime:
        return datetime.combine(self.day, time(9, 30))


class Colleague(NamedTuple):
    """Somebody of the directory, with the agency that they are of."""

    name: str
    agency: str
    kind: str
    partner: str


COLLEAGUES = (
    Colleague("Alma Fernwick", "Valley Children's Services", "children's", "local"),
    Colleague("Basil Thorncote", "Valley Health", "hospital", "health"),
    Colleague("Clover Ashby", "Valley Police", "police", "police"),
    Colleague("Dale Hollin", "Larchfield School", "school", ""),
    Colleague("Esme Rookwell", "Brook Housing", "housing", ""),
)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def store(new_file: tuple[Path, FileKey], tmp_path: Path, wall: Wall) -> Iterator[Store]:
    """An empty file whose days go on."""
    source, key = new_file
    path = tmp_path / "valley.oscb"
    path.write_bytes(source.read_bytes())
    engine = make_engine(path, key)
    yield Store(engine, key, path, "A. Tester", wall)
    close_file(engine)


class Case:
    """The window with the one case of this story, and what is to be read of it."""

    def __init__(self, window: MainWindow, store: Store, hands: Hands, wall: Wall) -> None:
        self.window, self.store, self.hands, self.wall = window, store, hands, wall
        self._ids: dict[str, int] = {}

    def on(self, day: date) -> None:
        """Let the night pass; the window stands open."""
        self.wall.day = day
        self.window.look_at_the_day()

    def page(self) -> str:
        """Return the words of the page on screen."""
        return seen(self.window.stack.page())

    def rows(self, kind: str) -> tuple[RecordRow, ...]:
        return self.store.read(records.records, kind)

    def the_only(self, kind: str) -> RecordRow:
        (row,) = self.rows(kind)
        return row

    def id_of(self, kind: str) -> int:
        """Return the id of the one review of a kind."""
        if kind not in self._ids:
            (found,) = (row.id for row in self.rows("review") if row.values["kind"] == kind)
            self._ids[kind] = found
        return self._ids[kind]

    def review(self, kind: str) -> RecordRow:
        row = self.store.read(records.record, "review", self.id_of(kind))
        assert row is not None
        return row

    def stands(self, kind: str) -> Standing:
        found = self.store.read(standing, self.id_of(kind), self.store.today())
        assert found is not None
        return found

    def stage(self, kind: str) -> tuple[str, date | None]:
        found = self.stands(kind).stage
        return found.told, found.since

    def lacks(self, kind: str) -> list[str]:
        return [one.sentence for one in self.stands(kind).missing]

    def clocks(self, kind: str) -> dict[str, tuple[date | None, str]]:
        """Return, by its name, when each clock is due and how it stands."""
        return {one.label: (one.due_on, words_left(one)) for one in self.stands(kind).clocks}

    def planned(self, kind: str) -> list[object]:
        """Return the days of the plan in its order."""
        steps = self.store.read(records.records, "plan_step", owner=self.id_of(kind))
        return [step.values["due_on"] for step in steps]

    def requests(self, kind: str) -> dict[str, tuple[date | None, str]]:
        """Return, by the agency, when each answer is due and how it stands."""
        found = self.store.read(requests_of, self.id_of(kind), self.store.today())
        return {row.agency: (row.facts.due_on, row.words) for row in found}

    def year(self, beginning: int = 2022) -> Mapping[str, object]:
        found = self.store.read(figures, ReportingYear.beginning(beginning), self.store.today())
        return {figure.name: figure.value for figure in found}

    def go_back_to(self, name: str) -> None:
        """Press what stands above, by the shorter way."""
        self.hands.back_tab_to(name)
        self.hands.press("Space")

    def working(self, clock: str) -> list[str]:
        """Look at how a clock was worked out, and return each day with what it counts as."""
        self.hands.push(f"How worked out: {clock}")
        lines = re.findall(r"^\w{3} (\d\d \w{3}) \d{4} +(.+)$", self.page(), re.MULTILINE)
        self.hands.press("Space")
        return [" ".join(" ".join(parts).split()) for parts in lines]


@pytest.fixture
def case(
    window: MainWindow,
    store: Store,
    hands: Hands,
    wall: Wall,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Case:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(tmp_path))
    return Case(window, store, hands, wall)


# A new file: who we are, and whom we work with


def name_the_partnership(case: Case) -> None:
    hands = case.hands
    hands.press("Ctrl+9")
    hands.push("Edit: Our organisation")
    hands.fill({"Name of the partnership": NAME, "A meeting is quorate with (people)": "4"})
    hands.press("Ctrl+S")
    assert case.the_only("organisation").values["quorum_minimum"] == 4


def fill_the_directory(case: Case) -> None:
    hands = case.hands
    for one in COLLEAGUES:
        hands.press("Alt+A", "G")
        hands.fill({"Name": one.agency, "Kind": one.kind})
        if one.partner:
            hands.fill({"Statutory partner": one.partner})
        hands.press("Ctrl+S")
        hands.press("Alt+A", "P")
        email = f"{one.name.split()[0].lower()}@example.org"
        hands.fill({"Name": one.name, "Agency": one.agency, "E-mail": email})
        hands.press("Ctrl+S")
        hands.push("Add membership")
        hands.fill({"Group": "practice review", "Role": "member", "From": "1/4/22"})
        hands.press("Ctrl+S")
    assert {row.words("name") for row in case.rows("person")} == {one.name for one in COLLEAGUES}
    assert len(case.rows("membership")) == len(COLLEAGUES)


# The first call, the discussion, the notification


def take_the_first_call(case: Case) -> None:
    """Tue 13 Sep 2022: the police call; the local authority has known since Monday."""
    hands = case.hands
    hands.press("Ctrl+N")
    hands.fill(
        {
            "Known as": "Family Rowan",
            "Happened on": "10/9/22",
            "Nature": "serious",
            "Likely cause": "physical abuse, not",
            "Where": "family home",
            "Summary": "A baby was hurt at home, while a brother was in the house.",
            "Referred by": "police",
            "Referring agency": "valley police",
            "Referrer": "Clover Ashby, detective inspector",
            "Received on": "12/9/22",
            "Local authority became aware on": "12/9/22",
            "Where it happened": "Example Valley",
            "Home authority": "Example Valley",
        }
    )
    hands.press("Ctrl+S")
    incident = case.the_only("incident")
    assert incident.title == "IN-2022-01 Family Rowan"
    assert incident.words("happened_on") == "10 Sep 2022"
    assert incident.values["received_on"] == incident.values["aware_on"] == date(2022, 9, 12)
    assert incident.values["notified_on"] is None
    page = case.page()
    assert "To be decided" in page
    assert "Due Tue 20 Sep 2022, 4 working days left" in page  # one of them is a day off
    assert "The local authority's decision on notifying is not recorded." in page
    assert case.working("Notification to the Panel") == [
        "12 Sep 0 counted from this day",
        "13 Sep 1",
        "14 Sep 2",
        "15 Sep 3",
        "16 Sep 4",
        "17 Sep - Saturday",
        "18 Sep - Sunday",
        "19 Sep - State funeral of Queen Elizabeth II",
        "20 Sep 5",
    ]


def record_the_siblings(case: Case) -> None:
    case.on(date(2022, 9, 14))
    hands = case.hands
    hands.push("Add child")
    hands.fill({"Known as": "Child Rowan 1"})
    hands.tab_to("Family: add a new family")
    hands.then(lambda: add_the_family(hands), "Space")
    hands.fill(
        {
            "Age at the incident": "7 months",
            "Sex": "female",
            "Status at the incident": "child in need",
        }
    )
    hands.press("Ctrl+S")
    hands.push("Add child")
    hands.fill(
        {
            "Known as": "Child Rowan 2",
            "Family": "rowan",
            "Age at the incident": "6y 2m",
            "Sex": "male",
        }
    )
    hands.press("Ctrl+S")
    family = case.the_only("family")
    children = case.rows("child")
    assert [child.values["age_at_incident"] for child in children] == [
        Age.parse("7 months"),
        Age.parse("6y 2m"),
    ]
    assert {child.values["family"] for child in children} == {family.id}
    assert {child.values["incident"] for child in children} == {case.the_only("incident").id}


def add_the_family(hands: Hands) -> None:
    hands.fill({"Known as": "Family Rowan"})
    hands.press("Ctrl+S")


def discuss_whether_to_notify(case: Case) -> None:
    """Thu 15 Sep 2022: each partner gives a view; the local authority decides."""
    case.on(date(2022, 9, 15))
    hands = case.hands
    assert "Due Tue 20 Sep 2022, 2 working days left" in case.page()
    case.go_back_to("Missing: The local authority's decision on notifying is not recorded.")
    hands.fill(
        {
            "Held on": "15/9/22",
            "Who took part": "Alma Fernwick, Basil Thorncote, Clover Ashby",
            "Local authority's view": "notify",
            "Health's view": "undec",
            "Police's view": "notify",
            "What was said": "Health asks for the opinion of the paediatrician first.",
            "Local authority's decision": "notify",
            "Decided on": "15/9/22",
            "Reason for the decision": "The injuries are not explained.",
        }
    )
    hands.press("Ctrl+S")
    discussion = case.the_only("notification_discussion")
    views = ("authority_view", "health_view", "police_view", "decision")
    assert [discussion.values[name] for name in views] == [
        "notify",
        "undecided",
        "notify",
        "notify",
    ]
    assert discussion.values["held_on"] == discussion.values["decided_on"] == date(2022, 9, 15)
    page = case.page()
    assert "The notification has not been sent." in page
    assert "decision on notifying is not recorded" not in page


def notify(case: Case) -> None:
    """Fri 16 Sep 2022: the sheet is copied into the national form, and the form is sent."""
    case.on(date(2022, 9, 16))
    hands = case.hands
    hands.back_tab_to("Notification sheet")
    hands.then(lambda: copy_the_sheet(hands), "Space")
    hands.push("Missing: The notification has not been sent.")
    hands.fill(
        {
            "Notification sent on": "16/9/22",
            "Time of sending": "15:40",
            "Notifier": "A. Fernwick",
            "Notifier's role": "Head of service",
            "Notifier's telephone": "01632 960 001",
            "National notification reference": "CSI-4711",
            "Safeguarding partners told on": "16/9/22",
            "Police told on": "15/9/22",
        }
    )
    hands.press("Ctrl+S")
    sent = case.the_only("incident")
    assert sent.values["notified_on"] == sent.values["partners_told_on"] == date(2022, 9, 16)
    assert sent.values["police_told_on"] == date(2022, 9, 15)
    assert sent.values["notification_reasons"] == ("harm_abuse",)

    review = case.the_only("review")
    assert review.title == "RR-2022-01 Family Rowan"
    assert review.values["children"] == tuple(row.id for row in case.rows("child"))
    assert (review.values["started_on"], review.values["rule_set"]) == (date(2022, 9, 16), "wt2018")
    assert case.stage(RAPID) == ("Setting up", date(2022, 9, 16))
    assert case.lacks(RAPID) == ["No agency has been asked for information."]
    assert case.clocks(RAPID) == {
        NOTIFICATION: (date(2022, 9, 20), "met on 16 Sep 2022, 1 working day early"),
        TO_PANEL: (date(2022, 10, 10), "15 working days left"),
    }
    page = case.page()
    assert "Setting up, since 16 Sep 2022" in page
    assert "Due Mon 10 Oct 2022, 15 working days left" in page
    working = case.working(TO_PANEL)
    assert working[:5] == [
        "16 Sep 0 counted from this day",
        "17 Sep - Saturday",
        "18 Sep - Sunday",
        "19 Sep - State funeral of Queen Elizabeth II",
        "20 Sep 1",
    ]
    assert working[-1] == "10 Oct 15"
    assert [step.values["due_on"] for step in case.rows("plan_step")] == [
        date(2022, 9, 20),
        date(2022, 9, 20),
        date(2022, 9, 21),
        date(2022, 9, 27),
        date(2022, 10, 3),
        date(2022, 10, 4),
        date(2022, 10, 5),
        date(2022, 10, 7),
        date(2022, 10, 10),
    ]


def copy_the_sheet(hands: Hands) -> None:
    hands.push("Copy all")
    sheet = QApplication.clipboard().text()
    assert "Nature: Serious harm" in sheet
    assert "Child 2: Child Rowan 2" in sheet
    hands.press("Esc")


# The agencies


def ask_the_agencies(case: Case) -> None:
    """Tue 20 Sep 2022: all five of the subgroup are asked for their summaries."""
    case.on(date(2022, 9, 20))
    hands = case.hands
    hands.push("Ask agencies")
    dialog = QApplication.activeModalWidget()
    assert "5 agencies ticked." in seen(dialog)
    assert "Mon 03 Oct 2022" in seen(dialog)  # the tenth working day of the plan
    hands.push("Ask the ticked agencies")
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    due = (date(2022, 10, 3), "due in 13 days")
    assert case.requests(RAPID) == {one.agency: due for one in COLLEAGUES}
    assert case.stage(RAPID) == ("Information requested", date(2022, 9, 20))
    assert case.lacks(RAPID) == [
        "5 of 5 agency answers are still out.",
        "No day is set for the panel meeting.",
    ]
    # The first two steps of the plan are done with it.
    hands.back_tab_to("Plan")
    hands.press("D", "Down", "D")
    done = [step.values["done_on"] for step in case.rows("plan_step")]
    assert done == [date(2022, 9, 20)] * 2 + [None] * 7


def hear_from_them(case: Case) -> None:
    """Three answers in time, one nil return, and one that is late and reminded."""
    hands = case.hands
    case.on(date(2022, 9, 28))
    came_back(case, "Valley Health", "good")
    case.on(date(2022, 9, 29))
    choose(case, "Requests", "Larchfield School")
    hands.press("N")
    case.on(date(2022, 10, 3))
    came_back(case, "Valley Children's Services", "sufficient")
    came_back(case, "Valley Police", "good")
    assert "4 of 5 agency summaries in" in case.page()

    case.on(date(2022, 10, 4))
    assert "4 of 5 agency summaries in, 1 late" in case.page()
    hands.press("Ctrl+2", "Alt+O")
    hands.wait_for(lambda: "Brook Housing owes 1 answer, 1 late" in case.page())
    hands.push("Remind Brook Housing")
    hands.press("Space")
    copied = QApplication.clipboard().text()
    assert "- RR-2022-01: agency summary, asked for 20 Sep 2022, due 03 Oct 2022, 1 day" in copied
    assert "Rowan" not in copied
    (row,) = case.store.read(owed, case.store.today())
    assert (row.agency, row.reminders, row.reminded_on) == ("Brook Housing", 1, date(2022, 10, 4))
    to_the_review(case, "RR-2022-01")
    came_back(case, "Brook Housing", "good")
    in_time = date(2022, 10, 3)
    assert case.requests(RAPID) == {
        "Valley Children's Services": (in_time, "in"),
        "Valley Health": (in_time, "in"),
        "Valley Police": (in_time, "in"),
        "Larchfield School": (in_time, "nil return"),
        "Brook Housing": (in_time, "in, 1 day late"),
    }
    assert case.stage(RAPID) == ("Analysis", date(2022, 10, 4))


def came_back(case: Case, agency: str, quality: str) -> None:
    choose(case, "Requests", agency)
    case.hands.press("C")
    case.hands.fill({"Quality": quality})
    case.hands.press("Ctrl+S")


def choose(case: Case, table: str, text: str, *, back: bool = False) -> None:
    """Go to a table, the shorter way, and down to the row that begins with a text."""
    shown = case.hands.back_tab_to(table) if back else case.hands.tab_to(table)
    assert isinstance(shown, QTableWidget)
    case.hands.press("Home", "Ctrl+Home")
    for _ in range(shown.rowCount()):
        cells = [shown.item(shown.currentRow(), column) for column in range(shown.columnCount())]
        if any(cell is not None and cell.text() == text for cell in cells):
            return
        case.hands.press("Down")
    raise AssertionError(f"{text} is not in {table}")


def to_the_review(case: Case, reference: str) -> None:
    """Go to a review from the list of all."""
    case.hands.press("Ctrl+2")
    table = case.hands.tab_to("Reviews")
    assert isinstance(table, QTableView)
    case.hands.press("Ctrl+Home")
    for _ in range(table.model().rowCount()):
        if table.model().index(table.currentIndex().row(), 0).data() == reference:
            break
        case.hands.press("Down")
    case.hands.press("Return")
    assert reference in case.page()


# The meeting and the decision


def arrange_the_meeting(case: Case) -> None:
    """Tue 04 Oct 2022: the panel is to meet the next day."""
    hands = case.hands
    hands.push("Add meeting")
    hands.fill({"Kind of meeting": "rapid", "On": "5/10/22", "Time": "10:00 to 12:00"})
    hands.fill({"Chair": "alma"})
    hands.press("Ctrl+S")
    meeting = case.the_only("meeting")
    assert meeting.title == "M-2022-01 Rapid review panel 05 Oct 2022"
    assert meeting.values["reviews"] == (case.id_of(RAPID),)
    hands.push("Invite the members of that day")
    hands.push("Lay out the agenda from the template")
    assert "RR-2022-01 Family Rowan" in case.page()
    hands.press("Alt+Left")
    assert case.stage(RAPID) == ("Meeting arranged", date(2022, 10, 4))
    assert case.lacks(RAPID) == [
        "The key practice episodes are not written up.",
        "Nothing is said of race, culture, disability and other inequality.",
    ]
    hands.push("Missing: The key practice episodes are not written up.")
    assert hands.at() == "Key practice episodes"
    hands.fill(
        {
            "Key practice episodes": "Two visits on which the baby was not seen undressed.",
            "Voice and lived experience": "The brother told his teacher that he was afraid.",
            "Race, culture, disability and other inequality": "The language at home was not asked.",
        }
    )
    hands.press("Ctrl+S")
    assert case.lacks(RAPID) == []


def hold_the_meeting(case: Case) -> None:
    """Wed 05 Oct 2022: not quorate until the police are there, and four people."""
    case.on(date(2022, 10, 5))
    hands = case.hands
    assert case.stage(RAPID) == ("Decision to be recorded", date(2022, 10, 5))
    hands.press("Ctrl+6", "Home", "Return")
    hands.tab_to("Who was there")
    hands.press("P", "P")
    told = "Not quorate: nobody from the police; 2 present where 4 are needed."
    assert told in case.page()
    hands.press("P", "P", "A")
    assert "Quorate: 4 present, all three partners." in case.page()
    meeting = case.the_only("meeting")
    here = case.store.read(attendance, meeting.id)
    assert here is not None
    assert [one.status.value for one in here.people] == ["present"] * 4 + ["apologies"]

    choose(case, "Agenda", "The decision and its reason; any disagreement")
    hands.press("Return")
    hands.fill({"What was said": "All agree.", "Decided": "A local review is to be made."})
    hands.press("Ctrl+S")
    hands.push("Add action arising")
    hands.fill({"What": "Ask for the language at home", "Who": "basil", "Due": "+5wd"})
    hands.press("Ctrl+S")
    (decided,) = (row for row in case.rows("agenda_item") if row.values["decision"])
    assert decided.words("number") == "8"
    assert case.the_only("meeting_action").values["due_on"] == date(2022, 10, 12)


def decide(case: Case) -> None:
    """Answer each criterion with its reason; commissioning is an answer of its own."""
    hands = case.hands
    to_the_review(case, "RR-2022-01")
    assert case.lacks(RAPID) == [
        "Not yet answered: criteria (a), (b), (c), (d).",
        "Whether the criteria are met is not answered.",
        "Whether an LCSPR is recommended is not answered.",
        "Whether it may be of national importance is not answered.",
        "What happens next is not decided.",
        "The day of the decision is not recorded.",
        "No reason is given for the decision.",
    ]
    hands.push("Edit: Decision")
    hands.fill(
        {
            "Immediate action": "Both children are safe with their aunt.",
            "Notification criteria met": "Yes",
            "Facts sufficient to decide": "Yes",
            "(a) Improvements needed": "Yes",
            "(a) Reason": "Babies are to be seen undressed.",
            "(b) Recurrent themes": "No",
            "(c) Agencies working together": "Yes",
            "(c) Reason": "Two services held one half each.",
            "(d) The Panel thinks a local review more appropriate": "No",
            "Criteria met": "Yes",
            "LCSPR recommended": "Yes",
            "Reason": "Much can be learned of the work with babies.",
            "May be of national importance": "No",
            "What happens next": "local child",
            "Decided on": "5/10/22",
            "How the learning is shared": "A briefing for all teams in November.",
        }
    )
    hands.press("Ctrl+S")
    review = case.review(RAPID)
    assert [review.values[name] for name in CRITERIA] == [True, False, True, False]
    assert review.values["criteria_met"] is review.values["lcspr_commissioned"] is True
    assert review.values["decided_on"] == date(2022, 10, 5)
    assert case.stage(RAPID) == ("Sign-off by the partners", date(2022, 10, 5))
    assert case.lacks(RAPID) == [
        "Not signed off by the local authority, health and the police.",
        "It has not been sent to the Panel.",
    ]


def sign_off(case: Case, day: str) -> None:
    for one in COLLEAGUES[:3]:
        case.hands.push("Add partner's sign-off")
        case.hands.fill({"Name": one.name, "Role": "Director", "On": day})
        case.hands.press("Ctrl+S")


def send_to_the_panel(case: Case) -> None:
    """Fri 07 Oct 2022: all three sign, and the letter is copied; on Monday it is sent."""
    case.on(date(2022, 10, 7))
    hands = case.hands
    sign_off(case, "7/10/22")
    assert {row.words("stage") for row in case.rows("partner_sign_off")} == {"Rapid review"}
    assert "All three partners signed off." in case.page()
    assert case.lacks(RAPID) == ["It has not been sent to the Panel."]
    hands.back_tab_to("Copy the letter as text")
    hands.press("Space")
    letter = QApplication.clipboard().text()
    assert "rr-2022-01 family rowan" in letter.casefold()
    for said in ("10 Oct 2022", "Two services held one half each.", "Clover Ashby", "07 Oct 2022"):
        assert said in letter

    case.on(date(2022, 10, 10))
    assert case.clocks(RAPID)[TO_PANEL] == (date(2022, 10, 10), "due today")
    hands.push("Missing: It has not been sent to the Panel.")
    assert hands.at() == "Sent to the Panel on"
    hands.type_over("10/10/22")
    hands.press("Ctrl+S")
    assert case.stage(RAPID) == ("Waiting for the Panel", date(2022, 10, 10))
    assert case.clocks(RAPID) == {
        NOTIFICATION: (date(2022, 9, 20), "met on 16 Sep 2022, 1 working day early"),
        TO_PANEL: (date(2022, 10, 10), "met on 10 Oct 2022, the day it was due"),
        REPLY: (date(2022, 10, 31), "15 working days left"),
    }
    # What is left of the plan was done on the way.
    choose(
        case, "Plan", "Tell the partners' executives, and hold a day for their sign-off", back=True
    )
    hands.press(*["D", "Down"] * 6, "D")
    assert all(step.values["done_on"] for step in case.rows("plan_step"))


def hear_from_the_panel(case: Case) -> None:
    """Thu 27 Oct 2022: the letter of the day before is filed, and the LCSPR begins."""
    case.on(date(2022, 10, 27))
    hands = case.hands
    assert case.clocks(RAPID)[REPLY] == (date(2022, 10, 31), "2 working days left")
    hands.push("Missing: The Panel has not replied.")
    hands.fill({"Received on": "26/10/22", "What the Panel says": "agrees with the"})
    hands.press("Ctrl+S")
    assert case.stage(RAPID) == ("Panel has replied", date(2022, 10, 26))
    assert case.clocks(RAPID)[REPLY] == (
        date(2022, 10, 31),
        "met on 26 Oct 2022, 3 working days early",
    )
    begin = "The review that was decided on has not been started."
    assert case.lacks(RAPID) == [begin, "The day on which the work ended is not recorded."]
    hands.push("Missing: The day on which the work ended is not recorded.")
    hands.type_over("26/10/22")
    hands.press("Ctrl+S")
    assert case.stage(RAPID) == ("Ended", date(2022, 10, 26))
    check_the_year(case, {**OF_THE_RAPID_REVIEW, **BEFORE_THE_LOCAL_REVIEW})
    assert case.year(2021)["rapid_reviews"] == 0
    hands.push("Begin the LCSPR")
    local = case.review(LOCAL)
    assert local.title == "LR-2022-01 Family Rowan"
    assert local.values["arose_from"] == case.id_of(RAPID)
    assert local.values["children"] == case.review(RAPID).values["children"]
    assert local.values["initiated_on"] == date(2022, 10, 5)
    assert "Setting up, since 05 Oct 2022" in case.page()


def check_the_year(case: Case, expected: Mapping[str, object]) -> None:
    year = case.year()
    assert {name: year[name] for name in expected} == expected


OF_THE_RAPID_REVIEW: Mapping[str, object] = {
    "incidents_by_nature": {"Serious harm": 1},
    "notification_discussions": 1,
    "notifications_sent": 1,
    "rapid_reviews": 1,
    "rapid_reviews_ours": 1,
    "rapid_reviews_joint": 0,
    "rapid_reviews_child_death": 0,
    "rapid_reviews_recommending_cspr": 1,
    "rapid_reviews_by_referral_source": {"Police": 1},
    "rapid_review_children": 2,
    "rapid_review_families": 1,
    "rapid_review_babies": 1,
    "rapid_review_children_by_sex": {"Female": 1, "Male": 1},
    "rapid_review_children_known_to_csc": 1,
    "rapid_review_days_late_average": 0,
    "panel_agreed": 1,
    "panel_not_agreed": 0,
}
BEFORE_THE_LOCAL_REVIEW: Mapping[str, object] = {"reviews_worked_on": 0, "reviews_published": 0}
OF_THE_LOCAL_REVIEW: Mapping[str, object] = {
    "reviews_worked_on": 1,
    "reviews_by_kind": {"Local child safeguarding practice review": 1},
    "reviews_published": 1,
    "review_children": 2,
    "review_children_died": 0,
    "review_cost_lowest": Decimal(12000),
    "review_cost_highest": Decimal(12000),
}


# The local review


def set_it_up(case: Case) -> None:
    """Fri 28 Oct 2022: the Panel, Ofsted and DfE are told; the terms are set."""
    case.on(date(2022, 10, 28))
    hands = case.hands
    assert case.stage(LOCAL) == ("Setting up", date(2022, 10, 5))
    assert case.clocks(LOCAL) == {PUBLICATION: (date(2023, 4, 5), "159 days left")}
    assert case.working(PUBLICATION) == [
        "05 Oct 0 counted from this day",
        "05 Nov 1 month 1",
        "05 Dec 2 month 2",
        "05 Jan 3 month 3",
        "05 Feb 4 month 4",
        "05 Mar 5 month 5",
        "05 Apr 6 month 6",
    ]
    assert case.planned(LOCAL) == [
        date(2022, 10, 7),
        date(2022, 10, 19),
        date(2022, 10, 19),
        date(2022, 11, 2),
        date(2022, 11, 2),
        date(2022, 11, 2),
        date(2022, 11, 30),
        date(2022, 12, 7),
        date(2022, 12, 21),
        date(2022, 12, 30),
        date(2023, 1, 23),
        *[None] * 8,  # which count from the day of publication
    ]
    assert case.lacks(LOCAL) == [
        "Not yet told of it: the Panel, Ofsted and DfE.",
        "The key lines of enquiry are not set.",
        "The time that it looks at is not set.",
        "No lead reviewer is named.",
    ]
    case.go_back_to("Missing: Not yet told of it: the Panel, Ofsted and DfE.")
    hands.fill({"Ofsted told on": "27/10/22"})
    hands.press("Ctrl+S")
    hands.push("Missing: The key lines of enquiry are not set.")
    hands.type("Who saw the baby?\nWhat was known of the brother?")
    hands.back_tab_to("Method")
    hands.fill(
        {
            "Method": "Systems review",
            "Looks at the time from": "Jan 2021",
            "Looks at the time until": "Sep 2022",
        }
    )
    hands.press("Ctrl+S")
    row = case.review(LOCAL)
    told = [row.values[name] for name in ("panel_told_on", "ofsted_told_on", "dfe_told_on")]
    assert told == [date(2022, 10, 28), date(2022, 10, 27), date(2022, 10, 28)]
    assert "1.  Who saw the baby?\n2.  What was known of the brother?" in case.page()
    assert case.lacks(LOCAL) == ["No lead reviewer is named."]


def commission_a_reviewer(case: Case) -> None:
    """Thu 10 Nov 2022: two are interested, one is independent and commissioned."""
    case.on(date(2022, 11, 10))
    hands = case.hands
    hands.push("Add lead reviewer")
    hands.fill(
        {
            "Reviewer": "Isolde Marchbank",
            "Expressed interest on": "31/10/22",
            "Independence checked on": "4/11/22",
            "Day rate (£)": "600",
            "Days agreed": "20",
            "Fee agreed (£)": "12000",
            "Budget (£)": "15000",
            "Contract signed on": "10/11/22",
        }
    )
    hands.press("Ctrl+S")
    hands.push("Add lead reviewer")
    hands.fill({"Reviewer": "Tobias Fenwright", "Expressed interest on": "1/11/22"})
    hands.press("Ctrl+S")
    choose(case, "Lead reviewers", "Isolde Marchbank")
    hands.press("C")
    assert case.review(LOCAL).values["reviewer"] == "Isolde Marchbank"
    assert {one.words("name"): one.words("outcome") for one in case.rows("commission")} == {
        "Isolde Marchbank": "Commissioned",
        "Tobias Fenwright": "Not chosen",
    }
    hands.push("Add cost")
    hands.fill({"For what": "Fee", "Amount (£)": "12000", "Invoice number": "7"})
    hands.press("Ctrl+S")
    assert "£12,000 of £15,000 spent, £12,000 unpaid, £3,000 left" in case.page()
    assert case.stage(LOCAL) == ("Agency reports", date(2022, 11, 10))
    assert case.lacks(LOCAL) == [
        "No agency has been asked for information.",
        "No contact with practitioners or family is recorded.",
        "No progress check is recorded (SI 2018/789, regulation 14).",
    ]


def ask_for_reports(case: Case) -> None:
    """Mon 14 Nov 2022: three agencies are asked for a report; one is two days late with it."""
    case.on(date(2022, 11, 14))
    hands = case.hands
    case.go_back_to("Missing: No agency has been asked for information.")
    dialog = QApplication.activeModalWidget()
    assert "Wed 07 Dec 2022" in seen(dialog)  # the day of the plan
    hands.push("Tick none")
    for one in COLLEAGUES[:3]:
        choose(case, "Agencies", one.agency)
        hands.press("Space")
    assert "3 agencies ticked." in seen(dialog)
    hands.push("Ask the ticked agencies")
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    assert case.lacks(LOCAL)[0] == "3 of 3 agency answers are still out."
    case.on(date(2022, 12, 6))
    came_back(case, "Valley Children's Services", "good")
    came_back(case, "Valley Health", "good")
    assert case.lacks(LOCAL)[0] == "1 of 3 agency answers is still out."
    case.on(date(2022, 12, 9))
    assert "2 of 3 agency reports in, 1 late" in case.page()
    came_back(case, "Valley Police", "sufficient")
    assert case.requests(LOCAL) == {
        "Valley Children's Services": (date(2022, 12, 7), "in"),
        "Valley Health": (date(2022, 12, 7), "in"),
        "Valley Police": (date(2022, 12, 7), "in, 2 days late"),
    }


def meet_them(case: Case) -> None:
    """The mother and the practitioners take part, each with what they said."""
    hands = case.hands
    case.go_back_to("Missing: No contact with practitioners or family is recorded.")
    hands.fill(
        {
            "With": "family",
            "Who": "mother",
            "First contact on": "21/11/22",
            "Letter sent on": "22/11/22",
            "Answer": "takes",
            "Met on": "8/12/22",
            "What they said": "Nobody asked his brother.",
        }
    )
    hands.press("Ctrl+S")
    hands.push("Add engagement")
    hands.fill(
        {
            "With": "practitioners, at",
            "Who": "health visitors and social workers",
            "First contact on": "24/11/22",
            "Met on": "7/12/22",
            "Invited": "18",
            "Came": "14",
        }
    )
    hands.press("Ctrl+S")
    page = case.page()
    assert "First contact 21 Nov 2022, letter 22 Nov 2022, met 08 Dec 2022." in page
    assert "18 practitioners invited to events, 14 came." in page
    assert "Draft not shared yet with: mother." in page
    assert case.stage(LOCAL) == (ENGAGED, date(2022, 11, 21))


def watch_the_progress(case: Case) -> None:
    """Fri 09 Dec 2022: the reviewer is asked in writing, and answers on Monday."""
    hands = case.hands
    no_draft = "No draft of the report is recorded."
    unchecked = "No progress check is recorded (SI 2018/789, regulation 14)."
    assert case.lacks(LOCAL) == [unchecked, no_draft]
    hands.push("Ask in writing")
    hands.press("Ctrl+S")
    assert "To Isolde Marchbank" in QApplication.clipboard().text()
    case.on(date(2022, 12, 12))
    unanswered = "What was asked in writing on 09 Dec 2022 has no answer."
    assert case.lacks(LOCAL) == [unanswered, no_draft]
    hands.push(f"Missing: {unanswered}")
    hands.fill(
        {
            "Answered on": "12/12/22",
            "Answer": "Two interviews to come.",
            "Time and quality": "on course",
        }
    )
    hands.press("Ctrl+S")
    (check,) = case.rows("progress_check")
    assert (check.values["in_writing"], check.words("standing")) == (True, "On course")
    assert case.lacks(LOCAL) == [no_draft]


def pause_for_the_trial(case: Case) -> None:
    """Mon 12 Dec 2022: the review rests for a trial; no statutory day moves."""
    hands = case.hands
    case.go_back_to("Add parallel process")
    hands.fill(
        {
            "Kind": "criminal",
            "Contact": "Detective in the case",
            "Known since": "12/9/22",
            "Where it stands": "charged",
            "Next date": "16/1/23",
            "What happens then": "trial",
            "Publication must wait for it": "Yes",
            "What it asks of the review": "No talk with the witnesses before the trial.",
        }
    )
    hands.press("Ctrl+S")
    (due,) = case.store.read(process_dates, date(2023, 1, 16))
    assert (due.on, due.what, due.holds_publication) == (date(2023, 1, 16), "trial", True)
    hands.push("Add pause")
    hands.fill({"Why": "criminal", "From": "12/12/22"})
    hands.press("Ctrl+S")
    paused = "Paused (criminal investigation or trial) at: practitioners and family"
    assert case.stage(LOCAL) == (paused, date(2022, 12, 12))
    assert case.lacks(LOCAL)[:2] == [
        "The Panel has not been told of the pause.",
        "The Secretary of State has not been told of the pause.",
    ]
    assert "A pause moves no statutory date" in case.page()
    hands.push("Missing: The Panel has not been told of the pause.")
    assert hands.at() == "Panel told on"
    hands.fill({"Panel told on": "12/12/22", "Secretary of State told on": "12/12/22"})
    hands.press("Ctrl+S")
    assert case.lacks(LOCAL) == ["No draft of the report is recorded."]
    assert case.clocks(LOCAL) == {PUBLICATION: (date(2023, 4, 5), "114 days left")}
    to_the_chairs_page(case)
    page = case.page()
    assert "1 live review on 12 Dec 2022; 0 past a statutory day." in page
    assert "Practitioners and family 21 Nov 2022 to 12 Dec 2022. Paused since 12 Dec 2022." in page


def go_on_after_the_trial(case: Case) -> None:
    """Mon 23 Jan 2023: the trial and the pause are over; the clock has run on."""
    case.on(date(2023, 1, 23))
    hands = case.hands
    to_the_review(case, "LR-2022-01")
    waits = "Publication waits for: Criminal investigation or trial"
    hands.wait_for(lambda: waits in case.page())
    choose(case, "Pauses", "Criminal investigation or trial")
    hands.press("Return")
    hands.fill({"Until": "20/1/23"})
    hands.press("Ctrl+S")
    assert case.stage(LOCAL) == (ENGAGED, date(2022, 11, 21))
    assert case.clocks(LOCAL) == {PUBLICATION: (date(2023, 4, 5), "72 days left")}
    choose(case, "Parallel processes", "Criminal investigation or trial", back=True)
    hands.press("Return")
    hands.fill({"Where it stands": "sentenced", "Ended on": "20/1/23"})
    hands.press("Ctrl+S")
    assert case.store.read(process_dates, date(2023, 12, 31)) == ()
    assert waits not in case.page()


def to_the_chairs_page(case: Case) -> None:
    case.hands.press("Ctrl+2", "Alt+P")
    case.hands.wait_for(lambda: isinstance(case.window.stack.page(), ChairPage))


def write_the_report(case: Case) -> None:
    """Draft, comments, the mother's word on it, and three signatures on Mon 06 Mar 2023."""
    case.on(date(2023, 1, 30))
    hands = case.hands
    case.go_back_to("Missing: No draft of the report is recorded.")
    hands.fill({"Sent for accuracy on": "30/1/23", "Comments due": "14/2/23"})
    hands.press("Ctrl+S")
    assert case.stage(LOCAL) == ("Draft and accuracy", date(2023, 1, 30))
    assert case.lacks(LOCAL) == ["Comments on draft 1 are still out."]
    case.on(date(2023, 2, 16))
    assert "comments 2 days late" in case.page()
    hands.push("Missing: Comments on draft 1 are still out.")
    hands.fill({"All comments back on": "15/2/23", "What was put right": "Two dates."})
    hands.press("Ctrl+S")
    assert case.stage(LOCAL) == ("Sign-off by the partners", date(2023, 2, 15))
    assert case.lacks(LOCAL) == [
        "Not signed off by the local authority, health and the police.",
        "No day is planned for publication.",
    ]
    case.on(date(2023, 3, 6))
    case.go_back_to("Edit Family mother")
    hands.fill({"Draft shared on": "1/3/23", "What they said about the draft": "It is true."})
    hands.press("Ctrl+S")
    sign_off(case, "6/3/23")
    assert case.stage(LOCAL) == ("Preparing publication", date(2023, 3, 6))


def plan_the_publication(case: Case) -> None:
    """For Thu 30 Mar 2023; the last eight steps of the plan get their days from it."""
    hands = case.hands
    hands.push("Missing: No day is planned for publication.")
    hands.fill({"Publication planned for": "30/3/23"})
    hands.press("Ctrl+S")
    assert case.lacks(LOCAL) == [REPORT_NOT_SENT]
    assert case.clocks(LOCAL) == {
        PUBLICATION: (date(2023, 4, 5), "30 days left"),
        REPORT: (date(2023, 3, 21), "11 working days left"),
    }
    assert case.working(REPORT)[0] == "30 Mar 0 counted from this day"
    hands.tab_to("Re-plan")
    hands.then(lambda: hands.push("Move the ticked steps"), "Space")
    assert case.planned(LOCAL)[-8:] == [
        date(2023, 2, 2),
        date(2023, 2, 9),
        date(2023, 2, 23),
        date(2023, 3, 2),
        date(2023, 3, 14),
        date(2023, 3, 21),
        date(2023, 3, 23),
        date(2023, 3, 30),
    ]


def publish(case: Case) -> None:
    """Mon 20 Mar 2023: the report is sent, a working day early; on Thu 30 Mar it is published."""
    case.on(date(2023, 3, 20))
    hands = case.hands
    case.go_back_to(f"Missing: {REPORT_NOT_SENT}")
    hands.press("Ctrl+S")
    assert case.stage(LOCAL) == ("Report sent, to be published", date(2023, 3, 20))
    assert case.lacks(LOCAL) == [
        "How it is published is not chosen.",
        "The day of publication is not recorded.",
    ]
    case.on(date(2023, 3, 30))
    case.go_back_to("Edit Family mother")
    hands.fill({"Met before publication on": "27/3/23"})
    hands.press("Ctrl+S")
    hands.push("Publish this review")
    hands.fill({"Published as": "full", "Web address": "https://example.org/rowan"})
    hands.press("Ctrl+S")
    row = case.review(LOCAL)
    assert row.values["published_on"] == row.values["finished_on"] == date(2023, 3, 30)
    assert row.values["publication"] == "full_report"
    assert case.stage(LOCAL) == ("Published", date(2023, 3, 30))
    assert case.lacks(LOCAL) == []
    assert case.clocks(LOCAL) == {
        PUBLICATION: (date(2023, 4, 5), "met on 30 Mar 2023, 6 days early"),
        REPORT: (date(2023, 3, 21), "met on 20 Mar 2023, 1 working day early"),
        "Publicly available": (date(2024, 3, 30), "stays up until 30 Mar 2024 at least"),
    }
    assert "Published, since 30 Mar 2023" in case.page()
    to_the_chairs_page(case)
    assert "No review is live on 30 Mar 2023." in case.page()
    hands.press("Ctrl+1")
    assert "stays up until 30 Mar 2024 at least" in case.page()


@pytest.mark.timeout(900)  # half a year at the keyboard: half a minute on cores of its own
def test_two_siblings_from_the_first_call_to_the_published_report(case: Case) -> None:
    name_the_partnership(case)
    fill_the_directory(case)
    take_the_first_call(case)
    record_the_siblings(case)
    discuss_whether_to_notify(case)
    notify(case)
    ask_the_agencies(case)
    hear_from_them(case)
    arrange_the_meeting(case)
    hold_the_meeting(case)
    decide(case)
    send_to_the_panel(case)
    hear_from_the_panel(case)
    set_it_up(case)
    commission_a_reviewer(case)
    ask_for_reports(case)
    meet_them(case)
    watch_the_progress(case)
    pause_for_the_trial(case)
    go_on_after_the_trial(case)
    write_the_report(case)
    plan_the_publication(case)
    publish(case)
    check_the_year(case, {**OF_THE_RAPID_REVIEW, **OF_THE_LOCAL_REVIEW})
    assert case.year(2023)["rapid_reviews"] == 0
    assert case.year(2023)["rapid_reviews_previous_year"] == 1
