"""Somebody imports files through the window, by keys: dirty ones, in odd encodings, dropped, pasted, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from channergy_crm import clock
from channergy_crm.records import Account, Contact, Lead
from channergy_crm.services import imports, leads, operators
from tests.domain.test_transfer_records import everything
from tests.journeys.importer import asked, begun, go_on, on
from tests.ui.gestures import click, part, type_in, walk, words
from tests.ui.hands import ALT, CTRL, KEY, Hands, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

# Misspelt, blank and impossible values; the days are day-first, which nothing in their column decides.
DIRTY = """First,Last,Company,Telephone,Last call,Source,Owner,Rest
Ann,Lee,"Acme, Inc.",512-555-0101,03/04/2026,Web,ann,one
Bob,Ray,Bell,512-555-0102,05/06/2026,Web,Smith,
Cy,Dow,Dow,512-555-0103,07/13/2026/9,Web,Smith,
Di,Fox,Fox,512-555-0104,,Web,ADMIN,
,,,512-555-0105,,,,
Ann,Lee,"Acme, Inc.",(512) 555 0101,03/04/2026,,,again
"""


@pytest.fixture
def hands(qtbot: Any, database_url: str, office: Office) -> Iterator[Hands]:
    """The main window of ADMIN, on the page of leads; ANN works in the office, too."""
    operators.add("ANN", "Ann Keller", "ADMIN")
    with opened(qtbot, database_url) as hands:
        hands.window.build_all()
        hands.go("leads")
        yield hands
        for wizard in hands.window.findChildren(QWidget, "import.dialog"):
            wizard.close()


def count(wizard: Any, word: str) -> int:
    """One of the counts of the check."""
    return int(part(wizard, f"import.count_{word}", QLabel).text().replace(",", ""))


def typed_into_cell(qtbot: Any, grid: Any, text: str) -> None:
    """Open the cell the keyboard is on, type into it, and close it."""
    qtbot.keyClick(grid, KEY.Key_Return)
    editor = next(line for line in grid.findChildren(QLineEdit) if line.hasFocus())
    editor.selectAll()
    type_in(editor, text)
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: grid.state() != QAbstractItemView.State.EditingState)


def stands_on(grid: Any) -> tuple[int, str, str]:
    """The row of the file, the column title and the text of the current cell."""
    index, model = grid.currentIndex(), grid.model()
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    return model.headerData(index.row(), down), model.headerData(index.column(), across), index.data()


def test_a_dirty_file_is_mended_imported_and_rejected_by_keys(hands: Hands, office: Office, tmp_path: Path) -> None:
    """VT-106…VT-111, VT-120, VT-124, BX-10, C1, C2, C3: nothing is left of a rejected import."""
    before = everything(office)
    path = tmp_path / "fair.csv"
    path.write_text(DIRTY, "utf-8")
    wizard = begun(hands, path)
    assert "6 rows, 8 columns" in part(wizard, "import.understood", QLabel).text()
    map_the_rest(hands.bot, on(hands, "Columns"))
    on(hands, "Choices")
    assert not part(wizard, "import.next", QPushButton).isEnabled()
    assert "03/04" in part(wizard, "import.about_choices", QLabel).text()
    walk(hands.bot, part(wizard, "import.dates"), "day, month, year (31/12/2026)")
    assert not part(wizard, "import.decimals").isVisible()
    mend(hands.bot, on(hands, "Check"))
    assert everything(office) == before, "trying out writes nothing"
    on(hands, "Result")
    stored = [(lead.owner, str(lead.call_date), lead.notes) for lead in Lead.select().order_by(Lead.number)]
    assert stored == [("ANN", "2026-04-03", "one"), ("ANN", "2026-06-05", ""), ("ANN", "2026-07-13", ""),
                      ("ADMIN", "None", "")]  # fmt: skip
    open_one_that_came(hands, wizard)
    click(hands.bot, wizard, "import.reject")
    hands.bot.waitUntil(lambda: "taken back" in words(wizard))
    assert everything(office) == before
    go_on(hands)
    hands.bot.waitUntil(lambda: not wizard.isVisible())


def map_the_rest(qtbot: Any, wizard: Any) -> None:
    """One column nobody could place goes into the notes."""
    grid = part(wizard, "import.columns")
    assert [grid.model().index(row, 2).data() for row in range(8)] == [
        "First Name", "Last Name", "Company", "Phone", "Call Dt", "Lead Source", "Assign Account To",
        "Nowhere: left out",
    ]  # fmt: skip
    grid.setCurrentIndex(grid.model().index(7, 2))
    qtbot.keyClick(grid, KEY.Key_Return)
    editor = next(box for box in grid.findChildren(QComboBox) if box.hasFocus())
    editor.setCurrentText("Notes")
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: wizard.setup.plan.columns.get(7) == "notes")


def mend(qtbot: Any, wizard: Any) -> None:
    """The wrong cells come one after the other; one that is wrong twice is mended twice at once."""
    assert [count(wizard, word) for word in ("created", "updated", "skipped", "problems")] == [2, 0, 1, 3]
    grid = part(wizard, "import.problems")
    assert grid.hasFocus()
    assert stands_on(grid) == (3, "Owner", "Smith")
    typed_into_cell(qtbot, grid, "ANN")
    assert "1 other row says “Smith”" in part(wizard, "import.mend_alike", QPushButton).text()
    qtbot.keyClick(grid, KEY.Key_R, CTRL)
    qtbot.waitUntil(lambda: stands_on(grid) == (4, "Last call", "07/13/2026/9"))
    typed_into_cell(qtbot, grid, "13/07/2026")
    qtbot.waitUntil(lambda: [count(wizard, word) for word in ("created", "skipped", "problems")] == [4, 1, 1])


def open_one_that_came(hands: Hands, wizard: Any) -> None:
    """Enter in the list of what came opens the lead behind the wizard."""
    came = part(wizard, "import.leads.grid")
    hands.bot.waitUntil(lambda: came.model().rowCount() == 4)
    came.selectRow(0)
    hands.bot.keyClick(came, KEY.Key_Return)
    name = came.model().value(0, "last_name")
    hands.bot.waitUntil(lambda: hands.part("leads.last_name").value() == name)


def test_a_semicolon_file_in_utf_16_and_going_back(hands: Hands, tmp_path: Path) -> None:
    """VT-118, VT-129, VT-131, VT-132, VT-135, VT-136, C1: read directly, corrected; going back loses nothing."""
    wizard = begun(hands, wide(tmp_path))
    shown = {word: part(wizard, f"import.{word}", QComboBox).currentText() for word in ("encoding", "delimiter")}
    assert shown == {"encoding": "UTF-16", "delimiter": "Semicolon"}
    preview = part(wizard, "import.preview").model()
    assert [preview.index(row, 0).data() for row in (0, 1)] == ["Zoë Häusler", "Jörg Öz"]
    for sign, width in (("Comma", 1), ("Semicolon", 3)):
        walk(hands.bot, part(wizard, "import.delimiter"), sign)
        hands.bot.waitUntil(lambda: preview.columnCount() == width)  # noqa: B023
    fill_in(hands)
    hands.bot.keyClick(wizard, KEY.Key_Left, ALT)
    assert wizard.step.title == "Columns"
    hands.bot.keyClick(wizard, KEY.Key_Left, ALT)
    assert wizard.step.title == "File"
    for title in ("Columns", "Choices"):
        on(hands, title)
    assert part(wizard, "import.preset_name", QLineEdit).text() == "Customers"
    on(hands, "Check")
    on(hands, "Result")
    assert sorted((lead.last_name, lead.owner) for lead in Lead.select()) == [("Häusler", "ANN"), ("Öz", "ANN")]


def test_its_preset_is_offered_again_and_the_same_file_changes_nothing(
    hands: Hands, office: Office, tmp_path: Path
) -> None:
    """C2, C4, VT-109."""
    path = wide(tmp_path)
    wizard = begun(hands, path)
    fill_in(hands)
    for title in ("Check", "Result"):
        on(hands, title)
    go_on(hands)
    hands.bot.waitUntil(lambda: hands.said() == "2 leads imported.")
    after = everything(office)
    wizard = begun(hands, path)
    on(hands, "Columns")
    assert part(wizard, "import.preset", QComboBox).currentText() == "Customers"
    assert "looks like" in part(wizard, "import.about_preset", QLabel).text()
    on(hands, "Choices")
    on(hands, "Check")
    assert [count(wizard, word) for word in ("created", "updated", "skipped", "problems")] == [0, 0, 2, 0]
    assert not part(wizard, "import.next", QPushButton).isEnabled()
    assert "nothing to import" in part(wizard, "import.said", QLabel).text()
    hands.bot.keyClick(wizard, KEY.Key_Escape)
    assert wizard.isVisible(), "one press does not throw away what was set up"
    hands.bot.keyClick(wizard, KEY.Key_Escape)
    hands.bot.waitUntil(lambda: not wizard.isVisible())
    assert everything(office) == after


def wide(folder: Path) -> Path:
    """A file as spreadsheets save it in Europe, in UTF-16."""
    path = folder / "kunden.txt"
    path.write_bytes(
        "Wer;Firma;Fon\r\nZoë Häusler;Häusler;512-555-0101\r\nJörg Öz;Öz;512-555-0102\r\n".encode("utf-16")
    )
    return path


def fill_in(hands: Hands) -> None:
    """Its first column is the full name, its leads are Ann's, and all of that is a preset."""
    wizard = on(hands, "Columns")
    columns = part(wizard, "import.columns").model()
    columns.setData(columns.index(0, 2), "full_name")
    on(hands, "Choices")
    part(wizard, "import.preset_name", QLineEdit).setText("Customers")
    walk(hands.bot, part(wizard, "import.owner"), "ANN  Ann Keller")


