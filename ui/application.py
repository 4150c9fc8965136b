"""Starting the program: the style, the office, the window."""

from __future__ import annotations

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from channergy_crm import __version__, language
from channergy_crm.errors import CRMError, Refused
from channergy_crm.language import _
from channergy_crm.phones.there import look_at_numbers
from channergy_crm.records import complete
from channergy_crm.services import operators, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import LANGUAGE, OPERATOR, TEXT_SIZE, THEME, Station
from channergy_crm.store import database
from ui.look import theme
from ui.look.plain import titled, warn
from ui.session.chosen import Wear
from ui.session.opening import open_store
from ui.session.session import Session
from ui.shell import areas, first_page
from ui.shell.anew import Anew
from ui.shell.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from channergy_crm.store.database import Office
    from ui.session.background import Background
    from ui.session.crash import CrashHandler
    from ui.session.notices import Notices
    from ui.shell.entrance import Entrance


def open_office(
    database_url: str, operator: str | None = None, password: str | None = None, *, whole: bool = True
) -> MainWindow:
    """The real main window over this office, every page built; needs a QApplication, runs no event loop.

    `operator` is an operator's ID; without it the one this workstation had last, or the first. While Security is on
    the password must be theirs, else `Refused` says so; otherwise nobody asks for it.
    If not `whole`, a page is built when somebody comes to it.
    """
    office = open_store(database_url)
    try:
        by = _let_in(operator, password)
    except CRMError:
        office.close()
        raise
    window, furnish = _over(office, by, None, whole=whole)
    furnish()
    window.open_first_page()
    if whole:
        window.build_all()
    window.start()
    return window


def _let_in(operator: str | None, password: str | None) -> str:
    """The operator at work; while Security is on, only with the password."""
    if not rights.is_secured():
        return _operator(operator or Station().get(OPERATOR))
    from channergy_crm.services import signing_in
    from ui.session.remembered import station_name

    if not operator or password is None:
        raise Refused(_("Security is on in this office: who works here signs in with user name and password."))
    return signing_in.sign_in(operator, password, station_name())


def _over(
    office: Office, by: str, wear: Wear | None, *, whole: bool = False, app: QObject | None = None,
    come: Callable[[MainWindow], object] | None = None,
) -> tuple[MainWindow, Callable[[], object]]:  # fmt: skip
    """The window, and what furnishes it with its commands and their keys: that can wait until it is painted.

    `come` is called whenever it has been furnished anew, in another language.
    """
    office.window_is_here()
    station = Station()
    _settle_locale(station.get(LANGUAGE) != language.SYSTEM)
    window = MainWindow(areas.tabs_of(areas.on_screen(), by), partial(_session, office, station, by))
    _dress(window)
    first_page.begin(window)

    def build(window: MainWindow, by: str) -> None:
        _settle_locale(station.get(LANGUAGE) != language.SYSTEM)
        window.setLocale(QLocale())
        window.build(areas.tabs_of(areas.on_screen(), by), partial(_session, office, station, by))
        _dress(window)

    def furnish(window: MainWindow) -> None:
        _furnish(window, wear, anew)
        if come is not None:
            come(window)

    anew = Anew(partial(speak, app or window), build, furnish, whole)
    return window, partial(_furnish, window, wear, anew)


def _session(office: Office, station: Station, by: str, notices: Notices, background: Background) -> Session:
    return Session(office, station, notices, background, by)


def _dress(window: MainWindow) -> None:
    """What belongs to a window before anything of a page is in it."""
    if rights.is_secured():
        from ui.shell.going import note_closing

        note_closing(window)
    _call(window, window.header.name.text())
    window.header.renamed.connect(partial(_call, window))


