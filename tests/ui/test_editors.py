"""Editors of one value: what is typed, what is stored, what is said when it cannot be read."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStyleOptionViewItem, QVBoxLayout, QWidget

from channergy_crm.records import Product
from tests.ui.gestures import alone, retype
from ui.editors.base import DecimalEditor, FlagEditor, LineEditor, MoneyEditor, NumberEditor, PercentEditor
from ui.editors.choices import BESIDE, ChoiceEditor, SuggestEditor
from ui.editors.dates import DateEditor, TimeEditor
from ui.editors.lines import TextEditor
from ui.pages.sales import cells

pytestmark = pytest.mark.usefixtures("american")
SATURDAY = date(2026, 11, 21)
COLOURS = [("R", "Red"), ("G", "Green"), ("B", "Dark Blue")]
AMERICAN, GERMAN = QLocale("en_US"), QLocale("de_DE")
KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def day_editor(parent=None):
    return DateEditor(parent, today=lambda: SATURDAY)


MAKERS = [
    (LineEditor, "Ann", "Bob"),
    (TextEditor, "Ann\nBob", "Bob"),
    (NumberEditor, 12, 13),
    (PercentEditor, 50, 0),
    (MoneyEditor, 123450, -5),
    (FlagEditor, True, False),
    (day_editor, date(2026, 11, 23), date(2027, 2, 1)),
    (TimeEditor, time(14, 30), time(0)),
    (lambda: ChoiceEditor(COLOURS), "R", "B"),
    (lambda: SuggestEditor(["Web", "Fair"]), "Web", "Neighbour"),
]


@pytest.mark.parametrize(("make", "one", "other"), MAKERS)
def test_every_editor_gives_back_what_it_was_given_without_a_word(qtbot, make, one, other):
    editor = make()
    qtbot.addWidget(editor)
    told = []
    editor.changed.connect(lambda: told.append(1))
    for value in (one, other, one):
        editor.set_value(value)
        assert editor.value() == value
        assert editor.text_problem() is None
    editor.set_value(None)
    assert editor.value() in (None, "", False)
    assert told == []


@pytest.mark.parametrize(("make", "one", "other"), MAKERS)
def test_read_only_editors_keep_their_value_whatever_is_pressed(qtbot, make, one, other):
    editor = make()
    alone(qtbot, editor)
    editor.set_value(one)
    editor.set_read_only(True)
    for key in (KEY.Key_Up, KEY.Key_Down, KEY.Key_1, KEY.Key_Space, KEY.Key_Delete, KEY.Key_D):
        qtbot.keyClick(editor, key)
    assert editor.value() == one
    editor.set_read_only(False)
    assert editor.isEnabled()


@pytest.mark.parametrize(("make", "one", "other"), MAKERS)
def test_scrolling_past_changes_nothing(qtbot, make, one, other):
    editor = make()
    alone(qtbot, editor)
    editor.set_value(one)
    editor.clearFocus()
    down = QPoint(0, -240)
    position = QPointF(editor.rect().center())
    QApplication.sendEvent(
        editor,
        QWheelEvent(
            position,
            editor.mapToGlobal(position),
            down,
            down,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    assert editor.value() == one


def test_a_line_tells_of_typing_and_says_when_it_is_too_long(qtbot):
    line = alone(qtbot, LineEditor(max_length=5))
    with qtbot.waitSignal(line.changed):
        qtbot.keyClicks(line, " Annabel ")
    assert line.value() == "Annabel"
    assert line.text() == " Annabel "
    assert line.text_problem() == "This is too long by 2 characters; 5 fit here."


def test_a_line_offers_what_matches_anywhere(qtbot):
    line = alone(qtbot, LineEditor(suggestions=["Hooli Dental", "Acme"]))
    qtbot.keyClicks(line, "dent")
    assert line.completer().currentCompletion() == "Hooli Dental"
    qtbot.keyClick(line.completer().popup(), KEY.Key_Down)
    qtbot.keyClick(line.completer().popup(), KEY.Key_Return)
    assert line.value() == "Hooli Dental"


def test_a_line_asks_for_suggestions_while_typing(qtbot):
    asked = []

    def look_up(typed):
        asked.append(typed)
        return [typed + "eee"]

    line = alone(qtbot, LineEditor(suggestions=look_up))
    qtbot.keyClicks(line, "ab")
    assert asked == ["a", "ab"]
    assert line.completer().currentCompletion() == "abeee"


def test_tab_leaves_a_text_and_ctrl_tab_writes_one(qtbot):
    both = QWidget()
    text, line = TextEditor(), LineEditor()
    column = QVBoxLayout(both)
    column.addWidget(text)
    column.addWidget(line)
    alone(qtbot, both)
    text.setFocus()
    qtbot.keyClicks(text, "a")
    qtbot.keyClick(text, KEY.Key_Tab, CTRL)
    qtbot.keyClick(text, KEY.Key_Tab)
    assert text.value() == "a" and text.toPlainText() == "a\t"
    assert line.hasFocus()


def test_a_text_grows_with_its_lines_up_to_its_height(qtbot):
    text = alone(qtbot, TextEditor(lines=2, most_lines=4))
    low = text.sizeHint().height()
    text.set_value("1\n2\n3")
    higher = text.sizeHint().height()
    text.set_value("\n" * 20)
    assert low < higher < text.sizeHint().height()
    text.set_value("")
    assert text.sizeHint().height() == low


@pytest.mark.parametrize(
    ("typed", "value"), [("12", 12), ("1,200", 1200), ("12 days", 12), ("", None), (" 7 ", 7), ("-3", -3)]
)
def test_a_number_is_read_with_and_without_its_unit(qtbot, typed, value):
    number = alone(qtbot, NumberEditor(suffix=" days"))
    number.set_value(99)
    retype(qtbot, number, typed)
    assert number.value() == value
    assert number.text_problem() is None


@pytest.mark.parametrize("typed", ["120", "-1", "abc", "1.5"])
def test_a_wrong_share_stays_as_typed_and_is_explained(qtbot, typed):
    percent = alone(qtbot, PercentEditor())
    percent.setAccessibleName("Probability")
    percent.set_value(40)
    retype(qtbot, percent, typed)
    qtbot.keyClick(percent, KEY.Key_Return)
    assert percent.text() == typed
    assert percent.value() == 40
    assert percent.text_problem().startswith("Probability takes ")


def test_up_and_down_count_within_the_bounds(qtbot):
    percent = alone(qtbot, PercentEditor())
    qtbot.keyClick(percent, KEY.Key_Down)
    assert percent.value() == 0
    qtbot.keyClick(percent, KEY.Key_Down)
    qtbot.keyClick(percent, KEY.Key_Up)
    assert percent.value() == 1


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.234,56", 123456),
        ("1,234.56", 123456),
        ("$ 900", 90000),
        ("12k", 1200000),
        ("0.5", 50),
        ("", None),
        ("-3", -300),
    ],
)
def test_money_is_read_in_either_way_of_writing(qtbot, typed, cents):
    money = alone(qtbot, MoneyEditor())
    retype(qtbot, money, typed)
    assert money.value() == cents


@pytest.mark.parametrize(("locale", "text"), [(AMERICAN, "1,234,567.05"), (GERMAN, "1.234.567,05")])
def test_money_is_written_as_the_locale_does_when_the_field_is_left(qtbot, locale, text):
    money = alone(qtbot, MoneyEditor())
    money.setLocale(locale)
    qtbot.keyClicks(money, "1234567,05")
    qtbot.keyClick(money, KEY.Key_Return)
    assert money.text() == text
    money.set_value(money.value())
    assert money.text() == text and money.value() == 123456705


@pytest.mark.parametrize(
    ("locale", "typed", "thousandths", "text"),
    [
        (AMERICAN, "1.250", 1_250, "1.25"),
        (AMERICAN, "1,250", 1_250_000, "1,250"),
        (AMERICAN, "12.500", 12_500, "12.5"),
        (AMERICAN, "1,250.125", 1_250_125, "1,250.125"),
        (GERMAN, "1,250", 1_250, "1,25"),
        (GERMAN, "1.250", 1_250_000, "1.250"),
        (GERMAN, "1.250,125", 1_250_125, "1.250,125"),
        (GERMAN, "1.5", 1_500, "1,5"),
    ],
)
def test_vt142_three_digits_behind_the_decimal_sign_are_no_thousands_of_a_quantity(
    qtbot, locale, typed, thousandths, text
):
    quantity = alone(qtbot, DecimalEditor(Product.kind("in_stock")))
    quantity.setLocale(locale)
    qtbot.keyClicks(quantity, typed)
    qtbot.keyClick(quantity, KEY.Key_Return)
    assert (quantity.value(), quantity.text()) == (thousandths, text)


def test_vt142_a_line_of_a_document_reads_its_quantity_as_this_place_writes_it():
    assert cells.read(cells.QUANTITY, "1.250", {}) == {"quantity": 1_250}
    QLocale.setDefault(GERMAN)
    assert cells.read(cells.QUANTITY, "1.250", {}) == {"quantity": 1_250_000}
    assert cells.read(cells.QUANTITY, "1,250", {}) == {"quantity": 1_250}


def test_unreadable_money_stays(qtbot):
    money = alone(qtbot, MoneyEditor())
    money.set_value(100)
    retype(qtbot, money, "a lot")
    qtbot.keyClick(money, KEY.Key_Return)
    assert money.text() == "a lot" and money.text_problem()
    assert money.value() == 100
    retype(qtbot, money, "2")
    assert money.text_problem() is None and money.value() == 200


def test_a_click_on_a_flag_is_told_once(qtbot):
    flag = alone(qtbot, FlagEditor("Decided"))
    told = []
    flag.changed.connect(lambda: told.append(flag.value()))
    qtbot.keyClick(flag, KEY.Key_Space)
    assert told == [True]


def test_nothing_may_be_one_of_the_choices(qtbot):
    choice = alone(qtbot, ChoiceEditor([("", "None is sent"), ("x", "By X")], allow_empty=False))
    choice.set_value("")
    assert (choice.count(), choice.currentText(), choice.value()) == (2, "None is sent", "")


def test_a_choice_shows_the_description_and_stores_the_value(qtbot):
    choice = alone(qtbot, ChoiceEditor(COLOURS))
    told = []
    choice.changed.connect(lambda: told.append(choice.value()))
    qtbot.keyClicks(choice, "gr")
    assert (choice.currentText(), told) == ("Green", ["G"])


def test_f71_ch153_the_value_stands_beside_its_description_and_finds_it(qtbot):
    codes = [("N", "No Answer"), ("B", "Busy"), ("Closed", "Closed")]
    choice = alone(qtbot, ChoiceEditor(codes, beside=True))
    qtbot.keyClick(choice, KEY.Key_F4)
    rows = [choice.model().index(row, 0) for row in range(1, choice.count())]
    assert [row.data(BESIDE) for row in rows] == ["N", "B", None]
    assert rows[0].data(Qt.ItemDataRole.AccessibleTextRole) == "No Answer, N"
    option = QStyleOptionViewItem()
    alike = [choice.view().itemDelegate().sizeHint(option, row).width() for row in rows]
    choice.hidePopup()
    plain = alone(qtbot, ChoiceEditor(codes))
    qtbot.keyClick(plain, KEY.Key_F4)
    rows = [plain.model().index(row, 0) for row in range(1, plain.count())]
    bare = [plain.view().itemDelegate().sizeHint(option, row).width() for row in rows]
    plain.hidePopup()
    assert alike[0] > bare[0] and alike[2] == bare[2]


def test_the_drop_down_opens_at_the_value_and_takes_another(qtbot):
    choice = alone(qtbot, ChoiceEditor(COLOURS))
    choice.set_value("G")
    qtbot.keyClick(choice, KEY.Key_F4)
    assert choice.view().currentIndex().data() == "Green"
    qtbot.keyClick(choice.view(), KEY.Key_D)
    qtbot.keyClick(choice.view(), KEY.Key_Return)
    assert choice.value() == "B"


def test_a_choice_is_found_by_any_of_its_words(qtbot):
    choice = alone(qtbot, ChoiceEditor(COLOURS))
    qtbot.keyClicks(choice, "blu")
    assert choice.value() == "B"


def test_a_retired_value_stays_readable_until_another_is_chosen(qtbot):
    choice = alone(qtbot, ChoiceEditor(COLOURS, describe=lambda value: f"Old {value}"))
    choice.set_value("X")
    assert (choice.value(), choice.currentText()) == ("X", "Old X")
    choice.set_choices([("R", "Red")])
    assert choice.value() == "X"
    choice.set_value("R")
    assert choice.findText("Old X") == -1


def test_add_a_value_asks_and_changes_nothing(qtbot):
    choice = alone(qtbot, ChoiceEditor(COLOURS, may_add=True))
    choice.set_value("G")
    for key in (KEY.Key_End, KEY.Key_Down, KEY.Key_Down):
        qtbot.keyClick(choice, key)
    assert choice.value() == "B"
    with qtbot.waitSignal(choice.add_requested):
        choice.setCurrentIndex(choice.findText("Add a value…"))
    assert (choice.value(), choice.currentText()) == ("B", "Dark Blue")


def test_suggestions_take_any_text(qtbot):
    editor = alone(qtbot, SuggestEditor(["Web", "Fair"]))
    told = []
    editor.changed.connect(lambda: told.append(editor.value()))
    qtbot.keyClicks(editor, "Neighbour")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert told[-1] == editor.value() == "Neighbour"
    assert editor.count() == 2
    editor.set_suggestions(["Web"])
    assert editor.value() == "Neighbour"


def test_every_line_can_be_found_by_its_name(qtbot):
    form = QWidget()
    qtbot.addWidget(form)
    for number, make in enumerate([LineEditor, NumberEditor, MoneyEditor, day_editor, TimeEditor]):
        make(form).setObjectName(f"leads.{number}")
        assert isinstance(form.findChild(QLineEdit, f"leads.{number}"), QLineEdit)
