"""Tips speak in one sentence, or are a name with its key; what is off says why; Shift+F1: the keys (F-61)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from channergy_crm.records import Lead
from tests.ui.every_view import VIEWS, go
from ui.duplicates.duplicates_dialog import DuplicatesDialog
from ui.forms.form import Form
from ui.lists.columns_dialog import ColumnsDialog
from ui.setup.fields_dialog import FieldsDialog
from ui.setup.lookups_dialog import LookupsDialog
from ui.setup.operators_dialog import OperatorsDialog
from ui.setup.try_dialing import TryDialing
from ui.shell import key_rows, settings_tab
from ui.shell.key_sheet import KeySheet
from ui.shell.menu import Menu
from ui.transfer import exports
from ui.transfer.export_dialog import ExportDialog
from ui.transfer.imports_dialog import ImportsDialog

if TYPE_CHECKING:
    from ui.shell.window import MainWindow

KEY = re.compile(r" \([^()]+\)$")
ENDS = re.compile(r"[.!?] +[A-ZÄÖÜ]")
"""where one sentence ends and another one begins"""
REASONS = {"Nothing to undo", "Nothing to redo"}


def complaints(root: QWidget) -> list[tuple[str, str, str]]:
    """What is wrong with the tips somebody can see: the widget, its tip, and what is wrong."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.isVisible() and "." in widget.objectName():
            tip = widget.toolTip()
            label = widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
            bare = tip.rstrip("…")
            if tip and bare == label.rstrip("…") and tip not in REASONS:
                found.append((widget.objectName(), tip, "says its own label"))
            if ENDS.search(tip):
                found.append((widget.objectName(), tip, "is more than one sentence"))
            off = isinstance(widget, QAbstractButton) and not widget.isEnabled() and not off_as_a_whole(widget)
            if off and not tip.endswith(".") and tip not in REASONS:
                found.append((widget.objectName(), tip, "is off and does not say why"))
    return found


def off_as_a_whole(widget: QWidget) -> bool:
    """Whether the form it stands in is off, or the page: then the strip says that nothing is open."""
    form = next((form for form in widget.window().findChildren(Form) if form.isAncestorOf(widget)), None)
    return form is not None and not widget.objectName().endswith(("dial_other", "send_email", "open_website"))


def test_f61_every_tip_of_the_window_is_one_sentence_or_a_name_with_its_key(window: MainWindow) -> None:
    wrong = {}
    for view in VIEWS:
        go(window, view)
        if found := complaints(window):
            wrong[view] = found
    for topic in settings_tab.topics(window.findChild(Menu)):
        settings_tab.open_at(window.findChild(Menu), topic.name)
        QApplication.processEvents()
        if found := complaints(window):
            wrong[topic.name] = found
    assert wrong == {}, "\n".join(map(str, wrong.items()))


def dialogs(window: MainWindow) -> list[QDialog]:
    """The dialogs of the menus, as they open."""
    session, table = window.session, window.main_table()
    assert table is not None
    station, by = session.station, session.by
    menu: Any = window.findChild(Menu)
    return [
        LookupsDialog(station, by, window, office=session.office),
        FieldsDialog(station, by, window, Lead, office=session.office),
        OperatorsDialog(station, by, window),
        TryDialing(station, by, window, office=session.office),
        DuplicatesDialog(Lead, session, window),
        ImportsDialog(session, window),
        ExportDialog(Lead, exports.choices(table, by), ["xlsx", "csv"], ".", table, station),
        ColumnsDialog(table.columns.offered(table.model.columns), table.model.columns, table, station),
        KeySheet(key_rows.rows(menu), window),
    ]


def test_f61_every_tip_of_the_dialogs_too(window: MainWindow) -> None:
    go(window, "leads")
    wrong = {}
    for dialog in dialogs(window):
        dialog.setModal(False)
        dialog.show()
        QApplication.processEvents()
        if found := complaints(dialog):
            wrong[dialog.objectName()] = found
        dialog.close()
        dialog.deleteLater()
    assert wrong == {}, "\n".join(map(str, wrong.items()))


def test_f61_every_command_of_the_window_has_a_tip_with_its_key(window: MainWindow) -> None:
    for command in window.findChild(Menu).commands:
        action = window.findChild(QAction, f"main.{command.name}")
        assert not ENDS.search(action.toolTip()) and action.text() == command.label
        if command.key:
            assert KEY.search(action.toolTip()), command.name
