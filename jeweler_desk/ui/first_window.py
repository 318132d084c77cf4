"""One window per desk: a second start asks the first window to come forward."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MILLISECONDS: Final = 900
_COME_FORWARD: Final = b"come forward\n"
_LONGEST_REQUEST: Final = 64


def _name(folder: Path) -> str:
    """Return the server's name: one per desk folder, short enough for every system."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"jeweler-desk-{digest[:16]}"


class FirstWindow(QObject):
    """Listens for second starts of the same desk; only the same user can reach it.

    The desk's lock decides who is first; this server only carries the request, so a name left
    behind by a crash is taken over without asking.
    """

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(folder))
        self._server.newConnection.connect(self._answer)
        self._server.listen(_name(folder))

    @Slot()
    def _answer(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.readyRead.connect(self._read)
        connection.disconnected.connect(connection.deleteLater)

    @Slot()
    def _read(self) -> None:
        connection = self.sender()
        if not isinstance(connection, QLocalSocket):
            return
        if connection.read(_LONGEST_REQUEST).data() == _COME_FORWARD:
            self.called.emit()
        connection.disconnectFromServer()


def call_first_window(folder: Path) -> bool:
    """Ask the window that owns the desk to come forward; False when nobody answers."""
    connection = QLocalSocket()
    connection.connectToServer(_name(folder))
    if not connection.waitForConnected(_PATIENCE_MILLISECONDS):
        return False
    connection.write(_COME_FORWARD)
    return connection.waitForBytesWritten(_PATIENCE_MILLISECONDS)
