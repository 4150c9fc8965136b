"""The lists that stand on pages: made the same way everywhere, kept right while people work."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, ngettext
from channergy_crm.query.conditions import asks_for_lists
from channergy_crm.records import Account, Lead, Opportunity, Task
from channergy_crm.records.hand_lists import Gathered, GatheredRow
from channergy_crm.records.tags import Tag, Tagging, can_be_tagged
from channergy_crm.services import maps, reading, reminders, tasks
from channergy_crm.services.bulk_changes import remindable
from ui.duplicates.start import offer_merging
from ui.lists.add_to_campaign import offer_campaign
from ui.lists.bulk_commands import offer_lists, offer_tags
from ui.lists.next_step import offer_next_step
from ui.lists.reminder_menu import offer_reminders
from ui.lists.row_words import NO_SIGN, Sign, TwoLines
from ui.lists.table import RecordTable
from ui.lists.table_model import WithMore
from ui.look import theme
from ui.outgoing.mail import offer_mail
from ui.outgoing.send import offer_sms
from ui.paper.letters import offer_letters
from ui.screen import Command
from ui.session.allowed import concerns_rights, hidden, refused
from ui.transfer import start_import

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from channergy_crm.fields import Lookup
    from channergy_crm.work.record import Record
    from ui.screen import Screen
    from ui.session.session import Session

HAND_LISTS = {record._meta.table_name for record in (Gathered, GatheredRow, Tag, Tagging)}
"""whoever writes these changes what a filter such as list:"Spring fair" finds"""


def list_for(
    screen: Screen, session: Session, condition: Callable[[], object], parent: QWidget, *, name: str = "",
    empty: str = "", keeps_place: bool = False, read_only: bool = False,
) -> RecordTable:  # fmt: skip
    """The list of a screen. With `keeps_place` a record changed in it stays in its row until the list is read again;
    one that is `read_only` changes nothing.
    """
    table = RecordTable(
        name or screen.name, screen.record, screen.columns, office=session.office, station=session.station,
        condition=condition, order=[screen.order], empty=empty or screen.empty, parent=parent,
    )  # fmt: skip
    table.by = lambda: session.by
    table.columns.hidden = lambda: hidden(session, table.record)
    table.why_refused = lambda verb: refused(session, verb, table.record)
    _look(table, session)
    own = screen.record._meta.table_name
    watched = {own, "CRMAccounts", "CustomLookup", *screen.record.about.fed_by}

    def heard(done: Any) -> None:
        if concerns_rights(done):
            table.look_at_rights()
        told = (watched | _hung_on(table)) & done.tables
        if keeps_place and told == {own} and own not in done.anywhere:
            table.take_in(sorted(done.keys(own)))
        elif told or (HAND_LISTS & done.tables and (shows_tags(table) or asks_for_lists(table.search.text()))):
            table.set_stale()

    table.refused.connect(session.notices.warn)
    table.remarked.connect(session.notices.add)
    table.choose_columns.connect(lambda: _choose_columns(table, session))
    table.add_requested.connect(lambda kind, key, typed: _add_value(table, session, kind, key, typed))
    session.done.connect(heard)
    session.brought_back.connect(lambda done: table.come_back_to(sorted(done.keys(own))))
    session.operator_changed.connect(table.set_stale)
    session.fields_changed.connect(table.refit)
    table.only_read = read_only
    _offer(table, session)
    if session.secured:
        table.refit()
    return table


def _hung_on(table: RecordTable) -> set[str]:
    """While one project is shown: who moves an account, a lead or a deal to another takes along what hangs on it."""
    through = bool(table.within()) and "project" not in table.record.kinds()
    return {record._meta.table_name for record in (Account, Lead, Opportunity)} if through else set()


def _offer(table: RecordTable, session: Session) -> None:
    """What every list can do, as far as its records can."""
    start_import.offer(table, session)
    if table.record.kinds()["number"].numeric:
        offer_lists(table, session)
    if can_be_tagged(table.record):
        offer_tags(table, session)
    offer_campaign(table, session)
    _offer_out(table, session)
    offer_sms(table, session)
    offer_mail(table, session)
    offer_letters(table, session)
    if table.record.about.person:
        _offer_person(table, session)
    if maps.fields(table.record):
        _offer_map(table, session)
    if table.record.about.target:
        _offer_more(table, session)
    if not table.only_read:
        offer_merging(table, session)
        if table.record is Task:
            offer_next_step(table, session)
        if remindable(table.record):
            offer_reminders(table, session)


def shows_tags(table: RecordTable) -> bool:
    """Whether a list has the column of tags, which follows from no field of its records."""
    return "tags" in table.model.columns


def _look(table: RecordTable, session: Session) -> None:
    """How the rows look: reminders with their sign, two lines where the list is narrow."""
    record = table.record
    table.model.ink = lambda name: theme.colour(table, name)
    if record.about.lines is not None:
        table.model.say_in_two_lines(TwoLines(record, record.about.lines))
    if any(extra.pictured for extra in record.extras().values()):
        from ui.documents.faces import Faces

        Faces(table, session)
    if {"reminder_date", "next_reminder"} & {*record.kinds(), *record.extras()}:
        table.model.sign = reminder_sign


def _search_by_field(table: RecordTable, session: Session) -> None:
    """Ask for a field and a value, and filter the list by it."""
    from channergy_crm.services import search_lists

    if reason := search_lists.why_not(session.by):
        session.notices.warn(reason)
        return
    from ui.lists.search_by_field_dialog import SearchListDialog

    dialog = SearchListDialog(table, session)
    if dialog.exec():
        table.search.setText(dialog.filter_text())
        table.grid.setFocus()


def _offer_out(table: RecordTable, session: Session) -> None:
    def export(table: RecordTable) -> None:
        from ui.transfer import exports

        exports.ask(table, session)

    def put_on_paper(table: RecordTable) -> None:
        from ui.paper import printing

        printing.preview(printing.list_draft(table, session), session)

    def show_history(table: RecordTable) -> None:
        from ui.history.history_dialog import open_history

        if (key := table.current()) is None:
            session.notices.warn(_("Choose a record in the list first."))
        else:
            open_history(table.record, key, session, table)

    def show_removed(table: RecordTable) -> None:
        for action in table.window().findChildren(QAction, "main.removed"):
            action.trigger()

    for command in (
        Command("history", N_("History"), show_history, "clock"),
        Command("removed", N_("Removed…"), show_removed, "restore"),
        Command("columns", N_("Choose columns…"), lambda table: table.choose_columns.emit(), "columns"),
        Command("search_list", N_("Search by a field…"), lambda table: _search_by_field(table, session), "search"),
        Command("export", N_("Export…"), export, "export"), Command("print", N_("Print…"), put_on_paper, "print"),
    ):  # fmt: skip
        table.add_command(command)


def offer_documents(table: RecordTable, session: Session) -> None:
    """The documents of a row, for records that have no page of their own to show them on (SI-26)."""

    def show(table: RecordTable) -> None:
        from ui.documents.documents_dialog import open_documents

        if (key := table.current()) is None:
            session.notices.warn(_("Choose a record in the list first."))
        else:
            open_documents(table.record, key, session, table)

    table.add_command(Command("documents", N_("Documents…"), show, "document"))


def _offer_map(table: RecordTable, session: Session) -> None:
    """The address of a row in the map service of the office (VT-92)."""

    def show(table: RecordTable) -> None:
        from ui.session.map import locate

        held = session.find(table.record, table.current()) if table.current() is not None else None
        if held is None:
            session.notices.warn(_("Choose a record in the list first."))
            return
        wrong = locate(session, table.record, held.__data__)
        if wrong is not None:
            session.notices.warn(wrong.message)
            if wrong.field in table.model.columns and table.model.editable(table.model.columns.index(wrong.field)):
                table.edit_cell(held.key, wrong.field)

    table.add_command(Command("locate_map", N_("Locate Map"), show, "map"))


def _offer_more(table: RecordTable, session: Session) -> None:
    """What is linked to the record of a row, its notes and its documents (VT-97)."""

    def show(table: RecordTable) -> None:
        from ui.forms.more_dialog import open_more

        if (key := table.current()) is None:
            session.notices.warn(_("Choose a record in the list first."))
        else:
            open_more(table.record, key, session, table)

    table.add_command(Command("more_information", N_("More information…"), show, "more"))


def _offer_person(table: RecordTable, session: Session) -> None:
    """What the person of a row has agreed to, does not want and has asked for (DP-6, DP-9, DP-10)."""

    def show(table: RecordTable) -> None:
        from ui.forms.person_dialog import open_person

        if (key := table.current()) is None:
            session.notices.warn(_("Choose a record in the list first."))
        else:
            open_person(table.record, key, session, table)

    table.add_command(Command("person", N_("Consent and requests…"), show, "lock"))


def _add_value(table: RecordTable, session: Session, kind: Lookup, key: object, typed: str) -> None:
    from ui.editors.new_value import add_value

    value = add_value(kind, typed, session, table)
    if value is not None:
        row = session.attempt(lambda: reading.find(table.record, key, session.by))
        held = getattr(row, kind.name, "")
        table.model.put(key, kind.name, kind.with_value(held, value))
    table.grid.setFocus()  # the question has closed the cell


def _choose_columns(table: RecordTable, session: Session) -> None:
    from ui.lists.columns_dialog import ColumnsDialog

    dialog = ColumnsDialog(table.columns.offered(table.model.columns), table.model.columns, table, session.station)
    if dialog.exec():
        table.show_columns(dialog.chosen())


SIGNS = {
    "overdue": Sign("⚠ ", "overdue", "warning"),
    "due": Sign("● ", "soon", "clock"),
    "today": Sign("○ ", "soon", "clock"),
}


def reminder_sign(values: Mapping[str, Any]) -> Sign:
    """How a reminder stands, told apart at a glance and not by colour alone."""
    if values.get("closed"):
        return NO_SIGN
    day, at = values.get("reminder_date"), values.get("reminder_time")
    if isinstance(moment := values.get("next_reminder"), datetime):
        day, at = moment.date(), moment.time()
    sign = SIGNS.get(reminders.state(day or moment, at) or "", NO_SIGN)
    late = reminders.standing(day or moment, at) == "late"
    return sign._replace(ink="overdue", drawing="warning") if late else sign


def cell_writer(record: type[Record], save: Callable[[Any, str], object], session: Session) -> Callable[..., None]:
    """What saves one cell of a grid: refused when somebody changed that very field meanwhile."""

    def write(key: object, name: str, old: object, new: object) -> None:
        held = reading.find(record, key, session.by)
        if held is None:
            raise Mistake(_("{record} {number} is not there any more.").format(record=record.singular, number=key))
        kind = record.kind(name)
        if getattr(held, name) != old:
            now = kind.show(getattr(held, name)) or "nothing"
            raise Mistake(
                _("{field} was changed to “{value}” meanwhile; look at it and type yours again.").format(
                    field=kind.label, value=now
                )
            )
        values = {name: new.value, **new.more} if isinstance(new, WithMore) else {name: new}
        for field, value in values.items():
            setattr(held, field, value)
        save(held, session.by)

    return write


def offer_cell(
    table: RecordTable, session: Session, save: Callable[[Any, str], object], may_leave: Callable[[], bool]
) -> None:
    """Give a list beside a record *Edit the cell* (F2): one entry is changed in place (VT-60)."""

    def edit(table: RecordTable) -> None:
        index, name = table.grid.currentIndex(), ""
        if index.isValid() and may_leave():
            if table.model.write is None:
                table.write_with(cell_writer(table.record, save, session), asked=True)
            name = table.model.columns[index.column()]
        if name and table.model.editable(index.column()):
            table.edit_cell(table.current(), name)
        elif name:
            session.notices.warn(_("This column is not written here; the record itself can be."))

    table.add_command(Command("edit_cell", N_("Edit the cell"), edit, "edit", "F2"), here=True)


def close_tasks(session: Session, table: RecordTable) -> None:
    """Close the selected tasks (CH-15, CH-127)."""
    keys = table.marked() or [table.current()]
    closed = session.attempt(lambda: tasks.close([key for key in keys if key is not None], session.by))
    if closed:
        what = ngettext("Task closed.", "{count} tasks closed.", closed).format(count=closed)
        session.say_done(what)
    elif closed == 0:
        session.notices.say(_("That is closed already."))
        table.set_stale()
