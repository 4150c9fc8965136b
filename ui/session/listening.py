"""Listens for what other programs tell this window: that somebody rings, a number to dial, or to come forward."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from channergy_crm import running

AGAIN_MS, PATIENCE_MS = 1_000, 200


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
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._begin)
        self._begin()

    def _begin(self) -> None:
        """Two windows may have been opened at the same moment: the first hears, the other one once that is gone.

        Listening to a place takes it from whoever has it, so it is asked first whether anybody does.
        """
        if not self._is_heard_elsewhere() and not self._server.listen(self.place):
            QLocalServer.removeServer(self.place)  # left by a window that was killed
            self._server.listen(self.place)
        self._again.stop() if self.hears else self._again.start()

    def _is_heard_elsewhere(self) -> bool:
        asking = QLocalSocket()
        asking.connectToServer(self.place)
        heard = asking.waitForConnected(PATIENCE_MS)
        asking.abort()
        return heard

    @property
    def hears(self) -> bool:
        """Whether anybody can be heard."""
        return self._server.isListening()

    def close(self) -> None:
        """The window goes."""
        self._again.stop()
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
