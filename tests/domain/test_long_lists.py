"""What is much is read beside a window that goes on answering: nobody looks through it for lost circles."""

from __future__ import annotations

import gc

import pytest

from channergy_crm.work.long_lists import uncollected


@pytest.fixture(autouse=True)
def collecting():
    """The collector as a program has it that was just started."""
    gc.collect()
    yield
    gc.unfreeze()


def test_what_is_left_of_much_is_not_looked_through_afterwards():
    looked_through = []
    gc.callbacks.append(watch := lambda phase, told: looked_through.append((phase, told)))
    with uncollected():
        much = [[number] for number in range(10_000)]
        young = gc.get_count()[0]
    assert young >= 10_000
    assert gc.isenabled()
    gc.collect(0)
    gc.callbacks.remove(watch)
    assert len(looked_through) == 2, "once, by this test"
    assert gc.get_freeze_count() >= len(much)


def test_what_failed_is_let_go_with_all_it_had_read():
    with pytest.raises(ZeroDivisionError), uncollected():
        raise ZeroDivisionError
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
