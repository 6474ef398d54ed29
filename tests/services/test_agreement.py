from __future__ import annotations

import pytest

from oscb_desktop.errors import InvalidRecord
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.services.acts import change, faults, row_of


def test_an_action_answers_a_recommendation_of_its_own_review(store: Store) -> None:
    recommendation = make(store, "recommendation")
    other = make(store, "review")
    assert faults(store, "action", review=other, recommendation=recommendation) == {
        "recommendation": "Recommendation: choose from those of the same review as this record."
    }
    action = make(store, "action", recommendation=recommendation)
    with pytest.raises(InvalidRecord, match="Actions refer to it, so it stays with its review"):
        change(store, "recommendation", recommendation, review=other)
    with pytest.raises(InvalidRecord, match="Recommendation: choose from those of the same"):
        change(store, "action", action, review=other)
    change(store, "action", action, review=other, recommendation=None)


def test_a_limb_is_one_of_the_recommendation(store: Store) -> None:
    limb = make(store, "limb")
    recommendation = row_of(store, "limb", limb).values["recommendation"]
    review = row_of(store, "recommendation", int(str(recommendation))).values["review"]
    second = make(store, "recommendation", review=review, number=2)
    for other in (second, None):
        assert "limb" in faults(store, "action", review=review, recommendation=other, limb=limb)
    make(store, "action", limb=limb)


def test_a_recommendation_rests_on_findings_of_its_own_review(store: Store) -> None:
    findings = (make(store, "finding"), make(store, "finding"))
    review = row_of(store, "finding", findings[0]).values["review"]
    assert "findings" in faults(store, "recommendation", review=review, findings=findings)
    make(store, "recommendation", findings=findings[:1])
    with pytest.raises(InvalidRecord, match="Recommendations refer to it"):
        change(store, "finding", findings[0], review=make(store, "review"))


@pytest.mark.parametrize(("kind", "field"), [("review", "arose_from"), ("agency", "successor")])
def test_nothing_comes_from_itself(store: Store, kind: str, field: str) -> None:
    first = make(store, kind)
    second = make(store, kind, **{field: first})
    third = make(store, kind, **{field: second})
    for origin in (first, second, third):
        with pytest.raises(InvalidRecord, match="cannot lead back to the same record"):
            change(store, kind, first, **{field: origin})
    change(store, kind, third, **{field: first})
