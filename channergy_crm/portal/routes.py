"""The table of pages: what may be asked for, by which method, by whom, and what comes of it (VT-177)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _, into
from channergy_crm.portal import answers, pages
from channergy_crm.portal.answers import KEPT_A_WHILE, STYLE, Answer, go_to
from channergy_crm.portal.application import Portal, Route
from channergy_crm.portal.incoming import Turned
from channergy_crm.services.portal import entering, sending
from channergy_crm.services.portal.entering import LINK_FOR, LONGEST_ADDRESS
from channergy_crm.services.portal.seen import Offered, Unfit
from channergy_crm.services.rights import Program
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.portal.application import Visit
    from channergy_crm.portal.incoming import Request
    from channergy_crm.portal.rates import Rates

BY = Program.PORTAL
MOST_PAGES, LONGEST_LOOKED = 100, 200
NOBODY = N_("Type an e-mail address such as name@company.com.")
NO_PRODUCT = N_("No product has these words in its name.")
MORE_PRODUCTS = N_("There are more than these. Type more of its name.")


def _shown(name: str, request: Request, visit: Visit | None, status: int = 200, **values: object) -> Answer:
    who = {"who": visit.visitor.name, "seal": visit.seal} if visit is not None else {}
    return Answer(pages.page(name, request.language, **who, **values), status)


def _missing() -> Turned:
    return Turned(404)


# ---------------------------------------------------------------- coming and going


def _door(portal: Portal, request: Request, visit: Visit | None) -> Answer:
    if visit is not None:
        return go_to("/tickets")
    said = "left" if "left" in request.query else "ended" if "ended" in request.query else ""
    return _shown("door.html", request, None, said=said, wrong="", typed="", minutes=_minutes())


def _ask_for_link(portal: Portal, request: Request, visit: Visit | None) -> Answer:
    """The same answer for everybody; whether there is somebody is looked up when it is on its way."""
    typed = request.form().words.get("address", "").strip()[: LONGEST_ADDRESS + 1]
    if "@" not in typed[1:-1] or len(typed) > LONGEST_ADDRESS:
        wrong = into(request.language)(NOBODY)
        return _shown("door.html", request, None, 422, said="", wrong=wrong, typed=typed,
                      minutes=_minutes())  # fmt: skip
    portal.limit("links", request.client)
    portal.limit("addresses", fold(typed))
    answer = _shown("asked.html", request, None, minutes=_minutes())
    answer.after = lambda: entering.ask(typed, portal.base, into(request.language), BY)
    return answer


def _minutes() -> int:
    return int(LINK_FOR.total_seconds()) // 60


def _threshold(portal: Portal, request: Request, visit: Visit | None, token: str) -> Answer:
    """A program that looks at mails only comes as far as here: the link is used up by the button."""
    if not _may_try(portal, request, token):
        return _too_old(request)
    return _shown("enter.html", request, None, token=token)


def _enter(portal: Portal, request: Request, visit: Visit | None, token: str) -> Answer:
    held = entering.enter(token, BY) if _may_try(portal, request, token) else None
    if held is None:
        return _too_old(request)
    if visit is not None:
        entering.leave(visit.token, BY)
    return go_to("/tickets", portal.keep(held))


def _may_try(portal: Portal, request: Request, token: str) -> bool:
    """Whether a link is good; whoever tries wrong ones may not try on for long."""
    if wait := portal.rates.wait("tokens", request.client):
        raise Turned(429, N_("That was too often. Try again in {minutes} minutes."), wait)
    if entering.is_good(token, BY):
        return True
    portal.limit("tokens", request.client)
    return False


def _too_old(request: Request) -> Answer:
    return _shown("too_old.html", request, None, 404)


def _leave(portal: Portal, request: Request, visit: Visit) -> Answer:
    entering.leave(visit.token, BY)
    return go_to("/?left=1", portal.forget(), ("Clear-Site-Data", '"cache"'))


# ---------------------------------------------------------------- tickets


def _tickets(portal: Portal, request: Request, visit: Visit) -> Answer:
    said = request.query.get("page", "0")
    page = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    listed = visit.visitor.tickets(min(page, MOST_PAGES))
    return _shown("tickets.html", request, visit, listed=listed, page=page, here="tickets")


def _ticket(portal: Portal, request: Request, visit: Visit, number: str) -> Answer:
    return _one(request, visit, int(number), said="done" if "done" in request.query else "")


def _one(
    request: Request, visit: Visit, number: int, status: int = 200, typed: str = "", said: str = "",
    wrong: Mapping[str, str] | None = None,
) -> Answer:  # fmt: skip
    held = visit.visitor.ticket(number)
    if held is None:
        raise _missing()
    return _shown("ticket.html", request, visit, status, ticket=held, typed=typed, said=said, wrong=wrong or {},
                  here="tickets", **_bounds())  # fmt: skip


def _bounds() -> dict[str, Any]:
    return {"most_files": sending.MOST, "largest_file": sending.largest()}


def _write(portal: Portal, request: Request, visit: Visit, number: str) -> Answer:
    form = request.form(files=True)
    text = form.words.get("text", "")
    portal.limit("writing", f"#{visit.visitor.number}")
    try:
        if not visit.visitor.say(int(number), text, form.files):
            raise _missing()
    except Unfit as wrong:
        return _one(request, visit, int(number), 422, text, wrong=_why(request, wrong))
    return go_to(f"/tickets/{int(number)}?done=1")


def _solve(portal: Portal, request: Request, visit: Visit, number: str) -> Answer:
    portal.limit("writing", f"#{visit.visitor.number}")
    if not visit.visitor.solve(int(number)):
        raise _missing()
    return go_to(f"/tickets/{int(number)}")


def _file(portal: Portal, request: Request, visit: Visit, number: str, document: str) -> Answer:
    found = visit.visitor.file(int(number), int(document))
    if found is None:
        raise _missing()
    return answers.file(found[0].name, found[1])


def _new(portal: Portal, request: Request, visit: Visit) -> Answer:
    return _form(request, visit, {}, {})


def _form(request: Request, visit: Visit, typed: Mapping[str, str], wrong: Mapping[str, str]) -> Answer:
    values = {name: typed.get(name, "") for name in ("title", "text", "category", "product", "looked")}
    products, many, looked = _products(visit, values["looked"], values["product"])
    if many and len(products.some) == 1:
        values["product"] = products.some[0][0]
    said = {"looked": into(request.language)(looked)} if looked and not wrong else {}
    return _shown("new.html", request, visit, 422 if wrong else 200, typed=values, wrong={**said, **wrong}, many=many,
                  categories=visit.visitor.categories(), products=products, here="new", **_bounds())  # fmt: skip


def _products(visit: Visit, looked: str, chosen: str) -> tuple[Offered, bool, str]:
    """What can be chosen; whether that has to be looked for first, and what is to be said about what was found."""
    offered = visit.visitor.products()
    if not offered.more:
        return offered, False, ""
    none = Offered([each for each in (visit.visitor.product(chosen),) if each is not None], more=False)
    if not looked.strip():
        return none, True, ""
    found = visit.visitor.products(looked)
    if not found.some:
        return none, True, NO_PRODUCT
    return found, True, MORE_PRODUCTS if found.more else ""


def _make(portal: Portal, request: Request, visit: Visit) -> Answer:
    form = request.form(files=True)
    typed = form.words
    if "look" in typed:
        return _form(request, visit, typed, {})
    portal.limit("writing", f"#{visit.visitor.number}")
    product, text = _meant(visit, typed)
    try:
        number = visit.visitor.ask(typed.get("title", ""), text, typed.get("category", ""), product, form.files)
    except Unfit as wrong:
        return _form(request, visit, typed, _why(request, wrong))
    return go_to(f"/tickets/{number}?done=1")


def _meant(visit: Visit, typed: Mapping[str, str]) -> tuple[str, str]:
    """The product that was chosen, or the only one with the words that were typed; where these are several or none, the
    words go along with what was written.
    """
    product, text, looked = (typed.get(name, "") for name in ("product", "text", "looked"))
    looked = " ".join(looked.split())[:LONGEST_LOOKED]
    if product or not looked or not text.strip():
        return product, text
    found = visit.visitor.products(looked)
    if len(found.some) == 1:
        return found.some[0][0], text
    said = _("Product: {name}").format(name=looked)
    return "", f"{text.rstrip()}\n\n{said}"


def _why(request: Request, wrong: Unfit) -> dict[str, str]:
    return {wrong.field or "text": into(request.language)(wrong.text).format(**wrong.parameters)}


# ---------------------------------------------------------------- answers


def _faq(portal: Portal, request: Request, visit: Visit) -> Answer:
    typed, category = request.query.get("q", "")[:200], request.query.get("category", "")
    found = visit.visitor.answers(typed, category)
    return _shown("faq.html", request, visit, found=found, typed=typed, category=category,
                  categories=visit.visitor.categories(), here="faq")  # fmt: skip


def _answer(portal: Portal, request: Request, visit: Visit, number: str) -> Answer:
    found = visit.visitor.answer(int(number))
    if found is None:
        raise _missing()
    return _shown("answer.html", request, visit, found=found, here="faq")


# ---------------------------------------------------------------- what goes along


def _style(portal: Portal, request: Request, visit: Visit | None) -> Answer:
    return Answer(pages.static("portal.css"), kind=STYLE, kept=KEPT_A_WHILE)


def _icon(portal: Portal, request: Request, visit: Visit | None) -> Answer:
    return Answer(pages.static("icon.svg"), kind="image/svg+xml", kept=KEPT_A_WHILE)


def _at(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("#", "([1-9][0-9]{0,9})"), re.ASCII)


ROUTES = (
    Route(_at("/"), "/", {"GET": _door, "POST": _ask_for_link}, inside=False),
    Route(_at("/enter/([A-Za-z0-9_-]{43})"), "/enter/…", {"GET": _threshold, "POST": _enter}, inside=False),
    Route(_at("/portal\\.css"), "/portal.css", {"GET": _style}, inside=False),
    Route(_at("/icon\\.svg"), "/icon.svg", {"GET": _icon}, inside=False),
    Route(_at("/tickets"), "/tickets", {"GET": _tickets}),
    Route(_at("/tickets/new"), "/tickets/new", {"GET": _new, "POST": _make}, files=True),
    Route(_at("/tickets/#"), "/tickets/…", {"GET": _ticket, "POST": _write}, files=True),
    Route(_at("/tickets/#/solved"), "/tickets/…/solved", {"POST": _solve}),
    Route(_at("/tickets/#/files/#"), "/tickets/…/files/…", {"GET": _file}),
    Route(_at("/faq"), "/faq", {"GET": _faq}),
    Route(_at("/faq/#"), "/faq/…", {"GET": _answer}),
    Route(_at("/leave"), "/leave", {"POST": _leave}),
)


def portal(base: str, rates: Rates | None = None) -> Portal:
    """The portal with all its pages; `base` is how it is reached."""
    return Portal(base, ROUTES, rates)
