"""Start-up: to the painted first page, and from Enter to Today."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.timing import Measured, median

_EMPTY = """
import os
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTableView())
window.show()
app.processEvents()
os._exit(0)
"""

_OURS = """
import os, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from oscb_desktop.application import Desktop
from oscb_desktop.paths import AppPaths
app = QApplication([])
desktop = Desktop(app, AppPaths.under(Path(sys.argv[1])))
desktop.show_unlock()
app.processEvents()
os._exit(0)
"""

_TODAY = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from oscb_desktop import application
from oscb_desktop.paths import AppPaths
app = QApplication([])
application._import_heavy()
desktop = application.Desktop(app, AppPaths.under(Path(sys.argv[1])))
before = time.perf_counter()
desktop.open(Path(sys.argv[2]), sys.argv[3])
while desktop.window is None:  # asleep meanwhile: the work is on another thread
    app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
app.processEvents()
print((time.perf_counter() - before) * 1000)
desktop.quit()
desktop.end()
"""

_BARE_OPEN = """
import hashlib, sys, time
import sqlcipher3.dbapi2 as sqlcipher
before = time.perf_counter()
salt = open(sys.argv[1], "rb").read(16)
key = hashlib.pbkdf2_hmac("sha512", sys.argv[2].encode(), salt, 256000, 32)
connection = sqlcipher.connect(sys.argv[1])
connection.execute(f"PRAGMA key = \\"x'{key.hex()}{salt.hex()}'\\"")
connection.execute("SELECT count(*) FROM review").fetchone()
print((time.perf_counter() - before) * 1000)
"""


def measure(folder: Path) -> list[Measured]:
    """Return the two lines about starting."""
    from tests.benchmarks.files import PASSPHRASE, generated

    path = generated(folder, 2000, 20_000, 50_000)
    home = str(folder / "home")
    painted = median(lambda: _run(folder, _OURS, home))
    empty = median(lambda: _run(folder, _EMPTY))
    today = _told(folder, _TODAY, home, str(path), PASSPHRASE)
    bare = _told(folder, _BARE_OPEN, str(path), PASSPHRASE)
    return [
        Measured("start to the painted first page", painted, empty, "empty window"),
        Measured("Enter to *Today*, 2,000 reviews", today, bare, "key and first row"),
    ]


def _run(folder: Path, script: str, *args: str) -> str:
    """Run a script as an installed program runs: with the byte code of its modules kept."""
    command = [sys.executable, "-c", script, *args]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "byte-code")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=environment
    ).stdout


def _told(folder: Path, script: str, *args: str) -> float:
    """Return the median of what the script itself measured."""
    times = sorted(float(_run(folder, script, *args).split()[-1]) for _ in range(5))
    return times[2]
