"""Listens for what other programs tell this window: that somebody rings, a number to dial, or to come forward."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from channergy_crm import running


class Listening(QObject):
    """For as long as the window is there. Only programs of the same user are heard."""

    told = Signal(str, str)
    """the verb and what goes with it"""

    def __init__(self, office: str, parent: QObject) -> None:
        super().__init__(parent)
        self.place = running.place(office)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._come)
        if not self._server.listen(self.place):  # left by a window that was killed
            QLocalServer.removeServer(self.place)
            self._server.listen(self.place)

    @property
    def hears(self) -> bool:
        """Whether anybody can be heard."""
        return self._server.isListening()

    def close(self) -> None:
        """The window goes."""
        self._server.close()

    def _come(self) -> None:
        while (asking := self._server.nextPendingConnection()) is not None:
            asking.disconnected.connect(asking.deleteLater)
            asking.readyRead.connect(lambda asking=asking: self._hear(asking))
            self._hear(asking)

    def _hear(self, asking: QLocalSocket) -> None:
        if not asking.canReadLine() and asking.bytesAvailable() < running.LONGEST_LINE:
            return
        said = running.read(bytes(asking.readLine(running.LONGEST_LINE).data()))
        with suppress(RuntimeError):  # whoever told it has gone already
            asking.write(b"ok\n" if said is not None else b"no\n")
            asking.flush()
            asking.disconnectFromServer()
        if said is not None:
            self.told.emit(*said)
