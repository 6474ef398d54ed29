"""Wording a learning summary: the records stay, and what moves in them is pointed out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oscb_desktop.errors import ConflictError
from oscb_desktop.queries.papers_summary import learning_summary
from oscb_desktop.queries.records import record, records
from oscb_desktop.queries.summary import SummaryRow, summary_rows
from oscb_desktop.services.printing import made_now
from oscb_desktop.services.records import AddRecord, AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.summary import WordSummary
from oscb_desktop.services.undo import Undo
from tests.factories import make

LONG = "Early help was offered three times and declined; nobody asked why."


@pytest.fixture
def review(store: Store) -> int:
    made = make(store, "review", kind="lcspr", what_happened="A baby was hurt.\nShe is well now.")
    make(store, "finding", review=made, number=1, title="Early help", text=LONG)
    make(store, "finding", review=made, number=2, title="Fathers", text="Not seen.")
    return made


def lines(store: Store, review: int, block: str) -> tuple[SummaryRow, ...]:
    return tuple(row for row in store.read(summary_rows, review) if row.block == block)


def word(store: Store, review: int, block: str, *rows: SummaryRow) -> None:
    store.write(WordSummary(review, block, rows))


def test_untouched_it_says_what_the_records_say(store: Store, review: int) -> None:
    rows = lines(store, review, "learned")
    assert [(row.heading, row.text) for row in rows] == [
        ("Early help", LONG),
        ("Fathers", "Not seen."),
    ]
    assert not any(row.reworded or row.moved or row.is_new or row.id for row in rows)
    word(store, review, "learned", *rows)
    assert store.read(records, "summary_line") == ()


def test_a_line_is_reworded_and_the_record_stays(store: Store, review: int) -> None:
    first, second = lines(store, review, "learned")
    word(store, review, "learned", replace(first, text="Ask why help is declined."), second)
    told = store.read(learning_summary, review, made_now(store))
    assert [point.text for point in told.what_we_learned] == [
        "Ask why help is declined.",
        "Not seen.",
    ]
    assert first.record is not None
    assert first.record.source is not None
    kept = store.read(record, *first.record.source)
    assert kept is not None
    assert kept.values["text"] == LONG


def test_a_record_that_changes_is_pointed_out_until_somebody_looks(
    store: Store, review: int
) -> None:
    first, second = lines(store, review, "learned")
    word(store, review, "learned", replace(first, text="Ask why."), second)
    for row in (first, second):
        assert row.record is not None
        assert row.record.source is not None
        store.write(AmendRecord(*row.record.source, 1, {"text": "Changed."}))
    worded, follows = lines(store, review, "learned")
    assert (worded.text, worded.moved) == ("Ask why.", True)
    assert (follows.text, follows.moved) == ("Changed.", False)
    word(store, review, "learned", worded, replace(follows, left_out=True))
    assert lines(store, review, "learned")[0].moved
    word(store, review, "learned", replace(lines(store, review, "learned")[0], moved=False))
    assert not lines(store, review, "learned")[0].moved


def test_a_line_of_a_narrative_that_is_gone_keeps_its_words(store: Store, review: int) -> None:
    first, second = lines(store, review, "what_happened")
    word(store, review, "what_happened", replace(first, text="A baby was injured."), second)
    store.write(AmendRecord("review", review, 1, {"what_happened": "A baby came to harm."}))
    rows = lines(store, review, "what_happened")
    assert [(row.text, row.moved, row.is_new) for row in rows] == [
        ("A baby was injured.", True, False),
        ("A baby came to harm.", False, True),
    ]


def test_lines_are_ordered_left_out_and_added(store: Store, review: int) -> None:
    first, second = lines(store, review, "learned")
    own = SummaryRow("learned", "Curiosity", "Ask once more.", None)
    empty = SummaryRow("learned", "", "", None)
    word(store, review, "learned", replace(second, left_out=True), own, empty, first)
    rows = lines(store, review, "learned")
    assert [(row.heading, row.left_out) for row in rows] == [
        ("Fathers", True),
        ("Curiosity", False),
        ("Early help", False),
    ]
    assert rows[1].reworded
    assert not rows[1].moved
    told = store.read(learning_summary, review, made_now(store))
    assert [point.heading for point in told.what_we_learned] == ["Curiosity", "Early help"]


def test_lines_that_are_held_change_places_and_one_comes_between_or_goes(
    store: Store, review: int
) -> None:
    def held() -> list[str]:
        return [row.heading for row in lines(store, review, "learned")]

    first, second = lines(store, review, "learned")
    own = SummaryRow("learned", "Curiosity", "Ask once more.", None)
    word(store, review, "learned", own, first, second)
    word(store, review, "learned", *reversed(lines(store, review, "learned")))
    assert held() == ["Fathers", "Early help", "Curiosity"]
    (fathers, early, curiosity) = lines(store, review, "learned")
    asked = SummaryRow("learned", "Asked", "By whom?", None)
    word(store, review, "learned", curiosity, asked, fathers, early)
    assert held() == ["Curiosity", "Asked", "Fathers", "Early help"]
    (curiosity, *others) = lines(store, review, "learned")
    word(store, review, "learned", replace(curiosity, heading="", text=""), *others)
    assert held() == ["Asked", "Fathers", "Early help"]
    numbers = [row.values["number"] for row in store.read(records, "summary_line")]
    assert sorted(map(str, numbers)) == ["1", "2", "3"]
    for expected in (
        ["Curiosity", "Asked", "Fathers", "Early help"],
        ["Fathers", "Early help", "Curiosity"],
        ["Curiosity", "Early help", "Fathers"],
    ):
        store.write(Undo())
        assert held() == expected


def test_a_record_that_comes_later_stands_last_and_is_new(store: Store, review: int) -> None:
    rows = lines(store, review, "learned")
    word(store, review, "learned", *reversed(rows))
    make(store, "finding", review=review, number=3, title="Housing")
    again = lines(store, review, "learned")
    assert [(row.heading, row.is_new) for row in again] == [
        ("Fathers", False),
        ("Early help", False),
        ("Housing", True),
    ]


def test_put_back_in_the_records_order_nothing_is_kept_of_it(store: Store, review: int) -> None:
    rows = lines(store, review, "learned")
    word(store, review, "learned", *reversed(rows))
    assert len(store.read(records, "summary_line")) == 2
    again = lines(store, review, "learned")
    word(store, review, "learned", *reversed(again))
    assert store.read(records, "summary_line") == ()


def test_two_who_word_the_same_line_are_told(store: Store, review: int) -> None:
    first, second = lines(store, review, "learned")
    word(store, review, "learned", replace(first, text="One."), second)
    one, other = lines(store, review, "learned")
    word(store, review, "learned", replace(one, text="Two."), other)
    with pytest.raises(ConflictError):
        word(store, review, "learned", replace(one, text="Three."), other)


def test_a_record_in_the_bin_leaves_its_wording(store: Store, review: int) -> None:
    first, second = lines(store, review, "learned")
    word(store, review, "learned", replace(first, text="Ask why."), second)
    assert first.record is not None
    assert first.record.source is not None
    store.write(WithdrawRecord(*first.record.source, 1))
    rows = lines(store, review, "learned")
    assert [(row.text, row.moved) for row in rows] == [("Ask why.", True), ("Not seen.", False)]


def test_one_undo_takes_the_wording_back(store: Store, review: int) -> None:
    rows = lines(store, review, "learned")
    word(store, review, "learned", *(replace(row, text="x") for row in rows))
    store.write(Undo())
    assert lines(store, review, "learned") == rows


def test_a_part_that_is_none_is_refused(store: Store, review: int) -> None:
    with pytest.raises(KeyError):
        word(store, review, "nothing")


def test_a_line_can_be_brought_in_by_a_workbook(store: Store, review: int) -> None:
    values = {"review": review, "block": "question", "number": 1, "text": "What helps?"}
    store.write(AddRecord("summary_line", values))  # type: ignore[arg-type]
    (row,) = lines(store, review, "question")
    assert (row.text, row.reworded, row.moved) == ("What helps?", True, False)
