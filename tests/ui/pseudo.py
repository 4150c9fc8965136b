"""An office whose own words are Greek, seen in no language: what is left in Latin letters nobody could translate."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QWidget,
)

from channergy_crm.records import ALL, CustomField, ListView, Operator, Process, Project, Tag
from channergy_crm.records.events import Event
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.products import TaxClass
from channergy_crm.records.roles import Group, Role
from channergy_crm.records.scripts import STEPS, Objection, Script
from channergy_crm.records.templates import Template
from channergy_crm.records.tickets import TicketComment
from tests.pseudo import outside_brackets
from tests.ui.test_every_widget import inner
from ui.forms.field_row import FieldRow
from ui.forms.sections import FormSection
from ui.setup.settings_general import countries

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLE = Qt.ItemDataRole
ROWS = 40
"""so many rows of a list are looked at"""
NAMES = ("Channergy CRM", "ANN", "TF", "office.db", "English", "Deutsch", "Español", "Français", "vtiger")
"""nobody translates these: the program, who is signed in, a group, her office, a language, another program"""
LATIN, GREEK = "abcdefghijklmnopqrstuvwxyz", "αβξδεφγηικκλμνοπθρστυωχχψζ"
IN_GREEK = str.maketrans(LATIN + LATIN.upper(), GREEK + GREEK.upper())
MARKUP = re.compile(r"<[^>]*>|&[a-z]+;")
KEYS = re.compile(r"\b(?:(?:Ctrl|Alt|Shift)\+)+(?:\w+|\S)|\b(?:Enter|Esc|Del)\b")
FOLDERS = re.compile(r"(?:/[\w.-]+)+")


def in_greek(url: str) -> None:
    """Write what people of the office have typed, and the names they gave, in Greek letters."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as store, store:
        store.create_function("greek", 1, lambda text: text.translate(IN_GREEK) if text else text)
        for table, column in _typed():
            store.execute(f'UPDATE "{table}" SET "{column}" = greek("{column}")')  # sql: names of the declarations
        store.execute(
            "UPDATE CustomLookup SET LookupDescription = greek("
            "CASE WHEN LookupDescription = '' THEN LookupValue ELSE LookupDescription END)"
        )


def _typed() -> Iterator[tuple[str, str]]:
    """The columns of free text: not those that a list, a filter or the program itself fills."""
    own = [CustomField.kind("label"), CustomField.kind("hint"), ListView.kind("name"), Operator.kind("name")]
    own += [Role.kind("name"), Role.kind("description"), Group.kind("name")]
    own += [Event.kind(name) for name in ("name", "action", "notes")]
    own += [TaxClass.kind("name"), TicketComment.kind("text")]
    own += [Process.kind("name"), Project.kind("name"), Project.kind("description"), Tag.kind("name")]
    own += [Preferences.kind(name) for name in ("title", "email", "signature")]
    own += [Template.kind(name) for name in ("name", "language", "subject", "body")]
    own += [Script.kind(name) for name in ("name", *STEPS)] + [Objection.kind("title"), Objection.kind("answer")]
    yield from ((kind.model._meta.table_name, kind.column_name) for kind in own)
    for record in ALL:
        for kind in record.kinds().values():
            if record.about.target and kind.textual and not kind.list_key and not kind.system:
                yield record._meta.table_name, kind.column_name


@cache
def stored_names(url: str) -> frozenset[str]:
    """What records are known by in the store, and dialogs show as it is: operators, lists and their values."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as store:
        lists = store.execute("SELECT TableName, FieldName, LookupValue FROM CustomLookup").fetchall()
        operators = store.execute("SELECT OperatorID FROM Operators").fetchall()
    declared = [kind.list_key for record in ALL for kind in record.kinds().values() if kind.list_key]
    return frozenset().union(*lists, *operators, *declared)


def english_in(text: str) -> str:
    """What of a text is no pseudo-language, no key, no name and none of the office's own words."""
    text = outside_brackets(MARKUP.sub(" ", text))
    for pattern in (KEYS, FOLDERS):
        text = pattern.sub("", text)
    for name in (*NAMES, *_told_by_system()):
        text = text.replace(name, "")
    return text if re.search(r"[A-Za-z]{2,}", text) else ""


def left_over(window: QWidget, url: str) -> list[tuple[str, str]]:
    """Every text of a window with English in it, and what kind of thing says it."""
    found = dict.fromkeys((place, text) for place, text, _widget in texts(window) if english_in(text))
    names = stored_names(url)
    return [
        (place, text) for place, text in found if place not in ("cell", "choice", "hint") or not _is_stored(text, names)
    ]


def _is_stored(text: str, names: frozenset[str]) -> bool:
    words = re.split(r"  | \(| / |\)", text)
    return all(word in names for word in words if english_in(word))


@cache
def _told_by_system() -> tuple[str, ...]:
    """Days, months and countries as the system calls them."""
    place, forms = QLocale(), (QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat)
    days = [place.dayName(day, form) for form in forms for day in range(1, 8)]
    called = [text for _code, text in countries()]
    return (*called, *days, *(place.monthName(month, form) for form in forms for month in range(1, 13)))


def texts(window: QWidget) -> Iterator[tuple[str, str, QWidget | None]]:
    """Everything a window says that can be seen, hovered over or heard, and what kind of thing says it."""
    yield "title", window.windowTitle(), None
    for action in window.findChildren(QAction):
        yield "command", action.text(), None
        yield "tip", action.toolTip(), None
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and not inner(widget):
            yield from _said(widget)
            yield "tip", widget.toolTip(), None
            yield "spoken", widget.accessibleName(), None
            yield "spoken", widget.accessibleDescription(), None


def _said(widget: QWidget) -> Iterator[tuple[str, str, QWidget | None]]:
    if isinstance(widget, FieldRow) and widget.label.isVisible():
        yield "field", widget.label.text(), widget.label
    elif isinstance(widget, FormSection):
        yield "section", widget.heading.text(), widget.heading
    elif isinstance(widget, QTabWidget):
        kind = "tab" if widget.objectName() == "main.tabs" else "part"
        yield from ((kind, widget.tabText(place), widget.tabBar()) for place in range(widget.count()))
    elif isinstance(widget, QAbstractItemView):
        yield from _listed(widget.model())
    elif isinstance(widget, QAbstractButton):
        yield "button", widget.text(), widget
    elif isinstance(widget, QComboBox):
        yield from (("choice", widget.itemText(place), None) for place in range(widget.count()))
    elif isinstance(widget, QLineEdit):
        yield "hint", widget.placeholderText(), None
    elif isinstance(widget, QLabel):
        yield "label", widget.text(), widget
    elif isinstance(widget, QGroupBox):
        yield "label", widget.title(), None


def _listed(model: Any) -> Iterator[tuple[str, str, QWidget | None]]:
    """The titles and the cells of a table, or the lines of a list."""
    columns = range(model.columnCount()) if isinstance(model, QAbstractTableModel) else ()
    for column in columns:
        yield "column", str(model.headerData(column, Qt.Orientation.Horizontal) or ""), None
    for row in range(min(model.rowCount(), ROWS)):
        for column in columns or (0,):
            told = {model.index(row, column).data(role) for role in (ROLE.DisplayRole, ROLE.ToolTipRole)}
            yield from (("cell", text, None) for text in told if isinstance(text, str))
