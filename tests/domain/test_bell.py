"""What rings is somebody else: what this program writes is nothing to be told of, however long that takes."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from channergy_crm.services import leads
from channergy_crm.store.bell import ours


@pytest.fixture
def write(office):
    """Writes into the one file of the office past this program, on a connection of its own."""
    if office.engine != "sqlite":
        pytest.skip("a server sends notes")
    line = sqlite3.connect(str(office.path), isolation_level=None)
    line.execute("CREATE TABLE past_us (value)")
    yield lambda: line.execute("INSERT INTO past_us VALUES (1)")
    line.close()


@pytest.fixture
def bell(office, write):
    """The bell of this office."""
    bell = office.bell()
    yield bell
    bell.close()


def test_what_is_ours_does_not_ring_before_the_last_of_it_is_in_the_file(office, bell, write):
    with ours(office.database):
        write()  # others see it now; whoever wrote it is not back yet
        assert not bell.note_others()
    assert not bell.note_others()
    assert not bell.rang
    write()
    assert bell.note_others()


def test_what_others_wrote_before_and_while_nothing_came_of_ours_rings(office, bell, write):
    write()
    with ours(office.database):
        assert bell.rang
    bell.rang = False
    with pytest.raises(ZeroDivisionError), ours(office.database):
        write()
        raise ZeroDivisionError
    assert bell.note_others()


def test_many_units_never_ring_though_somebody_listens_all_the_time(office, bell):
    office.database.execute_sql("PRAGMA wal_autocheckpoint = 1")  # each moves its pages into the file before it is back
    over, rung = threading.Event(), []

    def listen():
        while not over.is_set():
            if bell.note_others():
                rung.append(1)

    listening = threading.Thread(target=listen)
    listening.start()
    for n in range(20):
        leads.create({"description": f"Lead {n}"}, "ADMIN")
    over.set()
    listening.join()
    assert not rung
