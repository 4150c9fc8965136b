"""What is said in a call stands beside it; snippets while typing; scripts are kept in Settings (BX-28, BX-51)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.records import Lead
from channergy_crm.records.scripts import Objection, Script, Snippet
from channergy_crm.services import scripts, snippets
from tests.ui.hands import ALT, CTRL, KEY, opened
from tests.ui.setting_up import settings as open_settings
from tests.ui.two_leads import come_to_two_leads
from ui.pages.call.objections import Objections
from ui.pages.call.script import ScriptView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
NARROW = 300


@pytest.fixture
def bob(qtbot: Any, database_url: str, fixed_clock: object) -> Iterator[Hands]:
    """The window of a new office with two leads, at its Leads; the newer one, Bob, is open."""
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        come_to_two_leads(hands)
        yield hands


@pytest.fixture
def talk(bob: Hands) -> Iterator[tuple[ScriptView, Objections]]:
    """Script and objections side by side, as narrow as they may be."""
    holder = QWidget(bob.window)
    row = QHBoxLayout(holder)
    script, objections = ScriptView(bob.window.session, holder), Objections(bob.window.session, holder)
    row.addWidget(script, 1)
    row.addWidget(objections, 1)
    holder.setGeometry(0, 0, 2 * NARROW + 40, 500)
    holder.show()
    holder.raise_()
    yield script, objections
    holder.hide()


def bobs_lead() -> Lead:
    return Lead.get(Lead.first_name == "Bob")


def test_bx28_the_script_says_the_leads_own_words_and_what_is_not_known(
    bob: Hands, talk: tuple[ScriptView, Objections]
) -> None:
    script, _objections = talk
    script.show_lead(bobs_lead(), "", datetime(2026, 11, 26, 15, 30))
    said = script.steps.text()
    assert "Opening: Good day, this is Administrator from Channergy CRM." in said and "Bob" in said
    assert "(Email not known)" in said and "Thu 26 Nov 15:30" in said
    script.say_next_try(None)
    assert "the day that suits you" in script.steps.text()
    assert script.steps.horizontalScrollBar().maximum() == 0
    fair = scripts.save(Script(name="Fair", language="English", opening="Hello {{ lead.first_name }}"), "ADMIN")
    bob.bot.waitUntil(lambda: script.which.count() == 2)
    script.which.setCurrentIndex(script.which.findData(fair.number))
    script.which.activated.emit(script.which.currentIndex())
    assert script.steps.text() == "Opening: Hello Bob"
    script.show_lead(bobs_lead())
    assert script.which.currentText() == "Fair, English"  # who chose it keeps it for the list


def test_bx28_the_script_is_walked_to_by_key_and_wraps(bob: Hands, talk: tuple[ScriptView, Objections]) -> None:
    script, _objections = talk
    script.show_lead(bobs_lead())
    script.setFocus()
    assert script.steps.hasFocus() and script.steps.accessibleDescription() == script.steps.text()
    text = script.steps.findChildren(QWidget, "")[-1]
    assert text.width() <= NARROW + 20


def test_bx28_objections_open_by_key_and_are_put_into_the_lead(bob: Hands, talk: tuple[ScriptView, Objections]) -> None:
    _script, objections = talk
    lead = bobs_lead()
    lead.objection = "We have a system already, they say"
    objections.show_lead(lead)
    first, second = objections.rows[0], objections.rows[1]
    assert (first.title.accessibleName(), first.is_open) == ("We have a system already, on this lead", True)
    first.title.setFocus()
    bob.bot.keyClick(first.title, KEY.Key_Down)
    assert second.title.hasFocus()
    bob.bot.keyClick(second.title, KEY.Key_Return)
    assert (first.is_open, second.is_open) == (False, True)
    with bob.bot.waitSignal(objections.wanted) as wanted:
        second.put.click()
    assert wanted.args == ["Too expensive"]
    second.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Compared with what?")
    bob.bot.keyClick(second.title, KEY.Key_Return)
    assert not second.is_open


# ---------------------------------------------------------------- snippets


@pytest.mark.parametrize(("key", "behind"), [(KEY.Key_Space, " "), (KEY.Key_Tab, "")], ids=["Space", "Tab"])
def test_bx51_a_key_becomes_its_text_in_the_notes_and_ctrl_z_takes_it_back(bob: Hands, key: Any, behind: str) -> None:
    snippets.save(Snippet(word="price", text="List price, {{ lead.first_name }}."), "ADMIN")
    notes = bob.part("leads.notes")
    notes.setFocus()
    bob.bot.keyClicks(notes, "See ;price")
    bob.bot.keyClick(notes, key)
    assert notes.toPlainText() == f"See List price, Bob.{behind}" and notes.hasFocus()
    bob.bot.keyClick(notes, KEY.Key_Z, CTRL)
    assert notes.toPlainText() == "See ;price"


def test_bx51_what_a_sign_may_become_is_offered_and_steals_no_key(bob: Hands) -> None:
    for word, text in (("price", "List price."), ("prices", "All prices."), ("bye", "Good bye.")):
        snippets.save(Snippet(word=word, text=text), "ADMIN")
    bob.part("leads.notes").setFocus()
    notes = bob.part("leads.notes")
    before = notes.toPlainText()
    bob.type(" ;")
    offers = bob.part("text.offers")
    assert [offers.item(row).text() for row in range(3)] == [
        "bye   Good bye.", "price   List price.", "prices   All prices.",
    ]  # fmt: skip
    bob.press(KEY.Key_Return)
    assert notes.toPlainText() == f"{before} ;\n", "Enter is a line's own until a letter was typed"
    bob.type(";pr")
    assert [offers.item(row).text()[:6].strip() for row in range(offers.count())] == ["price", "prices"]
    bob.press(KEY.Key_Down)
    bob.press(KEY.Key_Return)
    assert notes.toPlainText().endswith("\nAll prices.") and not offers.isVisible()
    bob.type(" ;pr")
    bob.press(KEY.Key_Escape)
    assert not offers.isVisible() and notes.toPlainText().endswith(" ;pr")
    bob.type("i")
    assert not offers.isVisible(), "Esc lasts for the word"
    bob.type(" ;pr")
    assert offers.isVisible()


def test_bx51_what_is_no_snippet_is_typed_as_it_is(bob: Hands) -> None:
    notes = bob.part("leads.notes")
    notes.setFocus()
    bob.bot.keyClicks(notes, "a ;) b ;nothing c")
    assert notes.toPlainText() == "a ;) b ;nothing c"


# ---------------------------------------------------------------- Settings


def test_bx28_a_script_is_written_with_a_slip_mended_and_undone(bob: Hands) -> None:
    open_settings(bob, "script.names")
    bob.click("script.create")
    bob.type("Fair")
    opening = bob.part("script.opening")
    opening.setFocus()
    bob.bot.keyClicks(opening, "Hi {{ lead.frist_name }}")
    bob.press(KEY.Key_S, CTRL)
    assert "did you mean “lead.first_name”" in bob.part("script.opening.wrong").text()
    assert opening.toPlainText() == "Hi {{ lead.frist_name }}" and Script.select().count() == 1
    opening.selectAll()
    bob.bot.keyClicks(opening, "Hi ")
    bob.part("script.put_in").chosen.emit("{{ lead.first_name }}")
    bob.bot.waitUntil(lambda: bob.part("script.preview").text() == "Hi Bob")
    bob.click("script.save")
    assert [row.name for row in scripts.every("ADMIN")] == ["First call", "Fair"]
    names = bob.part("script.names")
    names.setFocus()
    bob.bot.keyClick(names, KEY.Key_Up, ALT)
    assert [row.name for row in scripts.every("ADMIN")] == ["Fair", "First call"]
    bob.window.session.undo()
    bob.window.session.undo()
    bob.bot.waitUntil(lambda: names.count() == 1)


def test_bx28_two_change_a_script_at_once_and_neither_is_stuck(bob: Hands) -> None:
    open_settings(bob, "script.names")
    opening, theirs = bob.part("script.opening"), Script.get()
    bob.bot.keyClicks(opening, "Mine: ")
    mine, theirs.opening, theirs.closing = opening.toPlainText(), "Theirs", "Also theirs"
    scripts.save(theirs, "ADMIN")
    bob.click("script.save")
    assert "Save again to put yours in its place" in bob.part("script.opening.wrong").text()
    assert (opening.toPlainText(), bob.part("script.closing").toPlainText()) == (mine, "Also theirs")
    bob.click("script.save")
    held = Script.get()
    assert (held.opening, held.closing) == (mine, "Also theirs") and not bob.part("script.opening.wrong").text()


def test_bx28_what_is_typed_is_saved_on_the_way_to_another_one(bob: Hands) -> None:
    open_settings(bob, "objection.names")
    names, title = bob.part("objection.names"), bob.part("objection.title")
    title.setText("Much too expensive")
    names.setCurrentRow(1)
    assert Objection.select().where(Objection.title == "Much too expensive").exists()
    title.setText("")
    names.setCurrentRow(0)
    assert names.currentRow() == 1 and bob.part("objection.title.wrong").text()
    bob.click("objection.cancel")
    bob.click("objection.remove")
    assert Objection.select().count() == 5
    open_settings(bob, "snippet.names")
    bob.click("snippet.create")
    bob.type("price")
    text = bob.part("snippet.text")
    text.setFocus()
    bob.bot.keyClicks(text, "100")
    bob.click("snippet.save")
    held = Snippet.get()
    assert (held.word, held.text, held.operator) == ("price", "100", "ADMIN")
