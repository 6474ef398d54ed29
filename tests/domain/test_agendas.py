"""The templates of agendas: one for each kind of meeting, made of what the program knows."""

from __future__ import annotations

from oscb_desktop.domain.agendas import OVERDUE, REVIEWS, agenda_templates
from oscb_desktop.domain.codes import code_list


def test_every_kind_of_meeting_has_a_template_and_nothing_else_has() -> None:
    assert list(agenda_templates()) == [entry.code for entry in code_list("meeting_kind").codes]


def test_what_a_template_names_exists() -> None:
    bodies = {entry.code for entry in code_list("body").codes}
    for kind, template in agenda_templates().items():
        assert template.body in {"", *bodies}, kind
        assert template.items
        assert len(set(template.items)) == len(template.items)
        standing = {item for item in template.items if item.startswith("{")}
        assert standing <= {REVIEWS, OVERDUE}, kind


def test_the_subgroup_looks_at_reviews_and_late_actions_each_time() -> None:
    assert {REVIEWS, OVERDUE} <= set(agenda_templates()["subgroup"].items)
