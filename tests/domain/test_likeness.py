"""How alike two texts are, and that it is quick."""

from __future__ import annotations

import random
import time
import timeit
from collections.abc import Callable

import pytest

from oscb_desktop.domain.likeness import most_alike, stem

FATHERS = "Each agency should record every father and male carer at the first home visit."
AGAIN = "Male carers and fathers are recorded by name when the home is first visited."
NEGLECT = "The neglect tool should be used at every case conference about a family."
TAXIS = "One set of licensing standards for taxis, held by every council."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("assessed", "assess"),
        ("assessments", "assess"),
        ("carers", "care"),
        ("visited", "visits"),
        ("agencies", "agency"),
        ("planning", "plan"),
        ("recorded", "recording"),
    ],
)
def test_forms_of_a_word_meet(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_words_that_differ_do_not_meet() -> None:
    assert len({stem(word) for word in ("neglect", "father", "taxi", "assess", "access")}) == 5


def test_what_says_the_same_in_other_forms_is_found_with_the_shared_words() -> None:
    (found,) = most_alike(FATHERS, [NEGLECT, AGAIN, TAXIS])
    assert found.at == 1
    assert {"father", "carer", "male", "home"} <= set(found.shared)


def test_common_words_alone_make_nothing_alike() -> None:
    said = "All agencies should ensure that children and practitioners work together."
    again = (
        "The partnership recommends that every agency and practitioner ensure this for children."
    )
    assert most_alike(said, [again]) == ()


def test_the_same_words_are_wholly_alike_and_come_first() -> None:
    found = most_alike(FATHERS, [AGAIN, FATHERS, NEGLECT])
    assert [one.at for one in found] == [1, 0]
    assert found[0].likeness == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["", "   ", "🙂 <b>", "12 34", "שלום"])
def test_any_text_is_compared(text: str) -> None:
    assert most_alike(text, [FATHERS, "", text]) == ()


def test_5000_recommendations_are_compared_quickly() -> None:
    chance = random.Random(4)
    letters = "abcdefghijklmnoprstuvw"
    vocabulary = ["".join(chance.choices(letters, k=8)) for _ in range(3000)]
    others = [" ".join(chance.choices(vocabulary, k=40)) for _ in range(5000)]
    text = others[17] + " once more"
    assert most_alike(text, others)[0].at == 17
    bare = _quickest(lambda: [other.split() for other in others])
    took = _quickest(lambda: most_alike(text, others))
    assert took < 60 * bare, "not every word of every text against every other"


def _quickest(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that the quickest of three times took."""
    return min(timeit.repeat(work, number=1, repeat=3, timer=time.process_time))
