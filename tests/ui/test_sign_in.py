"""The window one signs in at, and what comes after it (VT-10…VT-12)."""

from __future__ import annotations

import shutil
import stat
import sys
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm.errors import Refused
from channergy_crm.services import office as office_settings
from channergy_crm.services import operators, signing_in
from channergy_crm.settings import LANGUAGE, LANGUAGES_OFFERED, OFFICE_NAME, THEME, THEMES_OFFERED, Station
from channergy_crm.store import database
from tests.secured import GIVEN, PASSWORD, secure
from tests.ui.gestures import part, shown
from ui import application
from ui.application import open_office
from ui.look import theme
from ui.session.chosen import Wear
from ui.shell.entrance import Entrance
from ui.shell.helping import outside
from ui.shell.helping.beside import HelpBeside
from ui.shell.sign_in import SignIn
from ui.shell.sign_in_cards import Manners
from ui.shell.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
"""the screen is the same on both engines; what it asks for is tested on both"""

RETURN = Qt.Key.Key_Return


class Door:
    """The sign-in window over an office, and what it did."""

    def __init__(self, bot: Any, office: Any) -> None:
        self.bot, self.came, self.manners = bot, list[str](), list[tuple[str, str]]()
        note = self.manners.append
        manners = Manners(lambda code: note(("speak", code)), lambda choice: note(("wear", choice)))
        self.window = SignIn(office, Station(), manners)
        self.window.signed_in.connect(self.came.append)
        bot.addWidget(self.window)
        shown(bot, self.window)
        self.window.begin()

    def part(self, name: str) -> Any:
        return part(self.window, f"sign_in.{name}")

    def said(self) -> str:
        return self.window.card.said.words.text()

    def type(self, name: str, text: str) -> None:
        line = self.part(name)
        line.setFocus()
        line.clear()
        self.bot.keyClicks(line, text)

    def enter(self, name: str = "password") -> None:
        self.bot.keyClick(self.part(name), RETURN)
        self.bot.waitUntil(lambda: not self.window.card.busy or bool(self.came))

    def sign_in(self, user: str, password: str) -> None:
        self.type("user_name", user)
        self.type("password", password)
        self.enter()


@pytest.fixture
def door(qtbot: Any, office: Any, tmp_path: Path) -> Iterator[Door]:
    secure(tmp_path, ANN="Operator")
    yield Door(qtbot, office)


def test_vt10_vt11_enter_lets_in_who_has_the_password(door: Door, office: Any) -> None:
    door.sign_in("ann", PASSWORD)
    assert door.came == ["ANN"]
    assert [entry.what for entry in signing_in.history("ANN", "ANN")][:1] == ["in"]
    assert Station().recall("operator", "") == "ANN"


def test_vt11_a_wrong_pair_is_said_in_one_sentence_and_the_password_is_emptied(door: Door) -> None:
    for user in ("ann", "nobody"):
        door.sign_in(user, "quite wrong")
        assert door.said() == "This user name and password do not belong together."
        assert door.part("password").text() == "" and door.part("password").hasFocus()
    assert door.came == []


def test_vt11_nothing_typed_asks_nobody(door: Door) -> None:
    door.type("user_name", "ann")
    door.enter("user_name")
    assert door.part("password").hasFocus()
    door.enter()
    assert door.said() == "Type your user name and your password."
    assert [entry.what for entry in signing_in.history("ANN", "ANN")] == ["password", "password"]


def test_caps_lock_is_told_and_the_eye_shows_what_was_typed(door: Door) -> None:
    password = door.part("password")
    door.type("password", "a")
    assert door.said() == ""
    large = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(password, large)
    assert door.said() == "Caps Lock is on."
    assert password.echoMode() == password.EchoMode.Password
    door.part("password.eye").click()
    assert password.echoMode() == password.EchoMode.Normal