def test_a_file_dropped_on_the_window_and_stopped_leaves_nothing(hands: Hands, office: Office, tmp_path: Path) -> None:
    """VT-108, VT-110: Stop in the middle of the import."""
    hands.go("accounts")
    path = tmp_path / "accounts.csv"
    rows = (f"Acme {number},512-555-{number:04}" for number in range(2_000))  # not done before it is stopped
    path.write_text("\n".join(["Account Name,Phone", *rows]), "utf-8")
    before = everything(office)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    no, copy, left = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(QPoint(300, 300), copy, held, left, no)
    QApplication.sendEvent(hands.window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(hands.window, QDropEvent(QPointF(300, 300), copy, held, left, no, QEvent.Type.Drop))
    wizard = asked(hands, "File")
    hands.bot.waitUntil(lambda: wizard.setup.plan is not None)
    assert wizard.setup.record is Account
    for title in ("Columns", "Choices", "Check"):
        on(hands, title)
    hands.window.session.background.started.connect(
        lambda task: task.cancel() if task.label.startswith("Importing") else None
    )
    go_on(hands)
    hands.bot.waitUntil(lambda: part(wizard, "import.said", QLabel).text() == "Stopped; nothing was changed.")
    assert wizard.step.title == "Check"
    assert everything(office) == before
    assert imports.runs("ADMIN") == []


def test_cells_of_a_spreadsheet_come_from_the_clipboard(hands: Hands) -> None:
    """VT-131, VT-132: with a line break in a cell, as spreadsheets copy it; missing accounts are made."""
    hands.go("contacts")
    QGuiApplication.clipboard().setText('Name\tCompany\tNotes\r\nAnn Lee\tAcme\t"two\nlines"\r\nBob Ray\tAcme\t\r\n')
    hands.window.findChild(QAction, "main.paste").trigger()
    wizard = asked(hands, "File")
    hands.bot.waitUntil(lambda: wizard.setup.plan is not None)
    pasted = wizard.setup.path
    for title in ("Columns", "Choices"):
        on(hands, title)
    walk(hands.bot, part(wizard, "import.missing_links"), "Create it")
    on(hands, "Check")
    on(hands, "Result")
    assert sorted((contact.last_name, contact.notes) for contact in Contact.select()) == [
        ("Lee", "two\nlines"),
        ("Ray", ""),
    ]
    assert [account.name for account in Account.select()] == ["Acme"]
    go_on(hands)
    hands.bot.waitUntil(lambda: not pasted.exists())
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: Contact.select().count() == 0)
    assert Account.select().count() == 0
    QGuiApplication.clipboard().setText("")
    hands.window.findChild(QAction, "main.paste").trigger()
    assert "Copy cells" in hands.said()


