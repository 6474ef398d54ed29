"""The log names places, never the words of a record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oscb_desktop import logs

SECRET = "Child M fell down the stairs"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = logs.start(tmp_path / "logs")
    yield tmp_path / "logs" / "oscb-desktop.log"
    logs.stop(handler)


def _fail() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as first:
        raise RuntimeError(f"could not keep {SECRET}") from first


def test_a_failure_is_logged_without_its_words(log: Path) -> None:
    try:
        _fail()
    except RuntimeError:
        logs.LOGGER.exception("The window met a failure.")
    written = log.read_text("utf-8")
    assert SECRET not in written
    assert "ValueError" in written
    assert "RuntimeError" in written
    assert "test_logs.py" in written
    assert "in _fail" in written


def test_failures_in_a_ring_end(log: Path) -> None:
    first, second = ValueError("a"), ValueError("b")
    first.__context__, second.__context__ = second, first
    assert logs.traceback_without_values(first).split() == ["ValueError", "ValueError"]


def test_the_log_stays_small(log: Path) -> None:
    for _ in range(60):
        logs.LOGGER.warning("x" * 50_000)
    files = sorted(log.parent.iterdir())
    assert len(files) == 4
    assert all(file.stat().st_size <= 500_000 for file in files)


def test_without_a_folder_the_program_still_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    handler = logs.start(tmp_path / "file" / "logs")
    logs.LOGGER.warning("Nobody hears this.")
    logs.stop(handler)
    assert not (tmp_path / "file" / "logs").exists()
