"""The command that starts a Viper site on this computer, to try the sync with: beside `--demo` it shows both ways."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

MOST_PORT = 65_535


def add(commands: _SubParsersAction[ArgumentParser], _shared: ArgumentParser) -> None:
    """Name this command to the command line."""
    site = commands.add_parser("viper-site", help=_("a Viper site on this computer, to try the sync with"))
    site.add_argument("--port", type=int, metavar="NUMBER", default=8765, help=_("where it answers; 8765 without it"))
    site.add_argument(
        "--folder",
        type=Path,
        metavar="FOLDER",
        help=_("where its records are kept; without it they are gone at the end"),
    )
    site.set_defaults(command=_run)


def _run(request: Namespace) -> int:
    if not 0 <= request.port <= MOST_PORT:
        raise Mistake(_("{port} is no port; choose one between 1 and 65535.").format(port=request.port))
    if request.folder is not None:
        _serve(request.folder, request.port)
        return 0
    with tempfile.TemporaryDirectory(prefix="viper-site-") as folder:
        _serve(Path(folder), request.port)
    return 0


def _serve(folder: Path, port: int) -> None:
    from channergy_crm.sync.sandbox.server import PASSWORD, USER, Sandbox

    try:
        site = Sandbox(folder, port)
    except OSError as error:
        said = _("Nothing can answer at port {port}: {reason}. Choose another one with --port.")
        raise Mistake(said.format(port=port, reason=error.strerror or error)) from error
    signal.signal(signal.SIGTERM, lambda *_heard: sys.exit(0))
    try:
        said = _("The site is at {address}; user {user}, password {password}. Type both in Settings > Viper.")
        print(said.format(address=site.address, user=USER, password=PASSWORD))
        print(_("Open {address} in a browser to change something there. Ctrl+C ends it.").format(address=site.address),
              flush=True)  # fmt: skip
        site.serve()
    except KeyboardInterrupt:
        print(_("The site is closed."))
    finally:
        site.close()
