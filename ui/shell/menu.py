"""The More menu and the keys that work everywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from channergy_crm.services import office
from ui.shell.alt_keys import KeyMap, list_at_hand
from ui.shell.alt_keys import keys as alt_keys
from ui.widgets.drops import Drops

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QLineEdit

    from ui.shell.window import MainWindow

Wear = Callable[[str], object]


def fill_menu(window: MainWindow, wear: Wear | None) -> None:
    """Everything beside the daily work, each with its key. `wear` dresses the program in light or dark."""
    header, session = window.header, window.session
    key_map = KeyMap(window)

    def lookups() -> None:
        from ui.setup.lookups_dialog import LookupsDialog

        LookupsDialog(session.station, session.by, window, office=session.office).exec()

    def operators() -> None:
        from ui.setup.operators_dialog import OperatorsDialog

        OperatorsDialog(session.station, session.by, window).exec()

    def dialing() -> None:
        from ui.setup.dialing_dialog import DialingDialog

        DialingDialog(session.station, office.region(), window).exec()
        key_map.apply()  # the dialer's key comes first

    header.add_to_menu("lookups", "Lookups…", "lookups", "Ctrl+L", lookups)
    _add_fields(window)
    header.add_to_menu("operators", "Operators…", "operator", "", operators)
    header.add_to_menu("dialing", "Dialing…", "phone", "", dialing)
    header.add_to_menu("settings", "Settings…", "settings", "Ctrl+,", partial(_settings, window, wear, key_map))
    _add_files(window)
    header.menu.addSeparator()
    header.add_to_menu("refresh", "Refresh", "refresh", "F5", lambda: refresh(window))
    header.add_to_menu("keys", "Keys", "help", "F1", partial(_keys, window))
    _add_keys(window)
    Drops(window, partial(_drop, window))


def _settings(window: MainWindow, wear: Wear | None, key_map: KeyMap) -> None:
    from ui.setup.settings_dialog import SettingsDialog

    SettingsDialog(window.session.station, window.session.by, window, wear=wear).exec()
    key_map.apply()


def _keys(window: MainWindow) -> None:
    from ui.shell.key_sheet import KeySheet

    chosen = (("Alt keys", key, what) for key, what, _ in alt_keys(window.session.station))
    KeySheet([*KEYS, *chosen], window).exec()


def _add_fields(window: MainWindow) -> None:
    window.header.add_to_menu("fields", "Fields…", "columns", "", partial(_fields, window))
    window.tabs.currentChanged.connect(lambda _: window.session.look_at_fields())


def _fields(window: MainWindow) -> None:
    from ui.setup.fields_dialog import FieldsDialog

    session = window.session
    session.look_at_fields()
    here = next((table.record for table in window.tables_shown()), None)
    FieldsDialog(session.station, session.by, window, here, office=session.office).exec()


def _add_files(window: MainWindow) -> None:
    window.header.menu.addSeparator()
    window.header.add_to_menu("import", "Import…", "import", "Ctrl+I", partial(_import, window))
    window.header.add_to_menu("paste", "Import from clipboard…", "import", "", partial(_import_clipboard, window))
    window.header.add_to_menu("paste_lead", "New lead from clipboard", "add", "Ctrl+V", partial(_paste_lead, window))
    window.header.add_to_menu("imports", "Imports…", "clock", "", partial(_show_imports, window))
    window.header.add_to_menu("export", "Export…", "export", "", partial(_export, window))
    window.header.add_to_menu("find_duplicates", "Find duplicates…", "duplicates", "", partial(_duplicates, window))
    window.header.add_to_menu("backup", "Back up…", "save", "", partial(_back_up, window))


def _import(window: MainWindow) -> None:
    from ui.transfer import start_import

    start_import.begin(window.session, window, start_import.record_shown(window))


def _drop(window: MainWindow, path: Path) -> None:
    from ui.transfer import start_import

    start_import.begin(window.session, window, start_import.record_shown(window), path)


def _import_clipboard(window: MainWindow) -> None:
    from ui.transfer import start_import

    start_import.begin_with_clipboard(window.session, window, start_import.record_shown(window))


def _paste_lead(window: MainWindow) -> None:
    from ui.transfer import paste_lead

    paste_lead.new_lead(window.session, window)


def _show_imports(window: MainWindow) -> None:
    from ui.transfer.imports_dialog import ImportsDialog

    dialog = ImportsDialog(window.session, window)
    dialog.show()
    dialog.activateWindow()


def _export(window: MainWindow) -> None:
    from ui.transfer import exports

    for table in window.tables_shown():
        exports.ask(table, window.session)
        return
    window.notices.say("Go to a list first; its rows can be exported.", level="warning")


def _duplicates(window: MainWindow) -> None:
    from channergy_crm.records import Lead
    from ui.duplicates.start import find_duplicates

    tables = window.tables_shown()
    find_duplicates(tables[0].record if tables else Lead, window.session, window)


def _back_up(window: MainWindow) -> None:
    from ui.transfer import backup

    backup.back_up(window.session, window)


def refresh(window: MainWindow) -> None:
    """Read the lists on the screen anew, and what fields there are."""
    window.session.look_at_fields()
    for table in window.tables_shown():
        table.refresh()


def _add_keys(window: MainWindow) -> None:
    for place in range(window.tabs.count()):
        _key(window, f"Ctrl+{place + 1}", partial(window.tabs.setCurrentIndex, place))
    _key(window, "Ctrl+F", lambda: _focus_filter(window))
    _key(window, "Ctrl+Shift+F", lambda: _in_list(window, "search_list"))
    _key(window, "Ctrl+P", lambda: _in_list(window, "print"))
    _key(window, "Alt+Down", lambda: _step(window, 1))
    _key(window, "Alt+Up", lambda: _step(window, -1))


def _key(window: MainWindow, key: str, what: object) -> None:
    action = QAction(window)
    action.setShortcut(QKeySequence(key))
    action.triggered.connect(what)
    window.addAction(action)


def _focus_filter(window: MainWindow) -> None:
    for table in window.tables_shown():
        line: QLineEdit = table.search
        line.setFocus()
        line.selectAll()
        return


def _in_list(window: MainWindow, name: str) -> None:
    """What the menu of the rows offers under this name, in the list at hand."""
    table = list_at_hand(window)
    for action in table.actions() if table is not None else ():
        if action.objectName() == f"{table.name}.{name}":
            action.trigger()


def _step(window: MainWindow, by: int) -> None:
    """In the list somebody is in; from a record, in the list of the page, even while that is folded away."""
    table = list_at_hand(window)
    if table is not None:
        table.step(by)


KEYS = [
    ("Everywhere", "Ctrl+1 … Ctrl+6", "Go to a tab"),
    ("Everywhere", "Ctrl+K", "Search and commands"),
    ("Everywhere", "Ctrl+Z", "Undo"),
    ("Everywhere", "Ctrl+Shift+Z", "Redo"),
    ("Everywhere", "Ctrl+F", "Filter the list"),
    ("Everywhere", "F5", "Refresh"),
    ("Everywhere", "Ctrl+L", "Lookups"),
    ("Everywhere", "Ctrl+V", "New lead from what was copied"),
    ("Everywhere", "Ctrl+I", "Import a file"),
    ("Everywhere", "F1", "This sheet"),
    ("Record", "Ctrl+N", "New"),
    ("Record", "Ctrl+S", "Save Changes"),
    ("Record", "Ctrl+Enter", "Save and Next"),
    ("Record", "Esc", "Cancel Changes"),
    ("Record", "F9", "Dial Phone"),
    ("Record", "Ctrl+Shift+O", "Convert To Opportunity"),
    ("Record", "Ctrl+T", "Create Task for Opportunity"),
    ("Record", "Alt+Down / Alt+Up", "Next, previous record"),
    ("Import", "Ctrl+Enter / Alt+Left", "The next step, the step before"),
    ("Import", "Ctrl+R", "Mend all rows that are wrong in the same way"),
    ("List", "Typing", "Filter the list"),
    ("List", "Ctrl+Shift+F", "Search by a field"),
    ("List", "Ctrl+P", "Print"),
    ("List", "Enter", "Open"),
    ("List", "Del", "Remove, with undo"),
    ("List", "F2", "Edit the cell"),
    ("List", "Ctrl+E", "Set a field of the marked rows"),
    ("List", "Ctrl+M", "Merge the marked rows"),
    ("List", "Ctrl+C", "Copy the rows"),
    ("List", "Ctrl+Shift+C", "Copy the cell"),
    ("List", "Ctrl+G", "Go To"),
    ("List", "Ctrl+D", "Close the task or reminder"),
]
