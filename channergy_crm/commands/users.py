"""The commands about who may come in: users, their passwords and roles, handing over, and Security itself (VT-10)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.commands.opened import new_password, opened, told
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Sequence

    from channergy_crm.records.operators import Operator

    Commands = _SubParsersAction[ArgumentParser]


def add(commands: Commands, shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    users = commands.add_parser("users", parents=[shared], help=_("who may come in, with which roles and password"))
    users.set_defaults(command=_list_users)
    what = users.add_subparsers(title=_("commands"), metavar="COMMAND")
    what.add_parser("list", parents=[shared], help=_("everybody, also who is retired")).set_defaults(
        command=_list_users
    )
    adding = _named(what, shared, "add", _("somebody new"), _add_user)
    adding.add_argument("name", metavar="NAME", help=_("first and last name"))
    adding.add_argument("--role", metavar="ROLE", action="append", default=[], help=_("a role, by its name"))
    _named(what, shared, "retire", _("somebody does not work here any more"), _retire)
    setting = _named(what, shared, "password", _("a new password, to be changed at the next sign-in"), _password)
    setting.add_argument("--stdin", action="store_true", help=_("read it from the input instead of making one up"))
    giving = _named(what, shared, "roles", _("give somebody these roles and no others; without any, say which"), _roles)
    giving.add_argument("roles", metavar="ROLE", nargs="*", help=_("a role, by its name"))
    _named(what, shared, "unlock", _("let somebody try again who typed too many wrong passwords"), _unlock)
    handing = _named(what, shared, "hand-over", _("give everything somebody owns to others"), _hand_over)
    handing.add_argument("--to", metavar="ID[=SHARE]", action="append", required=True, type=_share,
                         help=_("who gets it, and how many parts of it"))  # fmt: skip
    handing.add_argument("--retire", action="store_true", help=_("somebody does not work here any more"))
    handing.add_argument("--dry-run", action="store_true", help=_("only say what would come of it"))
    _add_security(commands, shared)


def _named(what: Commands, shared: ArgumentParser, word: str, said: str, command: object) -> ArgumentParser:
    """A command about one user."""
    parser = what.add_parser(word, parents=[shared], help=said)
    parser.add_argument("id", metavar="ID", help=_("a short text such as ANN, by which records name their operator"))
    _add_by(parser)
    parser.set_defaults(command=command)
    return parser


def _add_by(parser: ArgumentParser) -> None:
    parser.add_argument("--by", metavar="ID", default="", help=_("the administrator who does it"))


def _add_security(commands: Commands, shared: ArgumentParser) -> None:
    security = commands.add_parser("security", parents=[shared], help=_("whether the program asks who is there"))
    security.set_defaults(command=_state)
    what = security.add_subparsers(title=_("commands"), metavar="COMMAND")
    on = what.add_parser("on", parents=[shared], help=_("ask everybody for user name and password"))
    on.add_argument("--recovery", type=Path, metavar="FILE", required=True,
                    help=_("the recovery file that is made: the way in when no administrator has one"))  # fmt: skip
    _add_by(on)
    on.set_defaults(command=_switch_on)
    off = what.add_parser("off", parents=[shared], help=_("ask nobody any more"))
    how = off.add_mutually_exclusive_group()
    how.add_argument("--recovery", type=Path, metavar="FILE", help=_("come in with the recovery file"))
    _add_by(how)  # type: ignore[arg-type]  # a group takes options like a parser
    off.set_defaults(command=_switch_off)


def _share(text: str) -> tuple[str, int]:
    id, _sign, share = text.partition("=")
    if not id.strip() or not (share or "1").isdecimal() or int(share or 1) < 1:
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(_("“{text}” is not written as ID or ID=2").format(text=text))
    return id.strip(), int(share or 1)


# ---------------------------------------------------------------- who


def administrator(request: Namespace) -> str:
    """Who does it: the one named with --by; while Security is off the first operator otherwise."""
    from channergy_crm.services import operators, rights
    from channergy_crm.services.rights import Program

    if not request.by and rights.is_secured():
        raise Refused(_("Security is on in this office: say with --by which administrator does it."))
    return str(request.by or operators.at_work("", Program.COMMAND_LINE))


def _user(id: str) -> Operator:
    from channergy_crm.services import operators
    from channergy_crm.services.rights import Program

    found = {each.id: each for each in operators.everybody(Program.COMMAND_LINE, retired=True)}
    if id not in found and id.upper() not in found:
        raise Mistake(_("There is no operator {id}.").format(id=id))
    return found.get(id) or found[id.upper()]


def _list_users(request: Namespace) -> int:
    from channergy_crm import access
    from channergy_crm.services import absences, groups, operators, roles, signing_in
    from channergy_crm.services.rights import Program

    me = Program.COMMAND_LINE
    with opened(request):
        away = {each.operator.id: each.until for each in absences.away(me)}
        locked, known = signing_in.locked_out(me), signing_in.with_password(me)
        rows = [(_("ID"), _("Name"), _("Roles"), _("Groups"), _("Remarks"))]
        for each in operators.everybody(me, retired=True):
            stands = access.standing(each.id)
            remarks = [
                _("administrator") if stands is not None and stands.administrator else "",
                "" if each.active else _("retired"), _("locked out") if each.id in locked else "",
                _("away until {day:%Y-%m-%d}").format(day=away[each.id]) if each.id in away else "",
                "" if each.id in known else _("no password"),
            ]  # fmt: skip
            held = ", ".join(role.name for role in roles.of_operator(each.id, me))
            inside = ", ".join(group.id for group in groups.of_operator(each.id, me))
            rows.append((each.id, each.name, held or "–", inside or "–", ", ".join(filter(None, remarks)) or "–"))
    _print_table(rows)
    return 0


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())


def _add_user(request: Namespace) -> int:
    from channergy_crm import passwords
    from channergy_crm.services import operators, rights, roles, signing_in

    with opened(request):
        by = administrator(request)
        numbers = _numbers(request.role, by)
        added = operators.add(request.id, request.name, by)
        if numbers:
            roles.give(added.id, numbers, by)
        print(_("{name} works in this office now.").format(name=added.caption()))
        if rights.is_secured():
            made = passwords.made_up()
            signing_in.set_password(added.id, made, by)
            print(_("Password, to be changed at the first sign-in: {password}").format(password=made))
            if not numbers:
                said = _("{id} has no role yet and sees nothing: main.py users roles {id} ROLE")
                print(_("Note: {sentence}").format(sentence=said.format(id=added.id)))
    return 0


def _retire(request: Namespace) -> int:
    from channergy_crm.services import operators

    with opened(request):
        by, who = administrator(request), _user(request.id)
        who.active = False
        operators.save(who, by)
    print(_("{name} is retired.").format(name=who.caption()))
    return 0


def _password(request: Namespace) -> int:
    from channergy_crm import passwords
    from channergy_crm.services import signing_in

    with opened(request):
        by, who = administrator(request), _user(request.id)
        new = sys.stdin.readline().rstrip("\r\n") if request.stdin else passwords.made_up()
        signing_in.set_password(who.id, new, by)
    if not request.stdin:
        print(new)
    print(_("{name} changes it at the next sign-in.").format(name=who.caption()), file=sys.stderr)
    return 0


def _numbers(names: Sequence[str], by: str) -> list[int]:
    """The roles of these names."""
    from channergy_crm.services import roles
    from channergy_crm.text.folding import fold

    if not names:
        return []
    known = {fold(role.name): role for role in roles.every(by)}
    unknown = [name for name in names if fold(name) not in known]
    if unknown:
        there = ", ".join(role.name for role in known.values()) or _("none")
        raise Mistake(_("There is no role “{name}”; there is {known}.").format(name=unknown[0], known=there))
    return [known[fold(name)].number for name in names]


def _roles(request: Namespace) -> int:
    from channergy_crm.services import roles

    with opened(request):
        by, who = administrator(request), _user(request.id)
        if request.roles:
            roles.give(who.id, _numbers(request.roles, by), by)
        held = ", ".join(role.name for role in roles.of_operator(who.id, by)) or _("none")
    print(_("Roles of {name}: {roles}.").format(name=who.caption(), roles=held))
    return 0


def _unlock(request: Namespace) -> int:
    from channergy_crm.services import signing_in

    with opened(request):
        by, who = administrator(request), _user(request.id)
        signing_in.unlock(who.id, by)
    print(_("{name} can try again.").format(name=who.caption()))
    return 0


def _hand_over(request: Namespace) -> int:
    from channergy_crm.language import counted
    from channergy_crm.services import handing_over

    with opened(request), told() as progress:
        by, who = administrator(request), _user(request.id)
        shares = {_user(id).id: share for id, share in request.to}
        for share in handing_over.plan(who.id, shares, by):
            if share.records:
                records = counted(share.record, share.records)
                print(_("{records} to {operator}.").format(records=records, operator=share.owner))
        if request.dry_run:
            return 0
        done = handing_over.hand_over(who.id, shares, by, retire=request.retire, progress=progress)
    said = _("{name} has handed over {count:,} records; undo takes it back.")
    print(said.format(name=who.caption(), count=done.records))
    return 0


# ---------------------------------------------------------------- Security


def _state(request: Namespace) -> int:
    from channergy_crm.services import rights, security

    with opened(request):
        on = rights.is_secured()
    print(_("Security is on: everybody signs in.") if on else _("Security is off: the operator is chosen."))
    print(security.limits())
    return 0


def _switch_on(request: Namespace) -> int:
    from channergy_crm.services import operators, rights, security

    with opened(request):
        if rights.is_secured():
            raise Mistake(_("Security is on already."))
        by = administrator(request)
        operators.require_administrator(by)
        security.switch_on(by, new_password(by), request.recovery)
        print(_("Security is on: everybody signs in, {operator} first.").format(operator=by))
        print(_("Print {file}, lock the paper away, and delete the file.").format(file=request.recovery))
        print(security.limits())
    return 0


def _switch_off(request: Namespace) -> int:
    from channergy_crm.services import security

    with opened(request):
        if request.recovery is not None:
            security.recover(request.recovery)
        else:
            security.switch_off(administrator(request))
    print(_("Security is off: the operator is chosen."))
    return 0
