"""What goes back to a browser: a page with the heads that keep it to itself, a way to another page, or a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POLICY = ("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
          "base-uri 'none'")  # fmt: skip
HEADS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("X-Robots-Tag", "noindex, nofollow"),  # unsaid: a head
)
ENCRYPTED = ("Strict-Transport-Security", "max-age=31536000")
PAGE, STYLE = "text/html; charset=utf-8", "text/css; charset=utf-8"  # unsaid: a head
NOT_KEPT = ("Cache-Control", "no-store")
KEPT_A_WHILE = ("Cache-Control", "public, max-age=3600")  # unsaid: a head


@dataclass
class Answer:
    """What is sent, and what is done once it is on its way."""

    body: bytes = b""
    status: int = 200
    kind: str = PAGE
    heads: list[tuple[str, str]] = field(default_factory=list)
    kept: tuple[str, str] = NOT_KEPT
    after: Callable[[], object] | None = None

    @property
    def line(self) -> str:
        """The status as it stands in the first line."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"

    def headers(self, *, encrypted: bool) -> list[tuple[str, str]]:
        """All the heads that go along."""
        own = [("Content-Type", self.kind), ("Content-Length", str(len(self.body))), self.kept]
        return [*own, *HEADS, *([ENCRYPTED] if encrypted else []), *self.heads]


def go_to(path: str, *heads: tuple[str, str]) -> Answer:
    """Send a browser to another page of ours."""
    return Answer(status=303, heads=[("Location", path), *heads])


def file(name: str, data: bytes) -> Answer:
    """A file that is saved and never shown."""
    said = f"attachment; filename*=UTF-8''{quote(name, safe='')}"  # unsaid: a head
    return Answer(data, kind="application/octet-stream", heads=[("Content-Disposition", said)])


class Body:
    """The body of an answer; what comes after it is done when it has been handed over."""

    def __init__(self, data: bytes, after: Callable[[], object] | None) -> None:
        self._data, self._after = data, after

    def __iter__(self) -> Iterator[bytes]:
        """The body in one piece."""
        yield self._data

    def close(self) -> None:
        """It is on its way."""
        after, self._after = self._after, None
        if after is not None:
            after()