def test_vt12_language_and_theme_are_those_of_the_workstation_and_work_at_once(door: Door) -> None:
    door.type("user_name", "ann")
    language = door.part("language")
    language.set_value("de")
    language.changed.emit()
    door.part("theme").setCurrentIndex(2)
    assert door.manners == [("speak", "de"), ("wear", "dark")]
    assert (Station().get(LANGUAGE), Station().get(THEME)) == ("de", "dark")
    assert door.part("user_name").text() == "ann"


def test_vt12_the_office_says_what_can_be_chosen(qtbot: Any, office: Any, tmp_path: Path) -> None:
    office_settings.choose(LANGUAGES_OFFERED, "en", "ADMIN")
    office_settings.choose(THEMES_OFFERED, "light, dark", "ADMIN")
    secure(tmp_path)
    door = Door(qtbot, office)
    assert [door.part("language").itemData(row) for row in range(door.part("language").count())] == ["en"]
    assert [door.part("theme").itemText(place) for place in range(door.part("theme").count())] == ["Light", "Dark"]
    assert ("wear", "light") in door.manners and Station().get(THEME) == "light"


def test_vt10_a_password_that_was_given_is_changed_first(door: Door) -> None:
    signing_in.set_password("ANN", GIVEN, "ADMIN")
    door.sign_in("ann", GIVEN)
    assert door.came == []
    door.type("new", "short")
    door.bot.keyClick(door.part("new"), RETURN)
    assert "at least 10 characters" in door.said()
    door.type("new", "a new one of mine")
    door.type("again", "another one")
    door.enter("again")
    assert door.said() == "The two are not the same; type it once more."
    door.type("again", "a new one of mine")
    door.enter("again")
    assert door.came == ["ANN"] and not signing_in.must_change("ANN")
    assert signing_in.sign_in("ann", "a new one of mine") == "ANN"


def test_nothing_is_cut_off_in_either_theme(door: Door, qapp: QApplication) -> None:
    for choice in ("light", "dark"):
        theme.apply(qapp, choice)
        door.sign_in("ann", "quite wrong")
        words = door.window.card.said.words
        assert words.height() >= words.heightForWidth(words.width())
    theme.apply(qapp, "system")


# ---------------------------------------------------------------- staying, and going elsewhere


class House:
    """An entrance, and who was admitted where."""

    def __init__(self, bot: Any, parent: Any) -> None:
        self.bot, self.admitted = bot, list[tuple[str, str]]()
        self.entrance = Entrance(Station(), Manners(str, str), self._admit, parent)

    def _admit(self, office: Any, by: str) -> Any:
        self.admitted.append((office.url, by))

    def door(self) -> SignIn:
        assert self.entrance.window is not None
        return self.entrance.window


@pytest.fixture
def house(qtbot: Any, qapp: QApplication, office: Any) -> Iterator[House]:
    house = House(qtbot, qapp)
    yield house
    if house.entrance.window is not None:
        house.entrance.window.leave()


def test_whoever_stays_signed_in_is_not_asked_again(house: House, office: Any, tmp_path: Path, home: Path) -> None:
    secure(tmp_path, ANN="Operator")
    house.entrance.begin(office)
    card: Any = house.door().card
    card.user.setText("ann")
    card.password.setText(PASSWORD)
    card.stay.setChecked(True)
    card.submit.click()
    house.bot.waitUntil(lambda: house.admitted == [(office.url, "ANN")])
    kept = home / "secrets.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600 and PASSWORD not in kept.read_text()
    house.entrance.begin(office)
    assert house.admitted[1:] == [(office.url, "ANN")] and house.entrance.window is None
    signing_in.set_password("ANN", GIVEN, "ADMIN")  # which ends it
    house.entrance.begin(office)
    assert len(house.admitted) == 2 and house.door().isVisible()


def test_security_off_asks_nobody(house: House, office: Any) -> None:
    house.entrance.begin(office)
    assert house.admitted == [(office.url, "")] and house.entrance.window is None


