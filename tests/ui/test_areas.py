"""Areas: off they are absent everywhere and not even imported, on they are there at once; no row is lost (CH-4).

The area of these tests, *Visits*, is written into a folder of its own: a record type, a tab, commands, a topic of
Settings, a job.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QTabWidget, QWidget

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import ALL, BY_TABLE, areas, forget
from channergy_crm.records.operators import Operator
from channergy_crm.services import areas as switching
from channergy_crm.services import operators, saving
from channergy_crm.store import database
from tests.ui.gestures import click, part, titles, words
from tests.ui.hands import Hands, opened
from tests.ui.setting_up import menu_of, settings
from ui.search import commands
from ui.setup.areas_topic import NOTHING_TO_SWITCH
from ui.shell import areas as on_screen
from ui.shell import key_rows
from ui.widgets.switch import Switch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


SIX = ["Reminders", "Leads", "Accounts", "Contacts", "Opportunities", "Tasks"]

RECORDS = '''
from channergy_crm.fields import Owner, RecordNumber, Text
from channergy_crm.records.operators import Operator
from channergy_crm.work.record import Record

class Visit(Record):
    """Somebody was there."""
    number = RecordNumber("Visit #", column_name="VisitNo")
    what = Text("What", column_name="What", required=True)
    owner = Owner(Operator, "Owner", column_name="OwnerOperatorID", required=True)
    singular, plural = "Visit", "Visits"
    class Meta:
        table_name = "CRMVisits"
    def caption(self):
        return self.what
'''

SCREEN = """
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from visits_of_tests import Visit
from ui.areas import Block, OnScreen
from ui.pages.list_for import list_for
from ui.pages.page import ListPage
from ui.screen import Command, Screen, Tab

VISITS = Screen(Visit, "visits", ["number", "what"], empty="No visits yet.")
BEGUN = []

class VisitsPage(ListPage):
    def __init__(self, session, parent):
        super().__init__(session, parent)
        self.table = list_for(VISITS, session, lambda: Visit.owner == session.by, self)
        QVBoxLayout(self).addWidget(self.table)
    def activate(self):
        self.table.refresh_now()

def topic(session, parent):
    label = QLabel("How long a visit lasts", parent)
    label.setObjectName("settings.visits")
    return label

