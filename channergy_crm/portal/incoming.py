"""A request as the pages read it: from whom, for what, in which language; nothing else of its head is believed."""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from channergy_crm import language
from channergy_crm.language import N_
from channergy_crm.portal import forms, rates

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MOST_HEADERS = 60
LONGEST_PATH = 300
_TAG = re.compile(r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")


class Turned(Exception):
    """A request that is turned away: with which status, with what sentence, when it may come again, and by
    which methods.
    """

    def __init__(self, status: int, text: str = "", wait: int = 0, allow: Sequence[str] = ()) -> None:
        super().__init__(str(status))
        self.status, self.text, self.wait, self.allow = status, text, wait, allow


class Request:
    """What somebody asks for."""

    def __init__(self, environ: Mapping[str, Any]) -> None:
        self._environ = environ
        self.method = str(environ.get("REQUEST_METHOD", ""))
        self.path = str(environ.get("PATH_INFO", ""))
        self.client = rates.client(str(environ.get("REMOTE_ADDR", "")))
        self.language = wanted_language(str(environ.get("HTTP_ACCEPT_LANGUAGE", "")))
        self._form: forms.Form | None = None

    def check(self) -> None:
        """Turn away what no browser sends."""
        if len(self.path) > LONGEST_PATH:
            raise Turned(404)
        if sum(name.startswith("HTTP_") for name in self._environ) > MOST_HEADERS:
            raise Turned(431, N_("Your browser sends more than can be read."))

    @property
    def query(self) -> dict[str, str]:
        """The words behind the question mark of the address."""
        try:
            return forms.words(str(self._environ.get("QUERY_STRING", ""))[: forms.LONGEST_WORDS])
        except forms.Unreadable:
            return {}

    def cookie(self, name: str) -> str:
        """A cookie of ours; "" where none came, or more than one of this name."""
        said = str(self._environ.get("HTTP_COOKIE", ""))
        if len(re.findall(rf"(?:^|;)\s*{re.escape(name)}\s*=", said)) != 1:
            return ""
        try:
            held = SimpleCookie(said).get(name)
        except CookieError:
            return ""
        return held.value if held is not None else ""

    def comes_from(self, base: str) -> bool:
        """Whether a form was sent by a page of ours, as far as the browser says where it was."""
        origin, site = self._environ.get("HTTP_ORIGIN"), self._environ.get("HTTP_SEC_FETCH_SITE")
        if site is not None and site != "same-origin":
            return False
        if origin == "null":  # a page that tells nobody where one comes from does not tell us either
            return site == "same-origin"
        return origin is None or origin == base

    def form(self, *, files: bool = False) -> forms.Form:
        """What was sent with a form; files only where a page takes some."""
        if self._form is None:
            self._form = self._read(forms.LARGEST if files else forms.LONGEST_WORDS)
        return self._form

    def _read(self, most: int) -> forms.Form:
        said = str(self._environ.get("CONTENT_LENGTH") or "0")
        if not said.isascii() or not said.isdigit() or int(said) > most:
            raise Turned(413, N_("That is too much at once. Send fewer or smaller files."))
        body = self._environ["wsgi.input"].read(int(said))
        try:
            return forms.read(str(self._environ.get("CONTENT_TYPE", "")), body)
        except forms.Unreadable as error:
            raise Turned(400, N_("That form cannot be read. Go back and try again.")) from error


def wanted_language(said: str, offered: Collection[str] = ()) -> str:
    """The code of the language a browser asks for, as far as it is offered; else English."""
    known = set(offered or language.languages())
    best, most = language.ENGLISH, 0.0
    for part in said[:500].split(",")[:20]:
        found = _TAG.fullmatch(part)
        if found is None:
            continue
        code, weight = found[1].partition("-")[0].lower(), float(found[2] or 1)
        if code in known and weight > most:
            best, most = code, weight
    return best
