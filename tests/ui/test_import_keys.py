"""F-57: Enter ends an import, a record that is open stays open, and the wizard speaks plainly and counts rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.transfer.importing import first_look
from tests.journeys.importer import begun, on
from tests.ui.gestures import part, words
from tests.ui.hands import CTRL, KEY, Hands

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")

STEPS = ("Columns", "Choices", "Check", "Result")


def people(folder: Path, count: int) -> Path:
    file = folder / "people.csv"
    file.write_text("Description,Last Name\n" + "".join(f"D{row},L{row}\n" for row in range(count)), "utf-8")
    return file


def imported(hands: Hands, file: Path) -> Any:
    """The wizard, on its result page."""
    wizard = begun(hands, file)
    for title in STEPS:
        on(hands, title)
    return wizard


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter])
def test_f57_enter_on_the_result_page_accepts(hands: Hands, tmp_path: Path, key: Any) -> None:
    hands.go("leads")
    wizard = imported(hands, people(tmp_path, 3))
    focused = QApplication.focusWidget()
    assert focused is part(wizard, "import.next")
    hands.bot.keyClick(focused, key)
    hands.bot.waitUntil(lambda: not hands.window.findChildren(QWidget, "import.dialog"))
    assert hands.said() == "3 leads imported." and Lead.select().count() == 3


def test_f57_enter_in_the_list_of_what_came_opens_the_one_somebody_is_on(hands: Hands, tmp_path: Path) -> None:
    hands.go("leads")
    wizard = imported(hands, people(tmp_path, 2))
    grid = part(wizard, "import.leads.grid")
    hands.bot.waitUntil(lambda: grid.currentIndex().isValid())
    key = part(wizard, "import.leads.list").current()
    grid.setFocus()
    hands.bot.keyClick(grid, KEY.Key_Return)
    hands.bot.waitUntil(lambda: hands.window._pages[1].panel.record.number == key)
    wizard.close()


@pytest.mark.parametrize("rows", [1, 120])
def test_f57_the_lead_that_is_open_stays_open_whatever_is_imported(hands: Hands, tmp_path: Path, rows: int) -> None:
    kept = leads.create({"description": "Mine", "last_name": "Abel"}, "ADMIN").number
    leads.create({"description": "Other", "last_name": "Bell"}, "ADMIN")
    hands.go("leads")
    hands.stand("leads", hands.row("leads", "last_name", "Abel"), "last_name")
    panel = hands.window._pages[1].panel
    wizard = imported(hands, people(tmp_path, rows))
    wizard.accept()
    hands.bot.waitUntil(lambda: hands.rows("leads") == rows + 2)
    assert panel.record.number == kept == hands.part("leads.list").current()


def test_f57_a_new_lead_somebody_is_typing_stays_with_what_is_typed(hands: Hands, tmp_path: Path) -> None:
    leads.create({"description": "Other"}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "Description", ["Other"])
    hands.press(KEY.Key_N, CTRL)
    hands.fill("leads.description", "Just typed")
    wizard = imported(hands, people(tmp_path, 3))
    wizard.accept()
    hands.bot.waitUntil(lambda: hands.rows("leads") == 4)
    assert hands.window._pages[1].panel.record.is_new and hands.shows("leads.description") == "Just typed"


@pytest.mark.parametrize(("rows", "said"), [
    (1, "1 row, 2 columns. This is how they were understood:"),
    (500, "500 rows, 2 columns. The first ones, as they were understood:"),
    (2_500, "About 2,500 rows, 2 columns. The first ones, as they were understood:"),
])  # fmt: skip
def test_f57_rows_are_counted_and_only_of_very_many_it_is_told_about_how_many(
    hands: Hands, tmp_path: Path, rows: int, said: str
) -> None:
    assert first_look.COUNTED < 2_500
    wizard = begun(hands, people(tmp_path, rows))
    assert part(wizard, "import.understood", QLabel).text() == said
    wizard.close()


def test_f57_the_questions_read_as_people_ask_them(hands: Hands, tmp_path: Path) -> None:
    hands.go("leads")
    wizard = begun(hands, people(tmp_path, 2))
    assert "Columns are separated by" in words(wizard)
    for title in ("Columns", "Choices"):
        on(hands, title)
    asked = words(wizard)
    assert "When a lead is there already" in asked and "It is recognized by" in asked
    assert hands.bot and "One that is there already" not in asked
    wizard.close()
