"""Somebody rings: a second program tells the open window, which says who it may be and takes no keys (BX-7, BX-38)."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import running
from channergy_crm.records import Account, PhoneCall
from channergy_crm.store import addresses
from tests import made
from tests.domain import sip
from tests.ui.calling import focus, is_open, lead, stands, stray_contact
from tests.ui.hands import CTRL, KEY
from ui.shell.incoming.calls import Calls

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.usefixtures("three_leads")]
PROGRAM = Path(__file__).parents[2] / "main.py"
AT_ONCE_S = 0.3


@pytest.fixture
def calls(hands: Hands) -> Calls:
    """The window hears what other programs tell."""
    found = hands.window.findChild(Calls)
    assert found is not None
    found.listen()
    return found


def command(hands: Hands, *words: str) -> list[str]:
    """What another program starts."""
    path = hands.window.session.office.path
    return [sys.executable, str(PROGRAM), *words, "--database", f"sqlite:///{path}"]


def shown(hands: Hands, calls: Calls) -> str:
    """What the pop-up says, once it is there."""
    hands.bot.waitUntil(lambda: calls.popup is not None and calls.popup.isVisible())
    assert calls.popup is not None
    return calls.popup.heading.text()


@pytest.mark.display
def test_bx38_a_softphone_tells_who_rings_and_the_window_says_it_at_once(hands: Hands, calls: Calls) -> None:
    hands.part("leads.search").setFocus()
    told = subprocess.Popen(command(hands, "call-from", "sip:+18005550101@pbx.local"))
    assert shown(hands, calls).startswith("Call from +18005550101")
    hands.bot.waitUntil(lambda: told.poll() is not None)
    assert told.returncode == 0 and focus() == "leads.search", "it takes no keys"
    assert calls.popup is not None and calls.popup.rows[0].name.text() == "Bob"
    begun = time.perf_counter()
    calls.ring("800-555-0102")
    hands.bot.waitUntil(lambda: "0102" in shown(hands, calls))
    assert time.perf_counter() - begun < AT_ONCE_S
    assert calls.popup.said.text() == "1 more call"


@pytest.mark.display
def test_bx7_opened_it_is_noted_in_the_call_bar_and_is_no_try_of_ours(hands: Hands, calls: Calls) -> None:
    calls.ring("800-555-0101")
    shown(hands, calls)
    hands.window.session.came_from = "leads"
    assert calls.popup is not None
    calls.popup.rows[0].open.click()
    hands.bot.waitUntil(lambda: is_open(hands))
    assert hands.shows("leads.first_name") == "Bob" and hands.part("call.number").text() == "800-555-0101"
    assert not calls.popup.isVisible() and focus().startswith("call.result.")
    hands.press(KEY.Key_4)
    hands.press(KEY.Key_Return, CTRL)
    (row,) = PhoneCall.select()
    assert (row.direction, row.lead, row.code) == ("incoming", lead("Bob").number, "CALLBK")
    assert lead("Bob").call_try == "1"
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: PhoneCall.get().code == "")


def test_bx38_nobody_with_the_number_is_a_new_lead_with_it(hands: Hands, calls: Calls) -> None:
    calls.ring("212-736-5000")
    shown(hands, calls)
    assert calls.popup is not None and calls.popup.nobody.isVisible()
    calls.popup.new_lead.click()
    hands.bot.waitUntil(lambda: hands.shows("leads.phone") == "212-736-5000")


def test_bx38_a_call_nobody_took_is_told_and_can_be_called_back(hands: Hands, calls: Calls) -> None:
    calls.ring("800-555-0101")
    shown(hands, calls)
    hands.click("incoming.close")
    assert hands.said() == "The call from 800-555-0101 was not taken here."
    hands.click("notices.action")
    assert shown(hands, calls).startswith("Dial 800-555-0101?")
    assert calls.popup is not None and calls.popup.rows[0].open.text() == "Dial"
    calls.popup.rows[0].open.click()
    hands.bot.waitUntil(lambda: is_open(hands))
    stands(hands, "Bob")


def test_bx38_an_account_that_rings_is_opened_with_the_call_bar(hands: Hands, calls: Calls) -> None:
    acme = made.account("Acme Books", phone="212-736-5000")
    calls.ring("+1 212 736 5000")
    shown(hands, calls)
    assert calls.popup is not None
    calls.popup.rows[0].open.click()
    hands.bot.waitUntil(lambda: is_open(hands))
    assert hands.shows("accounts.name") == "Acme Books"
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    assert [(row.direction, row.account) for row in PhoneCall.select()] == [("incoming", acme.number)]


def test_bx38_a_contact_whose_customer_has_no_account_gets_one_and_the_call_is_noted_there(
    hands: Hands, calls: Calls
) -> None:
    bea = stray_contact("Bea", "212-736-5002")
    calls.ring("212-736-5002")
    shown(hands, calls)
    assert calls.popup is not None
    calls.popup.rows[0].open.click()
    assert hands.said() == "Bea has no account yet, where calls, opportunities and tasks stand."
    hands.click("notices.action")
    hands.bot.waitUntil(lambda: is_open(hands))
    assert hands.shows("accounts.name") == "Birch Toys"
    hands.press(KEY.Key_1)
    hands.press(KEY.Key_Return, CTRL)
    (row,) = PhoneCall.select()
    assert (row.direction, row.contact, row.account) == ("incoming", bea.number, Account.get().number)


@pytest.mark.display
def test_bx38_a_window_that_comes_forward_is_as_large_as_it_was(hands: Hands, calls: Calls) -> None:
    window = hands.window
    window.showMaximized()
    hands.bot.waitUntil(window.isMaximized)
    window.showMinimized()
    hands.bot.waitUntil(window.isMinimized)
    calls.told("show", "")
    hands.bot.waitUntil(lambda: not window.isMinimized())
    assert window.isMaximized()


@pytest.mark.skipif(sip.MISSING, reason="baresip or sipp is not here")
def test_bx38_a_real_telephone_rings_and_the_right_person_comes_up(hands: Hands, calls: Calls, tmp_path: Path) -> None:
    with sip.Softphone(tmp_path) as phone:
        phone.runs_when_it_rings(command(hands, "call-from"))
        phone.is_rung_by("+18005550100")
        assert shown(hands, calls).startswith("Call from +18005550100")
        assert calls.popup is not None and calls.popup.rows[0].name.text() == "Ann"


def test_one_window_for_an_office_a_second_start_brings_it_forward(hands: Hands, calls: Calls) -> None:
    heard: list[str] = []
    assert calls.listening is not None
    calls.listening.told.connect(lambda verb, _text: heard.append(verb))
    second = subprocess.Popen(command(hands))
    hands.bot.waitUntil(lambda: heard == ["show"], timeout=10_000)
    hands.bot.waitUntil(lambda: second.poll() is not None, timeout=10_000)
    assert second.returncode == 0
    calls.close()
    office = addresses.known_as(hands.window.session.office.address())
    assert running.tell(office, "call-from", "1") is None
    none = subprocess.run(command(hands, "call-from", "212"), capture_output=True, text=True, check=False)
    assert (none.returncode, none.stderr) == (1, "No window is open over this office.\n")
