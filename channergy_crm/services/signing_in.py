"""Signing in and out: by user name and password, with a growing wait after failures, and a history of all of it.

Whoever failed too often is locked out until an administrator lifts that. Nothing tells a stranger whether there is such
a user, and a user name that is none is not kept as it was typed: people type their password there.
"""

from __future__ import annotations

import hashlib
import math
import secrets
from datetime import datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Literal, NamedTuple

from channergy_crm import access, clock, passwords, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _, ngettext
from channergy_crm.records.operators import Operator
from channergy_crm.records.sign_ins import Login, Password, Stay
from channergy_crm.services import rights
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Mapping

What = Literal["in", "out", "closed", "refused", "locked", "unlocked", "password", "recovery", "on", "off"]
TRIES, WARNED = 8, 3
"""wrong passwords until somebody is locked out, and how many are left when that is told"""
FREE, LONGEST_WAIT = 2, 60
"""wrong passwords after which nobody waits, and the longest wait in seconds"""
STAYS = timedelta(days=30)
RECOVERY = "*RECOVERY"
"""under this name the recovery code is kept; no operator has a star in the ID"""
_FORGIVEN = ("in", "unlocked", "password", "recovery")


class Entry(NamedTuple):
    """One line of the sign-in history: when, who, what, on which workstation, and who else did it."""

    at: datetime
    user: str
    name: str
    what: str
    station: str
    by: str


def is_on() -> bool:
    """Whether this office asks who is there (Security on)."""
    return access.is_secured()


def sign_in(name: str, password: str, station: str = "") -> str:
    """Let somebody in by user name and password; the ID of the operator (VT-10, VT-11).

    `Refused` says that the two do not belong together, how many tries are left, how long to wait, or who helps.
    """
    operator = _of_name(name)
    who = operator.id if operator is not None else _stranger(name)
    _refuse_locked(who)
    held = Password.get_or_none(Password.operator == operator.id) if operator is not None else None
    if held is None:
        passwords.take_as_long()
    if operator is None or held is None or not passwords.matches(held.held, password):
        raise Refused(_failed(who, station))
    if passwords.is_outdated(held.held):
        _keep(operator.id, password, operator.id, must_change=held.must_change, said=False)
    note(who, "in", station)
    return str(operator.id)


def _of_name(name: str) -> Operator | None:
    found: Operator | None = Operator.find(name.strip().upper()) or Operator.find(name.strip())
    return found if found is not None and found.active and not found.group else None


def _stranger(name: str) -> str:
    """A name nobody has, by a mark from which it cannot be read."""
    return "?" + hashlib.sha256(name.strip().casefold().encode()).hexdigest()[:16]


def _failures(who: str) -> list[datetime]:
    """When wrong passwords were typed since somebody last got in, the latest first."""
    rows = Login.select().where(Login.user == who).order_by(Login.number.desc()).limit(4 * TRIES)
    since = takewhile(lambda entry: entry.what not in _FORGIVEN, map(_entry, rows))
    return [entry.at for entry in since if entry.what == "refused"]


def _refuse_locked(who: str) -> None:
    failures = _failures(who)
    if len(failures) >= TRIES:
        raise Refused(_("Too many wrong passwords. An administrator can let you in again."))
    if len(failures) > FREE:
        wait = min(2 ** (len(failures) - FREE), LONGEST_WAIT)
        left = wait - (clock.now() - failures[0]).total_seconds()
        if 0 < left <= LONGEST_WAIT:  # a clock that was set back keeps nobody out for long
            count = math.ceil(left)
            said = ngettext("Wait {count} second, then try again.", "Wait {count} seconds, then try again.", count)
            raise Refused(said.format(count=count))


def _failed(who: str, station: str) -> str:
    note(who, "refused", station)
    left = TRIES - len(_failures(who))
    said = _("This user name and password do not belong together.")
    if left <= 0:
        note(who, "locked", station)
        return said + " " + _("That was the last try; an administrator can let you in again.")
    if left <= WARNED:
        more = ngettext("{count} try is left.", "{count} tries are left.", left)
        return said + " " + more.format(count=left)
    return said


def note(who: str, what: What, station: str = "", by: str = "") -> None:
    """Write a line into the sign-in history."""
    with work.unit("Sign-in history", by=by or who):
        Login.insert(user=who[:80], at=clock.now(), what=what, station=station[:80], by=by[:20]).execute()


def sign_out(by: str, station: str = "") -> None:
    """Note that somebody has left; the workstation forgets who stayed signed in there."""
    rights.require(by, "choose", Operator)
    with work.unit("Sign out", by=by):
        Stay.delete().where((Stay.operator == by) & (Stay.station == station[:80])).execute()
    note(by, "out", station)


def closed(by: str, station: str = "") -> None:
    """Note that somebody has closed the program; whoever stays signed in there is let in again."""
    rights.require(by, "choose", Operator)
    note(by, "closed", station)


# ---------------------------------------------------------------- staying signed in


