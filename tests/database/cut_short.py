"""A backup in a process of its own that the system stops at the byte it is told.

``python -m tests.database.cut_short FILE KEY SALT TARGET LIMIT kill|refuse``: no file may grow
beyond LIMIT bytes; the write that would do it kills the process, or fails as on a broken disk.
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

from oscb_desktop.database.backup import copy_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.errors import UserError


def main(file: str, key: str, salt: str, target: str, limit: str, how: str) -> None:
    """Set the limit and make the backup."""
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if how == "kill" else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    opened = FileKey(bytes.fromhex(key), bytes.fromhex(salt))
    try:
        copy_file(Path(file), opened, Path(target), what="The backup")
    except UserError as refused:
        sys.stdout.write(f"{refused.sentence}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
