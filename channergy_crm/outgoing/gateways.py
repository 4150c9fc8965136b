"""SMS gateways that speak HTTP, each described by one row: what is sent where, and where the answers say what (SI-24).

A gateway is data: an address, a method, headers and a body with places such as {text} in them, and the paths in its
JSON answers. What is put in is encoded by where it stands. The secret lies in the key store and never in a row.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import quote, quote_plus

from channergy_crm import secrets
from channergy_crm.dialing import web
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, translated
from channergy_crm.outgoing.line import Answer, Request
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import SMS_ACCOUNT, SMS_GATEWAY, SMS_OWN, SMS_SENDER

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["form", "json", "none"]
OFF, OWN, SECRET = "", "own", "sms.secret"
PLACES = ("to", "digits", "from", "text", "reference", "account", "secret", "basic", "id")
"""what may stand in braces: the number with and without its +, ..., user and secret as one, the gateway's id"""
_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")
_HEADER = re.compile(r"([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*([^\r\n]*)")
CONTENT = {
    "form": "application/x-www-form-urlencoded; charset=utf-8",  # unsaid: a name
    "json": "application/json; charset=utf-8",  # unsaid: a name
}
LONGEST_ERROR = 300
NOT_ACCEPTED = (401, 402, 403, 404, 405, 429)
"""it says that it takes nothing from us now, whatever the message: the others wait"""
PERHAPS_ACCEPTED = (408, 409, 425)


@translated("label", "account_label", "hint")
@dataclass(frozen=True)
class Gateway:
    """One way to send. Paths are dotted, numbers count from 0: `messages.0.id`; `ok`, `delivered`, `failed` are words.

    With `find_url` it knows our reference; it is asked so many seconds after a message whose end nobody saw.
    """

    name: str
    label: str
    url: str
    method: str = "POST"
    headers: str = ""
    kind: Kind = "form"
    body: str = ""
    id_at: str = ""
    ok_at: str = ""
    ok: str = ""
    error_at: str = ""
    cost_at: str = ""
    unit_at: str = ""
    status_url: str = ""
    status_at: str = ""
    delivered: str = ""
    failed: str = ""
    find_url: str = ""
    found_at: str = ""
    find_wait: int = 60
    account_label: str = N_("Account there")
    hint: str = ""
    seconds: float = 20.0


PRESETS = (
    Gateway(
        "twilio", N_("Twilio"), "https://api.twilio.com/2010-04-01/Accounts/{account}/Messages.json",
        headers="Authorization: Basic {basic}", body="To={to}&From={from}&Body={text}",
        id_at="sid", error_at="message", cost_at="price", unit_at="price_unit",
        status_url="https://api.twilio.com/2010-04-01/Accounts/{account}/Messages/{id}.json",
        status_at="status", delivered="delivered read", failed="failed undelivered canceled",
        account_label=N_("Account SID"), hint=N_("The secret is the auth token."),
    ),
    Gateway(
        "seven", N_("seven"), "https://gateway.seven.io/api/sms", kind="json",
        headers="X-Api-Key: {secret}\nAccept: application/json",
        body='{"to": "{to}", "from": "{from}", "text": "{text}", "foreign_id": "{reference}"}',
        id_at="messages.0.id", ok_at="success", ok="100", error_at="messages.0.error_text", cost_at="messages.0.price",
        account_label="", hint=N_("The secret is the API key."),
    ),
    Gateway(
        "infobip", N_("Infobip"), "https://{account}/sms/3/messages", kind="json",
        headers="Authorization: App {secret}\nAccept: application/json",
        body='{"messages": [{"sender": "{from}", "destinations": [{"to": "{digits}", "messageId": "{reference}"}], '
             '"content": {"text": "{text}"}}]}',
        id_at="messages.0.messageId", error_at="requestError.serviceException.text",
        status_url="https://{account}/sms/3/logs?messageId={id}", status_at="results.0.status.groupName",
        delivered="DELIVERED", failed="UNDELIVERABLE EXPIRED REJECTED", cost_at="results.0.price.pricePerMessage",
        unit_at="results.0.price.currency",
        find_url="https://{account}/sms/3/logs?messageId={reference}", found_at="results.0.messageId",
        account_label=N_("Your base address there"), hint=N_("The secret is the API key. It knows our references."),
    ),
)  # fmt: skip
_OWN_FIELDS = {setting.name.rpartition(".")[2]: setting for setting in SMS_OWN}


