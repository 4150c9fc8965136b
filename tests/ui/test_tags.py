"""BX-40, VT-29, VT-56: tags at a record by keys, on marked rows, in the cloud, in Ctrl+K, in a view; colours hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QTreeWidget

from channergy_crm.records import Lead
from channergy_crm.records.tags import COLOURS
from channergy_crm.services import leads, tags, views
from tests.ui.gestures import write
from tests.ui.hands import CTRL, KEY, SHIFT
from tests.ui.test_theme import contrast
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.forms.field_row import FieldRow
from ui.lists.view_dialog import ViewDialog
from ui.look import tag_colours, theme
from ui.shell.preferences_pages import OwnData
from ui.tags.line import TagLine
from ui.tags.tags_dialog import open_tags
from ui.widgets.tag_chip import TagChip

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
BY = "ADMIN"


@pytest.fixture
def three(hands: Hands, fixed_clock: object) -> list[int]:
    found = [leads.create({"description": name, "last_name": name}, BY).number for name in ("Cole", "Bell", "Abel")]
    hands.go("leads")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 3)
    hands.stand("leads", 0, "last_name")
    return found[::-1]


def chips(hands: Hands) -> list[str]:
    line = hands.window.findChild(TagLine, "leads.tag_line")
    return [chip.name for chip in line.findChildren(TagChip) if chip.isVisible()] if line is not None else []


def test_bx40_a_tag_is_typed_at_the_record_completed_taken_off_and_undone(hands: Hands, three: list[int]) -> None:
    tags.put_on(Lead, [three[1]], "Fair 2026", BY, colour="teal")
    field = hands.part("leads.tags", QLineEdit)
    hands.bot.waitUntil(field.isVisible)
    line, row = hands.part("leads.tag_line", TagLine), hands.window.findChild(QLineEdit, "leads.description")
    first = next(each for each in hands.window.findChildren(FieldRow) if each.editor is row)
    starts = [each.mapTo(hands.window, QPoint()).x() for each in (line.label, first.label, line.chips, first)]
    assert starts[0] == starts[1] and starts[2] == starts[3]  # it stands in the columns of the form
    hands.press(KEY.Key_T, CTRL | SHIFT)
    hands.bot.waitUntil(field.hasFocus)
    hands.bot.waitUntil(lambda: "Fair 2026" in getattr(field, "names", ()))
    hands.type("hot,")
    hands.bot.waitUntil(lambda: chips(hands) == ["hot"])
    hands.type("fai")
    completer: Any = field.completer()
    hands.bot.waitUntil(lambda: completer.popup().isVisible())
    hands.bot.keyClick(completer.popup(), KEY.Key_Down)
    hands.bot.keyClick(completer.popup(), KEY.Key_Return)
    hands.bot.waitUntil(lambda: chips(hands) == ["Fair 2026", "hot"])
    assert field.hasFocus() and not field.text()
    hands.press(KEY.Key_Backspace)
    hands.bot.waitUntil(lambda: chips(hands) == ["Fair 2026"])
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: chips(hands) == ["Fair 2026", "hot"])
    hands.bot.keyClick(hands.part(f"leads.tag_{tags.every(BY)[0].number}"), KEY.Key_Delete)
    hands.bot.waitUntil(lambda: chips(hands) == ["hot"])
    hands.bot.keyClick(hands.part(f"leads.tag_{tags.every(BY)[1].number}"), KEY.Key_Return)
    hands.reads("leads", "last_name", ["Abel"])
    assert hands.part("leads.search", QLineEdit).text() == "tag:hot"


def on_marked(hands: Hands, name: str, button: str) -> None:
    """Ctrl+Shift+T with all rows marked, a name, a press."""
    hands.part("leads.grid").selectAll()

    def fill() -> None:
        dialog: Any = QApplication.activeModalWidget()
        editor = dialog.findChild(SuggestEditor, "tags_of_marked.name")
        write(hands.bot, editor, name)
        editor.changed.emit()
        QTimer.singleShot(0, dialog.findChild(QPushButton, f"tags_of_marked.{button}").click)

    QTimer.singleShot(100, fill)
    hands.press(KEY.Key_T, CTRL | SHIFT)


def test_bx40_marked_rows_wear_a_tag_which_ctrl_k_the_list_and_the_cloud_open(hands: Hands, three: list[int]) -> None:
    on_marked(hands, "hot pile", "put_on")
    hands.bot.waitUntil(lambda: hands.said() == "Tag “hot pile” put on 3 leads.")
    tags.take_off(Lead, three[2:], "hot pile", BY)
    hands.press(KEY.Key_K, CTRL)
    hands.type("pile")
    lines = hands.window.header.search.results
    hands.bot.waitUntil(lambda: any(lines().item(row).text() == "hot pile" for row in range(lines().count())))
    hands.press(KEY.Key_Return)
    hands.reads("leads", "last_name", ["Abel", "Bell"])
    tags.take_off(Lead, three[1:], "hot pile", BY)
    hands.reads("leads", "last_name", ["Abel"])
    hands.part("leads.search", QLineEdit).clear()
    hands.reads("leads", "last_name", ["Abel", "Bell", "Cole"])
    dialog = open_tags(hands.window.session, hands.window)
    hands.bot.waitUntil(lambda: dialog.current() is not None)
    item = dialog.findChild(QTreeWidget, "tags.list").topLevelItem(0)
    assert [item.text(place) for place in range(4)] == ["hot pile", "Office", "1", "–"]
    dialog.findChild(QCheckBox, "tags.shared").click()
    hands.bot.waitUntil(lambda: dialog.current() is not None and not dialog.current().tag.shared)
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: dialog.current() is not None and bool(dialog.current().tag.shared))
    dialog.findChild(QPushButton, f"tags.cloud_{dialog.current().tag.number}").click()
    hands.reads("leads", "last_name", ["Abel"])
    hands.part("leads.search", QLineEdit).clear()
    hands.reads("leads", "last_name", ["Abel", "Bell", "Cole"])
    on_marked(hands, "hot pile", "take_off")
    hands.bot.waitUntil(lambda: hands.said() == "Tag “hot pile” taken off 1 lead.")


def test_bx40_vt56_a_view_asks_for_a_tag_a_column_shows_it_and_the_cloud_can_go(hands: Hands, three: list[int]) -> None:
    tags.put_on(Lead, three[:2], "fair 2026", BY)
    session = hands.window.session
    dialog = ViewDialog(views.start("leads", BY, "Abel OR Bell", ["last_name"], []), Lead, [], session, hands.window)
    dialog.findChild(ChoiceEditor, "view.tag").set_value("fair 2026")
    dialog.findChild(ChoiceEditor, "view.tag").changed.emit()
    assert dialog.findChild(QLineEdit, "view.search").text() == '(Abel OR Bell) tag:"fair 2026"'
    dialog.reject()
    table = hands.part("leads.list")
    table.show_columns(["last_name", "tags"])
    tags.put_on(Lead, three[:1], "hot", BY)
    hands.reads("leads", "tags", ["fair 2026, hot", "fair 2026", ""])
    page = OwnData(session, hands.window)
    assert page.rows["tag_cloud"].editor.value() is True
    page.rows["tag_cloud"].editor.set_value(False)
    assert page.save() and not tags.shows_cloud(BY)
    page.deleteLater()


def test_bx40_the_word_of_a_tag_stands_out_from_its_colour_in_light_and_dark() -> None:
    for held, worn in ((tag_colours.LIGHT, theme.LIGHT), (tag_colours.DARK, theme.DARK)):
        assert held.keys() == COLOURS.keys()
        for ground, ink in held.values():
            assert contrast(ink, ground) >= 5 and contrast(ink, worn.base) >= 5
