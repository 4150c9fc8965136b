"""Rights through one door: whoever may not work in the office gets nothing out of any service, nor of any command.

Every public function of services/, transfer/, dialing/ and sync/ is found by looking. One that is new is called as a
retired operator and must refuse, or it is named below as PURE, as a PART of a service that has asked already, as
working for the OFFICE, whoever is in it, or as what a part of the program does.
"""

from __future__ import annotations

import ast
import inspect
import logging
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import channergy_crm.dialing
import channergy_crm.services
import channergy_crm.sync
import channergy_crm.transfer
from channergy_crm import commands
from channergy_crm.commands import by_itself, calendars, people, portal, syncing, upkeep, users, viper_site
from channergy_crm.errors import Mistake, Refused
from channergy_crm.fields import Owner
from channergy_crm.records import ALL, Customer, Lead
from channergy_crm.services import bulk_changes, operators, rights, saving, search_lists
from channergy_crm.services.rights import Program
from tests import factories
from tests.domain.aside import aside
from tests.domain.fitting import RETIRED, Arguments
from tests.domain.needs import ENTRANCE
from tests.house import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOMS = (channergy_crm.services, channergy_crm.transfer, channergy_crm.dialing, channergy_crm.sync)

ANSWERS = {
    "services.audit.why_not",
    "services.notes.why_not_mine",
    "services.rights.may",
    "services.rights.may_erase",
    "services.rights.may_issue",
    "services.rights.may_lead_events",
    "services.rights.require_events",
    "services.search_lists.why_not",
    "services.team_notices.why_not",
    "services.templates.why_not",
}
"""what says no in a sentence"""

STOREROOMS = {"access", "query", "records", "services", "work"}
NO_STORE = ("dialing", "transfer.reading", "transfer.clipboard.addresses", "transfer.clipboard.signature",
            "transfer.calendars.zones", "transfer.calendars.writing", "transfer.calendars.reading",
            "transfer.calendars.coming_again", "sync.viper", "sync.sandbox", "sync.merging")  # fmt: skip
"""what imports nothing by which the store could be asked"""

PURE = {
    "services.backups": "time_problem kept_problem",
    "services.bulk_changes": "remindable",
    "services.roles": "has_right fields_said",
    "services.security": "limits",
    "services.retrying": "full part_of on_a_working_day in_another_part",
    "services.calling_hours": "place at_home next_year",
    "services.custom_fields": "carried records",
    "services.duplicates.look_alikes": "asked records",
    "services.duplicates.proposal": "links_to own_links",
    "services.figure_tables": "titles weekdays hour_said steps rows lasting pauses_said",
    "services.figures": "moment_of their_moment best_hour half_hour reached_ones became_one won_ones",
    "services.goals": "said",
    "services.gate": "first_number",
    "services.global_search": "read number owner_of marks places",
    "services.history": "concerning",
    "services.imports": "came",
    "services.notes": "about named",
    "services.board_months": "spans",
    "services.pipeline": "worth groups months spans windows",
    "services.pipeline_deals": "processes",
    "services.pipeline_rows": "behind",
    "services.pipeline_stages": "steps moved_through came left",
    "services.pipeline_tables": "titles rows age_said month_said",
    "services.office": "filling region",
    "services.register": "key sentence numbers_of warning",
    "services.reminders": "state standing conditions",
    "services.due": "said next_working_day",
    **aside("PURE"),
    "services.queue": "promised",
    "services.rights": "is_taken_by_the_program",
    "services.search_lists": "filter_for",
    "services.filling": "written",
    "services.snippets": "typed",
    "services.team_notices": "is_won was_won",
    "services.useful": "asked",
    "services.views": "query start",
    "services.watched_views": "can filter_of",
    "transfer.calendars.events": "uid",
    "transfer.calendars.feed": "folder_of",
    "transfer.calendars.hand_over": "lie_in plain clear",
    "transfer.clipboard.paste": "read",
    "transfer.exporting.run": "exportable all_columns columns_named manner decimal_sign forms",
    "transfer.exporting.text": "style_of_place",
    "transfer.exporting.vcard": "card_columns card",
    "transfer.exporting.workbook": "escaped",
}
"""asks the store nothing, which is seen when it is called"""

