"""Hearing from the system that the screen is locked or the laptop goes to sleep.

All of it is a courtesy of the system: where it tells nothing, nothing is heard.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

LOCKED = "the screen was locked"
ASLEEP = "the computer went to sleep"

_SESSION_CHANGE, _POWER = 0x02B1, 0x0218  # WM_WTSSESSION_CHANGE, WM_POWERBROADCAST
_MEANING = {
    (_SESSION_CHANGE, 0x2): LOCKED,  # WTS_CONSOLE_DISCONNECT: somebody else signs in
    (_SESSION_CHANGE, 0x4): LOCKED,  # WTS_REMOTE_DISCONNECT
    (_SESSION_CHANGE, 0x7): LOCKED,  # WTS_SESSION_LOCK
    (_POWER, 0x4): ASLEEP,  # PBT_APMSUSPEND
}
_LOGIN = "org.freedesktop.login1"
_SCREENS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
_PATIENCE = 300
"""Milliseconds that the system has to name the session."""


class SessionWatch(QObject):
    """Tells ``away`` with why it is time to lock."""

    away = Signal(str)

    def begin(self, app: QApplication) -> None:
        """Listen where the system tells; a system that does not is no fault."""
        with suppress(ImportError, OSError, AttributeError, RuntimeError):
            if sys.platform == "win32":
                self._filter = WindowsMessages(self)
                self._ear = QWidget()  # never shown: an address for the messages
                app.installNativeEventFilter(self._filter)
                _register(int(self._ear.winId()))
            elif sys.platform.startswith("linux"):
                self._listen_to_the_bus()

    def _listen_to_the_bus(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # not at the start: few need it so early

        # Its stubs ask for bytes; it takes only what SLOT gives.
        screen, sleep, lock = map(SLOT, ("on_screen(bool)", "on_sleep(bool)", "on_lock()"))
        desk: Any = QDBusConnection.sessionBus()
        if desk.isConnected():
            for service, path in _SCREENS:
                desk.connect("", path, service, "ActiveChanged", self, screen)
        system: Any = QDBusConnection.systemBus()
        if system.isConnected():
            path, manager = f"/{_LOGIN.replace('.', '/')}", f"{_LOGIN}.Manager"
            system.connect(_LOGIN, path, manager, "PrepareForSleep", self, sleep)
            session = _session_path(system, path, manager)
            if session:
                system.connect(_LOGIN, session, f"{_LOGIN}.Session", "Lock", self, lock)

    @Slot()
    def on_lock(self) -> None:
        """The session is being locked."""
        self.away.emit(LOCKED)

    @Slot(bool)
    def on_screen(self, hidden: bool) -> None:
        """The screen was locked, or is shown again."""
        if hidden:
            self.away.emit(LOCKED)

    @Slot(bool)
    def on_sleep(self, soon: bool) -> None:
        """The computer goes to sleep, or has woken."""
        if soon:
            self.away.emit(ASLEEP)


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages of Windows that are about the session and about sleep."""

    def __init__(self, watch: SessionWatch) -> None:
        super().__init__()
        from ctypes import wintypes

        self._message: Any = wintypes.MSG
        self._watch = watch

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Tell what a message means, and let it go its way."""
        if bytes(kind) == b"windows_generic_MSG":  # type: ignore[arg-type]
            told = self._message.from_address(int(message))
            why = _MEANING.get((told.message, told.wParam))
            if why is not None:
                self._watch.away.emit(why)
        return False, 0


def _register(address: int) -> None:
    import ctypes

    windows = getattr(ctypes, "windll", None)
    if windows is not None:
        windows.wtsapi32.WTSRegisterSessionNotification(ctypes.c_void_p(address), 0)


def _session_path(system: Any, path: str, manager: str) -> str:
    from PySide6.QtDBus import QDBus, QDBusMessage

    ask = QDBusMessage.createMethodCall(_LOGIN, path, manager, "GetSession")
    ask.setArguments([os.environ.get("XDG_SESSION_ID", "auto")])
    answer = system.call(ask, QDBus.CallMode.Block, _PATIENCE)
    told = answer.arguments()
    is_told = answer.type() == QDBusMessage.MessageType.ReplyMessage and bool(told)
    return str(getattr(told[0], "path", lambda: "")()) if is_told else ""
