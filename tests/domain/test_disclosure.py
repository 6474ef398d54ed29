from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.date_words import MONTH_NAMES
from oscb_desktop.domain.disclosure.dates import written_days
from oscb_desktop.domain.disclosure.findings import (
    Finding,
    Innocent,
    Kind,
    Line,
    Place,
    Printed,
    PrintedTable,
    Sureness,
    whose_words,
)
from oscb_desktop.domain.disclosure.name_index import NameIndex, cuttings, distance
from oscb_desktop.domain.disclosure.needles import Identity, needles_of
from oscb_desktop.domain.disclosure.notes import relatives
from oscb_desktop.domain.disclosure.search import Sought, search, summary
from oscb_desktop.domain.disclosure.tables import small_counts
from oscb_desktop.domain.disclosure.words import Words, folded, words_of
from tests.leaks import CHILDREN, ELIZABETH, GRACE, KATHERINE, ON_PAGES, TAMSEL, WILL, Leak
from tests.more_leaks import MORE_CHILDREN, SECOND, THIRD

LEAKS = [leak for leaks in (*ON_PAGES, SECOND, THIRD) for leak in leaks]
EVERYBODY = needles_of(CHILDREN)
NEEDLES = dict.fromkeys(CHILDREN, EVERYBODY) | dict.fromkeys(
    MORE_CHILDREN, needles_of(MORE_CHILDREN)
)


def page(*texts: str, number: int = 1) -> Place:
    lines = [line for text in texts for line in text.split("\n")]
    return Place(f"Page {number}", number, tuple(map(Line, lines)))


def found_in(
    *texts: str,
    children: Iterable[Identity] = CHILDREN,
    innocents: tuple[Innocent, ...] = (),
    public: bool = True,
) -> tuple[Finding, ...]:
    sought = Sought(needles_of(children), innocents)
    return search(Printed((page(*texts),)), sought, for_publication=public)


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: f"{leak.sort}: {leak.text!r}")
def test_a_leak_is_found_or_its_miss_is_explained(leak: Leak) -> None:
    printed = Printed((page("The agencies met.", leak.text, "Nobody had put it together."),))
    found = search(printed, Sought(NEEDLES[leak.child]), for_publication=True)
    hit = any(leak.child.whose in finding.whose for finding in found)
    assert hit is (not leak.missed)


def test_a_finding_says_where_what_whose_and_how_sure() -> None:
    (found,) = found_in("The agencies met.", "They spoke of Tamsel\nQuennerby’s brother.")
    assert (found.place, found.page, found.line) == ("Page 1", 1, 2)
    assert (found.kind, found.whose) == (Kind.FULL_NAME, (TAMSEL.whose,))
    assert (found.words, found.sure) == ("Tamsel Quennerby’s", Sureness.EXACT)
    assert found.sentence == "“Tamsel Quennerby’s” is the name of CH-2021-01."
    assert found.line_text == "They spoke of Tamsel Quennerby’s brother."


def test_a_near_finding_never_tells_the_real_spelling() -> None:
    (found,) = found_in("The letter was for Quenerby again.")
    assert found.sure is Sureness.NEAR
    assert "Quennerby" not in str(found)


def test_who_bears_the_whole_name_is_meant_not_who_bears_a_part() -> None:
    other = Identity("CH-2021-99", "Quennerby", "Ottoline")
    (found,) = found_in("Tamsel Quennerby was seen.", children=(TAMSEL, other))
    assert found.whose == (TAMSEL.whose,)
    (found,) = found_in("Mrs Quennerby was seen.", children=(TAMSEL, other))
    assert found.whose == (TAMSEL.whose, "CH-2021-99")


