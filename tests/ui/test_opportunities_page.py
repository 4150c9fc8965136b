"""Opportunities inside their account: three regions, every field, what the system writes and what it never writes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from channergy_crm import clock
from channergy_crm.records import Account, Opportunity, Task
from channergy_crm.services import lookups
from tests import made
from tests.ui.gestures import values_offered
from tests.ui.hands import CTRL, KEY, Hands
from ui.screens.sales import ACCOUNT_OPPORTUNITIES

pytestmark = pytest.mark.engines("sqlite")

ACME, GRID = "Acme Books; Ann Lee", "accounts.opportunities"
MONDAY = datetime(2026, 11, 23, 10, 0)

FIELDS: dict[str, tuple[str, Any]] = {  # what is typed, and what the store then holds
    "name": ("Licenses for Zoë", "Licenses for Zoë"), "description": ("One\nTwo",) * 2,
    "lead_source": ("Trade Show", "Trade Show"), "partner": ("Northwind", "Northwind"),
    "type": ("Existing Business", "Existing Business"), "amount": ("1,234.50", 123450),
    "actual_amount": ("1,200", 120000), "budget": ("12k", 1200000),
    "cost_conscious": ("yes", True), "close_date_1": ("tomorrow", date(2026, 11, 24)),
    "close_date_2": ("12/31/2026", date(2026, 12, 31)), "closed": ("yes", True), "next_step": ("Quote", "Quote"),
    "arrival": ("12/1/2027", date(2027, 12, 1)), "departure": ("12/4/2027", date(2027, 12, 4)),
    "due": ("11/30/2027", date(2027, 11, 30)),
    "stage": ("Offer", "Offer"), "stage_duration": ("30", 30), "interest_level": ("Hot", "Hot"),
    "probability": ("75", 75), "objection": ("Too dear", "Too dear"), "outcome": ("Won", "Won"),
    "outcome_reason": ("Best price", "Best price"), "decision_maker": ("Bo Chan", "Bo Chan"),
    "updated_on": ("11/20/2026", date(2026, 11, 20)), "updated_by": ("ADMIN  Administrator", "ADMIN"),
    "owner": ("BEN  Ben Ortiz", "BEN"), "custom_1": ("A",) * 2, "custom_2": ("B",) * 2, "custom_3": ("C",) * 2,
    "custom_4": ("D",) * 2,
}  # fmt: skip
SYSTEM = {"number", "created_on", "created_by", "originating_lead", "last_activity", "imported"}
LISTS = {
    "type": ["Existing Business", "New Business"],
    "lead_source": [
        "Cold Call", "Conference", "Other", "Self Generated", "Trade Show", "Web Site", "Word of mouth",
    ],
    "interest_level": ["Hot", "Warm", "Cold"], "outcome": ["Won", "Lost"], "partner": [],
    "next_step": ["Call", "Send information", "Demo", "Quote", "Follow up", "Close"],
}  # fmt: skip


@pytest.fixture
def offer(hands: Hands, fixed_clock: datetime) -> Opportunity:
    """Two opportunities of one account; the first one is open, created ten days ago."""
    acme = made.account(ACME)
    offer = made.opportunity(
        acme, "Licenses", created_on=date(2026, 11, 13), originating_lead=7, imported="deal_id: D7"
    )
    made.opportunity(acme, "Service")
    hands.open_account(ACME, "opportunities")
    come_to(hands, "Licenses")
    return offer


def come_to(hands: Hands, name: str) -> None:
    """Choose an opportunity in the grid on the left."""
    hands.stand(GRID, hands.row(GRID, "name", name), "name")
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == name)


def unfold(hands: Hands) -> None:
    """Open the folded section of the form."""
    if not hands.part("opportunities.custom_1").isVisible():
        hands.click("opportunities.section_more")


# ---------------------------------------------------------------- the three regions (CH-84)


def test_ch84_accounts_above_opportunities_on_the_left_and_the_record_on_the_right(
    hands: Hands, offer: Opportunity
) -> None:
    window = hands.window

    def place(widget: Any) -> QPoint:
        return widget.mapTo(window, QPoint(0, 0))

    accounts, opportunities = hands.grid("accounts"), hands.grid(GRID)
    record = hands.part("opportunities.name")
    assert accounts.isVisible() and opportunities.isVisible() and record.isVisible()
    assert place(accounts).y() + accounts.height() < place(opportunities).y()
    assert place(opportunities).x() + opportunities.width() < place(record).x()
    assert sorted(hands.column(GRID, "name")) == ["Licenses", "Service"]


def test_ch84_one_account_has_several_opportunities_and_each_is_chosen_in_the_grid(
    hands: Hands, offer: Opportunity
) -> None:
    come_to(hands, "Service")
    come_to(hands, "Licenses")
    made.opportunity(made.account("Birch Toys; Bo Chan"), "Toys")
    hands.stand("accounts", hands.row("accounts", "name", "Birch Toys; Bo Chan"))
    hands.reads(GRID, "name", ["Toys"])
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Toys")


# ---------------------------------------------------------------- every field (CH-86 … CH-114)


def test_ch86_to_ch102_ch104_to_ch114_ch143_each_field_is_typed_saved_and_read_back(
    hands: Hands, offer: Opportunity
) -> None:
    made.colleague()
    lookups.add("CRMOpportunities", "Partner", "Northwind", "ADMIN")
    for field, (typed, kept) in FIELDS.items():
        unfold(hands)
        hands.fill(f"opportunities.{field}", typed)
        hands.click("accounts.opportunities.save")
        assert hands.stored(Opportunity, offer.number)[field] == kept, field
        come_to(hands, "Service")
        hands.window.session.go_to("opportunity", offer.number)
        assert hands.part(f"opportunities.{field}").value() == kept, field


def test_ch86_to_ch102_ch104_to_ch114_all_fields_are_on_the_screen_and_tested(hands: Hands) -> None:
    on_screen = {name for section in ACCOUNT_OPPORTUNITIES.sections for name in section.fields}
    tested = set(FIELDS) | SYSTEM
    assert on_screen == tested | {"project", "campaign"} == set(Opportunity.kinds()) - {"account", "stage_since"}
    for name in on_screen:
        assert hands.part(f"opportunities.{name}").accessibleName() == Opportunity.kind(name).label


def test_ch86_ch87_ch88_ch89_ch92_what_the_system_writes_is_shown_and_cannot_be_typed(
    hands: Hands, offer: Opportunity
) -> None:
    shown = {
        "number": str(offer.number), "created_on": "Fri 11/13/2026", "created_by": "ADMIN", "originating_lead": "7",
        "last_activity": "Mon 11/23/2026 10:00", "imported": "deal_id: D7",
    }  # fmt: skip
    assert set(shown) == SYSTEM
    for field, text in shown.items():
        editor = hands.part(f"opportunities.{field}")
        assert editor.text() == text
        editor.setFocus()
        hands.type("9")
        assert editor.text() == text, field
        assert not hands.button("accounts.opportunities.save").isEnabled(), field


def test_ch95_ch96_ch97_ch105_ch108_ch111_the_drop_downs_hold_exactly_the_default_lists(
    hands: Hands, offer: Opportunity
) -> None:
    for field, values in LISTS.items():
        assert values_offered(hands.part(f"opportunities.{field}")) == values, field


def test_ch97_a_retired_value_stays_readable_where_it_is_used_and_is_offered_no_more(
    hands: Hands, offer: Opportunity
) -> None:
    hands.fill("opportunities.type", "New Business")
    hands.click("accounts.opportunities.save")
    types = lookups.entries("CRMOpportunities", "Type", "ADMIN")
    entry = next(entry for entry in types if entry.value == "New Business")
    entry.retired = True
    lookups.save(entry, "ADMIN")
    assert hands.part("opportunities.type").currentText() == "New Business"
    come_to(hands, "Service")
    assert values_offered(hands.part("opportunities.type")) == ["Existing Business"]


def test_ch96_a_value_is_added_from_the_drop_down_itself(hands: Hands, offer: Opportunity) -> None:
    editor = hands.part("opportunities.partner")
    with hands.answering(text="Northwind"):
        editor.setCurrentIndex(editor.count() - 1)
    hands.click("accounts.opportunities.save")
    assert hands.stored(Opportunity, offer.number)["partner"] == "Northwind"


def test_ch98_ch99_money_is_read_in_several_spellings_and_kept_in_cents(hands: Hands, offer: Opportunity) -> None:
    spellings = {"1234.5": 123450, "$ 900": 90000, "1,234.50": 123450, "12k": 1200000, "1.234,50": 123450, "0": 0}
    for typed, cents in spellings.items():
        for field in ("amount", "budget"):
            hands.fill(f"opportunities.{field}", typed)
        hands.click("accounts.opportunities.save")
        kept = hands.stored(Opportunity, offer.number)
        assert (kept["amount"], kept["budget"]) == (cents, cents), typed
        assert hands.part("opportunities.amount").text() == f"{cents / 100:,.2f}"


def test_ch109_a_percentage_outside_0_to_100_is_refused_beside_its_field(hands: Hands, offer: Opportunity) -> None:
    for typed in ("101", "-1", "half"):
        hands.fill("opportunities.probability", typed)
        said = {
            "half": "Probability % takes a whole number from 0 to 100, not “half”.",
        }.get(typed, "Probability % takes a number from 0 to 100.")
        assert hands.beside("opportunities.probability") == said
        assert hands.part("opportunities.probability").text() == typed
        hands.click("accounts.opportunities.save")
        assert hands.stored(Opportunity, offer.number)["probability"] is None
    for good, kept in (("0", 0), ("100 %", 100), ("", None)):
        hands.fill("opportunities.probability", good)
        assert hands.beside("opportunities.probability") == ""
        if hands.button("accounts.opportunities.save").isEnabled():
            hands.click("accounts.opportunities.save")
        assert hands.stored(Opportunity, offer.number)["probability"] == kept


# ---------------------------------------------------------------- who writes what (CH-90, CH-91, CH-92, CH-103; K7)


def test_ch90_ch91_k7_last_update_dt_and_id_are_the_operators_own_and_never_written_by_the_program(
    hands: Hands, offer: Opportunity
) -> None:
    def pair() -> tuple[Any, Any]:
        kept = hands.stored(Opportunity, offer.number)
        return kept["updated_on"], kept["updated_by"]

    assert pair() == (None, None)
    hands.fill("opportunities.name", "Licenses II")
    hands.click("accounts.opportunities.save")
    assert pair() == (None, None)
    hands.fill("opportunities.updated_on", "11/02/2026")
    hands.fill("opportunities.updated_by", "ADMIN  Administrator")
    hands.click("accounts.opportunities.save")
    mine = (date(2026, 11, 2), "ADMIN")
    assert pair() == mine
    hands.fill("opportunities.amount", "5")
    hands.click("accounts.opportunities.save")
    assert pair() == mine
    hands.click("accounts.opportunities.create_task")
    hands.window.session.undo()
    hands.window.session.undo()
    assert pair() == mine


def test_ch92_last_activity_dt_is_written_by_the_system_at_every_save(hands: Hands, offer: Opportunity) -> None:
    assert hands.stored(Opportunity, offer.number)["last_activity"] == MONDAY
    later = datetime(2026, 11, 24, 16, 30)
    with clock.fixed(later):
        hands.fill("opportunities.amount", "5")
        hands.click("accounts.opportunities.save")
    assert hands.stored(Opportunity, offer.number)["last_activity"] == later
    assert hands.part("opportunities.last_activity").text() == "Tue 11/24/2026 16:30"


def test_ch103_the_age_is_counted_in_days_from_create_dt(hands: Hands, offer: Opportunity) -> None:
    hands.go("opportunities")
    hands.reads("opportunities", "name", ["Service", "Licenses"])
    assert hands.column("opportunities", "age") == ["0", "10"]
    with clock.fixed(datetime(2026, 11, 25, 0, 5)):
        assert Opportunity.find(offer.number).age == 12


def test_ch103_sorting_by_age_puts_the_youngest_first(hands: Hands, offer: Opportunity) -> None:
    hands.go("opportunities")
    hands.bot.waitUntil(lambda: len(hands.column("opportunities", "age")) == 2)
    header = hands.grid("opportunities").horizontalHeader()
    for ages in (["0", "10"], ["10", "0"]):
        header.sectionClicked.emit(hands.grid("opportunities").model().columns.index("age"))
        hands.reads("opportunities", "age", ages)


# ---------------------------------------------------------------- the buttons (CH-115 … CH-118)


def test_ch115_vt166_ch87_ch88_create_opportunity_makes_one_for_the_selected_account_without_a_lead(
    hands: Hands, offer: Opportunity
) -> None:
    hands.click("accounts.opportunities.create")
    assert QApplication.focusWidget().objectName() == "opportunities.name"
    hands.type("Second license")
    hands.press(KEY.Key_S, CTRL)
    hands.bot.waitUntil(lambda: "Second license" in hands.column(GRID, "name"))
    kept = hands.stored(Opportunity, max(one.number for one in Opportunity.select()))
    assert kept["account"] == offer.account
    assert (kept["created_on"], kept["created_by"], kept["owner"]) == (MONDAY.date(), "ADMIN", "ADMIN")
    assert (kept["originating_lead"], kept["name"]) == (None, "Second license")


def test_ch93_ch115_an_opportunity_without_a_name_is_not_saved(hands: Hands, offer: Opportunity) -> None:
    hands.click("accounts.opportunities.create")
    hands.click("accounts.opportunities.save")
    assert hands.beside("opportunities.name") == "Name is required."
    assert Opportunity.select().count() == 2


def test_ch116_ctrl_s_saves_from_the_form_and_from_the_grid(hands: Hands, offer: Opportunity) -> None:
    hands.fill("opportunities.amount", "5")
    hands.press(KEY.Key_S, CTRL)
    assert hands.stored(Opportunity, offer.number)["amount"] == 500
    hands.fill("opportunities.amount", "6")
    hands.grid(GRID).setFocus()
    hands.press(KEY.Key_S, CTRL)
    assert hands.stored(Opportunity, offer.number)["amount"] == 600
    assert hands.said() == "Opportunity Licenses saved."
    hands.click("notices.undo")
    assert hands.stored(Opportunity, offer.number)["amount"] == 500
    hands.bot.waitUntil(lambda: hands.part("opportunities.amount").value() == 500)


def test_ch117_cancel_gives_up_what_was_typed_and_offers_it_back(hands: Hands, offer: Opportunity) -> None:
    hands.fill("opportunities.amount", "5")
    hands.click("accounts.opportunities.cancel")
    assert hands.part("opportunities.amount").value() is None
    hands.click("notices.action")
    assert hands.part("opportunities.amount").value() == 500
    assert hands.stored(Opportunity, offer.number)["amount"] is None


def test_ch117_cancelling_a_new_one_goes_back_to_the_one_before_and_a_click_on_it_does_too(
    hands: Hands, offer: Opportunity
) -> None:
    hands.click("accounts.opportunities.create")
    hands.type("Half")
    hands.click("accounts.opportunities.cancel")
    assert hands.part("opportunities.name").value() == "Licenses"
    hands.click("notices.action")
    assert hands.part("opportunities.name").value() == "Half"
    hands.click_row(GRID, hands.column(GRID, "name").index("Licenses"), "name")
    assert hands.said() == "Opportunity Half created."
    assert hands.part("opportunities.name").value() == "Licenses"
    assert Opportunity.select().count() == 3


def test_ch118_create_task_makes_a_task_of_the_opportunity_and_goes_to_it(hands: Hands, offer: Opportunity) -> None:
    hands.fill("opportunities.amount", "5")
    hands.click("accounts.opportunities.create_task")
    assert hands.where() == ("accounts", "tasks")
    kept = hands.stored(Task, Task.get().number)
    account = Account.find(offer.account)
    assert (kept["opportunity"], kept["account"], kept["customer"]) == (
        offer.number, account.number, account.customer,
    )  # fmt: skip
    assert (kept["owner"], kept["is_crm"], kept["closed"]) == ("ADMIN", True, False)
    assert kept["created_on"] == MONDAY
    assert hands.column("accounts.tasks", "action") == ["Follow up: Licenses"]
    assert hands.grid("accounts.tasks").currentIndex().row() == 0
    assert hands.stored(Opportunity, offer.number)["amount"] == 500
    hands.fill_cell("accounts.tasks", 0, "action", "Send the quote")
    assert hands.stored(Task, kept["number"])["action"] == "Send the quote"


def test_ch118_ctrl_t_does_the_same_and_an_unsaved_opportunity_says_what_to_do_first(
    hands: Hands, offer: Opportunity
) -> None:
    hands.click("accounts.opportunities.create")
    button = hands.button("accounts.opportunities.create_task")
    assert not button.isEnabled() and button.toolTip() == "Save the opportunity first."
    hands.click("accounts.opportunities.cancel")
    hands.grid(GRID).setFocus()
    hands.press(KEY.Key_T, CTRL)
    assert hands.where() == ("accounts", "tasks")
    assert Task.get().opportunity == offer.number
