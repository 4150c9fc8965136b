"""What can be done anywhere in the window, declared once: the More menu, Ctrl+K and the sheet of keys read it here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from channergy_crm.language import Own, _
from ui.pages.page import PlainPage
from ui.screen import Command
from ui.shell import of_record, settings_tab
from ui.shell.alt_keys import list_at_hand, panel_at_hand
from ui.shell.menu import EVERYWHERE, FILES, HELP, LIST, RECORD, SET_UP, WINDOW, Menu
from ui.widgets.splitter import BlueLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.pages.page import Page
    from ui.paper.printing import Draft
    from ui.screen import Tab
    from ui.shell.window import MainWindow

MOST_KEYS = 9
"""tabs that have a key: Ctrl+1 to Ctrl+9"""


def go_to(tabs: Sequence[Tab[Page]]) -> list[Command]:
    """Go to each tab that is there: Ctrl+1 to the first."""
    return [
        Command(f"go_to_{tab.name}", Own(_("Go to {tab}").format(tab=tab.title)), _goes_to(place), tab.icon,
                f"Ctrl+{place + 1}" if place < MOST_KEYS else "", group=EVERYWHERE)
        for place, tab in enumerate(tabs) if not tab.closable
    ]  # fmt: skip


def _goes_to(place: int) -> Callable[[Menu], None]:
    return lambda menu: menu.window.tabs.setCurrentIndex(place)


def _tags(menu: Menu) -> None:
    from ui.tags.tags_dialog import open_tags

    open_tags(menu.session, menu.window)


def _lookups(menu: Menu) -> None:
    from ui.setup.lookups_dialog import LookupsDialog

    LookupsDialog(menu.session.station, menu.session.by, menu.window, office=menu.session.office).exec()


def _fields(menu: Menu) -> None:
    from ui.setup.fields_dialog import FieldsDialog

    session = menu.session
    session.look_at_fields()
    here = next((table.record for table in menu.window.tables_shown()), None)
    FieldsDialog(session.station, session.by, menu.window, here, office=session.office).exec()


def _operators(menu: Menu) -> None:
    from ui.setup.operators_dialog import OperatorsDialog

    OperatorsDialog(menu.session.station, menu.session.by, menu.window).exec()


def _results(menu: Menu) -> None:
    from ui.setup.results_dialog import ResultsDialog

    ResultsDialog(menu.session.station, menu.session.by, menu.window).exec()


def _dialing(menu: Menu) -> None:
    settings_tab.open_at(menu, "calling")


def _settings(menu: Menu) -> None:
    settings_tab.open_at(menu)


def _close_tab(menu: Menu) -> None:
    tabs = menu.window.tabs
    if not tabs.declared[tabs.currentIndex()].closable:
        menu.session.notices.say(_("This tab stays. Tabs with a cross can be closed."))
        return
    tabs.close_tab(tabs.currentIndex())


def import_a_file(menu: Menu) -> None:
    """The records of a file, of the kind that is looked at."""
    from ui.transfer import start_import

    start_import.begin(menu.session, menu.window, start_import.record_shown(menu.window))


def _import_clipboard(menu: Menu) -> None:
    from ui.transfer import start_import

    start_import.begin_with_clipboard(menu.session, menu.window, start_import.record_shown(menu.window))


def _paste_lead(menu: Menu) -> None:
    from ui.transfer import paste_lead

    paste_lead.new_lead(menu.session, menu.window)


def _show_imports(menu: Menu) -> None:
    from ui.transfer.imports_dialog import ImportsDialog

    dialog = ImportsDialog(menu.session, menu.window)
    dialog.show()
    dialog.activateWindow()


def _export(menu: Menu) -> None:
    from ui.transfer import exports

    for table in menu.window.tables_shown():
        exports.ask(table, menu.session)
        return
    menu.window.notices.warn(_("Go to a list first; its rows can be exported."))


def _duplicates(menu: Menu) -> None:
    from channergy_crm.records import Lead
    from ui.duplicates.start import find_duplicates

    tables = menu.window.tables_shown()
    find_duplicates(tables[0].record if tables else Lead, menu.session, menu.window)


def _back_up(menu: Menu) -> None:
    from ui.transfer import backup

    backup.back_up(menu.session, menu.window)


def refresh(window: MainWindow) -> None:
    """Read the lists on the screen anew, or a page without lists, and what fields there are."""
    window.session.look_at_fields()
    if (page := _plain(window)) is not None:
        page.refresh()
    for table in window.tables_shown():
        table.refresh()


def _plain(window: MainWindow) -> PlainPage | None:
    """The page on the screen, where it is one without lists."""
    page: object = window.tabs.pages.get(window.tabs.currentIndex())
    return page if isinstance(page, PlainPage) else None


def _keys(menu: Menu) -> None:
    from ui.shell import key_rows
    from ui.shell.key_sheet import KeySheet

    if not menu.window.tabs.is_built:
        menu.window.build_all()
    KeySheet(key_rows.rows(menu), menu.window).exec()


def _focus_filter(menu: Menu) -> None:
    for table in menu.window.tables_shown():
        around = table.parentWidget()
        if isinstance(around, BlueLine):
            around.uncover()
        line = table.search
        line.setFocus()
        line.selectAll()
        return
    page = _plain(menu.window)
    lines = menu.window.tabs.currentWidget().findChildren(QLineEdit, "settings.find")
    for finding in [*lines, *filter(None, [page.filter_line() if page is not None else None])]:
        finding.setFocus()
        finding.selectAll()


def _draft(menu: Menu) -> Draft | None:
    """The record somebody is in, otherwise the list at hand; None when there is nothing to print, which is said."""
    from ui.paper import printing

    if (panel := panel_at_hand(menu.window)) is not None:
        return printing.record_draft(panel, menu.session)
    if (table := list_at_hand(menu.window)) is not None:
        return printing.list_draft(table, menu.session)
    menu.session.notices.warn(_("Go to a list or open a record first; that is what is printed."))
    return None


def _print(menu: Menu) -> None:
    from ui.paper import printing

    printing.preview(_draft(menu), menu.session)


def _save_pdf(menu: Menu) -> None:
    from ui.paper import printing

    printing.save(_draft(menu), menu.session)


def _audit_trail(menu: Menu) -> None:
    settings_tab.open_at(menu, "audit.grid")


def _removed(menu: Menu) -> None:
    """Of the records of the list at hand, where there is one."""
    from ui.setup.history_topic import HistoryTopic

    table = list_at_hand(menu.window)
    settings_tab.open_at(menu, "removed.grid")
    topic = menu.window.findChild(HistoryTopic)
    if table is not None and topic is not None:
        topic.show_removed(table.record._meta.table_name)


def _go_round(by: int, menu: Menu) -> None:
    from ui.shell.regions import go_round

    go_round(menu.window, by)


def _step(by: int, menu: Menu) -> None:
    """In the list somebody is in; from a record, in the list of the page, even while that is folded away."""
    table = list_at_hand(menu.window)
    if table is not None:
        table.step(by)


def _new(what: str, menu: Menu) -> None:
    menu.session.go_to(what)


def _scripts(menu: Menu) -> None:
    settings_tab.open_at(menu, "scripts")


def _send_notice(menu: Menu) -> None:
    from channergy_crm.services import team_notices
    from ui.setup.notice_dialog import NoticeDialog

    session = menu.session
    reason = session.attempt(lambda: team_notices.why_not(session.by) or "")
    if reason:
        session.notices.warn(reason)
    elif reason is not None:
        NoticeDialog(session, menu.window).exec()


def _missed_reminders(menu: Menu) -> None:
    from ui.shell.reminders.watch import Watch

    watch = menu.window.findChild(Watch)
    if watch is not None:
        watch.show_missed()


def _preferences(menu: Menu) -> None:
    from ui.shell.preferences_dialog import PreferencesDialog

    PreferencesDialog(menu.session, menu.window, menu.blocks).exec()


def _own_company(menu: Menu) -> None:
    from channergy_crm.services import own_company

    session = menu.session
    if (made := session.attempt(lambda: own_company.enter(session.by))) is not None:
        session.say_done(_("{name} stands among the accounts, with everybody who works here.").format(name=made.name))
        session.go_to("account", made.number)


def _lock(menu: Menu) -> None:
    from ui.shell.lock import lock

    lock(menu.window)


def _sign_out(menu: Menu) -> None:
    from ui.shell.going import sign_out

    sign_out(menu.window)


def _something_to_do(menu: Menu) -> None:
    from ui.pages import something_to_do

    something_to_do.open_(menu.session, menu.window)


COMMANDS = [
    Command("preferences", "My Preferences…", _preferences, "operator", group=SET_UP),
    Command("lookups", "Lookups…", _lookups, "lookups", "Ctrl+L", group=SET_UP),
    Command("tags", "Tags…", _tags, "tag", group=SET_UP),
    Command("fields", "Fields…", _fields, "columns", group=SET_UP),
    Command("operators", "Operators…", _operators, "operator", group=SET_UP),
    Command("own_company", "Enter our own company", _own_company, "account"),
    Command("dialing", "Dialing…", _dialing, "phone", group=SET_UP),
    Command("results", "Arrange the results of calls…", _results, "phone", group=SET_UP),
    Command("scripts", "Scripts and snippets…", _scripts, "note", group=SET_UP),
    Command("audit_trail", "View Audit Trail", _audit_trail, "clock", group=SET_UP),
    Command("settings", "Settings…", _settings, "settings", "Ctrl+,", group=SET_UP),
    Command("import", "Import…", import_a_file, "import", "Ctrl+I", group=FILES),
    Command("paste", "Import from clipboard…", _import_clipboard, "import", group=FILES),
    Command("paste_lead", "New lead from clipboard", _paste_lead, "add", "Ctrl+V", group=FILES),
    Command("imports", "Imports…", _show_imports, "clock", group=FILES),
    Command("export", "Export…", _export, "export", group=FILES),
    Command("find_duplicates", "Find duplicates…", _duplicates, "duplicates", group=FILES),
    Command("removed", "Removed…", _removed, "restore", group=FILES),
    Command("backup", "Back up…", _back_up, "save", group=FILES),
    Command("send_notice", "Send a notice…", _send_notice, "notices"),
    Command("refresh", "Refresh", lambda menu: refresh(menu.window), "refresh", "F5", group=WINDOW),
    Command("close_tab", "Close the tab", _close_tab, "close", "Ctrl+W", group=EVERYWHERE),
    Command("keys", "Keys", _keys, "help", "Shift+F1", group=HELP),
    Command("next_part", "Next part of the page", partial(_go_round, 1), "goto", "F6", group=EVERYWHERE),
    Command(
        "previous_part", "Previous part of the page", partial(_go_round, -1), "previous", "Shift+F6", group=EVERYWHERE
    ),
    Command(
        "missed_reminders",
        "Go to the reminders that came up",
        _missed_reminders,
        "reminder",
        "Ctrl+R",
        group=EVERYWHERE,
    ),
    Command("next", "Next record", partial(_step, 1), "next", "Alt+Down", group=RECORD),
    Command("previous", "Previous record", partial(_step, -1), "previous", "Alt+Up", group=RECORD),
    Command("history", "History of the record", of_record.history, "clock", "Ctrl+H", group=RECORD),
    Command("documents", "Documents of the record", of_record.documents, "document", "Ctrl+Shift+D", group=RECORD),
    Command("task_about", "New task about a record…", of_record.new_task, "task", group=RECORD),
    Command("more_information", "More information on the record", of_record.more_information, "more", group=RECORD),
    Command("person", "Consent and requests of the record…", of_record.person, "lock", group=RECORD),
    Command("note", "Add a note", of_record.note, "note", "Ctrl+Shift+N", group=RECORD),
    Command(
        "record_tags", "Tags of the record or the marked rows", of_record.tags, "tag", "Ctrl+Shift+T", group=RECORD
    ),
    Command("follow", "Follow the record or stop", of_record.follow, "eye", group=RECORD),
    Command("filter", "Filter the list", _focus_filter, "search", "Ctrl+F", group=LIST),
    Command(
        "search_list",
        "Search by a field…",
        partial(of_record.in_list, "search_list"),
        "search",
        "Ctrl+Shift+F",
        group=LIST,
    ),
    Command("print", "Print…", _print, "print", "Ctrl+P", group=LIST),
    Command("save_pdf", "Save as PDF…", _save_pdf, "save", group=LIST),
]
"""of every office, whatever it has switched on"""

USER_COMMANDS = [
    Command("lock", "Lock", _lock, "lock", "Ctrl+Alt+L", group=EVERYWHERE),
    Command("sign_out", "Sign out", _sign_out, "sign_out"),
]
"""while Security is on"""

TELEPHONE_COMMANDS = [
    Command("new_lead", "New lead", partial(_new, "new_lead"), "add"),
    Command("new_account", "New account", partial(_new, "new_account"), "add"),
    Command("new_contact", "New contact", partial(_new, "new_contact"), "add"),
    Command("new_opportunity", "New opportunity", partial(_new, "new_opportunity"), "add"),
    Command("new_task", "New task", partial(_new, "new_task"), "add"),
    Command("home", "Home", lambda menu: menu.session.go_to("home"), "home", group=WINDOW),
    Command("board", "Sales Board", lambda menu: menu.session.go_to("board"), "board", group=WINDOW),
    Command("figures", "Figures", lambda menu: menu.session.go_to("figures"), "figures", group=WINDOW),
    Command("privacy", "CRM and contacts", lambda menu: menu.session.go_to("privacy"), "lock", group=WINDOW),
    Command("sync", "Viper", lambda menu: menu.session.go_to("sync"), "refresh", group=WINDOW),
    Command("pipeline", "Pipeline and forecast", lambda menu: menu.session.go_to("pipeline"), "figures", group=WINDOW),
    Command("something_to_do", "Something to do…", _something_to_do, "task", group=WINDOW),
]
