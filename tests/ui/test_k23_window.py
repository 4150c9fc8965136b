"""K23 in the window: stage and probability of a program in Viper are only read, and say why, in form and cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from channergy_crm import clock
from channergy_crm.records import Opportunity
from channergy_crm.records.sync import SyncLink
from channergy_crm.services import office
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from tests import made
from tests.ui.hands import KEY, opened

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.engines("sqlite")
EDIT = "accounts.opportunities.edit_cell"
SAID = "is updated in Viper, where this opportunity is a program"


def test_k23_the_form_and_the_cell_of_a_program_say_why_they_are_only_read(
    qtbot: Any, database_url: str, fixed_clock: datetime
) -> None:
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        office.choose(VIPER, "on", "ADMIN")
        acme = made.account("Acme")
        gala = made.opportunity(acme, "Gala", stage="Offer", probability=50)
        made.opportunity(acme, "Lamps", stage="Offer", probability=50)
        with database.writing():
            SyncLink.create(table="CRMOpportunities", key=str(gala.key), remote="p-1", synced=clock.now())
        hands.open_account("Acme", "opportunities")
        hands.stand("accounts.opportunities", hands.row("accounts.opportunities", "name", "Gala"), "name")
        qtbot.waitUntil(lambda: hands.part("opportunities.name").value() == "Gala")
        for name in ("stage", "probability"):
            assert SAID in hands.part(f"opportunities.{name}.said", QLabel).text()
        qtbot.keyClick(hands.part("opportunities.stage"), KEY.Key_Down)
        qtbot.keyClicks(hands.part("opportunities.probability"), "9")
        assert (hands.part("opportunities.stage").value(), hands.part("opportunities.probability").value()) == (
            "Offer", 50,
        )  # fmt: skip
        hands.stand("accounts.opportunities", hands.row("accounts.opportunities", "name", "Gala"), "stage")
        next(each for each in hands.window.findChildren(QAction) if each.objectName() == EDIT).trigger()
        assert f"Stage {SAID}" in hands.said() and hands.window.findChild(QWidget, "cell.stage") is None
        hands.stand("accounts.opportunities", hands.row("accounts.opportunities", "name", "Lamps"), "name")
        qtbot.waitUntil(lambda: hands.part("opportunities.name").value() == "Lamps")
        assert not hands.part("opportunities.stage.said", QLabel).isVisible()
        qtbot.keyClick(hands.part("opportunities.stage"), KEY.Key_Down)
        assert hands.part("opportunities.stage").value() != "Offer"
        assert Opportunity.find(gala.key).stage == "Offer"
