"""The command line: what can be done without the window, and the ways to open it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from channergy_crm import __version__, desktop, language, running
from channergy_crm.commands.opened import address, for_whom, named, opened, told
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import N_, _, counted, ngettext
from channergy_crm.settings import LANGUAGE, Station
from channergy_crm.store import addresses, database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.transfer.importing.plan import Plan

Window = Callable[[str, "str | None"], int]

OPENING = {"--database", "--new", "--demo", "--sample", "--version"}
"""what can be said of the window that is opened; the commands need not be known for it"""
MADE = {
    "dry": N_("{records} that were missing and would be made: {count:,}."),
    "done": N_("{records} that were missing and were made: {count:,}."),
}
"""what an import needed beside its own records"""
COUNTS = {
    "dry": (
        N_("{taken:,} would be taken, {there:,} already there, {failed:,} could not be taken."),
        N_("{taken:,} would be taken, {updated:,} would be updated, {there:,} already there, "
           "{failed:,} could not be taken."),
    ),
    "done": (
        N_("{taken:,} taken, {there:,} already there, {failed:,} could not be taken; import {number}."),
        N_("{taken:,} taken, {updated:,} updated, {there:,} already there, {failed:,} could not be taken; "
           "import {number}."),
    ),
    "nothing": (
        N_("{taken:,} taken, {there:,} already there, {failed:,} could not be taken."),
        N_("{taken:,} taken, {updated:,} updated, {there:,} already there, {failed:,} could not be taken."),
    ),
}  # fmt: skip
"""what became of an import, without and with records that it changes"""


def run(arguments: Sequence[str], window: Window) -> int:
    """Do what the command line asks for and return its exit code: 0 done, 1 not done and why, 2 not understood.

    `window` opens the main window over a database and, if one is named, with an operator at work.
    """
    language.use(Station().get(LANGUAGE))
    request = parse(arguments) if arguments else None  # the window opens without waiting for argparse
    try:
        if request and request.command:
            return int(request.command(request))
        if request and (request.demo or request.sample):
            from channergy_crm.commands import samples

            opens = samples.open_passing if request.demo else samples.open_kept
            return opens(lambda url, operator: _open(window, url, operator))
        return _open(window, named(request) if request else database.default_url(), None)
    except CRMError as error:
        print(error.message, file=sys.stderr)
    except KeyboardInterrupt:
        print(_("Stopped. Nothing was changed."), file=sys.stderr)
    except BrokenPipeError:  # whoever read our output has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        name = error.filename or _("A file")
        print(f"{name}: {error.strerror}.", file=sys.stderr)
    return 1


def parse(arguments: Sequence[str]) -> Namespace:
    """Read the command line. `--database` may stand before or after the command."""
    from argparse import ArgumentParser

    shared = _shared()
    parser = _discreet(ArgumentParser)(
        prog="main.py", parents=[shared], description=_("Channergy CRM. Without a command it opens.")
    )
    parser.add_argument("--demo", action="store_true", help=_("open a sample office in a temporary file"))
    parser.add_argument("--sample", action="store_true", help=_("open the sample office of your data folder"))
    parser.add_argument("--version", action="version", version=f"Channergy CRM {__version__}",  # unsaid: a name
                        help=_("show program's version number and exit"))  # fmt: skip
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title=_("commands"), metavar="COMMAND")
    if not _opens_only(arguments):
        _add_commands(commands, shared, arguments)
    request = parser.parse_args(arguments)
    request.database, request.new = getattr(request, "database", ""), getattr(request, "new", False)
    for option, on in (("--demo", request.demo), ("--sample", request.sample)):
        if on and (request.command or request.database):
            said = _("{option} opens an office of its own: it takes neither a command nor --database")
            parser.error(said.format(option=option))
    return request


def _opens_only(arguments: Sequence[str]) -> bool:
    """Whether they say which office is opened, and name no command."""
    behind = ("", *arguments)
    return all(
        (option == "--database" and not each.startswith("-")) or each in OPENING or each.startswith("--database=")
        for option, each in zip(behind, arguments, strict=False)
    )


def _add_commands(
    commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser, arguments: Sequence[str]
) -> None:
    """What can be done without the window."""
    importing = commands.add_parser("import", parents=[shared], help=_("take records out of a file"))
    if "import" in arguments:  # what can be imported and exported lies in modules that the window need not wait for
        _add_import(importing)
    _add_rejecting(commands.add_parser(
        "reject-import", parents=[shared], help=_("take back everything an import did")
    ))  # fmt: skip
    exporting = commands.add_parser("export", parents=[shared], help=_("write records to a file"))
    if "export" in arguments:
        _add_export(exporting)
    never = commands.add_parser(
        "leads-from-customers", parents=[shared], help=_("make leads of all customers who never ordered")
    )
    never.add_argument("--operator", metavar="ID", required=True, help=_("whose leads they become"))
    never.set_defaults(command=_leads_from_customers)
    _add_more(commands, shared)


def _add_more(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """What stands in modules of its own."""
    from channergy_crm.commands import by_itself, calendars, calling, people, portal, ringing, staff, syncing, upkeep
    from channergy_crm.commands import users as accounts
    from channergy_crm.commands import viper_site as site

    for more in (upkeep, by_itself, portal, syncing, site, staff, accounts, calling, ringing, calendars, people):
        more.add(commands, shared)


def _add_rejecting(parser: ArgumentParser) -> None:
    parser.add_argument("number", type=int, metavar="NUMBER", help=_("the number the import ended with"))
    parser.add_argument("--operator", metavar="ID", default="", help=_("who takes it back, if not who imported"))
    parser.set_defaults(command=_reject_import)


def _shared() -> ArgumentParser:
    """What every command understands."""
    import argparse
    from argparse import SUPPRESS, ArgumentParser

    vars(argparse).update(_=_, ngettext=ngettext)  # its own sentences go the way of ours
    shared = ArgumentParser(add_help=False)
    shared.add_argument("--database", metavar="URL", default=SUPPRESS, type=address,
                        help=_("the office: a file, sqlite:///path/to/file, or postgresql://user@host/name"),
                        )  # fmt: skip
    shared.add_argument(
        "--new",
        action="store_true",
        default=SUPPRESS,
        help=_("make the office that --database names, if none is there"),
    )
    return shared


def _discreet(parser: type[ArgumentParser]) -> type[ArgumentParser]:
    """A reader of the command line that repeats no password in its complaints."""

    class Discreet(parser):  # type: ignore[misc, valid-type]  # argparse is not loaded before it is needed
        def error(self, message: str) -> NoReturn:
            super().error(addresses.without_secrets(message))
            raise AssertionError  # argparse has ended the program

    return Discreet


def _add_import(parser: ArgumentParser) -> None:
    from channergy_crm.transfer.importing.plan import importable

    parser.add_argument(
        "what",
        choices=list(importable()),
        metavar="RECORDS",
        help=_("one of {names}").format(names=", ".join(importable())),
    )
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a table (CSV, TSV, XLSX) or visiting cards (vCard)"))
    parser.add_argument("--operator", metavar="ID", required=True, help=_("who imports, and whose records they become"))
    parser.add_argument(
        "--preset", metavar="NAME", default="", help=_("vtiger, Google, Outlook, or one of the office's")
    )
    parser.add_argument("--map", metavar="COLUMN=FIELD", action="append", default=[], type=_pair,
                        help=_("where a column goes, by its title or number; nothing after = leaves it out"),
                        )  # fmt: skip
    parser.add_argument("--default", metavar="FIELD=VALUE", action="append", default=[], type=_pair,
                        help=_("what a new record gets where the file says nothing"))  # fmt: skip
    parser.add_argument(
        "--on-match", choices=["skip", "update", "create"], help=_("what to do with who is there already")
    )
    parser.add_argument("--match-by", metavar="FIELD", action="append", default=[],
                        help=_("know records again by this field instead of phone, e-mail and names"))  # fmt: skip
    parser.add_argument("--missing-links", choices=["create", "skip", "report"],
                        help=_("what to do with an account or operator that is named but not there"))  # fmt: skip
    _add_reading(parser)
    parser.add_argument(
        "--keep-in-notes", action="store_true", help=_("columns that have no field become lines of the notes")
    )
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would come of it"))
    parser.add_argument("--report", type=Path, metavar="FILE", help=_("save the rows that fail, with the reasons"))
    parser.add_argument("--save-preset", metavar="NAME", default="", help=_("keep all of this under a name"))
    parser.set_defaults(command=_import)


def _add_reading(parser: ArgumentParser) -> None:
    """How a file is read, where it does not say so itself."""
    parser.add_argument(
        "--dates", choices=["dmy", "mdy", "ymd"], help=_("how days are written, where the file is unclear")
    )
    parser.add_argument("--decimal", choices=["comma", "point"], default="",
                        help=_("the decimal sign, where the file is unclear"))  # fmt: skip
    parser.add_argument("--sheet", default="", help=_("the sheet of a workbook"))
    parser.add_argument(
        "--delimiter", default="", help=_("what stands between the columns, when it is guessed wrongly")
    )
    parser.add_argument("--encoding", default="", help=_("how the file is written, when it is guessed wrongly"))
    parser.add_argument("--title-row", metavar="NUMBER", type=int, default=0,
                        help=_("the row that holds the column titles, when it is guessed wrongly"))  # fmt: skip
    parser.add_argument("--no-header", action="store_true", help=_("the first row holds values, not column titles"))


def _add_export(parser: ArgumentParser) -> None:
    from channergy_crm.transfer.exporting.run import SUFFIXES, exportable

    parser.add_argument(
        "what",
        choices=list(exportable()),
        metavar="RECORDS",
        help=_("one of {names}").format(names=", ".join(exportable())),
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help=_("its ending tells its kind: {endings}").format(endings=", ".join(SUFFIXES)),
    )
    parser.add_argument("--operator", metavar="ID", default="", help=_("whose records; all of the office without it"))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--filter", metavar="TEXT", default="", help=_("only what a list with this filter would show"))
    which.add_argument(
        "--view", metavar="NAME", help=_("what this view of the list shows, in its columns and its order")
    )
    parser.add_argument("--columns", metavar="A,B,C", default="all", help=_("fields by name or label; all without it"))
    parser.add_argument("--format", choices=["csv", "vtiger", "xlsx", "vcard3", "vcard4"], help=_("the kind of file"))
    parser.add_argument("--delimiter", metavar="SIGN", help=_("what stands between the columns of a CSV file"))
    parser.add_argument("--encoding", metavar="NAME", help=_("how the letters of a CSV file are written"))
    parser.add_argument("--without-personal-data", action="store_true", dest="impersonal",
                        help=_("leave out what says who somebody is, for training and statistics"))  # fmt: skip
    parser.set_defaults(command=_export)


# ---------------------------------------------------------------- the window


def _open(window: Window, url: str, operator: str | None) -> int:
    if running.tell(addresses.known_as(url), "show"):
        return 0  # its window is open, and has come forward: this one need not even load Qt
    if reason := desktop.problem():
        raise Mistake(reason)
    try:
        return window(url, operator)
    except ImportError as error:
        if reason := desktop.missing(error):
            raise Mistake(reason) from error
        raise


# ---------------------------------------------------------------- the commands


def _import(request: Namespace) -> int:
    from channergy_crm.transfer.importing import presets
    from channergy_crm.transfer.importing.run import run

    with opened(request):
        plan = _plan(request)
        if request.save_preset:
            presets.keep(plan, request.save_preset, request.operator)
        with told() as progress:
            outcome = run(plan, operator=request.operator, progress=progress, dry_run=request.dry_run)
    for line in outcome.lines():
        print(line)
    for sentence in outcome.advice:
        print(_("Note: {sentence}").format(sentence=sentence))
    for kept in outcome.kept:
        print(_("Note: {sentence}").format(sentence=kept.sentence))
    for loss in outcome.losses:
        print(_("Left out: {what}").format(what=loss.sentence))
    made = MADE["dry" if request.dry_run else "done"]
    for plural, count in outcome.made.items():
        print(_(made).format(records=plural, count=count))
    if request.report and (failed := outcome.write_failed(request.report, plan)):
        print(_("Rows saved in {file}: {count:,}.").format(file=request.report, count=failed))
    print(_counts(outcome, request))
    return 1 if outcome.refused and not outcome.taken and not outcome.updated and not outcome.already else 0


def _counts(outcome: Outcome, request: Namespace) -> str:
    plain, updating = COUNTS["dry" if request.dry_run else "done" if outcome.run else "nothing"]
    said = updating if outcome.updated or request.on_match == "update" else plain
    return _(said).format(
        taken=outcome.taken, updated=outcome.updated, there=outcome.skipped, failed=len(outcome.refused),
        number=outcome.run,
    )  # fmt: skip


def _plan(request: Namespace) -> Plan:
    """What the file itself suggests, then the preset, then what the command line says."""
    from dataclasses import replace

    from channergy_crm.transfer.importing import mapping, plan, presets
    from channergy_crm.transfer.reading import cells
    from channergy_crm.transfer.reading.sources import open_source

    record = plan.importable()[request.what]
    source = open_source(request.file, encoding=request.encoding, delimiter=request.delimiter, sheet=request.sheet)
    found = plan.propose(record, source, titled=False if request.no_header else None, title_row=request.title_row)
    if request.preset:
        preset = presets.named(request.preset, record, request.operator)
        found = found.following(preset.name, preset.plan)
    found = found.mapped(dict(request.map)).filled(dict(request.default))
    return replace(
        found,
        on_match=request.on_match or found.on_match,
        missing_links=request.missing_links or found.missing_links,
        order=cells.ORDERS[request.dates] if request.dates else found.order,
        sign={"comma": ",", "point": "."}.get(request.decimal, found.sign),
        match_by=tuple(mapping.target(record, name) for name in request.match_by) or found.match_by,
        keep_in_notes=request.keep_in_notes or found.keep_in_notes,
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(_("“{text}” is not written as NAME=VALUE").format(text=text))
    return name.strip(), value.strip()


def _reject_import(request: Namespace) -> int:
    from channergy_crm.services import imports

    with opened(request), told() as progress:
        rejected = imports.reject(request.number, for_whom(request), progress)
    for sentence in rejected.kept:
        print(_("Kept: {sentence}").format(sentence=sentence))
    said = ngettext(
        "Import {number} is taken back: {count:,} record changed, {kept:,} kept.",
        "Import {number} is taken back: {count:,} records changed, {kept:,} kept.", rejected.records,
    )  # fmt: skip
    print(said.format(number=request.number, count=rejected.records, kept=len(rejected.kept)))
    return 0


def _export(request: Namespace) -> int:
    from channergy_crm.query.listing import ListQuery
    from channergy_crm.services import views
    from channergy_crm.services.rights import Program
    from channergy_crm.transfer.exporting import run as exporting

    record = exporting.exportable()[request.what]
    columns = exporting.columns_named(record, request.columns)
    form, style = exporting.manner(request.file, request.format, request.delimiter, request.encoding)
    with opened(request) as office, told() as progress:
        every = exporting.everything(record, for_whom(request))
        query = ListQuery(record, columns, every, request.filter, by=request.operator)
        if request.view is not None:
            by = request.operator or Program.COMMAND_LINE
            query = views.query(views.named(request.what, request.view, by), query)
        wanted = exporting.Wanted(query, "found" if query.text else "all", impersonal=request.impersonal)
        count = exporting.export(
            office, wanted, request.file, by=request.operator, form=form, style=style, progress=progress
        )
    print(_("{records} exported to {file}.").format(records=counted(record, count), file=request.file))
    return 0


def _leads_from_customers(request: Namespace) -> int:
    from channergy_crm.records import Account, Lead
    from channergy_crm.services.never_ordered import make_leads

    with opened(request), told() as progress:
        made = make_leads(request.operator, progress)
    said = _("{leads} and {accounts} were made from customers who never ordered.")
    print(said.format(leads=counted(Lead, made.leads), accounts=counted(Account, made.accounts)))
    return 0
