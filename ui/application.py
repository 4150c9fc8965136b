"""Starting the program: the style, the office, the window."""

from __future__ import annotations

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from channergy_crm import __version__, language
from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.phones.there import look_at_numbers
from channergy_crm.services import operators
from channergy_crm.services.rights import Program
from channergy_crm.settings import LANGUAGE, OPERATOR, TEXT_SIZE, THEME, Station
from channergy_crm.store import database
from ui.look import theme
from ui.look.plain import titled, warn
from ui.session.chosen import Wear
from ui.session.session import Session
from ui.shell import areas
from ui.shell.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.records.areas import Area
    from ui.areas import OnScreen


def open_office(database_url: str, operator: str | None = None) -> MainWindow:
    """The real main window over this office, every page built; needs a QApplication, runs no event loop.

    `operator` is an operator's ID; without it the one this workstation had last, or the first.
    """
    window, furnish = _open(database_url, operator, None)
    furnish()
    window.open_first_page()
    window.build_all()
    window.start()
    return window


def _open(database_url: str, operator: str | None, wear: Wear | None) -> tuple[MainWindow, Callable[[], object]]:
    """The window, and what furnishes it with its commands and their keys: that can wait until it is painted."""
    office = database.open_database(database_url, before_update=_keep_what_is_there)
    office.window_is_here()
    station = Station()
    _settle_locale(station.get(LANGUAGE) != language.SYSTEM)
    at_work = _operator(operator or station.get(OPERATOR))
    there = areas.on_screen()
    window = MainWindow(
        areas.tabs_of(there), lambda notices, background: Session(office, station, notices, background, at_work)
    )
    _call(window, window.header.name.text())
    window.header.renamed.connect(partial(_call, window))
    return window, partial(_furnish, window, wear, there)


def _keep_what_is_there(office: database.Office) -> None:
    from channergy_crm.store.backup import before_update

    before_update(office)


def _furnish(window: MainWindow, wear: Wear | None, there: dict[Area, OnScreen]) -> None:
    from ui.shell.by_itself import ByItself
    from ui.shell.settings_tab import open_at
    from ui.shell.window_commands import fill_menu

    menu = fill_menu(window, wear)
    areas.AreasAtWork(window, menu, there)
    ByItself(window, partial(open_at, menu)).changed.connect(menu.chosen.changed)


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


def speak(app: QApplication, wanted: str, where: Path | None = None) -> str:
    """Everything from here on in this language: our sentences, and Qt's own.

    Returns the code of the language that is spoken; where we have no catalogue Qt speaks English like ourselves.
    """
    system = QLocale.system()
    told = wanted if wanted != language.SYSTEM or system.language() == QLocale.Language.C else system.name()
    code = language.use(told, where)
    texts = QTranslator(app)
    if texts.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(texts)
    return code


def main(database_url: str | None = None, operator: str | None = None) -> int:
    """Run the program until its window is closed."""
    app = QApplication([*sys.argv, "-style", "Fusion"])  # unsaid: a style of Qt's
    app.setApplicationName("Channergy CRM")  # unsaid: a name
    station = Station()
    speak(app, station.get(LANGUAGE))
    look_at_numbers(False)
    theme.apply(app, station.get(THEME))
    theme.text_size(app, station.get(TEXT_SIZE))
    try:
        wear = Wear(partial(theme.apply, app), partial(theme.text_size, app))
        window, furnish = _open(database_url or database.default_url(), operator, wear)
    except CRMError as error:
        print(error.message, file=sys.stderr)
        return _say_and_end(error)
    window.open_first_page(whole=False)
    if window.session.station.recall("window.maximized", False):
        window.showMaximized()
    else:
        window.show()
    window.header.installEventFilter(_FirstPaint(app, window, furnish))  # all of the window is covered
    return int(app.exec())


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
        gc.freeze()  # what is here now stays, so it need not be looked through again and again
        gc.enable()
        _catch_crashes(self._app, self._window)
        self._furnish()
        self._window.start()
        self._window.header.search.prepare()  # after a new version or another program's work there may be much of it
        self._window.build_in_idle_time()
        QTimer.singleShot(0, self._window, self._look_at_numbers)

    def _look_at_numbers(self) -> None:
        """The clocks where somebody is known by the number only."""
        look_at_numbers(True)
        self._window.tick()


def _catch_crashes(app: QApplication, window: MainWindow) -> None:
    from ui.look.icons import app_icon
    from ui.session import crash

    app.setWindowIcon(app_icon())
    crash.install(
        window.save_drafts,
        lambda error: window.notices.warn(error.message),
        clipboard=app.clipboard(),
    )


def _say_and_end(error: CRMError) -> int:
    warn(None, "Channergy CRM", error.message)  # unsaid: a name
    return 1
