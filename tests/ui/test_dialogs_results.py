"""What the results of a call mean is edited in place, without a programmer (BX-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QComboBox

from channergy_crm.services import calls, lookups
from channergy_crm.settings import Station
from tests.ui.cells import column, type_into
from tests.ui.gestures import alone, click, part, walk, words
from tests.ui.hands import ALT, KEY
from ui.setup.results_dialog import ResultsDialog
from ui.widgets.dialog import Remark
from ui.widgets.editable_grid import CellGrid

if TYPE_CHECKING:
    from channergy_crm.records import CallRule

pytestmark = pytest.mark.engines("sqlite")

CODE, DIGIT, MEANING, STATUS, DELAY, TRIES = range(6)


@pytest.fixture
def dialog(qtbot: Any, office: Any, operator: str) -> Any:
    lookups.add("CRMLeads", "CallCode", "VM", operator, description="Voice Mail")
    return alone(qtbot, ResultsDialog(Station(), operator))


def rule(code: str) -> CallRule:
    return next(each for each in calls.entries("ADMIN") if each.code == code)


def test_bx2_every_result_is_there_as_people_read_it(dialog: Any) -> None:
    grid = part(dialog, "results.grid", CellGrid)
    names = column(grid, CODE)
    assert names[:9] == [
        "No Answer", "Busy", "Answering Machine", "Call Back", "Not Interested", "Sale Made", "Wrong Person",
        "Wrong Number", "Do Not Call",
    ]  # fmt: skip
    assert "Voice Mail" in names[9:]
    assert column(grid, MEANING)[:4] == ["no answer", "no answer", "no answer", "call back"]


def test_bx2_a_result_of_the_office_itself_gets_its_rule_by_typing(qtbot: Any, dialog: Any) -> None:
    grid = part(dialog, "results.grid", CellGrid)
    type_into(qtbot, grid, column(grid, CODE).index("Voice Mail"), DELAY, "90")
    assert "Saved." in words(dialog)
    type_into(qtbot, grid, column(grid, CODE).index("Voice Mail"), DIGIT, "2")
    assert (rule("VM").delay, rule("VM").digit, rule("B").digit) == (90, 2, 0)
    assert column(grid, CODE)[1] == "Voice Mail"
    type_into(qtbot, grid, 1, DIGIT, "12")
    assert "Digit must be between 0 and 9." in words(dialog)
    assert rule("VM").digit == 2


def test_bx2_what_it_means_and_its_status_are_chosen(qtbot: Any, dialog: Any) -> None:
    grid = part(dialog, "results.grid", CellGrid)
    for place, text in ((MEANING, "call back"), (STATUS, "Lost")):
        row = column(grid, CODE).index("Voice Mail")
        grid.setCurrentIndex(grid.model().index(row, place))
        qtbot.keyClick(grid, KEY.Key_F2)
        box = next(box for box in grid.findChildren(QComboBox) if box.isVisible())
        box.setCurrentIndex(box.findText(text))
        qtbot.keyClick(box, KEY.Key_Return)
        qtbot.waitUntil(lambda: grid.state() != CellGrid.State.EditingState)
    assert (rule("VM").meaning, rule("VM").status) == ("call back", "Lost")


def test_bx2_the_order_under_other_is_moved_by_key(qtbot: Any, dialog: Any) -> None:
    grid = part(dialog, "results.grid", CellGrid)
    row = column(grid, CODE).index("No Pitch No Price")
    grid.setCurrentIndex(grid.model().index(row, CODE))
    qtbot.keyClick(grid, KEY.Key_Up, ALT)
    assert [each.label for each in calls.results("ADMIN") if not each.digit][:2] == [
        "No Pitch No Price", "Disconnected Number",
    ]  # fmt: skip
    qtbot.keyClick(grid, KEY.Key_Delete)
    assert "Results are taken away in Lookups" in words(dialog)


def test_bx3_what_a_rule_does_is_told_below_and_changed_there(qtbot: Any, fixed_clock: Any, dialog: Any) -> None:
    preview = part(dialog, "results.preview", Remark)
    assert preview.text().startswith("Called now (Mon 23 Nov 10:00), the next tries are: Tue 24 Nov 10:00 (try 2), ")
    assert preview.text().endswith("After try 6: Not Reached.")
    click(qtbot, dialog, "results.weekdays")
    assert rule("N").weekdays and "Mon 30 Nov" not in preview.text().split("try 4")[0]
    walk(qtbot, part(dialog, "results.exhausted", QComboBox), "Closed")
    assert rule("N").exhausted == "Closed" and preview.text().endswith("After try 6: Closed.")
    grid = part(dialog, "results.grid", CellGrid)
    grid.setCurrentIndex(grid.model().index(column(grid, CODE).index("Sale Made"), CODE))
    assert preview.text().startswith("After this result nothing more is planned")
