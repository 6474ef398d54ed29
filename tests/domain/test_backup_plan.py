from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscb_desktop.domain.backup_plan import (
    ALL_DAYS,
    DAYS,
    INTERVAL,
    MONTHS,
    WEEKS,
    BackupName,
    is_aged,
    is_time,
    kept,
    read_name,
)
from tests.conftest import NOW

moments = st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1))  # noqa: DTZ001
histories = st.frozensets(moments, max_size=120)


def working_life(first: date, days: int, skipped: frozenset[int], hours: int) -> list[datetime]:
    """The backups of some months of work, a few on most days, oldest first."""
    return [
        datetime.combine(first + timedelta(days=day), time(9 + 3 * hour))
        for day in range(days)
        if day not in skipped
        for hour in range(hours)
    ]


@given(histories)
def test_thinning_only_takes_away_and_never_the_newest(history: frozenset[datetime]) -> None:
    left = kept(history)
    assert left <= history
    assert not history or max(history) in left


@given(histories)
def test_thinning_what_is_thinned_takes_nothing_more(history: frozenset[datetime]) -> None:
    assert kept(kept(history)) == kept(history)


@given(histories)
def test_so_many_days_weeks_and_months_are_kept_and_no_more(history: frozenset[datetime]) -> None:
    left = kept(history)
    if not history:
        return
    newest = max(history).date()
    older = [moment for moment in left if (newest - moment.date()).days >= ALL_DAYS]
    assert len(older) <= DAYS + WEEKS + MONTHS
    assert all(count == 1 for count in Counter(moment.date() for moment in older).values())
    recent = {moment for moment in history if (newest - moment.date()).days < ALL_DAYS}
    assert recent <= left


@given(histories)
def test_the_last_backup_of_each_of_the_newest_days_is_kept(
    history: frozenset[datetime],
) -> None:
    last = {moment.date(): moment for moment in sorted(history)}
    for day in sorted(last)[-DAYS:]:
        assert last[day] in kept(history)


@settings(max_examples=60)
@given(
    st.dates(date(2015, 1, 1), date(2035, 1, 1)),
    st.integers(1, 500),
    st.frozensets(st.integers(1, 500), max_size=40),
    st.integers(1, 3),
)
def test_a_life_thinned_after_each_backup_reaches_back_without_a_hole(
    first: date, days: int, skipped: frozenset[int], hours: int
) -> None:
    life = working_life(first, days, skipped, hours)
    left: frozenset[datetime] = frozenset()
    for moment in life:
        left = kept(left | {moment})
    newest = max(life)
    reach = newest - timedelta(days=DAYS + 7 * (WEEKS - 1) + 28 * (MONTHS - 2))
    assert min(left) - max(min(life), reach) <= timedelta(days=62)
    for earlier, later in pairwise(sorted(left)):
        gone = [moment for moment in life if earlier.date() < moment.date() < later.date()]
        age = (newest - earlier).days
        most = 0 if age <= DAYS else 13 if age <= DAYS + 7 * (WEEKS - 1) else 62
        assert len(gone) <= most * hours


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    moments.map(lambda moment: moment.replace(second=0, microsecond=0)),
    st.sampled_from(["", "before import", "before upgrade", "replaced"]),
    st.integers(1, 400),
)
def test_a_name_tells_what_it_was_made_of(
    stem: str, made_at: datetime, occasion: str, number: int
) -> None:
    name = BackupName(stem, made_at, occasion, number)
    assert read_name(name.written()) == name


@pytest.mark.parametrize(
    "name",
    [
        "Reviews.oscb",
        "Reviews 2022-03-25.oscb",
        "Reviews 2022-13-25 1558.oscb",
        "Reviews 2022-03-25 2560.oscb",
        "Reviews 2022-03-25 1558.oscb.part",
        "Reviews 2022-03-25 1558.pdf",
        " 2022-03-25 1558.oscb",
        "Reviews ٢٠٢٢-03-25 1558.oscb",
    ],
)
def test_other_names_are_not_taken_for_copies(name: str) -> None:
    assert read_name(name) is None


def test_a_safety_copy_may_name_the_second() -> None:
    name = read_name("Reviews before import 2022-03-25 155801 2.oscb")
    assert name == BackupName(
        "Reviews", NOW.replace(hour=15, minute=58, second=1), "before import", 2
    )


def test_a_file_that_was_a_backup_itself_has_backups_of_its_own() -> None:
    name = read_name("Reviews 2022-03-25 1558 2022-03-26 0900.oscb")
    assert name is not None
    assert name.stem == "Reviews 2022-03-25 1558"


def test_copies_of_one_minute_are_ordered_by_their_number() -> None:
    first, second = (BackupName("R", NOW, "", number) for number in (2, 11))
    assert first.order() < second.order() < BackupName("R", NOW + timedelta(minutes=1)).order()


@pytest.mark.parametrize(
    ("ago", "due"),
    [(INTERVAL, True), (INTERVAL - timedelta(seconds=1), False), (-timedelta(days=900), True)],
)
def test_a_backup_is_due_after_half_an_hour_and_when_the_clock_was_wrong(
    ago: timedelta, due: bool
) -> None:
    assert is_time(NOW - ago, NOW) is due
    assert is_time(None, NOW)


def test_a_safety_copy_is_kept_for_a_year() -> None:
    assert not is_aged(NOW - timedelta(days=365), NOW)
    assert is_aged(NOW - timedelta(days=367), NOW)
