"""How a workstation dials is chosen and tried out (CH-46)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from channergy_crm import secrets, settings
from channergy_crm.settings import Station
from tests.domain.fitting import Notepad
from tests.ui.gestures import alone, click, focused, part, words
from tests.ui.hands import KEY, Hands
from tests.ui.setting_up import choose as walk_to
from tests.ui.setting_up import menu_of, topic
from tests.ui.setting_up import settings as open_settings
from ui.editors.base import FlagEditor
from ui.setup.settings_calling import CallingTopic
from ui.setup.try_dialing import TryDialing, steps

if TYPE_CHECKING:
    from ui.setup.settings_rows import TopicPage

pytestmark = pytest.mark.engines("sqlite")


class FarEnd(Notepad):
    """What lies on the clipboard and which links were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.text = "something else"
        self.links: list[str] = []
        self.answers = True

    def open(self, link: str) -> bool:
        self.links.append(link)
        return self.answers


@pytest.fixture
def far_end(monkeypatch: pytest.MonkeyPatch) -> FarEnd:
    """A desktop without a screen, so that no key is ever pressed on the machine that runs the tests."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    return FarEnd()


@pytest.fixture
def calling(far_end: FarEnd, hands: Hands) -> TopicPage:
    """The topic in the window of an office whose dialer is opened by a key."""
    Station().set(settings.BRIDGE, "clipboard_hotkey")
    hands.window.session.station.set(settings.BRIDGE, "clipboard_hotkey")
    open_settings(hands, "dialing.hotkey")
    return topic(hands)


def stored() -> Station:
    return Station()


def test_ch46_the_dialers_own_way_comes_first_and_says_at_once_why_it_cannot_work_here(
    hands: Hands, calling: TopicPage
) -> None:
    assert focused(hands.window) == "dialing.hotkey"
    assert part(calling, "dialing.hotkey", QLineEdit).text() == "alt+c"
    hands.bot.waitUntil(lambda: "There is no screen" in words(calling))
    walk_to(hands, "dialing.bridge", "Phone program of this computer")
    hands.bot.waitUntil(lambda: "no phone program can be opened" in words(calling))
    assert not part(calling, "dialing.hotkey", QLineEdit).isVisible()
    assert part(calling, "dialing.uri_scheme").isVisible()
    walk_to(hands, "dialing.bridge", "Copy the number, dial by hand")
    assert not part(calling, "dialing.uri_scheme").isVisible()
    assert stored().get(settings.BRIDGE) == "copy_only"
    open_settings(hands, "dialing.hotkey")
    assert calling.isAncestorOf(hands.window.focusWidget()), "what is not asked now leads to the topic"


def test_ch46_what_is_chosen_is_kept_on_this_workstation_and_taken_back(hands: Hands, calling: TopicPage) -> None:
    line = part(calling, "dialing.hotkey", QLineEdit)
    line.selectAll()
    hands.type("ctrl+shift+d\n")
    assert stored().get(settings.HOTKEY) == "ctrl+shift+d"
    part(calling, "dialing.wait_before_paste", QLineEdit).setFocus()
    part(calling, "dialing.wait_before_paste", QLineEdit).selectAll()
    hands.type("400\t")
    assert stored().get(settings.WAIT_BEFORE_PASTE) == 400
    part(calling, "dialing.press_enter", FlagEditor).click()
    assert stored().get(settings.PRESS_ENTER) is True
    assert hands.said() == "Press Enter after pasting: yes."
    hands.click("notices.undo")
    assert stored().get(settings.PRESS_ENTER) is False
    assert not part(calling, "dialing.press_enter", FlagEditor).isChecked()


@pytest.mark.parametrize(("name", "typed", "sentence"), [
    ("hotkey", "alt+elephant", "is not a key"),
    ("wait_before_paste", "", "milliseconds"),
    ("wait_before_hotkey", "99999", "from 0 to 10,000"),
])  # fmt: skip
def test_f54_what_is_wrong_is_said_under_its_field_and_nothing_is_saved(
    hands: Hands, calling: TopicPage, name: str, typed: str, sentence: str
) -> None:
    line = part(calling, f"dialing.{name}", QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.press(KEY.Key_Delete)
    hands.type(f"{typed}\n")
    assert sentence in words(calling) and line.property("problem")
    assert line.text() == typed
    setting = next(one for one in settings.ALL if one.name == f"dialing.{name}")
    assert stored().get(setting) == setting.default
    hands.press(KEY.Key_Escape)
    assert sentence not in words(calling) and not line.property("problem")


def test_ch46_the_kind_of_link_is_kept_when_typing_pauses_or_the_page_is_left(hands: Hands, calling: TopicPage) -> None:
    walk_to(hands, "dialing.bridge", "Phone program of this computer")
    part(calling, "dialing.uri_scheme").setEditText("callto")
    hands.go("leads")
    assert stored().get(settings.URI_SCHEME) == "callto"


def test_f54_what_begins_no_link_is_not_kept(hands: Hands, calling: TopicPage) -> None:
    walk_to(hands, "dialing.bridge", "Phone program of this computer")
    part(calling, "dialing.uri_scheme").setEditText("javascript")
    hands.bot.waitUntil(lambda: "is not the beginning of a link" in words(calling))
    assert stored().get(settings.URI_SCHEME) == "tel"


def test_f54_the_tries_and_the_results_are_led_to(hands: Hands, calling: TopicPage) -> None:
    with hands.answering("dialing.close"):
        hands.click("dialing.try")
    with hands.answering("results.close"):
        hands.click("dialing.results")


def test_ch46_a_way_that_can_work_says_so(qtbot: Any, hands: Hands, far_end: FarEnd) -> None:
    page = CallingTopic(menu_of(hands).chosen, hands.window, clipboard=far_end, open_uri=far_end.open)
    page.show()
    qtbot.waitUntil(lambda: "This works here." in words(page))


def test_bx38_a_known_phone_program_fills_its_lines_in_and_is_taken_back(hands: Hands, calling: TopicPage) -> None:
    assert not part(calling, "dialing.command", QLineEdit).isVisible()
    walk_to(hands, "dialing.bridge", "Command line")
    assert part(calling, "dialing.command", QLineEdit).isVisible()
    assert not part(calling, "dialing.extension").isVisible(), "nothing asks for it"
    hands.bot.waitUntil(lambda: "Type the program that dials" in words(calling))
    walk_to(hands, "dialing.preset", "MicroSIP")
    assert part(calling, "dialing.command", QLineEdit).text() == "microsip.exe {number}"
    assert stored().get(settings.HANG_UP_COMMAND) == "microsip.exe /hangupall"
    hands.bot.waitUntil(lambda: "microsip.exe is not there" in words(calling))
    line = part(calling, "dialing.command", QLineEdit)
    line.setFocus()
    line.selectAll()
    hands.type("phone -u {extension}\n")
    assert "Write {number} where the number goes." in words(calling)
    assert stored().get(settings.COMMAND) == "microsip.exe {number}"
    line.selectAll()
    hands.type("sh -u {extension} {number}\n")
    assert part(calling, "dialing.extension").isVisible() and part(calling, "dialing.preset").value() == "own"
    hands.click("notices.undo")
    assert stored().get(settings.COMMAND) == "microsip.exe {number}"


def test_bx38_each_way_has_its_numbers_written_its_own_way(hands: Hands, calling: TopicPage) -> None:
    station = hands.window.session.station
    station.set(settings.COMMAND, "sh {number}")
    walk_to(hands, "dialing.bridge", "Command line")
    line = part(calling, "dialing.prefix", QLineEdit)
    line.setFocus()
    hands.type("0\n")
    walk_to(hands, "dialing.form", "As dialed inside the country, 6502530000")
    assert not part(calling, "dialing.drop_country").isVisible()
    hands.bot.waitUntil(lambda: "Starts sh 02015550123." in words(calling))
    walk_to(hands, "dialing.bridge", "Asterisk (AMI)")
    assert line.text() == "" and stored().get(settings.PREFIX.of("command")) == "0"
    hands.type("\t")


def test_bx38_a_password_lies_in_the_key_store_and_is_never_shown(hands: Hands, calling: TopicPage) -> None:
    walk_to(hands, "dialing.bridge", "Asterisk (AMI)")
    line = part(calling, "dialing.ami_secret", QLineEdit)
    assert not part(calling, "dialing.ami_secret.forget").isVisible()
    line.setFocus()
    hands.type("Ge@heim/5\n")
    hands.bot.waitUntil(lambda: part(calling, "dialing.ami_secret.forget").isVisible())
    assert line.text() == "" and secrets.find("dialing.ami") == "Ge@heim/5"
    assert "heim" not in stored().path.read_text("utf-8") + words(calling)
    hands.click("dialing.ami_secret.forget")
    hands.bot.waitUntil(lambda: not part(calling, "dialing.ami_secret.forget").isVisible())
    assert secrets.find("dialing.ami") is None


# ---------------------------------------------------------------- a try


@pytest.fixture
def dialog(qtbot: Any, office: Any, far_end: FarEnd) -> Any:
    return lambda station: alone(
        qtbot, TryDialing(station, "ADMIN", office=office, clipboard=far_end, open_uri=far_end.open)
    )


def dial(qtbot: Any, dialog: Any, number: str) -> str:
    line = part(dialog, "dialing.number", QLineEdit)
    line.setText(number)
    qtbot.keyClick(line, KEY.Key_Return)
    qtbot.waitUntil(lambda: part(dialog, "dialing.test").isEnabled())
    return part(dialog, "dialing.said", QLabel).text()


def by(way: str) -> Station:
    station = Station()
    station.set(settings.BRIDGE, way)
    return station


def test_ch46_a_test_dial_really_dials_and_shows_what_was_sent(qtbot: Any, dialog: Any, far_end: FarEnd) -> None:
    station = by("uri")
    station.set(settings.URI_SCHEME, "callto")
    said = dial(qtbot, dialog(station), "650 253 0000")
    assert far_end.links == ["callto:+16502530000"]
    assert "callto:+16502530000" in said and "Dialing" in said


def test_ch46_what_will_be_sent_is_shown_while_the_number_is_typed(qtbot: Any, dialog: Any, far_end: FarEnd) -> None:
    trying = dialog(by("uri"))
    for typed, shown in (("650 253 0000", "Opens tel:+16502530000."), ("call me", "")):
        part(trying, "dialing.number", QLineEdit).setText(typed)
        assert part(trying, "dialing.sends", QLabel).text() == shown
    assert far_end.links == []


def test_ch46_or_says_why_not_and_where_the_number_is(qtbot: Any, dialog: Any, far_end: FarEnd) -> None:
    station = by("clipboard_hotkey")
    trying = dialog(station)
    said = dial(qtbot, trying, "(650) 253-0000")
    assert "There is no screen" in said and "on the clipboard" in said
    assert far_end.text == "+16502530000"
    far_end.answers = False
    station.set(settings.BRIDGE, "uri")
    assert "No program on this computer opens tel: links" in dial(qtbot, trying, "650 253 0000")


def test_what_is_no_number_is_not_dialed(qtbot: Any, dialog: Any, far_end: FarEnd) -> None:
    trying = dialog(by("uri"))
    assert focused(trying) == "dialing.number"
    part(trying, "dialing.number", QLineEdit).setText("call me")
    click(qtbot, trying, "dialing.test")
    qtbot.waitUntil(lambda: part(trying, "dialing.test").isEnabled())
    assert part(trying, "dialing.said", QLabel).text() and far_end.links == []
    assert focused(trying) == "dialing.number" and trying.isVisible()


def test_the_sentence_of_the_steps_becomes_a_list() -> None:
    assert steps("Copies 1, waits 50 ms, presses Alt+C.") == ["1. Copies 1", "2. Waits 50 ms", "3. Presses Alt+C"]
    assert steps("Copies 1.") == ["Copies 1."]
