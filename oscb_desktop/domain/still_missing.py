"""What a review lacks of its stage and of all before it, and where each is put right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from oscb_desktop.domain.lacks import Missing, Rules, empty, of_review
from oscb_desktop.domain.lacks_of_full import FULL, FULL_OVER
from oscb_desktop.domain.lacks_of_rapid import RAPID, RAPID_OVER
from oscb_desktop.domain.stages import LCSPR, StageFacts, stage_of

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Missing", "missing"]


def missing(
    facts: StageFacts, today: date, *, is_late: bool = False, late_plan: str = ""
) -> tuple[Missing, ...]:
    """Return what is missing: what the next stage waits for first, then what earlier ones asked.

    ``is_late`` says that a statutory day of the review has passed, and ``late_plan`` how long after
    it publication is planned: then the reason is asked for. Of a review that is over nothing is
    asked but what the law does.
    """
    stage = stage_of(facts, today)
    found = [*_of_the_pause(facts), *_of_the_delay(facts, is_late, late_plan)]
    name = stage.within or stage.name
    steps, over = (RAPID, RAPID_OVER) if facts.is_rapid else (FULL, FULL_OVER)
    at = next((at for at, step in enumerate(steps) if step[0] is name), None)
    if at is None:
        found += _asked(facts, [step for step in over if step[0] is name], is_earlier=True)
    else:
        found += _asked(facts, steps[at : at + 1])
        found += _asked(facts, steps[:at], is_earlier=True)
    first = {one.sentence: one for one in reversed(found)}
    return tuple(dict.fromkeys(first[one.sentence] for one in found))


def _asked(facts: StageFacts, steps: Iterable[Rules], *, is_earlier: bool = False) -> list[Missing]:
    found = [one for _stage, rules in steps for rule in rules for one in rule(facts)]
    return [replace(one, is_earlier=is_earlier) for one in found]


def _of_the_pause(facts: StageFacts) -> Iterator[Missing]:
    """Ask whether the Panel and the Secretary of State know why it waits (Working Together)."""
    pause = facts.pause
    if pause is not None and not pause.panel_told:
        yield Missing("The Panel has not been told of the pause.", "pause", "panel_told_on")
    if pause is not None and not pause.secretary_told:
        sentence = "The Secretary of State has not been told of the pause."
        yield Missing(sentence, "pause", "secretary_told_on")


def _of_the_delay(facts: StageFacts, is_late: bool, late_plan: str) -> Iterator[Missing]:
    if not facts.is_ours:
        return
    if facts.is_rapid:
        if is_late and facts.sent_to_panel_on:
            yield from empty(facts, [("late_reason", "Why it was late is not recorded.")])
        return
    settled = facts.published_on is not None or facts.publication == "not_published"
    delayed = is_late or late_plan or facts.delayed_by or facts.publication == "delayed"
    if settled or facts.kind != LCSPR or not delayed or facts.finished_on:
        return
    if facts.delay_told_on is None and (facts.pause is None or not facts.pause.is_told):
        yield from _of_the_reasons(facts, late_plan)
    if not facts.delayed_by:
        yield of_review("What delays publication is not recorded.", "delay_reasons")


def _of_the_reasons(facts: StageFacts, late_plan: str) -> Iterator[Missing]:
    """Ask to tell of the delay; of a pause it is asked by itself, unless the plan is too late."""
    if late_plan:
        why = "tell the Panel and the Secretary of State why"
        yield of_review(f"{late_plan[:1].upper()}{late_plan[1:]}: {why}.", "delay_told_on")
    elif facts.pause is None:
        sentence = "The Panel and the Secretary of State have not been told of the delay."
        yield of_review(sentence, "delay_told_on")
