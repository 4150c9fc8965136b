"""Rows of a list are written to a file from the window: asked once, remembered, told, cancelled without a trace."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QToolButton

from channergy_crm.records import Lead
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import leads, office, sales_texts
from channergy_crm.settings import PAPER_FILE
from tests.ui.gestures import part, walk
from tests.ui.hands import Hands, opened
from ui.transfer.export_dialog import Choice, ExportDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


NAMES = ["Adams", "Brown", "Clark", "Davis"]


@pytest.fixture
def hands(qtbot: Any, database_url: str, office: Any, tmp_path: Path) -> Iterator[Hands]:
    """The main window over four leads, on the page of leads."""
    for name in NAMES:
        leads.create({"description": f"About {name}", "last_name": name, "phone": "+1 504 621 8927"}, "ADMIN")
    leads.remove(leads.create({"description": "Gone", "last_name": "Gone"}, "ADMIN").number, "ADMIN")
    with opened(qtbot, database_url) as hands:
        hands.window.session.station.remember("export.folder", str(tmp_path))
        hands.go("leads")
        grid = hands.part("leads.grid")
        qtbot.waitUntil(lambda: grid.model().rowCount() == 4)
        yield hands


@contextmanager
def asked(fill: Callable[[ExportDialog], None], button: str = "export.export") -> Iterator[list[str]]:
    """Fill in the question about the export when it comes, and press one of its buttons."""
    seen: list[str] = []
    timer = QTimer()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ExportDialog) and not seen:
            fill(dialog)
            seen.extend(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
            part(dialog, button, QPushButton).click()

    timer.timeout.connect(look)
    timer.start(10)
    yield seen
    timer.stop()
    assert seen, "Nobody was asked."


def from_row_menu(hands: Hands, name: str = "leads") -> None:
    """Export… as it stands in the menu of a row."""
    action = hands.window.findChild(QAction, f"{name}.export")
    assert action is not None and action.text() == "Export…"
    assert action in hands.part(f"{name}.list").actions()
    action.trigger()


def set_file(dialog: ExportDialog, path: Path) -> None:
    part(dialog, "export.file", QLineEdit).setText(str(path))


def cells(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_the_list_goes_out_as_it_stands_and_the_notice_leads_to_it(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """VT-114, VT-116: the filter of the list decides; the columns are those of the list."""
    hands.part("leads.search", QLineEdit).setText("last:clark")
    hands.reads("leads", "last_name", ["Clark"])
    path = tmp_path / "mine.csv"

    def fill(dialog: ExportDialog) -> None:
        assert part(dialog, "export.found", QRadioButton).isChecked()
        assert part(dialog, "export.found", QRadioButton).text() == "What the filter finds (1)"
        marked = part(dialog, "export.marked", QRadioButton)
        assert marked.isEnabled() and not marked.isChecked(), "F-68: one marked row goes out as well, if wanted"
        walk(hands.bot, part(dialog, "export.format"), "Table of text (CSV)")
        walk(hands.bot, part(dialog, "export.delimiter"), "Comma")
        set_file(dialog, path)

    with asked(fill):
        from_row_menu(hands)
        hands.bot.waitUntil(lambda: hands.said() == "1 lead exported to mine.csv.")
    titles, *rows = cells(path)
    assert titles[:4] == ["Last Name", "First Name", "Phone", "Local Time"]
    assert [(row[0], row[2]) for row in rows] == [("Clark", "+1 504 621 8927")]
    shown: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not shown.append(url))
    button = hands.part("notices.action", QPushButton)
    assert button.text() == "Show in folder"
    button.click()
    assert shown == [QUrl.fromLocalFile(str(tmp_path))]


def test_marked_rows_come_first_and_in_the_order_of_the_list(hands: Hands, tmp_path: Path) -> None:
    """VT-113, and the columns: all fields."""
    grid = hands.part("leads.grid")
    hands.click_row("leads", 2)
    index = grid.model().index(3, grid.horizontalHeader().logicalIndex(0))
    where = grid.visualRect(index).center()
    hands.bot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, where)
    expected = [grid.model().value(row, "last_name") for row in (2, 3)]
    path = tmp_path / "marked.csv"

    def fill(dialog: ExportDialog) -> None:
        assert part(dialog, "export.marked", QRadioButton).isChecked()
        assert part(dialog, "export.marked", QRadioButton).text() == "Marked rows (2)"
        part(dialog, "export.columns_all", QRadioButton).click()
        walk(hands.bot, part(dialog, "export.format"), "Table by vtiger's rules (CSV)")
        set_file(dialog, path)

    with asked(fill):
        from_row_menu(hands)
        hands.bot.waitUntil(lambda: hands.said() == "2 leads exported to marked.csv.")
    titles, *rows = cells(path)
    assert titles[:3] == ["Lead #", "Type", "Lead Source"]
    assert [row[titles.index("Last Name")] for row in rows] == expected


@pytest.mark.parametrize(("what", "count"), [("page", 4), ("all", 5), ("found", 4)])
def test_what_can_go_out_from_the_more_menu(hands: Hands, tmp_path: Path, what: str, count: int) -> None:
    """VT-112, VT-114…VT-116: the page on the screen, all with the removed ones, the list."""

    def fill(dialog: ExportDialog) -> None:
        part(dialog, f"export.{what}", QRadioButton).click()
        set_file(dialog, tmp_path / "out.xlsx")

    with asked(fill):
        hands.window.findChild(QAction, "main.export").trigger()
        hands.bot.waitUntil(lambda: hands.said() == f"{count} leads exported to out.xlsx.")
    row = ExportRow.get()
    assert (row.what, row.rows, row.form, row.by) == (what, count, "xlsx", "ADMIN")


def test_the_last_choices_are_offered_again(hands: Hands, tmp_path: Path) -> None:
    def first(dialog: ExportDialog) -> None:
        assert part(dialog, "export.format", QComboBox).currentText() == "Workbook (XLSX)"
        assert not part(dialog, "export.delimiter").isVisible()
        part(dialog, "export.page", QRadioButton).click()
        part(dialog, "export.columns_all", QRadioButton).click()
        walk(hands.bot, part(dialog, "export.format"), "Table of text (CSV)")
        assert part(dialog, "export.delimiter").isVisible()
        walk(hands.bot, part(dialog, "export.delimiter"), "Semicolon")
        assert part(dialog, "export.file", QLineEdit).text().endswith(".csv")
        (tmp_path / "sub").mkdir()
        set_file(dialog, tmp_path / "sub" / "x.csv")

    def again(dialog: ExportDialog) -> None:
        assert part(dialog, "export.page", QRadioButton).isChecked()
        assert part(dialog, "export.columns_all", QRadioButton).isChecked()
        assert part(dialog, "export.format", QComboBox).currentText() == "Table of text (CSV)"
        assert part(dialog, "export.delimiter", QComboBox).currentText() == "Semicolon"
        assert Path(part(dialog, "export.file", QLineEdit).text()).parent == tmp_path / "sub"
        set_file(dialog, tmp_path / "sub")
        assert not part(dialog, "export.export", QPushButton).isEnabled()
        set_file(dialog, tmp_path / "sub" / "x.csv")

    with asked(first):
        from_row_menu(hands)
        hands.bot.waitUntil(lambda: hands.said() == "4 leads exported to x.csv.")
    assert len(cells(tmp_path / "sub" / "x.csv", ";")[0]) > 30
    with asked(again, "export.cancel") as seen:
        from_row_menu(hands)
    assert "x.csv is there already; it will be replaced." in seen


def test_vcards_have_no_columns_to_choose_and_bx52_the_file_is_called_as_the_office_says(
    hands: Hands, tmp_path: Path
) -> None:
    """BX-27."""
    office.choose(PAPER_FILE.of(sales_texts.LISTS), "Out {{ list }}", "ADMIN")

    def fill(dialog: ExportDialog) -> None:
        walk(hands.bot, part(dialog, "export.format"), "vCards 4.0")
        assert not part(dialog, "export.columns_all", QRadioButton).isEnabled()
        assert part(dialog, "export.file", QLineEdit).text().endswith("/Out Leads.vcf")
        set_file(dialog, tmp_path / "x.vcf")

    with asked(fill):
        from_row_menu(hands)
        hands.bot.waitUntil(lambda: hands.said() == "4 leads exported to x.vcf.")
    assert (tmp_path / "x.vcf").read_text("utf-8").count("BEGIN:VCARD") == 4


def test_what_cannot_be_written_is_said(hands: Hands, tmp_path: Path) -> None:
    with asked(lambda dialog: set_file(dialog, tmp_path / "none" / "x.xlsx")):
        from_row_menu(hands)
        hands.bot.waitUntil(lambda: "cannot be written" in hands.said())
    assert ExportRow.select().count() == 0


@pytest.mark.usefixtures("every_page")
def test_every_list_has_it(hands: Hands) -> None:
    """VT-106, VT-107: the same for every record type."""
    names = ["leads", "accounts", "contacts", "opportunities", "tasks"]
    names += ["accounts.contacts", "accounts.opportunities", "accounts.tasks"]
    assert all(hands.window.findChild(QAction, f"{name}.export") is not None for name in names)


def test_cancelled_in_the_status_line_it_leaves_nothing(hands: Hands, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    hands.window.session.background.started.connect(lambda task: task.cancel())
    with asked(lambda dialog: set_file(dialog, folder / "x.xlsx")):
        from_row_menu(hands)
        hands.bot.waitUntil(lambda: hands.said() == "Export cancelled; nothing was written.")
    assert not list(folder.iterdir())
    assert hands.part("background.cancel", QToolButton) is not None


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("name", ["x" * 300 + ".csv", "/".join(["x" * 200] * 30), "~nobody-there/x.csv"])
def test_f64_a_name_no_file_can_have_is_said_at_each_key(hands: Hands, tmp_path: Path, name: str) -> None:
    station = hands.window.session.station
    dialog = ExportDialog(Lead, [Choice("found", "All")], ["csv"], ".", hands.window, station)
    said, button = part(dialog, "export.said", QLabel), part(dialog, "export.export", QPushButton)
    path = part(dialog, "export.file", QLineEdit)
    path.setText(name if name.startswith("~") else str(tmp_path / name))
    assert not button.isEnabled() and "No file can be called so" in said.text()
    path.setText(str(tmp_path / "leads.csv"))
    assert button.isEnabled() and said.text() == ""
