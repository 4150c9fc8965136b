"""The page a person sees at the site: what is there, and two forms to change something, without a script."""

# unsaid file: the signs of HTML around words that are marked
from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from channergy_crm.language import _, in_use, ngettext
from channergy_crm.sync.sandbox.rules import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from channergy_crm.sync.sandbox.site import Site
    from channergy_crm.sync.sandbox.store import Row, Store

MOST = 50
HERE = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?")
HEADS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
    "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}  # fmt: skip
STYLE = (
    ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:24px auto;"
    "padding:0 24px}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:6px 12px 6px 0;"
    "border-bottom:1px solid #8885}form{display:inline}input,select,button{font:inherit;padding:3px 8px}"
    ".quiet{opacity:.7}input[name=phone]{width:11em}input[name=probability]{width:4.5em}h1{margin-bottom:4px}"
    "h2{margin-top:32px}"
)


def is_here(host: str) -> bool:
    """Whether a page was asked for at this computer, by its own name: no other page may lead one here by a trick."""
    return HERE.fullmatch(host.casefold()) is not None


def back(typed: Mapping[str, str]) -> str:
    """Where one is led after a change: to what one looked at."""
    return f"/?q={quote(typed['q'])}" if typed.get("q") else "/"


def take(site: Site, typed: Mapping[str, str]) -> None:
    """Somebody at the site changes the phone of a company, or stage, probability and people of a program."""
    kind, id = typed.get("kind", ""), typed.get("id", "")
    row = site.store.row(kind, id) if kind in ("companies", "programs") else None
    if row is None or row.deleted or row.merged:
        return
    if kind == "companies":
        site.change(kind, id, phone=typed.get("phone", "").strip()[:60])
        return
    if typed.get("stage", "").strip():
        site.change(kind, id, sales_stage=typed["stage"].strip()[:60])
    if (percent := typed.get("probability", "")).isdecimal() and int(percent) <= 100:
        site.change(kind, id, probability=int(percent))
    if typed.get("add", "") in (names := {id: person[0] for id, person in site.store.people().items()}):
        site.show(id, names[typed["add"]])


def shown(store: Store, wanted: str, token: str) -> str:
    """The page. Whatever stands in a record is text on it and nothing else."""
    with store.at_once():
        companies = [_company(row.id, row.values, token, wanted) for row in store.some("companies", wanted, MOST)]
        contacts = [_contact(row.id, row.values) for row in store.some("contacts", wanted, MOST)]
        people = {id: person[0] for id, person in store.people().items()}
        programs = [_program(row, people, token, wanted) for row in store.some("programs", wanted, MOST)]
        counts = [store.count(kind) for kind in ("companies", "contacts", "programs")]
    heads = (
        ngettext("{count:,} company", "{count:,} companies", counts[0]),
        ngettext("{count:,} contact", "{count:,} contacts", counts[1]),
        ngettext("{count:,} program", "{count:,} programs", counts[2]),
    )
    about = _(
        "A site to try the sync with: what is changed here comes to the CRM, and what is changed there comes here."
    )
    tables = (
        _table(heads[0].format(count=counts[0]), (_("Record number"), _("Company"), _("Phone")), companies),
        _table(heads[1].format(count=counts[1]), (_("Record number"), _("Name"), _("Email"), _("Company")), contacts),
        _table(heads[2].format(count=counts[2]), (_("Record number"), _("Program"), _("Stage"), _("People")), programs),
    )
    find, title = escape(_("Find")), escape(_("Viper site"))
    line = f'<input name="q" value="{escape(wanted)}" aria-label="{find}"> <button>{find}</button>'
    return (
        f'<!DOCTYPE html><html lang="{escape(in_use())}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1><p>{escape(about)}</p>"
        f'<form method="get" action="/">{line}</form>{"".join(tables)}</body></html>'
    )


def _table(title: str, heads: Iterable[str], rows: list[str]) -> str:
    none = _("Nothing is here yet; it comes with the first sync.")
    empty = f'<p class="quiet">{escape(none)}</p>'
    titles = "".join(f"<th>{escape(head)}</th>" for head in heads)
    table = f"<table><tr>{titles}</tr>{''.join(rows)}</table>" if rows else empty
    return f"<h2>{escape(title)}</h2>{table}"


def _company(id: str, values: Mapping[str, object], token: str, wanted: str) -> str:
    phone = _field("phone", values.get("phone"), _("Phone"))
    return f"<tr>{_cell(id)}{_cell(values.get('name'))}<td>{_form('companies', id, token, wanted, phone)}</td></tr>"


def _contact(id: str, values: Mapping[str, object]) -> str:
    name = f"{values.get('first_name') or ''} {values.get('last_name') or ''}".strip()
    return f"<tr>{_cell(id)}{_cell(name)}{_cell(values.get('email'))}{_cell(values.get('company_id'))}</tr>"


def _program(row: Row, people: Mapping[str, str], token: str, wanted: str) -> str:
    stage = str(row.values.get("sales_stage") or "")
    steps = "".join(_option(each, each, stage) for each in dict.fromkeys([*STAGES, *filter(None, [stage])]))
    stage_said, adding = escape(_("Stage")), escape(_("Add somebody"))
    inside = f'<select name="stage" aria-label="{stage_said}">{steps}</select> '
    inside += _field("probability", row.values.get("probability"), _("Probability")) + " %"
    users = row.company_users
    others = "".join(_option(id, name, "") for id, name in people.items() if name not in users)
    add = f'<select name="add" aria-label="{adding}"><option value="">–</option>{others}</select>'
    change, join = _form("programs", row.id, token, wanted, inside), _form("programs", row.id, token, wanted, add)
    working = escape(", ".join(map(str, users)))
    return f"<tr>{_cell(row.id)}{_cell(row.values.get('name'))}<td>{change}</td><td>{working} {join}</td></tr>"


def _form(kind: str, id: str, token: str, wanted: str, inside: str) -> str:
    hidden = {"kind": kind, "id": id, "token": token, "q": wanted}
    held = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in hidden.items())
    save = escape(_("Save"))
    return f'<form method="post" action="/">{held}{inside} <button>{save}</button></form>'


def _field(name: str, value: object, label: str) -> str:
    said = "" if value is None else str(value)
    return f'<input name="{name}" value="{escape(said)}" aria-label="{escape(label)}">'


def _option(value: str, text: str, now: str) -> str:
    return f'<option value="{escape(value)}"{" selected" if value == now else ""}>{escape(text)}</option>'


def _cell(value: object) -> str:
    return f"<td>{escape('' if value is None else str(value))}</td>"