PARTS = {
    "services.duplicates.proposal": "refuse hanging_on belongs_to bound sides",
    "services.calls": "by_rule nothing_more",
    "services.figures": "came_in codes_meaning",
    "services.history": "names told",
    "services.leads": "zone_for",
    **aside("PARTS"),
    "services.retrying": "tried_parts",
    "services.roles": "require_an_administrator",
    "transfer.calendars.hand_over": "put",
    "transfer.clipboard.mails": "pairs mail is_sender own_words is_letter below writer",
    "transfer.clipboard.threads": "of_others parts",
    "transfer.exporting.counted": "write",
    "transfer.exporting.run": "said personal_columns",
    "transfer.exporting.text": "write_text",
    "transfer.exporting.vcard": "write_cards",
    "transfer.exporting.workbook": "write_workbook",
    "transfer.importing.forgotten": "marked",
    "transfer.importing.links": "links_for",
    "transfer.importing.mending": "several",
    "transfer.importing.spelling": "unlisted",
    "transfer.importing.leftovers": "report",
}
"""steps of services that have asked before, or are asked for every row: neither the screen nor a command calls them"""

CONDITIONS = {
    "services.reminders": "task_reminders open_tasks lead_reminders",
    "transfer.exporting.run": "everything",
    "services.rights": "visible seen hidden require_shown rows beyond views_all may_take_back",
}
"""the door itself, and the conditions of lists, for which is asked when the lists are read"""

OFFICE = {
    "services.areas": "on fit why_it_stays",
    "services.events.while_away": "is_wanted",
    "services.calls": "forbidden",
    "services.calling_hours": "closed open_from hours_of",
    "services.gate": "forbidden",
    "services.register": "hashed",
    "services.privacy.optouts": "hashed",
    "services.checking_office": "check",
    **aside("OFFICE"),
    "transfer.calendars.feed": "rewrite",
}
"""works for nobody in particular: what the office is made of when it is opened, and whether it is sound"""


def named(groups: dict[str, str]) -> set[str]:
    return {f"{module}.{name}" for module, names in groups.items() for name in names.split()}


def modules() -> Iterator[Any]:
    for room in ROOMS:
        yield room
        yield from (import_module(part.name) for part in pkgutil.walk_packages(room.__path__, f"{room.__name__}."))


def functions() -> dict[str, Callable[..., Any]]:
    """Every public function, by where it stands."""
    return {
        f"{module.__name__.removeprefix('channergy_crm.')}.{name}": function
        for module in modules()
        for name, function in vars(module).items()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    }


def excepted() -> set[str]:
    """Those that need not ask."""
    return set().union(*map(named, (PURE, PARTS, OFFICE, CONDITIONS, ENTRANCE, aside("BY_THE_PROGRAM"))))


def asking() -> list[str]:
    """Those that must ask for rights."""
    others = excepted()
    return [name for name in functions() if name not in others and not name.startswith(NO_STORE)]


@pytest.fixture
def arguments(office: Any, tmp_path: Path) -> Arguments:
    return Arguments(office, tmp_path)