@pytest.mark.parametrize(
    "text",
    [
        "Grace was shown in May 2021, and there will be green fields in April.",
        "What Will Be Done By May",
        "The Green Paper and the Young Carers Service were discussed at Park Hill.",
        "Other possibilities were open to the team, and hope rose.",
        "White British and any other White background",
        "The NHS, the CQC and DfE agreed with P.A. and C.V. of the U.K. office.",
        "By mid May and until late May nothing was done; from March to May nobody called.",
        "Nobody knew which school it was. The primary school of the park was closed.",
        "It was 21 December, and on 3 June they met again.",
        "There were 999 000 children and 1007 adults.",
    ],
)
def test_innocent_text_is_left_alone(text: str) -> None:
    children = (GRACE, WILL, KATHERINE, TAMSEL, Identity("CH-2021-12", "White", "April"))
    assert found_in(text, children=children, public=False) == ()


def test_an_ordinary_word_counts_beside_another_part_of_the_name() -> None:
    (found,) = found_in("May\nWinterbourne was seen.")
    assert (found.words, found.whose) == ("May Winterbourne", (GRACE.whose,))


def test_a_pseudonym_or_a_member_of_staff_is_no_finding() -> None:
    children = (
        Identity("CH-2021-20", "Pellinor", "Rowena"),
        Identity("CH-2021-21", "Bellweather", "Anstey"),
    )
    text = "Rowena was seen by Anstey Bellweathers of the hospital."
    innocents = (
        Innocent("Rowena", frozenset({"CH-2021-21"})),
        Innocent("Anstey Bellweathers"),
    )
    assert len(found_in(text, children=children)) == 2
    assert found_in(text, children=children, innocents=innocents) == ()


def test_a_pseudonym_that_is_the_childs_own_name_is_found() -> None:
    innocents = (Innocent("Tamsel", frozenset({TAMSEL.whose})),)
    assert [found.words for found in found_in("Tamsel slept.", innocents=innocents)] == ["Tamsel"]


def test_an_innocent_name_hides_no_whole_name_of_a_child() -> None:
    innocents = (Innocent("Tamsel Quennerby"),)
    assert len(found_in("Tamsel Quennerby slept.", innocents=innocents)) == 1


def test_the_organisations_own_town_is_no_place_of_residence() -> None:
    child = Identity("CH-1", address="9 Larder Row, Oxmere")
    name = "Oxmere Safeguarding Children Partnership"
    assert found_in(name, children=(child,), innocents=(Innocent(name),)) == ()
    (found,) = found_in("They moved to Oxmere.", children=(child,), innocents=(Innocent(name),))
    assert (found.kind, found.kind.lesser) == (Kind.PLACE, True)


def test_a_place_where_many_live_says_nothing() -> None:
    homes = [Identity(f"CH-{at}", address=f"{at} Larder Row, Oxmere") for at in range(1, 5)]
    assert Kind.PLACE not in {needle.kind for needle in needles_of(homes)}
    assert Kind.PLACE in {needle.kind for needle in needles_of(homes[:3])}


def test_papers_within_the_partnership_may_hold_references_dates_and_ages() -> None:
    text = "SIN-2021-004417 of 4 May 2021: she was aged 7 weeks and lived in Little Marrowby."
    kinds = {found.kind for found in found_in(text)}
    assert kinds == {Kind.REFERENCE, Kind.EXACT_DATE, Kind.EXACT_AGE, Kind.PLACE}
    assert found_in(text, public=False) == ()


def test_a_name_that_runs_over_the_page_is_found_once_on_the_first() -> None:
    first = Place("Page 1", 1, (Line("They asked for Quen-"), Line("Page 1 of 2", furniture=True)))
    second = Place("Page 2", 2, (Line("Partnership", furniture=True), Line("nerby and her aunt.")))
    found = search(Printed((first, second)), Sought(EVERYBODY), for_publication=False)
    assert [(one.page, one.line, one.words) for one in found] == [(1, 1, "Quen- nerby")]


