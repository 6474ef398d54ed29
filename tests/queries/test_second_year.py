"""A year of chance: every figure equals an independent count of the tables in plain SQL."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from oscb_desktop.database.engine import for_writing, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.paths import resource
from oscb_desktop.queries.figures import Figure, figures
from oscb_desktop.services.store import Store
from tests.conftest import now
from tests.queries.chance_years import YearOfChance

YEAR = ReportingYear.beginning(2021)
TODAY = date(2022, 3, 25)
Told = int | float | dict[str, float] | None

RAPID = """rapid AS (
    SELECT r.*, i.notified_on, i.referral_source, i.nature FROM review r
    LEFT JOIN incident i ON i.id = r.incident_id AND i.withdrawn_at IS NULL
    WHERE r.withdrawn_at IS NULL AND r.kind = 'rapid_review'
    AND coalesce(i.notified_on, r.started_on) BETWEEN :first AND :last)"""
WORKED = """worked AS (
    SELECT * FROM review WHERE withdrawn_at IS NULL AND kind <> 'rapid_review'
    AND started_on <= :last AND coalesce(finished_on, published_on, :first) >= :first)"""
BEFORE = """ended AS (
    SELECT * FROM review WHERE withdrawn_at IS NULL AND kind <> 'rapid_review'
    AND coalesce(published_on, finished_on) BETWEEN :first_before AND :last_before)"""
PUBLISHED = """published AS (
    SELECT * FROM review WHERE withdrawn_at IS NULL AND published_on BETWEEN :first AND :last)"""
CHILD = """c.id, c.family_id, c.sex, c.ethnicity, c.outcome, c.csc_status, c.csc_previous,
    c.harm_types, c.harmed_by, c.age_at_incident AS age,
    CASE WHEN c.age_at_incident LIKE '%y%'
        THEN CAST(substr(c.age_at_incident, 1, instr(c.age_at_incident, 'y') - 1) AS INTEGER)
        WHEN c.age_at_incident = 'unborn' THEN -1
        WHEN c.age_at_incident IS NULL THEN -2 ELSE 0 END AS years"""


def _children(of: str) -> str:
    return f"""kids AS (
    SELECT DISTINCT {CHILD} FROM {of} r JOIN review_children rc ON rc.review_id = r.id
    JOIN child c ON c.id = rc.child_id AND c.withdrawn_at IS NULL)"""


AGE = """CASE WHEN years = -2 THEN 'Not known' WHEN age = 'unborn' THEN 'Unborn'
    WHEN years < 5 THEN 'Under 5' WHEN years < 13 THEN '5 to 12' ELSE '13 and over' END"""
KNOWN_BY = """(coalesce(csc_status, 'not_known') NOT IN ('none', 'early_help', 'not_known')
    OR EXISTS (SELECT 1 FROM json_each(csc_previous)
               WHERE value NOT IN ('none', 'early_help', 'not_known')))"""
LATEST = """(SELECT kind FROM panel_response p WHERE p.review_id = rapid.id
    AND p.withdrawn_at IS NULL ORDER BY received_on DESC, id DESC LIMIT 1)"""
DUE = "(SELECT day FROM workday WHERE day > notified_on ORDER BY day LIMIT 1 OFFSET 14)"
# What is sent on a day off is as late as if it were sent on the next working day.
LATE_BY = f"""((SELECT count(*) FROM workday WHERE day >= {DUE} AND day < sent_to_panel_on)
    * (sent_to_panel_on > {DUE}))"""
SENT = "notified_on IS NOT NULL AND sent_to_panel_on IS NOT NULL"


def _theme(of: str, more: str = "") -> str:
    return f"""SELECT t.name, count(*) FROM {of} r JOIN review_themes rt ON rt.review_id = r.id
    JOIN theme t ON t.id = rt.theme_id AND t.withdrawn_at IS NULL {more} GROUP BY t.name"""


_OF_OLD = """(SELECT t2.id FROM ended e JOIN review_themes rt2 ON rt2.review_id = e.id
    JOIN theme t2 ON t2.id = rt2.theme_id)"""
_COSTS = f"""WITH {WORKED}, cost AS (SELECT sum(l.amount) / 100.0 AS total FROM worked w
    JOIN cost_line l ON l.review_id = w.id AND l.withdrawn_at IS NULL GROUP BY w.id)"""
_ACTION = """SELECT count(*) FROM action a JOIN review r ON r.id = a.review_id
    WHERE a.withdrawn_at IS NULL AND r.withdrawn_at IS NULL"""
_OPEN = """ AND coalesce(a.agreed_on, r.started_on) <= :today
    AND NOT coalesce(a.completed_on <= :today, 0) AND a.delivery <> 'no_longer_required'"""
_MET = """FROM engagement e JOIN review r ON r.id = e.review_id AND r.withdrawn_at IS NULL
    WHERE e.withdrawn_at IS NULL AND coalesce(e.met_on, e.contacted_on) BETWEEN :first AND :last"""
_MEMBER = """FROM membership m JOIN person p ON p.id = m.person_id WHERE m.withdrawn_at IS NULL
    AND m.body = 'cspr_subgroup' AND m.from_on <= :today
    AND (m.to_on IS NULL OR m.to_on >= :today)"""
_BASE = """SELECT value FROM baseline WHERE withdrawn_at IS NULL AND figure = '{}'
    AND year = '2021-22'"""
_DAY = "coalesce(notified_on, aware_on, received_on, happened_on)"


def _by(column: str, code_list_name: str) -> str:
    return f"SELECT {column}, count(*) FROM kids GROUP BY 1 -- {code_list_name}"


def _many(column: str) -> str:
    return f"""SELECT coalesce(j.value, 'not_known'), count(DISTINCT kids.id) FROM kids
    LEFT JOIN json_each(kids.{column}) j GROUP BY 1"""


SQL: Mapping[str, str] = {
    "child_population": _BASE.format("child_population"),
    "children_on_protection_plans": _BASE.format("children_on_protection_plans"),
    "children_cared_for": _BASE.format("children_cared_for"),
    "subgroup_members": f"SELECT count(DISTINCT p.id) {_MEMBER}",
    "subgroup_agencies": f"SELECT count(DISTINCT p.agency_id) {_MEMBER}",
    "rapid_reviews": f"WITH {RAPID} SELECT count(*) FROM rapid",
    "rapid_reviews_recommending_cspr": f"""WITH {RAPID}
        SELECT count(*) FROM rapid WHERE lcspr_commissioned = 1""",
    "rapid_review_referral_sources": f"""WITH {RAPID} SELECT count(DISTINCT referral_source)
        FROM rapid WHERE referral_source <> 'not_known'""",
    "rapid_reviews_by_referral_source": f"""WITH {RAPID}
        SELECT referral_source, count(*) FROM rapid GROUP BY 1""",
    "rapid_reviews_joint": f"WITH {RAPID} SELECT count(*) FROM rapid WHERE role <> 'sole'",
    "rapid_reviews_ours": f"WITH {RAPID} SELECT count(*) FROM rapid WHERE role <> 'contributor'",
    "rapid_reviews_contributed": f"""WITH {RAPID}
        SELECT count(*) FROM rapid WHERE role = 'contributor'""",
    "rapid_reviews_by_role": f"WITH {RAPID} SELECT role, count(*) FROM rapid GROUP BY 1",
    "rapid_reviews_child_death": f"""WITH {RAPID} SELECT count(*) FROM rapid WHERE nature IN
        ('child_death', 'looked_after_death_no_abuse', 'care_leaver_death') OR EXISTS
        (SELECT 1 FROM review_children rc JOIN child c ON c.id = rc.child_id
         WHERE rc.review_id = rapid.id AND c.withdrawn_at IS NULL AND c.outcome = 'died')""",
    "panel_agreed": f"""WITH {RAPID}
        SELECT count(*) FROM rapid WHERE {LATEST} LIKE 'agrees%'""",
    "panel_not_agreed": f"""WITH {RAPID}
        SELECT count(*) FROM rapid WHERE {LATEST} NOT LIKE 'agrees%'""",
    "rapid_reviews_by_panel_reply": f"""WITH {RAPID}
        SELECT coalesce({LATEST}, 'No letter yet'), count(*) FROM rapid GROUP BY 1""",
    "rapid_review_children": f"""WITH {RAPID}, {_children("rapid")} SELECT count(*) FROM kids""",
    "rapid_review_families": f"""WITH {RAPID}, {_children("rapid")}
        SELECT count(DISTINCT family_id) FROM kids""",
    "rapid_review_children_by_age_band": f"""WITH {RAPID}, {_children("rapid")}
        SELECT {AGE}, count(*) FROM kids GROUP BY 1""",
    "rapid_review_babies": f"""WITH {RAPID}, {_children("rapid")}
        SELECT count(*) FROM kids WHERE years = 0""",
    "rapid_review_children_by_sex": f"WITH {RAPID}, {_children('rapid')} {_by('sex', '')}",
    "rapid_review_children_by_ethnicity": f"""WITH {RAPID}, {_children("rapid")}
        {_by("ethnicity", "")}""",
    "rapid_review_children_by_csc_status": f"""WITH {RAPID}, {_children("rapid")}
        {_by("csc_status", "")}""",
    "rapid_review_children_known_to_csc": f"""WITH {RAPID}, {_children("rapid")}
        SELECT count(*) FROM kids WHERE {KNOWN_BY}""",
    "rapid_review_children_by_harm_type": f"""WITH {RAPID}, {_children("rapid")}
        {_many("harm_types")}""",
    "notification_discussions": """SELECT count(*) FROM notification_discussion d
        JOIN incident i ON i.id = d.incident_id AND i.withdrawn_at IS NULL
        WHERE d.withdrawn_at IS NULL AND d.held_on BETWEEN :first AND :last""",
    "notifications_sent": """SELECT count(*) FROM incident WHERE withdrawn_at IS NULL
        AND notified_by = 'us' AND notified_on BETWEEN :first AND :last""",
    "incidents_by_nature": f"""SELECT nature, count(*) FROM incident
        WHERE withdrawn_at IS NULL AND {_DAY} BETWEEN :first AND :last GROUP BY 1""",
    "rapid_reviews_on_time": f"""WITH {RAPID}
        SELECT count(*) FROM rapid WHERE {SENT} AND {LATE_BY} <= 0""",
    "rapid_reviews_late": f"""WITH {RAPID}
        SELECT count(*) FROM rapid WHERE {SENT} AND {LATE_BY} > 0""",
    "rapid_review_days_late_most": f"""WITH {RAPID}
        SELECT max({LATE_BY}) FROM rapid WHERE {SENT} AND {LATE_BY} > 0""",
    "rapid_review_days_late_average": f"""WITH {RAPID} SELECT CASE WHEN count(*) = 0 THEN NULL
        ELSE coalesce(avg(CASE WHEN {LATE_BY} > 0 THEN {LATE_BY} END), 0) END
        FROM rapid WHERE {SENT}""",
    "reviews_worked_on": f"WITH {WORKED} SELECT count(*) FROM worked",
    "reviews_by_kind": f"WITH {WORKED} SELECT kind, count(*) FROM worked GROUP BY 1",
    "reviews_published": f"WITH {PUBLISHED} SELECT count(*) FROM published",
    "review_children": f"WITH {WORKED}, {_children('worked')} SELECT count(*) FROM kids",
    "review_children_died": f"""WITH {WORKED}, {_children("worked")}
        SELECT count(*) FROM kids WHERE outcome = 'died'""",
    "review_children_by_sex": f"WITH {WORKED}, {_children('worked')} {_by('sex', '')}",
    "review_children_by_age_band": f"""WITH {WORKED}, {_children("worked")}
        SELECT {AGE}, count(*) FROM kids GROUP BY 1""",
    "review_children_by_ethnicity": f"WITH {WORKED}, {_children('worked')} {_by('ethnicity', '')}",
    "review_children_by_csc_status": f"""WITH {WORKED}, {_children("worked")}
        {_by("csc_status", "")}""",
    "review_children_by_harm_type": f"WITH {WORKED}, {_children('worked')} {_many('harm_types')}",
    "review_children_known_to_csc": f"""WITH {WORKED}, {_children("worked")}
        SELECT count(*) FROM kids WHERE {KNOWN_BY}""",
    "review_cost_lowest": f"{_COSTS} SELECT min(total) FROM cost",
    "review_cost_highest": f"{_COSTS} SELECT max(total) FROM cost",
    "review_cost_average": f"{_COSTS} SELECT round(avg(total)) FROM cost",
    "themes": f"WITH {WORKED} {_theme('worked')}",
    "themes_year_before": f"WITH {BEFORE} {_theme('ended')}",
    "themes_new": f"WITH {WORKED}, {BEFORE} {_theme('worked', f'WHERE t.id NOT IN {_OF_OLD}')}",
    "themes_repeated": f"WITH {WORKED}, {BEFORE} {_theme('worked', f'WHERE t.id IN {_OF_OLD}')}",
    "themes_together": f"""WITH {WORKED}, held AS (SELECT w.id, t.name FROM worked w
        JOIN review_themes rt ON rt.review_id = w.id
        JOIN theme t ON t.id = rt.theme_id AND t.withdrawn_at IS NULL)
        SELECT a.name || ' + ' || b.name, count(*) FROM held a
        JOIN held b ON a.id = b.id AND a.name < b.name GROUP BY 1""",
    "actions_open": _ACTION + _OPEN,
    "actions_overdue": _ACTION + _OPEN + " AND a.due_on < :today AND a.scope <> 'national'",
    "actions_completed_in_year": _ACTION + " AND a.completed_on BETWEEN :first AND :last",
    "impact_statements": """SELECT count(*) FROM impact
        WHERE withdrawn_at IS NULL AND seen_on BETWEEN :first AND :last""",
    "learning_points_by_audience": f"""WITH {RAPID}, {WORKED}
        SELECT audience, count(*) FROM learning_point l WHERE withdrawn_at IS NULL
        AND EXISTS (SELECT 1 FROM learning_point_reviews lr WHERE lr.learning_point_id = l.id
        AND lr.review_id IN (SELECT id FROM rapid UNION SELECT id FROM worked)) GROUP BY 1""",
    "published_findings": f"""WITH {PUBLISHED} SELECT count(*) FROM finding
        WHERE withdrawn_at IS NULL AND review_id IN (SELECT id FROM published)""",
    "published_recommendations": f"""WITH {PUBLISHED} SELECT count(*) FROM recommendation
        WHERE withdrawn_at IS NULL AND review_id IN (SELECT id FROM published)""",
    "published_national_limbs": f"""WITH {PUBLISHED} SELECT count(*) FROM limb l
        JOIN recommendation r ON r.id = l.recommendation_id AND r.withdrawn_at IS NULL
        WHERE l.withdrawn_at IS NULL AND l.scope <> 'local'
        AND r.review_id IN (SELECT id FROM published)""",
    "practitioner_events": f"""SELECT count(*) {_MET}
        AND e.kind IN ('practitioner_event', 'manager_event')""",
    "practitioners_attended": f"""SELECT coalesce(sum(attended), 0) {_MET}
        AND e.kind IN ('practitioner_event', 'manager_event')""",
    "family_members_asked": f"SELECT count(*) {_MET} AND e.kind IN ('family', 'child')",
    "family_members_took_part": f"""SELECT count(*) {_MET} AND e.kind IN ('family', 'child')
        AND e.response = 'takes_part'""",
    "learning_shared": """SELECT count(*) FROM dissemination
        WHERE withdrawn_at IS NULL AND shared_on BETWEEN :first AND :last""",
    "learning_reached": """SELECT coalesce(sum(reach), 0) FROM dissemination
        WHERE withdrawn_at IS NULL AND shared_on BETWEEN :first AND :last""",
}
"""Of each figure the count in SQL; of a breakdown, each code with its count."""

ELSEWHERE = {
    "rapid_reviews_previous_year": "a baseline or a count, both held below",
    "themes_share": "the themes as a share, held below",
    "rapid_review_children_by_sex_of_who_harmed": "the codes' groups, held below",
}
LISTS = {
    "referral_source": ("rapid_reviews_by_referral_source",),
    "review_role": ("rapid_reviews_by_role",),
    "panel_response": ("rapid_reviews_by_panel_reply",),
    "sex": ("rapid_review_children_by_sex", "review_children_by_sex"),
    "ethnicity": ("rapid_review_children_by_ethnicity", "review_children_by_ethnicity"),
    "csc_status": ("rapid_review_children_by_csc_status", "review_children_by_csc_status"),
    "harm_type": ("rapid_review_children_by_harm_type", "review_children_by_harm_type"),
    "incident_nature": ("incidents_by_nature",),
    "review_kind": ("reviews_by_kind",),
    "audience": ("learning_points_by_audience",),
}


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chance") / "year.oscb"


@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.generate),  # a year is no simpler for being shrunk, only slower
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 9))
def test_every_figure_equals_a_count_in_plain_sql(
    new_file: tuple[Path, FileKey], scratch: Path, seed: int, size: int
) -> None:
    source, key = new_file
    for old in scratch.parent.glob("year.oscb*"):
        old.unlink()
    shutil.copy(source, scratch)
    engine = make_engine(scratch, key)
    try:
        with for_writing(engine).begin() as connection:
            YearOfChance(connection, Random(seed), size).put_all()
        told = {
            entry.name: entry
            for entry in Store(engine, key, scratch, "A. Tester", now).read(figures, YEAR, TODAY)
        }
        assert set(told) == SQL.keys() | ELSEWHERE.keys()
        with engine.connect() as connection:
            _days_off(connection)
            for name in SQL:
                assert _rounded(told[name]) == _counted(connection, name), name
            _hold_the_rest(connection, told)
    finally:
        close_file(engine)


def _days_off(connection: Connection) -> None:
    """Make a table of the working days: weekdays that are no bank holiday."""
    held = tomllib.loads(resource("bank_holidays.toml").read_text("utf-8"))
    off = set(held["holidays"])
    connection.execute(text("CREATE TEMP TABLE workday (day TEXT PRIMARY KEY)"))
    days = (date(2020, 9, 1) + timedelta(days=n) for n in range(1200))
    for day in days:
        if day.weekday() < 5 and str(day) not in off:
            connection.execute(text("INSERT INTO workday VALUES (:day)"), {"day": str(day)})


def _counted(connection: Connection, name: str) -> Told:
    before = YEAR.previous()
    days = {
        "first": str(YEAR.first),
        "last": str(YEAR.last),
        "today": str(TODAY),
        "first_before": str(before.first),
        "last_before": str(before.last),
    }
    query = SQL[name]
    rows = connection.execute(
        text(query), {at: day for at, day in days.items() if f":{at}" in query}
    ).all()
    if rows and len(rows[0]) == 1:
        return None if rows[0][0] is None else round(float(rows[0][0]), 1)
    if not rows and name.startswith("child"):
        return None
    words = _labels(name)
    found: dict[str, float] = {}
    for category, count in rows:
        label = words.get(category, str(category)) if category else "Not known"
        found[label] = found.get(label, 0) + count
    return found


def _labels(name: str) -> dict[str, str]:
    """Return the words for the codes of a breakdown: short ones of ethnicity, else the label."""
    for listed, names in LISTS.items():
        if name in names:
            entries = code_list(listed).codes
            words = {
                entry.code: entry.short if listed == "ethnicity" and entry.short else entry.label
                for entry in entries
            }
            return {**words, "not_known": "Not known"}
    return {}


def _rounded(entry: Figure) -> Told:
    if isinstance(entry.value, Mapping):
        return {name: float(count) for name, count in entry.value.items() if count}
    if entry.value is None:
        return None
    return round(float(entry.value), 1)


def _hold_the_rest(connection: Connection, told: Mapping[str, Figure]) -> None:
    held = connection.execute(
        text(
            "SELECT value FROM baseline WHERE year = '2020-21' AND figure = 'rapid_reviews' "
            "AND withdrawn_at IS NULL"
        )
    ).scalar()
    if held is not None:
        assert told["rapid_reviews_previous_year"].value == held
    total = _counted(connection, "reviews_worked_on")
    themes = _counted(connection, "themes")
    assert isinstance(themes, dict)
    assert isinstance(total, float)
    shares = {name: round(100 * count / total, 1) for name, count in themes.items()}
    assert _rounded(told["themes_share"]) == shares
    groups = {entry.code: entry.group for entry in code_list("harmed_by").codes}
    query = f"""WITH {RAPID}, {_children("rapid")} SELECT kids.id, j.value FROM kids
        LEFT JOIN json_each(kids.harmed_by) j"""
    days = {"first": str(YEAR.first), "last": str(YEAR.last)}
    pairs = {
        (row[0], "Not known" if row[1] in (None, "not_known") else groups[row[1]])
        for row in connection.execute(text(query), days)
    }
    counts: dict[str, float] = {}
    for _, group in pairs:
        counts[group] = counts.get(group, 0) + 1
    assert _rounded(told["rapid_review_children_by_sex_of_who_harmed"]) == counts
