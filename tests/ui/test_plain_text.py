"""Forty hostile names through every view, tip, notice, dialog and title: each is shown as it was typed (F-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtGui import Qt as Written
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QListView, QTabBar, QWidget

from channergy_crm import work
from channergy_crm.errors import Clash, Difference
from channergy_crm.records import Contact, Lead
from channergy_crm.services import conversion, custom_fields, leads, office, operators, views
from channergy_crm.services.duplicates import proposal
from channergy_crm.settings import OFFICE_NAME
from channergy_crm.store import database
from channergy_crm.work import bulk
from tests import made
from tests.journeys.importer import on
from tests.ui.every_view import VIEWS, go, settle
from tests.ui.hands import opened
from ui.duplicates.duplicates_dialog import DuplicatesDialog
from ui.duplicates.merge_dialog import MergeDialog
from ui.forms.clash_dialog import ClashDialog
from ui.forms.new_record_dialog import NewRecordDialog
from ui.lists.columns_dialog import ColumnsDialog
from ui.lists.search_by_field_dialog import SearchListDialog
from ui.lists.set_field_dialog import SetFieldDialog
from ui.lists.view_dialog import ViewDialog
from ui.look import plain
from ui.paper import list_pages, of_list
from ui.screens.convert_dialog import ConvertDialog
from ui.setup.fields_dialog import FieldsDialog
from ui.setup.lookups_dialog import LookupsDialog
from ui.setup.operators_dialog import OperatorsDialog
from ui.transfer import start_import

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

NAMES = [
    "<img src='/nowhere/a.png'>", '<img src="file:///etc/passwd">', "<b>bold</b>", "<script>alert(1)</script>",
    "<a href='http://x.example'>link</a>", "first<br>second", "<table><tr><td>x</td></tr></table>", "&lt;b&gt;",
    "&amp;", "&nbsp;&nbsp;", "<!-- gone -->", "</p></body>", "<", ">", "a < b > c", "<x", "<style>*{color:red}</style>",
    "<hr/>",
    "R&D", "&File", "A && B", "&&", "%n %1 %s %d %%", "{name} {0} {", "}{", "{records:,}", "=1+1", "+49 @cmd", "-2+3",
    "@SUM(A1)", "\u202egnp.exe", "a\u2066b\u2069\u200f", "e\u0301\u0323\u0300" * 9,
    "👩‍👩‍👧 🏳️‍🌈", "line\nbreak\ttab", "[*] title [*]",
    "x" * 250, "<i>" * 80, "C:\\new\\table", "'; DROP TABLE x; --",
]  # fmt: skip
ROLE = Qt.ItemDataRole


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """An office in which everything is called by such names."""
    held = database.open_database(database_url)
    fill()
    held.close()
    with opened(qtbot, database_url) as hands:
        yield hands


def fill() -> None:
    """Leads of all the names, and one of each that is not in a list: field, view, operator, office, list, account."""
    writer = bulk.Many(Lead)
    everywhere = ("description", "first_name", "last_name", "company", "city", "notes")
    values = [
        {
            **dict.fromkeys(everywhere, name),
            "owner": "ADMIN",
            "email": f"{name[:90]}@x.example",
            "phone": "504-621-8927",
        }
        for name in NAMES
    ]
    with work.unit("Make leads", by="ADMIN") as unit:
        writer.insert(unit, [writer.row(each) for each in values], bulk.reserve(Lead, len(values)))
    operators.add("BEN", "<b>R&D</b>", "ADMIN")
    office.choose(OFFICE_NAME, "<b>R&D</b> [*]", "ADMIN")
    custom_fields.add(Lead, "<b>R&D</b>", "text", "ADMIN", hint="<img src='/nowhere/b.png'>")
    view = views.start("leads", "ADMIN", "", ["company"], [])
    view.name, view.pinned = "<b>R&D</b>", True
    views.save(view, Lead, "ADMIN")
    for name in NAMES[:6]:
        account = made.account(name)
        made.contact(account, name, name, title=name)
        made.opportunity(account, name)
        made.task(account, name, notes=name)


def pictures(paper: QTextDocument) -> bool:
    """Whether a file would be loaded for it."""
    return any(form.isImageFormat() for form in paper.allFormats())


def drawn_wrong(text: str, wanted: Qt.TextFormat = Qt.TextFormat.AutoText) -> bool:
    """Whether Qt would draw something out of this text that nobody typed: a picture, or words without their signs."""
    if wanted == Qt.TextFormat.PlainText or not (wanted == Qt.TextFormat.RichText or Written.mightBeRichText(text)):
        return False
    paper = QTextDocument()
    paper.setHtml(text)
    held = paper.toPlainText()
    return pictures(paper) or (wanted == Qt.TextFormat.AutoText and Written.convertFromPlainText(held) != text)


def faults(widget: QWidget) -> list[str]:
    """Everything under a widget that would draw markup, or takes a typed “&” for a sign of its own."""
    found = []
    for each in [widget, *widget.findChildren(QWidget)]:
        name = each.objectName() or type(each).__name__
        if isinstance(each, QLabel) and drawn_wrong(each.text(), each.textFormat()):
            found.append(f"label {name}: {each.text()[:60]}")
        if drawn_wrong(each.toolTip()):
            found.append(f"tip of {name}: {each.toolTip()[:60]}")
        if isinstance(each, QAbstractButton) and "R&D" in each.text():
            found.append(f"button {name}: {each.text()[:60]}")
        if isinstance(each, QTabBar):
            found += [f"tab {name}" for place in range(each.count()) if drawn_wrong(each.tabToolTip(place))]
        if isinstance(each, QAbstractItemView) and each.isVisible() and each.model() is not None:
            found += [f"cell of {name}: {said}" for said in cells(each)]
    for action in widget.findChildren(QAction):
        if drawn_wrong(action.toolTip()) or "R&D" in action.text():
            found.append(f"action {action.objectName()}: {action.text()[:60]}")
    return found


def cells(view: QAbstractItemView) -> Iterator[str]:
    """The tips of a list or a table that would be drawn as markup."""
    model, above = view.model(), QModelIndex()
    columns = 1 if isinstance(view, QListView) else model.columnCount(above)
    for row in range(min(model.rowCount(above), 60)):
        for column in range(columns):
            text = model.index(row, column).data(ROLE.ToolTipRole)
            if text and drawn_wrong(str(text)):
                yield f"{row}/{column} {str(text)[:60]}"


@pytest.mark.engines("sqlite")
def test_f12_every_view_shows_what_was_typed(hands: Hands) -> None:
    window = hands.window
    for view in VIEWS:
        go(window, view)
        assert faults(window) == [], view
    assert window.windowTitle().count("[*]") == 2, "Qt shows two as one and takes one alone for its own"


@pytest.mark.engines("sqlite")
def test_f12_every_record_notice_and_undo_entry_shows_what_was_typed(hands: Hands) -> None:
    window = hands.window
    hands.go("leads")
    for lead in list(Lead.select().order_by(Lead.number)):
        window.go_to("lead", lead.number)
        lead.title = "Owner"
        leads.save(lead, "ADMIN")
        window.session.say_done(lead.caption())
        row = window.findChild(QWidget, "leads.company").parentWidget()
        row.say(f"{lead.company} does not look right.", wrong=True)
        assert faults(window) == [], ascii(lead.caption()[:60])
    settle(window.tabs.currentWidget())
    recent = window.session.notices.show_recent(window)
    QApplication.processEvents()
    assert faults(recent) == [] and faults(window) == []
    recent.close()


@pytest.mark.engines("sqlite")
def test_f12_dialogs_and_paper_show_what_was_typed(hands: Hands) -> None:
    window = hands.window
    hands.go("leads")
    lead, other = list(Lead.select().order_by(Lead.number).limit(2))
    made.account(lead.company)
    session, differences = window.session, [Difference("company", "<b>R&D</b>", *NAMES[:3])]
    table = window.findChild(QWidget, "leads.list")
    view = views.of_list("leads", "ADMIN")[0]
    dialogs: list[QWidget] = [
        ConvertDialog(lead, conversion.matches(lead, "ADMIN"), "ADMIN", window),
        MergeDialog(proposal.propose(Lead, [lead.number, other.number], "ADMIN"), window),
        ClashDialog(Clash(NAMES[0], differences, "<b>R&D</b>"), lead, window, session.station),
        ViewDialog(view, Lead, table.columns.offered(table.model.columns), session, window),
        ColumnsDialog(table.columns.offered(table.model.columns), ["company"], window, session.station),
        SetFieldDialog(Lead, [lead.number, other.number], window, session.station, by="ADMIN"),
        SearchListDialog(table, session),
        NewRecordDialog(Contact, NAMES[0], session, window),
        LookupsDialog(session.station, "ADMIN", window, office=session.office),
        FieldsDialog(session.station, "ADMIN", window, Lead, office=session.office),
        OperatorsDialog(session.station, "ADMIN", window),
        DuplicatesDialog(Lead, session, window),
    ]
    for dialog in dialogs:
        dialog.show()
        QApplication.processEvents()
        assert faults(dialog) == [], dialog.objectName()
        dialog.close()
    table.refresh_now()
    what = of_list.wanted(table, window.session)
    paper = list_pages.laid_out(of_list.table_of(window.session.office, what, lambda done, total: None))
    assert any("<img src='/nowhere/a.png'>" in words.text for page in paper.pages for words in page.words)


@pytest.mark.engines("sqlite")
def test_f12_a_file_is_shown_as_it_is_before_anything_is_imported(hands: Hands, tmp_path: Path) -> None:
    file = tmp_path / "hostile.csv"
    lines = [",".join(f'"{name}"'.replace("\n", " ") for name in (each.replace('"', '""'),) * 3) for each in NAMES]
    file.write_text("\n".join(["Last Name,Company,<img src='/nowhere/c.png'>", *lines]), "utf-8")
    wizard = start_import.begin(hands.window.session, hands.window, Lead, file)
    assert wizard is not None
    grid = wizard.findChild(QAbstractItemView, "import.preview")
    hands.bot.waitUntil(lambda: grid.model().rowCount() > 10)
    assert faults(wizard) == []
    for title in ("Columns", "Choices", "Check", "Result"):
        on(hands, title)
        assert faults(wizard) == [], title
    wizard.close()


@pytest.mark.parametrize("text", NAMES, ids=range(len(NAMES)))
def test_f12_what_the_one_place_makes_of_a_text(qapp: QApplication, text: str) -> None:
    tip, seen = plain.as_tip(text), plain.kept_to_itself(text)
    assert not drawn_wrong(tip)
    label = plain.Label(text)
    assert label.text() == seen and label.textFormat() == Qt.TextFormat.PlainText
    assert plain.unmarked(text).replace("&&", "&") == seen
    assert "\n" not in plain.titled(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [("\u202egnp.exe", "\ufffdgnp.exe"), ("a\u202cb", "a\ufffdb"), ("\u2067שלום\u2069 Ltd", "\u2067שלום\u2069 Ltd"),
     ("\u202eab\ncd\u202c", "\ufffdab\ncd\ufffd"), ("\u2066a\u202eb\u2069", "\ufffda\ufffdb\ufffd"), ("שלום", "שלום")],
)  # fmt: skip
def test_f12_no_text_turns_the_direction_of_what_stands_behind_it(text: str, seen: str) -> None:
    assert plain.kept_to_itself(text) == seen


def test_f12_a_tip_is_no_book(qapp: QApplication) -> None:
    assert len(plain.as_tip("x" * 1_000_000)) < 3_000