class Account(NamedTuple):
    """Whose gateway it is: the account there, the sender that is shown, the secret."""

    account: str = ""
    sender: str = ""
    secret: str = ""


class Told(NamedTuple):
    """What a gateway said of one message.

    "sent" with its id; "refused": this message is not sent; "stopped": nothing is taken now; "unknown": nobody knows.
    """

    what: Literal["sent", "refused", "stopped", "unknown"]
    id: str = ""
    error: str = ""
    cost: str = ""


# ---------------------------------------------------------------- which one


def chosen() -> Gateway | None:
    """The gateway of the office; None where it has none."""
    name = office.get(SMS_GATEWAY, Program.ITSELF)
    if name == OWN:
        held: dict[str, Any] = {key: office.get(setting, Program.ITSELF) for key, setting in _OWN_FIELDS.items()}
        return Gateway(OWN, N_("Another gateway"), **held)
    return next((each for each in PRESETS if each.name == name), None)


def account() -> Account:
    """The account of the office there; the key store is asked, which may take its time."""
    return Account(
        office.get(SMS_ACCOUNT, Program.ITSELF).strip(),
        office.get(SMS_SENDER, Program.ITSELF).strip(),
        secrets.find(SECRET) or "",
    )


def is_ready() -> bool:
    """Whether this workstation can send: there is a gateway, and its secret is kept here if it needs one."""
    gateway = chosen()
    return gateway is not None and (secrets.is_kept(SECRET) or not needs_secret(gateway))


def needs_secret(gateway: Gateway) -> bool:
    """Whether a secret stands anywhere in what is sent."""
    return any(f"{{{place}}}" in _all_of(gateway) for place in ("secret", "basic"))


def problem(gateway: Gateway, own: Account) -> str | None:
    """What is wrong with the description of a gateway, in a sentence; None when it can be tried."""
    if "{account}" in _all_of(gateway) and not own.account:
        return _("{field} is required.").format(field=gateway.account_label or SMS_ACCOUNT.label)
    if "{from}" in _all_of(gateway) and not own.sender:
        return _("Type the sender that is shown: a number, or up to eleven letters.")
    if not any(place in gateway.url + gateway.body for place in ("{to}", "{digits}")):
        return _("Write {place} where the number goes.").format(place="{to}")
    if "{text}" not in gateway.url + gateway.body:
        return _("Write {place} where the text goes.").format(place="{text}")
    values = _values(own, "+15125550123", "Text", "0" * 32, "1")
    for address in filter(None, (gateway.url, gateway.status_url, gateway.find_url)):
        if wrong := web.problem(_put_in(address, values, _in_address)):
            return wrong
    return _wrong_headers(gateway) or _wrong_body(gateway, values)


def _wrong_headers(gateway: Gateway) -> str | None:
    for line in filter(str.strip, gateway.headers.splitlines()):
        if not _HEADER.fullmatch(line.strip()):
            return _("A header is written as a name, a colon and a value: “{line}” is not.").format(line=line.strip())
    return None


def _wrong_body(gateway: Gateway, values: Mapping[str, str]) -> str | None:
    if gateway.kind != "json":
        return None
    try:
        json.loads(_put_in(gateway.body, values, _in_json))
    except ValueError as error:
        return _("What is sent is no JSON: {reason}.").format(reason=error)
    return None


def _all_of(gateway: Gateway) -> str:
    texts = (getattr(gateway, field.name) for field in fields(gateway))
    return "\n".join(text for text in texts if isinstance(text, str))


# ---------------------------------------------------------------- what is sent


def to_send(gateway: Gateway, own: Account, number: str, text: str, reference: str) -> Request:
    """The request that sends a text to a number in its international form."""
    return _request(gateway, gateway.method, gateway.url, _values(own, number, text, reference), gateway.body)


def to_ask(gateway: Gateway, own: Account, gateway_id: str) -> Request:
    """The request that asks what has become of a message."""
    return _request(gateway, "GET", gateway.status_url, _values(own, gateway_id=gateway_id))


def to_find(gateway: Gateway, own: Account, reference: str) -> Request:
    """The request that asks whether a message of this reference of ours is known."""
    return _request(gateway, "GET", gateway.find_url, _values(own, reference=reference))


