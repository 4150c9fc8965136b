"""A day with a record type that has just been added: `python -m tests.visits_at_work URL FOLDER` in a copy.

A program of its own, not a driver: the type must be there before anything is imported, so no test can hold it. It works
the window with the gestures every test uses, and waits by itself because it has no `qtbot`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from channergy_crm.records import BY_TABLE, Account, Customer, hand_lists
from channergy_crm.services import custom_fields, global_search, lookups, reading, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.transfer.exporting.run import Wanted, all_columns, everything, export
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import ChangeRow
from tests.ui.gestures import part, type_in
from ui.application import open_office
from ui.paper import of_list
from ui.search.commands import offers

if TYPE_CHECKING:
    from collections.abc import Callable

BY = "ADMIN"
PATIENCE = 20


def wait_for(what: Callable[[], object]) -> None:
    """Let the window work until this is true."""
    ends = monotonic() + PATIENCE
    while not what():
        QApplication.processEvents()
        assert monotonic() < ends, "that never came about"


def main(url: str, folder: Path) -> None:
    """Everything a record type can do, through the real window and the services behind it."""
    window = open_office(url, BY)
    window.show()
    made = _typed_in(window)
    _found_again(window, made)
    _in_and_out(window, folder)
    _made_one(window)
    _with_own_fields()
    window.close()


def _typed_in(window: Any) -> int:
    """A new visit, from Ctrl+K, its account chosen by typing; saved; taken back and made again."""
    account = saving.save(Account(name="Acme Tools", customer=saving.save(Customer(), BY).key, owner=BY), BY)
    (new,) = [offer for offer in offers("new visit", window, window.session) if offer.text == "New visit"]
    new.run()
    for field, text in {"account": "acme", "place": "Kitchen", "cost": "12.50", "phone": "504-621-8927"}.items():
        # `visits.place` is also what the list calls the label of its place.
        editor = part(window, f"visits.{field}", QComboBox if field == "place" else QLineEdit)
        editor.setFocus()
        type_in(editor, text)
        if field == "account":
            wait_for(lambda editor=editor: editor.is_choosing)
        QTest.keyClick(editor, Qt.Key.Key_Return)
    part(window, "visits.save").click()
    table = window.main_table()
    wait_for(lambda: table.model.rowCount() == 1)
    visit = reading.find(BY_TABLE["CRMVisits"], table.model.key(0), BY)
    assert (visit.account, visit.place, visit.cost, visit.phone_digits) == (account.key, "Kitchen", 1250, "5046218927")
    assert saving.undo_latest(BY) and reading.find(type(visit), visit.key, BY) is None
    assert saving.redo_latest(BY) and reading.find(type(visit), visit.key, BY) is not None
    assert [row.verb for row in ChangeRow.select().where(ChangeRow.table == "CRMVisits")] == [
        "insert",
        "delete",
        "insert",
    ]
    return int(visit.key)


def _found_again(window: Any, made: int) -> None:
    """By a word and by digits everywhere, by a filter in its list, sorted, printed, its lookup offered."""
    visit, office = BY_TABLE["CRMVisits"], window.session.office
    for words in ("kitch", "621-8927"):
        reader = office.reader()
        (group,) = [group for group in list(global_search.find(reader, words, BY))[-1] if group.place.record is visit]
        reader.close()
        assert global_search.destination(group.hits[0], BY) == ("visit", made)
    for place, cost in (("Cellar", 500), ("Attic", 90000)):
        account = reading.find(visit, made, BY).account
        saving.save(visit(place=place, cost=cost, account=account, owner=BY), BY)
    table = window.main_table()
    wait_for(lambda: table.model.rowCount() == 3 and not table.is_reading)
    table.sort_by([("place", False)])
    wait_for(lambda: [table.model.value(row, "place") for row in range(3)] == ["Attic", "Cellar", "Kitchen"])
    table.search.setText("cost>10 -place:cellar")
    wait_for(lambda: table.model.rowCount() == 2)
    what = of_list.wanted(table, window.session)
    rows = of_list.table_of(window.session.office, what, lambda done, total: None).rows
    assert len(rows) == 2 and {"Attic", "Kitchen", "900.00"} <= {text for row in rows for text in row}
    table.search.setText("")
    wait_for(lambda: table.model.rowCount() == 3)
    assert ("CRMVisits", "Purpose") in [field[:2] for field in lookups.fields(BY)]


def _in_and_out(window: Any, folder: Path) -> None:
    """Exported, deleted, imported again; a second run changes nothing; put on a list by hand."""
    visit, file = BY_TABLE["CRMVisits"], folder / "visits.csv"
    from channergy_crm.query.listing import ListQuery

    query = ListQuery(visit, all_columns(visit), condition=everything(visit), by=BY)
    assert export(window.session.office, Wanted(query), file, by=BY) == 3
    saving.delete_all(list(visit.select()), BY)
    plan = propose(visit, open_source(file))
    assert (run(plan, operator=BY).taken, run(plan, operator=BY).taken) == (3, 0)
    assert sorted(row.place for row in visit.select()) == ["Attic", "Cellar", "Kitchen"]
    assert {row.cost for row in visit.select()} == {1250, 500, 90000}
    from channergy_crm.services.hand_lists import put_on

    put_on(visit, [visit.get(visit.place == "Attic").key], "Roofs", BY)
    assert hand_lists.Gathered.get().table == "CRMVisits"


def _made_one(window: Any) -> None:
    """Two of them are merged, and that is taken back."""
    visit = BY_TABLE["CRMVisits"]
    one, other = (visit.get(visit.place == place) for place in ("Attic", "Cellar"))
    merged = merging.merge(proposal.propose(visit, [one.key, other.key], BY), 0, {}, BY)
    assert (merged.others, visit.select().count()) == (1, 2)
    assert saving.undo_latest(BY) and visit.select().count() == 3


def _with_own_fields() -> None:
    """An administrator adds a field to it."""
    visit = BY_TABLE["CRMVisits"]
    assert visit in custom_fields.records()
    guests = custom_fields.add(visit, "Guests", "number", BY)
    held = visit.get(visit.place == "Kitchen")
    setattr(held, guests.kind.name, 4)
    saving.save(held, BY)
    assert getattr(reading.find(visit, held.key, BY), guests.kind.name) == 4


if __name__ == "__main__":
    app = QApplication([])
    main(sys.argv[1], Path(sys.argv[2]))
