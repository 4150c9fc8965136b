"""One call runs something beside the window and tells how it ended."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import pytest
import shiboken6
from PySide6.QtCore import QObject

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.records import Operator
from ui.session.background import Background
from ui.session.beside import Beside, Told

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def said():
    return []


@pytest.fixture
def work(qapp, office, said):
    background = Background()
    yield Beside(background, office, said.append)
    assert background.wait(10_000)
    qapp.processEvents()


def test_the_work_has_a_connection_and_its_notice_comes_before_what_follows(qtbot, work, said, operator):
    results = []
    work(
        lambda _: (Operator.find(operator).id, threading.current_thread()), label="Count",
        told=lambda result: Told(f"{result[0]} found.", unit=7),
        done=lambda result: results.append((result, list(said))),
    )  # fmt: skip
    qtbot.waitUntil(lambda: results != [])
    assert said == [Told(f"{operator} found.", unit=7)]
    (found, thread), said_before = results[0]
    assert found == operator
    assert thread is not threading.main_thread()
    assert said_before == said


def test_a_sentence_alone_is_a_notice_and_none_is_silence(qtbot, work, said):
    ended = []
    for told in (lambda _: "Copied.", lambda _: None):
        work(lambda _: 1, label="Copy", told=told, done=ended.append)
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert said == [Told("Copied.")]


def mistaken(_):
    raise Mistake("This cannot be read.")


@pytest.mark.parametrize("at_once", [True, False])
def test_what_fails_is_said_as_a_warning(qtbot, work, said, at_once):
    work(mistaken, label="Read", at_once=at_once)
    qtbot.waitUntil(lambda: said != [])
    assert said == [Told("This cannot be read.", level="warning")]


@pytest.mark.parametrize("at_once", [True, False])
def test_what_the_surroundings_did_can_be_tried_again(qtbot, work, said, at_once):
    tries = []

    def at_the_second_try(_):
        tries.append(1)
        if len(tries) == 1:
            raise Surroundings("The server does not answer.")
        return 12

    work(at_the_second_try, label="Read", told=lambda rows: f"{rows} rows read.", at_once=at_once)
    qtbot.waitUntil(lambda: said != [])
    word, retry = said[0].action
    assert (word, said[0].text, said[0].level) == ("Retry", "The server does not answer.", "warning")
    retry()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1] == Told("12 rows read.")


def test_whoever_hears_a_failure_says_it_themselves(qtbot, work, said):
    heard = []
    work(mistaken, label="Read", failed=heard.append)
    qtbot.waitUntil(lambda: heard != [])
    assert heard[0].message == "This cannot be read."
    assert said == []


def test_a_small_piece_is_done_here_and_now(work, said):
    threads = []
    job = work(lambda progress: progress.step(1, 1), label="Small", done=lambda _: threads.append(1), at_once=True)
    assert job is None
    assert threads == [1]


def test_a_cancelled_one_says_its_sentence(qtbot, work, said):
    started = threading.Event()

    def until_cancelled(progress):
        started.set()
        while True:
            progress.step(1)

    job = work(until_cancelled, label="Export", cancelled="Export cancelled; nothing was written.")
    assert started.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: said != [])
    assert said == [Told("Export cancelled; nothing was written.", level="news")]


def test_what_was_done_before_it_was_stopped_is_told_as_done(qtbot, work, said):
    done = threading.Event()

    def write(_):
        done.set()
        return 3

    job = work(write, label="Write", told=lambda rows: f"{rows} rows written.", cancelled="Stopped.")
    assert done.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: said != [])
    assert said == [Told("3 rows written.")]


@pytest.mark.parametrize("problem", [None, Mistake("The file is empty.")])
def test_nobody_is_told_once_the_part_that_asked_is_gone(qtbot, work, said, problem):
    """The documents of a new record were told to its dialog, which was closed by then."""
    heard, go_on = [], threading.Event()

    def read(_progress):
        go_on.wait(10)
        if problem:
            raise problem

    ends = {"done": lambda _result: heard.append("done"), "failed": lambda _error: heard.append("failed")}
    askers = QObject(), QObject()
    for asker in askers:
        work(read, label="Read", told=lambda _result: "Read.", asker=asker, **ends)
    shiboken6.delete(askers[0])
    go_on.set()
    qtbot.waitUntil(lambda: not work._background.running())
    assert heard == (["failed"] if problem else ["done"])
    assert len(said) == (0 if problem else 1)


class _Dialog(QObject):
    """Asks for something in the three ways there are, and keeps what it heard."""

    heard: ClassVar[list[str]] = []

    def hear(self, result: object) -> None:
        self.heard.append(f"{result} by a method of {self.objectName()}")

    def ends(self) -> list[Callable[[object], object]]:
        return [self.hear, partial(self.hear), lambda result: self.hear(result)]


def test_what_a_closed_dialog_asked_for_is_told_to_nobody(qtbot, work, said):
    """The batches of messages were read for a dialog that was closed by then, and shown in its list that was gone."""
    closed, there, go_on = _Dialog(), _Dialog(), threading.Event()
    there.setObjectName("there")
    _Dialog.heard.clear()
    for dialog in (closed, there):
        for done in dialog.ends():
            work(lambda _progress: go_on.wait(10), label="Read", told=lambda _result: "Read.", done=done)
    shiboken6.delete(closed)
    go_on.set()
    qtbot.waitUntil(lambda: not work._background.running())
    assert _Dialog.heard == ["True by a method of there"] * 3
    assert len(said) == 6, "what was done is said all the same"


def test_what_asks_again_by_itself_is_told_and_ends(qtbot, work, said):
    """A function that goes on after each answer holds itself; who looks whether it is still there is not led round."""
    asked = []

    def ask(_result=None):
        asked.append(len(asked))
        if len(asked) < 3:
            work(lambda _progress: None, label="Read", done=lambda result: ask(result))

    ask()
    qtbot.waitUntil(lambda: not work._background.running() and len(asked) == 3)
