"""``python -m tests.drills [kill|io|malformed|secrets|all] [--seed N] [--times N]``."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from pathlib import Path

from tests.drills import stage

DRILLS = {
    "kill": ("kill", 300),
    "io": ("disk", 40),
    "malformed": ("malformed", 2000),
    "secrets": ("secrets", 1),
}
"""The module of each drill and how often it is done; ``io`` takes 0 for every size there is."""


def main() -> int:
    """Run the drills that are named and print a line of figures for each."""
    parser = argparse.ArgumentParser("tests.drills", description=__doc__)
    parser.add_argument("drill", nargs="?", default="all", choices=[*DRILLS, "all"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int)
    options = parser.parse_args()
    failed = False
    for name, (module, many) in DRILLS.items():
        if options.drill in (name, "all"):
            times = many if options.times is None else options.times
            failed |= _run(name, module, times, options.seed)
    return 1 if failed else 0


def _run(name: str, module: str, times: int, seed: int) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"drill-{name}-") as folder:
        drill = importlib.import_module(f"tests.drills.{module}").drill
        result: stage.Result = drill(times, seed, Path(folder))
    stage.say(f"{result.words()} [{time.monotonic() - began:.0f} s]")
    return bool(result.faults)


if __name__ == "__main__":
    sys.exit(main())
