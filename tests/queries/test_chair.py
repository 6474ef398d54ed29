"""The chair's page: which reviews it holds, their stages in time, and their statutory days."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.stage_spans import scale_of
from oscb_desktop.queries.chair import ChairRow, DateState, live_reviews, scale_for, span_words
from oscb_desktop.queries.standing import standing
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)


def rows(store: Store) -> tuple[ChairRow, ...]:
    return store.read(live_reviews, TODAY)


def spans(store: Store) -> list[str]:
    return [span_words(span) for span in rows(store)[0].spans]


def test_only_what_is_worked_on_is_there_and_the_first_due_stands_first(store: Store) -> None:
    notified = make(store, "incident", notified_on=date(2022, 3, 21))
    make(store, "review", reference="LR-1", kind="lcspr", initiated_on=date(2021, 3, 1))
    make(store, "review", reference="RR-2", incident=notified)
    make(store, "review", reference="RR-3", finished_on=date(2022, 3, 1))
    make(store, "review", reference="RR-1")
    assert [row.reference for row in rows(store)] == ["LR-1", "RR-2", "RR-1"]


def test_a_rapid_review_is_told_stage_by_stage(store: Store) -> None:
    incident = make(store, "incident", notified_on=date(2022, 3, 1))
    review = make(
        store,
        "review",
        incident=incident,
        started_on=date(2022, 3, 1),
        meeting_on=date(2022, 3, 14),
        decided_on=date(2022, 3, 16),
    )
    make(store, "agency_request", review=review, requested_on=date(2022, 3, 3))
    assert spans(store) == [
        "Setting up 01 Mar 2022 to 03 Mar 2022",
        "Information requested 03 Mar 2022 to 14 Mar 2022",
        "Decision to be recorded 14 Mar 2022 to 16 Mar 2022",
        "Sign-off by the partners since 16 Mar 2022",
    ]


def test_a_pause_is_the_last_stretch_and_told(store: Store) -> None:
    review = make(
        store, "review", kind="lcspr", initiated_on=date(2021, 6, 1), started_on=date(2021, 6, 1)
    )
    make(store, "report_draft", review=review, number=1, made_on=date(2021, 12, 1))
    make(store, "pause", review=review, from_on=date(2022, 1, 10), until_on=None, reason="inquest")
    found = rows(store)[0]
    assert spans(store) == [
        "Setting up 01 Jun 2021 to 01 Dec 2021",
        "Draft and accuracy 01 Dec 2021 to 10 Jan 2022",
        "Paused since 10 Jan 2022",
    ]
    assert found.pause == "Paused since 10 Jan 2022: inquest"
    assert found.stage_words().endswith("at: draft and accuracy, since 10 Jan 2022")


def test_a_review_goes_never_back_on_the_timeline(store: Store) -> None:
    review = make(
        store, "review", kind="lcspr", initiated_on=date(2021, 6, 1), started_on=date(2021, 6, 1)
    )
    make(store, "report_draft", review=review, number=1, made_on=date(2021, 12, 1))
    make(store, "agency_request", review=review, requested_on=date(2022, 2, 1))
    assert spans(store)[-1] == "Draft and accuracy since 01 Dec 2021"
    assert not any("Agency reports" in said for said in spans(store))


def test_statutory_days_are_told_as_met_missed_running_or_late(store: Store) -> None:
    incident = make(store, "incident", aware_on=date(2022, 2, 1), notified_on=date(2022, 2, 21))
    make(store, "review", incident=incident, started_on=date(2022, 2, 21))
    days = {day.label: day for day in rows(store)[0].dates}
    assert days["Notification to the Panel"].state is DateState.MISSED
    late = days["Rapid review to the Panel"]
    assert (late.state, late.due_on) == (DateState.LATE, date(2022, 3, 14))
    assert late.words == "Rapid review to the Panel: 14 Mar 2022, 9 working days late"
    assert rows(store)[0].next == late
    assert rows(store)[0].is_late


def test_what_is_missing_is_what_the_review_s_own_page_says(store: Store) -> None:
    incident = make(store, "incident", notified_on=date(2022, 1, 4))
    late = make(store, "review", incident=incident, sent_to_panel_on=date(2022, 3, 1))
    full = make(store, "review", kind="lcspr", reviewer="A. Wren", initiated_on=date(2021, 3, 1))
    found = {row.id: row.missing for row in rows(store)}
    assert set(found) == {late, full}
    for review, sentences in found.items():
        stands = store.read(standing, review, TODAY)
        assert stands is not None
        assert sentences == tuple(one.sentence for one in stands.missing)
    assert found[full]


def test_actions_are_counted_with_those_overdue(store: Store) -> None:
    review = make(store, "review")
    for due in (date(2022, 3, 1), date(2022, 5, 1)):
        make(store, "action", review=review, due_on=due)
    assert rows(store)[0].actions_words() == "2 actions open, 1 overdue"


def test_the_words_hold_all_that_is_drawn(store: Store) -> None:
    planned = date(2022, 9, 1)
    make(
        store,
        "review",
        kind="lcspr",
        initiated_on=date(2022, 1, 10),
        started_on=date(2022, 1, 10),
        publication_planned_on=planned,
    )
    row = rows(store)[0]
    for words in (*(day.words for day in row.dates), *spans(store)):
        assert words in row.told()
    assert "Publication planned for 01 Sep 2022" in row.told()
    scale = scale_for((row,), TODAY)
    assert scale.first == date(2022, 1, 1)
    assert scale.holds(planned)


def test_a_timeline_reaches_no_further_than_can_be_read() -> None:
    scale = scale_of([date(2015, 1, 5)], [date(2030, 1, 1)], TODAY)
    assert (scale.first, scale.last) == (date(2021, 3, 1), date(2022, 11, 1))
    assert scale.at(date(2015, 1, 5)) == 0
    assert scale.at(date(2030, 1, 1)) == 1
    assert 0 < scale.at(TODAY) < 1
    assert scale.months()[0] == date(2021, 3, 1)
    assert scale.months()[-1] == date(2022, 10, 1)
    assert scale_of([], [], TODAY).months() == (date(2022, 3, 1), date(2022, 4, 1))
