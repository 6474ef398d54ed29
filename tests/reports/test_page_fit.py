"""How large a short document is set: one page, two well filled, or too long by so many lines."""

from __future__ import annotations

from oscb_desktop.reports.page_fit import Built, Sizes, fitted

SIZES = Sizes((1.2, 1.1, 1.0), alone=1.1)
PAGE = 700.0


def told(*built: tuple[int, float]) -> tuple[float, Built]:
    """Return the density that is chosen where the sizes take so many pages, the last so full."""
    by_size = dict(zip(SIZES.densities, built, strict=True))
    chosen = []

    def build(size: float) -> Built:
        pages, filled = by_size[size]
        chosen.append(size)
        return Built(str(size).encode(), pages, filled, filled * PAGE)

    found = fitted(build, SIZES)
    assert len(chosen) == len(set(chosen)), "nothing is laid out twice"
    return float(found.data), found


def test_one_page_is_set_as_large_as_it_stays_one() -> None:
    assert told((1, 0.9), (1, 0.8), (1, 0.7))[0] == 1.2
    assert told((2, 0.2), (1, 0.9), (1, 0.8))[0] == 1.1


def test_two_pages_of_large_letters_are_better_than_one_of_small_ones() -> None:
    assert told((2, 0.5), (2, 0.3), (1, 0.9))[0] == 1.2


def test_no_few_lines_stand_alone_on_a_page() -> None:
    assert told((2, 0.05), (2, 0.04), (1, 1.0))[0] == 1.0
    assert told((2, 0.05), (2, 0.4), (2, 0.3))[0] == 1.1


def test_where_every_size_leaves_a_few_lines_the_largest_is_taken() -> None:
    assert told((2, 0.1), (2, 0.08), (2, 0.05))[0] == 1.2


def test_it_shrinks_to_spare_a_third_page() -> None:
    assert told((3, 0.5), (3, 0.1), (2, 0.9))[0] == 1.0
    assert told((3, 0.5), (2, 0.9), (2, 0.8))[1].lines_over == 0


def test_what_is_too_long_says_by_how_many_lines() -> None:
    size, found = told((4, 0.5), (3, 0.8), (3, 145 / PAGE))
    assert (size, found.pages, found.lines_over) == (1.0, 3, 10)
    assert told((5, 0.5), (4, 0.8), (4, 145 / PAGE))[1].lines_over == 58