def _request(gateway: Gateway, method: str, url: str, values: Mapping[str, str], body: str = "") -> Request:
    heads = {"User-Agent": "Channergy CRM"}  # unsaid: for servers
    for line in filter(str.strip, gateway.headers.splitlines()):
        found = _HEADER.fullmatch(_put_in(line.strip(), values, str))
        if found is None:
            raise Mistake(_("The account, the sender or the secret holds what cannot stand in a header."))
        heads[found[1]] = found[2]
    contents: bytes | None = None
    if body and gateway.kind != "none" and method != "GET":
        contents = _put_in(body, values, _in_json if gateway.kind == "json" else quote_plus).encode()
        heads.setdefault("Content-Type", CONTENT[gateway.kind])
    return Request(method, _put_in(url.strip(), values, _in_address), heads, contents)


def _values(
    own: Account, number: str = "", text: str = "", reference: str = "", gateway_id: str = ""
) -> Mapping[str, str]:  # fmt: skip
    basic = base64.b64encode(f"{own.account}:{own.secret}".encode()).decode()
    held = (number, number.removeprefix("+"), own.sender, text, reference, own.account, own.secret, basic, gateway_id)
    return dict(zip(PLACES, held, strict=True))


def _put_in(template: str, values: Mapping[str, str], encoded: Any) -> str:
    return _PLACE.sub(lambda found: encoded(values[found[1]]), template)


def _in_address(text: str) -> str:
    return quote(text, safe="")


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


# ---------------------------------------------------------------- what it says


def read_sent(gateway: Gateway, answer: Answer, own: Account) -> Told:
    """What the answer to a message says of it."""
    held = _parsed(answer.text)
    error = _error(gateway, answer, held, own)
    if answer.status in PERHAPS_ACCEPTED or answer.status >= 500:
        return Told("unknown", error=error)
    if answer.status in NOT_ACCEPTED or 300 <= answer.status < 400:
        return Told("stopped", error=error)
    if answer.status >= 400:
        return Told("refused", error=error)
    if gateway.ok_at:
        if held is None:
            return Told("unknown", error=_("The gateway answered something that is not understood."))
        if _at(held, gateway.ok_at) not in gateway.ok.split():
            return Told("refused", error=error)
    return Told("sent", _at(held, gateway.id_at)[:120], cost=_cost(gateway, held))


def read_status(gateway: Gateway, answer: Answer, own: Account) -> Told | None:
    """What has become of a message, "sent" standing for delivered; None while it is on its way or nobody knows."""
    held = _parsed(answer.text)
    if not 200 <= answer.status < 300 or held is None:
        return None
    stands = _at(held, gateway.status_at).casefold()
    cost = _cost(gateway, held)
    if stands and stands in gateway.delivered.casefold().split():
        return Told("sent", cost=cost)
    if stands and stands in gateway.failed.casefold().split():
        said = _error(gateway, answer, held, own)
        return Told("refused", error=said if _at(held, gateway.error_at) else stands, cost=cost)
    return None


def read_found(gateway: Gateway, answer: Answer) -> str | None:
    """The id of a message that was looked for by our reference; "" where it is surely not known, None: no telling."""
    if answer.status == 404:
        return ""
    held = _parsed(answer.text)
    if not 200 <= answer.status < 300 or held is None:
        return None
    return _at(held, gateway.found_at)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _at(held: Any, path: str) -> str:
    """What stands at a path, as text; "" where nothing does."""
    for step in filter(None, path.split(".")):
        if isinstance(held, dict):
            held = held.get(step)
        elif isinstance(held, list) and step.isdecimal() and int(step) < len(held):
            held = held[int(step)]
        else:
            return ""
    if held is None or isinstance(held, dict | list) or not path:
        return ""
    return str(held).lower() if isinstance(held, bool) else str(held).strip()


def _cost(gateway: Gateway, held: Any) -> str:
    said = " ".join(filter(None, (_at(held, gateway.cost_at), _at(held, gateway.unit_at)))) if gateway.cost_at else ""
    return said[:40] if _at(held, gateway.cost_at) else ""


def _error(gateway: Gateway, answer: Answer, held: Any, own: Account) -> str:
    """What it says is wrong; never with the secret in it."""
    said = _at(held, gateway.error_at) if gateway.error_at else ""
    plain = said or _("the gateway answered {status} {reason}").format(status=answer.status, reason=answer.reason)
    if own.secret:
        plain = plain.replace(own.secret, "…")
    return plain.strip()[:LONGEST_ERROR]
