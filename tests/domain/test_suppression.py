"""What is kept back cannot be worked out from what is printed, by a reader who tries every way."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscb_desktop.domain.linked_counts import (
    Counts,
    Name,
    Sum,
    crossed,
    linked,
    listing,
)
from oscb_desktop.domain.suppression import (
    Suppressed,
    bounds,
    recoverable,
    suppress,
    threshold_of,
)

LIMIT = 5


def table(
    cells: Mapping[tuple[str, str], int], total: str, prefixes: tuple[str, str] = ("r", "c")
) -> Counts:
    rows: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    for (row, column), count in cells.items():
        rows[row] += count
        columns[column] += count
    return crossed(cells, rows, columns, (total, rows.total()), prefixes)


COUNT = st.one_of(st.integers(0, 3), st.integers(0, 9), st.just(0))


def _possible(suppressed: Suppressed) -> Iterator[dict[Name, int]]:
    """Return the tables that would be printed alike: a plain search, without the module's help.

    The reader is taken to know of each count kept back whether it is a nought, and is tried with
    values up to a limit; values above it would only leave him knowing less.
    """
    values = suppressed.counts.values
    kept = suppressed.kept_back | suppressed.counts.unprinted
    printed = {name: value for name, value in values.items() if name not in kept}
    yield from _filled(suppressed, printed, _in_good_order(suppressed.counts, kept))


def _in_good_order(counts: Counts, kept: frozenset[Name]) -> list[Name]:
    totals = {entry.total for entry in counts.sums}
    order = list(counts.values)
    return sorted(kept, key=lambda name: (name in totals, order.index(name)))


def _filled(
    suppressed: Suppressed, so_far: dict[Name, int], waiting: list[Name]
) -> Iterator[dict[Name, int]]:
    if not _may_be(suppressed.counts, so_far):
        return
    if not waiting:
        yield so_far
        return
    name, *rest = waiting
    for value in _tried(suppressed, name, so_far):
        yield from _filled(suppressed, {**so_far, name: value}, rest)


def _tried(suppressed: Suppressed, name: Name, so_far: Mapping[Name, int]) -> range:
    for entry in suppressed.counts.sums:
        if entry.total == name and all(part in so_far for part in entry.parts):
            whole = sum(so_far[part] for part in entry.parts)
            return range(whole, whole + 1)
    free = name in suppressed.counts.unprinted or _among_noughts(suppressed, name)
    least = 0 if free else 1
    most = LIMIT - 1 if name in suppressed.fewer else suppressed.counts.values[name] + LIMIT
    return range(least, most + 1)


def _among_noughts(suppressed: Suppressed, name: Name) -> bool:
    values = suppressed.counts.values
    lists = [entry.parts for entry in suppressed.counts.sums if name in entry.parts]
    return any(part in suppressed.kept_back and values[part] == 0 for ps in lists for part in ps)


def _may_be(counts: Counts, known: Mapping[Name, int]) -> bool:
    for entry in counts.sums:
        if entry.total not in known:
            continue
        parts = [known[part] for part in entry.parts if part in known]
        if sum(parts) > known[entry.total]:
            return False
        if len(parts) == len(entry.parts) and sum(parts) != known[entry.total]:
            return False
    return True


def _holds(suppressed: Suppressed) -> None:
    values = suppressed.counts.values
    for name in suppressed.counts.values.keys() - suppressed.counts.unprinted:
        assert name in suppressed.kept_back or not 0 < values[name] < LIMIT
    left: dict[Name, set[int]] = {name: set() for name in suppressed.kept_back}
    for table in _possible(suppressed):
        for name, found in left.items():
            found.add(table[name])
        if all(len(found) >= LIMIT - 1 for found in left.values()):
            return
    assert {name: found for name, found in left.items() if len(found) < LIMIT - 1} == {}


@given(st.lists(COUNT, min_size=1, max_size=5))
@settings(max_examples=150)
def test_no_count_of_a_list_can_be_worked_out(values: list[int]) -> None:
    counts = listing({f"c{n}": value for n, value in enumerate(values)}, "all")
    _holds(suppress(counts, LIMIT))


@given(st.lists(st.lists(COUNT, min_size=2, max_size=3), min_size=2, max_size=3))
@settings(max_examples=100)
def test_no_cell_of_a_table_can_be_worked_out(rows: list[list[int]]) -> None:
    width = min(map(len, rows))
    cells = {(f"r{n}", f"c{m}"): row[m] for n, row in enumerate(rows) for m in range(width)}
    _holds(suppress(table(cells, "all"), LIMIT))


@given(st.lists(st.booleans(), min_size=1, max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_nothing_can_be_worked_out_across_lists_of_one_total(
    girls: list[bool], chance: random.Random
) -> None:
    ages = [chance.choice(("young", "older", "old")) for _girl in girls]
    by_sex = {"girls": sum(girls), "boys": len(girls) - sum(girls)}
    by_age = {age: ages.count(age) for age in ("young", "older", "old")}
    counts = linked((listing(by_sex, "children", "sex"), listing(by_age, "children", "age")))
    _holds(suppress(counts, LIMIT, said=("children", ("sex", "girls"), ("age", "young"))))


@given(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9))
@settings(max_examples=60)
def test_no_count_of_overlapping_categories_can_be_worked_out(
    children: int, neglect: int, sexual: int
) -> None:
    harms = {"neglect": min(neglect, children), "sexual": min(sexual, children)}
    counts = listing(harms, "children", "harm", of=children)
    _holds(suppress(counts, LIMIT, said=("children", ("harm", "sexual"))))


def test_sums_that_go_round_hold_the_rule_too() -> None:
    values: dict[Name, int] = {"a": 2, "b": 9, "c": 7, "ab": 11, "bc": 16, "ca": 9}
    sums = (Sum("ab", ("a", "b")), Sum("bc", ("b", "c")), Sum("ca", ("c", "a")))
    suppressed = suppress(Counts(values, sums), LIMIT)
    _holds(suppressed)
    assert suppressed.kept_back > {"a"}


@given(st.integers(1, 12), st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=100)
def test_words_give_no_more_away_than_they_say(boys: int, girls: int, unborn: int) -> None:
    counts = listing({"boys": boys, "girls": girls, "unborn": unborn}, "children")
    said = ("children", ("", "boys"), ("", "girls"), ("", "unborn"))
    suppressed = suppress(counts, LIMIT, said)
    _holds(suppressed)
    for name in said:
        number = counts.values[name]
        truth = {str(number), "not shown"} | ({"fewer than 5"} if number < LIMIT else set())
        assert suppressed.words(name) in truth


def test_a_reader_who_sees_both_parts_called_few_would_know_them() -> None:
    counts = listing({"young": 4, "old": 4}, "all")
    suppressed = suppress(counts, LIMIT, said=("all", ("", "young"), ("", "old")))
    told = [suppressed.words(name) for name in ("all", ("", "young"), ("", "old"))]
    assert told == ["8", "fewer than 5", "not shown"]
    both = Suppressed(counts, LIMIT, suppressed.kept_back, suppressed.kept_back)
    assert recoverable(both) == suppressed.kept_back


def test_one_small_part_takes_the_smallest_other_with_it() -> None:
    suppressed = suppress(listing({"a": 3, "b": 40, "c": 12, "d": 0}, "all"), LIMIT)
    assert suppressed.kept_back == {("", "a"), ("", "c")}
    assert [suppressed.cell(name) for name in suppressed.counts.values] == [
        "c",
        "40",
        "c",
        "0",
        "55",
    ]


def test_a_nought_is_kept_back_where_it_would_give_others_away() -> None:
    suppressed = suppress(listing({"a": 1, "b": 3, "c": 1, "d": 0, "e": 0}, "all"), LIMIT)
    assert suppressed.kept_back == {("", "a"), ("", "b"), ("", "c"), ("", "d")}
    assert bounds(suppressed, ("", "b")) == (0, 5)


def test_a_figure_alone_is_kept_back_alone() -> None:
    suppressed = suppress(Counts({"few": 3, "none": 0, "many": 12}), LIMIT, said=("few", "many"))
    assert [suppressed.words(name) for name in ("few", "none", "many")] == [
        "fewer than 5",
        "0",
        "12",
    ]


def test_nothing_small_keeps_nothing_back() -> None:
    suppressed = suppress(listing({"a": 0, "b": 5, "c": 600_000}, "all"), LIMIT)
    assert suppressed.kept_back == frozenset()
    assert suppressed.note == ""
    assert recoverable(suppressed) == frozenset()


def test_a_table_with_one_small_cell_loses_a_rectangle() -> None:
    cells = dict.fromkeys(product("abc", "xyz"), 20) | {("a", "x"): 2}
    suppressed = suppress(table(cells, "all"), LIMIT)
    assert len(suppressed.kept_back) == 4
    assert all(isinstance(name, tuple) and len(name[0]) == 2 for name in suppressed.kept_back)


def test_a_cell_alone_can_be_worked_out() -> None:
    counts = listing({"a": 3, "b": 40}, "all")
    alone = Suppressed(counts, LIMIT, frozenset({("", "a")}))
    assert recoverable(alone) == {("", "a")}
    assert bounds(alone, ("", "a")) == (3, 3)


def test_a_total_cannot_be_told_by_another_list_of_the_same_records() -> None:
    by_sex = listing({"girls": 1, "boys": 2}, "children", "sex")
    by_age = listing({"young": 0, "old": 3}, "children", "age")
    suppressed = suppress(linked((by_sex, by_age)), LIMIT)
    assert suppressed.kept_back >= {"children", ("age", "old")}
    assert suppressed.cell(("age", "young")) == "0"


def test_categories_that_overlap_are_bound_by_their_total() -> None:
    suppressed = suppress(listing({"neglect": 9, "sexual": 3}, "children", "harm", of=9), LIMIT)
    assert suppressed.kept_back == {("harm", "sexual")}
    assert bounds(suppressed, ("harm", "sexual")) == (1, 9)
    tight = suppress(listing({"neglect": 6, "sexual": 3}, "children", "harm", of=9), LIMIT)
    assert bounds(tight, ("harm", "sexual"))[0] == 3
    assert recoverable(tight) == frozenset()
    assert not tight.kept_back & tight.counts.unprinted


def test_crossed_tables_are_linked_by_the_names_of_their_totals() -> None:
    cells = {("young", "girls"): 8, ("young", "boys"): 7, ("old", "girls"): 9, ("old", "boys"): 9}
    both = table(cells, "children", ("age", "sex"))
    ages = listing({"young": 15, "old": 18}, "children", "age")
    assert set(ages.values) < set(both.values)
    assert linked((both, ages)).values == both.values


@pytest.mark.parametrize("size", [4, 8, 12])
@pytest.mark.parametrize("most", [3, 9, 40])
def test_tables_of_any_size_hold_the_rule(size: int, most: int) -> None:
    chance = random.Random(size * most)
    cells = {(f"r{n}", f"c{m}"): chance.randrange(most) for n in range(size) for m in range(size)}
    suppressed = suppress(table(cells, "all"), LIMIT)
    assert recoverable(suppressed) == frozenset()
    _spared_nothing_needed(suppressed)


def _spared_nothing_needed(suppressed: Suppressed) -> None:
    """Printing any one of the further counts again would break the rule."""
    values = suppressed.counts.values
    further = [name for name in suppressed.kept_back if not 0 < values[name] < LIMIT]
    for name in further[:6]:
        less = Suppressed(suppressed.counts, LIMIT, suppressed.kept_back - {name})
        assert recoverable(less)


def test_the_same_counts_are_always_kept_back_alike() -> None:
    cells = {(row, column): (ord(row) * ord(column)) % 7 for row, column in product("abcd", "wxyz")}
    once, again = (suppress(table(cells, "all"), LIMIT) for _time in range(2))
    assert once == again


def test_the_note_says_how() -> None:
    note = suppress(listing({"a": 3, "b": 9}, "all"), LIMIT).note
    assert note.startswith("c: not shown")
    assert "below 5" in note


@pytest.mark.parametrize(("setting", "threshold"), [(None, 5), (10, 10), (3, 3), (2, 3), (0, 3)])
def test_the_threshold_is_a_setting_with_a_floor(setting: int | None, threshold: int) -> None:
    assert threshold_of(setting) == threshold


def test_sums_that_do_not_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="its parts 3"):
        suppress(Counts({"all": 4, "a": 3}, (Sum("all", ("a",)),)), LIMIT)
    with pytest.raises(ValueError, match="is -1"):
        suppress(Counts({"a": -1}), LIMIT)
    with pytest.raises(ValueError, match="stands for 1 and for 2"):
        linked((Counts({"a": 1}), Counts({"a": 2})))