def stay(by: str, station: str) -> str:
    """Keep somebody signed in on a workstation for thirty days; the secret half, for its key store."""
    rights.require(by, "choose", Operator)
    token = secrets.token_urlsafe(32)
    with work.unit("Stay signed in", by=by):
        Stay.delete().where(Stay.until < clock.now()).execute()
        Stay.insert(operator=by, held=_hash(token), station=station[:80], until=clock.now() + STAYS).execute()
    return token


def still_in(token: str, station: str) -> str:
    """The operator who stayed signed in here; "" when that is over or was taken back."""
    held = Stay.get_or_none((Stay.held == _hash(token)) & (Stay.station == station[:80])) if token else None
    if held is None or held.until < clock.now() or _of_name(str(held.operator)) is None:
        return ""
    return "" if must_change(str(held.operator)) or len(_failures(str(held.operator))) >= TRIES else str(held.operator)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# ---------------------------------------------------------------- passwords


def with_password(by: str) -> set[str]:
    """The operators who can sign in at all."""
    rights.require(by, "choose", Operator)
    return set(Password.select(Password.operator).scalars()) - {RECOVERY}


def must_change(by: str) -> bool:
    """Whether the password was given by somebody else and must be changed first."""
    rights.require(by, "choose", Operator)
    held = Password.get_or_none(Password.operator == by)
    return held is not None and bool(held.must_change)


def change(old: str, new: str, by: str) -> None:
    """Change one's own password (VT-59)."""
    rights.require(by, "choose", Operator)
    held = Password.get_or_none(Password.operator == by)
    if held is not None and not passwords.matches(held.held, old):
        raise Mistake(_("That is not your password of now."), "old")
    if new == old:
        raise Mistake(_("Choose another one than before."), "new")
    _require_good(new, by)
    _keep(by, new, by)


def set_password(id: str, new: str, by: str) -> Operator:
    """Give somebody a password, to be changed at the first sign-in (VT-10); staying signed in ends with it."""
    rights.require(by, "administer")
    operator = _require_good(new, id)
    _keep(id, new, by, must_change=id != by)
    return operator


def unlock(id: str, by: str) -> None:
    """Let somebody who typed too many wrong passwords try again."""
    rights.require(by, "administer")
    note(id, "unlocked", by=by)


def locked_out(by: str) -> set[str]:
    """Who has typed too many wrong passwords."""
    rights.require(by, "choose", Operator)
    return {each.id for each in access.operators() if len(_failures(each.id)) >= TRIES}


def _require_good(new: str, id: str) -> Operator:
    operator = Operator.find(id)
    if operator is None:
        raise Mistake(_("There is no operator {id}.").format(id=id))
    if said := passwords.problem(new, operator.id, operator.name):
        raise Mistake(said, "new")
    return operator


def _keep(id: str, password: str, by: str, *, must_change: bool = False, said: bool = True) -> None:
    held = passwords.hidden(password)
    with work.unit("Change a password", by=by):
        Password.delete().where(Password.operator == id).execute()
        Password.insert(operator=id, held=held, must_change=must_change, changed=clock.now()).execute()
        if said:
            Stay.delete().where(Stay.operator == id).execute()
    if said and id != RECOVERY:
        note(id, "password", by="" if id == by else by)


def keep_recovery(code: str, by: str) -> None:
    """Keep what the recovery file is known by; the one of before is worth nothing any more."""
    rights.require(by, "administer")
    _keep(RECOVERY, code, by)


def recovers(code: str) -> bool:
    """Whether this is the code of the office's recovery file."""
    held = Password.get_or_none(Password.operator == RECOVERY)
    return held is not None and passwords.matches(held.held, code.strip())


# ---------------------------------------------------------------- history


def history(by: str, of: str = "", limit: int = 500) -> list[Entry]:
    """The sign-ins of one operator, the latest first; without one those of everybody, for an administrator (VT-58)."""
    rights.require(by, "choose", Operator)
    if of != by:
        rights.require(by, "administer")
    rows = Login.select().order_by(Login.number.desc()).limit(limit)
    names = {each.id: each.name for each in access.operators(retired=True)}
    return [_entry(row, names) for row in (rows.where(Login.user == of) if of else rows)]


def _entry(row: Login, names: Mapping[str, str] | None = None) -> Entry:
    at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(str(row.at))
    user = str(row.user)
    name = _("Recovery file") if user == RECOVERY else (names or {}).get(user, _("Unknown user"))
    return Entry(at, user, name, str(row.what), str(row.station), str(row.by))


def require_proof(operator: str, password: str | None, station: str = "") -> None:
    """At the command line, while Security is on: that it is really this operator; the program proves nothing."""
    if not is_on() or isinstance(operator, Program):
        return
    if password is None:
        said = _("Security is on in this office: the password of {operator} is needed, in CHANNERGY_CRM_PASSWORD.")
        raise Refused(said.format(operator=operator))
    if sign_in(operator, password, station) != operator:
        raise Refused(_("This user name and password do not belong together."))
