"""VS-6…VS-11, VS-18, VS-19: the tab Events and its rules, in the window."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from channergy_crm import work
from channergy_crm.records import Order, Task
from channergy_crm.records.events import Event, EventState
from channergy_crm.services import roles
from channergy_crm.services.events import activating, writing
from channergy_crm.store import database
from tests import made
from tests.secured import PASSWORD, secure
from tests.ui.gestures import shown
from tests.ui.hands import Hands
from tests.ui.setting_up import menu_of
from ui.application import open_office
from ui.pages.events.page import EventsPage
from ui.search.commands import offers

if TYPE_CHECKING:
    from pathlib import Path

    from ui.pages.events.rules_page import RulesPage

pytestmark = pytest.mark.engines("sqlite")
"""what is asked of the store is tested on both engines"""

CTRL, KEY = Qt.KeyboardModifier.ControlModifier, Qt.Key
READY = {"Thank for the first order", "No order for two months"}


def heron(count: int = 3) -> None:
    """Accounts that have not ordered for months."""
    for number in range(count):
        account = made.account(f"Heron {number}")
        with work.unit("An order", by="ADMIN"):
            Order.create(customer=account.customer, ordered_on=date(2026, 6, 1), amount=100)


def rules(hands: Hands) -> RulesPage:
    """The page, come to by its command; the shelf is put out."""
    menu_of(hands).run("events")
    page = hands.part("events.page", EventsPage)
    hands.bot.waitUntil(lambda: hands.here() == "events" and bool(page.rules.events))
    return page.rules


def standing_on(hands: Hands, name: str) -> RulesPage:
    """The page with this ready rule, counted."""
    page = rules(hands)
    page.reload(next(each.number for each in page.events if each.name == name))
    counted(hands, "3 follow-ups now")
    return page


def counted(hands: Hands, said: str) -> None:
    hands.bot.waitUntil(lambda: hands.part("events.preview_head", QLabel).text() == said)


def word(editor: Any) -> str:
    """What stands in a field of the form while nothing is chosen or typed."""
    say = getattr(editor, "currentText", None) or getattr(editor, "placeholderText", None) or editor.text
    return str(say())


def state(page: RulesPage) -> str:
    """Of the rule that is open, as it is kept."""
    return str(Event.get_by_id(page.form.row.number).state)


def test_vs6_vs7_the_tab_opens_with_the_ready_rules_and_is_found_by_its_other_names(
    hands: Hands, fixed_clock: datetime
) -> None:
    page = rules(hands)
    assert {each.name for each in page.events} >= READY and all(each.state == "off" for each in page.events)
    for each in page.events:
        page.reload(each.number)
        assert page.form.row.number == each.number and page.form.typed() == {}
    heads = [row.head.title for row in page.grid.model_.rows if row.head is not None]
    assert heads == ["Off"] and f"{len(page.events)} rules" in hands.part("main.status", QLabel).text()
    found = {word: [each.text for each in offers(word, hands.window, hands.window.session)]
             for word in ("crm man", "follow-ups", "events")}  # fmt: skip
    assert "CRM Management" in found["crm man"] and "Follow-ups: status" in found["follow-ups"]
    assert found["events"][0] == "Events"


def test_vs8_a_rule_is_written_by_keys_and_what_is_wrong_stands_beside_its_field(
    hands: Hands, fixed_clock: datetime
) -> None:
    heron()
    page = rules(hands)
    page.grid.setFocus()
    hands.press(KEY.Key_N, CTRL)
    assert QApplication.focusWidget() is hands.part("events.name")
    empty = [name for name, editor in page.form.editors.items() if name not in page.form.hidden() and not word(editor)]
    assert empty == [], "a field without a word"
    hands.press(KEY.Key_S, CTRL)
    assert hands.part("events.name.wrong", QLabel).text() == "Give the rule a name."
    hands.fill("events.name", "Ask Heron again")
    hands.press(KEY.Key_S, CTRL)
    assert hands.part("events.action.wrong", QLabel).text() == "Say what is to be done."
    page.form.read_through()
    assert hands.part("events.action.wrong", QLabel).text(), "what is missing stays said while somebody reads it"
    hands.choose("events.trigger", "no order for")
    assert not hands.part("events.field").isVisible()
    hands.fill("events.amount", "99999999999")
    page.form.read_through()
    assert "0 to 3,650" in hands.part("events.amount.wrong", QLabel).text()
    hands.fill("events.amount", "2")
    hands.choose("events.unit", "months")
    hands.fill("events.filter_text", "nosuch:thing")
    hands.fill("events.action", "Call {{ account.nam }}")
    hands.bot.waitUntil(lambda: "account.name" in hands.part("events.action.wrong", QLabel).text())
    hands.press(KEY.Key_S, CTRL)
    assert "nosuch" in hands.part("events.filter_text.wrong", QLabel).text()
    assert Event.select().where(Event.name == "Ask Heron again").count() == 0
    hands.fill("events.filter_text", "name:heron")
    hands.bot.waitUntil(lambda: hands.part("events.filter_aloud", QLabel).text() == "Account Name contains heron")
    hands.fill("events.action", "Call {{ account.name }}")
    counted(hands, "3 follow-ups now")
    hands.press(KEY.Key_S, CTRL)
    kept = Event.get(Event.name == "Ask Heron again")
    assert (kept.trigger, kept.amount, kept.unit, kept.filter_text) == ("no_order", 2, "month", "name:heron")
    assert page.grid.number() == kept.number and state(page) == EventState.WRITTEN


def test_vs8_a_day_that_has_passed_is_said_in_words_and_kept_below_zero(hands: Hands, fixed_clock: datetime) -> None:
    page = rules(hands)
    page.begin("reference")
    assert hands.shows("events.amount") == 30 and hands.shows("events.unit") == "days after"
    hands.choose("events.unit", "weeks before")
    hands.fill("events.name", "Before the close")
    hands.press(KEY.Key_S, CTRL)
    kept = Event.get(Event.name == "Before the close")
    assert (kept.amount, kept.unit) == (30, "week")


def test_vs9_vs10_vs19_activated_with_its_preview_undone_and_switched_off_with_what_is_open(
    hands: Hands, fixed_clock: datetime
) -> None:
    heron()
    page = standing_on(hands, "No order for two months")
    assert {each.who for each in page.pane.preview.first.rows.planned} == {"Heron 0", "Heron 1", "Heron 2"}
    assert "ADMIN" in page.pane.preview.people.findChildren(QLabel)[0].text()
    page.grid.setFocus()
    hands.press(KEY.Key_Return, CTRL)
    hands.bot.waitUntil(lambda: state(page) == EventState.ACTIVE)
    hands.bot.waitUntil(lambda: hands.part("events.deactivate").isVisible())
    assert Task.select().count() == 3 and "3 follow-ups were made" in hands.said()
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: hands.part("events.activate").isVisible())
    assert state(page) == EventState.OFF and Task.select().count() == 0
    for word, left in (("keep", 3), ("withdraw", 3)):
        hands.click("events.activate")
        hands.bot.waitUntil(lambda: hands.part("events.deactivate").isVisible())
        hands.bot.waitUntil(lambda: page.standings.get(page.form.row.number) is not None)
        hands.click("events.deactivate")
        assert "open" in hands.part("events.question", QLabel).text()
        hands.click(f"events.{word}")
        hands.bot.waitUntil(lambda: hands.part("events.activate").isVisible())
        assert Task.select().count() == (left if word == "keep" else 0)


def test_vs8_what_cannot_be_kept_keeps_somebody_there_until_it_is_given_up(hands: Hands, fixed_clock: datetime) -> None:
    page = rules(hands)
    page.reload(next(each.number for each in page.events if each.name == "No order for two months"))
    hands.fill("events.amount", "soon")
    hands.go("leads")
    assert hands.here() == "events" and "cannot be kept" in hands.said()
    assert "whole number" in hands.part("events.amount.wrong", QLabel).text()
    page.grid.go_to(page.events[0].number)
    assert page.form.row.name == "No order for two months" and page.grid.number() == page.form.row.number
    hands.click("events.cancel")
    assert hands.shows("events.amount") == 2
    hands.go("leads")
    assert hands.here() == "leads"


def test_vs8_the_page_follows_others_and_what_is_typed_stays(hands: Hands, fixed_clock: datetime) -> None:
    heron()
    page = standing_on(hands, "No order for two months")
    number = page.form.row.number
    activating.activate(number, "ADMIN", existing=True)
    hands.bot.waitUntil(lambda: hands.part("events.deactivate").isVisible())
    hands.bot.waitUntil(lambda: "3 open" in page.grid.currentIndex().data())
    hands.fill("events.action", "Ring them", leave=False)
    other = next(each for each in writing.every("ADMIN") if each.number != number)
    other.name = "Called otherwise"
    writing.save(other, "ADMIN")
    hands.bot.waitUntil(lambda: any(each.name == "Called otherwise" for each in page.events))
    assert hands.shows("events.action") == "Ring them" and hands.part("events.save").isEnabled()
    page.grid.go_to(other.number)
    assert Event.get_by_id(number).action == "Ring them"


def test_vs18_a_rule_is_picked_by_typing_and_its_section_is_folded_by_key(hands: Hands, fixed_clock: datetime) -> None:
    page = rules(hands)
    page.grid.setFocus()
    hands.type("t")
    assert QApplication.focusWidget() is hands.part("events.search")
    hands.type("hank")
    assert page.grid.model_.rowCount() == 2 and page.form.row.name == "Thank for the first order"
    hands.press(KEY.Key_Return)
    assert page.grid.hasFocus()
    hands.press(KEY.Key_Return)
    assert QApplication.focusWidget() is hands.part("events.name")
    assert hands.part("events.title", QLabel).text() == "Thank for the first order"
    hands.part("events.search").clear()
    page.grid.setFocus()
    hands.press(KEY.Key_Left)
    assert page.grid.model_.rowCount() == 1
    hands.press(KEY.Key_Right)
    assert page.grid.model_.rowCount() == len(page.events) + 1


def test_vs10_a_rule_is_removed_by_key_and_comes_back(hands: Hands, fixed_clock: datetime) -> None:
    page = rules(hands)
    page.grid.setFocus()
    number, name = page.grid.number(), page.form.row.name
    hands.press(KEY.Key_Delete)
    assert Event.get_or_none(Event.number == number) is None and name in hands.said()
    assert page.grid.number() not in (None, number) and page.grid.hasFocus()
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: page.grid.number() == number)


def test_vs9_one_record_is_tried_and_nothing_is_made(hands: Hands, fixed_clock: datetime) -> None:
    heron()
    page = standing_on(hands, "No order for two months")
    hands.click("events.try_on")
    page.pane.trying.picker.step_to(page.pane.preview.first.rows.planned[0].key)
    hands.bot.waitUntil(lambda: "for ADMIN" in hands.part("events.tried", QLabel).text())
    assert Task.select().count() == 0


def test_vs9_all_records_it_falls_on_are_listed(hands: Hands, fixed_clock: datetime, home: Any) -> None:
    heron(12)
    page = rules(hands)
    page.reload(next(each.number for each in page.events if each.name == "No order for two months"))
    counted(hands, "12 follow-ups now")
    with hands.answering("events_records.close"):
        hands.click("events.show_all")


def test_vs11_without_the_job_function_the_tab_is_not_there_and_why_is_said(
    qtbot: Any, database_url: str, tmp_path: Path, fixed_clock: datetime
) -> None:
    office = database.open_database(database_url)
    secure(tmp_path, ANN="Operator")
    role = next(role.number for role in roles.every("ADMIN") if role.name == "Operator")
    roles.let_do(role, ["crm"], "ADMIN")
    office.close()
    hands = Hands(qtbot, shown(qtbot, open_office(database_url, "ANN", PASSWORD)), database_url)
    tabs = hands.window.tabs
    rules(hands)
    assert "events" in [tab.name for tab in tabs.declared]
    roles.let_do(role, [], "ADMIN")
    hands.bot.waitUntil(lambda: "events" not in [tab.name for tab in tabs.declared])
    menu_of(hands).run("events")
    assert "job function CRM" in hands.said() and "events" not in [tab.name for tab in tabs.declared]
    hands.window.close()
    hands.window.deleteLater()


def test_vs8_a_number_that_cannot_be_kept_is_something_typed_and_not_lost_without_a_word(hands: Hands) -> None:
    page = rules(hands)
    number = next(each.number for each in page.events if each.shelf == "no_order")
    page.reload(number)
    hands.fill("events.due_after", "99999999999")
    assert page.form.is_edited and hands.part("events.cancel").isVisible()
    hands.press(KEY.Key_S, CTRL)
    assert "0 to 3,650" in hands.part("events.due_after.wrong", QLabel).text()
    page.pane.commands.run("cancel")
    assert not page.form.is_edited and page.form.editors["due_after"].text_problem() is None


def test_vs8_esc_gives_up_what_is_typed_and_the_notice_offers_it_back(hands: Hands) -> None:
    page = rules(hands)
    page.reload(next(each.number for each in page.events if each.shelf == "no_order"))
    kept = page.form.editors["name"].value()
    hands.fill("events.name", "Ask them")
    page.form.editors["name"].setFocus()
    hands.press(KEY.Key_Escape)
    assert page.form.editors["name"].value() == kept and not page.form.is_edited
    hands.click("notices.action")
    assert page.form.editors["name"].value() == "Ask them" and page.form.is_edited
    page.pane.commands.run("cancel")
    page.begin("")
    hands.fill("events.name", "Never kept")
    hands.choose("events.trigger", "no order for")
    hands.fill("events.amount", "3")
    hands.press(KEY.Key_Escape)
    assert "Never kept" not in [each.name for each in Event.select()] and page.form.row is not None
    hands.click("notices.action")
    assert page.form.row.is_new and page.form.editors["name"].value() == "Never kept"
    assert page.form.as_typed().amount == 3 and page.form.as_typed().trigger == "no_order"
    page.pane.commands.run("try_on")
    hands.press(KEY.Key_Escape)
    page.pane.commands.run("cancel")
    assert not page.pane.trying.isVisible() and QApplication.focusWidget() is hands.part("events.try_on")
