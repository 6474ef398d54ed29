"""The composite plan: a lesson stands once, and an action counts once."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.composite import NO_THEME, CompositeRows, composite
from oscb_desktop.services.likeness import JudgeLikeness
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()


def plan(store: Store) -> CompositeRows:
    return store.read(composite, TODAY)


def told(store: Store) -> dict[str, list[tuple[str, list[str]]]]:
    return {
        theme.name: [
            (lesson.references, [action.reference for action in lesson.actions])
            for lesson in theme.lessons
        ]
        for theme in plan(store).themes
    }


def recommendation(store: Store, reference: str, *themes: int) -> int:
    return make(store, "recommendation", reference=reference, themes=themes)


def test_recommendations_stand_under_each_of_their_themes(store: Store) -> None:
    neglect, fathers = make(store, "theme", name="Neglect"), make(store, "theme", name="Fathers")
    first = recommendation(store, "R1", neglect, fathers)
    recommendation(store, "R2")
    make(store, "action", reference="A-1", recommendation=first, due_on=date(2022, 3, 1))
    assert told(store) == {
        "Fathers": [("R1", ["A-1"])],
        "Neglect": [("R1", ["A-1"])],
        NO_THEME: [("R2", [])],
    }
    assert plan(store).words() == (
        "2 recommendations teach 2 lessons; "
        "they are served by 1 action, 1 open, of which 1 overdue."
    )


def test_the_same_lesson_is_one_line_under_the_themes_of_both(store: Store) -> None:
    neglect, fathers = make(store, "theme", name="Neglect"), make(store, "theme", name="Fathers")
    one, other = recommendation(store, "R1", neglect), recommendation(store, "R2", fathers)
    for at, (reference, owner) in enumerate((("A-2", one), ("A-1", other))):
        make(store, "action", reference=reference, recommendation=owner, text=f"Do {at}.")
    store.write(JudgeLikeness(one, other, "same"))
    line = [("R1 and R2", ["A-1", "A-2"])]
    assert told(store) == {"Fathers": line, "Neglect": line}
    assert (plan(store).recommendations, plan(store).lessons) == (2, 1)


def test_an_action_that_serves_two_stands_under_each_and_counts_once(store: Store) -> None:
    one, other = recommendation(store, "R1"), recommendation(store, "R2")
    make(store, "action", reference="A-1", recommendation=one, also_serves=(other,))
    assert told(store) == {NO_THEME: [("R1", ["A-1"]), ("R2", ["A-1"])]}
    assert len(plan(store).actions) == 1
    assert [lesson.shared for lesson in plan(store).themes[0].lessons] == [("A-1",), ("A-1",)]


def test_what_is_in_the_bin_is_not_in_the_plan(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    one, other = recommendation(store, "R1", theme), recommendation(store, "R2", theme)
    store.write(JudgeLikeness(one, other, "same"))
    action = make(store, "action", reference="A-1", recommendation=one)
    store.write(WithdrawRecord("action", action, 1))
    (held,) = plan(store).themes
    assert [row.reference for row in held.lessons[0].recommendations] == ["R1", "R2"]
    assert plan(store).actions == ()


def test_an_empty_file_has_an_empty_plan(store: Store) -> None:
    assert (plan(store).themes, plan(store).lessons) == ((), 0)
