"""Where the Viper site is and how it is spoken to, as the office has chosen; and whether that can be tried."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from channergy_crm.dialing import web
from channergy_crm.language import _

SYSTEM = "system"
"""the certificate is one this system knows to be good"""
MOST_MINUTES = 24 * 60
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


class Connection(NamedTuple):
    """The site of the office: address, user there, how often (minutes), whether it is on, and which certificate.

    `certificate` is "system", the SHA-256 fingerprint of the site's own one, or the path of its file (PEM). The user
    and the password are those of the site (VP-1); without a user the secret is a token the site has given.
    """

    address: str = ""
    user: str = ""
    every_minutes: int = 15
    on: bool = False
    certificate: str = SYSTEM

    @property
    def host(self) -> str:
        """The computer it is on, with the port where one is named, for sentences."""
        return urlsplit(self.address).netloc.rpartition("@")[2]


def fingerprint(certificate: str) -> str:
    """The 64 letters and figures of a fingerprint, however it is written; "" where this is none."""
    plain = certificate.strip().casefold().removeprefix("sha256").lstrip(":=/ ").replace(":", "").replace(" ", "")
    return plain if _FINGERPRINT.fullmatch(plain) else ""


def wrong(connection: Connection) -> dict[str, str]:
    """What cannot be, by the name of the field: a sentence each; empty where it can be tried."""
    found: dict[str, str] = {}
    if problem := web.problem(connection.address):
        found["address"] = problem
    elif urlsplit(connection.address).query or urlsplit(connection.address).fragment:
        found["address"] = _("Leave out what stands behind ? or # in the address.")
    if not 1 <= connection.every_minutes <= MOST_MINUTES:
        found["every_minutes"] = _("Choose between one minute and a day.")
    if problem := wrong_certificate(connection.certificate):
        found["certificate"] = problem
    return found


def wrong_certificate(certificate: str) -> str | None:
    """A sentence when this is neither "system" nor a fingerprint nor the path of a file that is there."""
    if certificate == SYSTEM or fingerprint(certificate):
        return None
    if not certificate.strip():
        return _("Type the fingerprint of the certificate, or where its file lies.")
    if not Path(certificate).is_file():
        return _("This is no fingerprint of 64 figures and letters, and no file of this name is there.")
    return None
