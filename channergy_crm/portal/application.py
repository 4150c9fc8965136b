"""The portal as a WSGI application: finds the page for a request, keeps guard before it, and answers (VT-177)."""

from __future__ import annotations

import hmac
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import N_, into
from channergy_crm.portal import pages
from channergy_crm.portal.answers import Answer, Body, go_to
from channergy_crm.portal.incoming import Request, Turned
from channergy_crm.portal.rates import Rates
from channergy_crm.services.portal import entering
from channergy_crm.services.rights import Program
from channergy_crm.store import database

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from channergy_crm.services.portal.visitor import Visitor

log = logging.getLogger(__name__)

BY = Program.PORTAL
READ_AGAIN, QUIET = 60.0, 10.0
"""seconds after which the lists of the office are read afresh: another workstation may have changed them; and of
quiet after which the store is asked whether it is there"""
NOT_FOUND = N_("There is nothing here. It may have been moved, or it is not yours to see.")
TOO_OFTEN = N_("That was too often. Try again in {minutes} minutes.")
ELSEWHERE = N_("This form was not sent by a page of the portal. Open the portal anew and try again.")
MEANWHILE = N_("This was changed meanwhile. Look at it once more and try again.")
AWAY = N_("The office cannot be reached just now. Nothing was kept; try again in a few minutes.")


class Visit(NamedTuple):
    """Somebody inside: by which token, who, and what the forms of their pages are sealed with."""

    token: str
    visitor: Visitor
    seal: str


class Route(NamedTuple):
    """A page: how its address looks, how the log names it, and who answers to which method."""

    pattern: re.Pattern[str]
    shape: str
    methods: Mapping[str, Callable[..., Answer]]
    inside: bool = True
    """only for who has entered"""
    files: bool = False
    """files may be sent to it"""


class Portal:
    """`base` is how the portal is reached, such as https://help.office.example; it stands in mailed links."""

    def __init__(self, base: str, routes: Sequence[Route], rates: Rates | None = None) -> None:
        self.base, self.rates = base, rates or Rates()
        pages.forget()
        self.encrypted = base.startswith("https:")
        self.cookie = "__Host-visit" if self.encrypted else "visit"
        self._routes, self._read, self._asked = routes, time.monotonic(), time.monotonic()

    def __call__(self, environ: Mapping[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
        """Answer one request; whatever happens, it says nothing about how."""
        began = time.perf_counter()
        request = Request(environ)
        route, answer = self._answered(request)
        shape = route.shape if route is not None else "?"
        log.info("%s %s %s %.0f ms", request.method[:10] if request.method.isalpha() else "?", shape,
                 answer.status, (time.perf_counter() - began) * 1000)  # fmt: skip
        start(answer.line, answer.headers(encrypted=self.encrypted))
        return Body(b"" if request.method == "HEAD" else answer.body, self._later(answer))

    def _answered(self, request: Request) -> tuple[Route | None, Answer]:
        route = None
        try:
            request.check()
            self.limit("pages", request.client)
            self._read_lists()
            route, numbers = self._find(request)
            return route, self._ask_again(route, request, numbers)
        except Turned as turned:
            return route, self.turned(request, turned)
        except Mistake:  # somebody else was faster
            return route, self.turned(request, Turned(409, MEANWHILE))
        except Surroundings:
            return route, self.turned(request, Turned(503, AWAY, 60))
        except Exception as error:  # noqa: BLE001  whatever it is, nobody outside hears of it
            _note(error)
            return route, self.turned(request, Turned(500, AWAY))

    def _ask_again(self, route: Route, request: Request, numbers: list[str]) -> Answer:
        """A line to the store that was cut is made anew by the next question; what only reads is asked again."""
        try:
            return self._ask(route, request, numbers)
        except Surroundings:
            if request.method == "POST":
                raise
            return self._ask(route, request, numbers)

    def _find(self, request: Request) -> tuple[Route, list[str]]:
        for route in self._routes:
            if (found := route.pattern.fullmatch(request.path)) is not None:
                return route, list(found.groups())
        raise Turned(404, NOT_FOUND)

    def _ask(self, route: Route, request: Request, numbers: list[str]) -> Answer:
        method = "GET" if request.method == "HEAD" else request.method
        page = route.methods.get(method)
        if page is None:
            allowed = [*route.methods, *(["HEAD"] if "GET" in route.methods else [])]
            raise Turned(405, N_("That cannot be done with this page."), allow=allowed)
        if method == "POST" and not request.comes_from(self.base):
            raise Turned(403, ELSEWHERE)
        if not route.inside:
            return page(self, request, self.visit(request), *numbers)
        visit = self.visit(request)
        if visit is None:
            return go_to("/?ended=1", *([self.forget()] if request.cookie(self.cookie) else []))
        if method == "POST":
            sent = request.form(files=route.files).words.get("seal", "")
            if not hmac.compare_digest(sent.encode(), visit.seal.encode()):
                raise Turned(403, ELSEWHERE)
        return page(self, request, visit, *numbers)

    # ---------------------------------------------------------------- who

    def visit(self, request: Request) -> Visit | None:
        """Who has sent this, where they are inside."""
        token = request.cookie(self.cookie)
        found = entering.visitor(token, BY) if token else None
        return Visit(token, found, entering.hashed(f"seal:{token}")) if found is not None else None

    def keep(self, token: str) -> tuple[str, str]:
        """The head that lets a browser keep a visit; no page can read it, and no other site sends it."""
        return "Set-Cookie", f"{self.cookie}={token}; {self._manner()}"

    def forget(self) -> tuple[str, str]:
        """The head that has a browser forget it."""
        return "Set-Cookie", f"{self.cookie}=; {self._manner()}; Max-Age=0"  # unsaid: a head

    def _manner(self) -> str:
        return f"Path=/; HttpOnly; SameSite=Strict{'; Secure' if self.encrypted else ''}"  # unsaid: a head

    # ---------------------------------------------------------------- what goes wrong

    def limit(self, what: str, who: str) -> None:
        """Turn away who does something too often."""
        if wait := self.rates.take(what, who):
            raise Turned(429, TOO_OFTEN, wait)

    def turned(self, request: Request, turned: Turned) -> Answer:
        """The page that says why not; the same for what is not there and what is not theirs."""
        say = into(request.language)
        said = say(turned.text or NOT_FOUND).format(minutes=max(1, -(-turned.wait // 60)))
        body = pages.page("turned.html", request.language, said=said)
        heads = [("Retry-After", str(turned.wait))] if turned.wait else []
        heads += [("Allow", ", ".join(turned.allow))] if turned.allow else []
        return Answer(body, turned.status, heads=heads)

    def _later(self, answer: Answer) -> Callable[[], object] | None:
        after = answer.after
        if after is None:
            return None

        def done() -> None:
            try:
                after()
            except Exception as error:  # noqa: BLE001  the answer is sent already
                _note(error)

        return done

    def _read_lists(self) -> None:
        """After a while without anybody the line to the store may have been cut, and lists may have changed."""
        now = time.monotonic()
        if now - self._asked > QUIET:
            with suppress(Surroundings):
                database.proxy.obj.execute_sql("SELECT 1")
        self._asked = now
        if now - self._read > READ_AGAIN:
            self._read = now
            pages.forget()


def _note(error: BaseException) -> None:
    """What went wrong and where; never with what, which may be somebody's."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last is not None else "?"
    log.error("%s at %s", type(error).__name__, where)
