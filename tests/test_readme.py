"""The README says what is so: its commands, its figures, its packages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oscb_desktop.cli import _COMMANDS, is_command
from oscb_desktop.queries.figures import figure_definitions

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
TESTS = 'python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && .venv/bin/pytest'


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    assert f"\n{TESTS}\n" in README
    assert f"\n{TESTS}\n" in CI


def test_ci_installs_what_the_readme_installs() -> None:
    named = re.search(r"apt-get install -y -q (.+?) &&", README)
    assert named is not None
    listed = re.search(r"packages=\((.+?)\)", CI, re.DOTALL)
    assert listed is not None
    assert set(named[1].split()) <= set(listed[1].split())


@pytest.mark.parametrize("figure", figure_definitions(), ids=lambda figure: figure[0])
def test_every_figure_is_explained(figure: tuple[str, str, str, str]) -> None:
    name, _label, meaning, _unit = figure
    assert f"| `{name}` | {meaning} |" in README


def test_every_command_named_is_one_and_every_one_is_named() -> None:
    block = README.split("## Commands")[1].split("```")[1]
    named = {line.split()[1] for line in block.splitlines() if line.startswith("oscb-desktop ")}
    named.discard("[FILE]")
    assert all(is_command([name]) for name in named)
    assert named == set(_COMMANDS)


def test_the_picture_is_there() -> None:
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
