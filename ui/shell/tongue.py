"""Another language at once: the open window is put together anew in it, and everybody stands where they stood."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLayout, QWidget

from channergy_crm import language
from channergy_crm.language import _
from channergy_crm.settings import LANGUAGE, LANGUAGES_OFFERED
from ui.lists.tool_row import ShownBox
from ui.look.plain import as_tip
from ui.setup.settings_general import offered, spoken
from ui.shell.going import SIGNING_OUT
from ui.shell.place import place_in, stand_again
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from ui.session.chosen import Chosen
    from ui.shell.anew import Anew
    from ui.shell.window import MainWindow

LOOK_MS = 400
"""how often somebody who has to wait for another language is looked after"""


class Tongue(QObject):
    """The language of one window: the drop-down in the status line, and the window put together in another one.

    It waits while something is under way that would be lost: a call, a list that is called through, a dialog, an
    import, something typed that cannot be saved. Then that is said, and the language turns as soon as it is over.
    """

    def __init__(self, window: MainWindow, chosen: Chosen, anew: Anew) -> None:
        super().__init__(window)
        self._window, self._chosen, self._anew = window, chosen, anew
        self._before = chosen.get(LANGUAGE)
        self._told = ""
        self._waits = QTimer(self)
        self._waits.setInterval(LOOK_MS)
        self._waits.timeout.connect(self._try)
        self._box = self._drop_down()
        chosen.speak = self.wanted
        chosen.changed.connect(self._look)

    def _drop_down(self) -> ShownBox:
        line = self._window.statusBar()
        box = named(ShownBox("main", line), "main.language", LANGUAGE.label)
        box.setToolTip(as_tip(_("The language of this workstation, at once")))
        line.insertPermanentWidget(1, box)
        self._fill(box)
        box.currentIndexChanged.connect(self._picked)
        return box

    def _fill(self, box: QComboBox) -> None:
        """The languages by their own names; the one that is spoken is chosen."""
        known = [pair for pair in offered(LANGUAGES_OFFERED, spoken()) if pair[0] != language.SYSTEM]
        now = language.in_use()
        if now not in dict(known):
            known.append((now, dict(spoken()).get(now, "…")))
        box.blockSignals(True)
        box.clear()
        for code, name in known:
            box.addItem(name, code)
        box.setCurrentIndex(box.findData(now))
        box.blockSignals(False)
        box.setVisible(len(known) > 1)

    def _look(self) -> None:
        if not self._waits.isActive():
            self._fill(self._box)

    def _picked(self, place: int) -> None:
        code = self._box.itemData(place)
        if code and not (code == language.in_use() and not self._waits.isActive()):
            self._chosen.choose(LANGUAGE, code, self._box.itemText(place))

    def wanted(self, before: str) -> None:
        """Another language has been chosen; `before` it was this one."""
        self._before, self._told = before, ""
        QTimer.singleShot(0, self, self._try)  # whoever chose it stands in the window that goes

    def _try(self) -> None:
        if why := self._why_not_yet():
            self._waits.start()
            if why != self._told:
                self._told = why
                self._window.notices.say(why, level="news")
            return
        self._waits.stop()
        turn(self._window, self._anew, self._chosen.get(LANGUAGE))
        _told(self._window, self._before)

    def tell(self, before: str) -> None:
        """Say which language is spoken now; Undo goes back to the one `before`."""
        code = self._chosen.get(LANGUAGE)
        told = _("{setting}: {value}.").format(setting=LANGUAGE.label, value=dict(spoken()).get(code, code))
        undo = partial(self._chosen.choose, LANGUAGE, before, "")
        self._window.notices.say(told, undo=undo, level="done")

    def _why_not_yet(self) -> str:
        """A sentence while something is under way that would be lost."""
        window = self._window
        if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None:
            return _("The language changes as soon as the open dialog or menu is closed.")
        if any(each.isVisible() and each.isWindow() for each in window.findChildren(QDialog)):
            return _("The language changes as soon as the other windows of the program are closed.")
        if _is_calling(window):
            return _("The language changes as soon as nobody is being called.")
        if job := next((job for job in window.background.running() if job.shown or job.finishes), None):
            return _("The language changes as soon as this is done: {work}").format(work=job.label)
        if not window.may_leave():
            return _("The language changes as soon as what was typed here is saved, or given up.")
        return ""


def _is_calling(window: MainWindow) -> bool:
    from ui.pages.call.bar import CallBar
    from ui.pages.call.rounds import Rounds

    called = any(bar.is_open for bar in window.findChildren(CallBar))
    return called or any(each.is_running for each in window.findChildren(Rounds))


def _told(window: MainWindow, before: str) -> None:
    """Say which language is spoken now, with a way back."""
    tongue = window.findChild(Tongue)
    assert tongue is not None  # noqa: S101  made with the commands
    tongue.tell(before)


def turn(window: MainWindow, anew: Anew, wanted: str) -> None:
    """Put the window together in this language: the same window over the same office, everything as it stood."""
    place, by = place_in(window), window.session.by
    window.setUpdatesEnabled(False)
    try:
        window.setProperty(SIGNING_OUT, True)  # nobody goes home
        window.save_drafts()
        window.let_go()
        window.setProperty(SIGNING_OUT, False)
        _empty(window)
        QLocale.setDefault(QLocale.system())
        anew.speak(wanted)
        anew.build(window, by)
        for part in filter(None, (window.centralWidget(), window.statusBar())):
            part.show()  # what comes into a window that is on the screen is not shown by itself at once
        anew.furnish(window)
        stand_again(window, place, whole=anew.whole)
        if not anew.whole:
            window.header.search.prepare()
            window.build_in_idle_time()
    finally:
        window.setUpdatesEnabled(True)


def _empty(window: MainWindow) -> None:
    """Nothing of what was in the window is found by anybody from now on."""
    for action in window.actions():
        window.removeAction(action)
    for child in window.children():
        if isinstance(child, QLayout):
            continue
        if isinstance(child, QWidget):
            child.hide()
        child.setParent(None)
        child.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
