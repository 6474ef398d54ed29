from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event, insert

from oscb_desktop.database.engine import for_writing
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.database.models.reviews import Review, review_themes
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.records import (
    choices,
    first_id,
    id_by_key,
    ids_linking,
    record,
    record_by_key,
    records,
    records_of,
    singleton,
    title_of,
    titles,
    withdrawn_together,
)
from oscb_desktop.services.records import add
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work
from tests.factories import make
from tests.services.acts import Doing, row_of, withdraw


def test_a_record_is_read_with_its_values_and_the_titles_of_its_links(store: Store) -> None:
    themes = (make(store, "theme", name="Neglect"), make(store, "theme", name="Exploitation"))
    incident = make(store, "incident", known_as="Child M")
    review = make(store, "review", incident=incident, themes=themes, criteria_met=True)
    row = row_of(store, "review", review)
    assert (row.kind, row.id, row.version, row.withdrawn_at) == ("review", review, 1, None)
    assert row.title == "RR-2021-01 Child M"
    assert set(row.values) == set(record_kind("review").names)
    assert row.words("themes") == "Neglect; Exploitation"
    assert row.words("incident") == "IN-2022-01 Child M"
    assert row.words("started_on") == "10 May 2021"
    assert row.words("kind") == "Rapid review"
    assert row.words("criteria_met") == "Yes"
    assert row.words("dissent") == row.words("children") == ""
    with pytest.raises(KeyError):
        row.words("unheard_of")


def test_a_record_that_is_not_there_is_none(store: Store) -> None:
    assert store.read(record, "review", 1) is None
    assert store.read(record_by_key, "review", "RR-2021-01") is None
    assert store.read(title_of, "review", 1) == ""


def test_the_bin_is_read_only_when_it_is_asked_for(store: Store) -> None:
    kept, gone = make(store, "theme", name="Kept"), make(store, "theme", name="Gone")
    withdraw(store, "theme", gone)
    assert [row.id for row in store.read(records, "theme")] == [kept]
    assert [row.id for row in store.read(lambda s: records(s, "theme", withdrawn=True))] == [gone]
    assert [choice.id for choice in store.read(choices, "theme")] == [kept]
    assert store.read(titles, "theme") == {kept: "Kept"}
    assert store.read(titles, "theme", [gone, 99]) == {gone: "Gone"}
    assert store.read(id_by_key, "theme", "Gone") is None
    assert store.read(record, "theme", gone) is not None


def test_records_of_one_owner(store: Store) -> None:
    first, second = make(store, "review"), make(store, "review")
    found = [make(store, "finding", review=first, number=number) for number in (1, 2)]
    make(store, "finding", review=second)
    rows = store.read(lambda session: records(session, "finding", owner=first))
    assert [row.id for row in rows] == found


def test_records_come_in_the_order_that_people_expect(store: Store) -> None:
    review = make(store, "review")
    for number in (10, 9, 1):
        make(store, "finding", review=review, number=number)
    assert [row.values["number"] for row in store.read(records, "finding")] == [1, 9, 10]
    for name in ("Theme 10", "theme 9", "Alpha"):
        make(store, "theme", name=name)
    assert [row.title for row in store.read(records, "theme")] == ["Alpha", "theme 9", "Theme 10"]
    assert [choice.title for choice in store.read(choices, "theme")] == [
        "Alpha",
        "theme 9",
        "Theme 10",
    ]
    action = make(store, "action", review=review)
    for day in (date(2022, 3, 1), date(2021, 12, 31), date(2022, 3, 1)):
        make(store, "progress_note", action=action, noted_on=day)
    days = [(row.values["noted_on"], row.id) for row in store.read(records, "progress_note")]
    assert days == sorted(days, key=lambda pair: (str(pair[0]), pair[1]))


@pytest.mark.parametrize(
    "typed", ["Éloïse's law", "éloïse's LAW", "  Éloïse's   law ", "ÉLOÏSE'S LAW"]
)
def test_a_record_is_found_by_its_name_whatever_its_capitals(store: Store, typed: str) -> None:
    theme = make(store, "theme", name="Éloïse's law")
    make(store, "theme", name="Another law")
    assert store.read(id_by_key, "theme", typed) == theme
    row = store.read(record_by_key, "theme", typed)
    assert row is not None
    assert row.id == theme


