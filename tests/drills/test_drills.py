"""The drills in small, with the same seed at every run; by hand they are run at length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(400)  # each takes a few seconds where nothing else runs
@pytest.mark.parametrize(
    ("drill", "times"), [("kill", 30), ("io", 2), ("malformed", 120), ("secrets", 1)]
)
def test_nothing_is_lost_and_nothing_told(drill: str, times: int) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.drills", drill, "--times", str(times)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout + ended.stderr
    assert ended.stdout.startswith(f"{drill}: ")
