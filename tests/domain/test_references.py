from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.references import next_reference, sort_key


@pytest.mark.parametrize(
    ("prefix", "year", "taken", "expected"),
    [
        ("RR", 2021, [], "RR-2021-01"),
        ("RR", 2021, ["RR-2021-01", "RR-2021-02"], "RR-2021-03"),
        ("RR", 2021, ["RR-2021-02", "RR-2021-07", "RR-2021-03"], "RR-2021-08"),
        ("RR", 2022, ["RR-2021-09", "LR-2022-05"], "RR-2022-01"),
        ("RR", 2021, [" rr-2021-4 "], "RR-2021-05"),
        ("RR", 2021, ["RR-2021-99"], "RR-2021-100"),
        ("RR", 2021, ["RR-2021-03/2", "XRR-2021-04", "RR-2021-x", ""], "RR-2021-01"),
        ("AG", None, ["AG-003", "AG-2021-09"], "AG-004"),
        ("A.G", None, ["AXG-003"], "A.G-001"),
        ("AG", None, ["AG-999"], "AG-1000"),
    ],
)
def test_next_reference(prefix: str, year: int | None, taken: list[str], expected: str) -> None:
    assert next_reference(prefix, year, iter(taken)) == expected


def test_people_expect_two_before_ten() -> None:
    expected = [
        "AG-002",
        "AG-10",
        "RR-2021-02",
        "RR-2021-9",
        "RR-2021-10",
        "RR-2021-10/2",
        "rr-2022-1",
    ]
    backwards = expected[::-1]
    assert sorted(backwards, key=sort_key) == expected


def test_any_reference_can_be_sorted() -> None:
    odd = ["", "7", "Child R", "9" * 10_000, "0", "🙂", "٣"]
    assert sorted(odd, key=sort_key)[:4] == ["", "0", "7", "9" * 10_000]


@given(st.sets(st.integers(1, 500)), st.one_of(st.none(), st.integers(2000, 2099)))
def test_a_next_reference_is_new_and_last(numbers: set[int], year: int | None) -> None:
    stem = "RR" if year is None else f"RR-{year}"
    taken = [f"{stem}-{number}" for number in numbers]
    reference = next_reference("RR", year, taken)
    assert reference not in taken
    assert sorted([*taken, reference], key=sort_key)[-1] == reference
    assert next_reference("RR", year, [*taken, reference]) != reference
