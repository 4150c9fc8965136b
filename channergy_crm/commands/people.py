"""The commands about people's data: forgetting somebody, and everything about somebody in one file (SI-40, DP-6)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.commands.opened import for_whom, opened, told
from channergy_crm.errors import Mistake
from channergy_crm.language import _

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from channergy_crm.work.record import Record


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    forgetting = commands.add_parser(
        "anonymise", parents=[shared], help=_("forget somebody for good: nothing of it can be taken back")
    )
    showing = commands.add_parser("about", parents=[shared], help=_("everything about somebody in one ZIP file"))
    for parser, command in ((forgetting, _anonymise), (showing, _about)):
        parser.add_argument("what", metavar="RECORDS", help=_("leads, contacts, accounts or customers"))
        parser.add_argument("number", metavar="NUMBER", type=int, help=_("the number of the record"))
        parser.add_argument("--operator", metavar="ID", default="", help=_("who does it"))
        parser.add_argument("--alone", action="store_true", help=_("this record only, not what else is about the same"))
        parser.set_defaults(command=command)
    forgetting.add_argument("--why", metavar="TEXT", default="", help=_("the reason, for the journal of erasures"))
    forgetting.add_argument("--dry-run", action="store_true", help=_("only say what would be reached"))
    showing.add_argument("file", metavar="FILE", type=Path, help=_("the ZIP file that is written"))


def _record(word: str) -> type[Record]:
    """The record type of a word such as “leads”."""
    from channergy_crm.services.privacy import personal
    from channergy_crm.transfer.importing.plan import importable

    people = {name: record for name, record in importable().items() if record in personal.people()}
    if word not in people:
        said = _("“{word}” is none of {names}.")
        raise Mistake(said.format(word=word, names=", ".join(people)))
    return people[word]


def _anonymise(request: Namespace) -> int:
    from channergy_crm.services.privacy import anonymising, seats
    from channergy_crm.services.rights import Program
    from channergy_crm.settings import Station
    from channergy_crm.transfer.calendars import feed

    with opened(request) as office:
        by, record = for_whom(request) or Program.COMMAND_LINE, _record(request.what)
        found = anonymising.preview(record, request.number, by, along=not request.alone)
        for name in found.people:
            print(name)
        print("\n".join(found.lines()))
        if found.elsewhere:
            print(found.elsewhere)
        for sentence in found.held:
            print(_("Note: {sentence}").format(sentence=sentence))
        if request.dry_run:
            return 1 if found.held else 0
        print(_("Nothing of this can be taken back."), file=sys.stderr)
        done = anonymising.anonymise(record, request.number, request.why, by, along=not request.alone)
        station = Station()
        seats.clean(office, station, done, by)
        feed.rewrite(office, station)
    print(_("Anonymised. What is left of it in the file itself goes by itself, as soon as nobody works in it."))
    return 0


def _about(request: Namespace) -> int:
    from channergy_crm.services.rights import Program
    from channergy_crm.transfer.exporting import person

    with opened(request) as office, told() as progress:
        by, record = for_whom(request) or Program.COMMAND_LINE, _record(request.what)
        written = person.write(
            office, record, request.number, request.file, by, along=not request.alone, progress=progress
        )
    print(_("{file}: {count:,} entries.").format(file=request.file, count=written))
    return 0
