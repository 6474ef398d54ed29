from __future__ import annotations

import re
from collections import Counter

import pytest

from oscb_desktop.domain.codes import CodeList, code_list, code_lists, label_of
from oscb_desktop.domain.fields.registry import RECORD_KINDS

# Codes that rules, figures and forms rely on by name.
RELIED_ON = {
    "review_kind": "rapid_review lcspr scr partnership_learning contribution single_agency thematic"
    " national",
    "review_role": "sole lead joint contributor",
    "notified_by": "us other_authority",
    "notify_view": "notify do_not_notify undecided",
    "notify_decision": "notify do_not_notify undecided",
    "incident_nature": "child_death serious_harm other looked_after_death_no_abuse"
    " care_leaver_death",
    "rule_set": "wt2018 wt2023",
    "referral_source": "childrens_social_care health police education neighbouring_partnership",
    "panel_response": "agrees_no_lcspr agrees_lcspr disagrees_should_be disagrees_not_needed"
    " clarification quality_concern national_review",
    "rapid_decision": "lcspr rapid_review_learning partnership_learning single_agency audit"
    " no_further_action",
    "child_outcome": "died seriously_harmed harmed not_harmed",
    "csc_status": "none referral early_help child_in_need child_protection looked_after care_leaver"
    " closed not_known",
    "sex": "female male not_known",
    "placement_area": "in_county out_of_county",
    "limb_scope": "local regional national",
    "action_scope": "single_agency multi_agency regional national",
    "delivery_status": "not_started in_progress complete no_longer_required",
    "assurance_level": "none evidence_received evidence_accepted impact_shown embedded",
    "audience": "practitioner system_leader national",
    "evidence_kind": "policy audit training supervision survey data case_file feedback other",
    "recommendation_response": "accepted accepted_in_part not_accepted awaiting",
    "publication_outcome": "full_report anonymous summary_only improvements_only not_published"
    " delayed",
    "statutory_partner": "local_authority health police",
    "body": "cspr_subgroup executive partnership",
    "membership_role": "chair vice_chair member adviser secretary",
    "yes_no_not_known": "yes no not_known",
    "harm_type": "physical neglect emotional sexual_intrafamilial sexual_extrafamilial"
    " criminal_exploitation self_harm",
    "harmed_by": "mother father male_carer female_carer male_relative",
}
DECLARED = {
    field.codes: f"{kind.name}.{field.name}"
    for kind in RECORD_KINDS.values()
    for field in kind.fields
    if field.codes
}
ALL = sorted(code_lists().values(), key=lambda listed: listed.name)


def test_every_list_a_field_names_exists_and_no_other_does() -> None:
    assert set(code_lists()) == set(DECLARED)


@pytest.mark.parametrize("listed", ALL, ids=lambda listed: listed.name)
def test_a_typed_code_or_label_means_one_entry(listed: CodeList) -> None:
    meant: Counter[str] = Counter()
    for entry in listed.codes:
        meant.update({entry.code.casefold(), entry.label.casefold()})
    assert [word for word, times in meant.items() if times > 1] == []
    assert all(listed.find(entry.label.upper()) == entry for entry in listed.codes)
    shorts = [entry for entry in listed.codes if entry.short]
    assert all(listed.find(entry.short) == entry for entry in shorts)


@pytest.mark.parametrize("listed", ALL, ids=lambda listed: listed.name)
def test_codes_are_stable_words_and_labels_are_tidy(listed: CodeList) -> None:
    assert listed.codes
    assert listed.label
    assert listed.source
    for entry in listed.codes:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", entry.code)
        assert entry.label == " ".join(entry.label.split())
        assert entry.label[0].isupper()


@pytest.mark.parametrize("name", sorted(RELIED_ON))
def test_codes_that_rules_rely_on_are_there(name: str) -> None:
    codes = {entry.code for entry in code_list(name).codes}
    assert set(RELIED_ON[name].split()) <= codes


def test_defaults_are_codes_of_their_list() -> None:
    wrong = [
        f"{kind.name}.{field.name}"
        for kind in RECORD_KINDS.values()
        for field in kind.fields
        if field.codes and field.default and label_of(field.codes, field.default) == field.default
    ]
    assert wrong == []


def test_conditions_name_codes_of_the_field_they_depend_on() -> None:
    for kind in RECORD_KINDS.values():
        for field in kind.fields:
            if field.when and (name := kind.field(field.when.field).codes):
                assert set(field.when.codes) <= {entry.code for entry in code_list(name).codes}


def test_abbreviations_of_review_kinds_are_all_different() -> None:
    shorts = [entry.short for entry in code_list("review_kind").codes]
    assert shorts == ["RR", "LR", "SCR", "PLR", "CON", "SGL", "THR", "NAT"]


def test_ethnicity_is_the_harmonised_list_of_nineteen_with_two_for_none_given() -> None:
    listed = code_list("ethnicity").codes
    groups = Counter(entry.group for entry in listed)
    assert list(groups.values()) == [5, 4, 5, 3, 2, 2]
    assert len({entry.label for entry in listed}) == 21


def test_groups_stand_together() -> None:
    for listed in ALL:
        headings = [entry.group for entry in listed.codes]
        runs = [
            heading
            for place, heading in enumerate(headings)
            if place == 0 or headings[place - 1] != heading
        ]
        assert len(runs) == len(set(runs)), listed.name


def test_a_code_of_an_older_list_is_shown_as_it_is() -> None:
    assert code_list("sex").label_of("transgender") == "transgender"
    assert label_of("sex", "female") == "Female"
    assert code_list("sex").find("  FEMALE ") == code_list("sex").codes[0]
    assert code_list("sex").find("woman") is None
    assert code_list("sex").find("") is None
    found = code_list("review_kind").find("rr")
    assert found is not None
    assert found.code == "rapid_review"


def test_codes_are_put_in_the_order_of_the_list_without_repeats() -> None:
    order = code_list("harm_type").in_order(("self_harm", "neglect", "zz_old", "neglect"))
    assert order == ("neglect", "self_harm", "zz_old")
