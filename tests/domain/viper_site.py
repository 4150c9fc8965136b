"""A Viper site as its own process, and certificates it makes itself."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from channergy_crm.sync.viper.place import Connection
from channergy_crm.sync.viper.wire import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
WORDS = {"name": "Acme", "assigned_to": "U1"}


class Process:
    """The site as `main.py viper-site` starts it, on a folder; it can be killed in the middle and started again."""

    def __init__(self, folder: Path) -> None:
        self._arguments = [sys.executable, "main.py", "viper-site", "--port", "0", "--folder", str(folder)]
        self.start()

    def start(self) -> Self:
        self._process = subprocess.Popen(self._arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().split("at ", 1)[1].split(";")[0]
        return self

    def kill(self) -> None:
        """It is gone in the middle of whatever it does."""
        self._process.kill()
        self._process.communicate()


def connection(address: str, **more: Any) -> Connection:
    return Connection(address, "demo")._replace(**more)


def companies(*numbers: int, **values: object) -> Sequence[Item]:
    """New companies, each with a key of its own."""
    return [Item(f"key-{number}", "", "", {**WORDS, "name": f"Company {number}", **values}) for number in numbers]


def certificate(folder: Path, name: str = "site") -> Path:
    """One the site has made itself, with its key, good for this computer."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder(whose, whose, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / f"{name}.pem"
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path
