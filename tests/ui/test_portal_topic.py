"""Settings > Customer Portal: its address, whose tickets are seen, who has access and how it is started (VT-104)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import PORTAL_ADDRESS, PORTAL_WHOLE_ACCOUNT
from tests.domain.visiting import contact
from tests.ui.setting_up import choose, settings, topic
from ui.setup.settings_rows import Hint

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")


def test_vt104_the_portal_is_set_up_and_who_has_access_is_counted_and_listed(hands: Hands) -> None:
    settings(hands, "settings.portal.address")
    who, started = hands.part("settings.portal.who", QPushButton), hands.part("settings.portal.started", QLabel)
    assert "0 contacts" in who.text() and "main.py portal --port 8800" in started.text()
    contact(), contact("Ben", "Birch Toys", portal=False)
    hands.bot.waitUntil(lambda: "1 contact…" in who.text())
    line = hands.part("settings.portal.address", QLineEdit)
    for typed, kept in (("http://help.office.example", ""), ("https://help.office.example", None)):
        line.setFocus()
        line.selectAll()
        hands.bot.keyClicks(line, typed)
        line.editingFinished.emit()
        assert office.get(PORTAL_ADDRESS, Program.ITSELF) == (typed if kept is None else kept)
        said = " ".join(hint.text() for hint in topic(hands).findChildren(Hint))
        assert ("nothing behind it" in said) is (kept is not None)
    assert "--address https://help.office.example --proxy" in started.text()
    choose(hands, "settings.portal.whole_account", "yes")
    hands.bot.waitUntil(lambda: office.get(PORTAL_WHOLE_ACCOUNT, Program.ITSELF) == "on")
    who.click()
    hands.bot.waitUntil(lambda: hands.here() == "contacts")
    hands.reads("contacts", "first_name", ["Chiara"])
