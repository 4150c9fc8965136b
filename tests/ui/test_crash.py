"""A fault of the program: the draft is kept, a report is written without a name in it, one dialog says so."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.settings import Station
from tests.ui.gestures import shown
from ui import application
from ui.session import crash
from ui.shell.helping.beside import HelpBeside

pytestmark = pytest.mark.logged
ABOUT_A_PERSON = "cannot store 'Annabel Lee' (020 1234 5678) annabel@example.com of 1975-01-01"


class Office:
    """What the window would do."""

    def __init__(self):
        self.drafts, self.told = 0, []

    def keep_draft(self):
        self.drafts += 1


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def handler(qtbot, office, tmp_path):
    clipboard = QGuiApplication.clipboard()
    handler = crash.install(office.keep_draft, office.told.append, clipboard=clipboard, folder=tmp_path / "crashes")
    yield handler
    handler.uninstall()
    if handler.dialog is not None:
        handler.dialog.close()


def reports(handler):
    return [path.read_text("utf-8") for path in sorted(handler.folder.glob("*.txt"))]


def in_a_slot(function):
    QTimer.singleShot(0, function)


def fail_over_a_person():
    raise ValueError(ABOUT_A_PERSON)


def test_a_fault_in_a_slot_keeps_the_draft_writes_a_report_and_says_so(qtbot, handler, office):
    in_a_slot(lambda: {}["nothing"])
    qtbot.waitUntil(lambda: handler.dialog is not None and handler.dialog.isVisible())
    assert office.drafts == 1
    (report,) = reports(handler)
    for part in ("Channergy CRM", "Python", "Qt", "test_crash.py", "KeyError"):
        assert part in report
    assert handler.dialog.findChild(QPlainTextEdit, "crash.details").toPlainText() == report


def test_the_report_names_no_person(qtbot, handler):
    in_a_slot(fail_over_a_person)
    qtbot.waitUntil(lambda: handler.dialog is not None)
    (report,) = reports(handler)
    assert "fail_over_a_person" in report and "ValueError: cannot store …" in report
    for private in ("Annabel", "5678", "annabel@", "1975"):
        assert private not in report


def test_the_cause_is_told_as_well(qtbot, handler):
    def fail():
        try:
            fail_over_a_person()
        except ValueError as error:
            raise RuntimeError("no way on") from error

    in_a_slot(fail)
    qtbot.waitUntil(lambda: handler.dialog is not None)
    (report,) = reports(handler)
    assert report.index("ValueError") < report.index("which led to") < report.index("RuntimeError: no way on")


def test_the_details_can_be_copied_and_people_go_on(qtbot, handler):
    in_a_slot(lambda: 1 // 0)
    qtbot.waitUntil(lambda: handler.dialog is not None)
    handler.dialog.findChild(QPushButton, "crash.copy").click()
    assert QGuiApplication.clipboard().text() == reports(handler)[0]
    handler.dialog.findChild(QPushButton, "crash.go_on").click()
    assert not handler.dialog.isVisible()


def test_never_two_dialogs_but_every_fault_has_its_report(qtbot, handler, office):
    in_a_slot(lambda: 1 // 0)
    in_a_slot(lambda: {}["nothing"])
    qtbot.waitUntil(lambda: len(reports(handler)) == 2)
    first = handler.dialog
    first.accept()
    in_a_slot(lambda: [][1])
    qtbot.waitUntil(lambda: len(reports(handler)) == 3)
    assert handler.dialog is not first and not first.isVisible()
    assert office.drafts == 3


def test_a_fault_that_keeps_coming_back_is_told_once(qtbot, handler, office):
    caught = []

    def fail():
        caught.append(1)
        return 1 // 0

    for _ in range(20):
        in_a_slot(fail)
    qtbot.waitUntil(lambda: len(caught) == 20)
    assert (len(reports(handler)), office.drafts) == (1, 1)


def test_a_fault_in_a_thread_is_told_on_the_windows_own(qtbot, handler):
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    assert handler.dialog is None
    qtbot.waitUntil(lambda: handler.dialog is not None)
    assert "ZeroDivisionError" in reports(handler)[0]


@pytest.mark.parametrize("problem", [Mistake("The name is missing."), Surroundings("The disk is full.")])
def test_what_is_no_fault_of_the_program_is_told_and_not_reported(qtbot, handler, office, problem):
    def fail():
        raise problem

    in_a_slot(fail)
    qtbot.waitUntil(lambda: office.told == [problem])
    assert (reports(handler), handler.dialog, office.drafts) == ([], None, 0)


def test_a_draft_that_cannot_be_kept_is_in_the_report(qtbot, office, tmp_path):
    clipboard = QGuiApplication.clipboard()
    handler = crash.install(lambda: [][3], office.told.append, clipboard=clipboard, folder=tmp_path)
    try:
        in_a_slot(lambda: 1 // 0)
        qtbot.waitUntil(lambda: handler.dialog is not None)
        assert "Keeping the draft failed as well" in reports(handler)[0]
    finally:
        handler.uninstall()
        handler.dialog.close()


def test_a_full_disk_does_not_stop_the_dialog(qtbot, office, tmp_path):
    (tmp_path / "crashes").write_text("a file where the folder should be")
    clipboard = QGuiApplication.clipboard()
    handler = crash.install(office.keep_draft, office.told.append, clipboard=clipboard, folder=tmp_path / "crashes")
    try:
        in_a_slot(lambda: 1 // 0)
        qtbot.waitUntil(lambda: handler.dialog is not None and handler.dialog.isVisible())
    finally:
        handler.uninstall()
        handler.dialog.close()


def test_a_telling_that_fails_itself_does_not_go_round_in_circles(qtbot, tmp_path):
    def tell(error):
        raise error

    handler = crash.install(lambda: None, tell, clipboard=QGuiApplication.clipboard(), folder=tmp_path)
    try:
        sys.excepthook(Mistake, Mistake("No."), None)
        assert handler.dialog is None
    finally:
        handler.uninstall()


def test_only_the_newest_reports_are_kept(tmp_path):
    for number in range(crash.KEPT + 5):
        crash.write_report(f"{number}", tmp_path)
    kept = sorted(int(path.read_text()) for path in tmp_path.glob("*.txt"))
    assert kept == list(range(5, crash.KEPT + 5))


def test_what_qt_says_goes_to_the_log(handler, caplog):
    from PySide6.QtCore import qWarning

    with caplog.at_level(logging.WARNING, "qt"):
        qWarning("a word from below")
    assert "a word from below" in caplog.text


def test_the_hooks_are_given_back(qtbot, tmp_path):
    before = (sys.excepthook, threading.excepthook)
    handler = crash.install(lambda: None, print, clipboard=QGuiApplication.clipboard(), folder=tmp_path)
    assert sys.excepthook != before[0]
    handler.uninstall()
    assert (sys.excepthook, threading.excepthook) == before


def test_what_kills_qt_leaves_a_report(tmp_path):
    program = f"""
from pathlib import Path
from PySide6.QtCore import qFatal
from PySide6.QtWidgets import QApplication
from ui.session import crash
app = QApplication([])
crash.install(lambda: None, print, clipboard=app.clipboard(), folder=Path({str(tmp_path)!r}))
qFatal("no screen")
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.returncode != 0
    (report,) = tmp_path.glob("*.txt")
    assert "Qt gave up: " in report.read_text()


def test_vt13_f1_in_the_report_of_a_fault_opens_the_help_beside_it(qtbot):
    dialog = crash.CrashDialog("a report", None, QGuiApplication.clipboard())
    qtbot.addWidget(dialog)
    application._let_ask(Station(), dialog)
    shown(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    (beside,) = dialog.findChildren(HelpBeside)
    assert beside.isVisible() and "When something goes wrong" in beside.view.text.toPlainText()
    beside.reject()
