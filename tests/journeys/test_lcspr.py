"""An LCSPR from the decision to publication and its end, with the keyboard alone.

The decision of Tue 01 Feb 2022 gives six months to Mon 01 Aug 2022; an inquest makes it late.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QApplication

from oscb_desktop.domain.publication import Publication, delay_words
from oscb_desktop.domain.statutory_clock import words_left
from oscb_desktop.queries import records
from oscb_desktop.queries.processes import process_dates
from oscb_desktop.queries.publication import publication_of
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.standing import Standing, standing
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from tests.factories import make
from tests.journeys.hands import Hands, seen, told_beneath
from tests.ui.conftest import Recorder

DECIDED = date(2022, 2, 1)


def on(window: MainWindow, day: date) -> None:
    """Let it be another day, as in a practice file."""
    row = window.context.operations.read(records.singleton, "organisation")
    assert row is not None
    command = AmendRecord("organisation", row.id, row.version, {"practice_today": day})
    window.context.operations.write(command)


def the_review(store: Store) -> RecordRow:
    (row,) = (row for row in store.read(records.records, "review") if row.values["kind"] == "lcspr")
    return row


def stands(store: Store) -> Standing:
    found = store.read(standing, the_review(store).id, store.today())
    assert found is not None
    return found


def stage(store: Store) -> tuple[str, date | None]:
    found = stands(store).stage
    return found.told, found.since


def lacks(store: Store) -> list[str]:
    return [one.sentence for one in stands(store).missing]


def clocks(store: Store) -> dict[str, str]:
    return {clock.label: words_left(clock) for clock in stands(store).clocks}


def publication(store: Store) -> Publication:
    found = store.read(publication_of, the_review(store).id)
    assert found is not None
    return found


def begin_it(window: MainWindow, store: Store, hands: Hands) -> None:
    rapid = make(
        store,
        "review",
        reference="RR-2022-01",
        known_as="Child Birch",
        started_on=date(2022, 1, 10),
        meeting_on=date(2022, 1, 27),
        decision="lcspr",
        lcspr_commissioned=True,
        decided_on=DECIDED,
        children=(make(store, "child"),),
    )
    window.open_record("review", rapid)
    hands.push("Begin the LCSPR")


def set_it_up(hands: Hands) -> None:
    hands.push("Tell of the review")
    hands.fill({"Ofsted told on": "2/2/22"})
    hands.press("Ctrl+S")
    hands.push("Edit: Running the review")
    hands.fill(
        {
            "Method": "Systems review",
            "Looks at the time from": "about jun 2020",
            "Looks at the time until": "Jan 2022",
            "Key lines of enquiry": "Who saw the child?\nWhat did waiting do?",
        }
    )
    hands.press("Ctrl+S")


def find_a_reviewer(hands: Hands) -> None:
    hands.push("Add lead reviewer")
    hands.fill(
        {
            "Reviewer": "Isolde Marchbank",
            "Expressed interest on": "8/2/22",
            "Independence checked on": "11/2/22",
            "Day rate (£)": "600",
            "Days agreed": "20",
            "Fee agreed (£)": "12000",
            "Budget (£)": "15000",
            "Contract signed on": "14/2/22",
        }
    )
    hands.press("Ctrl+S")
    hands.push("Add lead reviewer")
    hands.fill({"Reviewer": "Tobias Fenwright", "Expressed interest on": "9/2/22"})
    hands.press("Ctrl+S")
    hands.tab_to("Lead reviewers")
    hands.press("C")


def pay(hands: Hands) -> None:
    for what, amount, number, paid in (
        ("First half of the fee", "6000", "11", "14/2/22"),
        ("Second half of the fee", "6000", "12", ""),
    ):
        hands.push("Add cost")
        hands.fill({"For what": what, "Amount (£)": amount, "Invoice number": number})
        if paid:
            hands.fill({"Paid on": paid})
        hands.press("Ctrl+S")


def meet_the_mother(hands: Hands) -> None:
    hands.push("Add engagement")
    hands.fill(
        {
            "With": "family",
            "Who": "mother",
            "First contact on": "21/2/22",
            "Answer": "takes",
            "Met on": "9/3/22",
            "What they said": "Nobody asked him.",
        }
    )
    hands.press("Ctrl+S")


def note_the_inquest(hands: Hands) -> None:
    hands.push("Add parallel process")
    hands.fill(
        {
            "Kind": "inquest",
            "Contact": "Coroner's officer",
            "Next date": "20/6/22",
            "What happens then": "hearing",
            "Publication must wait for it": "Yes",
            "What it asks of the review": "Nothing before the hearing.",
        }
    )
    hands.press("Ctrl+S")


def sign_off(hands: Hands, day: str) -> None:
    for name in ("A. Wren", "B. Dunnock", "C. Linnet"):
        hands.push("Add partner's sign-off")
        hands.fill({"Name": name, "On": day})
        hands.press("Ctrl+S")


def the_comments_are_back(hands: Hands) -> None:
    hands.back_tab_to("Drafts of the report")
    hands.press("Return")
    hands.fill({"All comments back on": "31/8/22"})
    hands.press("Ctrl+S")


def the_inquest_is_over(hands: Hands) -> None:
    hands.back_tab_to("Parallel processes")
    hands.press("Return")
    hands.fill({"Ended on": "22/9/22"})
    hands.press("Ctrl+S")


def the_mother_is_told(hands: Hands) -> None:
    hands.back_tab_to("Edit Family mother")
    hands.press("Space")
    hands.fill({"Draft shared on": "12/9/22", "Met before publication on": "23/9/22"})
    hands.press("Ctrl+S")


def test_an_lcspr_from_the_decision_to_its_end(
    window: MainWindow, store: Store, hands: Hands, messages: Recorder
) -> None:
    on(window, date(2022, 2, 3))
    begin_it(window, store, hands)
    assert stage(store) == ("Setting up", DECIDED)
    assert lacks(store)[0] == "Not yet told of it: the Panel, Ofsted and DfE."
    assert clocks(store) == {"Publication": "179 days left"}

    set_it_up(hands)
    row = the_review(store)
    told = [row.values[name] for name in ("panel_told_on", "ofsted_told_on", "dfe_told_on")]
    assert told == [date(2022, 2, 3), date(2022, 2, 2), date(2022, 2, 3)]
    assert lacks(store) == ["No lead reviewer is named."]
    page = seen(window.stack.page())
    assert "1.  Who saw the child?\n2.  What did waiting do?" in page

    on(window, date(2022, 2, 14))
    find_a_reviewer(hands)
    row = the_review(store)
    assert row.values["reviewer"] == "Isolde Marchbank"
    others = store.read(records.records, "commission", owner=row.id)
    assert {one.words("name"): one.words("outcome") for one in others} == {
        "Isolde Marchbank": "Commissioned",
        "Tobias Fenwright": "Not chosen",
    }
    assert stage(store) == ("Agency reports", date(2022, 2, 14))

    pay(hands)
    assert "£12,000 of £15,000 spent, £6,000 unpaid, £3,000 left" in seen(window.stack.page())
    assert [one.values["amount"] for one in store.read(records.records, "cost_line")] == [
        Decimal(6000),
        Decimal(6000),
    ]

    on(window, date(2022, 3, 9))
    meet_the_mother(hands)
    assert stage(store) == ("Practitioners and family", date(2022, 2, 21))
    note_the_inquest(hands)
    (due,) = store.read(process_dates, date(2022, 6, 20))
    assert (due.on, due.what, due.holds_publication) == (date(2022, 6, 20), "hearing", True)
    assert "No progress check is recorded (SI 2018/789, regulation 14)." in lacks(store)
    hands.push("Ask in writing")
    hands.press("Ctrl+S")
    assert "To Isolde Marchbank" in QApplication.clipboard().text()
    assert lacks(store)[0] == "What was asked in writing on 09 Mar 2022 has no answer."

    on(window, date(2022, 5, 2))
    hands.push("Add draft of the report")
    hands.fill({"Sent for accuracy on": "2/5/22", "Comments due": "20/5/22"})
    hands.press("Ctrl+S")
    assert stage(store) == ("Draft and accuracy", date(2022, 5, 2))

    # The inquest is adjourned: told before the six months run out.
    on(window, date(2022, 7, 20))
    hands.push("Tell of the delay")
    hands.type("inquest")
    hands.tab_to("Delayed by")
    hands.press("Down", "Space", "Ctrl+S")
    assert stage(store)[0] == "Publication delayed (inquest) at: draft and accuracy"
    assert delay_words(publication(store), store.today()) == (
        "6 months run out on 01 Aug 2022; reasons told on 20 Jul 2022."
    )
    hands.push("Copy the letter about the delay")
    letter = QApplication.clipboard().text()
    assert "was to be published by 01 Aug 2022" in letter
    assert "The reasons are:\n- Inquest" in letter

    # The comments are back, the partners sign, and the day is planned over the funeral's day off.
    on(window, date(2022, 9, 5))
    the_comments_are_back(hands)
    assert stage(store)[0].endswith("at: sign-off by the partners")
    sign_off(hands, "5/9/22")
    assert stage(store)[0].endswith("at: preparing publication")
    hands.push("Plan the publication")
    hands.fill({"Publication planned for": "27/9/22"})
    hands.press("Ctrl+S")
    assert publication(store).report_due_on == date(2022, 9, 15)
    assert clocks(store)["Publication"] == "35 days late"

    on(window, date(2022, 9, 16))
    hands.push("Send the report")
    hands.press("Ctrl+S")
    sent = publication(store)
    assert (sent.report_sent_on, sent.report_days_late) == (date(2022, 9, 16), 1)
    assert stage(store)[0].endswith("at: report sent, to be published")

    # Published while the inquest holds it: refused, and nothing typed is lost.
    on(window, date(2022, 9, 27))
    hands.push("Publish this review")
    hands.fill({"Published as": "full", "Web address": "https://example.org/birch"})
    hands.press("Ctrl+S")
    refused = told_beneath(window)
    assert "Not yet told before publication: mother." in refused
    assert any(told.endswith("Say why it is published all the same.") for told in refused)
    assert the_review(store).values["published_on"] is None
    messages.answers.append(True)
    hands.press("Esc")
    assert messages.take().startswith("What you typed here is not saved.")
    the_inquest_is_over(hands)
    the_mother_is_told(hands)
    assert store.read(process_dates, store.today()) == ()
    hands.push("Publish this review")
    hands.fill({"Published as": "full", "Web address": "https://example.org/birch"})
    hands.press("Ctrl+S")
    (late,) = (told for told in told_beneath(window) if told.endswith("all the same."))
    assert "16 Sep 2022" in late
    hands.fill({"Why it is published all the same": "The Panel agreed to it."})
    hands.press("Ctrl+S")

    assert stage(store) == ("Published", date(2022, 9, 27))
    row = the_review(store)
    assert row.values["finished_on"] == date(2022, 9, 27)
    assert row.values["publication"] == "full_report"
    assert lacks(store) == []
    assert clocks(store) == {
        "Publication": "met on 27 Sep 2022, 57 days late",
        "Full report to the Panel and the Secretary of State": (
            "met on 16 Sep 2022, 1 working day late"
        ),
        "Publicly available": "stays up until 27 Sep 2023 at least",
    }
    page = seen(window.stack.page())
    assert "6 months ran out on 01 Aug 2022; reasons told on 20 Jul 2022." in page
    assert "May come down from 27 Sep 2023, by decision only." in page

    # Not a day before its year, and only by decision.
    on(window, date(2023, 9, 26))
    hands.push("Take down")
    hands.fill({"Who decided it, and why": "The partners, at the mother's wish."})
    hands.press("Ctrl+S")
    assert any("it may come down from 27 Sep 2023" in told for told in told_beneath(window))
    on(window, date(2023, 9, 27))
    hands.back_tab_to("Taken down on")
    hands.type_over("27/9/23")
    hands.press("Ctrl+S")
    row = the_review(store)
    assert row.values["taken_down_on"] == date(2023, 9, 27)
    assert row.words("publication_plan") == (
        "Published on 27 Sep 2022 all the same: The Panel agreed to it.\n"
        "Taken down on 27 Sep 2023 by decision: The partners, at the mother's wish."
    )
    assert clocks(store)["Publicly available"] == "taken down on 27 Sep 2023, after its time was up"
    assert stage(store) == ("Published", date(2022, 9, 27))
