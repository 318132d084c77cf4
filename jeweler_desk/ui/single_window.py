"""One window a desk: a second start raises the first and hands its files over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS: Final = 800
_LARGEST: Final = 64 * 1024


def channel_of(folder: Path) -> str:
    """Return the name under which the window of a desk folder can be reached."""
    return f"jeweler-desk-{sha256(str(folder.resolve()).encode()).hexdigest()[:20]}"


def raise_first(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Ask the window that is open on this desk to come forward; False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(channel_of(folder))
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
    socket.write(json.dumps([str(path) for path in files]).encode())
    done = socket.waitForBytesWritten(_PATIENCE_MS)
    socket.disconnectFromServer()
    return done


class SingleWindow(QObject):
    """Listens for a second start; only this user can reach it, and bad data is ignored."""

    asked = Signal(list)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        name = channel_of(folder)
        # The desk's lock is ours, so a name that is still there belongs to a process that died.
        QLocalServer.removeServer(name)
        self._server.listen(name)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _welcome(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)

    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        data = bytes(socket.read(_LARGEST).data())
        self.asked.emit(_paths(data))


def _paths(data: bytes) -> list[Path]:
    try:
        names = json.loads(data or b"[]")
    except ValueError:
        return []
    if not isinstance(names, list):
        return []
    return [Path(name) for name in names if isinstance(name, str)]