ON_SCREEN = OnScreen(
    [Tab("visits", "Visits", "clock", VisitsPage, targets=("visit",))],
    [Command("plan_visit", "Plan a visit", lambda menu: menu.session.notices.say("Planned."), "clock", "Ctrl+Alt+V",
             group="Files")],
    [Block("visits", "Visits", topic)],
    [Block("my_visits", "My visits", topic)],
    jobs=[lambda session: BEGUN.append(session.by)],
)
"""
MODULES = ("visits_of_tests", "visits_on_screen")


def _records() -> list:
    import visits_of_tests

    return [visits_of_tests.Visit]


def _screen():
    import visits_on_screen

    return visits_on_screen.ON_SCREEN


VISITS = areas.Area("visits", "Visits", "Who was where.", _records, adds="tab Visits", icon="clock")
ROUNDS = areas.Area("rounds", "Rounds", "Visits in their order.", list, needs=("visits",))


@pytest.fixture
def visits(office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[areas.Area]:
    """A program with two areas more, both off; the table of one has been made by its migration."""
    folder = tmp_path / "area"
    folder.mkdir()
    for name, text in zip(MODULES, (RECORDS, SCREEN), strict=True):
        (folder / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    areas.AREAS.extend([VISITS, ROUNDS])
    monkeypatch.setitem(on_screen.ON_SCREEN, "visits", _screen)
    monkeypatch.setitem(on_screen.ON_SCREEN, "rounds", on_screen.OnScreen)
    key = "INTEGER PRIMARY KEY AUTOINCREMENT" if office.path else "SERIAL PRIMARY KEY"
    with database.writing():
        database.proxy.execute_sql(  # sql: our own words
            f'CREATE TABLE "CRMVisits" ("VisitNo" {key}, "What" VARCHAR(255), "OwnerOperatorID" VARCHAR(10),'
            ' "RowVersion" INTEGER NOT NULL DEFAULT 1)'
        )
    yield VISITS
    areas.AREAS[:] = [areas.TELEPHONE]
    for record in switching._optional:
        forget(record)
    switching._optional.clear()
    for name in MODULES:
        sys.modules.pop(name, None)


def seen(hands: Hands) -> set[str]:
    """Where the area can be seen."""
    menu = menu_of(hands)
    entries = hands.window.header.menu.actions()
    inside = [each.text() for entry in entries for each in (entry.menu().actions() if entry.menu() else [entry])]
    places = {
        "tab": "Visits" in titles(hands.part("main.tabs", QTabWidget)),
        "menu": "Plan a visit" in inside,
        "command": bool(commands.offers("plan a visit", hands.window, hands.window.session)),
        "go to": bool(commands.offers("go to visits", hands.window, hands.window.session)),
        "key": "Ctrl+Alt+V" in [key for _, key, _ in key_rows.rows(menu)],
        "list": hands.window.findChild(QWidget, "visits.grid") is not None,
        "topic": bool(menu.topics),
        "record": "CRMVisits" in BY_TABLE and any(record.__name__ == "Visit" for record in ALL),
    }
    return {place for place, there in places.items() if there}


def _is_seen(hands: Hands, name: str) -> bool:
    there = hands.window.findChild(QWidget, name)
    return there is not None and there.isVisible()


EVERYWHERE = {"tab", "menu", "command", "go to", "key", "list", "topic", "record"}


def test_ch4_an_area_that_is_off_is_absent_and_not_imported(qtbot, database_url, visits) -> None:
    with opened(qtbot, database_url) as hands:
        assert seen(hands) == set()
        assert titles(hands.part("main.tabs", QTabWidget)) == SIX
        hands.window.go_to("visit", 1)
        qtbot.waitUntil(lambda: hands.said() == "Its area is switched off, or your role does not show it.")
    assert not set(MODULES) & set(sys.modules)


def test_ch4_switched_on_it_is_there_at_once_and_off_again_its_rows_are_kept(qtbot, database_url, visits) -> None:
    with opened(qtbot, database_url) as hands:
        hands.window.tabs.setCurrentIndex(5)
        assert switching.switch(visits, True, "ADMIN") == "Visits is on."
        assert seen(hands) == EVERYWHERE
        qtbot.waitUntil(lambda: sys.modules["visits_on_screen"].BEGUN == ["ADMIN"])
        number = saving.save(BY_TABLE["CRMVisits"](what="Tea", owner="ADMIN"), "ADMIN").key
        hands.window.go_to("visit", number)
        assert hands.window.tabs.currentIndex() == 6 and hands.window.main_table().current() == number
        switching.switch(visits, False, "ADMIN")
        assert seen(hands) == set()
        assert titles(hands.part("main.tabs", QTabWidget)) == SIX and hands.window.tabs.currentIndex() == 0
        stored = database.proxy.execute_sql('SELECT "What" FROM "CRMVisits"').fetchall()
        assert [row[0] for row in stored] == ["Tea"]
        assert saving.undo_latest("ADMIN").name.startswith("Switch off Visits")
        assert seen(hands) == EVERYWHERE
        hands.window.go_to("visit", number)
        qtbot.waitUntil(lambda: hands.window.main_table().current() == number)


@pytest.mark.engines("sqlite")
def test_vt15_a_block_of_an_area_stands_on_home_while_the_area_is_on(qtbot, database_url, visits) -> None:
    with opened(qtbot, database_url) as hands:
        hands.window.go_to("home")
        for wanted in (True, False):
            switching.switch(visits, wanted, "ADMIN")
            qtbot.waitUntil(lambda wanted=wanted: _is_seen(hands, "home.block.my_visits") == wanted)


def test_what_is_on_is_there_when_the_window_opens(qtbot, database_url, visits) -> None:
    switching.switch(visits, True, "ADMIN")
    with opened(qtbot, database_url) as hands:
        hands.window.build_all()
        assert seen(hands) == EVERYWHERE
        assert "Ctrl+7" in [command.key for command in menu_of(hands).commands]


def test_what_an_area_wrote_is_taken_back_while_it_is_off(database_url, visits) -> None:
    switching.switch(visits, True, "ADMIN")
    switching.fit()
    saving.save(BY_TABLE["CRMVisits"](what="Tea", owner="ADMIN"), "ADMIN")
    written = work.undo.undoable("ADMIN").number
    switching.switch(visits, False, "ADMIN")
    switching.fit()
    assert saving.reverse(written, "ADMIN") is not None
    assert database.proxy.execute_sql('SELECT COUNT(*) FROM "CRMVisits"').fetchone() == (0,)


def test_an_operator_with_rows_in_an_area_that_is_off_retires(database_url, visits) -> None:
    operators.add("ANN", "Ann", "ADMIN")
    switching.switch(visits, True, "ADMIN")
    switching.fit()
    saving.save(BY_TABLE["CRMVisits"](what="Tea", owner="ANN"), "ADMIN")
    switching.switch(visits, False, "ADMIN")
    switching.fit()
    assert "retired" in operators.remove("ANN", "ADMIN")


def test_what_an_area_needs_is_switched_on_with_it_and_stays(visits) -> None:
    assert switching.switch(ROUNDS, True, "ADMIN") == "Visits and Rounds are on."
    assert switching.on() == [areas.TELEPHONE, VISITS, ROUNDS]
    with pytest.raises(Mistake, match="Visits stays on: Rounds needs it"):
        switching.switch(VISITS, False, "ADMIN")
    with pytest.raises(Mistake, match="always on"):
        switching.switch(areas.TELEPHONE, False, "ADMIN")
    assert switching.switch(ROUNDS, False, "ADMIN") == "Rounds is off."
    assert switching.switch(VISITS, False, "ADMIN") == "Visits is off."
    assert switching.on() == [areas.TELEPHONE]


def test_who_may_not_set_up_the_office_may_not_switch(visits) -> None:
    operators.add("OLD", "Old", "ADMIN")
    old = Operator.find("OLD")
    old.active = False
    operators.save(old, "ADMIN")
    with pytest.raises(Refused, match="retired"):
        switching.switch(visits, True, "OLD")


# ---------------------------------------------------------------- Settings > Areas


def test_where_there_is_nothing_to_switch_it_says_so(qtbot, office, database_url) -> None:
    with opened(qtbot, database_url) as hands:
        page = settings(hands, "areas")
        assert NOTHING_TO_SWITCH in words(page)
        assert part(page, "settings.areas").accessibleName() == "Areas"


def test_an_area_is_switched_in_the_settings_at_once_with_undo(qtbot, database_url, visits) -> None:
    with opened(qtbot, database_url) as hands:
        dialog = settings(hands, "areas")
        click(qtbot, dialog, "settings.area.visits")
        assert seen(hands) == EVERYWHERE
        assert hands.said() == "Visits is on."
        click(qtbot, dialog, "settings.area.rounds")
        click(qtbot, dialog, "settings.area.visits")
        assert part(dialog, "settings.area.visits", Switch).isChecked(), "Rounds needs it"
        assert hands.said() == "Visits stays on: Rounds needs it."
        assert hands.here() == "settings", "the tab stays while others come"
        settings(hands, "visits")
        assert part(dialog, "settings.visits").isVisible()
        settings(hands, "areas")
        saving.undo_latest("ADMIN")
        saving.undo_latest("ADMIN")
        assert not part(dialog, "settings.area.visits", Switch).isChecked()
        assert "visits" not in dialog.topics.names
        assert seen(hands) == set()
