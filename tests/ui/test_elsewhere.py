"""What other windows and programs do is seen here within two seconds, without F5 (F-8)."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from channergy_crm.records import Lead, ListView
from channergy_crm.records.edited import EditedRow
from channergy_crm.services import custom_fields, editing, hand_lists, leads, operators, views
from channergy_crm.store import database
from tests import another
from tests.domain.test_elsewhere import suite
from tests.ui.gestures import titles
from tests.ui.hands import CTRL, KEY, SHIFT, opened
from tests.ui.two_leads import come_to_two_leads, typed
from ui.lists.view_bar import ViewBar
from ui.setup.lookups_dialog import LookupsDialog
from ui.setup.operators_dialog import OperatorsDialog

SOON_MS = 2000


@pytest.fixture
def hands(qtbot, database_url):
    """The window of a new office with two leads, at its Leads; the newer one, Bob, is open."""
    with opened(qtbot, database_url) as hands:
        operators.add("BEN", "Ben Ode", "ADMIN")
        come_to_two_leads(hands)
        yield hands


@pytest.fixture
def there(hands, database_url, tmp_path):
    """Another window of the same office."""
    with another.window(database_url, tmp_path / "there") as there:
        there.does("1")  # it is open
        yield there


def soon(hands, what):
    """Within two seconds this is so."""
    hands.bot.waitUntil(what, timeout=SOON_MS)


def changes(name, by, values):
    """How another window says that it saves these values into a lead."""
    told = f"[setattr(lead, name, value) for name, value in dict({values}).items()]"
    return f"(lambda lead: ({told}, leads.save(lead, '{by}')))(Lead.find({number(name)}))"


def number(name):
    return Lead.get(Lead.first_name == name).number


def test_f8_a_lead_made_elsewhere_is_in_the_list(hands, there):
    there.does("leads.create({'description': 'New', 'first_name': 'Cleo', 'owner': 'ADMIN'}, 'BEN')")
    soon(hands, lambda: "Cleo" in hands.column("leads", "First Name"))
    assert typed(hands, "first_name") == "Bob"


# ---------------------------------------------------------------- lists, and everything around them


def test_f8_lookups_operators_views_settings_and_fields_follow(hands, there):
    there.does("lookups.add('CRMLeads', 'CallStatus', 'Fair 2026', 'ADMIN')")
    source = hands.part("leads.call_status")
    soon(hands, lambda: source.findData("Fair 2026") >= 0)
    there.does("operators.add('CLEO', 'Cleo Fox', 'ADMIN')")
    soon(hands, lambda: hands.part("main.operator").findData("CLEO") >= 0)
    there.does("office.choose(settings.OFFICE_NAME, 'Fair & Co', 'ADMIN')")
    soon(hands, lambda: hands.part("main.office").text() == "Fair & Co" in hands.window.windowTitle())
    there.does("office.choose(settings.REGION, 'DE', 'ADMIN')")
    soon(hands, lambda: database.region() == "DE")
    there.does("custom_fields.add(Lead, 'Shoe size', 'text', 'ADMIN')")
    soon(hands, lambda: "custom_shoe_size" in hands.window._pages[1].panel.form.rows)
    view = "ListView(screen='leads', owner='ADMIN', name='Bobs', filter_text='bob', pinned=True)"
    there.does(f"views.save({view}, Lead, 'ADMIN')")
    bar = hands.window._pages[1].findChild(ViewBar)
    soon(hands, lambda: any(chip.text().startswith("Bobs") for chip in bar._chips.values()))


def test_f8_counts_follow(hands, there):
    tabs = hands.part("main.tabs")
    before = titles(tabs)[0]
    there.does(changes("Ann", "ADMIN", "reminder_date=lead.created_on.date()"))
    soon(hands, lambda: titles(tabs)[0] != before)


def test_f8_a_list_keeps_its_place_and_the_keyboard_stays_where_it_is(hands, there):
    for n in range(60):
        leads.create({"description": f"Lead {n}", "first_name": f"N{n:02}"}, "ADMIN")
    hands.bot.waitUntil(lambda: hands.rows("leads") == 62)
    hands.stand("leads", 40)
    grid, bar = hands.grid("leads"), hands.grid("leads").verticalScrollBar()
    bar.setValue(20)
    first, standing = top_row(hands), hands.part("leads.list").current()
    search = hands.part("leads.search")
    search.setFocus()
    there.does("leads.create({'description': 'New', 'first_name': 'Cleo', 'owner': 'ADMIN'}, 'BEN')")
    soon(hands, lambda: hands.rows("leads") == 63)
    assert top_row(hands) == first and hands.part("leads.list").current() == standing
    bar.setValue(0)
    grid.setCurrentIndex(grid.model().index(62, grid.currentIndex().column()))
    bar.setValue(0)
    standing = hands.part("leads.list").current()
    there.does("leads.create({'description': 'New', 'first_name': 'Dora', 'owner': 'ADMIN'}, 'BEN')")
    soon(hands, lambda: hands.rows("leads") == 64)
    assert (bar.value(), hands.part("leads.list").current()) == (0, standing)
    assert hands.window.focusWidget() is search


def top_row(hands):
    grid = hands.grid("leads")
    return grid.model().key(grid.verticalScrollBar().value())


def test_f8_what_another_program_writes_is_seen_though_no_journal_tells(hands, database_url):
    with suite(database_url) as write:
        write("""UPDATE "CRMLeads" SET "Company" = 'Acme Inc' WHERE "FirstName" = 'Bob'""")
    soon(hands, lambda: hands.column("leads", "Company")[0] == "Acme Inc" == typed(hands, "company"))


def test_f8_a_program_that_writes_again_and_again_is_seen_in_time_each_time(hands, database_url):
    with suite(database_url) as write:
        for name in ("One", "Two", "Three"):
            write(f"""UPDATE "CRMLeads" SET "Company" = '{name}' WHERE "FirstName" = 'Bob'""")
            soon(hands, lambda name=name: hands.column("leads", "Company")[0] == name)


@pytest.mark.engines("postgres")
def test_f8_nothing_is_missed_when_the_server_has_ended_all_connections(hands, database_url):
    heard = []
    hands.window.session.others.heard.connect(heard.append)
    with suite(database_url) as write:
        write("""SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()""")
        write("""UPDATE "CRMLeads" SET "Company" = 'Acme Inc' WHERE "FirstName" = 'Bob'""")
    hands.bot.waitUntil(lambda: hands.column("leads", "Company")[0] == "Acme Inc", timeout=3 * SOON_MS)
    assert typed(hands, "company") == "Acme Inc" and len(heard) == 1


def test_f8_four_windows_see_one_another(hands, database_url, tmp_path):
    with ExitStack() as windows:
        others = [windows.enter_context(another.window(database_url, tmp_path / name)) for name in ("a", "b", "c")]
        for number, other in enumerate(others):
            other.does(f"leads.create({{'description': 'New', 'first_name': 'N{number}'}}, 'ADMIN')")
        soon(hands, lambda: {"N0", "N1", "N2"} <= set(hands.column("leads", "First Name")))
        for number, other in enumerate(others):
            other.does(changes(f"N{number}", "ADMIN", f"company='Of {number}'"))
        soon(hands, lambda: {"Of 0", "Of 1", "Of 2"} <= set(hands.column("leads", "Company")))


def test_f8_what_is_done_here_is_not_heard_again(hands):
    heard = []
    hands.window.session.others.heard.connect(heard.append)
    for n in range(5):
        leads.create({"description": f"Lead {n}"}, "ADMIN")
    hands.bot.wait(1300)
    assert heard == []


def test_f8_a_filter_by_list_and_the_number_on_its_view_follow(hands, there):
    ann, bob = number("Ann"), number("Bob")
    hand_lists.put_on(Lead, [ann], "Fair", "ADMIN")
    views.save(
        ListView(screen="leads", owner="ADMIN", name="Fair", filter_text="list:fair", pinned=True), Lead, "ADMIN"
    )
    chips = hands.window._pages[1].findChild(ViewBar)._chips
    hands.part("leads.search").setText("list:fair")
    hands.reads("leads", "First Name", ["Ann"])
    there.does(f"hand_lists.put_on(Lead, [{bob}], 'Fair', 'ADMIN')")
    soon(hands, lambda: sorted(hands.column("leads", "First Name")) == ["Ann", "Bob"])
    soon(hands, lambda: any(chip.text() == "Fair  2" for chip in chips.values()))
    there.does(f"hand_lists.take_off(Lead, [{ann}], 'Fair', 'ADMIN')")
    soon(hands, lambda: hands.column("leads", "First Name") == ["Bob"])


# ---------------------------------------------------------------- dialogs that are open


@pytest.fixture
def lookups_grid(hands):
    """The lists of the office, open at the call statuses of leads."""
    session = hands.window.session
    dialog = LookupsDialog(session.station, "ADMIN", hands.window, "CRMLeads", "CallStatus", office=session.office)
    dialog.open()
    yield hands.part("lookups.grid")
    dialog.reject()
    dialog.deleteLater()


def shown(grid):
    """The values of the list that is open."""
    return [entry.value for entry in grid.model().rows]


def test_f8_the_lists_that_are_being_edited_follow_and_keep_their_place(hands, there, lookups_grid):
    there.does("lookups.add('CRMLeads', 'CallStatus', 'Fair 2026', 'ADMIN')")
    soon(hands, lambda: "Fair 2026" in shown(lookups_grid))
    lookups_grid.go_to(lookups_grid.model().rows[2].key, 1)
    held = lookups_grid.current().value
    there.does("lookups.add('CRMLeads', 'CallStatus', 'Fair 2027', 'ADMIN')")
    soon(hands, lambda: "Fair 2027" in shown(lookups_grid))
    assert (lookups_grid.current().value, lookups_grid.currentIndex().column()) == (held, 1)


def test_f8_a_cell_that_is_being_typed_into_is_left_alone_until_it_is_left(hands, there, lookups_grid):
    lookups_grid.go_to(lookups_grid.model().rows[1].key, 1)
    lookups_grid.edit(lookups_grid.currentIndex())
    line = lookups_grid.findChild(QLineEdit)
    line.setText("What is being typed")
    there.does("lookups.add('CRMLeads', 'CallStatus', 'Fair 2026', 'ADMIN')")
    soon(hands, lambda: hands.part("leads.call_status").findData("Fair 2026") >= 0)  # it was heard
    assert line.isVisible() and line.text() == "What is being typed" and "Fair 2026" not in shown(lookups_grid)
    hands.bot.keyClick(line, KEY.Key_Return)
    soon(hands, lambda: "Fair 2026" in shown(lookups_grid))
    assert lookups_grid.model().rows[1].description == "What is being typed"


def test_f8_the_operators_that_are_being_edited_follow(hands, there):
    dialog = OperatorsDialog(hands.window.session.station, "ADMIN", hands.window)
    dialog.open()
    there.does("operators.add('CLEO', 'Cleo Fox', 'ADMIN')")
    soon(hands, lambda: [who.id for who in hands.part("operators.grid").model().rows] == ["ADMIN", "BEN", "CLEO"])
    dialog.reject()
    dialog.deleteLater()


# ---------------------------------------------------------------- the record that is open


def test_f8_a_form_follows_and_marks_what_is_being_typed(hands, there, database_url):
    hands.fill("leads.company", "Acme GmbH")
    there.does(changes("Bob", "BEN", "company='Acme Inc', city='Ulm'"))
    soon(hands, lambda: typed(hands, "city") == "Ulm")
    mark = hands.part("leads.company.changed")
    assert mark.isVisible() and mark.text() == "Company was changed by BEN: nothing → Acme Inc"
    assert typed(hands, "company") == "Acme GmbH"
    hands.click("leads.company.changed.take")
    assert typed(hands, "company") == "Acme Inc" and not mark.isVisible()
    assert not hands.window._pages[1].panel.is_edited
    hands.fill("leads.title", "Boss")
    hands.click("leads.save")
    kept = Lead.get(Lead.first_name == "Bob")
    assert (kept.company, kept.city, kept.title) == ("Acme Inc", "Ulm", "Boss")


def test_f8_what_is_marked_and_not_taken_is_asked_about_when_it_is_saved(hands, there):
    hands.fill("leads.company", "Acme GmbH")
    there.does(changes("Bob", "BEN", "company='Acme Inc'"))
    soon(hands, lambda: hands.window.findChild(QLabel, "leads.company.changed") is not None)
    with hands.answering("clash.keep_editing") as asked:
        hands.click("leads.save")
    assert len(asked) == 1 and Lead.get(Lead.first_name == "Bob").company == "Acme Inc"
    assert typed(hands, "company") == "Acme GmbH"


@pytest.mark.parametrize("deed", ["conversion.convert({}, 'BEN')", "leads.remove({}, 'BEN')"])
@pytest.mark.parametrize("first", ["typed", "done"])
def test_f8_nothing_is_saved_into_a_lead_that_has_left_the_list(hands, there, deed, first):
    here = number("Bob")
    if first == "typed":
        hands.fill("leads.title", "Boss")
    there.does(deed.format(here))
    soon(hands, lambda: hands.part("leads.over").isVisible())
    assert "BEN has worked on it" in hands.part("leads.over.text").text()
    soon(hands, lambda: hands.column("leads", "First Name") == ["Ann"])
    hands.read_to_the_end("leads")
    assert typed(hands, "first_name") == "Bob"
    hands.fill("leads.title", "Boss")
    hands.click("leads.save")
    assert "Nothing was saved: BEN has worked on Bob meanwhile" in hands.said()
    assert Lead.find(here).title == "" and typed(hands, "title") == "Boss"
    hands.click_row("leads", 0)
    assert typed(hands, "first_name") == "Bob" and "Nothing was saved: BEN has worked on Bob" in hands.said()
    hands.click("notices.action")
    hands.click_row("leads", 0)
    assert typed(hands, "first_name") == "Ann" and not hands.part("leads.over").isVisible()


def test_f8_a_record_that_was_deleted_elsewhere_is_said_and_kept_in_sight(hands, there):
    hands.fill("leads.title", "Boss")
    there.does(f"saving.delete(Lead.find({number('Bob')}), 'BEN')")
    soon(hands, lambda: hands.part("leads.over").isVisible())
    assert "is not there any more" in hands.part("leads.over.text").text()
    hands.click("leads.save")
    assert "was deleted by somebody else meanwhile" in hands.said() and typed(hands, "title") == "Boss"


@pytest.mark.parametrize("live", [True, False])
def test_f8_what_was_typed_into_a_field_that_was_taken_away_is_kept(hands, there, live):
    custom_fields.add(Lead, "Colour", "text", "ADMIN")
    hands.fill("leads.custom_colour", "red")
    if not live:
        hands.window.session.others.stop()
    there.does("custom_fields.remove(custom_fields.find(Lead, 'CustomColour', 'BEN'), 'ADMIN')")
    if live:
        soon(hands, lambda: hands.part("leads.lost").isVisible())
    hands.fill("leads.title", "Boss")
    hands.click("leads.save")
    assert "Not saved yet" in hands.said() and "Colour: red" in hands.part("leads.lost.text").text()
    assert Lead.get(Lead.first_name == "Bob").title == ""
    hands.click("leads.lost.add")
    hands.click("leads.save")
    kept = Lead.get(Lead.first_name == "Bob")
    assert (kept.title, kept.notes) == ("Boss", "Colour: red")
    assert not hands.part("leads.lost").isVisible()


# ---------------------------------------------------------------- undo


def test_f8_ctrl_z_takes_back_what_was_done_at_this_window(hands, there):
    hands.fill("leads.title", "Boss")
    hands.click("leads.save")
    there.does("leads.create({'description': 'New', 'first_name': 'Cleo'}, 'ADMIN')")
    soon(hands, lambda: "Cleo" in hands.column("leads", "First Name"))
    hands.press(KEY.Key_Z, CTRL)
    assert Lead.get(Lead.first_name == "Bob").title == ""
    assert Lead.select().where(Lead.first_name == "Cleo").exists()
    hands.press(KEY.Key_Z, CTRL | SHIFT)
    assert Lead.get(Lead.first_name == "Bob").title == "Boss"


def test_f8_after_a_new_start_nothing_of_before_is_taken_back(hands):
    hands.open_again()
    assert not hands.window.header.undo.isEnabled()


def test_who_types_into_the_same_record_is_said_above_it_and_stops_nobody(hands):
    held = number("Ann")
    hands.window.go_to("lead", held)
    editing.hold({(Lead, held)}, "another window", "DESK-2", "ADMIN")
    line = hands.part("leads.typing")
    soon(hands, lambda: line.isVisible())
    assert line.sentence == "Being edited by Administrator (DESK-2) just now."
    hands.fill("leads.city", "Rome")
    soon(hands, lambda: [row.key for row in EditedRow.select() if row.holder != "another window"] == [str(held)])
    hands.click("leads.save")
    assert Lead.find(held).city == "Rome"
    soon(hands, lambda: [row.holder for row in EditedRow.select()] == ["another window"])
    editing.hold(set(), "another window", "DESK-2", "ADMIN")
    soon(hands, lambda: not line.isVisible())
