"""Figures written into a text: read, told in digits and words, compared, and never lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.figure_words import (
    NOT_SHOWN,
    Fault,
    FigureMark,
    Form,
    Quantity,
    Words,
    change,
    faults_in,
    figures_in,
    in_digits,
    in_words,
    mark,
    parse,
    places,
    plain,
    small_by_hand,
    speak,
)

KNOWN = {
    "rapid_reviews": (),
    "children": (),
    "themes": ("Neglect",),
    "ages": ("Under 5", "13 and over", "Serious case review (legacy)"),
}


class Year:
    """Six reviews after nine; eight children after eight; four of each age."""

    def __init__(self, **now: Quantity) -> None:
        ages = (("Under 5", Quantity(4)), ("13 and over", Quantity(4)))
        self._now = {
            "rapid_reviews": Quantity(6),
            "children": Quantity(8),
            "ages": Quantity(parts=ages),
            **now,
        }

    def now(self, name: str, category: str) -> Quantity:
        return dict(self._now[name].parts)[category] if category else self._now[name]

    def before(self, name: str, category: str) -> Quantity:
        known = {"rapid_reviews": 9, "children": 8}
        return Quantity(None if category else known[name])


def told(text: str, **now: Quantity) -> str:
    return plain(speak(parse(text, KNOWN), Year(**now)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{rapid_reviews}", "6"),
        ("We held {rapid_reviews:words}.", "We held six."),
        ("{rapid_reviews:words} were held. {children:words} of us", "Six were held. Eight of us"),
        ("\n{rapid_reviews:words}", "\nSix"),
        ("e.g. ({rapid_reviews:words})", "e.g. (six)"),
        ("{children:child|children}", "8 children"),
        ("it had {children:words:child|children}", "it had eight children"),
        ("{rapid_reviews:change}", "Compared to 9 in the year before"),
        ("6, {rapid_reviews:change}", "6, compared to 9 in the year before"),
        ("8, {children:change}", "8, the same as in the year before"),
        ("{ages[Under 5]:child|children}", "4 children"),
        ("{ages}", "Under 5: 4, 13 and over: 4"),
        ("a {ages[Under 5]:change}", "a not known for the year before"),
        ("{ Rapid_Reviews : WORDS }", "Six"),
    ],
)
def test_a_figure_is_told_as_it_is_written(text: str, said: str) -> None:
    assert told(text) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "no children"), (1, "one child"), (2, "two children")]
)
def test_the_noun_fits_the_number(number: int, said: str) -> None:
    text = "of {children:words:child|children}"
    assert told(text, children=Quantity(number)) == f"of {said}"


@pytest.mark.parametrize(
    "text", ["{}", "{see below}", "{1}", "{x}", "}{", "{{", "{colour}", "{a|b}"]
)
def test_braces_that_hold_no_figure_stay_as_typed(text: str) -> None:
    assert parse(text, KNOWN) == (Words(text),)


@pytest.mark.parametrize(
    ("text", "printed", "sentence"),
    [
        ("{rapid_reviewz}", "[no figure rapid_reviewz]", "Did you mean rapid_reviews?"),
        ("{theme}", "[no figure theme]", "Did you mean themes?"),
        ("{no_such_thing}", "[no figure no_such_thing]", "Pick it from the list"),
        ("{ages[Under 6]}", "[no figure ages[Under 6]]", "There is Under 5"),
        ("{children[Under 5]}", "[no figure children[Under 5]]", "without parts"),
        ("{children:wrds}", "[no figure children:wrds]", "words, change, or a noun"),
        ("{old[x]}", "[no figure old]", "There is no figure “old”"),
    ],
)
def test_what_is_no_figure_is_told_and_prints(text: str, printed: str, sentence: str) -> None:
    (fault,) = faults_in(parse(text, KNOWN))
    assert sentence in fault.sentence
    assert told(f"a {text} b") == f"a {printed} b"


def test_what_is_kept_back_is_told_in_its_words() -> None:
    few, none = Quantity(2, kept_back="fewer than 5"), Quantity(7, kept_back=NOT_SHOWN)
    assert told("of {children:words:child|children}", children=few) == "of fewer than five children"
    assert told("of {children:words}", children=few) == "of fewer than five"
    assert told("{children}", children=none) == "Not shown"
    assert told("They were {children:words}, or so", children=none) == "They were not shown, or so"
    hidden = told("of {children:words:child|children}", children=none)
    assert hidden == "of a number of children (not shown)"
    one = Quantity(1, kept_back="fewer than 5")
    assert told("of {children:child|children}", children=one) == "of fewer than 5 children"


def test_a_comparison_never_says_that_two_hidden_numbers_are_alike() -> None:
    kept = Quantity(3, kept_back="fewer than 5")
    assert change(kept, kept) == "compared to fewer than 5 in the year before"
    assert change(Quantity(3), kept) == "compared to fewer than 5 in the year before"
    hidden = Quantity(3, kept_back=NOT_SHOWN)
    assert change(hidden, hidden) == "not shown for the year before"


def test_a_comparison_is_told_in_words_where_that_is_asked() -> None:
    assert told("{rapid_reviews:words}, {rapid_reviews:change:words}.") == (
        "Six, compared to nine in the year before."
    )
    assert told("a {rapid_reviews:words:change}") == "a compared to nine in the year before"
    assert told("a {children:change:words}") == "a the same as in the year before"


def test_a_breakdown_that_holds_nothing_is_none_and_not_unknown() -> None:
    nothing = Quantity(is_empty=True)
    assert (in_digits(nothing), in_words(nothing)) == ("none", "none")
    assert change(Quantity(3), nothing) == "none in the year before"
    assert told("a {ages:child|children}", ages=nothing) == "a none"


@pytest.mark.parametrize(
    ("quantity", "digits", "words"),
    [
        (Quantity(0), "0", "none"),
        (Quantity(19), "19", "nineteen"),
        (Quantity(42), "42", "forty-two"),
        (Quantity(90), "90", "ninety"),
        (Quantity(100), "100", "100"),
        (Quantity(140_000), "140,000", "140,000"),
        (Quantity(Decimal("8000.00"), "£"), "£8,000", "£8,000"),
        (Quantity(Decimal("8000.50"), "£"), "£8,000.50", "£8,000.50"),
        (Quantity(40.0, "%"), "40.0%", "40.0%"),
        (Quantity(3.5, "working days"), "3.5", "3.5"),
        (Quantity(), "not known", "not known"),
    ],
)
def test_numbers_are_printed_as_people_write_them(
    quantity: Quantity, digits: str, words: str
) -> None:
    assert (in_digits(quantity), in_words(quantity)) == (digits, words)


@given(st.text(alphabet="{}[]:|ab_ rapid_reviews\n<", max_size=80))
def test_nothing_that_is_typed_is_lost(text: str) -> None:
    parts = parse(text, KNOWN)
    assert "".join(part.text if isinstance(part, Words) else part.typed for part in parts) == text


@given(
    st.sampled_from([("children", ""), ("ages", "Under 5"), ("ages", KNOWN["ages"][2])]),
    st.sampled_from(Form),
    st.sampled_from([("", ""), ("child", "children")]),
)
def test_what_is_picked_from_the_list_is_read_back(
    figure: tuple[str, str], form: Form, nouns: tuple[str, str]
) -> None:
    (part,) = parse(mark(*figure, form, nouns), KNOWN)
    assert isinstance(part, FigureMark)
    wanted = ("", "") if form.compares else nouns
    assert (part.name, part.category, part.form, part.nouns) == (*figure, form, wanted)


def test_the_figures_of_a_text_are_each_named_once_in_order() -> None:
    parts = parse("{children} {rapid_reviews} {children:words} {ages[Under 5]} {ages}", KNOWN)
    found = [(part.name, part.category) for part in figures_in(parts)]
    assert found == [("children", ""), ("rapid_reviews", ""), ("ages", "Under 5"), ("ages", "")]
    assert not any(isinstance(part, Fault) for part in parts)


def test_small_numbers_typed_by_hand_are_pointed_out() -> None:
    text = "Two girls and 3 older boys, {children:child|children}; eight reviews, four agencies."
    assert small_by_hand(text, 5) == ("Two girls", "3 older boys")
    assert small_by_hand("one of the children; 13 children; in 2 years", 5) == (
        "one of the children",
    )
    words = "Both of the girls, the only boy, twins; both agencies; the only way; children"
    assert small_by_hand(words, 5) == ("Both of the girls", "the only boy", "twins")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Four of the eight children were under five.", "Four of the eight children"),
        ("In all two of the six children knew it.", "two of the six children"),
        ("Of the six, one of them had died.", "one of them"),
        ("There were six, two of whom were babies.", "two of whom"),
        ("All but one of the decisions were agreed.", "All but one of the decisions"),
        ("Half of the children lived at home.", "Half of the children"),
        ("A third of our eight children did.", "A third of our eight children"),
        ("Four were under five.", "Four were under five"),
        ("4 of 9 incidents were notified.", "4 of 9 incidents"),
        ("Three had died.", "Three had died"),
    ],
)
def test_small_numbers_are_found_however_they_are_worded(text: str, found: str) -> None:
    assert small_by_hand(text, 5) == (found,)


def test_several_small_numbers_of_one_sentence_are_found() -> None:
    assert small_by_hand("4 were female, 2 male.", 5) == ("4 were female", "2 male")


@pytest.mark.parametrize(
    "text",
    [
        "One of the reasons was time.",
        "It was written in two stages.",
        "See section 4.",
        "Chapter 4 is about the children.",
        "Six of the eight children were under five.",
        "All but one of the meetings took place.",
        "Half of the day was for practice.",
        "Two of the agencies were new, and three were asked.",
        "One was held in May.",
        "The 4 partners met.",
        "Step 2 of 3",
    ],
)
def test_what_is_no_count_of_children_is_not_pointed_out(text: str) -> None:
    assert small_by_hand(text, 5) == ()


def test_figures_are_found_where_they_stand_and_other_braces_are_not() -> None:
    text = "{rapid_reviews} {held} {} {rapid_reviewz:words} {Children[x]} {a b}"
    found = [(text[start:end], is_figure) for start, end, is_figure in places(text, KNOWN)]
    assert found == [
        ("{rapid_reviews}", True),
        ("{rapid_reviewz:words}", False),
        ("{Children[x]}", True),
    ]
