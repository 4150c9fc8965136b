"""Security, on or off for the whole office: whether the program asks who is there, and keeps to the roles (CH-7, K3).

What it cannot do is said where it is switched on: whoever holds the office's file can open it with other tools.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from channergy_crm import access, kept, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import operators, rights, roles, signing_in
from channergy_crm.services.rights import Program
from channergy_crm.settings import SECURITY

if TYPE_CHECKING:
    from pathlib import Path

ON, OFF = "on", "off"


def is_on() -> bool:
    """Whether Security is on in this office."""
    return access.is_secured()


def limits() -> str:
    """What Security cannot do, in plain words."""
    return _(
        "Security keeps people to their roles inside this program. Whoever can copy the office's file can read it with "
        "other tools: keep the folder to those who may, or use PostgreSQL and give its password to nobody."
    )


def switch_on(by: str, password: str, recovery: Path) -> None:
    """Ask everybody who they are from now on. The administrator's password comes first, then the recovery file.

    Operators without a role become operators; who has no password yet gets one from an administrator.
    """
    operators.require_administrator(by)
    if is_on():
        raise Mistake(_("Security is on already."))
    if recovery.exists():
        raise Mistake(_("There is a file {file} already. Choose another name.").format(file=recovery.name), "recovery")
    signing_in.set_password(by, password, by)
    code = secrets.token_urlsafe(24)
    kept.write_whole(recovery, _recovery_text(code))
    signing_in.keep_recovery(code, by)
    with work.unit("Switch Security on", by=by):
        roles.make_usual(by)
        _set(ON)
    signing_in.note(by, "on", by=by)


def _recovery_text(code: str) -> str:
    said = _(
        "This file lets you into the office when no administrator can sign in any more.\n"
        "Print it, lock the paper away, and delete the file.\n\n"
        "    main.py security off --recovery THIS-FILE\n\n"
        "switches Security off; then any operator is chosen in the header as before, and a new file is made when\n"
        "Security is switched on again.\n"
    )
    return f"{said}\n{CODE}{code}\n"


CODE = "Channergy-CRM-recovery: "


def code_in(path: Path) -> str:
    """The code in a recovery file. `Mistake` when there is none."""
    lines = path.read_text("utf-8", "replace").splitlines()
    found = next((line.removeprefix(CODE).strip() for line in lines if line.startswith(CODE)), "")
    if not found:
        raise Mistake(_("{file} is no recovery file.").format(file=path.name))
    return found


def switch_off(by: str) -> None:
    """Ask nobody any more: the operator is chosen in the header."""
    rights.require(by, "administer")
    operators.require_administrator(by)
    _off(by)


def recover(path: Path) -> None:
    """Switch Security off with the recovery file: the way back in when every administrator is locked out."""
    if not is_on():
        raise Mistake(_("Security is off already."))
    if not signing_in.recovers(code_in(path)):
        signing_in.note(signing_in.RECOVERY, "refused", by=Program.COMMAND_LINE)
        raise Refused(_("That is not the recovery file of this office, or it was made before the last one."))
    _off(Program.COMMAND_LINE)
    signing_in.note(signing_in.RECOVERY, "recovery", by=Program.COMMAND_LINE)


def _off(by: str) -> None:
    with work.unit("Switch Security off", by=by):
        _set(OFF)
    signing_in.note(by, "off", by=by)


def _set(value: str) -> None:
    held = OfficeSetting.find(SECURITY.name) or OfficeSetting(name=SECURITY.name)
    held.value = value
    held.save()
