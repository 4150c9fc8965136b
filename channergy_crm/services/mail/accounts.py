"""The e-mail server of the office, and in whose name it sends; the password lies in the key store (BX-14, K26)."""

from __future__ import annotations

from typing import Literal, NamedTuple

from channergy_crm import secrets
from channergy_crm.dialing.web import is_here
from channergy_crm.language import _
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    MAIL_ADDRESS,
    MAIL_HOST,
    MAIL_NAME,
    MAIL_PER_MINUTE,
    MAIL_PORT,
    MAIL_REPLY_TO,
    MAIL_SECURITY,
    MAIL_USER,
)
from channergy_crm.text.links import mail_address

Security = Literal["starttls", "tls", "none"]
PASSWORD = "mail.password"  # noqa: S105  its name in the key store
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
"""where servers usually listen"""


class Account(NamedTuple):
    """The server with what it asks for, the sender, where answers go ("" to the sender), and how many a minute go."""

    host: str = ""
    port: int = 0
    security: Security = "starttls"
    user: str = ""
    password: str = ""
    name: str = ""
    sender: str = ""
    reply_to: str = ""
    per_minute: int = 0


def account(*, password: bool = True) -> Account:
    """The account of the office; the key store is asked for the password, which may take its time."""
    said = office.get(MAIL_SECURITY, Program.ITSELF)
    security: Security = "tls" if said == "tls" else "none" if said == "none" else "starttls"
    return Account(
        _held(MAIL_HOST), office.whole(MAIL_PORT, Program.ITSELF), security, _held(MAIL_USER),
        (secrets.find(PASSWORD) or "") if password else "", _held(MAIL_NAME), _held(MAIL_ADDRESS),
        _held(MAIL_REPLY_TO), office.whole(MAIL_PER_MINUTE, Program.ITSELF),
    )  # fmt: skip


def _held(setting: object) -> str:
    return " ".join(office.get(setting, Program.ITSELF).split())  # type: ignore[arg-type]  # settings of texts


def problem(own: Account) -> str | None:
    """What keeps mail from being sent by this account, in a sentence; None when it can be tried."""
    apart = any(sign in own.host for sign in "/@: ") and not own.host.startswith("[")
    found = (
        (not own.host, _("Type the name of the e-mail server.")),
        (apart, _("The server is the name of a computer, such as mail.company.com, with nothing before or behind it.")),
        (not 0 < own.port < 65_536, _("The port is a number such as 587 or 465.")),
        (not own.sender, _("Type the address mails come from.")),
        (mail_address(own.sender) != own.sender, _("The address of the sender looks like name@company.com.")),
        (mail_address(own.reply_to) != own.reply_to, _("The address answers go to looks like name@company.com.")),
        (own.security == "none" and bool(own.user) and not is_here(own.host),
         _("Without encryption no password is sent to another computer; choose STARTTLS or TLS.")),
    )  # fmt: skip
    return next((said for wrong, said in found if wrong), None)


def is_set_up() -> bool:
    """Whether the office sends mail itself at all."""
    return problem(account(password=False)) is None


def is_ready() -> bool:
    """Whether this workstation can send: nothing is missing, and the password is kept here if there is a user."""
    own = account(password=False)
    return problem(own) is None and (not own.user or secrets.is_kept(PASSWORD))
