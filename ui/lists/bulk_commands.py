"""What can be done with many marked rows of a list: previewed, one step, one undo, with progress and Cancel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, counted, many
from channergy_crm.records.hand_lists import Gathered
from channergy_crm.records.tags import can_be_tagged
from channergy_crm.text.folding import fold
from ui.lists.submenus import Submenu, offer_entry
from ui.screen import Command
from ui.session.beside import Told

if TYPE_CHECKING:  # the first list is on the screen before any of its rows is marked
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

    from channergy_crm.services import bulk_changes
    from channergy_crm.work.undo import Progress as Tell
    from ui.lists.table import RecordTable
    from ui.session.session import Session

    Work = Callable[[Tell], bulk_changes.Changed]

MOST_IN_A_MENU = 12
"""operators, or lists; whoever has more chooses in a dialog"""
MARK_FIRST = N_("Mark the rows first: click, Shift+click, or Ctrl+A for all.")


def offer_changes(table: RecordTable, session: Session) -> None:
    """Give a list *Set a field…* (Ctrl+E) and *Give to another operator…* for its marked rows (VT-158, VT-159)."""
    offer(table, session, "set_field", N_("Set a field…"), "edit", _set_field, "Ctrl+E")
    owner = table.record.owner_kind()
    if owner is not None:
        offer(table, session, "reassign", N_("Give to another operator…"), "operator", _reassign)
        offer(table, session, "deal_out", N_("Deal out…"), "operator", _deal_out)
        table.submenus["reassign"] = Submenu(lambda: owner.label, "operator", partial(_fill_operators, table, session))


def offer_lists(table: RecordTable, session: Session) -> None:
    """Give a list *Put on a list…* and *Take off a list…* for its marked rows."""
    offer(table, session, "put_on_list", N_("Put on a list…"), "add", _put_on_list)
    offer(table, session, "take_off_list", N_("Take off a list…"), "remove", _take_off_list)
    table.submenus["lists"] = Submenu(lambda: _("Lists"), "lookups", partial(_fill_lists, table, session))


def offer_tags(table: RecordTable, session: Session) -> None:
    """Give a list *Tags…* for its marked rows (BX-40)."""

    offer(table, session, "tags", N_("Tags of the rows…"), "tag", _ask_tags)


def _ask_tags(table: RecordTable, session: Session, keys: list[int]) -> None:
    from ui.tags.marked_dialog import ask_tags

    ask_tags(table.record, keys, session, table)


def offer(
    table: RecordTable, session: Session, name: str, text: str, sign: str,
    what: Callable[[RecordTable, Session, list[int]], None], key: str = "",
) -> QAction:  # fmt: skip
    """Give a list a command for its marked rows; without any it says how rows are marked."""

    def run(table: RecordTable) -> None:
        if keys := table.marked():
            what(table, session, keys)
        else:
            session.notices.warn(_(MARK_FIRST))

    return table.add_command(Command(name, text, run, sign, key))


def _set_field(table: RecordTable, session: Session, keys: list[int]) -> None:
    from channergy_crm.services import bulk_changes
    from ui.lists.set_field_dialog import SetFieldDialog

    dialog = SetFieldDialog(table.record, keys, table, session.station, by=session.by, called=table.called)
    if not dialog.exec():
        return
    name, value = dialog.chosen()
    by = session.by
    on_many(
        session, keys, lambda tell: bulk_changes.set_field(table.record, keys, name, value, by, tell),
        lambda count: _("{field} set on {records}.").format(
            field=table.record.kind(name).label, records=counted(table.called, count)),
    )  # fmt: skip


def _fill_operators(table: RecordTable, session: Session, menu: QMenu, keys: list[int]) -> None:
    """Whose they shall be; of a single one it is told whose it is."""
    from channergy_crm.services import operators, reading

    owner = table.record.owner_kind()
    held = reading.find(table.record, keys[0], session.by) if len(keys) == 1 and owner is not None else None
    everybody = operators.owners(session.by)
    for operator in everybody[:MOST_IN_A_MENU]:
        entry = offer_entry(
            menu, operator.caption(), partial(_give, table, session, keys, operator.id), name=operator.id
        )
        entry.setCheckable(True)
        entry.setChecked(held is not None and owner is not None and getattr(held, owner.name) == operator.id)
    menu.addSeparator()
    if len(keys) > 1:
        offer_entry(menu, _("Deal out…"), partial(_deal_out, table, session, keys), name="deal_out")
    if len(everybody) > MOST_IN_A_MENU:
        offer_entry(menu, _("Another operator…"), partial(_reassign, table, session, keys), name="other")


def _reassign(table: RecordTable, session: Session, keys: list[int]) -> None:
    from channergy_crm.services import operators
    from ui.lists.choose_dialog import ChooseDialog

    who = {operator.id: operator.caption() for operator in operators.owners(session.by)}
    what = counted(table.called, len(keys))
    dialog = ChooseDialog(
        "reassign", _("Give {records} to another operator").format(records=what), _("Operator"), list(who.items()),
        _("Give"),
        lambda id: _("{records} go to {operator} and leave your list.").format(records=what, operator=who[id]),
        first=_("Choose who works on them from now on."), parent=table, station=session.station,
    )  # fmt: skip
    if dialog.exec():
        _give(table, session, keys, dialog.chosen())


def _deal_out(table: RecordTable, session: Session, keys: list[int]) -> None:
    """Several get them, in turn or by share."""
    from channergy_crm.services import bulk_changes
    from ui.lists.deal_out_dialog import DealOutDialog

    by = session.by
    dialog = DealOutDialog(table.called, keys, by, table, session.station)
    if not dialog.exec():
        return
    shares = dialog.chosen()
    on_many(
        session, keys, lambda tell: bulk_changes.deal_out(table.record, keys, shares, by, tell),
        lambda count: _("{records} dealt out.").format(records=counted(table.called, count)),
    )  # fmt: skip


def _give(table: RecordTable, session: Session, keys: list[int], owner: str) -> None:
    from channergy_crm.services import bulk_changes, operators

    by = session.by
    who = {operator.id: operator.caption() for operator in operators.owners(by)}
    on_many(
        session, keys, lambda tell: bulk_changes.reassign(table.record, keys, owner, by, tell),
        lambda count: _("{records} given to {operator}.").format(
            records=counted(table.called, count), operator=who[owner]),
    )  # fmt: skip


def _fill_lists(table: RecordTable, session: Session, menu: QMenu, keys: list[int]) -> None:
    """The lists put together by hand, those they are on checked: a press puts them on a list or takes them off."""
    from channergy_crm.services import hand_lists

    on = hand_lists.holding(table.record, keys, session.by)
    known = hand_lists.of(table.record, session.by)
    for held in known[:MOST_IN_A_MENU]:
        put = partial(_put_on if held.number not in on else _take_off, table, session, keys, held.name)
        entry = offer_entry(menu, held.name, put, name=str(held.number))
        entry.setCheckable(True)
        entry.setChecked(held.number in on)
    menu.addSeparator()
    offer_entry(menu, _("Put on a list…"), partial(_put_on_list, table, session, keys), name="put_on", sign="add")
    if known:
        take = partial(_take_off_list, table, session, keys)
        offer_entry(menu, _("Take off a list…"), take, name="take_off", sign="remove")
    if can_be_tagged(table.record):
        menu.addSeparator()
        ask = partial(_ask_tags, table, session, keys)
        offer_entry(menu, _("Tags…"), ask, name="tags", sign="tag")
    for action in (each for each in table.actions() if each.objectName() == f"{table.name}.add_to_campaign"):
        offer_entry(menu, action.text(), action.trigger, name="campaign", sign="campaign")


def _put_on_list(table: RecordTable, session: Session, keys: list[int]) -> None:
    from channergy_crm.services import hand_lists
    from ui.lists.choose_dialog import ChooseDialog

    names = [(held.name, held.name) for held in hand_lists.of(table.record, session.by)]
    known, what = {fold(name) for name, _shown in names}, counted(table.called, len(keys))

    def say(name: str) -> str:
        known_one = _('{records} are put on “{list}”; the filter list:"{list}" finds them.')
        new_one = _('{records} are put on “{list}”; the filter list:"{list}" finds them. This list is begun.')
        return (known_one if fold(name) in known else new_one).format(records=what, list=name)

    dialog = ChooseDialog(
        "put_on_list", _("Put {records} on a list").format(records=what), _("List"), names, _("Put on list"), say,
        new=True,
        option=_("A new list is shared with the office"), first=_("Choose a list, or type the name of a new one."),
        parent=table, station=session.station, wrong=lambda name: Gathered.kind("name").check(name) or "",
    )  # fmt: skip
    if dialog.exec():
        _put_on(table, session, keys, dialog.chosen(), shared=dialog.ticked())


def _put_on(table: RecordTable, session: Session, keys: list[int], name: str, *, shared: bool = False) -> None:
    from channergy_crm.services import hand_lists

    by = session.by
    on_many(
        session, keys, lambda tell: hand_lists.put_on(table.record, keys, name, by, tell, shared=shared),
        lambda count: _("{records} put on “{list}”.").format(records=counted(table.called, count), list=name),
    )  # fmt: skip


def _take_off_list(table: RecordTable, session: Session, keys: list[int]) -> None:
    from channergy_crm.services import hand_lists
    from ui.lists.choose_dialog import ChooseDialog

    names = [(held.name, held.name) for held in hand_lists.of(table.record, session.by)]
    if not names:
        session.notices.warn(_("There is no list of {records} yet.").format(records=many(table.called)))
        return
    what = counted(table.called, len(keys))
    dialog = ChooseDialog(
        "take_off_list", _("Take {records} off a list").format(records=what), _("List"), names, _("Take off"),
        lambda name: _("Those of the {records} that are on “{list}” are taken off it. They stay as they are.").format(
            records=what, list=name),
        parent=table, station=session.station,
    )  # fmt: skip
    if dialog.exec():
        _take_off(table, session, keys, dialog.chosen())


def _take_off(table: RecordTable, session: Session, keys: list[int], name: str) -> None:
    from channergy_crm.services import hand_lists

    by = session.by
    on_many(
        session, keys, lambda tell: hand_lists.take_off(table.record, keys, name, by, tell),
        lambda count: _("{records} taken off “{list}”.").format(records=counted(table.called, count), list=name),
    )  # fmt: skip


def previewed(table: RecordTable, name: str, verb: str, title: str, becomes: str) -> bool:
    """Tell what is about to become of several rows: “4 leads leave the list.”; whether it shall. One simply goes.

    `title` and `becomes` say it of {records}.
    """
    count = table.grid.marked_count()
    if not table.grid.several:
        return True
    from ui.lists.preview_dialog import PreviewDialog

    what = counted(table.called, count)
    return bool(PreviewDialog(name, title.format(records=what), becomes.format(records=what), verb, table).exec())


def on_many(session: Session, keys: Sequence[object], work: Work, told: Callable[[int], str]) -> None:
    """Do something to many records beside the window; `told` says how many it changed, with Undo."""

    session.work(
        lambda progress: work(progress.step), label=_("Changing {count:,} records").format(count=len(keys)),
        told=lambda changed: Told(told(changed.records), changed.unit),
        cancelled=_("Stopped; nothing was changed."),
    )  # fmt: skip
