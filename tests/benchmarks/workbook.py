"""Workbooks: bringing in 1,000 actions against reading their cells with openpyxl alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from openpyxl import load_workbook

from oscb_desktop.exchange.template import write_template
from oscb_desktop.services.files import create_store
from oscb_desktop.services.transfer import import_workbook
from tests.benchmarks.files import PASSPHRASE, now
from tests.benchmarks.timing import Measured, median


def measure(folder: Path) -> list[Measured]:
    """Return the line about the import, which is rehearsed so that each run does the same."""
    path = folder / "actions.xlsx"
    write_template(
        path,
        {
            "review": [
                {
                    "reference": "LR-2021-01",
                    "kind": "lcspr",
                    "known_as": "Child M",
                    "role": "sole",
                    "started_on": "1 Apr 2021",
                }
            ],
            "action": [
                {
                    "reference": f"A-2021-{number:04}",
                    "review": "LR-2021-01",
                    "text": f"Write part {number} of the guidance and show that it is used.",
                    "scope": "single_agency",
                    "due_on": "30 Jun 2022",
                    "delivery": "not_started",
                    "assurance": "none",
                }
                for number in range(1, 1001)
            ],
        },
    )
    with closing(create_store(folder / "import.oscb", PASSPHRASE, "A. Secretary", now)) as store:
        outcome = import_workbook(store, path, rehearse=True, backups=folder)
        assert not outcome.faults, outcome.faults[:3]
        ours = median(lambda: import_workbook(store, path, rehearse=True, backups=folder), runs=3)
    return [Measured("import of 1,000 rows", ours, median(lambda: _bare(path), 3), "its cells")]


def _bare(path: Path) -> None:
    book = load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()
