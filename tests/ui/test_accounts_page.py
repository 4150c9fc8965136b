"""The Accounts page under real hands: list above, record below, every field of the account and of its customer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget

from channergy_crm.records import Account, Customer
from channergy_crm.services import lookups, saving
from tests import made
from tests.ui.gestures import values_offered
from tests.ui.hands import CTRL, KEY, Hands, company
from ui.screens.people import ACCOUNTS, CUSTOMERS

ACME, BIRCH = "Acme Books; Ann Lee", "Birch Toys; Bo Chan"

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain
ACCOUNT_TYPES = ["Customer", "Inquiry", "Mailing", "Ordering", "Other", "Prospect"]
INDUSTRIES = [
    "Chemicals", "Consulting", "Education", "Entertainment", "Food & Beverage", "Healthcare", "Manufacturing",
    "Media", "Other", "Retail", "Shipping", "Technology", "Utilities",
]  # fmt: skip

ACCOUNT_FIELDS = {  # what is typed, and what the store then holds
    "name": ("Acme Books & Maps; Ann Lee", "Acme Books & Maps; Ann Lee"),
    "description": ("Sells “maps”, 100 % paper", "Sells “maps”, 100 % paper"),
    "type": ("Prospect", "Prospect"), "industry": ("Food & Beverage", "Food & Beverage"),
    "employees": ("1,200", 1200), "annual_revenue": ("1,234.50", 123450), "order_volume": ("2500", 2500),
    "previous_system": ("Paper", "Paper"), "owner": ("ADMIN  Administrator", "ADMIN"),
    "phone": ("(504) 621-8927", "(504) 621-8927"), "fax": ("504-621-0001", "504-621-0001"),
    "more_phones": ("Mobile: 512-555-0142",) * 2,
    "email": ("ann@acme.example", "ann@acme.example"), "website": ("www.acme.example", "www.acme.example"),
    "other_phone": ("504-845-1427",) * 2, "bill_address": ("1 Main St",) * 2, "bill_city": ("New Orleans",) * 2,
    "bill_state": ("LA",) * 2, "bill_postal_code": ("70116",) * 2, "bill_country": ("USA",) * 2,
}  # fmt: skip
CUSTOMER_FIELDS = {
    "company": ("Acme Books, Inc.", "Acme Books, Inc."), "first_name": ("Zoë", "Zoë"), "last_name": ("O'Neill",) * 2,
    "address": ("1 Main St", "1 Main St"), "city": ("New Orleans", "New Orleans"), "state": ("LA", "LA"),
    "postal_code": ("70116", "70116"), "country": ("USA", "USA"), "phone": ("504-621-8927",) * 2,
    "other_phone": ("504-845-1427",) * 2, "fax": ("504-621-0001",) * 2, "more_phones": ("Mobile: 512-555-0142",) * 2,
    "email": ("zoe@acme.example",) * 2,
    "website": ("www.acme.example",) * 2, "notes": ("First line\nSecond line", "First line\nSecond line"),
}  # fmt: skip
SYSTEM = {
    "accounts": {"number", "customer", "originating_lead", "imported"},
    "customers": {"number", "created_on", "imported", "do_not_call", "sms_opt_out"},  # ticks: with contacts
}


def fields_of(screen):
    """The fields of a screen that can be typed into, in their order; in an office without projects."""
    names = [name for section in screen.sections for name in section.fields]
    return [name for name in names if name not in {*SYSTEM[screen.name], "project"}]


@pytest.fixture
def acme(hands: Hands) -> Account:
    """Two accounts, the first one open."""
    acme = made.account(ACME)
    made.account(BIRCH)
    hands.open_account(ACME)
    return acme


# ---------------------------------------------------------------- the layout (CH-47 … CH-50, CH-54)


def test_ch47_to_ch50_the_list_is_above_the_record_and_account_information_comes_first(hands: Hands) -> None:
    made.account(ACME)
    hands.go("accounts")
    hands.reads("accounts", "name", [ACME])
    grid, parts = hands.grid("accounts"), hands.part("accounts.tabs", QTabWidget)
    hands.bot.waitUntil(lambda: hands.part("accounts.summary_name", QLabel).text() == company(ACME))
    assert parts.tabText(parts.currentIndex()) == "Account Information"
    assert [parts.tabText(place) for place in range(parts.count())] == [
        "Account Information", "Customer Information", "Contacts", "Opportunities", "Tasks",
    ]  # fmt: skip
    window = hands.window
    assert grid.mapTo(window, grid.rect().bottomLeft()).y() < parts.mapTo(window, QPoint(0, 0)).y()
    assert grid.isVisible() and hands.part("accounts.name").isVisible()
    parts.setCurrentIndex(2)
    hands.part("accounts.summary").opened.emit("name")
    assert parts.currentIndex() == 0 and hands.part("accounts.name").hasFocus(), "a fact leads to its field"


def test_ch48_ch49_moving_in_the_list_changes_the_record(hands: Hands, acme: Account) -> None:
    hands.press(KEY.Key_Down)
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == BIRCH)
    hands.press(KEY.Key_Up)
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == ACME)


def test_ch48_the_list_finds_an_account_by_any_word_or_digits_and_the_record_follows(hands: Hands) -> None:
    for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        made.account(f"Company {letter * 3}; Ann Lee", phone=f"504-621-89{number:02}")
    hands.go("accounts")
    hands.bot.waitUntil(lambda: hands.rows("accounts") == 26)
    hands.press(KEY.Key_F, CTRL)
    hands.type("lee company qqq")
    hands.reads("accounts", "name", ["Company QQQ; Ann Lee"])
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == "Company QQQ; Ann Lee")
    hands.press(KEY.Key_A, CTRL)
    hands.type("621-8922")
    hands.reads("accounts", "name", ["Company WWW; Ann Lee"])


def test_ch48_an_account_with_unsaved_input_stays_open_while_the_list_is_filtered(hands: Hands, acme: Account) -> None:
    hands.fill("accounts.description", "half typed")
    hands.part("accounts.search").setFocus()
    hands.type("birch")
    hands.reads("accounts", "name", [BIRCH], stands=False)
    hands.bot.waitUntil(lambda: not hands.grid("accounts").currentIndex().isValid())
    assert hands.part("accounts.name").value() == ACME
    hands.click_row("accounts", 0, "name")
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == BIRCH)
    assert hands.stored(Account, acme.number)["description"] == "half typed"
    assert hands.part("accounts.search").text() == "birch", "what is looked for stays, too"


def test_ch51_only_the_operators_own_accounts_are_listed_and_the_drop_down_changes_whose(hands: Hands) -> None:
    ben = made.colleague()
    made.account(ACME)
    made.account(BIRCH, ben)
    hands.go("accounts")
    hands.reads("accounts", "name", [ACME])
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == ACME)
    operator = hands.part("main.operator")
    operator.setCurrentIndex(operator.findData(ben))
    hands.reads("accounts", "name", [BIRCH])
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == BIRCH)


def test_ch47_without_an_account_everything_says_so_and_nothing_breaks(hands: Hands) -> None:
    hands.go("accounts")
    hands.bot.waitUntil(lambda: hands.part("accounts.empty", QLabel).isVisible())
    assert "No accounts yet" in hands.part("accounts.empty", QLabel).text()
    assert hands.part("accounts.summary_name", QLabel).text() == "No account is open."
    for name in ("open_lead", "create_lead"):
        verb = hands.part(f"accounts.{name}")
        assert (verb.isEnabled(), verb.toolTip()) == (False, "Choose a record in the list first.")
    for part, button in (("contacts", "create"), ("opportunities", "create"), ("tasks", "create")):
        hands.go("accounts", part)
        add = hands.part(f"accounts.{part}.{button}")
        assert (add.isEnabled(), add.toolTip()) == (False, "Choose an account in the list first.")


def test_enter_in_the_list_goes_on_in_the_part_that_is_open(hands: Hands, acme: Account) -> None:
    entered = {
        "information": "accounts.name", "customer": "customers.company", "contacts": "accounts.contacts.grid",
        "opportunities": "accounts.opportunities.grid", "tasks": "accounts.tasks.grid",
    }  # fmt: skip
    made.contact(acme, "Ann")
    made.opportunity(acme, "Licenses")
    made.task(acme, "Call")
    for part, name in entered.items():
        hands.go("accounts", part)
        hands.stand("accounts", 0)
        hands.press(KEY.Key_Return)
        assert QApplication.focusWidget().objectName() == name


# ---------------------------------------------------------------- every field (CH-54 … CH-69, CH-72)


def test_ch55_to_ch69_each_field_of_the_account_is_typed_saved_and_read_back(hands: Hands, acme: Account) -> None:
    lookups.add("CRMAccounts", "PreviousSystem", "Paper", "ADMIN")
    made.colleague()
    saving.save(_owned(acme, "BEN"), "ADMIN")
    hands.window.session.go_to("account", acme.number)
    for field in fields_of(ACCOUNTS):
        typed, kept = ACCOUNT_FIELDS[field]
        hands.fill(f"accounts.{field}", typed)
        hands.click("accounts.save")
        assert hands.stored(Account, acme.number)[field] == kept, field
        assert not hands.button("accounts.save").isEnabled(), field
    _reopened(hands, acme.number)
    for field in fields_of(ACCOUNTS):
        assert hands.part(f"accounts.{field}").value() == ACCOUNT_FIELDS[field][1], field


def _owned(account: Account, owner: str) -> Account:
    account.owner = owner
    return account


def _reopened(hands: Hands, number: int) -> None:
    """Away from the account and back to it."""
    hands.window.session.go_to("account", made.account("Zz").number)
    hands.bot.waitUntil(lambda: hands.part("accounts.name").value() == "Zz")
    hands.window.session.go_to("account", number)


def test_ch55_to_ch69_all_fields_of_the_account_are_on_the_screen_and_tested(hands: Hands) -> None:
    on_screen = {name for section in ACCOUNTS.sections for name in section.fields}
    assert on_screen == set(ACCOUNT_FIELDS) | SYSTEM["accounts"] | {"project"} == set(Account.kinds())
    for name in on_screen - {"project"}:
        assert hands.part(f"accounts.{name}").accessibleName() == Account.kind(name).label


@pytest.mark.parametrize("field", sorted(SYSTEM["accounts"]))
def test_ch55_ch56_ch57_the_numbers_are_shown_and_cannot_be_typed_over(hands: Hands, field: str) -> None:
    account = made.account(ACME, originating_lead=77)
    hands.open_account(ACME)
    editor = hands.part(f"accounts.{field}")
    assert editor.text() == str(getattr(account, field))
    editor.setFocus()
    hands.type("9")
    assert editor.text() == str(getattr(account, field))
    assert not hands.button("accounts.save").isEnabled()


def test_ch71_ch72_each_field_of_the_customer_is_edited_in_its_own_layout(hands: Hands, acme: Account) -> None:
    hands.go("accounts", "customer")
    assert hands.part("customers.company").value() == ACME
    for field in fields_of(CUSTOMERS):
        typed, kept = CUSTOMER_FIELDS[field]
        hands.fill(f"customers.{field}", typed)
        hands.click("accounts.customer.save")
        assert hands.stored(Customer, acme.customer)[field] == kept
        assert hands.stored(Account, acme.number)["name"] == ACME
        _reopened(hands, acme.number)
        hands.go("accounts", "customer")
        assert hands.part(f"customers.{field}").value() == kept


def test_ch71_all_fields_of_the_customer_are_on_the_screen_and_tested(hands: Hands) -> None:
    on_screen = {name for section in CUSTOMERS.sections for name in section.fields}
    assert on_screen == set(CUSTOMER_FIELDS) | SYSTEM["customers"] == set(Customer.kinds())


def test_ch56_ch142_the_first_customer_information_of_an_account_gives_it_its_customer(hands: Hands) -> None:
    account = made.account(ACME, with_customer=False)
    hands.open_account(ACME, "customer")
    hands.fill("customers.company", "Acme")
    hands.click("accounts.customer.save")
    number = hands.stored(Account, account.number)["customer"]
    assert hands.stored(Customer, number)["company"] == "Acme"
    hands.go("accounts", "information")
    assert hands.part("accounts.customer").text() == str(number)
    hands.go("accounts", "contacts")
    hands.click("accounts.contacts.create")
    assert hands.column("accounts.contacts", "customer") == [str(number)]


# ---------------------------------------------------------------- the lists behind the drop-downs (CH-60, CH-61, CH-65)


def test_ch60_ch61_the_drop_downs_hold_exactly_the_default_lists(hands: Hands, acme: Account) -> None:
    assert values_offered(hands.part("accounts.type")) == ACCOUNT_TYPES
    assert values_offered(hands.part("accounts.industry")) == INDUSTRIES
    assert values_offered(hands.part("accounts.previous_system")) == []


def test_ch60_a_retired_value_is_offered_no_more_but_stays_readable_where_it_is_used(hands: Hands) -> None:
    account = made.account(ACME, type="Mailing")
    mailing = next(entry for entry in lookups.entries("CRMAccounts", "Type", "ADMIN") if entry.value == "Mailing")
    hands.open_account(ACME)
    mailing.retired = True
    lookups.save(mailing, "ADMIN")
    assert hands.part("accounts.type").currentText() == "Mailing"
    hands.reads("accounts", "type", ["Mailing"])
    hands.fill("accounts.description", "touched")
    hands.click("accounts.save")
    assert hands.stored(Account, account.number)["type"] == "Mailing"
    hands.fill("accounts.type", "Other")
    hands.click("accounts.save")
    assert "Mailing" not in values_offered(hands.part("accounts.type"))


def test_ch65_a_value_is_added_from_the_drop_down_itself(hands: Hands, acme: Account) -> None:
    editor = hands.part("accounts.previous_system")
    assert editor.itemText(editor.count() - 1) == "Add a value…"
    with hands.answering(text="Shoe box"):
        editor.setCurrentIndex(editor.count() - 1)
    assert editor.currentText() == "Shoe box"
    hands.click("accounts.save")
    assert hands.stored(Account, acme.number)["previous_system"] == "Shoe box"
    assert values_offered(editor) == ["Shoe box"]


# ---------------------------------------------------------------- wrong values, Save, Cancel, Undo


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("employees", "many", "Employees takes a whole number such as 1,234, not “many”."),
        ("employees", "-3", "Employees takes a number from 0 to 2,000,000,000."),
        ("annual_revenue", "a lot", "Annual Revenue takes a number such as 1,234.56, not “a lot”."),
        ("name", "", "Account Name is required."),
    ],
)
def test_ch58_ch62_ch63_a_wrong_value_is_said_under_its_field_and_not_saved(
    hands: Hands, acme: Account, field: str, typed: str, sentence: str
) -> None:
    hands.fill(f"accounts.{field}", typed)
    assert hands.beside(f"accounts.{field}") == sentence
    assert hands.part(f"accounts.{field}").text() == typed
    hands.click("accounts.save")
    assert hands.stored(Account, acme.number)[field] == getattr(acme, field)
    hands.press(KEY.Key_Escape)
    assert not hands.button("accounts.save").isEnabled()


def test_ch49_cancel_brings_back_what_was_and_offers_what_was_typed(hands: Hands, acme: Account) -> None:
    hands.fill("accounts.description", "half a thought")
    hands.click("accounts.cancel")
    assert hands.part("accounts.description").value() == ""
    assert hands.said() == "Changes cancelled."
    hands.click("notices.action")
    assert hands.part("accounts.description").value() == "half a thought"


def test_ch49_a_saved_change_is_taken_back_by_ctrl_z(hands: Hands, acme: Account) -> None:
    hands.fill("accounts.description", "wrong")
    hands.part("accounts.name").setFocus()
    hands.press(KEY.Key_S, CTRL)
    assert hands.stored(Account, acme.number)["description"] == "wrong"
    hands.grid("accounts").setFocus()
    hands.press(KEY.Key_Z, CTRL)
    hands.bot.waitUntil(lambda: hands.part("accounts.description").value() == "")
    assert hands.stored(Account, acme.number)["description"] == ""


def test_ch70_dial_phone_dials_the_accounts_number_from_button_key_and_menu(hands: Hands) -> None:
    made.account(ACME, phone="(504) 621-8927")
    made.account(BIRCH)
    hands.open_account(ACME)
    spoken = "The number +15046218927 is on the clipboard."
    presses = [
        lambda: hands.click("accounts.dial"),
        lambda: (hands.grid("accounts").setFocus(), hands.press(KEY.Key_F9)),
        lambda: (hands.part("accounts.email").setFocus(), hands.press(KEY.Key_F9)),
        lambda: hands.pick(hands.menu("accounts", 0, "name"), "Dial Phone"),
    ]
    for press in presses:
        hands.window.notices.dismiss()
        press()
        hands.bot.waitUntil(lambda: hands.said() == spoken)
    hands.stand("accounts", 1)
    hands.bot.waitUntil(lambda: not hands.button("accounts.dial").isEnabled())
    assert hands.button("accounts.dial").toolTip() == "There is no phone number to dial."