def test_findings_come_in_the_order_of_the_pages_and_what_hides_last() -> None:
    hidden = Place("Comment on page 1", 1, (Line("Tamsel"),))
    pages = (page("Elizabeth\nTamsel"), page("ZZ9 4QT\nZofia", number=2))
    found = search(Printed(pages, (hidden,)), Sought(EVERYBODY), for_publication=True)
    where = [(one.place, one.line) for one in found]
    assert where == [("Page 1", 1), ("Page 1", 2), ("Page 2", 1), ("Page 2", 2), (hidden.name, 1)]


# Any name in any capitals and accents

_ACCENTS = ("", "\u0301", "\u0308", "\u0327", "\u030a")
_NAMES = ("Quennerby", "Tamsel", "Brantingwell", "Vaudrey", "Lissan", "Corvane", "McAllendale")


@given(st.sampled_from(_NAMES), st.randoms(use_true_random=False))
def test_a_name_in_any_capitals_and_accents_is_found(name: str, chance: random.Random) -> None:
    written = "".join(
        chance.choice((letter.lower(), letter.upper())) + chance.choice(_ACCENTS) for letter in name
    )
    if chance.random() < 0.5:
        written = unicodedata.normalize("NFC", written)
    found = found_in(f"It was {written} whom nobody asked.", public=False)
    assert [one.words for one in found] == [written]


@given(
    st.sampled_from(_NAMES), st.integers(1, 10), st.sampled_from(("-\n", "\u00ad\n", "\n", " -\n"))
)
def test_a_name_broken_anywhere_over_a_lines_end_is_found(name: str, at: int, end: str) -> None:
    broken = name[: at % len(name)] + end + name[at % len(name) :]
    assert found_in(f"It was {broken} whom nobody asked.", public=False)


@given(st.text(alphabet="abcdefgh", min_size=5, max_size=12), st.data())
def test_near_spellings_are_those_within_the_distance(name: str, data: st.DataObject) -> None:
    word = data.draw(st.text(alphabet="abcdefgh", min_size=4, max_size=13))
    index = NameIndex.of(needles_of([Identity("CH-1", name)]))
    within = 0 < distance(name, word) <= (2 if len(name) >= 9 else 1)
    assert bool(index.near(word)) is within


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_distance_is_the_same_both_ways_and_nought_for_the_same(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) is (one == other)
    assert distance(one, other) <= max(len(one), len(other))


def test_distance_counts_a_swap_once() -> None:
    assert distance("quennerby", "qeunnerby") == 1
    assert cuttings("abc", 1) == {"abc", "ab", "ac", "bc"}


@given(st.text())
def test_any_text_at_all_can_be_searched(text: str) -> None:
    found = found_in(text)
    assert all(one.words for one in found)


@given(st.text())
def test_each_word_stands_where_it_says(text: str) -> None:
    words = Words(page(text))
    for at in range(len(words)):
        assert words.keys[at] in words_of(words.shown(at, at))  # ¼ is both 1 and 4


def test_letters_are_made_plain() -> None:
    assert folded("Łódź naïve ﬁn Straße Ægir\u200b Óðinn") == "Lodz naive fin Strasse AEgir Odinn"
    assert words_of("O’Neill’s Ann-Marie, 3rd") == ("oneill", "ann", "marie", "3", "rd")


def test_other_scripts_are_found() -> None:
    children = (Identity("CH-1", "الراشدي", "أمينة"), Identity("CH-2", "Иваненкова", "Дарина"))
    found = found_in("قالت أمينة الراشدي ذلك", "и Дарина молчала", children=children)
    assert [one.whose for one in found] == [("CH-1",), ("CH-2",)]


# Days and ages


@given(st.dates(date(1990, 1, 1), date(2039, 12, 31)), st.integers(0, 9))
def test_a_day_is_read_in_every_usual_way(day: date, way: int) -> None:
    month = MONTH_NAMES[day.month - 1]
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    written = (
        f"{day:%d/%m/%Y}",
        f"{day.day}.{day.month}.{day.year % 100:02d}",
        f"{day:%d-%m-%Y}",
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.day} {month} {day.year}",
        f"{day.day}{ending} of {month}, {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{day.day}{ending} day of\n{month} {day.year}",
    )[way]
    (found,) = written_days(Words(page(f"It was on {written}, at noon.")))
    assert (found.day, found.month, day.year in found.years) == (day.day, day.month, True)