def test_a_reference_is_found_whatever_its_capitals(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-03")
    for typed in ("rr-2021-03", "RR-2021-03", " Rr-2021-03 "):
        assert store.read(id_by_key, "review", typed) == review
    for typed in ("RR-2021-3", "RR-2021-0_", "%", "", "RR-2021-03'--"):
        assert store.read(id_by_key, "review", typed) is None


def test_a_long_title_is_cut_and_has_no_lines(store: Store) -> None:
    made = make(store, "recommendation", text="Offer\nhelp " * 100)
    title = row_of(store, "recommendation", made).title
    assert len(title) == 160
    assert title.endswith("…")
    assert "\n" not in title
    assert store.read(title_of, "recommendation", made) == title


def test_the_one_record_of_its_kind(store: Store) -> None:
    row = store.read(singleton, "organisation")
    assert row is not None
    assert row.id == store.read(first_id, "organisation")
    assert store.read(singleton, "theme") is None


def test_who_links_to_a_record(store: Store) -> None:
    theme = make(store, "theme")
    reviews = [make(store, "review", themes=(theme,)) for _ in range(2)]
    withdraw(store, "review", reviews[0])
    kind = record_kind("review")
    assert store.read(ids_linking, kind, kind.field("themes"), theme) == (reviews[1],)


def test_what_went_to_the_bin_together(store: Store) -> None:
    note = make(store, "progress_note")
    action = int(str(row_of(store, "progress_note", note).values["action"]))
    withdraw(store, "action", action)
    together = {("action", action), ("progress_note", note)}
    assert set(store.read(withdrawn_together, "action", action)) == together
    assert set(store.read(withdrawn_together, "progress_note", note)) == together


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """Collect the statements that are run meanwhile."""
    run: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        run.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    yield run
    event.remove(store._engine, "before_cursor_execute", note)


@pytest.fixture
def many(store: Store) -> Store:
    """A file of 5,000 reviews, each with two of 1,200 themes."""
    reviews = [
        {
            "id": number,
            "version": 1,
            "reference": f"RR-2021-{number:04d}",
            "kind": "rapid_review",
            "known_as": "Child M",
            "role": "sole",
            "started_on": date(2021, 5, 10),
        }
        for number in range(1, 5001)
    ]
    themes = [{"id": n, "version": 1, "name": f"Theme {n}"} for n in range(1, 1201)]
    pairs = [
        {"review_id": review, "theme_id": theme}
        for review in range(1, 5001)
        for theme in (review % 1200 + 1, (review + 7) % 1200 + 1)
    ]
    with for_writing(store._engine).begin() as connection:
        connection.execute(insert(Theme), themes)
        connection.execute(insert(Review), reviews)
        connection.execute(insert(review_themes), pairs)
    return store


def test_records_come_in_the_order_of_their_ids_however_many(many: Store) -> None:
    wanted = list(range(1200, 0, -1))
    found = many.read(records_of, "theme", [*wanted, 9999])
    assert [row.id for row in found] == wanted
    assert (found[0].title, found[-1].title) == ("Theme 1200", "Theme 1")


def test_many_records_take_as_few_queries_as_one(many: Store) -> None:
    with counted(many) as run:
        rows = many.read(records, "review")
    whole = len(run)
    with counted(many) as run:
        row_of(many, "review", 1)
    assert whole == len(run)
    assert len(rows) == 5000
    assert all(len(str(row.words("themes")).split("; ")) == 2 for row in rows)
    assert rows[0].values == row_of(many, "review", 1).values


def test_each_row_added_in_a_step_costs_the_same_few_queries(store: Store) -> None:
    agency = make(store, "agency")

    def people(number: int) -> Doing:
        def bring(work: Work) -> None:
            for one in range(number):
                add(work, "person", {"name": f"Person {number} {one}", "agency": agency})

        return Doing(bring)

    with counted(store) as few:
        store.write(people(10))
    with counted(store) as more:
        store.write(people(20))
    each = (len(more) - len(few)) / 10
    assert each <= 5, "key, row, two of the index; the link is asked once"