def _furnish(window: MainWindow, wear: Wear | None, anew: Anew) -> None:
    from ui.shell.by_itself import ByItself
    from ui.shell.filling import fill_menu
    from ui.shell.folder import WatchedFolder
    from ui.shell.incoming.calls import Calls
    from ui.shell.incoming.selected import Selected
    from ui.shell.mailing import Mailing
    from ui.shell.newer import Newer
    from ui.shell.sending import Sending
    from ui.shell.settings_tab import open_at
    from ui.shell.syncing import Syncing
    from ui.shell.tongue import Tongue

    menu = fill_menu(window, wear)
    areas.AreasAtWork(window, menu, areas.on_screen())
    Tongue(window, menu.chosen, anew)
    selected = Selected(window, Calls(window))
    menu.chosen.changed.connect(selected.follow)
    ByItself(window, partial(open_at, menu)).changed.connect(menu.chosen.changed)
    Sending(window.session)
    Sending(window.session, mails=True)
    Mailing(window)
    WatchedFolder(window)
    Syncing(window.session)
    Newer(window, menu.chosen)


def _call(window: MainWindow, office: str) -> None:
    title = _("{office} – Customer Relations – Channergy CRM {version}")
    window.setWindowTitle(titled(title.format(office=office, version=__version__)))


def _settle_locale(chosen: bool) -> None:
    """Numbers and dates are those of the workstation where it speaks the language in use. Otherwise they are those of
    the language, for English as the United States write them; English that nobody has chosen leaves them alone.
    """
    short, spoken = QLocale.FormatType.ShortFormat, QLocale(language.in_use()).language()
    if QLocale().dateFormat(short) == QLocale.c().dateFormat(short):  # the language alone may be told, by LANGUAGE
        QLocale.setDefault(QLocale(spoken if spoken != QLocale.Language.C else QLocale.Language.English))
    elif spoken not in (QLocale.Language.C, QLocale().language()) and (chosen or spoken != QLocale.Language.English):
        QLocale.setDefault(QLocale(spoken, QLocale().territory()))


def _operator(wanted: str) -> str:
    return operators.at_work(wanted, Program.ITSELF)


def speak(app: QObject, wanted: str, where: Path | None = None) -> str:
    """Everything from here on in this language: our sentences, and Qt's own.

    Returns the code of the language that is spoken; where we have no catalogue Qt speaks English like ourselves. Qt's
    sentences are there for as long as `app` is.
    """
    system = QLocale.system()
    told = wanted if wanted != language.SYSTEM or system.language() == QLocale.Language.C else system.name()
    code = language.use(told, where)
    QApplication.setLayoutDirection(_direction(code))
    while _texts:
        if isValid(texts := _texts.pop()):
            QApplication.removeTranslator(texts)
    texts = QTranslator(app)
    if texts.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        QApplication.installTranslator(texts)
        _texts.append(texts)
    return code


def _direction(code: str) -> Qt.LayoutDirection:
    """Which way a page is read in this language."""
    backwards = code == language.PSEUDO_RTL
    return Qt.LayoutDirection.RightToLeft if backwards else QLocale(code).textDirection()


_texts: list[QTranslator] = []
"""Qt's own sentences in the language that is spoken"""


def main(database_url: str | None = None, operator: str | None = None) -> int:
    """Run the program until its window is closed."""
    url = database_url or database.default_url()
    app = QApplication([*sys.argv, "-style", "Fusion"])  # unsaid: a style of Qt's
    app.setApplicationName("Channergy CRM")  # unsaid: a name
    station = Station()
    speak(app, station.get(LANGUAGE))
    look_at_numbers(False)
    theme.apply(app, station.get(THEME))
    theme.text_size(app, station.get(TEXT_SIZE))
    try:
        wear = Wear(partial(theme.apply, app), partial(theme.text_size, app))
        office = open_store(url)
        if rights.is_secured():
            _entrance(app, wear).begin(office)
        else:
            _show(app, wear, office, operator or "")
    except CRMError as error:
        print(error.message, file=sys.stderr)
        return _say_and_end(error)
    return int(app.exec())