@pytest.mark.parametrize(
    "text", ["31.2.1", "99/99/9999", "3 2011", "May I go", "June 45", "1/2", "3"]
)
def test_what_is_no_day_is_left(text: str) -> None:
    assert list(written_days(Words(page(text)))) == []


def test_a_birthday_without_its_year_needs_a_birth_or_a_name() -> None:
    assert found_in("The panel met on 3 June.") == ()
    (found,) = found_in("He was born on 3 June.", children=(TAMSEL,))
    assert (found.kind, found.sure) == (Kind.DATE_OF_BIRTH, Sureness.NEAR)


def test_a_day_on_which_some_child_was_born_is_not_surely_its_birth() -> None:
    (sure,) = found_in("Date of birth: 3 June 2011")
    (near,) = found_in("They met on 3 June 2011.")
    assert (sure.sure, near.sure) == (Sureness.EXACT, Sureness.NEAR)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It happened on 4 May 2021.", Kind.EXACT_DATE),
        ("Seen on 04/05/21 at home.", Kind.EXACT_DATE),
        ("She was 13 years and 7 months old.", Kind.EXACT_AGE),
        ("A baby of seven weeks was seen.", Kind.EXACT_AGE),
        ("A 9-day-old girl was seen.", Kind.EXACT_AGE),
        ("He was aged 5 months.", Kind.EXACT_AGE),
        ("He was 2 years 3 months.", Kind.EXACT_AGE),
    ],
)
def test_exact_days_and_ages_are_findings_of_the_lesser_kind(text: str, kind: Kind) -> None:
    (found,) = found_in(text, children=())
    assert (found.kind, found.kind.lesser, found.whose) == (kind, True, ())


@pytest.mark.parametrize(
    "text",
    [
        "It happened in May 2021.",
        "The year from 1 April 2021 to 31 March 2022.",
        "Published on 4 May 2021, version of 5 May 2021.",
        "A boy of thirteen, and a 13-year-old girl.",
        "The visit came 7 weeks later and took 3 days.",
        "The delay of four months was long.",
    ],
)
def test_what_a_paper_for_everyone_needs_is_no_finding(text: str) -> None:
    assert found_in(text, children=()) == ()


def test_the_date_in_a_footer_is_no_finding() -> None:
    footer = Place("Page 1", 1, (Line("4 May 2021", furniture=True),))
    assert search(Printed((footer,)), Sought(()), for_publication=True) == ()


def test_the_days_of_what_was_published_or_shared_are_no_childs() -> None:
    told = PrintedTable(1, (("What", "To whom", "On"), ("Briefing", "All", "4 May 2021")))
    happened = PrintedTable(1, (("What", "On"), ("Seen", "5 May 2021")))
    pages = (page("Briefing", "All", "4 May", "2021", "Seen", "5 May 2021"),)
    found = search(Printed(pages, (), (told, happened)), Sought(()), for_publication=True)
    assert [one.words for one in found] == ["5 May 2021"]


# Tables


def counts(*rows: tuple[str, ...], below: int = 5) -> list[tuple[int, int, bool]]:
    found = small_counts(PrintedTable(1, rows), below)
    return [(one.row, one.column, one.hidden) for one in found]


HEAD = ("Age", "Girls", "Boys", "Total")


def test_a_small_count_of_children_is_found() -> None:
    assert counts(HEAD, ("Under 1", "3", "7", "10"), ("1 to 5", "0", "9", "9")) == [(1, 1, False)]


def test_the_threshold_is_a_setting() -> None:
    table = (HEAD, ("Under 1", "3", "7", "10"))
    assert counts(*table, below=3) == []
    assert counts(*table, below=8) == [(1, 1, False), (1, 2, False)]


