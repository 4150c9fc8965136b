"""Backups that only a passphrase opens, in the format of age (age-encryption.org): an office can do without us.

A pair of keys is made once. What is sealed needs the public one alone, so nobody is asked for anything when a backup is
made; the secret one lies beside every backup, wrapped with the passphrase. The passphrase itself is kept nowhere.
Without this program: `age -d -i NAME.key NAME | zstd -d > office.db`.
"""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, Any

    Progress = Callable[[int, int], object]

A = TypeVar("A")
B = TypeVar("B")
LEVEL = 3
AT_ONCE = 1 << 20


class Keys(NamedTuple):
    """What an office that seals its backups has: the public key, and the secret one under the passphrase."""

    public: str
    wrapped: bytes


def new_keys(passphrase: str) -> Keys:
    """Make a pair; takes some seconds and a gigabyte of memory, so that nobody tries passphrases in bulk."""
    pyrage = _age()
    identity = pyrage.x25519.Identity.generate()
    return Keys(str(identity.to_public()), pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase))


def seal(plain: Path, sealed: Path, public: str, progress: Progress | None = None) -> None:
    """Compress and encrypt a file, then look whether it comes out again as it went in."""
    pyrage = _age()
    passing = pyrage.x25519.Identity.generate()  # known to nobody once this is over
    recipients = [pyrage.x25519.Recipient.from_str(public), passing.to_public()]
    with sealed.open("wb") as target:
        before = _through(
            lambda into: _compress(plain, into, progress),
            lambda out: pyrage.encrypt_io(out, target, recipients),
        )[0]
        target.flush()
        os.fsync(target.fileno())
    if _opened(sealed, Path(os.devnull), passing) != before:
        raise Surroundings(_("What was written does not come out again as it went in. Check the disk."))


def unseal(sealed: Path, key: Path, plain: Path, passphrase: str) -> None:
    """Decrypt and expand a backup into a new file; its key lies beside it."""
    pyrage = _age()
    if not key.is_file():
        raise Mistake(_("The key {file} is missing; it lies beside every backup.").format(file=key))
    try:
        secret = pyrage.passphrase.decrypt(key.read_bytes(), passphrase).decode().strip()
    except pyrage.DecryptError as error:
        raise Mistake(_("That is not the passphrase of this backup."), "passphrase") from error
    _opened(sealed, plain, pyrage.x25519.Identity.from_str(secret))


def _compress(plain: Path, into: IO[bytes], progress: Progress | None) -> bytes:
    total, done, told = plain.stat().st_size, 0, hashlib.sha256()
    with plain.open("rb") as source, _zstd().open(into, "wb", level=LEVEL) as squeezed:
        while piece := source.read(AT_ONCE):
            squeezed.write(piece)
            told.update(piece)
            done += len(piece)
            if progress:
                progress(done, total)
    return told.digest()


def _opened(sealed: Path, plain: Path, identity: Any) -> bytes:
    """Expand what stands in a sealed file into another one; a sum over it."""
    pyrage = _age()
    with sealed.open("rb") as source:
        try:
            return _through(lambda into: pyrage.decrypt_io(source, into, [identity]), lambda out: _expand(out, plain))[
                1
            ]
        except (OSError, EOFError, pyrage.DecryptError, _zstd().ZstdError) as error:
            if getattr(error, "errno", None):  # of the disk
                raise
            raise Mistake(_("That backup is damaged; choose another one.")) from error


def _expand(out: IO[bytes], plain: Path) -> bytes:
    told = hashlib.sha256()
    with _zstd().open(out, "rb") as source, plain.open("wb") as target:
        while piece := source.read(AT_ONCE):
            told.update(piece)
            target.write(piece)
    return told.digest()


def _through(first: Callable[[IO[bytes]], A], then: Callable[[IO[bytes]], B]) -> tuple[A, B]:
    """Two steps at once, the second reads what the first writes; what both gave, or what went wrong in either."""
    read_end, write_end = os.pipe()
    wrong: list[BaseException] = []
    given: list[A] = []

    def write() -> None:
        try:
            with os.fdopen(write_end, "wb") as into:
                given.append(first(into))
        except BaseException as error:  # noqa: BLE001  raised where somebody hears it
            wrong.append(error)

    thread = threading.Thread(target=write, name="sealing", daemon=True)
    thread.start()
    try:
        with os.fdopen(read_end, "rb") as out:
            result = then(out)
    finally:
        thread.join()  # the end it writes to is closed: it waits for nobody
    if wrong:
        raise wrong[0]
    return given[0], result


def _age() -> Any:
    """The library that knows the format; not made for every machine."""
    try:
        import pyrage
    except ImportError as error:
        raise Surroundings(_("Encryption needs one more package: pip install pyrage.")) from error
    return pyrage


def _zstd() -> Any:
    """The one of Python itself, or the same for an older Python."""
    with suppress(ImportError):
        from compression import zstd

        return zstd
    from backports import zstd

    return zstd
