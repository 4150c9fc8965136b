"""The site itself: `Sandbox(folder).start()` in a thread, `main.py viper-site` as a process of its own.

It speaks as `sync.viper.wire` says, and shows a plain page at / where a person changes something there.
"""

from __future__ import annotations

import ssl
import threading
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from channergy_crm.sync.sandbox.handler import Handler
from channergy_crm.sync.sandbox.site import Site

if TYPE_CHECKING:
    from pathlib import Path

USER, PASSWORD = "demo", "demo"
"""the credentials of a site that is only there to try the sync with"""
HERE = "127.0.0.1"


class Sandbox(Site):
    """A Viper site on this computer, with its store in a folder. `faults` says how it fails, `address` where it is.

    `certificate` is a file with a certificate and its key (PEM): then it is spoken to by https only.
    """

    def __init__(
        self, folder: Path, port: int = 0, *, user: str = USER, password: str = PASSWORD,
        certificate: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__(folder, user, password)

        class Bound(Handler):
            site = self

        try:
            self._server = ThreadingHTTPServer((HERE, port), Bound)
        except OSError:
            self.store.close()
            raise
        self._server.daemon_threads = True
        scheme = "http"
        if certificate is not None:
            scheme, context = "https", ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = int(self._server.server_address[1])
        self.address = f"{scheme}://{HERE}:{self.port}"

    def start(self) -> Self:
        """Answer from now on, in a thread of its own."""
        run = {"poll_interval": 0.01}
        threading.Thread(target=self._server.serve_forever, kwargs=run, name="viper-site", daemon=True).start()
        return self

    def serve(self) -> None:
        """Answer until somebody stops the program."""
        self._server.serve_forever()

    def stop(self) -> None:
        """Nobody answers any more, and nobody is kept waiting."""
        self.faults.go_on.set()
        self._server.shutdown()
        self.close()

    def close(self) -> None:
        """Let the port and the store go."""
        self._server.server_close()
        self.store.close()
