"""Where somebody is at the window: at a document, at its verbs, at a question that comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog

from channergy_crm.records.sales_documents import KINDS, DocumentKind
from tests.journeys.week.looking import meeting
from tests.ui.gestures import activate, part, words
from tests.ui.hands import LEFT
from ui.pages.sales.page import PAGES, SalesPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.records import SalesDocument
    from tests.journeys.month.book import Desk


def page(desk: Desk, target: str) -> SalesPage:
    """The page of a kind of document."""
    found: Any = desk.hands.window.findChild(PAGES[target])
    assert isinstance(found, SalesPage)
    return found


def document(desk: Desk, held: SalesDocument) -> SalesPage:
    """Come to a document, with the keyboard in its lines."""
    target = KINDS[DocumentKind(held.what)].target
    desk.hands.window.session.go_to(target, held.number)
    found = page(desk, target)
    desk.hands.bot.waitUntil(lambda: shown(found).number == held.number)
    found.panel.grid.setFocus()
    return found


def shown(found: SalesPage) -> Any:
    """The document that is open."""
    assert found.panel.record is not None
    return found.panel.record


def press(desk: Desk, name: str) -> None:
    """One of the verbs over the document, be it a button or in the menu behind the others."""
    window = desk.hands.window
    for button in window.findChildren(QAbstractButton, name):
        if button.isVisible():
            assert button.isEnabled(), f"{name}: {button.toolTip()}"
            desk.hands.bot.mouseClick(button, LEFT)
            break
    else:
        action = window.findChild(QAction, name)
        assert action.isEnabled(), f"{name}: {action.toolTip()}"
        action.trigger()
    QCoreApplication.processEvents()


def asked(desk: Desk, name: str, dialog: str, answer: Callable[[Any], object]) -> None:
    """Press a verb that asks, and answer in its dialog, whose last button is `<dialog>.do`."""

    def fill(found: QDialog) -> None:
        assert found.objectName() == f"{dialog}.dialog", found.objectName()
        answer(found)
        QApplication.processEvents()
        desk.hands.bot.mouseClick(part(found, f"{dialog}.do"), LEFT)
        assert not found.isVisible(), words(found)

    done = meeting(desk, QDialog, fill, lambda found: found.isActiveWindow())
    press(desk, name)
    desk.hands.bot.waitUntil(lambda: bool(done))
    desk.hands.bot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    activate(desk.hands.bot, desk.hands.window)
