"""What the others tell is said when the workstation is unlocked, not behind the lock (BX-48, BX-50, DP-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QWidget

from channergy_crm.records import Lead
from channergy_crm.services import leads, notes, team_notices
from channergy_crm.store import database
from tests.secured import PASSWORD, secure
from tests.ui.gestures import shown
from tests.ui.hands import Hands, _close
from ui.application import open_office
from ui.shell import lock as locking
from ui.shell.mentions import LOCKED_MS, Mentions
from ui.shell.team_news import TeamNews

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def locked(qtbot: Any, database_url: str, tmp_path: Path) -> Iterator[Hands]:
    """The window of ANN, who has locked it."""
    office = database.open_database(database_url)
    secure(tmp_path, ANN="Operator")
    leads.create({"description": "Acme"}, "ANN")
    office.close()
    hands = Hands(qtbot, shown(qtbot, open_office(database_url, "ANN", PASSWORD)), database_url)
    locking.lock(hands.window)
    yield hands
    _close(hands.window)
    hands.window.deleteLater()


def told(hands: Hands) -> bool:
    return any("the secret number is 7" in each.text for each in hands.window.notices.recent())


def test_bx48_a_note_that_names_somebody(locked: Hands) -> None:
    looking = locked.window.findChild(Mentions)
    notes.add(Lead, Lead.get().number, "@ANN the secret number is 7", "ADMIN")
    looking.look()
    locked.bot.waitUntil(lambda: looking._soon.interval() == LOCKED_MS)
    assert not told(locked)
    locked.window.findChild(locking.Lock).take_off()
    looking.look()
    locked.bot.waitUntil(lambda: told(locked))


def test_bx50_news_of_the_office(locked: Hands) -> None:
    looking = locked.window.findChild(TeamNews)
    team_notices.send("Listen: the secret number is 7", "", "ADMIN")
    looking.look()
    assert not told(locked)
    locked.window.findChild(locking.Lock).take_off()
    looking.look()
    assert told(locked)


def test_dp14_the_parts_of_the_window_are_no_windows_of_the_system_afterwards(locked: Hands) -> None:
    """Else every dialog opened after the first lock belonged to one of them, and Qt complained of that each time."""
    locked.window.findChild(locking.Lock).take_off()
    own = [part for part in locked.window.findChildren(QWidget) if not part.isWindow()]
    assert not [part for part in own if part.windowHandle() is not None]