def outcome(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    """What a call gives, what it would give one by one included."""
    given = function(**arguments)
    return list(given) if inspect.isgenerator(given) else given


def said_no(name: str, function: Callable[..., Any], arguments: dict[str, Any]) -> str:
    """The sentence with which it refuses."""
    try:
        given = outcome(function, arguments)
    except Refused as refused:
        return refused.message
    return given if name in ANSWERS and isinstance(given, str) else f"it gave {given!r}"


@pytest.fixture
def asked_of_the_store(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """What the store was asked since it was called last."""
    caplog.set_level(logging.DEBUG, "peewee")

    def told() -> list[str]:
        found = [record.getMessage() for record in caplog.records if record.name == "peewee"]
        caplog.clear()
        return found

    return told


def written(asked: list[str]) -> list[str]:
    """What of that changes rows."""
    return [line for line in asked if any(verb in line for verb in ("INSERT", "UPDATE", "DELETE"))]


# ---------------------------------------------------------------- every function


@pytest.mark.engines("sqlite")  # whoever is refused comes to no store
def test_every_service_refuses_a_retired_operator_and_writes_nothing(
    arguments: Arguments, asked_of_the_store: Callable[[], list[str]]
) -> None:
    every = functions()
    asked_of_the_store()
    for name in asking():
        said = said_no(name, every[name], arguments.of(name, every[name]))
        assert "is retired" in said, f"{name} asks for no rights: {said}"
        assert not (wrote := written(asked_of_the_store())), f"{name} wrote before it asked: {wrote}"


@pytest.mark.engines("sqlite")  # what asks no store asks none
def test_what_is_called_pure_asks_the_store_nothing(
    arguments: Arguments, asked_of_the_store: Callable[[], list[str]]
) -> None:
    every = functions()
    asked_of_the_store()
    for name in sorted(named(PURE)):
        outcome(every[name], arguments.of(name, every[name]))
        assert not (lines := asked_of_the_store()), f"{name} is not pure: {lines}"


def test_whole_rooms_know_no_store() -> None:
    for module in modules():
        if module.__name__.removeprefix("channergy_crm.").startswith(NO_STORE):
            tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
            came = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            came |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            known = {name for name in came if name == "peewee" or STOREROOMS.intersection(name.split(".")[1:2])}
            assert not known, f"{module.__name__} knows {known}"


@pytest.mark.engines("sqlite")
def test_what_works_for_the_office_takes_no_operator_and_writes_nothing(
    arguments: Arguments, asked_of_the_store: Callable[[], list[str]]
) -> None:
    every = functions()
    asked_of_the_store()
    for name in sorted(named(OFFICE)):
        assert not {"by", "operator", "who"} & inspect.signature(every[name]).parameters.keys(), f"{name} is asked by"
        outcome(every[name], arguments.of(name, every[name]))
        assert not written(asked_of_the_store()), f"{name} writes"


def test_parts_of_services_are_called_by_services_alone() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "ui").rglob("*.py")]
    texts += [path.read_text("utf-8") for path in (ROOT / "channergy_crm" / "commands").rglob("*.py")]
    for name in named(PARTS):
        module, _, function = name.rpartition(".")
        short = f"{module.rpartition('.')[2]}.{function}("
        taken = f"from channergy_crm.{module} import"
        for text in (each for each in texts if short in each or taken in each):
            assert not re.search(rf"(?<![\w.]){re.escape(short)}", text), f"{name} is called from outside"
            assert not re.search(rf"{re.escape(taken)} .*\b{function}\b", text), f"{name} is imported"


def test_what_the_program_does_by_itself_no_screen_does() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "ui").rglob("*.py")]
    for name in named(aside("BY_THE_PROGRAM")):
        assert not [text for text in texts if f"{name.split('.')[-2]}.{name.split('.')[-1]}(" in text]


def test_nothing_is_named_that_is_gone() -> None:
    assert not (excepted() | ANSWERS) - functions().keys()


# ---------------------------------------------------------------- every command

