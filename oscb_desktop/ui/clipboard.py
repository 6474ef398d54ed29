"""The one way onto the clipboard, and off it again: what is copied here does not lie there long."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QMimeData, QObject, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

_KDE = "x-kde-passwordManagerHint"
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_NO = bytes(4)
_OURS = "application/x-oscb-desktop"


def marks(platform: str = sys.platform) -> Mapping[str, bytes]:
    """Return what asks the system's histories and clouds to leave a copy out.

    Source: Microsoft, Clipboard Formats, "Cloud Clipboard and Clipboard History Formats"; KDE's
    Klipper takes a hint of its own.
    """
    if platform == "win32":
        return {
            _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): _NO,
            _WINDOWS.format("CanIncludeInClipboardHistory"): _NO,
            _WINDOWS.format("CanUploadToCloudClipboard"): _NO,
            _OURS: b"1",
        }
    return {_KDE: b"secret", _OURS: b"1"}


def put(text: str, html: str = "") -> None:
    """Copy text, and as a word processor takes it where there is such a form."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    _put(data)


class ClipboardWatch(QObject):
    """Empties the clipboard some time after something was copied here, whoever copied it.

    Nothing is emptied that was copied elsewhere since. ``copied`` carries the seconds that are
    left; ``is_own`` says whose the clipboard is, where not the system does. What was copied is
    remembered by its digest alone.
    """

    copied = Signal(int)

    def __init__(
        self, seconds: Callable[[], int], is_own: Callable[[], bool] | None = None
    ) -> None:
        super().__init__()
        self._seconds = seconds
        self._clipboard = QGuiApplication.clipboard()
        self._is_own = is_own or self._clipboard.ownsClipboard
        self._held = b""
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.empty)

    def begin(self) -> None:
        """Watch what is copied from now on."""
        self._clipboard.dataChanged.connect(self._on_changed)

    def end(self) -> None:
        """Empty what is left and watch no longer."""
        self.empty()
        self._clipboard.dataChanged.disconnect(self._on_changed)

    def empty(self) -> None:
        """Take away what was copied here, if it still lies there."""
        self.timer.stop()
        held, self._held = self._held, b""
        if held and held == _digest(self._clipboard.text()):
            self._clipboard.clear()
        selection = QClipboard.Mode.Selection
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(selection)

    def _on_changed(self) -> None:
        data: QMimeData | None = self._clipboard.mimeData()  # none at all once it is emptied
        marked = data is not None and data.hasFormat(_OURS)
        if data is None or not data.text() or not (marked or self._is_own()):
            return
        if not marked:  # a text field copied by itself
            _put(_copy_of(data))  # which comes back here, marked
            return
        self._held = _digest(data.text())
        seconds = self._seconds()
        self.timer.start(seconds * 1000)
        self.copied.emit(seconds)


def _put(data: QMimeData) -> None:
    for name, mark in marks().items():
        data.setData(name, mark)
    QGuiApplication.clipboard().setMimeData(data)


def _copy_of(data: QMimeData) -> QMimeData:
    made = QMimeData()
    for name in data.formats():
        made.setData(name, data.data(name))
    made.setText(data.text())
    return made


def _digest(text: str) -> bytes:
    import hashlib  # not at the start

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