def test_an_import_is_rejected_a_week_later_and_says_what_it_kept(
    hands: Hands, tmp_path: Path, fixed_clock: Any
) -> None:
    """VT-111, C4."""
    path = tmp_path / "two.csv"
    path.write_text("Last Name,Phone\nLee,512-555-0101\nRay,512-555-0102\n", "utf-8")
    begun(hands, path)
    for title in ("Columns", "Choices", "Check", "Result"):
        on(hands, title)
    go_on(hands)
    with clock.fixed(fixed_clock + timedelta(days=7)):
        worked = Lead.get(Lead.last_name == "Lee")
        leads.remove(worked.number, "ANN")
        hands.window.findChild(QAction, "main.imports").trigger()
        dialog = hands.part("imports.dialog")
        runs = part(dialog, "imports.runs").model()
        texts = [runs.index(0, column).data() for column in range(runs.columnCount())]
        assert texts == ["1", "Mon 23 Nov 10:00", "ADMIN", "two.csv", "Leads", "2", "0", "0", "0", ""]
        click(hands.bot, dialog, "imports.reject")
        hands.bot.waitUntil(lambda: runs.index(0, 9).data() == "Rejected")
        assert [lead.last_name for lead in Lead.select()] == ["Lee"]
        assert "1 kept" in part(dialog, "imports.said", QLabel).text()
        assert "ANN has worked on" in part(dialog, "imports.kept").toPlainText()
        assert not part(dialog, "imports.reject", QPushButton).isEnabled()
        dialog.close()
