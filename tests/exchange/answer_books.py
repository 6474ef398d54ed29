"""What agencies do to a sheet of actions before it comes back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Edits = Mapping[str, Mapping[str, Any]]
"""By the reference of an action, what is typed under which heading."""

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def fill_in(path: Path, edits: Edits, to: Path | None = None) -> Path:
    """Type into the rows of a sheet and save it, under another name where one is given."""
    book = load_workbook(path)
    page = book["Actions"]
    headings = {str(cell.value): place for place, cell in enumerate(page[1], start=1)}
    rows = {str(page.cell(row, 1).value): row for row in range(2, page.max_row + 1)}
    for reference, cells in edits.items():
        for heading, value in cells.items():
            cell: Any = page.cell(rows[reference], headings[heading])
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    target = to or path
    book.save(target)
    return target


def in_office(paths: list[Path], folder: Path, kind: str = "xlsx") -> list[Path]:
    """Let an office program open workbooks and save them again into a folder."""
    assert OFFICE is not None
    folder.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = [OFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=110,
    )
    return [folder / f"{path.stem}.{kind}" for path in paths]
