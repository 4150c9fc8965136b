"""The pages as they are written: out of templates in resources/portal, in the language of whoever reads them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from channergy_crm import language
from channergy_crm.language import LISTED
from channergy_crm.records import lookups, ticket_limits
from channergy_crm.records.lookups import describe
from channergy_crm.records.tickets import Ticket
from channergy_crm.resources import data
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME
from channergy_crm.text.written import written_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


MB = 1 << 20


@cache
def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(  # everything that is put in stands there as it is
        loader=FileSystemLoader(data("resources") / "portal"), autoescape=True, undefined=StrictUndefined,
        auto_reload=False, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


@cache
def static(name: str) -> bytes:
    """A file that goes along with every page."""
    place = data("resources") / ("app.svg" if name == "icon.svg" else f"portal/{name}")
    return place.read_bytes()


@cache
def _office_name() -> str:
    return office.get(OFFICE_NAME, Program.ITSELF)


def forget() -> None:
    """What the office is called is read afresh, and so are its lists: another workstation may have changed them."""
    _office_name.cache_clear()
    lookups.forget()
    ticket_limits.forget()


def page(name: str, code: str, **values: object) -> bytes:
    """A page in a language, with these values in it."""
    say = language.into(code)
    usual = {
        "_": say, "code": code, "office": _office_name(), "day": _day(say),
        "stage": _listed(say, "status"), "sort": _listed(say, "category"), "size": _size(say), "who": "", "seal": "",
        "here": "",
    }  # fmt: skip
    text: str = _templates().get_template(name).render({**usual, **values})
    return text.encode("utf-8")


def _day(say: Callable[[str], str]) -> Callable[[datetime | None], str]:
    return lambda moment: written_day(moment, say) if moment is not None else ""


def _size(say: Callable[[str], str]) -> Callable[[int], str]:
    return lambda count: say("{size:,.0f} MB" if count >= MB else "{size:,.0f} KB").format(
        size=count / MB if count >= MB else max(1, count / 1024)
    )


def _listed(say: Callable[[str], str], field: str) -> Callable[[str], str]:
    """What people read for a value of a list: the office's own words, or its first ones in their language."""
    kind = Ticket.kind(field)

    @cache
    def said(value: str | None) -> str:
        known = describe(kind, value or "")
        key = f"{LISTED}\x04{known}"
        found = say(key)
        return known if found == key else found

    return said
