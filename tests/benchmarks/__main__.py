"""How fast it is, as ratios to the bare library in the same run: ``python -m tests.benchmarks``.

No part of passing or failing: machines differ and are noisy, ratios less so.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import annual, disclosure, pack, paper, start, window, workbook, years
from tests.benchmarks.timing import Measured


def main() -> None:
    """Measure everything and print the table in the form of the README's."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        measured: list[Measured] = [
            *start.measure(folder),
            *window.measure(folder),
            *years.measure(folder),
            *annual.measure(folder),
            *paper.measure(folder),
            *pack.measure(folder),
            *workbook.measure(folder),
            *disclosure.measure(folder),
        ]
        print("| what | median | bare library | ratio |")
        print("| --- | ---: | ---: | ---: |")
        for row in measured:
            bare = f"{row.bare:.1f} ms ({row.than})"
            print(f"| {row.what} | {row.ours:.0f} ms | {bare} | {row.ratio:.1f} |")
        disclosure.report(folder)


if __name__ == "__main__":
    main()
