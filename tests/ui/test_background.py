"""Work beside the window: real threads, results on the window's own, progress, Cancel."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QProgressBar, QToolButton

from channergy_crm.errors import Mistake, Surroundings
from ui.session.background import AT_ONCE, Background, BackgroundBar, Cancelled
from ui.session.line import Line

LONG = 10


@pytest.fixture
def background(qapp):
    background = Background()
    yield background
    assert background.wait(10_000)
    qapp.processEvents()


class Heard:
    """What came back, and on which thread."""

    def __init__(self):
        self.results, self.problems, self.cancels, self.threads = [], [], 0, []

    def done(self, result):
        self.results.append(result)
        self.threads.append(threading.current_thread())

    def failed(self, problem):
        self.problems.append(problem)
        self.threads.append(threading.current_thread())

    def cancelled(self):
        self.cancels += 1

    def ends(self):
        return {"done": self.done, "failed": self.failed, "cancelled": self.cancelled}


def until_cancelled(progress):
    row = 0
    while True:
        row += 1
        progress.step(row)


def test_the_result_comes_back_on_the_windows_thread(qtbot, background):
    heard = Heard()
    background.run(lambda progress: threading.current_thread(), label="Count", **heard.ends())
    assert heard.results == []
    qtbot.waitUntil(lambda: heard.results != [])
    assert heard.results[0] is not threading.main_thread()
    assert heard.threads == [threading.main_thread()]
    assert background.running() == []


@pytest.mark.parametrize("problem", [Mistake("The file is empty."), Surroundings("The disk is full.")])
def test_what_can_be_mended_is_handed_to_failed(qtbot, background, problem):
    heard = Heard()

    def work(progress):
        raise problem

    background.run(work, label="Import", **heard.ends())
    qtbot.waitUntil(lambda: heard.problems == [problem])
    assert heard.threads == [threading.main_thread()]


def test_a_bug_goes_to_the_crash_report(qtbot, background):
    heard = Heard()
    with qtbot.captureExceptions() as bugs:
        background.run(lambda progress: 1 // 0, label="Import", **heard.ends())
        qtbot.waitUntil(lambda: bugs != [])
    assert bugs[0][0] is ZeroDivisionError
    assert (heard.results, heard.problems) == ([], [])


def test_the_window_goes_on_while_work_is_under_way(qtbot, background):
    heard, ticks, go_on = Heard(), [], threading.Event()
    background.run(lambda progress: go_on.wait(LONG), label="Wait", **heard.ends())
    clock = QTimer()
    clock.setInterval(1)
    clock.timeout.connect(lambda: ticks.append(1))
    clock.start()
    qtbot.waitUntil(lambda: len(ticks) >= 20)
    assert heard.results == []
    go_on.set()
    qtbot.waitUntil(lambda: heard.results == [True])


def test_cancel_stops_the_work_at_its_next_step(qtbot, background):
    heard = Heard()
    job = background.run(until_cancelled, label="Export", **heard.ends())
    job.cancel()
    qtbot.waitUntil(lambda: heard.cancels == 1)
    assert (heard.results, heard.problems, background.running()) == ([], [], [])


def test_many_tasks_share_three_threads_and_all_come_back(qtbot, background):
    heard, at_once, most, lock = Heard(), [0], [0], threading.Lock()

    def work(number):
        def count(progress):
            with lock:
                at_once[0] += 1
                most[0] = max(most[0], at_once[0])
            progress.step(1, 2)
            with lock:
                at_once[0] -= 1
            return number

        return count

    for number in range(50):
        background.run(work(number), label=str(number), **heard.ends())
    qtbot.waitUntil(lambda: len(heard.results) == 50)
    assert sorted(heard.results) == list(range(50))
    assert most[0] <= AT_ONCE


def test_closing_stops_what_runs_and_what_waits(qtbot, background):
    heard, begun = Heard(), threading.Barrier(AT_ONCE + 1)

    def work(progress):
        begun.wait(LONG)
        until_cancelled(progress)

    for _ in range(2 * AT_ONCE):
        background.run(work, label="Import", **heard.ends())
    begun.wait(LONG)
    assert background.wait(LONG * 1000)
    qtbot.waitUntil(lambda: heard.cancels == 2 * AT_ONCE)


def test_closing_waits_no_longer_than_it_is_told(background):
    begun, go_on = threading.Event(), threading.Event()

    def deaf(progress):
        begun.set()
        go_on.wait(LONG)

    background.run(deaf, label="Deaf", **Heard().ends())
    assert begun.wait(LONG)
    assert not background.wait(10)
    go_on.set()


def test_bx1_a_worker_that_asks_the_window_is_answered_while_it_is_closing(background):
    begun, copied = threading.Event(), []

    def copy(progress):
        begun.set()
        background.here(lambda: copied.append(threading.current_thread()))

    background.run(copy, label="Dial", finishes=True, **Heard().ends())
    assert begun.wait(LONG)
    assert background.wait(LONG * 1000), "who closes waits for the worker, who waits for nobody"
    assert copied == [threading.main_thread()]


def test_bx1_what_finishes_is_done_though_the_window_is_closed_before_it_has_begun(qtbot, background):
    heard, go_on = Heard(), threading.Event()
    for _ in range(AT_ONCE):
        background.run(lambda progress: go_on.wait(LONG), label="Export", **heard.ends())
    background.run(lambda progress: "dialed", label="Dial", finishes=True, **heard.ends())
    assert not background.wait(0)
    go_on.set()
    assert background.wait(LONG * 1000)
    qtbot.waitUntil(lambda: heard.cancels == AT_ONCE)
    assert heard.results == ["dialed"]


def test_steps_too_fast_to_be_seen_are_not_passed_on(qtbot, background):
    heard, steps = Heard(), []
    background.progressed.connect(lambda job, done, total, text: steps.append(done))

    def work(progress):
        for row in range(1, 20_001):
            progress.step(row, 20_000, "rows")

    background.run(work, label="Import", **heard.ends())
    qtbot.waitUntil(lambda: heard.results == [None])
    assert steps[-1] == 20_000
    assert len(steps) < 200


def test_the_status_line_shows_what_is_under_way_and_cancels_it(qtbot, background):
    bar = BackgroundBar(background)
    qtbot.addWidget(bar)
    heard, go_on = Heard(), threading.Event()

    def work(progress):
        progress.step(1, 4, "1 of 4 rows")
        go_on.wait(LONG)
        progress.step(4, 4)

    background.run(work, label="Import", **heard.ends())
    quiet = background.run(until_cancelled, label="Search", progress=False, **heard.ends())
    background.run(until_cancelled, label="Export", **heard.ends())
    assert not bar.isVisible()
    qtbot.waitUntil(bar.isVisible)
    label = bar.findChild(QLabel, "background.label")
    assert label.text() == "Import: 1 of 4 rows (and 1 more)"
    assert bar.findChild(QProgressBar, "background.progress").value() == 250
    go_on.set()
    qtbot.waitUntil(lambda: label.text() == "Export")
    assert bar.findChild(QProgressBar, "background.progress").maximum() == 0
    bar.findChild(QToolButton, "background.cancel").click()
    assert not bar.isVisible()
    qtbot.waitUntil(lambda: heard.cancels == 1)
    quiet.cancel()


def test_what_is_over_in_a_blink_is_not_shown(qtbot, background):
    bar, heard = BackgroundBar(background), Heard()
    qtbot.addWidget(bar)
    background.run(lambda progress: 1, label="Blink", **heard.ends())
    qtbot.waitUntil(lambda: heard.results == [1])
    assert not bar.isVisible()


def test_the_work_is_told_that_it_is_not_wanted_any_more(background, qtbot):
    heard, begun, go_on, seen = Heard(), threading.Event(), threading.Event(), []

    def work(progress):
        begun.set()
        go_on.wait(LONG)
        seen.append(progress.cancelled)
        with pytest.raises(Cancelled):
            progress.step(1, 1)
        return "kept going"

    job = background.run(work, label="Stubborn", **heard.ends())
    assert begun.wait(LONG)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: heard.cancels == 1)
    assert (heard.results, seen) == ([], [True])


class Gone:
    """A window that was closed and deleted while a worker was at work; `go_on` lets the worker go on."""

    def __init__(self, after):
        self.window, self.heard, self.go_on = QObject(), Heard(), threading.Event()
        self.background = background = Background(self.window)
        self.told, begun = [], threading.Event()
        background.progressed.connect(lambda *told: self.told.append(told))

        def work(progress):
            begun.set()
            self.go_on.wait(LONG)
            return after(background, progress)

        background.run(work, label="Slow", finishes=True, **self.heard.ends())
        assert begun.wait(LONG)
        self.worker = next(thread for thread in threading.enumerate() if thread.name == "background-1")

    def close(self):
        self.background.close(0)
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert not shiboken6.isValid(self.background)

    def let_it_end(self):
        self.go_on.set()
        self.worker.join(LONG)
        assert not self.worker.is_alive()
        QCoreApplication.processEvents()


def tells_at_every_step(background, progress):
    for row in range(1, 1001):
        progress.step(row, row)


def asks_the_window(background, progress):
    background.here(lambda: pytest.fail("there is no window"))
    pytest.fail("it went on without an answer")


@pytest.mark.parametrize("after", [tells_at_every_step, asks_the_window, lambda background, progress: 1 // 0])
def test_a_worker_that_outlives_its_window_touches_nothing_of_it(qapp, after):
    gone = Gone(after)
    gone.close()
    gone.let_it_end()
    assert (gone.heard.results, gone.heard.problems, gone.heard.cancels, gone.told) == ([], [], 0, [])


def test_a_worker_that_waits_for_an_answer_is_let_go_when_the_window_is_closed(qapp):
    gone = Gone(asks_the_window)
    asking = threading.Event()
    gone.background._asking.connect(asking.set, Qt.ConnectionType.DirectConnection)
    gone.background.wait = lambda ms: None  # time was up a moment before it asked
    gone.go_on.set()
    assert asking.wait(LONG)
    gone.close()
    gone.let_it_end()


def test_once_the_window_is_closed_nothing_is_begun_any_more(background):
    heard, began = Heard(), []
    background.close(0)
    job = background.run(lambda progress: began.append(1), label="Late", **heard.ends())
    assert job.cancelled and not background.running() and background.wait(LONG * 1000)
    assert not began and heard.threads == []


def test_what_such_a_worker_was_the_last_to_hold_ends_on_the_windows_thread(qapp):
    ended, last = [], QObject()
    last.destroyed.connect(lambda: ended.append(threading.current_thread()), Qt.ConnectionType.DirectConnection)
    box = [last]
    gone = Gone(lambda background, progress: box.pop())
    del last
    gone.close()
    gone.let_it_end()
    assert ended == []
    del gone
    Background()
    assert ended == [threading.main_thread()]


def test_who_deletes_waits_until_what_is_being_told_has_been_told(qapp):
    """The crash was here: deleted between the look whether it is there and the word to it."""
    told, telling, seen = QTimer(), threading.Event(), []
    line = Line(told)

    def tell():
        telling.set()
        while shiboken6.isValid(told):
            threading.Event().wait(0.001)
        seen.append("told")

    worker = threading.Thread(target=lambda: line.tell(tell))
    told.destroyed.connect(lambda: seen.append("gone"), Qt.ConnectionType.DirectConnection)
    worker.start()
    assert telling.wait(LONG)
    shiboken6.delete(told)
    worker.join(LONG)
    assert seen == ["told", "gone"] and line.is_cut
    line.tell(lambda: seen.append("too late"))
    assert seen == ["told", "gone"]
