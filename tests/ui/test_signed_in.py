"""The window of whoever is signed in: whose records, what it offers, lock and sign-out (CH-7…CH-9, K3, DP-14)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import clock
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import groups, leads, operators, roles, security, signing_in
from channergy_crm.services import office as office_settings
from channergy_crm.settings import LOCK_AFTER, POP_UP, Station
from channergy_crm.store import database
from tests.secured import PASSWORD, secure
from tests.ui.gestures import shown, titles
from tests.ui.hands import Hands, _close
from ui.application import open_office
from ui.session.allowed import refused
from ui.shell import lock as locking
from ui.shell.going import sign_out
from ui.shell.incoming.calls import Calls
from ui.shell.reminders.watch import Watch
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

RETURN = Qt.Key.Key_Return


@pytest.fixture
def come_in(qtbot: Any, database_url: str, tmp_path: Path) -> Iterator[Callable[[str], Hands]]:
    """Hands of somebody who has signed in: LEA leads the team, ANN works on her own, RON reads, NED is new."""
    office = database.open_database(database_url)
    secure(tmp_path, ANN="Operator", BEA="Operator", LEA="Team leader", RON="Reader", NED="Newcomer")
    for by, company in (("ANN", "Acme"), ("BEA", "Bolt"), ("LEA", "Lindt")):
        leads.create({"description": company, "company": company, "phone": "504-621-8927"}, by)
    office.close()
    opened: list[Hands] = []

    def open_for(by: str) -> Hands:
        opened.append(Hands(qtbot, shown(qtbot, open_office(database_url, by, PASSWORD)), database_url))
        return opened[-1]

    yield open_for
    for hands in opened:
        for held in hands.window.findChildren(locking.Lock):
            held.take_off()
        if hands.window.isVisible():
            _close(hands.window)
        hands.window.deleteLater()


def command(hands: Hands, name: str) -> QAction:
    return next(action for action in hands.window.actions() if action.objectName() == name)


def lead_of(company: str) -> Lead:
    return Lead.get(Lead.company == company)


# ---------------------------------------------------------------- who, and whose records


def test_ch7_vt38_the_name_stands_in_the_header_and_the_drop_down_is_gone(come_in: Any) -> None:
    hands = come_in("ANN")
    assert hands.part("main.user").text() == "Ann Hill" and hands.part("main.user").isVisible()
    assert not hands.part("main.operator").isVisible()
    offered = [action.objectName() for action in hands.part("main.user_menu").actions()]
    assert offered == ["main.preferences", "main.help", "main.whats_new", "main.lock", "main.sign_out"]
    hands.go("leads")
    hands.reads("leads", "company", ["Acme"])


def test_ch9_while_security_is_off_the_operator_is_chosen_as_ever(hands: Hands) -> None:
    assert hands.part("main.operator").isVisible() and not hands.part("main.user").isVisible()
    assert not [one for one in hands.window.actions() if one.objectName() in ("main.lock", "main.sign_out")]
    operators.add("BEA", "Bea", "ADMIN")
    hands.choose("main.operator", "BEA  Bea")
    assert (hands.window.session.by, hands.window.session.shown) == ("BEA", "BEA")


def test_k3_who_looks_at_everybody_sees_their_lists_and_stays_who_they_are(come_in: Any) -> None:
    hands = come_in("LEA")
    hands.go("leads")
    hands.reads("leads", "company", ["Lindt"])
    hands.choose("main.operator", "BEA  Bea Hill")
    hands.reads("leads", "company", ["Bolt"])
    assert (hands.window.session.by, hands.window.session.shown) == ("LEA", "BEA")
    assert "BEA" in hands.part("main.status").text() and "mine" not in hands.part("main.status").text()


def test_k3_nobody_else_looks_at_other_lists(come_in: Any) -> None:
    hands = come_in("ANN")
    hands.window.session.set_operator("BEA")
    assert hands.window.session.shown == "ANN"


def test_k3_the_badge_counts_for_whoever_is_looked_at(come_in: Any) -> None:
    hands = come_in("LEA")
    late = lead_of("Bolt")
    late.reminder_date = clock.today() - timedelta(days=1)
    leads.save(late, "BEA")
    bar = hands.part("main.tabs").tabBar()
    assert bar.count_of(0)[0] == ""
    hands.choose("main.operator", "BEA  Bea Hill")
    assert bar.count_of(0)[0] == "1"


def test_k3_taking_the_job_away_brings_somebody_back_to_their_own(come_in: Any) -> None:
    hands = come_in("LEA")
    hands.choose("main.operator", "BEA  Bea Hill")
    roles.give("LEA", [next(role.number for role in roles.every("ADMIN") if role.name == "Operator")], "ADMIN")
    assert hands.window.session.shown == "LEA" and not hands.part("main.operator").isVisible()


def test_k15_a_record_can_be_given_to_a_group_which_never_works_here(come_in: Any) -> None:
    hands = come_in("LEA")
    groups.create("NORTH", "North", "ADMIN")
    hands.go("leads")
    owner = hands.part("leads.owner")
    hands.window._pages[1].panel.form.refresh_choices()
    assert "NORTH" in [owner.itemData(row) for row in range(owner.count())]
    drop_down = hands.part("main.operator")
    assert "NORTH" not in [drop_down.itemData(row) for row in range(drop_down.count())]


# ---------------------------------------------------------------- what may not be done is not offered


def test_vt66_tabs_of_records_one_does_not_use_are_absent(come_in: Any) -> None:
    hands = come_in("ANN")
    assert [title.split(" ")[0] for title in titles(hands.part("main.tabs"))][:3] == ["Reminders", "Leads", "Accounts"]
    role = next(role.number for role in roles.every("ADMIN") if role.name == "Operator")
    roles.let(role, "CRMAccounts", {"use": "none"}, "ADMIN")
    assert "Accounts" not in [title.split(" ")[0] for title in titles(hands.part("main.tabs"))]
    hands.window.session.go_to("account", 1)
    assert "your role does not show it" in hands.said()


def test_vt66_so_are_the_parts_of_an_account(come_in: Any) -> None:
    hands = come_in("ANN")
    parts = hands.part("accounts.tabs")
    hands.go("accounts")
    assert [parts.isTabVisible(place) for place in range(parts.count())] == [True] * 5
    role = next(role.number for role in roles.every("ADMIN") if role.name == "Operator")
    roles.let(role, "CustServ", {"use": "none"}, "ADMIN")
    assert [parts.isTabVisible(place) for place in range(parts.count())] == [True] * 4 + [False]
    parts.grab()  # painted without it


def test_vt68_what_one_may_not_change_is_read_and_said_once(come_in: Any) -> None:
    hands = come_in("RON")
    number = lead_of("Acme").number
    hands.window.session.go_to("lead", number)
    hands.bot.waitUntil(lambda: hands.shows("leads.company") == "Acme")
    said = hands.part("leads.only_read.text").text()
    assert said == "Your role does not let you change leads."
    assert hands.part("leads.company").isReadOnly()
    for verb in ("create", "save", "remove"):
        action = next(one for one in hands.window.findChildren(QAction, f"leads.{verb}"))
        assert not action.isEnabled()
    assert "does not let you" in hands.part("leads.create").toolTip()


def test_vt68_so_are_the_commands_of_the_grids_of_an_account(come_in: Any) -> None:
    hands = come_in("RON")
    hands.go("accounts", "contacts")
    for verb in ("create", "delete"):
        assert not hands.part(f"accounts.contacts.{verb}").isEnabled()
    assert hands.part("accounts.contacts.create").toolTip() == "Your role does not let you change contacts."
    assert hands.part("accounts.contacts.delete").toolTip() == "Your role does not let you remove contacts."
    model = hands.grid("accounts.contacts").model()
    assert not any(model.editable(column) for column in range(model.columnCount())), "no cell opens"


def test_vt69_whoever_may_not_remove_reads_why(come_in: Any) -> None:
    hands = come_in("NED")
    mine = leads.create({"description": "Mine", "company": "Mine"}, "NED")
    hands.go("leads")
    hands.reads("leads", "company", ["Mine"])
    remove = next(one for one in hands.window.findChildren(QAction, "leads.remove"))
    assert not remove.isEnabled() and remove.toolTip() == "Your role does not let you remove leads."
    assert not hands.part("leads.company").isReadOnly() and hands.part("leads.only_read").isHidden()
    hands.fill("leads.company", "Mine and yours")
    hands.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert hands.stored(Lead, mine.number)["company"] == "Mine and yours"


def test_vt70_import_and_export_are_off_with_the_reason(come_in: Any) -> None:
    hands = come_in("ANN")
    hands.go("leads")
    hands.window.header.menu.aboutToShow.emit()
    for verb in ("import", "export"):
        assert not command(hands, f"main.{verb}").isEnabled()
        assert command(hands, f"main.{verb}").toolTip() == f"Your role does not let you {verb} leads."
        listed = next(one for one in hands.part("leads.list").actions() if one.objectName() == f"leads.{verb}")
        assert not listed.isEnabled() and f"let you {verb} leads" in listed.toolTip()


# ---------------------------------------------------------------- lock and sign-out


def locked(hands: Hands) -> Any:
    found = hands.window.findChildren(locking.Lock)
    return found[0] if found else None


def unlock(hands: Hands, password: str) -> None:
    card = locked(hands).card
    card.password.setText(password)
    hands.bot.keyClick(card.password, RETURN)
    hands.bot.waitUntil(lambda: locked(hands) is None or not card.busy)


def one_colour(widget: QWidget) -> bool:
    """Whether nothing can be read: only the ground and the sign of the lock in the middle."""
    picture = widget.grab().toImage()
    middle = picture.rect().center()
    ground = picture.pixel(0, 0)
    return all(
        picture.pixel(x, y) == ground
        for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)
        if abs(x - middle.x()) > 30 or abs(y - middle.y()) > 30
    )  # fmt: skip


def test_dp14_locked_nothing_is_readable_and_what_was_typed_stays(come_in: Any) -> None:
    hands = come_in("ANN")
    hands.go("leads")
    hands.reads("leads", "company", ["Acme"])
    hands.fill("leads.company", "Acme and Sons")
    command(hands, "main.lock").trigger()
    assert one_colour(hands.window)
    assert list(hands.window.session.drafts._folder().glob("leads.json"))
    hands.window.resize(1000, 700)
    QApplication.processEvents()
    assert one_colour(hands.window)
    unlock(hands, "quite wrong")
    assert locked(hands).card.said.words.text() == "This user name and password do not belong together."
    assert locked(hands).card.password.text() == ""
    locked(hands).close()
    assert locked(hands).isVisible(), "it does not go without the password"
    unlock(hands, PASSWORD)
    assert locked(hands) is None and not one_colour(hands.window)
    assert hands.part("leads.company").value() == "Acme and Sons"


def test_bx38_nobody_who_rings_is_named_while_it_is_locked(come_in: Any) -> None:
    calls = (hands := come_in("ANN")).window.findChild(Calls)
    command(hands, "main.lock").trigger()
    calls.ring("504-621-8927")
    hands.bot.waitUntil(lambda: bool(calls._rings))
    assert calls.popup is None
    unlock(hands, PASSWORD)
    hands.bot.waitUntil(lambda: calls.popup is not None and calls.popup.rows[0].name.text() == "Acme")


def test_dp14_dialogs_are_covered_too_and_go_on_afterwards(come_in: Any) -> None:
    hands = come_in("ANN")
    dialog = Dialog("secret", "Secret", hands.window, size=(300, 200))
    dialog.button("x", "The secret number is 7")
    dialog.show()
    locking.lock(hands.window)
    later = Dialog("later", "Later", hands.window, size=(300, 200))
    later.button("y", "Said later")
    later.show()
    hands.bot.waitUntil(lambda: bool(later.findChildren(locking.Curtain)))
    assert one_colour(dialog) and one_colour(later)
    unlock(hands, PASSWORD)
    hands.bot.waitUntil(lambda: locked(hands) is None)
    assert dialog.isVisible() and not one_colour(dialog)
    for each in (dialog, later):
        each.close()


def test_bx15_locked_no_reminder_comes_up_and_it_comes_afterwards(come_in: Any) -> None:
    Station().set(POP_UP, True)
    hands = come_in("ANN")
    watch = hands.window.findChild(Watch)
    locking.lock(hands.window)
    leads.create({"description": "Secret", "reminder_date": clock.today() - timedelta(days=1)}, "ANN")
    watch.look()
    hands.bot.waitUntil(lambda: watch._looking is None and not watch._soon.isActive())
    assert watch.popup is None and not watch.come.new
    unlock(hands, PASSWORD)
    hands.bot.waitUntil(lambda: watch.popup is not None and watch.popup.isVisible())


def test_dp14_it_locks_by_itself_when_nobody_has_touched_it(come_in: Any) -> None:
    office_at = datetime(2026, 11, 23, 10, 0)
    with clock.fixed(office_at):
        hands = come_in("ANN")
        idle = hands.window.findChild(locking.Idle)
    with clock.fixed(office_at + timedelta(minutes=14)):
        idle.look()
        assert locked(hands) is None
        touched = hands.window.windowHandle()
        QTest.keyClick(touched, Qt.Key.Key_Shift)
    with clock.fixed(office_at + timedelta(minutes=28)):
        idle.look()
        assert locked(hands) is None, "somebody was there"
    office_settings.choose(LOCK_AFTER, "0", "ADMIN")
    with clock.fixed(office_at + timedelta(hours=9)):
        idle.look()
        assert locked(hands) is None, "never"
    office_settings.choose(LOCK_AFTER, "5", "ADMIN")
    with clock.fixed(office_at + timedelta(hours=9)):
        idle.look()
        assert locked(hands) is not None


def test_dp14_it_does_not_lock_while_security_is_off(hands: Hands) -> None:
    idle = hands.window.findChild(locking.Idle)
    with clock.fixed(clock.now() + timedelta(days=3)):
        idle.look()
    assert locked(hands) is None and locking.lock(hands.window) is None


def test_sign_out_settles_what_was_typed_and_lets_the_next_one_come(come_in: Any) -> None:
    hands = come_in("ANN")
    came: list[str] = []
    hands.window.session.signed_out.connect(lambda: came.append("next"))
    hands.go("leads")
    hands.reads("leads", "company", ["Acme"])
    number = lead_of("Acme").number
    hands.fill("leads.company", "Acme and Sons")
    command(hands, "main.sign_out").trigger()
    assert came == ["next"] and not hands.window.isVisible()
    office = database.open_database(hands._url)
    assert Lead.find(number).company == "Acme and Sons"
    assert [entry.what for entry in signing_in.history("ANN", "ANN")][:2] == ["out", "in"]
    office.close()


def test_sign_out_from_the_lock_saves_nothing_in_somebodys_name(come_in: Any) -> None:
    hands = come_in("ANN")
    hands.go("leads")
    hands.reads("leads", "company", ["Acme"])
    number = lead_of("Acme").number
    hands.fill("leads.company", "Acme and Sons")
    locking.lock(hands.window).card.sign_out.emit()
    assert not hands.window.isVisible()
    again = come_in("BEA")
    assert Lead.find(number).company == "Acme" and "was kept" not in again.said(), "what Ann typed is shown to Ann"
    again.window.close()
    ann = come_in("ANN")
    assert "What you typed into a lead when the program ended was kept." in ann.said()


def test_a_wrong_value_keeps_the_window_open_at_sign_out(come_in: Any) -> None:
    hands = come_in("ANN")
    hands.go("leads")
    hands.reads("leads", "company", ["Acme"])
    hands.fill("leads.description", "")
    assert not sign_out(hands.window) and hands.window.isVisible()
    assert signing_in.history("ANN", "ANN")[0].what == "in"


def test_security_that_is_switched_on_here_shows_who_is_there(hands: Hands, tmp_path: Path) -> None:
    security.switch_on("ADMIN", PASSWORD, tmp_path / "recovery.txt")
    assert hands.part("main.user").isVisible() and locked(hands) is None
    assert command(hands, "main.sign_out").isEnabled()
    security.switch_off("ADMIN")
    assert not hands.part("main.user").isVisible() and hands.part("main.operator").isVisible()


def test_vt58_a_window_that_is_closed_stands_in_the_sign_in_history(
    come_in: Callable[[str], Hands], database_url: str
) -> None:
    ann = come_in("ANN")
    assert ann.window.close()
    office = database.open_database(database_url)
    assert [entry.what for entry in signing_in.history("ANN", "ANN")][:2] == ["closed", "in"]
    office.close()


def test_vt66_reminders_go_with_tasks_and_leads_and_no_lead_is_made_where_none_is_used(
    come_in: Callable[[str], Hands],
) -> None:
    ann = come_in("ANN")
    role = next(role.number for role in roles.every("ADMIN") if role.name == "Operator")
    ann.go("accounts")
    roles.let(role, "CRMLeads", {}, "ADMIN")
    ann.bot.waitUntil(lambda: "Leads" not in titles(ann.window.tabs))
    assert titles(ann.window.tabs)[0].startswith("Reminders")
    roles.let(role, "CustServ", {}, "ADMIN")
    ann.bot.waitUntil(lambda: titles(ann.window.tabs) == ["Accounts", "Contacts", "Opportunities"])
    assert refused(ann.window.session, "create_lead", Account).startswith("Your role does not let you change")
    assert refused(ann.window.session, "create_task", Opportunity).startswith("Your role does not let you change")
