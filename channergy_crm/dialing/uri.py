"""Dial with the phone program this computer has chosen for links such as tel:+16502530000."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from channergy_crm import telephone_links
from channergy_crm.dialing.number import AS_IT_IS, Writing
from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _, translated

if TYPE_CHECKING:
    from channergy_crm.dialing.bridge import OpenUri

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_OTHER = ("file", "http", "https", "ftp", "mailto", "data", "javascript", "smb", "ssh")
_WITH_EXTENSION = re.compile(r"(\+?[0-9]+),([0-9]+)")
_PATIENCE = 3  # seconds in which a missing phone program makes itself known


def open_with_the_system(uri: str) -> bool:
    """Open a link the way a double click would; False when no program takes it. The link is one argument, no shell."""
    if sys.platform == "win32":
        try:
            os.startfile(uri)  # noqa: S606
        except OSError:
            return False
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    return bool(opener) and _ends_well([str(opener), uri])


def _ends_well(command: list[str]) -> bool:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:  # it became the phone program itself and lives on
        threading.Thread(target=process.wait, daemon=True).start()
        return True


@translated("label")
@dataclass(frozen=True)
class UriScheme:
    """The phone program that opens tel:, callto: or sip: links."""

    scheme: str = "tel"
    open_uri: OpenUri = open_with_the_system
    writing: Writing = AS_IT_IS

    name = "uri"
    label = N_("Phone program of this computer")
    news = N_("Dialing {number}.")
    keys = ()
    sure = True
    can_hang_up = False

    def check(self) -> str | None:
        """Whether there is anything that opens links."""
        if not _SCHEME.fullmatch(self.scheme) or self.scheme in _OTHER:
            return _("“{scheme}” is not the beginning of a link; choose tel, callto or sip.").format(scheme=self.scheme)
        if self.open_uri is not open_with_the_system:
            return None
        if telephone_links.are_ours(self.scheme):
            return _(
                "{scheme}: links come to this very program, which would call itself. "
                "Choose another way to dial, or take the links back under Settings, Calling."
            ).format(scheme=self.scheme)
        if not sys.platform.startswith("linux"):
            return None
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return _("There is no screen, so no phone program can be opened; start the program on the desktop.")
        return None if shutil.which("xdg-open") else _("Links cannot be opened here; install xdg-utils.")

    def preview(self, number: str) -> str:
        """The link that will be opened."""
        return _("Opens {link}.").format(link=self.uri(number))

    def uri(self, number: str) -> str:
        """The link of a number; an extension is written the way tel: links have it."""
        number = self.writing.write(number)
        extended = _WITH_EXTENSION.fullmatch(number)
        if extended and self.scheme == "tel":
            return f"tel:{extended[1]};ext={extended[2]}"
        return f"{self.scheme}:{quote(number, safe='+*,;=()')}"

    def dial(self, number: str) -> None:
        """Open the link."""
        if not self.open_uri(self.uri(number)):
            raise Surroundings(
                _("No program on this computer opens {scheme}: links; install one or choose another.").format(
                    scheme=self.scheme
                )
            )