def _entrance(app: QApplication, wear: Wear) -> Entrance:
    """Where somebody signs in, in the language and the theme of this workstation or of the moment."""
    from ui.shell.entrance import Entrance
    from ui.shell.sign_in_cards import Manners

    def spoken(wanted: str) -> None:
        QLocale.setDefault(QLocale.system())
        speak(app, wanted)

    return Entrance(Station(), Manners(spoken, wear.theme), partial(_show, app, wear), app)


def _show(app: QApplication, wear: Wear, office: Office, by: str) -> MainWindow:
    """The main window on the screen, for this operator."""
    by = by if rights.is_secured() else _operator(by or Station().get(OPERATOR))
    window, furnish = _over(office, by, wear, app=app, come=partial(_at_work, app, wear, office.url))
    _follow(app, wear, office.url, window)
    window.open_first_page(whole=False)
    if window.session.station.recall("window.maximized", False):
        window.showMaximized()
    else:
        window.show()
    window.header.installEventFilter(_FirstPaint(app, window, furnish))  # all of the window is covered
    return window


def _follow(app: QApplication, wear: Wear, url: str, window: MainWindow) -> None:
    """When whoever works here signs out the next one may come."""
    window.session.signed_out.connect(lambda: _entrance(app, wear).come_again(url))
    window.session.signed_out.connect(window.deleteLater)


def _at_work(app: QApplication, wear: Wear, url: str, window: MainWindow) -> None:
    """The window was put together anew: it hears what it heard before."""
    gc.unfreeze()  # what was kept for good is gone
    _follow(app, wear, url, window)
    _catch_crashes(app, window)
    _listen(window)


class _FirstPaint(QObject):
    """Waits until the window has been painted once: what can wait begins only then."""

    def __init__(self, app: QApplication, window: MainWindow, furnish: Callable[[], object]) -> None:
        super().__init__(window)
        self._app, self._window, self._furnish = app, window, furnish

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._window, self._painted)
        return False

    def _painted(self) -> None:
        complete()
        gc.freeze()  # what is here now stays, so it need not be looked through again and again
        gc.enable()
        _catch_crashes(self._app, self._window)
        self._furnish()
        self._window.start()
        self._window.header.search.prepare()  # after a new version or another program's work there may be much of it
        self._window.build_in_idle_time()
        QTimer.singleShot(0, self._window, self._look_at_numbers)
        QTimer.singleShot(0, self._window, partial(_listen, self._window))
        QTimer.singleShot(0, self._window, self._offer_tour)

    def _offer_tour(self) -> None:
        from ui.shell.tour.beginning import offer

        offer(self._window)

    def _look_at_numbers(self) -> None:
        """The clocks where somebody is known by the number only."""
        look_at_numbers(True)
        self._window.tick()


def _listen(window: MainWindow) -> None:
    """Other programs are heard, and a key that works in all of them."""
    from ui.shell.incoming.calls import Calls
    from ui.shell.incoming.selected import Selected

    calls, selected = window.findChild(Calls), window.findChild(Selected)
    assert calls is not None and selected is not None  # noqa: S101  made in _furnish
    calls.listen()
    selected.follow()


def _catch_crashes(app: QApplication, window: MainWindow) -> None:
    from ui.look.icons import app_icon
    from ui.session import crash

    app.setWindowIcon(app_icon())
    _let_crashes_go()
    handler = crash.install(
        window.save_drafts,
        lambda error: window.notices.warn(error.message),
        clipboard=app.clipboard(),
        let_ask=partial(_let_ask, window.session.station),
    )
    _caught.append(handler)
    window.session.signed_out.connect(_let_crashes_go)


def _let_ask(station: Station, dialog: QWidget) -> None:
    from ui.shell.helping import beside, outside

    outside.let_ask(dialog, outside.FAULT, beside.BEHIND, station)


def _let_crashes_go() -> None:
    while _caught:
        _caught.pop().uninstall()


_caught: list[CrashHandler] = []
"""what stands in wait for faults of the program"""


def _say_and_end(error: CRMError) -> int:
    warn(None, "Channergy CRM", error.message)  # unsaid: a name
    return 1
