from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.rule_sets import RuleSet, load_rule_sets, rule_set_named, rule_set_on
from oscb_desktop.domain.statutory_clock import ClockName
from oscb_desktop.errors import UserError


@pytest.mark.parametrize(
    ("day", "key"),
    [
        ("2013-05-01", "wt2018"),  # before the first, the first
        ("2018-07-04", "wt2018"),
        ("2021-06-03", "wt2018"),
        ("2023-12-14", "wt2018"),
        ("2023-12-15", "wt2023"),
        ("2030-01-01", "wt2023"),
    ],
)
def test_the_rule_set_of_a_day(day: str, key: str) -> None:
    backwards = load_rule_sets()[::-1]
    assert rule_set_on(date.fromisoformat(day), backwards).key == key


@pytest.mark.parametrize("rules", load_rule_sets(), ids=lambda rules: rules.key)
def test_each_clock_has_its_limit_and_its_source(rules: RuleSet) -> None:
    known = set(ClockName)
    if rules.care_leaver_death_working_days is None:
        known.discard(ClockName.CARE_LEAVER_DEATH)
    assert set(rules.sources) == known
    assert all(rules.sources.values())
    assert (rules.notification_working_days, rules.rapid_review_working_days) == (5, 15)
    assert (rules.publication_months, rules.pre_publication_working_days) == (6, 7)
    assert (rules.panel_reply_working_days, rules.availability_months) == (15, 12)
    assert rules.looked_after_death_working_days == 5


def test_a_care_leaver_s_death_is_told_since_2023() -> None:
    limits = {rules.key: rules.care_leaver_death_working_days for rules in load_rule_sets()}
    assert limits == {"wt2018": None, "wt2023": 5}


def test_rule_sets_by_name() -> None:
    assert rule_set_named("wt2023").name == "Working Together 2023"
    with pytest.raises(UserError, match="There are: wt2018, wt2023"):
        rule_set_named("wt1999")
