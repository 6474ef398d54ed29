"""Where things lie on disk: the person's folders, and the resources that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a file in ``resources/``, in a checkout or in an installed package.

    Raises ``FileNotFoundError`` when there is none: a fault in the build, never the person's.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"resource {name} is missing from this installation")


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The folders that belong to the person who runs the program."""

    settings: Path
    logs: Path
    backups: Path
    scratch: Path

    @classmethod
    def under(cls, folder: Path) -> AppPaths:
        """Put everything under one folder (``--data DIR``)."""
        return cls(
            folder / "settings.json", folder / "logs", folder / "backups", folder / "scratch"
        )

    @classmethod
    def for_this_person(cls) -> AppPaths:
        """Use the places that the operating system gives an application."""
        dirs = platformdirs.PlatformDirs("OSCB Desktop", appauthor=False)
        data = Path(dirs.user_data_dir)
        return cls(
            Path(dirs.user_config_dir) / "settings.json",
            Path(dirs.user_log_dir),
            data / "backups",
            data / "scratch",
        )
