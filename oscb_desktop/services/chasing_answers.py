"""Reading agencies' answers back: first what each would change, beside what the file holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import UserError
from oscb_desktop.queries.chasing import MailingRow, file_mark, held_actions, mailings
from oscb_desktop.services.answer_changes import (
    ApplyAnswers,
    ProposedChange,
    ReturnedSheet,
    TryAnswers,
    in_order,
    named,
)
from oscb_desktop.services.answer_rows import AnsweredRow, AnswerFault
from oscb_desktop.services.store import Store

if TYPE_CHECKING:
    from oscb_desktop.exchange.agency_answer import Answer

__all__ = ["AnswerFault", "AnswersRehearsed", "ApplyAnswers", "ProposedChange", "rehearse_answers"]


@dataclass(frozen=True, slots=True)
class AnswersRehearsed:
    """What some answers would change, what of them cannot be taken, and which sheets they are."""

    changes: tuple[ProposedChange, ...]
    faults: tuple[AnswerFault, ...]
    remarks: tuple[str, ...]
    returned: tuple[ReturnedSheet, ...]

    def without_conflicts(self) -> tuple[ProposedChange, ...]:
        """Return what can be taken without overwriting anything."""
        return tuple(change for change in self.changes if not change.conflict)

    def applying(self, ticked: Iterable[ProposedChange]) -> ApplyAnswers:
        """Return the command that takes these changes and records the sheets as returned."""
        return ApplyAnswers(in_order(ticked), self.returned)


def rehearse_answers(store: Store, paths: Sequence[Path]) -> AnswersRehearsed:
    """Read answers and find out what each would change; nothing is written.

    A file that cannot be read at all is a fault, so that the others are read all the same.
    """
    return _Rehearsal(store).of(paths)


class _Rehearsal:
    """The answers that are read together, while they are read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sent = {row.sheet: row for row in store.read(mailings)}
        self._file = store.read(file_mark)
        self.changes: list[ProposedChange] = []
        self._by_subject: dict[tuple[int, str, str], ProposedChange] = {}
        self.faults: list[AnswerFault] = []
        self.remarks: list[str] = []
        self._returned: dict[str, ReturnedSheet] = {}

    def of(self, paths: Sequence[Path]) -> AnswersRehearsed:
        """Read them all."""
        for path in paths:
            try:
                self._read(path)
            except UserError as refused:
                self.faults.append(AnswerFault(path.name, "", 0, "", refused.sentence))
        self._try()
        newest = {sheet.mailing_id: sheet for sheet in self._returned.values()}
        return AnswersRehearsed(
            tuple(self.changes), tuple(self.faults), tuple(self.remarks), tuple(newest.values())
        )

    def _read(self, path: Path) -> None:
        from oscb_desktop.exchange.agency_answer import read_answer  # slow to import

        answer = read_answer(path)
        if answer.digest in self._returned:
            self.remarks.append(f"{answer.name} is there twice; it is read once.")
            return
        mailing = self._mailing(answer)
        self.remarks += [*answer.remarks, *_told_again(answer, mailing)]
        self.faults += [
            AnswerFault(answer.name, fault.sheet, fault.row, fault.column, fault.sentence)
            for fault in answer.faults
        ]
        held = self._store.read(held_actions, mailing.id)
        for row in answer.rows:
            self._take(AnsweredRow(answer, row, mailing, held.get(row.reference)))
        self._returned[answer.digest] = ReturnedSheet(
            mailing.id, mailing.reference, mailing.agency, answer.digest
        )

    def _mailing(self, answer: Answer) -> MailingRow:
        made = answer.made
        if made.file != self._file:
            raise UserError(
                f"{answer.name} was made from another file, on {format_date(made.made_on)}, so it "
                "is not read. Open the file that it was sent from."
            )
        mailing = self._sent.get(made.mark)
        if mailing is None:
            raise UserError(
                f"No sheet with the mark of {answer.name} was sent from this file, or its sending "
                "was undone. Ask for the sheet that was sent last."
            )
        return mailing

    def _take(self, row: AnsweredRow) -> None:
        for change in row.changes():
            known = self._by_subject.setdefault(change.subject, change)
            if known is change:
                self.changes.append(replace(change, id=len(self.changes) + 1))
            elif known.says != change.says:
                sentence = f"{known.file} says otherwise ({known.says}). Read one of the two."
                row.fault(change.column, named(change, sentence))
        self.faults += row.faults

    def _try(self) -> None:
        """Let each act say whether it would refuse, and tell those as faults."""
        trial = TryAnswers(in_order(self.changes))
        if not trial.changes:
            return
        self._store.rehearse(trial)
        for change in self.changes:
            if change.id in trial.refused:
                sentence = named(change, trial.refused[change.id])
                self.faults.append(
                    AnswerFault(change.file, "Actions", change.row, change.column, sentence)
                )
        self.changes = [change for change in self.changes if change.id not in trial.refused]


def _told_again(answer: Answer, mailing: MailingRow) -> Iterator[str]:
    if mailing.returned_on is None:
        return
    day = format_date(mailing.returned_on)
    if mailing.answer_digest == answer.digest:
        yield f"{answer.name} was read on {day} already. Only what was not taken then is offered."
    else:
        yield (
            f"{mailing.reference} came back before, on {day}; {answer.name} is another answer to "
            "it. Only what is new in it is offered."
        )