def test_a_hidden_count_that_a_total_gives_away_is_found() -> None:
    row = ("Under 1", "c", "7", "10")
    assert counts(HEAD, row, ("1 to 5", "8", "9", "17")) == [(1, 1, True)]
    assert counts(HEAD, ("Under 1", "fewer than 5", "7", "10")) == [(1, 1, True)]


def test_hidden_counts_that_hide_each_other_are_not() -> None:
    table = (
        HEAD,
        ("Under 1", "c", "c", "10"),
        ("1 to 5", "c", "c", "17"),
        ("Total", "11", "16", "27"),
    )
    assert counts(*table) == []


def test_one_hidden_count_can_give_the_next_away() -> None:
    table = (
        HEAD,
        ("Under 1", "c", "7", "10"),
        ("1 to 5", "c", "c", "12"),
        ("Total", "5", "17", "22"),
    )
    assert counts(*table) == [(1, 1, True), (2, 1, True)]


@pytest.mark.parametrize(
    "rows",
    [
        (("No.", "Action for children"), ("1", "Write"), ("2", "Ask")),
        (("Recommendation", "Step"), ("Write to families", "3")),
        (("Year", "Reviews"), ("2021-22", "3")),
        (("Children",),),
        (("Age", "Children"), ("Under 1", "12"), ("1 to 5", "0")),
    ],
)
def test_tables_that_count_nobody_or_nobody_few_are_left(rows: tuple[tuple[str, ...], ...]) -> None:
    assert counts(*rows) == []


def test_of_a_table_of_many_things_the_rows_of_people_count() -> None:
    table = (("Figure", "2020-21", "2021-22"), ("Reviews", "3", "4"), ("Children", "6", "4"))
    assert counts(*table) == [(2, 2, False)]


def test_a_small_count_is_found_on_its_page_by_its_row() -> None:
    table = PrintedTable(2, (HEAD, ("Under 1", "3", "7", "10")))
    pages = (page("Nothing"), page("Ages", "Under 1 3 7 10", number=2))
    (found,) = search(Printed(pages, (), (table,)), Sought(()), for_publication=True)
    assert (found.page, found.line, found.kind) == (2, 2, Kind.SMALL_NUMBER)
    assert found.sentence == "3 beside “Under 1” is below 5, the least number published."
    assert search(Printed(pages, (), (table,)), Sought(()), for_publication=False) == ()


# From what is recorded to what is sought


def test_relatives_are_the_words_with_a_capital_that_are_names() -> None:
    note = "Durrell O'Marrowfax-Hope (father, works nights); Her mother Ann has died. Three at home"
    assert list(relatives(note)) == ["Durrell", "O'Marrowfax-Hope", "Ann"]


def test_an_empty_identity_seeks_nothing() -> None:
    assert needles_of([Identity("CH-1")]) == ()


def test_everyday_numbers_are_no_references() -> None:
    one = Identity("CH-1", references=("2021", "None yet", "SIN-9, 20211"))
    assert [needle.words for needle in needles_of([one])] == ["SIN-9", "20211"]


def test_an_address_is_sought_in_its_parts() -> None:
    sought = {(needle.kind, needle.words) for needle in needles_of([ELIZABETH])}
    assert {
        (Kind.POSTCODE, "ZX128BD"),
        (Kind.ADDRESS, "14 Tannery Hill Road"),
        (Kind.PLACE, "pellmoor"),
    } <= sought


def test_the_summary_is_one_sentence() -> None:
    assert summary(()) == (
        "Checked: no name, date of birth, address or school of a child in this file appears."
    )
    found = found_in("Tamsel lived at ZZ9 4QT. Zofia did not.")
    assert summary(found) == "3 findings: forename (2), postcode (1)."


def test_whose_names_three_and_counts_the_rest() -> None:
    assert whose_words(()) == ""
    assert whose_words(("A",)) == "A"
    assert whose_words(("A", "B", "C")) == "A, B and C"
    assert whose_words(("A", "B", "C", "D", "E")) == "A, B, C and 2 more"
