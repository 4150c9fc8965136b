"""The form of a deal follows its process: what an end asks for, fixed labels, its stages first (SI-37, K16, K22)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox

from channergy_crm.records import Opportunity, ProcessStage
from channergy_crm.records.fixed_labels import SUBJECTS, WEIGHTS
from channergy_crm.records.projects import course
from channergy_crm.services import bulk_changes, deals, leads, processes
from tests import made
from tests.ui.gestures import alone, part, values_offered
from tests.ui.hands import CTRL, KEY, opened
from ui.lists.set_field_dialog import SetFieldDialog
from ui.screens.convert_dialog import ConvertDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")
ACME = "Acme Books; Ann Lee"
TODAY = date(2026, 11, 23)
ENDED = ("closed", "outcome", "actual_amount", "close_date_2", "probability")
OPEN = (False, "", None, None, 50)


@pytest.fixture
def deal(qtbot: Any, database_url: str, fixed_clock: datetime) -> Iterator[Hands]:
    """A window of ADMIN at one deal of an account, in the stage Offer."""
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        acme = made.account(ACME)
        made.opportunity(acme, "Licenses", stage="Offer", amount=1_420_000)
        lost = made.opportunity(acme, "Old", stage="Offer")
        deals.move(lost.number, "Lost", "ADMIN", deals.Answer(reason="price"))
        hands.open_account(ACME, "opportunities")
        hands.stand("accounts.opportunities", hands.row("accounts.opportunities", "name", "Licenses"), "name")
        hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Licenses")
        yield hands


def typed(hands: Hands) -> tuple[Any, ...]:
    """What the form says of how the deal ended."""
    held = [hands.part(f"opportunities.{name}").value() for name in ENDED]
    return tuple(value if name != "outcome" else value or "" for name, value in zip(ENDED, held, strict=True))


def stored() -> Opportunity:
    return Opportunity.get(Opportunity.name == "Licenses")


def focused() -> str:
    return QApplication.focusWidget().objectName()


def pick(hands: Hands, stage: str) -> None:
    """Drop the stages down and take one of them by key."""
    box = hands.part("opportunities.stage", QComboBox)
    box.setFocus()
    box.showPopup()
    hands.bot.waitUntil(box.view().isVisible)
    box.view().setCurrentIndex(box.model().index(box.findText(stage), 0))
    hands.bot.keyClick(box.view(), KEY.Key_Return)


def test_k22_a_won_stage_asks_in_the_form_and_going_back_takes_the_proposals_back(deal: Hands) -> None:
    assert typed(deal) == OPEN
    pick(deal, "Order")
    deal.bot.waitUntil(lambda: focused() == "opportunities.actual_amount")
    assert typed(deal) == (True, "Won", 1_420_000, TODAY, 100)
    assert deal.beside("opportunities.actual_amount") == "What was ordered in the end?"
    deal.choose("opportunities.stage", "Prospect")
    assert typed(deal) == (False, "", None, None, 20)
    deal.choose("opportunities.stage", "Offer")
    assert typed(deal) == OPEN
    assert deal.beside("opportunities.actual_amount") == ""
    assert not deal.part("accounts.opportunities.save").isEnabled(), "everything is as it was"
    pick(deal, "Order")
    deal.bot.waitUntil(lambda: focused() == "opportunities.actual_amount")
    deal.fill("opportunities.actual_amount", "13,000")
    deal.press(KEY.Key_S, CTRL)
    deal.bot.waitUntil(lambda: stored().closed)
    held = stored()
    assert (held.outcome, held.actual_amount, held.close_date_2, held.probability) == ("Won", 1_300_000, TODAY, 100)
    deal.click("accounts.opportunities.show_closed")
    deal.bot.waitUntil(lambda: deal.rows("accounts.opportunities") == 2)
    deal.stand("accounts.opportunities", deal.row("accounts.opportunities", "name", "Licenses"), "name")
    deal.bot.waitUntil(lambda: deal.shows("opportunities.stage") == "Order")
    pick(deal, "Offer")
    assert typed(deal) == OPEN
    deal.press(KEY.Key_S, CTRL)
    deal.bot.waitUntil(lambda: not stored().closed)
    assert (stored().outcome, stored().actual_amount, stored().probability) == ("", None, 50)


def test_k22_a_lost_stage_asks_for_the_reason_and_suggests_some(deal: Hands) -> None:
    deal.choose("opportunities.stage", "Lost")
    assert focused() == "opportunities.stage", "who walks by key is left where they walk"
    assert typed(deal) == (True, "Lost", None, TODAY, 0)
    deal.press(KEY.Key_Tab)
    deal.bot.waitUntil(lambda: deal.part("opportunities.outcome_reason").hasFocus())
    assert "price" in [deal.part("opportunities.outcome_reason", QComboBox).itemText(0)]
    deal.fill("opportunities.outcome_reason", "no budget")
    deal.press(KEY.Key_S, CTRL)
    deal.bot.waitUntil(lambda: stored().outcome_reason == "no budget")


def test_k22_what_somebody_has_typed_over_a_proposal_stays(deal: Hands) -> None:
    deal.choose("opportunities.stage", "Order")
    deal.fill("opportunities.actual_amount", "5")
    deal.choose("opportunities.stage", "Offer")
    assert typed(deal) == (False, "", 500, None, 50)


def test_k16_the_stages_of_its_process_stand_before_the_others(deal: Hands) -> None:
    assert values_offered(deal.part("opportunities.stage"))[:4] == ["Prospect", "Offer", "Order", "Lost"]
    order = ProcessStage.get(ProcessStage.stage == "Order")
    processes.reorder([order.number, *(each.number for each in ProcessStage.select() if each != order)], "ADMIN")
    deal.bot.waitUntil(lambda: values_offered(deal.part("opportunities.stage"))[0] == "Order")


def test_si37_a_process_makes_names_and_weights_drop_downs(deal: Hands) -> None:
    processes.add_label(SUBJECTS, "New contract", "ADMIN")
    processes.add_label(WEIGHTS, "Hot", "ADMIN", 80)
    (standard,) = processes.every("ADMIN")
    standard.fixed_subjects = standard.fixed_weights = True
    processes.save(standard, "ADMIN")
    deal.bot.waitUntil(lambda: isinstance(deal.part("opportunities.name"), QComboBox))
    assert deal.shows("opportunities.name") == "Licenses", "an old name can be read"
    assert deal.shows("opportunities.probability") == "50 %"
    deal.choose("opportunities.name", "New contract")
    deal.choose("opportunities.probability", "Hot (80 %)")
    deal.press(KEY.Key_S, CTRL)
    deal.bot.waitUntil(lambda: Opportunity.select().where(Opportunity.name == "New contract").exists())
    assert Opportunity.get(Opportunity.name == "New contract").probability == 80
    standard.fixed_subjects = False
    processes.save(standard, "ADMIN")
    deal.bot.waitUntil(lambda: not isinstance(deal.part("opportunities.name"), QComboBox))
    assert deal.part("opportunities.name").value() == "New contract"
    deal.part("opportunities.stage").setFocus()
    deal.press(KEY.Key_Backtab)
    assert focused() == "opportunities.name", "it stands where it stood in the order of Tab"
    assert course(None).fixed_weights


def test_si37_cells_and_many_at_once_offer_the_same_labels_and_lists_say_them(deal: Hands, qtbot: Any) -> None:
    number = stored().number
    processes.add_label(SUBJECTS, "New contract", "ADMIN")
    processes.add_label(WEIGHTS, "Hot", "ADMIN", 80)
    (standard,) = processes.every("ADMIN")
    standard.fixed_subjects = standard.fixed_weights = True
    processes.save(standard, "ADMIN")
    deal.stand("accounts.opportunities", deal.row("accounts.opportunities", "name", "Licenses"), "name")
    deal.press(KEY.Key_F2)
    cell = deal.part("cell.name", QComboBox)
    assert (cell.currentText(), values_offered(cell)) == ("Licenses", ["New contract", "Licenses"])
    deal.choose("cell.name", "New contract")
    deal.press(KEY.Key_Return)
    deal.bot.waitUntil(lambda: Opportunity.find(number).name == "New contract")
    bulk_changes.set_field(Opportunity, [number], "probability", 80, "ADMIN")
    deal.go("Opportunities")
    row = deal.row("opportunities", "name", "New contract")
    deal.bot.waitUntil(lambda: deal.column("opportunities", "probability")[row] == "Hot (80 %)")
    dialog = alone(qtbot, SetFieldDialog(Opportunity, [number], by="ADMIN"))
    part(dialog, "set_field.field").setCurrentText("Name")
    value = part(dialog, "set_field.value", QComboBox)
    assert values_offered(value) == ["New contract"]
    assert not part(dialog, "set_field.set").isEnabled()
    value.setCurrentText("New contract")
    assert part(dialog, "set_field.said").text() == "Name of 1 opportunity becomes “New contract”."
    assert dialog.chosen() == ("name", "New contract")


def test_si37_a_lead_becomes_a_deal_of_one_of_the_names(deal: Hands, qtbot: Any) -> None:
    processes.add_label(SUBJECTS, "New contract", "ADMIN")
    (standard,) = processes.every("ADMIN")
    standard.fixed_subjects = True
    processes.save(standard, "ADMIN")
    lead = leads.create({"description": "Lamps"}, "ADMIN")
    convert = alone(qtbot, ConvertDialog(lead, [], "ADMIN", None))
    assert not part(convert, "convert.convert").isEnabled(), "what it is called is chosen first"
    part(convert, "convert.name", QComboBox).setCurrentText("New contract")
    assert part(convert, "convert.convert").isEnabled()
    assert (convert.chosen(), convert.name()) == (None, "New contract")
    convert.close()
    deal.go("Leads")
    deal.stand("leads", deal.row("leads", "description", "Lamps"), "description")
    deal.bot.waitUntil(deal.button("leads.convert").isEnabled)
    with deal.answering("convert.cancel") as asked:
        deal.click("leads.convert")
    assert "What is the opportunity of Lamps called?" in asked[0].words
