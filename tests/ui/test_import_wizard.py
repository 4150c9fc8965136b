"""The steps of the import wizard: every part named, heard and read whole; wrong files, defaults, presets, slips."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTabWidget, QToolButton, QWidget
from shiboken6 import isValid

from channergy_crm import work
from channergy_crm.records import Account, Lead, Operator, Opportunity
from channergy_crm.services import imports
from channergy_crm.transfer.importing.plan import importable
from tests import made
from tests.domain.test_transfer_records import FILES
from tests.journeys.importer import asked, begun, on
from tests.ui.gestures import click, part, walk, words
from tests.ui.hands import KEY, Hands, opened
from tests.ui.test_every_widget import NAME, cut, inner, interactive, path
from ui.lists.table import RecordTable
from ui.look import theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office

FILE = (
    "Description,Reminder Date,Reminder Time,Call Status,Owner,County\n"
    "A,03/04/2026,25:99,Reachd,Smith,\nB,,,,ADMIN,Travis\n"
)


@pytest.fixture
def hands(qtbot: Any, database_url: str, office: Office) -> Iterator[Hands]:
    """The main window, on the page of opportunities."""
    with opened(qtbot, database_url) as hands:
        hands.go("opportunities")
        yield hands
        for wizard in hands.window.findChildren(QWidget, "import.dialog"):
            wizard.close()


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    """Dressed as in the evening."""
    palette, sheet = qapp.palette(), qapp.styleSheet()
    theme.apply(qapp, "dark")
    yield
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)


def saved(folder: Path, text: str, name: str = "table.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def faults(wizard: QWidget) -> list[str]:
    """What of the wizard has no name, cannot be heard, is cut off, or is not reached by Tab."""
    assert QTest.qWaitForWindowActive(wizard.window()), "Keys would go to another window"
    QApplication.processEvents()
    parts = [each for each in interactive(wizard) if each.isVisible()]
    found = [f"{path(each)} has no name" for each in parts if not NAME.fullmatch(each.objectName())]
    found += [f"{path(each)} is silent" for each in parts if not each.accessibleName()]
    seen = [each for each in wizard.findChildren(QWidget) if each.isVisible() and not inner(each)]
    found += [f"{path(each)}: {why}" for each in seen if (why := cut(each))]
    reached: list[QWidget | None] = []
    for _ in range(60):
        reached.append(QApplication.focusWidget())
        QTest.keyClick(reached[-1], KEY.Key_Tab)
    waiting = [each for each in parts if each.isEnabled() and each.focusPolicy() & each.focusPolicy().TabFocus]
    return found + [f"{path(each)} is not reached" for each in waiting if not {each, each.focusProxy()} & {*reached}]


@pytest.mark.engines("sqlite")
@pytest.mark.usefixtures("dark")
def test_every_step_is_named_heard_read_whole_and_reached_by_key(hands: Hands, tmp_path: Path) -> None:
    """BX-10, CH-3."""
    hands.go("leads")
    wizard = begun(hands, saved(tmp_path, FILE))
    for title in ("File", "Columns", "Choices", "Check", "Result"):
        if title != "File":
            on(hands, title)
        assert faults(wizard) == [], title
        if title == "Choices":
            walk(hands.bot, part(wizard, "import.dates"), "day, month, year (31/12/2026)")
        if title == "Check":
            tabs = part(wizard, "import.check_tabs", QTabWidget)
            for place in (1, 2, 3):
                tabs.setCurrentIndex(place)
                tabs.tabBar().setFocus()
                assert faults(wizard) == [], tabs.tabText(place)
    wizard.accept()
    hands.window.findChild(QAction, "main.imports").trigger()
    assert faults(hands.part("imports.dialog")) == []
    hands.part("imports.dialog").close()


@pytest.mark.engines("sqlite")
def test_vt106_vt107_vt145_import_export_and_views_stand_above_every_list(hands: Hands) -> None:
    for tab in ("leads", "accounts", "contacts", "opportunities", "tasks"):
        menu = hands.part(f"{tab}.views", QToolButton).menu()
        menu.aboutToShow.emit()
        assert {f"{tab}.import", f"{tab}.export"} <= {action.objectName() for action in menu.actions()}
        views = hands.part(f"{tab}.views_menu")
        views.aboutToShow.emit()
        assert f"{tab}.keep_view" in {action.objectName() for action in views.actions()}
    hands.window.findChild(QAction, "opportunities.import").trigger()
    assert asked(hands, "File").setup.record is Opportunity


def test_what_cannot_be_read_is_said_and_what_it_is_told_by_its_contents(hands: Hands, tmp_path: Path) -> None:
    """VT-108, C1: a missing file, a sheet of a workbook, cards."""
    hands.window.findChild(QAction, "main.import").trigger()
    wizard = asked(hands, "File")
    line = part(wizard, "import.file", QLineEdit)
    line.setText(str(tmp_path / "none.csv"))
    hands.bot.waitUntil(lambda: "There is no file" in part(wizard, "import.understood", QLabel).text())
    assert not part(wizard, "import.next", QPushButton).isEnabled()
    book = Workbook()
    book.active.append(["Notes"])
    book.create_sheet("Deals").append(["Name", "Account"])
    book["Deals"].append(["Big", "Acme"])
    book.save(tmp_path / "book.xlsx")
    line.setText(str(tmp_path / "book.xlsx"))
    hands.bot.waitUntil(lambda: part(wizard, "import.sheet").isVisible())
    assert not part(wizard, "import.encoding").isVisible()
    walk(hands.bot, part(wizard, "import.sheet"), "Deals")
    preview = part(wizard, "import.preview").model()
    hands.bot.waitUntil(lambda: preview.rowCount() == 1 and preview.index(0, 0).data() == "Big")
    part(wizard, "import.titled").click()
    hands.bot.waitUntil(lambda: preview.rowCount() == 2)
    line.setText(str(saved(tmp_path, "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Lee\nN:Lee;Ann\nEND:VCARD\n", "a.vcf")))
    hands.bot.waitUntil(lambda: preview.index(0, 1).data() == "Lee")
    assert not part(wizard, "import.titled").isVisible()


def test_f26_the_row_of_the_titles_is_shown_and_can_be_chosen(hands: Hands, tmp_path: Path) -> None:
    hands.window.findChild(QAction, "main.import").trigger()
    wizard = asked(hands, "File")
    file = saved(tmp_path, "Notes:\n\nName,Amount,Account\nBig,12,Acme\nSmall,3,Bell\n")
    part(wizard, "import.file", QLineEdit).setText(str(file))
    preview = part(wizard, "import.preview").model()
    hands.bot.waitUntil(lambda: preview.rowCount() == 2)
    rows = part(wizard, "import.title_row", QComboBox)
    assert rows.isVisible() and rows.currentText() == "Row 3: Name, Amount, Account"
    walk(hands.bot, rows, "Row 4: Big, 12, Acme")
    hands.bot.waitUntil(lambda: preview.rowCount() == 1 and preview.index(0, 0).data() == "Small")


def test_what_is_needed_is_asked_for_and_can_be_given_for_all(hands: Hands, tmp_path: Path) -> None:
    """VT-109, VT-120, VT-130: an account for every deal; a wrong value is said at once; a preset is forgotten."""
    wizard = begun(hands, saved(tmp_path, "Deal,Worth\nA,1\nB,2\n"))
    on(hands, "Columns")
    assert "CRM Account #" in part(wizard, "import.lacking", QLabel).text()
    assert not part(wizard, "import.next", QPushButton).isEnabled()
    rest = part(wizard, "import.defaults").model()
    names = [rest.index(row, 0).data() for row in range(rest.rowCount())]
    assert names[0] == "CRM Account # (account by number or name) *"
    rest.setData(rest.index(0, 1), "House account")
    row = names.index("Close Dt 1")
    rest.setData(rest.index(row, 1), "soon")
    assert "soon" in part(wizard, "import.lacking", QLabel).text()
    rest.setData(rest.index(row, 1), "")
    on(hands, "Choices")
    walk(hands.bot, part(wizard, "import.missing_links"), "Create it")
    part(wizard, "import.preset_name", QLineEdit).setText("Deals")
    on(hands, "Check")
    assert "missing ones too: accounts 1" in words(wizard)
    on(hands, "Result")
    assert [account.name for account in Account.select()] == ["House account"]
    assert {deal.account for deal in Opportunity.select()} == {Account.get().number}
    wizard.accept()
    wizard = begun(hands, tmp_path / "table.csv")
    on(hands, "Columns")
    assert part(wizard, "import.defaults").model().index(0, 1).data() == "House account"
    click(hands.bot, wizard, "import.forget_preset")
    assert part(wizard, "import.preset", QComboBox).currentText() == "As the file suggests"
    assert imports.presets(Opportunity, "ADMIN") == []


def test_f0_rows_without_an_account_go_to_one_that_is_named_or_stay_out(hands: Hands, tmp_path: Path) -> None:
    made.account("House account")
    lines = "".join(f"Deal {number},{'' if number % 2 else 'House account'}\n" for number in range(8))
    wizard = begun(hands, saved(tmp_path, f"Deal Name,Account\n{lines}"))
    for title in ("Columns", "Choices", "Check"):
        on(hands, title)
    assert [part(wizard, f"import.count_{word}", QLabel).text() for word in ("created", "problems")] == ["4", "4"]
    about = part(wizard, "import.about_problem", QLabel)
    assert about.text() == "Row 3: Account is empty. Type it here; the other rows without one can follow."
    sheet = part(wizard, "import.problems")
    sheet.model().setData(sheet.currentIndex(), "House account")
    too = part(wizard, "import.mend_alike", QPushButton)
    assert too.text() == "3 other rows say nothing here: fill them too (Ctrl+R)"
    click(hands.bot, wizard, "import.mend_alike")
    hands.bot.waitUntil(lambda: part(wizard, "import.count_created", QLabel).text() == "8")
    on(hands, "Result")
    assert {deal.account for deal in Opportunity.select()} == {Account.get().number}
    assert Opportunity.select().count() == 8


@pytest.mark.usefixtures("every_page")
def test_slips_and_missing_ones_are_settled_in_the_check(hands: Hands, tmp_path: Path) -> None:
    """C2: misspelt values of a list; operators nobody knows yet; what still fails is saved with the reason."""
    hands.go("accounts")
    text = "Account Name,Industry,Owner,Employees\nAcme,technolgy,Moses Frase,5\nBell,Retail,Moses Frase,many\n"
    wizard = begun(hands, saved(tmp_path, text))
    for title in ("Columns", "Choices", "Check"):
        on(hands, title)
    click(hands.bot, wizard, "import.create_missing")
    hands.bot.waitUntil(lambda: part(wizard, "import.count_created", QLabel).text() == "1")
    part(wizard, "import.check_tabs", QTabWidget).setCurrentIndex(2)
    click(hands.bot, wizard, "import.take_suggestions")
    slips = part(wizard, "import.slips").model()
    assert [slips.index(0, column).data() for column in range(3)] == ["Industry", "technolgy", "Technology"]
    on(hands, "Result")
    assert [(account.name, account.industry, account.owner) for account in Account.select()] == [
        ("Acme", "Technology", "MFRASE")
    ]
    assert Operator.find("MFRASE").name == "Moses Frase"
    failed = tmp_path / "failed.csv"
    wizard.step.save_failed(failed)
    assert "1 row saved" in part(wizard, "import.result", QLabel).text()
    assert "takes a whole number" in failed.read_text("utf-8-sig") or "many" in failed.read_text("utf-8-sig")


def test_f27_a_column_that_looks_like_a_refusal_is_asked_about(hands: Hands, tmp_path: Path) -> None:
    hands.go("leads")
    text = "Last Name,Company,Phone,Marketing Consent\nAker,Aker Oy,512-555-0191,No\nHolm,Holm Oy,512-555-0193,\n"
    wizard = begun(hands, saved(tmp_path, text))
    on(hands, "Columns")
    lacking, further = part(wizard, "import.lacking", QLabel), part(wizard, "import.next", QPushButton)
    assert lacking.text().startswith("Column Marketing Consent seems to say who must not be called")
    assert not further.isEnabled()
    sheet = part(wizard, "import.columns")
    cell = sheet.model().index(3, 2)
    assert cell.data() == "Choose: who must not be called?"
    sheet.setFocus()
    sheet.setCurrentIndex(cell)
    QTest.keyClick(sheet, KEY.Key_Return)
    editor = part(wizard, "import.columns.editor", QComboBox)
    QTest.keyClick(editor, KEY.Key_F4)
    hands.bot.waitUntil(editor.view().isVisible)
    hands.bot.keyClicks(editor.view(), "do")
    QTest.keyClick(editor.view(), KEY.Key_Return)
    hands.bot.waitUntil(further.isEnabled)
    assert cell.data() == "Do Not Call"
    hands.bot.waitUntil(lambda: not isValid(editor))
    wizard.activateWindow()  # where there is no window manager, the list takes the keyboard with it
    for title in ("Choices", "Check", "Result"):
        on(hands, title)
    assert [(lead.last_name, lead.call_code) for lead in Lead.select().order_by(Lead.number)] == [
        ("Aker", "DNC"), ("Holm", "")
    ]  # fmt: skip
    wizard.accept()


def test_f27_such_a_column_can_be_left_out_and_is_told(hands: Hands, tmp_path: Path) -> None:
    hands.go("leads")
    wizard = begun(hands, saved(tmp_path, "Last Name,Company,Marketing Consent\nAker,Aker Oy,No\n"))
    on(hands, "Columns")
    columns = part(wizard, "import.columns").model()
    columns.setData(columns.index(2, 2), "-")
    assert columns.index(2, 2).data() == "Nowhere: left out"
    for title in ("Choices", "Check"):
        on(hands, title)
    assert told(wizard, "import.left_out") == [("Column “Marketing Consent”", "No", "2", "1", "Left out")]


def told(wizard: QWidget, name: str) -> list[tuple[str, ...]]:
    """The rows of such a report."""
    model = part(wizard, name).model()
    places = range(model.columnCount())
    return [tuple(model.index(row, place).data() for place in places) for row in range(model.rowCount())]


def test_f30_what_is_left_out_is_shown_and_kept_in_the_notes_on_request(hands: Hands, tmp_path: Path) -> None:
    """F-30, F-40: columns, rows and second values; Space keeps, Space again does not; the result tells it, too."""
    hands.go("leads")
    rows = 'Aker,A,"512-555-0191, 512-555-0192",Travis\nHolm,H,,\nMoen,M,,Bell\n'
    wizard = begun(hands, saved(tmp_path, f"The fair\n\nLast Name,Company,Phone,County\n{rows}"))
    for title in ("Columns", "Choices", "Check"):
        on(hands, title)
    tabs, keep = part(wizard, "import.check_tabs", QTabWidget), part(wizard, "import.keep_in_notes")
    assert (tabs.currentIndex(), tabs.tabText(3)) == (3, "Left out (2)")
    lost = [("Rows above the column titles", "The fair", "1", "1", "Left out")]
    second = ("Second values, kept in another field or in the notes", "Phone: 512-555-0192", "4", "1", "Kept")
    assert told(wizard, "import.left_out") == [*lost, ("Column “County”", "Travis", "4", "2", "Left out"), second]
    assert keep.isVisible() and not keep.isChecked()
    keep.setFocus()
    QTest.keyClick(keep, KEY.Key_Space)
    hands.bot.waitUntil(lambda: tabs.tabText(3) == "Left out (1)")
    kept = [("Column “County”, kept in the notes", "Travis", "4", "2", "Kept")]
    assert sorted(told(wizard, "import.left_out")) == sorted([*lost, second, *kept])
    on(hands, "Result")
    assert sorted(told(wizard, "import.was_left_out")) == sorted([*lost, second, *kept])
    assert part(wizard, "import.was_left_out").isVisible()
    assert [lead.notes for lead in Lead.select().order_by(Lead.number)] == ["County: Travis", "", "County: Bell"]
    click(hands.bot, wizard, "import.reject")
    hands.bot.waitUntil(lambda: not part(wizard, "import.was_left_out").isVisible())
    assert Lead.select().count() == 0


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("name", ["customers", "orders", "lookups"])
def test_records_without_a_list_of_their_own_are_imported_from_the_menu(
    hands: Hands, tmp_path: Path, name: str
) -> None:
    """VT-107."""
    wizard = begun(hands, saved(tmp_path, FILES[name]))
    record = importable()[name]
    walk(hands.bot, part(wizard, "import.records"), record.plural)
    hands.bot.waitUntil(lambda: wizard.setup.plan is not None and wizard.setup.plan.record is record)
    for title in ("Columns", "Choices"):
        on(hands, title)
    wizard.setup.plan = replace(wizard.setup.plan, missing_links="create")
    for title in ("Check", "Result"):
        on(hands, title)
    came = wizard.findChild(RecordTable)
    hands.bot.waitUntil(lambda: came.model.rowCount() == 2)
    wizard.accept()


def ready_to_import(hands: Hands, folder: Path) -> Any:
    """One account, checked."""
    hands.go("accounts")
    wizard = begun(hands, saved(folder, "Account Name\nAcme\n"))
    for title in ("Columns", "Choices", "Check"):
        on(hands, title)
    return wizard


@pytest.mark.usefixtures("every_page")
def test_what_was_done_before_it_could_be_stopped_is_told_as_done(hands: Hands, tmp_path: Path) -> None:
    """VT-110, VT-111: Stop in the moment it is written: the result is shown, and can be rejected."""
    wizard = ready_to_import(hands, tmp_path)
    forget = work.listen(lambda done: hands.window.session.background.cancel_all())
    try:
        click(hands.bot, wizard, "import.next")
        hands.bot.waitUntil(lambda: wizard.step.title == "Result")
    finally:
        forget()
    assert "1 account imported." in words(wizard)
    click(hands.bot, wizard, "import.reject")
    hands.bot.waitUntil(lambda: Account.select().count() == 0)


def test_closed_while_it_imports_the_wizard_goes_and_leaves_nothing(hands: Hands, tmp_path: Path) -> None:
    """VT-110."""
    wizard = ready_to_import(hands, tmp_path)

    def close(task: Any) -> None:
        task.cancel()
        QTimer.singleShot(0, wizard.close)

    def gone() -> bool:
        return not any(each.isVisible() for each in hands.window.findChildren(QWidget, "import.dialog"))

    hands.window.session.background.started.connect(close)
    click(hands.bot, wizard, "import.next")
    hands.bot.waitUntil(lambda: gone() and not hands.window.session.background.running())
    assert (Account.select().count(), imports.runs("ADMIN")) == (0, [])


@pytest.mark.engines("sqlite")
def test_f38_stop_ends_the_opening_of_a_file_and_the_window_stays_alive(hands: Hands, tmp_path: Path) -> None:
    """A file of nothing but line ends takes seconds to be understood; it says how far it is, and ends when told."""
    file = tmp_path / "lines.csv"
    file.write_bytes(b"Last Name,Company\nLee,Acme\n" + b"\n" * 60_000_000)
    hands.window.findChild(QAction, "opportunities.import").trigger()
    wizard = hands.part("import.dialog")
    background = hands.window.session.background
    part(wizard, "import.file", QLineEdit).setText(str(file))
    hands.bot.keyClick(part(wizard, "import.file", QLineEdit), KEY.Key_Return)
    hands.bot.waitUntil(lambda: "MB read" in part(wizard, "import.far", QLabel).text())
    assert part(wizard, "import.progress").isVisible()
    click(hands.bot, wizard, "import.stop")
    hands.bot.waitUntil(lambda: not background.running(), timeout=1_000)
    assert "Stopped. Press Enter" in words(wizard)
    file.write_text("Last Name,Company\nLee,Acme\n", "utf-8")
    hands.bot.keyClick(part(wizard, "import.file", QLineEdit), KEY.Key_Return)
    hands.bot.waitUntil(lambda: "Stopped" not in words(wizard) and part(wizard, "import.next").isEnabled())