FOR_AN_OPERATOR = {
    "_import": ["import", "leads", "leads.csv", "--operator", RETIRED],
    "_reject_import": ["reject-import", "1", "--operator", RETIRED],
    "_export": ["export", "leads", "out.csv", "--operator", RETIRED],
    "_calendar": ["calendar", RETIRED, "out.ics"],
    "_leads_from_customers": ["leads-from-customers", "--operator", RETIRED],
    "_add_user": ["users", "add", "NEW", "New Hand", "--by", RETIRED],
    "_retire": ["users", "retire", "ADMIN", "--by", RETIRED],
    "_password": ["users", "password", "ADMIN", "--by", RETIRED],
    "_roles": ["users", "roles", "ADMIN", "--by", RETIRED],
    "_unlock": ["users", "unlock", "ADMIN", "--by", RETIRED],
    "_hand_over": ["users", "hand-over", RETIRED, "--to", "ADMIN", "--by", RETIRED],
    "_switch_on": ["security", "on", "--recovery", "recovery.txt", "--by", RETIRED],
    "_switch_off": ["security", "off", "--by", RETIRED],
    "_anonymise": ["anonymise", "leads", "1", "--operator", RETIRED],
    "_about": ["about", "leads", "1", "out.zip", "--operator", RETIRED],
}
FOR_THE_OFFICE = {
    "_backup", "_restore", "_check", "_move", "_server_password", "_list_users", "_state", "_run_jobs", "_list_backups",
    "_make_backup", "_verify_backup", "_restore_backup", "_sync", "_portal",
}  # fmt: skip
"""whoever holds the file of the office holds all of it, may look whether it is sound and do what runs by itself"""
OF_NO_OFFICE = {"_run"}
"""the site to try the sync with: a program beside the office, which it does not open"""


def test_every_command_refuses_a_retired_operator(
    office: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Arguments(office, tmp_path)
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    for arguments in FOR_AN_OPERATOR.values():
        assert commands.run(["--database", office.url, *arguments], never) == 1
        assert "is retired" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def never(url: str, operator: str | None) -> int:
    raise AssertionError("a command opens no window")


def test_every_command_is_known() -> None:
    found = {
        name for module in (commands, upkeep, by_itself, users, calendars, people, portal, syncing, viper_site)
        for name, function in vars(module).items()
        if inspect.isfunction(function) and list(inspect.signature(function).parameters) == ["request"]
        and inspect.signature(function).return_annotation == "int"
    }  # fmt: skip
    assert found == FOR_AN_OPERATOR.keys() | FOR_THE_OFFICE | OF_NO_OFFICE


# ---------------------------------------------------------------- the program itself, and owners


def test_the_program_works_under_its_own_name_and_is_undone_like_anybody(office: Any) -> None:
    lead = factories.valid(Lead)
    saving.save(lead, Program.VIPER)
    entry = saving.undoable(Program.VIPER)
    assert entry is not None and (entry.by, entry.name) == ("Viper", f"Create lead {lead.caption()}")
    saving.reverse(entry.number, "ADMIN")
    assert Lead.select().count() == 0


def test_the_program_decides_nothing_that_is_for_people(office: Any) -> None:
    assert rights.may(Program.EVENTS, "edit", Lead) is None
    with pytest.raises(Refused, match="Events is a part of the program; only an operator may do that"):
        rights.require(Program.EVENTS, "administer")


def test_a_typed_name_is_never_the_program(office: Any) -> None:
    with pytest.raises(Refused, match="There is no operator Viper"):
        rights.require("Viper", "edit")


@pytest.mark.parametrize("name", ["viper", "Command line", " BACKUP "])
def test_no_operator_is_called_like_a_part_of_the_program(office: Any, name: str) -> None:
    with pytest.raises(Mistake, match="is what a part of the program is called. Choose another ID"):
        operators.add(name, "Somebody", "ADMIN")


def test_the_program_sees_every_row(office: Any) -> None:
    factories.stored(Lead)
    assert Lead.select().where(rights.visible(Lead, Program.ITSELF)).count() == 1


def test_every_owner_is_declared_as_one() -> None:
    for record in ALL:
        held = record._meta.fields.get("owner")
        assert held is record.owner_kind() and (held is None or isinstance(held, Owner))


def test_what_is_nobodys_is_not_given_away(office: Any) -> None:
    with pytest.raises(Mistake, match="Customers are nobody's"):
        bulk_changes.reassign(Customer, [1], "ADMIN", "ADMIN")


def test_searching_by_field_says_first_that_somebody_is_retired(office: Any, tmp_path: Path) -> None:
    Arguments(office, tmp_path)
    assert "is retired" in (search_lists.why_not(RETIRED) or "")
