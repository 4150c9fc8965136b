"""What a browser sends with a form, read with bounds: words, and files where a page takes some."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qsl

MOST_FIELDS = 20
LONGEST_WORDS = 1 << 19
"""bytes of a form without files: twenty thousand letters, each written with percent signs"""
LARGEST = 22 << 20
"""bytes of one with files"""
WORDS, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
_BOUNDARY = re.compile(r"""boundary=(?:"([^"\r\n]{1,70})"|([^\s;,"]{1,70}))""", re.IGNORECASE)
_VALUE = re.compile(rb"""\b(name|filename)="((?:[^"\\\r\n]|\\.)*)\"""", re.IGNORECASE)
_LONGEST_HEAD = 1_000


class Unreadable(Exception):
    """A form that no page of ours makes."""


class Form(NamedTuple):
    """The words of a form by name, and its files as they are called with what is in them."""

    words: dict[str, str]
    files: list[tuple[str, bytes]]


def words(text: str) -> dict[str, str]:
    """The words of an address or a form, each name once: where it stands twice, the first counts."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError as error:
        raise Unreadable from error
    return dict(reversed(pairs))


def read(kind: str, body: bytes) -> Form:
    """A form as it came."""
    bare = kind.partition(";")[0].strip().lower()
    if bare == WORDS:
        try:
            return Form(words(body.decode("ascii")), [])
        except UnicodeDecodeError as error:
            raise Unreadable from error
    found = _BOUNDARY.search(kind) if bare == PARTS else None
    if found is None:
        raise Unreadable
    return _parts((found[1] or found[2]).encode("latin-1", "replace"), body)


def _parts(boundary: bytes, body: bytes) -> Form:
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if len(pieces) < 2 or len(pieces) > MOST_FIELDS + 2 or not pieces[-1].startswith(b"--"):
        raise Unreadable
    held, files = dict[str, str](), list[tuple[str, bytes]]()
    for piece in pieces[1:-1]:
        head, blank, value = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        if not blank or len(head) > _LONGEST_HEAD:
            raise Unreadable
        said = {name.lower(): text.decode("utf-8", "replace") for name, text in _VALUE.findall(head)}
        if b"filename" in said:
            files.append((said[b"filename"], value))
        else:
            held.setdefault(said.get(b"name", ""), value.decode("utf-8", "replace"))
    return Form(held, files)