def test_another_office_is_said_or_opened(house: House, office: Any, tmp_path: Path, migrated_file: Path) -> None:
    secure(tmp_path)
    house.entrance.begin(office)
    door = house.door()
    door.another_office.emit("sqlite:////nowhere/office.db")
    assert "nowhere" in door.card.said.words.text() and door.isVisible()
    shutil.copyfile(migrated_file, tmp_path / "other.db")
    other = f"sqlite:///{tmp_path / 'other.db'}"
    door.another_office.emit(other)
    assert house.admitted == [(other, "")]


# ---------------------------------------------------------------- scripts


def test_open_office_wants_the_password_while_security_is_on(qtbot: Any, database_url: str, tmp_path: Path) -> None:
    office = database.open_database(database_url)
    secure(tmp_path, ANN="Operator")
    office_settings.choose(OFFICE_NAME, "Northfield Supplies", "ADMIN")
    office.close()
    for operator, password in (("ANN", None), (None, PASSWORD), ("ANN", "quite wrong"), ("NOBODY", PASSWORD)):
        with pytest.raises(Refused):
            open_office(database_url, operator, password)
    window = open_office(database_url, "ann", PASSWORD)
    assert (window.session.by, window.session.shown) == ("ANN", "ANN")
    window.close()


def test_open_office_ignores_a_password_while_security_is_off(qtbot: Any, database_url: str) -> None:
    window = open_office(database_url, "ADMIN", "whatever")
    assert window.session.by == "ADMIN" and [each.id for each in operators.everybody("ADMIN")] == ["ADMIN"]
    window.close()


def test_one_after_the_other_comes_in_and_goes_out(qtbot: Any, qapp: QApplication, office: Any, tmp_path: Path) -> None:
    secure(tmp_path, ANN="Operator", BEA="Operator")
    hooks = sys.excepthook
    application._entrance(qapp, Wear(str, str)).begin(office)

    def only(kind: type[Any]) -> Any:
        found = [each for each in qapp.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
        assert len(found) == 1
        return found[0]

    def action(window: Any, name: str) -> Any:
        found = [each for each in window.actions() if each.objectName() == name]
        assert found, "the window is not furnished yet"
        return found[0]

    for who in ("ann", "bea"):
        card = only(SignIn).card
        assert card.user.text() in ("", "ANN"), "who was here last is proposed"
        card.user.setText(who)
        card.password.setText(PASSWORD)
        card.submit.click()
        qtbot.waitUntil(lambda: only(MainWindow) is not None)
        window = only(MainWindow)
        assert window.session.by == who.upper() and not [one for one in qapp.topLevelWidgets() if one is card]
        qtbot.waitUntil(lambda window=window: action(window, "main.sign_out") is not None)
        action(window, "main.sign_out").trigger()
        assert not window.isVisible() and only(SignIn).isVisible() and QApplication.quitOnLastWindowClosed()
        window.deleteLater()
    door = only(SignIn)
    said = [(entry.user, entry.what) for entry in signing_in.history("ADMIN") if entry.what in ("in", "out")]
    assert said == [("BEA", "out"), ("BEA", "in"), ("ANN", "out"), ("ANN", "in")]
    door.leave()
    assert sys.excepthook is hooks


def test_vt13_f1_at_the_door_opens_the_help_and_does_nothing_of_the_office(door: Door) -> None:
    """Pages are read before anybody has signed in; what a page could do in the program is told to come after that."""
    door.bot.keyClick(door.window, Qt.Key.Key_F1)
    (beside,) = door.window.findChildren(HelpBeside)
    assert beside.isVisible() and beside.view.shown == outside.DOOR
    beside.view.follow("do:settings/operators")
    assert beside.findChild(QWidget, "help_beside.said").text() == "Sign in first; then that can be done."
    assert beside.findChild(QWidget, "help_beside.print") is None
    door.bot.keyClick(beside, Qt.Key.Key_F1)
    assert door.window.findChildren(HelpBeside) == [beside]
    beside.reject()
