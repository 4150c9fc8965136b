"""What another window tells the office is said here within two seconds, once (BX-50)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QDialog

from channergy_crm.records.team_notices import TeamNotice
from channergy_crm.services import leads, office, operators, team_notices
from channergy_crm.settings import SALE_TOLD, SALES_MUTED
from tests import another
from tests.ui.hands import opened
from tests.ui.setting_up import menu_of
from ui.setup.notice_dialog import NoticeDialog
from ui.shell.team_news import TeamNews

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
SOON_MS = 2000


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """ADMIN's window; BEN works in the office too."""
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        operators.add("BEN", "Ben Ode", "ADMIN")
        yield hands


def test_bx50_a_notice_and_a_sale_of_another_window_are_said_once(
    hands: Hands, database_url: str, tmp_path: Path
) -> None:
    session = hands.window.session
    lead = leads.create({"description": "Parkas", "owner": "BEN"}, "BEN")
    office.choose(SALE_TOLD, "on", "ADMIN")
    session.notices.dismiss()
    with another.window(database_url, tmp_path / "there") as there:
        there.does("team_notices.send('Lunch <b>is</b> here', '', 'BEN')")
        hands.bot.waitUntil(lambda: hands.said() == "Ben Ode: Lunch <b>is</b> here", timeout=SOON_MS)
        session.notices.dismiss()
        there.does(f"team_notices.sale(Lead.find({lead.key}), 'BEN')")
        hands.bot.waitUntil(lambda: hands.said() == "Sale! Ben Ode: Parkas", timeout=SOON_MS)
    hands.click("notices.action")
    assert hands.shows("leads.description") == "Parkas"
    hands.window.findChild(TeamNews).look()  # type: ignore[union-attr]
    said = [notice.text for notice in session.notices.recent()]
    assert said.count("Sale! Ben Ode: Parkas") == said.count("Ben Ode: Lunch <b>is</b> here") == 1


def test_bx50_where_sales_are_muted_the_other_notices_are_told(hands: Hands) -> None:
    session = hands.window.session
    session.station.set(SALES_MUTED, True)
    lead = leads.create({"description": "Parkas", "owner": "BEN"}, "BEN")
    office.choose(SALE_TOLD, "on", "ADMIN")
    team_notices.sale(lead, "BEN")
    team_notices.send("Lunch is here", "", "BEN")
    session.notices.dismiss()
    hands.window.findChild(TeamNews).look()  # type: ignore[union-attr]
    assert hands.said() == "Ben Ode: Lunch is here"


def test_bx50_a_notice_is_written_and_sent_from_the_commands(hands: Hands) -> None:
    dialog = NoticeDialog(hands.window.session, hands.window)
    dialog.show()
    send = dialog.findChild(type(dialog.button("x", "x")), "notice.send")
    assert send is not None
    send.click()
    assert dialog.isVisible() and TeamNotice.select().count() == 0  # nothing to tell
    hands.bot.keyClicks(hands.part("notice.text"), "Meeting at four")
    hands.choose("notice.to", "BEN  Ben Ode")
    send.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    sent = TeamNotice.get()
    assert (sent.text, sent.to, sent.sender) == ("Meeting at four", "BEN", "ADMIN")
    hands.window.session.undo()
    hands.bot.waitUntil(lambda: TeamNotice.select().count() == 0)
    assert any(command.name == "send_notice" for command in menu_of(hands).commands)
